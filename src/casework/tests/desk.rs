//! The acceptance desk: the queue, the forms, what the applicant is told.

use super::*;
use crate::casework::correcting::preview;
use crate::casework::desk;
use crate::casework::forms::Source;
use crate::casework::model::{Share, Wanted};
use crate::casework::points;
use crate::document::model::Kind;
use crate::document::service as documents;
use crate::form::Values;
use crate::server::plain::Answer;
use std::collections::BTreeSet;

/// What a form of the desk posts, drawn now.
pub(super) async fn form(visit: &Visit, no: &str, act: &str, answers: &[(&str, &str)]) -> Values {
    let drawn = desk::desk(visit, no).await.unwrap();
    let carried = [("act", act.to_owned()), ("no", no.to_owned()), ("seen", drawn.case.revision.to_string()), ("click", drawn.click)];
    let answers = answers.iter().map(|(key, value)| (if *key == "step" { (*key).to_owned() } else { format!("{act}/{key}") }, (*value).to_owned()));
    carried.map(|(key, value)| (key.to_owned(), value)).into_iter().chain(answers).collect()
}

/// The same of a correction notice that was looked at as it is.
pub(super) async fn corrected(visit: &Visit, no: &str, answers: &[(&str, &str)]) -> Values {
    let mut values = form(visit, no, "require-correction", answers).await;
    let seen = preview(visit, no, &values).await.unwrap().expect("a notice with a point");
    values.insert("previewed".to_owned(), seen.fingerprint);
    values
}

/// The texts somebody was sent after the receipt of their application.
async fn messages_to(test: &TestApp, visit: &Visit) -> Vec<String> {
    let id = &visit.caller().unwrap().account_id;
    let account = crate::account::store::find_account(&mut test.app.db.read().await.unwrap(), id).await.unwrap().unwrap();
    test.messages(&account.mobile).await.split_off(1)
}

pub(super) fn is_done(answer: &Result<Answer>) -> bool {
    matches!(answer, Ok(Answer::Go(_)))
}

