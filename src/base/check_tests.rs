use super::*;
use crate::base::t;
use crate::form::choice;
use jiff::civil::date as day;
use proptest::prelude::*;

const TODAY: Date = day(2026, 11, 22);
const CHOICES: &[Choice] = &[choice("a", "甲", "A"), choice("b", "乙", "B")];
const METRES: Kind = Kind::Decimal(2, t("米", "m"));
const PIECES: Kind = Kind::Int(t("台", "pcs"));

fn all_kinds() -> Vec<Kind> {
    use Kind::*;
    let plain = [
        Text,
        LongText,
        Date,
        Period,
        Year,
        Tick,
        Region,
        CreditCode,
        UnitCode,
        ResidentId,
        Mobile,
        Phone,
        Telephone,
        Email,
        Url,
        Postcode,
        Username,
        Password,
        NewPassword,
        SmsCode,
    ];
    plain.into_iter().chain([METRES, PIECES, Select(CHOICES), Radio(CHOICES), Checks(CHOICES), Rows("basic/addresses")]).collect()
}

#[test]
fn right_answers() {
    let table: &[(Kind, &[&str])] = &[
        (Kind::Text, &["西安"]),
        (Kind::Password, &["x"]),
        (PIECES, &["0", "12", "１２", "12.0"]),
        (METRES, &["0", "12.34", "12.340000", "１．５"]),
        (Kind::Decimal(6, t("万元", "10k yuan")), &["1000.000001"]),
        (Kind::Date, &["2026-02-28", "2024-02-29", "1900-01-01", "2100-12-31"]),
        (Kind::Period, &["2026-01-02/2026-01-05", "2026-01-02/2026-01-02", "２０２６-01-02／2026-01-05"]),
        (Kind::Year, &["2026"]),
        (Kind::Select(CHOICES), &["a", "b"]),
        (Kind::Checks(CHOICES), &["a", "a,b"]),
        (Kind::Tick, &["yes"]),
        (Kind::Region, &["610112", "110105", "441900"]),
        (Kind::CreditCode, &["91610112MA00DEM143"]),
        (Kind::UnitCode, &["91610112MA00DEM143", "MA00DEM14", "MA00DEM1-4"]),
        (Kind::ResidentId, &["610112199001010012"]),
        (Kind::Mobile, &["13812341234"]),
        (Kind::Phone, &["029-88888888", "02988888888", "0917-3333333", "029-88888888-801", "010-12345678", "01012345678-1", "０２９－８８８８８８８８"]),
        (Kind::Telephone, &["13812341234", "138-1234-1234", "029-88888888", "029-88888888-801"]),
        (Kind::Email, &["a@b.cn"]),
        (Kind::Url, &["http://example.cn", "https://example.cn/x?y=1", "HTTPS://EXAMPLE.CN"]),
        (Kind::Postcode, &["710016"]),
        (Kind::Username, &["abc1", "a2345678901234567890"]),
        (Kind::NewPassword, &["Aa1!aaaa", "Xuke-2026-Permit"]),
        (Kind::SmsCode, &["012345"]),
    ];
    for (kind, answers) in table {
        for answer in *answers {
            assert_eq!(value(*kind, answer, TODAY), Ok(()), "{kind:?} {answer}");
        }
    }
}

