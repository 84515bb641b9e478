//! Persons' applications: from the choice of a code to a submission, with what stands against it.

use super::*;
use crate::account::filled::Filled;
use crate::account::forms::PROFILE_PERSON;
use crate::account::service::profile;
use crate::account::store::{Account, insert_account};
use crate::application::qualify::Choice;
use crate::form::FileKind;
use crate::server::files::service::take;
use crate::vals;
use crate::workflow::{ActionKind, State};

pub(super) const ID_NO: &str = "610112199001010012";

/// An individual with a document, signed in.
pub(super) async fn individual(test: &TestApp, id_no: &str) -> Visit {
    let digest = test.app.keys.digest("id", id_no);
    let unit = Unit { id: ids::new(test.app.clock.now()), kind: "person".into(), name: "李梅".into(), code: digest.clone(), ..Unit::default() };
    let account = Account {
        person_name: "李梅".into(),
        id_kind: "resident".into(),
        id_no_sealed: test.app.keys.seal(id_no),
        id_no_digest: digest,
        email: "limei@example.cn".into(),
        unit_id: Some(unit.id.clone()),
        ..test.account(Role::Person)
    };
    let id = account.id.clone();
    let stored = test.app.db.write(move |tx| {
        Box::pin(async move {
            insert_unit(tx, &unit).await?;
            insert_account(tx, &account).await
        })
    });
    stored.await.unwrap();
    test.signed_in(&id).await
}

pub(super) fn choice(kind: &str, code: &str, region: &str) -> Choice {
    Choice { kind: kind.into(), code: code.into(), region: region.into(), words: String::new() }
}

pub(super) async fn begun_person(visit: &Visit, kind: &str, code: &str) -> String {
    number(service::create_person(visit, choice(kind, code, "610112")).await.unwrap())
}

/// A certificate of this person in the register.
pub(super) async fn holds(visit: &Visit, code: &str, issued_on: &str, valid_to: &str, state: &str) {
    let sql = "INSERT INTO certificate (id, unit_id, number, category, items, authority_code, issued_on, valid_to, state, created_at, state_at) \
               VALUES ($1, $2, $3, 'personnel', $4, '610000', $5, $6, $7, 1, $8)";
    let row = vals![
        ids::new(visit.now()),
        unit_of(visit),
        format!("TS8610{:03}-2027", ids::below(1000)),
        format!("[\"{code}\"]"),
        issued_on,
        valid_to,
        state,
        visit.now()
    ];
    visit.app.db.write(move |tx| Box::pin(async move { tx.run(sql, row).await })).await.unwrap();
}

/// A picture of these sides: a JPEG as far as anybody looks.
fn picture(width: u16, height: u16, filler: usize) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xc0, 0x00, 0x0b, 0x08];
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.extend([0x01, 0x01, 0x11, 0x00, 0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3f, 0x00]);
    bytes.extend(std::iter::repeat_n(0, filler));
    bytes.extend([0xff, 0xd9]);
    bytes
}

async fn sent(visit: &Visit, no: &str, slot: &str, bytes: Vec<u8>) -> Result<File> {
    let bytes = futures::stream::iter([Ok::<_, std::io::Error>(axum::body::Bytes::from(bytes))]);
    take(visit, no, slot, "照片.jpg", bytes).await
}

/// Everything a first qualification for testing asks.
pub(super) fn answers() -> Values {
    let typed = [
        ("person/education", "sci-bachelor"),
        ("qualification/practice_org", "西安某检测有限公司"),
        ("qualification/vision_left", "5.0"),
        ("qualification/vision_right", "5.1"),
        ("qualification/colour", "normal"),
        ("proofs/declare", "yes"),
    ];
    typed.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect()
}

pub(super) async fn complete_person(visit: &Visit, no: &str) {
    lay(visit, no, answers()).await;
    sent(visit, no, "proofs/photo", picture(295, 413, 0)).await.unwrap();
    let pages = crate::application::book::pages("personnel", &service::book(visit, no, "proofs").await.unwrap().kind);
    let has = |slot: &str| pages.iter().any(|page| page.slots().any(|place| page.path(place.key) == slot));
    for slot in ["proofs/signed", "proofs/vision", "proofs/practice_proof"].into_iter().filter(|slot| has(slot)) {
        let id = uploaded(visit, no, slot, "证明.pdf").await;
        service::attach_file(visit, no, slot, &id).await.unwrap();
    }
}

