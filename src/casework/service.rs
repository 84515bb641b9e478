//! Acting on a case: what the table says, one change with event, projection and audit row. Nothing
//! else moves a case; features that make more of an action (a submission its version) call [`perform`] inside their change.

pub use super::sides::actor;

use super::clicks::{hold, is_again, need_click, need_seen, was_done};
use super::model::CaseView;
use super::store::{self, Click, Record};
use super::timeline::timeline;
use super::{agencies, bans, deadlines};
use crate::application::book::Ban;
use crate::base::workdays::{Calendar, legal_date};
use crate::base::{Say, say};
use crate::calendar::service::current as current_calendar;
use crate::catalogue::checklist::Points;
use crate::catalogue::materials::Facts as FiledWith;
use crate::catalogue::{self, Kind};
use crate::error::{AppError, Result};
use crate::licence::{self, register};
use crate::server::app::{App, Visit};
use crate::server::db::Tx;
use crate::workflow::person::PersonKind;
use crate::workflow::{
    self, Action, ActionKind, Actor, Booking, Case, Context, Event, Facts, Ledger, Party, Refusal, Review, Role, State, Why, available, step, timed,
};
use crate::{account, application};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A case with everything a decision about it rests on.
#[derive(Clone, Debug)]
pub struct File {
    pub record: Record,
    pub facts: Facts,
    pub bookings: Vec<Booking>,
    /// 设备种类 of what was applied for.
    pub equipment: Vec<String>,
    /// 联系电话 of the authority; empty if it has set none.
    pub telephone: String,
    /// Why the unit may not apply at present; asked only where it matters.
    pub ban: Option<Say>,
    calendar: Arc<Calendar>,
}

impl File {
    /// What the workflow asks for besides the case.
    pub fn ctx(&self, now: i64) -> Context<'_> {
        Context { now, calendar: &self.calendar, facts: &self.facts, ban: self.ban.clone(), bookings: &self.bookings }
    }

    /// The case as time has left it by now, stored or not yet.
    pub fn settled(&self, now: i64) -> Case {
        timed::settle(&self.record.case, &self.ctx(now)).0
    }

    /// What an actor may do now.
    pub fn available(&self, actor: &Actor, now: i64) -> Vec<ActionKind> {
        available(&self.record.case, actor, &self.ctx(now))
    }

    /// All clocks, whose turn it is and until when.
    pub fn ledger(&self, now: i64) -> Ledger {
        workflow::ledger(&self.settled(now), &self.facts, &self.calendar, self.ctx(now).today())
    }

    /// The days limits are counted by.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The same case, counted by another calendar.
    pub fn by(&self, calendar: Arc<Calendar>) -> File {
        File { calendar, ..self.clone() }
    }

    /// What queues and jobs look at: the last day for whoever's turn it is, and when time acts next.
    pub fn days(&self, now: i64) -> (Option<Date>, Option<i64>) {
        let (case, ctx) = (&self.record.case, self.ctx(now));
        let due = workflow::ledger(case, &self.facts, &self.calendar, ctx.today()).due();
        (due, timed::coming(case, &ctx).map(|(at, _)| at))
    }

    /// Lets an action through if the table has it for the actor.
    pub fn admit(&self, actor: &Actor, kind: ActionKind, now: i64) -> Result<()> {
        workflow::available::check(&self.record.case, actor, kind, &self.ctx(now)).map_err(refused)
    }
}

/// A refusal as the caller is told it.
pub fn refused(no: Refusal) -> AppError {
    match no.why {
        Why::State => AppError::Moved(no.say),
        Why::Role => AppError::Forbidden,
        Why::Rule | Why::Payload => AppError::Refused(no.say),
    }
}

