use super::*;
use crate::application::sheet::{SheetIssue, export};
use crate::base::Lang;
use crate::exam::model::{Note, mark_path};

/// Two candidates on the day of their examination.
struct Sitting {
    body: Visit,
    session: Session,
    first: (Visit, String),
    second: (Visit, String),
}

async fn sitting(test: &TestApp) -> Sitting {
    let (a, officer) = (body(test).await, officer(test).await);
    let offered = session(&a, "5").await;
    let mut both = Vec::new();
    for name in ["王小明", "李小红"] {
        let who = person(test, name).await;
        let no = accepted(test, &who, &officer).await;
        gone(sign_up(test, &who, &no, &offered, "c").await);
        both.push((who, no));
    }
    let (second, first) = (both.pop().unwrap(), both.pop().unwrap());
    Sitting { session: offered, body: a, first, second }
}

fn typed(no: &str, points: [&str; 3]) -> Values {
    SUBJECTS.iter().zip(points).map(|((key, _), points)| (mark_path(no, key), points.to_owned())).collect()
}

async fn marks_revision(s: &Sitting) -> i64 {
    service::session(&s.body, &s.session.id).await.unwrap().session.revision
}

async fn enter(s: &Sitting, no: &str, points: [&str; 3]) -> Result<Answer> {
    service::enter(&s.body, s.session.id.clone(), marks_revision(s).await, typed(no, points)).await
}

async fn publish(s: &Sitting, click: &str) -> Result<Answer> {
    service::publish(&s.body, s.session.id.clone(), marks_revision(s).await, click.to_owned()).await
}

/// What is typed for both, in the order of seats.
async fn kept(s: &Sitting) -> Vec<Vec<String>> {
    let candidates = service::session(&s.body, &s.session.id).await.unwrap().candidates;
    candidates.into_iter().map(|candidate| SUBJECTS.iter().filter_map(|(key, _)| candidate.marks.get(*key).cloned()).collect()).collect()
}

#[tokio::test]
async fn marks_are_typed_and_published_together() {
    for test in engines().await {
        let s = sitting(&test).await;
        assert!(refused(enter(&s, &s.first.1, ["90", "90", "90"]).await).contains("还没有到"));
        go(&test, date(2026, 4, 1));
        assert_eq!(wrong(enter(&s, &s.first.1, ["90", "101", "90"]).await), [mark_path(&s.first.1, "open")]);
        assert_eq!(kept(&s).await, [Vec::<String>::new(), Vec::new()]);
        let seen = marks_revision(&s).await;
        gone(enter(&s, &s.first.1, ["90", "缺考", "90"]).await);
        let stale = service::enter(&s.body, s.session.id.clone(), seen, typed(&s.first.1, ["1", "1", "1"])).await;
        assert!(matches!(stale, Err(AppError::Moved(_))));
        assert_eq!(kept(&s).await[0], ["90", "缺考", "90"]);
        assert!(refused(publish(&s, "p1").await).contains("李小红"), "one is missing");
        assert_eq!(record(&test, &s.first.1).await.case.state, State::ExamRegistered, "nothing half published");
        gone(enter(&s, &s.second.1, ["70", "70", "70"]).await);
        for stranger in [body(&test).await, s.first.0.clone()] {
            let refusal = if stranger.caller.as_ref().unwrap().unit_kind == "exam-body" { AppError::NotFound } else { AppError::Forbidden };
            assert_eq!(service::enter(&stranger, s.session.id.clone(), 0, Values::new()).await.err(), Some(refusal.clone()));
            assert_eq!(service::publish(&stranger, s.session.id.clone(), 0, "x".into()).await.err(), Some(refusal.clone()));
            assert_eq!(service::sheet(&stranger, &s.session.id).await.err(), Some(refusal));
        }
        gone(publish(&s, "p2").await);
        assert_eq!(record(&test, &s.first.1).await.case.state, State::ExamFailed);
        assert_eq!(record(&test, &s.second.1).await.case.state, State::ExamPassed);
        let before = revision(&test, &s.second.1).await;
        gone(publish(&s, "p2").await);
        assert_eq!(revision(&test, &s.second.1).await, before, "the same click is done once");
        assert!(refused(publish(&s, "p3").await).contains("没有可以公布的成绩"));
        gone(enter(&s, &s.second.1, ["0", "0", "0"]).await);
        assert_eq!(kept(&s).await[1], ["70", "70", "70"], "what is published stands");
    }
}

