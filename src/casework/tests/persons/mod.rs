//! Persons' cases on both engines: from filing to certificate, who sees and is told what, limits, and the one certificate.

mod certificates;
mod checking;
pub(super) mod cutting;
mod register;
mod sides;
mod ways;

use super::*;
use crate::account::store::Unit;
use crate::application::service::{PRACTICE_CODE, PRACTICE_ORG};
use crate::document::model::Kind;
use crate::document::service as documents;
use crate::licence::model::State as Certificate;
use crate::server::testing::person_draft;
use crate::workflow::action::Score;
use crate::workflow::person::PersonKind;

/// 考试科目 of both groups.
const SUBJECTS: [&str; 3] = ["理论（闭卷）", "理论（开卷）", "实际操作"];

/// A person who is registered, with an identity number.
async fn person(test: &TestApp, name: &str) -> Visit {
    let unit = Unit {
        id: ids::new(test.app.clock.now()),
        kind: "person".into(),
        name: name.into(),
        code: test.app.keys.digest("id", &ids::incident()),
        region: "610112".into(),
        ..Unit::default()
    };
    let id = unit.id.clone();
    test.app.db.write(move |tx| Box::pin(async move { crate::account::store::insert_unit(tx, &unit).await })).await.unwrap();
    let id_no_sealed = test.app.keys.seal("610112199003070012");
    test.person(Account { unit_id: Some(id), id_no_sealed, ..test.account(AccountRole::Person) }).await
}

/// Everybody around a person's case to Shaanxi.
struct Around {
    officer: Visit,
    approver: Visit,
    employer: Visit,
    body: Visit,
}

async fn around(test: &TestApp) -> Around {
    Around {
        officer: official(test, SHAANXI, &["acceptance", "examiner", "certificate"]).await,
        approver: official(test, SHAANXI, &["approver"]).await,
        employer: test.member("institution", AccountRole::Owner).await,
        body: test.member("exam-body", AccountRole::Owner).await,
    }
}

/// A person's application as it was handed in, its book naming the practising unit.
async fn filed(test: &TestApp, who: &Visit, kind: PersonKind, code: &str, employer: &Visit) -> String {
    let record = person_draft(who, kind, code).await;
    let (no, employer) = (record.no.clone(), unit_of(employer));
    let (seat, number) = (who.clone(), no.clone());
    let made = test.app.db.write(move |tx| {
        Box::pin(async move {
            crate::application::store::set_employers(tx, &record.id, std::slice::from_ref(&employer)).await?;
            let unit = crate::account::store::find_unit(tx, &employer).await?.ok_or(AppError::NotFound)?;
            let answers = [(PRACTICE_ORG, unit.name.as_str()), (PRACTICE_CODE, unit.code.as_str()), ("qualification/address", "高新区示范路1号")];
            let version = version_of(&number, 1, &answers, seat.now());
            insert_version(tx, &record.id, &number, &version, &seat.caller()?.account_id).await?;
            let (mut file, actor) = load(&seat, tx, &number).await?;
            let action = Action::Submit { version: 1, sha256: "00".into() };
            perform(&seat, tx, &mut file, &actor, &action, &Click::default()).await
        })
    });
    made.await.unwrap();
    no
}

/// What a certificate on paper states: its number, what for, since when, from when and until when.
type Paper<'a> = (&'a str, &'a [&'a str], &'a str, &'a str, &'a str);

/// Enters a certificate on paper as a person registered it, in a state; its id.
async fn paper(test: &TestApp, who: &Visit, (number, codes, first_on, issued_on, valid_to): Paper<'_>, state: Certificate) -> String {
    let certificate = crate::licence::store::Certificate {
        id: ids::new(test.app.clock.now()),
        unit_id: unit_of(who),
        number: number.into(),
        category: crate::catalogue::PERSONNEL.into(),
        items: codes.iter().map(|code| (*code).to_owned()).collect(),
        authority_code: SHAANXI.into(),
        issued_on: issued_on.into(),
        valid_to: valid_to.into(),
        first_on: first_on.into(),
        state,
        file_id: None,
        document_id: None,
        state_reason: String::new(),
        created_at: test.app.clock.now(),
        person: None,
    };
    let id = certificate.id.clone();
    let stored = test.app.db.write(move |tx| Box::pin(async move { crate::licence::store::insert(tx, &certificate).await })).await;
    assert!(stored.unwrap(), "{number} is there already");
    id
}

/// Lets a certificate stand otherwise in the register.
async fn turn(test: &TestApp, id: &str, from: Certificate, to: Certificate) {
    let id = id.to_owned();
    let set = test.app.db.write(move |tx| Box::pin(async move { crate::licence::store::set_state(tx, &id, from, to, "核验", 0).await })).await;
    assert!(set.unwrap());
}

/// An elevator inspector's, in time for a renewal by file review.
const LIFTS: Paper<'static> = ("TS8161777-2026", &["Y-DT"], "2016-08-01", "2021-08-01", "2026-07-31");

fn marks(points: [u32; 3]) -> Action {
    Action::PublishMarks { scores: SUBJECTS.into_iter().zip(points).map(|(subject, points)| Score { subject: subject.into(), points: Some(points) }).collect() }
}

fn seat(body: &Visit, day: Date) -> Action {
    Action::SignUp { body: unit_of(body), session: format!("s-{day}"), day }
}

/// Accepted, the practice confirmed, and signed up for 1 April.
async fn seated(test: &TestApp, a: &Around, who: &Visit, code: &str) -> String {
    let no = filed(test, who, PersonKind::Obtain, code, &a.employer).await;
    act(&a.employer, &no, Action::ConfirmPractice { unit: unit_of(&a.employer) }).await.unwrap();
    act(&a.officer, &no, Action::Accept { agency: None, checked: Vec::new() }).await.unwrap();
    act(who, &no, seat(&a.body, date(2026, 4, 1))).await.unwrap();
    no
}

/// From the examination of the file to the decision.
async fn decided(a: &Around, no: &str, grant: bool) {
    act(&a.officer, no, Action::BeginExamination).await.unwrap();
    act(&a.officer, no, Action::DraftDecision { draft: Draft { grant, opinion: "材料齐全".into(), second: None } }).await.unwrap();
    act(&a.officer, no, Action::SendToApproval).await.unwrap();
    let decision = if grant { Action::Grant { note: String::new() } } else { Action::Deny { reason: "学历证明不实".into(), ground: None } };
    act(&a.approver, no, decision).await.unwrap();
}

/// The kinds of a case's documents, in order.
async fn papers(official: &Visit, no: &str) -> Vec<Kind> {
    documents::of_case(official, no).await.unwrap().into_iter().map(|line| line.kind).collect()
}

/// Everything the last document of a kind says.
async fn words(official: &Visit, no: &str, kind: Kind) -> String {
    let lines = documents::of_case(official, no).await.unwrap();
    let line = lines.iter().rfind(|line| line.kind == kind).unwrap();
    documents::open(official, &line.id).await.unwrap().content.canonical()
}

/// What stands in somebody's inbox, the newest first.
async fn inbox(visit: &Visit) -> Vec<String> {
    crate::notice::inbox::inbox(visit, "", false).await.unwrap().rows.into_iter().map(|letter| letter.say.zh.into_owned()).collect()
}
