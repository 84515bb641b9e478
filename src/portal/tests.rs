//! What the public gets on both engines, and what it never gets; what is published agrees with the catalogue.

use super::guide::limit_lines;
use super::model::{Listing, PROGRESS, PublishedLine};
use super::service;
use crate::account::filled::Filled;
use crate::account::model::Role;
use crate::base::say;
use crate::base::workdays::start_of;
use crate::catalogue::{Catalogue, Kind, LegalLimits};
use crate::form::Values;
use crate::server::app::Visit;
use crate::server::plain::Answer;
use crate::server::testing::TestApp;
use crate::vals;
use crate::workflow::{Case, Limits, State};
use jiff::civil::date;

const PROVINCE: &str = "610000";

async fn run(test: &TestApp, sql: &'static str, args: Vec<crate::server::db::Val>) {
    test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, args).await })).await.unwrap();
}

async fn unit(test: &TestApp, name: &str, code: &str) -> String {
    let id = test.member("enterprise", Role::Owner).await.unit().unwrap().1.to_owned();
    run(test, "UPDATE unit SET name = $1, code = $2 WHERE id = $3", vals![name, code, &id]).await;
    id
}

async fn certificate(test: &TestApp, unit: &str, number: &str, issued_on: &str, state: &str) {
    let sql = "INSERT INTO certificate (id, unit_id, number, category, items, authority_code, issued_on, valid_to, state, created_at) \
               VALUES ($1, $2, $3, 'manufacture', '[\"SE001\",\"旧目录的项目\"]', $4, $5, '2028-01-01', $6, 1)";
    run(test, sql, vals![format!("c-{number}"), unit, number, PROVINCE, issued_on, state]).await;
}

async fn application(test: &TestApp, unit: &str, no: &str, state: &str, submitted_at: Option<i64>) {
    let sql = "INSERT INTO application (id, no, unit_id, category, kind, catalogue_version, authority_code, items, item_labels, facts, revision, created_at, \
               changed_at, submitted_at, state, case_revision, turn, projection) VALUES ($1, $1, $2, 'manufacture', 'first', $3, $4, '[]', '', '{}', 1, 1, 1, $6, $5, 1, '', $7)";
    let case = Case { state: State::of_word(state).unwrap(), submitted_at, ..Case::default() };
    run(test, sql, vals![no, unit, Catalogue::builtin().version, PROVINCE, state, submitted_at, serde_json::to_string(&case).unwrap()]).await;
}

async fn told(visit: &Visit, no: &str, tail: &str) -> Result<String, String> {
    let values = Values::from([("progress/no".to_owned(), no.to_owned()), ("progress/tail".to_owned(), tail.to_owned())]);
    match service::progress(visit, &Filled::of(&PROGRESS, &values)).await.unwrap() {
        Answer::Noted(say) => Ok(say.zh.into_owned()),
        Answer::Told(say) => Err(say.zh.into_owned()),
        Answer::Wrong(issues) => Err(issues.first().map(|issue| issue.path.clone()).unwrap_or_default()),
        Answer::Go(_) => Err("went away".to_owned()),
    }
}

#[tokio::test]
async fn progress_is_told_to_who_knows_the_number_and_the_code() {
    for test in TestApp::all().await {
        let holder = unit(&test, "西安示范阀门有限公司", "91610112MA6U00371X").await;
        let day = start_of(date(2026, 11, 20)) + 1;
        application(&test, &holder, "20261120000001", "submitted", Some(day)).await;
        application(&test, &holder, "20261120000002", "draft", None).await;
        let nobody = test.nobody();
        let said = told(&nobody, "２０２６ 1120000001", "371x").await.unwrap();
        assert!(said.contains("2026年11月20日") && said.contains("2026年11月27日") && said.contains("陕西省"), "{said}");
        assert!(!said.contains("西安示范"), "{said}");
        let wrong = told(&nobody, "20261120000001", "0000").await;
        assert!(wrong.is_err());
        for (no, tail) in [("20261120000009", "371X"), ("20261120000002", "371X")] {
            assert_eq!(told(&nobody, no, tail).await, wrong, "{no}");
        }
        assert_eq!(told(&nobody, "2026", "371X").await, Err("progress/no".to_owned()));
        assert_eq!(told(&nobody, "20261120000001", "X").await, Err("progress/tail".to_owned()));
    }
}

