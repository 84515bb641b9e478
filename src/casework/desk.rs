//! The desk on which a case lies for one of its sides (案件办理), the queue it is taken from (待办), and what its forms post.

use super::briefing::{given_up, prefilled, waits};
use super::compared::notices;
use super::forms::{Ask, Form, NONE, Offer, Source};
use super::model::{COUNTED, CaseList, CaseView, Desk, Entry, Flag, Near, PersonView, Share, Wanted, queues_of};
use super::service::{self, File};
use super::store::{self, Whose};
use super::{agencies, answers, certify, clicks, committed, correcting, inviting, points, previewing};
use crate::account::model::Role as AccountRole;
use crate::account::service::shown_code;
use crate::account::store::{accounts_of_authority, find_unit};
use crate::base::paging::Cursor;
use crate::base::workdays::{Calendar, legal_date};
use crate::base::{Say, say, text};
use crate::calendar;
use crate::document::model::Kind as Letter;
use crate::error::{AppError, Result};
use crate::form::posted::period_of;
use crate::form::{Issue, Values};
use crate::notice::inbox::about as letters_about;
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::plain::Answer;
use crate::server::{files, ids};
use crate::workflow::action::Window;
use crate::workflow::available::check;
use crate::workflow::clock::stopped;
use crate::workflow::person::{LEFT, is_named};
use crate::workflow::{Action, ActionKind, Actor, Case, Party, Review, Role, State, Why};
use crate::{application, catalogue, document};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Rows on a page of a queue.
const PAGE: i64 = 20;
/// Counting stops here; beyond, the list says "1000+".
const CAP: i64 = 1000;

/// Whose cases the caller may ask for.
enum Seat<'a> {
    Authority {
        code: String,
        /// Those it delegated to, for a supervisor of it.
        below: Vec<String>,
        account: &'a str,
    },
    /// A review agency or an examination body.
    Named { unit: &'a str, side: Party },
}

impl Seat<'_> {
    fn side(&self) -> Party {
        match self {
            Seat::Authority { .. } => Party::Authority,
            Seat::Named { side, .. } => *side,
        }
    }
}

/// The authority, agency or examination body for which the caller works. A supervisor also looks on at whom the authority delegated to
/// (行政许可法 art. 24, 60).
async fn seat<'a>(visit: &'a Visit, tx: &mut Tx) -> Result<Seat<'a>> {
    let caller = visit.caller()?;
    let side = match caller.unit_kind.as_str() {
        "agency" => Some(Party::Agency),
        "exam-body" => Some(Party::ExamBody),
        _ => None,
    };
    if let Some((unit, side)) = caller.unit_id.as_deref().zip(side) {
        return Ok(Seat::Named { unit, side });
    }
    let duties: Vec<Role> = caller.duties.iter().filter_map(|duty| Role::of_word(duty)).filter(|role| role.party() == Party::Authority).collect();
    let code = caller.authority_code.clone().filter(|_| caller.role == AccountRole::Staff && !duties.is_empty()).ok_or(AppError::Forbidden)?;
    let all = if duties.contains(&Role::Supervisor) { catalogue::store::authorities(tx).await? } else { Vec::new() };
    let below = all.into_iter().filter(|one| one.delegated_by.as_deref() == Some(code.as_str())).map(|one| one.code).collect();
    Ok(Seat::Authority { code, below, account: &caller.account_id })
}

