//! Certificates a unit holds, on both engines: registering with each refusal, another unit's, the second time, and what
//! applications see of them.

mod persons;

use super::model::{AUTHORITY, Beside, ITEMS, Standing, State, form_of, slot};
use super::{register, service, store};
use crate::account::filled::Filled;
use crate::account::model::Role;
use crate::account::store::Account;
use crate::application::picker::Chosen;
use crate::error::{AppError, Result};
use crate::form::Values;
use crate::server::app::Visit;
use crate::server::plain::Answer;
use crate::server::testing::TestApp;
use crate::vals;

const GOOD: [(&str, &str); 7] = [
    ("certificate/category", "manufacture"),
    ("certificate/number", " ts2210123－2029 "),
    ("certificate/issued_on", "2025-03-01"),
    ("certificate/valid_to", "2029-02-28"),
    ("certificate/items@SE031", "yes"),
    ("certificate/other", "旧目录的项目、紧急切断阀B"),
    (AUTHORITY, "610000"),
];
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

fn typed(changes: &[(&str, &str)]) -> Values {
    let mut values: Values = GOOD.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    for (path, value) in changes {
        values.insert((*path).to_owned(), (*value).to_owned());
    }
    values
}

async fn save(visit: &Visit, values: &Values) -> Result<Answer> {
    let is_person = visit.caller.as_ref().is_some_and(|caller| caller.role == Role::Person);
    service::save(visit, Filled::of(form_of(is_person), values), Beside::of(values)).await
}

/// Saves, and gives the id.
async fn saved(visit: &Visit, values: &Values) -> String {
    match save(visit, values).await.unwrap() {
        Answer::Go(to) => to.split(['=', '#']).nth(1).unwrap().to_owned(),
        Answer::Wrong(issues) => panic!("{issues:?}"),
        Answer::Told(say) | Answer::Noted(say) => panic!("{}", say.zh),
    }
}

/// The paths that are wrong.
async fn wrong(visit: &Visit, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    match save(visit, &typed(changes)).await.unwrap() {
        Answer::Wrong(issues) => {
            issues.into_iter().filter(|i| i.severity == crate::form::Severity::Error).map(|i| (i.path, i.message.zh.into_owned())).collect()
        }
        _ => panic!("accepted: {changes:?}"),
    }
}

async fn check(test: &TestApp, id: &str, state: State) {
    let args = vals![state.word(), id];
    test.app.db.write(move |tx| Box::pin(async move { tx.run("UPDATE certificate SET state = $1 WHERE id = $2", args).await })).await.unwrap();
}

#[tokio::test]
async fn a_certificate_is_registered_changed_and_removed() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let id = saved(&owner, &typed(&[])).await;
        let rows = service::list(&owner).await.unwrap().rows;
        let row = &rows[0];
        assert_eq!((rows.len(), row.id.as_str(), row.number.as_str()), (1, id.as_str(), "TS2210123-2029"));
        assert_eq!(
            row.items.iter().map(|item| &*item.zh).collect::<Vec<_>>(),
            ["安全阀B", "旧目录的项目", "紧急切断阀B"],
            "names the catalogue knows become its items"
        );
        assert_eq!((row.category.zh.as_ref(), row.authority.as_str()), ("特种设备制造单位许可", "陕西省市场监督管理局"));
        assert_eq!((row.standing, row.open, row.scan.is_some()), (Standing::Plain(State::Pending), true, false));
        let form = service::form(&owner, "", &id).await.unwrap();
        assert_eq!((form.category.as_str(), form.state.values["certificate/number"].as_str()), ("manufacture", "TS2210123-2029"));
        assert!(form.state.values.contains_key(&format!("{ITEMS}@SE031")) && form.state.values["certificate/other"] == "旧目录的项目");
        let change = typed(&[("certificate/id", &id), ("certificate/valid_to", "2029-03-31"), ("certificate/category", "design")]);
        assert_eq!(saved(&owner, &change).await, id);
        let row = service::list(&owner).await.unwrap().rows.remove(0);
        assert_eq!((row.valid_to.as_str(), row.category.zh.as_ref()), ("2029-03-31", "特种设备制造单位许可"), "the category stays");
        service::remove(&owner, &id).await.unwrap();
        assert!(service::list(&owner).await.unwrap().rows.is_empty());
        assert_eq!(service::remove(&owner, &id).await.err(), Some(AppError::NotFound), "the second time");
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM audit WHERE deed LIKE 'certificate-%'").await, 3);
    }
}

