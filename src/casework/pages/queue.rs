//! 待办: the cases of an authority by queue, the most urgent first.

use super::{Flags, Left, tone};
use crate::base::{Text, t, workdays};
use crate::casework::api::{self, Act};
use crate::casework::model::{ASKED, CLOSED, COUNTED, CaseList, Entry, QUEUES};
use crate::form::Values;
use crate::ui::empty::Empty;
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::pager::Pager;
use crate::ui::table::ListTable;
use crate::ui::tag::Tag;
use crate::ui::value::lang_of;
use crate::workflow::{ActionKind, Party, State};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

const FILTERS: [&str; 4] = ["queue", "whose", "text", "order"];

/// `/cases`
#[component]
pub fn QueuePage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|q| {
            let filter: Values = FILTERS.iter().filter_map(|key| Some(((*key).to_owned(), q.get(key).filter(|v| !v.is_empty())?))).collect();
            (filter, q.get("at").unwrap_or_default(), q.get("back").is_some())
        })
    });
    let list = load(move || asked.get(), |(filter, at, back)| async move { Ok((api::queue(filter.clone(), at, back).await?, filter)) });
    view! {
        <Heading text=t("待办", "Work queue")/>
        <Load resource=list view=|(list, filter): (CaseList, Values)| view! { <Views counts=list.counts.clone() filter=filter.clone()/><Filters filter=filter.clone()/><List list=list filter=filter/> }.into_any()/>
    }
}

/// The address of the list with these filters, ending where more can follow.
fn address(filter: &Values, queue: Option<&str>) -> String {
    let kept = filter.iter().filter(|(key, _)| queue.is_none() || key.as_str() != "queue").map(|(key, value)| (key.as_str(), value.as_str()));
    let pairs: Vec<String> =
        kept.chain(queue.map(|queue| ("queue", queue))).map(|(key, value)| format!("{key}={}", crate::base::text::url_escape(value))).collect();
    format!("/cases?{}", pairs.join("&"))
}

/// The queues as tabs with their counts.
#[component]
fn Views(counts: Vec<(String, i64)>, filter: Values) -> impl IntoView {
    let here = filter.get("queue").cloned().unwrap_or_default();
    let count = |key: &str| counts.iter().find(|(of, _)| of == key).map_or(0, |(_, n)| *n);
    let open: i64 = counts.iter().filter(|(key, _)| !matches!(key.as_str(), CLOSED | ASKED)).map(|(_, n)| n).sum();
    let tab = |key: &'static str, label: Text, n: i64| {
        let n = if n > COUNTED { format!("{COUNTED}+") } else { n.to_string() };
        view! { <a href=address(&filter, Some(key)) aria-current=(here == key).then_some("page")>{tx(label)}" "<small>{n}</small></a> }
    };
    let all = tab("", t("全部在办", "All open"), open);
    let has = |key: &str| counts.iter().any(|(of, _)| of == key);
    let tabs = QUEUES.iter().filter(|queue| has(queue.key)).map(|queue| tab(queue.key, queue.label, count(queue.key))).collect_view();
    view! { <nav class="views" aria-label=tx(t("办理环节", "Queues"))>{all}{tabs}</nav> }
}

#[component]
fn Filters(filter: Values) -> impl IntoView {
    let value = |key: &str| filter.get(key).cloned().unwrap_or_default();
    let whose = value("whose");
    view! {
        <form method="get" action="/cases" class="filter-form" role="search" aria-label=tx(t("筛选案件", "Filter cases"))>
            <input type="hidden" name="queue" value=value("queue")/>
            <div class="field"><label for="f-whose">{tx(t("范围", "Whose"))}</label>
                <select id="f-whose" name="whose">
                    <option value="">{tx(t("本机关", "My authority"))}</option>
                    <option value="mine" selected=whose == "mine">{tx(t("我承办的", "Mine"))}</option>
                    <option value="all" selected=whose == "all">{tx(t("含受委托机关", "With those delegated to"))}</option>
                </select>
            </div>
            <div class="field"><label for="f-order">{tx(t("排序", "Order"))}</label>
                <select id="f-order" name="order">
                    <option value="">{tx(t("最急的在前", "Most urgent first"))}</option>
                    <option value="newest" selected=value("order") == "newest">{tx(t("最新的在前", "Newest first"))}</option>
                </select>
            </div>
            <div class="field wide"><label for="f-text">{tx(t("申请号或者单位名称", "Number or unit"))}</label><input id="f-text" name="text" value=value("text") lang=lang_of(&value("text")) maxlength="60"/></div>
            <p class="actions"><button class="button" type="submit">{tx(t("查询", "Search"))}</button>" "<a class="button" href="/cases">{tx(t("重置", "Reset"))}</a></p>
        </form>
    }
}

