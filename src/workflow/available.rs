//! What may be done with a case, by whom, in which state, unless what stands against it: one table draws the buttons and
//! guards the service, so the two cannot differ.

use super::action::ActionKind::{self, *};
use super::actor::{Actor, Role, Role::*};
use super::case::Case;
use super::guard::*;
use super::state::{BEFORE_REVIEW, OPEN, State};
use super::{Context, Matter, Refusal, Why, timed};
use crate::base::{say, t};

/// Why an action cannot succeed now, whatever is filled in; `None` if it can.
pub(super) type Guard = fn(&Case, &Actor, &Context) -> Option<Refusal>;

/// One row: in any of these states, whoever is one of these to the case may do this, unless the guard says no.
type Row = (ActionKind, &'static [State], &'static [Role], Guard);

const OFFICIALS: &[Role] = &[Acceptance, Examiner, Approver, Certificate, Supervisor];
const AGENCY: &[Role] = &[AgencyLead, Reviewer];
/// Every state but that of a deleted draft.
const KNOWN: &[State] = &[
    State::Draft,
    State::Submitted,
    State::Correction,
    State::Resubmitted,
    State::Refused,
    State::Accepted,
    State::Entrusted,
    State::Scheduling,
    State::ScheduleReturned,
    State::Scheduled,
    State::UnderReview,
    State::Rectifying,
    State::Reported,
    State::ExamRegistered,
    State::ExamFailed,
    State::Resit,
    State::ExamPassed,
    State::Examining,
    State::Hearing,
    State::PendingApproval,
    State::Granted,
    State::Denied,
    State::Issued,
    State::Withdrawn,
    State::Terminated,
    State::Suspended,
    State::Failed,
    State::Lapsed,
];
/// What officials see: not what a unit has never handed in.
const FILED: &[State] = KNOWN.split_at(1).1;
/// What the agency sees: from the acceptance, which names it; the examination body, from the seat taken there.
const ENTRUSTABLE: &[State] = FILED.split_at(4).1;
const ACCEPTING: &[State] = &[State::Submitted, State::Resubmitted];
const NEGOTIATING: &[State] = &[State::Entrusted, State::Scheduling, State::ScheduleReturned];
const AMENDABLE: &[State] = &[State::Accepted, State::Entrusted, State::Scheduling, State::ScheduleReturned, State::Scheduled];
/// Under rectification, or back from a report that was handed in before it was judged.
const VERIFYING: &[State] = &[State::Rectifying, State::UnderReview];
/// Wherever a case may be once its review was reported, also at rest or at an end without a decision (rulings 14 and 16).
const AFTER_REPORT: &[State] = &[
    State::UnderReview,
    State::Rectifying,
    State::Reported,
    State::Examining,
    State::Hearing,
    State::PendingApproval,
    State::Granted,
    State::Denied,
    State::Issued,
    State::Withdrawn,
    State::Terminated,
    State::Suspended,
];
/// The examination is under way or over, and nothing is decided.
const UNDECIDED: &[State] = &[State::Examining, State::PendingApproval];
const EXPLAINING: &[State] = &[State::Reported, State::Examining, State::Hearing, State::PendingApproval];
/// Signed up for an examination.
const SEATED: &[State] = &[State::ExamRegistered, State::Resit];
/// Past the acceptance: of what was deemed accepted the 受理决定书 may still be owed.
const SITTING: &[State] = &[State::ExamRegistered, State::ExamFailed, State::Resit, State::ExamPassed, State::Examining];
/// Failed, and signed up for the resit or not: signing up takes no right to complain away.
const MARKED: &[State] = &[State::ExamFailed, State::Resit, State::Failed];
/// Signed up, or suspended since.
const HOLDING: &[State] = &[State::ExamRegistered, State::Resit, State::Suspended];
/// 中止: any open state after acceptance.
const SUSPENDABLE: &[State] = &[
    State::Accepted,
    State::Entrusted,
    State::Scheduling,
    State::ScheduleReturned,
    State::Scheduled,
    State::UnderReview,
    State::Rectifying,
    State::Reported,
    State::ExamRegistered,
    State::ExamFailed,
    State::Resit,
    State::ExamPassed,
    State::Examining,
    State::Hearing,
    State::PendingApproval,
];

