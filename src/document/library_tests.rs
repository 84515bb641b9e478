//! Templates and reasons of authorities, on both engines: who edits them, what is refused, and that what is issued stays.

use super::kinds::Case;
use super::kinds::acceptance::NonAcceptance;
use super::model::Kind;
use super::service::{self, Parties};
use super::{job, library, store};
use crate::account::model::Role;
use crate::account::store::Account;
use crate::error::{AppError, Result};
use crate::form::Values;
use crate::server::app::Visit;
use crate::server::plain::Answer;
use crate::server::testing::TestApp;
use crate::ui::form::FormState;

const KIND: &str = "non-acceptance";
const OWN: &str = "@ {申请单位}：\n经审查，{理由}。本机关窗口在一楼。\n{救济途径}";

async fn official(test: &TestApp, authority: &str, duty: &str) -> Visit {
    test.person(Account { authority_code: Some(authority.to_owned()), duties: vec![duty.to_owned()], ..test.account(Role::Staff) }).await
}

fn values(pairs: &[(&str, &str)]) -> Values {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

async fn save(visit: &Visit, seen: &str, text: &str, step: &str) -> Result<Answer> {
    library::save(visit, &values(&[("kind", KIND), ("seen", seen), ("text", text), ("step", step)])).await
}

fn said(answer: Result<Answer>) -> String {
    match answer {
        Ok(Answer::Go(to)) => to,
        Ok(Answer::Told(say) | Answer::Noted(say)) => say.zh.into_owned(),
        Ok(Answer::Wrong(issues)) => format!("{issues:?}"),
        Err(error) => error.say().zh.into_owned(),
    }
}

/// A refusal issued by an authority: its id and its words.
async fn refusal(owner: &Visit, authority: &str) -> (String, String) {
    let unit = owner.unit().unwrap().1.to_owned();
    let parties =
        Parties { case_no: "20261122000001".into(), unit_id: unit, unit_name: "甲厂".into(), authority_code: authority.to_owned(), ..Parties::default() };
    let paper = NonAcceptance { case: Case::default(), reason: "不属于许可范围".into(), ..NonAcceptance::default() };
    let app = owner.app.clone();
    let issued = owner.app.db.write(move |tx| Box::pin(async move { service::issue_letter(tx, &app, &parties, &paper).await })).await.unwrap();
    let words = service::open(owner, &issued.id).await.unwrap().content.canonical();
    (issued.id, words)
}

#[tokio::test]
async fn an_authoritys_own_text_holds_from_now_on_and_for_it_alone() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let supervisor = official(&test, "610000", "supervisor").await;
        let (before, old) = refusal(&owner, "610000").await;
        job::set_some(&test.app, "").await.unwrap();
        let pdf = service::pdf(&owner, &before).await.unwrap();
        assert_eq!(said(save(&supervisor, "0", OWN, "save").await), "/templates/non-acceptance?saved=1");
        let (_, new) = refusal(&owner, "610000").await;
        assert!(new.contains("本机关窗口在一楼") && new.contains("不属于许可范围。") && !old.contains("本机关窗口在一楼"));
        assert!(!refusal(&owner, "330000").await.1.contains("本机关窗口在一楼"), "another authority's stays");
        assert_eq!(service::open(&owner, &before).await.unwrap().content.canonical(), old, "what is issued stays");
        assert_eq!(service::pdf(&owner, &before).await.unwrap(), pdf);
        assert_eq!(said(save(&supervisor, "1", "", "restore").await), "/templates/non-acceptance?saved=1");
        assert!(!refusal(&owner, "610000").await.1.contains("本机关窗口在一楼"), "back to the text delivered");
        let versions = library::open(&supervisor, KIND).await.unwrap().versions;
        assert_eq!(versions.iter().map(|v| (v.version, v.body.as_str())).collect::<Vec<_>>(), [(2, ""), (1, OWN)]);
        assert!(versions.iter().all(|v| v.who == supervisor.caller().unwrap().person_name));
    }
}

