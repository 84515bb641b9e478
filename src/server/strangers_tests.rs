//! Calls every function that takes a number or an id for what belongs to somebody else: as the same role of another unit, of
//! another authority, agency or examination body. What is neither called here nor said to belong to nobody fails the test, and so does a call
//! from which the guard keeps every seat of its chair.

use super::access::FUNCTIONS;
use super::access_tests::{send, service};
use super::testing::TestApp;
use crate::account::model::Role;
use crate::account::store::Account;
use crate::base::text::url_escape;
use axum::http::Method;
use std::collections::BTreeSet;

/// Whose chair the stranger sits in: always another unit, authority, agency or body than the one it belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Chair {
    Unit,
    Office,
    Agency,
    Body,
}

/// What a stranger is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Told {
    /// It does not exist for them, or is not theirs to do.
    No,
    /// A list with nothing in it.
    Nothing,
    /// Without script: back to where the form stood, with the refusal.
    Back,
}

/// A call by a stranger with a body that would be taken from whoever it belongs to.
struct Call {
    pattern: &'static str,
    chair: Chair,
    method: Method,
    address: String,
    media: &'static str,
    body: String,
    told: Told,
}

const FORM: &str = "application/x-www-form-urlencoded";

fn call(pattern: &'static str, chair: Chair, pairs: &[(&str, &str)]) -> Call {
    let body = pairs.iter().map(|(key, value)| format!("{}={}", url_escape(key), url_escape(value))).collect::<Vec<_>>().join("&");
    Call { pattern, chair, method: Method::POST, address: pattern.to_owned(), media: FORM, body, told: Told::No }
}

fn get(pattern: &'static str, chair: Chair, address: String) -> Call {
    Call { method: Method::GET, address, ..call(pattern, chair, &[]) }
}

fn json(pattern: &'static str, chair: Chair, body: serde_json::Value) -> Call {
    Call { media: "application/json", body: body.to_string(), ..call(pattern, chair, &[]) }
}

/// A form with a file, as a browser without script posts it.
fn plain(pattern: &'static str, chair: Chair, pairs: &[(&str, &str)], file: &str) -> Call {
    let mut body: String = pairs.iter().map(|(key, value)| format!("--edge\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n")).collect();
    if !file.is_empty() {
        body.push_str(&format!("--edge\r\nContent-Disposition: form-data; name=\"{file}\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7\n1\n%%EOF\n\r\n"));
    }
    Call { media: "multipart/form-data; boundary=edge", body: format!("{body}--edge--\r\n"), told: Told::Back, ..call(pattern, chair, &[]) }
}

/// Files that are given to whoever they belong to just by asking.
const OPENED: &[&str] = &["/files/sheet/{no}/{page}/{table}", "/files/{id}/status"];

