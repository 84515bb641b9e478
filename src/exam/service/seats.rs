//! Signing up and giving up: the seat, the case's event and the admission slip in one change. Cases are held before their session,
//! here and where marks are published, so that no two changes wait for each other.

use super::super::model::Session;
use super::super::store;
use crate::account::service::shown_code;
use crate::account::store::{find_unit, hold_unit};
use crate::base::say;
use crate::casework::clicks::{hold, need_click, need_seen, was_done};
use crate::casework::service::{File, load, perform};
use crate::casework::store::Click;
use crate::document::kinds::exam::AdmissionSlip;
use crate::document::service::{Parties, issue_letter};
use crate::error::{AppError, Result};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::plain::Answer;
use crate::workflow::action::Score;
use crate::workflow::{Action, ActionKind};

/// What is done about a seat.
#[derive(Clone)]
pub(super) enum Door {
    /// 报名: the session.
    SignUp(String),
    /// 取消报名: the reason.
    Cancel(String),
    /// 答复成绩申诉: whoever passes by the marks put right gives up the seat of the resit. `lift` takes back all misconduct recorded.
    Answer { text: String, scores: Vec<Score>, lift: bool },
}

impl Door {
    fn kind(&self) -> ActionKind {
        match self {
            Door::SignUp(_) => ActionKind::SignUp,
            Door::Cancel(_) => ActionKind::CancelSignUp,
            Door::Answer { .. } => ActionKind::AnswerComplaint,
        }
    }

    /// Whether an action is what this does.
    fn is(&self, done: &Action) -> bool {
        match (self, done) {
            (Door::SignUp(wanted), Action::SignUp { session, .. }) => wanted == session,
            (Door::Cancel(wanted), Action::CancelSignUp { reason }) => wanted == reason,
            (Door::Answer { text, scores, lift }, Action::AnswerComplaint { text: told, scores: given, lifted }) => {
                text == told && scores == given && *lift != lifted.is_empty()
            }
            _ => false,
        }
    }
}

/// Signs the owner of a case up for a session. `seen` is the revision of the case they looked at, `click` names the click.
pub async fn sign_up(visit: &Visit, no: String, session: String, seen: i64, click: String) -> Result<Answer> {
    through(visit, &no, seen, &click, Door::SignUp(session)).await?;
    Ok(Answer::Go(format!("/exams?saved=1#case-{no}")))
}

/// Gives the seat of a case up: its owner does, or the body, before the day, on the page of this session.
pub async fn cancel(visit: &Visit, no: String, session: String, seen: i64, click: String, reason: String) -> Result<Answer> {
    let by_body = super::member(visit).is_ok();
    through(visit, &no, seen, &click, Door::Cancel(reason)).await?;
    Ok(if by_body { super::back(&session) } else { Answer::Go(format!("/exams?saved=1#case-{no}")) })
}

/// Does it once, however often the click arrives.
pub(super) async fn through(visit: &Visit, no: &str, seen: i64, click: &str, door: Door) -> Result<()> {
    need_click(click)?;
    match once(visit, no, seen, click, door.clone()).await {
        // A click sent twice whose second met its first under way: now the first one's answer is there.
        Err(AppError::Moved(_)) => once(visit, no, seen, click, door).await,
        done => done,
    }
}

