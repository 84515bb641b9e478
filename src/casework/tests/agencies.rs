//! Review agencies: which is suggested, whom it may send, when they are away, and the calendar file.

use super::*;
use crate::account::filled::Filled;
use crate::casework::agencies::model::{COMPETENCE, LEAVE, PROVINCES, REVIEWER, REVIEWER_CHANGE};
use crate::casework::agencies::{calendar_file, service as agencies, suggest};
use crate::casework::desk;
use crate::document::model::Kind;
use crate::document::service as documents;
use crate::form::{Page, Values};
use crate::server::plain::Answer;
use std::collections::BTreeMap;

fn filled(page: &'static Page, answers: &[(&str, &str)]) -> Filled {
    Filled::of(page, &answers.iter().map(|(key, value)| (page.path(key), (*value).to_owned())).collect::<Values>())
}

/// An agency competent for these kinds in these provinces.
async fn competent(test: &TestApp, admin: &Visit, kinds: &[&str], provinces: &str) -> Visit {
    let lead = test.member("agency", AccountRole::Owner).await;
    for kind in kinds {
        let answers = filled(&COMPETENCE, &[("kinds", kind), ("provinces", provinces)]);
        assert!(matches!(agencies::set_competence(admin.clone(), answers, unit_of(&lead)).await.unwrap(), Answer::Go(_)));
    }
    lead
}

async fn suggested(test: &TestApp, no: &str) -> Vec<(String, bool, i64, String)> {
    let mut tx = test.app.db.read().await.unwrap();
    let record = store::find(&mut tx, no).await.unwrap().unwrap();
    let file = service::open(&test.app, &mut tx, record).await.unwrap();
    let all = suggest(&mut tx, &file).await.unwrap();
    all.into_iter().map(|agency| (agency.id, agency.fits, agency.open, agency.reason.zh.into_owned())).collect()
}

/// A case that waits for the agency's answer to this window.
async fn offered(test: &TestApp, lead: &Visit, window: Window) -> (Visit, String) {
    let officer = official(test, SHAANXI, &["acceptance"]).await;
    let (owner, no) = submitted(test).await;
    act(&officer, &no, Action::Accept { agency: Some(unit_of(lead)), checked: Vec::new() }).await.unwrap();
    act(&officer, &no, Action::Entrust).await.unwrap();
    act(&owner, &no, Action::Propose { windows: vec![window] }).await.unwrap();
    (owner, no)
}

#[tokio::test]
async fn the_competent_with_least_in_hand_comes_first() {
    for test in engines().await {
        let admin = test.person(test.account(AccountRole::Admin)).await;
        let busy = competent(&test, &admin, &["安全附件", "压力管道元件"], "610000,620000").await;
        let idle = competent(&test, &admin, &["安全附件", "压力管道元件"], "610000").await;
        let far = competent(&test, &admin, &["安全附件", "压力管道元件"], "330000").await;
        let other = competent(&test, &admin, &["锅炉"], "610000").await;
        let window = days(date(2026, 3, 10), date(2026, 3, 11));
        offered(&test, &busy, window).await;
        let (_, no) = submitted(&test).await;
        let equipment = service::open(&test.app, &mut test.app.db.read().await.unwrap(), record(&test, &no).await).await.unwrap().equipment;
        let found = suggested(&test, &no).await;
        let order: Vec<_> = found.iter().map(|(id, fits, open, _)| (id.clone(), *fits, *open)).collect();
        assert_eq!(order[..2], [(unit_of(&idle), true, 0), (unit_of(&busy), true, 1)], "{equipment:?} {found:?}");
        assert!(order[2..].iter().all(|(_, fits, _)| !fits) && order.len() == 4);
        let why = |lead: &Visit| found.iter().find(|(id, ..)| *id == unit_of(lead)).unwrap().3.clone();
        assert_eq!(why(&busy), format!("具有{}评审能力，覆盖陕西，在办 1 件", equipment.join("、")));
        assert!(why(&far).contains("不覆盖陕西"), "{}", why(&far));
        assert_eq!(why(&other), format!("没有{}评审能力，在办 0 件", equipment.join("、")));
        let end = filled(&COMPETENCE, &[("kinds", &equipment.join(",")), ("provinces", "")]);
        agencies::set_competence(admin.clone(), end, unit_of(&idle)).await.unwrap();
        assert_eq!(suggested(&test, &no).await[0].0, unit_of(&busy), "no provinces: the competence has ended");
    }
}

