//! One question on a screen, of any kind: label, hint, message, control. Controls are uncontrolled: their value stands in
//! the server's HTML and is never overwritten while somebody types; what is typed goes to [`FieldEvents`] where a page
//! provides them. Which control a kind has is known in `control`.

use super::answer::{describe, left, message_id, state, typed};
use super::control::{Aria, control};
use super::lang::{tx, use_lang};
use super::note::under_label;
use super::value::{label_with_unit, lang_of, marked, shown};
use crate::base::{Text, t};
use crate::form::{Field, Issue, Kind, Need, Options};
use leptos::prelude::*;

pub use super::answer::focus;
pub use super::control::TextArea;
pub use super::region::RegionSelects;

/// What a page wants to know of its fields: every change, and leaving one.
#[derive(Clone, Copy)]
pub struct FieldEvents {
    pub input: Callback<(String, String)>,
    pub leave: Callback<String>,
}

/// The answer at a path as it stands on this page, for questions that arise from another answer; reading it is tracked.
#[derive(Clone, Copy)]
pub struct Answers(pub Callback<String, String>);

/// What changed elsewhere last, path and value, for controls that are more than one element.
#[derive(Clone, Copy)]
pub struct Elsewhere(pub Signal<(String, String)>);

/// Whether what stands at a path may be changed; without it everything may.
#[derive(Clone, Copy)]
pub struct Open(pub Callback<String, bool>);

/// Whether what stands at a path may be changed on this page.
pub fn is_open(path: &str) -> bool {
    openness()(path)
}

/// Tells it also later, where there is no context to ask.
pub fn openness() -> impl Fn(&str) -> bool + Copy + Send + Sync + 'static {
    let open = use_context::<Open>();
    move |path: &str| open.is_none_or(|Open(is_open)| is_open.run(path.to_owned()))
}

/// Hides a question while it does not arise. Without script it is shown, and its hint says for whom it is.
fn asked(field: &'static Field, path: &str, input: AnyView) -> AnyView {
    let (Need::When(key, values), Some(Answers(answer)), Some((place, _))) = (field.need, use_context::<Answers>(), path.rsplit_once('/')) else {
        return input;
    };
    let other = format!("{place}/{key}");
    let scripted = super::script::scripted();
    let hidden = Memo::new(move |_| scripted.get() && !values.contains(&answer.run(other.clone()).as_str()));
    view! { <div hidden=move || hidden.get()>{input}</div> }.into_any()
}

/// The HTML id of the field at a path; error summaries link to it.
pub fn field_id(path: &str) -> String {
    format!("f-{}", path.replace(['/', '@'], "-"))
}

/// The HTML name of the field at a path: what a plain form posts.
pub fn field_name(path: &str) -> String {
    format!("values[{path}]")
}

/// 选填
const OPTIONAL: Text = t("选填", "optional");

/// The word beside a label whose field may stay empty.
pub(super) fn optional(field: &Field) -> Option<&'static str> {
    (matches!(field.need, Need::Optional) && !field.fixed).then(|| tx(OPTIONAL))
}

/// What assistive technology is told of a control: only a single control, a group of radios, or each day of a period can be required.
fn required(field: &Field) -> Option<&'static str> {
    let single = !matches!(field.kind, Kind::Tick | Kind::Checks(_) | Kind::Rows(_) | Kind::Region);
    (single && matches!(field.need, Need::Always)).then_some("true")
}

/// A field. In a repeat table (`compact`) the heads of its column and row are its label; the table marks its issues.
#[component]
pub fn FieldInput(
    field: &'static Field,
    path: String,
    #[prop(into)] value: String,
    #[prop(into)] issues: Signal<Vec<Issue>>,
    #[prop(optional)] prefilled: bool,
    #[prop(optional)] options: Options,
    #[prop(optional)] compact: bool,
) -> impl IntoView {
    if compact {
        let issue = issues.with_untracked(|all| all.iter().find(|issue| issue.path == path).cloned());
        return cell(field, &path, value, issue.as_ref(), options, is_open(&path), "");
    }
    let place = path.clone();
    asked(field, &place, question(field, path, value, issues, prefilled, options))
}

