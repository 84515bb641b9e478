//! What was typed: a map from path to value with a revision per path, and the changes to it.
//!
//! Paths: `page/field`; `page/table/{row}` holds a row's order key (a removed row holds nothing);
//! `page/table/{row}/column`; `page/slot/{n}` holds an attachment's file id. Order is by the server's revision, never by a client's clock.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One value with the revision that set it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// `None` is a tombstone: the value or row was removed.
    pub value: Option<String>,
    pub revision: i64,
    /// The op that set it, so that a queue of edits does not conflict with itself.
    pub op_id: String,
}

/// A draft (草稿): all its cells, and the highest revision among them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doc {
    pub revision: i64,
    pub cells: BTreeMap<String, Cell>,
}

/// What an [`Op`] saw before it changed a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Base {
    /// The path's revision when it was read; 0 if it had none.
    Revision(i64),
    /// An earlier op of the same client on the same path, perhaps not yet acknowledged.
    Op(String),
}

/// One change of one path (一次修改).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Op {
    /// Made by the client; the server answers the same thing again when it sees it twice.
    pub id: String,
    pub path: String,
    pub base: Base,
    pub value: Option<String>,
}

/// What became of an [`Op`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The path now has this revision.
    Applied { revision: i64 },
    /// Somebody else changed the path first: their value, for the person to choose.
    Conflict { theirs: Option<String>, revision: i64 },
}

impl Doc {
    /// The value at a path; empty if there is none.
    pub fn get(&self, path: &str) -> &str {
        self.cells.get(path).and_then(|c| c.value.as_deref()).unwrap_or("")
    }

    /// A document of plain values, as a short form posts them.
    pub fn of(values: impl IntoIterator<Item = (String, String)>) -> Doc {
        let mut doc = Doc::default();
        for (path, value) in values {
            doc.set(&path, Some(value), 0, "");
        }
        doc
    }

    /// Sets a value without asking; the store and the browser use it for what is already decided.
    pub fn set(&mut self, path: &str, value: Option<String>, revision: i64, op_id: &str) {
        self.revision = self.revision.max(revision);
        self.cells.insert(path.to_owned(), Cell { value, revision, op_id: op_id.to_owned() });
    }

    /// The ids of the rows of a table that exist, in order. `table` is `page/table`.
    pub fn rows(&self, table: &str) -> Vec<String> {
        let prefix = format!("{table}/");
        let mut rows: Vec<(&str, &str)> = self
            .cells
            .range(prefix.clone()..)
            .take_while(|(path, _)| path.starts_with(&prefix))
            .filter_map(|(path, cell)| {
                let row = &path[prefix.len()..];
                (!row.contains('/')).then_some(())?;
                Some((cell.value.as_deref()?, row))
            })
            .collect();
        rows.sort_unstable();
        rows.into_iter().map(|(_, row)| row.to_owned()).collect()
    }

    /// Of the rows of a table those that a choice among them names ([`super::Kind::Rows`]), in order and with their numbers.
    pub fn chosen(&self, table: &str, answer: &str) -> Vec<(usize, String)> {
        let is_named = |row: &str| answer.split(',').any(|one| one == row);
        (1..).zip(self.rows(table)).filter(|(_, row)| is_named(row)).collect()
    }

    /// The order key of a place behind all rows of a table.
    pub fn place_at_end(&self, table: &str) -> String {
        let last = self.rows(table).pop().map(|row| self.get(&format!("{table}/{row}")).to_owned());
        order_between(last.as_deref(), None)
    }

    /// Judges an op against what is here, and applies it at revision `next` if nothing moved.
    pub fn apply(&mut self, op: &Op, next: i64) -> Outcome {
        let now = self.cells.get(&op.path);
        let at = now.map_or(0, |c| c.revision);
        let fresh = match &op.base {
            Base::Revision(seen) => at <= *seen,
            Base::Op(previous) => now.is_none_or(|c| &c.op_id == previous),
        };
        let same = now.is_some_and(|c| c.value == op.value);
        let tombstone = row_of(&op.path).and_then(|row| self.cells.get(row)).filter(|c| c.value.is_none());
        match tombstone {
            Some(row) if op.value.is_some() && !base_sees(&op.base, row) => Outcome::Conflict { theirs: None, revision: row.revision },
            _ if fresh || same => {
                self.set(&op.path, op.value.clone(), next, &op.id);
                Outcome::Applied { revision: next }
            }
            _ => Outcome::Conflict { theirs: now.and_then(|c| c.value.clone()), revision: at },
        }
    }

    /// What changed after a revision, by path.
    pub fn since(&self, revision: i64) -> BTreeMap<String, Cell> {
        self.cells.iter().filter(|(_, c)| c.revision > revision).map(|(p, c)| (p.clone(), c.clone())).collect()
    }
}

fn base_sees(base: &Base, row: &Cell) -> bool {
    matches!(base, Base::Revision(seen) if *seen >= row.revision)
}

