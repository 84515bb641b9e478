//! The queries of work queues. A queue is several states of one authority: each state's rows come from an index in their order
//! and are merged, so that a page far back, or of a queue with little in it, costs as much as the first.

use crate::account::store::{Gram, rarest_gram};
use crate::base::paging::Cursor;
use crate::base::text;
use crate::casework::model::{Entry, Wanted};
use crate::error::{OrBroken, Result};
use crate::server::db::{Row, Tx, Val};
use crate::vals;
use crate::workflow::{Role, State};

/// A text that more names or numbers than this may hold is not looked up first: going through a queue soon finds some.
const FEW: i64 = 2000;

const ENTRY: &str = "SELECT a.id, a.no, u.name AS unit, u.code, t.name AS authority, a.category, a.kind, a.item_labels, a.state, a.turn, a.due_on, \
     COALESCE(h.person_name, '') AS handler FROM application a JOIN unit u ON u.id = a.unit_id JOIN authority t ON t.code = a.authority_code \
     LEFT JOIN account h ON h.id = a.handler_id";

/// The sort key of queues: the most urgent first, what has no limit last. Two indexes hold this expression.
const DUE: &str = "COALESCE(a.due_on, '9999-12-31')";

fn entry(row: &Row) -> Result<Entry> {
    let state = row.text("state")?;
    Ok(Entry {
        id: row.text("id")?,
        no: row.text("no")?,
        unit: row.text("unit")?,
        code: row.text("code")?,
        authority: row.text("authority")?,
        category: row.text("category")?,
        kind: row.text("kind")?,
        items: row.text("item_labels")?,
        state: State::of_word(&state).ok_or_else(|| std::io::Error::other(state)).broken()?,
        turn: Role::of_word(&row.text("turn")?),
        due: row.opt_text("due_on")?.map(|day| day.parse()).transpose().broken()?,
        left: 0,
        handler: row.text("handler")?,
    })
}

/// A case as lists show it.
pub async fn find_entry(tx: &mut Tx, application_id: &str) -> Result<Option<Entry>> {
    tx.row(format!("{ENTRY} WHERE a.id = $1"), vals![application_id]).await?.as_ref().map(entry).transpose()
}

/// Whose queue it is: an authority's, and of it an official's.
#[derive(Clone, Copy, Debug)]
pub struct Whose<'a> {
    pub authority: &'a str,
    pub handler: Option<&'a str>,
}

impl Whose<'_> {
    fn sql(self) -> (String, Vec<Val>) {
        match self.handler {
            Some(handler) => ("a.authority_code = $1 AND a.handler_id = $2".into(), vals![self.authority, handler]),
            None => ("a.authority_code = $1".into(), vals![self.authority]),
        }
    }
}

/// What a query of a queue begins with: the rows looked through, and the condition on them without their state.
struct Source {
    rows: String,
    condition: String,
    args: Vec<Val>,
    /// Looked up by text: few rows, to be read at once.
    is_few: bool,
}

/// A text is the beginning of a number, or a part of the unit's name.
async fn source(tx: &mut Tx, whose: Whose<'_>, wanted: &Wanted) -> Result<Source> {
    let (mut condition, mut args) = whose.sql();
    let typed = wanted.text.as_str();
    if typed.is_empty() {
        return Ok(Source { rows: "application a".into(), condition, args, is_few: false });
    }
    let n = args.len();
    let end = format!("{typed}~");
    let holds = format!("((a.no >= ${} AND a.no < ${}) OR LOWER(u.name) LIKE ${} ESCAPE '!')", n + 1, n + 2, n + 3);
    condition.push_str(&format!(" AND {holds}"));
    args.extend(vals![typed, end.as_str(), text::like(typed)]);
    let numbers = "SELECT COUNT(*) AS n FROM (SELECT 1 FROM application WHERE no >= $1 AND no < $2 LIMIT $3) AS counted";
    let numbers = tx.row(numbers, vals![typed, end.as_str(), FEW + 1]).await?.map_or(Ok(0), |row| row.int("n"))?;
    let gram = rarest_gram(tx, typed, FEW).await?;
    let units = "a JOIN unit u ON u.id = a.unit_id";
    let Some(Gram { from, to, .. }) = gram.filter(|gram| gram.count <= FEW && numbers <= FEW) else {
        return Ok(Source { rows: format!("application {units}"), condition, args, is_few: false });
    };
    // CROSS JOIN: SQLite keeps the order of the two.
    let found = format!(
        "SELECT id FROM application WHERE no >= ${} AND no < ${} UNION \
         SELECT c.id FROM unit_gram g CROSS JOIN application c WHERE g.gram >= ${} AND g.gram <= ${} AND c.unit_id = g.unit_id",
        n + 1,
        n + 2,
        n + 4,
        n + 5
    );
    args.extend(vals![from, to]);
    Ok(Source {
        rows: format!("({found}) AS f CROSS JOIN application a CROSS JOIN unit u"),
        condition: format!("a.id = f.id AND u.id = a.unit_id AND {condition}"),
        args,
        is_few: true,
    })
}

