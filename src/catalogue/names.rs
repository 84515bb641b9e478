//! What a case is called by its category and kind, whether it is a unit's or a person's. Pure.

use super::{Kind, category};
use crate::base::{Say, Text, say, t};
use crate::workflow::person::PersonKind;

/// The category of persons' applications and certificates.
pub const PERSONNEL: &str = "personnel";

/// 许可类别; a word nobody knows stands for itself.
pub fn category_name(key: &str) -> Say {
    const QUALIFICATION: Text = t("特种设备检验、检测人员资格认定", "Qualification of inspection and testing personnel");
    let known = if key == PERSONNEL { Some(QUALIFICATION) } else { category(key).map(|category| category.name) };
    known.map_or_else(|| say(key.to_owned(), key.to_owned()), Say::from)
}

/// 申请类别 of a person's case; `None` of a unit's.
pub fn person_kind(category: &str, kind: &str) -> Option<PersonKind> {
    PersonKind::of_word(kind).filter(|_| category == PERSONNEL)
}

/// 申请类别; a word nobody knows stands for itself.
pub fn kind_name(key: &str) -> Say {
    let known = Kind::of_key(key).map(Kind::label).or_else(|| PersonKind::of_word(key).map(PersonKind::label));
    known.map_or_else(|| say(key.to_owned(), key.to_owned()), Say::from)
}

/// 服务事项名称: the category with the kind.
pub fn matter_name(category: &str, kind: &str) -> Say {
    let (category, kind) = (category_name(category), kind_name(kind));
    say(format!("{}（{}）", category.zh, kind.zh), format!("{} ({})", category.en, kind.en))
}
