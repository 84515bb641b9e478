//! One step of a case: who may, on what is filled in, and what then happened. Pure; the same table as the buttons.

mod hearing;
mod schedule;

use self::hearing::need_hearing;
use self::schedule::{need_manned, need_offered, need_reviewers, need_sent, need_windows};
use super::action::{Action, ActionKind, Conclusion, Feedback, Ground, Mark, Satisfaction, Score, meets};
use super::actor::Actor;
use super::available::admit;
use super::case::Case;
use super::event::Event;
use super::guard::{booked, is_free, is_unproven, review_ends};
use super::person::{Misconduct, is_named};
use super::sitting::exam_ends;
use super::state::State;
use super::timed::{is_times, settle};
use super::{Context, Refusal, Review};
use crate::base::{Text, say, t};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What happens when somebody does this now: what time has brought first, then the action. An action that only opens a
/// door leaves no event of its own.
pub fn step(case: &Case, actor: &Actor, action: &Action, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    let (case, mut events) = settle(case, ctx);
    let kind = action.kind();
    if is_times(kind) {
        // Time has done it, or it is not due.
        return Err(Refusal::rule(t("这一步由系统按期限进行。", "This step is done by the system when its time comes.")));
    }
    let role = admit(&case, actor, kind, ctx)?;
    judge(&case, actor, action, ctx)?;
    if !kind.event_word().is_empty() {
        events.push(Event { at: ctx.now, by: actor.account.clone(), role, action: action.clone() });
    }
    Ok(events)
}

fn need(holds: bool, text: Text) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(Refusal::payload(text)) }
}

fn need_reason(text: &str) -> Result<(), Refusal> {
    need(!text.trim().is_empty(), t("请写明理由。", "Give the reason."))
}

fn need_file(files: &[String]) -> Result<(), Refusal> {
    need(files.iter().any(|file| !file.is_empty()), t("请上传文件。", "Attach the file."))
}

