//! The inbox (站内消息), always; besides it text messages and mail, as each person chose.

use super::model::{Choice, Choices, Inbox, Letter};
use super::service::{mail, sms};
use super::store;
pub use super::store::Note;
use crate::account::model::Caller;
use crate::base::paging::Cursor;
use crate::error::{AppError, Result};
use crate::server::app::{App, Visit};
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;

/// Messages on a page.
const PAGE: i64 = 20;
/// Counting stops here; beyond, the list says "1000+".
const CAP: i64 = 1000;
/// The most the bell counts.
const BELL: i64 = 100;

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    pub account_id: String,
    /// Empty if they have none.
    pub mobile: String,
    pub email: String,
    /// Whoever comes from outside is told by all ways until they choose otherwise; officials look into the inbox.
    pub is_outside: bool,
}

impl Recipient {
    fn usual(&self) -> Choice {
        Choice { sms: self.is_outside, mail: self.is_outside }
    }
}

/// Tells a person something, inside the change that causes it; `from` signs what goes out. Told of it before, they are not again.
pub async fn tell(tx: &mut Tx, app: &App, to: &Recipient, note: &Note<'_>, from: &str) -> Result<()> {
    let now = app.clock.now();
    if !store::add_letter(tx, &ids::new(now), &to.account_id, note, now).await? {
        return Ok(());
    }
    let choice = store::find_choice(tx, &to.account_id).await?.unwrap_or(to.usual());
    if choice.sms && !to.mobile.is_empty() {
        sms(tx, app, &to.mobile, &format!("{} {} {from}【许可】", note.say.zh, note.say.en)).await?;
    }
    if choice.mail && !to.email.is_empty() {
        let (zh, en, address) = (&note.say.zh, &note.say.en, &app.config.public_url);
        let text = format!("{zh}\n\n{en}\n\n{address}{}\n\n{from}", note.link);
        mail(tx, app, &to.email, "许可办理通知 / Notice of your case", &text).await?;
    }
    Ok(())
}

/// A page of the caller's inbox.
pub async fn inbox(visit: &Visit, cursor: &str, newer: bool) -> Result<Inbox> {
    let me = &visit.caller()?.account_id;
    let at = if cursor.is_empty() { None } else { Some(Cursor::decode(cursor).ok_or_else(|| AppError::BadRequest("cursor".into()))?) };
    let mut tx = visit.app.db.read().await?;
    let mut rows = store::letters(&mut tx, me, at.as_ref(), newer, PAGE + 1).await?;
    let more = rows.len() > PAGE as usize;
    if more {
        rows.remove(if newer { 0 } else { rows.len() - 1 });
    }
    let (has_newer, has_older) = if newer { (more, true) } else { (at.is_some(), more) };
    let token = |row: Option<&Letter>| row.map(|row| Cursor { key: row.at, id: row.id.clone() }.encode());
    let count = store::count_letters(&mut tx, me, CAP).await?;
    Ok(Inbox {
        count: count.min(CAP),
        capped: count > CAP,
        unread: store::count_unread(&mut tx, me, CAP).await?,
        newer: token(rows.first()).filter(|_| has_newer),
        older: token(rows.last()).filter(|_| has_older),
        rows,
    })
}

/// What the caller was told of a case that began at an instant, the newest first; more than these stand in the inbox.
pub async fn about(visit: &Visit, tx: &mut Tx, case_no: &str, since: i64) -> Result<Vec<Letter>> {
    let links = [format!("/cases/{case_no}"), format!("/applications/{case_no}")];
    store::letters_of(tx, &visit.caller()?.account_id, links, since, PAGE).await
}

/// How many messages wait to be read.
pub async fn unread(app: &App, caller: &Caller) -> Result<i64> {
    store::count_unread(&mut app.db.read().await?, &caller.account_id, BELL).await
}

/// Opens a message: it is read, and leads on.
pub async fn open(visit: &Visit, id: String) -> Result<Answer> {
    let (me, now) = (visit.caller()?.account_id.clone(), visit.now());
    let work = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let letter = store::find_letter(tx, &me, &id).await?.ok_or(AppError::NotFound)?;
            store::mark_read(tx, &me, Some(&id), now).await?;
            Ok(Answer::Go(letter.link))
        })
    });
    work.await
}

/// Everything is read (全部标为已读).
pub async fn read_all(visit: &Visit) -> Result<Answer> {
    let (me, now) = (visit.caller()?.account_id.clone(), visit.now());
    visit.app.db.write(move |tx| Box::pin(async move { store::mark_read(tx, &me, None, now).await })).await?;
    Ok(Answer::Go("/inbox".into()))
}

/// How the caller is told; `me` is what is known of them.
pub async fn choices(visit: &Visit, me: Recipient) -> Result<Choices> {
    let choice = store::find_choice(&mut visit.app.db.read().await?, &me.account_id).await?.unwrap_or(me.usual());
    Ok(Choices { choice, mobile: me.mobile, email: me.email })
}

/// Notes how the caller wants to be told.
pub async fn choose(visit: &Visit, choice: Choice) -> Result<Answer> {
    let me = visit.caller()?.account_id.clone();
    visit.app.db.write(move |tx| Box::pin(async move { store::put_choice(tx, &me, choice).await })).await?;
    Ok(Answer::Go("/account/notices?saved=1".into()))
}
