//! The queries of work queues. A queue is several states of one authority: each state's rows come from an index in their order
//! and are merged, so that a page far back, or of a queue with little in it, costs as much as the first.

use crate::account::store::{Gram, rarest_gram};
use crate::base::paging::Cursor;
use crate::base::text;
use crate::casework::model::{ASKED, CLOSED, Entry, Flag, Queue, Wanted};
use crate::casework::store::read_case;
use crate::catalogue::PERSONNEL;
use crate::error::{OrBroken, Result};
use crate::server::db::{Row, Tx, Val};
use crate::vals;
use crate::workflow::clock::stopped;
use crate::workflow::{Role, State};

/// A text that more names or numbers than this may hold is not looked up first: going through a queue soon finds some.
const FEW: i64 = 2000;

const ENTRY: &str = "SELECT a.id, a.no, u.name AS unit, u.code, t.name AS authority, a.category, a.kind, a.item_labels, a.state, a.turn, a.due_on, a.case_revision, a.projection, \
     COALESCE(h.person_name, '') AS handler";
const NAMES: &str = "JOIN unit u ON u.id = a.unit_id JOIN authority t ON t.code = a.authority_code LEFT JOIN account h ON h.id = a.handler_id";

/// The sort key of queues: the most urgent first, what has no limit last. Two indexes hold this expression.
const DUE: &str = "COALESCE(a.due_on, '9999-12-31')";

fn entry(row: &Row) -> Result<Entry> {
    let (state, category, case) = (row.text("state")?, row.text("category")?, read_case(row)?);
    Ok(Entry {
        id: row.text("id")?,
        no: row.text("no")?,
        unit: row.text("unit")?,
        // Of a person the store has a digest only, which is nobody's to see.
        code: if category == PERSONNEL { String::new() } else { row.text("code")? },
        authority: row.text("authority")?,
        category,
        kind: row.text("kind")?,
        items: row.text("item_labels")?,
        state: State::of_word(&state).ok_or_else(|| std::io::Error::other(state)).broken()?,
        turn: Role::of_word(&row.text("turn")?),
        due: row.opt_text("due_on")?.map(|day| day.parse()).transpose().broken()?,
        left: 0,
        committed: None,
        stopped: stopped(&case),
        flags: Flag::of(&case),
        handler: row.text("handler")?,
        revision: row.int("case_revision")?,
    })
}

/// A case as lists show it.
pub async fn find_entry(tx: &mut Tx, application_id: &str) -> Result<Option<Entry>> {
    tx.row(format!("{ENTRY} FROM application a {NAMES} WHERE a.id = $1"), vals![application_id]).await?.as_ref().map(entry).transpose()
}

/// Whose queue it is.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    /// Of one authority, or of several.
    Authorities(&'a [String]),
    Handler(&'a str),
    Agency(&'a str),
}

impl Whose<'_> {
    /// A condition for each run of an index, and the arguments of all of them.
    fn sql(self) -> (Vec<String>, Vec<Val>) {
        match self {
            Whose::Authorities(codes) => ((1..=codes.len()).map(|n| format!("a.authority_code = ${n}")).collect(), codes.iter().map(Into::into).collect()),
            Whose::Handler(account) => (vec!["a.handler_id = $1".into()], vals![account]),
            Whose::Agency(unit) => (vec!["a.agency_id = $1".into()], vals![unit]),
        }
    }
}

/// What a query of a queue begins with: whose it is, the rows looked through, and the condition on them but for their state.
struct Source {
    whose: Vec<String>,
    rows: String,
    condition: String,
    args: Vec<Val>,
    /// Looked up by text: few rows, to be read at once.
    is_few: bool,
}

/// What a case is flagged for, by what is stored of it; the same as [`Flag::of`] says of a case that is open.
fn flagged(flag: Flag) -> &'static str {
    match flag {
        Flag::DeemedAccepted => " AND a.projection LIKE '%\"deemed\":true%'",
        Flag::Escalated => " AND a.projection LIKE '%\"escalated\":true%' AND a.projection LIKE '%\"appointment\":null%'",
        Flag::Called => " AND a.asked = 'acceptance'",
        Flag::ConsentAsked => " AND a.asked = 'supervisor'",
        Flag::ExtensionProposed => " AND a.asked = 'approver'",
        Flag::Extended => " AND a.projection LIKE '%\"extended\":true%'",
        Flag::Hearing => " AND a.projection LIKE '%\"hearing_requested\":true%' AND a.state IN ('examining', 'pending-approval')",
    }
}

