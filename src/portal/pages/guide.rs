//! 办理详情页 (spec 2.7): what can be done, and everything that must be published about it.

use super::{Head, basis};
use crate::base::{Say, Text, t};
use crate::catalogue::materials::{Facts, required};
use crate::catalogue::{CATEGORIES, Category, Kind, LegalLimits, category};
use crate::form::{Need, Slot};
use crate::portal::api;
use crate::portal::guide::{FEES, Fact, Guide, HOTLINE, Law, Limit, NOT_COUNTED, REMEDIES, SAMPLE, UNIT_LICENCE, VALIDITY, limit_lines};
use crate::portal::qualification::{self, PERSONNEL, VALIDITY_BASIS};
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// 行政许可法 art. 31
const NOTHING_ELSE: Text = t("清单以外的材料，审批机关不得要求。", "The authority may not ask for anything else.");
const NOTHING_ELSE_BASIS: &str = "行政许可法 第三十一条";

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
    let draw = |legal: LegalLimits| view! { <Limits lines=limit_lines(&legal, Kind::First)/> }.into_any();
    view! {
        <Service guide=&UNIT_LICENCE limits=in_force(draw) validity=view! { {tx(VALIDITY.text)}" "{basis(VALIDITY.basis)} }.into_any()>
            {move || view! { <Materials chosen=category(chosen.get()).unwrap_or(&CATEGORIES[1])/> }}
        </Service>
    }
}

/// `/services/personnel`
#[component]
pub fn PersonnelPage() -> impl IntoView {
    let lang = use_lang();
    let years = load(|| (), |()| api::validity());
    let said = move |said: Say| view! { {said.get(lang).to_owned()}" "{basis(VALIDITY_BASIS)} }.into_any();
    let validity = view! { <Load resource=years view=said/> }.into_any();
    let draw = |legal: LegalLimits| view! { <Limits lines=qualification::limit_lines(legal.of(Kind::First))/> }.into_any();
    view! {
        <Service guide=&PERSONNEL limits=in_force(draw) validity=validity>
            <FactList facts=&qualification::MATERIALS/>
            <p class="muted">{tx(NOTHING_ELSE)}" "{basis(NOTHING_ELSE_BASIS)}</p>
        </Service>
    }
}

/// What is drawn from the limits in force.
fn in_force(draw: fn(LegalLimits) -> AnyView) -> AnyView {
    let legal = load(|| (), |()| api::limits());
    view! { <Load resource=legal view=draw/> }.into_any()
}

/// A service's page; its children are the list of materials, beside the book of which there is a 样表.
#[component]
fn Service(guide: &'static Guide, limits: AnyView, validity: AnyView, children: Children) -> impl IntoView {
    let entry = |(id, name): (&'static str, Text)| view! { <li><a href=format!("#{id}")>{tx(name)}</a></li> };
    let step = |(name, what): &(Text, Text)| view! { <li><b>{tx(*name)}</b><br/>{tx(*what)}</li> };
    view! {
        <Head text=guide.name lead=guide.lead/>
        <Matters matters=guide.matters/>
        <nav class="toc part" aria-label=tx(t("本页内容", "On this page"))><ul>{SECTIONS.map(entry).collect_view()}</ul></nav>
        <Section n=0><ul class="bullets">{guide.laws.iter().map(|law| view! { <LawLine law=law/> }).collect_view()}</ul></Section>
        <Section n=1><FactList facts=guide.conditions/></Section>
        <Section n=2>
            <p><a href=format!("{}/sample", guide.address)>{tx(SAMPLE)}</a>{tx(t("：一份填好的申请书，内容是虚构的。", ": a book that is filled in, with made-up answers."))}</p>
            {children()}
        </Section>
        <Section n=3><FactList facts=guide.deciders/></Section>
        <Section n=4><ol class="next-steps">{guide.steps.iter().map(step).collect_view()}</ol></Section>
        <Section n=5>{limits}</Section>
        <Section n=6>
            <dl class="facts">
                <dt>{tx(t("收费", "Fees"))}</dt><dd>{tx(FEES.text)}" "{basis(FEES.basis)}</dd>
                <dt>{tx(t("有效期", "Validity"))}</dt><dd>{validity}</dd>
            </dl>
        </Section>
        <Section n=7>
            <p>{tx(t("咨询、投诉、举报：全国热线 ", "Questions and complaints: national hotline "))}<b>{HOTLINE}</b></p>
            <FactList facts=&REMEDIES/>
        </Section>
    }
}

#[component]
fn Matters(matters: &'static [(&'static str, Text)]) -> impl IntoView {
    let open = tx(t("直接办理", "Open"));
    let matter = move |(n, (to, name)): (usize, &(&'static str, Text))| {
        let label = format!("{open} {}", tx(*name));
        view! { <tr><th scope="row">{tx(*name)}</th><td><a class="button" class:primary=n == 0 href=*to aria-label=label>{open}</a></td></tr> }
    };
    view! {
        <table class="facts">
            <caption class="visually-hidden">{tx(t("可以办理的事项", "What you can do here"))}</caption>
            <thead><tr><th scope="col">{tx(t("服务事项名称", "Matter"))}</th><th scope="col">{tx(t("操作", "Action"))}</th></tr></thead>
            <tbody>{matters.iter().enumerate().map(matter).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Section(n: usize, children: Children) -> impl IntoView {
    let (id, name) = SECTIONS[n];
    view! { <section class="part" aria-labelledby=id><h2 id=id>{tx(name)}</h2>{children()}</section> }
}

/// A law by its legal name, and what it settles.
#[component]
pub(super) fn LawLine(law: &'static Law) -> impl IntoView {
    view! { <li><span lang="zh-CN">{law.name}</span>" "<small class="muted">{tx(law.about)}</small></li> }
}

/// Facts with the clauses they rest on.
#[component]
fn FactList(facts: &'static [Fact]) -> impl IntoView {
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
        <p class="muted">{tx(t("每个文件不超过 20 MB，PDF、JPEG 或者 PNG。", "Each file at most 20 MB, PDF, JPEG or PNG. "))}{tx(NOTHING_ELSE)}" "{basis(NOTHING_ELSE_BASIS)}</p>
    }
}

/// The steps with their limits, and what no limit counts.
#[component]
fn Limits(lines: Vec<Limit>) -> impl IntoView {
    let lang = use_lang();
    let line = move |limit: Limit| view! { <tr><th scope="row">{tx(limit.step)}</th><td>{limit.length.get(lang).to_owned()}</td><td lang="zh-CN">{limit.basis}</td></tr> };
    view! {
        <table class="facts">
            <caption class="visually-hidden">{tx(t("各步骤的期限", "Limits of the steps"))}</caption>
            <thead><tr><th scope="col">{tx(t("步骤", "Step"))}</th><th scope="col">{tx(t("期限", "Limit"))}</th><th scope="col">{tx(t("依据", "Basis"))}</th></tr></thead>
            <tbody>{lines.into_iter().map(line).collect_view()}</tbody>
        </table>
        <h3>{tx(t("不计入期限的时间", "What is not counted"))}</h3>
        <p>{tx(NOT_COUNTED.text)}" "{basis(NOT_COUNTED.basis)}</p>
    }
}
