//! A person's case is cut off at every write as a unit's is; signing up and marks, which come with rows of their own, in `exam`.

use super::super::cutting::Way;
use super::*;
use crate::workflow::person::NAMED;

const PASSING: &[&str] = &["confirm-practice", "accept", "begin-examination", "draft-decision", "send-to-approval", "grant", "issue", "publish", "deliver"];
const FAILING: &[&str] = &["deny-practice", "accept", "complain-marks"];
const NAMING: &[&str] = &["accept", "begin-examination", "check-practice"];
pub(in crate::casework::tests) const DONE: &[&[&str]] = &[PASSING, FAILING, NAMING];

#[tokio::test]
async fn on_the_way_to_a_qualification() {
    for test in engines().await {
        let (a, who) = (around(&test).await, person(&test, "王小明").await);
        let mut way = Way::of(&test, filed(&test, &who, PersonKind::Obtain, "UT-II", &a.employer).await);
        way.does(&a.employer, "confirm-practice", &[]).await;
        way.does(&a.officer, "accept", &[("agency", "none")]).await;
        way.acts(&who, seat(&a.body, date(2026, 4, 1))).await;
        go(&test, date(2026, 4, 10));
        way.acts(&a.body, marks([90, 90, 90])).await;
        way.does(&a.officer, "begin-examination", &[]).await;
        way.is_drafted(&a.officer, "grant").await;
        way.does(&a.approver, "grant", &[]).await;
        way.does(&a.officer, "issue", &[]).await;
        way.does(&a.officer, "publish", &[]).await;
        way.does(&a.officer, "deliver", &[("how", "hand")]).await;
        assert_eq!((way.done.as_slice(), way.state().await), (PASSING, State::Issued));
    }
}

#[tokio::test]
async fn when_the_time_for_the_examination_is_over() {
    for test in engines().await {
        let (a, who) = (around(&test).await, person(&test, "王小明").await);
        let no = filed(&test, &who, PersonKind::Obtain, "UT-II", &a.employer).await;
        act(&a.officer, &no, Action::Accept { agency: None, checked: Vec::new() }).await.unwrap();
        go(&test, date(2028, 3, 20));
        test.die_at_every_write("lapse", async || service::settle(&test.app, &no).await).await;
        assert_eq!(record(&test, &no).await.case.state, State::Lapsed);
    }
}

#[tokio::test]
async fn on_ways_that_lead_elsewhere() {
    for test in engines().await {
        let a = around(&test).await;
        let failed = person(&test, "李强").await;
        let mut way = Way::of(&test, filed(&test, &failed, PersonKind::Obtain, "UT-II", &a.employer).await);
        way.does(&a.employer, "deny-practice", &[("reason", "不在本单位")]).await;
        way.does(&a.officer, "accept", &[("agency", "none")]).await;
        way.acts(&failed, seat(&a.body, date(2026, 4, 1))).await;
        let named = person(&test, "赵敏").await;
        let mut other = Way::of(&test, filed(&test, &named, PersonKind::RenewFile, "Y-DT", &a.employer).await);
        let (id, units) = (record(&test, &other.no).await.id, [NAMED.to_owned()]);
        test.app.db.write(move |tx| Box::pin(async move { crate::application::store::set_employers(tx, &id, &units).await })).await.unwrap();
        other.does(&a.officer, "accept", &[("agency", "none")]).await;
        other.does(&a.officer, "begin-examination", &[]).await;
        other.does(&a.officer, "check-practice", &[("checked", "yes")]).await;
        go(&test, date(2026, 4, 10));
        way.acts(&a.body, marks([60, 90, 90])).await;
        way.does(&failed, "complain-marks", &[("reason", "漏计分")]).await;
        way.acts(&a.body, Action::AnswerComplaint { text: "复核无误".into(), scores: Vec::new(), lifted: Vec::new() }).await;
        assert_eq!([way.done, other.done], [FAILING, NAMING]);
    }
}
