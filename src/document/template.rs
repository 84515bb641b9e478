//! Templates of letters (文书模板): legal text with placeholders in braces, one paragraph a line. An authority may have its
//! own; what a placeholder may be is fixed by the kind of document, and an unknown one is refused when it is saved.
//!
//! `@ ` begins the line that names the reader, `# ` a heading. A placeholder for a part (a table, a list) stands alone on
//! its line. A line that names something which is not there this time is left out.

use super::kinds::REMEDIES;
use super::model::{Block, Kind};
use crate::base::{Say, say};
use std::collections::BTreeMap;

/// What stands in for a placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Words inside a line.
    Words,
    /// Parts of their own.
    Parts,
}

/// A placeholder a kind knows, by its Chinese name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placeholder {
    pub name: &'static str,
    pub shape: Shape,
}

/// `words("申请单位")`
pub const fn words(name: &'static str) -> Placeholder {
    Placeholder { name, shape: Shape::Words }
}

/// `parts("许可项目表")`
pub const fn parts(name: &'static str) -> Placeholder {
    Placeholder { name, shape: Shape::Parts }
}

/// What a document puts in.
#[derive(Clone, Debug, Default)]
pub struct Filling {
    words: BTreeMap<&'static str, String>,
    parts: BTreeMap<&'static str, Vec<Block>>,
}

impl Filling {
    /// Words for a placeholder; empty ones leave its lines out.
    #[must_use]
    pub fn words(mut self, name: &'static str, words: impl Into<String>) -> Filling {
        self.words.insert(name, words.into());
        self
    }

    /// Parts for a placeholder.
    #[must_use]
    pub fn parts(mut self, name: &'static str, parts: impl IntoIterator<Item = Block>) -> Filling {
        self.parts.insert(name, parts.into_iter().collect());
        self
    }
}

/// A template that was read and fits its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    shape: LineShape,
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineShape {
    To,
    Heading,
    Paragraph,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Place(Placeholder),
}

impl Template {
    /// The template every authority begins with.
    ///
    /// # Errors
    /// Never for the texts of this program; a test reads them all.
    pub fn delivered(kind: Kind) -> Result<Template, Say> {
        Template::read(kind, kind.text())
    }

    /// Reads a template for a kind of document, which names all the law wants told.
    ///
    /// # Errors
    /// What is wrong, with the line.
    pub fn read(kind: Kind, text: &str) -> Result<Template, Say> {
        let template = Template::of_lines(kind, text)?;
        let lacking = template.lacks(kind).next();
        match lacking {
            Some(name) => Err(say(
                format!("《{}》依法应当写明{name}，模板里要有占位符 {{{name}}}。", kind.title()),
                format!("By law this letter tells {name}: the template has to hold {{{name}}}."),
            )),
            None => Ok(template),
        }
    }

    /// Reads a template as it was stored, perhaps before all of that was asked of it: what it does not tell stands at its end. A text
    /// from before the remedies had a placeholder may have them in its own words.
    ///
    /// # Errors
    /// What is wrong, with the line.
    pub fn stored(kind: Kind, text: &str) -> Result<Template, Say> {
        let mut template = Template::of_lines(kind, text)?;
        let is_told = |name: &str| name == REMEDIES.name && ["行政复议", "行政诉讼"].iter().all(|remedy| text.contains(remedy));
        let lacking: Vec<&str> = template.lacks(kind).filter(|name| !is_told(name)).collect();
        for name in lacking {
            template.lines.push(read_line(kind, template.lines.len() + 1, &format!("{{{name}}}"))?);
        }
        Ok(template)
    }

    fn of_lines(kind: Kind, text: &str) -> Result<Template, Say> {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let lines: Vec<Line> = lines.map(|(at, line)| read_line(kind, at + 1, line.trim())).collect::<Result<_, _>>()?;
        if lines.is_empty() {
            return Err(say("模板是空的，请写入正文。", "The template is empty; write its text."));
        }
        Ok(Template { lines })
    }

    /// What it has to name and does not.
    fn lacks(&self, kind: Kind) -> impl Iterator<Item = &'static str> {
        let names = move |name: &str| self.lines.iter().flat_map(|line| &line.pieces).any(|piece| matches!(piece, Piece::Place(place) if place.name == name));
        kind.required().iter().copied().filter(move |name| !names(name))
    }

    /// The body of a document.
    pub fn fill(&self, filling: &Filling) -> Vec<Block> {
        self.lines.iter().flat_map(|line| line.fill(filling)).collect()
    }
}

