//! The process may die at any moment of any action: of what it was doing nothing is left, and the same click does it once.

use super::desk::{corrected, form};
use super::forms::upload;
use super::letters::{granted, people};
use super::*;
use crate::casework::deadlines::remind_of;
use crate::casework::forms::CONDITIONS;
use crate::casework::{certify, desk};
use crate::document::service as documents;
use crate::form::Values;
use crate::server::plain::Answer;

/// What is done to a case, each action by its form and dying at every write; and what was.
pub(super) struct Way<'a> {
    test: &'a TestApp,
    pub(super) no: String,
    pub(super) done: Vec<&'static str>,
}

impl<'a> Way<'a> {
    pub(super) fn of(test: &'a TestApp, no: String) -> Way<'a> {
        Way { test, no, done: Vec::new() }
    }

    /// Posts a form as it is drawn now.
    pub(super) async fn does(&mut self, who: &Visit, act: &'static str, answers: &[(&str, &str)]) {
        let values = form(who, &self.no, act, answers).await;
        self.posts(who, act, &values).await;
    }

    async fn posts(&mut self, who: &Visit, act: &'static str, values: &Values) {
        let post = async || match desk::act(who, values).await? {
            Answer::Go(_) => Ok::<_, AppError>(()),
            Answer::Wrong(issues) => panic!("{act}: {issues:?}"),
            Answer::Told(say) | Answer::Noted(say) => panic!("{act}: {say:?}"),
        };
        self.test.die_at_every_write(act, post).await;
        self.done.push(act);
    }

    /// An action whose form is elsewhere.
    pub(super) async fn acts(&self, who: &Visit, action: Action) {
        let (click, what) = (ids::token(), action.kind().word());
        self.test.die_at_every_write(what, async || service::act(who, &self.no, &click, None, action.clone()).await).await;
    }

    async fn requires_correction(&mut self, who: &Visit, answers: &[(&str, &str)]) {
        let values = corrected(who, &self.no, answers).await;
        self.posts(who, "require-correction", &values).await;
    }

    /// From a file that is under examination to the door of the approver.
    pub(super) async fn is_drafted(&mut self, examiner: &Visit, grant: &str) {
        self.does(examiner, "draft-decision", &[("grant", grant), ("opinion", "见报告")]).await;
        self.does(examiner, "send-to-approval", &[]).await;
    }

    pub(super) async fn state(&self) -> State {
        record(self.test, &self.no).await.case.state
    }

    async fn bookings(&self) -> i64 {
        self.test.count("SELECT COUNT(*) AS n FROM review_booking").await
    }
}

const ACCEPTING: &[&str] =
    &["take", "hand-over", "require-correction", "ask-consent", "consent", "require-correction", "accept", "amend-acceptance", "suspend", "resume", "withdraw"];

#[tokio::test]
async fn on_the_way_to_acceptance() {
    for test in engines().await {
        let (unit, no) = drafted(&test).await;
        hand_in(&unit, &no, 1, &[("basic/postcode", "71001"), ("basic/fax", "1")]).await;
        let agency = test.member("agency", AccountRole::Owner).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let colleague = official(&test, SHAANXI, &["acceptance"]).await;
        let supervisor = official(&test, SHAANXI, &["supervisor"]).await;
        let approver = official(&test, SHAANXI, &["approver"]).await;
        let mut way = Way::of(&test, no);
        way.does(&officer, "take", &[]).await;
        way.does(&officer, "hand-over", &[("to", &colleague.caller().unwrap().account_id)]).await;
        way.requires_correction(&officer, &[("place1", "basic/postcode"), ("text1", "应为 6 位")]).await;
        hand_in(&unit, &way.no, 2, &[("basic/postcode", "710016"), ("basic/fax", "86000001")]).await;
        way.does(&officer, "ask-consent", &[("cause", "新交的材料缺页")]).await;
        way.does(&supervisor, "consent", &[]).await;
        way.requires_correction(&officer, &[("place1", "basic/fax"), ("text1", "缺区号"), ("cause", "新交的材料缺页")]).await;
        hand_in(&unit, &way.no, 3, &[("basic/postcode", "710016"), ("basic/fax", "029-86000001")]).await;
        way.does(&officer, "accept", &[("agency", &unit_of(&agency))]).await;
        way.does(&officer, "amend-acceptance", &[("changes", "更正产品"), ("items@0", "SE033")]).await;
        way.does(&approver, "suspend", &[("reason", "司法机关调查")]).await;
        way.does(&approver, "resume", &[("reason", "调查结束")]).await;
        way.does(&unit, "withdraw", &[("reason", "不再生产")]).await;
        assert_eq!((way.done.as_slice(), way.state().await), (ACCEPTING, State::Withdrawn));
    }
}

const REVIEWING: &[&str] = &[
    "entrust",
    "replace-agency",
    "propose",
    "withdraw-proposal",
    "propose",
    "return-proposal",
    "call-authority",
    "propose",
    "counter",
    "accept-counter",
    "ask-reschedule",
    "decline-reschedule",
    "ask-reschedule",
    "agree-reschedule",
    "start-review",
    "record-review",
    "narrow-scope",
    "memo",
    "sign-memo",
    "rectify",
    "verify-fail",
    "rectify",
    "verify-ok",
    "report",
    "return-report",
    "report",
    "give-feedback",
    "ask-explanation",
    "explain",
    "receive-report",
];

#[tokio::test]
async fn in_a_review() {
    for test in engines().await {
        let (unit, no) = submitted(&test).await;
        let people = people(&test).await;
        let (officer, lead) = (&people.officer, &people.lead);
        let other = test.member("agency", AccountRole::Owner).await;
        let supervisor = official(&test, SHAANXI, &["supervisor"]).await;
        let mut way = Way::of(&test, no);
        act(officer, &way.no, Action::Accept { agency: Some(unit_of(&other)), checked: Vec::new() }).await.unwrap();
        way.does(officer, "entrust", &[]).await;
        way.does(&supervisor, "replace-agency", &[("agency", &unit_of(lead)), ("reason", "人员不足")]).await;
        let first = [("window1", "2026-03-09/2026-03-10")];
        way.does(&unit, "propose", &first).await;
        way.does(&unit, "withdraw-proposal", &[]).await;
        way.does(&unit, "propose", &first).await;
        way.does(lead, "return-proposal", &[("reason", "评审员已有安排")]).await;
        way.does(&unit, "call-authority", &[("reason", "请协调时间")]).await;
        way.does(&unit, "propose", &first).await;
        let second = [("window1", "2026-03-11/2026-03-12"), ("reviewers@0", people.reviewer.as_str())];
        way.does(lead, "counter", &second).await;
        way.does(&unit, "accept-counter", &[("window", "2026-03-11/2026-03-12")]).await;
        assert_eq!(way.bookings().await, 2, "a row for each day");
        let later = [("window", "2026-03-16/2026-03-18"), ("reason", "停电")];
        way.does(&unit, "ask-reschedule", &later).await;
        way.does(lead, "decline-reschedule", &[("reason", "请再提前")]).await;
        way.does(&unit, "ask-reschedule", &later).await;
        way.does(lead, "agree-reschedule", &[]).await;
        assert_eq!(way.bookings().await, 3, "the old days are free again");
        go(&test, date(2026, 3, 16));
        way.does(lead, "start-review", &[]).await;
        way.does(lead, "record-review", &[("text", "首次会议")]).await;
        way.does(&unit, "narrow-scope", &[("items@0", "SE033"), ("reason", "暂不生产")]).await;
        let memo = [("problem1", "试验台未校准"), ("requirement1", "送检"), ("deadline", "2026-05-01"), ("agency_signer", "赵某")];
        way.does(lead, "memo", &memo).await;
        way.does(&unit, "sign-memo", &[]).await;
        for (answer, said) in [("verify-fail", "reason"), ("verify-ok", "note")] {
            let proof = upload(&unit, &way.no, "rectify").await.unwrap();
            way.does(&unit, "rectify", &[("text", "已校准"), ("files", &proof)]).await;
            way.does(lead, answer, &[(said, "见现场照片")]).await;
        }
        for returned in [true, false] {
            let report = upload(lead, &way.no, "report").await.unwrap();
            let found = CONDITIONS.map(|condition| (condition.key, "符合"));
            way.does(lead, "report", &[&found[..], &[("conclusion", "meets-after-rectification"), ("files", report.as_str())]].concat()).await;
            if returned {
                way.does(officer, "return-report", &[("reason", "缺附件")]).await;
            }
        }
        let period = [("period", "2026-03-16/2026-03-18"), ("category", "压力管道"), ("reviewers", "王评审")];
        let answers = [&period[..], &[("q1", "no"), ("q2", "no"), ("q3", "no"), ("satisfaction", "satisfied")]].concat();
        way.does(&unit, "give-feedback", &answers).await;
        way.does(officer, "ask-explanation", &[("question", "校准证书的日期")]).await;
        way.does(lead, "explain", &[("text", "见附件")]).await;
        way.does(officer, "receive-report", &[]).await;
        assert_eq!((way.done.as_slice(), way.state().await), (REVIEWING, State::Examining));
    }
}

const DECIDING: &[&str] = &[
    "agree",
    "propose-extension",
    "extend",
    "request-hearing",
    "open-hearing",
    "close-hearing",
    "draft-decision",
    "send-to-approval",
    "send-back",
    "draft-decision",
    "send-to-approval",
    "grant",
    "issue",
    "publish",
    "deliver",
];

#[tokio::test]
async fn on_the_way_to_a_certificate() {
    for test in engines().await {
        let (unit, no) = submitted(&test).await;
        let people = people(&test).await;
        let (officer, approver, lead) = (&people.officer, &people.approver, &people.lead);
        let mut way = Way::of(&test, no);
        act(officer, &way.no, Action::Accept { agency: Some(unit_of(lead)), checked: Vec::new() }).await.unwrap();
        act(officer, &way.no, Action::Entrust).await.unwrap();
        act(&unit, &way.no, Action::Propose { windows: vec![days(date(2026, 3, 9), date(2026, 3, 10))] }).await.unwrap();
        way.does(lead, "agree", &[("window", "2026-03-09/2026-03-10"), ("reviewers@0", &people.reviewer)]).await;
        assert_eq!(way.bookings().await, 2, "a row for each day");
        go(&test, date(2026, 3, 9));
        act(lead, &way.no, Action::StartReview).await.unwrap();
        let report = upload(lead, &way.no, "report").await.unwrap();
        act(lead, &way.no, Action::Report { conclusion: Conclusion::Meets, findings: findings(), summary: String::new(), files: vec![report] }).await.unwrap();
        act(officer, &way.no, Action::ReceiveReport).await.unwrap();
        way.does(officer, "propose-extension", &[("reason", "需要核实")]).await;
        way.does(approver, "extend", &[("reason", "需要核实")]).await;
        way.does(&unit, "request-hearing", &[("reason", "对结论有意见")]).await;
        way.does(officer, "open-hearing", &[("on", "2026-03-20"), ("place", "第一会议室")]).await;
        go(&test, date(2026, 3, 20));
        way.does(officer, "close-hearing", &[("record", "见笔录")]).await;
        way.is_drafted(officer, "deny").await;
        way.does(approver, "send-back", &[("reason", "理由不足")]).await;
        way.is_drafted(officer, "grant").await;
        way.does(approver, "grant", &[]).await;
        way.does(officer, "issue", &[]).await;
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM certificate").await, 1);
        way.does(officer, "publish", &[]).await;
        way.does(officer, "deliver", &[("how", "online")]).await;
        assert_eq!((way.done.as_slice(), way.state().await), (DECIDING, State::Issued));
    }
}

/// Ways that end a case otherwise, or go without a review.
const ENDING: &[&[&str]] = &[
    &["refuse"],
    &["require-correction", "deem-withdrawn"],
    &["confirm-acceptance", "terminate"],
    &["accept", "skip-review", "tell-hearing-right", "waive-hearing", "draft-decision", "send-to-approval", "deny", "deliver"],
];

#[tokio::test]
async fn on_other_ways() {
    for test in engines().await {
        let people = people(&test).await;
        let (officer, approver) = (&people.officer, &people.approver);
        let mut refused = Way::of(&test, filed(&test).await.1);
        refused.does(officer, "refuse", &[("ground", "other-authority"), ("reason", "属总局"), ("right_authority", "市场监管总局")]).await;
        let mut silent = Way::of(&test, filed(&test).await.1);
        silent.requires_correction(officer, &[("place1", "basic/postcode"), ("text1", "应为 6 位")]).await;
        let (unit, no) = submitted(&test).await;
        let mut renamed = Way::of(&test, no);
        let (sql, no) = ("UPDATE application SET kind = 'change-name' WHERE no = $1", renamed.no.clone());
        test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![no]).await })).await.unwrap();
        renamed.does(officer, "accept", &[("agency", "none")]).await;
        renamed.does(officer, "skip-review", &[]).await;
        renamed.does(officer, "tell-hearing-right", &[("reason", "拟不予许可：材料不实")]).await;
        renamed.does(&unit, "waive-hearing", &[("waived", "yes")]).await;
        renamed.is_drafted(officer, "deny").await;
        renamed.does(approver, "deny", &[("reason", "材料不实")]).await;
        renamed.does(officer, "deliver", &[("how", "post")]).await;
        // What time brings is cut off like anything else.
        let mut overlooked = Way::of(&test, submitted(&test).await.1);
        go(&test, date(2026, 3, 16));
        let settles = async || service::settle(&test.app, &overlooked.no).await;
        test.die_at_every_write("deem-accepted", settles).await;
        overlooked.does(officer, "confirm-acceptance", &[("agency", &unit_of(&people.lead))]).await;
        overlooked.does(approver, "terminate", &[("reason", "单位已注销")]).await;
        go(&test, date(2026, 6, 1));
        silent.does(officer, "deem-withdrawn", &[("reason", "逾期未补正")]).await;
        let ways = [&refused, &silent, &overlooked, &renamed];
        assert_eq!(ways.map(|way| way.done.as_slice()), ENDING);
        let mut states = Vec::new();
        for way in ways {
            states.push(way.state().await);
        }
        assert_eq!(states, [State::Refused, State::Withdrawn, State::Terminated, State::Denied]);
    }
}

