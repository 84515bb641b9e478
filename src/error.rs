//! The one error type of the application. The policy: a person is told what happened, what is kept and what to do;
//! an unexpected cause is logged once, where it becomes [`AppError::Broken`], with an incident id, and never shown.

use crate::base::{Say, say};
use leptos::prelude::*;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::FromServerFnError;
use serde::{Deserialize, Serialize};

/// Everything that can keep a request from being done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    /// Nobody is signed in, or the session has ended (401).
    #[error("sign in first")]
    SignIn,
    /// Signed in, but this is not theirs to do (403).
    #[error("not allowed")]
    Forbidden,
    /// There is no such thing, or its existence is itself a secret (404).
    #[error("not found")]
    NotFound,
    /// The thing moved on meanwhile: submitted, withdrawn, deleted, decided (409).
    #[error("not possible in this state")]
    Moved(Say),
    /// A rule of the field refuses it (422).
    #[error("refused")]
    Refused(Say),
    /// Too often; try again after this many seconds (429).
    #[error("too many requests")]
    TooOften { seconds: i64 },
    /// The request itself makes no sense; our pages never send it (400).
    #[error("bad request: {0}")]
    BadRequest(String),
    /// An unexpected cause, logged under this incident id (500).
    #[error("incident {0}")]
    Broken(String),
    /// The network or the server could not be reached; known to the browser only.
    #[error("unreachable: {0}")]
    Unreachable(String),
}

/// What most functions of the server give back.
pub type Result<T, E = AppError> = std::result::Result<T, E>;

impl AppError {
    /// The HTTP status it answers with.
    pub fn status(&self) -> u16 {
        match self {
            AppError::SignIn => 401,
            AppError::Forbidden => 403,
            AppError::NotFound => 404,
            AppError::Moved(_) => 409,
            AppError::Refused(_) => 422,
            AppError::TooOften { .. } => 429,
            AppError::BadRequest(_) => 400,
            AppError::Broken(_) | AppError::Unreachable(_) => 500,
        }
    }

    /// What a person is told.
    pub fn say(&self) -> Say {
        match self {
            AppError::SignIn => say("登录已结束，请重新登录；已保存的内容都在。", "Your session has ended. Please sign in again; what was saved is kept."),
            AppError::Forbidden => say(
                "您的账号不能做这项操作。如需要，请联系本单位的主账号；机关工作人员请联系管理员。",
                "Your account may not do this. If you need it, ask the owner of your unit’s account; officials ask the administrator.",
            ),
            AppError::NotFound => {
                say("没有找到。可能地址有误，或者它不属于您的账号。", "Not found. The address may be wrong, or it does not belong to your account.")
            }
            AppError::Moved(text) | AppError::Refused(text) => text.clone(),
            AppError::TooOften { seconds } => {
                say(format!("操作过于频繁，请在 {seconds} 秒后再试。"), format!("Too many attempts. Please try again in {seconds} seconds."))
            }
            AppError::BadRequest(_) => say(
                "请求内容不完整，未作任何改动。请刷新页面后再试。",
                "The request was incomplete; nothing was changed. Please reload the page and try again.",
            ),
            AppError::Broken(id) => say(
                format!("系统出了问题，没有保存这一步；之前已保存的内容都在。请稍后再试，仍不行请把编号 {id} 告诉我们。"),
                format!(
                    "Something went wrong on our side and this step was not saved; everything saved before is kept. Please try again later, and quote {id} if it persists."
                ),
            ),
            AppError::Unreachable(_) => say(
                "暂时连不上服务器，您填写的内容还在本页。恢复后会继续。",
                "The server cannot be reached right now. What you typed is still on this page; we will go on when it is back.",
            ),
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            ServerFnErrorErr::Args(what) | ServerFnErrorErr::MissingArg(what) => AppError::BadRequest(what),
            other => AppError::Unreachable(other.to_string()),
        }
    }
}

#[cfg(feature = "ssr")]
impl<E: std::error::Error> From<BrokenBy<E>> for AppError {
    fn from(BrokenBy(cause): BrokenBy<E>) -> AppError {
        let id = crate::server::ids::incident();
        tracing::error!(incident = id, %cause, "unexpected");
        AppError::Broken(id)
    }
}

/// Wraps an unexpected cause on its way to [`AppError::Broken`]; explicit, so that `?` never leaks one by accident.
#[cfg(feature = "ssr")]
pub struct BrokenBy<E>(pub E);

/// `.broken()?` on results whose failure no person can mend.
#[cfg(feature = "ssr")]
pub trait OrBroken<T> {
    fn broken(self) -> Result<T>;
}

#[cfg(feature = "ssr")]
impl<T, E: std::error::Error> OrBroken<T> for std::result::Result<T, E> {
    fn broken(self) -> Result<T> {
        self.map_err(|cause| BrokenBy(cause).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Units have an owner, officials an administrator who gives them their duties.
    #[test]
    fn whoever_may_not_do_something_is_told_whom_to_ask() {
        let said = AppError::Forbidden.say();
        assert!(said.zh.contains("本单位的主账号") && said.zh.contains("机关工作人员请联系管理员"), "{}", said.zh);
        assert!(said.en.contains("owner") && said.en.contains("administrator"), "{}", said.en);
    }
}
