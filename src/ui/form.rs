//! A whole short form, drawn from its table of fields: registration, sign-in, profile. It posts without script and
//! gets a redirect; with script the same function answers in place. The application book has its own way (drafts).

use super::field::{Answers, FieldEvents, FieldInput, field_id, field_name};
use super::lang::{tx, use_lang};
use super::notice::{Notice, Tone};
use super::summary::ErrorSummary;
use super::value::marked;
use crate::base::{Say, Text, t};
use crate::error::AppError;
use crate::form::{Issue, Kind, Offered, Page, Part, Severity, Values};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::pin::Pin;

/// Among the values of a form that was shown with what is only remarked (a code that is unusual): it is posted along, and not asked about
/// again.
pub const SEEN: &str = "seen";

/// What is known of a form when it is drawn: what was typed before, and what was wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormState {
    pub values: Values,
    pub issues: Vec<Issue>,
    /// Something about the form as a whole.
    pub told: Option<Say>,
    /// Good news about it: a code was sent.
    #[serde(default)]
    pub noted: Option<Say>,
}

/// The latest state of the form around, for what stands in it beside the fields.
#[derive(Clone, Copy)]
pub struct LatestState(pub RwSignal<FormState>);

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

/// A form of one page of fields.
#[component]
pub fn PostForm(
    page: &'static Page,
    /// Where it posts without script.
    action: &'static str,
    /// The same, called with script.
    submit: fn(Values) -> Submitting,
    #[prop(into)] state: FormState,
    /// The one primary button.
    button: Text,
    /// Options of region fields, by path.
    #[prop(optional)]
    regions: Offered,
    /// More inputs before the button: a challenge, hidden values (their names are `values[…]`).
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let lang = use_lang();
    let values = RwSignal::new(state.values.clone());
    let judged = RwSignal::new(state.issues.clone());
    let told = RwSignal::new(state.told.clone());
    let noted = RwSignal::new(state.noted.clone());
    let seen = state.values.contains_key(SEEN).then(|| view! { <input type="hidden" name=field_name(SEEN) value="yes"/> });
    let latest = RwSignal::new(state);
    provide_context(LatestState(latest));
    // The summary comes with an answer, not while somebody is still typing.
    let sent = RwSignal::new(judged.with_untracked(|issues| !issues.is_empty()));
    let summed = Signal::derive(move || if sent.get() { judged.get() } else { Vec::new() });
    let busy = RwSignal::new(false);
    let events = FieldEvents {
        input: Callback::new(move |(path, value): (String, String)| {
            values.update(|v| {
                v.insert(path, value);
            });
        }),
        // A message comes when a field is left, and goes as soon as it is right.
        leave: Callback::new(move |path: String| {
            let issues = values.with_untracked(|v| judge_one(page, v, &path));
            judged.update(|all| {
                all.retain(|i| i.path != path);
                all.extend(issues);
            });
        }),
    };
    provide_context(events);
    provide_context(Answers(Callback::new(move |path: String| values.with(|v| v.get(&path).cloned().unwrap_or_default()))));
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        if busy.get_untracked() {
            return event.prevent_default();
        }
        let Some(typed) = posted_values(&event) else { return };
        event.prevent_default();
        busy.set(true);
        leptos::task::spawn_local(async move {
            match submit(typed).await {
                Ok(FormReply::Go(to)) => return go(&to),
                Ok(FormReply::Wrong(state)) => {
                    if !state.issues.is_empty() {
                        forget_passwords(page, values);
                    }
                    judged.update(|all| {
                        // What is only remarked stays said where the answer is about something else: a code that was sent.
                        if state.issues.is_empty() {
                            all.retain(|issue| issue.severity == Severity::Warning);
                        } else {
                            all.clone_from(&state.issues);
                        }
                    });
                    sent.set(true);
                    told.set(state.told.clone());
                    noted.set(state.noted.clone());
                    latest.set(state);
                }
                // Nobody looked at it: what was said of its answers still holds.
                Err(error) => {
                    told.set(Some(error.say()));
                    noted.set(None);
                }
            }
            busy.set(false);
            focus_summary();
        });
    };
    let groups = page.parts.iter().map(|part| match part {
        Part::Group(group) => {
            let fields = group.fields.iter().map(|field| {
                let path = page.path(field.key);
                let value = values.with_untracked(|v| v.get(&path).cloned().unwrap_or_default());
                let options = regions.get(&path).cloned().unwrap_or_default();
                let input = view! { <FieldInput field=field path=path value=value issues=judged options=options/> };
                if field.kind != Kind::SmsCode {
                    return input.into_any();
                }
                let code = view! { <button class="button" type="submit" name="act" value="code" formnovalidate disabled=move || busy.get()>{tx(t("获取验证码", "Send me a code"))}</button> };
                view! { <div class="with-button">{input}{code}</div> }.into_any()
            });
            let fields = fields.collect_view();
            if group.title.is_none() {
                view! { <div class="group">{fields}</div> }.into_any()
            } else {
                view! { <fieldset class="group"><legend>{tx(group.title)}</legend>{fields}</fieldset> }.into_any()
            }
        }
        Part::Note(text) => view! { <p class="note">{tx(*text)}</p> }.into_any(),
        Part::Table(_) | Part::Files(_) => ().into_any(),
    });
    let groups = groups.collect_view();
    view! {
        <form class="form" method="post" action=action on:submit=on_submit>
            // Enter sends the form, whatever other buttons come first.
            <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">{tx(button)}</button>
            {move || noted.get().map(|say| view! { <div id="noted" tabindex="-1"><Notice tone=Tone::Done><p role="status">{marked(say.get(lang))}</p></Notice></div> })}
            {move || told.get().map(|say| view! { <div id="told" tabindex="-1"><Notice tone=Tone::Wrong><p>{marked(say.get(lang))}</p></Notice></div> })}
            <Doubts latest=latest/>
            <ErrorSummary issues=summed title=t("需要修改", "To mend")/>
            {groups}
            {seen}
            {children.map(|c| c())}
            <p class="actions"><button class="button primary" type="submit" disabled=move || busy.get()>{tx(button)}</button></p>
        </form>
    }
}