#[tokio::test]
async fn only_the_administrator_says_what_an_agency_can_do() {
    for test in engines().await {
        let (lead, _) = agency(&test).await;
        let maker = test.member("enterprise", AccountRole::Owner).await;
        let answers = || filled(&COMPETENCE, &[("kinds", "锅炉"), ("provinces", PROVINCES[0].key)]);
        assert!(matches!(agencies::set_competence(lead.clone(), answers(), unit_of(&lead)).await, Err(AppError::Forbidden)));
        assert!(matches!(agencies::agency(&lead, &unit_of(&lead)).await, Err(AppError::Forbidden)));
        let admin = test.person(test.account(AccountRole::Admin)).await;
        assert!(matches!(agencies::agency(&admin, &unit_of(&maker)).await, Err(AppError::NotFound)), "a maker is no agency");
        assert!(matches!(agencies::set_competence(admin.clone(), answers(), unit_of(&maker)).await, Err(AppError::NotFound)));
        assert!(matches!(agencies::set_competence(admin, filled(&COMPETENCE, &[("provinces", "610000")]), unit_of(&lead)).await, Ok(Answer::Wrong(_))));
    }
}

#[tokio::test]
async fn an_agency_sends_its_own_active_reviewers_only() {
    for test in engines().await {
        let (lead, reviewer) = agency(&test).await;
        let (_, stranger) = agency(&test).await;
        let window = days(date(2026, 3, 10), date(2026, 3, 11));
        let (_, no) = offered(&test, &lead, window).await;
        let agree = |reviewers: &[&String]| act(&lead, &no, Action::Agree { window, reviewers: reviewers.iter().map(|r| (*r).clone()).collect() });
        assert!(matches!(agree(&[&stranger]).await, Err(AppError::Refused(say)) if say.zh.contains(&stranger)));
        assert!(matches!(agree(&[&reviewer, &"某人".to_owned()]).await, Err(AppError::Refused(_))));
        let counter = Action::Counter { windows: vec![window], reviewers: vec![stranger.clone()], reason: "冲突".into() };
        assert!(matches!(act(&lead, &no, counter).await, Err(AppError::Refused(_))));
        let id = agencies::my_reviewers(&lead).await.unwrap().rows[0].id.clone();
        agencies::change_reviewer(lead.clone(), filled(&REVIEWER_CHANGE, &[("kinds", "锅炉")]), id.clone()).await.unwrap();
        assert!(matches!(agree(&[&reviewer]).await, Err(AppError::Refused(_))), "no longer sent");
        agencies::change_reviewer(lead.clone(), filled(&REVIEWER_CHANGE, &[("kinds", "锅炉"), ("active", "yes")]), id).await.unwrap();
        assert_eq!(agree(&[&reviewer]).await.unwrap(), State::Scheduled);
    }
}

/// 约请函: the days an agency offers instead are its answer, in the one letter.
#[tokio::test]
async fn other_days_stand_in_the_letter() {
    for test in engines().await {
        let (lead, reviewer) = agency(&test).await;
        let (owner, no) = offered(&test, &lead, days(date(2026, 3, 10), date(2026, 3, 11))).await;
        let windows = vec![days(date(2026, 3, 12), date(2026, 3, 13)), days(date(2026, 3, 16), date(2026, 3, 16))];
        let counter = Action::Counter { windows: windows.clone(), reviewers: vec![reviewer], reason: "另有评审。".into() };
        act(&lead, &no, counter).await.unwrap();
        let letters = async || {
            let lines = documents::of_case(&owner, &no).await.unwrap();
            lines.into_iter().filter(|line| line.kind == Kind::Appointment).collect::<Vec<_>>()
        };
        let sent = letters().await;
        assert!(sent.len() == 2 && sent[0].number == sent[1].number, "{sent:?}");
        let content = documents::open(&owner, &sent[1].id).await.unwrap().content;
        assert_eq!(content.fact("拟约请鉴定评审日期"), Some("2026年3月10日至2026年3月11日"));
        assert_eq!(content.fact("鉴定评审机构意见"), Some("另提日期：2026年3月12日至2026年3月13日；2026年3月16日（另有评审）"));
        assert_eq!(content.fact("最终确定的鉴定评审日期"), None);
        assert!(content.canonical().contains(&lead.caller().unwrap().person_name), "who of the agency says so");
        act(&owner, &no, Action::AcceptCounter { window: windows[1] }).await.unwrap();
        let last = letters().await.pop().unwrap();
        let content = documents::open(&owner, &last.id).await.unwrap().content;
        assert_eq!((content.number.as_str(), content.fact("最终确定的鉴定评审日期")), (sent[0].number.as_str(), Some("2026年3月16日")));
    }
}