#[tokio::test]
async fn what_does_not_read_is_refused_and_nothing_is_lost() {
    for test in TestApp::all().await {
        let supervisor = official(&test, "610000", "supervisor").await;
        for (text, part) in [
            ("{无此项}", "没有占位符“无此项”"),
            ("", "空"),
            ("{理由", "没有闭合"),
            ("不予受理。", "依法应当写明理由"),
            ("经审查，{理由}。", "依法应当写明救济途径"),
            (&"字".repeat(10_001), "最多 10000 个字"),
        ] {
            assert!(said(save(&supervisor, "0", text, "save").await).contains(part), "{part}");
        }
        assert!(said(save(&supervisor, "0", OWN, "preview").await).contains("还没有保存"));
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM document_template").await, 0);
        let view = library::open(&supervisor, KIND).await.unwrap();
        assert_eq!((view.version, view.text.as_str()), (0, super::model::Kind::NonAcceptance.text()));
        assert!(view.preview.unwrap().canonical().contains("经审查，〔理由〕。"));
        save(&supervisor, "0", OWN, "save").await.unwrap();
        let late = save(&official(&test, "610000", "supervisor").await, "0", OWN, "save").await;
        assert!(matches!(&late, Err(AppError::Moved(say)) if say.zh.contains(&supervisor.caller().unwrap().person_name)), "{}", said(late));
    }
}

/// What was saved before the remedies had a placeholder still holds, and tells them once: in its own words, or else at its end (行政许可法
/// art. 38).
#[tokio::test]
async fn an_older_text_tells_the_remedies_all_the_same() {
    const SILENT: &str = "@ {申请单位}：\n经审查，{理由}。本机关窗口在一楼。";
    const OWN_WORDS: &str = "经审查，{理由}。本机关窗口在一楼。\n不服的，可以申请行政复议或者提起行政诉讼。";
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let supervisor = official(&test, "610000", "supervisor").await;
        for (authority, text, times) in [("610000", SILENT, 1), ("330000", OWN_WORDS, 0)] {
            let by = supervisor.caller().unwrap().account_id.clone();
            let saved = test.app.db.write(move |tx| Box::pin(async move { store::insert_text(tx, authority, KIND, 1, text, &by, 1).await }));
            assert!(saved.await.unwrap());
            let (_, words) = refusal(&owner, authority).await;
            assert!(words.contains("本机关窗口在一楼") && words.contains("行政复议") && words.contains("行政诉讼"), "{words}");
            assert_eq!(words.matches("六十日内依法申请行政复议").count(), times, "{words}");
        }
        assert!(library::open(&supervisor, KIND).await.unwrap().preview.unwrap().canonical().contains("〔救济途径〕"));
        assert!(said(save(&supervisor, "1", SILENT, "save").await).contains("依法应当写明救济途径"), "whoever changes it next is told");
    }
}

#[tokio::test]
async fn supervisors_edit_for_their_own_authority() {
    for test in TestApp::all().await {
        let supervisor = official(&test, "610000", "supervisor").await;
        let others =
            [official(&test, "610000", "acceptance").await, test.member("enterprise", Role::Owner).await, test.person(test.account(Role::Admin)).await];
        for other in &others {
            assert_eq!(library::overview(other).await.err(), Some(AppError::Forbidden));
            assert_eq!(save(other, "0", OWN, "save").await.err(), Some(AppError::Forbidden));
            assert_eq!(save_reason(other, &[("text", "照片不清")]).await.err(), Some(AppError::Forbidden));
        }
        assert_eq!(library::open(&supervisor, "production-licence").await.err(), Some(AppError::NotFound), "no authority edits a certificate");
        let overview = library::overview(&supervisor).await.unwrap();
        assert!(overview.templates.len() == 18 && overview.templates.iter().all(|line| line.version == 0));
    }
}

async fn save_reason(visit: &Visit, pairs: &[(&str, &str)]) -> Result<Answer> {
    let kind = [("kind", "correction")];
    library::save_reason(visit, &values(&[&kind[..], pairs].concat())).await
}