#[tokio::test]
async fn only_checked_certificates_are_found() {
    for test in TestApp::all().await {
        let holder = unit(&test, "西安示范阀门（集团）有限公司", "91610112MA6U00371X").await;
        let other = unit(&test, "汉中100%充装站", "91610700MA6U00000X").await;
        certificate(&test, &holder, "TS2210001-2028", "2024-01-02", "valid").await;
        certificate(&test, &holder, "TS2210002-2028", "2024-01-03", "pending").await;
        certificate(&test, &other, "TS4210003-2028", "2024-01-04", "valid").await;
        let nobody = test.nobody();
        let found = async |typed: &str| service::licences(&nobody, typed).await.unwrap().rows.into_iter().map(|row| row.number).collect::<Vec<_>>();
        for typed in ["示范阀门", "阀门(集团)", " ts2210001-2028", "91610112ma6u00371x"] {
            assert_eq!(found(typed).await, ["TS2210001-2028"], "{typed}");
        }
        assert_eq!(found("100%").await, ["TS4210003-2028"]);
        for typed in ["", "阀", "%%", "__", "TS2210002-2028", "' OR '1'='1"] {
            assert!(found(typed).await.is_empty(), "{typed}");
        }
        let row = service::licences(&nobody, "TS2210001-2028").await.unwrap().rows.remove(0);
        assert_eq!((row.authority.contains("陕西省"), row.items.len(), row.items[1].as_str()), (true, 2, "旧目录的项目"));
        assert_ne!(row.items[0], "SE001");
    }
}

#[tokio::test]
async fn lists_go_back_and_forth_without_gaps() {
    for test in TestApp::all().await {
        let holder = unit(&test, "西安示范阀门有限公司", "91610112MA6U00371X").await;
        let nobody = test.nobody();
        assert!(service::accepted(&nobody, "", false).await.unwrap().rows.is_empty());
        assert!(service::granted(&nobody, "", true).await.unwrap().rows.is_empty());
        for n in 0_i64..45 {
            let no = format!("202611200000{n:02}");
            application(&test, &holder, &no, "submitted", Some(1000)).await;
            let sql = "INSERT INTO case_event (id, application_id, event, at, seq, account_id, role, payload, reason, documents, previous, hash) \
                       VALUES ($1, $2, $3, $4, 1, '', 'system', '{}', '', '[]', '', '')";
            run(&test, sql, vals![format!("e{n:02}"), &no, ["accepted", "deemed-accepted"][usize::from(n % 7 == 0)], 2000 + n / 10]).await;
            certificate(&test, &holder, &format!("TS{n:02}"), &format!("2024-01-{:02}", 1 + n / 10), "valid").await;
        }
        let first = service::accepted(&nobody, "", false).await.unwrap();
        let second = service::accepted(&nobody, first.older.as_deref().unwrap(), false).await.unwrap();
        let third = service::accepted(&nobody, second.older.as_deref().unwrap(), false).await.unwrap();
        assert_eq!((first.rows.len(), second.rows.len(), third.rows.len(), first.count, first.capped), (20, 20, 5, 45, false));
        assert_eq!((first.newer.is_none(), third.older.is_none()), (true, true));
        assert_eq!(first.rows[0].no, "20261120000044");
        assert_eq!(third.rows[4].no, "20261120000000");
        assert_eq!(service::accepted(&nobody, third.newer.as_deref().unwrap(), true).await.unwrap(), second);
        assert_eq!(service::accepted(&nobody, second.newer.as_deref().unwrap(), true).await.unwrap().rows, first.rows);
        assert_eq!(first.rows[0].matter.zh, "特种设备制造单位许可（首次）");
        let first = service::granted(&nobody, "", false).await.unwrap();
        let second = service::granted(&nobody, first.older.as_deref().unwrap(), false).await.unwrap();
        let number = |listing: &Listing<PublishedLine>| listing.rows[0].certificates[0].number.clone();
        assert_eq!((number(&first), number(&second)), ("TS44".to_owned(), "TS24".to_owned()));
        assert_eq!(service::granted(&nobody, second.newer.as_deref().unwrap(), true).await.unwrap().rows, first.rows);
        assert_eq!(service::granted(&nobody, "no cursor", true).await.unwrap(), first);
    }
}

