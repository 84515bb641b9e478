//! 案件办理, for every side: left what was issued and what happened, and the book as it was handed in, with a comparison of
//! versions (a book is ten screens long, so it comes last); right what the reader can do.

use super::forms::Forms;
use super::memo::Unsigned;
use super::person::{Person, Unproven};
use super::schedule::Schedule;
use super::{Flags, Left, tone};
use crate::application::api as book;
use crate::application::book::{Change, pages, places::words};
use crate::application::frozen::Frozen;
use crate::application::read::{Book, Timeline, changes_table};
use crate::base::{t, workdays};
use crate::casework::api;
use crate::casework::model::Desk;
use crate::document::view::DocumentLine;
use crate::error::AppError;
use crate::ui::breadcrumb::Breadcrumb;
use crate::ui::heading::PageTitle;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Tone};
use crate::ui::tag::Tag;
use crate::ui::value::lang_of;
use crate::workflow::action::SCHEDULE;
use crate::workflow::clock::Line;
use crate::workflow::{ActionKind, Ledger, Party};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Deserialize, Serialize};

/// Everything the page is drawn from.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Opened {
    desk: Desk,
    /// The book, for the sides that read it.
    handed_in: Option<HandedIn>,
}

/// A version of the book.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct HandedIn {
    frozen: Frozen,
    sha256: String,
    /// The version it is compared with, and the differences.
    compared: Option<(i64, Vec<Change>)>,
}

async fn open(no: String, version: i64, with: i64) -> Result<Opened, AppError> {
    let desk = api::desk(no.clone()).await?;
    if !desk.case.side.reads_book() {
        return Ok(Opened { desk, handed_in: None });
    }
    let version = if (1..=desk.version).contains(&version) { version } else { desk.version };
    let (frozen, sha256) = book::version(no.clone(), version).await?;
    let compared = if (1..version).contains(&with) { Some((with, book::compare(no, with, version).await?)) } else { None };
    Ok(Opened { desk, handed_in: Some(HandedIn { frozen, sha256, compared }) })
}

/// `/cases/{no}`, and `?version=` `&with=` for another version and a comparison.
#[component]
pub fn CasePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let number = |key: &str| query.with(|q| q.get(key).and_then(|n| n.parse::<i64>().ok()).unwrap_or_default());
        (params.with(|p| p.get("no").unwrap_or_default()), number("version"), number("with"))
    });
    let opened = load(move || asked.get(), |(no, version, with)| open(no, version, with));
    view! { <Load resource=opened view=|opened: Opened| view! { <Page opened=opened/> }.into_any()/> }
}

#[component]
fn Page(opened: Opened) -> impl IntoView {
    let Opened { desk, handed_in } = opened;
    let trail = match desk.case.side {
        Party::Unit => ("/applications", t("许可管理", "My applications")),
        Party::Employer => ("/inbox", t("消息", "Messages")),
        _ => ("/cases", t("待办", "Work queue")),
    };
    let trail = vec![(trail.0.to_owned(), tx(trail.1).to_owned())];
    let (timeline, matter) = (desk.case.timeline.clone(), desk.entry.matter());
    let frozen = handed_in.as_ref().map(|book| book.frozen.clone());
    let book = handed_in.map(|book| view! { <HandedInBook desk=desk.clone() book=book/> });
    view! {
        <PageTitle text=format!("{} {}", tx(t("案件", "Case")), desk.entry.no)/>
        <Breadcrumb trail=trail here=desk.entry.no.clone()/>
        <Head desk=desk.clone()/>
        <div class="desk">
            <section class="desk-panel" aria-labelledby="desk-panel">
                <h2 id="desk-panel">{tx(t("办理", "Actions"))}</h2>
                <Unproven desk=desk.clone()/>
                <Unsigned desk=desk.clone()/>
                <Elsewhere desk=desk.clone()/>
                <Schedule desk=desk.clone()/>
                <Forms desk=desk.clone() frozen=frozen kinds=|kind| !SCHEDULE.contains(&kind)/>
            </section>
            <div class="desk-record"><Person desk=desk.clone()/><Documents desk=desk.clone()/><Timeline history=timeline matter=matter/></div>
            {book}
        </div>
    }
}

