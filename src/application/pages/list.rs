//! 许可管理: the unit's applications with the manual's columns, filters, icons with words, and whose turn it is.

use super::person_list::{PersonFilter, PersonTable};
use super::{HOME, list_name, trail};
use crate::account::model::{Me, Role};
use crate::application::api::{self, Act};
use crate::application::book::choices::KINDS;
use crate::application::model::{Head, Listing};
use crate::application::read::turn;
use crate::base::text::url_escape;
use crate::base::{Lang, Text, t, workdays};
use crate::catalogue::CATEGORIES;
use crate::document::model::Kind;
use crate::document::view::DocumentLine;
use crate::form::Values;
use crate::ui::breadcrumb::Breadcrumb;
use crate::ui::empty::Empty;
use crate::ui::heading::Heading;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Refused, Tone};
use crate::ui::pager::Pager;
use crate::ui::table::ListTable;
use crate::ui::tag::{Tag, TagTone};
use crate::workflow::action::SCHEDULE;
use crate::workflow::{ActionKind, Party, State};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

const FILTERS: [&str; 8] = ["no", "item", "category", "kind", "state", "authority", "from", "to"];

/// `/applications`
#[component]
pub fn ManagePage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|q| {
            let filter: Values = FILTERS.iter().filter_map(|key| Some(((*key).to_owned(), q.get(key).filter(|v| !v.is_empty())?))).collect();
            (filter, q.get("at").unwrap_or_default(), q.get("newer").is_some(), q.get("deleted"))
        })
    });
    let rows = load(move || asked.get(), |(filter, at, newer, _)| api::list(filter, at, newer));
    let is_person = use_context::<Signal<Me>>().is_some_and(|me| me.with_untracked(|me| me.role == Some(Role::Person)));
    let (apply, label) =
        if is_person { ("/apply/person", t("资格认定申请", "New application")) } else { ("/apply", t("许可申请", "New application")) };
    let title = list_name(is_person);
    let view = move |listing: Listing| {
        let filter = asked.get_untracked().0;
        let filters = if is_person {
            view! { <PersonFilter filter=filter.clone()/> }.into_any()
        } else {
            view! { <Filters filter=filter.clone() authorities=listing.authorities.clone()/> }.into_any()
        };
        view! { {filters}<List listing=listing filter=filter is_person=is_person apply=apply/> }.into_any()
    };
    view! {
        <Breadcrumb trail=trail(&[HOME]) here=tx(title)/>
        <Heading text=title/>
        <Refused form="applications"/>
        {move || asked.get().3.map(|no| view! { <Undo no=no/> })}
        <p class="actions"><a class="button primary" href=apply>{tx(label)}</a></p>
        <super::home::UnderWay/>
        <Load resource=rows view=view/>
    }
}

#[component]
fn Undo(no: String) -> impl IntoView {
    view! {
        <Notice tone=Tone::Done>
            <form method="post" action=Act::url() class="inline">
                <input type="hidden" name="no" value=no.clone()/><input type="hidden" name="act" value="restore"/>
                <span role="status">{tx(t("已删除草稿", "Draft deleted:"))}" "<span class="code">{no}</span></span>" · "
                <button class="link" type="submit">{tx(t("撤销", "Undo"))}</button>
            </form>
        </Notice>
    }
}

