//! The rows of a repeat table: what a person does with them, as ops, the same in the browser and for a form posted without script; and
//! how a choice among them reads.

use super::doc::{Base, Doc, Op, order_between};
use crate::base::{Lang, Text, t};

/// Stands for a row that was chosen and removed since.
pub const REMOVED: Text = t("（已删除）", "(removed)");

/// How a choice among rows reads ([`super::Kind::Rows`]): the words of those chosen, in the order of `rows`, each an id with its words.
pub fn named<'a>(rows: impl IntoIterator<Item = (&'a str, &'a str)>, answer: &'a str, lang: Lang) -> String {
    let mut chosen: Vec<&str> = answer.split(',').filter(|id| !id.is_empty()).collect();
    let mut words: Vec<&str> = Vec::new();
    for (id, said) in rows {
        if chosen.contains(&id) {
            chosen.retain(|one| *one != id);
            words.push(said);
        }
    }
    words.extend(chosen.iter().map(|_| REMOVED.get(lang)));
    words.join(if lang == Lang::Zh { "；" } else { "; " })
}

/// One thing to do with a row; written `add:table`, `remove:table/row`, … on the button that does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowAct {
    Add(String),
    Remove(String),
    Up(String),
    Down(String),
    Copy(String),
}

impl RowAct {
    /// Reads a button's value.
    pub fn parse(text: &str) -> Option<RowAct> {
        let (verb, path) = text.split_once(':')?;
        let path = path.to_owned();
        Some(match verb {
            "add" => RowAct::Add(path),
            "remove" => RowAct::Remove(path),
            "up" => RowAct::Up(path),
            "down" => RowAct::Down(path),
            "copy" => RowAct::Copy(path),
            _ => return None,
        })
    }

    /// The ops that do it. `new_id` makes ids for ops and rows (letters and digits only).
    pub fn ops(&self, doc: &Doc, mut new_id: impl FnMut() -> String) -> Vec<Op> {
        let mut op = |path: String, value: Option<String>| {
            let base = Base::Revision(doc.cells.get(&path).map_or(0, |cell| cell.revision));
            Op { id: new_id(), path, base, value }
        };
        match self {
            RowAct::Add(table) => {
                let row = op(String::new(), None).id;
                vec![op(format!("{table}/{row}"), Some(doc.place_at_end(table)))]
            }
            RowAct::Remove(row) => vec![op(row.clone(), None)],
            RowAct::Up(row) | RowAct::Down(row) => {
                let Some((table, id)) = row.rsplit_once('/') else { return Vec::new() };
                let rows = doc.rows(table);
                let Some(at) = rows.iter().position(|r| r == id) else { return Vec::new() };
                let key = |i: usize| rows.get(i).map(|r| doc.get(&format!("{table}/{r}")));
                let place = match self {
                    RowAct::Up(_) if at > 0 => order_between(at.checked_sub(2).and_then(key), key(at - 1)),
                    RowAct::Down(_) if at + 1 < rows.len() => order_between(key(at + 1), key(at + 2)),
                    _ => return Vec::new(),
                };
                vec![op(row.clone(), Some(place))]
            }
            RowAct::Copy(row) => {
                let Some((table, id)) = row.rsplit_once('/') else { return Vec::new() };
                let rows = doc.rows(table);
                let Some(at) = rows.iter().position(|r| r == id) else { return Vec::new() };
                let next = rows.get(at + 1).map(|r| doc.get(&format!("{table}/{r}")));
                let copy = format!("{table}/{}", op(String::new(), None).id);
                let mut ops = vec![op(copy.clone(), Some(order_between(Some(doc.get(row)), next)))];
                let prefix = format!("{row}/");
                let cells = doc.cells.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
                ops.extend(
                    cells.filter(|(_, cell)| cell.value.is_some()).map(|(path, cell)| op(format!("{copy}/{}", &path[prefix.len()..]), cell.value.clone())),
                );
                ops
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Doc {
        let mut doc = Doc::default();
        for (row, order) in [("a", "f"), ("b", "m"), ("c", "t")] {
            doc.set(&format!("p/t/{row}"), Some(order.into()), 1, "");
            doc.set(&format!("p/t/{row}/name"), Some(row.to_uppercase()), 1, "");
        }
        doc
    }

    fn after(act: &str) -> Vec<String> {
        let mut doc = table();
        let mut n = 0;
        let ops = RowAct::parse(act).unwrap().ops(&doc.clone(), || {
            n += 1;
            format!("n{n}")
        });
        for (i, op) in ops.iter().enumerate() {
            assert!(matches!(doc.apply(op, 2 + i as i64), super::super::Outcome::Applied { .. }));
        }
        doc.rows("p/t").iter().map(|row| doc.get(&format!("p/t/{row}/name")).to_owned()).collect()
    }

    #[test]
    fn a_choice_reads_in_the_order_of_the_rows() {
        let rows = [("a", "甲"), ("b", "乙"), ("c", "丙")];
        let said = |answer: &str| named(rows, answer, Lang::Zh);
        assert_eq!(["c,a", "b", "b,gone", ""].map(said), ["甲；丙", "乙", "乙；（已删除）", ""]);
        let numbers = |answer: &str| table().chosen("p/t", answer).into_iter().map(|(n, _)| n).collect::<Vec<_>>();
        assert_eq!([numbers("c,a"), numbers("gone,b"), numbers("")], [vec![1, 3], vec![2], vec![]]);
    }

    #[test]
    fn rows_are_added_removed_moved_and_copied() {
        assert_eq!(after("add:p/t"), ["A", "B", "C", ""]);
        assert_eq!(after("remove:p/t/b"), ["A", "C"]);
        assert_eq!(after("up:p/t/c"), ["A", "C", "B"]);
        assert_eq!(after("up:p/t/a"), ["A", "B", "C"]);
        assert_eq!(after("down:p/t/a"), ["B", "A", "C"]);
        assert_eq!(after("down:p/t/c"), ["A", "B", "C"]);
        assert_eq!(after("copy:p/t/a"), ["A", "A", "B", "C"]);
        assert_eq!(RowAct::parse("save"), None);
    }
}