/// The places that have to be mended.
pub(super) fn wrong(answer: Result<Answer>) -> Vec<String> {
    match answer {
        Ok(Answer::Wrong(issues)) => issues.into_iter().map(|issue| issue.path).collect(),
        Ok(_) => panic!("it was done"),
        Err(error) => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn a_queue_shows_the_authoritys_own_the_most_urgent_first() {
    for test in engines().await {
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let mut all = Vec::new();
        for day in [2, 3, 4] {
            go(&test, date(2026, 3, day));
            all.push(filed(&test).await.1);
        }
        drafted(&test).await;
        let list = async |filter: Wanted| desk::queue(&officer, &filter, "", false).await.unwrap();
        let whole = list(Wanted::default()).await;
        assert_eq!(whole.rows.iter().map(|row| row.no.clone()).collect::<Vec<_>>(), all, "drafts are nobody else's business");
        assert_eq!((whole.count, whole.rows[0].due, whole.rows[0].left), (3, Some(date(2026, 3, 9)), 3));
        assert_eq!(whole.counts.iter().filter(|(_, n)| *n > 0).map(|(key, n)| (key.as_str(), *n)).collect::<Vec<_>>(), [("accept", 3)]);
        let whose = crate::casework::store::Whose::Authorities(&[SHAANXI.to_owned()]);
        let queues = crate::casework::model::queues_of(crate::workflow::Party::Authority);
        assert_eq!(store::count_queues(&mut test.app.db.read().await.unwrap(), whose, queues, 1).await.unwrap()[0], ("accept".to_owned(), 2), "capped");
        act(&officer, &all[1], Action::Take).await.unwrap();
        let mine = list(Wanted { whose: Share::Mine, ..Wanted::default() }).await;
        assert_eq!((mine.rows.len(), &mine.rows[0].no, &mine.rows[0].handler), (1, &all[1], &officer.caller().unwrap().person_name));
        assert_eq!(list(Wanted { text: all[2].clone(), ..Wanted::default() }).await.rows.len(), 1);
        assert_eq!(list(Wanted { text: whole.rows[0].unit.clone(), ..Wanted::default() }).await.rows.len(), 1);
        assert_eq!(list(Wanted { text: "%".into(), ..Wanted::default() }).await.rows.len(), 0, "a sign is a sign");
        assert_eq!(list(Wanted { queue: "closed".into(), ..Wanted::default() }).await.rows.len(), 0);
        let elsewhere = official(&test, ZHEJIANG, &["acceptance"]).await;
        assert_eq!(desk::queue(&elsewhere, &Wanted::default(), "", false).await.unwrap().rows.len(), 0);
        for stranger in [official(&test, SHAANXI, &["authority-admin"]).await, test.member("enterprise", AccountRole::Owner).await] {
            assert_eq!(desk::queue(&stranger, &Wanted::default(), "", false).await.err(), Some(AppError::Forbidden));
        }
    }
}

#[tokio::test]
async fn a_queue_is_narrowed_by_category_kind_flag_and_last_day() {
    for test in engines().await {
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let (silent, design, late) = (filed(&test).await.1, filed(&test).await.1, filed(&test).await.1);
        go(&test, date(2026, 3, 6));
        let fresh = filed(&test).await.1;
        let (number, sql) = (design.clone(), "UPDATE application SET category = 'design', kind = 'renew-review' WHERE no = $1");
        test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![number]).await })).await.unwrap();
        let list = async |filter: &[(&str, &str)]| {
            let filter: Values = filter.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
            desk::queue(&officer, &Wanted::of(&filter), "", false).await.unwrap()
        };
        let numbers = async |filter: &[(&str, &str)]| list(filter).await.rows.into_iter().map(|row| row.no).collect::<BTreeSet<_>>();
        let these = |numbers: &[&String]| numbers.iter().map(|no| (*no).clone()).collect::<BTreeSet<_>>();
        assert_eq!(numbers(&[("category", "design")]).await, these(&[&design]));
        assert_eq!(numbers(&[("kind", "first"), ("category", "design")]).await, these(&[]));
        assert_eq!(list(&[("kind", "first")]).await.count, 3);
        // The last day is the 9th, a Monday: one working day is left of it.
        assert_eq!(numbers(&[("due", "soon")]).await, these(&[&silent, &design, &late]), "not what was just filed");
        assert_eq!((numbers(&[("due", "overdue")]).await, list(&[]).await.overdue), (these(&[]), 0));
        go(&test, date(2026, 3, 11));
        service::settle(&test.app, &silent).await.unwrap();
        assert_eq!(numbers(&[("due", "overdue")]).await, these(&[&design, &late]));
        assert_eq!(list(&[("due", "soon")]).await.overdue, 2, "whatever is asked for");
        assert_eq!(numbers(&[("due", "overdue"), ("category", "design"), ("order", "newest")]).await, these(&[&design]));
        assert_eq!(numbers(&[("due", "overdue"), ("text", &late)]).await, these(&[&late]));
        assert_eq!(numbers(&[("due", "soon")]).await, these(&[&fresh]));
        assert_eq!(numbers(&[("flag", "deemed-accepted")]).await, these(&[&silent]));
        assert_eq!(numbers(&[("flag", "escalated")]).await, these(&[]));
    }
}

