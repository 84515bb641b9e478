//! The forms of all sides: a case from acceptance to approval by what they post, and who sees which files.

use super::desk::{form, is_done, wrong};
use super::*;
use crate::casework::desk;
use crate::casework::forms::FORMS;
use crate::form::Values;
use crate::server::files;
use crate::server::plain::Answer;

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";

/// Kinds that have a door of their own, or are done by time.
const ELSEWHERE: [ActionKind; 23] = [
    ActionKind::CreatePerson,
    ActionKind::SignUp,
    ActionKind::CancelSignUp,
    ActionKind::MoveExam,
    ActionKind::CallOff,
    ActionKind::ReportMisconduct,
    ActionKind::PublishMarks,
    ActionKind::AnswerComplaint,
    ActionKind::Lapse,
    ActionKind::Create,
    ActionKind::CreateCopy,
    ActionKind::Read,
    ActionKind::Edit,
    ActionKind::Copy,
    ActionKind::Rechoose,
    ActionKind::Delete,
    ActionKind::Restore,
    ActionKind::Submit,
    ActionKind::Resubmit,
    ActionKind::DeemAccepted,
    ActionKind::ExpireProposal,
    ActionKind::Escalate,
    ActionKind::Acknowledge,
];

#[test]
fn every_action_of_a_person_has_one_form() {
    for kind in ActionKind::ALL {
        let forms = FORMS.iter().filter(|form| form.kind == *kind).count();
        assert_eq!(forms, usize::from(!ELSEWHERE.contains(kind)), "{kind:?}");
    }
}

/// What is posted is what the action's own form takes: every form without answers either does it or says what is missing.
#[test]
fn an_empty_form_says_what_is_missing() {
    for form in FORMS.iter().filter(|form| !matches!(form.kind, ActionKind::RequireCorrection | ActionKind::Issue)) {
        match crate::casework::answers::read(form, &Values::new(), date(2026, 3, 2)) {
            Ok(action) => assert_eq!(action.kind(), form.kind),
            Err(issues) => assert!(issues.iter().all(|issue| issue.path.starts_with(form.kind.word())), "{issues:?}"),
        }
    }
}

async fn posts(visit: &Visit, no: &str, act: &str, answers: &[(&str, &str)]) -> Result<Answer> {
    desk::act(visit, &desk::posted(form(visit, no, act, answers).await)).await
}

async fn does(visit: &Visit, no: &str, act: &str, answers: &[(&str, &str)]) {
    let done = posts(visit, no, act, answers).await;
    assert!(
        is_done(&done),
        "{act}: {}",
        match done {
            Ok(Answer::Wrong(issues)) => format!("{issues:?}"),
            Ok(Answer::Told(say)) => say.zh.into_owned(),
            Ok(_) => String::new(),
            Err(error) => format!("{error:?}"),
        }
    );
}

pub(super) async fn upload(visit: &Visit, no: &str, act: &str) -> Result<String> {
    let bytes = futures::stream::iter([Ok::<_, std::io::Error>(axum::body::Bytes::from_static(PDF))]);
    Ok(files::service::take(visit, no, &format!("act/{act}"), "报告.pdf", bytes).await?.id)
}

/// Withdrawing is warned of once the review or the examination has begun (spec 5.2).
#[test]
fn withdrawing_late_is_warned_of() {
    let form = crate::casework::forms::Form::of(ActionKind::Withdraw).unwrap();
    let warned: Vec<State> = State::all().filter(|state| form.warning(*state).is_some()).collect();
    assert!(!warned.contains(&State::Submitted) && !warned.contains(&State::Scheduled) && warned.contains(&State::UnderReview));
    assert!(warned.iter().all(|state| crate::workflow::state::OPEN.contains(state)), "only where it can be withdrawn at all");
}

/// A case entrusted to an agency, with the applicant, the agency's lead and the officials of each duty.
struct Cast {
    unit: Visit,
    agency: Visit,
    officer: Visit,
    examiner: Visit,
    approver: Visit,
    no: String,
}

async fn entrusted(test: &TestApp) -> Cast {
    let (unit, no) = submitted(test).await;
    let agency = test.member("agency", AccountRole::Owner).await;
    let officer = official(test, SHAANXI, &["acceptance"]).await;
    does(&officer, &no, "accept", &[("agency", &unit_of(&agency))]).await;
    does(&officer, &no, "entrust", &[]).await;
    let examiner = official(test, SHAANXI, &["examiner"]).await;
    let approver = official(test, SHAANXI, &["approver"]).await;
    Cast { unit, agency, officer, examiner, approver, no }
}

