//! Granted licences as they are made public (双公示): the decision, whom it concerns, and the certificates it ended in.

use super::licences::StandingTag;
use crate::base::{Lang, Text, t, workdays};
use crate::document::model::Kind;
use crate::portal::model::{CertificateLine, DecisionLine, PublishedLine};
use crate::ui::lang::{tx, use_lang};
use crate::ui::table::ListTable;
use leptos::prelude::*;

const HOLDER: Text = t("单位名称", "Unit");
const DECISION: Text = t("许可决定", "Decision");
const CATEGORY: Text = t("许可类别", "Category");
const ITEMS: Text = t("许可内容", "Items");
const CERTIFICATES: Text = t("许可证编号、有效期和状态", "Certificate, term, state");
const AUTHORITY: Text = t("许可机关", "Authority");

/// A table of published licences.
#[component]
pub fn PublishedTable(caption: Text, rows: Vec<PublishedLine>) -> impl IntoView {
    view! {
        <ListTable caption=caption heads=vec![HOLDER, DECISION, CATEGORY, ITEMS, CERTIFICATES, AUTHORITY] stack=true>
            {rows.into_iter().map(|row| view! { <Line row=row/> }).collect_view()}
        </ListTable>
    }
}

#[component]
fn Line(row: PublishedLine) -> impl IntoView {
    let lang = use_lang();
    let day = move |iso: &str| view! { <span class="day">{workdays::show_iso(iso, lang)}</span> };
    let code = (!row.code.is_empty()).then(|| view! { <br/><small class="code">{row.code}</small> });
    let decision = match row.decision {
        Some(DecisionLine { title, number, on }) => {
            let gloss = (lang == Lang::En).then(|| view! { " "<small class="muted">{Kind::Grant.english()}</small> });
            view! { <span lang="zh-CN">{title}</span>{gloss}<br/><span class="code">{number}</span><br/><small>{day(&on)}</small> }.into_any()
        }
        None => view! { <span class="muted">{tx(t("单位登记的纸质证书，已核验", "On paper, registered by the unit and checked"))}</span> }.into_any(),
    };
    let none = row.certificates.is_empty().then(|| view! { <span class="muted">{tx(t("制作中", "Being made"))}</span> });
    let certificate = move |c: CertificateLine| {
        let term = view! { {day(&c.issued_on)}" – "{day(&c.valid_to)} };
        view! { <p><span class="code">{c.number}</span>" "<StandingTag standing=c.standing/><br/><small>{term}</small></p> }
    };
    view! {
        <tr>
            <td class="title" data-label=tx(HOLDER)><span lang="zh-CN">{row.holder}</span>{code}</td>
            <td data-label=tx(DECISION)>{decision}</td>
            <td data-label=tx(CATEGORY)>{row.category.get(lang).to_owned()}</td>
            <td data-label=tx(ITEMS) lang="zh-CN">{row.items.join("、")}</td>
            <td data-label=tx(CERTIFICATES)>{none}{row.certificates.into_iter().map(certificate).collect_view()}</td>
            <td data-label=tx(AUTHORITY)><span lang="zh-CN">{row.authority}</span><br/><small class="code">{row.authority_code}</small></td>
        </tr>
    }
}
