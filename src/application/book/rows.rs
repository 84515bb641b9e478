//! The rows of a table in words, for whoever chooses among them ([`crate::form::Kind::Rows`]) and whoever reads what was chosen.

use crate::base::{Lang, Say, say};
use crate::form::rows::named;
use crate::form::{Doc, Field, Page};

/// Each row of a table (`page/table`) by its id, in order: what is answered in it, `word` says one answer; a row without any by its number.
pub fn rows(pages: &[&'static Page], doc: &Doc, table: &str, word: impl Fn(&Field, &str) -> Say) -> Vec<(String, Say)> {
    let source = pages.iter().find_map(|page| page.tables().find(|source| page.path(source.key) == table));
    let columns = source.map(|source| source.columns).unwrap_or_default();
    let row = |(n, id): (usize, String)| {
        let answers = columns.iter().filter(|column| !column.secret).map(|column| word(column, doc.get(&format!("{table}/{id}/{}", column.key))));
        let (zh, en): (Vec<_>, Vec<_>) = answers.filter(|said| !said.zh.is_empty()).map(|said| (said.zh, said.en)).unzip();
        let said = if zh.is_empty() { say(format!("第 {n} 行"), format!("row {n}")) } else { say(zh.join(" "), en.join(" ")) };
        (id, said)
    };
    (1..).zip(doc.rows(table)).map(row).collect()
}

/// How a choice among such rows reads.
pub fn chosen(rows: &[(String, Say)], answer: &str) -> Say {
    let said = |lang: Lang| named(rows.iter().map(|(id, words)| (id.as_str(), words.get(lang))), answer, lang);
    say(said(Lang::Zh), said(Lang::En))
}
