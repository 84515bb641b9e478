//! The form for a certificate on paper: its own fields, the category's items to tick, and the authority.

use crate::base::t;
use crate::catalogue::PERSONNEL;
use crate::error::AppError;
use crate::form::Values;
use crate::licence::api::{SaveCertificate, save_certificate};
use crate::licence::model::{AUTHORITY, CertificateForm, ITEMS, OTHER, Tick, form_of};
use crate::ui::field::{field_id, field_name};
use crate::ui::form::{FormReply, LatestState, PostForm, Submitting};
use crate::ui::lang::{tx, use_lang};
use crate::ui::value::marked;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

fn submit(values: Values) -> Submitting {
    Box::pin(async move { save_certificate(values).await as Result<FormReply, AppError> })
}

/// Registers a certificate, or changes one.
#[component]
pub fn Register(form: CertificateForm) -> impl IntoView {
    let page = form_of(form.category == PERSONNEL);
    let title = if form.id.is_empty() { page.title } else { t("修改登记的许可证", "Change a registered certificate") };
    let button = if form.id.is_empty() { t("登记", "Register") } else { t("保存", "Save") };
    let state = form.state.clone();
    view! {
        <section aria-labelledby="certificate-form">
            <h2 id="certificate-form">{tx(title)}</h2>
            <p class="lead">{tx(page.lead)}</p>
            <PostForm page=page action=SaveCertificate::url() submit=submit state=state button=button><Beside form=form/></PostForm>
            <p><a href="/apply/certificates">{tx(t("不登记，返回列表", "Back to the list without saving"))}</a></p>
        </section>
    }
}

/// What is asked beside the form's own fields, because what there is to choose from is data.
#[component]
fn Beside(form: CertificateForm) -> impl IntoView {
    let value = |path: &str| form.state.values.get(path).cloned().unwrap_or_default();
    let authority = value(AUTHORITY);
    let options = form
        .authorities
        .iter()
        .map(|(code, name)| view! { <option value=code.clone() selected=*code == authority lang="zh-CN">{name.clone()}</option> })
        .collect_view();
    let ticked = |id: &str| form.state.values.contains_key(&format!("{ITEMS}@{id}"));
    let groups = form.items.iter().map(|(name, ticks)| {
        let open = ticks.iter().any(|(id, ..)| ticked(id));
        let leaf = |(id, label, parameters): &Tick| {
            let parameters = (!parameters.is_empty()).then(|| view! { <small lang="zh-CN">{parameters.clone()}</small> });
            view! { <li class="leaf"><label class="choice"><input type="checkbox" name=field_name(&format!("{ITEMS}@{id}")) value="yes" checked=ticked(id)/><span><span lang="zh-CN">{label.clone()}</span>{parameters}</span></label></li> }
        };
        view! { <details class="picker-group" open=open><summary lang="zh-CN">{name.clone()}</summary><ul>{ticks.iter().map(leaf).collect_view()}</ul></details> }
    });
    let groups = groups.collect_view();
    let (items, other, by) = (field_id(ITEMS), field_id(OTHER), field_id(AUTHORITY));
    view! {
        <input type="hidden" name=field_name("certificate/id") value=form.id.clone()/>
        <input type="hidden" name=field_name("certificate/category") value=form.category.clone()/>
        <fieldset class="field wide" id=items tabindex="-1">
            <legend>{tx(t("许可项目", "Items"))}</legend>
            <p class="hint">{tx(t("勾选证书上列出的子项目。", "Tick the sub-items listed on the certificate."))}</p>
            <Message path=ITEMS/>
            {groups}
        </fieldset>
        <div class="field wide">
            <label for=other.clone()>{tx(t("其他项目", "Other items"))}" "<span class="optional">{tx(t("选填", "optional"))}</span></label>
            <p class="hint">{tx(t("现行目录里没有的旧项目，照证书填写，用顿号隔开。", "Old items that today’s catalogue does not have, as on the certificate, separated by commas."))}</p>
            <Message path=OTHER/>
            <input id=other name=field_name(OTHER) type="text" value=value(OTHER).replace('\n', "、") maxlength="1000" autocomplete="off"/>
        </div>
        <div class="field wide">
            <label for=by.clone()>{tx(t("发证机关", "Issued by"))}</label>
            <Message path=AUTHORITY/>
            <select id=by name=field_name(AUTHORITY) aria-required="true"><option value="">{tx(t("请选择", "Choose"))}</option>{options}</select>
        </div>
    }
}

/// What is wrong at one of these.
#[component]
fn Message(path: &'static str) -> impl IntoView {
    let lang = use_lang();
    let state = use_context::<LatestState>();
    move || {
        let issue = state.and_then(|LatestState(state)| state.with(|state| state.issues.iter().find(|issue| issue.path == path).cloned()));
        issue.map(|issue| view! { <p class="message"><span aria-hidden="true">"! "</span>{marked(issue.message.get(lang))}</p> })
    }
}
