//! A whole short form, drawn from its table of fields: registration, sign-in, profile. It posts without script and
//! gets a redirect; with script the same function answers in place. The application book has its own way (drafts).

use super::field::{FieldEvents, FieldInput};
use super::lang::{tx, use_lang};
use super::summary::ErrorSummary;
use crate::base::{Say, Text};
use crate::error::AppError;
use crate::form::{Issue, Page, Part, Values};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::pin::Pin;

/// What is known of a form when it is drawn: what was typed before, and what was wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormState {
    pub values: Values,
    pub issues: Vec<Issue>,
    /// Something about the form as a whole.
    pub told: Option<Say>,
}

/// What a posted form gets back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormReply {
    /// Done; go on at this address.
    Go(String),
    /// Not done: what was typed, and what to mend.
    Wrong(FormState),
}

/// A call of a form's server function.
pub type Submitting = Pin<Box<dyn Future<Output = Result<FormReply, AppError>> + Send>>;
