//! 行政区划 (GB/T 2260), three levels: province, city, county. The table is large and stays on the server; the browser
//! asks for the children of what was chosen. Which authority serves a region is not known here.

use serde::{Deserialize, Serialize};

/// One division (行政区划): a six-digit code and its name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Region {
    pub code: String,
    pub name: String,
}

/// The part of a code that its own region and all below share: `61` of `610000`, `6101` of `610100`.
pub fn stem(code: &str) -> &str {
    let city = code.strip_suffix("00").unwrap_or(code);
    city.strip_suffix("00").unwrap_or(city)
}

/// Whether a region is another one or lies in it.
pub fn is_within(code: &str, area: &str) -> bool {
    !area.is_empty() && code.starts_with(stem(area))
}

/// The code of the province (省级): `610000` of `610112`.
pub fn province_code(code: &str) -> String {
    code.get(..2).map(|head| format!("{head}0000")).unwrap_or_default()
}

#[cfg(feature = "ssr")]
pub use table::{children, deepest, find, full_name, is_deepest, levels, line, province_of, provinces};

#[cfg(feature = "ssr")]
mod table {
    use super::Region;
    use std::collections::BTreeMap;
    use std::sync::LazyLock;

    /// Regions by the code of the one above; provinces under the empty code.
    static BELOW: LazyLock<BTreeMap<String, Vec<Region>>> = LazyLock::new(|| {
        let mut below: BTreeMap<String, Vec<Region>> = BTreeMap::new();
        let lines = include_str!("region.txt").lines().chain(include_str!("region_more.txt").lines());
        for (code, name) in lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' ')) {
            below.entry(above(code)).or_default().push(Region { code: code.to_owned(), name: name.to_owned() });
        }
        below.values_mut().for_each(|regions| regions.sort_by(|a, b| a.code.cmp(&b.code)));
        below
    });

    /// Names that stand for a level and are not said in an address.
    const UNSAID: [&str; 4] = ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"];

    fn above(code: &str) -> String {
        match (code.get(..2), code.get(..4)) {
            _ if code.ends_with("0000") => String::new(),
            (Some(province), _) if code.ends_with("00") => format!("{province}0000"),
            (_, Some(city)) => format!("{city}00"),
            _ => String::new(),
        }
    }

    /// All provinces (省、自治区、直辖市).
    pub fn provinces() -> &'static [Region] {
        children("")
    }

    /// The regions one level below a code; the provinces below the empty code, nothing below a county.
    pub fn children(code: &str) -> &'static [Region] {
        BELOW.get(code).map_or(&[], Vec::as_slice)
    }

    /// The region with this code.
    pub fn find(code: &str) -> Option<&'static Region> {
        children(&above(code)).iter().find(|region| region.code == code)
    }

    /// The region and those above it, province first.
    pub fn line(code: &str) -> Vec<&'static Region> {
        let mut line: Vec<_> = std::iter::successors(find(code), |region| find(&above(&region.code))).collect();
        line.reverse();
        line
    }

    /// The name as in an address: `陕西省西安市未央区`, `北京市朝阳区`, `海南省琼海市`. Empty if unknown.
    pub fn full_name(code: &str) -> String {
        line(code).iter().map(|region| region.name.as_str()).filter(|name| !UNSAID.contains(name)).collect()
    }

    /// Whether nothing more can be chosen below a known code (ruling 4): counties, and cities without counties.
    pub fn is_deepest(code: &str) -> bool {
        find(code).is_some() && children(code).is_empty()
    }

    /// The province a region lies in.
    pub fn province_of(code: &str) -> Option<&'static Region> {
        find(&super::province_code(code))
    }

    /// What three selects offer when a code is chosen: provinces, its province's cities, its city's counties.
    pub fn levels(code: &str) -> Vec<Vec<(String, String)>> {
        let above: Vec<&str> = line(code).iter().map(|region| region.code.as_str()).collect();
        let below = std::iter::once("").chain(above).take(3);
        let mut levels: Vec<Vec<_>> = below.map(|code| children(code).iter().map(|r| (r.code.clone(), r.name.clone())).collect()).collect();
        levels.resize(3, Vec::new());
        levels
    }

    /// Three selects posted without script: the deepest code of which every level lies in the one before.
    pub fn deepest(parts: [&str; 3]) -> String {
        let mut chosen = String::new();
        for part in parts {
            match children(&chosen).iter().find(|region| region.code == part) {
                Some(region) => chosen.clone_from(&region.code),
                None => break,
            }
        }
        chosen
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn every_region_has_one_above_and_a_code_of_its_own() {
        let mut seen = std::collections::BTreeSet::new();
        for province in provinces() {
            for city in children(&province.code) {
                for county in children(&city.code) {
                    assert_eq!(line(&county.code).len(), 3, "{county:?}");
                    assert!(seen.insert(county.code.clone()), "{county:?}");
                }
                assert!(seen.insert(city.code.clone()), "{city:?}");
            }
            assert!(seen.insert(province.code.clone()), "{province:?}");
        }
        assert_eq!(provinces().len(), 35);
        let written = [include_str!("region.txt"), include_str!("region_more.txt")].map(|file| file.lines().filter(|l| !l.starts_with('#')).count());
        assert_eq!(seen.len(), written.iter().sum::<usize>());
    }

    #[test]
    fn names_and_depths() {
        for (code, name, deepest) in [
            ("610112", "陕西省西安市未央区", true),
            ("610100", "陕西省西安市", false),
            ("110105", "北京市朝阳区", true),
            ("110100", "北京市", false),
            ("500235", "重庆市云阳县", true),
            ("441900", "广东省东莞市", true),
            ("442000", "广东省中山市", true),
            ("460400", "海南省儋州市", true),
            ("620200", "甘肃省嘉峪关市", true),
            ("469002", "海南省琼海市", true),
            ("659001", "新疆维吾尔自治区石河子市", true),
            ("611200", "陕西省西咸新区", false),
            ("611205", "陕西省西咸新区泾河新城", true),
            ("660000", "新疆生产建设兵团", true),
            ("810000", "香港特别行政区", true),
            ("999999", "", false),
            ("", "", false),
            ("省市区", "", false),
        ] {
            assert_eq!((full_name(code).as_str(), is_deepest(code)), (name, deepest), "{code}");
        }
        assert_eq!(province_of("610112").map(|r| r.name.as_str()), Some("陕西省"));
        assert_eq!(province_of("9"), None);
    }

    #[test]
    fn three_posted_levels_collapse_to_what_agrees() {
        for (parts, code) in [
            (["610000", "610100", "610112"], "610112"),
            (["610000", "610100", ""], "610100"),
            (["610000", "", "610112"], "610000"),
            (["330000", "610100", "610112"], "330000"),
            (["610000", "610300", "610112"], "610300"),
            (["440000", "441900", ""], "441900"),
            (["460000", "469000", "469002"], "469002"),
            (["610000", "611200", "611205"], "611205"),
            (["", "610100", "610112"], ""),
            (["x", "y", "z"], ""),
        ] {
            assert_eq!(deepest(parts), code, "{parts:?}");
        }
    }

    #[test]
    fn lying_in_an_area() {
        assert!(is_within("611205", "611200") && is_within("610112", "610000") && is_within("610112", "610112"));
        assert!(!is_within("610112", "611200") && !is_within("610112", ""));
    }
}
