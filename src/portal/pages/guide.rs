//! 办理详情页 (spec 2.7): what can be done, and everything that must be published about it.

use super::{Head, basis};
use crate::base::{Text, t};
use crate::catalogue::materials::{Facts, required};
use crate::catalogue::{CATEGORIES, Category, Kind, category, limits};
use crate::form::{Need, Slot};
use crate::portal::guide::{CONDITIONS, DECIDERS, FEES, Fact, HOTLINE, LAWS, Law, Limit, NOT_COUNTED, REMEDIES, STEPS, VALIDITY, limit_lines};
use crate::ui::lang::{tx, use_lang};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

pub(super) const OPEN: Text = t("直接办理", "Open");

/// The two matters of this service, in the manual's words.
const MATTERS: [(&str, Text); 2] =
    [("/apply", t("生产企业许可申请填报", "Fill in an application")), ("/applications", t("生产企业许可申请管理", "Manage applications"))];

const SECTIONS: [(&str, Text); 8] = [
    ("basis", t("办理依据", "Legal basis")),
    ("conditions", t("申请条件", "Conditions")),
    ("materials", t("申请材料", "Materials")),
    ("decides", t("由谁审批", "Who decides")),
    ("steps", t("办理流程", "Steps")),
    ("limits", t("办理期限", "Time limits")),
    ("fees", t("收费和有效期", "Fees and validity")),
    ("remedies", t("咨询和救济", "Questions and remedies")),
];

