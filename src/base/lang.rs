//! Two languages, Chinese first. Every sentence a person reads is a [`Text`] or a [`Say`], so that a missing
//! translation does not compile. Legal names (items, authorities, articles) are data and stay Chinese.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The language of the interface (界面语言).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Lang {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

impl Lang {
    /// The value of the HTML attribute `lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// The value of the `lang` cookie; anything unknown is Chinese.
    pub fn from_cookie(value: &str) -> Lang {
        if value == "en" { Lang::En } else { Lang::Zh }
    }
}

/// A fixed text in both languages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Text {
    pub zh: &'static str,
    pub en: &'static str,
}

/// Makes a [`Text`]; short because it stands beside every label.
pub const fn t(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

impl Text {
    /// No text at all (a field without a hint).
    pub const NONE: Text = t("", "");

    /// The text in one language.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    /// Whether this is [`Text::NONE`].
    pub const fn is_none(self) -> bool {
        self.zh.is_empty()
    }
}

/// A sentence with arguments in both languages; it may cross the network and is chosen where it is shown.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Say {
    pub zh: Cow<'static, str>,
    pub en: Cow<'static, str>,
}

/// Makes a [`Say`] from two finished sentences.
pub fn say(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Say {
    Say { zh: zh.into(), en: en.into() }
}

impl Say {
    /// The sentence in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Several of them in one language, one after the other.
pub fn listed(all: &[Say], lang: Lang) -> String {
    let between = match lang {
        Lang::Zh => "、",
        Lang::En => "; ",
    };
    all.iter().map(|one| one.get(lang)).collect::<Vec<_>>().join(between)
}

impl From<Text> for Say {
    fn from(text: Text) -> Say {
        say(text.zh, text.en)
    }
}
