//! Persons' cases on their way: all go the same way as far as their station, at the authority that decides on their code; and the book
//! of one of them as a sample.

use super::book::{Answers, Sample, attach, fill};
use super::{Past, answered, numbered, people, submit};
use crate::application::book::{Address, CaseFacts, PersonFacts};
use crate::application::qualify::Choice;
use crate::application::service as applications;
use crate::casework::{certify, service};
use crate::catalogue::personnel::Group;
use crate::catalogue::{PERSONNEL, PersonnelCodes};
use crate::error::{AppError, Result};
use crate::exam::model::{SUBJECTS, mark_path};
use crate::exam::service as exams;
use crate::form::Values;
use crate::server::app::{App, Visit};
use crate::server::ids;
use crate::workflow::Action;
use crate::workflow::action::{Draft, Mark};
use crate::workflow::person::PersonKind;
use std::sync::Arc;

/// One step of the way.
#[derive(Clone, Copy)]
enum Step {
    /// 执业单位确认
    Confirm,
    Accept,
    SignUp,
    /// 录入并公布成绩
    Marks,
    Begin,
    Draft,
    Send,
    Grant,
    Issue,
    Deliver,
    Publish,
}

/// How many days after the submission what is done; the session that has been is on the eighteenth day of the story.
const WAY: [(i64, Step); 11] = [
    (1, Step::Confirm),
    (3, Step::Accept),
    (4, Step::SignUp),
    (19, Step::Marks),
    (20, Step::Begin),
    (21, Step::Draft),
    (21, Step::Send),
    (23, Step::Grant),
    (24, Step::Issue),
    (24, Step::Deliver),
    (25, Step::Publish),
];

/// Where somebody practises, and who decides there: the beginning of the officials' user names, the place, and the user of the
/// practising unit, if that is registered.
struct Office {
    staff: &'static str,
    place: &'static str,
    unit: Option<&'static str>,
}

const SHAANXI: Office = Office { staff: "shaanxi", place: "610113", unit: Some("inspect01") };
const SAMR: Office = Office { staff: "samr", place: "110105", unit: Some("calib01") };
const SAMR_UNREGISTERED: Office = Office { unit: None, ..SAMR };

/// Who applies for which code, how many days ago, how many steps of the way it went, and the marks where it got so far.
struct Told(&'static str, &'static str, &'static Office, i64, usize, [&'static str; 3]);

const PASSED: [&str; 3] = ["86", "78", "91"];
const FAILED: [&str; 3] = ["62", "81", "88"];

/// 待执业单位确认, 待受理 twice, 待考试, 已报名, 考试不合格（待补考）, 待批准, 已发证, 考试合格（待审查）, 已发证. Each is less urgent than the unit's case
/// beside it in a queue.
const CASES: [Told; 10] = [
    Told("person05", "PT-II", &SHAANXI, 1, 0, PASSED),
    Told("person06", "MT-II", &SHAANXI, 1, 1, PASSED),
    Told("person13", "Y-NX", &SAMR, 1, 1, PASSED),
    Told("person08", "RT-II", &SHAANXI, 15, 2, PASSED),
    Told("person09", "UT-II", &SHAANXI, 16, 3, PASSED),
    Told("person10", "UT-II", &SHAANXI, 27, 4, FAILED),
    Told("person11", "RT-II", &SHAANXI, 25, 7, PASSED),
    Told("person12", "UT-II", &SHAANXI, 27, WAY.len(), PASSED),
    Told("person14", "AE-II", &SAMR_UNREGISTERED, 27, 4, PASSED),
    Told("person15", "Y-SZ", &SAMR, 27, WAY.len(), PASSED),
];

/// Tells every case from its submission to its station, and one that is being corrected.
pub async fn tell(app: &Arc<App>, past: &mut Past) -> Result<()> {
    for Told(who, code, office, began, steps, points) in CASES {
        past.go(app, began);
        let no = filed(app, who, code, office).await?;
        for (after, step) in &WAY[..steps] {
            past.go(app, began - after);
            go(app, &no, who, office, *step, points).await?;
        }
    }
    past.go(app, 4);
    let no = filed(app, "person07", "Y-DT", &SHAANXI).await?;
    past.go(app, 3);
    go(app, &no, "person07", &SHAANXI, Step::Confirm, PASSED).await?;
    let marks = [("person/work_years", "请填写工作年限。"), ("proofs/signed", "签名页不清晰，请重新扫描。")];
    let marks = marks.into_iter().map(|(path, text)| Mark { path: path.into(), text: text.into() }).collect();
    act(&officer(app, &SHAANXI, 1).await?, &no, Action::RequireCorrection { marks, cause: String::new(), days: 0 }).await
}

async fn officer(app: &Arc<App>, office: &Office, nth: u8) -> Result<Visit> {
    people::visit(app, &format!("{}0{nth}", office.staff)).await
}

async fn act(visit: &Visit, no: &str, action: Action) -> Result<()> {
    service::act(visit, no, &ids::token(), None, action).await.map(drop)
}

/// A first qualification, filled in and handed in.
async fn filed(app: &Arc<App>, who: &str, code: &str, office: &Office) -> Result<String> {
    let person = people::visit(app, who).await?;
    let choice = Choice { kind: PersonKind::Obtain.word().into(), code: code.into(), region: office.place.into(), words: String::new() };
    let no = numbered(applications::create_person(&person, choice).await?)?;
    let (answers, papers) = filling(who, code, office);
    fill(&person, &no, answers).await?;
    attach(&person, &no, &papers).await?;
    submit(&person, &no).await?;
    Ok(no)
}

