//! 我要查: licences by unit or number, help by words, and the progress of an application.

use super::Head;
use super::licences::Licences;
use crate::account::api::form_state;
use crate::base::{Lang, t};
use crate::form::Values;
use crate::portal::api::{self, FindPerson, Progress};
use crate::portal::help;
use crate::portal::model::{Found, PERSON, PROGRESS, SHORTEST};
use crate::ui::empty::Empty;
use crate::ui::form::{FormState, PostForm, Submitting};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

/// The search box; its page is [`SearchPage`].
#[component]
pub fn SearchBox(#[prop(into)] typed: String) -> impl IntoView {
    view! {
        <form class="search" role="search" method="get" action="/search">
            <label class="visually-hidden" for="q">{tx(t("单位名称、代码、许可证编号或者问题", "Name or code of a unit, number of a licence, or a question"))}</label>
            <div class="frame"><input id="q" type="search" name="q" value=typed maxlength="100" autocomplete="off"/></div>
            <button class="button" type="submit"><Glyph icon=Icon::Search/>{tx(t("搜索", "Search"))}</button>
        </form>
    }
}

/// `/search`
#[component]
pub fn SearchPage() -> impl IntoView {
    let query = use_query_map();
    let typed = Memo::new(move |_| query.with(|q| q.get("q").unwrap_or_default().trim().to_owned()));
    view! {
        <Head
            text=t("我要查", "Look up")
            lead=t("输入单位名称、代码或者许可证编号查许可证；输入问题查帮助。", "Type the name or code of a unit or the number of a licence, or a question.")
        />
        {move || {
            let typed = typed.get();
            view! { <SearchBox typed=typed.clone()/>{(!typed.is_empty()).then(|| view! { <Results typed=typed/> })} }
        }}
        <section class="part" aria-labelledby="person"><Persons/></section>
        <section class="part" aria-labelledby="progress"><Progressing/></section>
    }
}

#[component]
fn Results(typed: String) -> impl IntoView {
    let lang = use_lang();
    let short = typed.chars().count() < SHORTEST;
    let rows = load(
        {
            let typed = typed.clone();
            move || typed.clone()
        },
        api::licences,
    );
    let draw = move |found: Found| {
        if found.rows.is_empty() {
            let (title, text) = if short {
                (t("请多输入几个字", "Please type more"), t("至少两个字。", "At least two characters."))
            } else {
                (
                    t("没有查到许可证", "No licence found"),
                    t(
                        "请核对名称、代码或者编号。这里只列审批机关颁发或者核验过的许可证。",
                        "Please check the name, code or number. Only licences that an authority has issued or checked are listed here.",
                    ),
                )
            };
            return view! { <Empty title=title text=text/> }.into_any();
        }
        let more =
            found.more.then(|| view! { <p class="muted">{tx(t("还有更多，请把名称写得完整些。", "There are more; please type more of the name."))}</p> });
        view! { <Licences caption=t("查到的许可证", "Licences found") rows=found.rows/>{more} }.into_any()
    };
    let topics = help::about(&typed);
    let topics = (!topics.is_empty()).then(|| {
        let link = |topic: &help::Topic| view! { <li><a href=format!("/help#{}", topic.id)>{topic.question.get(lang)}</a></li> };
        view! { <section class="part" aria-labelledby="topics"><h2 id="topics">{tx(t("帮助", "Help"))}</h2><ul class="bullets">{topics.into_iter().map(link).collect_view()}</ul></section> }
    });
    let head = match lang {
        Lang::Zh => format!("“{typed}”的许可证"),
        Lang::En => "Licences".to_owned(),
    };
    view! {
        <section class="part" aria-labelledby="found"><h2 id="found">{head}</h2><Load resource=rows view=draw/></section>
        {topics}
    }
}

fn submit_person(values: Values) -> Submitting {
    Box::pin(api::person(values))
}

#[component]
fn Persons() -> impl IntoView {
    let state = load(|| (), |()| form_state(PERSON.key.to_owned()));
    let draw = |state: FormState| {
        view! { <PostForm page=&PERSON action=FindPerson::url() submit=submit_person state=state button=t("查人员证", "Look up the certificate")/> }.into_any()
    };
    view! {
        <h2 id="person">{tx(PERSON.title)}</h2>
        <p class="muted">{tx(t("姓名和证书编号都要填写；证件号码只显示一部分。", "Both name and number are needed; of the identity number only a part is shown."))}</p>
        <Load resource=state view=draw/>
    }
}

fn submit(values: Values) -> Submitting {
    Box::pin(api::progress(values))
}

#[component]
fn Progressing() -> impl IntoView {
    let state = load(|| (), |()| form_state(PROGRESS.key.to_owned()));
    let draw = |state: FormState| {
        view! { <PostForm page=&PROGRESS action=Progress::url() submit=submit state=state button=t("查进度", "Look up the progress")/> }.into_any()
    };
    view! {
        <h2 id="progress">{tx(PROGRESS.title)}</h2>
        <p class="muted">{tx(t("不用登录，只显示状态、审批机关和日期。", "Without signing in; only state, authority and dates are shown."))}</p>
        <Load resource=state view=draw/>
    }
}