#[tokio::test]
async fn pages_of_a_queue_join_without_gap_or_overlap() {
    for test in engines().await {
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        for n in 0..45 {
            go(&test, date(2026, 3, 2 + n / 15));
            submitted(&test).await;
        }
        let (mut seen, mut at, mut pages) = (Vec::new(), String::new(), Vec::new());
        loop {
            let page = desk::queue(&officer, &Wanted::default(), &at, false).await.unwrap();
            seen.extend(page.rows.iter().map(|row| row.no.clone()));
            pages.push(page.clone());
            match page.next {
                Some(next) => at = next,
                None => break,
            }
        }
        let unique: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!((seen.len(), unique.len(), pages.len()), (45, 45, 3));
        let back = desk::queue(&officer, &Wanted::default(), pages[2].previous.as_deref().unwrap(), true).await.unwrap();
        assert_eq!(back.rows, pages[1].rows);
        assert!(matches!(desk::queue(&officer, &Wanted::default(), "x", false).await, Err(AppError::BadRequest(_))));
    }
}

#[tokio::test]
async fn corrections_are_required_once_and_told_by_message() {
    for test in engines().await {
        let (owner, no) = filed(&test).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let told = async |answers: &[(&str, &str)]| match desk::act(&officer, &form(&officer, &no, "require-correction", answers).await).await {
            Ok(Answer::Told(say)) => say.zh.into_owned(),
            Err(AppError::Refused(say)) => say.zh.into_owned(),
            other => panic!("{:?}", other.err()),
        };
        assert!(told(&[]).await.contains("逐条写明"));
        assert!(told(&[("place1", "basic/postcode")]).await.contains("第 1 条没有写明"));
        assert!(told(&[("text2", "有误")]).await.contains("第 2 条没有选择"));
        assert!(told(&[("place1", "basic/org_name_of_nobody"), ("text1", "有误")]).await.contains("没有选择位置"), "only places of this book");
        assert!(told(&[("place1", "items/declarer"), ("text1", "有误")]).await.contains("没有选择位置"), "the declaration is open anyway");
        assert!(told(&[("place1", "basic/addresses"), ("row1", "9"), ("text1", "有误")]).await.contains("只有 0 行"));
        for step in [points::MORE.to_owned(), points::marking("basic/fax", None)] {
            let more = [("step", step.as_str()), ("place1", "basic/fax"), ("text1", "缺区号")];
            let more = desk::act(&officer, &form(&officer, &no, "require-correction", &more).await).await;
            assert!(matches!(more, Ok(Answer::Wrong(issues)) if issues.is_empty()), "more rows send nothing");
        }
        assert_eq!(messages_to(&test, &owner).await.len(), 0);
        let whole = corrected(&officer, &no, &[("place1", "basic/postcode"), ("text1", "应为 6 位"), ("place3", "basic/fax"), ("text3", "缺区号")]).await;
        for _ in 0..2 {
            assert!(is_done(&desk::act(&officer, &whole).await), "sent again it is the same click");
        }
        let case = record(&test, &no).await.case;
        let marks: Vec<_> = case.marks.iter().map(|mark| (mark.path.as_str(), mark.text.as_str())).collect();
        assert_eq!((case.state, marks), (State::Correction, vec![("basic/postcode", "应为 6 位"), ("basic/fax", "缺区号")]));
        let messages = messages_to(&test, &owner).await;
        assert!(messages.len() == 1 && messages[0].contains(&no) && messages[0].contains("2 处"), "{messages:?}");
        let view = desk::desk(&officer, &no).await.unwrap();
        assert!(!view.case.may(ActionKind::RequireCorrection) && !view.case.may(ActionKind::Accept));
        assert_eq!(view.notices.iter().map(|notice| (notice.version, notice.marks.len())).collect::<Vec<_>>(), [(1, 2)]);
    }
}

