//! Limits as days go by: reminders to whoever must act (到期提醒), and what happens to stored last days when the calendar
//! changes.

mod store;

use super::notices;
use super::service::{self, File};
use crate::base::workdays::{Calendar, date_words, legal_date};
use crate::base::{Say, Text, say, t};
use crate::calendar::model::Moved;
use crate::error::{AppError, Result};
use crate::server::app::App;
use crate::server::db::Tx;
use crate::workflow::clock::{Clock, Line, Standing};
use crate::workflow::{Party, Role};
use jiff::civil::Date;
use std::sync::Arc;

/// Cases read at once.
const BATCH: i64 = 200;
/// Reminders go out from eight in the morning.
const MORNING_MS: i64 = 8 * 3_600_000;
/// Working days left at the third reminder.
const FEW: u32 = 2;

/// How far a limit has run when somebody is reminded.
#[derive(Clone, Copy, Debug)]
enum Step {
    Half,
    Most,
    Few,
    Over,
}

impl Step {
    /// Feedback is no duty: it is reminded of twice, and never late (spec 2.20). Nor is asking for a hearing, for which there are
    /// few days.
    fn of(clock: Clock) -> &'static [Step] {
        match clock {
            Clock::Feedback => &[Step::Half, Step::Few],
            Clock::HearingRequest => &[Step::Few],
            _ => &[Step::Half, Step::Most, Step::Few, Step::Over],
        }
    }

    fn word(self) -> &'static str {
        match self {
            Step::Half => "half",
            Step::Most => "most",
            Step::Few => "few",
            Step::Over => "over",
        }
    }

    fn is_reached(self, line: &Line, due: Date, calendar: &Calendar, today: Date) -> bool {
        match self {
            Step::Half => line.day * 2 >= line.of,
            Step::Most => line.day * 5 >= line.of * 4,
            Step::Few => calendar.working_days_between(today, due) <= FEW,
            Step::Over => today > due,
        }
    }
}

/// A reminder that is due: what names it, whom it is for, what it says.
struct Reminder {
    key: String,
    to: Role,
    say: Say,
}

/// The day whose reminders are due.
pub fn morning(now: i64) -> Date {
    legal_date(now - MORNING_MS)
}

/// Reminds whoever must act in every case, of each step once; tells how many cases had one due. It may run on several nodes and
/// as often as it likes: a reminder belongs to whoever stores its row. A case that fails does not hold up the others.
pub async fn remind(app: &Arc<App>) -> Result<usize> {
    let (mut after, mut reminded) = (String::new(), 0);
    loop {
        let began = app.clock.now();
        let cases = store::running(&mut app.db.read().await?, "", &after, BATCH).await?;
        let Some((last, _)) = cases.last() else { return Ok(reminded) };
        after.clone_from(last);
        for (_, no) in &cases {
            match remind_of(app, no).await {
                Ok(due) => reminded += usize::from(due),
                Err(error) => tracing::error!(%error, no, "reminding"),
            }
        }
        // Only between whole batches: few cases take no time worth a rest.
        if i64::try_from(cases.len()).is_ok_and(|some| some == BATCH) {
            tokio::time::sleep(app.clock.rest_since(began)).await;
        }
    }
}

/// Reminds of one case; tells whether it had a reminder due.
pub(super) async fn remind_of(app: &Arc<App>, no: &str) -> Result<bool> {
    let mut tx = app.db.read().await?;
    let file = open(app, &mut tx, no).await?;
    let sent = store::sent(&mut tx, &file.record.id).await?;
    drop(tx);
    if due(&file, app.clock.now()).iter().flatten().all(|reminder| sent.contains(&reminder.key)) {
        return Ok(false);
    }
    let (seat, no) = (app.clone(), no.to_owned());
    let work = app.db.write(move |tx| {
        Box::pin(async move {
            let (file, now) = (open(&seat, tx, &no).await?, seat.clock.now());
            let mut is_sent = false;
            for line in due(&file, now) {
                let mut last = None;
                for reminder in line {
                    if store::take(tx, &file.record.id, &reminder.key, now).await? {
                        last = Some(reminder);
                    }
                }
                // Of steps reached together, as where nothing ran for days, the last one says it all.
                if let Some(Reminder { key, to, say }) = last {
                    notices::remind(&seat, tx, &file, &key, to, say).await?;
                    is_sent = true;
                }
            }
            Ok(is_sent)
        })
    });
    work.await
}