fn read_line(kind: Kind, at: usize, line: &str) -> Result<Line, Say> {
    let (shape, mut rest) = match (line.strip_prefix("@ "), line.strip_prefix("# ")) {
        (Some(rest), _) => (LineShape::To, rest),
        (_, Some(rest)) => (LineShape::Heading, rest),
        _ => (LineShape::Paragraph, line),
    };
    let mut pieces = Vec::new();
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or_else(|| say(format!("第 {at} 行：花括号没有闭合。"), format!("Line {at}: a brace is not closed.")))?;
        let place = kind.placeholders().into_iter().find(|p| p.name == name).ok_or_else(|| unknown(kind, at, name))?;
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        pieces.push(Piece::Place(place));
        rest = after;
    }
    if rest.contains('}') {
        return Err(say(format!("第 {at} 行：多了一个右花括号。"), format!("Line {at}: there is a closing brace too many.")));
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    let holds_parts = pieces.iter().any(|piece| matches!(piece, Piece::Place(place) if place.shape == Shape::Parts));
    if holds_parts && (pieces.len() > 1 || shape != LineShape::Paragraph) {
        return Err(say(
            format!("第 {at} 行：表格和清单类占位符要单独占一行。"),
            format!("Line {at}: a placeholder for a table or list stands alone on its line."),
        ));
    }
    Ok(Line { shape, pieces })
}

fn unknown(kind: Kind, at: usize, name: &str) -> Say {
    let known = kind.placeholders().iter().map(|p| format!("{{{}}}", p.name)).collect::<Vec<_>>().join(" ");
    say(
        format!("第 {at} 行：《{}》没有占位符“{name}”。可用的有：{known}", kind.title()),
        format!("Line {at}: there is no placeholder “{name}” here. Known are: {known}"),
    )
}

impl Line {
    fn fill(&self, filling: &Filling) -> Vec<Block> {
        if let [Piece::Place(place)] = self.pieces.as_slice()
            && place.shape == Shape::Parts
        {
            return filling.parts.get(place.name).cloned().unwrap_or_default();
        }
        let words = |piece: &Piece| match piece {
            Piece::Text(text) => Some(text.clone()),
            Piece::Place(place) => filling.words.get(place.name).filter(|words| !words.is_empty()).cloned(),
        };
        let Some(text) = self.pieces.iter().map(words).collect::<Option<String>>() else { return Vec::new() };
        vec![match self.shape {
            LineShape::To => Block::To(text),
            LineShape::Heading => Block::Heading(text),
            LineShape::Paragraph => Block::Paragraph(text),
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn denial(text: &str) -> Result<Template, Say> {
        Template::read(Kind::Denial, text)
    }

    #[test]
    fn every_delivered_template_reads() {
        for kind in Kind::ALL {
            assert!(Template::delivered(kind).is_ok(), "{kind:?}: {:?}", Template::delivered(kind));
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_with_its_line() {
        for (text, part) in [
            ("", "空"),
            ("一\n{无此项}", "第 2 行：《特种设备不予行政许可决定书》没有占位符“无此项”"),
            ("{申请单位", "没有闭合"),
            ("申请单位}", "多了一个"),
            ("见{理由}。", "单独占一行"),
            ("# {理由}", "单独占一行"),
            ("{}", "没有占位符“”"),
            ("不予许可。", "占位符 {理由}"),
            ("{理由}", "占位符 {救济途径}"),
            ("{理由}\n另见{依据}。{救济途径}", "单独占一行"),
        ] {
            let error = denial(text).unwrap_err();
            assert!(error.zh.contains(part), "{text:?}: {}", error.zh);
        }
    }

    #[test]
    fn lines_are_filled_and_empty_ones_left_out() {
        let template = denial("@ {申请单位}：\n# 决定\n关于{事项}。\n{理由}\n另见{依据}。\n{救济途径}").unwrap();
        let filling =
            Filling::default().words("申请单位", "甲厂").words("事项", "申请{理由}").words("依据", "").parts("理由", [Block::List(vec!["一".into()])]);
        let expected = [Block::To("甲厂：".into()), Block::Heading("决定".into()), Block::Paragraph("关于申请{理由}。".into()), Block::List(vec!["一".into()])];
        assert_eq!(template.fill(&filling), expected, "what people typed is never read as a template");
    }
}