#[tokio::test]
async fn a_code_and_a_place_make_a_prefilled_draft() {
    for test in engines().await {
        let person = individual(&test, ID_NO).await;
        for (code, authority) in [("UT-II", "陕西省市场监督管理局"), ("UT-III", "国家市场监督管理总局")] {
            let page = service::person_picker(&person, choice("obtain", code, "610112")).await.unwrap();
            let decides = page.decides.unwrap();
            assert_eq!((decides.name.as_str(), page.ask), (authority, None), "{code}");
            assert!(decides.reason.zh.contains(code), "{}", decides.reason.zh);
        }
        let no = begun_person(&person, "obtain", "UT-II").await;
        let view = service::book(&person, &no, "person").await.unwrap();
        let head = service::review(&person, &no).await.unwrap().head;
        assert_eq!((head.state, head.items.as_str(), head.kind_label.zh.as_ref()), (State::Draft, "UT-II 脉冲反射法超声检测Ⅱ级", "取证"));
        assert_eq!(view.judged.pages.iter().map(|page| page.key.as_str()).collect::<Vec<_>>(), ["person", "qualification", "proofs"]);
        assert_eq!((view.doc.get("person/name"), view.doc.get("person/email")), ("李梅", "limei@example.cn"));
        assert_eq!(view.doc.get("person/id_no"), "610112********0012", "masked");
        assert!(!head.may(ActionKind::Copy) && !head.may(ActionKind::Rechoose) && head.may(ActionKind::Submit));
        let view = service::book(&person, &no, "qualification").await.unwrap();
        let at = |key: &str| view.doc.get(&format!("qualification/{key}")).to_owned();
        assert_eq!([at("person_type"), at("code"), at("kind"), at("practice_region")], ["ndt", "UT-II", "obtain", "610112"]);
        assert_eq!(count(&test, "SELECT COUNT(*) AS n FROM draft_cell WHERE value LIKE '%' || $1 || '%'", ID_NO).await, 0, "nothing in the open");
    }
}

#[tokio::test]
async fn what_stands_against_it_is_said_before_the_draft() {
    for test in engines().await {
        let person = individual(&test, ID_NO).await;
        for (chosen, part) in [
            (choice("", "UT-II", "610112"), "请选择申请类别"),
            (choice("obtain", "UT-II", "610100"), "最后一级"),
            (choice("obtain", "", "610112"), "请选择项目代号"),
            (choice("obtain", "UT-II", ""), "请选择执业所在地"),
            (choice("obtain", "UT-II", "999999"), "没有受理机关"),
            (choice("obtain", "S-RG", "610112"), "已经停用"),
            (choice("obtain", "UT-III", "610112"), "UT-Ⅱ"),
            (choice("renew-exam", "UT-II", "610112"), "登记簿里没有"),
            (choice("move", "UT-II", "610112"), "登记簿里没有"),
        ] {
            let said = told(service::create_person(&person, chosen).await.unwrap());
            assert!(said.contains(part), "{said}");
        }
        let old = individual(&test, "11010519491231002X").await;
        assert!(told(service::create_person(&old, choice("obtain", "UT-I", "610112")).await.unwrap()).contains("63 周岁"));
        holds(&person, "MT-II", "2022-06-01", "2027-06-30", "annulled").await;
        assert!(told(service::create_person(&person, choice("obtain", "UT-I", "610112")).await.unwrap()).contains("三年内不得再次申请"));
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM application").await, 0);
    }
}