async fn once(visit: &Visit, no: &str, seen: i64, click: &str, door: Door) -> Result<()> {
    let (seat, no, click) = (visit.clone(), no.to_owned(), click.to_owned());
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let (mut file, actor) = load(&seat, tx, &no).await?;
            if was_done(tx, &file, &click, |done| door.is(done)).await? {
                return Ok(());
            }
            need_seen(tx, &file, &actor, seen).await?;
            file.admit(&actor, door.kind(), seat.now())?;
            hold(tx, &file, &actor).await?;
            let taken = seat_of(&file);
            let (action, documents) = match door {
                Door::SignUp(session) => take(&seat, tx, &file, &session).await?,
                Door::Cancel(reason) => (Action::CancelSignUp { reason }, Vec::new()),
                Door::Answer { text, scores, lift } => {
                    let sat = file.record.case.person.as_ref().and_then(|person| person.sittings.last());
                    let lifted = sat.filter(|_| lift).map(|sitting| sitting.misconduct.clone()).unwrap_or_default();
                    if lift && lifted.is_empty() {
                        return Err(AppError::Refused(say("没有违纪、作弊记录可以撤销。", "There is no record of misconduct to take back.")));
                    }
                    (Action::AnswerComplaint { text, scores, lifted }, Vec::new())
                }
            };
            perform(&seat, tx, &mut file, &actor, &action, &Click { id: &click, documents: &documents }).await?;
            match taken.filter(|_| seat_of(&file).is_none()) {
                Some(session) => store::free_seat(tx, &session, &file.record.id).await,
                None => Ok(()),
            }
        })
    });
    change.await
}

/// The session at which a case has a seat.
fn seat_of(file: &File) -> Option<String> {
    file.record.case.person.as_ref()?.seat.as_ref().map(|seat| seat.session.clone())
}

/// Takes a seat for a case that is held: what is done, and the admission slip.
async fn take(visit: &Visit, tx: &mut Tx, file: &File, session: &str) -> Result<(Action, Vec<String>)> {
    let session = store::find_session(tx, session).await?.ok_or(AppError::NotFound)?;
    hold_unit(tx, &session.body_id).await?;
    if find_unit(tx, &session.body_id).await?.is_none_or(|unit| unit.kind != "exam-body") {
        return Err(AppError::Refused(say("这家考试机构已经停止考试，请选择其他场次。", "This body no longer examines; choose another session.")));
    }
    if session.called_off.is_some() {
        return Err(AppError::Refused(say("这个场次已经取消，请选择其他场次。", "This session was called off; choose another.")));
    }
    if !session.examines(&file.record.items) {
        return Err(AppError::Refused(say("这个场次不考您申请的项目，请选择其他场次。", "This session does not examine what you apply for; choose another.")));
    }
    if session.closes_on < visit.app.clock.today() {
        return Err(AppError::Refused(say("这个场次的报名已经截止，请选择其他场次。", "Signing up for this session has ended; choose another.")));
    }
    let full = || AppError::Refused(say("这个场次已经报满，请选择其他场次。", "This session is full; choose another."));
    let nth = store::take_seat(tx, &session.id, &file.record.id, visit.now()).await?.ok_or_else(full)?;
    let document = slip(visit, tx, file, &session, nth, false).await?;
    Ok((Action::SignUp { body: session.body_id, session: session.id, day: session.day }, vec![document]))
}

/// Issues the admission slip of a seat; the id of the document.
pub(super) async fn slip(visit: &Visit, tx: &mut Tx, file: &File, session: &Session, nth: i64, is_moved: bool) -> Result<String> {
    let (record, case) = (&file.record, &file.record.case);
    let subjects = case.person.as_ref().map(|person| person.to_sit(&file.facts.subjects)).unwrap_or_default();
    let subjects: Vec<String> = file.facts.subjects.iter().filter(|subject| subjects.contains(subject.as_str())).cloned().collect();
    let holder = find_unit(tx, &record.unit_id).await?.ok_or(AppError::NotFound)?;
    let slip = AdmissionSlip {
        application: record.no.clone(),
        identity: shown_code(&visit.app, tx, &record.unit_id).await?,
        codes: record.items.clone(),
        subjects,
        day: session.day.to_string(),
        times: session.times.clone(),
        place: session.place.clone(),
        seat: nth,
        body: session.body.clone(),
        is_resit: case.person.as_ref().is_some_and(|person| !person.sittings.is_empty()),
        is_moved,
    };
    let parties = Parties {
        case_no: record.no.clone(),
        unit_id: record.unit_id.clone(),
        unit_name: holder.name,
        unit_code: String::new(),
        is_person: true,
        agency_id: Some(session.body_id.clone()),
        authority_code: record.authority_code.clone(),
        issuer: session.body.clone(),
    };
    Ok(issue_letter(tx, &visit.app, &parties, &slip).await?.id)
}
