//! Where a draft goes while it is being filled in: addresses, delegations and deciders change (ruling 9).

use super::correcting::{notice, officer};
use super::person::{ID_NO, begun_person, complete_person, individual};
use super::*;
use crate::application::book::Address;
use crate::application::store;
use crate::catalogue::{Catalogue, Decider, Delegation};
use crate::workflow::State;

const PLACE: &str = "basic/addresses/r1/region";
const REGION: &str = "qualification/practice_region";

/// A sample whose working and registered addresses lie elsewhere.
fn lying(file: &str, region: &str) -> Sample {
    let mut sample = Sample::of(file);
    sample.case.addresses = vec![Address { region: region.into(), address: "示范路1号".into() }];
    for values in [&mut sample.profile, &mut sample.typed] {
        let paths = ["region", "basic/region"].into_iter().filter(|path| values.contains_key(*path)).collect::<Vec<_>>();
        values.extend(paths.into_iter().map(|path| (path.to_owned(), region.to_owned())));
    }
    sample
}

/// 陕西省 delegates the manufacture in an area to 西咸新区 from a day on.
async fn delegate(test: &TestApp, area: &str, from: &str) {
    let delegation =
        Delegation { province: "610000".into(), items: vec![], categories: vec!["manufacture".into()], area: area.into(), authority: "611200".into() };
    let from = from.to_owned();
    test.app.db.write(move |tx| Box::pin(async move { crate::catalogue::store::insert_delegation(tx, &delegation, &from, 0).await })).await.unwrap();
}

async fn authority(visit: &Visit, no: &str) -> String {
    store::find(&mut visit.app.db.read().await.unwrap(), no).await.unwrap().unwrap().authority_code
}

/// What is wrong with a book, and that a submission is refused for the same.
async fn refused(visit: &Visit, no: &str) -> Vec<(String, String)> {
    let shown: Vec<_> = service::review(visit, no).await.unwrap().issues.into_iter().flat_map(|(_, issues)| issues).collect();
    let errors: Vec<_> = shown.into_iter().filter(|issue| issue.severity == Severity::Error).collect();
    assert_eq!(service::submit(visit, no, &ids::token(), true).await.unwrap(), errors, "the page says what the refusal says");
    errors.into_iter().map(|issue| (issue.path, issue.message.zh.into_owned())).collect()
}

async fn move_to(visit: &Visit, no: &str, region: &str) {
    let seen = Base::Revision(revision(visit, no).await);
    assert!(matches!(one(visit, no, op(&ids::token(), PLACE, seen, region)).await, Outcome::Applied { .. }));
}

#[tokio::test]
async fn a_unit_of_the_corps_submits_to_its_own_authority() {
    for test in engines().await {
        for file in [VALVE, CALIBRATION] {
            let sample = lying(file, "659001");
            let owner = owner(&test, &sample).await;
            let no = complete(&owner, &sample).await;
            assert_eq!(authority(&owner, &no).await, "660000");
            assert_eq!(errors(&owner, &no).await, Vec::<String>::new());
            assert_eq!(service::submit(&owner, &no, &no, true).await.unwrap(), []);
        }
    }
}

#[tokio::test]
async fn a_place_of_practice_changed_in_a_persons_book_is_routed_anew() {
    for test in engines().await {
        let (categories, area) = (vec![crate::catalogue::PERSONNEL.to_owned()], "611200".to_owned());
        let delegation = Delegation { province: "610000".into(), items: vec![], categories, authority: area.clone(), area };
        test.app.db.write(move |tx| Box::pin(async move { crate::catalogue::store::insert_delegation(tx, &delegation, "2024-01-01", 0).await })).await.unwrap();
        let person = individual(&test, ID_NO).await;
        let no = begun_person(&person, "obtain", "UT-I").await;
        complete_person(&person, &no).await;
        assert_eq!((authority(&person, &no).await.as_str(), errors(&person, &no).await), ("610000", vec![]));
        let practises = async |no: &str, region: &str| lay(&person, no, Values::from([(REGION.to_owned(), region.to_owned())])).await;
        for (region, why) in [("611205", "委托其决定"), ("330109", "浙江省市场监督管理局：因为"), ("659001", "新疆生产建设兵团")] {
            practises(&no, region).await;
            let found = refused(&person, &no).await;
            assert!(found.len() == 1 && found[0].0 == REGION && found[0].1.contains(why) && found[0].1.contains("另建一份申请"), "{found:?}");
        }
        practises(&no, "610113").await;
        assert_eq!(errors(&person, &no).await, Vec::<String>::new());
        // The national authority decides wherever one practises.
        let national = begun_person(&person, "obtain", "Y-NX").await;
        practises(&national, "330109").await;
        assert_eq!(authority(&person, &national).await, "100000");
        assert!(!errors(&person, &national).await.contains(&REGION.to_owned()));
    }
}

