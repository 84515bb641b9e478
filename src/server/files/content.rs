//! What a file is by its bytes: PDF, JPEG or PNG, and nothing that pretends to be one. Names and what the browser says
//! of a type count for nothing.

use crate::base::{Say, say};
use crate::server::ids;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufReader, Read, Result, Seek, SeekFrom};
use std::path::Path;

/// The mark of the test file every virus scanner knows; kept in two halves, so that none takes this program for it.
const TEST_VIRUS: (&str, &str) = ("$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!");
/// The most pixels of a picture: beyond, opening it is an attack on whoever opens it.
const MAX_PIXELS: u64 = 120_000_000;
/// Readers look for `%PDF-` this far into a file.
const PDF_REACH: usize = 1024;

/// A file that was let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// `application/pdf`, `image/jpeg` or `image/png`.
    pub media: &'static str,
    pub sha256: String,
}

/// Reads a file once for its hash and looks at what it is. The inner error is for the person who sent it.
///
/// # Errors
/// A file that cannot be read.
pub fn examine(path: &Path) -> Result<std::result::Result<Seen, Say>> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let mark = [TEST_VIRUS.0, TEST_VIRUS.1].concat().into_bytes();
    let mut hash = Sha256::new();
    let mut head = Vec::new();
    let mut buffer = vec![0; 128 * 1024];
    let mut kept = 0;
    let mut infected = false;
    loop {
        let read = file.read(&mut buffer[kept..])?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[kept..kept + read]);
        let filled = kept + read;
        if head.len() < PDF_REACH {
            head.extend_from_slice(&buffer[kept..filled]);
            head.truncate(PDF_REACH);
        }
        infected = infected || find(&buffer[..filled], &mark);
        // The mark may lie across two reads.
        kept = filled.min(mark.len() - 1);
        buffer.copy_within(filled - kept..filled, 0);
    }
    if infected {
        return Ok(Err(say(
            "这个文件被识别为病毒（测试特征），没有保存。请检查您的电脑后换一个文件。",
            "This file carries a virus (test) signature and was not saved. Please check your computer and choose another file.",
        )));
    }
    let judged = look(&head, &mut file, size)?;
    Ok(judged.map(|(media, _)| Seen { media, sha256: ids::hex(&hash.finalize()) }))
}

/// The sides of a picture in pixels; of what is none there are none.
pub fn sides(bytes: &[u8]) -> Option<(u64, u64)> {
    let head = &bytes[..bytes.len().min(PDF_REACH)];
    look(head, &mut std::io::Cursor::new(bytes), bytes.len() as u64).ok()?.ok()?.1
}

/// What a file is by its head, looked at more closely.
fn look(head: &[u8], file: &mut (impl Read + Seek), size: u64) -> Result<Judged> {
    Ok(if head.starts_with(b"%PDF-1.") || head.starts_with(b"%PDF-2.") {
        pdf(file, size)?
    } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        if find(head, b"%PDF-") { Err(two_in_one()) } else { png(file, size)? }
    } else if head.starts_with(b"\xff\xd8\xff") {
        if find(head, b"%PDF-") { Err(two_in_one()) } else { jpeg(file)? }
    } else {
        Err(say(
            "只接受 PDF、JPG、PNG 文件，而这个文件的内容不是其中任何一种（改文件名没有用）。请另存为 PDF 后再上传。",
            "Only PDF, JPG and PNG are accepted, and the content of this file is none of them (renaming does not help). Please save it as PDF and upload again.",
        ))
    })
}

