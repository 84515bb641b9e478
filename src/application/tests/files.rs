//! What comes into a draft from outside its pages: attachments, and rows of a sheet.

use super::*;

const SLOT: &str = "items/signed";

#[tokio::test]
async fn files_are_attached_in_order_and_taken_out() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let mut ids = Vec::new();
        for name in ["一.pdf", "二.pdf"] {
            let id = uploaded(&owner, &no, SLOT, name).await;
            service::attach_file(&owner, &no, SLOT, &id).await.unwrap();
            ids.push(id);
            test.wait(1);
        }
        let view = service::book(&owner, &no, "items").await.unwrap();
        assert_eq!(view.doc.rows(SLOT), ["0001", "0002"]);
        assert_eq!((view.doc.get("items/signed/0001"), view.files[&ids[0]].name.as_str()), (ids[0].as_str(), "一.pdf"));
        service::detach_file(&owner, &no, "items/signed/0001").await.unwrap();
        assert_eq!(service::detach_file(&owner, &no, "items/signed/0001").await.err(), Some(AppError::NotFound), "the second time");
        assert_eq!(service::detach_file(&owner, &no, "basic/legal_rep").await.err(), Some(AppError::NotFound), "no attachment");
        service::attach_file(&owner, &no, SLOT, &ids[0]).await.unwrap();
        assert_eq!(service::book(&owner, &no, "items").await.unwrap().doc.rows(SLOT).len(), 2, "a place is not used twice");
        assert_eq!(service::book(&owner, &no, "items").await.unwrap().doc.get("items/signed/0001"), "");
    }
}

#[tokio::test]
async fn many_files_at_once_all_arrive() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let uploads = (0..12).map(|n| {
            let (owner, no) = (owner.clone(), no.clone());
            tokio::spawn(async move {
                let id = uploaded(&owner, &no, SLOT, &format!("{n}.pdf")).await;
                service::attach_file(&owner, &no, SLOT, &id).await.unwrap();
            })
        });
        for upload in uploads.collect::<Vec<_>>() {
            upload.await.unwrap();
        }
        assert_eq!(service::book(&owner, &no, "items").await.unwrap().doc.rows(SLOT).len(), 12);
    }
}

#[tokio::test]
async fn who_may_attach_what_and_where() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let id = uploaded(&owner, &no, SLOT, "一.pdf").await;
        let reader = test.join(&unit_of(&owner), Role::Reader).await;
        let stranger = test.member("enterprise", Role::Owner).await;
        assert_eq!(service::attach_file(&reader, &no, SLOT, &id).await.err(), Some(AppError::Forbidden));
        assert_eq!(service::attach_file(&stranger, &no, SLOT, &id).await.err(), Some(AppError::NotFound));
        for nowhere in ["items/nothing", "basic/legal_rep", "nothing/signed", ""] {
            assert_eq!(service::attach_file(&owner, &no, nowhere, &id).await.err(), Some(AppError::NotFound), "{nowhere}");
        }
        assert!(save(&owner, &no, &[op("own", "items/signed/0009", NEW, &id)]).await.is_ok(), "a choice between two files is an op");
        let other = draft(&owner, Sample::of(VALVE).chosen()).await;
        let theirs = uploaded(&owner, &other, SLOT, "别的申请.pdf").await;
        for foreign in [theirs.as_str(), "no-such-file", ""] {
            assert!(is_bad(save(&owner, &no, &[op("foreign", "items/signed/0010", NEW, foreign)]).await), "{foreign}");
        }
        service::delete(&owner, &no).await.unwrap();
        assert!(is_moved(service::attach_file(&owner, &no, SLOT, &id).await));
        assert!(is_moved(service::detach_file(&owner, &no, "items/signed/0009").await));
    }
}

fn sheet(count: usize) -> Vec<Values> {
    (0..count).map(|n| Values::from([("name".to_owned(), format!("认证{n}")), ("body".to_owned(), String::new())])).collect()
}

#[tokio::test]
async fn a_sheets_rows_come_all_or_none() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let names = async || service::table_rows(&owner, &no, "basic", "certs").await.unwrap().1.into_iter().map(|row| row["name"].clone()).collect::<Vec<_>>();
        assert_eq!(service::import_rows(&owner, &no, "basic", "certs", sheet(30)).await.unwrap(), 30);
        assert_eq!(names().await, (0..30).map(|n| format!("认证{n}")).collect::<Vec<_>>(), "in the sheet's order");
        let before = revision(&owner, &no).await;
        assert!(matches!(service::import_rows(&owner, &no, "basic", "certs", sheet(21)).await, Err(AppError::Refused(_))));
        let mut wrong = sheet(3);
        wrong[2].insert("name".into(), "好".repeat(70_000));
        assert!(matches!(service::import_rows(&owner, &no, "basic", "certs", wrong).await, Err(AppError::Refused(_))));
        assert_eq!((revision(&owner, &no).await, names().await.len()), (before, 30), "none of them");
        assert_eq!(service::import_rows(&owner, &no, "basic", "certs", sheet(20)).await.unwrap(), 20);
        assert_eq!(names().await[30..32], ["认证0", "认证1"], "behind what was there");
        assert_eq!(service::import_rows(&owner, &no, "basic", "certs", Vec::new()).await.unwrap(), 0);
        let reader = test.join(&unit_of(&owner), Role::Reader).await;
        let stranger = test.member("enterprise", Role::Owner).await;
        assert_eq!(service::import_rows(&reader, &no, "works", "performance", sheet(1)).await.err(), Some(AppError::Forbidden));
        assert_eq!(service::import_rows(&stranger, &no, "works", "performance", sheet(1)).await.err(), Some(AppError::NotFound));
        assert_eq!(service::table_rows(&stranger, &no, "basic", "certs").await.err(), Some(AppError::NotFound));
        for (page, table) in [("basic", "nothing"), ("nothing", "certs"), ("basic", "legal_rep")] {
            assert_eq!(service::import_rows(&owner, &no, page, table, sheet(1)).await.err(), Some(AppError::NotFound));
        }
    }
}