#[tokio::test]
async fn reviewers_are_kept_by_the_owner_of_their_agency() {
    for test in engines().await {
        let (lead, _) = agency(&test).await;
        let (other, _) = agency(&test).await;
        let add = |visit: &Visit, number: &str| {
            agencies::add_reviewer(visit.clone(), filled(&REVIEWER, &[("name", "李评审"), ("number", number), ("kinds", "锅炉,电梯")]))
        };
        assert!(matches!(add(&lead, "PS-1").await.unwrap(), Answer::Go(_)));
        assert!(matches!(add(&lead, "PS-1").await.unwrap(), Answer::Wrong(issues) if issues[0].path == "reviewer/number"));
        assert!(matches!(add(&other, "PS-1").await.unwrap(), Answer::Go(_)), "somebody else's list");
        let filler = test.join(&unit_of(&lead), AccountRole::Filler).await;
        let maker = test.member("enterprise", AccountRole::Owner).await;
        for visit in [&filler, &maker] {
            assert!(matches!(add(visit, "PS-2").await, Err(AppError::Forbidden)));
        }
        assert!(matches!(agencies::my_reviewers(&maker).await, Err(AppError::Forbidden)));
        assert!(!agencies::my_reviewers(&filler).await.unwrap().may_edit);
        let theirs = agencies::my_reviewers(&other).await.unwrap().rows[0].id.clone();
        let change = agencies::change_reviewer(lead.clone(), filled(&REVIEWER_CHANGE, &[("kinds", "锅炉")]), theirs).await;
        assert!(matches!(change, Err(AppError::NotFound)), "another agency's reviewer");
        assert_eq!(agencies::my_reviewers(&lead).await.unwrap().rows.len(), 2);
    }
}

async fn leave(visit: &Visit, reviewer: &str, from: &str, to: &str) -> Result<Answer> {
    agencies::block(visit.clone(), filled(&LEAVE, &[("reviewer", reviewer), ("days@from", from), ("days@to", to)])).await
}

#[tokio::test]
async fn who_is_away_cannot_be_sent() {
    for test in engines().await {
        let (lead, reviewer) = agency(&test).await;
        let (other, _) = agency(&test).await;
        let window = days(date(2026, 3, 10), date(2026, 3, 11));
        let (_, no) = offered(&test, &lead, window).await;
        assert!(matches!(leave(&lead, &reviewer, "2026-03-11", "2026-03-16").await.unwrap(), Answer::Go(_)));
        assert!(matches!(leave(&lead, &reviewer, "2026-03-09", "2026-03-12").await.unwrap(), Answer::Go(_)), "days entered twice are away once");
        for (visit, from, to) in [
            (&other, "2026-03-20", "2026-03-20"),
            (&lead, "2026-03-20", "2026-03-19"),
            (&lead, "2026-02-01", "2026-02-02"),
            (&lead, "2026-04-01", "2027-06-01"),
        ] {
            assert!(matches!(leave(visit, &reviewer, from, to).await.unwrap(), Answer::Wrong(_)), "{from} {to}");
        }
        let agree = || act(&lead, &no, Action::Agree { window, reviewers: vec![reviewer.clone()] });
        assert!(matches!(agree().await, Err(AppError::Refused(_))));
        let month = agencies::month(&lead, "2026-03").await.unwrap();
        let leaves: Vec<_> = month.leaves().into_iter().map(|leave| (leave.from.day(), leave.to.day())).collect();
        assert_eq!((leaves, agencies::month(&other, "2026-03").await.unwrap().engaged.len()), (vec![(9, 16)], 0));
        let back = |visit: &Visit| {
            let (visit, reviewer) = (visit.clone(), reviewer.clone());
            async move { agencies::unblock(&visit, reviewer, date(2026, 3, 9), date(2026, 3, 16)).await }
        };
        assert!(matches!(back(&other).await, Err(AppError::NotFound)));
        back(&lead).await.unwrap();
        assert_eq!(agree().await.unwrap(), State::Scheduled);
        let month = agencies::month(&lead, "").await.unwrap();
        assert_eq!(month.engaged.iter().filter_map(|e| e.case.clone()).map(|(no, _)| no).collect::<Vec<_>>(), [no.clone(), no.clone()]);
        assert!(matches!(leave(&lead, &reviewer, "2026-03-11", "2026-03-11").await.unwrap(), Answer::Told(say) if say.zh.contains(&no)));
        assert!(matches!(back(&lead).await, Err(AppError::NotFound)), "a review's days are not leave");
    }
}