#[tokio::test]
async fn each_mistake_is_told_at_its_place() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let paths = async |changes: &[(&str, &str)]| wrong(&owner, changes).await.into_iter().map(|(path, _)| path).collect::<Vec<_>>();
        for number in ["", "2210123-2029", "TS1456160-2020S", "TS2210123"] {
            assert_eq!(paths(&[("certificate/number", number)]).await, ["certificate/number"], "{number}");
        }
        assert!(wrong(&owner, &[("certificate/number", "X1")]).await[0].1.contains("TS2210890-2026"));
        assert_eq!(
            paths(&[("certificate/number", "TS2210123-2099"), ("certificate/issued_on", "2099-01-01"), ("certificate/valid_to", "2099-02-01")]).await,
            ["certificate/issued_on"]
        );
        assert_eq!(paths(&[("certificate/valid_to", "2025-03-01")]).await, ["certificate/valid_to"]);
        assert_eq!(paths(&[("certificate/valid_to", "soon")]).await, ["certificate/valid_to"]);
        assert_eq!(paths(&[(AUTHORITY, "")]).await, [AUTHORITY]);
        assert_eq!(paths(&[(AUTHORITY, "999999")]).await, [AUTHORITY]);
        let mut none = typed(&[("certificate/other", " 、")]);
        none.remove("certificate/items@SE031");
        none.insert("certificate/items@SE001".into(), "yes".into());
        let Answer::Wrong(issues) = save(&owner, &none).await.unwrap() else { panic!("an item of another category was taken") };
        assert_eq!(issues[0].path, ITEMS);
        assert!(matches!(save(&owner, &typed(&[("certificate/category", "nothing")])).await, Err(AppError::BadRequest(_))));
        assert!(service::list(&owner).await.unwrap().rows.is_empty());
    }
}

#[tokio::test]
async fn a_number_is_registered_once_in_a_unit() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let id = saved(&owner, &typed(&[])).await;
        let again = wrong(&owner, &[]).await;
        assert_eq!(again[0].0, "certificate/number");
        assert!(again[0].1.contains("已经登记过"), "{again:?}");
        let second = saved(&owner, &typed(&[("certificate/number", "TS2210124-2029")])).await;
        assert_eq!(wrong(&owner, &[("certificate/id", &second)]).await[0].0, "certificate/number", "changed into one that is there");
        assert_eq!(saved(&owner, &typed(&[("certificate/id", &id)])).await, id, "its own number is no other");
        let other = test.member("enterprise", Role::Owner).await;
        saved(&other, &typed(&[])).await;
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM certificate").await, 3);
    }
}

#[tokio::test]
async fn only_the_units_writers_change_it_and_only_until_it_is_checked() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let unit = owner.unit().unwrap().1.to_owned();
        let (reader, filler) = (test.join(&unit, Role::Reader).await, test.join(&unit, Role::Filler).await);
        let id = saved(&filler, &typed(&[])).await;
        let stranger = test.member("enterprise", Role::Owner).await;
        let person = test.person(test.account(Role::Person)).await;
        let change = typed(&[("certificate/id", &id)]);
        assert_eq!(service::list(&reader).await.unwrap().rows.len(), 1);
        assert!(service::list(&stranger).await.unwrap().rows.is_empty());
        for (who, expected) in
            [(&reader, AppError::Forbidden), (&stranger, AppError::NotFound), (&person, AppError::Forbidden), (&test.nobody(), AppError::SignIn)]
        {
            assert_eq!(save(who, &change).await.err(), Some(expected.clone()));
            assert_eq!(service::form(who, "", &id).await.err(), Some(expected.clone()));
            assert_eq!(service::remove(who, &id).await.err(), Some(expected.clone()));
            assert_eq!(service::attach_scan(who, &slot(&id), "file").await.err(), Some(expected));
        }
        assert_eq!(service::list(&person).await.err(), Some(AppError::Forbidden));
        check(&test, &id, State::Valid).await;
        assert!(matches!(save(&owner, &change).await, Err(AppError::Moved(_))));
        assert!(matches!(service::remove(&owner, &id).await, Err(AppError::Moved(_))));
        assert!(matches!(service::attach_scan(&owner, &slot(&id), "file").await, Err(AppError::Moved(_))));
        assert!(!service::list(&owner).await.unwrap().rows[0].open);
    }
}