#[tokio::test]
async fn only_an_individual_applies_for_a_qualification_and_only_for_that() {
    for test in engines().await {
        let person = individual(&test, ID_NO).await;
        let owner = owner(&test, &Sample::of(VALVE)).await;
        let chosen = || choice("obtain", "UT-I", "610112");
        assert_eq!(service::create_person(&owner, chosen()).await.err(), Some(AppError::Forbidden));
        assert_eq!(service::person_picker(&owner, chosen()).await.err(), Some(AppError::Forbidden));
        assert_eq!(service::find_practices(&owner, "检测").await.err(), Some(AppError::Forbidden));
        assert_eq!(service::create_person(&test.nobody(), chosen()).await.err(), Some(AppError::SignIn));
        assert_eq!(service::create(&person, Sample::of(VALVE).chosen(), "").await.err(), Some(AppError::Forbidden));
        let no = begun_person(&person, "obtain", "UT-I").await;
        let other = individual(&test, "110105198307120250").await;
        for stranger in [&owner, &other] {
            assert_eq!(service::book(stranger, &no, "person").await.err(), Some(AppError::NotFound));
            assert_eq!(save(stranger, &no, &[op("x", "person/major", NEW, "机械")]).await.err(), Some(AppError::NotFound));
        }
        assert!(is_bad(save(&person, &no, &[op("y", "person/name", NEW, "别人")]).await), "the name is the account's");
        assert!(is_bad(save(&person, &no, &[op("z", "qualification/held/h1/code", NEW, "UT-III")]).await), "the register's are not typed");
    }
}

#[tokio::test]
async fn all_four_kinds_are_filed() {
    for test in engines().await {
        for (n, (kind, valid_to, extra)) in [
            ("obtain", "", &[][..]),
            ("renew-exam", "2027-08-31", &[("proofs/unbroken", "no"), ("proofs/clean", "yes")][..]),
            ("renew-file", "2027-03-31", &[("proofs/unbroken", "yes"), ("proofs/clean", "yes"), ("qualification/last_way", "exam")][..]),
            ("move", "2027-08-31", &[("qualification/change_what", "data"), ("qualification/new_name", "李小梅")][..]),
        ]
        .into_iter()
        .enumerate()
        {
            let id_no = [ID_NO, "110105198307120250", "330106198809260031", "440304199105080145"][n];
            let person = individual(&test, id_no).await;
            if !valid_to.is_empty() {
                holds(&person, "UT-II", "2017-09-01", valid_to, "valid").await;
            }
            let no = begun_person(&person, kind, "UT-II").await;
            assert!(!errors(&person, &no).await.is_empty(), "{kind} is empty");
            complete_person(&person, &no).await;
            lay(&person, &no, extra.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect()).await;
            assert_eq!(errors(&person, &no).await, Vec::<String>::new(), "{kind}");
            assert_eq!(service::submit(&person, &no, &format!("click-{kind}"), true).await.unwrap(), Vec::new(), "{kind}");
            assert_eq!(service::submit(&person, &no, &format!("click-{kind}"), true).await.unwrap(), Vec::new(), "{kind} again");
            let review = service::review(&person, &no).await.unwrap();
            assert_eq!((review.head.state, review.frozen.unit_name.as_str()), (State::Submitted, "李梅"), "{kind}");
            assert!(review.frozen.unit_code.contains('*'), "the number is shown masked");
            let shown = serde_json::to_string(&review.frozen).unwrap();
            assert!(!shown.contains(id_no), "{kind}");
            assert_eq!(shown.contains("TS8610"), !valid_to.is_empty(), "{kind}: what is held is part of the version");
            let is_said = shown.contains("已核验") && shown.contains("Non-destructive testing personnel");
            assert_eq!(is_said, !valid_to.is_empty(), "{kind}: in both languages");
        }
    }
}

#[tokio::test]
async fn a_draft_shows_the_document_as_the_account_has_it_now() {
    for test in engines().await {
        let person = individual(&test, ID_NO).await;
        let no = begun_person(&person, "obtain", "UT-I").await;
        complete_person(&person, &no).await;
        let corrects = async |name: &str, kind: &str, number: &str| {
            let typed = [("name", name), ("id_kind", kind), ("id_no", number), ("email", "limei@example.cn")];
            let values: Values = typed.map(|(key, value)| (PROFILE_PERSON.path(key), value.to_owned())).into();
            profile::change_person(person.clone(), Filled::of(&PROFILE_PERSON, &values), String::new()).await.unwrap()
        };
        let shown = async |key: &str| service::book(&person, &no, "person").await.unwrap().doc.get(&format!("person/{key}")).to_owned();
        assert!(matches!(corrects("李小梅", "passport", "E12345678").await, Answer::Go(_)));
        assert_eq!([shown("name").await, shown("id_kind").await, shown("id_no").await], ["李小梅", "passport", "*********"]);
        assert_eq!(errors(&person, &no).await, ["person/born_on"], "a passport does not say it");
        assert!(matches!(corrects("李小梅", "resident", "110105198307120250").await, Answer::Go(_)));
        assert_eq!([shown("id_kind").await, shown("id_no").await], ["resident", "110105********0250"]);
        assert_eq!(service::submit(&person, &no, "one", true).await.unwrap(), Vec::new());
        let mut tx = test.app.db.read().await.unwrap();
        let id = super::super::store::find(&mut tx, &no).await.unwrap().unwrap().id;
        let version = service::newest(&mut tx, &id).await.unwrap().unwrap();
        assert_eq!(test.app.keys.open(version.sealed("person/id_no").unwrap()).unwrap(), "110105198307120250", "and so does what is handed in");
    }
}

