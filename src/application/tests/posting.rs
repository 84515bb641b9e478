//! A page posted without script, with its files and sheets: what was typed is saved whatever becomes of the rest.

use super::plain::{form, values};
use super::*;
use crate::application::model::Posted;
use crate::server::plain::recall;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt;

const SIGNED: &str = "upload[items/signed]";
const LICENCE: &str = "upload[items/licence]";
const PDF: &[u8] = b"%PDF-1.7\n%%EOF\n";

/// The parts of a post, in the order they are sent.
#[derive(Default)]
struct Parts(Vec<u8>);

impl Parts {
    fn text(mut self, name: &str, value: &str) -> Parts {
        self.0.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        self
    }

    fn file(mut self, name: &str, file: &str, bytes: &[u8]) -> Parts {
        let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/pdf\r\n\r\n");
        self.0.extend(head.bytes().chain(bytes.iter().copied()).chain(*b"\r\n"));
        self
    }

    /// What stands in the page's form; of its buttons, the one pressed.
    fn page(self, no: &str, page: &str, act: &str, typed: &Values, seen: i64) -> Parts {
        let parts = self.text("no", no).text("page", page).text("act", act);
        let parts = typed.iter().fold(parts, |parts, (path, value)| parts.text(&format!("values[{path}]"), value));
        parts.text("revision", &seen.to_string())
    }

    /// Posts them to the end.
    async fn send(mut self, visit: &Visit) -> (StatusCode, String, Visit) {
        self.0.extend(b"--edge--\r\n");
        self.break_off(visit).await
    }

    /// Posts them as they are. Gives the status, where it leads, and the visit of the page shown next.
    async fn break_off(self, visit: &Visit) -> (StatusCode, String, Visit) {
        let routes = crate::server::files::routes::<()>().layer(axum::Extension(visit.clone()));
        let post = Request::post("/files/page").header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge").body(Body::from(self.0)).unwrap();
        let answer = routes.oneshot(post).await.unwrap();
        let text = |name| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        let form_token = text(header::SET_COOKIE).split(['=', ';']).nth(1).unwrap_or_default().to_owned();
        (answer.status(), text(header::LOCATION), Visit { form_token, query: "again=1".into(), ..visit.clone() })
    }
}

/// What the page shows of a post: the paths of conflicts, and what is told where.
async fn shown(next: &Visit, no: &str) -> (Vec<String>, Vec<(String, bool, String)>) {
    let state = recall(next, &format!("book/{no}")).await.unwrap();
    let Some(posted) = state.values.get("posted") else { return (Vec::new(), Vec::new()) };
    let Posted { conflicts, told, .. } = serde_json::from_str(posted).unwrap();
    let told = told.into_iter().map(|told| (told.path, told.done, [vec![told.say], told.list].concat().iter().map(|say| say.zh.as_ref()).collect::<String>()));
    (conflicts.into_iter().map(|card| card.path).collect(), told.collect())
}

/// The names of the files in a slot, sorted.
async fn files(visit: &Visit, no: &str, slot: &str) -> Vec<String> {
    let view = service::book(visit, no, "items").await.unwrap();
    let ids = view.doc.rows(slot).into_iter().map(|row| view.doc.get(&format!("{slot}/{row}")).to_owned());
    let mut names: Vec<String> = ids.map(|id| view.files[&id].name.clone()).collect();
    names.sort();
    names
}

async fn value(visit: &Visit, no: &str, path: &str) -> String {
    let page = path.split('/').next().unwrap();
    service::book(visit, no, page).await.unwrap().doc.get(path).to_owned()
}

/// Nothing of a form's files is left lying about.
fn is_tidy(test: &TestApp) -> bool {
    std::fs::read_dir(test.app.config.data.join("uploads")).unwrap().count() == 0
}

