//! The letters an act owes (文书, spec 6): written in the change that does it, so that neither is without the other.

pub mod preview;
mod review;

use self::review::Reported;
use super::dossier::Dossier;
use super::service::File;
use crate::application::book::{pages, places::words};
use crate::base::workdays::legal_date;
use crate::catalogue::Item;
use crate::document::kinds::Contact;
use crate::document::kinds::Paper;
use crate::document::kinds::acceptance::{Acceptance, Correction, Defect, NonAcceptance};
use crate::document::kinds::decision::{Denial, Extension, Grant, Stop, Turn};
use crate::document::kinds::hearing::{Hearing, Right};
use crate::document::model::Kind;
use crate::document::service::{issue, issue_letter, newest_number};
use crate::error::Result;
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::workflow::action::{Amended, Ground, Mark, Window};
use crate::workflow::clock::{Clock, due};
use crate::workflow::person::PersonKind;
use crate::workflow::{Action, ActionKind, Case, Event, Party, Start};

/// How long a certificate is valid (TSG 07-2019 1.5).
pub(super) const YEARS: u8 = 4;

/// A paper, and whose it is if not the authority's.
type Written = (Box<dyn Paper + Send + Sync>, Option<String>);

/// Somebody at work on a letter.
struct Desk<'a> {
    visit: &'a Visit,
    file: &'a File,
    dossier: Dossier,
    /// The side that acts.
    party: Party,
}

/// Writes what the act owes, whose events have not been kept yet; the ids of the documents. `file` is the case before it.
pub async fn write(visit: &Visit, tx: &mut Tx, file: &File, events: &[Event], action: &Action) -> Result<Vec<String>> {
    if !owes(action.kind()) {
        return Ok(Vec::new());
    }
    let desk = Desk::after(visit, tx, file, file.record.case.clone(), events).await?;
    let Some((paper, issuer)) = desk.paper(tx, action).await? else { return Ok(Vec::new()) };
    let parties = desk.dossier.parties(issuer);
    let issued = match number_kept(tx, file, action).await? {
        Some(number) => issue(tx, &visit.app, &parties, number, paper.as_ref()).await?,
        None => issue_letter(tx, &visit.app, &parties, paper.as_ref()).await?,
    };
    Ok(vec![issued.id])
}

/// The number of the letter that is written anew: an amended decision is the same one (ruling 16), and so are the 约请函 between a unit
/// and an agency (spec 2.19) and the memo that the other side signs.
async fn number_kept(tx: &mut Tx, file: &File, action: &Action) -> Result<Option<String>> {
    let (kind, agency) = match action {
        Action::AmendAcceptance { .. } => (Kind::Acceptance, None),
        Action::Propose { .. }
        | Action::ReturnProposal { .. }
        | Action::Counter { .. }
        | Action::Agree { .. }
        | Action::AcceptCounter { .. }
        | Action::AgreeReschedule { .. } => (Kind::Appointment, file.record.case.agency.as_deref()),
        Action::SignMemo => (Kind::Memo, None),
        _ => return Ok(None),
    };
    newest_number(tx, &file.record.no, kind, agency).await
}

/// Whether an act owes a letter. The receipt of a submission and certificates are made where their content is.
fn owes(kind: ActionKind) -> bool {
    use ActionKind::*;
    matches!(
        kind,
        Accept
            | ConfirmAcceptance
            | AmendAcceptance
            | RequireCorrection
            | Refuse
            | Entrust
            | ReplaceAgency
            | Propose
            | ReturnProposal
            | Counter
            | Agree
            | AcceptCounter
            | AgreeReschedule
            | Memo
            | SignMemo
            | Report
            | GiveFeedback
            | Extend
            | TellHearingRight
            | OpenHearing
            | Grant
            | Deny
            | Withdraw
            | DeemWithdrawn
            | Terminate
            | Suspend
            | Resume
    )
}

fn because(what: &str, reason: &str) -> String {
    if reason.trim().is_empty() { what.to_owned() } else { format!("{what}（{}）", reason.trim().trim_end_matches('。')) }
}

fn span(window: Window) -> (String, String) {
    (window.from.to_string(), window.to.to_string())
}

impl<'a> Desk<'a> {
    /// With the case as these events leave it, by whoever does the last of them.
    async fn after(visit: &'a Visit, tx: &mut Tx, file: &'a File, mut case: Case, events: &[Event]) -> Result<Desk<'a>> {
        events.iter().for_each(|event| case.apply(event));
        let party = events.last().map_or(Party::System, |event| event.role.party());
        Ok(Desk { visit, file, dossier: Dossier::read(visit, tx, file, case).await?, party })
    }
}

