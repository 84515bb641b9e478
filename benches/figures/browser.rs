//! A browser's side of HTTP: it keeps the cookie of its session, and takes nothing but success for an answer.

use crate::load::Client;
use crate::{Result, whole};
use bytes::Bytes;
use reqwest::RequestBuilder;
use reqwest::header::{ACCEPT_ENCODING, COOKIE, HeaderMap, HeaderValue, SET_COOKIE};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::time::Duration;
use xuke::application::model::{Batch, Listing, Saved};
use xuke::form::{Base, Op, Outcome};
use xuke::server::files::service::{Begin, Progress, UNIT};
use xuke::server::ids;
use xuke::ui::form::FormReply;

/// An account of the demonstration: the owner of a unit that has drafts.
const USER: &str = "valve01";
const PASSWORD: &str = xuke::server::demo::PASSWORD;

/// How long an answer may take at all.
const PATIENCE: Duration = Duration::from_secs(30);
/// The same, where a whole file goes along.
const UPLOAD_PATIENCE: Duration = Duration::from_secs(300);

/// One who visits a server, as nobody or signed in. Clones share connections and session.
#[derive(Clone)]
pub struct Browser {
    http: reqwest::Client,
    url: String,
    session: Option<HeaderValue>,
}

/// An answer, its body as it travelled.
pub struct Answer {
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Browser {
    /// Nobody in particular.
    pub fn new(url: &str) -> Result<Browser> {
        let http = reqwest::Client::builder().no_proxy().no_brotli().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE).build()?;
        Ok(Browser { http, url: url.to_owned(), session: None })
    }

    /// The demonstration's unit.
    pub async fn signed_in(url: &str) -> Result<Browser> {
        Browser::signed_in_as(url, USER).await
    }

    /// An account of the demonstration.
    pub async fn signed_in_as(url: &str, user: &str) -> Result<Browser> {
        let browser = Browser::new(url)?;
        let answer = browser.post("sign-in", &[("values[sign_in/name]", user), ("values[sign_in/password]", PASSWORD)]).await?;
        let reply: FormReply = answer.json()?;
        if let FormReply::Wrong(why) = reply {
            return Err(format!("{user} cannot sign in: {why:?}").into());
        }
        let cookies = answer.headers.get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        let cookie = cookies.filter_map(|line| line.split(';').next()).find(|pair| pair.starts_with("xuke="));
        let session = HeaderValue::from_str(cookie.ok_or("signing in set no cookie")?)?;
        Ok(Browser { session: Some(session), ..browser })
    }

    /// A page or file, in `br` or as it is (`identity`).
    pub async fn get(&self, path: &str, encoding: &'static str) -> Result<Answer> {
        self.send(self.http.get(format!("{}{path}", self.url)).header(ACCEPT_ENCODING, encoding)).await
    }

    /// Calls a server function as a form does.
    pub async fn post(&self, function: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        self.send(self.http.post(format!("{}/api/{function}", self.url)).form(fields)).await
    }

    /// Saves changes of a draft as its page does.
    pub async fn save(&self, batch: &Batch) -> Result<Saved> {
        let request = self.http.post(format!("{}/api/application/save", self.url));
        self.send(request.json(&serde_json::json!({ "batch": batch }))).await?.json()
    }

    /// The number of the unit's newest draft: a complete book.
    pub async fn newest_draft(&self) -> Result<String> {
        let listing: Listing = self.post("application/list", &[("filter[state]", "draft")]).await?.json()?;
        Ok(listing.rows.first().ok_or("the demonstration's unit has no draft")?.no.clone())
    }

    /// Copies an application; the number of the new draft.
    pub async fn copy(&self, no: &str) -> Result<String> {
        match self.post("application/act", &[("no", no), ("act", "copy")]).await?.json::<FormReply>()? {
            FormReply::Go(address) => Ok(address.split('/').nth(2).ok_or_else(|| format!("{address} names no application"))?.to_owned()),
            FormReply::Wrong(why) => Err(format!("{no} cannot be copied: {why:?}").into()),
        }
    }

    /// Uploads a file in one piece, as the page of the unit's own papers does.
    pub async fn upload(&self, bytes: Bytes) -> Result<()> {
        let sha256 = ids::hex(&Sha256::digest(&bytes));
        let begin = Begin {
            application: UNIT.into(),
            slot: "unit/licence".into(),
            name: "licence.pdf".into(),
            size: i64::try_from(bytes.len())?,
            sha256: sha256.clone(),
        };
        let files = format!("{}/files", self.url);
        let begun: Progress = self.send(self.http.post(&files).json(&begin)).await?.json()?;
        self.send(self.http.patch(format!("{files}/{}?offset=0", begun.id)).body(bytes).timeout(UPLOAD_PATIENCE)).await?;
        let done = self.http.post(format!("{files}/{}/complete", begun.id)).json(&serde_json::json!({ "sha256": sha256 }));
        self.send(done.timeout(UPLOAD_PATIENCE)).await.map(drop)
    }

    async fn send(&self, request: RequestBuilder) -> Result<Answer> {
        let request = match &self.session {
            Some(session) => request.header(COOKIE, session.clone()),
            None => request,
        };
        let response = request.send().await.map_err(|e| whole(&e))?;
        let (path, status, headers) = (response.url().path().to_owned(), response.status(), response.headers().clone());
        let body = response.bytes().await.map_err(|e| whole(&e))?;
        if !status.is_success() {
            return Err(format!("{path} answers {status}: {}", String::from_utf8_lossy(&body)).into());
        }
        Ok(Answer { headers, body })
    }
}

impl Answer {
    /// What a server function says.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.body).map_err(|e| format!("{e} in {}", String::from_utf8_lossy(&self.body)).into())
    }
}

/// Opens one page again and again, compressed as browsers ask for it.
pub struct Reader {
    pub browser: Browser,
    pub path: String,
}

impl Client for Reader {
    async fn call(&mut self) -> Result<()> {
        self.browser.get(&self.path, "br").await.map(drop)
    }
}

/// Types into one field of a draft, and waits each time until that is stored.
pub struct Writer {
    browser: Browser,
    no: String,
    revision: i64,
}

impl Writer {
    /// Opens a draft where it stands.
    pub async fn open(browser: &Browser, no: &str) -> Result<Writer> {
        let draft: Saved = browser.post("application/changes", &[("no", no), ("seen", "-1")]).await?.json()?;
        Ok(Writer { browser: browser.clone(), no: no.to_owned(), revision: draft.revision })
    }
}

impl Client for Writer {
    async fn call(&mut self) -> Result<()> {
        let fax = format!("029-{:08}", self.revision);
        let op = Op { id: fresh_id(), path: "basic/fax".to_owned(), base: Base::Revision(self.revision), value: Some(fax) };
        let saved = self.browser.save(&Batch { no: self.no.clone(), seen: self.revision, ops: vec![op] }).await?;
        match saved.outcomes.as_slice() {
            [(_, Outcome::Applied { .. })] => {
                self.revision = saved.revision;
                Ok(())
            }
            other => Err(format!("a change of {} was not applied: {other:?}", self.no).into()),
        }
    }
}

/// An id as long and as random as those that browsers make.
pub fn fresh_id() -> String {
    ids::hex(&ids::random::<12>())
}