fn sheet(rows: &[[&str; 5]]) -> Vec<u8> {
    let keys = ["no", "name", "closed", "open", "practice"];
    let row = |row: &[&str; 5]| keys.iter().zip(row).map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect::<Values>();
    export(&MARKS, Lang::Zh, &rows.iter().map(row).collect::<Vec<_>>()).unwrap()
}

#[tokio::test]
async fn a_sheet_comes_in_whole_or_not_at_all() {
    for test in engines().await {
        let s = sitting(&test).await;
        go(&test, date(2026, 4, 1));
        let (first, second) = (s.first.1.as_str(), s.second.1.as_str());
        let import = async |rows: &[[&str; 5]]| service::import(&s.body, s.session.id.clone(), marks_revision(&s).await, sheet(rows)).await.unwrap();
        let out = service::sheet(&s.body, &s.session.id).await.unwrap();
        assert_eq!(out.iter().map(|row| row["name"].as_str()).collect::<Vec<_>>(), ["王小明", "李小红"]);
        let issues =
            import(&[[first, "王小明", "90", "80", "101"], ["000", "", "1", "1", "1"], [second, "别人", "优", "1", "1"], [first, "", "1", "1", "1"]]).await;
        let places = |issues: Vec<SheetIssue>| issues.into_iter().map(|issue| (issue.row, issue.column.unwrap().zh.into_owned())).collect::<Vec<_>>();
        let expected = [(2, "实际操作"), (3, "申请号"), (4, "姓名"), (4, "理论（闭卷）"), (5, "申请号")];
        assert_eq!(places(issues.unwrap_err()), expected.map(|(row, column)| (row, column.to_owned())));
        assert_eq!(kept(&s).await, [Vec::<String>::new(), Vec::new()], "nothing half imported");
        assert!(import(&[]).await.is_err(), "an empty sheet");
        assert!(service::import(&s.body, s.session.id.clone(), 0, b"PK".to_vec()).await.unwrap().is_err());
        assert_eq!(import(&[[first, "王小明", "90", "80", "缺考"], [second, "", "70", "70", "70"]]).await, Ok(2));
        assert_eq!(kept(&s).await, [["90", "80", "缺考"], ["70", "70", "70"]]);
        let seen = marks_revision(&s).await;
        gone(enter(&s, first, ["90", "85", "缺考"]).await);
        let stale = service::import(&s.body, s.session.id.clone(), seen, sheet(&[[first, "", "1", "1", "1"]])).await;
        assert!(matches!(stale, Err(AppError::Moved(_))), "a colleague has typed since");
        assert_eq!(kept(&s).await[0], ["90", "85", "缺考"], "and what was typed stands");
        let other = body(&test).await;
        assert_eq!(service::import(&other, s.session.id.clone(), 0, sheet(&[[first, "", "1", "1", "1"]])).await.err(), Some(AppError::NotFound));
        // In a resit only what was failed is sat.
        gone(publish(&s, "p").await);
        go(&test, date(2026, 4, 2));
        let values = [("day", "2026-06-01"), ("closes_on", "2026-05-20")];
        gone(service::add_session(s.body.clone(), offer(&values)).await);
        let resit = service::sessions(&s.body).await.unwrap().rows.into_iter().find(|session| session.day == date(2026, 6, 1)).unwrap();
        gone(sign_up(&test, &s.first.0, first, &resit, "c2").await);
        go(&test, date(2026, 6, 1));
        let import = async |rows: &[[&str; 5]]| {
            let seen = service::session(&s.body, &resit.id).await.unwrap().session.revision;
            service::import(&s.body, resit.id.clone(), seen, sheet(rows)).await.unwrap()
        };
        assert_eq!(places(import(&[[first, "", "90", "", "75"]]).await.unwrap_err()), [(2, "理论（闭卷）".to_owned())]);
        assert_eq!(import(&[[first, "", "", "", "75"]]).await, Ok(1));
    }
}