#[component]
fn Filters(filter: Values, authorities: Vec<(String, String)>) -> impl IntoView {
    let lang = use_lang();
    let value = |key: &str| filter.get(key).cloned().unwrap_or_default();
    let select = |key: &'static str, label: Text, options: Vec<(&'static str, Text)>| {
        let now = value(key);
        let options = options.into_iter().map(|(k, text)| view! { <option value=k selected=now == k>{text.get(lang)}</option> }).collect_view();
        view! { <div class="field"><label for=format!("f-{key}")>{tx(label)}</label><select id=format!("f-{key}") name=key><option value="">{tx(t("全部", "All"))}</option>{options}</select></div> }
    };
    let authority = value("authority");
    let authorities = authorities.into_iter().map(|(code, name)| {
        let selected = code == authority;
        view! { <option value=code selected=selected lang="zh-CN">{name}</option> }
    });
    let states: Vec<_> = State::all().map(|s| (s.word(), s.label())).collect();
    let open = !filter.is_empty();
    view! {
        <details class="filters" open=open>
            <summary>{tx(t("筛选", "Filter"))}</summary>
            <form method="get" action="/applications" class="filter-form" role="search" aria-label=tx(t("筛选申请", "Filter applications"))>
                <div class="field"><label for="f-no">{tx(t("申请号", "Number"))}</label><input id="f-no" name="no" value=value("no") inputmode="numeric" maxlength="14"/></div>
                {select("category", t("许可类型", "Category"), CATEGORIES.iter().map(|c| (c.key, c.name)).collect())}
                {select("kind", t("申请类别", "Kind"), KINDS.iter().map(|k| (k.key, k.label)).collect())}
                {select("state", t("申请状态", "State"), states)}
                <div class="field"><label for="f-authority">{tx(t("提交机构", "Authority"))}</label><select id="f-authority" name="authority"><option value="">{tx(t("全部", "All"))}</option>{authorities.collect_view()}</select></div>
                <div class="field"><label for="f-from">{tx(t("提交时间自", "Submitted from"))}</label><input id="f-from" type="date" name="from" value=value("from")/></div>
                <div class="field"><label for="f-to">{tx(t("至", "to"))}</label><input id="f-to" type="date" name="to" value=value("to")/></div>
                <p class="actions"><button class="button" type="submit">{tx(t("查询", "Search"))}</button>" "<a class="button" href="/applications">{tx(t("重置", "Reset"))}</a></p>
            </form>
        </details>
    }
}

#[component]
fn List(listing: Listing, filter: Values, is_person: bool, apply: &'static str) -> impl IntoView {
    if listing.rows.is_empty() {
        return if filter.is_empty() {
            view! { <Empty title=t("还没有申请", "No applications yet") text=t("从新的申请开始，填写过程中会自动保存。", "Start with a new application; it is saved as you type.")><a class="button primary" href=apply>{tx(t("开始申请", "Start"))}</a></Empty> }.into_any()
        } else {
            view! { <Empty title=t("没有符合条件的申请", "Nothing fits") text=t("请放宽条件，或者重置。", "Loosen the conditions, or reset.")><a class="button" href="/applications">{tx(t("重置", "Reset"))}</a></Empty> }.into_any()
        };
    }
    let filters: String = filter.iter().map(|(k, v)| format!("{k}={}&", url_escape(v))).collect();
    let link = |at: Option<String>, newer: bool| at.map(|at| format!("/applications?{filters}at={at}{}", if newer { "&newer=1" } else { "" }));
    let (older, newer) = (link(listing.next, false), link(listing.previous, true));
    let rows = listing.rows.into_iter().enumerate();
    let table = if is_person {
        view! { <PersonTable rows=rows.collect()/> }.into_any()
    } else {
        let rows = rows.map(|(n, head)| view! { <Line n=n + 1 head=head/> }).collect_view();
        view! { <ListTable caption=t("本单位的申请", "Applications of your unit") heads=HEADS.to_vec() stack=true>{rows}</ListTable> }.into_any()
    };
    view! {
        {table}
        <Pager count=listing.count capped=listing.capped newer=newer older=older/>
    }
    .into_any()
}

/// The manual's columns.
const HEADS: [Text; 9] = [
    t("序号", "No."),
    t("申请号", "Number"),
    t("申请类别", "Kind"),
    t("许可类型", "Category"),
    t("申请项目", "Items"),
    t("申请状态", "State"),
    t("提交时间", "Submitted"),
    t("提交机构", "Authority"),
    t("操作", "Actions"),
];

/// How a case stands, as a colour.
pub(super) fn tone(head: &Head) -> TagTone {
    match (head.state, head.turn.map(|role| role.party())) {
        (State::Granted | State::Issued, _) => TagTone::Done,
        (State::Refused | State::Denied | State::Failed | State::Lapsed, _) => TagTone::Wrong,
        (_, Some(Party::Unit)) => TagTone::Wait,
        (_, Some(_)) => TagTone::Go,
        (_, None) => TagTone::Off,
    }
}

