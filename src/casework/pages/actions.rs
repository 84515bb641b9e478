//! What an official can do with a case now: a form for each action of the acceptance desk that the table of actions has for
//! them. Each carries the revision seen and the name of its click.

use super::case::Refused;
use crate::application::book::{Place, pages, places};
use crate::application::frozen::Frozen;
use crate::base::{Say, Text, t};
use crate::casework::api::Act;
use crate::casework::model::Desk;
use crate::form::Page;
use crate::ui::field::TextArea;
use crate::ui::lang::{tx, use_lang};
use crate::ui::notice::{Notice, Tone};
use crate::ui::value::lang_of;
use crate::workflow::action::Ground;
use crate::workflow::{ActionKind, Review};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Rows offered for points beyond those filled in.
const SPARE: usize = 3;

/// What was typed into a form that was not done, by the form's act.
#[derive(Clone)]
struct Typed(Desk, ActionKind);

impl Typed {
    fn get(&self, key: &str) -> String {
        let values = &self.0.form.values;
        let is_mine = values.get("act").is_some_and(|act| act == self.1.word());
        values.get(key).filter(|_| is_mine).cloned().unwrap_or_default()
    }
}

/// All actions there are, the likely one first.
#[component]
pub fn Panel(desk: Desk, frozen: Frozen) -> impl IntoView {
    let may = |kind: ActionKind| desk.case.may(kind);
    let forms = [
        may(ActionKind::Take).then(|| view! { <Bare desk=desk.clone() kind=ActionKind::Take/> }.into_any()),
        may(ActionKind::Accept).then(|| view! { <Accept desk=desk.clone() kind=ActionKind::Accept/> }.into_any()),
        may(ActionKind::ConfirmAcceptance).then(|| view! { <Accept desk=desk.clone() kind=ActionKind::ConfirmAcceptance/> }.into_any()),
        may(ActionKind::RequireCorrection).then(|| view! { <Correct desk=desk.clone() frozen=frozen/> }.into_any()),
        may(ActionKind::AskConsent).then(|| view! { <AskConsent desk=desk.clone()/> }.into_any()),
        may(ActionKind::Consent).then(|| view! { <Bare desk=desk.clone() kind=ActionKind::Consent/> }.into_any()),
        may(ActionKind::Refuse).then(|| view! { <Refuse desk=desk.clone()/> }.into_any()),
        may(ActionKind::HandOver).then(|| view! { <HandOver desk=desk.clone()/> }.into_any()),
    ];
    let forms: Vec<AnyView> = forms.into_iter().flatten().collect();
    let none = forms.is_empty().then(|| view! { <p class="muted">{tx(t("您现在没有可以办理的操作。", "There is nothing for you to do here now."))}</p> });
    view! {
        <section class="desk-panel" aria-labelledby="desk-panel">
            <h2 id="desk-panel">{tx(t("办理", "Actions"))}</h2>
            <Refused desk=desk/>
            {none}{forms}
        </section>
    }
}

/// The form around an action's answers. What was typed and not done stands open again.
#[component]
fn ActForm(desk: Desk, kind: ActionKind, button: Text, #[prop(optional)] danger: bool, children: Children) -> impl IntoView {
    let is_open = desk.form.values.get("act").is_some_and(|act| act == kind.word());
    let class = if danger { "button danger" } else { "button primary" };
    view! {
        <details class="act" open=is_open>
            <summary>{tx(kind.label())}</summary>
            <form method="post" action=Act::url()>
                <Carried desk=desk kind=kind/>
                {children()}
                <p class="actions"><button class=class type="submit">{tx(button)}</button></p>
            </form>
        </details>
    }
}

/// What every form carries: the case, the revision seen, the click's name.
#[component]
fn Carried(desk: Desk, kind: ActionKind) -> impl IntoView {
    view! {
        <input type="hidden" name="values[act]" value=kind.word()/>
        <input type="hidden" name="values[no]" value=desk.entry.no/>
        <input type="hidden" name="values[seen]" value=desk.case.revision.to_string()/>
        <input type="hidden" name="values[click]" value=desk.click/>
    }
}

