//! The item picker (选择许可类别与项目, spec 2.9). What is chosen lives in the address: a plain GET form works without
//! script; with script every tick goes there at once.

use super::{CaseTrail, HOME, trail};
use crate::application::api::{self, Create, Rechoose};
use crate::application::book::Address;
use crate::application::picker::{Chosen, ItemView, Picker};
use crate::base::{Say, t};
use crate::catalogue::CATEGORIES;
use crate::ui::breadcrumb::Breadcrumb;
use crate::ui::button::PlainButton;
use crate::ui::field::RegionSelects;
use crate::ui::form::FormState;
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Tone};
use crate::ui::script::scripted;
use crate::ui::value::marked;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::Form;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;

/// Most working addresses one application names.
const MAX_PLACES: usize = 20;

/// The draft that is chosen for again: its number, and its revision when that was begun.
type Again = Option<(String, i64)>;

/// `/apply/first`, and `/applications/{no}/choose` for a draft that has been begun.
#[component]
pub fn PickerPage() -> impl IntoView {
    let query = use_query_map();
    let no = use_params_map().with_untracked(|params| params.get("no"));
    let (heading, way) = match no.clone() {
        Some(no) => (t("修改申请项目和地址", "Change items or addresses"), view! { <CaseTrail no=no is_person=false/> }.into_any()),
        None => {
            let heading = t("选择许可类别与项目", "Choose category and items");
            let above = trail(&[HOME, ("/apply", t("我要办", "Apply"))]);
            (heading, view! { <Breadcrumb trail=above here=tx(heading)/> }.into_any())
        }
    };
    let asked = Memo::new(move |_| query.with(|query| (read(query), query.get("revision").and_then(|revision| revision.parse::<i64>().ok()))));
    let data = load(
        move || (no.clone(), asked.get()),
        |(no, (chosen, seen))| async move {
            let state = crate::account::api::form_state("picker".into()).await?;
            let (chosen, again) = match (no, seen) {
                (None, _) => (chosen, None),
                (Some(no), Some(seen)) => (chosen, Some((no, seen))),
                // The address says nothing yet: begin with what the draft is for now.
                (Some(no), None) => {
                    let (chosen, seen) = api::choice(no.clone()).await?;
                    (chosen, Some((no, seen)))
                }
            };
            Ok((api::picker(chosen).await?, state, again))
        },
    );
    view! {
        {way}
        <Heading text=heading/>
        <Load resource=data view=|(picker, state, again): (Picker, FormState, Again)| view! { <Pick picker=picker state=state again=again/> }.into_any()/>
    }
}

/// What the address says is chosen.
fn read(query: &ParamsMap) -> Chosen {
    let all = |key: &str| query.get_all(key).unwrap_or_default();
    let places = (0..MAX_PLACES).filter_map(|n| {
        let parts = [1, 2, 3].map(|level| query.get(&format!("values[place{n}@{level}]")).unwrap_or_default());
        let address = query.get(&format!("address{n}")).unwrap_or_default();
        let region = deepest(&parts);
        (!region.is_empty() || !address.is_empty()).then_some(Address { region, address })
    });
    let places = places.collect();
    Chosen { category: query.get("category").unwrap_or_default(), items: all("item"), places, set_up_by: query.get("set_up_by").unwrap_or_default() }
}

/// The deepest of three levels that lie in each other, by their codes alone.
pub(super) fn deepest(parts: &[String; 3]) -> String {
    let [province, city, county] = parts;
    let within = |low: &str, high: &str, digits: usize| low.len() == 6 && high.len() == 6 && low[..digits] == high[..digits];
    if within(county, city, 4) || (within(county, province, 2) && city.is_empty()) {
        county.clone()
    } else if within(city, province, 2) {
        city.clone()
    } else {
        province.clone()
    }
}