const HEADS: [Text; 7] = [
    t("申请号", "Number"),
    t("申请人", "Applicant"),
    t("申请项目", "Items"),
    t("状态", "State"),
    t("轮到", "Turn"),
    t("期限", "Limit"),
    t("承办人", "Handler"),
];

#[component]
fn List(list: CaseList, filter: Values) -> impl IntoView {
    if list.rows.is_empty() {
        return if filter.is_empty() {
            view! { <Empty title=t("没有在办的案件", "No open cases") text=t("单位提交申请后，会出现在这里。", "Applications appear here once they are submitted.")/> }.into_any()
        } else {
            view! { <Empty title=t("没有符合条件的案件", "Nothing fits") text=t("请换一个环节，或者放宽条件。", "Choose another queue, or loosen the conditions.")><a class="button" href="/cases">{tx(t("重置", "Reset"))}</a></Empty> }.into_any()
        };
    }
    let base = address(&filter, None);
    let way = |at: Option<String>, back: &str| at.map(|at| format!("{base}&at={at}{back}"));
    let (earlier, later) = (way(list.previous, "&back=1"), way(list.next, ""));
    let click = list.click;
    let rows = list.rows.into_iter().map(|entry| view! { <Line entry=entry click=click.clone()/> }).collect_view();
    view! {
        <div class="triage" on:keydown=triage><ListTable caption=t("案件", "Cases") heads=HEADS.to_vec() stack=true>{rows}</ListTable></div>
        <p class="hint triage-keys">{tx(t("键盘：↓ 或 j 下一件，↑ 或 k 上一件，回车打开。", "Keys: ↓ or j for the next case, ↑ or k for the one before, Enter opens."))}</p>
        <Pager count=list.count capped=list.capped newer=earlier older=later ways=[t("上一页", "Previous"), t("下一页", "Next")]/>
    }
    .into_any()
}

/// Goes through the cases by the keys, from wherever in the list the focus is.
fn triage(event: leptos::ev::KeyboardEvent) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let step = match event.key().as_str() {
            "ArrowDown" | "j" => 1,
            "ArrowUp" | "k" => -1,
            _ => return,
        };
        let Ok(links) = document().query_selector_all(".triage tbody .title a") else { return };
        let links: Vec<web_sys::HtmlElement> = (0..links.length()).filter_map(|n| links.get(n)?.dyn_into().ok()).collect();
        let here = document().active_element().and_then(|element| element.closest("tr").ok().flatten());
        let here = links.iter().position(|link| link.closest("tr").ok().flatten() == here);
        let to = here.map_or(0, |here| here.cast_signed() + step);
        if let Some(link) = usize::try_from(to).ok().and_then(|to| links.get(to)) {
            event.prevent_default();
            link.focus().ok();
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = event;
}

/// 承办 from the list, of a case nobody has.
#[component]
fn Take(entry: Entry, click: String) -> impl IntoView {
    let word = ActionKind::Take.word();
    let label = format!("{} {}", tx(ActionKind::Take.label()), entry.no);
    view! {
        <form method="post" action=Act::url() class="inline">
            <input type="hidden" name="values[act]" value=word/>
            <input type="hidden" name="values[no]" value=entry.no.clone()/>
            <input type="hidden" name="values[seen]" value=entry.revision.to_string()/>
            <input type="hidden" name="values[click]" value=format!("{click}-{}", entry.no)/>
            <button class="link" type="submit" aria-label=label>{tx(ActionKind::Take.label())}</button>
        </form>
    }
}

#[component]
fn Line(entry: Entry, click: String) -> impl IntoView {
    let lang = use_lang();
    let free = entry.handler.is_empty() && !click.is_empty() && (entry.state.is_open() || entry.state == State::Granted);
    let take = free.then(|| view! { <Take entry=entry.clone() click=click/> });
    let due = entry.due.map(|due| view! { <small class="turn">{workdays::show_date(due, lang)}</small> });
    let turn = entry.turn.map_or("", |role| role.label().get(lang));
    view! {
        <tr>
            <td class="code title" data-label=tx(HEADS[0])><a href=format!("/cases/{}", entry.no)>{entry.no.clone()}</a></td>
            <td lang="zh-CN" data-label=tx(HEADS[1])>{entry.unit.clone()}</td>
            <td lang="zh-CN" data-label=tx(HEADS[2])>{entry.items.clone()}</td>
            <td data-label=tx(HEADS[3])><Tag tone=tone(&entry) text=entry.state_label(Party::Authority)/><Flags entry=entry.clone()/></td>
            <td data-label=tx(HEADS[4])>{turn}</td>
            <td data-label=tx(HEADS[5])><Left entry=entry.clone()/>{due}</td>
            <td lang=lang_of(&entry.handler) data-label=tx(HEADS[6])>{entry.handler.clone()}{take}</td>
        </tr>
    }
}
