//! The tables themselves: keys, paths, words, and their agreement with the catalogue.

use super::*;
use std::slice::from_ref;

#[test]
fn keys_are_unique_and_every_text_has_both_languages() {
    for page in all_pages() {
        let mut keys = BTreeSet::new();
        let mut see = |key: &'static str| assert!(keys.insert(key), "{}/{key}", page.key);
        let mut texts = vec![page.title, page.lead];
        let both = |text: Text| assert_eq!(text.zh.is_empty(), text.en.is_empty(), "{text:?} on {}", page.key);
        let named = |text: Text| assert!(!text.is_none(), "a label is missing on {}", page.key);
        for part in page.parts {
            match part {
                Part::Group(group) => {
                    texts.extend([group.title, group.hint]);
                    group.fields.iter().for_each(|field| {
                        see(field.key);
                        named(field.label);
                        texts.extend([field.label, field.hint]);
                    });
                }
                Part::Table(table) => {
                    see(table.key);
                    let columns: BTreeSet<_> = table.columns.iter().map(|column| column.key).collect();
                    assert_eq!(columns.len(), table.columns.len(), "{}/{}", page.key, table.key);
                    texts.extend([table.label, table.hint, table.row]);
                    table.columns.iter().for_each(|column| {
                        named(column.label);
                        texts.extend([column.label, column.hint]);
                    });
                }
                Part::Files(slots) => slots.iter().for_each(|slot| {
                    see(slot.key);
                    named(slot.label);
                    assert!(!slot.basis.is_empty(), "{}/{} has no basis", page.key, slot.key);
                    texts.extend([slot.label, slot.hint]);
                }),
                Part::Note(text) => texts.push(*text),
            }
        }
        texts.into_iter().for_each(both);
    }
}

#[test]
fn choices_are_unique_and_in_both_languages() {
    let kinds = all_pages().into_iter().flat_map(|page| {
        let columns = page.tables().flat_map(|table| table.columns).copied().collect::<Vec<_>>();
        page.fields().map(|(_, field)| *field).chain(columns).map(|field| field.kind).collect::<Vec<_>>()
    });
    for kind in kinds {
        if let Kind::Select(choices) | Kind::Radio(choices) | Kind::Checks(choices) = kind {
            let keys: BTreeSet<_> = choices.iter().map(|choice| choice.key).collect();
            assert_eq!(keys.len(), choices.len());
            assert!(choices.iter().all(|choice| !choice.label.zh.is_empty() && !choice.label.en.is_empty() && !choice.key.contains(',')));
        }
    }
}

#[test]
fn every_path_resolves_and_every_condition_names_a_sibling() {
    let needs_sibling = |need: Need, siblings: &[&str]| {
        if let Need::When(key, _) = need {
            assert!(siblings.contains(&key), "{key}")
        }
    };
    for page in all_pages() {
        let keys: Vec<_> = page.fields().map(|(_, field)| field.key).collect();
        for (path, field) in page.fields() {
            assert_eq!(page.field_at(&path).map(|f| f.key), Some(field.key));
            needs_sibling(field.need, &keys);
        }
        for table in page.tables() {
            let columns: Vec<_> = table.columns.iter().map(|column| column.key).collect();
            for column in table.columns {
                assert_eq!(page.field_at(&format!("{}/{}/r1/{}", page.key, table.key, column.key)).map(|f| f.key), Some(column.key));
                needs_sibling(column.need, &columns);
            }
        }
    }
}

#[test]
fn pages_by_category_and_kind() {
    let keys = |category, kind| pages(category, kind).iter().map(|page| page.key).collect::<Vec<_>>();
    assert_eq!(
        keys("calibration", "first"),
        ["cover", "basic", "items", "works", "resources", "staff", "production", "instruments", "calibration", "subcontract", "remarks"],
        "all eleven pages of the manual"
    );
    assert!(!keys("manufacture", "first").contains(&"calibration"));
    assert!(!keys("design", "first").contains(&"production"));
    assert_eq!(keys("institution", "first").len(), 11);
    assert_eq!(keys("manufacture", "renew-declare"), ["cover", "basic", "items", "declare", "works", "remarks"]);
    assert_eq!(keys("install", "change-drop-address"), keys("install", "change-name"));
    assert_eq!(keys("install", "change-name"), ["cover", "basic", "items", "change", "remarks"]);
    assert_eq!(keys("institution", "reissue"), ["i_cover", "i_basic", "i_items", "i_promise", "reissue", "i_other"]);
    for category in CATEGORIES {
        for kind in KINDS {
            let keys = keys(category, kind.key);
            assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{category} {}", kind.key);
        }
    }
}

