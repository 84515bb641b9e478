//! The one certificate of a person: its number, its versions, its register, its look-up.

use super::*;
use crate::account::filled::Filled;
use crate::account::service::profile;
use crate::application::book::persons::NEW_ID_NO;
use crate::casework::certify;
use crate::form::Values;
use crate::licence::model::Standing;
use crate::licence::terms::PersonPart;
use crate::licence::{person as held, register};
use crate::portal::model::PERSON;
use crate::portal::service as portal;
use crate::server::plain::Answer;
use crate::workflow::person::Candidate;

/// A person's case whose decision is made, without its way there.
pub(super) async fn granted(test: &TestApp, who: &Visit, kind: PersonKind, code: &str, employer: &Visit) -> String {
    let no = filed(test, who, kind, code, employer).await;
    let found = record(test, &no).await;
    let case = Case { state: State::Granted, decided: Some(test.app.clock.today()), person: Some(Candidate::new(kind)), ..found.case };
    test.app.db.write(move |tx| Box::pin(async move { store::project(tx, &found.id, &case, None, None, 0).await })).await.unwrap();
    no
}

pub(super) async fn issue(officer: &Visit, no: &str) -> Result<State> {
    certify::issue(officer, no, "issue", 2, &Values::new()).await
}

pub(super) async fn issued(test: &TestApp, officer: &Visit, who: &Visit, kind: PersonKind, code: &str, employer: &Visit) -> String {
    let no = granted(test, who, kind, code, employer).await;
    assert_eq!(issue(officer, &no).await, Ok(State::Issued));
    record(test, &no).await.case.certificates.remove(0)
}

/// What a person holds, first what was issued here.
pub(super) async fn standing_of(test: &TestApp, who: &Visit) -> Vec<held::Certificate> {
    held::standing(&mut test.app.db.read().await.unwrap(), &unit_of(who)).await.unwrap()
}

pub(super) async fn terms(test: &TestApp, who: &Visit) -> Vec<(String, String)> {
    let held = standing_of(test, who).await;
    held::together(&held).terms.into_iter().map(|term| (term.code, term.to.to_string())).collect()
}

/// How the certificate stands that a document of a case is, for whoever checks its code.
async fn standing(test: &TestApp, officer: &Visit, no: &str) -> Option<Standing> {
    let lines = documents::of_case(officer, no).await.unwrap();
    let line = lines.iter().find(|line| line.kind == Kind::PersonCertificate).unwrap();
    let statement = documents::open(officer, &line.id).await.unwrap().statement;
    let path = statement.strip_prefix(&test.app.config.public_url).unwrap().to_owned();
    documents::check(&test.app, &path).await.unwrap().registered.map(|registered| registered.standing)
}

#[tokio::test]
async fn what_is_granted_later_is_a_new_version_of_the_same_number() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let first = granted(&test, &who, PersonKind::Obtain, "UT-II", &a.employer).await;
        issue(&a.officer, &first).await.unwrap();
        assert_eq!(record(&test, &first).await.case.certificates, ["TS8261001-2031"]);
        // Within the same year, so that even the number's year stays.
        go(&test, date(2026, 3, 20));
        let second = granted(&test, &who, PersonKind::Obtain, "Y-DT", &a.employer).await;
        assert_eq!(certify::plan(&a.officer, &second).await.unwrap()[0].head, "TS8261001-2031");
        issue(&a.officer, &second).await.unwrap();
        assert_eq!(record(&test, &second).await.case.certificates, ["TS8261001-2031"]);
        let both = [("UT-II".to_owned(), "2031-02-28".to_owned()), ("Y-DT".to_owned(), "2031-02-28".to_owned())];
        assert_eq!(terms(&test, &who).await, both);
        assert_eq!(standing(&test, &a.officer, &first).await, Some(Standing::Plain(Certificate::Superseded)));
        assert_eq!(standing(&test, &a.officer, &second).await, Some(Standing::Plain(Certificate::Valid)));
        let certificate = words(&a.officer, &second, Kind::PersonCertificate).await;
        assert!(certificate.contains("UT-II") && certificate.contains("Y-DT"), "{certificate}");
        // A renewal changes the year, and its own term only.
        go(&test, date(2030, 9, 2));
        assert_eq!(issued(&test, &a.officer, &who, PersonKind::RenewExam, "UT-II", &a.employer).await, "TS8261001-2036");
        assert_eq!(terms(&test, &who).await, [both[1].clone(), ("UT-II".to_owned(), "2036-02-29".to_owned())]);
        let rows = crate::licence::service::list(&who).await.unwrap().rows;
        assert_eq!(rows.iter().filter(|row| row.standing == Standing::Plain(Certificate::Superseded)).count(), 2);
        assert!(rows[0].is_person && rows[0].items.iter().any(|item| item.zh.contains("UT-II") && item.zh.contains("2036年2月")), "{:?}", rows[0].items);
    }
}