/// An action that asks nothing.
#[component]
fn Bare(desk: Desk, kind: ActionKind) -> impl IntoView {
    view! { <form method="post" action=Act::url() class="act"><Carried desk=desk kind=kind/><button class="button" type="submit">{tx(kind.label())}</button></form> }
}

/// A choice among ids and names.
#[component]
fn Select(
    id: &'static str,
    name: &'static str,
    label: Text,
    options: Vec<(String, String)>,
    chosen: String,
    #[prop(optional)] none: Option<Text>,
) -> impl IntoView {
    let lang = use_lang();
    let option = |(value, name): (String, String)| view! { <option value=value.clone() selected=value == chosen>{name}</option> };
    let none = none.map(|text| view! { <option value="none" lang=lang.tag() selected=chosen == "none">{tx(text)}</option> });
    view! {
        <div class="field">
            <label for=id>{tx(label)}</label>
            <select id=id name=format!("values[{name}]") lang="zh-CN">
                <option value="" lang=lang.tag()>{tx(t("请选择", "Choose"))}</option>
                {none}
                {options.into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}

/// A text to write.
#[component]
fn Words(id: &'static str, name: &'static str, label: Text, typed: String) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{tx(label)}</label>
            <TextArea id=id name=format!("values[{name}]") rows="3" max="2000" value=typed/>
        </div>
    }
}

/// 受理, and the decision issued after deemed acceptance; both name the agency (ruling 15).
#[component]
fn Accept(desk: Desk, kind: ActionKind) -> impl IntoView {
    let typed = Typed(desk.clone(), kind);
    let none = t("不需要鉴定评审", "No review needed");
    let agency = match desk.review {
        Review::NotNeeded => view! { <input type="hidden" name="values[agency]" value="none"/><p class="hint">{tx(t("这类申请不需要鉴定评审。", "Such an application needs no review."))}</p> }.into_any(),
        Review::Needed => {
            view! { <Select id="act-agency" name="agency" label=t("鉴定评审机构", "Review agency") options=desk.agencies.clone() chosen=typed.get("agency")/> }
                .into_any()
        }
        Review::AuthorityDecides => {
            view! { <Select id="act-agency" name="agency" label=t("鉴定评审机构", "Review agency") options=desk.agencies.clone() chosen=typed.get("agency") none=none/> }
                .into_any()
        }
    };
    let button = if kind == ActionKind::Accept { t("受理申请", "Accept the application") } else { kind.label() };
    view! { <ActForm desk=desk kind=kind button=button>{agency}</ActForm> }
}

