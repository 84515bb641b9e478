//! Papers to attach: a one-page PDF that says what it stands for, in the reader's own Chinese font; and a photograph of nobody.

use std::fmt::Write;

/// A one-page PDF with a title.
pub fn pdf(title: &str) -> Vec<u8> {
    let line = |size: u8, y: u16, text: &str| {
        let hex: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        format!("BT /F1 {size} Tf 72 {y} Td <{hex}> Tj ET\n")
    };
    let content = line(20, 720, title) + &line(12, 680, "演示材料，内容为虚构。");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 7 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 6 0 R >>".to_owned(),
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}endstream", content.len()),
    ];
    let mut text = "%PDF-1.4\n".to_owned();
    let mut offsets = String::new();
    for (n, object) in objects.iter().enumerate() {
        // Writing to a String cannot fail.
        writeln!(offsets, "{:010} 00000 n ", text.len()).ok();
        writeln!(text, "{} 0 obj\n{object}\nendobj", n + 1).ok();
    }
    let (start, size) = (text.len(), objects.len() + 1);
    write!(text, "xref\n0 {size}\n0000000000 65535 f \n{offsets}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").ok();
    text.into_bytes()
}

/// 一寸照片 as PNG: head and shoulders of nobody on white, 295×413 pixels of two bits.
pub fn photograph() -> Vec<u8> {
    const SIDES: (u32, u32) = (295, 413);
    // White, the hair, the face, the clothes.
    const COLOURS: [u8; 12] = [255, 255, 255, 40, 36, 34, 224, 188, 160, 44, 62, 92];
    let inside = |x: i64, y: i64, centre: (i64, i64), radii: (i64, i64)| {
        let (dx, dy) = (x - centre.0, y - centre.1);
        dx * dx * radii.1 * radii.1 + dy * dy * radii.0 * radii.0 <= radii.0 * radii.0 * radii.1 * radii.1
    };
    let colour = |x: i64, y: i64| {
        if inside(x, y, (147, 175), (68, 88)) {
            if y < 125 { 1 } else { 2 }
        } else if inside(x, y, (147, 150), (78, 90)) && y < 180 {
            1
        } else if (120..175).contains(&x) && (240..300).contains(&y) {
            2
        } else if inside(x, y, (147, 413), (135, 130)) {
            3
        } else {
            0_u8
        }
    };
    let row = |y: u32| {
        let pixels = (0..SIDES.0.next_multiple_of(4)).map(|x| colour(x.into(), y.into())).collect::<Vec<_>>();
        // No filter, then four pixels a byte.
        std::iter::once(0).chain(pixels.chunks(4).map(|four| four.iter().fold(0, |byte, pixel| byte << 2 | pixel)).collect::<Vec<_>>())
    };
    let pixels: Vec<u8> = (0..SIDES.1).flat_map(row).collect();
    let head = [SIDES.0.to_be_bytes().as_slice(), &SIDES.1.to_be_bytes(), &[2, 3, 0, 0, 0]].concat();
    let chunks = [chunk(b"IHDR", &head), chunk(b"PLTE", &COLOURS), chunk(b"IDAT", &stored(&pixels)), chunk(b"IEND", &[])];
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunks.concat()].concat()
}

/// Bytes as a zlib stream of one block that is not compressed (RFC 1950, 1951); they are fewer than 65536.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    let (a, b) = bytes.iter().fold((1_u32, 0_u32), |(a, b), byte| ((a + u32::from(*byte)) % 65_521, (a + u32::from(*byte) + b) % 65_521));
    [[0x78, 0x01, 0x01].as_slice(), &length.to_le_bytes(), &(!length).to_le_bytes(), bytes, &(b << 16 | a).to_be_bytes()].concat()
}

/// A chunk of a PNG: length, name, content, CRC-32.
fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let whole = [name.as_slice(), content].concat();
    let crc =
        !whole.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 }));
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
    [length.to_be_bytes().as_slice(), &whole, &crc.to_be_bytes()].concat()
}