#[tokio::test]
async fn what_another_authority_adds_stands_on_the_certificate_of_the_first() {
    for test in engines().await {
        let a = around(&test).await;
        let national = official(&test, "100000", &["certificate"]).await;
        let who = person(&test, "王小明").await;
        let number = issued(&test, &a.officer, &who, PersonKind::Obtain, "UT-II", &a.employer).await;
        let second = granted(&test, &who, PersonKind::Obtain, "UT-III", &a.employer).await;
        let (sql, no) = ("UPDATE application SET authority_code = '100000' WHERE no = $1", second.clone());
        test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![no]).await })).await.unwrap();
        issue(&national, &second).await.unwrap();
        assert_eq!(record(&test, &second).await.case.certificates, std::slice::from_ref(&number), "the number stays");
        let current = standing_of(&test, &who).await.remove(0);
        assert_eq!(current.authority_code, SHAANXI, "and so does who keeps its register");
        let by: Vec<_> = held::part(&current).terms.into_iter().map(|term| (term.code, term.by)).collect();
        assert_eq!(by, [("UT-II".to_owned(), SHAANXI.to_owned()), ("UT-III".to_owned(), "100000".to_owned())]);
        let said = words(&national, &second, Kind::PersonCertificate).await;
        assert!(said.contains("陕西省市场监督管理局") && said.contains("国家市场监督管理总局"), "{said}");
        let shown = crate::licence::service::list(&who).await.unwrap().rows.remove(0);
        assert_eq!(shown.authority, "陕西省市场监督管理局");
        assert!(shown.items.iter().any(|item| item.zh.contains("UT-III") && item.zh.ends_with("（国家市场监督管理总局）")), "{:?}", shown.items);
        assert!(shown.items.iter().any(|item| item.zh.contains("UT-II）") && item.zh.ends_with('月')), "{:?}", shown.items);
        let values = Values::from([(PERSON.path("name"), "王小明".to_owned()), (PERSON.path("number"), number.clone())]);
        let Answer::Noted(found) = portal::person(&test.nobody(), &Filled::of(&PERSON, &values)).await.unwrap() else { panic!("not found") };
        assert!(found.zh.contains("UT-III） 至2031年2月（国家市场监督管理总局）"), "{}", found.zh);
        assert!(found.en.contains("Pulse-echo ultrasonic, level III (UT-III) to 2031-02 (国家市场监督管理总局)"), "{}", found.en);
        // A renewal by the first leaves what the other granted as it is.
        go(&test, date(2030, 9, 2));
        issued(&test, &a.officer, &who, PersonKind::RenewExam, "UT-II", &a.employer).await;
        let current = standing_of(&test, &who).await.remove(0);
        let by: Vec<_> = held::part(&current).terms.into_iter().map(|term| (term.code, term.by)).collect();
        assert_eq!(by, [("UT-III".to_owned(), "100000".to_owned()), ("UT-II".to_owned(), SHAANXI.to_owned())]);
    }
}

