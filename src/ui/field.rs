//! One question on a screen, of any kind. Inputs are uncontrolled: their value stands in the server's HTML and is never
//! overwritten while somebody types; events go through [`FieldEvents`] where a page provides them.

use super::lang::{tx, use_lang};
use crate::base::{Text, t};
use crate::form::{Choice, Field, Issue, Kind, Need, Severity};
use leptos::prelude::*;

/// What a page wants to know of its fields: every change, and leaving one.
#[derive(Clone, Copy)]
pub struct FieldEvents {
    pub input: Callback<(String, String)>,
    pub leave: Callback<String>,
}

/// The HTML id of the field at a path; error summaries link to it.
pub fn field_id(path: &str) -> String {
    format!("f-{}", path.replace(['/', '@'], "-"))
}

/// The HTML name of the field at a path: what a plain form posts.
pub fn field_name(path: &str) -> String {
    format!("values[{path}]")
}

/// Options of a cascading region: provinces, cities, counties, as code and name.
pub type RegionLevels = Vec<Vec<(String, String)>>;

fn changed(events: Option<FieldEvents>, path: &str, value: String) {
    if let Some(events) = events {
        events.input.run((path.to_owned(), value));
    }
}

/// A field with label, hint, message and input.
#[component]
pub fn FieldInput(
    field: &'static Field,
    path: String,
    #[prop(into)] value: String,
    #[prop(into)] issues: Signal<Vec<Issue>>,
    #[prop(optional)] prefilled: bool,
    #[prop(optional)] regions: RegionLevels,
    /// Inside a table: the column's head is the label.
    #[prop(optional)]
    compact: bool,
) -> impl IntoView {
    let lang = use_lang();
    let id = field_id(&path);
    let message_id = format!("{id}-message");
    let hint_id = format!("{id}-hint");
    let own = { let path = path.clone(); Memo::new(move |_| issues.with(|all| all.iter().find(|i| i.path == path).cloned())) };
    let message = { let message_id = message_id.clone(); move || own.get().map(|issue| {
        let class = if issue.severity == Severity::Error { "message" } else { "message warn" };
        view! { <p class=class id=message_id.clone()><span aria-hidden="true">"! "</span>{issue.message.get(lang).to_owned()}</p> }
    }) };
    let unit = unit_of(field.kind);
    let label_text = if unit.is_none() { field.label.get(lang).to_owned() } else { format!("{}（{}）", field.label.get(lang), tx(unit)) };
    let label_text = if matches!(lang, crate::base::Lang::En) { label_text.replace('（', " (").replace('）', ")") } else { label_text };
    let optional = matches!(field.need, Need::Optional) && !field.fixed;
    let optional = optional.then(|| view! { " "<span class="optional">{tx(t("选填", "optional"))}</span> });
    let mark = prefilled.then(|| view! { <span class="prefilled">{tx(t("来自单位资料", "from your profile"))}</span> });
    let has_hint = !field.hint.is_none() && !compact;
    let hint = has_hint.then(|| view! { <p class="hint" id=hint_id.clone()>{tx(field.hint)}</p> });
    let described = { let message_id = message_id.clone(); Signal::derive(move || {
        let mut ids = Vec::new();
        if has_hint { ids.push(hint_id.clone()); }
        if own.get().is_some() { ids.push(message_id.clone()); }
        (!ids.is_empty()).then(|| ids.join(" "))
    }) };
    let invalid = Signal::derive(move || own.get().is_some_and(|i| i.severity == Severity::Error).then_some("true"));
    if field.fixed {
        let shown = shown(field, &value, lang);
        return if compact { view! { <span class="fixed" id=id>{shown}</span> }.into_any() } else {
            view! { <div class="field fixed"><span class="label" id=format!("{id}-label")>{label_text}</span>{hint}<output id=id aria-labelledby=format!("{}-label", field_id(&path))>{shown}</output></div> }.into_any()
        };
    }
    let input = view! { <Input field=field path=path.clone() value=value label=label_text.clone() regions=regions described=described invalid=invalid compact=compact/> };
    let group = matches!(field.kind, Kind::Radio(_) | Kind::Checks(_) | Kind::Region);
    let class = format!("field {}", width(field));
    if compact {
        view! { <div class="cell">{input}{message}</div> }.into_any()
    } else if field.kind == Kind::Tick {
        view! { <div class=class>{hint}{message}{input}</div> }.into_any()
    } else if group {
        view! { <fieldset class=class id=id tabindex="-1" aria-describedby=move || described.get()><legend>{label_text}{optional}{mark}</legend>{hint}{message}{input}</fieldset> }.into_any()
    } else {
        view! { <div class=class><label for=id>{label_text}{optional}{mark}</label>{hint}{message}{input}</div> }.into_any()
    }
}