#[tokio::test]
async fn a_notice_is_seen_as_it_is_before_it_is_sent() {
    for test in engines().await {
        let (owner, no) = filed(&test).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let left = async || {
            let papers = test.count("SELECT COUNT(*) AS n FROM document").await;
            (papers, test.count("SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) AS n FROM counter").await)
        };
        let before = left().await;
        let noted = async |values: &Values| match desk::act(&officer, values).await {
            Ok(Answer::Noted(say)) => say.zh.into_owned(),
            other => panic!("{:?}", other.err()),
        };
        let points = [("place1", "basic/postcode"), ("text1", "应为 6 位"), ("place2", "basic/fax")];
        let half = form(&officer, &no, "require-correction", &points).await;
        let seen = preview(&officer, &no, &half).await.unwrap().unwrap();
        assert!(!seen.is_whole && seen.content.canonical().contains("共1项"), "what is finished so far");
        let mut whole = half.clone();
        whole.insert("require-correction/text2".into(), "缺区号".into());
        whole.insert("step".into(), points::PREVIEW.into());
        assert!(noted(&whole).await.contains("还没有发出"));
        let seen = preview(&officer, &no, &whole).await.unwrap().unwrap();
        assert!(seen.is_whole && seen.content.kind == Kind::Correction && seen.content.number.contains("发出时"), "{:?}", seen.content);
        for stranger in [official(&test, SHAANXI, &["examiner"]).await, owner.clone()] {
            assert_eq!(preview(&stranger, &no, &whole).await, Ok(None), "who may not send it");
        }
        let elsewhere = official(&test, ZHEJIANG, &["acceptance"]).await;
        assert_eq!(preview(&elsewhere, &no, &whole).await.err(), Some(AppError::NotFound));
        whole.insert("step".into(), "send".into());
        assert!(noted(&whole).await.contains("看过现在的告知书"), "not seen at all");
        whole.insert("previewed".into(), seen.fingerprint);
        let mut changed = whole.clone();
        changed.insert("require-correction/text2".into(), "缺区号和号码".into());
        assert!(noted(&changed).await.contains("看过现在的告知书"), "another one than was seen");
        assert_eq!((left().await, record(&test, &no).await.case.state), (before, State::Submitted), "nothing was issued, no number taken");
        assert!(is_done(&desk::act(&officer, &whole).await));
        let sent = documents::of_case(&officer, &no).await.unwrap().pop().unwrap();
        let sent = documents::open(&officer, &sent.id).await.unwrap().content;
        assert_eq!((sent.kind, sent.blocks), (Kind::Correction, seen.content.blocks), "word for word");
        assert_eq!(left().await.0, before.0 + 1);
    }
}

#[tokio::test]
async fn a_case_shows_what_the_reader_was_told_of_it() {
    for test in engines().await {
        let (owner, no) = filed(&test).await;
        let other = drafted_by(&test, &owner).await;
        inside(&owner, &other, Action::Submit { version: 1, sha256: "00".into() }).await.unwrap();
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let agency = test.member("agency", AccountRole::Owner).await;
        test.wait(5);
        assert!(is_done(&desk::act(&officer, &form(&officer, &no, "accept", &[("agency", &unit_of(&agency))]).await).await));
        let letters = async |visit: &Visit, no: &str| desk::desk(visit, no).await.unwrap().letters;
        let told = letters(&owner, &no).await;
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].at > told[1].at && told[0].say.zh.contains("已受理") && told.iter().all(|letter| !letter.is_read && letter.say.zh.contains(&no)));
        assert_eq!(letters(&owner, &other).await.len(), 1);
        crate::notice::inbox::open(&owner, told[1].id.clone()).await.unwrap();
        assert_eq!(letters(&owner, &no).await.iter().map(|letter| letter.is_read).collect::<Vec<_>>(), [false, true]);
        let heard = letters(&agency, &no).await;
        assert!(heard.len() == 1 && heard[0].id != told[0].id, "each has their own: {heard:?}");
        assert_eq!(letters(&officer, &no).await, [], "nobody is told of what they did");
    }
}

