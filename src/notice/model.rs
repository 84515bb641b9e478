//! A message as both sides of the wire know it.

use crate::base::{Text, t};
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
