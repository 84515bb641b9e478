//! Whether what an application rests on is in the register and was checked (已持证项目的核验). A certificate on paper may be applied with
//! before an officer has checked it, but nothing is granted on it.

use super::{Applicant, HeldCode, PersonnelCode, judge};
use crate::base::{Say, say};
use crate::workflow::person::PersonKind;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Why an application filed on a day cannot be granted yet: it rests on what nobody has checked, or on what the register has no longer.
pub fn unfounded(code: &PersonnelCode, kind: PersonKind, who: &Applicant, filed: Date) -> Option<Say> {
    let (waiting, checked): (Vec<HeldCode>, Vec<HeldCode>) = who.held.iter().cloned().partition(|held| held.unchecked);
    let found = judge(code, kind, who, filed);
    // It rests on those that wait if more stands against it without them.
    if judge(code, kind, &Applicant { held: &checked, ..who.clone() }, filed).iter().any(|finding| !found.contains(finding)) {
        let numbers: BTreeSet<&str> = waiting.iter().map(|held| held.number.as_str()).collect();
        let numbers = numbers.into_iter().collect::<Vec<_>>();
        return Some(say(
            format!("申请所依据的纸质证书 {} 还没有核验，不能准予；请先由发证机关在“许可证登记簿”核验。", numbers.join("、")),
            format!(
                "The application rests on certificate {} on paper that nobody has checked, so it cannot be granted; its authority checks it in the register of licences first.",
                numbers.join(", ")
            ),
        ));
    }
    let is_held = checked.iter().any(|held| held.is_of(code));
    let name = &code.code;
    (kind.needs_certificate() && !is_held).then(|| {
        say(
            format!("登记簿里没有该人员核验过的 {name} 证书，不能准予换证、变更。"),
            format!("The register has no checked certificate of this person with {name}, so neither renewal nor change can be granted."),
        )
    })
}
