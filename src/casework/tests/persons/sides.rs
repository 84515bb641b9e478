//! What each side of a person's case sees and is told.

use super::*;
use crate::casework::desk;
use crate::casework::model::Wanted;

#[tokio::test]
async fn a_persons_case_exists_for_its_own_sides_only() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let no = filed(&test, &who, PersonKind::Obtain, "UT-II", &a.employer).await;
        let reader = test.join(&unit_of(&a.employer), AccountRole::Reader).await;
        let strangers = [
            person(&test, "别人").await,
            test.member("institution", AccountRole::Owner).await,
            test.member("agency", AccountRole::Owner).await,
            test.member("exam-body", AccountRole::Owner).await,
            official(&test, ZHEJIANG, &["acceptance", "examiner", "supervisor"]).await,
            official(&test, SHAANXI, &["authority-admin"]).await,
            test.person(test.account(AccountRole::Admin)).await,
            reader,
            a.body.clone(),
        ];
        for stranger in &strangers {
            assert_eq!(service::view(stranger, &no).await.err(), Some(AppError::NotFound), "{:?}", stranger.caller);
            assert_eq!(act(stranger, &no, Action::Withdraw { reason: String::new() }).await.err(), Some(AppError::NotFound));
        }
        for side in [&who, &a.officer, &a.employer] {
            assert!(service::view(side, &no).await.is_ok());
        }
        act(&a.officer, &no, Action::Accept { agency: None, checked: Vec::new() }).await.unwrap();
        assert_eq!(service::view(&a.body, &no).await.err(), Some(AppError::NotFound), "before the seat");
        act(&who, &no, seat(&a.body, date(2026, 4, 1))).await.unwrap();
        assert!(service::view(&a.body, &no).await.is_ok());
        let reader = test.join(&unit_of(&a.body), AccountRole::Reader).await;
        assert_eq!(service::view(&reader, &no).await.unwrap().actions, [ActionKind::Read]);
        act(&who, &no, Action::CancelSignUp { reason: "出差".into() }).await.unwrap();
        assert_eq!(service::view(&a.body, &no).await.err(), Some(AppError::NotFound), "the seat was given up");
    }
}

#[tokio::test]
async fn the_practising_unit_and_the_body_see_what_concerns_them() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let no = seated(&test, &a, &who, "UT-II").await;
        go(&test, date(2026, 4, 1));
        act(&a.officer, &no, Action::Take).await.unwrap();
        act(&a.body, &no, marks([60, 70, 90])).await.unwrap();
        let kinds = async |visit: &Visit| service::view(visit, &no).await.unwrap().timeline.into_iter().map(|h| h.what).collect::<Vec<_>>();
        assert_eq!(kinds(&a.employer).await, [ActionKind::Submit, ActionKind::ConfirmPractice]);
        assert_eq!(kinds(&a.body).await, [ActionKind::Accept, ActionKind::SignUp, ActionKind::PublishMarks]);
        let desk_of = async |visit: &Visit| desk::desk(visit, &no).await.unwrap();
        let employers = desk_of(&a.employer).await;
        let view = employers.person.clone().unwrap();
        let name = a.employer.caller().unwrap().unit_name.clone();
        assert_eq!((view.practice, view.seat.is_some(), view.sittings.len()), (vec![(name.clone(), Some(true))], false, 0), "no marks");
        assert_eq!((employers.entry.unit.as_str(), employers.entry.items.as_str()), ("王小明", "UT-II"));
        assert_eq!((employers.entry.code.as_str(), employers.entry.handler.as_str(), employers.agency.as_str(), employers.version), ("", "", "", 0));
        assert!(employers.case.ledger.lines.is_empty() && employers.entry.due.is_none() && employers.documents.is_empty());
        let bodys = desk_of(&a.body).await;
        let view = bodys.person.clone().unwrap();
        assert_eq!((view.practice.len(), view.sittings.len(), bodys.entry.code.as_str(), bodys.entry.handler.as_str()), (0, 1, "", ""));
        let officers = desk_of(&a.officer).await;
        let view = officers.person.clone().unwrap();
        assert_eq!((view.practice, view.sittings.len(), officers.entry.code.as_str()), (vec![(name, Some(true))], 1, "610112********0012"));
        for reader in [&a.employer, &a.body] {
            assert_eq!(crate::application::service::version(reader, &no, 1).await.err(), Some(AppError::NotFound), "the book is not theirs");
            assert_eq!(crate::application::service::compare(reader, &no, 1, 1).await.err(), Some(AppError::NotFound));
        }
        let attached = async |visit: &Visit| {
            let mut tx = test.app.db.read().await.unwrap();
            crate::casework::attached::sees(visit, &mut tx, &no, "qualification/files", true).await
        };
        assert!(attached(&a.officer).await.is_ok());
        for reader in [&a.employer, &a.body] {
            assert_eq!(attached(reader).await.err(), Some(AppError::NotFound));
        }
        assert!(crate::application::service::version(&a.officer, &no, 1).await.is_ok());
    }
}