/// A field with its label, hint and message.
fn question(field: &'static Field, path: String, value: String, issues: Signal<Vec<Issue>>, prefilled: bool, options: Options) -> AnyView {
    let lang = use_lang();
    let id = field_id(&path);
    let label = field.label.get(lang);
    let prefilled = prefilled.then(|| view! { <span class="prefilled">{tx(t("来自单位资料", "from your profile"))}</span> });
    let is_shown = field.fixed || !is_open(&path);
    let note = if is_shown { tx(field.hint).to_owned() } else { under_label(field, lang) };
    let hint_id = (!note.is_empty()).then(|| format!("{id}-hint"));
    let hint = hint_id.clone().map(|id| view! { <p class="hint" id=id>{marked(&note)}</p> });
    if is_shown {
        let label_id = format!("{id}-label");
        let shown = shown(field, &value, &options, lang);
        return view! {
            <div class="field fixed">
                <div class="field-head"><span class="label" id=label_id.clone()>{label}</span>{prefilled}</div>
                {hint}
                <output class="fixed-value" id=id aria-labelledby=label_id lang=lang_of(&shown)>{shown.clone()}</output>
            </div>
        }
        .into_any();
    }
    let own = {
        let path = path.clone();
        Memo::new(move |_| issues.with(|all| all.iter().find(|issue| issue.path == path).cloned()))
    };
    let message = {
        let id = message_id(&path);
        move || own.get().map(|issue| view! { <p class=format!("message {}", state(Some(&issue)).0) id=id.clone()>{marked(issue.message.get(lang))}</p> })
    };
    let class = move || own.with(|issue| format!("field {}", state(issue.as_ref()).0));
    let now = own.get_untracked();
    let described: Vec<String> = hint_id.clone().into_iter().chain(now.as_ref().map(|_| message_id(&path))).collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let invalid = state(now.as_ref()).1;
    {
        let path = path.clone();
        // The server's HTML says it already; only a change is told.
        Effect::new(move |before: Option<Option<Issue>>| {
            let issue = own.get();
            if before.is_some_and(|before| before != issue) {
                describe(&path, issue.as_ref(), hint_id.as_deref());
            }
            issue
        });
    }
    let events = use_context::<FieldEvents>();
    let heard = move |event: leptos::ev::Event| typed(events, &event);
    let gone = move |event: leptos::ev::FocusEvent| left(events, &event);
    let optional = optional(field).map(|word| view! { " "<span class="optional">{word}</span> });
    if matches!(field.kind, Kind::Radio(_) | Kind::Checks(_) | Kind::Rows(_) | Kind::Region | Kind::Period) {
        let legend_id = format!("{id}-label");
        let role = matches!(field.kind, Kind::Radio(_)).then_some("radiogroup");
        let control = control(field, &path, value, Aria { required: required(field), ..Aria::default() }, options, false);
        return view! {
            <fieldset class=class id=id role=role tabindex="-1" aria-labelledby=legend_id aria-describedby=described aria-invalid=invalid aria-required=required(field).filter(|_| role.is_some()) on:input=heard on:focusout=gone>
                <legend><span id=legend_id.clone()>{label}{optional}</span>{prefilled}</legend>
                {hint}
                {message}
                {control}
            </fieldset>
        }
        .into_any();
    }
    let aria = Aria { described, invalid, required: required(field), labelled: None };
    let control = control(field, &path, value, aria, options, false);
    if field.kind == Kind::Tick {
        return view! { <div class=class on:input=heard on:focusout=gone>{hint}{message}{control}</div> }.into_any();
    }
    view! {
        <div class=class on:input=heard on:focusout=gone>
            <div class="field-head"><label for=id>{label}{optional}</label>{prefilled}</div>
            {hint}
            {message}
            {control}
        </div>
    }
    .into_any()
}

/// A cell of a repeat table, without listeners of its own: at thousands of cells each would be felt. `note` is what the head of its
/// column says beside the label; it is drawn where a phone shows no heads.
pub(super) fn cell(field: &'static Field, path: &str, value: String, issue: Option<&Issue>, options: Options, is_open: bool, note: &str) -> AnyView {
    let lang = use_lang();
    let (row, key) = path.rsplit_once('/').unwrap_or_default();
    let table = row.rsplit_once('/').unwrap_or_default().0;
    let (class, invalid) = state(issue);
    let class = format!("{} {class}", width(field));
    let label = match optional(field) {
        Some(word) => format!("{} {word}", label_with_unit(field, lang)),
        None => label_with_unit(field, lang),
    };
    if field.fixed || !is_open {
        let shown = shown(field, &value, &options, lang);
        return view! { <td class=class data-label=label><output class="fixed-value" id=field_id(path) lang=lang_of(&shown)>{shown.clone()}</output></td> }
            .into_any();
    }
    let labelled = Some(format!("{} {}", head_id(table, key), field_id(row)));
    let aria = Aria { labelled, described: issue.map(|_| message_id(path)), invalid, required: None };
    let message = issue.map(|issue| view! { <p class=format!("message {}", state(Some(issue)).0) id=message_id(path)>{marked(issue.message.get(lang))}</p> });
    let control = control(field, path, value, aria, options, true);
    let note = (!note.is_empty()).then(|| note.to_owned());
    view! { <td class=class data-label=label data-note=note>{control}{message}</td> }.into_any()
}

/// The id of the head of a column.
pub(super) fn head_id(table: &str, key: &str) -> String {
    format!("h-{}-{key}", table.replace('/', "-"))
}

/// The width of a column tells the length of its answers; what is given wraps, and leaves its room to what is typed.
pub(super) fn width(field: &Field) -> &'static str {
    if field.fixed {
        return "c-s";
    }
    match field.kind {
        Kind::Tick => "c-xs c-tick",
        Kind::Int(_) | Kind::Year | Kind::Postcode => "c-xs",
        Kind::Decimal(..) | Kind::Date | Kind::Select(_) | Kind::Mobile => "c-s",
        Kind::LongText | Kind::Checks(_) | Kind::Rows(_) => "c-l",
        Kind::Region | Kind::Period => "c-xl",
        _ => "c-m",
    }
}
