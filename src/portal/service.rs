//! What the public reads of cases and certificates: nothing here changes anything, and nothing personal leaves it.

use super::model::{AcceptedLine, CertificateLine, DecisionLine, Found, LicenceLine, Listing, PublishedLine, SHORTEST};
use super::qualification;
use crate::account::filled::Filled;
use crate::account::service::shown_code;
use crate::application::frozen::Frozen;
use crate::application::service::authority_name;
use crate::application::store::find;
use crate::base::paging::Cursor;
use crate::base::workdays::{date_en, date_zh, legal_date};
use crate::base::{Lang, Say, listed, say, text};
use crate::catalogue::{self, Catalogue, Kind, LegalLimits, PERSONNEL, PersonnelCodes, category_name, matter_name};
use crate::document::model::Kind as Letter;
use crate::error::Result;
use crate::licence::model::Standing;
use crate::licence::publicity::{self, Accepted, Granted, Published, Shown};
use crate::server::app::Visit;
use crate::server::plain::Answer;
use crate::workflow::{Case, Party, State};
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
    let line = |row: Accepted| AcceptedLine {
        matter: matter_name(&row.category, &row.kind),
        no: row.no,
        applicant: public_name(&row.category, row.applicant),
        submitted_at: row.submitted_at,
    };
    Ok(listing(rows, at.is_some(), newer, count, |row| Cursor { key: row.at, id: row.id.clone() }, line))
}

