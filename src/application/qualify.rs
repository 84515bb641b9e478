//! The choice of a qualification (选择资格项目) as both sides of the wire know it. What is chosen lives in the page's address, so that
//! it works without script and can be reloaded.

use crate::base::Say;
use crate::catalogue::PersonnelCode;
use serde::{Deserialize, Serialize};

/// What is chosen so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// 申请类别: a word of [`crate::workflow::person::PersonKind`].
    pub kind: String,
    /// 项目代号
    pub code: String,
    /// 执业所在地: a region's code.
    pub region: String,
    /// Words looked for among the codes.
    pub words: String,
}

/// Who decides, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decides {
    /// Code of the authority.
    pub authority: String,
    pub name: String,
    pub reason: Say,
}

/// Everything the page shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Qualify {
    pub choice: Choice,
    /// Those that fit the words, in the order of the table; those no longer offered as well, to read.
    pub codes: Vec<PersonnelCode>,
    pub decides: Option<Decides>,
    /// What has to be answered first.
    pub ask: Option<Say>,
    /// What stands against it, as far as it is known before the book.
    pub against: Vec<Say>,
    /// What the authority checks one by one before it accepts.
    pub points: Vec<String>,
    /// Options of 执业所在地.
    pub regions: Vec<Vec<(String, String)>>,
}
