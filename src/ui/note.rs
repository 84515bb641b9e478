//! What is said under a label or in the head of a column, before anybody errs: the hint, when an answer is needed, an example of
//! a good one, and how long it may be (spec 7.4).

use crate::base::Lang;
use crate::form::{Field, Kind, Need};

/// What stands under the label of a question.
pub(super) fn under_label(field: &Field, lang: Lang) -> String {
    sentences([Some(field.hint.get(lang).to_owned()), example(field, lang), longest(field, lang)], lang)
}

/// What stands in the head of a column: also when its cells are needed, since they are drawn in every row.
pub(super) fn under_head(column: &Field, columns: &[Field], lang: Lang) -> String {
    if column.fixed {
        return String::new();
    }
    sentences([needed(column, columns, lang), Some(column.hint.get(lang).to_owned()), example(column, lang), longest(column, lang)], lang)
}

/// 最多 3000 字
pub(super) fn at_most(characters: impl std::fmt::Display, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("最多 {characters} 字"),
        Lang::En => format!("At most {characters} characters"),
    }
}

/// Of long texts; whoever enters a name or a number does not come near the limit.
fn longest(field: &Field, lang: Lang) -> Option<String> {
    (field.kind == Kind::LongText).then(|| at_most(field.max, lang))
}

fn example(field: &Field, lang: Lang) -> Option<String> {
    let word = if lang == Lang::Zh { "例如" } else { "For example" };
    (!field.example.is_none()).then(|| format!("{word} {}", field.example.get(lang)))
}

/// 自有或租赁选“租赁”时填写
fn needed(column: &Field, columns: &[Field], lang: Lang) -> Option<String> {
    let Need::When(key, values) = column.need else { return None };
    let other = columns.iter().find(|other| other.key == key)?;
    let (Kind::Select(choices) | Kind::Radio(choices)) = other.kind else { return None };
    let words: Vec<String> = choices.iter().filter(|choice| values.contains(&choice.key)).map(|choice| format!("“{}”", choice.label.get(lang))).collect();
    Some(match lang {
        Lang::Zh => format!("{}选{}时填写", other.label.zh, words.join("或")),
        Lang::En => format!("Needed if “{}” is {}", other.label.en, words.join(" or ")),
    })
}

/// Those there are, one after the other.
fn sentences<const N: usize>(parts: [Option<String>; N], lang: Lang) -> String {
    let (stop, gap) = if lang == Lang::Zh { ('。', "") } else { ('.', " ") };
    let mut said = String::new();
    for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
        if !said.is_empty() {
            if !said.ends_with(stop) {
                said.push(stop);
            }
            said.push_str(gap);
        }
        said.push_str(&part);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::t;
    use crate::form::choice;

    const OWN: &[crate::form::Choice] = &[choice("own", "自有", "Owned"), choice("rent", "租赁", "Rented"), choice("lent", "借用", "Lent")];
    const COLUMNS: &[Field] = &[
        Field::new("own", t("自有或租赁", "Owned or rented"), Kind::Select(OWN)),
        Field::new("to", t("租期止", "Lease until"), Kind::Date).when("own", &["rent", "lent"]).hint("与合同一致。", "As in the contract."),
        Field::new("code", t("代号", "Code"), Kind::Text).hint("多个用顿号分开。", "Separate with a comma.").example("RT-II"),
        Field::new("note", t("说明", "Note"), Kind::LongText).max(3000).example_in("无", "none").optional(),
        Field::new("given", t("项目", "Item"), Kind::LongText).hint("已填好。", "Filled in.").fixed(),
        Field::new("plain", t("名称", "Name"), Kind::Text),
    ];

    #[test]
    fn a_column_says_what_is_wanted_of_it() {
        let said = |lang| COLUMNS.iter().map(|column| under_head(column, COLUMNS, lang)).collect::<Vec<_>>();
        let zh = ["", "自有或租赁选“租赁”或“借用”时填写。与合同一致。", "多个用顿号分开。例如 RT-II", "例如 无。最多 3000 字", "", ""];
        assert_eq!(said(Lang::Zh), zh);
        let en = [
            "",
            "Needed if “Owned or rented” is “Rented” or “Lent”. As in the contract.",
            "Separate with a comma. For example RT-II",
            "For example none. At most 3000 characters",
            "",
            "",
        ];
        assert_eq!(said(Lang::En), en);
    }

    #[test]
    fn a_label_says_hint_example_and_length() {
        let said = |lang| COLUMNS.iter().map(|field| under_label(field, lang)).collect::<Vec<_>>();
        assert_eq!(said(Lang::Zh)[1..4], ["与合同一致。", "多个用顿号分开。例如 RT-II", "例如 无。最多 3000 字"]);
        assert_eq!(said(Lang::En)[5], "");
    }
}
