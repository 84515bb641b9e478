//! An answer to be read rather than typed: choices by their words, numbers with their unit, regions by name. Masking of
//! personal ids is the server's; what arrives here is shown as it is.

use super::lang::use_lang;
use crate::base::{Lang, Text, period};
use crate::form::rows::named;
use crate::form::{Choice, Field, Kind, Options};
use leptos::prelude::*;

/// The unit behind a number; [`Text::NONE`] for anything else.
pub fn unit_of(kind: Kind) -> Text {
    match kind {
        Kind::Int(unit) | Kind::Decimal(_, unit) => unit,
        _ => Text::NONE,
    }
}

/// A label with its unit, for heads of columns: `数量（台）`.
pub fn label_with_unit(field: &Field, lang: Lang) -> String {
    let (label, unit) = (field.label.get(lang), unit_of(field.kind));
    match lang {
        _ if unit.is_none() => label.to_owned(),
        Lang::Zh => format!("{label}（{}）", unit.zh),
        Lang::En => format!("{label} ({})", unit.en),
    }
}

/// A value in words. `options` are those a region or rows were chosen from.
pub fn shown(field: &Field, value: &str, options: &Options, lang: Lang) -> String {
    if value.is_empty() {
        return String::new();
    }
    match field.kind {
        Kind::Select(choices) | Kind::Radio(choices) => word(choices, value, lang),
        Kind::Checks(choices) => {
            let words: Vec<String> = value.split(',').map(|key| word(choices, key, lang)).collect();
            words.join(if lang == Lang::Zh { "、" } else { ", " })
        }
        Kind::Period => period::days(value).map_or_else(|| value.to_owned(), |(from, to)| period::said(from, to).get(lang).to_owned()),
        Kind::Rows(_) => named(options.iter().flatten().map(|(id, words)| (id.as_str(), words.as_str())), value, lang),
        Kind::Tick => if lang == Lang::Zh { "是" } else { "Yes" }.to_owned(),
        Kind::Int(unit) | Kind::Decimal(_, unit) if !unit.is_none() => format!("{value} {}", unit.get(lang)),
        Kind::Region => {
            let codes = super::region::codes(value);
            let known = codes.iter().zip(options).filter_map(|(code, level)| Some(level.iter().find(|(c, _)| c == code)?.1.as_str()));
            let names: Vec<&str> = known.collect();
            let is_whole = names.len() == codes.iter().filter(|code| !code.is_empty()).count();
            match (names.concat(), lang) {
                (names, _) if names.is_empty() => value.to_owned(),
                (names, _) if is_whole => names,
                (names, Lang::Zh) => format!("{names}（{value}）"),
                (names, Lang::En) => format!("{names} ({value})"),
            }
        }
        _ => value.to_owned(),
    }
}

/// The `lang` of words that people or laws wrote: on an English page Chinese ones say so, for whoever has them read out, and what only is
/// joined as Chinese is (`RT-II、UT-II`).
pub fn lang_of(words: &str) -> Option<&'static str> {
    (use_lang() == Lang::En && words.contains(is_chinese)).then(|| Lang::Zh.tag())
}

/// A sentence of ours in which such words stand: each is marked, and the rest is not.
pub fn marked(sentence: &str) -> AnyView {
    if lang_of(sentence).is_none() {
        return sentence.to_owned().into_any();
    }
    let piece = |run: &str| match lang_of(run) {
        None => run.to_owned().into_any(),
        lang => view! { <span lang=lang>{run.to_owned()}</span> }.into_any(),
    };
    runs(sentence).into_iter().map(piece).collect_view().into_any()
}

/// A text cut where Chinese begins and ends.
pub(super) fn runs(mut text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    while let Some(first) = text.chars().next() {
        let (run, rest) = text.split_at(text.find(|c| is_chinese(c) != is_chinese(first)).unwrap_or(text.len()));
        runs.push(run);
        text = rest;
    }
    runs
}

/// A Han character, or punctuation that goes with them.
fn is_chinese(c: char) -> bool {
    let is_han = matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    is_han || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

fn word(choices: &[Choice], key: &str, lang: Lang) -> String {
    choices.iter().find(|c| c.key == key).map_or(key, |c| c.label.get(lang)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::t;
    use crate::form::choice;

    const OWN: &[Choice] = &[choice("own", "自有", "Own"), choice("rent", "租赁", "Rented")];

    fn say(kind: Kind, value: &str) -> (String, String) {
        let field = Field::new("x", t("数量", "Quantity"), kind);
        let regions = vec![vec![("610000".to_owned(), "陕西省".to_owned())], vec![("610100".to_owned(), "西安市".to_owned())], vec![]];
        (shown(&field, value, &regions, Lang::Zh), shown(&field, value, &regions, Lang::En))
    }

    fn pair(zh: &str, en: &str) -> (String, String) {
        (zh.to_owned(), en.to_owned())
    }

    #[test]
    fn chinese_words_say_so_on_english_pages() {
        let lang = |lang: Lang, words: &str| {
            Owner::new().with(|| {
                super::super::lang::provide_lang(lang);
                lang_of(words)
            })
        };
        assert_eq!(lang(Lang::En, "西安阀门 Co."), Some("zh-CN"));
        assert_eq!(lang(Lang::En, "RT-II、UT-II"), Some("zh-CN"));
        assert_eq!(lang(Lang::En, "Xi’an valves (A1)"), None);
        assert_eq!(lang(Lang::Zh, "西安阀门"), None);
        assert_eq!(runs("Ask 陕西省局（一处）: 〇 or 2"), ["Ask ", "陕西省局（一处）", ": ", "〇", " or 2"]);
    }

    #[test]
    fn answers_are_said_in_words() {
        assert_eq!(say(Kind::Select(OWN), "rent"), pair("租赁", "Rented"));
        assert_eq!(say(Kind::Select(OWN), "lent"), pair("lent", "lent"));
        assert_eq!(say(Kind::Checks(OWN), "own,rent"), pair("自有、租赁", "Own, Rented"));
        assert_eq!(say(Kind::Int(t("台", "sets")), "3"), pair("3 台", "3 sets"));
        assert_eq!(say(Kind::Int(t("台", "sets")), ""), pair("", ""));
        assert_eq!(say(Kind::Period, "2026-01-02/2026-01-02"), pair("2026年1月2日（周五）", "2 Jan 2026 (Fri)"));
        assert_eq!(say(Kind::Period, "2026-01-02/"), pair("2026-01-02/", "2026-01-02/"), "what is no period stays as it was typed");
        assert_eq!(say(Kind::Region, "610100"), pair("陕西省西安市", "陕西省西安市"));
        assert_eq!(say(Kind::Region, "610112"), pair("陕西省西安市（610112）", "陕西省西安市 (610112)"), "of one level the name is not known");
        let rows = vec![vec![("r1".to_owned(), "示范路1号".to_owned()), ("r2".to_owned(), "示范路2号".to_owned())]];
        let at = Field::new("at", t("地址", "Addresses"), Kind::Rows("basic/addresses"));
        assert_eq!(shown(&at, "r2,r1,r3", &rows, Lang::En), "示范路1号; 示范路2号; (removed)");
        assert_eq!(label_with_unit(&Field::new("x", t("数量", "Quantity"), Kind::Int(t("台", "sets"))), Lang::Zh), "数量（台）");
    }
}
