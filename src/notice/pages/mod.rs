//! The screens of messages.

mod bell;
mod inbox;
mod messages;

pub use bell::use_unread;
pub use inbox::InboxPage;
pub use messages::MessagesPage;
