//! The item picker (选择许可类别与项目) as both sides of the wire know it. What is chosen lives in the page's address, so
//! that it works without script and can be reloaded.

use super::book::Address;
use crate::base::Say;
use crate::catalogue::{Part, Setup};
use serde::{Deserialize, Serialize};

/// What is chosen so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chosen {
    pub category: String,
    pub items: Vec<String>,
    /// 制造、充装地址
    pub places: Vec<Address>,
    /// For 甲类检验机构: who set it up; empty while not answered.
    pub set_up_by: String,
}

impl Chosen {
    /// The answer on who set the institution up.
    pub fn setup(&self) -> Option<Setup> {
        setup(&self.set_up_by)
    }
}

/// An answer on who set the institution up, if it is one.
pub fn setup(word: &str) -> Option<Setup> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

/// One leaf of the tree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ItemView {
    pub id: String,
    /// 设备种类
    pub kind: String,
    /// 许可项目
    pub item: String,
    pub group: String,
    /// Sub-item and level without a blank.
    pub label: String,
    pub parameters: String,
    pub note: Say,
    /// Decided by the national authority.
    pub national: bool,
    pub chosen: bool,
    /// The chosen item that covers this one.
    pub covered_by: Option<String>,
    pub asks_setup: bool,
}

/// Where the selection goes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RouteView {
    /// One part is one application.
    pub parts: Vec<Part>,
    /// What has to be answered first.
    pub ask: Option<Say>,
}

/// Everything the picker shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Picker {
    pub chosen: Chosen,
    pub items: Vec<ItemView>,
    /// Certificates of this category the unit holds already: another kind may be the right one (spec 2.8).
    pub held: Vec<Say>,
    /// Why the unit may not apply at present (spec 5.5).
    pub bans: Vec<Say>,
    /// Prerequisites that are not met.
    pub missing: Vec<Say>,
    pub route: Option<RouteView>,
    pub asks_setup: bool,
    /// What the working address is called, if the category asks for one.
    pub place: Option<Say>,
    /// Options for the region of each place.
    pub regions: Vec<Vec<Vec<(String, String)>>>,
    pub new_place: Vec<Vec<(String, String)>>,
    pub unit_address: String,
    pub unit_region: String,
}