#[tokio::test]
async fn a_file_comes_with_what_was_typed() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let seen = revision(&owner, &no).await;
        let typed = form(&owner, &no, "items", &[("items/declarer", "李守正"), ("items/declarer_title", "总经理")]).await;
        let post = Parts::default().page(&no, "items", "upload:items/signed", &typed, seen);
        let post = post.file(SIGNED, "一.pdf", PDF).file(SIGNED, "二.pdf", PDF).file(LICENCE, "执照.pdf", PDF).file("upload[items/old_licence]", "", b"");
        let (status, to, next) = post.send(&owner).await;
        assert_eq!((status, to), (StatusCode::SEE_OTHER, format!("/applications/{no}/items#f-items-signed")));
        assert_eq!(shown(&next, &no).await, (Vec::new(), Vec::new()));
        assert_eq!((value(&owner, &no, "items/declarer").await, value(&owner, &no, "items/declarer_title").await), ("李守正".into(), "总经理".into()));
        assert_eq!(
            (files(&owner, &no, "items/signed").await, files(&owner, &no, "items/licence").await),
            (vec!["一.pdf".into(), "二.pdf".into()], vec!["执照.pdf".to_owned()])
        );
        // A file before the texts, with a button that leads on: nothing is lost either.
        let typed = values(&[("items/declarer", "王建国")]);
        let post = Parts::default().file(SIGNED, "三.pdf", PDF).page(&no, "items", "go:works", &typed, revision(&owner, &no).await);
        assert_eq!(post.send(&owner).await.1, format!("/applications/{no}/works"));
        assert_eq!((value(&owner, &no, "items/declarer").await.as_str(), files(&owner, &no, "items/signed").await.len()), ("王建国", 3));
        // Taking one out saves as well.
        let typed = values(&[("items/declarer", "赵明远")]);
        let post = Parts::default().page(&no, "items", "detach:items/signed/0001", &typed, revision(&owner, &no).await);
        assert_eq!(post.send(&owner).await.1, format!("/applications/{no}/items#f-items-signed"));
        assert_eq!(
            (value(&owner, &no, "items/declarer").await.as_str(), files(&owner, &no, "items/signed").await),
            ("赵明远", vec!["三.pdf".into(), "二.pdf".into()])
        );
        assert!(is_tidy(&test));
    }
}

#[tokio::test]
async fn what_another_changed_meanwhile_is_told_and_the_file_stays() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let seen = revision(&owner, &no).await;
        let typed = form(&owner, &no, "items", &[("items/declarer", "我写的"), ("items/declarer_title", "总经理")]).await;
        let filler = test.join(&unit_of(&owner), Role::Filler).await;
        one(&filler, &no, op("theirs", "items/declarer", Base::Revision(seen), "别人写的")).await;
        let post = Parts::default().page(&no, "items", "upload:items/signed", &typed, seen).file(SIGNED, "一.pdf", PDF);
        let (_, to, next) = post.send(&owner).await;
        assert_eq!(to, format!("/applications/{no}/items?again=1"));
        assert_eq!(shown(&next, &no).await, (vec!["items/declarer".to_owned()], Vec::new()));
        assert_eq!((value(&owner, &no, "items/declarer").await, value(&owner, &no, "items/declarer_title").await), ("别人写的".into(), "总经理".into()));
        assert_eq!(files(&owner, &no, "items/signed").await, ["一.pdf"]);
    }
}

#[tokio::test]
async fn a_refused_file_is_told_at_its_place_and_loses_nothing() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let typed = values(&[("items/declarer", "李守正")]);
        let large = vec![b' '; 21 * 1024 * 1024];
        let post = Parts::default().page(&no, "items", "go:works", &typed, revision(&owner, &no).await);
        let post = post.file(SIGNED, "假.pdf", b"<html></html>").file(SIGNED, "真.pdf", PDF).file(LICENCE, "大.pdf", &large);
        let (_, to, next) = post.send(&owner).await;
        assert_eq!(to, format!("/applications/{no}/items?again=1#f-items-signed"), "it does not lead on");
        let (conflicts, told) = shown(&next, &no).await;
        assert_eq!((conflicts.len(), told.len()), (0, 2));
        assert!(told[0].0 == "items/signed" && !told[0].1 && told[0].2.contains("PDF"), "{told:?}");
        assert!(told[1].0 == "items/licence" && !told[1].1 && told[1].2.contains("20 MB"), "{told:?}");
        assert_eq!((value(&owner, &no, "items/declarer").await.as_str(), files(&owner, &no, "items/signed").await), ("李守正", vec!["真.pdf".to_owned()]));
        // The button alone, a place there is none, and one that was taken out already.
        for (act, name, at) in [
            ("upload:items/licence", SIGNED, "items/licence"),
            ("save", "upload[items/declarer]", "items/declarer"),
            ("detach:items/signed/0009", "", "items/signed"),
        ] {
            let post = Parts::default().page(&no, "items", act, &values(&[("items/declarer_title", at)]), revision(&owner, &no).await);
            let (_, to, next) = if name.is_empty() { post } else { post.file(name, "一.pdf", PDF) }.send(&owner).await;
            assert!(to.starts_with(&format!("/applications/{no}/items?again=1#f-items-")), "{to}");
            assert_eq!(shown(&next, &no).await.1.iter().map(|told| (told.0.as_str(), told.1)).collect::<Vec<_>>(), [(at, false)]);
            assert_eq!(value(&owner, &no, "items/declarer_title").await, at, "{act}");
        }
        assert!(is_tidy(&test));
    }
}

