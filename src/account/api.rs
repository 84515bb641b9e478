//! What the browser may ask of accounts. Each function says its endpoint, so that an open tab finds it after a release.

use super::model::Me;
use crate::error::AppError;
use crate::ui::form::FormState;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

/// Who is signed in, for the header and for what a page offers.
#[server(endpoint = "who-am-i", prefix = "/api", input = PostUrl)]
pub async fn who_am_i() -> Result<Me, AppError> {
    let visit = crate::server::app::Visit::current()?;
    let config = &visit.app.config;
    let nobody = Me { demo: config.demo, session_minutes: config.session_minutes, ..Me::default() };
    Ok(visit.caller.as_ref().map_or(nobody.clone(), |caller| Me {
        name: caller.person_name.clone(),
        unit_name: caller.unit_name.clone(),
        unit_kind: caller.unit_kind.clone(),
        role: Some(caller.role),
        submits: caller.submits,
        ..nobody
    }))
}

/// What a form held that was just posted without script.
#[server(endpoint = "form-state", prefix = "/api", input = PostUrl)]
pub async fn form_state(form: String) -> Result<FormState, AppError> {
    crate::server::plain::recall(&crate::server::app::Visit::current()?, &form).await
}

/// The regions below a code (all provinces for an empty one), for cascades.
#[server(endpoint = "regions", prefix = "/api", input = PostUrl)]
pub async fn regions(below: String) -> Result<Vec<(String, String)>, AppError> {
    Ok(crate::base::region::children(&below).iter().map(|r| (r.code.to_string(), r.name.to_string())).collect())
}
