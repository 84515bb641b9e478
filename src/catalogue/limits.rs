//! 法定时限: how long each step may take, as a version of the catalogue has it; a case is held to those of the version it was filed under.
//! When a limit runs belongs to the workflow. Pure.

use super::{Item, Kind};
use crate::base::{Say, say};
use crate::workflow::{Limits, Start};
use serde::{Deserialize, Serialize};

/// The limits of a version (spec 5.3). What its text does not give is as delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LegalLimits {
    /// Of most kinds of application.
    pub usual: Limits,
    /// 变更 of a name, or of the name of an address.
    pub renaming: Limits,
    /// 补证
    pub reissue: Limits,
    /// C4 of A级锅炉安装, calendar months (TSG 07-2019 第1号修改单).
    pub boiler_review_months: u32,
}

impl Default for LegalLimits {
    fn default() -> LegalLimits {
        let usual = Limits {
            accept: 5,
            correct: 30,
            decide: 20,
            decide_from: Start::Acceptance,
            extend: 10,
            schedule: 10,
            review_months: 12,
            rectify_months: 6,
            deliver: 10,
            publish: 7,
            feedback: 10,
            exam_months: 24,
            resit_months: 12,
            marks: 20,
            complaint: 20,
            hearing: 20,
            hearing_request: 5,
        };
        LegalLimits {
            usual,
            renaming: Limits { decide_from: Start::Receipt, extend: 0, ..usual },
            reissue: Limits { decide: 10, decide_from: Start::Receipt, extend: 0, ..usual },
            boiler_review_months: 24,
        }
    }
}

impl LegalLimits {
    /// Of a kind of application.
    pub fn of(&self, kind: Kind) -> Limits {
        match kind {
            Kind::ChangeName | Kind::ChangeAddressName => self.renaming,
            Kind::Reissue => self.reissue,
            _ => self.usual,
        }
    }

    /// Of a kind for certain items: A级锅炉安装 has more time for the review.
    pub fn of_items(&self, kind: Kind, items: &[&Item]) -> Limits {
        let boiler = items.iter().any(|item| item.category_code == "installation" && item.equipment_kind == "锅炉" && item.level == "A");
        let limits = self.of(kind);
        if boiler { Limits { review_months: self.boiler_review_months, ..limits } } else { limits }
    }

    /// Whether each step has some time; only an extension may be none.
    pub fn is_whole(&self) -> bool {
        let some = |l: &Limits| {
            let days = [l.accept, l.correct, l.decide, l.schedule, l.review_months, l.rectify_months, l.deliver, l.publish, l.feedback, l.hearing];
            let others = [l.hearing_request, l.exam_months, l.resit_months, l.marks, l.complaint];
            days.into_iter().chain(others).all(|length| length > 0)
        };
        self.boiler_review_months > 0 && [self.usual, self.renaming, self.reissue].iter().all(some)
    }
}

/// A length in calendar months, in years where it is whole ones.
pub fn months(n: u32) -> Say {
    let many = |n: u32| if n == 1 { "" } else { "s" };
    match (n / 12, n % 12) {
        (years, 0) => say(format!("{years} 年"), format!("{years} year{}", many(years))),
        _ => say(format!("{n} 个月"), format!("{n} month{}", many(n))),
    }
}

/// The limits of a kind of application as delivered.
pub fn limits(kind: Kind) -> Limits {
    LegalLimits::default().of(kind)
}

/// The limits of a kind for certain items as delivered.
pub fn limits_for(kind: Kind, items: &[&Item]) -> Limits {
    LegalLimits::default().of_items(kind, items)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::catalogue::admin::changed_limits;

    /// A version that says nothing of limits has those delivered; one that gives some has them, and the preview names them.
    #[test]
    fn a_version_has_limits_of_its_own() {
        let text = r#"{"version":"1","title":"","effective_from":"2027-01-01","items":[]}"#;
        let plain: Catalogue = serde_json::from_str(text).unwrap();
        assert_eq!(plain.limits, LegalLimits::default());
        let mut usual = serde_json::to_value(plain.limits.usual).unwrap();
        usual["decide"] = 15.into();
        // As it was stored before there was such a limit.
        usual.as_object_mut().unwrap().remove("hearing_request");
        let text = text.replace("\"items\":[]", &format!("\"items\":[],\"limits\":{{\"usual\":{usual}}}"));
        let other: Catalogue = serde_json::from_str(&text).unwrap();
        assert_eq!((other.limits.of(Kind::First).decide, other.limits.of(Kind::Reissue).decide), (15, 10));
        assert_eq!(other.limits.usual.hearing_request, 5);
        let difference = plain.diff(&other);
        let (old, new) = difference.limits.unwrap();
        assert_eq!(changed_limits(&old, &new), [("usual.decide".to_owned(), "20".to_owned(), "15".to_owned())]);
        assert!(!plain.diff(&other).is_empty() && plain.diff(&plain).is_empty());
        assert!(other.faults().is_empty(), "{:?}", other.faults());
        let none = LegalLimits { usual: Limits { accept: 0, ..new.usual }, ..new };
        assert_eq!(Catalogue { limits: none, ..other }.faults().len(), 1);
    }
}
