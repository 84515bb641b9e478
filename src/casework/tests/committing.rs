//! What an authority commits itself to, as its administrator sets it.

use super::*;
use crate::account::filled::Filled;
use crate::casework::committed::{self, LIMITS};
use crate::casework::desk;
use crate::casework::model::{Near, Wanted};
use crate::form::Values;
use crate::server::plain::Answer;

async fn set(visit: &Visit, answers: &[(&str, &str)]) -> Result<Answer> {
    let values: Values = answers.iter().map(|(key, value)| (LIMITS.path(key), (*value).to_owned())).collect();
    committed::set(visit.clone(), Filled::of(&LIMITS, &values)).await
}

#[tokio::test]
async fn the_administrator_of_an_authority_sets_limits_and_applicants_see_them() {
    for test in engines().await {
        let (owner, no) = submitted(&test).await;
        let admin = official(&test, SHAANXI, &["authority-admin"]).await;
        let committed = async || service::view(&owner, &no).await.unwrap().ledger.main_line().unwrap().committed;
        assert!(matches!(set(&admin, &[("accept", "2"), ("decide", "15")]).await.unwrap(), Answer::Go(_)));
        assert_eq!(committed().await, Some(date(2026, 3, 4)));
        let form = committed::form(&admin).await.unwrap();
        assert_eq!(form.values, Values::from([(LIMITS.path("accept"), "2".to_owned()), (LIMITS.path("decide"), "15".to_owned())]));
        let elsewhere = official(&test, ZHEJIANG, &["authority-admin"]).await;
        assert!(committed::form(&elsewhere).await.unwrap().values.is_empty(), "another authority has its own");
        assert!(matches!(set(&admin, &[("accept", ""), ("decide", "15")]).await.unwrap(), Answer::Go(_)));
        assert_eq!(committed().await, None, "empty is no commitment");
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM audit WHERE deed = 'set-limits'").await, 2);
    }
}

/// Officials see both days, and what is left of the nearer one; queues are sorted by the law's.
#[tokio::test]
async fn the_queue_and_the_desk_show_what_was_committed_beside_the_law() {
    for test in engines().await {
        let (owner, no) = submitted(&test).await;
        let admin = official(&test, SHAANXI, &["authority-admin"]).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let row = async || desk::queue(&officer, &Wanted::default(), "", false).await.unwrap().rows.pop().unwrap();
        let (legal, committed) = (date(2026, 3, 9), date(2026, 3, 4));
        assert_eq!((row().await.due, row().await.committed), (Some(legal), None), "nothing is committed to");
        assert!(matches!(set(&admin, &[("accept", "2")]).await.unwrap(), Answer::Go(_)));
        let seen = row().await;
        assert_eq!((seen.due, seen.left, seen.committed), (Some(legal), 5, Some((committed, 2))));
        assert_eq!(desk::desk(&officer, &no).await.unwrap().entry.committed, Some((committed, 2)));
        go(&test, date(2026, 3, 5));
        let seen = row().await;
        assert_eq!((seen.due, seen.left, seen.committed), (Some(legal), 2, Some((committed, -1))));
        assert_eq!(desk::queue(&officer, &Wanted { due: Some(Near::Overdue), ..Wanted::default() }, "", false).await.unwrap().count, 0, "by the law it is not");
        let (lead, _) = agency(&test).await;
        act(&officer, &no, Action::Accept { agency: Some(unit_of(&lead)), checked: Vec::new() }).await.unwrap();
        act(&officer, &no, Action::Entrust).await.unwrap();
        assert_eq!(row().await.committed, None, "not the authority's turn");
        assert_eq!(desk::desk(&owner, &no).await.unwrap().entry.committed, None);
    }
}

