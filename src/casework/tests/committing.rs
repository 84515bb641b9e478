//! What an authority commits itself to, as its administrator sets it.

use super::*;
use crate::account::filled::Filled;
use crate::casework::committed::{self, LIMITS};
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
