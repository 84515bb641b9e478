//! What all forms of accounts have in common: how one is opened, how it is sent, how small buttons post.

use crate::account::api;
use crate::base::Text;
use crate::error::AppError;
use crate::form::{Kind, Offered, Page, Values};
use crate::ui::form::{FormState, PostForm, Submitting};
use crate::ui::lang::tx;
use crate::ui::load::{Load, Loaded};
pub use crate::ui::notice::{Refused, Saved};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A form as it is drawn.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Opened {
    pub state: FormState,
    pub regions: Offered,
}

/// Opens a form with what is known, over which goes what was just typed.
pub async fn open(page: &'static Page, known: Values) -> Result<Opened, AppError> {
    let mut state = api::form_state(page.key.to_owned()).await?;
    let typed = std::mem::replace(&mut state.values, known);
    state.values.extend(typed);
    let mut regions = Offered::new();
    for (path, _) in page.fields().filter(|(_, field)| field.kind == Kind::Region) {
        let code = state.values.get(&path).cloned().unwrap_or_default();
        regions.insert(path, api::region_levels(code).await?);
    }
    Ok(Opened { state, regions })
}

/// A page of fields, loaded and drawn.
#[component]
pub fn OpenedForm(
    page: &'static Page,
    action: &'static str,
    submit: fn(Values) -> Submitting,
    button: Text,
    opened: Loaded<Opened>,
    /// More inputs of this form.
    #[prop(optional)]
    more: Option<fn() -> AnyView>,
) -> impl IntoView {
    let draw = move |opened: Opened| {
        // Called inside the form, whose state some inputs ask for.
        view! { <PostForm page=page action=action submit=submit state=opened.state button=button regions=opened.regions>{more.map(|more| more())}</PostForm> }
            .into_any()
    };
    view! {
        {(!page.lead.is_none()).then(|| view! { <p class="lead">{tx(page.lead)}</p> })}
        <Load resource=opened view=draw/>
    }
}

/// A button that does one thing to the thing with this id.
#[component]
pub fn ActButton(action: &'static str, #[prop(into)] id: String, label: Text) -> impl IntoView {
    view! { <form method="post" action=action class="inline"><input type="hidden" name="id" value=id/><button class="button" type="submit">{tx(label)}</button></form> }
}

/// The same for what cannot be undone: it opens first, and names what is lost.
#[component]
pub fn AskingButton(action: &'static str, #[prop(into)] id: String, label: Text, lost: Text) -> impl IntoView {
    view! {
        <details class="asking">
            <summary>{tx(label)}</summary>
            <p>{tx(lost)}</p>
            <form method="post" action=action class="inline"><input type="hidden" name="id" value=id/><button class="button danger" type="submit">{tx(label)}</button></form>
        </details>
    }
}