/// Judges what is filled in.
fn judge(case: &Case, actor: &Actor, action: &Action, ctx: &Context) -> Result<(), Refusal> {
    use Action::*;
    match action {
        Submit { version, .. } => need_version(case, *version),
        Resubmit { version, done, .. } => {
            need_version(case, *version)?;
            need(case.marks.iter().all(|mark| done.contains(&mark.path)), t("还有没有标明“已修改”的问题。", "Some points are not ticked as corrected yet."))
        }
        Accept { agency, checked } | ConfirmAcceptance { agency, checked } => {
            need(ctx.facts.points.iter().all(|point| checked.contains(point)), unchecked(action.kind()))?;
            need_agency(agency.as_deref(), ctx)
        }
        RequireCorrection { marks, cause, .. } => {
            need(
                !marks.is_empty() && marks.iter().all(is_whole),
                t("请标出需要补正的内容，并逐条写明问题。", "Mark what to correct and say what is wrong with each."),
            )?;
            if case.corrections == 0 {
                return Ok(());
            }
            need_reason(cause)?;
            need_new(marks, ctx)
        }
        Refuse { ground, reason, right_authority } => {
            need_reason(reason)?;
            need(
                *ground != Ground::OtherAuthority || !right_authority.trim().is_empty(),
                t("不属于本机关职权范围的，应当告知申请人向哪个机关申请。", "Name the authority the applicant should apply to."),
            )
        }
        AmendAcceptance { changes, agency, items, .. } => {
            need_reason(changes)?;
            need(
                items.is_empty() || leaves_some(items, case, ctx),
                t("请选择不再申请的项目，并至少保留一项。", "Choose what is applied for no longer, and keep at least one item."),
            )?;
            let renamed = agency.is_some();
            need(!renamed || case.state == State::Accepted, t("委托后要换评审机构，请用“更换评审机构”。", "After entrustment, use “replace the agency”."))?;
            if renamed { need_agency(agency.as_deref(), ctx) } else { Ok(()) }
        }
        ReplaceAgency { agency, reason } => {
            need(case.agency.as_deref() != Some(agency), t("请选择另一家评审机构。", "Choose another agency."))?;
            need_agency(Some(agency), ctx)?;
            need_reason(reason)
        }
        HandOver { to } => need(!to.is_empty() && case.handler.as_deref() != Some(to), t("请选择移交给谁。", "Choose whom to hand it to.")),
        Propose { windows } => {
            need_windows(windows, case, ctx)?;
            need_manned(windows, ctx)
        }
        Counter { windows, reviewers, .. } => {
            need_windows(windows, case, ctx)?;
            need_reviewers(reviewers)?;
            need(windows.iter().all(|window| is_free(*window, reviewers, ctx)), booked())
        }
        Agree { window, reviewers } => {
            need_reviewers(reviewers)?;
            need_offered(*window, reviewers, case, ctx)
        }
        AcceptCounter { window } => {
            let reviewers = case.standing().map(|round| round.reviewers.as_slice()).unwrap_or_default();
            need_offered(*window, reviewers, case, ctx)
        }
        AskReschedule { window, reason, reviewers } => {
            need_reason(reason)?;
            need_windows(&[*window], case, ctx)?;
            if reviewers.is_empty() { need_manned(&[*window], ctx) } else { need_sent(*window, reviewers, case, actor, ctx) }
        }
        AgreeReschedule { reviewers } => case.wish.as_ref().map_or(Ok(()), |wish| need_sent(wish.window, reviewers, case, actor, ctx)),
        NarrowScope { items, reason } => {
            need_reason(reason)?;
            need(
                !items.is_empty() && leaves_some(items, case, ctx),
                t("请选择放弃的项目，并至少保留一项。", "Choose what to give up, and keep at least one item."),
            )
        }
        Memo { problems, requirements, deadline, agency_signer, unit_signer, file } => {
            need(
                !problems.is_empty() && requirements.len() == problems.len() && problems.iter().chain(requirements).all(|text| !text.trim().is_empty()),
                t("请逐条写明问题和整改要求。", "List the problems, and say of each what is required."),
            )?;
            need(!agency_signer.trim().is_empty(), t("请填写评审机构签字人。", "Name who signs for the agency."))?;
            need(
                unit_signer.trim().is_empty() == file.is_empty(),
                t(
                    "双方已在纸上签字的，请上传签字的备忘录，并填写申请单位签字人；还没有签的，两项都不填，由申请单位在系统中签署。",
                    "If both sides signed on paper, attach the signed memo and name who signed for the applicant; if not, leave both empty and the applicant signs here.",
                ),
            )?;
            let months = i32::try_from(ctx.facts.limits.rectify_months).unwrap_or(0);
            let latest = ctx.today().checked_add(months.months()).unwrap_or(ctx.today()).min(review_ends(case, ctx));
            need(
                ctx.today() <= *deadline && *deadline <= latest,
                t("整改期限不得超过 6 个月，也不得超过整个评审的期限。", "The deadline is at most 6 months away and inside the time of the whole review."),
            )
        }
        Rectify { text, files } => {
            need_reason(text)?;
            need_file(files)
        }
        Report { conclusion, findings, files, .. } => {
            need_file(files)?;
            need(
                !findings.is_empty() && findings.iter().all(|(_, found)| !found.trim().is_empty()),
                t("请逐项写明各项条件的评审情况。", "Say of each condition what was found."),
            )?;
            let confirmed = case.rectification.as_ref().map(|r| r.confirmed);
            let fits = match conclusion {
                Conclusion::DoesNotMeet => true,
                Conclusion::MeetsAfterRectification => confirmed == Some(true),
                Conclusion::Meets => confirmed.is_none(),
            };
            need(
                fits && (case.state != State::Rectifying || *conclusion == Conclusion::DoesNotMeet),
                t(
                    "结论与整改情况不符：整改确认前只能作“不符合条件”。",
                    "The conclusion does not fit: before the rectification is confirmed it can only be “does not meet”.",
                ),
            )
        }
        GiveFeedback { answers } => need_answers(answers),
        DenyPractice { unit, reason } => {
            need_asked(case, unit, &[None], ctx)?;
            need_reason(reason)
        }
        ConfirmPractice { unit } => need_asked(case, unit, &[None, Some(false)], ctx),
        SignUp { body, session, day } => need_seat(case, body, session, *day, ctx),
        MoveExam { day, place, reason, .. } => {
            need(
                !place.trim().is_empty() && *day > ctx.today(),
                t("考试须改到今天以后，并写明地点。", "The new day has to be after today, and the place named."),
            )?;
            need_in_time(case, *day, ctx)?;
            need_reason(reason)
        }
        ReportMisconduct { subject, text } => {
            let known = subject.as_ref().is_none_or(|subject| to_sit(case, ctx).contains(subject.as_str()));
            need(known, t("请选择本次考试的科目。", "Choose a subject of this examination."))?;
            need_reason(text)
        }
        PublishMarks { scores } => need_scores(scores, &to_sit(case, ctx)),
        AnswerComplaint { text, scores, lifted } => {
            need_reason(text)?;
            let sat = case.person.as_ref().and_then(|person| person.sittings.last());
            let is_recorded = |one: &Misconduct| sat.is_some_and(|sitting| sitting.misconduct.contains(one));
            need(lifted.iter().all(is_recorded), t("没有这条违纪、作弊记录。", "There is no such record of misconduct."))?;
            let subjects = sat.map(|sitting| sitting.scores.iter().map(|score| score.subject.as_str()).collect()).unwrap_or_default();
            if scores.is_empty() { Ok(()) } else { need_scores(scores, &subjects) }
        }
        OpenHearing { on, .. } => need_hearing(case, *on, ctx),
        DraftDecision { draft } => {
            need_reason(&draft.opinion)?;
            if let Some(why) = ctx.facts.unfounded.clone().filter(|_| draft.grant) {
                return Err(Refusal::payload(why));
            }
            need(
                !(draft.grant && is_unproven(case, ctx)),
                t(
                    "执业单位没有在本系统注册，请先核对执业证明、离职证明，再建议准予。",
                    "A practising unit is not registered: check the proof of practice or of leaving before proposing to grant.",
                ),
            )?;
            need(
                draft.second.as_deref().is_none_or(|second| !second.is_empty() && second != actor.account),
                t("现场核查须有两名以上审查人员，请选择另一人。", "A check on site takes two examiners; choose another person."),
            )
        }
        Issue { certificates } => {
            need(!certificates.is_empty() && certificates.iter().all(|n| !n.is_empty()), t("没有证书编号。", "There is no certificate number."))
        }
        RecordReview { text, .. } => need_reason(text),
        Explain { text, .. } => need_reason(text),
        AskExplanation { question } => need_reason(question),
        CloseHearing { record } => need_reason(record),
        AskConsent { cause } => need_reason(cause),
        Acknowledge { document } => need(!document.is_empty() && !case.acknowledged.contains(document), t("已经签收。", "It has been acknowledged.")),
        ComplainMarks { reason }
        | CancelSignUp { reason }
        | CallOff { reason }
        | DeemWithdrawn { reason }
        | ReturnProposal { reason }
        | CallAuthority { reason }
        | DeclineReschedule { reason }
        | VerifyFail { reason }
        | ReturnReport { reason }
        | ProposeExtension { reason }
        | Extend { reason }
        | TellHearingRight { reason }
        | RequestHearing { reason }
        | SendBack { reason }
        | Deny { reason, .. }
        | Suspend { reason }
        | Resume { reason }
        | Terminate { reason } => need_reason(reason),
        Create
        | CreatePerson { .. }
        | CreateCopy { .. }
        | CheckPractice { .. }
        | BeginExamination
        | Lapse
        | Read
        | Edit
        | Copy
        | Rechoose { .. }
        | Delete
        | Restore
        | Withdraw { .. }
        | DeemAccepted { .. }
        | Consent
        | Entrust
        | SkipReview
        | SignMemo
        | Take
        | WithdrawProposal
        | ExpireProposal
        | Escalate
        | StartReview
        | VerifyOk { .. }
        | ReceiveReport
        | WaiveHearing
        | SendToApproval
        | Grant { .. }
        | Deliver { .. }
        | Publish => Ok(()),
    }
}

