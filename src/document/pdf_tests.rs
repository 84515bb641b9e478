use super::*;
use crate::document::kinds::tests::samples;
use crate::document::model::Kind;

fn press() -> &'static Press {
    static PRESS: std::sync::LazyLock<Press> = std::sync::LazyLock::new(|| Press::new(&font("XUKE_FONT", "Regular"), &font("XUKE_FONT_BOLD", "Bold")));
    &PRESS
}

/// The font the scripts name, or Debian's.
fn font(variable: &str, name: &str) -> PathBuf {
    std::env::var(variable).map_or_else(|_| format!("/usr/share/fonts/opentype/noto/NotoSerifCJK-{name}.ttc").into(), PathBuf::from)
}

const STATEMENT: &str = "https://xuke.example.org/verify/k1/TS2F61007-2030/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn holds(pdf: &[u8], part: &str) -> bool {
    pdf.windows(part.len()).any(|window| window == part.as_bytes())
}

/// What stands after each entry of this name, up to the end of its value: a PDF's dictionaries are written plainly, only its streams are
/// compressed.
fn entries<'a>(pdf: &'a [u8], key: &str) -> Vec<&'a str> {
    let starts = pdf.windows(key.len()).enumerate().filter(|(_, window)| *window == key.as_bytes()).map(|(at, _)| at + key.len());
    let value = |start: usize| {
        let rest = &pdf[start..(start + 200).min(pdf.len())];
        let plain = rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        std::str::from_utf8(&rest[..plain]).unwrap()
    };
    starts.map(value).collect()
}

/// Width and height of each page, in points.
fn pages(pdf: &[u8]) -> Vec<(f64, f64)> {
    let size = |value: &str| {
        let inside = value.split(['[', ']']).nth(1).unwrap();
        let [left, bottom, right, top]: [f64; 4] = inside.split_whitespace().map(|n| n.parse::<f64>().unwrap()).collect::<Vec<_>>().try_into().unwrap();
        (right - left, top - bottom)
    };
    entries(pdf, "/MediaBox").into_iter().map(size).collect()
}

/// The fonts described in a PDF by their names.
fn fonts(pdf: &[u8]) -> Vec<&str> {
    entries(pdf, "/FontName").into_iter().filter_map(|value| value.trim_start().strip_prefix('/')?.split(['/', '<', '>', ' ', '\n']).next()).collect()
}

#[test]
fn every_kind_is_set_tagged_and_the_same_each_time() {
    for content in samples() {
        let pdf = press().pdf(&content, STATEMENT).unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7") && holds(&pdf, "%%EOF"), "{:?}", content.kind);
        for part in ["/StructTreeRoot", "/Lang", "/CreationDate"] {
            assert!(holds(&pdf, part), "{:?} has no {part}", content.kind);
        }
        assert_eq!(pdf, press().pdf(&content, STATEMENT).unwrap(), "{:?}", content.kind);
    }
}

#[test]
fn every_kind_is_a4_with_its_title_and_its_fonts_in_subset() {
    let known: Vec<String> = press().plates().unwrap().fonts.iter().map(|font| font.post_script_name().unwrap()).collect();
    for content in samples() {
        let (pdf, kind) = (press().pdf(&content, STATEMENT).unwrap(), content.kind);
        let pages = pages(&pdf);
        // 210 by 297 mm.
        assert!(!pages.is_empty() && pages.iter().all(|(width, height)| (width - 595.28).abs() < 0.1 && (height - 841.89).abs() < 0.1), "{kind:?}: {pages:?}");
        let title: String = format!("{} {}", content.title, content.number).encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        assert!(holds(&pdf, &format!("<FEFF{title}>")), "{kind:?}: the title is not that of the document");
        // Each font is Chinese, embedded, and named as a subset: six letters and a plus sign.
        let fonts = fonts(&pdf);
        let is_subset = |name: &&str| {
            name.split_once('+').is_some_and(|(tag, font)| tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) && known.iter().any(|one| one == font))
        };
        assert!(!fonts.is_empty() && fonts.iter().all(is_subset), "{kind:?}: {fonts:?} of {known:?}");
        assert_eq!(entries(&pdf, "/FontFile").len(), fonts.len(), "{kind:?}: every font is embedded");
        assert!(pdf.len() < 200_000, "{kind:?}: {} bytes", pdf.len());
    }
}