/// A page of the cases of the caller's authority, agency or examination body, the most urgent first.
pub async fn queue(visit: &Visit, filter: &Wanted, cursor: &str, back: bool) -> Result<CaseList> {
    let mut tx = visit.app.db.read().await?;
    let seat = seat(visit, &mut tx).await?;
    let (delegates, codes): (bool, Vec<String>) = match &seat {
        Seat::Authority { code, below, .. } => {
            let with = below.iter().filter(|_| filter.whose == Share::All);
            (!below.is_empty(), std::iter::once(code).chain(with).cloned().collect())
        }
        Seat::Named { .. } => (false, Vec::new()),
    };
    let whose = match &seat {
        Seat::Authority { account, .. } if filter.whose == Share::Mine => Whose::Handler(account),
        Seat::Authority { .. } => Whose::Authorities(&codes),
        Seat::Named { unit, .. } => Whose::Agency(unit),
    };
    let (calendar, today) = (calendar::service::current(&mut tx).await?, legal_date(visit.now()));
    let known = queues_of(seat.side()).find(|queue| queue.key == filter.queue);
    let filter = &Wanted {
        // What officials ask of each other, and flags, are their own.
        queue: known.map(|queue| queue.key.to_owned()).unwrap_or_default(),
        flag: filter.flag.filter(|_| seat.side() == Party::Authority),
        days: filter.due.map(|near| near.days(&calendar, today)),
        ..filter.clone()
    };
    let at = if cursor.is_empty() { None } else { Some(Cursor::decode(cursor).ok_or_else(|| AppError::BadRequest("cursor".into()))?) };
    let mut rows = store::queue(&mut tx, whose, filter, at.as_ref(), back, PAGE + 1).await?;
    let more = rows.len() > PAGE as usize;
    if more {
        rows.remove(if back { 0 } else { rows.len() - 1 });
    }
    let committed = committed::last_days(visit, &mut tx, &codes, &rows, &calendar, today).await?;
    for row in &mut rows {
        row.left = row.due.map_or(0, |due| left(due, &calendar, today));
        row.committed = committed.get(&row.id).map(|day| (*day, left(*day, &calendar, today)));
    }
    if seat.side() != Party::Authority {
        rows.iter_mut().for_each(|row| row.flags.clear());
    }
    let count = store::count_queue(&mut tx, whose, filter, CAP).await?;
    let counts = store::count_queues(&mut tx, whose, queues_of(seat.side()), COUNTED).await?;
    let late = Wanted { days: Some(Near::Overdue.days(&calendar, today)), ..Wanted::default() };
    let overdue = store::count_queue(&mut tx, whose, &late, COUNTED).await?;
    let (has_previous, has_next) = if back { (more, true) } else { (at.is_some(), more) };
    let token = |row: Option<&Entry>| row.map(|row| store::cursor(row).encode());
    Ok(CaseList {
        side: seat.side(),
        delegates,
        overdue,
        counts,
        count: count.min(CAP),
        capped: count > CAP,
        next: token(rows.last()).filter(|_| has_next),
        previous: token(rows.first()).filter(|_| has_previous),
        click: if matches!(seat, Seat::Authority { .. }) { ids::token() } else { String::new() },
        rows,
    })
}

/// Working days left to a last day; negative once it has passed.
fn left(due: Date, calendar: &Calendar, today: Date) -> i64 {
    if due < today { -i64::from(calendar.working_days_between(due, today)).max(1) } else { i64::from(calendar.working_days_between(today, due)) }
}

