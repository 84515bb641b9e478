//! What is wrong with one answer, and what to do about it (spec 7.1–7.4): one sentence per finding, without a full stop,
//! because the form may add an example. Comparisons between answers belong to the page's rules.

use super::{CreditCode, Mobile, OrganisationCode, ResidentId, Say, money, say, text};
use crate::form::{Choice, Kind};
use jiff::civil::Date;

/// Judges a tidied answer that is not empty.
pub fn value(kind: Kind, value: &str, today: Date) -> Result<(), Say> {
    match kind {
        Kind::Text | Kind::LongText | Kind::Password => Ok(()),
        // Which rows there are the document knows.
        Kind::Rows(_) => Ok(()),
        Kind::Int(_) => integer(value),
        Kind::Decimal(places, _) => decimal(value, places),
        Kind::Date => date(value).map(drop),
        Kind::Period => period(value),
        Kind::Year => year(value),
        Kind::Select(choices) | Kind::Radio(choices) => chosen(choices, std::iter::once(value)),
        Kind::Checks(choices) => chosen(choices, value.split(',')),
        Kind::Tick => holds(value == "yes", "请勾选此项，或不作选择", "Please tick this box or leave it empty"),
        Kind::Region => region(value),
        Kind::CreditCode => CreditCode::parse(value).map(drop),
        Kind::UnitCode if is_legacy(value) => OrganisationCode::parse(value).map(drop),
        Kind::UnitCode => CreditCode::parse(value).map(drop),
        Kind::ResidentId => ResidentId::parse(value, today).map(drop),
        Kind::Mobile => Mobile::parse(value).map(drop),
        Kind::Phone => phone(value),
        Kind::Telephone => telephone(value),
        Kind::Email => email(value),
        Kind::Url => url(value),
        Kind::Postcode => digits(value, 6, "邮政编码", "A postcode"),
        Kind::Username => username(value),
        Kind::NewPassword => new_password(value),
        Kind::SmsCode => digits(value, 6, "短信验证码", "The code in the message"),
    }
}