#[tokio::test]
async fn of_leave_and_a_review_in_one_moment_one_wins() {
    for test in engines().await {
        let (lead, reviewer) = agency(&test).await;
        let window = days(date(2026, 3, 10), date(2026, 3, 10));
        let (_, no) = offered(&test, &lead, window).await;
        let agree = act(&lead, &no, Action::Agree { window, reviewers: vec![reviewer.clone()] });
        let (agreed, away) = tokio::join!(agree, leave(&lead, &reviewer, "2026-03-10", "2026-03-10"));
        let is_away = matches!(away, Ok(Answer::Go(_)));
        assert_ne!(agreed.is_ok(), is_away, "{agreed:?}");
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM review_booking").await, 1);
    }
}

#[tokio::test]
async fn an_agency_with_nobody_to_send_is_told_what_to_do() {
    for test in engines().await {
        let lead = test.member("agency", AccountRole::Owner).await;
        let window = days(date(2026, 3, 10), date(2026, 3, 10));
        let (owner, no) = offered(&test, &lead, window).await;
        let seen = async |visit: &Visit| {
            let desk = desk::desk(visit, &no).await.unwrap();
            (desk.case.may(ActionKind::Agree), desk.case.may(ActionKind::Counter), desk.unmanned.map(|said| said.zh.into_owned()).unwrap_or_default())
        };
        let (agrees, offers, told) = seen(&lead).await;
        assert!(!agrees && !offers && told.contains("登记"), "{told}");
        assert!(desk::desk(&lead, &no).await.unwrap().case.may(ActionKind::ReturnProposal));
        assert_eq!(seen(&owner).await.2, "", "it is the agency's affair");
        let reviewer = hire(&test, &unit_of(&lead), "王评审").await;
        assert_eq!(seen(&lead).await, (true, true, String::new()));
        assert!(matches!(leave(&lead, &reviewer, "2026-03-10", "2026-03-10").await.unwrap(), Answer::Go(_)));
        let (agrees, offers, told) = seen(&lead).await;
        assert!(!agrees && offers && told.contains("另提评审时间"), "{told}");
    }
}

/// The days there are: off, taken, and until when there is time for a rectification; and the letter's part A from the book.
#[tokio::test]
async fn whoever_agrees_on_a_date_sees_the_days_there_are() {
    for test in engines().await {
        let (owner, no) = drafted(&test).await;
        hand_in(&owner, &no, 1, &[("basic/postcode", "710016"), ("basic/contact", "秦晓梅")]).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let (lead, reviewer) = agency(&test).await;
        act(&officer, &no, Action::Accept { agency: Some(unit_of(&lead)), checked: Vec::new() }).await.unwrap();
        assert_eq!(desk::desk(&owner, &no).await.unwrap().days, None, "nothing to agree on before it is entrusted");
        act(&officer, &no, Action::Entrust).await.unwrap();
        assert!(matches!(leave(&lead, &reviewer, "2026-03-10", "2026-03-10").await.unwrap(), Answer::Go(_)));
        let seen_by = async |visit: &Visit| desk::desk(visit, &no).await.unwrap().days.unwrap();
        let seen = seen_by(&owner).await;
        assert_eq!((seen.last, seen.roomy), (date(2027, 3, 2), date(2026, 9, 2)));
        assert!(seen.off.contains(&date(2026, 3, 7)) && !seen.off.contains(&date(2026, 3, 9)));
        let ends = |day| days(date(2026, 9, 1), day);
        assert!(!seen.is_tight(ends(date(2026, 9, 2))) && seen.is_tight(ends(date(2026, 9, 3))));
        assert_eq!((seen.invitation.postcode.as_str(), seen.invitation.contact.as_str()), ("710016", "秦晓梅"));
        assert!(!seen.invitation.acceptance.is_empty());
        assert_eq!(seen.taken, [(date(2026, 3, 10), say("评审机构无人可派", "The agency has nobody to send"))], "not who, nor why");
        let theirs = seen_by(&lead).await.taken;
        assert!(theirs.len() == 1 && theirs[0].1.zh.contains(&reviewer) && theirs[0].1.zh.contains("休假"), "{theirs:?}");
        assert_eq!(seen_by(&officer).await.taken, []);
        hire(&test, &unit_of(&lead), "李评审").await;
        assert_eq!(seen_by(&owner).await.taken, [], "somebody is free");
        assert_eq!(seen_by(&lead).await.taken, theirs);
    }
}