#[tokio::test]
async fn a_sheet_comes_with_what_was_typed() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let (table, _) = service::table_rows(&owner, &no, "basic", "certs").await.unwrap();
        let rows = [Values::from([("name".to_owned(), "甲".to_owned())])];
        let sheet = crate::application::sheet::export(table, crate::base::Lang::Zh, &rows).unwrap();
        let post = async |bytes: &[u8], typed: &[(&str, &str)]| {
            let posted = form(&owner, &no, "basic", typed).await;
            let post = Parts::default().page(&no, "basic", "import:basic/certs", &posted, revision(&owner, &no).await);
            let (_, to, next) = post.file("import[basic/certs]", "表.xlsx", bytes).send(&owner).await;
            assert_eq!(to, format!("/applications/{no}/basic?again=1#f-basic-certs"));
            let told = shown(&next, &no).await.1.remove(0);
            (told.1, told.2, service::table_rows(&owner, &no, "basic", "certs").await.unwrap().1.len())
        };
        assert_eq!(post(&sheet, &[("basic/fax", "029-1")]).await, (true, "已导入 1 行。".into(), 1));
        let (done, told, rows) = post(b"no sheet", &[("basic/fax", "029-2")]).await;
        assert!(!done && told.starts_with("没有导入任何一行") && rows == 1, "{told}");
        let (done, told, rows) = post(&vec![b'x'; 5 * 1024 * 1024], &[("basic/website", "https://a.example")]).await;
        assert!(!done && told.contains("4 MB") && rows == 1, "{told}");
        assert_eq!((value(&owner, &no, "basic/fax").await.as_str(), value(&owner, &no, "basic/website").await.as_str()), ("029-2", "https://a.example"));
        // With script what was typed is saved already, and the sheet comes without a revision: nothing else is touched.
        let post = Parts::default().text("no", &no).text("page", "basic").text("act", "import:basic/certs").text("values[basic/fax]", "old");
        post.file("import[basic/certs]", "表.xlsx", &sheet).send(&owner).await;
        assert_eq!(service::table_rows(&owner, &no, "basic", "certs").await.unwrap().1.len(), 2);
        assert_eq!(value(&owner, &no, "basic/fax").await, "029-2");
        assert!(is_tidy(&test));
    }
}

#[tokio::test]
async fn of_a_post_that_was_cut_all_that_was_typed_is_saved_or_nothing() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let seen = revision(&owner, &no).await;
        let half = Parts::default().text("no", &no).text("page", "items").text("values[items/declarer]", "李守正").file(SIGNED, "一.pdf", PDF);
        assert_eq!(half.break_off(&owner).await.0, StatusCode::UNPROCESSABLE_ENTITY);
        let long = Parts::default().text("values[items/declarer]", &"好".repeat(1_500_000)).page(&no, "items", "save", &Values::new(), seen);
        assert_eq!(long.send(&owner).await.0, StatusCode::BAD_REQUEST, "texts are held in memory");
        assert_eq!(revision(&owner, &no).await, seen);
        let whole = Parts::default().page(&no, "items", "save", &values(&[("items/declarer", "李守正")]), seen);
        let mut cut = whole.file(SIGNED, "一.pdf", PDF);
        cut.0.truncate(cut.0.len() - 6);
        let (_, to, next) = cut.break_off(&owner).await;
        assert_eq!(to, format!("/applications/{no}/items?again=1#f-items"));
        assert_eq!(shown(&next, &no).await.1.len(), 1);
        assert_eq!((value(&owner, &no, "items/declarer").await.as_str(), files(&owner, &no, "items/signed").await.len()), ("李守正", 0));
        assert!(is_tidy(&test));
    }
}

