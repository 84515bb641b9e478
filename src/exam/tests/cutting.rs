//! A seat comes with its event and its slip, marks with the events of all candidates: cut off at any write, neither is there.

use super::*;
use crate::exam::model::{CALL_OFF, CHANGE, mark_path};

/// What was answered, where only one answer will do.
fn went(answer: Answer) -> Result<()> {
    match answer {
        Answer::Go(_) => Ok(()),
        Answer::Wrong(issues) => panic!("{issues:?}"),
        Answer::Told(say) | Answer::Noted(say) => panic!("{say:?}"),
    }
}

#[tokio::test]
async fn seats_and_marks_are_whole_or_not_at_all() {
    for test in engines().await {
        let (a, officer) = (body(&test).await, officer(&test).await);
        let id = session(&a, "5").await.id;
        let mut both = Vec::new();
        for name in ["王小明", "李小红"] {
            let who = person(&test, name).await;
            let no = accepted(&test, &who, &officer).await;
            let seen = revision(&test, &no).await;
            let signs_up = async || went(service::sign_up(&who, no.clone(), id.clone(), seen, "up".into()).await?);
            test.die_at_every_write("sign-up", signs_up).await;
            both.push((who, no));
        }
        let (who, no) = &both[0];
        let seen = revision(&test, no).await;
        let cancels = async || went(service::cancel(who, no.clone(), id.clone(), seen, "down".into(), "出差".into()).await?);
        test.die_at_every_write("cancel-sign-up", cancels).await;
        let seen = revision(&test, no).await;
        went(service::sign_up(who, no.clone(), id.clone(), seen, "again".into()).await.unwrap()).unwrap();

        let offered = service::session(&a, &id).await.unwrap().session;
        let changes = filled(&CHANGE, &[("place", "宝鸡市示范考场"), ("reason", "考场装修")]);
        let moves = async || went(service::change_session(a.clone(), changes.clone(), id.clone(), offered.revision).await?);
        test.die_at_every_write("move-exam", moves).await;

        go(&test, date(2026, 4, 1));
        let points = [("90", &both[0].1), ("60", &both[1].1)];
        let typed = points.iter().flat_map(|(points, no)| SUBJECTS.map(|(key, _)| (mark_path(no, key), (*points).to_owned()))).collect::<Values>();
        let seen = async || service::session(&a, &id).await.unwrap().session.revision;
        let before = seen().await;
        let enters = async || went(service::enter(&a, id.clone(), before, typed.clone()).await?);
        test.die_at_every_write("enter", enters).await;
        let before = seen().await;
        let publishes = async || went(service::publish(&a, id.clone(), before, "publish".into()).await?);
        test.die_at_every_write("publish-marks", publishes).await;
        assert_eq!((record(&test, no).await.case.state, record(&test, &both[1].1).await.case.state), (State::ExamPassed, State::ExamFailed));

        let failed = &both[1];
        act(&failed.0, &failed.1, "complaint", None, Action::ComplainMarks { reason: "漏计分".into() }).await.unwrap();
        let before = revision(&test, &failed.1).await;
        let right: Values = SUBJECTS.iter().map(|(key, _)| (mark_path(&failed.1, key), "80".to_owned())).collect();
        let answers = async || went(service::answer_complaint(&a, failed.1.clone(), id.clone(), before, "answer".into(), "更正".into(), right.clone()).await?);
        test.die_at_every_write("answer-complaint", answers).await;
        assert_eq!(record(&test, &failed.1).await.case.state, State::ExamPassed);
    }
}

#[tokio::test]
async fn a_session_is_called_off_for_all_or_for_none() {
    for test in engines().await {
        let (a, officer) = (body(&test).await, officer(&test).await);
        let offered = session(&a, "5").await;
        for name in ["王小明", "李小红"] {
            let who = person(&test, name).await;
            let no = accepted(&test, &who, &officer).await;
            gone(sign_up(&test, &who, &no, &offered, "c").await);
        }
        let revision = service::session(&a, &offered.id).await.unwrap().session.revision;
        let reason = fill(&CALL_OFF, &[("reason", "停电")]);
        let calls_off = async || went(service::call_off(a.clone(), reason.clone(), offered.id.clone(), revision).await?);
        test.die_at_every_write("call-off", calls_off).await;
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM application WHERE state = 'accepted'").await, 2);
        let cheat = {
            let who = person(&test, "赵敏").await;
            let no = accepted(&test, &who, &officer).await;
            let other = session(&a, "5").await;
            gone(sign_up(&test, &who, &no, &other, "c").await);
            go(&test, other.day);
            (no, other.id)
        };
        let seen = self::revision(&test, &cheat.0).await;
        let reports = async || went(service::report(&a, cheat.0.clone(), cheat.1.clone(), seen, "report".into(), String::new(), "替考".into()).await?);
        test.die_at_every_write("report-misconduct", reports).await;
    }
}
