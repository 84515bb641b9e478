//! Attachments of a page (附件).
use crate::application::model::FileView;
use crate::form::{Doc, Page};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The places for attachments of a page.
#[component]
pub fn FileSlots(page: &'static Page, no: String, doc: Doc, files: BTreeMap<String, FileView>) -> impl IntoView {
    let _ = (page, no, doc, files);
}