/// What is asked for besides, of the rows a run goes through anyway: a page far back costs as much as the first.
fn narrowed(wanted: &Wanted, args: &mut Vec<Val>) -> String {
    let mut condition = wanted.flag.map(flagged).unwrap_or_default().to_owned();
    let mut add = |left: &str, sign: &str, value: Val| {
        args.push(value);
        condition.push_str(&format!(" AND {left} {sign} ${}", args.len()));
    };
    for (column, value) in [("a.category", &wanted.category), ("a.kind", &wanted.kind)].into_iter().filter(|(_, value)| !value.is_empty()) {
        add(column, "=", value.as_str().into());
    }
    if let Some(days) = wanted.days {
        add(DUE, ">=", days.from.to_string().into());
        add(DUE, "<=", days.to.to_string().into());
    }
    condition
}

/// A text is the beginning of a number, or a part of the unit's name.
async fn source(tx: &mut Tx, whose: Whose<'_>, wanted: &Wanted) -> Result<Source> {
    let (whose, mut args) = whose.sql();
    let narrowed = narrowed(wanted, &mut args);
    let typed = wanted.text.as_str();
    if typed.is_empty() {
        return Ok(Source { whose, rows: "application a".into(), condition: narrowed, args, is_few: false });
    }
    let (n, end) = (args.len(), format!("{typed}~"));
    let condition = format!("{narrowed} AND ((a.no >= ${} AND a.no < ${}) OR LOWER(u.name) LIKE ${} ESCAPE '!')", n + 1, n + 2, n + 3);
    args.extend(vals![typed, end.as_str(), text::like(typed)]);
    let numbers = "SELECT COUNT(*) AS n FROM (SELECT 1 FROM application WHERE no >= $1 AND no < $2 LIMIT $3) AS counted";
    let numbers = tx.row(numbers, vals![typed, end.as_str(), FEW + 1]).await?.map_or(Ok(0), |row| row.int("n"))?;
    let gram = rarest_gram(tx, typed, FEW).await?;
    let Some(Gram { from, to, .. }) = gram.filter(|gram| gram.count <= FEW && numbers <= FEW) else {
        return Ok(Source { whose, rows: "application a JOIN unit u ON u.id = a.unit_id".into(), condition, args, is_few: false });
    };
    args.extend(vals![from, to]);
    // CROSS JOIN: SQLite keeps the order.
    let rows = format!(
        "(SELECT id FROM application WHERE no >= ${} AND no < ${} UNION SELECT c.id FROM unit_gram g CROSS JOIN application c \
         WHERE g.gram >= ${} AND g.gram <= ${} AND c.unit_id = g.unit_id) AS found CROSS JOIN application a CROSS JOIN unit u",
        n + 1,
        n + 2,
        n + 4,
        n + 5
    );
    Ok(Source { whose, rows, condition: format!(" AND a.id = found.id AND u.id = a.unit_id{condition}"), args, is_few: true })
}

fn quoted(states: &[State]) -> String {
    // Words of our own, not of whoever asks.
    states.iter().map(|state| format!("'{}'", state.word())).collect::<Vec<_>>().join(", ")
}

/// The condition on the states of a queue. Decided cases are under way as long as a limit runs for serving, publishing or answering a
/// complaint; it is told by the last day, with which the indexes go on.
/// The states come first, as one list: that is where the indexes begin. What somebody is asked for has indexes of its own.
fn standing(states: &[State], queue: &str) -> String {
    let decided: Vec<State> = states.iter().copied().filter(|state| matches!(state, State::Denied | State::Issued | State::Failed)).collect();
    let all = format!("a.state IN ({})", quoted(states));
    let sign = if queue == CLOSED { "=" } else { "<" };
    match (decided.len(), states.len()) {
        (0, _) if queue == ASKED => format!("{all} AND a.asked <> ''"),
        (0, _) => all,
        (some, all_of_them) if some == all_of_them => format!("{all} AND {DUE} {sign} '9999-12-31'"),
        _ => format!("{all} AND (a.state NOT IN ({}) OR {DUE} {sign} '9999-12-31')", quoted(&decided)),
    }
}