/// What can be done with an application, each an icon with its word.
#[component]
pub(super) fn Actions(head: Head) -> impl IntoView {
    let lang = use_lang();
    let no = head.no.clone();
    let act = |act: ActionKind, icon: Icon| {
        let (word, label) = (act.word(), act.label());
        head.may(act).then(|| {
            view! {
                <form method="post" action=Act::url() class="inline">
                    <input type="hidden" name="no" value=no.clone()/><input type="hidden" name="act" value=word/>
                    <button class="link" type="submit" aria-label=format!("{} {no}", label.get(lang))><Glyph icon=icon/>{label.get(lang)}</button>
                </form>
            }
        })
    };
    let link = |href: String, icon: Icon, label: Text| view! { <a class="link" href=href aria-label=format!("{} {no}", label.get(lang))><Glyph icon=icon/>{label.get(lang)}</a> };
    let goto = |act: ActionKind, to: &str, icon: Icon, label: Text| head.may(act).then(|| link(format!("/applications/{no}{to}"), icon, label));
    let schedule = SCHEDULE.iter().any(|act| head.may(*act)).then(|| link(format!("/cases/{no}/schedule"), Icon::Pen, t("协商评审时间", "Review date")));
    let feedback = head.may(ActionKind::GiveFeedback).then(|| link(format!("/cases/{no}#act-give-feedback"), Icon::Pen, t("评审反馈", "Feedback")));
    let read = if head.state == State::Draft {
        goto(ActionKind::Read, "/check", Icon::Eye, t("查看", "Read"))
    } else {
        head.may(ActionKind::Read).then(|| link(format!("/cases/{no}"), Icon::Eye, t("查看", "Read")))
    };
    // Of a person's the manual has 撤销 in the list. It is asked for on the case, where its reason is given and what is lost is said.
    let name = if head.is_person() { t("撤销", "Cancel") } else { t("撤回", "Withdraw") };
    let withdraw = head.may(ActionKind::Withdraw).then(|| link(format!("/cases/{no}#act-withdraw"), Icon::Undo, name));
    let paper = |line: &DocumentLine, icon: Icon, label: Text| {
        let name = format!("{} {}", label.get(lang), line.number);
        view! { <a class="link" href=format!("/documents/{}", line.id) aria-label=name><Glyph icon=icon/>{label.get(lang)}</a> }
    };
    let newest = |is: fn(Kind) -> bool| head.given.iter().rfind(|line| is(line.kind));
    let acceptance = newest(|kind| kind == Kind::Acceptance).map(|line| paper(line, Icon::Document, t("受理决定书", "Acceptance")));
    let decision = newest(Kind::is_decision).map(|line| paper(line, Icon::Document, t("决定书", "Decision")));
    let certificate = if head.is_person() { t("证书", "Certificate") } else { t("许可证", "Licence") };
    let certificates = head.given.iter().filter(|line| line.kind.is_certificate()).map(|line| paper(line, Icon::Download, certificate)).collect_view();
    let edit = if head.state == State::Correction { ("/check", t("补正", "Correct")) } else { ("", t("编辑", "Edit")) };
    view! {
        {goto(ActionKind::Edit, edit.0, Icon::Pen, edit.1)}
        {read}
        {schedule}
        {feedback}
        {acceptance}
        {decision}
        {certificates}
        {goto(ActionKind::Read, "/print", Icon::Print, t("打印", "Print"))}
        {act(ActionKind::Copy, Icon::Copy)}
        {withdraw}
        {act(ActionKind::Delete, Icon::Trash)}
        {act(ActionKind::Restore, Icon::Undo)}
    }
}

/// When something happened, or that it has not.
pub(super) fn day_or_none(day: Option<String>, lang: Lang) -> String {
    day.unwrap_or_else(|| if lang == Lang::Zh { "—" } else { "–" }.to_owned())
}

#[component]
fn Line(n: usize, head: Head) -> impl IntoView {
    let lang = use_lang();
    let submitted = day_or_none(head.submitted_at.map(workdays::date_time), lang);
    view! {
        <tr>
            <td class="num" data-label=tx(HEADS[0])>{n}</td>
            <td class="code title" data-label=tx(HEADS[1])>{head.no.clone()}</td>
            <td data-label=tx(HEADS[2])>{head.kind_label.get(lang).to_owned()}</td>
            <td data-label=tx(HEADS[3])>{head.category_label.get(lang).to_owned()}</td>
            <td lang="zh-CN" data-label=tx(HEADS[4])>{head.items.clone()}</td>
            <td data-label=tx(HEADS[5])><Tag tone=tone(&head) text=head.state_label()/><small class="turn">{turn(&head, lang)}</small></td>
            <td data-label=tx(HEADS[6])>{submitted}</td>
            <td lang="zh-CN" data-label=tx(HEADS[7])>{head.authority.clone()}</td>
            <td class="row-actions" data-label=tx(HEADS[8])><Actions head=head/></td>
        </tr>
    }
}
