//! 评审能力: which kinds of equipment an agency reviews in which provinces, set by the administrator.

use super::kinds;
use crate::base::t;
use crate::casework::agencies::api::{self, SetCompetence};
use crate::casework::agencies::model::{AgencyFile, COMPETENCE, Competence, PROVINCES, named};
use crate::form::Values;
use crate::ui::breadcrumb::Breadcrumb;
use crate::ui::empty::Empty;
use crate::ui::form::{PostForm, Submitting, take};
use crate::ui::heading::PageTitle;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::Saved;
use crate::ui::table::ListTable;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

/// `/admin/agencies/:id`
#[component]
pub fn AgencyPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let agency = load(move || id.get(), api::agency);
    view! { <Load resource=agency view=|agency: AgencyFile| view! { <Whole agency=agency/> }.into_any()/> }
}

fn send(mut values: Values) -> Submitting {
    let agency = take(&mut values, "agency");
    Box::pin(api::set_competence(values, agency))
}

#[component]
fn Whole(agency: AgencyFile) -> impl IntoView {
    let AgencyFile { id, name, competence, state } = agency;
    view! {
        <Breadcrumb trail=vec![("/admin/staff".to_owned(), tx(t("人员与机构", "Staff and agencies")).to_owned())] here=name.clone()/>
        <PageTitle text=name.clone()/>
        <h1 lang="zh-CN">{name}</h1>
        <Saved/>
        <section class="part">
            <h2>{tx(t("评审能力", "Competence"))}</h2>
            <Rows rows=competence/>
        </section>
        <section class="part" aria-labelledby="set-title">
            <h2 id="set-title">{tx(COMPETENCE.title)}</h2>
            <PostForm page=&COMPETENCE action=SetCompetence::url() submit=send state=state button=t("保存能力", "Save the competence")>
                <input type="hidden" name="agency" value=id/>
            </PostForm>
        </section>
    }
}

#[component]
fn Rows(rows: Vec<Competence>) -> impl IntoView {
    if rows.is_empty() {
        let text = t("没有登记能力的机构也能被委托，但排在后面。", "It can be entrusted all the same, but is suggested last.");
        return view! { <Empty title=t("还没有登记评审能力", "No competence yet") text=text/> }.into_any();
    }
    let lang = use_lang();
    let heads = [t("设备种类", "Kind of equipment"), t("覆盖的省份", "Provinces")];
    let row = |row: Competence| {
        let all = row.provinces.len() == PROVINCES.len();
        let provinces = if all { tx(t("全国", "All of China")).to_owned() } else { named(PROVINCES, &row.provinces, lang) };
        view! { <tr><td class="title">{kinds(&[row.kind])}</td><td data-label=tx(heads[1])>{provinces}</td></tr> }
    };
    let rows = rows.into_iter().map(row).collect_view();
    view! { <ListTable caption=t("评审能力", "Competence") heads=heads.to_vec() stack=true>{rows}</ListTable> }.into_any()
}
