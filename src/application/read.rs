//! A book to read: check-your-answers, a submitted version, the print-out, the desk of an official; and the head and
//! timeline of a case.

use crate::application::book::Change;
use crate::application::frozen::{Frozen, FrozenPage, FrozenPart, FrozenValue};
use crate::application::model::{FileView, Head};
use crate::base::{Lang, Text, t, workdays};
use crate::casework::model::Happening;
use crate::document::read::Title;
use crate::document::view::DocumentLine;
use crate::ui::lang::{tx, use_lang};
use crate::ui::stepper::Stepper;
use crate::ui::tag::{Tag, TagTone};
use crate::ui::value::{lang_of, marked};
use crate::workflow::clock::{Line, Standing};
use crate::workflow::person::PersonKind;
use crate::workflow::{ActionKind, Matter, Party, State};
use leptos::prelude::*;

/// The steps an application goes through (spec 5, ruling 26), as its sides see them, and how many are behind it; none where it left the way.
fn steps(state: State, person: Option<PersonKind>) -> Option<(Vec<Text>, usize)> {
    let middle = match person {
        None => Some(t("鉴定评审", "Review")),
        Some(kind) if kind.is_examined() => Some(t("考试", "Examination")),
        Some(_) => None,
    };
    let done = steps_done(state)?;
    let done = if middle.is_none() && done > 2 { done - 1 } else { done };
    let first = [t("提交", "Submit"), t("受理", "Accept")];
    let last = [t("审查", "Examine"), t("决定", "Decide"), t("发证", "Issue")];
    Some((first.into_iter().chain(middle).chain(last).collect(), done))
}

/// The steps of a case.
#[component]
pub fn Progress(state: State, person: Option<PersonKind>) -> impl IntoView {
    steps(state, person).map(|(steps, done)| view! { <Stepper steps=steps done=done stopped=state == State::Denied/> })
}

/// Where a case stands: number, items, authority, steps, whose turn, until when.
#[component]
pub fn CaseHead(
    head: Head,
    /// Leads to the case, and to what the applicant does next.
    #[prop(optional)]
    leads: bool,
) -> impl IntoView {
    let lang = use_lang();
    let no = head.no.clone();
    let (number, tag) = if leads {
        let page = if head.state == State::Correction { "/check" } else { "" };
        let ours = head.turn.is_some_and(|role| role.party() == Party::Unit);
        let tone = if ours { TagTone::Wait } else { TagTone::Go };
        let number = view! { <a class="code" href=format!("/applications/{no}{page}")>{no.clone()}</a> }.into_any();
        (number, Some(view! { <Tag tone=tone text=head.state_label()/> }))
    } else {
        (view! { <span class="code">{no.clone()}</span> }.into_any(), None)
    };
    let next = leads.then(|| view! { <NextStep head=head.clone()/> });
    view! {
        <section class="case" aria-label=format!("{} {no}", tx(t("办理进度", "Progress")))>
            <p class="case-line">
                {number}{tag}
                <span lang="zh-CN">{head.items.clone()}</span>
                <span lang="zh-CN" class="case-authority">{head.authority.clone()}</span>
            </p>
            <Progress state=head.state person=head.person()/>
            <p class="case-turn">{turn(&head, lang)}</p>
            {next}
        </section>
    }
}

/// How much time is left, and the button that leads to what the applicant does next.
#[component]
fn NextStep(head: Head) -> impl IntoView {
    let lang = use_lang();
    let left = head.clock.as_ref().and_then(|line| left(line, lang)).map(|words| view! { <strong>{words}</strong> });
    let button = next_step(&head).map(|(to, says)| {
        let says = says.get(lang);
        view! { <a class="button small" href=to aria-label=format!("{says} {}", head.no)>{says}</a> }
    });
    (left.is_some() || button.is_some()).then(|| view! { <p class="case-next">{left}{button}</p> })
}

/// What the applicant does next about a case, if anything: where, and what the button says.
fn next_step(head: &Head) -> Option<(String, Text)> {
    let no = &head.no;
    let acting = |kind: ActionKind| (head.may(kind), format!("/cases/{no}#act-{}", kind.word()), kind.label());
    let agrees = [ActionKind::Propose, ActionKind::AcceptCounter, ActionKind::AgreeReschedule].iter().any(|kind| head.may(*kind));
    let corrects = head.state == State::Correction && head.may(ActionKind::Edit);
    let steps = [
        (corrects, format!("/applications/{no}/check"), t("补齐补正", "Correct the application")),
        (agrees, format!("/cases/{no}/schedule"), t("协商评审时间", "Agree on the review’s date")),
        acting(ActionKind::SignMemo),
        acting(ActionKind::Rectify),
        (head.may(ActionKind::SignUp), format!("/exams#case-{no}"), ActionKind::SignUp.label()),
        // Of a right that was told, which lapses.
        (head.may(ActionKind::WaiveHearing), format!("/cases/{no}#act-{}", ActionKind::RequestHearing.word()), ActionKind::RequestHearing.label()),
        acting(ActionKind::GiveFeedback),
    ];
    steps.into_iter().find(|(may, ..)| *may).map(|(_, to, says)| (to, says))
}

/// How much is left of a limit that runs.
fn left(line: &Line, lang: Lang) -> Option<String> {
    if line.standing != Standing::Running {
        return None;
    }
    let (unit_zh, unit_en) = if line.calendar_days { ("天", "days") } else { ("个工作日", "working days") };
    let left = line.of.saturating_sub(line.day);
    Some(match (line.overdue, left, lang) {
        (true, _, Lang::Zh) => "已超期".to_owned(),
        (true, _, Lang::En) => "Overdue".to_owned(),
        (false, 0, Lang::Zh) => "今天到期".to_owned(),
        (false, 0, Lang::En) => "Due today".to_owned(),
        (false, n, Lang::Zh) => format!("还剩 {n} {unit_zh}"),
        (false, n, Lang::En) => format!("{n} {unit_en} left"),
    })
}

/// How many of a case's steps are behind it, a step in the middle counted; none where it left the way.
fn steps_done(state: State) -> Option<usize> {
    Some(match state {
        State::Deleted | State::Withdrawn | State::Refused | State::Terminated | State::Failed | State::Lapsed => return None,
        State::Draft => 0,
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
        // A denial is the end of it.
        State::PendingApproval | State::Denied => 4,
        State::Granted => 5,
        State::Issued => 6,
    })
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
    view! { <section aria-labelledby="timeline-title"><h2 id="timeline-title">{tx(t("时间线", "Timeline"))}</h2><ol class="timeline">{rows}</ol></section> }
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
        let label = format!("{}{}{title}", tx(t("修改", "Change")), tx(t("：", ": ")));
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
            // Of a sample the files are only named.
            let file = |f: FileView| {
                if f.id.is_empty() {
                    view! { <li lang=lang_of(&f.name)>{f.name.clone()}</li> }.into_any()
                } else {
                    view! { <li><a href=format!("/files/{}", f.id) lang=lang_of(&f.name)>{f.name.clone()}</a></li> }.into_any()
                }
            };
            let list = files.into_iter().map(file).collect_view();
            view! { <div class="read-files"><h3>{title.get(lang).to_owned()}</h3>{none}<ul>{list}</ul>{beside(&path, title.get(lang))}</div> }.into_any()
        }
    }
}
