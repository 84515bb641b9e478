//! 注册: the type of user, and the three forms.

use super::open::{OpenedForm, open};
use crate::account::{api, forms};
use crate::base::{Text, t};
use crate::form::{Page, Values};
use crate::ui::breadcrumb::Breadcrumb;
use crate::ui::form::{Submitting, take};
use crate::ui::heading::Heading;
use crate::ui::lang::tx;
use crate::ui::load::load;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

/// Who registers as what (用户类型选择说明; spec 2.1).
const TYPES: [(&str, Text, Text); 3] = [
    (
        "/register/individual",
        t("个人注册", "Register as an individual"),
        t("申请检验、检测人员资格的自然人。", "Persons who apply for qualifications as inspection or testing personnel."),
    ),
    (
        "/register/enterprise",
        t("企业注册", "Register an enterprise"),
        t(
            "有营业执照的单位：公司、合伙企业、个人独资企业、分公司、个体工商户。",
            "Units with a business licence: companies, partnerships, sole proprietorships, branches, individual businesses.",
        ),
    ),
    (
        "/register/institution",
        t("机构注册", "Register an institution"),
        t(
            "没有营业执照的事业单位、社会团体、检验检测机构。",
            "Public institutions, social organisations, inspection and testing institutes without a business licence.",
        ),
    ),
];

/// `/register`
#[component]
pub fn RegisterChoicePage() -> impl IntoView {
    let entry = |(href, name, who): (&'static str, Text, Text)| view! { <li><h3><A href=href>{tx(name)}</A></h3><p>{tx(who)}</p></li> };
    view! {
        <Heading text=t("注册", "Register")/>
        <p class="lead">{tx(t("请选择用户类型。", "Please choose the type of user."))}</p>
        <section aria-labelledby="types">
            <h2 id="types">{tx(t("用户类型选择说明", "Which type am I?"))}</h2>
            <ul class="choose">{TYPES.map(entry).collect_view()}</ul>
        </section>
        <p>{tx(t(
            "一个单位只注册一次。注册时填写的代码如果已有账号，系统会提示您；请联系本单位的主账号邀请您，您就有自己的账号。",
            "A unit registers once. If its code has an account already, the form says so; ask the owner of that account to invite you, and you get an account of your own.",
        ))}</p>
        <p>{tx(t("已有账号？", "You have an account? "))}<A href="/sign-in">{tx(t("登录", "Sign in"))}</A></p>
    }
}

#[component]
fn Register(page: &'static Page, action: &'static str, submit: fn(Values) -> Submitting) -> impl IntoView {
    let opened = load(|| (), move |()| open(page, forms::defaults(page)));
    view! {
        <Breadcrumb trail=vec![("/register".to_owned(), tx(t("注册", "Register")).to_owned())] here=tx(page.title)/>
        <Heading text=page.title/>
        <OpenedForm page=page action=action submit=submit button=t("注册", "Register") opened=opened/>
        <p>{tx(t("已有账号？", "You have an account? "))}<A href="/sign-in">{tx(t("登录", "Sign in"))}</A></p>
    }
}

/// `/register/enterprise`
#[component]
pub fn RegisterEnterprisePage() -> impl IntoView {
    let submit = |mut values: Values| -> Submitting {
        let act = take(&mut values, "act");
        Box::pin(api::register_enterprise(values, act))
    };
    view! { <Register page=&forms::REGISTER_ENTERPRISE action=api::RegisterEnterprise::url() submit=submit/> }
}

/// `/register/institution`
#[component]
pub fn RegisterInstitutionPage() -> impl IntoView {
    let submit = |mut values: Values| -> Submitting {
        let act = take(&mut values, "act");
        Box::pin(api::register_institution(values, act))
    };
    view! { <Register page=&forms::INSTITUTION action=api::RegisterInstitution::url() submit=submit/> }
}

/// `/register/individual`
#[component]
pub fn RegisterIndividualPage() -> impl IntoView {
    let submit = |mut values: Values| -> Submitting {
        let act = take(&mut values, "act");
        Box::pin(api::register_individual(values, act))
    };
    view! { <Register page=&forms::INDIVIDUAL action=api::RegisterIndividual::url() submit=submit/> }
}
