use super::service::{self, Begin};
use super::{Files, MAX_SIZE, content, job, routes};
use crate::account::model::Role;
use crate::error::AppError;
use crate::server::app::Visit;
use crate::server::ids;
use crate::server::testing::TestApp;
use axum::body::Bytes;
use futures::stream;
use object_store::aws::AmazonS3Builder;
use reqwest::{Client, StatusCode};
use sha2::{Digest, Sha256};
use std::io::Error;

/// A sound PDF of about this size.
fn pdf(size: usize) -> Bytes {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let noise = Sha256::digest(size.to_be_bytes());
    bytes.extend(noise.iter().cycle().take(size));
    bytes.extend_from_slice(b"\n%%EOF\n");
    bytes.into()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x02\0\0\0CRC!\0\0\0\0IENDCRC!");
    bytes
}

fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe0\0\x04JF\xff\xc0\0\x11\x08".to_vec();
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.extend(b"\x03\x01\x11\0\x02\x11\0\x03\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0\x7f\xff\xd9");
    bytes
}

fn sha256(bytes: &[u8]) -> String {
    ids::hex(&Sha256::digest(bytes))
}

fn whole(bytes: &Bytes) -> impl stream::Stream<Item = Result<Bytes, Error>> + use<> {
    stream::iter([Ok(bytes.clone())])
}

fn begin(size: usize) -> Begin {
    Begin {
        application: service::UNIT.into(),
        slot: "unit/licence".into(),
        name: "C:\\扫描\\营业执照.pdf".into(),
        size: i64::try_from(size).unwrap(),
        sha256: String::new(),
    }
}

/// Uploads in one piece.
async fn send(visit: &Visit, bytes: &Bytes) -> Result<String, AppError> {
    let begun = service::begin(visit, begin(bytes.len())).await?;
    service::receive(visit, &begun.id, 0, whole(bytes)).await?;
    service::complete(visit, &begun.id, &sha256(bytes)).await.map(|file| file.id)
}

/// The routes, called by somebody.
async fn serve(visit: &Visit) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = routes::<()>().layer(axum::Extension(visit.clone()));
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

fn client() -> Client {
    Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

#[tokio::test]
async fn an_upload_in_pieces_goes_on_after_a_cut() {
    for app in TestApp::all().await {
        let visit = app.member("enterprise", Role::Filler).await;
        let (address, client, bytes) = (serve(&visit).await, client(), pdf(300_000));
        let begun = client.post(format!("{address}/files")).json(&begin(bytes.len())).send().await.unwrap();
        assert_eq!(begun.status(), StatusCode::CREATED);
        let id = begun.json::<service::Progress>().await.unwrap().id;
        let piece = |from: usize, to: usize| client.patch(format!("{address}/files/{id}?offset={from}")).body(bytes.slice(from..to));
        assert_eq!(piece(0, 100_000).send().await.unwrap().json::<service::Progress>().await.unwrap().received, 100_000);
        // The connection breaks in the middle: what came before counts.
        let cut = stream::iter([Ok(bytes.slice(100_000..150_000)), Err(Error::other("cut"))]);
        service::receive(&visit, &id, 100_000, cut).await.unwrap();
        assert_eq!(piece(100_000, 200_000).send().await.unwrap().status(), StatusCode::CONFLICT);
        let early = client.post(format!("{address}/files/{id}/complete")).json(&serde_json::json!({ "sha256": sha256(&bytes) }));
        assert_eq!(early.send().await.unwrap().status(), StatusCode::CONFLICT);
        let status = client.get(format!("{address}/files/{id}/status")).send().await.unwrap().json::<service::Progress>().await.unwrap();
        assert_eq!((status.received, status.complete), (150_000, false));
        assert_eq!(client.get(format!("{address}/files/{id}")).send().await.unwrap().status(), StatusCode::NOT_FOUND);
        piece(150_000, bytes.len()).send().await.unwrap();
        for _ in 0..2 {
            let done = client.post(format!("{address}/files/{id}/complete")).json(&serde_json::json!({ "sha256": sha256(&bytes) }));
            assert!(done.send().await.unwrap().json::<service::Progress>().await.unwrap().complete);
        }
        let got = client.get(format!("{address}/files/{id}")).send().await.unwrap();
        let header = |name: &str| got.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "application/pdf");
        assert_eq!(header("content-disposition"), "inline; filename=\"file.pdf\"; filename*=UTF-8''%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7.pdf");
        assert_eq!((header("x-content-type-options"), header("cache-control")), ("nosniff".into(), "private, no-store".into()));
        assert!(header("content-security-policy").starts_with("default-src 'none'"));
        assert_eq!(got.bytes().await.unwrap(), bytes);
        assert_eq!(app.count("SELECT COUNT(*) AS n FROM file WHERE attached_at IS NOT NULL").await, 1);
    }
}