#[tokio::test]
async fn conditions_stand_at_their_fields() {
    for test in engines().await {
        let person = individual(&test, ID_NO).await;
        let no = begun_person(&person, "obtain", "MT-II").await;
        complete_person(&person, &no).await;
        assert_eq!(errors(&person, &no).await, Vec::<String>::new());
        for (path, wrong, right, at) in [
            ("person/education", "other", "sci-college", "person/education"),
            ("qualification/vision_right", "4.9", "5.0", "qualification/vision_right"),
            ("qualification/colour", "blind", "normal", "qualification/colour"),
            ("qualification/practice_region", "330109", "610113", "qualification/practice_region"),
            ("qualification/practice_code", "91610112MA00DEM143", "", "qualification/practice_code"),
            ("proofs/declare", "", "yes", "proofs/declare"),
        ] {
            lay(&person, &no, Values::from([(path.to_owned(), wrong.to_owned())])).await;
            assert_eq!(errors(&person, &no).await, [at], "{path} {wrong}");
            lay(&person, &no, Values::from([(path.to_owned(), right.to_owned())])).await;
        }
        assert_eq!(service::submit(&person, &no, "one", true).await.unwrap(), Vec::new());
        let second = begun_person(&person, "obtain", "MT-II").await;
        let issues = service::review(&person, &second).await.unwrap().issues;
        let said = issues.iter().flat_map(|(_, issues)| issues).find(|issue| issue.path == "qualification/code").unwrap();
        assert!(said.message.zh.contains(&no), "one application for one item at a time");
    }
}

#[tokio::test]
async fn how_it_was_the_last_time_is_the_registers_to_say() {
    for test in engines().await {
        for (n, (way, said, expected)) in [("obtain", "exam", true), ("renew-exam", "file", false), ("obtain", "file", false)].into_iter().enumerate() {
            let person = individual(&test, [ID_NO, "110105198307120250", "330106198809260031"][n]).await;
            registered(&person, &format!("c{n}"), Some(way)).await;
            let no = begun_person(&person, "renew-file", "UT-II").await;
            complete_person(&person, &no).await;
            let typed = [("proofs/unbroken", "yes"), ("proofs/clean", "yes"), ("qualification/last_way", said)];
            lay(&person, &no, typed.map(|(path, value)| (path.to_owned(), value.to_owned())).into()).await;
            assert_eq!(errors(&person, &no).await, if expected { Vec::new() } else { vec!["qualification/last_way".to_owned()] }, "{way} {said}");
        }
        // Renewed by file review already, it is said before a draft is made; of one on paper nobody knows.
        let person = individual(&test, "440304199105080145").await;
        registered(&person, "c8", Some("renew-file")).await;
        assert!(told(service::create_person(&person, choice("renew-file", "UT-II", "610112")).await.unwrap()).contains("应申请考试换证"));
        let person = individual(&test, "510107199203040274").await;
        registered(&person, "c9", None).await;
        begun_person(&person, "renew-file", "UT-II").await;
    }
}

