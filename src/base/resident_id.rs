//! 居民身份证号码 (GB 11643-1999). It is a secret: `Debug` shows it masked, and stores hold ciphertext.

use super::{Say, say, text};
use jiff::civil::Date;

/// A resident identity number, eighteen characters, upper case X.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ResidentId(String);

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";
/// Province codes of GB/T 2260; 83 stands on residence permits of Taiwan residents.
const PROVINCES: [u8; 35] =
    [11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83];

impl ResidentId {
    /// Parses what was typed. A birth date after `today` is an error.
    pub fn parse(typed: &str, today: Date) -> Result<ResidentId, Say> {
        let id = text::code(typed);
        match id.chars().count() {
            18 => {}
            15 => return Err(say("15 位的老号码已停用，请填写 18 位身份证号码", "15-digit numbers are no longer valid; please enter the 18-character number")),
            now => return Err(say(format!("身份证号码应为 18 位，现在是 {now} 位"), format!("An identity number has 18 characters; this one has {now}"))),
        }
        let (Some(head), Some(&last)) = (id.get(..17).filter(|head| text::is_digits(head, 17)), id.as_bytes().last()) else {
            return Err(say("身份证号码前 17 位应全是数字，请检查", "The first 17 characters must be digits; please check them"));
        };
        if !last.is_ascii_digit() && last != b'X' {
            return Err(say("身份证号码最后一位应是数字或 X，请检查", "The last character must be a digit or X; please check it"));
        }
        if !head[..2].parse().is_ok_and(|province: u8| PROVINCES.contains(&province)) {
            return Err(say("身份证号码前两位不是省份代码，请检查", "The first two digits are not a province code; please check them"));
        }
        match birth_date(&id) {
            None => return Err(say("身份证号码第 7 至 14 位不是有效的出生日期，请检查", "Digits 7 to 14 are not a valid birth date; please check them")),
            Some(born) if born > today => {
                return Err(say(
                    "身份证号码里的出生日期晚于今天，请检查第 7 至 14 位",
                    "The birth date in this number is in the future; please check digits 7 to 14",
                ));
            }
            Some(_) => {}
        }
        if check_digit(head) != last {
            return Err(say(
                "身份证号码的最后一位与前 17 位不符，请对照证件逐位核对",
                "The last character does not match the others; please compare the number with the card",
            ));
        }
        Ok(ResidentId(id))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// 出生日期
    pub fn birth_date(&self) -> Date {
        birth_date(&self.0).unwrap_or(Date::ZERO)
    }

    /// Whether the sequence number is odd (男).
    pub fn is_male(&self) -> bool {
        self.0.as_bytes()[16] % 2 == 1
    }

    /// Full years of age on a day (周岁).
    pub fn age_on(&self, day: Date) -> i16 {
        let born = self.birth_date();
        let before_birthday = (day.month(), day.day()) < (born.month(), born.day());
        day.year() - born.year() - i16::from(before_birthday)
    }

    /// `610112********0012`
    pub fn masked(&self) -> String {
        text::masked(&self.0, 6, 4)
    }
}

/// Whether a text holds what may be an identity number, right or mistyped: seventeen digits in a row, whatever blanks and
/// letters stand around them.
pub fn holds_one(text: &str) -> bool {
    text::code(text).split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 17)
}

impl std::fmt::Debug for ResidentId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}

fn birth_date(id: &str) -> Option<Date> {
    Date::new(id.get(6..10)?.parse().ok()?, id.get(10..12)?.parse().ok()?, id.get(12..14)?.parse().ok()?).ok()
}

fn check_digit(head: &str) -> u8 {
    let sum: u32 = head.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    CHECKS[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 22);

    #[test]
    fn the_examples_of_the_standard() {
        for good in ["11010519491231002X", "11010519491231002x", "440524188001010014", "610112199001010012", " ６１０１１２ 19900101 0012 "] {
            assert!(ResidentId::parse(good, TODAY).is_ok(), "{good}");
        }
    }

    #[test]
    fn wrong_numbers_say_what_is_wrong() {
        for (bad, part) in [
            ("61011219900101001", "18 位"),
            ("610112900101001", "15 位"),
            ("6101121990010100A2", "数字"),
            ("61011219900101001A", "数字或 X"),
            ("990112199001010012", "省份"),
            ("610112199002300012", "出生日期"),
            ("610112299001010012", "晚于今天"),
            ("610112199001010013", "逐位核对"),
            ("六一〇一一二一九九〇〇一〇一〇〇一二", "数字"),
        ] {
            let message = ResidentId::parse(bad, TODAY).err().map(|m| m.zh.into_owned()).unwrap_or_default();
            assert!(message.contains(part), "{bad}: {message}");
        }
    }

    #[test]
    fn a_number_is_found_in_other_words() {
        for text in ["610112199001010012", "61011219900101001X", "TS61011219900101001９", "证号 610112 19900101 0013"] {
            assert!(holds_one(text), "{text}");
        }
        for text in ["", "Z610000100001", "6101121990010100-12", "六一〇一一二一九九〇〇一〇一〇〇一二"] {
            assert!(!holds_one(text), "{text}");
        }
    }

    #[test]
    fn what_a_number_tells() {
        let id = ResidentId::parse("610112199001010012", TODAY).unwrap();
        assert_eq!(id.birth_date(), date(1990, 1, 1));
        assert!(id.is_male());
        assert_eq!((id.age_on(date(2025, 12, 31)), id.age_on(date(2026, 1, 1))), (35, 36));
        assert_eq!(id.masked(), "610112********0012");
        assert_eq!(format!("{id:?}"), "610112********0012");
    }

    proptest! {
        #[test]
        fn one_changed_digit_is_caught(at in 0usize..17, digit in 0u8..10) {
            let mut id = b"610112199001010012".to_vec();
            prop_assume!(id[at] != b'0' + digit);
            id[at] = b'0' + digit;
            prop_assert!(ResidentId::parse(std::str::from_utf8(&id).unwrap(), TODAY).is_err());
        }

        #[test]
        fn any_text_is_judged_without_a_panic(text in "\\PC{0,24}") {
            let _ = ResidentId::parse(&text, TODAY);
        }
    }
}