#[tokio::test]
async fn misconduct_and_complaints_are_the_bodys() {
    for test in engines().await {
        let s = sitting(&test).await;
        let no = s.first.1.clone();
        let closed = SUBJECTS[0].1.zh;
        let report = async |visit: &Visit, seen: i64, click: &str, subject: &str| {
            service::report(visit, no.clone(), s.session.id.clone(), seen, click.to_owned(), subject.to_owned(), "夹带资料".into()).await
        };
        let seen = revision(&test, &no).await;
        assert!(report(&s.body, seen, "m0", closed).await.is_err(), "before the day");
        go(&test, date(2026, 4, 1));
        assert_eq!(report(&s.first.0, seen, "m1", closed).await.err(), Some(AppError::Forbidden));
        assert_eq!(report(&body(&test).await, seen, "m1", closed).await.err(), Some(AppError::NotFound));
        gone(report(&s.body, seen, "m1", closed).await);
        gone(report(&s.body, seen, "m1", closed).await);
        assert!(matches!(report(&s.body, seen, "m2", closed).await, Err(AppError::Moved(_))), "an older revision");
        let candidate = &service::session(&s.body, &s.session.id).await.unwrap().candidates[0];
        assert_eq!(candidate.misconduct.len(), 1, "the same click is done once");
        gone(enter(&s, &no, ["95", "95", "69"]).await);
        gone(enter(&s, &s.second.1, ["70", "70", "70"]).await);
        gone(publish(&s, "p").await);
        assert_eq!(record(&test, &no).await.case.state, State::ExamFailed);
        act(&s.first.0, &no, &ids::incident(), None, Action::ComplainMarks { reason: "漏计分".into() }).await.unwrap();
        let candidate = service::session(&s.body, &s.session.id).await.unwrap().candidates.swap_remove(0);
        assert!(candidate.complains && candidate.subjects.len() == 3);
        let seen = candidate.revision;
        let answer = async |visit: &Visit, seen: i64, points: [&str; 3]| {
            service::answer_complaint(visit, no.clone(), s.session.id.clone(), seen, "a".into(), "复核".into(), typed(&no, points)).await
        };
        assert_eq!(answer(&s.first.0, seen, ["", "", ""]).await.err(), Some(AppError::Forbidden));
        assert_eq!(answer(&body(&test).await, seen, ["", "", ""]).await.err(), Some(AppError::NotFound));
        assert!(matches!(answer(&s.body, seen - 1, ["", "", ""]).await, Err(AppError::Moved(_))));
        assert!(matches!(answer(&s.body, seen, ["", "", "75"]).await, Ok(Answer::Told(_))), "all subjects or none");
        assert!(matches!(answer(&s.body, seen, ["", "", "175"]).await, Ok(Answer::Told(_))));
        gone(answer(&s.body, seen, ["95", "95", "75"]).await);
        let file = service::session(&s.body, &s.session.id).await.unwrap();
        assert!(!file.candidates[0].complains);
        assert_eq!(kept(&s).await[0], ["95", "95", "75"], "as they were put right");
        assert_eq!(file.candidates[0].state.zh, State::ExamFailed.label().zh, "the void subject stays void");
    }
}

