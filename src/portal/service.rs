//! What the public reads of cases and certificates: nothing here changes anything, and nothing personal leaves it.

use super::model::{AcceptedLine, Found, LicenceLine, Listing, SHORTEST};
use crate::account::filled::Filled;
use crate::application::store::find;
use crate::base::paging::Cursor;
use crate::base::workdays::{date_en, date_zh, legal_date};
use crate::base::{Say, say, text};
use crate::catalogue::{self, Catalogue, Kind, limits};
use crate::error::Result;
use crate::licence::model::Standing;
use crate::licence::publicity::{self, Accepted, Granted};
use crate::server::app::Visit;
use crate::server::plain::Answer;
use crate::workflow::State;
use jiff::civil::Date;

/// Rows of a page.
const SIZE: usize = 20;
/// Lists are counted no further.
const COUNTED: i64 = 1000;
/// The longest text to look for, in characters.
const LONGEST: usize = 100;

/// Accepted applications, the latest acceptance first.
pub async fn accepted(visit: &Visit, at: &str, newer: bool) -> Result<Listing<AcceptedLine>> {
    let mut tx = visit.app.db.read().await?;
    let at = Cursor::decode(at);
    let newer = newer && at.is_some();
    let rows = publicity::accepted(&mut tx, at.as_ref(), newer, SIZE + 1).await?;
    let count = publicity::count_accepted(&mut tx, COUNTED).await?;
    let line = |row: Accepted| AcceptedLine { matter: matter(&row.category, &row.kind), no: row.no, applicant: row.applicant, submitted_at: row.submitted_at };
    Ok(listing(rows, at.is_some(), newer, count, |row| Cursor { key: row.at, id: row.id.clone() }, line))
}

/// Granted licences, the latest first.
pub async fn granted(visit: &Visit, at: &str, newer: bool) -> Result<Listing<LicenceLine>> {
    let mut tx = visit.app.db.read().await?;
    let catalogue = catalogue::store::current(&visit.app, &mut tx).await?;
    let at = Cursor::decode(at);
    let newer = newer && at.is_some();
    let rows = publicity::granted(&mut tx, at.as_ref(), newer, SIZE + 1).await?;
    let count = publicity::count_granted(&mut tx, COUNTED).await?;
    let today = visit.app.clock.today();
    Ok(listing(rows, at.is_some(), newer, count, Granted::cursor, |row| licence(row, &catalogue, today)))
}

/// Licences of a unit by name or code, or the one with this number.
pub async fn licences(visit: &Visit, typed: &str) -> Result<Found> {
    let typed: String = text::tidy(typed).chars().take(LONGEST).collect();
    if typed.chars().count() < SHORTEST {
        return Ok(Found::default());
    }
    let mut tx = visit.app.db.read().await?;
    let catalogue = catalogue::store::current(&visit.app, &mut tx).await?;
    let mut rows = publicity::search(&mut tx, &typed, SIZE + 1).await?;
    let more = rows.len() > SIZE;
    rows.truncate(SIZE);
    let today = visit.app.clock.today();
    Ok(Found { rows: rows.into_iter().map(|row| licence(row, &catalogue, today)).collect(), more })
}

/// How far a case is: state, authority and dates only. A number that does not exist and a code that does not fit are
/// answered alike.
pub async fn progress(visit: &Visit, filled: &Filled) -> Result<Answer> {
    let issues = filled.issues(visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let (no, tail) = (text::code(&filled.get("no")), text::code(&filled.get("tail")));
    let mut tx = visit.app.db.read().await?;
    let found = find(&mut tx, &no).await?.filter(|record| text::code(&record.unit_code).ends_with(&tail));
    let calendar = crate::calendar::service::current(&mut tx).await?;
    let told = found.and_then(|record| {
        let day = legal_date(record.case.submitted_at?);
        let due = Kind::of_key(&record.kind).and_then(|kind| calendar.add_working_days(day, limits(kind).accept));
        let now = state(record.case.state, due)?;
        let authority = &record.authority_name;
        Some(say(
            format!("申请 {no}：{}审批机关：{authority}。提交日期：{}。", now.zh, date_zh(day)),
            format!("Application {no}: {} Authority: {authority}. Submitted on {}.", now.en, date_en(day)),
        ))
    });
    Ok(told.map_or_else(
        || {
            Answer::Told(say(
                "没有查到。请核对申请号和单位代码后四位；还没有提交的申请不能查询。",
                "Nothing found. Please check the number and the last four characters of the code; applications not yet submitted cannot be looked up.",
            ))
        },
        Answer::Noted,
    ))
}

/// Where a submitted case stands, in words; `None` for what is nobody else's business.
fn state(state: State, due: Option<Date>) -> Option<Say> {
    match (state, due) {
        (State::Draft | State::Deleted, _) => None,
        (State::Withdrawn, _) => Some(say("申请人已撤回。", "withdrawn by the applicant.")),
        (State::Submitted, Some(due)) => Some(say(
            format!("已提交，审批机关应在{}以前决定是否受理。", date_zh(due)),
            format!("submitted; the authority decides by {} whether to accept it.", date_en(due)),
        )),
        (state, _) => {
            let label = state.label();
            Some(say(format!("{}。", label.zh), format!("{}.", label.en)))
        }
    }
}

/// 服务事项名称: the category and the kind.
fn matter(category: &str, kind: &str) -> Say {
    let category = category_name(category);
    match Kind::of_key(kind).map(Kind::label) {
        Some(kind) => say(format!("{}（{}）", category.zh, kind.zh), format!("{} ({})", category.en, kind.en)),
        None => category,
    }
}

fn category_name(key: &str) -> Say {
    catalogue::category(key).map_or_else(|| say(key.to_owned(), key.to_owned()), |category| category.name.into())
}

fn licence(row: Granted, catalogue: &Catalogue, today: Date) -> LicenceLine {
    let label = |id: &String| catalogue.find(id).map_or_else(|| id.clone(), |item| item.label());
    LicenceLine {
        category: category_name(&row.category),
        items: row.items.iter().map(label).collect(),
        standing: Standing::of(row.state, &row.valid_to, today),
        number: row.number,
        holder: row.holder,
        code: row.code,
        authority: row.authority,
        issued_on: row.issued_on,
        valid_to: row.valid_to,
    }
}

/// Makes a page of rows that were read one further. `asked`: it is not the first page.
fn listing<R, T>(mut rows: Vec<R>, asked: bool, newer: bool, count: i64, cursor: impl Fn(&R) -> Cursor, line: impl Fn(R) -> T) -> Listing<T> {
    let more = rows.len() > SIZE;
    if newer && more {
        rows.remove(0);
    } else {
        rows.truncate(SIZE);
    }
    let edge = |row: Option<&R>, open: bool| row.filter(|_| open).map(|row| cursor(row).encode());
    let before = edge(rows.first(), if newer { more } else { asked });
    let after = edge(rows.last(), newer || more);
    Listing { rows: rows.into_iter().map(line).collect(), count: count.min(COUNTED), capped: count > COUNTED, newer: before, older: after }
}
