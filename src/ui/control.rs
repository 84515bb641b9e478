//! The control of each kind of field, as it stands in the server's HTML: `value`, `selected` and `checked` are attributes
//! and nothing writes to them later. No listeners here; `field` and `repeat` listen for many at once.

use super::button::escaped;
use super::field::{field_id, field_name};
use super::icon::{Glyph, Icon};
use super::lang::{tx, use_lang};
use super::note::at_most;
use super::region::RegionSelects;
use super::value::{lang_of, unit_of};
use crate::base::{Text, period, t, workdays};
use crate::form::rows::REMOVED;
use crate::form::{Choice, Field, Kind, Options};
use leptos::prelude::*;

/// What a control says of itself to assistive technology.
#[derive(Clone, Default)]
pub(super) struct Aria {
    /// Ids of what names it, where no label does.
    pub labelled: Option<String>,
    pub described: Option<String>,
    pub invalid: Option<&'static str>,
    pub required: Option<&'static str>,
}

/// Draws the control of a field.
pub(super) fn control(field: &'static Field, path: &str, value: String, aria: Aria, options: Options, compact: bool) -> AnyView {
    let (id, name) = (field_id(path), field_name(path));
    let Aria { labelled, described, invalid, required } = aria;
    match field.kind {
        Kind::LongText => {
            let rows = if compact { "1" } else { "4" };
            view! {
                <div class="frame">
                    <textarea id=id name=name rows=rows lang=lang_of(&value) aria-labelledby=labelled aria-describedby=described aria-invalid=invalid aria-required=required inner_html=in_textarea(&value)></textarea>
                </div>
            }
            .into_any()
        }
        Kind::Select(choices) => {
            let option = |c: &'static Choice| view! { <option value=c.key selected=c.key == value>{tx(c.label)}</option> };
            // An answer that is no longer offered is kept until another is chosen.
            let kept = (!value.is_empty() && !choices.iter().any(|c| c.key == value)).then(|| view! { <option value=value.clone() selected=true lang=lang_of(&value)>{value.clone()}</option> });
            view! {
                <div class=frame(field, compact)>
                    <select id=id name=name aria-labelledby=labelled aria-describedby=described aria-invalid=invalid aria-required=required>
                        <option value="">{tx(t("请选择", "Choose"))}</option>
                        {kept}
                        {choices.iter().map(option).collect_view()}
                    </select>
                </div>
            }
            .into_any()
        }
        Kind::Radio(choices) => {
            let option = |c: &'static Choice| view! { <label class="choice"><input type="radio" name=name.clone() value=c.key checked=c.key == value/><span>{tx(c.label)}</span></label> };
            choices_of(compact.then_some(id), labelled, described, choices.iter().map(option).collect_view().into_any())
        }
        Kind::Checks(choices) => {
            let chosen = |key: &str| value.split(',').any(|one| one == key);
            let option = |c: &'static Choice| view! { <label class="choice"><input type="checkbox" name=field_name(&format!("{path}@{}", c.key)) value="yes" checked=chosen(c.key)/><span>{tx(c.label)}</span></label> };
            choices_of(compact.then_some(id), labelled, described, choices.iter().map(option).collect_view().into_any())
        }
        Kind::Rows(_) => {
            let chosen = |id: &str| value.split(',').any(|one| one == id);
            let rows: Vec<(String, String)> = options.into_iter().flatten().collect();
            // A row that was removed stays chosen until somebody takes the mark away.
            let is_gone = |id: &&str| !id.is_empty() && !rows.iter().any(|(there, _)| there == id);
            let gone: Vec<(String, String)> = value.split(',').filter(is_gone).map(|id| (id.to_owned(), tx(REMOVED).to_owned())).collect();
            let option = |(id, words): (String, String)| view! { <label class="choice"><input type="checkbox" name=field_name(&format!("{path}@{id}")) value="yes" checked=chosen(&id)/><span lang=lang_of(&words)>{words.clone()}</span></label> };
            let boxes = rows.into_iter().chain(gone).map(option).collect_view();
            // Posted also where nothing is ticked: that the question was drawn.
            let whole = view! { <input type="hidden" name=name value=""/> };
            choices_of(compact.then_some(id), labelled, described, view! { {boxes}{whole} }.into_any())
        }
        Kind::Tick if compact => {
            view! { <input type="checkbox" id=id name=name value="yes" checked=value == "yes" aria-labelledby=labelled aria-describedby=described aria-invalid=invalid/> }.into_any()
        }
        Kind::Tick => {
            view! { <label class="choice"><input type="checkbox" id=id name=name value="yes" checked=value == "yes" aria-describedby=described aria-invalid=invalid/><span>{tx(field.label)}</span></label> }.into_any()
        }
        Kind::Region if compact => {
            view! { <div role="group" id=id tabindex="-1" aria-labelledby=labelled aria-describedby=described><RegionSelects path=path.to_owned() value=value levels=options/></div> }.into_any()
        }
        Kind::Region => view! { <RegionSelects path=path.to_owned() value=value levels=options/> }.into_any(),
        Kind::Period => days_of(path, &value, compact.then_some(id), labelled, required),
        // A secret is never sent back.
        Kind::Password | Kind::NewPassword => view! { <Secret field=field id=id name=name described=described invalid=invalid required=required/> }.into_any(),
        kind => {
            let value = if kind == Kind::SmsCode { String::new() } else { value };
            let (type_, mode, capitals) = typing(kind, &value);
            let unit = unit_of(kind);
            let unit = (!compact && !unit.is_none()).then(|| view! { <span class="unit">{tx(unit)}</span> });
            view! {
                <div class=frame(field, compact)>
                    <input id=id name=name type=type_ inputmode=mode lang=lang_of(&value) value=value autocomplete=field.auto autocapitalize=capitals spellcheck="false" aria-labelledby=labelled aria-describedby=described aria-invalid=invalid aria-required=required/>
                    {unit}
                </div>
            }
            .into_any()
        }
    }
}