/// The unit behind a number.
fn unit_of(kind: Kind) -> Text {
    match kind {
        Kind::Int(unit) | Kind::Decimal(_, unit) => unit,
        _ => Text::NONE,
    }
}

/// The width of a field tells the length of its answer.
fn width(field: &Field) -> &'static str {
    match field.kind {
        Kind::Int(_) | Kind::Decimal(..) | Kind::Year | Kind::Postcode | Kind::SmsCode | Kind::Date => "short",
        Kind::LongText | Kind::Radio(_) | Kind::Checks(_) | Kind::Tick | Kind::Region => "wide",
        _ if field.max > 60 => "wide",
        _ => "middle",
    }
}

/// A value for reading, without an input.
pub fn shown(field: &Field, value: &str, lang: crate::base::Lang) -> String {
    match field.kind {
        Kind::Select(choices) | Kind::Radio(choices) => choices.iter().find(|c| c.key == value).map_or_else(|| value.to_owned(), |c| c.label.get(lang).to_owned()),
        _ => value.to_owned(),
    }
}

#[component]
fn Input(
    field: &'static Field,
    path: String,
    value: String,
    label: String,
    regions: RegionLevels,
    described: Signal<Option<String>>,
    invalid: Signal<Option<&'static str>>,
    compact: bool,
) -> impl IntoView {
    let events = use_context::<FieldEvents>();
    let id = field_id(&path);
    let name = field_name(&path);
    let aria_label = compact.then(|| label.clone());
    let required = (matches!(field.need, Need::Always) && field.kind != Kind::Tick).then_some("true");
    let on_input = { let path = path.clone(); move |event: leptos::ev::Event| changed(events, &path, event_target_value(&event)) };
    let on_leave = { let path = path.clone(); move |_: leptos::ev::FocusEvent| if let Some(events) = events { events.leave.run(path.clone()); } };
    let own_path = path.clone();
    match field.kind {
        Kind::LongText => {
            // The server does not escape a textarea's children; a first line break would be swallowed.
            let escaped = format!("\n{}", value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
            view! { <textarea id=id name=name rows="4" maxlength=field.max.to_string() aria-required=required aria-describedby=move || described.get() aria-invalid=move || invalid.get() aria-label=aria_label on:input=on_input on:blur=on_leave inner_html=escaped></textarea> }.into_any()
        }
        Kind::Select(choices) => {
            let option = |c: &'static Choice| view! { <option value=c.key selected=c.key == value>{tx(c.label)}</option> };
            let kept = (!value.is_empty() && !choices.iter().any(|c| c.key == value)).then(|| view! { <option value=value.clone() selected=true>{value.clone()}</option> });
            view! {
                <select id=id name=name aria-required=required aria-describedby=move || described.get() aria-invalid=move || invalid.get() aria-label=aria_label on:change=on_input on:blur=on_leave>
                    <option value="">{tx(t("请选择", "Choose"))}</option>{kept}{choices.iter().map(option).collect_view()}
                </select>
            }
            .into_any()
        }
        Kind::Radio(choices) => {
            let option = |c: &'static Choice| {
                let path = path.clone();
                view! { <label class="choice"><input type="radio" name=name.clone() value=c.key checked=c.key == value on:change=move |_| changed(events, &path, c.key.to_owned())/><span>{tx(c.label)}</span></label> }
            };
            view! { <div class="choices">{choices.iter().map(option).collect_view()}</div> }.into_any()
        }
        Kind::Checks(choices) => {
            let chosen: Vec<String> = value.split(',').filter(|v| !v.is_empty()).map(str::to_owned).collect();
            let now = StoredValue::new(chosen.clone());
            let option = |c: &'static Choice| {
                let path = path.clone();
                let name = field_name(&format!("{path}@{}", c.key));
                let toggle = move |event: leptos::ev::Event| {
                    let on = event_target_checked(&event);
                    now.update_value(|keys| {
                        keys.retain(|k| k != c.key);
                        if on { keys.push(c.key.to_owned()); }
                    });
                    let keys = now.get_value();
                    let in_order: Vec<&str> = choices.iter().map(|c| c.key).filter(|k| keys.iter().any(|key| key == k)).collect();
                    changed(events, &path, in_order.join(","));
                };
                view! { <label class="choice"><input type="checkbox" name=name value="yes" checked=chosen.iter().any(|k| k == c.key) on:change=toggle/><span>{tx(c.label)}</span></label> }
            };
            view! { <div class="choices">{choices.iter().map(option).collect_view()}</div> }.into_any()
        }
        Kind::Tick => {
            let toggle = move |event: leptos::ev::Event| changed(events, &own_path, if event_target_checked(&event) { "yes".to_owned() } else { String::new() });
            view! { <label class="choice"><input type="checkbox" id=id name=name value="yes" checked=value == "yes" aria-describedby=move || described.get() aria-invalid=move || invalid.get() on:change=toggle/><span>{label}</span></label> }.into_any()
        }
        Kind::Region => view! { <RegionSelects path=path value=value levels=regions/> }.into_any(),
        kind => {
            let (type_, mode) = html_type(kind);
            let spell = matches!(kind, Kind::Text).then_some("true").unwrap_or("false");
            let auto = if field.auto.is_empty() { "off" } else { field.auto };
            // A password is never sent back.
            let value = if matches!(kind, Kind::Password | Kind::NewPassword | Kind::SmsCode) { String::new() } else { value };
            view! { <input id=id name=name type=type_ inputmode=mode value=value maxlength=field.max.to_string() autocomplete=auto spellcheck=spell aria-required=required aria-describedby=move || described.get() aria-invalid=move || invalid.get() aria-label=aria_label on:input=on_input on:blur=on_leave/> }.into_any()
        }
    }
}