/// Granted licences that were published, the latest first.
pub async fn granted(visit: &Visit, at: &str, newer: bool) -> Result<Listing<PublishedLine>> {
    let mut tx = visit.app.db.read().await?;
    let catalogue = catalogue::store::current(&visit.app, &mut tx).await?;
    let at = Cursor::decode(at);
    let newer = newer && at.is_some();
    let rows = publicity::published(&mut tx, at.as_ref(), newer, SIZE + 1).await?;
    let count = publicity::count_published(&mut tx, COUNTED).await?;
    let today = visit.app.clock.today();
    let line = |row: Published| published(row, &catalogue, today);
    Ok(listing(rows, at.is_some(), newer, count, |row| Cursor { key: row.at, id: row.id.clone() }, line))
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

/// How long what a person is qualified for is valid.
pub async fn validity(visit: &Visit) -> Result<Say> {
    Ok(qualification::validity(&catalogue::store::setting(&mut visit.app.db.read().await?).await?))
}

/// The limits of the catalogue in force.
pub async fn limits(visit: &Visit) -> Result<LegalLimits> {
    Ok(catalogue::store::current(&visit.app, &mut visit.app.db.read().await?).await?.limits)
}

/// A filled book for anybody to look at (样表), as of today: a unit's, or a person's.
pub fn sample(visit: &Visit, personnel: bool) -> Result<Frozen> {
    crate::server::demo::sample_form(personnel, visit.app.clock.today())
}

/// The certificate of a person, to whoever knows both name and number. A name and a number that do not belong together are answered
/// as if there were none.
pub async fn person(visit: &Visit, filled: &Filled) -> Result<Answer> {
    let issues = filled.issues(visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let mut tx = visit.app.db.read().await?;
    let Some((found, holder)) = publicity::find_person(&mut tx, &filled.get("name"), &filled.get("number")).await? else {
        return Ok(Answer::Told(say(
            "没有查到。请核对姓名和证书编号，两项都要与证书一致。",
            "Nothing found. Please check name and number; both have to be as on the certificate.",
        )));
    };
    let id = shown_code(&visit.app, &mut tx, &holder).await?;
    let catalogue = catalogue::store::current(&visit.app, &mut tx).await?;
    let line = licence(found.clone(), &catalogue, visit.app.clock.today());
    let (items, label) = (crate::licence::person::items(&mut tx, &found.id).await?, line.standing.public().label());
    let [items, named] = [Lang::Zh, Lang::En].map(|lang| listed(&items, lang));
    let (holder, number, authority, issued, valid) = (found.holder, line.number, line.authority, line.issued_on, line.valid_to);
    Ok(Answer::Noted(say(
        format!("{holder}（证件号码 {id}）的证书 {number}：{}。项目：{items}。发证机关：{authority}。发证日期：{issued}，有效期至：{valid}。", label.zh),
        format!("Certificate {number} of {holder} (identity number {id}): {}. Items: {named}. Issued by {authority} on {issued}, valid to {valid}.", label.en),
    )))
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
    let found = find(&mut tx, &no).await?;
    let code = match &found {
        Some(record) => shown_code(&visit.app, &mut tx, &record.unit_id).await?,
        None => String::new(),
    };
    let found = found.filter(|_| text::code(&code).ends_with(&tail));
    let calendar = crate::calendar::service::current(&mut tx).await?;
    let limits = match &found {
        Some(record) => catalogue::store::version(&visit.app, &mut tx, &record.catalogue_version).await?.limits,
        None => LegalLimits::default(),
    };
    let authority = match &found {
        Some(record) => authority_name(&mut tx, record).await?,
        None => String::new(),
    };
    let told = found.and_then(|record| {
        let day = legal_date(record.case.submitted_at?);
        // A person's kinds have the limits of any first application.
        let kind = Kind::of_key(&record.kind).unwrap_or(Kind::First);
        let due = calendar.add_working_days(day, limits.of(kind).accept);
        let now = state(&record.case, due)?;
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
fn state(case: &Case, due: Option<Date>) -> Option<Say> {
    match (case.state, due) {
        (State::Draft | State::Deleted, _) => None,
        (State::Withdrawn, _) if case.person.is_none() => Some(say("申请人已撤回。", "withdrawn by the applicant.")),
        (State::Submitted, Some(due)) => Some(say(
            format!("已提交，审批机关应在{}以前决定是否受理。", date_zh(due)),
            format!("submitted; the authority decides by {} whether to accept it.", date_en(due)),
        )),
        _ => {
            let label = case.label(Party::Unit);
            Some(say(format!("{}。", label.zh), format!("{}.", label.en)))
        }
    }
}

/// The name of an applicant or holder in a list anyone can read: a person's without the given name (个人信息保护法 art. 6).
fn public_name(category: &str, name: String) -> String {
    if category == PERSONNEL { text::masked(&name, 1, 0) } else { name }
}

/// Labels of items; what the catalogue does not know stands as it is on the paper.
fn labels(items: &[String], catalogue: &Catalogue) -> Vec<String> {
    let codes = PersonnelCodes::builtin();
    let of_person = |id: &String| codes.find(id).map(|code| format!("{}（{id}）", code.name));
    let label = |id: &String| catalogue.find(id).map(|item| item.label()).or_else(|| of_person(id)).unwrap_or_else(|| id.clone());
    items.iter().map(label).collect()
}

fn published(row: Published, catalogue: &Catalogue, today: Date) -> PublishedLine {
    let certificate =
        |c: Shown| CertificateLine { standing: Standing::of(c.state, &c.valid_to, today), number: c.number, issued_on: c.issued_on, valid_to: c.valid_to };
    PublishedLine {
        items: labels(&row.items, catalogue),
        decision: row.decision.map(|d| DecisionLine { title: Letter::Grant.title().to_owned(), number: d.number, on: d.on }),
        certificates: row.certificates.into_iter().map(certificate).collect(),
        holder: public_name(&row.category, row.holder),
        code: if row.category == PERSONNEL { String::new() } else { row.code },
        category: category_name(&row.category),
        authority: row.authority,
        authority_code: row.authority_code,
    }
}

/// What a certificate calls the places of its holder.
const PLACES: [&str; 4] = ["住所", "制造地址", "充装地址", "办公地址"];

fn licence(row: Granted, catalogue: &Catalogue, today: Date) -> LicenceLine {
    // What is said of a person is asked for by name and number.
    let content = row.content.filter(|_| row.category != PERSONNEL);
    let fact = |label: &str| content.as_ref().and_then(|content| content.fact(label)).map(|value| (label.to_owned(), value.to_owned()));
    LicenceLine {
        addresses: PLACES.into_iter().filter_map(fact).collect(),
        scope: content.iter().flat_map(|content| content.lines()).map(|line| line.join(" ")).collect(),
        category: category_name(&row.category),
        items: labels(&row.items, catalogue),
        standing: Standing::of(row.state, &row.valid_to, today),
        number: row.number,
        holder: public_name(&row.category, row.holder),
        code: if row.category == PERSONNEL { String::new() } else { row.code },
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
