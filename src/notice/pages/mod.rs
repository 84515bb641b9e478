//! The screens of messages.

mod messages;

pub use messages::MessagesPage;