/// What a person may leave as it is, but should look at once more (ruling 6).
pub fn warnings(kind: Kind, value: &str) -> Vec<Say> {
    match kind {
        Kind::UnitCode if is_legacy(value) => vec![say(
            "这是 9 位组织机构代码。2018 年起单位使用 18 位统一社会信用代码，如已换领请填写新代码",
            "This is a 9-character organisation code. Since 2018 units use the 18-character credit code; please enter it if you have one",
        )],
        Kind::CreditCode | Kind::UnitCode => CreditCode::parse(value).map(|code| code.warnings()).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// A correct answer in its one normal form: codes half-width and upper case, numbers without idle zeros.
pub fn canonical(kind: Kind, value: &str) -> String {
    let tidy = text::tidy(value);
    match kind {
        Kind::Int(_) | Kind::Decimal(..) => money::plain(&tidy).unwrap_or(tidy),
        Kind::UnitCode if is_legacy(&tidy) => OrganisationCode::parse(&tidy).map(|code| code.as_str().to_owned()).unwrap_or(tidy),
        Kind::CreditCode | Kind::UnitCode | Kind::ResidentId => text::code(&tidy),
        Kind::Mobile => Mobile::parse(&tidy).map(|mobile| mobile.as_str().to_owned()).unwrap_or(tidy),
        Kind::Telephone => Mobile::parse(&tidy).map_or_else(|_| text::code(&tidy), |mobile| mobile.as_str().to_owned()),
        Kind::Phone | Kind::Postcode | Kind::SmsCode | Kind::Year | Kind::Date | Kind::Period | Kind::Region => text::code(&tidy),
        _ => tidy,
    }
}

/// Whether a new password holds the user name (spec 7.4); the form compares the two fields with this.
pub fn holds_username(password: &str, username: &str) -> bool {
    !username.is_empty() && password.to_lowercase().contains(&username.to_lowercase())
}

/// An ISO date between 1900 and 2100.
pub fn date(value: &str) -> Result<Date, Say> {
    let digits = text::code(value);
    let parts: Vec<&str> = digits.split('-').collect();
    let shaped = matches!(parts[..], [y, m, d] if text::is_digits(y, 4) && text::is_digits(m, 2) && text::is_digits(d, 2));
    if !shaped {
        return Err(say("请按“年-月-日”填写日期，如 2026-03-09", "Please write the date as year-month-day, such as 2026-03-09"));
    }
    let date: Date =
        digits.parse().map_err(|_| say(format!("没有 {digits} 这一天，请检查月和日"), format!("There is no day {digits}; please check month and day")))?;
    if !(1900..=2100).contains(&date.year()) {
        return Err(say("年份应在 1900 至 2100 之间，请检查", "The year must be between 1900 and 2100; please check it"));
    }
    Ok(date)
}

/// Both days are there, and the last is not before the first.
fn period(value: &str) -> Result<(), Say> {
    let days = text::code(value);
    let [from, to] = super::period::ends(&days);
    holds(!from.is_empty() && !to.is_empty(), "请把开始日期和结束日期都填上", "Please give both the first and the last day")?;
    let (from, to) = (date(from)?, date(to)?);
    holds(from <= to, "结束日期不能早于开始日期", "The last day cannot be before the first")
}

fn holds(right: bool, zh: &'static str, en: &'static str) -> Result<(), Say> {
    if right { Ok(()) } else { Err(say(zh, en)) }
}

fn is_legacy(value: &str) -> bool {
    let code = text::code(value);
    matches!(code.chars().filter(|c| *c != '-').count(), 9)
}

fn digits(value: &str, count: usize, name_zh: &str, name_en: &str) -> Result<(), Say> {
    let code = text::code(value);
    if text::is_digits(&code, count) {
        return Ok(());
    }
    Err(say(format!("{name_zh}应为 {count} 位数字"), format!("{name_en} has {count} digits")))
}

fn number(value: &str) -> Result<String, Say> {
    let typed = text::code(value);
    if typed.contains([',', '，', '\'']) {
        return Err(say("请去掉数字里的逗号", "Please leave out thousands separators"));
    }
    if typed.starts_with(['-', '−']) {
        return Err(say("数字不能小于 0", "The number cannot be below 0"));
    }
    let plain = money::plain(&typed).ok_or_else(|| say("请填写数字，不带单位和其他符号", "Please enter a number, without units or other signs"))?;
    if plain.len() > 18 {
        return Err(say("数字太大，请检查单位", "The number is too large; please check the unit"));
    }
    Ok(plain)
}

fn integer(value: &str) -> Result<(), Say> {
    let plain = number(value)?;
    holds(money::decimals(&plain) == 0, "请填写整数", "Please enter a whole number")
}

fn decimal(value: &str, places: u8) -> Result<(), Say> {
    let plain = number(value)?;
    if money::decimals(&plain) > usize::from(places) {
        return Err(say(format!("最多保留 {places} 位小数"), format!("At most {places} decimals")));
    }
    Ok(())
}

fn year(value: &str) -> Result<(), Say> {
    let year = text::code(value);
    let real = text::is_digits(&year, 4) && ("1900"..="2100").contains(&year.as_str());
    holds(real, "年份应为 1900 至 2100 之间的四位数字", "A year has four digits, between 1900 and 2100")
}

fn chosen<'v>(choices: &[Choice], mut values: impl Iterator<Item = &'v str>) -> Result<(), Say> {
    let known = values.all(|value| choices.iter().any(|choice| choice.key == value));
    holds(known, "请从列出的选项中选择", "Please choose from the list")
}

/// The browser has no table of regions: its lists come from the server, which judges the code again.
#[cfg(not(feature = "ssr"))]
fn region(value: &str) -> Result<(), Say> {
    holds(text::is_digits(value, 6), "请选择所在地区", "Please choose a region")
}

#[cfg(feature = "ssr")]
fn region(value: &str) -> Result<(), Say> {
    holds(super::region::find(value).is_some(), "没有这个地区，请重新选择", "There is no such region; please choose again")?;
    holds(
        super::region::is_deepest(value),
        "请继续选择下一级（市、区、县），选到最后一级为止",
        "Please go on to the next level (city, district) until there is none",
    )
}

fn phone(value: &str) -> Result<(), Say> {
    let number = text::code(value);
    if Mobile::parse(&number).is_ok() {
        return Err(say("这是手机号，请填写带区号的固定电话", "This is a mobile number; please enter a landline with its area code"));
    }
    let is_number = |part: &str, lengths: std::ops::RangeInclusive<usize>| lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let is_joined = |line: &str| is_number(line, 10..=12);
    let is_split = |area: &str, line: &str| is_number(area, 3..=4) && is_number(line, 7..=8);
    let parts: Vec<&str> = number.split('-').collect();
    let right = number.starts_with('0')
        && match parts[..] {
            [line] => is_joined(line),
            [first, second] => is_split(first, second) || (is_joined(first) && is_number(second, 1..=6)),
            [area, line, extension] => is_split(area, line) && is_number(extension, 1..=6),
            _ => false,
        };
    holds(
        right,
        "请按“区号-号码”填写，分机写在最后，如 029-88888888-801",
        "Please write area code and number, with an extension last, such as 029-88888888-801",
    )
}

fn telephone(value: &str) -> Result<(), Say> {
    holds(
        Mobile::parse(value).is_ok() || phone(value).is_ok(),
        "请填写 11 位手机号，或者带区号的固定电话",
        "Please enter a mobile number of 11 digits, or a landline with its area code",
    )
}

fn email(value: &str) -> Result<(), Say> {
    let half = text::to_half_width(value);
    if half.chars().count() > 100 {
        return Err(say("电子邮箱最多 100 个字符", "An e-mail address has at most 100 characters"));
    }
    let right = match half.split('@').collect::<Vec<_>>()[..] {
        [name, host] => !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && half.chars().all(|c| !c.is_whitespace()),
        _ => false,
    };
    holds(right, "电子邮箱应写成“名称@域名”，中间没有空格", "An e-mail address is name@domain, without blanks")
}

fn url(value: &str) -> Result<(), Say> {
    let lower = value.to_ascii_lowercase();
    let Some(rest) = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")) else {
        return Err(say("网址应以 http:// 或 https:// 开头", "A web address begins with http:// or https://"));
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let right = host.contains('.') && !host.starts_with('.') && !rest.chars().any(|c| c.is_whitespace() || matches!(c, '"' | '<' | '>'));
    holds(right, "网址不完整或含有空格，请检查", "The web address is incomplete or has blanks; please check it")
}

fn username(value: &str) -> Result<(), Say> {
    let plain = (4..=20).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_alphanumeric());
    holds(plain, "用户名应为 4 至 20 位字母或数字，没有空格和符号", "A user name has 4 to 20 letters or digits, without blanks or signs")?;
    holds(value.bytes().any(|b| b.is_ascii_alphabetic()), "用户名至少要有一个字母", "A user name needs at least one letter")
}