#[component]
fn Pick(picker: Picker, state: FormState, again: Again) -> impl IntoView {
    let lang = use_lang();
    let category = picker.chosen.category.clone();
    let radios = CATEGORIES.iter().map(|c| {
        let checked = c.key == category;
        view! { <label class="choice"><input type="radio" name="category" value=c.key checked=checked/><span>{tx(c.name)}<small>{tx(c.hint)}</small></span></label> }
    });
    let radios = radios.collect_view();
    let told = state.told.map(|told| view! { <Notice tone=Tone::Wrong><p>{marked(told.get(lang))}</p></Notice> });
    let open = !picker.chosen.category.is_empty();
    let before = Before::look();
    let unfolded = before.unfolded.clone();
    Effect::new(move |_| before.restore());
    let tree = open.then(|| view! { <Tree picker=picker.clone() unfolded=unfolded/> }.into_any());
    let action = again.as_ref().map_or_else(|| "/apply/first".to_owned(), |(no, _)| format!("/applications/{no}/choose"));
    let revision = again.as_ref().map(|(_, revision)| view! { <input type="hidden" name="revision" value=revision.to_string()/> });
    let basket = open.then(|| view! { <Basket picker=picker again=again/> });
    view! {
        {told}
        <div class="picker">
            <Form method="GET" action=action noscroll=true attr:class="picker-form" on:change=resubmit>
                {revision}
                <fieldset class="picker-categories">
                    <legend>{tx(t("请选择许可类别", "Category"))}</legend>
                    {radios}
                    <PlainButton label=t("显示项目", "Show items")/>
                </fieldset>
                {tree}
            </Form>
            {basket}
        </div>
    }
}

/// The items, grouped as the catalogue groups them, and what routing needs to know.
#[component]
fn Tree(picker: Picker, unfolded: Vec<String>) -> impl IntoView {
    let lang = use_lang();
    let mut groups: Vec<(String, Vec<ItemView>)> = Vec::new();
    for item in picker.items {
        match groups.last_mut() {
            Some((name, items)) if *name == item.item => items.push(item),
            _ => groups.push((item.item.clone(), vec![item])),
        }
    }
    let groups = groups.into_iter().map(|(name, items)| {
        let any = items.iter().any(|i| i.chosen) || unfolded.contains(&name);
        let leaves = items.into_iter().map(|item| view! { <Leaf item=item/> }).collect_view();
        view! { <details class="picker-group" open=any><summary lang="zh-CN">{name}</summary><ul>{leaves}</ul></details> }
    });
    let scripted = scripted();
    let places = picker.place.map(|name| {
        let name = name.get(lang).to_owned();
        let filled = picker.chosen.places.into_iter().zip(picker.regions);
        let blank = (Address::default(), picker.new_place);
        let rows = filled.chain(std::iter::once(blank)).enumerate().map(|(n, (place, levels))| {
            let legend = format!("{name} {}", n + 1);
            view! {
                <fieldset class="place">
                    <legend>{legend}</legend>
                    <RegionSelects path=format!("place{n}") value=place.region levels=levels/>
                    <div class="field"><label for=format!("address{n}")>{tx(t("详细地址", "Address"))}</label><input id=format!("address{n}") name=format!("address{n}") value=place.address maxlength="200"/></div>
                </fieldset>
            }
        });
        view! { <section class="picker-places"><h2>{name.clone()}</h2><p class="hint">{tx(t("由这个地址所在的省决定审批机关；有几个地址就填几个。", "The province of this address decides on the authority; give each address you have."))}</p>{rows.collect_view()}</section> }
    });
    let setup = picker.asks_setup.then(|| {
        let now = picker.chosen.set_up_by.clone();
        let options =
            [("government", t("省级或者副省级城市人民政府设立", "Set up by a provincial or sub-provincial government")), ("other", t("其他", "Other"))];
        let radios = options.map(
            |(key, text)| view! { <label class="choice"><input type="radio" name="set_up_by" value=key checked=now == key/><span>{tx(text)}</span></label> },
        );
        view! { <fieldset><legend>{tx(t("检验机构的设立单位", "Who set the institution up"))}</legend>{radios.collect_view()}</fieldset> }
    });
    view! {
        <fieldset class="picker-items">
            <legend>{tx(t("请选择许可的项目", "Items"))}</legend>
            <div class="field picker-search" hidden=move || !scripted.get()><label for="picker-search">{tx(t("在项目中查找", "Find an item"))}</label><input id="picker-search" type="search" on:input=|event| find(&event_target_value(&event))/></div>
            {groups.collect_view()}
        </fieldset>
        {setup}
        {places}
        <p class="actions"><PlainButton label=t("更新审批机关", "Update the authority")/></p>
    }
}

