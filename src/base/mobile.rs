//! 手机号. Whether it can be reached is found out by a code sent to it, not here.

use super::{Say, say, text};

/// A mobile number of mainland China, eleven digits (手机号; spec 7.4).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mobile(String);

impl Mobile {
    /// Parses what was typed; blanks, hyphens and a leading +86 are accepted.
    pub fn parse(typed: &str) -> Result<Mobile, Say> {
        let digits: String = text::code(typed).chars().filter(|c| *c != '-').collect();
        let digits = digits.strip_prefix("+86").unwrap_or(&digits);
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(say("手机号只能有数字，请检查", "A mobile number has digits only; please check it"));
        }
        if digits.len() != 11 {
            let now = digits.len();
            return Err(say(format!("手机号应为 11 位数字，现在是 {now} 位"), format!("A mobile number has 11 digits; this one has {now}")));
        }
        if !matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]) {
            return Err(say("手机号应以 13 至 19 开头，请检查前两位", "A mobile number begins with 13 to 19; please check the first two digits"));
        }
        Ok(Mobile(digits.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `138****1234`
    pub fn masked(&self) -> String {
        text::masked(&self.0, 3, 4)
    }
}

impl std::fmt::Debug for Mobile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for good in ["13812341234", "138 1234 1234", "138-1234-1234", "+86 13812341234", "１３８１２３４１２３４"] {
            assert_eq!(Mobile::parse(good).map(|m| m.as_str().to_owned()), Ok("13812341234".to_owned()), "{good}");
        }
        for bad in ["1381234123", "138123412345", "12812341234", "23812341234", "1381234123a", ""] {
            assert!(Mobile::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Mobile::parse("13812341234").map(|m| m.masked()), Ok("138****1234".to_owned()));
    }
}
