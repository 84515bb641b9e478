//! 评审人员: whom an agency sends.

use super::{Tabs, kinds};
use crate::base::t;
use crate::casework::agencies::api::{self, AddReviewer, ChangeReviewer};
use crate::casework::agencies::model::{KINDS, REVIEWER, Reviewer, Reviewers};
use crate::form::{Choice, Values};
use crate::ui::empty::Empty;
use crate::ui::field::field_name;
use crate::ui::form::{FormState, PostForm, Submitting};
use crate::ui::heading::Heading;
use crate::ui::lang::tx;
use crate::ui::load::{Load, load};
use crate::ui::notice::Saved;
use crate::ui::table::ListTable;
use crate::ui::tag::{Tag, TagTone};
use crate::ui::value::lang_of;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// `/agency/reviewers`
#[component]
pub fn ReviewersPage() -> impl IntoView {
    let all = load(|| (), |()| api::reviewers());
    view! {
        <Heading text=t("评审人员", "Reviewers")/>
        <Tabs/>
        <Saved/>
        <Load resource=all view=|all: Reviewers| view! { <Whole all=all/> }.into_any()/>
    }
}

fn send(values: Values) -> Submitting {
    Box::pin(api::add_reviewer(values))
}

#[component]
fn Whole(all: Reviewers) -> impl IntoView {
    let Reviewers { rows, may_edit, state } = all;
    let add = move |state: FormState| {
        view! {
            <section class="part" aria-labelledby="add-title">
                <h2 id="add-title">{tx(REVIEWER.title)}</h2>
                <PostForm page=&REVIEWER action=AddReviewer::url() submit=send state=state button=t("新增评审人员", "Add the reviewer")/>
            </section>
        }
    };
    view! {
        <Rows rows=rows may_edit=may_edit/>
        {may_edit.then(|| add(state))}
    }
}

#[component]
fn Rows(rows: Vec<Reviewer>, may_edit: bool) -> impl IntoView {
    if rows.is_empty() {
        let text = t("约定评审时间要写明派谁去，请先由主账号登记评审人员。", "A date is agreed with the reviewers named: the owner enters them first.");
        return view! { <Empty title=t("还没有评审人员", "No reviewers yet") text=text/> }.into_any();
    }
    let heads = [t("姓名", "Name"), t("证书编号", "Certificate"), t("评审的设备种类", "Kinds of equipment"), t("状态", "State"), t("操作", "Action")];
    let row = |row: Reviewer| {
        let (tone, state) = if row.is_active { (TagTone::Done, t("可派出", "May be sent")) } else { (TagTone::Off, t("已停用", "Not sent")) };
        view! {
            <tr>
                <td class="title" lang=lang_of(&row.name)>{row.name.clone()}</td>
                <td class="code" data-label=tx(heads[1])>{row.number.clone()}</td>
                <td data-label=tx(heads[2])>{kinds(&row.kinds)}</td>
                <td data-label=tx(heads[3])><Tag tone=tone text=state/></td>
                {may_edit.then(|| view! { <td class="row-actions"><Change reviewer=row/></td> })}
            </tr>
        }
    };
    let shown = if may_edit { heads.to_vec() } else { heads[..4].to_vec() };
    let rows = rows.into_iter().map(row).collect_view();
    view! { <ListTable caption=t("评审人员", "Reviewers") heads=shown stack=true>{rows}</ListTable> }.into_any()
}

/// Changing one reviewer.
#[component]
fn Change(reviewer: Reviewer) -> impl IntoView {
    let Reviewer { id, kinds, is_active, .. } = reviewer;
    let name = |key: &str| field_name(&format!("reviewer_change/{key}"));
    let kind = |kind: &'static Choice| {
        let chosen = kinds.iter().any(|known| known == kind.key);
        view! { <label class="choice"><input type="checkbox" name=name(&format!("kinds@{}", kind.key)) value="yes" checked=chosen/><span>{tx(kind.label)}</span></label> }
    };
    view! {
        <details class="asking">
            <summary>{tx(t("修改", "Change"))}</summary>
            <form method="post" action=ChangeReviewer::url() class="form">
                <input type="hidden" name="id" value=id/>
                <fieldset class="group"><legend>{tx(t("评审的设备种类", "Kinds of equipment"))}</legend><div class="choices">{KINDS.iter().map(kind).collect_view()}</div></fieldset>
                <label class="choice"><input type="checkbox" name=name("active") value="yes" checked=is_active/><span>{tx(t("可以派出评审", "May be sent"))}</span></label>
                <p class="actions"><button class="button" type="submit">{tx(t("保存", "Save"))}</button></p>
            </form>
        </details>
    }
}