#[tokio::test]
async fn accepting_names_an_agency() {
    for test in engines().await {
        let (owner, no) = filed(&test).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let agency = test.member("agency", AccountRole::Owner).await;
        let drawn = desk::desk(&officer, &no).await.unwrap();
        assert_eq!(drawn.offers(Source::Agencies).iter().map(|(id, _)| id.clone()).collect::<Vec<_>>(), [unit_of(&agency)]);
        let empty = desk::act(&officer, &form(&officer, &no, "accept", &[]).await).await;
        assert_eq!(wrong(empty), ["accept/agency"]);
        let accept = form(&officer, &no, "accept", &[("agency", &unit_of(&agency))]).await;
        let late = form(&officer, &no, "take", &[]).await;
        for _ in 0..2 {
            assert!(is_done(&desk::act(&officer, &accept).await));
        }
        let Err(AppError::Moved(told)) = desk::act(&officer, &late).await else { panic!("drawn before") };
        assert!(told.zh.contains("受理"), "{}", told.zh);
        let messages = messages_to(&test, &owner).await;
        assert!(messages.len() == 1 && messages[0].contains("已受理") && messages[0].contains("鉴定评审机构"), "{messages:?}");
        assert_eq!(desk::desk(&officer, &no).await.unwrap().agency, agency.caller().unwrap().unit_name);
    }
}

#[tokio::test]
async fn refusing_says_why_and_where_to_go() {
    for test in engines().await {
        let (owner, no) = filed(&test).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let refuse = async |answers: &[(&str, &str)]| desk::act(&officer, &form(&officer, &no, "refuse", answers).await).await;
        assert_eq!(wrong(refuse(&[("reason", "无")]).await), ["refuse/ground"]);
        assert_eq!(wrong(refuse(&[("ground", "other-authority")]).await), ["refuse/reason"]);
        assert!(matches!(refuse(&[("ground", "other-authority"), ("reason", "属总局")]).await, Err(AppError::Refused(_))), "the right authority");
        assert!(is_done(&refuse(&[("ground", "other-authority"), ("reason", "属总局"), ("right_authority", "市场监管总局")]).await));
        let last = service::view(&owner, &no).await.unwrap().timeline.pop().unwrap();
        assert!(last.said.zh.contains("不属于本机关职权范围") && last.said.zh.contains("应当申请的机关：市场监管总局"), "{}", last.said.zh);
        assert!(messages_to(&test, &owner).await[0].contains("不予受理"));
    }
}

#[tokio::test]
async fn a_case_is_taken_and_handed_over_inside_its_authority() {
    for test in engines().await {
        let (_, no) = filed(&test).await;
        let one = official(&test, SHAANXI, &["acceptance"]).await;
        let other = official(&test, SHAANXI, &["acceptance"]).await;
        let stranger = official(&test, ZHEJIANG, &["acceptance"]).await;
        assert_eq!(desk::desk(&stranger, &no).await.err(), Some(AppError::NotFound));
        let take = form(&one, &no, "take", &[]).await;
        assert_eq!(desk::act(&stranger, &take).await.err(), Some(AppError::NotFound));
        assert!(is_done(&desk::act(&one, &take).await));
        let to = other.caller().unwrap().account_id.clone();
        assert_eq!(
            desk::desk(&one, &no).await.unwrap().offers(Source::Colleagues).iter().map(|(id, _)| id.clone()).collect::<Vec<_>>(),
            std::slice::from_ref(&to)
        );
        assert!(is_done(&desk::act(&one, &form(&one, &no, "hand-over", &[("to", &to)]).await).await));
        assert_eq!(record(&test, &no).await.case.handler, Some(to));
        let mut nameless = form(&other, &no, "hand-over", &[("to", &one.caller().unwrap().account_id)]).await;
        nameless.remove("click");
        assert!(matches!(desk::act(&other, &nameless).await, Err(AppError::BadRequest(_))), "no click without a name");
        for act in ["submit", "nonsense"] {
            assert!(matches!(desk::act(&one, &form(&one, &no, act, &[]).await).await, Err(AppError::BadRequest(_))), "{act}");
        }
        for act in ["grant", "issue"] {
            assert!(matches!(desk::act(&one, &form(&one, &no, act, &[]).await).await, Err(AppError::Moved(_))), "{act}: not in this state");
        }
    }
}