/// In a cell the group has the field's id, and the focus goes to it.
fn choices_of(id: Option<String>, labelled: Option<String>, described: Option<String>, choices: AnyView) -> AnyView {
    let role = labelled.is_some().then_some("group");
    let focused = id.is_some().then_some("-1");
    view! { <div class="choices" id=id role=role tabindex=focused aria-labelledby=labelled aria-describedby=described>{choices}</div> }.into_any()
}

/// What the two days of a period are called.
const DAYS: [Text; 2] = [t("从", "From"), t("到", "To")];

/// The two days of a period, named `path@from` and `path@to`.
fn days_of(path: &str, value: &str, id: Option<String>, labelled: Option<String>, required: Option<&'static str>) -> AnyView {
    let role = labelled.is_some().then_some("group");
    let day = |((end, label), given): ((&str, Text), &str)| {
        let path = format!("{path}@{end}");
        let (id, (type_, ..)) = (field_id(&path), typing(Kind::Date, given));
        view! {
            <div class="end">
                <label for=id.clone()>{tx(label)}</label>
                <div class="frame"><input id=id name=field_name(&path) type=type_ value=given.to_owned() autocomplete="off" aria-required=required/></div>
            </div>
        }
    };
    let days = period::ENDS.into_iter().zip(DAYS).zip(period::ends(value)).map(day).collect_view();
    view! { <div class="days" id=id role=role aria-labelledby=labelled>{days}</div> }.into_any()
}

/// A textarea of a form that is no table of fields, with how long its text may be.
#[component]
pub fn TextArea(#[prop(into)] id: String, #[prop(into)] name: String, rows: &'static str, max: &'static str, value: String) -> impl IntoView {
    let hint = format!("{id}-hint");
    view! {
        <p class="hint" id=hint.clone()>{at_most(max, use_lang())}</p>
        <textarea id=id name=name rows=rows maxlength=max lang=lang_of(&value) aria-describedby=hint inner_html=in_textarea(&value)></textarea>
    }
}