#[tokio::test]
async fn an_address_changed_in_the_book_is_routed_anew() {
    for test in engines().await {
        delegate(&test, "611200", "2024-01-01").await;
        let sample = lying(VALVE, "611205");
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        assert_eq!((authority(&owner, &no).await.as_str(), errors(&owner, &no).await), ("611200", vec![]));
        // Out of the delegated area, and into another province: told where it was changed, and nothing is submitted.
        for (region, name) in [("610112", "陕西省市场监督管理局：因为"), ("330109", "浙江省市场监督管理局：因为"), ("659001", "新疆生产建设兵团")]
        {
            move_to(&owner, &no, region).await;
            let found = refused(&owner, &no).await;
            assert!(found.len() == 1 && found[0].0 == PLACE && found[0].1.contains(name) && found[0].1.contains("修改申请项目和地址"), "{found:?}");
        }
        // Chosen again there, it goes to that authority.
        move_to(&owner, &no, "610112").await;
        let (chosen, seen) = service::choice(&owner, &no).await.unwrap();
        assert_eq!(chosen.places[0].region, "610112");
        service::rechoose(&owner, &no, seen, chosen, "").await.unwrap();
        assert_eq!((authority(&owner, &no).await.as_str(), errors(&owner, &no).await), ("610000", vec![]));
        // And the reverse: into the delegated area.
        move_to(&owner, &no, "611205").await;
        let found = refused(&owner, &no).await;
        assert!(found.len() == 1 && found[0].1.contains("陕西省西咸新区市场监督管理局：因为"), "{found:?}");
        move_to(&owner, &no, "610112").await;
        assert_eq!(service::submit(&owner, &no, "c", true).await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_delegation_that_ended_and_a_decider_that_changed_are_noticed() {
    for test in engines().await {
        delegate(&test, "611200", "2024-01-01").await;
        let sample = lying(VALVE, "611205");
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        let id = crate::catalogue::store::all_delegations(&mut test.app.db.read().await.unwrap()).await.unwrap().remove(0).id;
        test.app.db.write(move |tx| Box::pin(async move { crate::catalogue::store::end_delegation(tx, &id, "2026-11-22").await })).await.unwrap();
        assert_eq!(errors(&owner, &no).await, Vec::<String>::new(), "it holds to the end of its last day");
        test.wait(24 * 60);
        let found = refused(&owner, &no).await;
        assert!(found.len() == 1 && found[0].0 == PLACE && found[0].1.contains("陕西省市场监督管理局：因为"), "{found:?}");
        let (chosen, seen) = service::choice(&owner, &no).await.unwrap();
        service::rechoose(&owner, &no, seen, chosen, "").await.unwrap();
        assert_eq!(errors(&owner, &no).await, Vec::<String>::new());
        // From the next day on the national authority decides on these items.
        let mut newer = Catalogue::builtin();
        newer.version = ids::token();
        newer.effective_from = "2026-11-24".into();
        newer.items.iter_mut().filter(|item| ["SE031", "SE033"].contains(&item.id.as_str())).for_each(|item| item.authority = Decider::National);
        test.app.db.write(move |tx| Box::pin(async move { crate::catalogue::store::insert(tx, &newer, None, 0).await })).await.unwrap();
        test.wait(24 * 60);
        let found = refused(&owner, &no).await;
        assert!(found.len() == 1 && found[0].0 == "items/items" && found[0].1.contains("国家市场监督管理总局：因为"), "{found:?}");
    }
}

#[tokio::test]
async fn an_authority_is_called_as_on_its_day_in_a_case_that_is_over() {
    use crate::catalogue::Authority;
    use crate::catalogue::store::{find_authority, follow, put_authority};
    for test in engines().await {
        let sample = lying(VALVE, "610112");
        let owner = owner(&test, &sample).await;
        let over = complete(&owner, &sample).await;
        service::submit(&owner, &over, "c1", true).await.unwrap();
        service::withdraw(&owner, &over, "改变计划").await.unwrap();
        let draft = complete(&owner, &sample).await;
        let old = find_authority(&mut test.app.db.read().await.unwrap(), "610000").await.unwrap().unwrap();
        let new = Authority { name: "陕西省市场监督管理委员会".into(), ..old.clone() };
        let from_tomorrow = new.clone();
        test.app.db.write(move |tx| Box::pin(async move { put_authority(tx, &from_tomorrow, "2026-11-23").await })).await.unwrap();
        let called = async |no: &str| service::review(&owner, no).await.unwrap().head.authority;
        for (days, name) in [(0, &old.name), (1, &new.name)] {
            test.wait(days * 24 * 60);
            follow(&test.app).await.unwrap();
            assert_eq!((called(&over).await, called(&draft).await), (old.name.clone(), name.clone()));
            assert_eq!(service::book(&owner, &draft, "cover").await.unwrap().doc.get("cover/authority"), name);
        }
        assert_eq!(service::submit(&owner, &draft, "c2", true).await.unwrap(), []);
        let handed_in = async |no: &str| service::version(&owner, no, 1).await.unwrap().0.authority;
        assert_eq!((handed_in(&over).await, handed_in(&draft).await), (old.name, new.name), "what is frozen stays");
    }
}

#[tokio::test]
async fn a_correction_stays_with_its_authority() {
    for test in engines().await {
        let sample = lying(VALVE, "610112");
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        service::submit(&owner, &no, "c1", true).await.unwrap();
        notice(&officer(&test).await, &no, "basic/addresses").await;
        // What is delegated since is no reason to send it elsewhere.
        delegate(&test, "610000", "2026-11-23").await;
        test.wait(24 * 60);
        assert_eq!(errors(&owner, &no).await, Vec::<String>::new());
        move_to(&owner, &no, "330109").await;
        let done = || vec!["basic/addresses".to_owned()];
        let issues = service::resubmit(&owner, &no, "c2", true, done()).await.unwrap();
        assert!(issues.len() == 1 && issues[0].path == PLACE && issues[0].message.zh.contains("补正时不能改变审批机关"), "{issues:?}");
        move_to(&owner, &no, "610113").await;
        assert_eq!(service::resubmit(&owner, &no, "c2", true, done()).await.unwrap(), []);
        assert_eq!(service::review(&owner, &no).await.unwrap().head.state, State::Resubmitted);
    }
}