#[tokio::test]
async fn only_the_unit_sees_a_file_and_only_the_uploader_goes_on() {
    let app = TestApp::on_sqlite().await;
    let owner = app.member("enterprise", Role::Owner).await;
    let unit = owner.unit().unwrap().1.to_owned();
    let (reader, filler) = (app.join(&unit, Role::Reader).await, app.join(&unit, Role::Filler).await);
    let stranger = app.member("enterprise", Role::Owner).await;
    let (bytes, gone) = (pdf(10), Err(AppError::NotFound));
    let id = send(&owner, &bytes).await.unwrap();
    for member in [&owner, &reader, &filler] {
        assert_eq!(service::read(member, &id).await.unwrap().sha256, sha256(&bytes));
    }
    assert_eq!(service::read(&stranger, &id).await, gone);
    assert_eq!(service::read(&app.nobody(), &id).await, Err(AppError::SignIn));
    let open = service::begin(&owner, begin(bytes.len())).await.unwrap().id;
    for other in [&stranger, &filler, &reader] {
        assert_eq!(service::receive(other, &open, 0, whole(&bytes)).await.err(), Some(AppError::NotFound));
        assert_eq!(service::complete(other, &open, "").await.err(), Some(AppError::NotFound));
        assert_eq!(service::progress(other, &open).await.err(), Some(AppError::NotFound));
    }
    assert_eq!(service::begin(&reader, begin(1)).await.err(), Some(AppError::Forbidden));
    assert_eq!(service::begin(&app.person(app.account(Role::Person)).await, begin(1)).await.err(), Some(AppError::Forbidden));
}

#[tokio::test]
async fn the_same_bytes_are_kept_once() {
    let app = TestApp::on_sqlite().await;
    let (one, two) = (app.member("enterprise", Role::Owner).await, app.member("enterprise", Role::Owner).await);
    let bytes = pdf(6 * 1024 * 1024);
    let (a, b) = (send(&one, &bytes).await.unwrap(), send(&two, &bytes).await.unwrap());
    assert_ne!(a, b);
    let folder = app.app.config.data.join("files").join(&sha256(&bytes)[..2]);
    let kept: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().metadata().unwrap().len()).collect();
    assert_eq!(kept, [bytes.len() as u64]);
    assert_eq!(std::fs::read_dir(app.app.config.data.join("uploads")).unwrap().count(), 0);
}

#[tokio::test]
async fn many_at_once() {
    let app = TestApp::on_sqlite().await;
    let visit = app.member("enterprise", Role::Owner).await;
    let sent = (0..50usize).map(|n| {
        let visit = visit.clone();
        async move { send(&visit, &pdf(200_000 + n)).await }
    });
    for done in futures::future::join_all(sent).await {
        done.unwrap();
    }
    assert_eq!(app.count("SELECT COUNT(DISTINCT sha256) AS n FROM file").await, 50);
}

