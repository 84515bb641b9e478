//! Who is told of what, and in which words. Pure. The agency is never told of the feedback (spec 1.3), nor the applicant of
//! what officials note among themselves.

use crate::base::workdays::date_words;
use crate::base::{Lang, Say, Text, say, t};
use crate::workflow::action::Ground;
use crate::workflow::{Action, ActionKind, Case, Ledger, Matter, Party, Role, State};

/// Whoever is told of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The applicant: whoever handed it in, and the owner of its account.
    Unit,
    /// Whoever leads the agency named, or the examination body.
    Agency,
    /// The agency named until now.
    FormerAgency,
    /// Officials with this duty, or the one of them who has the case.
    Duty(Role),
    /// Officials who worked on it, or have to do so next.
    AtWork,
    /// The person the action names.
    Named,
    /// Whoever answers for the practising units asked.
    Employers,
}

impl Who {
    fn is(self, role: Role) -> bool {
        match self {
            Who::Duty(duty) => duty == role,
            Who::Unit => role == Role::Signer,
            Who::Agency => matches!(role, Role::AgencyLead | Role::ExamOfficer),
            Who::Employers => role == Role::Employer,
            Who::FormerAgency | Who::AtWork | Who::Named => false,
        }
    }
}

const ACCEPTANCE: Who = Who::Duty(Role::Acceptance);
const EXAMINER: Who = Who::Duty(Role::Examiner);
const APPROVER: Who = Who::Duty(Role::Approver);
const CERTIFICATE: Who = Who::Duty(Role::Certificate);
const SUPERVISOR: Who = Who::Duty(Role::Supervisor);

/// Who is told of an event; `by` is as what it was done.
pub fn audience(kind: ActionKind, action: &Action, by: Role) -> &'static [Who] {
    use ActionKind::*;
    match kind {
        // Notes, drafts, and what only opens a door.
        Create | CreatePerson | CreateCopy | Read | Edit | Copy | Rechoose | Delete | Restore | Take | RecordReview | CheckPractice | DraftDecision
        | Acknowledge => &[],
        Submit | Resubmit => &[Who::Unit, Who::Employers, ACCEPTANCE],
        ConfirmPractice | DenyPractice => &[Who::Unit, ACCEPTANCE, EXAMINER],
        SignUp | ComplainMarks => &[Who::Agency],
        CancelSignUp if by.party() == Party::Unit => &[Who::Agency],
        // Whoever was told of 作弊 is told that it was none.
        AnswerComplaint if lifts_cheating(action) => &[Who::Unit, Who::Employers],
        CancelSignUp | MoveExam | CallOff | AnswerComplaint | BeginExamination => &[Who::Unit],
        // The practising unit is told of 作弊 (TSG Z8001-2019 annex D), not of 违纪.
        ReportMisconduct if matches!(action, Action::ReportMisconduct { subject: None, .. }) => &[Who::Unit, Who::Employers],
        ReportMisconduct => &[Who::Unit],
        PublishMarks => &[Who::Unit, EXAMINER],
        Lapse => &[Who::Unit, ACCEPTANCE],
        Withdraw | Terminate => &[Who::Unit, Who::Employers, Who::Agency, ACCEPTANCE, Who::AtWork],
        Refuse => &[Who::Unit, Who::Employers],
        RequireCorrection | DeemWithdrawn => &[Who::Unit],
        DeemAccepted => &[Who::Unit, ACCEPTANCE, SUPERVISOR],
        AskConsent => &[SUPERVISOR],
        Consent => &[ACCEPTANCE],
        // An examination body waits for no letter.
        ConfirmAcceptance if matches!(action, Action::ConfirmAcceptance { agency: None, .. }) => &[Who::Unit],
        // The agency is told of the acceptance at the same time as the applicant (TSG 07-2019 3.3.1).
        Accept | ConfirmAcceptance | AmendAcceptance | Entrust | Agree | AcceptCounter | ExpireProposal | ReceiveReport => &[Who::Unit, Who::Agency],
        Suspend | Resume => &[Who::Unit, Who::Agency, Who::AtWork],
        SkipReview => &[Who::Unit, EXAMINER],
        ReplaceAgency => &[Who::Unit, Who::Agency, Who::FormerAgency],
        HandOver => &[Who::Named],
        Propose | WithdrawProposal | SignMemo | Rectify => &[Who::Agency],
        ReturnProposal | Counter | StartReview | Memo | VerifyOk | VerifyFail | TellHearingRight | CloseHearing | OpenHearing | Issue | Deliver | Publish => {
            &[Who::Unit]
        }
        CallAuthority => &[ACCEPTANCE, SUPERVISOR],
        Escalate => &[Who::Unit, Who::Agency, ACCEPTANCE, SUPERVISOR],
        AskReschedule | AgreeReschedule | DeclineReschedule if by.party() == Party::Unit => &[Who::Agency],
        AskReschedule | AgreeReschedule | DeclineReschedule => &[Who::Unit],
        NarrowScope => &[Who::Agency, EXAMINER],
        Report => &[Who::Unit, EXAMINER],
        GiveFeedback if is_alert(action) => &[SUPERVISOR],
        GiveFeedback => &[],
        ReturnReport | AskExplanation => &[Who::Agency],
        Explain => &[EXAMINER],
        ProposeExtension | SendToApproval => &[APPROVER],
        Extend => &[Who::Unit, EXAMINER],
        // It comes before the decision, so whoever decides is told as well.
        RequestHearing if by.party() == Party::Unit => &[EXAMINER, APPROVER],
        RequestHearing => &[Who::Unit, APPROVER],
        WaiveHearing => &[EXAMINER, APPROVER],
        SendBack => &[EXAMINER],
        Grant | Deny => &[Who::Unit, Who::Employers, CERTIFICATE],
    }
}