#[tokio::test]
async fn a_change_moves_the_practice_and_no_term() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let nothing = granted(&test, &who, PersonKind::Move, "UT-II", &a.employer).await;
        assert!(matches!(issue(&a.officer, &nothing).await, Err(AppError::Refused(_))), "there is none to change");
        issued(&test, &a.officer, &who, PersonKind::Obtain, "UT-II", &a.employer).await;
        let practice = async || held::practice_of(&mut test.app.db.read().await.unwrap(), &unit_of(&who)).await.unwrap().map(|(unit, _)| unit);
        assert_eq!(practice().await, Some(unit_of(&a.employer)));
        go(&test, date(2027, 5, 10));
        let new = test.member("institution", AccountRole::Owner).await;
        let number = issued(&test, &a.officer, &who, PersonKind::RenewExam, "UT-II", &new).await;
        assert_eq!(practice().await, Some(unit_of(&a.employer)), "nothing else moves it");
        let before = terms(&test, &who).await;
        assert_eq!(issued(&test, &a.officer, &who, PersonKind::Move, "UT-II", &new).await, number);
        assert_eq!((terms(&test, &who).await, practice().await), (before, Some(unit_of(&new))));
    }
}

/// A correction of the book; `number` is that of the new document, if one is among the answers.
async fn corrected(test: &TestApp, who: &Visit, no: &str, version: i64, answers: &[(&str, &str)], number: &str) {
    let mut stored = version_of(no, version, answers, who.now());
    let mut book: Frozen = serde_json::from_str(&stored.body).unwrap();
    for part in book.pages.iter_mut().flat_map(|page| &mut page.parts) {
        if let FrozenPart::Group { values, .. } = part {
            values.iter_mut().filter(|value| value.path == NEW_ID_NO).for_each(|value| value.sealed = test.app.keys.seal(number));
        }
    }
    stored.body = serde_json::to_string(&book).unwrap();
    let (id, click, account) = (record(test, no).await.id, format!("{no}-{version}"), who.caller().unwrap().account_id.clone());
    test.app.db.write(move |tx| Box::pin(async move { insert_version(tx, &id, &click, &stored, &account).await })).await.unwrap();
}

#[tokio::test]
async fn a_unit_that_is_only_named_is_left_by_a_change_only() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let practice = async || held::practice_of(&mut test.app.db.read().await.unwrap(), &unit_of(&who)).await.unwrap().unwrap();
        let mut day = date(2026, 3, 2);
        let employer = crate::account::store::find_unit(&mut test.app.db.read().await.unwrap(), &unit_of(&a.employer)).await.unwrap().unwrap();
        for (kind, named, expected) in [
            (PersonKind::Obtain, "甲检测有限公司", (String::new(), "甲检测有限公司".to_owned())),
            (PersonKind::RenewExam, employer.name.as_str(), (String::new(), "甲检测有限公司".to_owned())),
            (PersonKind::Move, "乙检测有限公司", (String::new(), "乙检测有限公司".to_owned())),
            (PersonKind::Move, employer.name.as_str(), (employer.id.clone(), employer.name.clone())),
            (PersonKind::RenewExam, "丙检测有限公司", (employer.id.clone(), employer.name.clone())),
        ] {
            go(&test, day);
            let no = granted(&test, &who, kind, "UT-II", &a.employer).await;
            corrected(&test, &who, &no, 2, &[(PRACTICE_ORG, named)], "").await;
            issue(&a.officer, &no).await.unwrap();
            assert_eq!(practice().await, expected, "{kind:?} {named}");
            day = day.tomorrow().unwrap();
        }
    }
}