async fn open(app: &App, tx: &mut Tx, no: &str) -> Result<File> {
    let record = super::store::find(tx, no).await?.ok_or(AppError::NotFound)?;
    service::open(app, tx, record).await
}

/// For each limit that runs against somebody, the reminders of the steps it has reached.
fn due(file: &File, now: i64) -> Vec<Vec<Reminder>> {
    let (ledger, today) = (file.ledger(now - MORNING_MS), morning(now));
    let feedback = ledger.line(Clock::Feedback).map(|line| (line, Role::Signer));
    let beside = |clock: Clock, main: Clock| ledger.line(clock).filter(|_| ledger.main == Some(main)).zip(ledger.turn);
    // The old certificate's end waits for nobody (行政许可法 art. 50).
    let renewal = ledger.line(Clock::Renewal).zip(ledger.turn).filter(|(_, turn)| turn.party() == Party::Authority);
    // A hearing that was requested is held in time, wherever the case lies.
    let hearing = ledger.line(Clock::Hearing).filter(|_| ledger.main != Some(Clock::Hearing)).zip(ledger.turn);
    let asking = ledger.asking().map(|line| (line, Role::Signer));
    let lines = [
        ledger.main_line().zip(ledger.turn),
        // 公布 and 送达 run side by side; the later one reminds too.
        beside(Clock::Delivery, Clock::Publicity),
        // The rectification lies within the time of the whole review.
        beside(Clock::Review, Clock::Rectification),
        hearing,
        asking,
        renewal,
        feedback,
    ];
    let mut all = Vec::new();
    for (line, to) in lines.into_iter().flatten() {
        let reminders = of_line(line, to, file.calendar(), today);
        all.extend(reminders.last().map(|last| lapsed(line, last)).unwrap_or_default().into_iter().map(|reminder| vec![reminder]));
        all.push(reminders);
    }
    all
}

/// Who at the authority is told where a limit of a unit or an agency has passed, as they may act then, and how.
fn who_may_act(clock: Clock) -> (&'static [Role], Text) {
    match clock {
        Clock::Correction => (&[Role::Acceptance], t("可以视为撤回申请。", "The application may be taken as withdrawn.")),
        Clock::Scheduling => (&[Role::Acceptance, Role::Supervisor], t("可以协调，或者更换评审机构。", "You may step in, or replace the review agency.")),
        Clock::Review => (&[Role::Supervisor, Role::Approver], t("可以督促，或者终止办理。", "You may press for it, or terminate the case.")),
        Clock::Rectification => (
            &[Role::Supervisor, Role::Approver],
            t("可以督促，由监督人员更换评审机构，或者终止办理。", "You may press for it, let the supervisor replace the review agency, or terminate the case."),
        ),
        _ => (&[], Text::NONE),
    }
}

/// What the authority is told beside the last reminder of a line, once its limit has passed.
fn lapsed(line: &Line, last: &Reminder) -> Vec<Reminder> {
    let (roles, may) = who_may_act(line.clock);
    let reminder = |to: &Role| Reminder {
        key: format!("{}/{}", last.key, to.word()),
        to: *to,
        say: say(format!("{}{}", last.say.zh, may.zh), format!("{} {}", last.say.en, may.en)),
    };
    roles.iter().filter(|_| line.overdue).map(reminder).collect()
}

fn of_line(line: &Line, to: Role, calendar: &Calendar, today: Date) -> Vec<Reminder> {
    let Some(last) = line.due.filter(|_| line.standing == Standing::Running) else { return Vec::new() };
    // An extended limit is another one.
    let length = if line.calendar_days { 0 } else { line.of };
    let reminder = |step: Step| Reminder {
        key: format!("remind/{}/{}/{length}/{}", line.clock.word(), line.from, step.word()),
        to,
        say: words(step, line, last, calendar, today),
    };
    Step::of(line.clock).iter().copied().filter(|step| step.is_reached(line, last, calendar, today)).map(reminder).collect()
}