/// `/services/unit-licence`
#[component]
pub fn ServicePage() -> impl IntoView {
    let query = use_query_map();
    let chosen = Memo::new(move |_| query.with(|q| q.get("category").and_then(|key| category(&key)).unwrap_or(&CATEGORIES[1]).key));
    let matter = |(to, name): (&'static str, Text)| {
        let label = format!("{} {}", tx(OPEN), tx(name));
        view! { <tr><th scope="row">{tx(name)}</th><td><a class="button" class:primary=to == MATTERS[0].0 href=to aria-label=label>{tx(OPEN)}</a></td></tr> }
    };
    let entry = |(id, name): (&'static str, Text)| view! { <li><a href=format!("#{id}")>{tx(name)}</a></li> };
    view! {
        <Head
            text=t("特种设备生产单位许可", "Unit licences for special equipment")
            lead=t("设计、制造、安装、充装单位的许可，检验检测机构和安全阀校验机构的核准。", "Licences for design, manufacture, installation and filling; approval of inspection, testing and calibration institutions.")
        />
        <table class="facts">
            <caption class="visually-hidden">{tx(t("可以办理的事项", "What you can do here"))}</caption>
            <thead><tr><th scope="col">{tx(t("服务事项名称", "Matter"))}</th><th scope="col">{tx(t("操作", "Action"))}</th></tr></thead>
            <tbody>{MATTERS.map(matter).collect_view()}</tbody>
        </table>
        <nav class="toc part" aria-label=tx(t("本页内容", "On this page"))><ul>{SECTIONS.map(entry).collect_view()}</ul></nav>
        <Section n=0><ul class="bullets">{LAWS.iter().map(|law| view! { <LawLine law=law/> }).collect_view()}</ul></Section>
        <Section n=1><FactList facts=&CONDITIONS/></Section>
        <Section n=2>{move || view! { <Materials chosen=category(chosen.get()).unwrap_or(&CATEGORIES[1])/> }}</Section>
        <Section n=3><FactList facts=&DECIDERS/></Section>
        <Section n=4><ol class="next-steps">{STEPS.map(|(name, what)| view! { <li><b>{tx(name)}</b><br/>{tx(what)}</li> }).collect_view()}</ol></Section>
        <Section n=5><LimitTable/></Section>
        <Section n=6>
            <dl class="facts">
                <dt>{tx(t("收费", "Fees"))}</dt><dd>{tx(FEES.text)}" "{basis(FEES.basis)}</dd>
                <dt>{tx(t("许可证有效期", "Validity"))}</dt><dd>{tx(VALIDITY.text)}" "{basis(VALIDITY.basis)}</dd>
            </dl>
        </Section>
        <Section n=7>
            <p>{tx(t("咨询、投诉、举报：全国热线 ", "Questions and complaints: national hotline "))}<b>{HOTLINE}</b></p>
            <FactList facts=&REMEDIES/>
        </Section>
    }
}

#[component]
fn Section(n: usize, children: Children) -> impl IntoView {
    let (id, name) = SECTIONS[n];
    view! { <section class="part" aria-labelledby=id><h2 id=id>{tx(name)}</h2>{children()}</section> }
}

/// A law by its legal name, and what it settles.
#[component]
pub fn LawLine(law: &'static Law) -> impl IntoView {
    view! { <li><span lang="zh-CN">{law.name}</span>" "<small class="muted">{tx(law.about)}</small></li> }
}

/// Facts with the clauses they rest on.
#[component]
pub(super) fn FactList(facts: &'static [Fact]) -> impl IntoView {
    let line = |fact: &'static Fact| view! { <li>{tx(fact.text)}" "{basis(fact.basis)}</li> };
    view! { <div class="prose"><ul>{facts.iter().map(line).collect_view()}</ul></div> }
}

/// What has to be handed in for a first application in a category; the same table that the book uses.
#[component]
fn Materials(chosen: &'static Category) -> impl IntoView {
    let option = move |one: &'static Category| view! { <option value=one.key selected=one.key == chosen.key>{tx(one.name)}</option> };
    let line = |slot: Slot| {
        let need = match slot.need {
            Need::Optional => t("选填", "optional"),
            _ => t("必交", "required"),
        };
        let hint = (!slot.hint.is_none()).then(|| view! { <br/><small class="muted">{tx(slot.hint)}</small> });
        view! { <tr><th scope="row">{tx(slot.label)}</th><td>{tx(need)}{hint}</td><td lang="zh-CN">{slot.basis}</td></tr> }
    };
    let rows = required(chosen, Kind::First, Facts::default());
    let branch = required(chosen, Kind::First, Facts { is_branch: true, by_agent: true, ..Facts::default() });
    let extra: Vec<Slot> = branch.into_iter().filter(|slot| rows.iter().all(|row| row.key != slot.key)).collect();
    let also = |slot: Slot| {
        let when = if slot.key == "parent_authorisation" {
            t("分支机构申请时", "if the applicant is a branch")
        } else {
            t("由代理人办理时", "if an agent applies")
        };
        view! { <tr><th scope="row">{tx(slot.label)}</th><td>{tx(when)}</td><td lang="zh-CN">{slot.basis}</td></tr> }
    };
    view! {
        <form class="filter-form" method="get" action="/services/unit-licence#materials">
            <div class="field wide"><label for="category">{tx(t("许可类别", "Category"))}</label><select id="category" name="category">{CATEGORIES.iter().map(option).collect_view()}</select></div>
            <p class="actions"><button class="button" type="submit">{tx(t("看材料", "Show materials"))}</button></p>
        </form>
        <p class="muted">{tx(t("首次申请要交的材料，除申请书以外：", "For a first application, besides the application book:"))}</p>
        <table class="facts">
            <caption class="visually-hidden">{tx(t("材料清单", "List of materials"))}</caption>
            <thead><tr><th scope="col">{tx(t("材料", "Material"))}</th><th scope="col">{tx(t("要求", "Needed"))}</th><th scope="col">{tx(t("依据", "Basis"))}</th></tr></thead>
            <tbody>{rows.into_iter().map(line).collect_view()}{extra.into_iter().map(also).collect_view()}</tbody>
        </table>
        <p class="muted">{tx(t("每个文件不超过 20 MB，PDF、JPEG 或者 PNG。清单以外的材料，审批机关不得要求。", "Each file at most 20 MB, PDF, JPEG or PNG. The authority may not ask for anything else."))}" "{basis("行政许可法 第三十一条")}</p>
    }
}

/// The steps with their limits.
#[component]
pub(super) fn LimitRows(lines: Vec<Limit>) -> impl IntoView {
    let lang = use_lang();
    let line = move |limit: Limit| view! { <tr><th scope="row">{tx(limit.step)}</th><td>{limit.length.get(lang).to_owned()}</td><td lang="zh-CN">{limit.basis}</td></tr> };
    view! {
        <table class="facts">
            <caption class="visually-hidden">{tx(t("各步骤的期限", "Limits of the steps"))}</caption>
            <thead><tr><th scope="col">{tx(t("步骤", "Step"))}</th><th scope="col">{tx(t("期限", "Limit"))}</th><th scope="col">{tx(t("依据", "Basis"))}</th></tr></thead>
            <tbody>{lines.into_iter().map(line).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn LimitTable() -> impl IntoView {
    view! {
        <LimitRows lines=limit_lines(limits(Kind::First))/>
        <h3>{tx(t("不计入期限的时间", "What is not counted"))}</h3>
        <p>{tx(NOT_COUNTED.text)}" "{basis(NOT_COUNTED.basis)}</p>
    }
}
