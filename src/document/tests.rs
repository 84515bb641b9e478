//! Issuing, reading, serving and checking documents.

use super::kinds::acceptance::NonAcceptance;
use super::kinds::certificate::FillingLicence;
use super::kinds::review::{Entrustment, Feedback, Memo};
use super::kinds::{Case, Paper};
use super::number::{CertificateNumber, Project};
use super::service::{Issued, Parties};
use super::sign::Doubt;
use super::{job, service, store};
use crate::account::model::Role;
use crate::account::store::Account;
use crate::error::{AppError, Result};
use crate::server::app::Visit;
use crate::server::testing::TestApp;
use std::collections::BTreeSet;

fn parties(unit: &Visit) -> Parties {
    Parties {
        case_no: "20261122000001".into(),
        unit_id: unit.unit().unwrap().1.to_owned(),
        unit_name: "西安某某阀门有限公司".into(),
        unit_code: "91610112MA6TXXXX0X".into(),
        is_person: false,
        agency_id: None,
        authority_code: "610000".into(),
        issuer: "陕西省市场监督管理局".into(),
    }
}

fn refusal() -> NonAcceptance {
    NonAcceptance {
        case: Case { matter: "特种设备制造单位许可".into(), ..Case::default() }, reason: "不属于本机关职权范围".into(), ..NonAcceptance::default()
    }
}

async fn letter(test: &TestApp, parties: Parties, paper: impl Paper + Send + Sync + 'static) -> Issued {
    let app = test.app.clone();
    test.app.db.write(move |tx| Box::pin(async move { service::issue_letter(tx, &app, &parties, &paper).await })).await.unwrap()
}

async fn official(test: &TestApp, authority: &str) -> Visit {
    test.person(Account { authority_code: Some(authority.to_owned()), duties: vec!["examiner".to_owned()], ..test.account(Role::Staff) }).await
}

async fn read(visit: &Visit, issued: &Issued) -> Result<Option<i64>> {
    service::open(visit, &issued.id).await.map(|view| view.opened_at)
}

#[tokio::test]
async fn fifty_at_once_get_fifty_numbers() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let many = (0..50).map(|_| {
            let (app, db, parties) = (test.app.clone(), test.app.db.clone(), parties(&owner));
            tokio::spawn(async move {
                db.write(move |tx| {
                    Box::pin(async move {
                        let series =
                            CertificateNumber::new(Project::Filling, "气瓶", "61", &crate::catalogue::Digits::delivered()).ok_or(AppError::NotFound)?;
                        let number = service::next_certificate_number(tx, &series, 2030).await?;
                        let paper = FillingLicence { valid_to: "2030-11-22".into(), ..FillingLicence::default() };
                        let certificate = service::issue(tx, &app, &parties, number, &paper).await?;
                        let letter = service::issue_letter(tx, &app, &parties, &refusal()).await?;
                        Ok((certificate.number, letter.number))
                    })
                })
                .await
                .unwrap()
            })
        });
        let many: Vec<_> = many.collect();
        let (mut certificates, mut letters) = (BTreeSet::new(), BTreeSet::new());
        for one in many {
            let (certificate, letter) = one.await.unwrap();
            certificates.insert(certificate);
            letters.insert(letter);
        }
        let year = test.app.clock.today().year();
        assert_eq!(certificates, (1..=50).map(|n| format!("TS4261{n:03}-2030")).collect());
        assert_eq!(letters, (1..=50).map(|n| format!("BS610000-{year}-{n:06}")).collect());
    }
}

#[tokio::test]
async fn a_document_does_not_exist_for_whom_it_does_not_concern() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let reader = test.join(owner.unit().unwrap().1, Role::Reader).await;
        let stranger = test.member("enterprise", Role::Owner).await;
        let agency = test.member("agency", Role::Owner).await;
        let (ours, theirs) = (official(&test, "610000").await, official(&test, "620000").await);
        let (admin, person) = (test.person(test.account(Role::Admin)).await, test.person(test.account(Role::Person)).await);
        let with_agency = || Parties { agency_id: Some(agency.unit().unwrap().1.to_owned()), ..parties(&owner) };
        let refused = letter(&test, parties(&owner), refusal()).await;
        let entrusted = letter(&test, with_agency(), Entrustment::default()).await;
        let memo = letter(&test, with_agency(), Memo::default()).await;
        let feedback = letter(&test, with_agency(), Feedback::default()).await;
        // That they are papers of an agency is not enough: no case names it now.
        for (issued, name, may) in [
            (&refused, "refusal", [true, true, false, false, true]),
            (&entrusted, "entrustment", [false, false, false, false, true]),
            (&memo, "memo", [true, true, false, false, true]),
            (&feedback, "feedback", [true, true, false, false, true]),
        ] {
            for ((visit, who), may) in
                [(&owner, "owner"), (&reader, "reader"), (&stranger, "stranger"), (&agency, "agency"), (&ours, "official")].into_iter().zip(may)
            {
                assert_eq!(read(visit, issued).await.is_ok(), may, "{name} for {who}");
                assert_eq!(service::pdf(visit, &issued.id).await.err(), (!may).then_some(AppError::NotFound), "{name} for {who}");
            }
            for (visit, who) in [(&theirs, "another authority"), (&admin, "admin"), (&person, "person")] {
                assert_eq!(read(visit, issued).await, Err(AppError::NotFound), "{name} for {who}");
            }
            assert_eq!(read(&test.nobody(), issued).await, Err(AppError::SignIn));
        }
        let count = async |visit: &Visit| service::of_case(visit, "20261122000001").await.unwrap().len();
        assert_eq!([count(&owner).await, count(&agency).await, count(&ours).await, count(&theirs).await, count(&stranger).await], [3, 0, 4, 0, 0]);
    }
}

