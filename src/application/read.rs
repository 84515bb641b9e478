//! A book to read: check-your-answers, a submitted version, the print-out, the desk of an official; and the head and
//! timeline of a case.

use crate::application::book::Change;
use crate::application::frozen::{Frozen, FrozenPage, FrozenPart, FrozenValue};
use crate::application::model::Head;
use crate::base::{Lang, Text, t, workdays};
use crate::casework::model::Happening;
use crate::document::read::Title;
use crate::document::view::DocumentLine;
use crate::ui::lang::{tx, use_lang};
use crate::ui::stepper::Stepper;
use crate::ui::value::{lang_of, marked};
use crate::workflow::{Matter, Party, State};
use leptos::prelude::*;

/// The steps an application goes through (spec 5, ruling 26), as the applicant sees them, and how many are behind it.
fn steps(head: &Head) -> (Vec<Text>, usize) {
    let middle = match head.person() {
        None => Some(t("鉴定评审", "Review")),
        Some(kind) if kind.is_examined() => Some(t("考试", "Examination")),
        Some(_) => None,
    };
    let done = steps_done(head.state);
    let done = if middle.is_none() && done > 2 { done - 1 } else { done };
    let first = [t("提交", "Submit"), t("受理", "Accept")];
    let last = [t("审查", "Examine"), t("决定", "Decide"), t("发证", "Issue")];
    (first.into_iter().chain(middle).chain(last).collect(), done)
}

/// Where a case stands: number, items, authority, steps, whose turn, until when.
#[component]
pub fn CaseHead(head: Head) -> impl IntoView {
    let lang = use_lang();
    let turn = turn(&head, lang);
    let (steps, done) = steps(&head);
    view! {
        <section class="case" aria-label=tx(t("办理进度", "Progress"))>
            <p class="case-line">
                <span class="code">{head.no.clone()}</span>
                <span lang="zh-CN">{head.items.clone()}</span>
                <span lang="zh-CN" class="case-authority">{head.authority.clone()}</span>
            </p>
            <Stepper steps=steps done=done/>
            <p class="case-turn">{turn}</p>
        </section>
    }
}

/// How many of a case's steps are behind it, a step in the middle counted; none where it left the way.
fn steps_done(state: State) -> usize {
    match state {
        State::Draft | State::Deleted | State::Withdrawn | State::Refused | State::Terminated | State::Failed | State::Lapsed => 0,
        State::Submitted | State::Correction | State::Resubmitted => 1,
        State::Accepted
        | State::Entrusted
        | State::Scheduling
        | State::ScheduleReturned
        | State::Scheduled
        | State::UnderReview
        | State::Rectifying
        | State::ExamRegistered
        | State::ExamFailed
        | State::Resit
        | State::Suspended => 2,
        State::Reported | State::ExamPassed | State::Examining | State::Hearing => 3,
        State::PendingApproval => 4,
        State::Granted | State::Denied => 5,
        State::Issued => 6,
    }
}

/// Whose turn it is and until when, in words.
pub fn turn(head: &Head, lang: Lang) -> AnyView {
    let clock = head.clock.as_ref().map(|line| line.say().get(lang).to_owned()).unwrap_or_default();
    let Some(turn) = head.turn else { return ended(head).get(lang).into_any() };
    let who = match turn.party() {
        Party::Unit => tx(t("您", "you")).to_owned(),
        Party::Authority => head.authority.clone(),
        party => party.label().get(lang).to_owned(),
    };
    let what = if head.todo.zh.is_empty() { head.state_label().get(lang) } else { head.todo.get(lang) };
    let sentence = match (lang, clock.is_empty()) {
        (Lang::Zh, true) => format!("轮到{who}：{what}"),
        (Lang::Zh, false) => format!("轮到{who}：{what}（{clock}）"),
        (Lang::En, true) => format!("Next: {who} – {what}"),
        (Lang::En, false) => format!("Next: {who} – {what} ({clock})"),
    };
    marked(&sentence)
}

/// What is said where nobody has to act.
fn ended(head: &Head) -> Text {
    match head.state {
        State::Withdrawn if head.is_person() => t("已撤销，不再办理", "Cancelled; closed"),
        State::Withdrawn => t("已撤回，不再办理", "Withdrawn; closed"),
        State::Deleted => t("草稿已删除，可以恢复", "Deleted draft; it can be restored"),
        _ => head.state_label(),
    }
}