/// Every paper says by name and code whom it concerns (spec 6): below its number, a certificate among its facts. Of a person there is no
/// code, which would be a personal id.
#[test]
fn a_paper_names_the_unit_and_its_code() {
    let samples = samples();
    for content in &samples {
        let is_told = content.names_unit() || content.fact("统一社会信用代码") == Some(content.code.as_str());
        assert_eq!(is_told, !content.code.is_empty(), "{:?}", content.kind);
    }
    let feedback = samples.iter().find(|content| content.kind == Kind::Feedback).unwrap();
    assert_eq!(feedback.fact("单位名称"), Some(feedback.holder.as_str()));
    let set = |content: &Content| press().pdf(content, STATEMENT).unwrap();
    let mut letter = samples.into_iter().find(|content| content.kind == Kind::Extension).unwrap();
    let with = set(&letter);
    letter.code = "91610112MA6TXXXX1Y".into();
    assert_ne!(set(&letter), with, "the code is printed");
    letter.code = String::new();
    assert!(set(&letter).len() < with.len(), "and nothing of a unit where there is none");
}

#[test]
fn a_press_at_rest_holds_no_fonts_and_sets_as_before() {
    let press = Press::new(&font("XUKE_FONT", "Regular"), &font("XUKE_FONT_BOLD", "Bold"));
    let is_loaded = || press.kept().plates.is_some();
    press.ready().unwrap();
    assert!(!is_loaded(), "nobody asked for a document");
    let content = samples().remove(0);
    let first = press.pdf(&content, STATEMENT).unwrap();
    press.rest();
    assert!(is_loaded(), "it was needed a moment ago");
    press.rest();
    assert!(!is_loaded());
    assert_eq!(press.pdf(&content, STATEMENT).unwrap(), first);
}

/// Whatever people type is data: it is neither run nor able to break the paper.
#[test]
fn what_people_type_is_not_code() {
    let nasty = ["#panic()", "$x$ *b* _i_ = h", "#read(\"/etc/passwd\")", "</json>\"}\\u0000", "[#{}]//", "𠮷野家\u{1F600}\u{202e}", "a\nb\n\n", "\\", ""];
    let mut content = samples().into_iter().find(|content| content.kind == Kind::Denial).unwrap();
    content.holder = nasty.concat();
    content.issuer = nasty.concat();
    content.number = nasty.concat();
    content.title = nasty.concat();
    content.blocks = nasty.iter().flat_map(|text| every_block(text)).collect();
    assert!(press().pdf(&content, STATEMENT).is_ok(), "{:?}", press().pdf(&content, STATEMENT).err());
}

fn every_block(text: &str) -> Vec<crate::document::model::Block> {
    use crate::document::model::{Block, Signature, Table};
    let own = || text.to_owned();
    vec![
        Block::To(own()),
        Block::Paragraph(own()),
        Block::Heading(own()),
        Block::Facts(vec![(own(), own())]),
        Block::Table(Table::new([(text, 1), ("乙", 2)], [[own(), own()]])),
        Block::List(vec![own()]),
        Block::Signatures(vec![Signature { who: own(), name: own(), seal: own(), date: own() }]),
    ]
}

#[test]
fn a_missing_font_is_named_by_its_key() {
    let there = font("XUKE_FONT", "Regular");
    let there = there.as_path();
    let gone = Path::new("/nowhere/font.ttc");
    for (regular, bold, part) in [
        (gone, there, "font: /nowhere/font.ttc"),
        (there, gone, "font_bold: /nowhere/font.ttc"),
        (Path::new("Cargo.toml"), there, "font: Cargo.toml: is not a font"),
    ] {
        let error = Press::new(regular, bold).ready().unwrap_err();
        assert!(error.contains(part), "{error}");
    }
}
