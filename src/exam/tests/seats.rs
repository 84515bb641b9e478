use super::*;
use crate::document::model::Kind;
use crate::document::service as documents;
use crate::exam::model::CHANGE;

#[tokio::test]
async fn fifty_at_once_get_no_more_seats_than_there_are() {
    for test in engines().await {
        let (a, officer) = (body(&test).await, officer(&test).await);
        let offered = session(&a, "20").await;
        let mut asking = Vec::new();
        for at in 0..50 {
            let who = person(&test, &format!("考生{at}")).await;
            let no = accepted(&test, &who, &officer).await;
            asking.push((who, no.clone(), revision(&test, &no).await));
        }
        let asking: Vec<_> = asking
            .into_iter()
            .map(|(who, no, seen)| {
                let session = offered.id.clone();
                tokio::spawn(async move { service::sign_up(&who, no, session, seen, "c".into()).await.map(drop) })
            })
            .collect();
        let (mut seated, mut full) = (0, 0);
        for answer in asking {
            match answer.await.unwrap() {
                Ok(()) => seated += 1,
                Err(AppError::Refused(say)) if say.zh.contains("报满") => full += 1,
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!((seated, full), (20, 30));
        let file = service::session(&a, &offered.id).await.unwrap();
        assert_eq!((file.session.taken, file.session.left(), file.candidates.len()), (20, 0, 20));
        assert_eq!(file.candidates.iter().map(|candidate| candidate.nth).collect::<Vec<_>>(), (1..=20).collect::<Vec<_>>());
        assert!(file.candidates.iter().all(|candidate| candidate.sits && candidate.state.zh == "待考试"));
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM document WHERE kind = 'admission-slip'").await, 20, "no slip without a seat");
    }
}

#[tokio::test]
async fn a_seat_comes_with_its_slip_and_goes_back() {
    for test in engines().await {
        let (a, officer, who) = (body(&test).await, officer(&test).await, person(&test, "王小明").await);
        let no = accepted(&test, &who, &officer).await;
        let offered = session(&a, "2").await;
        let mine = service::board(&who).await.unwrap().cases;
        assert!(mine.len() == 1 && mine[0].may_sign_up && mine[0].seat.is_none());
        let before = revision(&test, &no).await;
        gone(sign_up(&test, &who, &no, &offered, "c1").await);
        gone(service::sign_up(&who, no.clone(), offered.id.clone(), before, "c1".into()).await);
        assert_eq!(service::session(&a, &offered.id).await.unwrap().session.taken, 1, "the same click is done once");
        assert!(matches!(service::sign_up(&who, no.clone(), offered.id.clone(), before, "c2".into()).await, Err(AppError::Moved(_))), "an older revision");
        assert_eq!(record(&test, &no).await.case.agency.as_deref(), Some(a.unit().unwrap().1));
        let slips = async |visit: &Visit| {
            let lines = documents::of_case(visit, &no).await.unwrap();
            lines.into_iter().filter(|line| line.kind == Kind::AdmissionSlip).collect::<Vec<_>>()
        };
        let slip = slips(&who).await.pop().unwrap();
        let words = documents::open(&who, &slip.id).await.unwrap().content.canonical();
        for part in ["王小明", "西安市示范考场", "2026年4月1日", "理论（闭卷）、理论（开卷）、实际操作", "610112********0012", &no]
        {
            assert!(words.contains(part), "{part}: {words}");
        }
        assert_eq!(slips(&a).await.len(), 1, "it is the body's paper");
        let mine = service::board(&who).await.unwrap().cases;
        assert!(!mine[0].may_sign_up && mine[0].may_cancel && mine[0].seat.as_ref().is_some_and(|seat| seat.session == offered.id));
        let seen = revision(&test, &no).await;
        let cancel =
            async |visit: &Visit, seen: i64, click: &str| service::cancel(visit, no.clone(), offered.id.clone(), seen, click.to_owned(), "出差".into()).await;
        assert!(matches!(cancel(&who, before, "c3").await, Err(AppError::Moved(_))));
        gone(cancel(&who, seen, "c4").await);
        gone(cancel(&who, seen, "c4").await);
        let file = service::session(&a, &offered.id).await.unwrap();
        assert_eq!((file.session.taken, file.candidates.len(), record(&test, &no).await.case.state), (0, 0, State::Accepted));
        gone(sign_up(&test, &who, &no, &offered, "c5").await);
        let file = service::session(&a, &offered.id).await.unwrap();
        assert_eq!(file.candidates[0].nth, 2, "a number given up is not given again");
        let Ok(Answer::Go(to)) = cancel(&a, revision(&test, &no).await, "c6").await else { panic!("it was refused") };
        assert_eq!(to, format!("/exam/sessions/{}?saved=1", offered.id), "back to the session, which says so");
        assert_eq!(service::session(&a, &offered.id).await.unwrap().session.taken, 0, "the body takes a seat back, too");
    }
}

#[tokio::test]
async fn the_seat_of_a_case_that_ended_is_offered_again() {
    for test in engines().await {
        let (a, officer) = (body(&test).await, officer(&test).await);
        let offered = session(&a, "2").await;
        let mut seated = Vec::new();
        for name in ["王小明", "李小红"] {
            let who = person(&test, name).await;
            let no = accepted(&test, &who, &officer).await;
            gone(sign_up(&test, &who, &no, &offered, "c").await);
            seated.push((who, no));
        }
        let third = person(&test, "张后来").await;
        let thirds = accepted(&test, &third, &officer).await;
        let left = async || service::board(&third).await.unwrap().sessions.remove(0).left();
        assert_eq!(left().await, 0);
        act(&seated[0].0, &seated[0].1, &ids::incident(), None, Action::Withdraw { reason: String::new() }).await.unwrap();
        assert_eq!(left().await, 1, "the board offers it");
        let counted = [service::sessions(&a).await.unwrap().rows.remove(0).taken, service::session(&a, &offered.id).await.unwrap().session.taken];
        assert_eq!(counted, [1, 1], "and the body reads the same");
        let reason = [("seats", "1"), ("reason", "座位减少")];
        gone(service::change_session(a.clone(), filled(&CHANGE, &reason), offered.id.clone(), offered.revision).await);
        assert_eq!(left().await, 0, "it was given back but once");
        let full = service::session(&a, &offered.id).await.unwrap().session;
        assert_eq!((full.seats, full.taken), (1, 1));
        assert!(refused(sign_up(&test, &third, &thirds, &offered, "c").await).contains("报满"));
    }
}

#[tokio::test]
async fn a_seat_is_refused_with_its_reason_and_nothing_is_left() {
    for test in engines().await {
        let (a, officer, who) = (body(&test).await, officer(&test).await, person(&test, "王小明").await);
        let no = accepted(&test, &who, &officer).await;
        let offered = session(&a, "1").await;
        let seen = revision(&test, &no).await;
        for stranger in [person(&test, "别人").await, a.clone(), test.member("enterprise", AccountRole::Owner).await] {
            assert_eq!(sign_up(&test, &stranger, &no, &offered, "x").await.err(), Some(AppError::NotFound));
        }
        assert_eq!(sign_up(&test, &officer, &no, &offered, "x").await.err(), Some(AppError::Forbidden));
        assert_eq!(service::sign_up(&who, no.clone(), "none".into(), seen, "x".into()).await.err(), Some(AppError::NotFound));
        assert!(matches!(service::sign_up(&who, no.clone(), offered.id.clone(), seen, "x".repeat(81)).await, Err(AppError::BadRequest(_))));
        gone(service::add_session(a.clone(), offer(&[("codes", "MT-II")])).await);
        let other = service::sessions(&a).await.unwrap().rows.into_iter().find(|session| session.codes == ["MT-II"]).unwrap();
        assert!(refused(sign_up(&test, &who, &no, &other, "x").await).contains("不考您申请的项目"));
        let first = person(&test, "李先到").await;
        let firsts = accepted(&test, &first, &officer).await;
        gone(sign_up(&test, &first, &firsts, &offered, "x").await);
        assert!(refused(sign_up(&test, &who, &no, &offered, "x").await).contains("报满"));
        let third = person(&test, "张后来").await;
        let thirds = accepted(&test, &third, &officer).await;
        act(&first, &firsts, &ids::incident(), None, Action::Withdraw { reason: String::new() }).await.unwrap();
        gone(sign_up(&test, &third, &thirds, &offered, "x").await);
        assert!(refused(sign_up(&test, &who, &no, &offered, "y").await).contains("报满"), "the seat of a case withdrawn is free once");
        let (first, firsts) = (third, thirds);
        go(&test, date(2026, 3, 26));
        assert!(refused(sign_up(&test, &who, &no, &offered, "x").await).contains("截止"));
        assert_eq!(record(&test, &no).await.case.state, State::Accepted);
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM exam_seat").await, 1);
        go(&test, date(2026, 4, 1));
        let late = service::cancel(&first, firsts.clone(), offered.id.clone(), revision(&test, &firsts).await, "y".into(), "晚了".into()).await;
        assert!(late.is_err(), "on the day it is too late");
        assert_eq!(service::session(&a, &offered.id).await.unwrap().session.taken, 1);
    }
}