/// 不予受理
#[component]
fn Refuse(desk: Desk) -> impl IntoView {
    let kind = ActionKind::Refuse;
    let typed = Typed(desk.clone(), kind);
    let chosen = typed.get("ground");
    let option = move |(_, word, text): (Ground, &'static str, Text)| view! { <option value=word selected=word == chosen>{tx(text)}</option> };
    let right = typed.get("right_authority");
    view! {
        <ActForm desk=desk kind=kind button=t("决定不予受理", "Refuse the application") danger=true>
            <p class="hint">{tx(t("不予受理是最终决定，案件就此结束；材料不齐全的，请告知补正。", "This ends the case. If only material is missing, require its correction instead."))}</p>
            <div class="field">
                <label for="act-ground">{tx(t("情形", "Ground"))}</label>
                <select id="act-ground" name="values[ground]"><option value="">{tx(t("请选择", "Choose"))}</option>{Ground::ALL.into_iter().map(option).collect_view()}</select>
            </div>
            <Words id="act-reason" name="reason" label=t("理由", "Reason") typed=typed.get("reason")/>
            <div class="field">
                <label for="act-right">{tx(t("应当向哪个机关申请", "The authority to apply to"))}</label>
                <p class="hint" id="act-right-hint">{tx(t("不属于本机关职权范围的，必须告知。", "Must be told where it is not this authority’s matter."))}</p>
                <input id="act-right" name="values[right_authority]" value=right.clone() lang=lang_of(&right) maxlength="200" aria-describedby="act-right-hint"/>
            </div>
        </ActForm>
    }
}

/// 请示再次补正
#[component]
fn AskConsent(desk: Desk) -> impl IntoView {
    let typed = Typed(desk.clone(), ActionKind::AskConsent);
    view! {
        <ActForm desk=desk kind=ActionKind::AskConsent button=t("请示监督人员", "Ask the supervisor")>
            <p class="hint">{tx(t("补正应当一次告知。只有新交的材料还有问题，经监督人员同意，才能再次告知。", "Corrections are told once. A second notice is only for newly handed-in material, with the supervisor’s consent."))}</p>
            <Words id="act-consent" name="cause" label=t("再次告知的原因", "Cause") typed=typed.get("cause")/>
        </ActForm>
    }
}

/// 移交
#[component]
fn HandOver(desk: Desk) -> impl IntoView {
    let typed = Typed(desk.clone(), ActionKind::HandOver);
    view! {
        <ActForm desk=desk.clone() kind=ActionKind::HandOver button=t("移交案件", "Hand the case over")>
            <Select id="act-to" name="to" label=t("移交给", "Hand over to") options=desk.colleagues.clone() chosen=typed.get("to")/>
        </ActForm>
    }
}

/// 告知补正: rows of place and problem; a button without script gives more rows.
#[component]
fn Correct(desk: Desk, frozen: Frozen) -> impl IntoView {
    let kind = ActionKind::RequireCorrection;
    let typed = Typed(desk.clone(), kind);
    let filled = (1..=200usize).filter(|n| ["place", "text"].iter().any(|key| !typed.get(&format!("{key}{n}")).is_empty())).max().unwrap_or(0);
    let book = pages(&desk.entry.category, &desk.entry.kind);
    let rows = (1..=filled + SPARE).map(|n| view! { <Point n=n typed=typed.clone() book=book.clone() frozen=frozen.clone()/> }).collect_view();
    let cause = (desk.corrections > 0)
        .then(|| view! { <Words id="act-cause" name="cause" label=t("再次告知的原因", "Cause of a second notice") typed=typed.get("cause")/> });
    view! {
        <ActForm desk=desk kind=kind button=t("发出补正告知书", "Send the correction notice")>
            <Notice tone=Tone::Warn><p>{tx(t("需要补正的全部内容应当一次告知；发出后申请单位只能修改标出的内容。", "Everything to be corrected is told at once; afterwards the applicant can change only what is marked."))}</p></Notice>
            <ol class="points">{rows}</ol>
            {cause}
            <p class="actions"><button class="button small" type="submit" name="values[step]" value="more">{tx(t("再加几条", "More points"))}</button></p>
        </ActForm>
    }
}

/// One point of a notice.
#[component]
fn Point(n: usize, typed: Typed, book: Vec<&'static Page>, frozen: Frozen) -> impl IntoView {
    let lang = use_lang();
    let label = |text: Text| format!("{} {n}", text.get(lang));
    let chosen = typed.get(&format!("place{n}"));
    let option = |place: Place| {
        let path = place.path();
        let rows = if place.has_rows { frozen.rows(&path).len() } else { 0 };
        let counted: Say = if rows > 0 { crate::base::say(format!("（{rows} 行）"), format!(" ({rows} rows)")) } else { crate::base::say("", "") };
        view! { <option value=path.clone() selected=path == chosen>{place.label.get(lang)}{counted.get(lang).to_owned()}</option> }
    };
    let group = |page: &'static Page| view! { <optgroup label=tx(page.title)>{places(page).into_iter().map(option).collect_view()}</optgroup> };
    let (row, text) = (typed.get(&format!("row{n}")), typed.get(&format!("text{n}")));
    view! {
        <li class="group">
            <div class="field"><label for=format!("place{n}")>{label(t("位置", "Place"))}</label>
                <select id=format!("place{n}") name=format!("values[place{n}]")><option value="">{tx(t("请选择", "Choose"))}</option>{book.into_iter().map(group).collect_view()}</select>
            </div>
            <div class="field"><label for=format!("row{n}")>{label(t("第几行", "Row"))}" "<span class="optional">{tx(t("选填，只用于表格", "optional, for tables"))}</span></label>
                <input id=format!("row{n}") name=format!("values[row{n}]") value=row inputmode="numeric" maxlength="4"/>
            </div>
            <div class="field"><label for=format!("text{n}")>{label(t("问题", "What is wrong"))}</label>
                <TextArea id=format!("text{n}") name=format!("values[text{n}]") rows="2" max="500" value=text/>
            </div>
        </li>
    }
}