/// A case with everything its page shows and offers, but for the book.
pub async fn desk(visit: &Visit, no: &str) -> Result<Desk> {
    let case = service::view(visit, no).await?;
    let mut tx = visit.app.db.read().await?;
    let (file, actor) = service::load(visit, &mut tx, no).await?;
    let mut entry = store::find_entry(&mut tx, &file.record.id).await?.ok_or(AppError::NotFound)?;
    entry.state = case.state;
    entry.turn = case.ledger.turn;
    entry.due = case.ledger.due();
    let left = |day: Date| left(day, file.calendar(), legal_date(visit.now()));
    entry.left = entry.due.map_or(0, left);
    let is_theirs = entry.turn.is_some_and(|role| role.party() == Party::Authority);
    let committed = case.ledger.main_line().filter(|_| is_theirs).and_then(|line| line.committed);
    entry.committed = committed.map(|day| (day, left(day)));
    let agency = match &file.record.case.agency {
        Some(agency) => find_unit(&mut tx, agency).await?.map(|unit| unit.name).unwrap_or_default(),
        None => String::new(),
    };
    let mut offers = Vec::new();
    for source in sources(&case) {
        offers.push((source, offered(visit, &mut tx, &file, source).await?));
    }
    let documents = document::service::of_case(visit, no).await?;
    let planned = if case.may(ActionKind::Issue) { certify::plan(visit, no).await? } else { Vec::new() };
    let reasons = if case.may(ActionKind::RequireCorrection) { document::library::reasons(visit, Letter::Correction).await? } else { Vec::new() };
    let now = file.settled(visit.now());
    entry.stopped = stopped(&now);
    let unsigned = now.state == State::Rectifying && now.awaits_signature();
    entry.flags = if case.side == Party::Authority { Flag::of(&now) } else { Vec::new() };
    let person = person(visit, &mut tx, &file, &now, case.side).await?;
    let events = store::events(&mut tx, &file.record.id).await?;
    let waits = waits(&now, &events, &case.ledger, case.side);
    let letters = letters_about(visit, &mut tx, no, events.first().map_or(0, |first| first.at)).await?;
    let prefilled = prefilled(&case, &now);
    let days = inviting::days(visit, &mut tx, &file, &now, case.side).await?;
    let unmanned = nobody_to_send(&file, &actor, &now, visit.now());
    let reads = case.side.reads_book();
    if reads {
        entry.code = shown_code(&visit.app, &mut tx, &file.record.unit_id).await?;
    } else {
        (entry.code, entry.handler) = Default::default();
    }
    Ok(Desk {
        entry,
        version: if reads { now.version } else { 0 },
        agency: if case.side == Party::Employer { String::new() } else { agency },
        person,
        ban: file.ban.clone().filter(|_| case.side == Party::Authority),
        unfounded: file.facts.unfounded.clone().filter(|_| case.side == Party::Authority),
        notices: if reads { notices(&events) } else { Vec::new() },
        preview: None,
        unsigned,
        waits,
        given_up: if reads { given_up(visit, &mut tx, &file).await? } else { Vec::new() },
        rounds: now.rounds,
        appointment: now.appointment,
        wish: now.wish,
        days,
        unmanned,
        changed: if case.may(ActionKind::RequireCorrection) { file.facts.changed.clone() } else { Vec::new() },
        documents,
        letters,
        planned,
        reasons,
        prefilled,
        offers,
        click: ids::token(),
        kept: Default::default(),
        form: Default::default(),
        case,
    })
}

/// Why whoever has to answer for the agency cannot agree to any day that is offered.
fn nobody_to_send(file: &File, actor: &Actor, case: &Case, now: i64) -> Option<Say> {
    let stands_against = check(&file.record.case, actor, ActionKind::Agree, &file.ctx(now)).err()?;
    (stands_against.why == Why::Rule && case.turn() == Some(Role::AgencyLead)).then_some(stands_against.say)
}

/// What a person's case has beside any other, as far as a side is told: a practising unit its own question, an examination body its
/// examinations.
async fn person(visit: &Visit, tx: &mut Tx, file: &File, case: &Case, side: Party) -> Result<Option<PersonView>> {
    let Some(candidate) = &case.person else { return Ok(None) };
    let ours = visit.caller()?.unit_id.as_ref().filter(|_| side == Party::Employer);
    let mut practice = Vec::new();
    let asked = file.record.employers.iter().filter(|unit| !is_named(unit));
    for unit in asked.filter(|unit| side != Party::ExamBody && ours.is_none_or(|ours| ours == *unit)) {
        let name = find_unit(tx, unit).await?.map(|unit| unit.name).unwrap_or_default();
        practice.push((name, candidate.answer_of(unit)));
    }
    let mut named = Vec::new();
    if side.reads_book() && file.record.employers.iter().any(|unit| is_named(unit)) {
        let book = application::service::newest(tx, &file.record.id).await?.map(|frozen| frozen.doc()).unwrap_or_default();
        let place = |unit: &&String| if *unit == LEFT { application::service::FORMER_ORG } else { application::service::PRACTICE_ORG };
        let units = file.record.employers.iter().filter(|unit| is_named(unit));
        named = units.map(|unit| (book.get(place(&unit)).to_owned(), candidate.answer_of(unit).is_some())).collect();
    }
    let (seat, sittings) = if side == Party::Employer { Default::default() } else { (candidate.seat.clone(), candidate.sittings.clone()) };
    Ok(Some(PersonView { practice, named, seat, sittings }))
}