fn words(step: Step, line: &Line, last: Date, calendar: &Calendar, today: Date) -> Say {
    let (label, [zh, en]) = (line.clock.label(), date_words(last));
    let left = calendar.working_days_between(today, last);
    let over = calendar.working_days_between(last, today).max(1);
    let (how_zh, how_en) = match step {
        Step::Half => ("期限已过半".to_owned(), "half of the time has passed".to_owned()),
        Step::Most => ("期限已过八成".to_owned(), "four fifths of the time have passed".to_owned()),
        Step::Few if left == 0 => ("今天到期".to_owned(), "the last day is today".to_owned()),
        Step::Few => (format!("只剩 {left} 个工作日"), format!("{left} working days are left")),
        Step::Over => (format!("已超期 {over} 个工作日"), format!("overdue by {over} working days")),
    };
    say(format!("“{}”{how_zh}，最后一天是{zh}。", label.zh), format!("{}: {how_en}; the last day is {en}.", label.en))
}

/// Limits of open cases whose last day is another one by a calendar that differs in this year. A case that fails does not hide the
/// others.
pub async fn moved(app: &App, tx: &mut Tx, year: i16, calendar: &Arc<Calendar>) -> Result<Vec<Moved>> {
    let (mut after, mut all) = (String::new(), Vec::new());
    loop {
        let cases = store::reaching(tx, &shortly_before(year), &after, BATCH).await?;
        let Some((last, _)) = cases.last() else { return Ok(all) };
        after.clone_from(last);
        for (_, no) in &cases {
            let Ok(file) = open(app, tx, no).await.inspect_err(|error| tracing::error!(%error, no, "reckoning a case by another calendar")) else { continue };
            let now = app.clock.now();
            let (before, after) = (file.ledger(now), file.by(calendar.clone()).ledger(now));
            for line in before.lines.iter().filter(|line| !matches!(line.standing, Standing::Ended { .. })) {
                let after = after.line(line.clock).and_then(|line| line.due);
                if line.due != after {
                    all.push(Moved { no: no.clone(), clock: line.clock, before: line.due, after });
                }
            }
        }
    }
}

/// A limit beside the one that binds whoever's turn it is ends some weeks later at most, but for that of the whole review.
fn shortly_before(year: i16) -> String {
    format!("{:04}-10-01", year - 1)
}

/// Limits that end before a year begins do not know its holidays.
fn first_day(year: i16) -> String {
    format!("{year:04}-01-01")
}

/// Reckons the stored days of one case again.
pub(super) async fn reckon(tx: &mut Tx, file: &File, now: i64) -> Result<()> {
    let (due, wake) = file.days(now);
    store::set_days(tx, &file.record.id, file.record.case.revision, due, wake).await
}

/// Reckons the stored days again of the next open cases that end in this year or later; the last of them, or none if there are
/// no more. A case that fails does not hold up the others: time comes back to it every minute until it is mended.
pub async fn reckon_some(app: &Arc<App>, year: i16, after: &str, most: i64) -> Result<Option<String>> {
    let cases = store::running(&mut app.db.read().await?, &first_day(year), after, most).await?;
    let is_full = i64::try_from(cases.len()).is_ok_and(|found| found >= most);
    let last = cases.last().filter(|_| is_full).map(|(last, _)| last.clone());
    for (_, no) in cases {
        if let Err(error) = reckon_one(app, &no).await {
            tracing::error!(%error, no, "reckoning a case again");
            let now = app.clock.now();
            app.db.write(move |tx| Box::pin(async move { store::wake(tx, &no, now).await })).await?;
        }
    }
    Ok(last)
}

async fn reckon_one(app: &Arc<App>, no: &str) -> Result<()> {
    let (seat, no) = (app.clone(), no.to_owned());
    let work = app.db.write(move |tx| {
        Box::pin(async move {
            let file = open(&seat, tx, &no).await?;
            reckon(tx, &file, seat.clock.now()).await
        })
    });
    work.await
}

/// How many open cases that end in this year or later are still to be reckoned again.
pub async fn left(tx: &mut Tx, year: i16, after: &str) -> Result<i64> {
    store::count_running(tx, &first_day(year), after).await
}