impl Desk<'_> {
    /// The letter of an act; none if it owes none.
    async fn paper(&self, tx: &mut Tx, action: &Action) -> Result<Option<Written>> {
        Ok(Some(match action {
            Action::Accept { .. } | Action::ConfirmAcceptance { .. } => self.acceptance(""),
            Action::AmendAcceptance { changes, items, amended, .. } => self.acceptance(&self.amended(changes, items, amended)),
            Action::RequireCorrection { marks, cause, .. } => self.correction(marks, cause),
            Action::Refuse { ground, reason, right_authority } => self.refusal(*ground, reason, right_authority),
            Action::Entrust | Action::ReplaceAgency { .. } => self.entrustment(),
            Action::Propose { .. }
            | Action::ReturnProposal { .. }
            | Action::Counter { .. }
            | Action::Agree { .. }
            | Action::AcceptCounter { .. }
            | Action::AgreeReschedule { .. } => self.appointment(tx, action).await?,
            Action::Memo { .. } | Action::SignMemo => self.memo(tx, action).await?,
            Action::Report { conclusion, findings, summary, files } => {
                self.report(tx, Reported { conclusion: *conclusion, findings, summary, annexes: files }).await?
            }
            Action::GiveFeedback { answers } => self.feedback(answers),
            Action::Extend { reason } => self.extension(reason),
            Action::TellHearingRight { reason } => self.hearing_right(reason),
            Action::OpenHearing { on, place } => (Box::new(Hearing { case: self.dossier.matter(), on: on.to_string(), place: place.clone() }) as _, None),
            Action::Grant { .. } => (Box::new(Grant { case: self.dossier.matter(), items: self.dossier.applied_for(), validity: self.validity() }) as _, None),
            Action::Deny { reason, .. } => self.denial(reason, action.is_for_false_data()),
            Action::Withdraw { reason } => self.stop(Turn::Terminated, &because(&format!("{}撤回申请", self.you()), reason)),
            Action::DeemWithdrawn { reason } => self.stop(Turn::Terminated, &because(&format!("{}逾期未补正，视为撤回申请", self.you()), reason)),
            Action::Terminate { reason } => self.stop(Turn::Terminated, reason),
            Action::Suspend { reason } => self.stop(Turn::Suspended, reason),
            Action::Resume { reason } => self.stop(Turn::Resumed, reason),
            _ => return Ok(None),
        }))
    }

    fn today(&self) -> String {
        legal_date(self.visit.now()).to_string()
    }

    fn me(&self) -> String {
        self.visit.caller.as_ref().map(|caller| caller.person_name.clone()).unwrap_or_default()
    }

    fn you(&self) -> &'static str {
        if self.dossier.is_person() { "你" } else { "你单位" }
    }

    /// How long what is granted will be valid. A change leaves that as it is.
    fn validity(&self) -> String {
        match (&self.dossier.case.person, self.dossier.codes.first()) {
            (Some(person), _) if person.kind == PersonKind::Move => "不变".to_owned(),
            (_, Some(code)) => format!("{} 年，按月计算", self.dossier.validity.years(code.group)),
            _ if self.dossier.follows().is_some() => format!("自原许可证有效期届满的次日起 {YEARS} 年"),
            _ => format!("自发证之日起 {YEARS} 年"),
        }
    }

    /// The last day of a clock of a case; empty while it has none.
    fn due(&self, clock: Clock, case: &Case) -> String {
        due(clock, case, &self.file.facts, self.file.ctx(self.visit.now()).calendar).map(|day| day.to_string()).unwrap_or_default()
    }

    /// The day the last book was received.
    fn received_on(&self) -> String {
        self.dossier.case.run(Clock::Acceptance).map(|run| run.from.to_string()).unwrap_or_default()
    }

    /// What an amendment says, with what is corrected of the applicant and the names of what is left out.
    fn amended(&self, changes: &str, items: &[String], amended: &Amended) -> String {
        let left_out: Vec<String> = self.dossier.left_out.iter().filter(|item| items.contains(&item.id)).map(Item::label).collect();
        let besides = [
            ("单位名称改为", amended.name.clone()),
            ("住所改为", amended.registered.clone()),
            ("制造、充装、办公地址改为", amended.addresses.join("、")),
            ("不再申请：", left_out.join("、")),
        ];
        let besides: Vec<String> = besides.into_iter().filter(|(_, to)| !to.is_empty()).map(|(what, to)| format!("；{what}{to}")).collect();
        if besides.is_empty() { changes.to_owned() } else { format!("{}{}", changes.trim().trim_end_matches('。'), besides.concat()) }
    }

    fn acceptance(&self, changes: &str) -> Written {
        let d = &self.dossier;
        let accepted = d.case.acceptance.as_ref();
        let months = i32::try_from(self.file.facts.limits.review_months).unwrap_or(0);
        let ends = accepted.filter(|_| d.agency.is_some()).and_then(|a| self.file.ctx(self.visit.now()).calendar.add_months(a.on, months));
        let (agency, agency_contact) = d.agency();
        let paper = Acceptance {
            case: d.matter(),
            legal_representative: d.answer("legal_rep"),
            address: d.registered(),
            identity: d.identity(),
            practice: d.practice(),
            items: d.applied_for(),
            handler: d.contact(),
            received: d.received(),
            limit_days: self.file.facts.limits.decide,
            from_receipt: self.file.facts.limits.decide_from == Start::Receipt,
            agency,
            agency_contact,
            review_until: ends.map(|day| day.to_string()).unwrap_or_default(),
            exam_until: self.due(Clock::Examination, &d.case),
            exam_rule: if d.is_person() { d.rule("") } else { String::new() },
            deemed: accepted.is_some_and(|a| a.deemed),
            changes: changes.to_owned(),
        };
        (Box::new(paper), None)
    }

    fn correction(&self, marks: &[Mark], cause: &str) -> Written {
        let d = &self.dossier;
        let book = pages(&d.entry.category, &d.entry.kind);
        let defect = |mark: &Mark| {
            let place = words(&book, &mark.path, |table| d.rows(table)).zh.into_owned();
            let (page, field) = place.split_once(" · ").map_or((String::new(), place.clone()), |(page, field)| (page.to_owned(), field.to_owned()));
            Defect { page, field, requirement: mark.text.clone() }
        };
        let paper = Correction {
            case: d.matter(),
            received: self.received_on(),
            defects: marks.iter().map(defect).collect(),
            until: self.due(Clock::Correction, &d.case),
            contact: Contact { name: self.me(), telephone: self.file.telephone.clone() },
            cause: if d.case.corrections > 1 { cause.to_owned() } else { String::new() },
        };
        (Box::new(paper), None)
    }

    fn refusal(&self, ground: Ground, reason: &str, right_authority: &str) -> Written {
        let words = Ground::ALL[ground as usize].2.zh;
        let basis = match ground {
            Ground::NoPermitNeeded => "《中华人民共和国行政许可法》第三十二条第一款第一项".to_owned(),
            Ground::OtherAuthority => "《中华人民共和国行政许可法》第三十二条第一款第二项".to_owned(),
            Ground::FalseData => "《中华人民共和国行政许可法》第七十八条".to_owned(),
            Ground::Banned if self.dossier.is_person() => "《中华人民共和国行政许可法》第七十九条".to_owned(),
            Ground::Banned | Ground::OutsideScope => self.dossier.rule("第3.3.3条"),
        };
        let paper = NonAcceptance {
            case: self.dossier.matter(),
            received: self.received_on(),
            reason: format!("{words}：{reason}"),
            basis,
            competent: right_authority.to_owned(),
        };
        (Box::new(paper), None)
    }

    fn extension(&self, reason: &str) -> Written {
        let paper = Extension {
            case: self.dossier.matter(),
            old_limit: self.due(Clock::Decision, &self.file.record.case),
            new_limit: self.due(Clock::Decision, &self.dossier.case),
            days: self.file.facts.limits.extend,
            reason: reason.to_owned(),
        };
        (Box::new(paper), None)
    }

    fn hearing_right(&self, reason: &str) -> Written {
        let limits = &self.file.facts.limits;
        let paper = Right {
            case: self.dossier.matter(),
            reason: reason.to_owned(),
            until: self.due(Clock::HearingRequest, &self.dossier.case),
            days: limits.hearing_request,
            held_in: limits.hearing,
        };
        (Box::new(paper), None)
    }

    fn denial(&self, reason: &str, false_data: bool) -> Written {
        let law = if false_data { "《中华人民共和国行政许可法》第七十八条、" } else { "" };
        let reasons = reason.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        (Box::new(Denial { case: self.dossier.matter(), reasons, basis: format!("{law}{}", self.dossier.rule("第3.5条")) }), None)
    }

    fn stop(&self, turn: Turn, reason: &str) -> Written {
        (Box::new(Stop { case: self.dossier.matter(), turn, reason: reason.to_owned() }), None)
    }
}