/// The place of a case in its queue.
pub fn cursor(entry: &Entry) -> Cursor {
    let day = entry.due.unwrap_or(jiff::civil::date(9999, 12, 31));
    Cursor { key: i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day()), id: entry.id.clone() }
}

/// A page of a queue, in its order; `back` for the page that ends before the cursor.
pub async fn queue(tx: &mut Tx, whose: Whose<'_>, filter: &Wanted, at: Option<&Cursor>, back: bool, limit: i64) -> Result<Vec<Entry>> {
    let Source { whose, rows, mut condition, mut args, is_few } = source(tx, whose, filter).await?;
    let back = back && at.is_some();
    // Ids grow with time.
    let (sign, order) = if back == filter.newest { (">", "ASC") } else { ("<", "DESC") };
    if let Some(Cursor { key, id }) = at {
        let n = args.len() + 1;
        if filter.newest {
            condition.push_str(&format!(" AND a.id {sign} ${n}"));
        } else {
            // The first half is where the index begins.
            condition.push_str(&format!(" AND {DUE} {sign}= ${n} AND ({DUE} {sign} ${n} OR a.id {sign} ${})", n + 1));
            args.push(format!("{:04}-{:02}-{:02}", key / 10_000, key / 100 % 100, key % 100).into());
        }
        args.push(id.as_str().into());
    }
    args.push(limit.into());
    let last = args.len();
    let states = filter.states();
    let groups: Vec<&[State]> = if is_few { vec![&states] } else { states.chunks(1).collect() };
    let by = |due: &str, id: &str| if filter.newest { format!("{id} {order}") } else { format!("{due} {order}, {id} {order}") };
    let (first, then) = (by(DUE, "a.id"), by("due", "id"));
    let runs = whose.iter().flat_map(|whose| groups.iter().map(move |states| (whose, standing(states, &filter.queue))));
    let run = |(n, (whose, standing)): (usize, (&String, String))| {
        let one = format!("SELECT a.id, {DUE} AS due FROM {rows} WHERE {whose} AND {standing}{condition} ORDER BY {first} LIMIT ${last}");
        format!("SELECT id, due FROM ({one}) AS run{n}")
    };
    let merged = runs.enumerate().map(run).collect::<Vec<_>>().join(" UNION ALL ");
    let page = format!("SELECT id, due FROM ({merged}) AS merged ORDER BY {then} LIMIT ${last}");
    // CROSS JOIN: SQLite keeps the order.
    let sql = format!("{ENTRY} FROM ({page}) AS page CROSS JOIN application a {NAMES} WHERE a.id = page.id ORDER BY {}", by("page.due", "page.id"));
    let mut rows = tx.rows(sql, args).await?.iter().map(entry).collect::<Result<Vec<_>>>()?;
    if back {
        rows.reverse();
    }
    Ok(rows)
}

/// How many cases fit, counted no further than one beyond `cap`.
pub async fn count_queue(tx: &mut Tx, whose: Whose<'_>, filter: &Wanted, cap: i64) -> Result<i64> {
    let Source { whose, rows, condition, mut args, .. } = source(tx, whose, filter).await?;
    args.push((cap + 1).into());
    let (whose, standing) = (whose.join(" OR "), standing(&filter.states(), &filter.queue));
    let sql = format!("SELECT COUNT(*) AS n FROM (SELECT 1 FROM {rows} WHERE ({whose}) AND {standing}{condition} LIMIT ${}) AS counted", args.len());
    tx.row(sql, args).await?.map_or(Ok(0), |row| row.int("n"))
}

/// How many cases each queue holds, by its key, counted no further than one beyond `cap`.
pub async fn count_queues(tx: &mut Tx, whose: Whose<'_>, queues: impl Iterator<Item = &'static Queue>, cap: i64) -> Result<Vec<(String, i64)>> {
    let (whose, mut args) = whose.sql();
    args.push((cap + 1).into());
    let (whose, last) = (whose.join(" OR "), args.len());
    let one = |queue: &Queue| {
        let (key, standing) = (queue.key, standing(queue.states, queue.key));
        format!("SELECT '{key}' AS key, COUNT(*) AS n FROM (SELECT 1 FROM application a WHERE ({whose}) AND {standing} LIMIT ${last}) AS counted_{key}")
    };
    let sql = queues.map(one).collect::<Vec<_>>().join(" UNION ALL ");
    tx.rows(sql, args).await?.iter().map(|row| Ok((row.text("key")?, row.int("n")?))).collect()
}
