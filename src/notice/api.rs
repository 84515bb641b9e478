//! What the browser may ask of messages.

use super::model::{Inbox, Message};
use crate::error::AppError;
use crate::ui::form::FormReply;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, PostUrl};

#[cfg(feature = "ssr")]
use {super::inbox as letters, super::model::Choice, crate::form::Values, crate::server::app::Visit, crate::server::plain};

/// The newest messages, in a demonstration only: nobody has a telephone there.
#[server(endpoint = "demo-messages", prefix = "/api", input = GetUrl)]
pub async fn demo_messages() -> Result<Vec<Message>, AppError> {
    super::service::newest(&crate::server::app::Visit::current()?).await
}

/// A page of the caller's inbox (消息).
#[server(name = AskInbox, endpoint = "notice/inbox", prefix = "/api", input = PostUrl)]
pub async fn inbox(#[server(default)] cursor: String, #[server(default)] newer: bool) -> Result<Inbox, AppError> {
    letters::inbox(&Visit::current()?, &cursor, newer).await
}

/// How many messages wait to be read; a page asks this by itself, so it keeps no session alive.
#[server(name = AskUnread, endpoint = "notice/unread", prefix = "/api", input = PostUrl)]
pub async fn unread() -> Result<i64, AppError> {
    let visit = Visit::current()?;
    letters::unread(&visit.app, visit.caller()?).await
}

/// Opens a message: it is read, and leads on.
#[server(name = OpenLetter, endpoint = "notice/open", prefix = "/api", input = PostUrl)]
pub async fn open(id: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let done = letters::open(&visit, id).await;
    plain::reply(&visit, "inbox", Values::new(), done).await
}

/// 全部标为已读
#[server(endpoint = "notice/read-all", prefix = "/api", input = PostUrl)]
pub async fn read_all() -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let done = letters::read_all(&visit).await;
    plain::reply(&visit, "inbox", Values::new(), done).await
}

/// Sets how the caller is told besides the inbox (通知方式); a box without a tick is not posted.
#[server(name = ChooseNotices, endpoint = "notice/choose", prefix = "/api", input = PostUrl)]
pub async fn choose(#[server(default)] sms: bool, #[server(default)] mail: bool) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let done = letters::choose(&visit, Choice { sms, mail }).await;
    plain::reply(&visit, "notices", Values::new(), done).await
}