/// Decisions by the instant they were published, certificates on paper by the day they were issued: one list, page by page.
#[tokio::test]
async fn published_decisions_and_checked_papers_are_one_list() {
    for test in TestApp::all().await {
        let holder = unit(&test, "西安示范阀门有限公司", "91610112MA6U00371X").await;
        let nobody = test.nobody();
        let days = [date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)];
        let mut all = Vec::new();
        for n in 0..60_usize {
            let day = days[n / 20];
            if n % 2 == 0 {
                // At midnight, where a paper of the day stands, and later.
                let at = start_of(day) + i64::try_from(n % 4).unwrap() * 3_600_000;
                let no = format!("202603020000{n:02}");
                application(&test, &holder, &no, "granted", Some(1000)).await;
                let sql = "INSERT INTO case_event (id, application_id, event, at, seq, account_id, role, payload, reason, documents, previous, hash) \
                           VALUES ($1, $2, $4, $3, 1, '', 'certificate', '{}', '', '[]', '', '')";
                run(&test, sql, vals![format!("e{n:02}"), &no, at, "published"]).await;
                all.push((at, format!("e{n:02}")));
                // Nor is a decision listed that was not published.
                application(&test, &holder, &format!("202603029900{n:02}"), "granted", Some(1000)).await;
            } else {
                certificate(&test, &holder, &format!("TS{n:02}"), &day.to_string(), "valid").await;
                all.push((start_of(day), format!("c-TS{n:02}")));
            }
        }
        // One issued here is listed with its decision, not by itself.
        certificate(&test, &holder, "TS99", "2026-03-04", "valid").await;
        run(&test, "UPDATE certificate SET document_id = 'd' WHERE number = 'TS99'", vals![]).await;
        all.sort_by(|a, b| b.cmp(a));
        let mut tx = test.app.db.read().await.unwrap();
        let whole = crate::licence::publicity::published(&mut tx, None, false, 100).await.unwrap();
        assert_eq!(whole.iter().map(|row| (row.at, row.id.clone())).collect::<Vec<_>>(), all);
        drop(tx);
        let first = service::granted(&nobody, "", false).await.unwrap();
        let second = service::granted(&nobody, first.older.as_deref().unwrap(), false).await.unwrap();
        let third = service::granted(&nobody, second.older.as_deref().unwrap(), false).await.unwrap();
        let pages = [&first, &second, &third];
        assert_eq!((pages.map(|page| page.rows.len()), first.count, third.older.is_none()), ([20, 20, 20], 60, true));
        let kinds = |rows: &[PublishedLine]| rows.iter().map(|row| row.decision.is_some()).collect::<Vec<_>>();
        let expected: Vec<bool> = all.iter().map(|(_, id)| id.starts_with('e')).collect();
        assert_eq!(pages.iter().flat_map(|page| kinds(&page.rows)).collect::<Vec<_>>(), expected);
        assert_eq!(service::granted(&nobody, third.newer.as_deref().unwrap(), true).await.unwrap(), second);
        assert_eq!(service::granted(&nobody, second.newer.as_deref().unwrap(), true).await.unwrap().rows, first.rows);
    }
}

#[tokio::test]
async fn an_authority_that_was_renamed_is_called_as_on_the_day() {
    use crate::catalogue::Authority;
    use crate::catalogue::store::{find_authority, put_authority};
    for test in TestApp::all().await {
        let (code, nobody) = ("91610112MA6U00371X", test.nobody());
        let holder = unit(&test, "西安示范阀门有限公司", code).await;
        certificate(&test, &holder, "TS01", "2025-12-31", "valid").await;
        certificate(&test, &holder, "TS02", "2026-01-01", "valid").await;
        let old = find_authority(&mut test.app.db.read().await.unwrap(), PROVINCE).await.unwrap().unwrap();
        let new = Authority { name: "陕西省市场监督管理委员会".into(), ..old.clone() };
        let renamed = new.clone();
        test.app.db.write(move |tx| Box::pin(async move { put_authority(tx, &renamed, "2026-01-01").await })).await.unwrap();
        let expected = [("TS02", new.name.as_str()), ("TS01", old.name.as_str())];
        let found = service::licences(&nobody, code).await.unwrap().rows;
        assert_eq!(found.iter().map(|row| (row.number.as_str(), row.authority.as_str())).collect::<Vec<_>>(), expected);
        let listed = service::granted(&nobody, "", false).await.unwrap().rows;
        assert_eq!(listed.iter().map(|row| (row.certificates[0].number.as_str(), row.authority.as_str())).collect::<Vec<_>>(), expected);
    }
}

