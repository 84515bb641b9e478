//! 作业项目代号 against the matter applied for (spec 2.14 page 6; 7.6, check 5): what an activity cannot be done without is there,
//! and what is there goes with the equipment. Both are warnings: who else a unit employs is its own affair.

use super::CaseFacts;
use super::rules::{codes_in, rows};
use crate::base::{Text, say, t};
use crate::form::{Doc, Issue};

/// A code of certified work (TSG Z6001) that belongs to some equipment only.
struct Work {
    code: &'static str,
    name: Text,
    /// The kinds of equipment it goes with; empty for any, because the device stands on many kinds.
    kinds: &'static [&'static str],
    /// The activities that cannot be done without it: category, and kind of equipment or none.
    needed: &'static [(&'static str, &'static str)],
}

const fn work(code: &'static str, zh: &'static str, en: &'static str, kinds: &'static [&'static str], needed: &'static [(&'static str, &'static str)]) -> Work {
    Work { code, name: t(zh, en), kinds, needed }
}

/// Codes that are not here go with every matter: safety management, welding, NDT, and what any works drives and fires of its own.
const WORKS: [Work; 9] = [
    work("P", "气瓶充装", "cylinder filling", &["气瓶", "移动式压力容器"], &[("filling-cylinder", "")]),
    work("R2", "移动式压力容器充装", "filling of mobile pressure vessels", &["移动式压力容器", "压力容器"], &[("filling-mobile", "")]),
    work("R3", "氧舱维护保养", "care of oxygen chambers", &["压力容器"], &[]),
    work("F", "安全阀校验", "safety-valve calibration", &[], &[("calibration", "")]),
    work("T", "电梯修理", "lift repair", &["电梯"], &[("install", "电梯"), ("manufacture", "电梯")]),
    work("S1", "客运索道修理", "ropeway repair", &["客运索道"], &[("install", "客运索道")]),
    work("S2", "客运索道司机", "ropeway driving", &["客运索道"], &[]),
    work("Y1", "大型游乐设施修理", "amusement-ride repair", &["大型游乐设施"], &[("install", "大型游乐设施")]),
    work("Y2", "大型游乐设施操作", "amusement-ride operation", &["大型游乐设施"], &[]),
];

/// Judges the codes of page 6 against the items.
pub(super) fn operators(facts: &CaseFacts, doc: &Doc, issues: &mut Vec<Issue>) {
    let people: Vec<(String, Vec<String>)> = rows("staff", "people", doc)
        .into_iter()
        .map(|row| {
            let path = format!("{row}/codes");
            let codes = codes_in(doc.get(&path));
            (path, codes)
        })
        .collect();
    lacking(facts, &people, issues);
    for (path, codes) in &people {
        unfit(facts, path, codes, issues);
    }
}

/// Needed codes that nobody has, as one list.
fn lacking(facts: &CaseFacts, people: &[(String, Vec<String>)], issues: &mut Vec<Issue>) {
    let is_of = |kind: &str| facts.items.iter().any(|item| item.equipment_kind == kind);
    let is_needed = |work: &&Work| work.needed.iter().any(|(category, kind)| *category == facts.category && (kind.is_empty() || is_of(kind)));
    let is_there = |work: &&Work| people.iter().any(|(_, codes)| codes.iter().any(|code| code == work.code));
    let lacking: Vec<&Work> = WORKS.iter().filter(is_needed).filter(|work| !is_there(work)).collect();
    if !people.is_empty() && !lacking.is_empty() {
        let zh = lacking.iter().map(|work| format!("{}（{}）", work.code, work.name.zh)).collect::<Vec<_>>().join("、");
        let en = lacking.iter().map(|work| format!("{} ({})", work.code, work.name.en)).collect::<Vec<_>>().join(", ");
        issues.push(Issue::warning("staff/people", say(format!("没有持以下代号证书的人员：{zh}"), format!("Nobody holds a certificate with the code {en}"))));
    }
}

/// Codes of one person that go with none of the items.
fn unfit(facts: &CaseFacts, path: &str, codes: &[String], issues: &mut Vec<Issue>) {
    let kinds: Vec<&str> = facts.items.iter().map(|item| item.equipment_kind.as_str()).filter(|kind| !kind.is_empty()).collect();
    let fits = |work: &Work| work.kinds.is_empty() || kinds.is_empty() || kinds.iter().any(|kind| work.kinds.contains(kind));
    let odd: Vec<&Work> = WORKS.iter().filter(|work| codes.iter().any(|code| code == work.code) && !fits(work)).collect();
    if !odd.is_empty() {
        let zh = odd.iter().map(|work| format!("{}（{}）", work.code, work.name.zh)).collect::<Vec<_>>().join("、");
        let en = odd.iter().map(|work| format!("{} ({})", work.code, work.name.en)).collect::<Vec<_>>().join(", ");
        let message = say(format!("与申请的项目不相符的代号：{zh}，请核对"), format!("Not a code for what is applied for: {en}; please check"));
        issues.push(Issue::warning(path, message));
    }
}
