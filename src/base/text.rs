//! Typed text made comparable: edges, invisible characters, width. It never judges; that is [`super::check`].

/// The text as it is kept: edges trimmed, control and invisible formatting characters dropped, line breaks kept, composed (NFC, spec 7.4).
pub fn tidy(text: &str) -> String {
    let kept: String = text.chars().filter_map(visible).collect();
    composed(kept.trim())
}

/// One character for each that can be written as several. The tables for it weigh too much for the browser; what it sends is composed
/// where it is kept.
fn composed(text: &str) -> String {
    #[cfg(feature = "ssr")]
    {
        use unicode_normalization::{UnicodeNormalization, is_nfc};
        if !is_nfc(text) {
            return text.nfc().collect();
        }
    }
    text.to_owned()
}

fn visible(c: char) -> Option<char> {
    match c {
        '\n' => Some(c),
        '\t' | '\u{a0}' => Some(' '),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => None,
        _ => (!c.is_control()).then_some(c),
    }
}

/// Full-width digits, letters and signs (全角) as half-width ones (半角), for codes and numbers.
pub fn to_half_width(text: &str) -> String {
    text.chars().map(half).collect()
}

fn half(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// A code as it is compared: half-width, upper case, without blanks.
pub fn code(text: &str) -> String {
    to_half_width(&tidy(text)).chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()
}

/// Whether two names of units or persons are the same but for the width of brackets and blanks (spec 7.4, name equality).
pub fn same_name(a: &str, b: &str) -> bool {
    code(a) == code(b)
}

/// The first `head` and last `tail` characters with `*` between, for ids shown to others than their owner.
pub fn masked(text: &str, head: usize, tail: usize) -> String {
    let count = text.chars().count();
    let hidden = |i: usize| i >= head && i + tail < count;
    text.chars().enumerate().map(|(i, c)| if hidden(i) { '*' } else { c }).collect()
}

/// Whether every character is an ASCII digit, and there are as many as `count`.
pub fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}

/// A text as a part of an address: everything but the unreserved characters of RFC 3986 percent-encoded.
pub fn url_escape(text: &str) -> String {
    let escape = |byte: u8| if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(escape).collect()
}

/// Whether an address is a page of ours to go on at, as it stands in a `Location`: nothing a browser would take for another site.
pub fn is_ours(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !address.contains('\\') && address.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The pattern of a LIKE (with `ESCAPE '!'`, over lower case) that finds a name; brackets of either width find each other.
pub fn like(typed: &str) -> String {
    let sign = |c: char| match c {
        '(' | ')' | '（' | '）' => "_".to_owned(),
        '%' | '_' | '!' => format!("!{c}"),
        _ => c.to_ascii_lowercase().to_string(),
    };
    format!("%{}%", typed.chars().map(sign).collect::<String>())
}

/// Whether a text holds every word looked for, apart by blanks: in any order, width, case, with a Roman numeral as one sign (Ⅱ) or as
/// letters (II).
pub fn holds_words(text: &str, wanted: &str) -> bool {
    let text = searched(text);
    searched(wanted).split_whitespace().all(|word| text.contains(word))
}

/// A text as it is looked through. A numeral is one sign, so that I is not found in II.
fn searched(text: &str) -> String {
    const NUMERALS: [(&str, &str); 3] = [("iii", "ⅲ"), ("ii", "ⅱ"), ("i", "ⅰ")];
    let lower = to_half_width(text).to_lowercase();
    let mut out = String::with_capacity(lower.len());
    for part in lower.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let numeral = NUMERALS.iter().find(|(letters, _)| *letters == word).map_or(word, |(_, sign)| *sign);
        out.push_str(numeral);
        out.push_str(&part[word.len()..]);
    }
    out
}

/// Text as it may stand in HTML, between tags and in quotes.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidying_keeps_what_is_seen() {
        for (typed, kept) in
            [("  西安　", "西安"), ("a\u{200b}b\u{feff}", "ab"), ("一\r\n二", "一\n二"), ("a\tb", "a b"), ("\u{7}", ""), ("（甲）Ａ", "（甲）Ａ")]
        {
            assert_eq!(tidy(typed), kept, "{typed:?}");
        }
    }

    #[test]
    fn codes_are_half_width() {
        assert_eq!(to_half_width("９１ＡｂＺ－（）"), "91AbZ-()");
        assert_eq!(code(" ９１６１ 0112ma "), "91610112MA");
    }

    #[test]
    fn names_differ_only_in_brackets_and_blanks() {
        assert!(same_name("西安某某（集团）有限公司", "西安某某 (集团) 有限公司"));
        assert!(!same_name("西安某某有限公司", "西安某某有限责任公司"));
    }

    #[test]
    fn only_addresses_of_ours_are_gone_on_at() {
        for address in ["/", "/applications?x=1", "/search?q=%E9%98%80%E9%97%A8", "/apply/first?values%5Bplace0%401%5D=610000&next=//x"] {
            assert!(is_ours(address), "{address}");
        }
        for address in ["", "search", "//evil.example", "https://evil.example", "/\\evil", "/\t/evil.example", "/a\r\nb", "/a b", "/阀门"] {
            assert!(!is_ours(address), "{address}");
        }
        assert_eq!(url_escape("/search?q=%E9 阀"), "%2Fsearch%3Fq%3D%25E9%20%E9%98%80");
    }

    #[test]
    fn words_are_found_in_any_order_and_width() {
        for (text, wanted, found) in [
            ("UT-II 脉冲反射法超声检测Ⅱ级 Ⅱ级", "超声 Ⅱ级", true),
            ("UT-II 脉冲反射法超声检测Ⅱ级 Ⅱ级", "Ⅱ级　超声", true),
            ("UT-II 脉冲反射法超声检测Ⅱ级 Ⅱ级", "超声 II级", true),
            ("UT-II 脉冲反射法超声检测Ⅱ级 Ⅱ级", "ut Ⅱ", true),
            ("UT-II 脉冲反射法超声检测Ⅱ级 Ⅱ级", "ＵＴ－ＩＩ", true),
            ("UT-II 脉冲反射法超声检测Ⅱ级 Ⅱ级", "ut-i", false),
            ("UT-II 脉冲反射法超声检测Ⅱ级 Ⅱ级", "超声 Ⅰ级", false),
            ("UT-II 脉冲反射法超声检测Ⅱ级 Ⅱ级", "磁粉 Ⅱ级", false),
            ("Y-GL 锅炉检验员 检验员 锅炉", "锅炉 检验员", true),
            ("Y-GL 锅炉检验员 检验员 锅炉", "  ", true),
            ("MFL(AUTO)-II", "mfl（auto）", true),
        ] {
            assert_eq!(holds_words(text, wanted), found, "{text} {wanted}");
        }
    }

    #[test]
    fn masking_keeps_head_and_tail() {
        assert_eq!(masked("13812341234", 3, 4), "138****1234");
        assert_eq!(masked("12", 3, 4), "12");
    }
}