#[tokio::test]
async fn what_is_wrong_is_refused_and_leaves_nothing() {
    let app = TestApp::on_sqlite().await;
    let visit = app.member("enterprise", Role::Owner).await;
    let refused = |error: AppError| if let AppError::Refused(say) = error { say.zh.into_owned() } else { panic!("{error}") };
    for size in [0, usize::try_from(MAX_SIZE).unwrap() + 1] {
        refused(service::begin(&visit, begin(size)).await.unwrap_err());
    }
    // Another hash than announced, and a kind of file we do not take.
    let bytes = pdf(10);
    let open = service::begin(&visit, begin(bytes.len())).await.unwrap().id;
    service::receive(&visit, &open, 0, whole(&bytes)).await.unwrap();
    assert!(refused(service::complete(&visit, &open, &sha256(b"other")).await.unwrap_err()).contains("重新上传"));
    assert!(refused(send(&visit, &Bytes::from_static(b"<html></html>")).await.unwrap_err()).contains("PDF"));
    // More bytes than announced are not taken.
    let open = service::begin(&visit, begin(5)).await.unwrap().id;
    assert!(matches!(service::receive(&visit, &open, 0, whole(&bytes)).await, Err(AppError::BadRequest(_))));
    assert_eq!(service::progress(&visit, &open).await.unwrap().received, 0);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM file WHERE completed_at IS NOT NULL").await, 0);
}

#[tokio::test]
async fn a_place_that_does_not_take_it_takes_the_upload_back() {
    let app = TestApp::on_sqlite().await;
    let visit = app.member("enterprise", Role::Owner).await;
    let bytes = pdf(10);
    let begin = Begin { application: "missing".into(), ..begin(bytes.len()) };
    let open = service::begin(&visit, begin).await.unwrap().id;
    service::receive(&visit, &open, 0, whole(&bytes)).await.unwrap();
    assert_eq!(service::complete(&visit, &open, "").await.err(), Some(AppError::NotFound));
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM file").await, 0);
}

#[tokio::test]
async fn what_never_came_to_an_end_is_swept_after_a_day() {
    for app in TestApp::all().await {
        let visit = app.member("enterprise", Role::Owner).await;
        let bytes = pdf(10);
        let kept = send(&visit, &bytes).await.unwrap();
        let cut = service::begin(&visit, begin(bytes.len())).await.unwrap().id;
        service::receive(&visit, &cut, 0, whole(&bytes.slice(..5))).await.unwrap();
        let part = app.app.files.part(&cut);
        std::fs::write(app.app.files.part("stray"), "a plain form that was cut").unwrap();
        app.wait(23 * 60);
        job::sweep(&app.app).await.unwrap();
        assert!(part.exists() && service::progress(&visit, &cut).await.is_ok());
        app.wait(2 * 60);
        job::sweep(&app.app).await.unwrap();
        assert!(!part.exists() && service::progress(&visit, &cut).await.is_err());
        assert!(!app.app.files.part("stray").exists());
        service::read(&visit, &kept).await.unwrap();
    }
}

#[tokio::test]
async fn a_part_that_is_gone_is_asked_for_again() {
    let app = TestApp::on_sqlite().await;
    let visit = app.member("enterprise", Role::Owner).await;
    let bytes = pdf(1000);
    let id = service::begin(&visit, begin(bytes.len())).await.unwrap().id;
    service::receive(&visit, &id, 0, whole(&bytes.slice(..500))).await.unwrap();
    std::fs::remove_file(app.app.files.part(&id)).unwrap();
    assert!(matches!(service::receive(&visit, &id, 500, whole(&bytes.slice(500..))).await, Err(AppError::Moved(_))));
    assert_eq!(service::progress(&visit, &id).await.unwrap().received, 0);
}

