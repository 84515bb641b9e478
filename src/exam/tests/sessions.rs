use super::*;
use crate::document::model::Kind;
use crate::document::service as documents;
use crate::exam::model::{CALL_OFF, CHANGE, mark_path};
use crate::workflow::ActionKind;

async fn change(body: &Visit, session: &Session, changes: &[(&str, &str)]) -> Result<Answer> {
    let changes: Vec<_> = changes.iter().copied().chain([("reason", "考场装修")]).collect();
    service::change_session(body.clone(), filled(&CHANGE, &changes), session.id.clone(), session.revision).await
}

async fn call_off(body: &Visit, session: &Session, reason: &str) -> Result<Answer> {
    service::call_off(body.clone(), fill(&CALL_OFF, &[("reason", reason)]), session.id.clone(), session.revision).await
}

/// The session as it is now.
async fn now(body: &Visit, session: &Session) -> Session {
    service::session(body, &session.id).await.unwrap().session
}

/// Somebody with a seat.
async fn seated(test: &TestApp, session: &Session, name: &str) -> (Visit, String) {
    let (who, officer) = (person(test, name).await, officer(test).await);
    let no = accepted(test, &who, &officer).await;
    gone(sign_up(test, &who, &no, session, "c").await);
    (who, no)
}

/// How often a word stands in the record of a case.
async fn events(test: &TestApp, no: &str, kind: ActionKind) -> usize {
    let record = record(test, no).await;
    let timeline = cases::timeline(&mut test.app.db.read().await.unwrap(), &record.id).await.unwrap();
    timeline.iter().filter(|happening| happening.what == kind).count()
}

#[tokio::test]
async fn the_same_session_is_offered_once() {
    for test in engines().await {
        let a = body(&test).await;
        let Ok(Answer::Go(first)) = service::add_session(a.clone(), offer(&[])).await else { panic!("it was refused") };
        let Ok(Answer::Go(again)) = service::add_session(a.clone(), offer(&[])).await else { panic!("it was refused") };
        assert_eq!(first, again, "sent again");
        gone(service::add_session(a.clone(), offer(&[("times", "14:00 理论")])).await);
        gone(service::add_session(body(&test).await, offer(&[])).await);
        let rows = service::sessions(&a).await.unwrap().rows;
        assert_eq!(rows.len(), 2, "at another time it is another session");
        let afternoon = rows.iter().find(|session| session.times == "14:00 理论").unwrap();
        assert!(matches!(change(&a, afternoon, &[]).await, Ok(Answer::Told(_))), "it would be the first one");
        let morning = rows.iter().find(|session| session.times != "14:00 理论").unwrap();
        gone(call_off(&a, morning, "停电").await);
        gone(change(&a, afternoon, &[]).await);
    }
}