/// What the forms that are open to the reader ask the case for. Whom an agency may send is its own to know.
fn sources(case: &CaseView) -> Vec<Source> {
    let asks = case.actions.iter().filter_map(|kind| Form::of(*kind)).flat_map(|form| form.asks);
    let mut sources = Vec::new();
    for ask in asks {
        if let Ask::One(pick) | Ask::Some(pick) | Ask::All(pick) = ask
            && !sources.contains(&pick.from)
            && (pick.from != Source::Reviewers || case.side == Party::Agency)
        {
            sources.push(pick.from);
        }
    }
    sources
}

/// What a question offers in this case.
async fn offered(visit: &Visit, tx: &mut Tx, file: &File, source: Source) -> Result<Vec<Offer>> {
    let plain = |id: String, name: String| (id, say(name.clone(), name));
    let me = &visit.caller()?.account_id;
    Ok(match source {
        Source::Agencies => {
            let none = (NONE.to_owned(), say("不需要鉴定评审", "No review needed"));
            let suggested = |one: agencies::model::Suggested| {
                let label = say(format!("{}（{}）", one.name, one.reason.zh), format!("{} ({})", one.name, one.reason.en));
                (one.id, label)
            };
            let units = agencies::suggest(tx, file).await?.into_iter().map(suggested);
            match file.facts.review {
                Review::NotNeeded => vec![none],
                Review::Needed => units.collect(),
                Review::AuthorityDecides => units.chain([none]).collect(),
            }
        }
        Source::Colleagues | Source::Examiners => {
            let colleagues = accounts_of_authority(tx, &file.record.authority_code).await?.into_iter().filter(|one| one.id != *me);
            let fits = |duties: &[String]| source == Source::Colleagues && !duties.is_empty() || duties.iter().any(|duty| duty == Role::Examiner.word());
            colleagues.filter(|one| fits(&one.duties)).map(|one| plain(one.id, one.person_name)).collect()
        }
        Source::Reviewers => {
            let agency = file.record.case.agency.clone().unwrap_or_default();
            agencies::reviewers(tx, &agency).await?
        }
        Source::Offered => {
            let case = file.settled(visit.now());
            let windows = case.standing().map(|round| round.windows.clone()).unwrap_or_default();
            // Days that have passed meanwhile cannot be agreed on.
            let today = visit.app.clock.today();
            let left = windows.into_iter().filter(|window| today <= window.to).map(|window| Window { from: window.from.max(today), ..window });
            left.map(|window| (format!("{}/{}", window.from, window.to), window.said())).collect()
        }
        Source::Reasons(letter) => {
            let reasons = document::library::reasons(visit, letter).await?;
            reasons.into_iter().map(|reason| plain(reason.clone(), reason)).collect()
        }
        Source::Points => file.facts.points.iter().map(|point| plain(point.clone(), point.clone())).collect(),
        Source::Items => {
            let catalogue = catalogue::store::version(&visit.app, tx, &file.record.catalogue_version).await?;
            let left: Vec<String> = file.record.items.iter().filter(|item| !file.record.case.given_up.contains(item)).cloned().collect();
            catalogue.pick(&left).into_iter().map(|item| plain(item.id.clone(), item.label())).collect()
        }
    })
}

