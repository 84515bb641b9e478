use super::*;
use jiff::civil::date;

#[test]
fn numbers_are_told_from_others() {
    for good in ["TS2210890-2015", "TS3810436-2025", "TS7Ⅶ11001-2026", "TS7VII11001-2026", "TS2210A20-2029", "TS2F10123-2029"] {
        assert!(is_number(good), "{good}");
    }
    for bad in ["", "TS", "2210890-2015", "TS2210890", "TS2210890-15", "TS9210890-2015", "TS22108901-2015", "TS22ABCDE-2015", "TS1456160-2020S"] {
        assert!(!is_number(bad), "{bad}");
    }
}

#[test]
fn standing_follows_the_day() {
    let at = |state, day| Standing::of(state, "2028-02-29", day);
    assert_eq!(at(State::Valid, date(2027, 2, 27)), Standing::Plain(State::Valid));
    assert_eq!(at(State::Valid, date(2027, 2, 28)), Standing::Near);
    assert_eq!(at(State::Valid, date(2027, 8, 29)), Standing::Late);
    assert_eq!(at(State::Valid, date(2028, 2, 29)), Standing::Late);
    assert_eq!(at(State::Valid, date(2028, 3, 1)), Standing::Expired);
    assert_eq!(at(State::Pending, date(2027, 8, 29)), Standing::Plain(State::Pending));
    assert_eq!(at(State::Pending, date(2028, 3, 1)), Standing::Expired);
    assert_eq!(at(State::Revoked, date(2028, 3, 1)), Standing::Plain(State::Revoked));
    for (state, word, label) in STATES {
        assert_eq!(State::of_word(word), Some(state));
        assert!(!label.is_none());
    }
}

#[test]
fn the_categories_are_the_catalogues() {
    use crate::catalogue::{CATEGORIES, PERSONNEL, category_name};
    let names: Vec<_> = CATEGORIES.iter().map(|c| c.key).chain([PERSONNEL]).map(|key| (key, category_name(key))).collect();
    assert_eq!(CATEGORY_CHOICES.iter().map(|c| (c.key, Say::from(c.label))).collect::<Vec<_>>(), names);
}

#[test]
fn names_typed_are_taken_apart() {
    let beside = Beside { other: "安全阀B、 旧项目\n第三，".into(), ..Beside::default() };
    assert_eq!(beside.other_names().collect::<Vec<_>>(), ["安全阀B", "旧项目", "第三"]);
}