/// Filing and acceptance, of every case.
const FILING: &[Row] = &[
    (Read, KNOWN, &[Reader], always),
    (Read, FILED, OFFICIALS, always),
    (Edit, &[State::Draft, State::Correction], &[Filler], always),
    (Submit, &[State::Draft], &[Signer], not_banned),
    (Resubmit, &[State::Correction], &[Signer], always),
    (Withdraw, OPEN, &[Signer], always),
    (Delete, &[State::Draft], &[Filler], always),
    (Restore, &[State::Deleted], &[Filler], always),
    (Acknowledge, FILED, &[Reader], always),
    (Accept, ACCEPTING, &[Role::Acceptance], not_banned),
    (RequireCorrection, &[State::Submitted], &[Role::Acceptance], first_notice),
    (RequireCorrection, &[State::Resubmitted], &[Role::Acceptance], consented),
    (AskConsent, &[State::Resubmitted], &[Role::Acceptance], not_asked),
    (Consent, &[State::Resubmitted], &[Supervisor], asked_by_another),
    (Refuse, ACCEPTING, &[Role::Acceptance], always),
    (DeemWithdrawn, &[State::Correction], &[Role::Acceptance], correction_lapsed),
    (ConfirmAcceptance, &[State::Accepted], &[Role::Acceptance], deemed_undocumented),
    (Take, OPEN, OFFICIALS, not_mine),
    (HandOver, OPEN, OFFICIALS, mine),
    (Take, &[State::Granted], OFFICIALS, not_mine),
    (HandOver, &[State::Granted], OFFICIALS, mine),
];

/// 单位许可: the review on site.
const REVIEW: &[Row] = &[
    (Read, ENTRUSTABLE, &[AgencyReader], always),
    (Copy, KNOWN, &[Filler], always),
    (Rechoose, &[State::Draft], &[Filler], always),
    (AmendAcceptance, AMENDABLE, &[Role::Acceptance], documented),
    (Entrust, &[State::Accepted], &[Role::Acceptance, Examiner], agency_named),
    (SkipReview, &[State::Accepted], &[Role::Acceptance, Examiner], review_not_needed),
    (ReplaceAgency, BEFORE_REVIEW, &[Supervisor], always),
    (ReplaceAgency, NEGOTIATING, &[Role::Acceptance], escalated),
    (ReplaceAgency, &[State::UnderReview, State::Rectifying], &[Supervisor], review_time_left),
    (Propose, &[State::Entrusted, State::ScheduleReturned], &[Signer], review_time_left),
    (Propose, &[State::Scheduling], &[Signer], units_turn_in_time),
    (WithdrawProposal, &[State::Scheduling], &[Signer], agencys_turn),
    (Agree, &[State::Scheduling], &[AgencyLead], agency_can_agree),
    (ReturnProposal, &[State::Scheduling], &[AgencyLead], agencys_turn),
    (Counter, &[State::Scheduling], &[AgencyLead], agency_can_offer),
    (AcceptCounter, &[State::Scheduling], &[Signer], counter_possible),
    (CallAuthority, NEGOTIATING, &[Signer, AgencyLead], always),
    (AskReschedule, &[State::Scheduled], &[Signer, AgencyLead], no_wish),
    (AgreeReschedule, &[State::Scheduled], &[Signer, AgencyLead], wish_possible),
    (DeclineReschedule, &[State::Scheduled], &[Signer, AgencyLead], wish_of_the_other),
    (StartReview, &[State::Scheduled], AGENCY, day_has_come),
    (RecordReview, &[State::UnderReview], AGENCY, always),
    (NarrowScope, &[State::UnderReview], &[Signer], items_left),
    (Memo, &[State::UnderReview], &[AgencyLead], memo_possible),
    (SignMemo, &[State::Rectifying], &[Signer], memo_unsigned),
    (Rectify, &[State::Rectifying], &[Signer], memo_signed),
    (VerifyOk, VERIFYING, AGENCY, handed_in),
    (VerifyFail, VERIFYING, AGENCY, handed_in),
    (Report, &[State::UnderReview, State::Rectifying], &[AgencyLead], always),
    (GiveFeedback, AFTER_REPORT, &[Signer], feedback_open),
    (Explain, EXPLAINING, &[AgencyLead], explanation_due),
    (ReceiveReport, &[State::Reported], &[Examiner], always),
    (ReturnReport, &[State::Reported, State::Examining], &[Examiner], reported),
    (AskExplanation, &[State::Reported, State::Examining], &[Examiner], explainable),
];

