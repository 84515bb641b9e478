//! What stands in the catalogue (特种设备生产单位许可目录) and who decides. Versions are data: a case keeps its own.

use super::LegalLimits;
use crate::base::{Say, text};
use serde::{Deserialize, Serialize};

/// Who decides on an item (实施机关).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decider {
    /// 国家市场监督管理总局
    National,
    /// 省级市场监督管理部门, itself or by the national authority's authorisation
    Provincial,
    /// 甲类检验机构B1级: depends on who set the institution up (spec 3.4, rule 5)
    BySetup,
}

/// Who set an inspection institution up (设立单位).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setup {
    /// 省级人民政府、副省级城市人民政府
    Government,
    /// 其他
    Other,
}

/// One row of the catalogue (许可子项目), the smallest thing one can apply for. Names are law and stay Chinese.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Item {
    pub id: String,
    /// 许可类别 in the catalogue's words; the picker shows [`super::Category`].
    pub category: String,
    pub category_code: String,
    /// 设备种类
    pub equipment_kind: String,
    /// 许可项目
    pub item: String,
    /// What the picker groups levels under; empty if there is nothing to group.
    pub sub_item_group: String,
    /// 许可子项目
    pub sub_item: String,
    /// 级别 or code (`A1`, `GC2`, `FD1`); empty if there is none.
    pub level: String,
    /// 参数、范围
    pub parameters: String,
    pub authority: Decider,
    /// Help beside the item.
    pub note: Say,
    /// Ids of the items that a holder of this one need not apply for (覆盖).
    #[serde(default)]
    pub covers: Vec<String>,
    /// Ids of which one must be held or applied for together (分析设计 needs 规则设计).
    #[serde(default)]
    pub requires: Vec<String>,
    /// For rows with [`Decider::BySetup`]: the set-up this row is for.
    #[serde(default)]
    pub setup: Option<Setup>,
    /// 须经型式试验
    #[serde(default)]
    pub type_test: bool,
    /// Varieties or medium classes to tick (品种、介质类别).
    #[serde(default)]
    pub options: Vec<String>,
}

impl Item {
    /// Sub-item and level without a blank, as the manual prints it: `安全阀B`.
    pub fn label(&self) -> String {
        format!("{}{}", self.sub_item, self.level)
    }

    /// Who decides once the set-up is known; `None` while it must be asked.
    pub fn decider(&self, setup: Option<Setup>) -> Option<Decider> {
        match (self.authority, setup) {
            (Decider::BySetup, None) => None,
            (Decider::BySetup, Some(Setup::Government)) => Some(Decider::National),
            (Decider::BySetup, Some(Setup::Other)) => Some(Decider::Provincial),
            (decider, _) => Some(decider),
        }
    }
}

/// One version of the catalogue (目录版本).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Catalogue {
    /// `2021-41`
    pub version: String,
    /// The announcement it comes from.
    pub title: String,
    /// ISO date.
    pub effective_from: String,
    pub items: Vec<Item>,
    /// 法定时限
    #[serde(default)]
    pub limits: LegalLimits,
    /// 审批机关 that are new or other than before from this day on. They are stored by their days: a version that is read back names none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorities: Vec<Authority>,
}

impl Catalogue {
    /// The catalogue in force when the program was built.
    #[cfg(feature = "ssr")]
    pub fn builtin() -> Catalogue {
        serde_json::from_str(include_str!("data/catalogue.json")).unwrap_or_else(|_| Catalogue {
            version: String::new(),
            title: String::new(),
            effective_from: String::new(),
            items: Vec::new(),
            limits: LegalLimits::default(),
            authorities: Vec::new(),
        })
    }