/// What is answered for a first qualification, and the place and name of each paper.
fn filling(who: &str, code: &str, office: &Office) -> (Answers, Vec<(String, String)>) {
    let (unit, credit_code) = office.unit.map_or(("北京某无损检测有限公司", ""), people::unit_of);
    let email = format!("{who}@example.cn");
    let mut answers = vec![
        ("person/education", "sci-bachelor"),
        ("person/major", "机械工程"),
        ("person/email", &email),
        ("qualification/practice_org", unit),
        ("qualification/practice_code", credit_code),
        ("proofs/declare", "yes"),
    ];
    let mut papers = vec![("proofs/photo", "照片.png"), ("proofs/signed", "资格申请表.pdf"), ("proofs/schooling", "毕业证书.pdf")];
    if Group::of_code(code) == Group::Ndt {
        answers.extend([("qualification/vision_left", "5.0"), ("qualification/vision_right", "5.1"), ("qualification/colour", "normal")]);
        papers.push(("proofs/vision", "视力证明.pdf"));
    }
    if office.unit.is_none() {
        papers.push(("proofs/practice_proof", "执业证明.pdf"));
    }
    (Answers::plain(&answers), papers.into_iter().map(|(slot, name)| (slot.to_owned(), name.to_owned())).collect())
}

/// A first qualification that is filled in whole, for the 样表.
pub fn sample() -> Result<Sample> {
    let (who, office, kind) = ("person09", &SHAANXI, PersonKind::Obtain);
    let code = PersonnelCodes::builtin().find("UT-II").cloned().ok_or(AppError::NotFound)?;
    let [name, mobile, id_no] = people::person_of(who);
    let practice = office.unit.map(people::unit_of).map(|(name, code)| (name.to_owned(), code.to_owned()));
    let (answers, papers) = filling(who, &code.code, office);
    let more = [
        ("person/id_kind", "resident"),
        ("person/id_no", id_no),
        ("person/mobile", mobile),
        ("person/title", "engineer"),
        ("person/work_years", "8"),
        ("person/postcode", "710061"),
        ("person/address", "陕西省西安市雁塔区示范南路5号"),
    ];
    let person =
        PersonFacts { code, kind, held: Vec::new(), practice, practises_at: None, former: None, elsewhere: Vec::new(), points: Vec::new(), is_anothers: false };
    let facts = CaseFacts {
        org_name: name.to_owned(),
        category: PERSONNEL.to_owned(),
        kind: kind.word().to_owned(),
        authority: "陕西省市场监督管理局".to_owned(),
        addresses: vec![Address { region: office.place.to_owned(), address: String::new() }],
        person: Some(person),
        ..CaseFacts::default()
    };
    Ok(Sample { facts, answers: answers.with(more.map(|(path, value)| (path.to_owned(), value.to_owned())).into()), papers })
}

/// Does a step as whoever's turn it is.
async fn go(app: &Arc<App>, no: &str, who: &str, office: &Office, step: Step, points: [&str; 3]) -> Result<()> {
    match step {
        Step::Confirm => {
            let Some(unit) = office.unit else { return Ok(()) };
            let unit = people::visit(app, unit).await?;
            let id = unit.unit()?.1.to_owned();
            act(&unit, no, Action::ConfirmPractice { unit: id }).await
        }
        Step::Accept => {
            let officer = officer(app, office, 1).await?;
            let (file, _) = service::load(&officer, &mut app.db.read().await?, no).await?;
            act(&officer, no, Action::Accept { agency: None, checked: file.facts.points }).await
        }
        Step::SignUp => sign_up(&people::visit(app, who).await?, no).await,
        Step::Marks => marks(app, &people::visit(app, who).await?, no, points).await,
        Step::Begin => act(&officer(app, office, 2).await?, no, Action::BeginExamination).await,
        Step::Draft => {
            let draft = Draft { grant: true, opinion: "条件符合，考试合格。".into(), second: None };
            act(&officer(app, office, 2).await?, no, Action::DraftDecision { draft }).await
        }
        Step::Send => act(&officer(app, office, 2).await?, no, Action::SendToApproval).await,
        Step::Grant => act(&officer(app, office, 3).await?, no, Action::Grant { note: String::new() }).await,
        Step::Issue => {
            let officer = officer(app, office, 1).await?;
            let seen = service::view(&officer, no).await?.revision;
            certify::issue(&officer, no, &ids::token(), seen, &Values::new()).await.map(drop)
        }
        Step::Deliver => act(&officer(app, office, 1).await?, no, Action::Deliver { how: "online".into() }).await,
        Step::Publish => act(&officer(app, office, 1).await?, no, Action::Publish).await,
    }
}

/// Takes a seat in the next session that examines the code.
async fn sign_up(person: &Visit, no: &str) -> Result<()> {
    let board = exams::board(person).await?;
    let case = board.cases.into_iter().find(|case| case.no == no).ok_or(AppError::NotFound)?;
    let session = board.sessions.into_iter().find(|session| session.examines(&case.codes)).ok_or(AppError::NotFound)?;
    answered(exams::sign_up(person, no.to_owned(), session.id, case.revision, ids::token()).await?).map(drop)
}

/// Types the marks of a candidate and publishes them.
async fn marks(app: &Arc<App>, person: &Visit, no: &str, points: [&str; 3]) -> Result<()> {
    let body = people::visit(app, "exambody01").await?;
    let seat = exams::board(person).await?.cases.into_iter().find(|case| case.no == no).and_then(|case| case.seat);
    let session = seat.ok_or(AppError::NotFound)?.session;
    let typed = SUBJECTS.iter().zip(points).map(|((key, _), points)| (mark_path(no, key), points.to_owned())).collect();
    let seen = exams::session(&body, &session).await?.session.revision;
    answered(exams::enter(&body, session.clone(), seen, typed).await?)?;
    answered(exams::publish(&body, session, seen + 1, ids::token()).await?).map(drop)
}