/// A case with what decisions rest on.
pub async fn open(app: &App, tx: &mut Tx, record: Record) -> Result<File> {
    let catalogue = catalogue::store::version(app, tx, &record.catalogue_version).await?;
    let kind = Kind::of_key(&record.kind).unwrap_or(Kind::First);
    let person = PersonKind::of_word(&record.kind);
    let items = catalogue.pick(&record.items);
    let set = store::committed(tx, &record.authority_code).await?;
    let limits = set.corrected(catalogue.limits.of_items(kind, &items));
    let subjects = match person {
        Some(kind) if kind.is_examined() => catalogue::personnel::PersonnelCodes::builtin().subjects(&record.items),
        _ => Vec::new(),
    };
    let equipment: BTreeSet<&str> = items.iter().map(|item| item.equipment_kind.as_str()).collect();
    let equipment = equipment.into_iter().map(str::to_owned).collect();
    let (bookings, reviewers) = match &record.case.agency {
        Some(agency) if record.case.state.is_before_review() => {
            let reviewers = agencies::reviewers(tx, agency).await?.into_iter().map(|(name, _)| name);
            (store::bookings(tx, agency, &record.id, app.clock.today()).await?, reviewers.collect())
        }
        _ => Default::default(),
    };
    let changed = if record.case.state == State::Resubmitted {
        application::service::changed(tx, &record.id, &application::book::pages(&record.category, &record.kind)).await?
    } else {
        Vec::new()
    };
    let is_judged = matches!(record.case.state, State::Draft | State::Submitted | State::Resubmitted);
    let bans = if is_judged { bans::of_unit(tx, &record.unit_id, &record.category, app.clock.today()).await? } else { Vec::new() };
    // 行政许可法 art. 50 binds renewals to the old certificate; each item of a person's ends on a day of its own.
    let filed = record.case.submitted_at.map_or_else(|| app.clock.today(), legal_date);
    let expires = match person {
        Some(kind) if kind.is_renewal() => licence::person::expiry(tx, &record.unit_id, &record.items, filed).await?,
        None if kind.is_renewal() => register::expiry(tx, &record.unit_id, &record.category, &record.items, filed).await?,
        _ => None,
    };
    let code = record.items.first().and_then(|code| catalogue::PersonnelCodes::builtin().find(code));
    let points = match person.zip(code) {
        Some((kind, code)) if is_judged || record.case.is_undocumented() => catalogue::store::setting::<Points>(tx).await?.points(code, kind),
        _ => Vec::new(),
    };
    let unfounded = match person.zip(code).filter(|_| record.case.state.is_open()) {
        Some((kind, code)) => application::service::unfounded(tx, &record, kind, code).await?,
        None => None,
    };
    let facts = Facts {
        unit: record.unit_id.clone(),
        items: record.items.clone(),
        review: if person.is_some() { Review::NotNeeded } else { kind.review(FiledWith::default()) },
        limits,
        committed: set.shorter(limits),
        expires,
        employers: record.employers.clone(),
        subjects,
        points,
        unfounded,
        changed,
        reviewers,
    };
    let telephone = set.telephone().to_owned();
    Ok(File { record, facts, bookings, equipment, telephone, ban: bans.first().map(Ban::said), calendar: current_calendar(tx).await? })
}

/// A case by its number, and what the caller is to it.
pub async fn load(visit: &Visit, tx: &mut Tx, no: &str) -> Result<(File, Actor)> {
    visit.caller()?;
    let record = store::find(tx, no).await?.ok_or(AppError::NotFound)?;
    let file = open(&visit.app, tx, record).await?;
    let actor = actor(visit, tx, &file).await?;
    Ok((file, actor))
}

/// Begins the record of a new case.
pub async fn begin(visit: &Visit, tx: &mut Tx, no: &str, action: Action) -> Result<()> {
    let record = store::find(tx, no).await?.ok_or(AppError::NotFound)?;
    let mut file = open(&visit.app, tx, record).await?;
    let event = Event { at: visit.now(), by: visit.caller()?.account_id.clone(), role: Role::Filler, action };
    keep(&visit.app, tx, &mut file, &[event], &Click::default()).await
}

/// Does one thing to a case inside a change: the table, the step, the letters it owes, events, projection, audit row. The
/// same click again does nothing more.
pub async fn perform(visit: &Visit, tx: &mut Tx, file: &mut File, actor: &Actor, action: &Action, click: &Click<'_>) -> Result<()> {
    if was_done(tx, file, click.id, |done| is_again(done, action)).await? {
        return Ok(());
    }
    hold(tx, file, actor).await?;
    let events = step(&file.record.case, actor, action, &file.ctx(visit.now())).map_err(refused)?;
    judge_names(tx, &file.record, action).await?;
    super::attached::claim(visit, tx, file, action).await?;
    let mut documents = click.documents.to_vec();
    documents.extend(super::letters::write(visit, tx, file, &events, action).await?);
    keep(&visit.app, tx, file, &events, &Click { id: click.id, documents: &documents }).await?;
    visit.audit(tx, action.kind().word(), &file.record.no, action.reason()).await
}