/// What another library reads in a file: of the event, the values by name, its stamp to the hour.
fn parsed(text: &str) -> BTreeMap<String, String> {
    // The writer does not count the blank before its last piece.
    assert!(text.split("\r\n").all(|line| line.len() <= 76), "lines are folded: {text}");
    let calendars: Vec<_> = ical::IcalParser::new(text.as_bytes()).collect::<std::result::Result<_, _>>().unwrap();
    let [calendar] = calendars.as_slice() else { panic!("{text}") };
    assert!(["VERSION", "PRODID"].iter().all(|name| calendar.properties.iter().filter(|p| p.name == *name).count() == 1));
    let [event] = calendar.events.as_slice() else { panic!("{text}") };
    let dates = event.properties.iter().filter(|p| p.name.starts_with("DT") && p.name != "DTSTAMP");
    assert!(dates.clone().count() == 2 && dates.flat_map(|p| p.params.clone()).flatten().all(|(name, is)| name == "VALUE" && is == ["DATE"]), "{text}");
    let mut values: BTreeMap<String, String> = event.properties.iter().map(|p| (p.name.clone(), p.value.clone().unwrap_or_default())).collect();
    let stamp = values.get_mut("DTSTAMP").unwrap();
    assert!(stamp.len() == 16 && stamp.ends_with('Z'), "{stamp}");
    stamp.truncate(11);
    values
}

#[tokio::test]
async fn the_date_agreed_is_a_calendar_file() {
    for test in engines().await {
        let (lead, reviewer) = agency(&test).await;
        let window = days(date(2026, 3, 10), date(2026, 3, 11));
        let (owner, no) = offered(&test, &lead, window).await;
        assert!(matches!(calendar_file::text(&owner, &no).await, Err(AppError::NotFound)), "nothing is agreed yet");
        act(&lead, &no, Action::Agree { window, reviewers: vec![reviewer.clone()] }).await.unwrap();
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let text = calendar_file::text(&owner, &no).await.unwrap();
        for visit in [&lead, &officer] {
            assert_eq!(calendar_file::text(visit, &no).await.unwrap(), text);
        }
        let first = parsed(&text);
        let get = |event: &BTreeMap<String, String>, names: &[&str]| names.iter().map(|name| event[*name].clone()).collect::<Vec<_>>();
        assert_eq!(get(&first, &["DTSTART", "DTEND", "SEQUENCE", "STATUS", "DTSTAMP"]), ["20260310", "20260312", "0", "CONFIRMED", "20260302T04"]);
        assert!(first["SUMMARY"].contains("鉴定评审") && first["SUMMARY"].contains("review") && first["SUMMARY"].contains(&no));
        assert!(first["DESCRIPTION"].contains(&reviewer));
        let (maker, (rival, _)) = (test.member("enterprise", AccountRole::Owner).await, agency(&test).await);
        for visit in [maker, rival, official(&test, ZHEJIANG, &["acceptance"]).await] {
            assert!(matches!(calendar_file::text(&visit, &no).await, Err(AppError::NotFound)));
        }
        assert!(matches!(calendar_file::text(&test.nobody(), &no).await, Err(AppError::SignIn)));

        go(&test, date(2026, 3, 4));
        act(&owner, &no, Action::AskReschedule { window: days(date(2026, 3, 17), date(2026, 3, 17)), reason: "停产检修".into(), reviewers: Vec::new() })
            .await
            .unwrap();
        assert_eq!(calendar_file::text(&owner, &no).await.unwrap(), text, "a wish changes nothing");
        act(&lead, &no, Action::AgreeReschedule { reviewers: Vec::new() }).await.unwrap();
        let moved = parsed(&calendar_file::text(&owner, &no).await.unwrap());
        assert_eq!(get(&moved, &["DTSTART", "DTEND", "SEQUENCE", "STATUS", "DTSTAMP"]), ["20260317", "20260318", "1", "CONFIRMED", "20260304T04"]);
        assert_eq!((moved["UID"].clone(), record(&test, &no).await.case.appointment.unwrap().sequence), (first["UID"].clone(), 1));

        go(&test, date(2026, 3, 5));
        act(&owner, &no, Action::Withdraw { reason: "不办了".into() }).await.unwrap();
        let gone = parsed(&calendar_file::text(&owner, &no).await.unwrap());
        assert_eq!(get(&gone, &["DTSTART", "SEQUENCE", "STATUS", "DTSTAMP", "UID"]), ["20260317", "2", "CANCELLED", "20260305T04", &first["UID"]]);
    }
}

