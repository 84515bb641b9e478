//! How the sign-in form carries the question that is asked after a failure (验证问题): beside the answers, under names no
//! page has.

use crate::base::{Say, say};
use crate::form::Values;

pub const ID: &str = "challenge/id";
pub const ANSWER: &str = "challenge/answer";
pub const ZH: &str = "challenge/zh";
pub const EN: &str = "challenge/en";

/// The id and the words of the question that a form is to ask, if it is.
pub fn question(values: &Values) -> Option<(String, Say)> {
    Some((values.get(ID)?.clone(), say(values.get(ZH)?.clone(), values.get(EN)?.clone())))
}