#[tokio::test]
async fn reasons_are_added_changed_and_retired() {
    for test in TestApp::all().await {
        let supervisor = official(&test, "610000", "supervisor").await;
        let officer = official(&test, "610000", "acceptance").await;
        let elsewhere = official(&test, "330000", "supervisor").await;
        for text in ["营业执照照片不清", "  签字页未盖章 "] {
            save_reason(&supervisor, &[("text", text)]).await.unwrap();
            test.wait(1);
        }
        save_reason(&supervisor, &[("text", "不在特种设备目录内"), ("kind", KIND)]).await.unwrap();
        let offered = async |visit: &Visit, kind| library::reasons(visit, kind).await.unwrap();
        assert_eq!(offered(&officer, Kind::Correction).await, ["营业执照照片不清", "签字页未盖章"]);
        assert_eq!(offered(&officer, Kind::NonAcceptance).await, ["不在特种设备目录内"]);
        assert!(offered(&elsewhere, Kind::Correction).await.is_empty());
        let all = library::overview(&supervisor).await.unwrap().reasons;
        let id = all[0].id.as_str();
        for step in ["save", "retire"] {
            let theirs = save_reason(&elsewhere, &[("id", id), ("seen", "1"), ("text", "x"), ("step", step)]).await;
            assert_eq!(theirs.err(), Some(AppError::NotFound), "{step}");
        }
        let change = async |visit: &Visit, seen: &str, step: &str| {
            save_reason(visit, &[("id", id), ("seen", seen), ("text", "营业执照扫描件不清"), ("step", step)]).await
        };
        assert!(said(change(&supervisor, "1", "preview").await).contains("还没有保存"));
        assert_eq!(offered(&officer, Kind::Correction).await[0], "营业执照照片不清", "a preview changes nothing");
        change(&supervisor, "1", "save").await.unwrap();
        let late = change(&official(&test, "610000", "supervisor").await, "1", "save").await;
        assert!(matches!(&late, Err(AppError::Moved(say)) if say.zh.contains(&supervisor.caller().unwrap().person_name)), "{}", said(late));
        let versions = library::overview(&supervisor).await.unwrap().reasons.remove(0).versions;
        assert_eq!(versions.iter().map(|v| (v.version, v.body.as_str())).collect::<Vec<_>>(), [(2, "营业执照扫描件不清"), (1, "营业执照照片不清")]);
        assert!(versions.iter().all(|v| v.who == supervisor.caller().unwrap().person_name));
        save_reason(&supervisor, &[("id", &all[1].id), ("seen", "1"), ("step", "retire")]).await.unwrap();
        assert_eq!(offered(&officer, Kind::Correction).await, ["营业执照扫描件不清"]);
        let again = save_reason(&supervisor, &[("id", &all[1].id), ("seen", "1"), ("text", "又用"), ("step", "save")]).await;
        assert_eq!(again.err(), Some(AppError::NotFound), "what is retired is not changed");
        assert!(said(save_reason(&supervisor, &[("text", " ")]).await).contains("请写明理由"));
        assert!(matches!(save_reason(&supervisor, &[("text", "x"), ("kind", "grant")]).await, Err(AppError::BadRequest(_))));
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM audit WHERE deed LIKE '%-reason'").await, 5);
    }
}

/// A reason that was typed and not saved is shown in the letter it is for, with the authority's own template.
#[tokio::test]
async fn a_reason_is_previewed_in_its_letter() {
    for test in TestApp::all().await {
        let supervisor = official(&test, "610000", "supervisor").await;
        save(&supervisor, "0", OWN, "save").await.unwrap();
        let posted = values(&[("kind", KIND), ("text", "不在特种设备目录内"), ("step", "preview")]);
        let again = Visit { form_token: "t".into(), query: "again=1".into(), ..supervisor.clone() };
        crate::server::plain::keep(&again, library::REASONS, &FormState { values: posted, ..FormState::default() }).await.unwrap();
        let shown = library::overview(&again).await.unwrap();
        assert!(shown.preview.unwrap().canonical().contains("经审查，不在特种设备目录内。本机关窗口在一楼"));
        assert!(shown.reasons.is_empty() && library::overview(&supervisor).await.unwrap().preview.is_none());
    }
}