/// 人员资格认定: practice and examination (spec 4.4, ruling 26).
const EXAMINATION: &[Row] = &[
    (Read, ENTRUSTABLE, &[ExamReader], always),
    (Read, FILED, &[Employer], always),
    (ConfirmPractice, OPEN, &[Employer], unconfirmed),
    (DenyPractice, OPEN, &[Employer], unanswered),
    (CheckPractice, &[State::Examining], &[Examiner], practice_unchecked),
    (ConfirmAcceptance, SITTING, &[Role::Acceptance], deemed_undocumented),
    (SignUp, &[State::Accepted], &[Signer], examinable),
    (SignUp, &[State::ExamFailed], &[Signer], resittable),
    (CancelSignUp, SEATED, &[Signer, ExamOfficer], before_exam),
    (MoveExam, HOLDING, &[ExamOfficer], before_exam),
    (CallOff, HOLDING, &[ExamOfficer], seated),
    (ReportMisconduct, SEATED, &[ExamOfficer], exam_came),
    (PublishMarks, SEATED, &[ExamOfficer], exam_came_undisputed),
    (ComplainMarks, MARKED, &[Signer], complainable),
    (AnswerComplaint, MARKED, &[ExamOfficer], complained),
    (BeginExamination, &[State::Accepted], &[Examiner], not_examined),
    (BeginExamination, &[State::ExamPassed], &[Examiner], documented),
];

/// Examination of the file, decision, certificate, of every case.
const DECIDING: &[Row] = &[
    (ProposeExtension, &[State::Examining], &[Examiner], not_proposed),
    (Extend, UNDECIDED, &[Approver], extendable_by_another),
    (TellHearingRight, &[State::Examining], &[Examiner], right_untold),
    (RequestHearing, UNDECIDED, &[Signer], right_left),
    (RequestHearing, UNDECIDED, &[Examiner], no_hearing_requested),
    (WaiveHearing, UNDECIDED, &[Signer], right_open),
    (OpenHearing, &[State::Examining], &[Examiner], always),
    (CloseHearing, &[State::Hearing], &[Examiner], hearing_came),
    (DraftDecision, &[State::Examining], &[Examiner], always),
    (SendToApproval, &[State::Examining], &[Examiner], drafted),
    (SendBack, &[State::PendingApproval], &[Approver], examined_by_another),
    (Grant, &[State::PendingApproval], &[Approver], draft_grants),
    (Deny, &[State::PendingApproval], &[Approver], draft_denies),
    (Suspend, SUSPENDABLE, &[Approver], always),
    (Resume, &[State::Suspended], &[Approver], always),
    (Terminate, OPEN, &[Approver], always),
    (Issue, &[State::Granted], &[Certificate], always),
    (Deliver, &[State::Denied, State::Issued], &[Certificate, Examiner], not_delivered),
    (Publish, &[State::Granted, State::Issued], &[Certificate], not_published),
];

fn table(matter: Matter) -> impl Iterator<Item = &'static Row> {
    let way = match matter {
        Matter::Unit => REVIEW,
        Matter::Person => EXAMINATION,
    };
    [FILING, way, DECIDING].into_iter().flatten()
}

/// The kinds of action for which something filled in can succeed now.
pub fn available(case: &Case, actor: &Actor, ctx: &Context) -> Vec<ActionKind> {
    let (case, _) = timed::settle(case, ctx);
    ActionKind::ALL.iter().copied().filter(|kind| admit(&case, actor, *kind, ctx).is_ok()).collect()
}

/// Why an action is not available; the same answer as [`available`], for one kind.
pub fn check(case: &Case, actor: &Actor, kind: ActionKind, ctx: &Context) -> Result<(), Refusal> {
    let (case, _) = timed::settle(case, ctx);
    admit(&case, actor, kind, ctx).map(drop)
}

/// As what an actor may do this to a case that time has been done with, or why not.
pub(super) fn admit(case: &Case, actor: &Actor, kind: ActionKind, ctx: &Context) -> Result<Role, Refusal> {
    let mut refusal = Refusal { why: Why::State, say: moved(case, actor) };
    for (_, _, roles, guard) in table(case.matter()).filter(|row| row.0 == kind && row.1.contains(&case.state)) {
        let Some(role) = roles.iter().copied().find(|role| actor.is(*role)) else {
            if refusal.why == Why::State {
                refusal = Refusal { why: Why::Role, say: t("您的账号不能做这项操作。", "Your account may not do this.").into() };
            }
            continue;
        };
        match guard(case, actor, ctx) {
            None => return Ok(role),
            Some(no) => refusal = no,
        }
    }
    Err(refusal)
}

fn moved(case: &Case, actor: &Actor) -> crate::base::Say {
    let label = case.label(actor.side());
    say(
        format!("现在的状态是“{}”，不能再做这项操作；没有改动任何内容。", label.zh),
        format!("This case is now “{}”, so this is no longer possible; nothing was changed.", label.en),
    )
}