#[tokio::test]
async fn what_was_cut_goes_on_when_the_same_file_is_chosen_again() {
    for app in TestApp::all().await {
        let visit = app.member("enterprise", Role::Owner).await;
        let bytes = pdf(1000);
        let named = |bytes: &Bytes| Begin { sha256: sha256(bytes), ..begin(bytes.len()) };
        let first = service::begin(&visit, named(&bytes)).await.unwrap();
        service::receive(&visit, &first.id, 0, whole(&bytes.slice(..400))).await.unwrap();
        let again = service::begin(&visit, named(&bytes)).await.unwrap();
        assert_eq!((&again.id, again.received, again.complete), (&first.id, 400, false));
        // Another file, place, name or person begins anew; so does a file whose hash nobody could tell.
        let colleague = app.join(visit.unit().unwrap().1, Role::Filler).await;
        let mut others = vec![service::begin(&colleague, named(&bytes)).await.unwrap()];
        for other in [
            Begin { sha256: sha256(b"other"), ..named(&bytes) },
            Begin { slot: "unit/other".into(), ..named(&bytes) },
            Begin { name: "b.pdf".into(), ..named(&bytes) },
            begin(bytes.len()),
            begin(bytes.len()),
        ] {
            others.push(service::begin(&visit, other).await.unwrap());
        }
        let ids: std::collections::BTreeSet<&String> = others.iter().map(|other| &other.id).chain([&first.id]).collect();
        assert!(ids.len() == 7 && others.iter().all(|other| other.received == 0), "{others:?}");
        // It goes on where it was cut.
        service::receive(&visit, &first.id, 400, whole(&bytes.slice(400..))).await.unwrap();
        let file = service::complete(&visit, &first.id, &sha256(&bytes)).await.unwrap();
        assert_eq!((file.id.as_str(), file.sha256), (first.id.as_str(), sha256(&bytes)));
        assert_ne!(service::begin(&visit, named(&bytes)).await.unwrap().id, first.id, "what is complete is not begun again");
        // Bytes of another file are found out at the end, and the next try begins anew.
        let wrong = Begin { slot: "unit/licence".into(), ..named(&pdf(2000)) };
        let wrong = Begin { size: i64::try_from(bytes.len()).unwrap(), ..wrong };
        let cut = service::begin(&visit, wrong.clone()).await.unwrap().id;
        service::receive(&visit, &cut, 0, whole(&bytes)).await.unwrap();
        for said in ["", &wrong.sha256] {
            assert!(service::complete(&visit, &cut, said).await.is_err(), "{said}");
        }
        let fresh = service::begin(&visit, wrong).await.unwrap();
        assert!(fresh.id != cut && fresh.received == 0);
        let bad = Begin { sha256: "ABC".into(), ..begin(1) };
        assert!(matches!(service::begin(&visit, bad).await, Err(AppError::BadRequest(_))));
    }
}