#[test]
fn a_persons_book_has_the_manuals_fields_in_every_kind() {
    use crate::workflow::person::PersonKind;
    assert_eq!(
        PERSON_KINDS.iter().map(|kind| (kind.key, kind.label)).collect::<Vec<_>>(),
        PersonKind::all().map(|kind| (kind.word(), kind.label())).collect::<Vec<_>>()
    );
    let manual = "姓名 证件号码 移动电话 电子邮箱 邮政编码 传真 学历 专业 技术职称 工作年限 通信地址 执业所在地 执业单位 人员类型 申请类别 项目代号";
    for kind in PERSON_KINDS {
        let book = pages(PERSONNEL, kind.key);
        assert_eq!(book.iter().map(|page| page.key).collect::<Vec<_>>(), ["person", "qualification", "proofs"], "{}", kind.key);
        let labels: Vec<_> = book.iter().flat_map(|page| page.fields()).map(|(_, field)| field.label.zh).collect();
        for label in manual.split(' ') {
            assert!(labels.contains(&label), "{} {label}", kind.key);
        }
        assert!(book[1].tables().any(|table| table.is_given() && table.label.zh == "已持证项目"));
        let photo = book[2].slots().find(|slot| slot.key == "photo").unwrap();
        assert_eq!((photo.kind, photo.max_files), (crate::form::FileKind::Photo, 1));
        let is_renewal = kind.key.starts_with("renew");
        assert_eq!(labels.contains(&"未中断执业 6 个月以上"), is_renewal, "{}", kind.key);
    }
}

#[test]
fn every_page_ends_with_a_place_for_files_that_nobody_asks_for() {
    for page in CATEGORIES.iter().flat_map(|category| KINDS.iter().flat_map(|kind| pages(category, kind.key))) {
        // 九 有关文件资料 is one as a whole.
        let key = if page.key == "i_files" { "documents_file" } else { "extra" };
        let last = page.slots().last().unwrap();
        assert!(matches!(page.parts.last(), Some(Part::Files(_))), "{}", page.key);
        assert!(last.key == key && matches!(last.need, Need::Optional) && last.max_files > 1, "{} {last:?}", page.key);
        let place = page.path(key);
        assert!(places(page).iter().any(|known| known.path() == place), "{place} can be marked");
        let file = format!("{place}/0001");
        assert!(is_unlocked(&[page], &file, from_ref(&place)), "{place} is open when it is marked");
        assert!(!is_unlocked(&[page], &file, &["basic/fax"]), "{place} is closed otherwise");
    }
    // The one form of a person has it at its end.
    for kind in PERSON_KINDS {
        let places = pages(PERSONNEL, kind.key).iter().map(|page| page.slots().filter(|slot| slot.key == "extra").count()).collect::<Vec<_>>();
        assert_eq!(places, [0, 0, 1], "{}", kind.key);
    }
}

#[test]
fn the_books_agree_with_the_catalogue() {
    use crate::catalogue::{CATEGORIES, Kind, materials};
    let kinds: Vec<_> = Kind::all().map(|kind| (kind.key(), kind.label())).collect();
    assert_eq!(KINDS.iter().map(|choice| (choice.key, choice.label)).collect::<Vec<_>>(), kinds);
    assert_eq!(CATEGORIES.iter().map(|category| category.key).collect::<BTreeSet<_>>(), self::CATEGORIES.into_iter().collect());
    let everything = materials::Facts { is_branch: true, by_agent: true, is_late: true, ..materials::Facts::default() };
    for category in &CATEGORIES {
        for kind in Kind::all().filter(|kind| kind.is_open_to(category)) {
            for slot in materials::required(category, kind, everything) {
                let places = pages(category.key, kind.key()).iter().flat_map(|page| page.slots()).filter(|place| place.key == slot.key).count();
                assert_eq!(places, 1, "{} {} {}", category.key, kind.key(), slot.key);
            }
        }
    }
}