#[tokio::test]
async fn who_may_not_save_uploads_nothing() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let reader = test.join(&unit_of(&owner), Role::Reader).await;
        let stranger = test.member("enterprise", Role::Owner).await;
        let long = "好".repeat(70_000);
        for (visit, typed) in [(&reader, "别人"), (&stranger, "别人"), (&owner, long.as_str())] {
            let seen = revision(&owner, &no).await;
            let post = Parts::default().page(&no, "items", "upload:items/signed", &values(&[("items/declarer", typed)]), seen).file(SIGNED, "一.pdf", PDF);
            let (_, to, next) = post.send(visit).await;
            assert_eq!(to, format!("/applications/{no}/items?again=1#f-items"));
            assert_eq!(shown(&next, &no).await.1.iter().map(|told| (told.0.as_str(), told.1)).collect::<Vec<_>>(), [("items", false)]);
            assert_eq!((revision(&owner, &no).await, test.count("SELECT COUNT(*) AS n FROM file").await), (seen, 0));
        }
        assert!(is_tidy(&test));
    }
}

/// The page that is shown next, with what the post has left.
async fn page_after(next: &Visit, reader: &Visit, no: &str, page: &str) -> crate::application::model::BookView {
    let state = recall(next, &format!("book/{no}")).await.unwrap();
    let posted: Posted = serde_json::from_str(&state.values["posted"]).unwrap();
    service::laid(service::book(reader, no, page).await.unwrap(), page, posted)
}

#[tokio::test]
async fn what_cannot_be_saved_stands_where_it_was_typed() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let seen = revision(&owner, &no).await;
        let long = "好".repeat(70_000);
        let typed = form(&owner, &no, "items", &[("items/declarer", "李守正"), ("items/declarer_title", &long)]).await;
        let (_, to, next) = Parts::default().page(&no, "items", "go:works", &typed, seen).send(&owner).await;
        assert_eq!(to, format!("/applications/{no}/items?again=1#f-items"));
        assert_eq!(value(&owner, &no, "items/declarer").await, "", "all or nothing");
        let filler = test.join(&unit_of(&owner), Role::Filler).await;
        one(&filler, &no, op("theirs", "items/declarer", Base::Revision(seen), "别人写的")).await;
        let view = page_after(&next, &owner, &no, "items").await;
        assert_eq!((view.doc.get("items/declarer"), view.doc.get("items/declarer_title") == long, view.doc.revision), ("李守正", true, seen));
        assert_eq!(view.unsaved, ["items/declarer", "items/declarer_title"]);
        // Mended and posted again from there: what another wrote meanwhile is a conflict, and not lost.
        let typed = form(&owner, &no, "items", &[("items/declarer", "李守正"), ("items/declarer_title", "总经理")]).await;
        let (_, _, next) = Parts::default().page(&no, "items", "save", &typed, view.doc.revision).send(&owner).await;
        assert_eq!(shown(&next, &no).await.0, ["items/declarer"]);
        assert_eq!(value(&owner, &no, "items/declarer_title").await, "总经理");
    }
}

#[tokio::test]
async fn what_was_typed_is_kept_over_a_sign_in() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let seen = revision(&owner, &no).await;
        let typed = form(&owner, &no, "items", &[("items/declarer", "李守正")]).await;
        let nobody = Visit { caller: None, ..owner.clone() };
        let post = Parts::default().page(&no, "items", "go:works", &typed, seen).file(SIGNED, "一.pdf", PDF);
        let (status, to, next) = post.send(&nobody).await;
        let back = crate::base::text::url_escape(&format!("/applications/{no}/items?again=1#f-items"));
        assert_eq!((status, to), (StatusCode::SEE_OTHER, format!("/sign-in?next={back}")));
        assert_eq!(value(&owner, &no, "items/declarer").await, "", "nobody changes nothing");
        assert!(is_tidy(&test));
        let view = page_after(&next, &owner, &no, "items").await;
        assert_eq!((view.doc.get("items/declarer"), &view.unsaved[..]), ("李守正", &["items/declarer".to_owned()][..]));
        assert!(view.posted.told[0].say.zh.contains("登录已结束"));
        let stranger = test.member("enterprise", Role::Owner).await;
        assert!(service::book(&stranger, &no, "items").await.is_err());
    }
}