/// What is to be looked at once more, where a form came back for nothing else; sent again it is taken as it is.
#[component]
fn Doubts(latest: RwSignal<FormState>) -> impl IntoView {
    let lang = use_lang();
    move || {
        let (issues, is_seen) = latest.with(|state| (state.issues.clone(), state.values.contains_key(SEEN)));
        let is_doubt = |issue: &Issue| issue.severity == Severity::Warning;
        (is_seen && !issues.is_empty() && issues.iter().all(is_doubt)).then(|| {
            let link =
                move |issue: Issue| view! { <li><a rel="external" href=format!("#{}", field_id(&issue.path))>{marked(issue.message.get(lang))}</a></li> };
            let said = t(
                "还没有提交。请再看一遍下面提到的内容；确认无误，请重新填写密码和验证码，再提交一次。",
                "Not sent yet. Please look once more at what is remarked below; if it is right, enter passwords and code anew and send it again.",
            );
            view! { <Notice tone=Tone::Warn><p>{tx(said)}</p><ul>{issues.into_iter().map(link).collect_view()}</ul></Notice> }
        })
    }
}

/// The issues of one field, as the whole page is judged.
fn judge_one(page: &'static Page, values: &Values, path: &str) -> Vec<Issue> {
    let doc = crate::form::Doc::of(values.clone());
    crate::form::judge_page(page, &doc, today()).into_iter().filter(|i| i.path == path).collect()
}

/// Today in the browser; the server judges by its own clock.
pub fn today() -> jiff::civil::Date {
    #[cfg(feature = "hydrate")]
    {
        crate::base::workdays::legal_date(js_sys::Date::now() as i64)
    }
    #[cfg(not(feature = "hydrate"))]
    {
        jiff::civil::Date::MAX
    }
}

/// What a form would post, `values[path]` by path; `None` where script does not run.
pub fn posted_values(event: &leptos::ev::SubmitEvent) -> Option<Values> {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let form: web_sys::HtmlFormElement = event.target()?.dyn_into().ok()?;
        let mut values = values_of(&form)?;
        if let Some(button) = event.submitter().and_then(|b| b.dyn_into::<web_sys::HtmlElement>().ok())
            && let (Some(name), Some(value)) = (button.get_attribute("name"), button.get_attribute("value"))
        {
            values.entry(name).or_insert(value);
        }
        Some(values)
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = event;
        None
    }
}

/// What stands in a form, `values[path]` by path.
#[cfg(feature = "hydrate")]
pub fn values_of(form: &web_sys::HtmlFormElement) -> Option<Values> {
    let data = web_sys::FormData::new_with_form(form).ok()?;
    let mut values = Values::new();
    for entry in js_sys::try_iter(&data).ok()??.flatten() {
        let pair = js_sys::Array::from(&entry);
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            let path = name.strip_prefix("values[").and_then(|n| n.strip_suffix(']')).map_or(name.clone(), str::to_owned);
            values.insert(path, value);
        }
    }
    Some(values)
}

/// Takes a value out of what was posted that is no answer of its page.
pub fn take(values: &mut Values, name: &str) -> String {
    values.remove(name).unwrap_or_default()
}

/// Goes to another page, with a full load: who is signed in may have changed.
pub fn go(to: &str) {
    #[cfg(feature = "hydrate")]
    {
        // A failed navigation leaves the page as it is, with what it says.
        window().location().set_href(to).ok();
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = to;
}

/// Empties the passwords of a form that was not accepted: they are never shown again.
fn forget_passwords(page: &'static Page, values: RwSignal<Values>) {
    for (path, _) in page.fields().filter(|(_, field)| matches!(field.kind, Kind::Password | Kind::NewPassword)) {
        values.update(|v| {
            v.remove(&path);
        });
        #[cfg(feature = "hydrate")]
        {
            use wasm_bindgen::JsCast;
            if let Some(input) = document().get_element_by_id(&field_id(&path)).and_then(|e| e.dyn_into::<web_sys::HtmlInputElement>().ok()) {
                input.set_value("");
            }
        }
    }
}

/// Moves the focus to what is to be mended.
pub fn focus_summary() {
    #[cfg(feature = "hydrate")]
    request_animation_frame(|| {
        use wasm_bindgen::JsCast;
        let found = ["told", "summary", "noted"].iter().find_map(|id| document().get_element_by_id(id));
        if let Some(element) = found.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
            element.focus().ok();
        }
    });
}
