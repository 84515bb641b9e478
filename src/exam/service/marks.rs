//! Marks: typed by hand or from a sheet, published together; misconduct and complaints, whose record is the case's alone.

use super::super::model::{Candidate, MARKS, Note, SUBJECTS, key_of, mark, mark_path, scores};
use super::super::store;
use super::seats::{Door, through};
use super::{back, candidate, member, owned, writer};
use crate::application::sheet::{SheetIssue, import_rows};
use crate::base::{Say, say};
use crate::casework::clicks::need_click;
use crate::casework::service::{act, load, perform};
use crate::casework::store::{Click, done_by};
use crate::error::{AppError, OrBroken, Result};
use crate::form::{Issue, Values};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::plain::Answer;
use crate::workflow::{Action, ActionKind};
use std::collections::BTreeSet;

/// What was typed for candidates, by the id of their application.
type Typed = Vec<(String, Values)>;

/// A session's candidates whose marks are to come, with the ids of their applications.
async fn sitting(tx: &mut Tx, session: &str) -> Result<Vec<(String, Candidate)>> {
    let rows = store::seats(tx, session).await?.into_iter().map(|row| (row.application_id.clone(), candidate(session, &row)));
    Ok(rows.filter(|(_, candidate)| candidate.sits && !candidate.is_published).collect())
}

fn too_early() -> AppError {
    AppError::Refused(say("考试日期还没有到，不能录入成绩。", "The day of the examination has not come: no marks yet."))
}

/// Keeps the marks typed by hand. `seen` is the revision of the marks that were on the screen.
pub async fn enter(visit: &Visit, id: String, seen: i64, values: Values) -> Result<Answer> {
    let body = writer(visit)?;
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let session = owned(tx, &body, &id).await?;
            if session.day > seat.app.clock.today() {
                return Err(too_early());
            }
            let (mut typed, mut issues) = (Typed::new(), Vec::new());
            for (application, candidate) in sitting(tx, &id).await? {
                let mut marks = candidate.marks.clone();
                for key in candidate.subjects.iter().map(|subject| key_of(subject)) {
                    let path = mark_path(&candidate.no, key);
                    let Some(text) = values.get(&path) else { continue };
                    match mark(text) {
                        Ok(points) => drop(marks.insert(key.to_owned(), points)),
                        Err(why) => issues.push(Issue::error(path, why)),
                    }
                }
                typed.push((application, marks));
            }
            if !issues.is_empty() {
                return Ok(Answer::Wrong(issues));
            }
            keep(&seat, tx, &id, seen, typed).await?;
            Ok(back(&id))
        })
    });
    change.await
}

async fn keep(visit: &Visit, tx: &mut Tx, session: &str, seen: i64, typed: Typed) -> Result<()> {
    for (application, marks) in &typed {
        store::set_marks(tx, session, application, marks).await?;
    }
    if !store::claim_marks(tx, session, seen).await? {
        return Err(AppError::Moved(say(
            "成绩刚刚被同事修改过，您的没有保存。请看过最新的成绩再录入。",
            "A colleague has just changed the marks; yours were not kept. Look at them as they are now.",
        )));
    }
    visit.audit(tx, "enter-marks", session, &typed.len().to_string()).await
}

/// The sheet of a session's marks to come, as it is downloaded.
pub async fn sheet(visit: &Visit, id: &str) -> Result<Vec<Values>> {
    let (_, body) = member(visit)?;
    let mut tx = visit.app.db.read().await?;
    owned(&mut tx, body, id).await?;
    let row = |(_, candidate): (String, Candidate)| {
        let mut row = candidate.marks;
        row.insert("no".to_owned(), candidate.no);
        row.insert("name".to_owned(), candidate.name);
        row
    };
    Ok(sitting(&mut tx, id).await?.into_iter().map(row).collect())
}

/// Takes the marks of a sheet in, all rows or none; how many, or what is wrong by row. `seen` is the revision of the marks that were on
/// the screen: a sheet overwrites nothing that a colleague has typed since.
pub async fn import(visit: &Visit, id: String, seen: i64, bytes: Vec<u8>) -> Result<std::result::Result<usize, Vec<SheetIssue>>> {
    let body = writer(visit)?;
    let rows = match tokio::task::spawn_blocking(move || import_rows(&MARKS, &bytes)).await.broken()? {
        Ok(rows) => rows,
        Err(issues) => return Ok(Err(issues)),
    };
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let session = owned(tx, &body, &id).await?;
            if session.day > seat.app.clock.today() {
                return Err(too_early());
            }
            let (typed, issues) = judged(&sitting(tx, &id).await?, &rows);
            if !issues.is_empty() || typed.is_empty() {
                return Ok(Err(issues));
            }
            let count = typed.len();
            keep(&seat, tx, &id, seen, typed).await?;
            Ok(Ok(count))
        })
    });
    change.await
}