    /// The item with this id.
    pub fn find(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// The items with these ids, in the catalogue's order; unknown ids are left out.
    pub fn pick(&self, ids: &[String]) -> Vec<&Item> {
        self.items.iter().filter(|item| ids.contains(&item.id)).collect()
    }

    /// The ids this version does not have: withdrawn while a draft was open.
    pub fn unknown<'i>(&self, ids: &'i [String]) -> Vec<&'i str> {
        ids.iter().filter(|id| self.find(id).is_none()).map(String::as_str).collect()
    }

    /// What is wrong with a catalogue read from a file; nothing if it can be used.
    pub fn faults(&self) -> Vec<Say> {
        let mut faults = Vec::new();
        if self.version.is_empty() || self.effective_from.parse::<jiff::civil::Date>().is_err() {
            faults.push(crate::base::say("目录缺少版本号或生效日期", "The catalogue has no version or date of effect"));
        }
        if !self.limits.is_whole() {
            faults.push(crate::base::say("limits 中的时限（延期除外）应大于 0", "The limits have to be above 0, but for the extension"));
        }
        for (at, item) in self.items.iter().enumerate() {
            let id = &item.id;
            if id.is_empty() || item.sub_item.is_empty() || self.items[..at].iter().any(|other| other.id == *id) {
                let row = at + 1;
                faults.push(crate::base::say(
                    format!("第 {row} 行（{id}）编号重复，或者缺少编号、子项目名称"),
                    format!("Row {row} ({id}): the id is missing or not unique, or the sub-item has no name"),
                ));
            }
            for other in item.covers.iter().chain(&item.requires).filter(|other| self.find(other).is_none()) {
                faults.push(crate::base::say(format!("“{id}”引用了不存在的项目 {other}"), format!("{id} refers to {other}, which does not exist")));
            }
        }
        for (at, authority) in self.authorities.iter().enumerate() {
            let Authority { code, name, level, number_code, delegated_by } = authority;
            let is_whole = text::is_digits(code, 6) && text::is_digits(number_code, 2) && !name.trim().is_empty();
            let is_twice = self.authorities[..at].iter().any(|other| other.code == *code);
            if !is_whole || is_twice || (*level == AuthorityLevel::Delegated) != delegated_by.is_some() {
                faults.push(crate::base::say(
                    format!("审批机关“{code}”写了两次，或者代码（6 位）、名称、编号代码（2 位）、委托机关不对"),
                    format!("Authority {code}: it is named twice, or code (6 digits), name, number code (2 digits) or who delegated to it is wrong"),
                ));
            }
        }
        faults
    }

    /// What a new version changes against this one, by id, for the import's preview.
    pub fn diff(&self, new: &Catalogue) -> Difference {
        let lacks = |catalogue: &Catalogue, item: &Item| catalogue.find(&item.id).is_none();
        Difference {
            added: new.items.iter().filter(|item| lacks(self, item)).cloned().collect(),
            removed: self.items.iter().filter(|item| lacks(new, item)).cloned().collect(),
            changed: self.items.iter().filter_map(|old| new.find(&old.id).filter(|now| *now != old).map(|now| (old.clone(), now.clone()))).collect(),
            limits: (self.limits != new.limits).then_some((self.limits, new.limits)),
        }
    }
}

/// What differs between two versions of the catalogue.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Difference {
    pub added: Vec<Item>,
    pub removed: Vec<Item>,
    /// Old and new form of the same id.
    pub changed: Vec<(Item, Item)>,
    /// The limits before and after, if they differ.
    pub limits: Option<(LegalLimits, LegalLimits)>,
}

impl Difference {
    /// Whether the two versions have the same items and limits.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty() && self.limits.is_none()
    }
}

/// Which level an authority stands on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthorityLevel {
    National,
    Provincial,
    /// 受委托的市级机关 (行政许可法 art. 24)
    Delegated,
}

/// An approving authority (审批机关).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Authority {
    /// Unique: `100000` the national one, else the region it serves (`610000`, `611200`).
    pub code: String,
    /// Legal name.
    pub name: String,
    pub level: AuthorityLevel,
    /// `aa` of certificate numbers: 10, or the province's two digits, a delegated city's too (ruling 24).
    pub number_code: String,
    /// The authority that delegated to it.
    #[serde(default)]
    pub delegated_by: Option<String>,
}

impl Authority {
    /// Code of 国家市场监督管理总局.
    pub const NATIONAL: &'static str = "100000";

    /// The authorities known when the program was built.
    #[cfg(feature = "ssr")]
    pub fn builtin() -> Vec<Authority> {
        serde_json::from_str(include_str!("data/authorities.json")).unwrap_or_default()
    }
}