fn lifts_cheating(action: &Action) -> bool {
    matches!(action, Action::AnswerComplaint { lifted, .. } if lifted.iter().any(|one| one.subject.is_none()))
}

/// Whether also whoever does it is told, as a receipt.
pub fn is_receipt(kind: ActionKind) -> bool {
    matches!(kind, ActionKind::Submit | ActionKind::Resubmit)
}

/// Whether the supervisors are alerted: a limit passed in silence, a date not agreed in time, a bad answer in the feedback.
pub fn is_alert(action: &Action) -> bool {
    match action {
        Action::DeemAccepted { .. } | Action::Escalate => true,
        Action::GiveFeedback { answers } => answers.is_bad(),
        _ => false,
    }
}

/// What happened, in plain words, for whoever reads it.
pub fn words(action: &Action, agency: &str, who: Who, matter: Matter) -> Say {
    match action {
        Action::Submit { .. } | Action::Resubmit { .. } if who == Who::Employers => t(
            "填报的执业单位是贵单位，请确认该人员是否在贵单位执业；换执业单位的，请原单位确认同意。没有确认的，不能准予。",
            "your unit is named as where this person practises, or did before a change. Please confirm it or deny it; without confirmation it cannot be granted.",
        )
        .into(),
        Action::PublishMarks { .. } => {
            let marks = action.told();
            say(format!("考试成绩已公布。{}。", marks.zh.replace('\n', "；")), format!("the marks are published. {}.", marks.en.replace('\n', "; ")))
        }
        Action::ReportMisconduct { .. } => {
            let told = action.told();
            say(format!("考试机构报告：{}。", told.zh.replace('\n', "；")), format!("the examination body reports: {}.", told.en.replace('\n', "; ")))
        }
        Action::AnswerComplaint { .. } if who == Who::Employers => {
            t("考试机构撤销了该人员的作弊记录。", "the examination body has taken back what it recorded as cheating.").into()
        }
        Action::SignUp { day, .. } => {
            let [zh, en] = date_words(*day);
            say(format!("报名参加{zh}的考试。"), format!("signed up for the examination on {en}."))
        }
        Action::MoveExam { day, place, reason, .. } => {
            let [zh, en] = date_words(*day);
            say(
                format!("考试改为{zh}，在{place}（{reason}）。准考证已换发；不能参加的，请在考试日期前取消报名，另选场次。"),
                format!(
                    "the examination is now on {en}, {place} ({reason}). A new admission slip was issued; if you cannot come, give the seat up before the day."
                ),
            )
        }
        Action::CallOff { reason } => say(
            format!("您报名的考试场次已取消（{reason}），准考证作废。请另选场次报名。"),
            format!("the examination you signed up for is called off ({reason}); the admission slip is void. Please sign up for another session."),
        ),
        Action::Lapse => t(
            "考试科目没有在期限内全部合格，申请失效；需要资格的，可以重新申请。",
            "not all subjects were passed in time, so the application has lapsed; a new one may be filed.",
        )
        .into(),
        Action::Accept { agency: Some(_), .. } | Action::ConfirmAcceptance { agency: Some(_), .. } => {
            say(format!("已受理，鉴定评审机构为{agency}。"), format!("accepted; {agency} will review it."))
        }
        Action::Accept { agency: None, .. } => t("已受理。", "accepted.").into(),
        Action::RequireCorrection { marks, .. } => {
            let n = marks.len();
            say(format!("有 {n} 处需要补正，请查看补齐补正告知书。"), format!("{n} places are to be corrected, as the correction notice says."))
        }
        Action::Refuse { ground, .. } => {
            let (_, _, ground) = Ground::ALL[*ground as usize];
            say(
                format!("不予受理（{}）。理由和救济途径见不予受理决定书。", ground.zh),
                format!("not accepted ({}). The decision says why, and what you can do about it.", ground.en),
            )
        }
        Action::DeemAccepted { on } => {
            let [zh, en] = date_words(*on);
            say(
                format!("审批机关逾期没有告知是否受理，依照行政许可法第三十二条，自{zh}起视为受理。"),
                format!("the limit passed without a notice, so by law (行政许可法 art. 32) it counts as accepted from {en}."),
            )
        }
        Action::Entrust => say(format!("鉴定评审已委托{agency}。"), format!("the review was entrusted to {agency}.")),
        Action::ReplaceAgency { reason, .. } => {
            say(format!("鉴定评审机构更换为{agency}（{reason}）。"), format!("the review agency is now {agency} ({reason})."))
        }
        Action::Agree { window, .. } | Action::AcceptCounter { window } => {
            let days = window.said();
            say(format!("评审时间已定：{}。", days.zh), format!("the review is on {}.", days.en))
        }
        Action::Propose { windows } | Action::Counter { windows, .. } => {
            let days: Vec<Say> = windows.iter().map(|window| window.said()).collect();
            let join = |sep: &str, lang| days.iter().map(|day| day.get(lang)).collect::<Vec<_>>().join(sep);
            say(format!("对方提出的评审时间：{}。", join("；", Lang::Zh)), format!("the other side offers {}.", join("; ", Lang::En)))
        }
        Action::AskReschedule { window, reason, .. } => {
            let days = window.said();
            say(format!("对方申请把评审改到{}（{reason}）。", days.zh), format!("the other side asks for {} instead ({reason}).", days.en))
        }
        Action::Memo { problems, deadline, unit_signer, .. } => {
            let (n, [zh, en]) = (problems.len(), date_words(*deadline));
            let sign = if unit_signer.is_empty() { t("请先签署备忘录。", " Please sign it first.") } else { Text::NONE };
            say(
                format!("评审备忘录列出 {n} 个问题，请在{zh}前完成整改。{}", sign.zh),
                format!("the memo of the review lists {n} problems to rectify by {en}.{}", sign.en),
            )
        }
        Action::GiveFeedback { .. } => {
            t("申请单位在评审反馈表中反映了问题，请核查。", "the applicant’s feedback on the review reports a problem; please look into it.").into()
        }
        Action::Report { conclusion, .. } => {
            let conclusion = conclusion.label();
            say(
                format!("评审报告已提交，结论为“{}”。申请单位可以填写评审反馈表。", conclusion.zh),
                format!("the review was reported: {}. The applicant may give feedback.", conclusion.en),
            )
        }
        Action::OpenHearing { on, place } => {
            let [zh, en] = date_words(*on);
            say(format!("{zh}在{place}举行听证，请参加。"), format!("a hearing is held on {en}, {place}; please attend."))
        }
        Action::Deny { .. } => {
            let what = if matter == Matter::Person { "qualification" } else { "licence" };
            say("决定不予行政许可。理由和救济途径见决定书。", format!("the {what} was denied. The decision says why, and what you can do about it."))
        }
        // What else was said is read in the case; a message stays short.
        other => {
            let (happened, reason) = (other.kind().words_of(matter).1, other.reason());
            if reason.is_empty() {
                say(format!("{}。", happened.zh), format!("{}.", happened.en))
            } else {
                say(format!("{}（{reason}）。", happened.zh), format!("{} ({reason}).", happened.en))
            }
        }
    }
}

