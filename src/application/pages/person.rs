//! The choice of a qualification (选择资格项目, spec 2.21 step 1): kind, code, place of practice; who decides and why, and what stands
//! against it. As in the picker of units, what is chosen lives in the address.

use super::picker::{deepest, find, resubmit};
use crate::application::api::{self, CreatePerson};
use crate::application::qualify::{Choice, Qualify};
use crate::base::{Say, Text, t};
use crate::catalogue::personnel::{Group, PersonnelCode, PersonnelDecider};
use crate::ui::button::PlainButton;
use crate::ui::field::RegionSelects;
use crate::ui::form::FormState;
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Tone};
use crate::ui::value::{lang_of, marked};
use crate::workflow::person::PersonKind;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::Form;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

/// `/apply/person`
#[component]
pub fn QualifyPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(read));
    let data = load(
        move || asked.get(),
        |choice| async move {
            let state = crate::account::api::form_state("qualify".into()).await?;
            Ok((api::qualify(choice).await?, state))
        },
    );
    view! {
        <Heading text=t("检验、检测人员资格认定申请", "Apply for a qualification")/>
        <p class="lead">{tx(t("选择申请类别、项目和执业所在地，就知道由谁审批、还差什么。", "Choose the kind, the item and the place of practice, and see who decides and what is missing."))}</p>
        <Load resource=data view=|(page, state): (Qualify, FormState)| view! { <Pick page=page state=state/> }.into_any()/>
    }
}

fn read(query: &ParamsMap) -> Choice {
    let one = |key: &str| query.get(key).unwrap_or_default();
    let region = deepest(&[1, 2, 3].map(|level| one(&format!("values[practice@{level}]"))));
    Choice { kind: one("kind"), code: one("code"), words: one("words"), region }
}

/// What a kind is for.
fn about(kind: PersonKind) -> Text {
    match kind {
        PersonKind::Obtain => t("没有这一项目的证书；经考试取得", "You do not hold this item; by examination"),
        PersonKind::RenewExam => t("证书到期前 6 至 12 个月；要考试", "6 to 12 months before expiry; with an examination"),
        PersonKind::RenewFile => t("证书到期前 3 至 6 个月；免考，审核材料", "3 to 6 months before expiry; papers are reviewed instead"),
        PersonKind::Move => t("换执业单位，或者改个人信息；不考试", "Another practising unit or other personal data; no examination"),
    }
}

#[component]
fn Pick(page: Qualify, state: FormState) -> impl IntoView {
    let lang = use_lang();
    let Choice { kind, code, region, words } = page.choice.clone();
    let kinds = PersonKind::all().map(|one| {
        let checked = one.word() == kind;
        view! { <label class="choice"><input type="radio" name="kind" value=one.word() checked=checked/><span>{tx(one.label())}<small>{tx(about(one))}</small></span></label> }
    });
    let kinds = kinds.collect_view();
    let mut groups: Vec<((Group, Say), Vec<PersonnelCode>)> = Vec::new();
    for one in page.codes.clone() {
        let key = (one.group, one.level_said());
        match groups.last_mut() {
            Some((known, codes)) if *known == key => codes.push(one),
            // Testing is listed by method, so a level comes again.
            _ => match groups.iter_mut().find(|(known, _)| *known == key) {
                Some((_, codes)) => codes.push(one),
                None => groups.push((key, vec![one])),
            },
        }
    }
    let none = groups.is_empty().then(|| view! { <p class="muted">{tx(t("没有符合的项目，请换个词查找", "Nothing fits; try other words"))}</p> });
    let is_searched = !words.is_empty();
    let groups = groups.into_iter().map(|((group, level), codes)| {
        let open = is_searched || codes.iter().any(|one| one.code == code);
        let leaves = codes.into_iter().map(|one| view! { <Leaf checked=one.code == code one=one/> }).collect_view();
        let level = level.get(lang).to_owned();
        let name = view! { {tx(group.label())}" · "<span lang=lang_of(&level)>{level.clone()}</span> };
        view! { <details class="picker-group" open=open><summary>{name}</summary><ul>{leaves}</ul></details> }
    });
    let groups = groups.collect_view();
    let told = state.told.map(|told| view! { <Notice tone=Tone::Wrong><p>{marked(told.get(lang))}</p></Notice> });
    let regions = page.regions.clone();
    view! {
        {told}
        <div class="picker">
            <Form method="GET" action="/apply/person" noscroll=true attr:class="picker-form" on:change=resubmit>
                <fieldset class="picker-categories">
                    <legend>{tx(t("申请类别", "Kind of application"))}</legend>
                    {kinds}
                </fieldset>
                <fieldset class="picker-items">
                    <legend>{tx(t("项目代号", "Code"))}</legend>
                    <div class="field picker-search">
                        <label for="picker-words">{tx(t("按设备种类、级别、代号查找", "Find by equipment, level or code"))}</label>
                        <input id="picker-words" type="search" name="words" value=words on:input=|event| find(&event_target_value(&event))/>
                        <PlainButton label=t("查找", "Find")/>
                    </div>
                    {none}
                    {groups}
                </fieldset>
                <fieldset class="picker-places">
                    <legend>{tx(t("执业所在地", "Place of practice"))}</legend>
                    <p class="hint">{tx(t("省级项目由执业所在的省审批。", "The province of practice decides on provincial items."))}</p>
                    <RegionSelects path="practice".to_owned() value=region levels=regions/>
                </fieldset>
                <p class="actions"><PlainButton label=t("更新审批机关", "Update the authority")/></p>
            </Form>
            <Basket page=page/>
        </div>
    }
}