/// Functions that are given nothing of anybody's, or of which there is only one for all; each with its reason.
const NOBODYS: &[(&str, &str)] = &[
    ("/api/form-state", "what the caller's own browser posted, found by its cookie"),
    ("/api/regions", "the public table of regions"),
    ("/api/region-levels", "the public table of regions"),
    ("/api/register-enterprise", "makes a unit of one's own"),
    ("/api/register-institution", "makes a unit of one's own"),
    ("/api/register-individual", "makes a unit of one's own"),
    ("/api/sign-in", "proves who one is"),
    ("/api/sign-in-by-code", "proves who one is"),
    ("/api/reset-password", "proves who one is by a code"),
    ("/api/sign-out", "ends the caller's own session"),
    ("/api/extend-session", "the caller's own session"),
    ("/api/my-sessions", "the caller's own"),
    ("/api/end-other-sessions", "the caller's own"),
    ("/api/unit-profile", "the caller's own unit"),
    ("/api/change-unit-profile", "the caller's own unit"),
    ("/api/person-profile", "the caller's own"),
    ("/api/notice-choices", "the caller's own"),
    ("/api/change-person-profile", "the caller's own"),
    ("/api/change-password", "the caller's own"),
    ("/api/change-mobile", "the caller's own"),
    ("/api/members", "the caller's own unit"),
    ("/api/invite", "into the caller's own unit"),
    ("/api/invitation", "whoever has the secret of the link is meant"),
    ("/api/accept-invitation", "whoever has the secret of the link is meant"),
    ("/api/staff", "there is one administration"),
    ("/api/add-staff", "there is one administration"),
    ("/api/staff-member", "there is one administration"),
    ("/api/change-staff", "there is one administration"),
    ("/api/add-agency", "there is one administration"),
    ("/api/close-staff", "there is one administration"),
    ("/api/close-agency", "there is one administration"),
    ("/api/application/picker", "a choice, of no application yet"),
    ("/api/application/create", "makes a draft of one's own"),
    ("/api/application/qualify", "a choice, of no application yet"),
    ("/api/application/create-person", "makes a draft of one's own"),
    ("/api/application/practices", "registered units are public"),
    ("/api/application/list", "the caller's own unit"),
    ("/api/application/under-way", "the caller's own unit"),
    ("/api/casework/queue", "the caller's own authority or agency"),
    ("/api/casework/limits", "the caller's own authority"),
    ("/api/casework/set-limits", "the caller's own authority"),
    ("/api/casework/agency", "there is one administration"),
    ("/api/casework/set-competence", "there is one administration"),
    ("/api/casework/reviewers", "the caller's own agency"),
    ("/api/casework/add-reviewer", "to the caller's own agency"),
    ("/api/casework/month", "the caller's own agency"),
    ("/api/casework/block-days", "a name among the caller's own reviewers; another one is no choice of the form"),
    ("/api/exam/board", "public"),
    ("/api/exam/sessions", "the caller's own body"),
    ("/api/exam/publish-plan", "of the caller's own body"),
    ("/api/exam/add-session", "to the caller's own body"),
    ("/api/exam/passed", "public"),
    ("/api/catalogue/versions", "there is one administration"),
    ("/api/catalogue/propose", "there is one administration"),
    ("/api/catalogue/decide", "there is one administration"),
    ("/api/catalogue/authorities", "there is one administration"),
    ("/api/catalogue/delegate", "there is one administration"),
    ("/api/catalogue/end-delegation", "there is one administration"),
    ("/api/catalogue/set-digits", "there is one administration"),
    ("/api/catalogue/set-checklist", "there is one administration"),
    ("/api/catalogue/set-validity", "there is one administration"),
    ("/api/calendar/years", "there is one administration"),
    ("/api/calendar/propose", "there is one administration"),
    ("/api/calendar/decide", "there is one administration"),
    ("/api/licence/certificates", "the caller's own unit"),
    ("/api/licence/register", "the caller's own authority"),
    ("/api/document/check", "whoever holds the paper may check it"),
    ("/api/document/library", "the caller's own authority"),
    ("/api/document/template", "the caller's own authority"),
    ("/api/document/save-template", "the caller's own authority"),
    ("/api/portal/accepted", "public"),
    ("/api/portal/granted", "public"),
    ("/api/portal/licences", "public"),
    ("/api/portal/progress", "public, by number and unit"),
    ("/api/portal/person", "public, by name and number"),
    ("/api/portal/validity", "public"),
    ("/api/portal/limits", "public"),
    ("/api/portal/sample", "public, and made up"),
    ("/api/demo-messages", "demonstrations only"),
    ("/api/notice/inbox", "the caller's own"),
    ("/api/notice/unread", "the caller's own"),
    ("/api/notice/read-all", "the caller's own"),
    ("/api/notice/choose", "the caller's own"),
    ("/files", "an upload of one's own; its place is judged when it is complete"),
];

/// What belongs to others, by the demonstration.
struct Theirs {
    draft: String,
    submitted: String,
    /// Of the version that was submitted.
    fingerprint: String,
    correction: String,
    accepted: String,
    /// A case with a date of review.
    dated: String,
    member: String,
    session: String,
    invitation: String,
    reviewer: String,
    leave: String,
    document: String,
    certificate: String,
    register: String,
    reason: String,
    exam: String,
    candidate: String,
    message: String,
    file: String,
    upload: String,
    /// The account to which draft and upload belong.
    owner: String,
}

const VALVE: &str = "(SELECT id FROM unit WHERE code = '91610112MA00DEM143')";

