//! The keys of a page of the book (快捷键): one table for the buttons that have them and for the help that tells of them.

use crate::base::{Text, t};

/// A key of the book's toolbar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The letter, pressed with Alt (Firefox: Alt+Shift; macOS: Control+Option).
    pub letter: &'static str,
    /// The button that does the same.
    pub does: Text,
    /// Another way to press it, or nothing.
    pub also: &'static str,
}

const fn key(letter: &'static str, does: Text) -> Key {
    Key { letter, does, also: "" }
}

/// 上一页
pub const PREVIOUS: Key = key("P", t("上一页", "Previous page"));
/// 保存
pub const SAVE: Key = Key { also: "Ctrl+S", ..key("S", t("保存", "Save")) };
/// 打印当前页
pub const PRINT_PAGE: Key = key("C", t("打印当前页", "Print this page"));
/// 打印全部
pub const PRINT_ALL: Key = key("A", t("打印全部", "Print all"));
/// 下一页
pub const NEXT: Key = key("N", t("下一页", "Next page"));
/// 提交: T as in 提交, wherever that stands.
pub const SUBMIT: Key = key("T", t("提交", "Submit"));

/// All keys, in the order of the toolbar.
pub const KEYS: [Key; 6] = [PREVIOUS, SAVE, PRINT_PAGE, PRINT_ALL, NEXT, SUBMIT];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_key_does_two_things() {
        assert_eq!(KEYS.iter().map(|key| key.letter).collect::<BTreeSet<_>>().len(), KEYS.len());
        assert!(KEYS.iter().all(|key| key.letter.len() == 1 && key.letter.bytes().all(|b| b.is_ascii_uppercase())));
    }
}
