//! 案件办理, for every side: left the book as it was handed in, right what the reader can do, below what happened, what was issued
//! and what the reader was told. A book is ten screens long, so the panel leads to what stands below it.

use super::forms::Forms;
use super::notice::NoticePreview;
use super::person::{Person, Unproven};
use super::points::Composed;
use super::schedule::Schedule;
use super::versions::{HandedIn, HandedInBook};
use super::waiting::Waiting;
use super::{Flags, Left, last_days, tone};
use crate::application::api as book;
use crate::application::read::{Progress, Timeline};
use crate::base::{Text, t, workdays};
use crate::casework::api;
use crate::casework::compared::compared;
use crate::casework::model::Desk;
use crate::catalogue::person_kind;
use crate::document::read::Title;
use crate::document::view::DocumentLine;
use crate::error::AppError;
use crate::notice::model::Letter;
use crate::ui::breadcrumb::Breadcrumb;
use crate::ui::heading::PageTitle;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Tone};
use crate::ui::tag::{Tag, TagTone};
use crate::ui::value::{lang_of, marked};
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

async fn open(no: String, version: i64, with: i64) -> Result<Opened, AppError> {
    let desk = api::desk(no.clone()).await?;
    if !desk.case.side.reads_book() {
        return Ok(Opened { desk, handed_in: None });
    }
    let known = |version: i64| (1..=desk.version).contains(&version);
    let version = if known(version) { version } else { desk.version };
    // Whichever is named first, the later of the two is shown, and the earlier is what it was before.
    let (before, shown) = if known(with) { (with.min(version), with.max(version)) } else { (version, version) };
    let (frozen, sha256) = book::version(no.clone(), shown).await?;
    let changes = if before < shown { Some(book::compare(no, before, shown).await?) } else { None };
    let compared = changes.map(|changes| compared(before, shown, changes, &desk.notices));
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
    provide_context(Composed::of(&desk));
    let frozen = handed_in.as_ref().map(|book| book.frozen.clone()).filter(|frozen| frozen.version == desk.version);
    let book = handed_in.map(|book| view! { <div class="desk-main"><NoticePreview desk=desk.clone()/><HandedInBook desk=desk.clone() book=book/></div> });
    // Whoever reads no book has the record in its place.
    let class = if book.is_some() { "desk-record" } else { "desk-record desk-main" };
    view! {
        <PageTitle text=format!("{} {}", tx(t("案件", "Case")), desk.entry.no)/>
        <Breadcrumb trail=trail here=desk.entry.no.clone()/>
        <Head desk=desk.clone()/>
        <div class="desk">
            <section class="desk-panel no-print" aria-labelledby="desk-panel">
                <h2 id="desk-panel">{tx(t("办理", "Actions"))}</h2>
                <Unproven desk=desk.clone()/>
                <Waiting desk=desk.clone()/>
                <Elsewhere desk=desk.clone()/>
                <Schedule desk=desk.clone()/>
                <Forms desk=desk.clone() frozen=frozen kinds=|kind| !SCHEDULE.contains(&kind)/>
                <Below desk=desk.clone()/>
            </section>
            {book}
            <div class=class>
                <Person desk=desk.clone()/>
                <div id="desk-timeline"><Timeline history=timeline documents=desk.documents.clone() matter=matter/></div>
                <Documents desk=desk.clone()/>
                <Messages letters=desk.letters/>
            </div>
        </div>
    }
}