#[tokio::test]
async fn a_case_goes_all_the_way_by_its_forms() {
    for test in engines().await {
        let Cast { unit, agency, officer, examiner, approver, no } = entrusted(&test).await;
        let who = hire(&test, &unit_of(&agency), "王评审").await;

        // 约请: four moves.
        assert_eq!(wrong(posts(&unit, &no, "propose", &[]).await), ["propose/window1"]);
        assert_eq!(wrong(posts(&unit, &no, "propose", &[("window1@from", "2026-03-12"), ("window1@to", "2026-03-10")]).await), ["propose/window1"]);
        let half = [("window1", "2026-03-09/2026-03-10"), ("window2@from", "2026-03-12"), ("window2@to", "")];
        assert_eq!(wrong(posts(&unit, &no, "propose", &half).await), ["propose/window2"]);
        does(
            &unit,
            &no,
            "propose",
            &[("window1@from", "2026-03-09"), ("window1@to", "2026-03-10"), ("window3@from", "2026-03-12"), ("window3@to", "2026-03-13")],
        )
        .await;
        assert_eq!(record(&test, &no).await.case.standing().unwrap().windows.len(), 2);
        does(&agency, &no, "return-proposal", &[("reason", "评审员已有安排")]).await;
        does(&unit, &no, "propose", &[("window1", "2026-03-16/2026-03-17")]).await;
        assert_eq!(wrong(posts(&agency, &no, "agree", &[("window", "2026-03-16/2026-03-17")]).await), ["agree/reviewers"]);
        does(&agency, &no, "agree", &[("window", "2026-03-16/2026-03-17"), ("reviewers@0", &who)]).await;
        assert_eq!(record(&test, &no).await.case.appointment.unwrap().reviewers, std::slice::from_ref(&who));

        // 评审
        go(&test, date(2026, 3, 16));
        does(&agency, &no, "start-review", &[]).await;
        does(&agency, &no, "record-review", &[("text", "首次会议")]).await;
        let half =
            [("problem1", "质量手册未签发"), ("requirement1", "签发"), ("requirement3", "补全"), ("deadline", "2026-05-16"), ("agency_signer", "周评审")];
        assert_eq!(wrong(posts(&agency, &no, "memo", &half[2..3]).await), ["memo/problem3", "memo/deadline", "memo/agency_signer"], "each has both parts");
        assert_eq!(wrong(posts(&agency, &no, "memo", &half[3..]).await), ["memo/problem1", "memo/requirement1"]);
        let memo = [&half[..], &[("problem3", "校验记录不全")]].concat();
        does(&agency, &no, "memo", &memo).await;
        assert!(desk::desk(&unit, &no).await.unwrap().unsigned && !service::view(&unit, &no).await.unwrap().may(ActionKind::Rectify));
        does(&unit, &no, "sign-memo", &[]).await;
        assert!(!desk::desk(&agency, &no).await.unwrap().unsigned);
        assert_eq!(record(&test, &no).await.case.rectification.unwrap().problems, ["质量手册未签发", "校验记录不全"]);
        assert_eq!(wrong(posts(&unit, &no, "rectify", &[("text", "已签发")]).await), ["rectify/files"]);
        let proof = upload(&unit, &no, "rectify").await.unwrap();
        assert_eq!(files::service::read(&agency, &proof).await.err(), Some(AppError::NotFound), "not before it is handed in");
        does(&unit, &no, "rectify", &[("text", "已签发"), ("files", &proof)]).await;
        assert!(files::service::read(&agency, &proof).await.is_ok());
        does(&agency, &no, "verify-ok", &[]).await;
        let found = crate::casework::forms::CONDITIONS.map(|condition| (condition.key, "符合"));
        assert_eq!(wrong(posts(&agency, &no, "report", &[&found[..], &[("conclusion", "meets")]].concat()).await), ["report/files"]);
        let answers = [("conclusion", "meets-after-rectification"), ("files", proof.as_str())];
        let silent = posts(&agency, &no, "report", &[&found[1..], &answers].concat()).await;
        assert_eq!(wrong(silent), ["report/staff"], "of each condition something is said");
        let stolen = posts(&agency, &no, "report", &[&found[..], &answers].concat()).await;
        assert!(matches!(stolen, Err(AppError::Refused(_))), "another's file, or one brought for something else");
        let report = upload(&agency, &no, "report").await.unwrap();
        let answers = [("conclusion", "meets-after-rectification"), ("summary", "可以"), ("files", report.as_str())];
        does(&agency, &no, "report", &[&found[..], &answers].concat()).await;
        for reader in [&unit, &officer, &examiner] {
            assert!(files::service::read(reader, &report).await.is_ok());
        }
        let strangers = [
            test.member("agency", AccountRole::Owner).await,
            test.member("enterprise", AccountRole::Owner).await,
            official(&test, ZHEJIANG, &["examiner"]).await,
        ];
        for stranger in &strangers {
            assert_eq!(files::service::read(stranger, &report).await.err(), Some(AppError::NotFound));
            assert_eq!(posts_blind(stranger, &no).await, Some(AppError::NotFound));
        }
        assert!(upload(&agency, &no, "report").await.is_err(), "there is nothing to bring it for any more");

        // 反馈: what is known is filled in, reasons where the answer is bad; the agency never sees it.
        let known = desk::desk(&unit, &no).await.unwrap().prefilled;
        let known = ["period", "reviewers"].map(|key| known[&format!("give-feedback/{key}")].clone());
        assert_eq!(known, ["2026-03-16/2026-03-17".to_owned(), who.clone()]);
        assert!(desk::desk(&agency, &no).await.unwrap().prefilled.is_empty());
        let period = [("period", "2026-03-16/2026-03-17"), ("category", "其他"), ("reviewers", "周评审")];
        let bad = [&period[..], &[("q1", "yes"), ("q2", "no"), ("q3", "no"), ("satisfaction", "dissatisfied")]].concat();
        assert_eq!(wrong(posts(&unit, &no, "give-feedback", &bad).await), ["give-feedback/category_other", "give-feedback/q1_what", "give-feedback/note"]);
        does(&unit, &no, "give-feedback", &[&bad[..], &[("category_other", "安全附件"), ("q1_what", "索要津贴"), ("note", "见上")]].concat()).await;
        let given =
            events(&test, &no).await.into_iter().find_map(|event| if let Action::GiveFeedback { answers } = event.action { Some(answers) } else { None });
        assert_eq!(given.unwrap().categories, ["其他：安全附件"]);
        let said = async |visit: &Visit| service::view(visit, &no).await.unwrap().timeline.into_iter().any(|h| h.said.zh.contains("索要津贴"));
        assert!(said(&unit).await && said(&officer).await && !said(&agency).await);
        assert_eq!(crate::application::service::review(&agency, &no).await.err(), Some(AppError::NotFound), "the applicant's own page is no way around");

        // 审查、批准: another pair of eyes.
        does(&examiner, &no, "receive-report", &[]).await;
        let draft = async |answers: &[(&str, &str)]| {
            posts(&examiner, &no, "draft-decision", &[&[("grant", "grant"), ("opinion", "符合许可条件")][..], answers].concat()).await
        };
        let second = official(&test, SHAANXI, &["examiner"]).await.caller().unwrap().clone();
        assert_eq!(wrong(draft(&[("on_site", "yes")]).await), ["draft-decision/second"], "a check on site takes two");
        assert_eq!(wrong(draft(&[("second", &second.account_id)]).await), ["draft-decision/on_site"]);
        assert!(is_done(&draft(&[("on_site", "yes"), ("second", &second.account_id)]).await));
        let drafted = service::view(&examiner, &no).await.unwrap().timeline.pop().unwrap();
        assert!(drafted.said.zh.contains("现场核查") && drafted.said.zh.contains(&second.person_name), "{}", drafted.said.zh);
        does(&examiner, &no, "send-to-approval", &[]).await;
        assert_eq!(posts(&examiner, &no, "grant", &[]).await.err(), Some(AppError::Forbidden));
        does(&approver, &no, "grant", &[]).await;
        assert_eq!(record(&test, &no).await.case.state, State::Granted);
        let told = service::view(&unit, &no).await.unwrap().timeline;
        assert!(!told.iter().any(|h| h.said.zh.contains("符合许可条件")), "what officials note among themselves stays with them");
        assert!(told.iter().any(|h| h.files.iter().any(|(id, name)| *id == report && name == "报告.pdf")));
    }
}

/// What somebody is told who posts to a case they cannot even draw the form of.
async fn posts_blind(visit: &Visit, no: &str) -> Option<AppError> {
    let values = [("act", "take"), ("no", no), ("seen", "1"), ("click", "c")];
    let values: Values = values.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    desk::act(visit, &values).await.err()
}

#[tokio::test]
async fn an_agency_has_its_own_queue() {
    for test in engines().await {
        let Cast { agency, no, .. } = entrusted(&test).await;
        let list = desk::queue(&agency, &crate::casework::model::Wanted::default(), "", false).await.unwrap();
        assert_eq!(list.rows.iter().map(|row| row.no.clone()).collect::<Vec<_>>(), [no]);
        assert!(!list.counts.iter().any(|(key, _)| key == "accept"), "what is not entrusted yet is not the agency's business");
        let other = test.member("agency", AccountRole::Owner).await;
        assert!(desk::queue(&other, &crate::casework::model::Wanted::default(), "", false).await.unwrap().rows.is_empty());
    }
}