/// A form as a browser without script posts it.
fn form(files: &[(&str, &[u8])]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in [("application", service::UNIT), ("slot", "unit/licence")] {
        body.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    for (name, bytes) in files {
        body.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n").bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--edge--\r\n");
    ("multipart/form-data; boundary=edge".into(), body)
}

#[tokio::test]
async fn a_plain_form_does_it_all_and_tells_what_was_wrong() {
    let app = TestApp::on_sqlite().await;
    let visit = app.member("enterprise", Role::Owner).await;
    let (address, client) = (serve(&visit).await, client());
    let post = async |files: &[(&str, &[u8])]| {
        let (media, body) = form(files);
        let request = client.post(format!("{address}/files/form")).header("content-type", media).body(body);
        let answer = request.header("referer", format!("{address}/account/unit?tab=2&again=1")).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let header = |name: &str| answer.headers().get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
        (header("location"), header("set-cookie"))
    };
    let big = pdf(5 * 1024 * 1024);
    let (location, cookie) = post(&[("执照.pdf", &big), ("章程.pdf", &pdf(9))]).await;
    assert_eq!((location.as_str(), cookie.as_str()), ("/account/unit?tab=2#f-unit-licence", ""));
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM file WHERE name IN ('执照.pdf', '章程.pdf') AND attached_at IS NOT NULL").await, 2);
    for wrong in [("a.pdf", b"GIF89a".as_slice()), ("", b""), ("big.pdf", &pdf(21 * 1024 * 1024 - 4096))] {
        let (location, cookie) = post(&[wrong]).await;
        assert_eq!(location, "/account/unit?tab=2&again=1#f-unit-licence");
        let token = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
        let state = crate::server::plain::recall(&Visit { form_token: token, query: "again=1".into(), ..visit.clone() }, "files").await.unwrap();
        assert!(state.told.is_some() && state.values["at"] == "unit/licence", "{state:?}");
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM file").await, 2);
    assert_eq!(std::fs::read_dir(app.app.config.data.join("uploads")).unwrap().count(), 0);
}

#[test]
fn files_are_what_their_bytes_say() {
    let folder = std::env::temp_dir().join(format!("xuke-content-{}", ids::incident()));
    std::fs::create_dir_all(&folder).unwrap();
    let seen = |bytes: &[u8]| {
        let path = folder.join("file");
        std::fs::write(&path, bytes).unwrap();
        content::examine(&path).unwrap().map(|seen| {
            assert_eq!(seen.sha256, sha256(bytes));
            seen.media
        })
    };
    let virus = [b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-".as_slice(), b"ANTIVIRUS-TEST-FILE!$H+H*"].concat();
    let after = |bytes: &[u8], more: &[u8]| [bytes, more].concat();
    assert_eq!(seen(&pdf(500_000)), Ok("application/pdf"));
    assert_eq!(seen(&png(640, 480)), Ok("image/png"));
    assert_eq!(seen(&jpeg(640, 480)), Ok("image/jpeg"));
    assert_eq!(seen(&after(&jpeg(640, 480), b"what telephones append")), Ok("image/jpeg"));
    for (wrong, part) in [
        (b"".to_vec(), "PDF"),
        (b"PK\x03\x04".to_vec(), "PDF"),
        (b"GIF89a".to_vec(), "PDF"),
        (after(b"<script>x</script>", &pdf(10)), "PDF"),
        (b"%PDF-1.7 and no end".to_vec(), "损坏"),
        (png(640, 480)[..30].to_vec(), "损坏"),
        (jpeg(640, 480)[..20].to_vec(), "损坏"),
        (b"\xff\xd8\xff\xda".to_vec(), "损坏"),
        (png(0, 5), "损坏"),
        (png(60_000, 60_000), "尺寸"),
        (jpeg(60_000, 60_000), "尺寸"),
        (after(&png(640, 480), b"PK\x03\x04"), "夹带"),
        (after(&png(640, 480)[..33], b"\0\0\0\x09tEXt%PDF-1.4\0CRC!"), "夹带"),
        (virus.clone(), "病毒"),
        (after(&pdf(131_072 - 50), &virus), "病毒"),
    ] {
        let told = seen(&wrong).unwrap_err().zh;
        assert!(told.contains(part), "{part}: {told}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// Against a real server that speaks S3, where `XUKE_TEST_S3` names one.
#[tokio::test]
async fn files_are_kept_in_s3() {
    let Ok(endpoint) = std::env::var("XUKE_TEST_S3") else { return };
    let app = TestApp::on_sqlite().await;
    let bucket = format!("xuke-{}", ids::incident().to_lowercase());
    assert!(client().put(format!("{endpoint}/{bucket}")).send().await.unwrap().status().is_success());
    let s3 = AmazonS3Builder::new().with_endpoint(&endpoint).with_allow_http(true).with_region("us-east-1");
    let s3 = s3.with_access_key_id("test").with_secret_access_key("test");
    let config = crate::server::config::Config { files_url: format!("s3://{bucket}"), ..app.app.config.clone() };
    let files = Files::open_with(&config, s3).unwrap();
    // Below, at and above the size of one piece, and the largest.
    for size in [10, 5 * 1024 * 1024 - 16, 12_000_000, usize::try_from(MAX_SIZE).unwrap() - 16] {
        let bytes = pdf(size);
        let (part, hash) = (files.part("part"), sha256(&bytes));
        std::fs::write(&part, &bytes).unwrap();
        for _ in 0..2 {
            files.keep(&part, &hash).await.unwrap();
        }
        assert_eq!(files.get(&hash).await.unwrap().bytes().await.unwrap(), bytes);
    }
    assert!(matches!(files.get(&sha256(b"nothing")).await, Err(AppError::Broken(_))));
}
