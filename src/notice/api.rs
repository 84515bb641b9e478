//! What the browser may ask of messages.

use super::model::Message;
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The newest messages, in a demonstration only: nobody has a telephone there.
#[server(endpoint = "demo-messages", prefix = "/api", input = GetUrl)]
pub async fn demo_messages() -> Result<Vec<Message>, AppError> {
    super::service::newest(&crate::server::app::Visit::current()?).await
}