#[tokio::test]
async fn its_scan_is_uploaded_to_it() {
    use crate::server::files::service::take;
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let id = saved(&owner, &typed(&[])).await;
        let bytes = || futures::stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from_static(PDF))]);
        let file = take(&owner, "certificate", &slot(&id), "许可证.pdf", bytes()).await.unwrap();
        assert_eq!(service::list(&owner).await.unwrap().rows[0].scan, Some((file.id.clone(), "许可证.pdf".to_owned())));
        saved(&owner, &typed(&[("certificate/id", &id)])).await;
        assert!(service::list(&owner).await.unwrap().rows[0].scan.is_some(), "a change keeps the scan");
        let stranger = test.member("enterprise", Role::Owner).await;
        assert_eq!(take(&stranger, "certificate", &slot(&id), "a.pdf", bytes()).await.err(), Some(AppError::NotFound));
        assert!(matches!(take(&owner, "certificate", "elsewhere", "a.pdf", bytes()).await, Err(AppError::BadRequest(_))));
        assert_eq!(service::list(&owner).await.unwrap().rows[0].scan.as_ref().map(|(id, _)| id), Some(&file.id));
    }
}

#[tokio::test]
async fn applications_know_what_is_held() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let unit = owner.unit().unwrap().1.to_owned();
        let id = saved(&owner, &typed(&[])).await;
        let picked = async |category: &str| {
            let chosen = Chosen { category: category.into(), ..Chosen::default() };
            crate::application::service::picker(&owner, chosen).await.unwrap().held
        };
        let held = async || service::held_items(&test.app, &mut test.app.db.read().await.unwrap(), &unit).await.unwrap();
        assert!(picked("manufacture").await[0].zh.contains("TS2210123-2029"));
        assert!(picked("design").await.is_empty());
        assert!(held().await.is_empty(), "a certificate nobody checked gives nothing");
        check(&test, &id, State::Valid).await;
        let items = store::find(&mut test.app.db.read().await.unwrap(), &id).await.unwrap().unwrap().items;
        assert_eq!(held().await, items);
        assert_eq!(picked("manufacture").await.len(), 1);
        check(&test, &id, State::Revoked).await;
        assert!(held().await.is_empty() && picked("manufacture").await.is_empty());
        check(&test, &id, State::Valid).await;
        test.wait(4 * 366 * 24 * 60);
        assert!(held().await.is_empty() && picked("manufacture").await.is_empty(), "expired");
        assert_eq!(service::list(&owner).await.unwrap().rows[0].standing, Standing::Expired);
    }
}

async fn keeper(test: &TestApp, authority: &str) -> Visit {
    test.person(Account { authority_code: Some(authority.to_owned()), duties: vec!["certificate".to_owned()], ..test.account(Role::Staff) }).await
}

/// Puts a scan to a certificate; the id of the file.
async fn scan(visit: &Visit, id: &str) -> String {
    let bytes = futures::stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from_static(PDF))]);
    crate::server::files::service::take(visit, "certificate", &slot(id), "许可证.pdf", bytes).await.unwrap().id
}

/// A certificate as the page of its authority shows it.
async fn shown(visit: &Visit, id: &str) -> super::model::Held {
    register::list(visit, "").await.unwrap().rows.into_iter().find(|row| row.certificate.id == id).unwrap()
}