/// What is said where a condition was not ticked; the form says it, too. What was deemed accepted cannot be refused any more.
pub const fn unchecked(kind: ActionKind) -> Text {
    match kind {
        ActionKind::ConfirmAcceptance => t(
            "资格条件应当逐条核对。不符合的，由审查人员建议不予许可。",
            "Every condition has to be checked. If one is not met, the examiner proposes to deny.",
        ),
        _ => t(
            "资格条件应当逐条核对。不符合的，请告知补正，或者作出不予受理的决定。",
            "Every condition has to be checked. If one is not met, ask for a correction or refuse the application.",
        ),
    }
}

/// A second notice is about newly handed-in material only (行政许可法 art. 32(4): told once and whole).
fn need_new(marks: &[Mark], ctx: &Context) -> Result<(), Refusal> {
    let old = marks.iter().enumerate().filter(|(_, mark)| !meets(&mark.path, &ctx.facts.changed));
    let old: Vec<String> = old.map(|(n, mark)| format!("{}. {}", n + 1, mark.text)).collect();
    if old.is_empty() {
        return Ok(());
    }
    let old = old.join("；");
    Err(Refusal::payload(say(
        format!("再次告知只限申请人上次补正时新提交的内容。以下各条的位置没有改动过，请删去：{old}。"),
        format!("A second notice is only for what the applicant handed in anew. These points are about places that were not changed; take them out: {old}."),
    )))
}

