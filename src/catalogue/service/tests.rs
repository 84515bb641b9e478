//! The administrator's catalogue on both engines.

use super::*;
use crate::catalogue::admin::DELEGATE;
use crate::form::Values;
use crate::server::testing::TestApp;

fn next_version(from: &str) -> Catalogue {
    let mut catalogue = Catalogue { version: "2027-1".into(), title: "测试公告".into(), effective_from: from.into(), ..Catalogue::builtin() };
    catalogue.items.retain(|item| item.id != "SE135");
    catalogue.items[1].parameters = "新的参数".into();
    catalogue.items.push(Item { id: "SE999".into(), sub_item: "新项目".into(), ..catalogue.items[30].clone() });
    catalogue
}

fn day(visit: &Visit, plus: i32) -> String {
    use jiff::ToSpan;
    visit.app.clock.today().saturating_add(plus.days()).to_string()
}

fn gone(answer: Result<Answer>) -> String {
    match answer.unwrap() {
        Answer::Go(to) => to,
        Answer::Wrong(issues) => panic!("{issues:?}"),
        Answer::Told(say) | Answer::Noted(say) => panic!("{}", say.zh),
    }
}

fn wrong(answer: Result<Answer>) -> Vec<String> {
    match answer.unwrap() {
        Answer::Wrong(issues) => issues.into_iter().map(|issue| issue.message.zh.into_owned()).collect(),
        _ => panic!("not refused"),
    }
}

#[tokio::test]
async fn a_version_is_seen_before_it_counts() {
    for test in TestApp::all().await {
        let admin = test.person(test.account(Role::Admin)).await;
        let new = next_version(&day(&admin, 10));
        let json = serde_json::to_string_pretty(&new).unwrap();
        assert_eq!(gone(propose(&admin, &json).await), VERSIONS);

        let page = versions(&admin).await.unwrap();
        let pending = page.pending.unwrap();
        assert_eq!(page.versions.len(), 1, "nothing counts yet");
        assert_eq!((pending.follows.as_str(), pending.items), (page.versions[0].version.as_str(), new.items.len()));
        let ids = |items: &[Item]| items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
        assert_eq!((ids(&pending.difference.added), ids(&pending.difference.removed)), (vec!["SE999".to_owned()], vec!["SE135".to_owned()]));
        assert_eq!(pending.difference.changed.len(), 1);

        // Somebody else's text is not confirmed by mistake.
        assert!(matches!(decide(&admin, "another", "confirm").await, Err(AppError::Moved(_))));
        gone(decide(&admin, &pending.digest, "confirm").await);
        assert!(matches!(decide(&admin, &pending.digest, "confirm").await, Err(AppError::Moved(_))), "the second click changes nothing");

        let page = versions(&admin).await.unwrap();
        let rows: Vec<_> = page.versions.iter().map(|row| (row.version.as_str(), row.effective_to.clone(), row.is_current)).collect();
        assert_eq!(rows, [("2027-1", None, false), (Catalogue::builtin().version.as_str(), Some(day(&admin, 9)), true)]);
        let now = async || store::current(&test.app, &mut test.app.db.read().await.unwrap()).await.unwrap().version.clone();
        assert_eq!(now().await, Catalogue::builtin().version);
        test.wait(10 * 24 * 60);
        assert_eq!(now().await, "2027-1");
        let old = store::version(&test.app, &mut test.app.db.read().await.unwrap(), &Catalogue::builtin().version).await.unwrap();
        assert!(old.find("SE135").is_some(), "what was filed before keeps its version");
    }
}

#[tokio::test]
async fn a_version_may_be_discarded() {
    for test in TestApp::all().await {
        let admin = test.person(test.account(Role::Admin)).await;
        gone(propose(&admin, &serde_json::to_string(&next_version(&day(&admin, 0))).unwrap()).await);
        let digest = versions(&admin).await.unwrap().pending.unwrap().digest;
        gone(decide(&admin, &digest, "discard").await);
        let page = versions(&admin).await.unwrap();
        assert!(page.pending.is_none() && page.versions.len() == 1);
    }
}