#[tokio::test]
async fn the_first_look_of_the_applicant_is_the_receipt() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let issued = letter(&test, parties(&owner), refusal()).await;
        assert_eq!(read(&official(&test, "610000").await, &issued).await, Ok(None), "an official's look is none");
        let first = read(&owner, &issued).await.unwrap();
        assert!(first.is_some());
        test.wait(5);
        service::pdf(&test.join(owner.unit().unwrap().1, Role::Reader).await, &issued.id).await.unwrap();
        assert_eq!(read(&owner, &issued).await, Ok(first), "the first one stays");
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM audit WHERE deed = 'open-document'").await, 1);
    }
}

#[tokio::test]
async fn a_pdf_is_set_once_and_stays() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let (one, two) = (letter(&test, parties(&owner), refusal()).await, letter(&test, parties(&owner), refusal()).await);
        let last = (&one.id).max(&two.id).clone();
        assert_eq!(job::set_some(&test.app, "").await, Ok(Some(last)));
        assert_eq!(job::set_some(&test.app, "").await, Ok(None), "none is set twice");
        let (name, sha256, size) = service::pdf(&owner, &one.id).await.unwrap();
        assert_eq!(name, format!("特种设备行政许可不予受理决定书 {}.pdf", one.number));
        let bytes = test.app.files.get(&sha256).await.unwrap().bytes().await.unwrap();
        assert!(bytes.starts_with(b"%PDF") && i64::try_from(bytes.len()) == Ok(size));
        assert_ne!(service::pdf(&owner, &two.id).await.unwrap().1, sha256);
        // Whoever comes second changes nothing.
        let id = one.id.clone();
        test.app.db.write(move |tx| Box::pin(async move { store::set_pdf(tx, &id, "other", 1).await })).await.unwrap();
        assert_eq!(service::pdf(&owner, &one.id).await.unwrap().1, sha256);
    }
}

#[tokio::test]
async fn anyone_can_check_what_is_printed() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let (app, of) = (test.app.clone(), parties(&owner));
        let paper = FillingLicence { valid_to: test.app.clock.today().to_string(), ..FillingLicence::default() };
        let issued = test.app.db.write(move |tx| Box::pin(async move { service::issue(tx, &app, &of, "TS4261001-2030".into(), &paper).await }));
        let issued = issued.await.unwrap();
        let statement = service::open(&owner, &issued.id).await.unwrap().statement;
        let origin = test.app.config.public_url.clone();
        let path = statement.strip_prefix(&origin).unwrap().to_owned();
        let checked = service::check(&test.app, &path).await.unwrap();
        assert_eq!((checked.doubt.clone(), checked.is_expired, checked.again(&statement, &origin)), (None, false, Ok(())));
        assert_eq!(checked.claim.as_ref().map(|claim| claim.number.as_str()), Some("TS4261001-2030"));
        let doubt = async |path: String| service::check(&test.app, &path).await.unwrap().doubt;
        assert_eq!(doubt(path.replace("001-", "002-")).await, Some(Doubt::Forged));
        assert_eq!(doubt("/verify/x".into()).await, Some(Doubt::Malformed));
        // Signed by us, but not on the register.
        let mut claim = checked.claim.clone().unwrap();
        claim.holder = "另一单位".into();
        let stray = test.app.signer.sign(&claim);
        assert_eq!(doubt(stray.replace(&origin, "")).await, Some(Doubt::OtherFacts));
        // A server that lies about the facts is found out by the browser.
        let lie = super::view::Checked { claim: Some(claim), ..checked };
        assert_eq!(lie.again(&statement, &origin), Err(Doubt::OtherFacts));
        test.wait(2 * 24 * 60);
        assert!(service::check(&test.app, &path).await.unwrap().is_expired);
    }
}

#[tokio::test]
async fn the_file_is_served_to_its_readers_only() {
    let test = TestApp::on_sqlite().await;
    let owner = test.member("enterprise", Role::Owner).await;
    let stranger = test.member("enterprise", Role::Owner).await;
    let issued = letter(&test, parties(&owner), refusal()).await;
    let get = async |visit: &Visit| {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = crate::server::files::routes::<()>().layer(axum::Extension(visit.clone()));
        tokio::spawn(async move { axum::serve(listener, router).await });
        reqwest::Client::builder().no_proxy().build().unwrap().get(format!("http://{address}/files/document/{}", issued.id)).send().await.unwrap()
    };
    assert_eq!((get(&stranger).await.status().as_u16(), get(&test.nobody()).await.status().as_u16()), (404, 401));
    let got = get(&owner).await;
    let header = |name: &str| got.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(
        (header("content-type"), header("x-content-type-options"), header("cache-control")),
        ("application/pdf".into(), "nosniff".into(), "private, no-store".into())
    );
    assert!(header("content-security-policy").starts_with("default-src 'none'"));
    assert!(header("content-disposition").starts_with("inline; filename=\"file.pdf\"; filename*=UTF-8''%E7%89%B9"));
    assert!(got.bytes().await.unwrap().starts_with(b"%PDF"));
}