/// The first look at a document, what time brings, and a reminder with its message.
#[tokio::test]
async fn where_nobody_posts_a_form() {
    for test in engines().await {
        let people = people(&test).await;
        let (unit, no) = submitted(&test).await;
        act(&people.officer, &no, Action::Accept { agency: Some(unit_of(&people.lead)), checked: Vec::new() }).await.unwrap();
        let paper = documents::of_case(&unit, &no).await.unwrap().remove(0).id;
        test.die_at_every_write("acknowledge", async || documents::open(&unit, &paper).await).await;
        act(&people.officer, &no, Action::Entrust).await.unwrap();
        act(&unit, &no, Action::Propose { windows: vec![days(date(2026, 3, 9), date(2026, 3, 10))] }).await.unwrap();
        go(&test, date(2026, 3, 11));
        test.die_at_every_write("expire-proposal", async || service::settle(&test.app, &no).await).await;
        go(&test, date(2026, 3, 12));
        test.die_at_every_write("escalate", async || service::settle(&test.app, &no).await).await;
        let events = events(&test, &no).await;
        assert_eq!(events.iter().rev().take(2).map(Event::word).collect::<Vec<_>>(), ["escalated", "proposal-expired"]);
        assert!(events.iter().any(|event| event.action == Action::Acknowledge { document: paper.clone() }));
        assert!(test.die_at_every_write("remind", async || remind_of(&test.app, &no).await).await);
        let (steps, told) =
            (test.count("SELECT COUNT(*) AS n FROM reminder").await, test.count("SELECT COUNT(*) AS n FROM message WHERE zh LIKE '%只剩 2 个工作日%'").await);
        assert_eq!((steps, told), (3, 1), "of steps reached together the last one says it all");
    }
}