#[tokio::test]
async fn an_import_may_bring_authorities_along() {
    for test in TestApp::all().await {
        let admin = test.person(test.account(Role::Admin)).await;
        let read = async || test.app.db.read().await.unwrap();
        let old = store::find_authority(&mut read().await, "610000").await.unwrap().unwrap();
        let renamed = Authority { name: "陕西省市场监督管理委员会".into(), ..old.clone() };
        let city = Authority {
            code: "610300".into(),
            name: "宝鸡市市场监督管理局".into(),
            level: AuthorityLevel::Delegated,
            number_code: "61".into(),
            delegated_by: Some("610000".into()),
        };
        let same = store::find_authority(&mut read().await, "330000").await.unwrap().unwrap();
        let new = Catalogue { authorities: vec![renamed.clone(), city.clone(), same], ..next_version(&day(&admin, 10)) };
        gone(propose(&admin, &serde_json::to_string(&new).unwrap()).await);
        let pending = versions(&admin).await.unwrap().pending.unwrap();
        assert_eq!(pending.authorities, [(Some(old.clone()), renamed.clone()), (None, city.clone())], "what it leaves as it is changes nothing");
        gone(decide(&admin, &pending.digest, "confirm").await);

        // Until the day before it is called as it was, and of days gone by for ever.
        let on = async |plus: i32| store::authority_on(&mut read().await, "610000", &day(&admin, plus)).await.unwrap().unwrap();
        assert_eq!((on(-9999).await, on(9).await, on(10).await), (old.clone(), old.clone(), renamed.clone()));
        let today = async || store::find_authority(&mut read().await, "610000").await.unwrap().unwrap();
        store::follow(&test.app).await.unwrap();
        assert_eq!((today().await, store::authorities_on(&mut read().await, &day(&admin, 10)).await.unwrap().contains(&city)), (old.clone(), true));
        test.wait(10 * 24 * 60);
        for _ in 0..2 {
            store::follow(&test.app).await.unwrap();
            assert_eq!(today().await, renamed);
        }
        // The next start does not call it as the program once did.
        store::seed(&test.app).await.unwrap();
        let all = store::dated_authorities(&mut read().await).await.unwrap();
        let then = |plus: i32| store::Dated::on(&all, "610000", &day(&admin, plus)).cloned();
        assert_eq!((today().await, then(-1), then(0)), (renamed.clone(), Some(old), Some(renamed)));
    }
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_with_its_place() {
    let test = TestApp::on_sqlite().await;
    let admin = test.person(test.account(Role::Admin)).await;
    let (builtin, today) = (Catalogue::builtin(), day(&admin, 0));
    let json = |catalogue: &Catalogue| serde_json::to_string(catalogue).unwrap();
    let good = next_version(&today);
    let twice = Catalogue { items: [good.items.clone(), vec![good.items[0].clone()]].concat(), ..good.clone() };
    let mut nowhere = good.clone();
    nowhere.items[0].category_code = "cooking".into();
    let city = Authority { code: "610300".into(), level: AuthorityLevel::Delegated, delegated_by: Some("990000".into()), ..Authority::builtin().remove(1) };
    let with = |authorities: &[Authority]| Catalogue { authorities: authorities.to_vec(), ..good.clone() };
    for (text, part) in [
        (String::new(), "请粘贴"),
        ("{\n \"version\": }".to_owned(), "第 2 行"),
        (json(&Catalogue { effective_from: day(&admin, -1), ..good.clone() }), "已经过去"),
        (json(&Catalogue { version: builtin.version.clone(), ..good.clone() }), "版本号已经有了"),
        (json(&Catalogue { items: Vec::new(), ..good.clone() }), "没有项目"),
        (json(&twice), "编号重复"),
        (json(&nowhere), "不属于任何许可类别"),
        (json(&with(std::slice::from_ref(&city))), "990000 不存在"),
        (json(&with(&[Authority::builtin().remove(1), Authority::builtin().remove(1)])), "写了两次"),
        (json(&with(&[Authority { delegated_by: None, ..city }])), "委托机关不对"),
    ] {
        let messages = wrong(propose(&admin, &text).await);
        assert!(messages.iter().any(|message| message.contains(part)), "{part}: {messages:?}");
    }
    assert!(versions(&admin).await.unwrap().pending.is_none());
}

#[tokio::test]
async fn delegations_begin_and_end() {
    for test in TestApp::all().await {
        let admin = test.person(test.account(Role::Admin)).await;
        let today = day(&admin, 0);
        let good = [("authority", "611200"), ("area", "611200"), ("items", "se035，SE036\nSE036"), ("effective_from", today.as_str())];
        let fill = |changes: &[(&str, &str)]| {
            let values: Values = good.iter().chain(changes).map(|(key, value)| (DELEGATE.path(key), (*value).to_owned())).collect();
            Filled::of(&DELEGATE, &values)
        };
        for (key, value, part) in [
            ("area", "999999", "没有这个市"),
            ("area", "610000", "没有这个市"),
            ("area", "330100", "不是该省"),
            ("authority", "610000", "不是该省"),
            ("authority", "610300", "填写它的名称"),
            ("authority", "330300", "前两位"),
            ("items", "SE777", "没有 SE777"),
            ("items", "SE029", "不是省级项目"),
            ("items", "", "请选择"),
        ] {
            let messages = wrong(delegate(admin.clone(), fill(&[(key, value)])).await);
            assert!(messages.iter().any(|message| message.contains(part)), "{key}={value}: {messages:?}");
        }
        gone(delegate(admin.clone(), fill(&[])).await);
        gone(delegate(admin.clone(), fill(&[("authority", "610300"), ("authority_name", "宝鸡市市场监督管理局"), ("area", "610300")])).await);
        let page = authorities(&admin).await.unwrap();
        assert!(page.authorities.iter().any(|a| a.code == "610300" && a.delegated_by.as_deref() == Some("610000") && a.number_code == "61"));
        assert_eq!(page.delegations.len(), 2);
        let first = &page.delegations[0];
        assert_eq!((first.to.as_str(), first.what.len(), first.is_current), ("陕西省西咸新区市场监督管理局", 2, true));

        let in_force = async |plus: i32| store::delegations(&mut test.app.db.read().await.unwrap(), &day(&admin, plus)).await.unwrap().len();
        gone(end_delegation(&admin, &first.id, &day(&admin, 3)).await);
        assert_eq!((in_force(3).await, in_force(4).await), (2, 1));
        assert!(matches!(end_delegation(&admin, &first.id, &day(&admin, 5)).await, Err(AppError::Moved(_))));
        assert!(matches!(end_delegation(&admin, &first.id, &day(&admin, -1)).await, Ok(Answer::Told(_))));
        assert!(matches!(end_delegation(&admin, &first.id, "soon").await, Ok(Answer::Told(_))));
    }
}

#[tokio::test]
async fn a_person_goes_to_the_city_that_decides_on_persons() {
    for test in TestApp::all().await {
        let admin = test.person(test.account(Role::Admin)).await;
        let today = day(&admin, 0);
        let named = [("authority", "611200"), ("area", "611200"), ("categories", "personnel"), ("effective_from", today.as_str())];
        let values: Values = named.iter().map(|(key, value)| (DELEGATE.path(key), (*value).to_owned())).collect();
        gone(delegate(admin.clone(), Filled::of(&DELEGATE, &values)).await);
        assert_eq!(authorities(&admin).await.unwrap().delegations[0].what, ["特种设备检验、检测人员资格认定"]);
        let mut tx = test.app.db.read().await.unwrap();
        let (catalogue, all) = (store::current(&test.app, &mut tx).await.unwrap(), store::authorities(&mut tx).await.unwrap());
        let delegations = store::delegations(&mut tx, &today).await.unwrap();
        let rules = crate::catalogue::Rules { catalogue: &catalogue, authorities: &all, delegations: &delegations };
        let codes = crate::catalogue::PersonnelCodes::builtin();
        for (code, place, authority) in [("UT-II", "611205", "611200"), ("UT-II", "610112", "610000"), ("UT-III", "611205", "100000")] {
            assert_eq!(rules.person(codes.find(code).unwrap(), place).unwrap().authority, authority, "{code} {place}");
        }
    }
}

#[tokio::test]
async fn nobody_else_may() {
    let test = TestApp::on_sqlite().await;
    for visit in [test.member("enterprise", Role::Owner).await, test.person(test.account(Role::Staff)).await] {
        assert_eq!(versions(&visit).await.err(), Some(AppError::Forbidden));
        assert_eq!(authorities(&visit).await.err(), Some(AppError::Forbidden));
        assert_eq!(propose(&visit, "").await.err(), Some(AppError::Forbidden));
        assert_eq!(decide(&visit, "", "confirm").await.err(), Some(AppError::Forbidden));
        assert_eq!(delegate(visit.clone(), Filled::of(&DELEGATE, &Values::new())).await.err(), Some(AppError::Forbidden));
        assert_eq!(end_delegation(&visit, "", "").await.err(), Some(AppError::Forbidden));
    }
    assert_eq!(versions(&test.nobody()).await.err(), Some(AppError::SignIn));
}