/// The way to what stands below the book.
#[component]
fn Below(desk: Desk) -> impl IntoView {
    let all = [
        ("desk-timeline", t("时间线", "Timeline"), desk.case.timeline.len()),
        ("desk-documents", t("文书", "Documents"), desk.documents.len()),
        ("desk-messages", t("消息", "Messages"), desk.letters.len()),
    ];
    let link = |(id, name, count): (&'static str, Text, usize)| {
        (count > 0).then(|| view! { <li><a href=format!("#{id}")>{tx(name)}" "<small>{count}</small></a></li> })
    };
    view! { <nav class="desk-below" aria-label=tx(t("本页其他内容", "Further down"))><ul>{all.map(link).collect_view()}</ul></nav> }
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
    let given_up = (!desk.given_up.is_empty()).then(|| {
        view! { <br/><small>{tx(t("不再申请：", "Applied for no longer: "))}<span lang="zh-CN">{desk.given_up.join("、")}</span></small> }
    });
    let identity = if is_person { t("证件号码", "Identity number") } else { t("统一社会信用代码", "Credit code") };
    let code = (!entry.code.is_empty()).then(|| view! { <dt>{tx(identity)}</dt><dd class="code">{entry.code.clone()}</dd> });
    let handler = if entry.handler.is_empty() { tx(t("尚无", "Nobody yet")).to_owned() } else { entry.handler.clone() };
    let inside = (desk.case.side != Party::Employer).then(|| {
        view! {
            <dt>{tx(t("轮到", "Turn"))}</dt><dd>{turn.unwrap_or(tx(t("无", "Nobody")))}</dd>
            <dt>{tx(t("承办人", "Handler"))}</dt><dd lang=lang_of(&handler)>{handler.clone()}</dd>
        }
    });
    let progress = desk.case.side.reads_book().then(|| view! { <Progress state=desk.case.state person=person_kind(&entry.category, &entry.kind)/> });
    // What stands still is said by the line of the ledger.
    let limits = (desk.case.side != Party::Employer && (entry.stopped.is_none() || main.is_none())).then(|| {
        let both = last_days(&entry, lang).filter(|_| entry.committed.is_some()).map(|days| view! { <small>{days}</small> });
        view! { <Left entry=entry.clone()/>{both} }
    });
    view! {
        <header class="desk-head">
            <h1><span lang="zh-CN">{entry.unit.clone()}</span></h1>
            <p class="case-line" role="group" aria-label=tx(t("案件状态", "State of the case"))><span class="code">{entry.no.clone()}</span><Tag tone=tone(&entry) text=entry.state_label(desk.case.side)/><Flags entry=entry.clone()/>{limits}</p>
            {progress}
            {said}{warning}{ban}
            <dl class="facts">
                {code}
                <dt>{tx(t("申请类别", "Kind"))}</dt><dd>{category}" · "{kind}</dd>
                <dt>{tx(t("申请项目", "Items"))}</dt><dd><span lang="zh-CN">{entry.items.clone()}</span>{given_up}</dd>
                <dt>{tx(t("审批机关", "Authority"))}</dt><dd lang="zh-CN">{entry.authority.clone()}</dd>
                {inside}
                {agency}
            </dl>
            <Clocks ledger=desk.case.ledger/>
        </header>
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
            <li><a href=format!("/documents/{}", line.id)><Title kind=line.kind/>" "<span class="code">{line.number}</span></a>" "<time>{workdays::date_time(line.issued_at)}</time>{opened}</li>
        }
    };
    view! { <section id="desk-documents" aria-labelledby="desk-documents-title"><h2 id="desk-documents-title">{tx(t("文书", "Documents"))}</h2><ul class="desk-documents">{desk.documents.into_iter().map(row).collect_view()}</ul></section> }.into_any()
}

/// 消息: what the reader was told of this case; they are read and answered for in the inbox.
#[component]
fn Messages(letters: Vec<Letter>) -> impl IntoView {
    if letters.is_empty() {
        return ().into_any();
    }
    let lang = use_lang();
    let row = |letter: Letter| {
        let unread = (!letter.is_read).then(|| view! { <Tag tone=TagTone::Wait text=t("未读", "Unread")/>" " });
        let class = if letter.is_read { "letter" } else { "letter unread" };
        view! { <li class=class><p class="letter-head">{unread}<time>{workdays::date_time(letter.at)}</time></p><p>{marked(letter.say.get(lang))}</p></li> }
    };
    view! {
        <section id="desk-messages" aria-labelledby="desk-messages-title">
            <h2 id="desk-messages-title">{tx(t("消息", "Messages"))}</h2>
            <ul class="letters">{letters.into_iter().map(row).collect_view()}</ul>
            <p><a class="more" href="/inbox">{tx(t("全部消息", "All messages"))}</a></p>
        </section>
    }
    .into_any()
}

/// Every clock of the case, as all sides see them.
#[component]
fn Clocks(ledger: Ledger) -> impl IntoView {
    if ledger.lines.is_empty() {
        return ().into_any();
    }
    let lang = use_lang();
    let row = |line: Line| {
        let warning = line.warning.as_ref().map(|warning| view! { <br/><small class="muted">{warning.get(lang).to_owned()}</small> });
        view! { <tr><th scope="row">{tx(line.clock.label())}</th><td>{line.say().get(lang).to_owned()}{warning}</td></tr> }
    };
    let rows = ledger.lines.into_iter().map(row).collect_view();
    view! { <details class="clocks"><summary>{tx(t("全部时限", "All limits"))}</summary><table class="read-table"><tbody>{rows}</tbody></table></details> }
        .into_any()
}