#[tokio::test]
async fn whoever_has_a_seat_is_told_of_a_change_and_gets_another_slip() {
    for test in engines().await {
        let a = body(&test).await;
        let offered = session(&a, "2").await;
        let (who, no) = seated(&test, &offered, "王小明").await;
        let seen = now(&a, &offered).await;
        for (changes, path) in [
            (&[("seats", "0")][..], "exam_change/seats"),
            (&[("codes", "RT-II")], "exam_change/codes"),
            (&[("closes_on", "2026-04-01")], "exam_change/closes_on"),
            (&[("codes", "ABC")], "exam_change/codes"),
        ] {
            assert_eq!(wrong(change(&a, &seen, changes).await), [path], "{changes:?}");
        }
        gone(change(&a, &seen, &[("seats", "5")]).await);
        gone(change(&a, &seen, &[("seats", "5")]).await);
        assert_eq!((now(&a, &offered).await.seats, events(&test, &no, ActionKind::MoveExam).await), (5, 0), "more seats concern nobody who has one");
        assert!(matches!(change(&a, &seen, &[("seats", "6")]).await, Err(AppError::Moved(_))), "an older revision");

        let seen = now(&a, &offered).await;
        gone(change(&a, &seen, &[("seats", "5"), ("day", "2026-04-08"), ("place", "第二考场")]).await);
        gone(change(&a, &seen, &[("seats", "5"), ("day", "2026-04-08"), ("place", "第二考场")]).await);
        assert_eq!(events(&test, &no, ActionKind::MoveExam).await, 1, "the same change sent again is done once");
        let case = record(&test, &no).await.case;
        assert_eq!((case.state, case.person.unwrap().seat.unwrap().day), (State::ExamRegistered, date(2026, 4, 8)));
        let slips: Vec<_> = documents::of_case(&who, &no).await.unwrap().into_iter().filter(|line| line.kind == Kind::AdmissionSlip).collect();
        assert_eq!(slips.len(), 2);
        let mut words = Vec::new();
        for slip in slips {
            words.push(documents::open(&who, &slip.id).await.unwrap().content.canonical());
        }
        let new = words.iter().find(|words| words.contains("第二考场")).unwrap();
        assert!(["2026年4月8日", "09:00 理论", "变更后换发"].iter().all(|part| new.contains(part)), "{new}");
        let told = "SELECT COUNT(*) AS n FROM message WHERE zh LIKE '%考试改为%第二考场%考场装修%'";
        assert_eq!(test.count(told).await, 1, "the candidate was told");

        go(&test, date(2026, 4, 8));
        let seen = now(&a, &offered).await;
        assert!(refused(change(&a, &seen, &[("seats", "7")]).await).contains("考试日期已到"));
    }
}

#[tokio::test]
async fn a_session_called_off_gives_every_seat_back() {
    for test in engines().await {
        let a = body(&test).await;
        let offered = session(&a, "3").await;
        let (_, no) = seated(&test, &offered, "王小明").await;
        let (_, other) = seated(&test, &offered, "李小红").await;
        let approver = {
            let duties = vec!["approver".to_owned()];
            test.person(Account { authority_code: Some(SHAANXI.into()), duties, ..test.account(AccountRole::Staff) }).await
        };
        act(&approver, &other, &ids::incident(), None, Action::Suspend { reason: "涉诉".into() }).await.unwrap();
        gone(change(&a, &offered, &[("seats", "4")]).await);
        let seen = now(&a, &offered).await;
        assert_eq!(wrong(call_off(&a, &seen, "").await), ["exam_call_off/reason"]);
        assert!(matches!(call_off(&a, &offered, "停电").await, Err(AppError::Moved(_))), "an older revision");
        assert_eq!((now(&a, &offered).await, record(&test, &no).await.case.state), (seen.clone(), State::ExamRegistered), "and nothing is half done");
        gone(call_off(&a, &now(&a, &offered).await, "停电").await);
        gone(call_off(&a, &seen, "停电").await);
        assert_eq!((events(&test, &no, ActionKind::CallOff).await, record(&test, &no).await.case.state), (1, State::Accepted));
        let suspended = record(&test, &other).await.case;
        assert_eq!((suspended.state, suspended.back), (State::Suspended, Some(State::Accepted)), "it resumes without a seat");
        let after = now(&a, &offered).await;
        assert_eq!((after.taken, after.called_off.as_deref()), (0, Some("停电")));
        assert!(service::board(&test.nobody()).await.unwrap().sessions.is_empty());
        let third = person(&test, "张三").await;
        let thirds = accepted(&test, &third, &officer(&test).await).await;
        assert!(refused(sign_up(&test, &third, &thirds, &after, "x").await).contains("已经取消"));
        assert!(refused(change(&a, &after, &[]).await).contains("已经取消"));
        assert!(refused(call_off(&a, &after, "再次").await).contains("已经取消"));
    }
}

#[tokio::test]
async fn only_its_body_arranges_a_session() {
    for test in engines().await {
        let a = body(&test).await;
        let offered = session(&a, "2").await;
        let reader = test.join(a.unit().unwrap().1, AccountRole::Reader).await;
        for (stranger, refusal) in [
            (body(&test).await, AppError::NotFound),
            (reader, AppError::Forbidden),
            (person(&test, "王小明").await, AppError::Forbidden),
            (officer(&test).await, AppError::Forbidden),
        ] {
            assert_eq!(change(&stranger, &offered, &[("seats", "9")]).await.err(), Some(refusal.clone()));
            assert_eq!(call_off(&stranger, &offered, "x").await.err(), Some(refusal));
        }
        assert_eq!(now(&a, &offered).await, offered);
    }
}

