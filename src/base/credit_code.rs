//! 统一社会信用代码 (GB 32100-2015) and 组织机构代码 (GB 11714-1997). What the register says about a code is not known here.

use super::{Say, say, text};

/// A unified social credit code (统一社会信用代码), 18 characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CreditCode(String);

/// An organisation code (组织机构代码), nine characters; only units without a credit code still have one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OrganisationCode(String);

/// No I, O, S, V, Z: they look like 1, 0, 5, U, 2.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const LOOKALIKES: [(char, char); 5] = [('I', '1'), ('O', '0'), ('S', '5'), ('V', 'U'), ('Z', '2')];
/// Registration and class codes in use (spec 7.1); others are rare, not wrong.
const PREFIXES: [&str; 9] = ["91", "92", "93", "11", "12", "51", "52", "53", "Y"];

impl CreditCode {
    /// Parses what was typed. Only the last check character is binding (ruling 6).
    pub fn parse(typed: &str) -> Result<CreditCode, Say> {
        let code = text::code(typed);
        let count = code.chars().count();
        if count != 18 {
            return Err(say(
                format!("统一社会信用代码应为 18 位，现在是 {count} 位，请对照营业执照填写"),
                format!("A unified social credit code has 18 characters; this one has {count}. Please compare it with the business licence"),
            ));
        }
        spelling(&code, 3..=8, "统一社会信用代码", "A unified social credit code")?;
        if check_character(&code) != code.chars().last() {
            return Err(say(
                "第 18 位校验码与前 17 位不符，请对照营业执照逐位核对",
                "Character 18 does not match the first 17; please compare the code with the business licence",
            ));
        }
        Ok(CreditCode(code))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Region of registration (第 3–8 位).
    pub fn region(&self) -> &str {
        &self.0[2..8]
    }

    /// Characters 9–17 when they pass as an [`OrganisationCode`].
    pub fn organisation(&self) -> Option<OrganisationCode> {
        OrganisationCode::parse(&self.0[8..17]).ok()
    }

    /// Whether it belongs to an enterprise, an individual business or a cooperative (91, 92, 93).
    pub fn is_business(&self) -> bool {
        matches!(&self.0[..2], "91" | "92" | "93")
    }

    /// What is unusual about a valid code (ruling 6).
    pub fn warnings(&self) -> Vec<Say> {
        let organisation = self.organisation().is_none().then(|| {
            say(
                "第 9–17 位（组织机构代码）的校验位不符，请再核对一次；确认无误可以继续",
                "Characters 9–17 (organisation code) fail their own check; please compare once more. If they are right, go on",
            )
        });
        let prefix = (!PREFIXES.iter().any(|prefix| self.0.starts_with(prefix))).then(|| {
            say(
                format!("代码以 {} 开头，较为少见，请再核对一次；确认无误可以继续", &self.0[..2]),
                format!("Codes beginning with {} are unusual; please compare once more. If it is right, go on", &self.0[..2]),
            )
        });
        organisation.into_iter().chain(prefix).collect()
    }
}

impl OrganisationCode {
    /// Parses what was typed, with or without the hyphen before the last character.
    pub fn parse(typed: &str) -> Result<OrganisationCode, Say> {
        let mut code = text::code(typed);
        if code.chars().nth(8) == Some('-') {
            code.remove(code.char_indices().nth(8).map_or(0, |(at, _)| at));
        }
        let count = code.chars().count();
        if count != 9 {
            return Err(say(format!("组织机构代码应为 9 位，现在是 {count} 位"), format!("An organisation code has 9 characters; this one has {count}")));
        }
        spelling(&code, 0..=0, "组织机构代码", "An organisation code")?;
        if organisation_check(&code) != code.chars().last() {
            return Err(say("组织机构代码最后一位与前 8 位不符，请逐位核对", "The last character does not match the first eight; please compare the code"));
        }
        Ok(OrganisationCode(code))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Every character one of the alphabet, digits at the region's places; says which place is wrong and what it may have been.
fn spelling(code: &str, digits: std::ops::RangeInclusive<usize>, name_zh: &str, name_en: &str) -> Result<(), Say> {
    for (at, c) in code.chars().enumerate().map(|(i, c)| (i + 1, c)) {
        if let Some((_, likely)) = LOOKALIKES.iter().find(|(letter, _)| *letter == c) {
            return Err(say(
                format!("第 {at} 位是字母 {c}。{name_zh}不用 I、O、Z、S、V 这五个字母，请核对是否为 {likely}"),
                format!("Character {at} is the letter {c}. {name_en} has no I, O, Z, S or V; it may be {likely}"),
            ));
        }
        if !ALPHABET.contains(c) {
            return Err(say(format!("第 {at} 位“{c}”不是数字或大写字母，请核对"), format!("Character {at} (“{c}”) is not a digit or letter; please check it")));
        }
        if digits.contains(&at) && !c.is_ascii_digit() {
            return Err(say(
                format!("第 {at} 位“{c}”应是数字（第 3–8 位是登记地区代码），请核对"),
                format!("Character {at} (“{c}”) must be a digit (3–8 are the region code); please check it"),
            ));
        }
    }
    Ok(())
}

/// Check character of GB 32100: weights 3^(i−1) mod 31 over the 31 characters.
fn check_character(code: &str) -> Option<char> {
    let (sum, _) = code.chars().take(17).try_fold((0, 1), |(sum, weight), c| Some((sum + ALPHABET.find(c)? * weight, weight * 3 % 31)))?;
    ALPHABET.chars().nth((31 - sum % 31) % 31)
}

/// Check character of GB 11714 over 0–9, A–Z.
fn organisation_check(code: &str) -> Option<char> {
    let sum = code.chars().zip([3, 7, 9, 10, 5, 8, 4, 2]).try_fold(0, |sum, (c, weight)| Some(sum + c.to_digit(36)? * weight))?;
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_test_set_of_the_specification() {
        for good in ["91610112MA00DEM143", "91330100MA00DEM22M", "91440300MA00DEM733", "92510100MA00DEMX60", "1211000040000DM3X3", "９１610112ma00 DEM143"] {
            let code = CreditCode::parse(good).unwrap();
            assert_eq!(code.warnings(), Vec::new(), "{good}");
        }
        for (bad, part) in [
            ("91610112MA00DEM144", "校验码"),
            ("91610112MA00SEM143", "字母 S"),
            ("91610112MA00DEM14", "17 位"),
            ("9161O112MA00DEM143", "是否为 0"),
            ("9161A112MA00DEM143", "应是数字"),
            ("91610112MA00DE*143", "*"),
            ("", "0 位"),
        ] {
            let message = CreditCode::parse(bad).err().map(|m| m.zh.into_owned()).unwrap_or_default();
            assert!(message.contains(part), "{bad}: {message}");
        }
    }

    #[test]
    fn an_unusual_code_is_a_warning() {
        let with_check = |head: &str| CreditCode::parse(&format!("{head}{}", check_character(head).unwrap())).unwrap();
        assert_eq!(with_check("91610112MA00DEM15").warnings().len(), 1);
        assert_eq!(with_check("81610112MA00DEM14").warnings().len(), 1);
        assert_eq!(with_check("81610112MA00DEM15").warnings().len(), 2);
    }

    #[test]
    fn organisation_codes() {
        for good in ["MA00DEM14", "MA00DEM1-4", "D2143569-X", "d2143569x"] {
            assert!(OrganisationCode::parse(good).is_ok(), "{good}");
        }
        for bad in ["MA00DEM15", "D21435691", "MA00SEM14", "MA00DEM1", ""] {
            assert!(OrganisationCode::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(CreditCode::parse("91610112MA00DEM143").unwrap().organisation().unwrap().as_str(), "MA00DEM14");
    }

    proptest! {
        #[test]
        fn one_changed_character_is_caught(at in 0usize..18, other in 0usize..31) {
            let mut code: Vec<char> = "91610112MA00DEM143".chars().collect();
            let other = ALPHABET.chars().nth(other).unwrap();
            prop_assume!(code[at] != other);
            code[at] = other;
            prop_assert!(CreditCode::parse(&code.into_iter().collect::<String>()).is_err());
        }

        #[test]
        fn any_text_is_judged_without_a_panic(text in "\\PC{0,24}") {
            let _ = (CreditCode::parse(&text), OrganisationCode::parse(&text));
        }
    }
}
