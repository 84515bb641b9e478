//! A message as both sides of the wire know it.

use crate::base::{Say, Text, t};
use serde::{Deserialize, Serialize};

/// How a message goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Channel {
    /// 短信
    Sms,
    /// 电子邮件
    Mail,
}

impl Channel {
    /// The word stored.
    pub fn word(self) -> &'static str {
        match self {
            Channel::Sms => "sms",
            Channel::Mail => "mail",
        }
    }

    /// The channel of a stored word.
    pub fn of_word(word: &str) -> Channel {
        if word == "mail" { Channel::Mail } else { Channel::Sms }
    }

    /// What a person calls it.
    pub fn label(self) -> Text {
        match self {
            Channel::Sms => t("短信", "Text message"),
            Channel::Mail => t("电子邮件", "Mail"),
        }
    }
}

/// A message of the demonstration, as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Unix milliseconds.
    pub at: i64,
    pub channel: Channel,
    pub to: String,
    /// Empty for text messages.
    pub subject: String,
    pub text: String,
}

/// A message of the inbox (站内消息).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub id: String,
    /// Unix milliseconds.
    pub at: i64,
    pub say: Say,
    /// Where it leads.
    pub link: String,
    /// An alert for a supervisor.
    pub flagged: bool,
    pub is_read: bool,
}

/// A page of the inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    pub rows: Vec<Letter>,
    /// How many there are, capped.
    pub count: i64,
    pub capped: bool,
    pub unread: i64,
    pub newer: Option<String>,
    pub older: Option<String>,
}

/// How a person is told besides the inbox (通知方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub sms: bool,
    pub mail: bool,
}

/// What the page of choices shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    pub choice: Choice,
    /// Where text messages and mail would go; empty if nowhere.
    pub mobile: String,
    pub email: String,
}
