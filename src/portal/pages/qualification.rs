//! 检验、检测人员资格认定 (spec 2.7): what can be done, and everything that must be published about it.

use super::guide::{FactList, LawLine, LimitRows, OPEN};
use super::{Head, basis};
use crate::base::{Text, t};
use crate::catalogue::{Kind, limits};
use crate::portal::guide::{FEES, HOTLINE, NOT_COUNTED, REMEDIES};
use crate::portal::qualification::{CONDITIONS, DECIDERS, LAWS, MATERIALS, STEPS, VALIDITY, limit_lines};
use crate::ui::lang::tx;
use leptos::prelude::*;

/// The two matters of this service, in the manual's words, and the examinations.
const MATTERS: [(&str, Text); 3] = [
    ("/apply/person", t("检验、检测人员资格认定申请填报", "Fill in an application")),
    ("/applications", t("检验、检测人员资格认定申请管理", "Manage applications")),
    ("/exams", t("资格考试的年度计划和报名", "Examinations: plans of the year and signing up")),
];

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

/// `/services/personnel`
#[component]
pub fn PersonnelPage() -> impl IntoView {
    let matter = |(to, name): (&'static str, Text)| {
        let label = format!("{} {}", tx(OPEN), tx(name));
        view! { <tr><th scope="row">{tx(name)}</th><td><a class="button" class:primary=to == MATTERS[0].0 href=to aria-label=label>{tx(OPEN)}</a></td></tr> }
    };
    let entry = |(id, name): (&'static str, Text)| view! { <li><a href=format!("#{id}")>{tx(name)}</a></li> };
    view! {
        <Head
            text=t("特种设备检验、检测人员资格认定", "Qualification of inspection and testing personnel")
            lead=t("检验人员、无损检测人员的取证、换证和变更。个人账号办理。", "First qualification, renewal and change for inspectors and non-destructive testers, by the person’s own account.")
        />
        <table class="facts">
            <caption class="visually-hidden">{tx(t("可以办理的事项", "What you can do here"))}</caption>
            <thead><tr><th scope="col">{tx(t("服务事项名称", "Matter"))}</th><th scope="col">{tx(t("操作", "Action"))}</th></tr></thead>
            <tbody>{MATTERS.map(matter).collect_view()}</tbody>
        </table>
        <nav class="toc part" aria-label=tx(t("本页内容", "On this page"))><ul>{SECTIONS.map(entry).collect_view()}</ul></nav>
        <Section n=0><ul class="bullets">{LAWS.iter().map(|law| view! { <LawLine law=law/> }).collect_view()}</ul></Section>
        <Section n=1><FactList facts=&CONDITIONS/></Section>
        <Section n=2>
            <FactList facts=&MATERIALS/>
            <p class="muted">{tx(t("清单以外的材料，审批机关不得要求。", "The authority may not ask for anything else."))}" "{basis("行政许可法 第三十一条")}</p>
        </Section>
        <Section n=3><FactList facts=&DECIDERS/></Section>
        <Section n=4><ol class="next-steps">{STEPS.map(|(name, what)| view! { <li><b>{tx(name)}</b><br/>{tx(what)}</li> }).collect_view()}</ol></Section>
        <Section n=5><LimitRows lines=limit_lines(limits(Kind::First)).into()/><p>{tx(NOT_COUNTED.text)}" "{basis(NOT_COUNTED.basis)}</p></Section>
        <Section n=6>
            <dl class="facts">
                <dt>{tx(t("收费", "Fees"))}</dt><dd>{tx(FEES.text)}" "{basis(FEES.basis)}</dd>
                <dt>{tx(t("证书有效期", "Validity"))}</dt><dd>{tx(VALIDITY.text)}" "{basis(VALIDITY.basis)}</dd>
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
