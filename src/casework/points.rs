//! The points of a correction notice as its form holds them, row by row: `place1`, `row1`, `reason1`, `text1`, `place2` … Pure.

use crate::application::book::Place;
use crate::base::{Say, say, text};
use crate::form::Values;
use crate::workflow::ActionKind;
use crate::workflow::action::Mark;

/// The most points one notice has; more rows than this are not read.
pub const MOST: usize = 200;
/// Rows that are offered beyond those filled in.
const SPARE: usize = 3;
/// What a button posts as the step of the form: more rows, or how the notice would read.
pub const MORE: &str = "more";
pub const PREVIEW: &str = "preview";
/// With the place behind it, and the number of the row if one is meant: `mark/basic/addresses/2`.
const MARK: &str = "mark/";

/// One row of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Point {
    place: String,
    row: String,
    /// What is written; it goes before what is picked.
    text: String,
    reason: String,
}

impl Point {
    fn of(values: &Values, n: usize) -> Point {
        let [place, row, text, reason] = ["place", "row", "text", "reason"].map(|key| values.get(&path(key, n)).map(|v| text::tidy(v)).unwrap_or_default());
        Point { place, row, text, reason }
    }

    fn is_empty(&self) -> bool {
        *self == Point::default()
    }

    fn what(&self) -> &str {
        if self.text.is_empty() { &self.reason } else { &self.text }
    }
}

/// The path of a question of a row.
pub fn path(key: &str, n: usize) -> String {
    format!("{}/{key}{n}", ActionKind::RequireCorrection.word())
}

/// How many rows the form shows.
pub fn rows(values: &Values) -> usize {
    let filled = (1..=MOST).rev().find(|n| !Point::of(values, *n).is_empty()).unwrap_or(0);
    more(filled)
}

/// Some rows more.
pub fn more(rows: usize) -> usize {
    (rows + SPARE).min(MOST)
}

/// What a button beside a place of the book posts.
pub fn marking(place: &str, row: Option<usize>) -> String {
    let row = row.map(|row| format!("/{row}")).unwrap_or_default();
    format!("{MARK}{place}{row}")
}

/// Whether a step takes a place in.
pub fn is_marking(step: &str) -> bool {
    step.starts_with(MARK)
}

/// Takes the place a button was pressed beside into the form, if this step is one; the row it is in. A place that is in a row
/// which says nothing yet gets no second one.
pub fn mark(values: &mut Values, step: &str) -> Option<usize> {
    let mut parts = step.strip_prefix(MARK)?.splitn(3, '/');
    let (page, key, row) = (parts.next()?, parts.next()?, parts.next().unwrap_or_default());
    let wanted = Point { place: format!("{page}/{key}"), row: row.to_owned(), ..Point::default() };
    let all: Vec<Point> = (1..=MOST).map(|n| Point::of(values, n)).collect();
    let n = 1 + all.iter().position(|point| *point == wanted).or_else(|| all.iter().position(Point::is_empty))?;
    values.insert(path("place", n), wanted.place);
    values.insert(path("row", n), wanted.row);
    Some(n)
}

/// What is marked so far: the points that name a place, each with its number, that place, and the row of it if one is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked(Vec<(usize, String, Option<usize>)>);

impl Marked {
    /// As the form stands.
    pub fn of(values: &Values) -> Marked {
        let named = (1..=MOST).map(|n| (n, Point::of(values, n))).filter(|(_, point)| !point.place.is_empty());
        // What is no number is no row there is.
        let row = |typed: &str| if typed.is_empty() { None } else { Some(typed.parse().unwrap_or(0)) };
        Marked(named.map(|(n, point)| (n, point.place, row(&point.row))).collect())
    }

    /// The points about a place, or about one row of it.
    pub fn at(&self, place: &Place, row: Option<usize>) -> Vec<usize> {
        let path = place.path();
        self.0.iter().filter(|(_, named, meant)| *named == path && (!place.has_rows || *meant == row)).map(|(n, ..)| *n).collect()
    }
}

/// What was posted, with the place in it that its step names.
pub fn taken_in(mut values: Values) -> Values {
    let step = values.get("step").cloned().unwrap_or_default();
    mark(&mut values, &step);
    values
}

/// The points that are whole, and what is missing in the first that is not. `rows` gives the rows of a table of the book.
pub fn read(values: &Values, places: &[Place], rows: impl Fn(&str) -> Vec<String>) -> (Vec<Mark>, Option<Say>) {
    let (mut marks, mut wrong) = (Vec::new(), None);
    for n in 1..=MOST {
        let point = Point::of(values, n);
        if point.place.is_empty() && point.what().is_empty() {
            continue;
        }
        match whole(n, &point, places, &rows) {
            Ok(mark) => marks.push(mark),
            Err(said) => wrong = wrong.or(Some(said)),
        }
    }
    (marks, wrong)
}