impl Theirs {
    async fn of(test: &TestApp) -> Theirs {
        let one = async |sql: &str| {
            let row = test.app.db.read().await.unwrap().row(sql.replace("$VALVE", VALVE), crate::vals![]).await.unwrap();
            row.unwrap_or_else(|| panic!("the demonstration has none: {sql}")).text("x").unwrap()
        };
        let put = async |sql: &str| {
            let sql = sql.replace("$VALVE", VALVE);
            test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![]).await })).await.unwrap();
        };
        put("INSERT INTO invitation (token_digest, id, unit_id, mobile, person_name, role, may_submit, invited_by, expires_at) VALUES ('d', 'invited', $VALVE, '13900000099', '某', 'reader', 0, '', 99999999999999)").await;
        put("INSERT INTO reason_library (id, authority_code) VALUES ('reason', '610000')").await;
        put("INSERT INTO document_template (authority_code, kind, version, body, account_id, at) VALUES ('610000', 'reason/reason', 1, '材料不齐', '', 0)")
            .await;
        put("INSERT INTO certificate (id, unit_id, number, category, items, authority_code, issued_on, valid_to, state, state_reason, state_at, created_at) VALUES ('held', $VALVE, 'TS2210123-2029', 'manufacture', '[\"SE031\"]', '610000', '2025-03-01', '2029-02-28', 'pending', '', 0, 0)").await;
        put("INSERT INTO file (id, unit_id, account_id, application_no, slot, name, size, received, media, sha256, created_at) SELECT 'cut', unit_id, id, 'unit', 'unit/licence', 'a.pdf', 10, 0, '', '', 0 FROM account WHERE username = 'valve01'").await;
        let owner = one("SELECT id AS x FROM account WHERE username = 'valve01'").await;
        test.session(&owner).await;
        Theirs {
            draft: one("SELECT no AS x FROM application WHERE unit_id = $VALVE AND state = 'draft' LIMIT 1").await,
            submitted: one("SELECT no AS x FROM application WHERE unit_id = $VALVE AND state = 'submitted' LIMIT 1").await,
            fingerprint: one("SELECT v.sha256 AS x FROM application_version v JOIN application a ON a.id = v.application_id WHERE a.unit_id = $VALVE AND a.state = 'submitted' LIMIT 1").await,
            correction: one("SELECT no AS x FROM application WHERE state = 'correction' AND authority_code = '610000' LIMIT 1").await,
            accepted: one("SELECT no AS x FROM application WHERE state IN ('accepted', 'entrusted', 'scheduling') AND authority_code = '610000' LIMIT 1").await,
            dated: one("SELECT no AS x FROM application WHERE state IN ('scheduled', 'under-review', 'reported') LIMIT 1").await,
            member: one("SELECT id AS x FROM account WHERE username = 'valve02'").await,
            session: one("SELECT s.id AS x FROM session s JOIN account a ON a.id = s.account_id WHERE a.username = 'valve01' LIMIT 1").await,
            invitation: "invited".into(),
            reviewer: one("SELECT id AS x FROM reviewer LIMIT 1").await,
            leave: one("SELECT name AS x FROM reviewer LIMIT 1").await,
            document: one("SELECT id AS x FROM document WHERE unit_id = $VALVE LIMIT 1").await,
            certificate: "held".into(),
            register: "held".into(),
            reason: "reason".into(),
            exam: one("SELECT id AS x FROM exam_session ORDER BY day DESC LIMIT 1").await,
            candidate: one("SELECT no AS x FROM application WHERE state = 'exam-registered' LIMIT 1").await,
            message: one("SELECT m.id AS x FROM message m JOIN account a ON a.id = m.account_id WHERE a.username = 'valve01' LIMIT 1").await,
            file: one("SELECT id AS x FROM file WHERE unit_id = $VALVE AND completed_at IS NOT NULL AND application_no <> 'unit' LIMIT 1").await,
            upload: "cut".into(),
            owner,
        }
    }

    /// One or more calls for every function that takes a number or an id.
    fn calls(&self) -> Vec<Call> {
        use Chair::{Agency, Body, Office, Unit};
        let (no, sent) = (("no", self.draft.as_str()), ("no", self.submitted.as_str()));
        let reason = [("values[id]", self.reason.as_str()), ("values[kind]", "correction"), ("values[seen]", "1")];
        let exam = [("session", self.exam.as_str()), ("seen", "0")];
        let chosen = r#"{"category":"manufacture","items":["SE031"],"places":[{"region":"610112","address":"示范路1号"}]}"#;
        let op = serde_json::json!({ "id": "op1", "path": "basic/postcode", "base": { "Revision": 0 }, "value": "710016" });
        let act = [("values[no]", self.submitted.as_str()), ("values[seen]", "1"), ("values[click]", "c1"), ("values[act]", "take")];
        let clicks = [&self.draft, &self.correction].map(|no| format!("{no}-c"));
        let mut calls = vec![
            call("/api/end-session", Unit, &[("id", &self.session)]),
            call("/api/uninvite", Unit, &[("id", &self.invitation)]),
            call("/api/change-role", Unit, &[("id", &self.member), ("values[member/role]", "reader")]),
            call("/api/close-member", Unit, &[("id", &self.member)]),
            call("/api/application/choice", Unit, &[no]),
            call("/api/application/rechoose", Unit, &[no, ("revision", "99"), ("chosen", chosen)]),
            call("/api/application/book", Unit, &[no, ("page", "basic")]),
            call("/api/application/marks", Unit, &[no, ("page", "basic")]),
            call("/api/application/changes", Unit, &[no, ("seen", "0")]),
            call("/api/application/review", Unit, &[no]),
            json("/api/application/save", Unit, serde_json::json!({ "batch": { "no": self.draft, "seen": 0, "ops": [op] } })),
            call("/api/application/detach", Unit, &[no, ("path", "items/signed/1")]),
            call("/api/application/act", Unit, &[no, ("act", "delete")]),
            call("/api/application/submit", Unit, &[no, ("client_id", &clicks[0]), ("revision", "0"), ("agreed", "yes")]),
            call("/api/application/resubmit", Unit, &[("no", &self.correction), ("client_id", &clicks[1]), ("revision", "0"), ("agreed", "yes")]),
            call("/api/exam/sign-up", Unit, &[("no", &self.candidate), exam[0], exam[1], ("click", "c")]),
            call("/api/exam/cancel", Unit, &[("no", &self.candidate), exam[0], exam[1], ("click", "c"), ("reason", "x")]),
            call("/api/licence/certificate-form", Unit, &[("id", &self.certificate)]),
            call("/api/licence/save-certificate", Unit, &[("values[certificate/id]", &self.certificate), ("values[certificate/category]", "manufacture")]),
            call("/api/licence/remove-certificate", Unit, &[("id", &self.certificate)]),
            call(
                "/api/licence/set-state",
                Office,
                &[("values[id]", &self.register), ("values[state]", "valid"), ("values[reason]", "核验"), ("values[seen]", "0")],
            ),
            call("/api/document/save-reason", Office, &[("values[step]", "save"), reason[0], reason[1], reason[2], ("values[text]", "别的")]),
            call("/api/document/save-reason", Office, &[("values[step]", "retire"), reason[0], reason[1], reason[2]]),
            call("/api/notice/open", Unit, &[("id", &self.message)]),
            call(
                "/api/casework/change-reviewer",
                Agency,
                &[("id", &self.reviewer), ("values[reviewer_change/kinds]", "压力容器"), ("values[reviewer_change/active]", "yes")],
            ),
            call("/api/casework/unblock-days", Agency, &[("reviewer", &self.leave), ("from", "2020-01-01"), ("to", "2099-12-31")]),
            call("/api/exam/session", Body, &[("id", &self.exam)]),
            call("/api/exam/change-session", Body, &[exam[0], exam[1], ("values[exam_change/reason]", "x"), ("values[exam_change/seats]", "9")]),
            call("/api/exam/call-off", Body, &[exam[0], exam[1], ("values[exam_call_off/reason]", "x")]),
            call("/api/exam/enter-marks", Body, &[exam[0], exam[1], ("values[x]", "80")]),
            call("/api/exam/publish-marks", Body, &[exam[0], exam[1], ("click", "c")]),
            call("/api/exam/report-misconduct", Body, &[("no", &self.candidate), exam[0], exam[1], ("click", "c"), ("subject", "theory"), ("text", "x")]),
            call("/api/exam/answer-complaint", Body, &[("no", &self.candidate), exam[0], exam[1], ("click", "c"), ("text", "x")]),
            call("/api/exam/cancel", Body, &[("no", &self.candidate), exam[0], exam[1], ("click", "c"), ("reason", "x")]),
            plain("/files/page", Unit, &[no, ("page", "basic"), ("act", "save"), ("values[basic/postcode]", "710016"), ("revision", "0")], ""),
            plain("/files/form", Unit, &[("application", &self.draft), ("slot", "items/signed")], "file"),
            plain("/files/marks", Body, &exam, "sheet"),
            get("/files/sheet/{no}/{page}/{table}", Unit, format!("/files/sheet/{}/staff/people.xlsx", self.draft)),
            get("/files/marks/{session}", Body, format!("/files/marks/{}", self.exam)),
            get("/files/{id}/status", Unit, format!("/files/{}/status", self.upload)),
            Call { method: Method::PATCH, ..get("/files/{id}", Unit, format!("/files/{}?offset=0", self.upload)) },
            Call { address: format!("/files/{}/complete", self.upload), ..json("/files/{id}/complete", Unit, serde_json::json!({ "sha256": "" })) },
        ];
        for chair in [Unit, Office, Agency] {
            calls.extend([
                call("/api/application/version", chair, &[sent, ("version", "1")]),
                call("/api/application/compare", chair, &[sent, ("before", "1"), ("after", "1")]),
                call("/api/casework/desk", chair, &[("no", &self.accepted)]),
                call("/api/casework/act", chair, &act),
                call("/api/document/open", chair, &[("id", &self.document)]),
                Call { told: Told::Nothing, ..call("/api/document/of-case", chair, &[sent]) },
                call("/api/document/receipt-code", chair, &[sent, ("fingerprint", &self.fingerprint)]),
                get("/files/document/{id}", chair, format!("/files/document/{}", self.document)),
                get("/files/calendar/{file}", chair, format!("/files/calendar/{}.ics", self.dated)),
                get("/files/{id}", chair, format!("/files/{}", self.file)),
            ]);
        }
        calls.extend([Unit, Agency].map(|chair| plain("/files/act", chair, &act, "")));
        calls
    }
}

