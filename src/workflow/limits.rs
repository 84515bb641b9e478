//! How long each step may take (时限). Which numbers hold for which kind of application is the catalogue's.

use serde::{Deserialize, Serialize};

/// What a decision's limit counts from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// 受理
    Acceptance,
    /// 收到申请
    Receipt,
}

/// Limits of one kind of case (spec 5.3); working days unless named otherwise. The law's, or the shorter ones an authority
/// commits itself to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Limits {
    /// C1: accept, ask for corrections or refuse.
    pub accept: u32,
    /// What a unit has for corrections before an officer may take the application as withdrawn (a setting, not law).
    pub correct: u32,
    /// C2, C2b, C7, C8: decide.
    pub decide: u32,
    pub decide_from: Start,
    /// What the head of the authority may add once (行政许可法 art. 42).
    pub extend: u32,
    /// C3: agree on the review's date.
    pub schedule: u32,
    /// C4, calendar months from the acceptance decision to the report.
    pub review_months: u32,
    /// C5, calendar months.
    pub rectify_months: u32,
    /// C6: hand over the certificate.
    pub deliver: u32,
    /// C10: publish the decision.
    pub publish: u32,
    /// C11: remind of the feedback form.
    pub feedback: u32,
    /// Persons, calendar months from the acceptance to the last subject passed (TSG Z8001-2019 art. 14).
    pub exam_months: u32,
    /// Persons, calendar months for the resit of a failed renewal (art. 21).
    pub resit_months: u32,
    /// Persons: publish the marks after the examination (art. 28).
    pub marks: u32,
    /// Persons: answer a complaint about marks (art. 32).
    pub complaint: u32,
    /// Hold a hearing that was requested (行政许可法 art. 47).
    pub hearing: u32,
    /// Ask for a hearing, from being told of the right to one (art. 47). What was stored before does not have it.
    #[serde(default = "hearing_request")]
    pub hearing_request: u32,
}

/// The law's days to ask for a hearing.
fn hearing_request() -> u32 {
    5
}