#[component]
fn Leaf(item: ItemView) -> impl IntoView {
    let lang = use_lang();
    let covered = item.covered_by.clone();
    let why = covered.clone().map(|by| format!("{}“{by}”{}", tx(t("已被", "Covered by ")), tx(t("覆盖", ""))));
    let who = if item.national { t("总局", "National") } else { t("省级", "Provincial") };
    let words = format!("{} {} {}", item.item, item.label, item.parameters);
    let note = item.note.get(lang).to_owned();
    let (name_id, more_id) = (format!("item-{}", item.id), format!("item-{}-more", item.id));
    view! {
        <li class="leaf" class:covered=covered.is_some() data-words=words>
            <label class="choice">
                <input type="checkbox" name="item" value=item.id checked=item.chosen disabled=covered.is_some() && !item.chosen aria-labelledby=name_id.clone() aria-describedby=more_id.clone()/>
                <span><span id=name_id lang="zh-CN">{item.label}</span>" "
                    <span id=more_id><span class="who">{tx(who)}</span>
                        {(!item.parameters.is_empty()).then(|| view! { <small lang="zh-CN">{item.parameters.clone()}</small> })}
                        {(!note.is_empty()).then(|| view! { <small>{marked(&note)}</small> })}
                        {why.map(|why| view! { <small class="why">{marked(&why)}</small> })}
                    </span>
                </span>
            </label>
        </li>
    }
}

/// What is chosen, who decides and why, what is missing; one button on for each application.
#[component]
fn Basket(picker: Picker, again: Again) -> impl IntoView {
    let lang = use_lang();
    let json = serde_json::to_string(&picker.chosen).unwrap_or_default();
    let label = |id: &String| picker.items.iter().find(|i| i.id == *id).map(|i| i.label.clone()).unwrap_or_default();
    let warning = |say: &Say| {
        let words = marked(say.get(lang));
        view! { <Notice tone=Tone::Warn><p>{words}</p></Notice> }
    };
    let held = picker.held.iter().map(warning).collect_view();
    let bans = picker.bans.iter().map(warning).collect_view();
    let missing = picker.missing.iter().map(warning).collect_view();
    let route = picker.route.clone().unwrap_or_default();
    let several = route.parts.len() > 1;
    let summary = route.parts.iter().map(|part| part.name.clone()).collect::<Vec<_>>().join("、");
    let ask = route.ask.map(|ask| view! { <Notice tone=Tone::Info><p>{marked(ask.get(lang))}</p></Notice> });
    let blocked = !picker.missing.is_empty();
    let action = if again.is_some() { Rechoose::url() } else { Create::url() };
    let (one, next) = if again.is_some() {
        (t("这份申请改为：", "Make this one: "), t("保存修改", "Save the change"))
    } else {
        (t("先填这一份：", "Start this one: "), t("下一步", "Next"))
    };
    let back = again
        .clone()
        .map(|(no, _)| view! { <p><a href=format!("/applications/{no}")>{tx(t("不改了，回到申请书", "Back to the book without a change"))}</a></p> });
    let parts = route.parts.into_iter().map(|part| {
        let items = part.items.iter().map(|id| view! { <li lang="zh-CN">{label(id)}</li> }).collect_view();
        let button = if several { format!("{}{}", tx(one), part.name) } else { tx(next).to_owned() };
        let draft = again
            .clone()
            .map(|(no, revision)| view! { <input type="hidden" name="no" value=no/><input type="hidden" name="revision" value=revision.to_string()/> });
        view! {
            <form method="post" action=action class="basket-part">
                {draft}
                <input type="hidden" name="chosen" value=json.clone()/>
                <input type="hidden" name="authority" value=part.authority.clone()/>
                <ul>{items}</ul>
                <p><strong lang="zh-CN">{part.name.clone()}</strong><br/><small>{marked(part.reason.get(lang))}</small></p>
                <button class="button primary" type="submit" disabled=blocked>{marked(&button)}</button>
            </form>
        }
    });
    let parts = parts.collect_view();
    let empty = picker.chosen.items.is_empty().then(|| view! { <p class="muted">{tx(t("还没有选择项目", "Nothing chosen yet"))}</p> });
    view! {
        <aside class="basket" aria-label=tx(t("请选择许可申请提交的审批机关", "Authority to apply to"))>
            <details>
            <summary>{tx(t("许可申请提交的审批机关", "Authority"))}" "<span lang="zh-CN">{summary}</span></summary>
            <h2>{tx(t("许可申请提交的审批机关", "Authority"))}</h2>
            {empty}
            {bans}
            {held}
            {several.then(|| view! { <Notice tone=Tone::Info><p>{tx(t("所选项目要分别申请：每个审批机关、每个省一份。", "These need separate applications: one for each authority and province."))}</p></Notice> })}
            {ask}
            {missing}
            {parts}
            {back}
            </details>
        </aside>
    }
}