/// Whoever an action names has to be what it names them as.
async fn judge_names(tx: &mut Tx, record: &Record, action: &Action) -> Result<()> {
    match action {
        Action::Accept { agency: Some(agency), .. }
        | Action::ConfirmAcceptance { agency: Some(agency), .. }
        | Action::AmendAcceptance { agency: Some(agency), .. }
        | Action::ReplaceAgency { agency, .. } => {
            account::store::hold_unit(tx, agency).await?;
            let unit = account::store::find_unit(tx, agency).await?;
            let none = say("没有这家鉴定评审机构，请重新选择。", "There is no such review agency; choose again.");
            if unit.is_some_and(|unit| unit.kind == "agency") { Ok(()) } else { Err(AppError::Refused(none)) }
        }
        Action::Agree { reviewers, .. } | Action::Counter { reviewers, .. } => agencies::need_reviewers(tx, record.case.agency.as_deref(), reviewers).await,
        // Whoever was named days ago may have left since.
        Action::AcceptCounter { .. } => {
            let offered = record.case.standing().map(|round| round.reviewers.as_slice()).unwrap_or_default();
            agencies::need_reviewers(tx, record.case.agency.as_deref(), offered).await
        }
        Action::AskReschedule { reviewers, .. } => agencies::need_reviewers(tx, record.case.agency.as_deref(), reviewers).await,
        Action::AgreeReschedule { reviewers } => agencies::need_reviewers(tx, record.case.agency.as_deref(), record.case.sent(reviewers)).await,
        Action::HandOver { to } => need_colleague(tx, record, to, None).await,
        Action::DraftDecision { draft } => match &draft.second {
            Some(second) => need_colleague(tx, record, second, Some(Role::Examiner)).await,
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

async fn need_colleague(tx: &mut Tx, record: &Record, account_id: &str, duty: Option<Role>) -> Result<()> {
    let found = account::store::find_account(tx, account_id).await?;
    let is_one = |account: account::store::Account| {
        let ours = account.is_active && account.authority_code.as_deref() == Some(record.authority_code.as_str());
        ours && duty.is_none_or(|duty| account.duties.iter().any(|d| d == duty.word()))
    };
    let none = say("本机关没有这位工作人员，或者其职责不符，请重新选择。", "This authority has no such official with this duty; choose again.");
    if found.is_some_and(is_one) { Ok(()) } else { Err(AppError::Refused(none)) }
}

/// Stores events of a case that is held, what they make of it, and who is told of them.
async fn keep(app: &App, tx: &mut Tx, file: &mut File, events: &[Event], click: &Click<'_>) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let (id, now, before) = (file.record.id.clone(), app.clock.now(), file.record.case.clone());
    store::append(tx, &id, before.revision, events, click).await?;
    events.iter().for_each(|event| file.record.case.apply(event));
    let case = &file.record.case;
    let agreed = booked(case);
    if agreed != booked(&before) {
        let reviewers = agreed.map(|agreed| agreed.reviewers.as_slice()).unwrap_or_default();
        store::book(tx, &id, case.agency.as_deref().unwrap_or_default(), reviewers, agreed.map(|agreed| agreed.window)).await.map_err(taken)?;
    }
    let (due, wake) = file.days(now);
    store::project(tx, &id, case, due, wake, now).await?;
    super::notices::tell_of(app, tx, file, &before, events).await
}

/// What a case keeps its reviewers for.
fn booked(case: &Case) -> Option<&workflow::case::Appointment> {
    case.appointment.as_ref().filter(|_| case.state.is_open())
}

/// Another case took a reviewer's day in the same moment.
fn taken(error: AppError) -> AppError {
    match error {
        AppError::Moved(_) => {
            AppError::Moved(say("评审人员在这些日期刚刚约给了别的评审，请另选日期。", "A reviewer was just taken on these days; choose others."))
        }
        other => other,
    }
}

/// Does one thing to a case; not what makes something of its own beside (a submission its version, a certificate its row):
/// that goes through its feature. `seen` is the revision the caller looked at: whoever acts on an older one is told what happened
/// meanwhile; `None` where the action says all (a draft deleted twice). `click` names the click. Answers with the state after it.
pub async fn act(visit: &Visit, no: &str, click: &str, seen: Option<i64>, action: Action) -> Result<State> {
    need_click(click)?;
    if matches!(action.kind(), ActionKind::Submit | ActionKind::Resubmit | ActionKind::Issue) {
        return Err(AppError::BadRequest("this action has its own door".into()));
    }
    match act_once(visit, no, click, seen, action.clone()).await {
        // A click sent twice whose second met its first under way: now the first one's answer is there.
        Err(AppError::Moved(_)) => act_once(visit, no, click, seen, action).await,
        done => done,
    }
}

/// Notes that the applicant has opened a document for the first time (送达、签收). A paper without a case has no record to note it in.
pub async fn acknowledge(visit: &Visit, tx: &mut Tx, no: &str, document: &str) -> Result<()> {
    let Some(record) = store::find(tx, no).await? else { return Ok(()) };
    let mut file = open(&visit.app, tx, record).await?;
    let actor = actor(visit, tx, &file).await?;
    perform(visit, tx, &mut file, &actor, &Action::Acknowledge { document: document.to_owned() }, &Click::default()).await
}

async fn act_once(visit: &Visit, no: &str, click: &str, seen: Option<i64>, action: Action) -> Result<State> {
    let (seat, no, click) = (visit.clone(), no.to_owned(), click.to_owned());
    visit.app.db.write(move |tx| Box::pin(async move { act_in(&seat, tx, &no, &click, seen, &action).await })).await
}

async fn act_in(visit: &Visit, tx: &mut Tx, no: &str, click: &str, seen: Option<i64>, action: &Action) -> Result<State> {
    let (mut file, actor) = load(visit, tx, no).await?;
    if !was_done(tx, &file, click, |done| is_again(done, action)).await? {
        if let Some(seen) = seen {
            need_seen(tx, &file, &actor, seen).await?;
        }
        perform(visit, tx, &mut file, &actor, action, &Click { id: click, documents: &[] }).await?;
    }
    Ok(file.record.case.state)
}

/// A case for whoever looks at it.
pub async fn view(visit: &Visit, no: &str) -> Result<CaseView> {
    let mut tx = visit.app.db.read().await?;
    let (file, actor) = load(visit, &mut tx, no).await?;
    let side = actor.side();
    let timeline = timeline(&visit.app, &mut tx, &file.record, side).await?;
    Ok(CaseView {
        no: file.record.no.clone(),
        state: file.settled(visit.now()).state,
        revision: file.record.case.revision,
        side,
        // Limits bind those who act in the case.
        ledger: if side == Party::Employer { Ledger::default() } else { file.ledger(visit.now()).seen_by(side) },
        actions: file.available(&actor, visit.now()),
        timeline,
    })
}

/// Does what time has brought to one case. Harmless on many nodes at once: each event is claimed by one.
pub async fn settle(app: &Arc<App>, no: &str) -> Result<()> {
    let (seat, no) = (app.clone(), no.to_owned());
    let work = app.db.write(move |tx| {
        Box::pin(async move {
            let record = store::find(tx, &no).await?.ok_or(AppError::NotFound)?;
            let mut file = open(&seat, tx, record).await?;
            let now = seat.clock.now();
            if !store::claim(tx, &file.record.id, file.record.case.revision).await? {
                return Ok(());
            }
            let (_, events) = timed::settle(&file.record.case, &file.ctx(now));
            if events.is_empty() {
                // The stored instant was another one, as after a change of the calendar: nobody shall come back for it every minute.
                return deadlines::reckon(tx, &file, now).await;
            }
            keep(&seat, tx, &mut file, &events, &Click::default()).await
        })
    });
    work.await
}