#[test]
fn wrong_answers_say_what_is_wrong() {
    let table: &[(Kind, &[(&str, &str)])] = &[
        (PIECES, &[("1,000", "逗号"), ("-1", "小于 0"), ("1.5", "整数"), ("十", "填写数字"), ("12台", "单位"), ("1234567890123456789", "太大")]),
        (METRES, &[("1.234", "2 位小数"), ("1e3", "填写数字"), ("1，0", "逗号")]),
        (Kind::Date, &[("2026-02-30", "没有"), ("2026-2-3", "年-月-日"), ("20260203", "年-月-日"), ("1899-12-31", "1900"), ("2101-01-01", "2100")]),
        (
            Kind::Period,
            &[
                ("2026-01-02", "都填上"),
                ("2026-01-02/", "都填上"),
                ("/2026-01-05", "都填上"),
                ("2026-01-02/2026-02-30", "没有"),
                ("2026-01-05/2026-01-02", "早于"),
                ("2026-1-2/2026-01-05", "年-月-日"),
            ],
        ),
        (Kind::Year, &[("26", "四位"), ("3000", "2100")]),
        (Kind::Radio(CHOICES), &[("c", "选项"), ("a,b", "选项")]),
        (Kind::Checks(CHOICES), &[("a,c", "选项")]),
        (Kind::Tick, &[("on", "勾选")]),
        (Kind::CreditCode, &[("MA00DEM14", "18 位"), ("91610112MA00SEM143", "字母 S"), ("91610112MA00DEM144", "校验码")]),
        (Kind::UnitCode, &[("MA00DEM15", "最后一位"), ("MA00", "18 位")]),
        (Kind::ResidentId, &[("610112199001010013", "核对")]),
        (Kind::Mobile, &[("1381234", "11 位")]),
        (
            Kind::Phone,
            &[
                ("88888888", "区号"),
                ("13812341234", "手机号"),
                ("029-888", "区号"),
                ("0-123456789", "区号"),
                ("029-888888888", "区号"),
                ("0917-333333", "区号"),
                ("129-88888888", "区号"),
                ("029-88888888-1234567", "分机"),
                ("029-8888-8888-1-1", "区号"),
            ],
        ),
        (Kind::Telephone, &[("88888888", "区号"), ("12812341234", "手机号"), ("1381234123", "手机号")]),
        (Kind::Email, &[("a.cn", "名称@域名"), ("a@@b.cn", "名称@域名"), ("a@b", "名称@域名"), ("a b@c.cn", "空格"), ("@b.cn", "名称@域名")]),
        (
            Kind::Url,
            &[("www.example.cn", "http://"), ("javascript:alert(1)", "http://"), ("http://", "不完整"), ("http://a b.cn", "空格"), ("http:// a.cn", "空格")],
        ),
        (Kind::Postcode, &[("71001", "6 位"), ("71001a", "6 位")]),
        (Kind::Username, &[("abc", "4 至 20"), ("用户名称", "4 至 20"), ("12345", "一个字母"), ("ab_cd", "符号"), ("a23456789012345678901", "4 至 20")]),
        (
            Kind::NewPassword,
            &[
                ("Aa1!", "4 位"),
                ("aaaa1111", "大写字母、特殊字符"),
                ("AAAA1111!", "小写字母"),
                ("Aaaaaaa!", "数字"),
                ("Aa1! aaaa", "空格"),
                ("Aa1!密码密码", "半角"),
            ],
        ),
        (Kind::SmsCode, &[("12345", "6 位")]),
    ];
    for (kind, answers) in table {
        for (answer, part) in *answers {
            let message = value(*kind, answer, TODAY).err();
            let zh = message.as_ref().map_or("", |m| m.zh.as_ref());
            assert!(zh.contains(part), "{kind:?} {answer}: {zh}");
            assert!(!zh.ends_with('。') && !message.is_some_and(|m| m.en.ends_with('.') || m.en.is_empty()), "{kind:?} {answer}");
        }
    }
}

#[cfg(feature = "ssr")]
#[test]
fn regions_are_chosen_to_the_deepest_level() {
    for (code, part) in [("610000", "下一级"), ("610100", "下一级"), ("110000", "下一级"), ("999999", "没有"), ("61", "没有")] {
        let message = value(Kind::Region, code, TODAY).err().map(|m| m.zh.into_owned()).unwrap_or_default();
        assert!(message.contains(part), "{code}: {message}");
    }
}

#[test]
fn warnings_do_not_stop() {
    assert_eq!(warnings(Kind::UnitCode, "MA00DEM14").len(), 1);
    assert_eq!(warnings(Kind::UnitCode, "91610112MA00DEM143"), Vec::new());
    assert_eq!(warnings(Kind::Text, "MA00DEM14"), Vec::new());
}

#[test]
fn normal_forms() {
    for (kind, typed, normal) in [
        (METRES, "０12.500", "12.5"),
        (Kind::CreditCode, "９１610112ma00 DEM143", "91610112MA00DEM143"),
        (Kind::UnitCode, "ma00dem1-4", "MA00DEM14"),
        (Kind::Mobile, "+86 138-1234-1234", "13812341234"),
        (Kind::Telephone, "138 1234-1234", "13812341234"),
        (Kind::Telephone, "０２９－８８８８ ８８８８", "029-88888888"),
        (Kind::Text, " 甲 乙 ", "甲 乙"),
    ] {
        assert_eq!(canonical(kind, typed), normal);
    }
}

#[test]
fn a_password_must_not_hold_the_user_name() {
    assert!(holds_username("Zhang3!abc", "zhang3"));
    assert!(!holds_username("Aa1!aaaa", "zhang3"));
    assert!(!holds_username("Aa1!aaaa", ""));
}

proptest! {
    #[test]
    fn any_answer_is_judged_without_a_panic(answer in "\\PC{0,30}|[0-9\\-]{0,24}|[0-9A-Z]{18}") {
        for kind in all_kinds() {
            let _ = (value(kind, &answer, TODAY), warnings(kind, &answer), canonical(kind, &answer));
        }
    }
}
