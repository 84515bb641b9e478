//! 首页. What to do first stands first; every link leads to something that works.

use super::guide::LawLine;
use super::publicity::{ACCEPTED, AcceptedTable, NoneAccepted};
use super::search::SearchBox;
use crate::account::model::{Me, Role, work_of};
use crate::base::{Text, t};
use crate::portal::api;
use crate::portal::guide::UNIT_LICENCE;
use crate::portal::model::{AcceptedLine, Listing};
use crate::ui::heading::PageTitle;
use crate::ui::lang::tx;
use crate::ui::load::{Load, load};
use leptos::prelude::*;

/// How many accepted applications the home page shows.
const LATEST: usize = 5;

/// A way in: address, name, what for.
type Door = (&'static str, Text, Text);

const UNIT: Door = (
    "/services/unit-licence",
    t("特种设备生产单位许可", "Unit licences for special equipment"),
    t("在线办理：设计、制造、安装、充装", "Apply online: design, manufacture, installation, filling"),
);
const APPROVAL: Door = (
    "/services/unit-licence?category=institution",
    t("检验检测机构核准", "Approval of inspection and testing institutions"),
    t("在线办理：检验、检测机构，安全阀校验机构", "Apply online: inspection, testing, safety valve calibration"),
);
const PERSON: Door = (
    "/services/personnel",
    t("检验、检测人员资格认定", "Qualification of inspection and testing personnel"),
    t("在线办理：取证、换证、变更", "Apply online: first qualification, renewal, change"),
);
const MANAGE: Door = ("/applications", t("许可管理", "My applications"), t("继续填写草稿，看办到哪一步", "Go on with a draft, see how far it is"));
const LICENCES: Door = ("/search", t("特种设备许可证查询", "Licences"), t("按单位名称、代码或者许可证编号", "By name or code of the unit, or by number"));
const PROGRESS: Door = (
    "/search#progress",
    t("办理进度查询", "Progress of an application"),
    t("按申请号和单位代码后四位", "By number and the last four characters of the unit’s code"),
);
const HELP: Door = ("/help", t("常见问题", "Common questions"), t("注册、填写、材料、期限、撤回", "Registering, filling in, materials, limits, withdrawing"));
const TYPES: Door =
    ("/help#user-type", t("用户类型选择说明", "Which type of user am I?"), t("个人、企业、机构怎么选", "Individual, enterprise or institution"));

/// 我要办 by audience; what does not exist yet is not shown.
const AUDIENCES: [(Text, &[Door]); 3] =
    [(t("企业", "Enterprises"), &[UNIT, MANAGE]), (t("个人", "Individuals"), &[PERSON, MANAGE, TYPES]), (t("机构", "Institutions"), &[APPROVAL, MANAGE])];

/// `/`
#[component]
pub fn HomePage() -> impl IntoView {
    // Whoever signs in or out loads a new document.
    let me = use_context::<Signal<Me>>().map(|me| me.get_untracked()).unwrap_or_default();
    let may_apply = me.may_apply();
    let first = {
        let new = if me.role == Some(Role::Person) { "/apply/person" } else { "/apply" };
        let (begin, goes_on) = match me.role {
            None => (
                (true, "/services/unit-licence", t("在线办理单位许可", "Apply for a unit licence")),
                Some(("/sign-in", t("登录，继续填写", "Sign in and go on"))),
            ),
            Some(_) if may_apply && me.may_write() => {
                ((true, "/applications", t("继续我的申请", "Go on with my applications")), Some((new, t("新的申请", "New application"))))
            }
            Some(_) if may_apply => ((true, "/applications", t("查看本单位的申请", "See my unit’s applications")), None),
            Some(role) => match work_of(role, &me.unit_kind, &me.duties) {
                "/" => ((false, "/account", t("我的账号", "My account")), None),
                work => ((true, work, t("进入我的工作", "Go to my work")), None),
            },
        };
        let (primary, to, name) = begin;
        view! {
            <p class="actions">
                <a class="button" class:primary=primary href=to>{tx(name)}</a>
                {goes_on.map(|(to, name)| view! { <a class="button" href=to>{tx(name)}</a> })}
            </p>
        }
    };
    let leads = move |door: &&Door| may_apply || door.0 != MANAGE.0;
    let doors = move |doors: &[Door]| doors.iter().filter(leads).map(|door| view! { <Way door=*door/> }).collect_view();
    let audience =
        move |(name, all): (Text, &'static [Door])| view! { <section class="audience"><h3>{tx(name)}</h3><ul class="doors">{doors(all)}</ul></section> };
    let latest = load(|| (), |()| api::accepted(String::new(), false));
    let draw = |mut list: Listing<AcceptedLine>| {
        if list.rows.is_empty() {
            return view! { <NoneAccepted/> }.into_any();
        }
        list.rows.truncate(LATEST);
        view! { <AcceptedTable rows=list.rows/><p><a class="more" href="/publicity">{tx(t("更多公示", "More"))}</a></p> }.into_any()
    };
    view! {
        <PageTitle text=tx(t("首页", "Home"))/>
        <section class="hero">
            <h1>{tx(t("特种设备行政许可，在线办理", "Licences for special equipment, online"))}</h1>
            <p class="lead">{tx(t("在线申请，随填随存，办到哪一步、轮到谁、到哪一天，都看得见。", "Apply online; it is saved as you type, and you always see how far it is, whose turn it is and until when."))}</p>
            {first}
            <SearchBox typed=""/>
        </section>
        <section class="rubric" aria-labelledby="do"><h2 id="do">{tx(t("我要办", "Apply"))}</h2><div class="columns">{AUDIENCES.map(audience).collect_view()}</div></section>
        <section class="rubric" aria-labelledby="look-up"><h2 id="look-up">{tx(t("我要查", "Look up"))}</h2><ul class="doors">{doors(&[LICENCES, PROGRESS])}</ul></section>
        <section class="rubric" aria-labelledby="ask"><h2 id="ask">{tx(t("我要问", "Ask"))}</h2><ul class="doors">{doors(&[HELP])}</ul></section>
        <section class="rubric" aria-labelledby="read"><h2 id="read">{tx(t("我要看", "Read"))}<small>{tx(t("政策法规", "Laws and rules"))}</small></h2><ul class="bullets">{UNIT_LICENCE.laws.iter().map(|law| view! { <LawLine law=law/> }).collect_view()}</ul></section>
        <section class="rubric" aria-labelledby="public"><h2 id="public">{tx(t("公示", "Publicity"))}<small>{tx(ACCEPTED)}</small></h2><div><Load resource=latest view=draw/></div></section>
    }
}

#[component]
fn Way(door: Door) -> impl IntoView {
    let (to, name, about) = door;
    view! { <li><a class="door" class:act=to == UNIT.0 href=to><b>{tx(name)}</b><span>{tx(about)}</span></a></li> }
}