#[tokio::test]
async fn what_belongs_to_others_does_not_exist() {
    let test = TestApp::on_sqlite().await;
    super::demo::load(&test.app, 0).await.unwrap();
    let theirs = Theirs::of(&test).await;
    let duties = ["acceptance", "examiner", "approver", "certificate", "supervisor", "authority-admin"].map(str::to_owned).into();
    // Its authority is neither that of the demonstration's cases nor above it, nor has the demonstration any unit there.
    let official = Account { authority_code: Some("630000".into()), duties, ..test.account(Role::Staff) };
    let owner = test.member("enterprise", Role::Owner).await;
    let unit = owner.unit().unwrap().1.to_owned();
    let seats = [
        (Chair::Unit, owner),
        (Chair::Unit, test.join(&unit, Role::Filler).await),
        (Chair::Unit, test.join(&unit, Role::Reader).await),
        (Chair::Unit, test.member("person", Role::Person).await),
        (Chair::Office, test.person(official).await),
        (Chair::Agency, test.member("agency", Role::Owner).await),
        (Chair::Body, test.member("exam-body", Role::Owner).await),
    ];
    let service = service(&test);
    let calls = theirs.calls();
    let called: BTreeSet<&str> = calls.iter().map(|call| call.pattern).chain(NOBODYS.iter().map(|(pattern, _)| *pattern)).collect();
    let listed: BTreeSet<&str> = FUNCTIONS.iter().map(|(pattern, _)| *pattern).collect();
    assert_eq!(listed.difference(&called).collect::<Vec<_>>(), Vec::<&&str>::new(), "functions nobody else was tried for");
    assert_eq!(called.difference(&listed).collect::<Vec<_>>(), Vec::<&&str>::new(), "no such functions");
    // Else an address that leads nowhere would look like one that is closed.
    for address in calls.iter().filter(|call| OPENED.contains(&call.pattern)).map(|call| call.address.as_str()) {
        let token = test.session(&theirs.owner).await;
        let (status, ..) = send(&service, Method::GET, address, "text/plain", String::new(), Some(token), "same-origin").await;
        assert_eq!(status, 200, "{address} as its owner");
    }
    let events = test.count("SELECT COUNT(*) AS n FROM case_event").await;
    let mut wrong = Vec::new();
    for Call { pattern, chair, method, address, media, body, told } in calls {
        let who = FUNCTIONS.iter().find(|(listed, _)| *listed == pattern).unwrap().1;
        let strangers = seats.iter().filter(|(of, _)| *of == chair).map(|(_, visit)| visit.caller().unwrap());
        let mut admitted = 0;
        for caller in strangers {
            let token = test.session(&caller.account_id).await;
            let (status, to, answer) = send(&service, method.clone(), &address, media, body.clone(), Some(token), "same-origin").await;
            let right = match (who.admit(Some(caller), true), told) {
                (Err(refused), _) => status == refused.status(),
                (Ok(()), Told::No) => matches!(status, 403 | 404),
                (Ok(()), Told::Nothing) => (status, answer.as_str()) == (200, "[]"),
                (Ok(()), Told::Back) => status == 303 && to.contains("again=1"),
            };
            admitted += u32::from(who.admit(Some(caller), true).is_ok());
            if !right {
                let (role, answer) = (caller.role, answer.chars().take(200).collect::<String>());
                wrong.push(format!("{pattern} as a {role:?} of another {chair:?}: {status} {to} {answer}"));
            }
        }
        assert!(admitted > 0, "{pattern}: nobody of another {chair:?} gets past the guard");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(test.count("SELECT COUNT(*) AS n FROM case_event").await, events, "nothing happened");
}