/// The book as it was handed in, its versions and their differences.
#[component]
fn HandedInBook(desk: Desk, book: HandedIn) -> impl IntoView {
    let HandedIn { frozen, sha256, compared } = book;
    let compared = compared.map(|(with, changes)| view! { <Comparison desk=desk.clone() frozen=frozen.clone() with=with changes=changes/> });
    view! {
        <section class="desk-book" aria-labelledby="desk-book">
            <h2 id="desk-book">{tx(t("申请书", "Application book"))}</h2>
            <Versions desk=desk shown=frozen.version/>
            <p class="hash code">{tx(t("内容校验码", "Fingerprint"))}" "{sha256}</p>
            {compared}
            <div class="read"><Book frozen=frozen/></div>
        </section>
    }
}

/// Number, applicant, state, and the ledger as both sides see it.
#[component]
fn Head(desk: Desk) -> impl IntoView {
    let lang = use_lang();
    let entry = desk.entry;
    let main = desk.case.ledger.main_line();
    let said = main.map(|line| view! { <p>{tx(line.clock.label())}{tx(t("：", ": "))}{line.say().get(lang).to_owned()}</p> });
    let ban = desk.ban.map(|ban| view! { <Notice tone=Tone::Warn><p>{ban.get(lang).to_owned()}</p></Notice> });
    let warning = main.and_then(|line| line.warning.clone()).map(|warning| view! { <p class="hint">{warning.get(lang).to_owned()}</p> });
    let turn = desk.case.ledger.turn.map(|role| role.label().get(lang));
    let kind = crate::catalogue::kind_name(&entry.kind).get(lang).to_owned();
    let category = crate::catalogue::category_name(&entry.category).get(lang).to_owned();
    let is_person = desk.person.is_some();
    let body = if is_person { Party::ExamBody.label() } else { Party::Agency.label() };
    let agency = (!desk.agency.is_empty()).then(|| view! { <dt>{tx(body)}</dt><dd lang="zh-CN">{desk.agency}</dd> });
    let identity = if is_person { t("证件号码", "Identity number") } else { t("统一社会信用代码", "Credit code") };
    let code = (!entry.code.is_empty()).then(|| view! { <dt>{tx(identity)}</dt><dd class="code">{entry.code.clone()}</dd> });
    let handler = if entry.handler.is_empty() { tx(t("尚无", "Nobody yet")).to_owned() } else { entry.handler.clone() };
    let inside = (desk.case.side != Party::Employer).then(|| {
        view! {
            <dt>{tx(t("轮到", "Turn"))}</dt><dd>{turn.unwrap_or(tx(t("无", "Nobody")))}</dd>
            <dt>{tx(t("承办人", "Handler"))}</dt><dd lang=lang_of(&handler)>{handler.clone()}</dd>
        }
    });
    // What stands still is said by the line of the ledger.
    let limits = (desk.case.side != Party::Employer && (entry.stopped.is_none() || main.is_none())).then(|| view! { <Left entry=entry.clone()/> });
    view! {
        <header class="desk-head">
            <h1><span lang="zh-CN">{entry.unit.clone()}</span></h1>
            <p class="case-line"><span class="code">{entry.no.clone()}</span><Tag tone=tone(&entry) text=entry.state_label(desk.case.side)/><Flags entry=entry.clone()/>{limits}</p>
            {said}{warning}{ban}
            <dl class="facts">
                {code}
                <dt>{tx(t("申请类别", "Kind"))}</dt><dd>{category}" · "{kind}</dd>
                <dt>{tx(t("申请项目", "Items"))}</dt><dd lang="zh-CN">{entry.items.clone()}</dd>
                <dt>{tx(t("审批机关", "Authority"))}</dt><dd lang="zh-CN">{entry.authority.clone()}</dd>
                {inside}
                {agency}
            </dl>
            <Clocks ledger=desk.case.ledger/>
        </header>
    }
}

/// The versions handed in, where there are several, and what each can be compared with.
#[component]
fn Versions(desk: Desk, shown: i64) -> impl IntoView {
    (desk.version > 1).then(|| {
        let base = format!("/cases/{}", desk.entry.no);
        let link = |n: i64| view! { <li><a href=format!("{base}?version={n}") aria-current=(n == shown).then_some("page")>{tx(t("第 ", "Version "))}{n}{tx(t(" 版", ""))}</a></li> };
        let links = (1..=desk.version).map(link).collect_view();
        let compare = (shown > 1).then(|| {
            view! { <a href=format!("{base}?version={shown}&with={}#changes", shown - 1)>{tx(t("与上一版比较", "Compare with the one before"))}</a> }
        });
        view! { <nav class="desk-versions" aria-label=tx(t("申请书版本", "Versions"))><ul>{links}</ul>{compare}</nav> }
    })
}