#[component]
fn Leaf(one: PersonnelCode, checked: bool) -> impl IntoView {
    let lang = use_lang();
    let who = if one.authority == PersonnelDecider::National { t("总局", "National") } else { t("省级", "Provincial") };
    let name = format!("{} {}", one.code, one.said().get(lang));
    let (name_id, more_id) = (format!("code-{}", one.code), format!("code-{}-more", one.code));
    let before = one.prerequisite.get(lang).to_owned();
    let before = (!before.is_empty()).then(|| view! { <small>{before.clone()}</small> });
    let note = one.note.get(lang).to_owned();
    let note = (!note.is_empty()).then(|| view! { <small>{marked(&note)}</small> });
    let covers = (!one.covers.is_empty()).then(|| view! { <small>{tx(t("含 ", "Includes "))}{one.covers.join(tx(t("、", ", ")))}</small> });
    let retired = (!one.selectable).then(|| view! { <small class="why">{tx(t("已停用，只能查看", "No longer offered; to read only"))}</small> });
    view! {
        <li class="leaf" class:covered=!one.selectable data-words=one.words()>
            <label class="choice">
                <input type="radio" name="code" value=one.code.clone() checked=checked disabled=!one.selectable aria-labelledby=name_id.clone() aria-describedby=more_id.clone()/>
                <span><span id=name_id lang=lang_of(&name)>{name.clone()}</span>" "
                    <span id=more_id><span class="who">{tx(who)}</span>{before}{covers}{note}{retired}</span>
                </span>
            </label>
        </li>
    }
}

/// What is chosen, who decides and why, what stands against it; one button on.
#[component]
fn Basket(page: Qualify) -> impl IntoView {
    let lang = use_lang();
    let Choice { kind, code, region, .. } = page.choice;
    let chosen = page.codes.iter().find(|one| one.code == code).map(|one| format!("{} {}", one.code, one.said().get(lang))).unwrap_or_default();
    let kind_label = PersonKind::of_word(&kind).map(|kind| tx(kind.label()));
    let warning = |say: &Say| {
        let words = marked(say.get(lang));
        view! { <Notice tone=Tone::Warn><p>{words}</p></Notice> }
    };
    let against = page.against.iter().map(warning).collect_view();
    let points = (!page.points.is_empty()).then(|| {
        let lines = page.points.iter().map(|point| view! { <li lang="zh-CN">{point.clone()}</li> }).collect_view();
        view! { <h3>{tx(t("受理时核对的条件", "Checked before it is accepted"))}</h3><ul>{lines}</ul> }
    });
    let blocked = !page.against.is_empty();
    let ask = page.ask.map(|ask| view! { <Notice tone=Tone::Info><p>{marked(ask.get(lang))}</p></Notice> });
    let summary = page.decides.as_ref().map(|decides| decides.name.clone()).unwrap_or_default();
    let on = page.decides.map(|decides| {
        view! {
            <form method="post" action=CreatePerson::url() class="basket-part">
                <input type="hidden" name="kind" value=kind/>
                <input type="hidden" name="code" value=code/>
                <input type="hidden" name="region" value=region/>
                <ul><li>{kind_label}</li><li lang=lang_of(&chosen)>{chosen.clone()}</li></ul>
                <p><strong lang="zh-CN">{decides.name}</strong><br/><small>{marked(decides.reason.get(lang))}</small></p>
                <button class="button primary" type="submit" disabled=blocked>{tx(t("下一步", "Next"))}</button>
            </form>
        }
    });
    view! {
        <aside class="basket" aria-label=tx(t("审批机关和条件", "Authority and conditions"))>
            <details>
                <summary>{tx(t("审批机关", "Authority"))}" "<span lang="zh-CN">{summary}</span></summary>
                <h2>{tx(t("审批机关", "Authority"))}</h2>
                {ask}
                {against}
                {points}
                {on}
                <p><a href="/apply/certificates">{tx(t("登记已有的纸质证书", "Register a certificate on paper"))}</a></p>
                <p><a href="/applications">{tx(t("继续填写已有的草稿", "Go on with a draft"))}</a></p>
            </details>
        </aside>
    }
}
