//! Papers to attach: a one-page PDF that says what it stands for. The reader's own Chinese font draws it.

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