fn quoted(states: &[State]) -> String {
    // Words of our own, not of whoever asks.
    states.iter().map(|state| format!("'{}'", state.word())).collect::<Vec<_>>().join(", ")
}

/// The place of a case in its queue.
pub fn cursor(entry: &Entry) -> Cursor {
    let day = entry.due.unwrap_or(jiff::civil::date(9999, 12, 31));
    Cursor { key: i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day()), id: entry.id.clone() }
}

/// A page of a queue, in its order; `back` for the page that ends before the cursor.
pub async fn queue(tx: &mut Tx, whose: Whose<'_>, filter: &Wanted, at: Option<&Cursor>, back: bool, limit: i64) -> Result<Vec<Entry>> {
    let Source { rows, mut condition, mut args, is_few } = source(tx, whose, filter).await?;
    let (sign, order) = if back && at.is_some() { ("<", "DESC") } else { (">", "ASC") };
    if let Some(Cursor { key, id }) = at {
        let n = args.len() + 1;
        // The first half is where the index begins.
        condition.push_str(&format!(" AND {DUE} {sign}= ${n} AND ({DUE} {sign} ${n} OR a.id {sign} ${})", n + 1));
        args.extend(vals![format!("{:04}-{:02}-{:02}", key / 10_000, key / 100 % 100, key % 100), id.as_str()]);
    }
    args.push(limit.into());
    let last = args.len();
    let states = filter.states();
    let groups: Vec<&[State]> = if is_few { vec![&states] } else { states.chunks(1).collect() };
    let of_group = |(n, states): (usize, &&[State])| {
        format!(
            "SELECT * FROM (SELECT a.id, {DUE} AS due FROM {rows} WHERE {condition} AND a.state IN ({}) ORDER BY {DUE} {order}, a.id {order} LIMIT ${last}) AS s{n}",
            quoted(states)
        )
    };
    let merged = groups.iter().enumerate().map(of_group).collect::<Vec<_>>().join(" UNION ALL ");
    let page = format!("SELECT id, due FROM ({merged}) AS merged ORDER BY due {order}, id {order} LIMIT ${last}");
    let sql = format!("{ENTRY} JOIN ({page}) AS page ON page.id = a.id ORDER BY page.due {order}, page.id {order}");
    let mut rows = tx.rows(sql, args).await?.iter().map(entry).collect::<Result<Vec<_>>>()?;
    if order == "DESC" {
        rows.reverse();
    }
    Ok(rows)
}

/// How many cases fit, counted no further than one beyond `cap`.
pub async fn count_queue(tx: &mut Tx, whose: Whose<'_>, filter: &Wanted, cap: i64) -> Result<i64> {
    let Source { rows, condition, mut args, .. } = source(tx, whose, filter).await?;
    args.push((cap + 1).into());
    let states = quoted(&filter.states());
    let sql = format!("SELECT COUNT(*) AS n FROM (SELECT 1 FROM {rows} WHERE {condition} AND a.state IN ({states}) LIMIT ${}) AS counted", args.len());
    tx.row(sql, args).await?.map_or(Ok(0), |row| row.int("n"))
}

/// How many cases there are in each state.
pub async fn count_states(tx: &mut Tx, whose: Whose<'_>) -> Result<Vec<(String, i64)>> {
    let (sql, args) = whose.sql();
    let rows = tx.rows(format!("SELECT a.state, COUNT(*) AS n FROM application a WHERE {sql} GROUP BY a.state"), args).await?;
    rows.iter().map(|row| Ok((row.text("state")?, row.int("n")?))).collect()
}
