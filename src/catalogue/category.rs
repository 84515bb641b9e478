//! The manual's licence categories (许可类别) over the catalogue's (ruling 2). What a book asks belongs to the application.

use super::{Catalogue, Item};
use crate::base::{Text, t};

/// Which application book a category uses (ruling 1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Book {
    /// 单位申请书, eleven pages
    Unit,
    /// 检验检测机构核准申请书, cover and ten parts
    Institution,
}

/// Which address decides on the province (TSG 07-2019 3.2.2, TSG Z7002-2022 3.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// 住所
    Registered,
    /// 制造地址
    Manufacturing,
    /// 充装地址
    Filling,
}

impl Place {
    /// What the address is called.
    pub const fn name(self) -> Text {
        match self {
            Place::Registered => t("住所", "registered address"),
            Place::Manufacturing => t("制造地址", "manufacturing address"),
            Place::Filling => t("充装地址", "filling address"),
        }
    }
}

/// A category as the picker shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Category {
    pub key: &'static str,
    pub name: Text,
    pub hint: Text,
    pub book: Book,
    pub place: Place,
    /// `category_code` of its items.
    code: &'static str,
    /// Its items' 设备种类, where the manual has two categories over one of the catalogue's.
    equipment_kind: &'static str,
}

const fn of(key: &'static str, code: &'static str, name: Text, hint: Text) -> Category {
    Category { key, name, hint, book: Book::Unit, place: Place::Registered, code, equipment_kind: "" }
}

impl Category {
    const fn at(mut self, place: Place) -> Category {
        self.place = place;
        self
    }

    const fn of_kind(mut self, equipment_kind: &'static str) -> Category {
        self.equipment_kind = equipment_kind;
        self
    }

    /// Whether an item belongs to this category.
    pub fn holds(&self, item: &Item) -> bool {
        item.category_code == self.code && (self.equipment_kind.is_empty() || item.equipment_kind == self.equipment_kind)
    }

    /// Its items in the catalogue's order.
    pub fn items<'c>(&self, catalogue: &'c Catalogue) -> Vec<&'c Item> {
        catalogue.items.iter().filter(|item| self.holds(item)).collect()
    }
}

/// All categories, in the picker's order.
pub static CATEGORIES: [Category; 7] = [
    of("design", "design", t("特种设备设计单位许可", "Design of special equipment"), t("压力容器、压力管道设计", "Pressure vessels and piping")),
    of(
        "manufacture",
        "manufacture",
        t("特种设备制造单位许可", "Manufacture of special equipment"),
        t("锅炉、压力容器、管道元件、安全附件和机电类设备制造，境外制造", "Boilers, vessels, piping components, safety accessories, machinery; makers abroad"),
    )
    .at(Place::Manufacturing),
    of("install", "installation", t("特种设备安装单位许可", "Installation of special equipment"), t("安装、改造、修理", "Installation, alteration and repair")),
    of(
        "filling-mobile",
        "filling",
        t("移动式压力容器充装单位许可", "Filling of transportable pressure vessels"),
        t("铁路罐车、汽车罐车、长管拖车、罐式集装箱、管束式集装箱充装", "Rail tankers, road tankers, tube trailers and tank containers"),
    )
    .at(Place::Filling)
    .of_kind("移动式压力容器"),
    of("filling-cylinder", "filling", t("气瓶充装单位许可", "Filling of gas cylinders"), t("各类气瓶充装", "Gas cylinders of all kinds"))
        .at(Place::Filling)
        .of_kind("气瓶"),
    Category {
        book: Book::Institution,
        ..of(
            "institution",
            "institution",
            t("特种设备检验检测机构核准", "Approval of inspection and testing institutions"),
            t("检验机构，无损检测和电梯检测机构", "Inspection bodies; non-destructive and lift testing"),
        )
    },
    of(
        "calibration",
        "valve_calibration",
        t("安全阀校验机构核准", "Approval of safety valve calibration bodies"),
        t("安全阀校验", "Calibration of safety valves"),
    ),
];

/// The category with this key.
pub fn category(key: &str) -> Option<&'static Category> {
    CATEGORIES.iter().find(|category| category.key == key)
}

/// The category an item belongs to.
pub fn category_of(item: &Item) -> Option<&'static Category> {
    CATEGORIES.iter().find(|category| category.holds(item))
}