/// The media type, and of a picture the sides.
type Judged = std::result::Result<(&'static str, Option<(u64, u64)>), Say>;

fn find(within: &[u8], mark: &[u8]) -> bool {
    within.windows(mark.len()).any(|w| w == mark)
}

fn two_in_one() -> Say {
    say(
        "这个图片里夹带了别的内容，没有保存。请重新扫描或另存后再上传。",
        "This picture has something else hidden in it and was not saved. Please scan or save it anew and upload again.",
    )
}

fn damaged() -> Say {
    say(
        "这个文件不完整或已损坏，没有保存。请确认能打开后再上传。",
        "This file is incomplete or damaged and was not saved. Please make sure it opens, then upload again.",
    )
}

fn sized(width: u64, height: u64, media: &'static str) -> Judged {
    if width == 0 || height == 0 {
        return Err(damaged());
    }
    if width * height > MAX_PIXELS {
        let millions = MAX_PIXELS / 1_000_000;
        return Err(say(
            format!("图片尺寸过大（{width} × {height}，最多 {millions} 百万像素）。请缩小后再上传。"),
            format!("The picture is too large ({width} × {height}; at most {millions} megapixels). Please make it smaller and upload again."),
        ));
    }
    Ok((media, Some((width, height))))
}

/// A PDF ends with `%%EOF`, a little after which some writers leave blanks.
fn pdf(file: &mut (impl Read + Seek), size: u64) -> Result<Judged> {
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(size.saturating_sub(4096)))?;
    file.read_to_end(&mut tail)?;
    Ok(if find(&tail, b"%%EOF") { Ok(("application/pdf", None)) } else { Err(damaged()) })
}

/// A PNG is a chain of chunks from IHDR to IEND, and nothing after it.
fn png(file: &mut (impl Read + Seek), size: u64) -> Result<Judged> {
    let mut at = 8;
    let mut sides = (0, 0);
    loop {
        let mut chunk = [0; 16];
        file.seek(SeekFrom::Start(at))?;
        let read = fill(file, &mut chunk)?;
        if read < 8 {
            return Ok(Err(damaged()));
        }
        let length = u64::from(be32(&chunk, 0));
        let name = &chunk[4..8];
        if at == 8 {
            if name != b"IHDR" || read < 16 {
                return Ok(Err(damaged()));
            }
            sides = (u64::from(be32(&chunk, 8)), u64::from(be32(&chunk, 12)));
        }
        at += 12 + length;
        if name == b"IEND" {
            return Ok(match at.cmp(&size) {
                std::cmp::Ordering::Equal => sized(sides.0, sides.1, "image/png"),
                std::cmp::Ordering::Less => Err(two_in_one()),
                std::cmp::Ordering::Greater => Err(damaged()),
            });
        }
    }
}

/// A JPEG is a chain of segments; the frame (SOF) tells its sides and stands before the scan (SOS). Telephones append
/// things after the picture, so its end is not looked at.
fn jpeg<R: Read + Seek>(file: &mut R) -> Result<Judged> {
    file.seek(SeekFrom::Start(2))?;
    let mut from = BufReader::new(file);
    let mut sides = None;
    loop {
        let mut byte = [0; 1];
        let mut next = |from: &mut BufReader<&mut R>| Ok::<_, std::io::Error>((fill(from, &mut byte)? == 1).then_some(byte[0]));
        if next(&mut from)? != Some(0xff) {
            return Ok(Err(damaged()));
        }
        let mut marker = next(&mut from)?;
        while marker == Some(0xff) {
            marker = next(&mut from)?;
        }
        let Some(marker) = marker else { return Ok(Err(damaged())) };
        if matches!(marker, 0x01 | 0xd0..=0xd7) {
            continue;
        }
        let mut length = [0; 2];
        if fill(&mut from, &mut length)? < 2 || matches!(marker, 0x00 | 0xd8 | 0xd9) {
            return Ok(Err(damaged()));
        }
        let Some(body) = u16::from_be_bytes(length).checked_sub(2) else { return Ok(Err(damaged())) };
        match marker {
            0xda => return Ok(sides.map_or_else(|| Err(damaged()), |(width, height)| sized(width, height, "image/jpeg"))),
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let mut frame = [0; 5];
                if body < 5 || fill(&mut from, &mut frame)? < 5 {
                    return Ok(Err(damaged()));
                }
                let side = |i: usize| u64::from(u16::from_be_bytes([frame[i], frame[i + 1]]));
                sides = Some((side(3), side(1)));
                from.seek_relative(i64::from(body) - 5)?;
            }
            _ => from.seek_relative(i64::from(body))?,
        }
    }
}

fn be32(bytes: &[u8], at: usize) -> u32 {
    bytes[at..at + 4].iter().fold(0, |n, b| n << 8 | u32::from(*b))
}

/// Reads until the buffer is full or the file ends, and tells how much.
fn fill(from: &mut impl Read, buffer: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match from.read(&mut buffer[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}
