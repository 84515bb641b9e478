//! 样表 (spec 2.7; 行政许可法 art. 30): a book that is filled in, for whoever wants to see one before they register.

use crate::application::frozen::Frozen;
use crate::application::read::Book;
use crate::base::t;
use crate::portal::api;
use crate::portal::guide::{Guide, SAMPLE, UNIT_LICENCE};
use crate::portal::qualification::PERSONNEL;
use crate::ui::breadcrumb::Breadcrumb;
use crate::ui::heading::PageTitle;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Tone};
use leptos::prelude::*;

/// `/services/unit-licence/sample`
#[component]
pub fn SamplePage() -> impl IntoView {
    view! { <SampleOf guide=&UNIT_LICENCE personnel=false/> }
}

/// `/services/personnel/sample`
#[component]
pub fn PersonSamplePage() -> impl IntoView {
    view! { <SampleOf guide=&PERSONNEL personnel=true/> }
}

/// The sample of a service.
#[component]
fn SampleOf(guide: &'static Guide, personnel: bool) -> impl IntoView {
    let book = load(move || personnel, api::sample);
    view! { <Load resource=book view=move |frozen: Frozen| view! { <Sample guide=guide frozen=frozen/> }.into_any()/> }
}

#[component]
fn Sample(guide: &'static Guide, frozen: Frozen) -> impl IntoView {
    let lang = use_lang();
    let trail = vec![("/".to_owned(), tx(t("首页", "Home")).to_owned()), (guide.address.to_owned(), tx(guide.name).to_owned())];
    let made_up = t(
        "样表：单位、人员和数据都是虚构的，只说明怎样填写；您要填的页面和表格，由申请的类别和项目决定。",
        "A sample: unit, persons and figures are made up and only show how the book is filled in. Which pages and tables you fill in follows from what you \
         apply for. Answers are given in Chinese.",
    );
    view! {
        <PageTitle text=tx(SAMPLE)/>
        <Breadcrumb trail=trail here=tx(SAMPLE)/>
        <div class="sheet">
            <Notice tone=Tone::Info><p>{tx(made_up)}</p></Notice>
            <header class="sheet-head">
                <h1 class="sheet-title">{frozen.category.get(lang).to_owned()}{tx(t("申请书（样表）", " – application (sample)"))}</h1>
                <p>{tx(t("样表", "Sample"))}" · "<span lang="zh-CN">{frozen.unit_name.clone()}</span></p>
            </header>
            <Book frozen=frozen/>
        </div>
    }
}