#[tokio::test]
async fn what_was_recorded_by_mistake_is_taken_back_with_the_answer() {
    for test in engines().await {
        let s = sitting(&test).await;
        let no = s.first.1.clone();
        go(&test, date(2026, 4, 1));
        for (click, subject) in [("m1", SUBJECTS[0].1.zh), ("m2", "")] {
            let seen = revision(&test, &no).await;
            gone(service::report(&s.body, no.clone(), s.session.id.clone(), seen, click.into(), subject.into(), "夹带".into()).await);
        }
        gone(enter(&s, &no, ["95", "95", "95"]).await);
        gone(enter(&s, &s.second.1, ["60", "70", "70"]).await);
        gone(publish(&s, "p").await);
        let answers = async |who: &str, values: Values| {
            let (seen, click) = (revision(&test, who).await, format!("a-{who}"));
            for again in [false, true] {
                let answer = service::answer_complaint(&s.body, who.to_owned(), s.session.id.clone(), seen, click.clone(), "核实有误".into(), values.clone());
                let answer = answer.await;
                if answer.is_err() {
                    return answer.map(drop);
                }
                assert!(matches!(answer, Ok(Answer::Go(_))), "again: {again}");
            }
            Ok(())
        };
        let lift = |no: &str| Values::from([(Note::Lift.path(no), "yes".to_owned())]);
        for (who, no) in [&s.first, &s.second] {
            act(who, no, &ids::incident(), None, Action::ComplainMarks { reason: "不是我的".into() }).await.unwrap();
        }
        assert!(matches!(answers(&s.second.1, lift(&s.second.1)).await, Err(AppError::Refused(_))), "there is nothing to take back");
        answers(&no, lift(&no)).await.unwrap();
        assert_eq!(record(&test, &no).await.case.state, State::ExamPassed);
        assert!(service::session(&s.body, &s.session.id).await.unwrap().candidates[0].misconduct.is_empty());
        assert_eq!(service::passed(&test.nobody(), &s.session.id).await.unwrap().rows.len(), 1, "and so the public reads");
        answers(&s.second.1, Values::new()).await.unwrap();
        assert_eq!(record(&test, &s.second.1).await.case.state, State::ExamFailed);
    }
}

#[tokio::test]
async fn marks_put_right_give_the_seat_of_the_resit_back() {
    for test in engines().await {
        let s = sitting(&test).await;
        let no = s.first.1.clone();
        go(&test, date(2026, 4, 1));
        gone(enter(&s, &no, ["95", "95", "69"]).await);
        gone(enter(&s, &s.second.1, ["70", "70", "70"]).await);
        gone(publish(&s, "p").await);
        gone(service::add_session(s.body.clone(), offer(&[("day", "2026-04-20"), ("closes_on", "2026-04-10")])).await);
        let resit = service::sessions(&s.body).await.unwrap().rows.into_iter().find(|session| session.day == date(2026, 4, 20)).unwrap();
        gone(sign_up(&test, &s.first.0, &no, &resit, "r").await);
        act(&s.first.0, &no, &ids::incident(), None, Action::ComplainMarks { reason: "漏计分".into() }).await.unwrap();
        go(&test, date(2026, 4, 20));
        let marks = || typed(&no, ["", "", "60"]);
        gone(service::enter(&s.body, resit.id.clone(), resit.revision, marks()).await);
        let file = service::session(&s.body, &resit.id).await.unwrap();
        let early = service::publish(&s.body, resit.id.clone(), file.session.revision, "p2".into()).await;
        assert!(refused(early).contains("没有可以公布的成绩"), "the complaint is answered first");
        let seen = revision(&test, &no).await;
        for _ in 0..2 {
            let points = typed(&no, ["95", "95", "75"]);
            gone(service::answer_complaint(&s.body, no.clone(), s.session.id.clone(), seen, "a".into(), "复核".into(), points).await);
        }
        let case = record(&test, &no).await.case;
        assert_eq!((case.state, case.person.and_then(|person| person.seat)), (State::ExamPassed, None));
        let file = service::session(&s.body, &resit.id).await.unwrap();
        assert_eq!((file.session.taken, file.candidates.len()), (0, 0));
    }
}