#[tokio::test]
async fn a_unit_that_was_only_named_is_known_once_it_has_registered() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let practice = async || held::practice_of(&mut test.app.db.read().await.unwrap(), &unit_of(&who)).await.unwrap().unwrap();
        let employer = crate::account::store::find_unit(&mut test.app.db.read().await.unwrap(), &unit_of(&a.employer)).await.unwrap().unwrap();
        let part = PersonPart { practice_name: employer.name.clone(), ..PersonPart::default() };
        issued(&test, &a.officer, &who, PersonKind::Obtain, "UT-II", &a.employer).await;
        let json = serde_json::to_string(&PersonPart { terms: held::together(&standing_of(&test, &who).await).terms, ..part }).unwrap();
        test.app.db.write(move |tx| Box::pin(async move { tx.run("UPDATE certificate SET person = $1", crate::vals![json]).await })).await.unwrap();
        assert_eq!(practice().await, (String::new(), employer.name.clone()));
        go(&test, date(2026, 3, 3));
        issued(&test, &a.officer, &who, PersonKind::Obtain, "RT-II", &a.employer).await;
        assert_eq!(practice().await, (employer.id, employer.name));
    }
}

#[tokio::test]
async fn a_change_of_personal_data_is_what_register_and_account_say_from_then_on() {
    for test in engines().await {
        let a = around(&test).await;
        let (who, other) = (person(&test, "王小明").await, person(&test, "李强").await);
        let (new, anothers) = ("110105198307120250", "330106198809260031");
        let (visit, identity) = (other.clone(), profile::Identity { id_no: anothers.into(), ..profile::Identity::default() });
        let unit = unit_of(&other);
        test.app.db.write(move |tx| Box::pin(async move { profile::set_identity(&visit, tx, &unit, &identity).await })).await.unwrap();
        let number = issued(&test, &a.officer, &who, PersonKind::Obtain, "UT-II", &a.employer).await;
        let no = granted(&test, &who, PersonKind::Move, "UT-II", &a.employer).await;
        let answers = [("qualification/new_name", "王大明"), ("qualification/new_id_kind", "居民身份证"), (NEW_ID_NO, "110105********0250")];
        corrected(&test, &who, &no, 2, &answers, anothers).await;
        assert!(matches!(issue(&a.officer, &no).await, Err(AppError::Refused(say)) if say.zh.contains("另一个已注册的人")));
        let about = async || profile::of_person(&test.app, &mut test.app.db.read().await.unwrap(), &who.caller().unwrap().account_id).await.unwrap();
        assert_eq!(about().await["id_no"], "610112199003070012", "nothing is changed by halves");
        corrected(&test, &who, &no, 3, &answers, new).await;
        assert_eq!(issue(&a.officer, &no).await, Ok(State::Issued));
        let now = about().await;
        assert_eq!([&now["name"], &now["id_kind"], &now["id_no"]], ["王大明", "resident", new]);
        let said = words(&a.officer, &no, Kind::PersonCertificate).await;
        assert!(said.contains("王大明") && !said.contains("王小明"), "{said}");
        let found = async |name: &str| {
            let values = Values::from([(PERSON.path("name"), name.to_owned()), (PERSON.path("number"), number.clone())]);
            matches!(portal::person(&test.nobody(), &Filled::of(&PERSON, &values)).await.unwrap(), Answer::Noted(said) if said.zh.contains("110105********0250"))
        };
        assert_eq!((found("王大明").await, found("王小明").await), (true, false));
    }
}

#[tokio::test]
async fn a_suspended_certificate_waits_and_one_taken_away_is_not_continued() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let number = issued(&test, &a.officer, &who, PersonKind::Obtain, "UT-II", &a.employer).await;
        let set = async |state: &str| {
            let id = crate::licence::service::list(&who).await.unwrap().rows.remove(0).id;
            let values = [("id", id.as_str()), ("state", state), ("reason", "处罚决定")].map(|(key, value)| (key.to_owned(), value.to_owned()));
            register::set_state(&a.officer, &values.into_iter().collect()).await.unwrap();
        };
        set("suspended").await;
        let no = granted(&test, &who, PersonKind::Obtain, "RT-II", &a.employer).await;
        assert!(matches!(issue(&a.officer, &no).await, Err(AppError::Refused(_))));
        set("revoked").await;
        assert!(terms(&test, &who).await.is_empty());
        issue(&a.officer, &no).await.unwrap();
        let anew = record(&test, &no).await.case.certificates.remove(0);
        assert_ne!(anew, number);
        assert_eq!(terms(&test, &who).await.len(), 1);
    }
}