#[tokio::test]
async fn each_side_is_told_what_is_asked_of_it() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let no = seated(&test, &a, &who, "UT-II").await;
        let asked = inbox(&a.employer).await;
        assert!(asked.len() == 1 && asked[0].contains("王小明") && asked[0].contains("请确认该人员是否在贵单位执业"), "{asked:?}");
        assert!(!asked[0].contains("下一步"), "what others do next is not its business");
        assert!(inbox(&who).await.iter().any(|text| text.contains("执业单位确认执业")), "the answer: {:?}", inbox(&who).await);
        assert!(inbox(&who).await.iter().any(|text| text.contains("请报名参加考试，最后一天是2028年3月2日")), "{:?}", inbox(&who).await);
        assert!(inbox(&a.body).await[0].contains("报名参加2026年4月1日（周三）的考试"));
        go(&test, date(2026, 4, 1));
        let caught = |subject: Option<&str>| Action::ReportMisconduct { subject: subject.map(str::to_owned), text: "夹带资料".into() };
        act(&a.body, &no, caught(Some(SUBJECTS[0]))).await.unwrap();
        assert_eq!(inbox(&a.employer).await.len(), 1, "违纪 voids a subject; the unit is not told");
        act(&a.body, &no, caught(None)).await.unwrap();
        let told = inbox(&a.employer).await;
        assert!(told.len() == 2 && told[0].contains("作弊"), "{told:?}");
        act(&a.body, &no, marks([80, 80, 80])).await.unwrap();
        assert_eq!(record(&test, &no).await.case.state, State::ExamFailed, "all are void");
        let told = inbox(&who).await;
        assert!(told[0].contains("考试成绩已公布") && told[0].contains("80 分") && told[0].contains("报名参加考试"), "{told:?}");
        assert_eq!(inbox(&a.employer).await.len(), 2, "marks are the person's");
    }
}

#[tokio::test]
async fn whoever_knows_number_and_document_is_told_by_when_it_is_accepted() {
    use crate::account::filled::Filled;
    use crate::portal::model::PROGRESS;
    for test in engines().await {
        let a = around(&test).await;
        let filed = filed(&test, &person(&test, "王小明").await, PersonKind::Obtain, "UT-II", &a.employer).await;
        let (no, sql) = ("20260302000001", "UPDATE application SET no = $1 WHERE no = $2");
        test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![no, filed]).await })).await.unwrap();
        let values: crate::form::Values = [("no", no), ("tail", "0012")].map(|(key, value)| (PROGRESS.path(key), value.to_owned())).into();
        let told = crate::portal::service::progress(&test.nobody(), &Filled::of(&PROGRESS, &values)).await.unwrap();
        assert!(matches!(told, crate::server::plain::Answer::Noted(say) if say.zh.contains("审批机关应在2026年3月9日")));
    }
}

#[tokio::test]
async fn queues_hold_the_examinations() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let no = seated(&test, &a, &who, "UT-II").await;
        let of = async |visit: &Visit, queue: &str| {
            let list = desk::queue(visit, &Wanted { queue: queue.into(), ..Wanted::default() }, "", false).await.unwrap();
            (list.rows.into_iter().map(|row| (row.no, row.code)).collect::<Vec<_>>(), list.counts)
        };
        let (rows, counts) = of(&a.officer, "exam").await;
        assert_eq!(rows, [(no.clone(), String::new())], "and no digest");
        assert!(counts.contains(&("exam".to_owned(), 1)));
        let (rows, counts) = of(&a.body, "").await;
        assert_eq!(rows.len(), 1);
        assert!(counts.iter().any(|(key, _)| key == "exam") && !counts.iter().any(|(key, _)| matches!(key.as_str(), "accept" | "review")), "{counts:?}");
        let other = test.member("exam-body", AccountRole::Owner).await;
        assert!(of(&other, "").await.0.is_empty());
        assert_eq!(desk::queue(&a.employer, &Wanted::default(), "", false).await.err(), Some(AppError::Forbidden), "it is asked by message");
        go(&test, date(2026, 4, 1));
        act(&a.body, &no, marks([80, 80, 80])).await.unwrap();
        assert_eq!(of(&a.officer, "examine").await.0.len(), 1);
    }
}