/// What is to be done next, by when, for whoever reads it.
pub fn next(ledger: &Ledger, case: &Case, who: Who) -> Say {
    let Some(turn) = ledger.turn.filter(|_| who != Who::Employers) else { return say("", "") };
    let (state, line, what) = (case.state, ledger.main_line(), &ledger.todo);
    // Where the time for a resit is over, the clock that binds says nothing of what is left to do.
    let due = line.filter(|line| state != State::ExamFailed || !line.overdue).and_then(|line| line.due).map(date_words);
    if who.is(turn) {
        let [zh, en] = due.map_or_else(Default::default, |[zh, en]| [format!("，最后一天是{zh}"), format!(" by {en}")]);
        return say(format!("请{}{zh}。", what.zh), format!("Please {}{en}.", what.en));
    }
    let [zh, en] = due.map_or_else(Default::default, |[zh, en]| [format!("，最后一天是{zh}"), format!(", by {en}")]);
    let party = turn.party().label();
    let then = say(format!("下一步由{}{}{zh}。", party.zh, what.zh), format!("Next, the {} has to {}{en}.", party.en.to_lowercase(), what.en));
    // Whose turn it is not may have a right to use all the same.
    match ledger.asking().and_then(|line| line.due).filter(|_| who == Who::Unit).map(date_words) {
        Some([zh, en]) => say(format!("要求听证的，最后一天是{zh}。{}", then.zh), format!("A hearing can be asked for until {en}. {}", then.en)),
        None => then,
    }
}