/// UT-II in the register, in time for a renewal by file review, as it was obtained or renewed last.
async fn registered(visit: &Visit, id: &str, way: Option<&str>) {
    let way = way.map(|way| format!(r#","way":"{way}""#)).unwrap_or_default();
    let term = format!(r#"{{"code":"UT-II","first_on":"2017-04-01","from":"2022-04-01","to":"2027-03-31"{way}}}"#);
    let sql = "INSERT INTO certificate (id, unit_id, number, category, items, authority_code, issued_on, valid_to, state, created_at, person) \
               VALUES ($1, $2, 'TS8261001-2027', 'personnel', '[\"UT-II\"]', '610000', '2022-04-01', '2027-03-31', 'valid', 1, $3)";
    let args = vals![id, unit_of(visit), format!(r#"{{"terms":[{term}],"practice":""}}"#)];
    visit.app.db.write(move |tx| Box::pin(async move { tx.run(sql, args).await })).await.unwrap();
}

#[tokio::test]
async fn a_photograph_has_its_sides() {
    for test in engines().await {
        let person = individual(&test, ID_NO).await;
        let no = begun_person(&person, "obtain", "UT-I").await;
        let refused = |bytes: Vec<u8>| {
            let (person, no) = (&person, &no);
            async move {
                match sent(person, no, "proofs/photo", bytes).await {
                    Err(AppError::Refused(say)) => say.zh.into_owned(),
                    other => panic!("{other:?}"),
                }
            }
        };
        assert!(refused(picture(413, 295, 0)).await.contains("413×295"));
        assert!(refused(picture(295, 413, usize::try_from(FileKind::PHOTO_BYTES).unwrap())).await.contains("200 KB"));
        assert!(refused(b"%PDF-1.4\n%%EOF".to_vec()).await.contains("JPG"));
        assert!(service::book(&person, &no, "proofs").await.unwrap().files.is_empty());
        sent(&person, &no, "proofs/photo", picture(295, 413, 1000)).await.unwrap();
        assert_eq!(service::book(&person, &no, "proofs").await.unwrap().files.len(), 1);
        assert!(sent(&person, &no, "proofs/signed", picture(413, 295, 0)).await.is_ok(), "other places take any picture");
    }
}

#[tokio::test]
async fn the_list_is_searched_by_the_name_of_the_item() {
    for test in engines().await {
        let person = individual(&test, ID_NO).await;
        for code in ["UT-I", "Y-DT"] {
            begun_person(&person, "obtain", code).await;
        }
        let found = |item: &'static str| {
            let filter = super::super::store::Filter { item: item.into(), ..super::super::store::Filter::default() };
            let person = &person;
            async move { service::list(person, filter, "", false).await.unwrap().rows.into_iter().map(|row| row.items).collect::<Vec<_>>() }
        };
        assert_eq!(found("电梯").await, ["Y-DT 电梯检验员"]);
        assert_eq!(found("ut-i").await, ["UT-I 脉冲反射法超声检测Ⅰ级"]);
        assert_eq!((found("Lifts").await.len(), found("ultrasonic level I").await.len(), found("level II").await.len()), (1, 1, 0), "in English, too");
        let rows = service::list(&person, super::super::store::Filter::default(), "", false).await.unwrap().rows;
        let mut names: Vec<_> = rows.into_iter().map(|row| row.item_name.unwrap().en).collect();
        names.sort();
        assert_eq!(names, ["Lifts and escalators, inspector", "Pulse-echo ultrasonic, level I"]);
        assert_eq!(found("%").await, Vec::<String>::new());
        assert_eq!(found("").await.len(), 2);
    }
}

#[tokio::test]
async fn codes_are_found_by_equipment_and_level_together() {
    for test in engines().await {
        let person = individual(&test, ID_NO).await;
        for (words, first, count) in [
            ("锅炉 检验员", "Y-GL", 3),
            ("检验师 锅炉", "S-GL", 1),
            ("脉冲 Ⅱ级", "UT-II", 2),
            ("超声　II", "UT-II", 4),
            ("ut-ii", "UT-II", 1),
            ("boiler inspector", "Y-GL", 3),
            ("Ultrasonic level II", "UT-II", 3),
            ("G-CY", "GS-CY", 1),
            ("", "Y-GL", 44),
        ] {
            let chosen = Choice { words: words.into(), ..Choice::default() };
            let codes: Vec<String> = service::person_picker(&person, chosen).await.unwrap().codes.into_iter().map(|code| code.code).collect();
            assert_eq!((codes.first().map(String::as_str), codes.len()), (Some(first), count), "{words}: {codes:?}");
        }
        let none = Choice { words: "锅炉 Ⅱ级".into(), ..Choice::default() };
        assert!(service::person_picker(&person, none).await.unwrap().codes.is_empty());
    }
}