/// The path of the row that a cell's path lies in: `page/table/{row}` for `page/table/{row}/column`.
pub fn row_of(path: &str) -> Option<&str> {
    let mut slashes = path.match_indices('/').map(|(i, _)| i);
    let third = slashes.nth(2)?;
    Some(&path[..third])
}

/// Whether a path is a row itself: `page/table/{row}`, which holds where the row stands.
pub fn is_row(path: &str) -> bool {
    path.matches('/').count() == 2
}

/// An order key between two others (either may be missing): letters `b`–`y`, compared as text, never exhausted.
pub fn order_between(low: Option<&str>, high: Option<&str>) -> String {
    let low = low.unwrap_or("").as_bytes();
    let high = high.map(str::as_bytes);
    let mut key = Vec::new();
    let mut bounded = true;
    for i in 0.. {
        let floor = low.get(i).copied().unwrap_or(b'a');
        let ceiling = match high {
            Some(h) if bounded => h.get(i).copied().unwrap_or(b'z'),
            _ => b'z',
        };
        if ceiling > floor + 1 {
            key.push(floor + (ceiling - floor) / 2);
            break;
        }
        key.push(floor);
        bounded = bounded && floor == ceiling;
    }
    String::from_utf8(key).unwrap_or_default()
}

/// `count` order keys after `low`, short even for long tables.
pub fn orders_after(low: Option<&str>, count: usize) -> Vec<String> {
    let stem = order_between(low, None);
    (0..count).map(|i| format!("{stem}{}", base24(i))).collect()
}

fn base24(mut n: usize) -> String {
    let mut digits = [b'b'; 4];
    for digit in digits.iter_mut().rev() {
        *digit = b'b' + (n % 24) as u8;
        n /= 24;
    }
    String::from_utf8_lossy(&digits).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn op(id: &str, path: &str, base: Base, value: Option<&str>) -> Op {
        Op { id: id.into(), path: path.into(), base, value: value.map(Into::into) }
    }

    #[test]
    fn different_fields_never_conflict_and_the_same_field_never_loses() {
        let mut doc = Doc::default();
        assert_eq!(doc.apply(&op("a", "basic/fax", Base::Revision(0), Some("1")), 1), Outcome::Applied { revision: 1 });
        assert_eq!(doc.apply(&op("b", "basic/email", Base::Revision(0), Some("2")), 2), Outcome::Applied { revision: 2 });
        assert_eq!(doc.apply(&op("c", "basic/fax", Base::Revision(0), Some("3")), 3), Outcome::Conflict { theirs: Some("1".into()), revision: 1 });
        assert_eq!(doc.get("basic/fax"), "1");
        assert_eq!(doc.since(1).len(), 1);
    }

    #[test]
    fn a_queue_of_edits_does_not_conflict_with_itself() {
        let mut doc = Doc::default();
        doc.apply(&op("a", "basic/fax", Base::Revision(0), Some("1")), 1);
        assert_eq!(doc.apply(&op("b", "basic/fax", Base::Op("a".into()), Some("12")), 2), Outcome::Applied { revision: 2 });
        assert!(matches!(doc.apply(&op("c", "basic/fax", Base::Op("a".into()), Some("13")), 3), Outcome::Conflict { .. }));
    }

    #[test]
    fn a_value_under_a_removed_row_is_a_conflict() {
        let mut doc = Doc::default();
        doc.apply(&op("a", "staff/people/r1", Base::Revision(0), Some("m")), 1);
        doc.apply(&op("b", "staff/people/r1", Base::Revision(1), None), 2);
        assert_eq!(doc.apply(&op("c", "staff/people/r1/name", Base::Revision(1), Some("x")), 3), Outcome::Conflict { theirs: None, revision: 2 });
        assert!(doc.rows("staff/people").is_empty());
    }

    #[test]
    fn row_paths() {
        assert_eq!(row_of("staff/people/r1/name"), Some("staff/people/r1"));
        assert_eq!(row_of("staff/people/r1"), None);
        assert_eq!(row_of("basic/fax"), None);
        assert_eq!(["basic/fax", "staff/people", "staff/people/r1", "staff/people/r1/name"].map(is_row), [false, false, true, false]);
    }

    proptest! {
        #[test]
        fn order_keys_lie_between(cuts in proptest::collection::vec(0usize..100, 1..60)) {
            let mut keys: Vec<String> = Vec::new();
            for cut in cuts {
                let at = cut % (keys.len() + 1);
                let low = at.checked_sub(1).map(|i| keys[i].clone());
                let high = keys.get(at).cloned();
                let key = order_between(low.as_deref(), high.as_deref());
                if let Some(low) = &low { prop_assert!(*low < key, "{low} < {key}"); }
                if let Some(high) = &high { prop_assert!(key < *high, "{key} < {high}"); }
                keys.insert(at, key);
            }
        }

        #[test]
        fn long_tables_keep_their_order(count in 1usize..700) {
            let keys = orders_after(Some("m"), count);
            prop_assert!(keys.windows(2).all(|w| w[0] < w[1]));
            prop_assert!("m" < keys[0].as_str());
        }
    }
}