fn html_type(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Int(_) | Kind::Year | Kind::Postcode | Kind::SmsCode => ("text", "numeric"),
        Kind::Decimal(..) => ("text", "decimal"),
        Kind::Date => ("date", "text"),
        Kind::Mobile | Kind::Phone => ("tel", "tel"),
        Kind::Email => ("email", "email"),
        Kind::Url => ("url", "url"),
        Kind::Password | Kind::NewPassword => ("password", "text"),
        _ => ("text", "text"),
    }
}

/// 省/市/区 as three selects. Without script a button shows the next level; with script it is fetched.
#[component]
pub fn RegionSelects(path: String, value: String, levels: RegionLevels) -> impl IntoView {
    let events = use_context::<FieldEvents>();
    let names = [t("省", "Province"), t("市", "City"), t("区", "District")];
    let levels = RwSignal::new((0..3).map(|n| levels.get(n).cloned().unwrap_or_default()).collect::<Vec<_>>());
    let chosen = RwSignal::new(split(&value));
    let id = field_id(&path);
    let selects = [0usize, 1, 2].map(|n| {
        let name = field_name(&format!("{path}@{}", n + 1));
        let path = path.clone();
        let pick = move |event: leptos::ev::Event| {
            let code = event_target_value(&event);
            chosen.update(|c| {
                c[n].clone_from(&code);
                c[n + 1..].iter_mut().for_each(String::clear);
            });
            levels.update(|l| l[n + 1..].iter_mut().for_each(Vec::clear));
            let deepest = chosen.with_untracked(|c| c.iter().rev().find(|c| !c.is_empty()).cloned().unwrap_or_default());
            changed(events, &path, deepest);
            if n < 2 && !code.is_empty() {
                fetch_below(code, levels, n + 1);
            }
        };
        let options = move || levels.with(|l| l[n].clone()).into_iter().map(|(code, name)| {
            let selected = chosen.with_untracked(|c| c[n] == code);
            view! { <option value=code selected=selected lang="zh-CN">{name}</option> }
        }).collect_view();
        view! { <select id=format!("{id}-{}", n + 1) name=name aria-label=tx(names[n]) on:change=pick><option value="">{tx(names[n])}</option>{options}</select> }
    });
    view! {
        <div class="region">{selects.into_iter().collect_view()}
            <noscript><button class="button" type="submit" name="act" value="refresh">{tx(t("显示下一级", "Show the next level"))}</button></noscript>
        </div>
    }
}

/// The code of each level of a region: `610000`, `610100`, `610112` for the last.
fn split(code: &str) -> [String; 3] {
    let up_to = |n: usize| code.get(..n).filter(|_| code.len() == 6).map(|stem| format!("{stem:0<6}")).unwrap_or_default();
    let (province, city) = (up_to(2), up_to(4));
    let city = if city == province { String::new() } else { city };
    let county = if code == province || code == city { String::new() } else { up_to(6) };
    [province, city, county]
}

fn fetch_below(code: String, levels: RwSignal<Vec<Vec<(String, String)>>>, n: usize) {
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(async move {
        // If it does not come, choosing again asks again.
        if let Ok(below) = crate::account::api::regions(code).await {
            levels.update(|l| l[n] = below);
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (code, levels, n);
}