/// Every action that leaves an event dies at every write: by its form above, or by its word where it has a door of its own.
#[test]
fn no_action_is_left_out() {
    let of_persons = super::persons::cutting::DONE;
    let ways = [ACCEPTING, REVIEWING, DECIDING].into_iter().chain(ENDING.iter().copied()).chain(of_persons.iter().copied());
    let by_forms: std::collections::BTreeSet<&str> = ways.flatten().copied().collect();
    let doors = [
        include_str!("cutting.rs"),
        include_str!("persons/cutting.rs"),
        include_str!("../../application/tests/cutting.rs"),
        include_str!("../../exam/tests/cutting.rs"),
    ];
    let dies = |word: &str| by_forms.contains(word) || doors.iter().any(|source| source.contains(&format!("die_at_every_write(\"{word}\"")));
    let left: Vec<&ActionKind> = ActionKind::ALL.iter().filter(|kind| !kind.event_word().is_empty() && !dies(kind.word())).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn when_one_case_ends_in_two_certificates() {
    for test in engines().await {
        let people = people(&test).await;
        let (_, no) = granted(&test, "[\"SE031\",\"SE061\"]").await;
        let count = async || test.count("SELECT COUNT(*) AS n FROM certificate").await;
        assert_eq!(count().await, 0);
        let issues = async || certify::issue(&people.officer, &no, "once", 2, &Values::new()).await;
        assert_eq!(test.die_at_every_write("issue", issues).await, State::Issued);
        let (papers, told) = (
            test.count("SELECT COUNT(*) AS n FROM document WHERE kind = 'production-licence'").await,
            test.count("SELECT COUNT(*) AS n FROM message WHERE zh LIKE '%许可证%'").await,
        );
        assert_eq!((count().await, papers), (2, 2));
        assert!(told > 0, "the holder is told, once it is done");
    }
}