#[test]
fn the_manuals_words() {
    let page = |key: &str| *pages("calibration", "first").iter().find(|page| page.key == key).unwrap();
    let titles: Vec<_> = pages("calibration", "first").iter().map(|page| page.title.zh).collect();
    let manual =
        "封面 申请单位基本情况 申请许可项目 近几年工作情况 单位资源 作业人员情况 生产设备状况 检验与试验仪器设备状况 校验仪器设备能力 分包、外协情况 备注";
    assert_eq!(titles, manual.split(' ').collect::<Vec<_>>());
    let labels: Vec<_> = page("basic").fields().map(|(_, field)| field.label.zh).collect();
    for label in "单位名称 法定代表人 注册资金 住所 成立日期 营业执照登记机构 传真 电子邮箱 邮政编码 联系人 联系人手机 所属行业 互联网网址 批准成立机关 开始工作日期 管理者代表 管理者代表职位 质量保证负责人".split(' ') {
        assert!(labels.contains(&label), "{label}");
    }
    assert_eq!(page("items").fields().map(|(_, field)| field.label.zh).collect::<Vec<_>>(), ["申请单位法定代表人", "职务", "日期"]);
}

#[cfg(feature = "ssr")]
#[test]
fn the_codes_of_page_6_are_the_catalogues() {
    use crate::catalogue::PersonnelCodes;
    let codes = &PersonnelCodes::builtin().codes;
    assert!(rules::CODES.iter().all(|code| codes.iter().any(|known| known.code == *code)));
}

#[test]
fn what_goes_with_a_marked_answer_is_open_in_a_correction() {
    for (category, kind) in [("manufacture", "first"), ("institution", "first"), (PERSONNEL, "move")] {
        let book = pages(category, kind);
        let asked = book.iter().flat_map(|page| {
            let fields = page.fields().map(|(path, field)| (path, field.need));
            let files = page.slots().map(move |slot| (page.path(slot.key), slot.need));
            fields.chain(files).filter_map(move |(path, need)| if let Need::When(on, _) = need { Some((path, page.path(on))) } else { None })
        });
        let pairs: Vec<(String, String)> = asked.collect();
        assert!(!pairs.is_empty(), "a book asks some questions only after an answer");
        for (path, on) in &pairs {
            assert!(is_unlocked(&book, path, &[on]), "{path} arises from {on}");
            assert!(is_unlocked(&book, on, &[path]), "{on} decides whether {path} is asked");
            assert!(!is_unlocked(&book, path, &["basic/fax"]), "{path}");
        }
    }
    let book = pages("manufacture", "first");
    // Which address an item belongs to goes with the addresses, be it one of them; the rest of the item does not.
    for (path, mark, open) in [
        ("items/items/SE031/addresses", "basic/addresses", true),
        ("items/items/SE031/addresses", "basic/addresses/r2", true),
        ("items/items/SE031/addresses", "basic/fax", false),
        ("items/items/SE031/product", "basic/addresses", false),
        ("basic/addresses/r2", "items/items", false),
    ] {
        assert_eq!(is_unlocked(&book, path, &[mark]), open, "{path} and {mark}");
    }
}

#[test]
fn rows_are_chosen_in_tables_and_from_tables_of_the_same_book() {
    for category in CATEGORIES {
        for kind in KINDS {
            let book = pages(category, kind.key);
            assert!(book.iter().flat_map(|page| page.fields()).all(|(_, field)| !matches!(field.kind, Kind::Rows(_))));
            // A sheet knows no rows to choose from, so they are chosen only where no sheet is taken.
            let mut sheets = book.iter().flat_map(|page| page.tables()).filter(|table| !table.is_given()).flat_map(|table| table.columns);
            assert!(sheets.all(|column| !matches!(column.kind, Kind::Rows(_))), "{category} {}", kind.key);
            let columns = book.iter().flat_map(|page| page.tables()).flat_map(|table| table.columns);
            let sources: Vec<&str> = columns.filter_map(|column| if let Kind::Rows(table) = column.kind { Some(table) } else { None }).collect();
            assert_eq!(sources.len(), 1, "{category} {}", kind.key);
            assert!(book.iter().any(|page| page.tables().any(|table| page.path(table.key) == sources[0])), "{}", sources[0]);
        }
    }
}

#[test]
fn what_is_judged_together_has_its_places_in_the_books() {
    let all = all_pages();
    let known: BTreeSet<String> = all.iter().flat_map(|page| super::places(page)).map(|place| place.path()).collect();
    for (rules, one, other) in TOGETHER {
        assert!(all.iter().any(|page| page.key == rules), "{rules}");
        for place in one.iter().chain(other) {
            assert!(known.contains(*place), "{place}");
        }
    }
}
