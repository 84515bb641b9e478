//! The letters of a review (鉴定评审): entrustment, 约请函, memo, report, feedback.

use super::{Desk, Written, because, span};
use crate::account::store::find_account;
use crate::base::workdays::legal_date;
use crate::casework::model::Happening;
use crate::casework::store;
use crate::catalogue::Item;
use crate::document::kinds::Contact;
use crate::document::kinds::review::{Appointment, Conclusion as Concluded, Entrustment, Feedback, Memo, Report, periods};
use crate::document::model::Signature;
use crate::error::{AppError, Result};
use crate::server::db::Tx;
use crate::server::files;
use crate::workflow::action::{Conclusion, Satisfaction};
use crate::workflow::clock::Clock;
use crate::workflow::{Action, ActionKind, Party};

/// What a report says.
pub(super) struct Reported<'a> {
    pub(super) conclusion: Conclusion,
    pub(super) findings: &'a [(String, String)],
    pub(super) summary: &'a str,
    pub(super) annexes: &'a [String],
}

impl Desk<'_> {
    /// 评审日期
    fn dates(&self) -> (String, String) {
        self.dossier.case.appointment.as_ref().map(|appointment| span(appointment.window)).unwrap_or_default()
    }

    pub(super) fn entrustment(&self) -> Written {
        let d = &self.dossier;
        let paper = Entrustment {
            case: d.matter(),
            agency: d.agency().0,
            items: d.licence_items(),
            applicant: d.contact(),
            agree_by: self.due(Clock::Scheduling, &d.case),
            report_by: self.due(Clock::Review, &d.case),
        };
        (Box::new(paper), None)
    }

    /// 约请函: one record for the three parties under one number, written anew whenever a side has spoken: what the unit proposes, what the
    /// agency answers, the days agreed.
    pub(super) async fn appointment(&self, tx: &mut Tx, action: &Action) -> Result<Written> {
        let d = &self.dossier;
        let timeline = store::timeline(tx, &self.file.record.id).await?;
        let wish = self.file.record.case.wish.as_ref().map(|wish| vec![wish.window]);
        let offer = d.case.rounds.iter().rev().find(|round| round.by == Party::Unit).map(|round| round.windows.clone());
        let proposed = if matches!(action, Action::AgreeReschedule { .. }) { wish } else { offer };
        let opinion = match action {
            Action::Propose { .. } => String::new(),
            Action::ReturnProposal { reason } => format!("退回：{}", reason.trim()),
            Action::Counter { windows, reason, .. } => {
                let offered: Vec<_> = windows.iter().copied().map(span).collect();
                because(&format!("另提日期：{}", periods(&offered)), reason)
            }
            Action::Agree { .. } => "同意".to_owned(),
            Action::AcceptCounter { .. } => "另提日期，申请单位同意".to_owned(),
            _ => "双方同意改期".to_owned(),
        };
        let (agency, unit) = (("鉴定评审机构负责人", "机构公章"), ("申请单位法定代表（负责）人", "单位公章"));
        let unanswered = || Signature { who: agency.0.to_owned(), seal: agency.1.to_owned(), ..Signature::default() };
        let paper = Appointment {
            case: d.matter(),
            agency: d.agency().0,
            proposed: proposed.unwrap_or_default().into_iter().map(span).collect(),
            address: d.registered(),
            postcode: d.answer("postcode"),
            contact: Contact { name: d.answer("contact"), telephone: d.answer("phone") },
            mobile: d.answer("contact_mobile"),
            fax: d.answer("fax"),
            email: d.answer("email"),
            applicant_signature: self.signature(&timeline, Party::Unit, unit.0, unit.1),
            agreed: d.case.appointment.as_ref().map(|appointment| span(appointment.window)),
            agency_signature: if opinion.is_empty() { unanswered() } else { self.signature(&timeline, Party::Agency, agency.0, agency.1) },
            opinion,
        };
        Ok((Box::new(paper), Some(d.name())))
    }

    /// Who of a side agreed to the days, and when: now, or when it last spoke of them.
    fn signature(&self, timeline: &[Happening], party: Party, who: &str, seal: &str) -> Signature {
        use ActionKind::*;
        let spoke = |happening: &&Happening| {
            happening.role.party() == party
                && matches!(happening.what, Propose | ReturnProposal | Counter | Agree | AcceptCounter | AskReschedule | AgreeReschedule)
        };
        let (name, date) = if self.party == party {
            (self.me(), self.today())
        } else {
            timeline.iter().rev().find(spoke).map(|h| (h.who.clone(), legal_date(h.at).to_string())).unwrap_or_default()
        };
        Signature { who: who.to_owned(), name, seal: seal.to_owned(), date }
    }

    /// 备忘录, as it is issued, or anew under its number once the unit has signed it here; each side with the day it signed.
    pub(super) async fn memo(&self, tx: &mut Tx, action: &Action) -> Result<Written> {
        let d = &self.dossier;
        let now = || (action.clone(), self.today());
        let issued = match action {
            Action::Memo { .. } => Some(now()),
            _ => store::events(tx, &self.file.record.id).await?.into_iter().rev().find(|event| event.action.kind() == ActionKind::Memo).map(|event| {
                let day = event.day().to_string();
                (event.action, day)
            }),
        };
        let Some((Action::Memo { problems, requirements, deadline, agency_signer, unit_signer, .. }, issued_on)) = issued else {
            return Err(AppError::NotFound);
        };
        let signed = |who: &str, name: String, date: String| Signature { who: who.to_owned(), name, seal: String::new(), date };
        let unit = match (action, unit_signer.trim()) {
            (Action::SignMemo, _) => signed("申请单位代表", self.me(), self.today()),
            (_, "") => signed("申请单位代表", String::new(), String::new()),
            (_, name) => signed("申请单位代表", name.to_owned(), issued_on.clone()),
        };
        let paper = Memo {
            case: d.matter(),
            agency: d.agency().0,
            dates: self.dates(),
            problems: problems
                .into_iter()
                .enumerate()
                .map(|(n, problem)| (problem, requirements.get(n).cloned().unwrap_or_else(|| "限期整改，提供见证材料".to_owned())))
                .collect(),
            until: deadline.to_string(),
            signatures: vec![unit, signed("评审组组长", agency_signer, issued_on)],
        };
        Ok((Box::new(paper), Some(d.agency().0)))
    }

    /// The items given up on the unit's written request during the review (TSG 07-2019 3.4.2).
    async fn narrowed(&self, tx: &mut Tx) -> Result<String> {
        let mut given_up = Vec::new();
        for event in store::events(tx, &self.file.record.id).await? {
            if let Action::NarrowScope { items, .. } = event.action {
                given_up.extend(items);
            }
        }
        let names: Vec<String> = self.dossier.left_out.iter().filter(|item| given_up.contains(&item.id)).map(Item::label).collect();
        Ok(names.join("、"))
    }

    pub(super) async fn report(&self, tx: &mut Tx, found: Reported<'_>) -> Result<Written> {
        let Reported { conclusion, findings, summary, annexes } = found;
        let d = &self.dossier;
        let mut team = Vec::new();
        for (at, id) in d.case.appointment.iter().flat_map(|appointment| &appointment.reviewers).enumerate() {
            let name = find_account(tx, id).await?.map_or_else(|| id.clone(), |account| account.person_name);
            team.push((name, if at == 0 { "组长" } else { "组员" }.to_owned()));
        }
        let summary = (!summary.trim().is_empty()).then(|| ("总体情况".to_owned(), summary.to_owned()));
        let problems = d.case.rectification.as_ref().map(|r| (r.problems.join("；"), if r.confirmed { "已经整改并确认" } else { "整改未经确认" }));
        let signed = |who: &str, name: String, seal: &str| Signature { who: who.to_owned(), name, seal: seal.to_owned(), date: self.today() };
        let leader = team.first().map(|(name, _)| name.clone()).unwrap_or_default();
        let paper = Report {
            case: d.matter(),
            agency: d.agency().0,
            dates: self.dates(),
            items: d.licence_items(),
            narrowed: self.narrowed(tx).await?,
            findings: findings.iter().cloned().chain(summary).collect(),
            rectification: problems.map(|(problems, state)| format!("{problems}；{state}。")).unwrap_or_default(),
            conclusion: match conclusion {
                Conclusion::Meets => Concluded::Fit,
                Conclusion::MeetsAfterRectification => Concluded::FitAfterRectification,
                Conclusion::DoesNotMeet => Concluded::Unfit,
            },
            annexes: files::store::find_all(tx, annexes).await?.into_iter().map(|file| file.name).collect(),
            signatures: vec![signed("评审组组长", leader, ""), signed("鉴定评审机构负责人", self.me(), "机构公章")],
            team,
        };
        Ok((Box::new(paper), Some(d.agency().0)))
    }

    pub(super) fn feedback(&self, answers: &crate::workflow::action::Feedback) -> Written {
        let d = &self.dossier;
        let answer = |said: Option<&String>| said.map_or_else(|| ("没有".to_owned(), String::new()), |what| ("有".to_owned(), what.clone()));
        let satisfied = match answers.satisfaction {
            Satisfaction::Satisfied => "满意",
            Satisfaction::Mostly => "基本满意",
            Satisfaction::Dissatisfied => "不满意",
        };
        let [one, two, three] = [&answers.misconduct, &answers.departure, &answers.unfairness].map(|said| answer(said.as_ref()));
        let paper = Feedback {
            case: d.matter(),
            agency: d.agency().0,
            dates: span(answers.period),
            category: answers.categories.join("、"),
            reviewers: answers.reviewers.clone(),
            answers: [one, two, three, (satisfied.to_owned(), answers.note.clone())],
            signature: Signature { who: "填写人".to_owned(), name: self.me(), seal: "单位公章".to_owned(), date: self.today() },
        };
        (Box::new(paper), Some(d.name()))
    }
}