#[tokio::test]
async fn the_limits_published_are_those_of_the_catalogue_in_force() {
    let legal = LegalLimits::default();
    let lines: Vec<String> = limit_lines(&legal, Kind::First).into_iter().map(|line| line.length.zh.into_owned()).collect();
    assert_eq!(lines[0], "5 个工作日");
    assert_eq!(lines[2], "自受理决定起 12 个月；A级锅炉安装 24 个月");
    assert_eq!(lines[4], "20 个工作日，自受理起；经机关负责人批准可以延长 10 个工作日，并告知理由");
    assert_eq!(limit_lines(&legal, Kind::Reissue)[4].length.en, "10 working days from receipt");
    assert_eq!(super::qualification::limit_lines(legal.usual)[1].length, say("受理后 2 年", "2 years from acceptance"));
    for test in TestApp::all().await {
        let nobody = test.nobody();
        assert_eq!(service::limits(&nobody).await.unwrap(), legal);
        let usual = Limits { accept: 3, exam_months: 18, ..legal.usual };
        let shorter = LegalLimits { usual, boiler_review_months: 18, ..legal };
        let tomorrow = test.app.clock.today().tomorrow().unwrap().to_string();
        let version = Catalogue { version: "published-limits".into(), effective_from: tomorrow, limits: shorter, ..Catalogue::builtin() };
        test.app.db.write(move |tx| Box::pin(async move { crate::catalogue::store::insert(tx, &version, None, 1).await })).await.unwrap();
        assert_eq!(service::limits(&nobody).await.unwrap(), legal, "not in force yet");
        test.wait(24 * 60);
        let now = service::limits(&nobody).await.unwrap();
        let lines = limit_lines(&now, Kind::First);
        assert_eq!((lines[0].length.en.as_ref(), lines[2].length.zh.as_ref()), ("3 working days", "自受理决定起 12 个月；A级锅炉安装 18 个月"));
        assert_eq!(super::qualification::limit_lines(now.usual)[1].length.en, "18 months from acceptance");
    }
}

#[tokio::test]
async fn a_sample_is_a_whole_book_that_gives_nobody_away() {
    use crate::application::frozen::FrozenPart;
    let test = TestApp::on_sqlite().await;
    let today = test.app.clock.today().to_string();
    let of_unit = [("basic/postcode", "710016"), ("cover/org_name", "西安示范阀门制造有限公司"), ("cover/apply_date", today.as_str())];
    let of_person = [("person/name", "宋雅琪"), ("person/id_no", "610112********004X"), ("qualification/practice_org", "陕西示范特种设备检验检测研究院")];
    for (personnel, category, kind, holds) in [(false, "manufacture", "first", of_unit), (true, "personnel", "obtain", of_person)] {
        let frozen = service::sample(&test.nobody(), personnel).unwrap();
        let pages: Vec<&str> = frozen.pages.iter().map(|page| page.key.as_str()).collect();
        let book: Vec<&str> = crate::application::book::pages(category, kind).iter().map(|page| page.key).collect();
        assert_eq!(pages, book);
        let doc = frozen.doc();
        for (path, shown) in holds {
            assert_eq!(doc.get(path), shown, "{path}");
        }
        for table in ["items/items", "basic/addresses", "staff/people", "production/machines"] {
            assert!(personnel || frozen.rows(table).len() > 1, "{table}");
        }
        let text = serde_json::to_string(&frozen).unwrap();
        let whole: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| crate::base::resident_id::holds_one(run)).collect();
        assert_eq!(whole, Vec::<&str>::new(), "numbers of persons are masked");
        if !personnel {
            assert_eq!(doc.get("items/items/SE031/addresses"), "r1,r2");
            assert!(text.contains("陕西省西安市未央区 示范工业园阀门路1号；陕西省西安市高陵区 泾河工业区示范路8号"), "the addresses of an item in words");
        }
        let parts = frozen.pages.iter().flat_map(|page| &page.parts);
        let files = parts.filter_map(|part| if let FrozenPart::Files { files, .. } = part { Some(files) } else { None });
        let files: Vec<_> = files.flatten().collect();
        assert!(files.len() > 3 && files.iter().all(|file| file.id.is_empty()), "{files:?}");
    }
}