#[tokio::test]
async fn a_body_sees_who_is_accepted_and_has_no_seat() {
    for test in engines().await {
        let a = body(&test).await;
        let (who, officer) = (person(&test, "王小明").await, officer(&test).await);
        let no = accepted(&test, &who, &officer).await;
        let waiting = async |body: &Visit| service::sessions(body).await.unwrap().waiting;
        let here = a.unit().unwrap().1.to_owned();
        test.app
            .db
            .write(move |tx| Box::pin(async move { tx.run("UPDATE unit SET region = '610113' WHERE id = $1", crate::vals![here]).await }))
            .await
            .unwrap();
        let rows = waiting(&a).await;
        assert_eq!(rows.iter().map(|row| (row.no.as_str(), row.resits)).collect::<Vec<_>>(), [(no.as_str(), false)]);
        let elsewhere = body(&test).await;
        let there = elsewhere.unit().unwrap().1.to_owned();
        test.app
            .db
            .write(move |tx| Box::pin(async move { tx.run("UPDATE unit SET region = '330106' WHERE id = $1", crate::vals![there]).await }))
            .await
            .unwrap();
        assert!(waiting(&elsewhere).await.is_empty(), "another province's");
        let offered = session(&elsewhere, "2").await;
        gone(sign_up(&test, &who, &no, &offered, "c").await);
        assert!(waiting(&a).await.is_empty());
        go(&test, date(2026, 4, 1));
        let typed = SUBJECTS.iter().map(|(key, _)| (mark_path(&no, key), "10".to_owned())).collect();
        gone(service::enter(&elsewhere, offered.id.clone(), 0, typed).await);
        gone(service::publish(&elsewhere, offered.id.clone(), 1, "p".into()).await);
        assert_eq!(waiting(&elsewhere).await.iter().map(|row| row.resits).collect::<Vec<_>>(), [true], "a resit is where the examination was");
        assert!(waiting(&a).await.is_empty());
    }
}

#[tokio::test]
async fn the_public_reads_who_passed_for_a_year() {
    for test in engines().await {
        let a = body(&test).await;
        let offered = session(&a, "3").await;
        let (_, good) = seated(&test, &offered, "王小明").await;
        let (_, bad) = seated(&test, &offered, "李小红").await;
        let nobody = test.nobody();
        assert_eq!(service::passed(&nobody, &offered.id).await.err(), Some(AppError::NotFound), "nothing is published");
        go(&test, date(2026, 4, 1));
        let typed = [(&good, "90"), (&bad, "69")];
        let typed = typed.iter().flat_map(|(no, points)| SUBJECTS.iter().map(move |(key, _)| (mark_path(no, key), (*points).to_owned()))).collect();
        gone(service::enter(&a, offered.id.clone(), 0, typed).await);
        assert_eq!(service::passed(&nobody, &offered.id).await.err(), Some(AppError::NotFound));
        gone(service::publish(&a, offered.id.clone(), 1, "p".into()).await);
        assert_eq!(service::passed(&nobody, &offered.id).await.unwrap().rows, [(1, "王小明".to_owned(), vec![CODE.to_owned()])]);
        assert_eq!(service::board(&nobody).await.unwrap().published.len(), 1);
        let seen = now(&a, &offered).await;
        assert!(refused(call_off(&a, &seen, "x").await).contains("已经公布成绩"));
        assert_eq!(service::passed(&nobody, "none").await.err(), Some(AppError::NotFound));
        go(&test, date(2027, 4, 2));
        assert_eq!(service::passed(&nobody, &offered.id).await.err(), Some(AppError::NotFound), "the year is over");
        assert!(service::board(&nobody).await.unwrap().published.is_empty());
    }
}
