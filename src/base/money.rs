//! Decimal numbers as text (注册资金、面积、压力): never floating point, so that what was typed is what is printed.

use super::text;

/// A decimal number ≥ 0 as it is shown: no leading or trailing zeros, no full-width digits. `None` if it is no such number.
pub fn plain(typed: &str) -> Option<String> {
    let number = text::code(typed);
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        rest => rest,
    };
    Some(match fraction.trim_end_matches('0') {
        "" => whole.to_owned(),
        fraction => format!("{whole}.{fraction}"),
    })
}

/// How many decimals a number in [`plain`] form has.
pub fn decimals(plain: &str) -> usize {
    plain.split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

/// The number times 10 to the `places`, for columns that are sorted; `None` if it does not fit.
pub fn scaled(typed: &str, places: u8) -> Option<i64> {
    let number = plain(typed)?;
    let missing = usize::from(places).checked_sub(decimals(&number))?;
    format!("{}{}", number.replace('.', ""), "0".repeat(missing)).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (typed, shown) in [("1000.000000", "1000"), ("0.500", "0.5"), ("００12.3４", "12.34"), ("0", "0"), ("000", "0"), ("0.0", "0")] {
            assert_eq!(plain(typed).as_deref(), Some(shown), "{typed}");
        }
        for bad in ["", ".", "1.", ".5", "1,000", "-1", "1e3", "1.2.3", "一百"] {
            assert_eq!(plain(bad), None, "{bad}");
        }
        assert_eq!(scaled("12.34", 6), Some(12_340_000));
        assert_eq!(scaled("1.2345678", 6), None);
        assert_eq!(scaled("99999999999999999999", 0), None);
    }
}