/// What a browser posted to a form of the desk, as it is read and shown again: with the place that a button takes into a correction notice,
/// and with what several inputs make together.
pub fn posted(values: Values) -> Values {
    let mut values = points::taken_in(values);
    let form = values.get("act").and_then(|act| ActionKind::of_word(act)).and_then(Form::of);
    for path in form.into_iter().flat_map(|form| form.periods().map(move |field| form.path(field.key))) {
        if let Some(period) = period_of(&path, &values) {
            values.insert(path, period);
        }
    }
    values
}

/// Does what a form of the desk posts: `no`, `seen` (the revision looked at), `click`, `act`, and the action's own answers.
pub async fn act(visit: &Visit, values: &Values) -> Result<Answer> {
    let get = |key: &str| values.get(key).map(|value| text::tidy(value)).unwrap_or_default();
    let no = get("no");
    let seen = get("seen").parse().map_err(|_| AppError::BadRequest("seen".into()))?;
    let form = ActionKind::of_word(&get("act")).and_then(Form::of).ok_or_else(|| AppError::BadRequest("act".into()))?;
    // A click without a name must not get one from what is done.
    clicks::need_click(&get("click"))?;
    let click = format!("{}-{}", get("click"), form.kind.word());
    let action = match form.kind {
        ActionKind::Issue => {
            let remarks = form.path("remark@");
            let remarks = values.iter().filter_map(|(path, remark)| Some((path.strip_prefix(&remarks)?.to_owned(), text::tidy(remark)))).collect();
            certify::issue(visit, &no, &click, seen, &remarks).await?;
            return Ok(Answer::Go(format!("/cases/{no}")));
        }
        ActionKind::RequireCorrection => match correcting::asked(visit, &no, values).await? {
            Ok(action) => action,
            Err(answer) => return Ok(answer),
        },
        _ => match answers::read(form, values, legal_date(visit.now())) {
            Ok(action) => action,
            Err(issues) => return Ok(Answer::Wrong(issues)),
        },
    };
    let issues = unticked(visit, &no, form, values).await?;
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    if previewing::is_look(form, values) {
        return previewing::asked(visit, &no, &action).await;
    }
    let unit = visit.caller()?.unit_id.clone().unwrap_or_default();
    let action = match action {
        Action::ConfirmPractice { .. } => Action::ConfirmPractice { unit },
        Action::DenyPractice { reason, .. } => Action::DenyPractice { unit, reason },
        other => other,
    };
    service::act(visit, &no, &click, Some(seen), action).await?;
    Ok(Answer::Go(format!("/cases/{no}")))
}

/// What a form asks to be ticked one by one, and was not.
async fn unticked(visit: &Visit, no: &str, form: &Form, values: &Values) -> Result<Vec<Issue>> {
    let mut issues = Vec::new();
    for ask in form.asks {
        if let Ask::All(pick) = ask {
            let mut tx = visit.app.db.read().await?;
            let (file, actor) = service::load(visit, &mut tx, no).await?;
            // Whoever may not do it, or no longer, is told that first.
            if file.admit(&actor, form.kind, visit.now()).is_ok() {
                let offers = offered(visit, &mut tx, &file, pick.from).await?;
                issues.extend(answers::unticked(form, values, pick, &offers));
            }
        }
    }
    Ok(issues)
}

/// The files that came with a form that was not done, by id: they need not be chosen again.
pub async fn kept(visit: &Visit, values: &Values) -> Result<BTreeMap<String, String>> {
    let Some(form) = values.get("act").and_then(|act| ActionKind::of_word(act)).and_then(Form::of) else { return Ok(BTreeMap::new()) };
    let unit = visit.caller()?.unit_id.clone();
    let keys = form.asks.iter().filter_map(|ask| if let Ask::Files { key, .. } = ask { Some(form.path(key)) } else { None });
    let ids: Vec<String> = keys.filter_map(|path| values.get(&path)).flat_map(|ids| ids.split(',')).map(str::to_owned).collect();
    let files = files::store::find_all(&mut visit.app.db.read().await?, &ids).await?;
    Ok(files.into_iter().filter(|file| file.unit_id == unit).map(|file| (file.id, file.name)).collect())
}