/// With script a tick takes effect at once: the form's own GET, without a reload.
pub(super) fn resubmit(event: leptos::ev::Event) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        if let Some(form) = event.current_target().and_then(|t| t.dyn_into::<web_sys::HtmlFormElement>().ok()) {
            form.request_submit().ok();
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = event;
}

/// How the form stood before an answer draws it anew: nobody's focus, open groups or half-typed address is lost by that.
#[derive(Clone, Default)]
struct Before {
    /// Finds the focused control.
    #[cfg(feature = "hydrate")]
    focused: Option<String>,
    unfolded: Vec<String>,
    /// Addresses typed and not yet sent, by name.
    #[cfg(feature = "hydrate")]
    typed: Vec<(String, String)>,
}

#[cfg(not(feature = "hydrate"))]
impl Before {
    fn look() -> Before {
        Before::default()
    }
    fn restore(&self) {}
}

#[cfg(feature = "hydrate")]
impl Before {
    fn look() -> Before {
        use wasm_bindgen::JsCast;
        let all = |selector: &str| {
            let found = document().query_selector_all(selector).ok();
            let count = found.as_ref().map_or(0, |list| list.length());
            (0..count).filter_map(move |i| found.as_ref()?.item(i)).collect::<Vec<_>>()
        };
        let focused = document().active_element().filter(|element| element.closest(".picker-form").is_ok_and(|form| form.is_some())).and_then(|element| {
            let name = element.get_attribute("name")?;
            let choice = matches!(element.get_attribute("type").as_deref(), Some("checkbox" | "radio"));
            let value = element.get_attribute("value").filter(|_| choice).map(|value| format!("[value=\"{value}\"]")).unwrap_or_default();
            Some(format!(".picker-form [name=\"{name}\"]{value}"))
        });
        let unfolded = all(".picker-group[open] > summary").iter().filter_map(|summary| summary.text_content()).collect();
        let inputs = all(".picker-form input[name^=\"address\"]").into_iter().filter_map(|node| node.dyn_into::<web_sys::HtmlInputElement>().ok());
        let typed = inputs.filter(|input| input.value() != input.default_value()).map(|input| (input.name(), input.value())).collect();
        Before { focused, unfolded, typed }
    }

    fn restore(&self) {
        use wasm_bindgen::JsCast;
        let find = |selector: &str| document().query_selector(selector).ok().flatten();
        for (name, value) in &self.typed {
            if let Some(input) = find(&format!("input[name=\"{name}\"]")).and_then(|e| e.dyn_into::<web_sys::HtmlInputElement>().ok()) {
                input.set_value(value);
            }
        }
        if let Some(control) = self.focused.as_deref().and_then(find).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
            control.focus().ok();
        }
    }
}

/// Hides the leaves that do not hold the words looked for.
pub(super) fn find(text: &str) {
    #[cfg(feature = "hydrate")]
    {
        use crate::base::text::holds_words;
        use wasm_bindgen::JsCast;
        let Ok(leaves) = document().query_selector_all(".leaf") else { return };
        for leaf in (0..leaves.length()).filter_map(|i| leaves.item(i)?.dyn_into::<web_sys::HtmlElement>().ok()) {
            let fits = leaf.get_attribute("data-words").is_some_and(|words| holds_words(&words, text));
            leaf.set_hidden(!fits);
            if let Some(group) = leaf.closest("details").ok().flatten().filter(|_| fits && !text.trim().is_empty()) {
                group.set_attribute("open", "").ok();
            }
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = text;
}
