//! 待办: the cases of an authority by queue, the most urgent first.

use super::triage::Triage;
use super::{Flags, Left, last_days, tone};
use crate::application::book::choices::{KINDS, PERSON_KINDS};
use crate::base::{Text, t};
use crate::casework::api::{self, Act};
use crate::casework::model::{ASKED, CLOSED, COUNTED, CaseList, Entry, Flag, Near, QUEUES, Queue};
use crate::catalogue::{CATEGORIES, PERSONNEL, category_name};
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

const FILTERS: [&str; 8] = ["queue", "whose", "category", "kind", "flag", "due", "text", "order"];

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
        <Load resource=list view=|(list, filter): (CaseList, Values)| view! { <Views counts=list.counts.clone() overdue=list.overdue filter=filter.clone()/><Filters filter=filter.clone() side=list.side delegates=list.delegates/><List list=list filter=filter/> }.into_any()/>
    }
}

/// The address of the list with these filters but for some, and with another one; it ends where more can follow.
fn address(filter: &Values, but: &[&str], with: Option<(&str, &str)>) -> String {
    let is_kept = |key: &str| !but.contains(&key) && with.is_none_or(|(other, _)| other != key);
    let kept = filter.iter().map(|(key, value)| (key.as_str(), value.as_str())).filter(|(key, _)| is_kept(key));
    let pairs: Vec<String> = kept.chain(with).map(|(key, value)| format!("{key}={}", crate::base::text::url_escape(value))).collect();
    format!("/cases?{}", pairs.join("&"))
}

/// The queues as tabs with their counts, and what is past its last day in any of them.
#[component]
fn Views(counts: Vec<(String, i64)>, overdue: i64, filter: Values) -> impl IntoView {
    let here = filter.get("queue").cloned().unwrap_or_default();
    let late = Near::ALL[0].1;
    let is_late = here.is_empty() && filter.get("due").is_some_and(|due| due == late);
    let count = |key: &str| counts.iter().find(|(of, _)| of == key).map_or(0, |(_, n)| *n);
    let open: i64 = counts.iter().filter(|(key, _)| !matches!(key.as_str(), CLOSED | ASKED)).map(|(_, n)| n).sum();
    let tab = |href: String, label: Text, n: i64, is_here: bool| {
        let n = if n > COUNTED { format!("{COUNTED}+") } else { n.to_string() };
        view! { <a href=href aria-current=is_here.then_some("page")>{tx(label)}" "<small>{n}</small></a> }
    };
    let queue = |queue: &Queue| tab(address(&filter, &[], Some(("queue", queue.key))), queue.label, count(queue.key), here == queue.key);
    let all = tab(address(&filter, &["due"], Some(("queue", ""))), t("全部在办", "All open"), open, here.is_empty() && !is_late);
    let overdue = tab(address(&filter, &["queue"], Some(("due", late))), t("已超期", "Overdue"), overdue, is_late);
    let has = |key: &str| counts.iter().any(|(of, _)| of == key);
    let tabs = QUEUES.iter().filter(|one| has(one.key)).map(queue).collect_view();
    view! { <nav class="views" aria-label=tx(t("办理环节", "Queues"))>{all}{tabs}{overdue}</nav> }
}

#[component]
fn Filters(filter: Values, side: Party, delegates: bool) -> impl IntoView {
    let lang = use_lang();
    let value = |key: &str| filter.get(key).cloned().unwrap_or_default();
    let select = |key: &'static str, label: Text, all: Text, options: Vec<(&'static str, String)>| {
        let now = value(key);
        let options = options.into_iter().map(|(key, text)| view! { <option value=key selected=now == key>{text}</option> }).collect_view();
        view! {
            <div class="field"><label for=format!("f-{key}")>{tx(label)}</label>
                <select id=format!("f-{key}") name=key><option value="">{tx(all)}</option>{options}</select>
            </div>
        }
    };
    let words = |options: &[(&'static str, Text)]| options.iter().map(|(key, text)| (*key, text.get(lang).to_owned())).collect::<Vec<_>>();
    let every = t("全部", "All");
    let (is_office, of_units, of_persons) = (side == Party::Authority, side != Party::ExamBody, side != Party::Agency);
    let whose = is_office.then(|| {
        let all = delegates.then_some(("all", t("含受委托机关", "With those delegated to")));
        let shares: Vec<_> = [("mine", t("我承办的", "Mine"))].into_iter().chain(all).collect();
        select("whose", t("范围", "Whose"), t("本机关", "My authority"), words(&shares))
    });
    let categories = of_units.then(|| {
        let mut all: Vec<_> = CATEGORIES.iter().map(|category| (category.key, category.name.get(lang).to_owned())).collect();
        all.extend(of_persons.then(|| (PERSONNEL, category_name(PERSONNEL).get(lang).to_owned())));
        select("category", t("许可类别", "Category"), every, all)
    });
    let kinds = [(of_units, KINDS), (of_persons, PERSON_KINDS)].into_iter().filter(|(is, _)| *is).flat_map(|(_, kinds)| kinds);
    let kinds: Vec<_> = kinds.map(|kind| (kind.key, kind.label)).collect();
    let flags = is_office.then(|| select("flag", t("标记", "Flagged"), every, words(&Flag::ALL.map(|flag| (flag.word(), flag.label())))));
    view! {
        <form method="get" action="/cases" class="filter-form" role="search" aria-label=tx(t("筛选案件", "Filter cases"))>
            <input type="hidden" name="queue" value=value("queue")/>
            {whose}
            {categories}
            {select("kind", t("申请类别", "Kind"), every, words(&kinds))}
            {flags}
            {select("due", t("期限", "Limit"), every, words(&Near::ALL.map(|(_, word, text)| (word, text))))}
            {select("order", t("排序", "Order"), t("最急的在前", "Most urgent first"), words(&[("newest", t("最新的在前", "Newest first"))]))}
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
    let base = address(&filter, &[], None);
    let joint = if base.ends_with('?') { "" } else { "&" };
    let way = |at: Option<String>, back: &str| at.map(|at| format!("{base}{joint}at={at}{back}"));
    let (earlier, later) = (way(list.previous, "&back=1"), way(list.next, ""));
    let click = list.click;
    let rows = list.rows.into_iter().map(|entry| view! { <Line entry=entry click=click.clone()/> }).collect_view();
    view! {
        <div class="triage"><ListTable caption=t("案件", "Cases") heads=HEADS.to_vec() stack=true>{rows}</ListTable></div>
        <Triage/>
        <Pager count=list.count capped=list.capped newer=earlier older=later ways=[t("上一页", "Previous"), t("下一页", "Next")]/>
    }
    .into_any()
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
    let due = last_days(&entry, lang).map(|days| view! { <small class="turn">{days}</small> });
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