/// Sets a state, of what the page shows now to whoever may see it.
async fn set(visit: &Visit, id: &str, state: &str, reason: &str) -> Result<Answer> {
    let rows = register::list(visit, "").await.map_or_else(|_| Vec::new(), |register| register.rows);
    let seen = rows.into_iter().find(|row| row.certificate.id == id).map(|row| row.face).unwrap_or_default();
    set_seen(visit, id, state, reason, &seen).await
}

async fn set_seen(visit: &Visit, id: &str, state: &str, reason: &str, seen: &str) -> Result<Answer> {
    let values = [("id", id), ("state", state), ("reason", reason), ("seen", seen)];
    register::set_state(visit, &values.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()).await
}

#[tokio::test]
async fn what_becomes_of_a_certificate_shows_at_once() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let id = saved(&owner, &typed(&[])).await;
        let (ours, theirs) = (keeper(&test, "610000").await, keeper(&test, "330000").await);
        let public = async || {
            crate::portal::service::licences(&test.nobody(), "TS2210123-2029").await.unwrap().rows.into_iter().map(|row| row.standing).collect::<Vec<_>>()
        };
        assert_eq!(public().await, [], "not before it is checked");
        assert_eq!(set(&theirs, &id, "valid", "核验").await.err(), Some(AppError::NotFound));
        for other in [&owner, &test.person(Account { authority_code: Some("610000".into()), ..test.account(Role::Staff) }).await] {
            assert_eq!(set(other, &id, "valid", "核验").await.err(), Some(AppError::Forbidden));
            assert_eq!(register::list(other, "").await.err(), Some(AppError::Forbidden));
        }
        assert!(matches!(set(&ours, &id, "suspended", "处罚").await, Err(AppError::Moved(_))), "it has to be checked first");
        scan(&owner, &id).await;
        for (state, standing) in [("valid", State::Valid), ("suspended", State::Suspended), ("valid", State::Valid), ("annulled", State::Annulled)] {
            assert!(matches!(set(&ours, &id, state, " ").await, Ok(Answer::Told(_))), "a reason is needed");
            assert!(matches!(set(&ours, &id, state, "依据第69条").await, Ok(Answer::Go(_))), "{state}");
            let seen = public().await;
            assert_eq!(seen.iter().map(|seen| seen.label()).collect::<Vec<_>>(), [standing.label()]);
        }
        assert!(matches!(set(&ours, &id, "valid", "撤销有误").await, Err(AppError::Moved(_))), "an end is an end");
        let rows = register::list(&ours, "ts2210123").await.unwrap().rows;
        assert_eq!((rows.len(), rows[0].certificate.reason.as_str(), rows[0].next.len()), (1, "依据第69条", 0));
        assert_eq!(register::list(&theirs, "").await.unwrap().rows.len(), 0);
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM audit WHERE deed IN ('certificate-valid', 'certificate-suspended', 'certificate-annulled')").await, 4);
    }
}

#[tokio::test]
async fn a_paper_certificate_is_confirmed_as_it_was_seen() {
    use crate::server::files::service::read;
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let id = saved(&owner, &typed(&[])).await;
        let (ours, theirs) = (keeper(&test, "610000").await, keeper(&test, "330000").await);
        assert!(matches!(set(&ours, &id, "valid", "核验").await, Err(AppError::Refused(_))), "there is nothing to see yet");
        let file = scan(&owner, &id).await;
        let idle = test.person(Account { authority_code: Some("610000".into()), ..test.account(Role::Staff) }).await;
        let stranger = test.member("enterprise", Role::Owner).await;
        for other in [&theirs, &idle, &stranger] {
            assert_eq!(read(other, &file).await.err(), Some(AppError::NotFound));
        }
        assert_eq!(read(&ours, &file).await.unwrap().id, file);
        let seen = shown(&ours, &id).await;
        assert_eq!(seen.certificate.scan.as_ref().map(|(id, _)| id), Some(&file));
        saved(&owner, &typed(&[("certificate/id", &id), ("certificate/valid_to", "2029-01-31")])).await;
        assert!(matches!(set_seen(&ours, &id, "valid", "核验", &seen.face).await, Err(AppError::Moved(_))), "it states something else now");
        let again = shown(&ours, &id).await.face;
        let newer = scan(&owner, &id).await;
        assert!(matches!(set_seen(&ours, &id, "valid", "核验", &again).await, Err(AppError::Moved(_))), "another scan");
        assert_eq!(read(&ours, &file).await.err(), Some(AppError::NotFound), "the scan it had before is the unit's own");
        assert_eq!(read(&ours, &newer).await.unwrap().id, newer);
        assert!(matches!(set(&ours, &id, "valid", "核验").await, Ok(Answer::Go(_))));
    }
}