#[tokio::test]
async fn issued_at_the_same_moment_a_person_still_has_one() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let mut cases = Vec::new();
        for code in ["UT-II", "RT-II", "MT-II", "PT-II"] {
            cases.push(granted(&test, &who, PersonKind::Obtain, code, &a.employer).await);
        }
        let issue_again = |no: String| {
            let officer = a.officer.clone();
            tokio::spawn(async move {
                // Whoever was overtaken by another case of the same person presses again.
                for _ in 0..20 {
                    match issue(&officer, &no).await {
                        Err(AppError::Moved(_) | AppError::TooOften { .. }) => {}
                        done => return done,
                    }
                }
                Err(AppError::NotFound)
            })
        };
        for click in cases.into_iter().map(issue_again).collect::<Vec<_>>() {
            assert_eq!(click.await.unwrap(), Ok(State::Issued));
        }
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM certificate WHERE state = 'valid'").await, 1);
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM certificate WHERE state = 'superseded'").await, 3);
        assert_eq!(terms(&test, &who).await.len(), 4);
    }
}

#[tokio::test]
async fn the_public_finds_a_person_by_name_and_number_only() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let no = granted(&test, &who, PersonKind::Obtain, "UT-II", &a.employer).await;
        issue(&a.officer, &no).await.unwrap();
        let number = record(&test, &no).await.case.certificates.remove(0);
        let nobody = test.nobody();
        let ask = async |name: &str, number: &str| {
            let values = Values::from([(PERSON.path("name"), name.to_owned()), (PERSON.path("number"), number.to_owned())]);
            portal::person(&nobody, &Filled::of(&PERSON, &values)).await.unwrap()
        };
        let Answer::Noted(found) = ask("王小明", " ts8261001－2031 ").await else { panic!("not found") };
        for part in ["王小明", "610112********0012", "有效", "UT-II", "2031-02-28", "陕西省"] {
            assert!(found.zh.contains(part), "{part}: {}", found.zh);
        }
        let unknown = |answer: Answer| if let Answer::Told(say) = answer { say.zh.into_owned() } else { panic!("told") };
        let none = unknown(ask("王小明", "TS8261002-2031").await);
        assert_eq!(unknown(ask("王小朋", &number).await), none, "a wrong name is answered as a wrong number is");
        assert!(matches!(ask("", &number).await, Answer::Wrong(_)));
        for typed in ["王小明", number.as_str()] {
            assert!(portal::licences(&nobody, typed).await.unwrap().rows.is_empty(), "{typed}: nobody's certificates are listed");
        }
        act(&a.officer, &no, Action::Publish).await.unwrap();
        let line = portal::granted(&nobody, "", false).await.unwrap().rows.remove(0);
        assert_eq!((line.holder.as_str(), line.code.as_str(), &line.certificates[0].number), ("王**", "", &number));
        assert!(line.items[0].contains("UT-II") && line.category.zh.contains("人员资格认定"));
        issued(&test, &a.officer, &who, PersonKind::Obtain, "RT-II", &a.employer).await;
        let Answer::Noted(found) = ask("王小明", "TS8261001-2031").await else { panic!("not found") };
        assert!(found.zh.contains("RT-II") && found.zh.contains("有效。"), "the version in force: {}", found.zh);
    }
}

#[tokio::test]
async fn an_accepted_persons_name_and_number_are_not_shown_to_everybody() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let no = filed(&test, &who, PersonKind::Obtain, "UT-II", &a.employer).await;
        act(&a.officer, &no, Action::Accept { agency: None, checked: Vec::new() }).await.unwrap();
        let line = portal::accepted(&test.nobody(), "", false).await.unwrap().rows.remove(0);
        assert_eq!((line.no, line.applicant.as_str()), (no, "王**"));
        assert_eq!(line.matter.zh, "特种设备检验、检测人员资格认定（取证）");
    }
}
