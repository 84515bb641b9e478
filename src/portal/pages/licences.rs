//! Certificates as a table, for the look-up; and how one stands.

use crate::base::{Text, t, workdays};
use crate::licence::model::{Standing, State};
use crate::portal::model::LicenceLine;
use crate::ui::lang::{tx, use_lang};
use crate::ui::table::ListTable;
use crate::ui::tag::{Tag, TagTone};
use leptos::prelude::*;

const NUMBER: Text = t("许可证编号", "Number");
const HOLDER: Text = t("单位名称", "Unit");
const CATEGORY: Text = t("许可类别", "Category");
const ITEMS: Text = t("许可项目", "Items");
const AUTHORITY: Text = t("发证机关", "Authority");
const ISSUED: Text = t("发证日期", "Issued on");
const VALID: Text = t("有效期至", "Valid to");
const STATE: Text = t("状态", "State");

/// A table of licences.
#[component]
pub fn Licences(caption: Text, rows: Vec<LicenceLine>) -> impl IntoView {
    view! {
        <ListTable caption=caption heads=vec![NUMBER, HOLDER, CATEGORY, ITEMS, AUTHORITY, ISSUED, VALID, STATE] stack=true>
            {rows.into_iter().map(|row| view! { <Line row=row/> }).collect_view()}
        </ListTable>
    }
}

/// How a certificate stands, as the public is told it.
#[component]
pub fn StandingTag(standing: Standing) -> impl IntoView {
    let (tone, word) = match standing.public() {
        standing @ (Standing::Expired | Standing::Plain(State::Suspended | State::Annulled | State::Revoked)) => (TagTone::Wrong, standing.label()),
        Standing::Plain(State::Valid) => (TagTone::Done, State::Valid.label()),
        standing => (TagTone::Off, standing.label()),
    };
    view! { <Tag tone=tone text=word/> }
}

#[component]
fn Line(row: LicenceLine) -> impl IntoView {
    let lang = use_lang();
    let (issued, valid) = (workdays::show_iso(&row.issued_on, lang), workdays::show_iso(&row.valid_to, lang));
    let place = |(called, address): (String, String)| view! { <br/><small lang="zh-CN">{called}"："{address}</small> };
    let places = row.addresses.into_iter().map(place).collect_view();
    let scope = (!row.scope.is_empty()).then(|| {
        let lines = row.scope.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <details><summary>{tx(t("许可范围", "Scope"))}</summary><ul lang="zh-CN">{lines}</ul></details> }
    });
    let code = (!row.code.is_empty()).then(|| view! { <br/><small class="code">{row.code}</small> });
    view! {
        <tr>
            <td class="code" data-label=tx(NUMBER)>{row.number}</td>
            <td class="title" data-label=tx(HOLDER)><span lang="zh-CN">{row.holder}</span>{code}{places}</td>
            <td data-label=tx(CATEGORY)>{row.category.get(lang).to_owned()}</td>
            <td data-label=tx(ITEMS)><span lang="zh-CN">{row.items.join("、")}</span>{scope}</td>
            <td data-label=tx(AUTHORITY) lang="zh-CN">{row.authority}</td>
            <td class="day" data-label=tx(ISSUED)>{issued}</td>
            <td class="day" data-label=tx(VALID)>{valid}</td>
            <td data-label=tx(STATE)><StandingTag standing=row.standing/></td>
        </tr>
    }
}