#[tokio::test]
async fn a_commitment_is_never_longer_than_the_law() {
    let test = TestApp::on_sqlite().await;
    let admin = official(&test, SHAANXI, &["authority-admin"]).await;
    for (key, most) in [("accept", 5), ("decide", 20), ("deliver", 10), ("publish", 7)] {
        assert!(matches!(set(&admin, &[(key, &most.to_string())]).await.unwrap(), Answer::Go(_)), "{key}");
        for wrong in [0, most + 1] {
            let Answer::Wrong(issues) = set(&admin, &[(key, &wrong.to_string())]).await.unwrap() else { panic!("{key} {wrong} was taken") };
            assert_eq!(issues[0].path, LIMITS.path(key));
        }
    }
    for other in [official(&test, SHAANXI, &["supervisor"]).await, test.member("enterprise", AccountRole::Owner).await] {
        assert_eq!(set(&other, &[("accept", "2")]).await.err(), Some(AppError::Forbidden));
        assert_eq!(committed::form(&other).await.err(), Some(AppError::Forbidden));
    }
}

/// What no law gives is the authority's own to set: it stands in the notices sent from then on, and takes nothing of those sent before.
#[tokio::test]
async fn the_time_for_corrections_and_the_telephone_stand_in_the_notice() {
    use super::desk::{corrected, is_done};
    use crate::casework::desk;
    for test in engines().await {
        let admin = official(&test, SHAANXI, &["authority-admin"]).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        for (key, wrong) in [("correct", "4"), ("correct", "251"), ("telephone", "12")] {
            let Answer::Wrong(issues) = set(&admin, &[(key, wrong)]).await.unwrap() else { panic!("{key} {wrong} was taken") };
            assert_eq!(issues[0].path, LIMITS.path(key));
        }
        assert!(matches!(set(&admin, &[("correct", "15"), ("telephone", "029-86138000")]).await.unwrap(), Answer::Go(_)));
        let form = committed::form(&admin).await.unwrap().values;
        assert_eq!(form, Values::from([(LIMITS.path("correct"), "15".to_owned()), (LIMITS.path("telephone"), "029-86138000".to_owned())]));
        let (owner, no) = filed(&test).await;
        let notice = corrected(&officer, &no, &[("place1", "basic/fax"), ("text1", "缺区号")]).await;
        assert!(is_done(&desk::act(&officer, &notice).await));
        let line = crate::document::service::of_case(&owner, &no).await.unwrap().pop().unwrap();
        let said = crate::document::service::open(&officer, &line.id).await.unwrap().content.canonical();
        // Fifteen working days from 2 March.
        assert!(said.contains("2026年3月23日") && said.contains("029-86138000"), "{said}");
        assert!(matches!(set(&admin, &[("correct", "5")]).await.unwrap(), Answer::Go(_)));
        let due = service::view(&owner, &no).await.unwrap().ledger.due();
        assert_eq!(due, Some(date(2026, 3, 23)), "what was told stands");
    }
}

/// 法定时限 are those of the version of the catalogue a case was filed under.
#[tokio::test]
async fn the_limits_of_a_case_are_those_of_its_version() {
    use crate::catalogue::{Catalogue, LegalLimits};
    use crate::workflow::Limits;
    for test in engines().await {
        let (owner, no) = submitted(&test).await;
        let due = async || service::view(&owner, &no).await.unwrap().ledger.due();
        assert_eq!(due().await, Some(date(2026, 3, 9)));
        let delivered = LegalLimits::default();
        let limits = LegalLimits { usual: Limits { accept: 3, ..delivered.usual }, ..delivered };
        let version = Catalogue { version: "limits-of-a-case".into(), limits, ..Catalogue::builtin() };
        let number = no.clone();
        let moved = test.app.db.write(move |tx| {
            Box::pin(async move {
                crate::catalogue::store::insert(tx, &version, None, 1).await?;
                tx.run("UPDATE application SET catalogue_version = 'limits-of-a-case' WHERE no = $1", crate::vals![number]).await
            })
        });
        moved.await.unwrap();
        assert_eq!(due().await, Some(date(2026, 3, 5)));
    }
}
