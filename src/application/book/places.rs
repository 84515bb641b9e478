//! The places of a book that a correction notice can mark (补正): fields that are typed, tables with their rows, places for
//! attachments; and how each is called.

use super::DECLARATIONS;
use crate::base::{Say, Text, say};
use crate::form::{Field, Kind, Need, Page};
use crate::workflow::action::{is_at, meets};

/// A place to mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub page: &'static str,
    pub key: &'static str,
    pub label: Text,
    /// Whether one of its rows can be meant.
    pub has_rows: bool,
}

impl Place {
    /// Its path in the book.
    pub fn path(&self) -> String {
        format!("{}/{}", self.page, self.key)
    }
}

/// The places of a page. What nobody types cannot be corrected, and the declaration is open in every correction.
pub fn places(page: &'static Page) -> Vec<Place> {
    let place = |key: &'static str, label: Text, has_rows: bool| Place { page: page.key, key, label, has_rows };
    let fields = page.fields().filter(|(_, field)| !field.fixed).map(|(_, field)| place(field.key, field.label, false));
    let tables = page.tables().map(|table| place(table.key, table.label, true));
    let slots = page.slots().map(|slot| place(slot.key, slot.label, false));
    fields.chain(tables).chain(slots).filter(|place| !is_declaration(&place.path())).collect()
}

/// Whether a path belongs to the declaration, which is signed anew whenever a book is handed in.
fn is_declaration(path: &str) -> bool {
    DECLARATIONS.iter().any(|prefix| path.starts_with(prefix))
}

/// What a rule compares (by the rules of which page, and one side with the other), so that whoever is to mend one side may mend the
/// other. A table on both sides is judged by all its rows together.
pub(super) const TOGETHER: [(&str, &[&str], &[&str]); 19] = [
    ("cover", &["cover/filled_by"], &["cover/agent_authorisation"]),
    ("resources", &["resources/places"], &["resources/lease"]),
    ("resources", &["resources/total"], STAFF),
    ("resources", &["resources/quality_staff"], &["resources/quality_staff"]),
    ("subcontract", &["subcontract/any", "subcontract/inspection_body"], &["subcontract/contracts"]),
    ("renewal", &["renewal/valid_to"], &["renewal/late_reason", "renewal/late_file"]),
    ("declare", &["declare/valid_to"], &["declare/late_reason", "declare/late_file"]),
    ("declare", &["works/performance"], &["works/performance"]),
    ("extend", &["extend/valid_to"], &["extend/extend_to"]),
    ("i_cover", &["i_cover/filled_by"], &["i_cover/agent_authorisation"]),
    ("i_basic", &["i_basic/fixed_assets"], &["i_basic/instrument_assets"]),
    ("i_counts", &["i_counts/counts"], &["i_counts/counts"]),
    ("i_people", &["i_people/people"], &["i_people/people"]),
    ("qualification", PRACTISING, PRACTISING),
    ("qualification", LEAVING, LEAVING),
    ("qualification", IDENTITY, IDENTITY),
    // Whether the practising unit changes is read off the unit that is named.
    ("qualification", &["qualification/practice_org"], LEAVING),
    ("qualification", &["qualification/change_what"], PRACTISING),
    ("qualification", &["qualification/change_what"], IDENTITY),
];

/// Numbers of staff that are parts of the whole.
const STAFF: &[&str] = &["resources/managers", "resources/technicians", "resources/inspectors", "resources/ndt_staff", "resources/welders"];
/// 执业单位
const PRACTISING: &[&str] = &["qualification/practice_org", "qualification/practice_code", "proofs/practice_proof"];
/// 变更事项 and 原执业单位
const LEAVING: &[&str] = &["qualification/change_what", "qualification/former_org", "proofs/leaving_proof"];
/// 变更后的姓名、证件
const IDENTITY: &[&str] = &["qualification/new_name", "qualification/new_id_kind", "qualification/new_id_no"];

/// Whether a rule compares the place of a path with one that is marked, or of which a row is.
fn goes_with(pages: &[&'static Page], path: &str, marks: &[impl AsRef<str>]) -> bool {
    let holds = |places: &[&str]| places.iter().any(|place| is_at(path, place));
    let is_marked = |places: &[&str]| places.iter().any(|place| marks.iter().any(|mark| is_at(mark.as_ref(), place)));
    let applies = |rules: &str| pages.iter().any(|page| page.key == rules);
    TOGETHER.iter().any(|(rules, one, other)| (holds(one) && is_marked(other) || holds(other) && is_marked(one)) && applies(rules))
}

/// Whether a path may be changed in a correction that marks these paths: it is marked, or belongs to the declaration, or goes with what
/// is marked (what a rule compares it with, a question that arises from a marked answer, the answer from which a marked question arises,
/// a choice among rows that are marked).
pub fn is_unlocked(pages: &[&'static Page], path: &str, marks: &[impl AsRef<str>]) -> bool {
    let is_marked = |path: &str| marks.iter().any(|mark| is_at(path, mark.as_ref()));
    if is_marked(path) || is_declaration(path) || goes_with(pages, path, marks) {
        return true;
    }
    let Some((place, key)) = path.rsplit_once('/') else { return false };
    let beside: Vec<&Field> = pages.iter().flat_map(|page| page.fields_beside(path)).collect();
    let Some(own) = beside.iter().find(|field| field.key == key) else { return false };
    if matches!(own.kind, Kind::Rows(table) if meets(table, marks)) {
        return true;
    }
    let arises = |from: &Field, field: &Field| matches!(field.need, Need::When(key, _) if key == from.key);
    beside.iter().any(|other| (arises(own, other) || arises(other, own)) && is_marked(&format!("{place}/{}", other.key)))
}

/// What the place at a path is called. `rows` gives the rows of a table in order.
pub fn words(pages: &[&'static Page], path: &str, rows: impl Fn(&str) -> Vec<String>) -> Say {
    let parts: Vec<&str> = path.split('/').collect();
    let Some(page) = pages.iter().copied().find(|page| parts.first() == Some(&page.key)) else { return say(path.to_owned(), path.to_owned()) };
    let mut words: Vec<Say> = vec![page.title.into()];
    words.extend(places(page).into_iter().find(|place| parts.get(1) == Some(&place.key)).map(|place| place.label.into()));
    if let Some(row) = parts.get(2) {
        let number = rows(&parts[..2].join("/")).iter().position(|id| id == row);
        words.extend(number.map(|n| say(format!("第 {} 行", n + 1), format!("row {}", n + 1))));
    }
    words.extend(parts.get(3).and(page.field_at(path)).map(|column| column.label.into()));
    let join = |of: fn(&Say) -> &str| words.iter().map(of).collect::<Vec<_>>().join(" · ");
    say(join(|word| &word.zh), join(|word| &word.en))
}