/// What differs from another version: what the notice asked for, and what was changed besides.
#[component]
fn Comparison(desk: Desk, frozen: Frozen, with: i64, changes: Vec<Change>) -> impl IntoView {
    let lang = use_lang();
    let is_asked = |change: &Change| {
        desk.marks.iter().any(|mark| change.path.strip_prefix(mark.path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    };
    let why = |change: &Change| {
        let (class, word) = if is_asked(change) { ("tag ok", t("补正", "Corrected")) } else { ("tag warn", t("另有改动", "Changed besides")) };
        view! { <span class=class>{tx(word)}</span> }.into_any()
    };
    let untouched: Vec<_> = desk.marks.iter().filter(|mark| !changes.iter().any(|change| change.path.starts_with(mark.path.as_str()))).collect();
    let book = pages(&desk.entry.category, &desk.entry.kind);
    let untouched = untouched.into_iter().map(|mark| words(&book, &mark.path, |table| frozen.rows(table)).get(lang).to_owned());
    let untouched = untouched.map(|place| view! { <li>{place}</li> }).collect::<Vec<_>>();
    let missed = (!untouched.is_empty()).then(|| {
        view! { <Notice tone=Tone::Warn><p>{tx(t("告知书要求补正，但没有改动：", "Asked for in the notice, but not changed:"))}</p><ul>{untouched}</ul></Notice> }
    });
    let table = changes_table(changes, Some((t("性质", "Why"), &why)));
    view! {
        <section class="desk-changes" id="changes" aria-labelledby="changes-title">
            <h3 id="changes-title">{tx(t("与第 ", "Compared with version "))}{with}{tx(t(" 版比较", ""))}</h3>
            {missed}{table}
        </section>
    }
}

/// What the applicant does on pages of its own.
#[component]
fn Elsewhere(desk: Desk) -> impl IntoView {
    let base = format!("/applications/{}", desk.entry.no);
    let correct = desk
        .case
        .may(ActionKind::Resubmit)
        .then(|| view! { <p class="actions"><a class="button primary" href=format!("{base}/check")>{tx(t("补齐补正", "Correct the application"))}</a></p> });
    let receipt = (desk.case.side == Party::Unit).then(|| view! { <p><a href=format!("{base}/receipt")>{tx(t("提交回执", "Receipt"))}</a></p> });
    view! { {correct}{receipt} }
}

/// 文书: what was issued in the case, as far as the reader may see it; officials see whether the applicant opened it.
#[component]
fn Documents(desk: Desk) -> impl IntoView {
    if desk.documents.is_empty() {
        return ().into_any();
    }
    let tells = desk.case.side == Party::Authority;
    let row = |line: DocumentLine| {
        let opened = match line.opened_at {
            Some(at) => format!("{} {}", tx(t("申请人已阅", "Opened by the applicant")), workdays::date_time(at)),
            None => tx(t("申请人未阅", "Not opened by the applicant yet")).to_owned(),
        };
        let opened = tells.then(|| view! { " "<small class="muted">{opened}</small> });
        view! {
            <li><a href=format!("/documents/{}", line.id)><span lang="zh-CN">{line.kind.title()}</span>" "<span class="code">{line.number}</span></a>" "<time>{workdays::date_time(line.issued_at)}</time>{opened}</li>
        }
    };
    view! { <section aria-labelledby="desk-documents"><h2 id="desk-documents">{tx(t("文书", "Documents"))}</h2><ul class="desk-documents">{desk.documents.into_iter().map(row).collect_view()}</ul></section> }.into_any()
}

/// Every clock of the case, as all sides see them.
#[component]
fn Clocks(ledger: Ledger) -> impl IntoView {
    if ledger.lines.is_empty() {
        return ().into_any();
    }
    let lang = use_lang();
    let row = |line: Line| view! { <tr><th scope="row">{tx(line.clock.label())}</th><td>{line.say().get(lang).to_owned()}</td></tr> };
    let rows = ledger.lines.into_iter().map(row).collect_view();
    view! { <details class="clocks"><summary>{tx(t("全部时限", "All limits"))}</summary><table class="read-table"><tbody>{rows}</tbody></table></details> }
        .into_any()
}
