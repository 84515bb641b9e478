//! Lists that go on where the last page ended, however much was added meanwhile (keyset paging). No SQL here.

use serde::{Deserialize, Serialize};

/// Where a page ended: the last row's sort key and id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cursor {
    pub key: i64,
    pub id: String,
}

impl Cursor {
    /// The text that stands in an address; opaque to the reader.
    pub fn encode(&self) -> String {
        format!("{:x}.{}", self.key, self.id)
    }

    /// Reads a cursor from an address; anything else is the first page.
    pub fn decode(text: &str) -> Option<Cursor> {
        let (key, id) = text.split_once('.')?;
        let known = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        let key = u64::from_str_radix(key, 16).ok()?.cast_signed();
        known.then(|| Cursor { key, id: id.to_owned() })
    }
}

/// One page of a list, and the cursor of the next.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Paged<T> {
    pub rows: Vec<T>,
    pub next: Option<String>,
}

impl<T> Paged<T> {
    /// Makes a page of `size` from rows read one further, to know whether there are more.
    pub fn cut(mut rows: Vec<T>, size: usize, cursor: impl Fn(&T) -> Cursor) -> Paged<T> {
        let more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| more).map(|row| cursor(row).encode());
        Paged { rows, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pages_end_where_rows_end() {
        let cursor = |n: &i64| Cursor { key: *n, id: "a".into() };
        assert_eq!(Paged::cut(vec![3, 2, 1], 2, cursor), Paged { rows: vec![3, 2], next: Some("2.a".into()) });
        assert_eq!(Paged::cut(vec![3, 2], 2, cursor).next, None);
        for bad in ["", "a", ".", "12.", "zz.a", "1.a'b", "1.a.b"] {
            assert_eq!(Cursor::decode(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn cursors_survive_the_address(key: i64, id in "[0-9a-f-]{1,36}") {
            let cursor = Cursor { key, id };
            prop_assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }
    }
}