fn is_whole(mark: &Mark) -> bool {
    !mark.path.is_empty() && !mark.text.trim().is_empty()
}

/// Whether these items are still applied for, and others stay.
fn leaves_some(items: &[String], case: &Case, ctx: &Context) -> bool {
    let left: Vec<&String> = ctx.facts.items.iter().filter(|item| !case.given_up.contains(item)).collect();
    items.iter().all(|item| left.contains(&item)) && left.iter().any(|item| !items.contains(item))
}

fn need_version(case: &Case, version: i64) -> Result<(), Refusal> {
    need(version == case.version + 1, t("版本号不对，请刷新后再试。", "The version does not follow; please reload."))
}

/// The agency a review needs, never the applicant's own (ruling 12).
fn need_agency(agency: Option<&str>, ctx: &Context) -> Result<(), Refusal> {
    let own = t("评审机构不能评审本单位的申请。", "A review agency never reviews its own organisation.");
    let none = t("请指定鉴定评审机构。", "Name the review agency.");
    match (agency, ctx.facts.review) {
        (Some(""), _) | (None, Review::Needed) => Err(Refusal::payload(none)),
        (Some(_), Review::NotNeeded) => Err(Refusal::payload(t("这类申请不需要鉴定评审。", "Such an application needs no review."))),
        (Some(agency), _) => need(agency != ctx.facts.unit, own),
        (None, _) => Ok(()),
    }
}

/// 有 and 不满意 need their reason (spec 2.20).
fn need_answers(answers: &Feedback) -> Result<(), Refusal> {
    need(answers.period.from <= answers.period.to, t("评审起止日期不对。", "The period of the review is wrong."))?;
    let explained = answers.answers().flatten().all(|text| !text.trim().is_empty())
        && (answers.satisfaction != Satisfaction::Dissatisfied || !answers.note.trim().is_empty());
    need(explained, t("选“有”或者“不满意”的，请具体说明。", "Please explain where something went wrong."))
}

/// A practising unit that was asked, and whose answer so far is one of these.
fn need_asked(case: &Case, unit: &str, so_far: &[Option<bool>], ctx: &Context) -> Result<(), Refusal> {
    let answer = case.person.as_ref().and_then(|person| person.answer_of(unit));
    need(
        !is_named(unit) && ctx.facts.employers.iter().any(|employer| employer == unit) && so_far.contains(&answer),
        t("没有等本单位答复的执业确认。", "No question about a practice waits for your unit."),
    )
}

fn to_sit<'a>(case: &'a Case, ctx: &'a Context) -> BTreeSet<&'a str> {
    case.person.as_ref().map(|person| person.to_sit(&ctx.facts.subjects)).unwrap_or_default()
}

/// The resit is at the same body (TSG Z8001-2019 art. 15), and every examination lies within its limit.
fn need_seat(case: &Case, body: &str, session: &str, day: Date, ctx: &Context) -> Result<(), Refusal> {
    need(!session.is_empty() && !body.is_empty(), t("请选择考试场次。", "Choose an examination."))?;
    need(day >= ctx.today(), t("这场考试的日期已过，请另选。", "This examination is over; choose another."))?;
    let same = case.state != State::ExamFailed || case.agency.as_deref() == Some(body);
    need(same, t("补考应当在原考试机构参加。", "A resit is taken at the same examination body."))?;
    need_in_time(case, day, ctx)
}

/// An examination after the two years, or of a renewal after its one, would be taken for nothing.
fn need_in_time(case: &Case, day: Date, ctx: &Context) -> Result<(), Refusal> {
    let last = exam_ends(case, ctx.facts, ctx.calendar);
    need(last.is_none_or(|last| day <= last), t("这场考试在期限之后，请选择更早的场次。", "This examination is after your limit; choose an earlier one."))
}

/// A mark for each subject of the sitting and for no other, none above a hundred.
fn need_scores(scores: &[Score], subjects: &BTreeSet<&str>) -> Result<(), Refusal> {
    let given: BTreeSet<&str> = scores.iter().map(|score| score.subject.as_str()).collect();
    need(
        given == *subjects && given.len() == scores.len(),
        t("请填写每个科目的成绩，缺考的注明缺考。", "Give a mark for every subject, or say that the person was absent."),
    )?;
    need(scores.iter().all(|score| score.points.is_none_or(|points| points <= 100)), t("成绩应在 0 到 100 之间。", "Marks are from 0 to 100."))
}