/// A textarea's text as HTML. The server's parser drops a first line break, so it gets one more; in the browser none is
/// dropped. Leptos does not escape what stands in a textarea, therefore nobody else may write one.
fn in_textarea(text: &str) -> String {
    let first = if cfg!(feature = "ssr") { "\n" } else { "" };
    format!("{first}{}", escaped(text))
}

/// The frame around a control, as wide as its answer is long.
fn frame(field: &Field, compact: bool) -> &'static str {
    let long = |choices: &[Choice]| choices.iter().any(|c| c.label.zh.chars().count() > 14);
    match field.kind {
        _ if compact => "frame",
        Kind::Int(_) | Kind::Year | Kind::Postcode | Kind::SmsCode => "frame w1",
        Kind::Decimal(..) | Kind::Date | Kind::Mobile | Kind::Phone | Kind::Telephone => "frame w2",
        Kind::Select(choices) if long(choices) => "frame w4",
        Kind::Select(_) | Kind::CreditCode | Kind::UnitCode | Kind::ResidentId | Kind::Username | Kind::Password | Kind::NewPassword => "frame w3",
        Kind::Email | Kind::Url => "frame w4",
        _ if field.max <= 20 || matches!(field.auto, "name" | "family-name") => "frame w2",
        _ if field.max <= 40 => "frame w3",
        _ if field.max <= 100 => "frame w4",
        _ => "frame",
    }
}

/// Type, keyboard and capitals. A date that is none stays visible as text, and no type lets the browser refuse an answer.
fn typing(kind: Kind, value: &str) -> (&'static str, Option<&'static str>, Option<&'static str>) {
    match kind {
        Kind::Int(_) | Kind::Year | Kind::Postcode | Kind::SmsCode => ("text", Some("numeric"), None),
        Kind::Decimal(..) => ("text", Some("decimal"), None),
        Kind::Date if value.is_empty() || workdays::is_iso(value) => ("date", None, None),
        Kind::Mobile | Kind::Phone | Kind::Telephone => ("tel", None, None),
        Kind::Email => ("text", Some("email"), Some("none")),
        Kind::Url => ("text", Some("url"), Some("none")),
        Kind::Username => ("text", None, Some("none")),
        Kind::CreditCode | Kind::UnitCode | Kind::ResidentId => ("text", None, Some("characters")),
        _ => ("text", None, None),
    }
}

/// A password, with a button to see it where script runs.
#[component]
fn Secret(
    field: &'static Field,
    id: String,
    name: String,
    described: Option<String>,
    invalid: Option<&'static str>,
    required: Option<&'static str>,
) -> impl IntoView {
    let (ready, seen) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| ready.set(true));
    let kind = move || if seen.get() { "text" } else { "password" };
    let button = {
        let id = id.clone();
        move || {
            ready.get().then(|| {
                let word = move || tx(if seen.get() { t("隐藏", "Hide") } else { t("显示", "Show") });
                view! {
                    <button type="button" aria-controls=id.clone() aria-pressed=move || seen.get().to_string() on:click=move |_| seen.update(|seen| *seen = !*seen)>
                        <Glyph icon=Icon::Eye/>{word}
                    </button>
                }
            })
        }
    };
    view! {
        <div class=frame(field, false)>
            <input id=id name=name type=kind autocomplete=field.auto autocapitalize="none" spellcheck="false" aria-describedby=described aria-invalid=invalid aria-required=required/>
            {button}
        </div>
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_typed_into_a_textarea_stays_text() {
        let html = super::in_textarea("</textarea><script>alert(1)</script> & \"");
        assert_eq!(html.trim_start(), "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;");
    }
}