#[tokio::test]
async fn what_is_sent_back_may_be_registered_again() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let reader = test.join(owner.unit().unwrap().1, Role::Reader).await;
        let id = saved(&owner, &typed(&[])).await;
        let ours = keeper(&test, "610000").await;
        assert!(matches!(set(&ours, &id, "rejected", "").await, Ok(Answer::Told(_))), "a reason is needed");
        assert!(matches!(set(&ours, &id, "rejected", "扫描件看不清").await, Ok(Answer::Go(_))));
        let inbox = async |who: &Visit| crate::notice::inbox::inbox(who, "", false).await.unwrap().rows;
        let told = inbox(&owner).await;
        assert!(told.len() == 1 && told[0].say.zh.contains("扫描件看不清") && told[0].link.ends_with(&id), "{told:?}");
        assert!(inbox(&reader).await.is_empty(), "whoever only reads can do nothing about it");
        let row = service::list(&owner).await.unwrap().rows.remove(0);
        assert_eq!((row.standing, row.open, row.reason.as_str()), (Standing::Plain(State::Rejected), true, "扫描件看不清"));
        assert!(matches!(set(&ours, &id, "valid", "核验").await, Err(AppError::Moved(_))), "it is the unit's turn");
        assert!(crate::portal::service::licences(&test.nobody(), "TS2210123-2029").await.unwrap().rows.is_empty());
        scan(&owner, &id).await;
        let row = service::list(&owner).await.unwrap().rows.remove(0);
        assert_eq!((row.standing, row.reason.as_str()), (Standing::Plain(State::Pending), ""), "another scan hands it in again");
        set(&ours, &id, "rejected", "日期不符").await.unwrap();
        saved(&owner, &typed(&[("certificate/id", &id)])).await;
        assert_eq!(service::list(&owner).await.unwrap().rows[0].standing, Standing::Plain(State::Pending), "and so does a change");
        set(&ours, &id, "rejected", "不是本机关颁发").await.unwrap();
        service::remove(&owner, &id).await.unwrap();
        assert!(service::list(&owner).await.unwrap().rows.is_empty());
    }
}

#[tokio::test]
async fn the_same_running_number_at_another_unit_is_noticed() {
    for test in TestApp::all().await {
        let (owner, other) = (test.member("enterprise", Role::Owner).await, test.member("enterprise", Role::Owner).await);
        let id = saved(&owner, &typed(&[])).await;
        let ours = keeper(&test, "610000").await;
        saved(&owner, &typed(&[("certificate/number", "TS2210123-2033"), ("certificate/valid_to", "2033-02-28")])).await;
        saved(&other, &typed(&[("certificate/number", "TS2210124-2029")])).await;
        assert_eq!(shown(&ours, &id).await.doubles, [], "its own, and another number");
        let twin =
            saved(&other, &typed(&[("certificate/number", "TS2210123-2025"), ("certificate/issued_on", "2021-03-01"), ("certificate/valid_to", "2025-02-28")]))
                .await;
        let name = &other.caller.as_ref().unwrap().unit_name;
        assert_eq!(shown(&ours, &id).await.doubles, [("TS2210123-2025".to_owned(), name.clone())]);
        set(&ours, &twin, "rejected", "编号有误").await.unwrap();
        assert_eq!(shown(&ours, &id).await.doubles, [], "what was sent back is nobody's");
    }
}
