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

#[test]
fn every_kind_is_set_tagged_and_the_same_each_time() {
    for content in samples() {
        let pdf = press().pdf(&content, STATEMENT).unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7") && holds(&pdf, "%%EOF"), "{:?}", content.kind);
        for part in ["/StructTreeRoot", "/Lang", "/CreationDate"] {
            assert!(holds(&pdf, part), "{:?} has no {part}", content.kind);
        }
        assert!(pdf.len() < 200_000, "{:?}: {} bytes; the fonts are embedded in subset", content.kind, pdf.len());
        assert_eq!(pdf, press().pdf(&content, STATEMENT).unwrap(), "{:?}", content.kind);
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