/// What happened to a case, oldest first: who did what and as what, what it says, what came with it; and of the documents it made those
/// that the reader may open.
#[component]
pub fn Timeline(history: Vec<Happening>, documents: Vec<DocumentLine>, matter: Matter) -> impl IntoView {
    let row = |happening: Happening| {
        let made = happening.documents.iter().filter_map(|id| documents.iter().find(|line| line.id == *id).cloned()).collect();
        view! { <Event happening=happening made=made matter=matter/> }
    };
    let rows = history.into_iter().map(row).collect_view();
    view! { <section><h2>{tx(t("时间线", "Timeline"))}</h2><ol class="timeline">{rows}</ol></section> }
}

#[component]
fn Event(happening: Happening, made: Vec<DocumentLine>, matter: Matter) -> impl IntoView {
    let lang = use_lang();
    let Happening { at, what, role, who, said, files, .. } = happening;
    let lines: Vec<AnyView> = said.get(lang).lines().map(|line| view! { <p class="said">{marked(line)}</p> }.into_any()).collect();
    let file = |(id, name): (String, String)| view! { <li class="file"><a href=format!("/files/{id}") target="_blank" rel="noopener external" lang=lang_of(&name)>{name.clone()}</a></li> };
    let paper = |line: DocumentLine| view! { <li class="file"><a href=format!("/documents/{}", line.id)><Title kind=line.kind/>" "<span class="code">{line.number}</span></a></li> };
    let brought = (!files.is_empty() || !made.is_empty())
        .then(|| view! { <ul class="files">{made.into_iter().map(paper).collect_view()}{files.into_iter().map(file).collect_view()}</ul> });
    view! {
        <li>
            <time>{workdays::date_time(at)}</time>" "
            <span><span lang=lang_of(&who)>{who.clone()}</span>" "<small class="muted">{role.label().get(lang)}</small></span>" "
            <span>{what.words_of(matter).1.get(lang)}</span>
            {lines}{brought}
        </li>
    }
}

