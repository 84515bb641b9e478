//! The error summary: what is to be mended, each a link to its field.

use super::field::field_id;
use super::lang::{tx, use_lang};
use super::value::marked;
use crate::base::{Lang, Text};
use crate::form::{Issue, Severity};
use leptos::prelude::*;

/// The summary on top of a form; nothing while there is nothing to mend. `place` says where an issue's path lies, where
/// its message does not tell (`生产设备，第 3 行`).
#[component]
pub fn ErrorSummary(#[prop(into)] issues: Signal<Vec<Issue>>, title: Text, #[prop(optional)] place: Option<Callback<String, String>>) -> impl IntoView {
    let lang = use_lang();
    let errors = Memo::new(move |_| issues.get().into_iter().filter(|i| i.severity == Severity::Error).collect::<Vec<_>>());
    move || {
        let errors = errors.get();
        (!errors.is_empty()).then(|| {
            let head = match lang {
                Lang::Zh => format!("有 {} 处{}", errors.len(), tx(title)),
                Lang::En => format!("{}: {}", tx(title), errors.len()),
            };
            let link = |issue: Issue| {
                let place = place.map(|place| place.run(issue.path.clone())).filter(|place| !place.is_empty());
                let place = place.map(|place| if lang == Lang::Zh { format!("{place}：") } else { format!("{place}: ") });
                // External to the router, which would scroll to the field but not give it the focus, as the browser does.
                view! { <li><a rel="external" href=format!("#{}", field_id(&issue.path))>{place}{marked(issue.message.get(lang))}</a></li> }
            };
            view! {
                <div class="summary" id="summary" role="alert" tabindex="-1">
                    <h2>{head}</h2>
                    <ul>{errors.into_iter().map(link).collect_view()}</ul>
                </div>
            }
        })
    }
}