fn new_password(value: &str) -> Result<(), Say> {
    let count = value.chars().count();
    if !(8..=20).contains(&count) {
        return Err(say(format!("密码应为 8 至 20 位，现在是 {count} 位"), format!("A password has 8 to 20 characters; this one has {count}")));
    }
    holds(
        value.bytes().all(|b| b.is_ascii_graphic()),
        "密码只能用英文字母、数字和半角符号，没有空格",
        "A password has letters, digits and ASCII signs only, without blanks",
    )?;
    let has = |class: fn(&u8) -> bool| value.as_bytes().iter().any(class);
    let classes = [
        (has(u8::is_ascii_uppercase), "大写字母", "a capital letter"),
        (has(u8::is_ascii_lowercase), "小写字母", "a small letter"),
        (has(u8::is_ascii_digit), "数字", "a digit"),
        (has(u8::is_ascii_punctuation), "特殊字符（如 ! @ # %）", "a sign (such as ! @ # %)"),
    ];
    let lacking: Vec<_> = classes.iter().filter(|(there, ..)| !there).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    Err(say(
        format!("密码还缺少{}", lacking.iter().map(|(_, zh, _)| *zh).collect::<Vec<_>>().join("、")),
        format!("The password still needs {}", lacking.iter().map(|(_, _, en)| *en).collect::<Vec<_>>().join(", ")),
    ))
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
