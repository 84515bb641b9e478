//! What the administrator is shown of catalogue versions, authorities and delegations, and what a delegation's form asks.
//! Pure; both sides of the wire know it.

use super::{Authority, Difference, Item, LegalLimits};
use crate::base::{Text, t};
use crate::form::field::no_rules;
use crate::form::{Choice, Field, Group, Kind, Page, Part, choice};
use crate::ui::form::FormState;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One version of the catalogue in the list (目录版本).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRow {
    pub version: String,
    pub title: String,
    pub effective_from: String,
    /// Its last day, once another version follows.
    pub effective_to: Option<String>,
    pub items: i64,
    /// Unix milliseconds.
    pub imported_at: i64,
    /// Who imported it; empty for the one the program carries.
    pub imported_by: String,
    /// 现行
    pub is_current: bool,
}

/// A version that was read but not confirmed (待确认): what it would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    pub version: String,
    pub title: String,
    pub effective_from: String,
    pub items: usize,
    /// Names this very text, so that nobody confirms another one than they saw.
    pub digest: String,
    /// The version it follows, with which it is compared.
    pub follows: String,
    pub difference: Difference,
    /// 审批机关 that it changes, before (none of a new one) and after.
    pub authorities: Vec<(Option<Authority>, Authority)>,
}

/// The page of catalogue versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueAdmin {
    pub versions: Vec<VersionRow>,
    pub pending: Option<Pending>,
    /// What was posted last, if it could not be read.
    pub state: FormState,
}

/// One delegation in the list (委托).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegationRow {
    pub id: String,
    /// Legal names.
    pub by: String,
    pub to: String,
    pub area: String,
    /// Labels of categories and items.
    pub what: Vec<String>,
    pub effective_from: String,
    /// Its last day.
    pub effective_to: Option<String>,
    pub is_current: bool,
}

/// The page of authorities and delegations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthoritiesAdmin {
    pub authorities: Vec<Authority>,
    pub delegations: Vec<DelegationRow>,
    pub today: String,
    pub state: FormState,
    /// 设备种类代码
    pub digits: FormState,
    /// 检验人员学历、资历核对清单
    pub checklist: FormState,
    /// 人员证有效期
    pub validity: FormState,
}

const fn group(fields: &'static [Field]) -> Part {
    Part::Group(Group { title: Text::NONE, hint: Text::NONE, fields })
}

/// 导入新版目录
pub const IMPORT: Page = Page {
    key: "catalogue",
    title: t("导入新版目录", "Import a new version"),
    lead: t(
        "导入后先显示与前一版的差异，确认后才生效；已提交的申请仍按提交时的版本办理。",
        "You first see what differs; it counts only once you confirm. Applications keep the version they were filed under.",
    ),
    parts: &[group(&[Field::new("text", t("目录（JSON）", "Catalogue (JSON)"), Kind::LongText)
        .hint(
            "把整份目录粘贴到这里，格式与程序自带的 catalogue.json 相同：version、title、effective_from 和 items；法定时限有变的，再加 limits；审批机关有变的，再加 authorities，只写有变的，格式与 authorities.json 相同。",
            "Paste the whole catalogue, in the form of the catalogue.json the program carries: version, title, effective_from and items; limits, if those by law change; and authorities, in the form of authorities.json and only those that change.",
        )
        .max(u16::MAX)])],
    rules: no_rules,
};

/// The categories a delegation may name: the keys of [`super::CATEGORIES`], and persons.
const WHAT: &[Choice] = &[
    choice("design", "特种设备设计单位许可", "Design"),
    choice("manufacture", "特种设备制造单位许可", "Manufacture"),
    choice("install", "特种设备安装单位许可", "Installation"),
    choice("filling-mobile", "移动式压力容器充装单位许可", "Filling of transportable pressure vessels"),
    choice("filling-cylinder", "气瓶充装单位许可", "Filling of gas cylinders"),
    choice("institution", "特种设备检验检测机构核准", "Inspection and testing institutions"),
    choice("calibration", "安全阀校验机构核准", "Safety valve calibration bodies"),
    choice("personnel", "特种设备检验、检测人员资格认定", "Qualification of inspection and testing personnel"),
];

/// 新增委托
pub const DELEGATE: Page = Page {
    key: "delegation",
    title: t("新增委托", "Add a delegation"),
    lead: t(
        "省级机关可以把省级项目委托给市级机关办理，委托应当公布（行政许可法第二十四条）。",
        "A province may let a city decide on provincial items; a delegation is published (行政许可法 art. 24).",
    ),
    parts: &[group(&[
        Field::new("authority", t("受委托机关代码", "Code of the authority that will decide"), Kind::Text)
            .hint("6 位区划代码；下表没有的，请同时填写名称。", "Six digits; give a name too if it is not in the table.")
            .example("611200")
            .max(6),
        Field::new("authority_name", t("受委托机关名称", "Its legal name"), Kind::Text).optional().max(60),
        Field::new("area", t("委托的地区代码", "Code of the area"), Kind::Text)
            .hint("市、区或新区的 6 位区划代码。", "Six digits of a city, district or new area.")
            .example("611200")
            .max(6),
        Field::new("categories", t("委托的许可类别", "Whole categories"), Kind::Checks(WHAT))
            .hint("国家级项目不在委托之列。", "National items are never among them.")
            .optional(),
        Field::new("items", t("委托的项目编号", "Single items"), Kind::LongText)
            .hint("只委托部分项目时填写编号，用空格或逗号隔开，如 SE035 SE036。", "Ids with blanks or commas between them, such as SE035 SE036.")
            .optional()
            .max(2000),
        Field::new("effective_from", t("生效日期", "In force from"), Kind::Date),
    ])],
    rules: no_rules,
};