#[tokio::test]
async fn another_agencys_date_counts_on() {
    for test in engines().await {
        let (lead, reviewer) = agency(&test).await;
        let window = days(date(2026, 3, 10), date(2026, 3, 11));
        let (owner, no) = offered(&test, &lead, window).await;
        act(&lead, &no, Action::Agree { window, reviewers: vec![reviewer] }).await.unwrap();
        let (next, reviewer) = agency(&test).await;
        let supervisor = official(&test, SHAANXI, &["supervisor", "acceptance"]).await;
        act(&supervisor, &no, Action::ReplaceAgency { agency: unit_of(&next), reason: "回避".into() }).await.unwrap();
        assert!(matches!(calendar_file::text(&lead, &no).await, Err(AppError::NotFound)), "no longer its case");
        let gone = parsed(&calendar_file::text(&owner, &no).await.unwrap());
        assert_eq!((gone["STATUS"].as_str(), gone["SEQUENCE"].as_str()), ("CANCELLED", "1"));
        act(&owner, &no, Action::Propose { windows: vec![window] }).await.unwrap();
        act(&next, &no, Action::Agree { window, reviewers: vec![reviewer] }).await.unwrap();
        let again = parsed(&calendar_file::text(&next, &no).await.unwrap());
        assert_eq!((again["STATUS"].as_str(), again["SEQUENCE"].as_str(), &again["UID"]), ("CONFIRMED", "2", &gone["UID"]));
    }
}

/// Whoever fails in a review is replaced, and only then closed.
#[tokio::test]
async fn an_agency_with_cases_in_hand_is_not_closed() {
    for test in engines().await {
        let admin = test.person(test.account(AccountRole::Admin)).await;
        let close = async |agency: &Visit| crate::account::service::staff::close_agency(&admin, unit_of(agency)).await.map(drop);
        let ((lead, reviewer), (next, other)) = (agency(&test).await, agency(&test).await);
        let today = days(date(2026, 3, 2), date(2026, 3, 2));
        let (owner, no) = offered(&test, &lead, today).await;
        act(&lead, &no, Action::Agree { window: today, reviewers: vec![reviewer] }).await.unwrap();
        act(&lead, &no, Action::StartReview).await.unwrap();
        let kept = close(&lead).await;
        assert!(matches!(&kept, Err(AppError::Refused(say)) if say.zh.contains(&no)), "{kept:?}");
        let replace = || Action::ReplaceAgency { agency: unit_of(&next), reason: "机构停业".into() };
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        assert_eq!(act(&officer, &no, replace()).await, Err(AppError::Forbidden));
        let supervisor = official(&test, SHAANXI, &["supervisor"]).await;
        assert_eq!(act(&supervisor, &no, replace()).await, Ok(State::Entrusted));
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM review_booking").await, 0, "its reviewers are free again");
        assert_eq!(close(&lead).await, Ok(()));
        act(&owner, &no, Action::Propose { windows: vec![today] }).await.unwrap();
        act(&next, &no, Action::Agree { window: today, reviewers: vec![other] }).await.unwrap();
        assert_eq!(act(&next, &no, Action::StartReview).await, Ok(State::UnderReview));
    }
}
