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

/// Places that are judged together, so that whoever is to mend one may mend all of them.
const TOGETHER: [&[&str]; 3] = [
    &["qualification/practice_org", "qualification/practice_code", "proofs/practice_proof"],
    &["qualification/change_what", "qualification/former_org", "proofs/leaving_proof"],
    &["qualification/change_what", "qualification/new_name", "qualification/new_id_kind", "qualification/new_id_no"],
];

/// Whether a path may be changed in a correction: it is marked, or belongs to the declaration, or goes with what is marked
/// (a question that arises from a marked answer, the answer from which a marked question arises, a choice among rows that are marked).
/// `marks` are the paths that the notice marks.
pub fn is_unlocked(pages: &[&'static Page], path: &str, marks: &[String]) -> bool {
    let is_marked = |path: &str| marks.iter().any(|mark| is_at(path, mark));
    let mut together = TOGETHER.iter().filter(|places| places.iter().any(|place| is_at(path, place)));
    if is_marked(path) || is_declaration(path) || together.any(|places| places.iter().any(|place| is_marked(place))) {
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