/// What the rows of a sheet say of the candidates, and what is wrong with them.
fn judged(candidates: &[(String, Candidate)], rows: &[(u32, Values)]) -> (Typed, Vec<SheetIssue>) {
    let (mut typed, mut issues, mut met) = (Typed::new(), Vec::new(), BTreeSet::new());
    for (at, values) in rows {
        let no = values.get("no").map(String::as_str).unwrap_or_default();
        let mut wrong = |key: &str, message: Say| {
            let column = MARKS.columns.iter().find(|column| column.key == key).map(|column| column.label.into());
            issues.push(SheetIssue { row: *at, column, message });
        };
        let Some((application, candidate)) = candidates.iter().find(|(_, candidate)| candidate.no == no) else {
            wrong("no", say("本场没有这个申请号的待录成绩", "No marks of this application are to come in this session"));
            continue;
        };
        if !met.insert(no) {
            wrong("no", say("这个申请号在表中出现了两次", "This application is in the sheet twice"));
        }
        if values.get("name").is_some_and(|name| *name != candidate.name) {
            wrong("name", say(format!("申请号是{}的，姓名不符", candidate.name), format!("The application is that of {}", candidate.name)));
        }
        let mut marks = candidate.marks.clone();
        for (key, _) in SUBJECTS {
            let sits = candidate.subjects.iter().any(|subject| key_of(subject) == key);
            match (values.get(key).map(|text| mark(text)), sits) {
                (None, _) => {}
                (Some(_), false) => wrong(key, say("该考生本次不考这个科目", "This subject is not sat this time")),
                (Some(Err(why)), true) => wrong(key, why),
                (Some(Ok(points)), true) => drop(marks.insert(key.to_owned(), points)),
            }
        }
        typed.push((application.clone(), marks));
    }
    if rows.is_empty() {
        issues.push(SheetIssue { row: 0, column: None, message: say("表中没有成绩", "The sheet holds no marks") });
    }
    (typed, issues)
}

/// Publishes all marks of a session that are to come (TSG Z8001-2019 art. 16): each goes into its case, all of them or none. A case that
/// stands still waits for a later time.
pub async fn publish(visit: &Visit, id: String, seen: i64, click: String) -> Result<Answer> {
    let body = writer(visit)?;
    need_click(&click)?;
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            owned(tx, &body, &id).await?;
            let (mut missing, mut count) = (Vec::new(), 0);
            for row in store::seats(tx, &id).await? {
                let (application, is_published) = (row.application_id.clone(), row.published_at.is_some());
                let candidate = candidate(&id, &row);
                if is_published && done_by(tx, &application, &click).await?.is_some_and(|done| done.kind() == ActionKind::PublishMarks) {
                    return Ok(back(&id));
                }
                if is_published || !candidate.sits {
                    continue;
                }
                let (mut file, actor) = load(&seat, tx, &candidate.no).await?;
                if !file.available(&actor, seat.now()).contains(&ActionKind::PublishMarks) {
                    continue;
                }
                let Some(scores) = scores(&candidate.subjects, &candidate.marks) else {
                    missing.push(candidate.name);
                    continue;
                };
                if missing.is_empty() {
                    perform(&seat, tx, &mut file, &actor, &Action::PublishMarks { scores }, &Click { id: &click, documents: &[] }).await?;
                    store::set_published(tx, &id, &application, seat.now()).await?;
                    count += 1;
                }
            }
            if !missing.is_empty() {
                return Err(AppError::Refused(say(
                    format!("还没有录入全部成绩：{}。没有公布任何成绩。", missing.join("、")),
                    format!("Marks are missing of {}. Nothing was published.", missing.join(", ")),
                )));
            }
            if count == 0 {
                return Err(AppError::Refused(say("现在没有可以公布的成绩。", "There are no marks to publish now.")));
            }
            keep(&seat, tx, &id, seen, Typed::new()).await?;
            Ok(back(&id))
        })
    });
    change.await
}

/// Records 违纪 in a subject, or 作弊 where none is named (TSG Z8001-2019 第1号修改单, annex D).
pub async fn report(visit: &Visit, no: String, session: String, seen: i64, click: String, subject: String, text: String) -> Result<Answer> {
    writer(visit)?;
    let action = Action::ReportMisconduct { subject: Some(subject).filter(|subject| !subject.is_empty()), text };
    act(visit, &no, &click, Some(seen), action).await?;
    Ok(back(&session))
}

/// Answers a complaint (TSG Z8001-2019 art. 32); the marks put right are given for all subjects of the examination, or for none, and
/// misconduct that was recorded by mistake is taken back.
pub async fn answer_complaint(visit: &Visit, no: String, session: String, seen: i64, click: String, text: String, values: Values) -> Result<Answer> {
    let body = writer(visit)?;
    let mut marks = Values::new();
    for (key, _) in SUBJECTS {
        match mark(values.get(&mark_path(&no, key)).map_or("", String::as_str)) {
            Ok(points) => drop(marks.insert(key.to_owned(), points)),
            Err(why) => return Ok(Answer::Told(why)),
        }
    }
    let subjects = {
        let mut tx = visit.app.db.read().await?;
        owned(&mut tx, &body, &session).await?;
        let sat = store::seats(&mut tx, &session).await?.into_iter().find(|row| row.no == no).ok_or(AppError::NotFound)?;
        candidate(&session, &sat).subjects
    };
    let is_changed = marks.values().any(|points| !points.is_empty());
    let Some(scores) = (if is_changed { scores(&subjects, &marks) } else { Some(Vec::new()) }) else {
        return Ok(Answer::Told(say("更正成绩时，请填写本次考试的全部科目。", "To put marks right, write those of all subjects of this examination.")));
    };
    let lift = values.get(&Note::Lift.path(&no)).is_some_and(|tick| tick == "yes");
    through(visit, &no, seen, &click, Door::Answer { text, scores, lift }).await?;
    Ok(back(&session))
}