fn whole(n: usize, point: &Point, places: &[Place], rows: impl Fn(&str) -> Vec<String>) -> Result<Mark, Say> {
    let Some(place) = places.iter().find(|place| place.path() == point.place) else {
        return Err(say(format!("第 {n} 条没有选择位置。"), format!("Point {n} names no place of the book.")));
    };
    if point.what().is_empty() {
        return Err(say(format!("第 {n} 条没有写明问题。"), format!("Point {n} does not say what is wrong.")));
    }
    let text = point.what().to_owned();
    if point.row.is_empty() || !place.has_rows {
        return Ok(Mark { path: point.place.clone(), text });
    }
    let rows = rows(&point.place);
    let Some(id) = point.row.parse::<usize>().ok().and_then(|row| rows.get(row.checked_sub(1)?)) else {
        let (zh, en, count) = (place.label.zh, place.label.en, rows.len());
        return Err(say(format!("第 {n} 条：“{zh}”只有 {count} 行。"), format!("Point {n}: “{en}” has {count} rows.")));
    };
    Ok(Mark { path: format!("{}/{id}", point.place), text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::book::{pages, places};

    fn form(points: &[(&str, usize, &str)]) -> Values {
        points.iter().map(|(key, n, value)| (path(key, *n), (*value).to_owned())).collect()
    }

    #[test]
    fn a_place_goes_to_the_first_free_row_and_what_is_typed_stays() {
        let mut values = form(&[("place", 1, "basic/fax"), ("text", 1, "缺区号"), ("text", 2, "未选位置"), ("place", 4, "basic/postcode")]);
        let typed = values.clone();
        for (step, n) in [
            (marking("basic/addresses", Some(2)), Some(3)),
            (marking("basic/addresses", Some(2)), Some(3)),
            (marking("basic/addresses", None), Some(5)),
            (marking("basic/postcode", None), Some(4)),
            (marking("basic/fax", None), Some(6)),
            (MORE.to_owned(), None),
            ("mark/basic".to_owned(), None),
        ] {
            assert_eq!(mark(&mut values, &step), n, "{step}");
        }
        assert_eq!((values[&path("place", 3)].as_str(), values[&path("row", 3)].as_str()), ("basic/addresses", "2"));
        assert!(typed.iter().all(|(path, value)| values.get(path) == Some(value)));
        assert_eq!(rows(&values), 9);
        let mut full = form(&(1..=MOST).map(|n| ("text", n, "有误")).collect::<Vec<_>>());
        assert_eq!((mark(&mut full, &marking("basic/fax", None)), rows(&full)), (None, MOST));
    }

    #[test]
    fn a_place_is_marked_by_the_points_that_name_it() {
        let all: Vec<Place> = pages("manufacture", "first").into_iter().flat_map(places).collect();
        let marked = Marked::of(&form(&[
            ("place", 1, "basic/fax"),
            ("text", 2, "未选位置"),
            ("place", 3, "basic/addresses"),
            ("row", 3, " 2 "),
            ("place", 4, "basic/addresses"),
            ("place", 5, "basic/fax"),
            ("row", 5, "7"),
            ("place", 6, "basic/addresses"),
            ("row", 6, "二"),
        ]));
        let at = |path: &str, row: Option<usize>| marked.at(all.iter().find(|place| place.path() == path).unwrap(), row);
        for (path, row, points) in [
            ("basic/fax", None, &[1, 5][..]),
            ("basic/addresses", None, &[4]),
            ("basic/addresses", Some(2), &[3]),
            ("basic/addresses", Some(1), &[]),
            ("basic/postcode", None, &[]),
        ] {
            assert_eq!(at(path, row), points, "{path} {row:?}");
        }
    }

    #[test]
    fn whole_points_are_read_and_the_first_half_one_is_told() {
        let places: Vec<Place> = pages("manufacture", "first").into_iter().flat_map(places).collect();
        let read = |points: &[(&str, usize, &str)]| {
            let (marks, wrong) = super::read(&form(points), &places, |_| vec!["a".to_owned(), "b".to_owned()]);
            let marks: Vec<_> = marks.into_iter().map(|mark| format!("{}={}", mark.path, mark.text)).collect();
            (marks.join(" "), wrong.map(|said| said.zh.into_owned()).unwrap_or_default())
        };
        for (points, marks, wrong) in [
            (&[("place", 1, "")][..], "", ""),
            (&[("place", 1, "basic/fax"), ("text", 1, "缺区号"), ("reason", 1, "见告知书")], "basic/fax=缺区号", ""),
            (&[("place", 7, "basic/fax"), ("reason", 7, "见告知书")], "basic/fax=见告知书", ""),
            (&[("place", 1, "basic/addresses"), ("row", 1, "2"), ("text", 1, "有误")], "basic/addresses/b=有误", ""),
            (&[("place", 1, "basic/fax"), ("row", 1, "2"), ("text", 1, "有误")], "basic/fax=有误", ""),
            (&[("place", 1, "basic/addresses"), ("row", 1, "3"), ("text", 1, "有误")], "", "第 1 条：“"),
            (&[("place", 1, "basic/fax"), ("text", 2, "有误"), ("place", 3, "basic/fax"), ("text", 3, "x")], "basic/fax=x", "第 1 条没有写明"),
            (&[("text", 2, "有误")], "", "第 2 条没有选择"),
            (&[("place", 1, "items/declarer"), ("text", 1, "有误")], "", "第 1 条没有选择"),
        ] {
            let found = read(points);
            assert!(found.0 == marks && found.1.starts_with(wrong) && found.1.is_empty() == wrong.is_empty(), "{points:?}: {found:?}");
        }
    }
}