/// What a value of one of two versions is: the class that gives it its colour, and the word that says the same.
pub type Word = (&'static str, Text);

/// A value of one of two versions, with its word.
pub fn versioned(of: Option<Word>, value: String) -> AnyView {
    let value = if value.is_empty() { tx(t("（空）", "(empty)")).to_owned() } else { value };
    let word = of.map(|(class, word)| view! { <span class=format!("tag {class}")>{tx(word)}</span>" " });
    view! { {word}<span lang=lang_of(&value)>{value.clone()}</span> }.into_any()
}

/// What differs between two versions: where, what was there, what is there now; and where it is told, what either is.
pub fn changes_table(changes: Vec<(Change, Option<[Word; 2]>)>) -> AnyView {
    let lang = use_lang();
    if changes.is_empty() {
        return view! { <p class="muted">{tx(t("两版内容相同。", "The two versions are the same."))}</p> }.into_any();
    }
    let name = tx(t("前后对照", "What changed"));
    let heads = [t("位置", "Place"), t("原来", "Before"), t("现在", "Now")].map(|head| view! { <th scope="col">{tx(head)}</th> }).collect_view();
    let value = |of: Option<Word>, value: String| view! { <td class=of.map(|(class, _)| class)>{versioned(of, value)}</td> };
    let row = |(change, words): (Change, Option<[Word; 2]>)| {
        let [before, after] = words.map_or([None, None], |words| words.map(Some));
        view! { <tr><th scope="row">{change.label.get(lang).to_owned()}</th>{value(before, change.before)}{value(after, change.after)}</tr> }
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=name>
            <table class="read-table"><thead><tr>{heads}</tr></thead><tbody>{changes.into_iter().map(row).collect_view()}</tbody></table>
        </div>
    }
    .into_any()
}

/// What a page has to say or to offer at a place of a book it shows: given the path of a field, a row, a cell, a table or a place
/// for attachments, and what it is called.
#[derive(Clone, Copy)]
pub struct Beside(pub Callback<(String, String), Option<AnyView>>);

fn beside(path: &str, name: &str) -> Option<AnyView> {
    use_context::<Beside>().and_then(|Beside(at)| at.run((path.to_owned(), name.to_owned())))
}

/// A whole book. `edit` gives the address of a page's form, for drafts.
#[component]
pub fn Book(frozen: Frozen, #[prop(optional)] edit: Option<String>) -> impl IntoView {
    let pages = frozen.pages.into_iter().enumerate().map(|(n, page)| {
        let edit = edit.as_ref().map(|base| format!("{base}/{}", page.key));
        view! { <ReadPage n=n + 1 page=page edit=edit/> }
    });
    pages.collect_view()
}

#[component]
fn ReadPage(n: usize, page: FrozenPage, edit: Option<String>) -> impl IntoView {
    let lang = use_lang();
    let title = page.title.get(lang).to_owned();
    let change = edit.map(|href| {
        let label = format!("{}：{title}", tx(t("修改", "Change")));
        view! { <a class="read-change no-print" href=href aria-label=label>{tx(t("修改", "Change"))}</a> }
    });
    let id = format!("read-{}", page.key);
    let parts = page.parts.into_iter().map(|part| read_part(part, lang)).collect_view();
    view! {
        <section class="read-page" aria-labelledby=id.clone()>
            <h2 id=id.clone()>{format!("{n} {title}")}" "{change}</h2>
            {parts}
        </section>
    }
}

fn read_part(part: FrozenPart, lang: Lang) -> AnyView {
    let empty = || tx(t("未填写", "Not given"));
    match part {
        FrozenPart::Note(text) => view! { <p class="read-note">{text.get(lang).to_owned()}</p> }.into_any(),
        FrozenPart::Group { title, values } => {
            let rows = values.into_iter().map(|v| {
                let text = v.get(lang).to_owned();
                let words = lang_of(&text);
                let shown = if text.is_empty() { view! { <span class="muted">{empty()}</span> }.into_any() } else { text.into_any() };
                let beside = beside(&v.path, v.label.get(lang));
                view! { <tr><th scope="row">{v.label.get(lang).to_owned()}</th><td lang=words>{shown}{beside}</td></tr> }
            });
            let caption = (!title.zh.is_empty()).then(|| view! { <caption>{title.get(lang).to_owned()}</caption> });
            view! { <table class="read-table">{caption}<tbody>{rows.collect_view()}</tbody></table> }.into_any()
        }
        FrozenPart::Table { path, title, columns, rows } => {
            let none = rows.is_empty().then(|| view! { <p class="muted">{empty()}</p> });
            let head = columns.iter().map(|c| view! { <th scope="col">{c.get(lang).to_owned()}</th> }).collect_view();
            let name = title.get(lang).to_owned();
            let body = rows.into_iter().enumerate().map(|(n, row)| {
                let path = row.first().and_then(|v| v.path.rsplit_once('/')).map_or("", |(row, _)| row);
                let beside_row = beside(path, &format!("{name} {}", n + 1));
                let cell = |v: FrozenValue| view! { <td lang=lang_of(v.get(lang))>{v.get(lang).to_owned()}{beside(&v.path, v.label.get(lang))}</td> };
                let cells = row.into_iter().map(cell).collect_view();
                view! { <tr><td class="num">{n + 1}{beside_row}</td>{cells}</tr> }
            });
            view! {
                <div class="table-scroll" tabindex="0" role="region" aria-label=name.clone()>
                    <table class="read-table read-rows">
                        <caption>{name.clone()}</caption>
                        <thead><tr><th scope="col">{tx(t("序号", "No."))}</th>{head}</tr></thead>
                        <tbody>{body.collect_view()}</tbody>
                    </table>
                </div>
                {none}
                {beside(&path, &name)}
            }
            .into_any()
        }
        FrozenPart::Files { path, title, files } => {
            let none = files.is_empty().then(|| view! { <span class="muted">{empty()}</span> });
            let list =
                files.into_iter().map(|f| view! { <li><a href=format!("/files/{}", f.id) lang=lang_of(&f.name)>{f.name.clone()}</a></li> }).collect_view();
            view! { <div class="read-files"><h3>{title.get(lang).to_owned()}</h3>{none}<ul>{list}</ul>{beside(&path, title.get(lang))}</div> }.into_any()
        }
    }
}