/// What the fields of an item are called.
const LABELS: &[(&str, Text)] = &[
    ("category", t("许可类别", "Category")),
    ("category_code", t("类别代码", "Category code")),
    ("equipment_kind", t("设备种类", "Kind of equipment")),
    ("item", t("许可项目", "Licence item")),
    ("sub_item_group", t("分组", "Group")),
    ("sub_item", t("许可子项目", "Sub-item")),
    ("level", t("级别", "Level")),
    ("parameters", t("许可参数", "Parameters")),
    ("authority", t("实施机关", "Decided by")),
    ("note", t("说明", "Note")),
    ("covers", t("覆盖", "Covers")),
    ("requires", t("要求已取得或同时申请", "Requires one of")),
    ("setup", t("设立单位", "Set up by")),
    ("type_test", t("须经型式试验", "Needs type tests")),
    ("options", t("品种、介质类别", "Varieties or media")),
];

/// What the fields of an authority are called.
const AUTHORITY_LABELS: &[(&str, Text)] = &[
    ("name", t("名称", "Name")),
    ("level", t("级别", "Level")),
    ("number_code", t("证书编号代码", "Code in certificate numbers")),
    ("delegated_by", t("委托机关", "Delegated by")),
];

/// What differs between two forms of an item: the field, and both values.
pub fn changed_fields(old: &Item, new: &Item) -> Vec<(Text, String, String)> {
    differences(LABELS, old, new)
}

/// The same of an authority, which may be new.
pub fn changed_authority(old: Option<&Authority>, new: &Authority) -> Vec<(Text, String, String)> {
    differences(AUTHORITY_LABELS, &old, new)
}

fn differences(labels: &[(&str, Text)], old: &impl Serialize, new: &impl Serialize) -> Vec<(Text, String, String)> {
    let (old, new) = (serde_json::to_value(old).unwrap_or_default(), serde_json::to_value(new).unwrap_or_default());
    let differs = labels.iter().filter(|(key, _)| old[*key] != new[*key]);
    differs.map(|(key, label)| (*label, shown(&old[*key]), shown(&new[*key]))).collect()
}

/// What differs between the limits of two versions: where, and both values.
pub fn changed_limits(old: &LegalLimits, new: &LegalLimits) -> Vec<(String, String, String)> {
    let mut changed = Vec::new();
    let (old, new) = (serde_json::to_value(old).unwrap_or_default(), serde_json::to_value(new).unwrap_or_default());
    for (key, before) in old.as_object().into_iter().flatten() {
        match before.as_object() {
            Some(limits) => changed.extend(limits.iter().map(|(name, before)| (format!("{key}.{name}"), before.clone(), new[key][name].clone()))),
            None => changed.push((key.clone(), before.clone(), new[key].clone())),
        }
    }
    changed.retain(|(_, before, after)| before != after);
    changed.into_iter().map(|(at, before, after)| (at, shown(&before), shown(&after))).collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(words) => words.iter().map(shown).collect::<Vec<_>>().join("、"),
        Value::Object(say) => say.get("zh").map(shown).unwrap_or_default(),
        Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        _ => String::new(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::catalogue::{CATEGORIES, Catalogue, PERSONNEL, category_name};

    #[test]
    fn every_field_of_an_item_has_a_label_and_is_compared() {
        let catalogue = Catalogue::builtin();
        let old = &catalogue.items[0];
        let keys: Vec<String> = serde_json::to_value(old).unwrap().as_object().unwrap().keys().filter(|key| *key != "id").cloned().collect();
        assert!(keys.iter().all(|key| LABELS.iter().any(|(label, _)| label == key)), "{keys:?}");
        let new = Item { level: "X".into(), covers: vec!["SE002".into(), "SE003".into()], ..old.clone() };
        let changed = changed_fields(old, &new);
        assert_eq!(
            changed.iter().map(|(label, before, after)| (label.zh, before.as_str(), after.as_str())).collect::<Vec<_>>(),
            [("级别", "SAD", "X"), ("覆盖", "", "SE002、SE003")]
        );
        assert!(changed_fields(old, old).is_empty());
    }

    #[test]
    fn every_field_of_an_authority_has_a_label_and_is_compared() {
        let old = Authority::builtin().remove(1);
        let keys: Vec<String> = serde_json::to_value(&old).unwrap().as_object().unwrap().keys().filter(|key| *key != "code").cloned().collect();
        assert!(keys.iter().all(|key| AUTHORITY_LABELS.iter().any(|(label, _)| label == key)), "{keys:?}");
        let new = Authority { name: "北京市市场监督管理委员会".into(), ..old.clone() };
        let told = |changed: Vec<(Text, String, String)>| changed.into_iter().map(|(label, before, after)| (label.zh, before, after)).collect::<Vec<_>>();
        assert_eq!(told(changed_authority(Some(&old), &new)), [("名称", old.name.clone(), new.name.clone())]);
        assert_eq!(told(changed_authority(None, &new))[0], ("名称", String::new(), new.name.clone()));
        assert!(changed_authority(Some(&old), &old).is_empty());
    }

    #[test]
    fn a_delegation_may_name_every_category() {
        let all = CATEGORIES.iter().map(|category| category.key).chain([PERSONNEL]);
        let named = all.map(|key| (key, category_name(key).zh.into_owned())).collect::<Vec<_>>();
        assert_eq!(WHAT.iter().map(|choice| (choice.key, choice.label.zh.to_owned())).collect::<Vec<_>>(), named);
    }
}
