//! A page of the application book (申请书): selector, save mark, conflicts, error summary, the page's parts, toolbar.
//! Without script it is one form that saves everything; with script it saves as one types.

use super::CaseTrail;
use super::correct::{MarksAt, PageMarks};
use super::files::{FORM, FileSlots, SheetForms, told_at};
use super::paste::PasteStatus;
use super::practice::Practices;
use crate::application::api;
use crate::application::book::places::words;
use crate::application::book::{PageState, pages};
use crate::application::draft::{Draft, SaveMark};
use crate::application::keys::{Key, NEXT, PREVIOUS, PRINT_ALL, PRINT_PAGE, SAVE, SUBMIT};
use crate::application::model::{BookView, Conflict, PageMark};
use crate::base::{Lang, t, workdays};
use crate::catalogue::category::Place;
use crate::catalogue::{PERSONNEL, category};
use crate::form::{Field, Offered, Options, Page, Part, RowAct};
use crate::ui::field::{Answers, Elsewhere, FieldEvents, FieldInput, Open, field_id};
use crate::ui::heading::PageTitle;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Tone};
use crate::ui::repeat::{RepeatTable, RowEvents};
use crate::ui::script::scripted;
use crate::ui::summary::ErrorSummary;
use crate::ui::toast::Toasts;
use crate::ui::value::{lang_of, shown};
use leptos::html;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;
use std::sync::Arc;

/// `/applications/{no}/{page}`
#[component]
pub fn BookPage() -> impl IntoView {
    let params = use_params_map();
    let at = move || params.with(|p| (p.get("no").unwrap_or_default(), p.get("page").unwrap_or_default()));
    let view = load(at, |(no, page)| api::book(no, page));
    view! { <Load resource=view view=|view: BookView| view! { <Opened view=view/> }.into_any()/> }
}

#[component]
fn Opened(view: BookView) -> impl IntoView {
    let key = use_params_map().with_untracked(|p| p.get("page").unwrap_or_default());
    let all = pages(&view.category, &view.kind);
    let Some(page) = all.into_iter().find(|page| page.key == key) else { return ().into_any() };
    if !view.may_edit {
        let href = format!("/applications/{}/receipt", view.no);
        return view! { <Notice tone=Tone::Info><p>{tx(t("这份申请现在不能修改。", "This application cannot be changed now."))}" "<a href=href>{tx(t("查看", "Read"))}</a></p></Notice> }.into_any();
    }
    view! { <Editor page=page view=view/> }.into_any()
}

#[component]
fn Editor(page: &'static Page, view: BookView) -> impl IntoView {
    let lang = use_lang();
    let mut view = view;
    let doc = std::mem::take(&mut view.doc);
    let seen = doc.revision;
    let draft = Draft::new(page, doc, &view);
    let view = Arc::new(view);
    provide_context(draft);
    provide_context(Answers(Callback::new(move |path: String| draft.answer(&path))));
    provide_context(Elsewhere(draft.elsewhere.into()));
    let locks = StoredValue::new(view.clone());
    provide_context(Open(Callback::new(move |path: String| locks.with_value(|view| view.is_open(&path)))));
    wire(draft, &view.unsaved);
    let revision = NodeRef::<html::Input>::new();
    let no = view.no.clone();
    let base = format!("/applications/{no}");
    let at = view.judged.pages.iter().position(|mark| mark.key == page.key).unwrap_or(0);
    let neighbour = |i: Option<usize>| i.and_then(|i| view.judged.pages.get(i)).map(|mark| mark.key.clone());
    let (previous, next) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
    let total = view.judged.pages.len();
    // Of a page that was only begun nothing is summed up yet; each field says what is wrong when it is left.
    let summed = Signal::derive(move || if draft.show_all.get() { draft.shown_issues() } else { Vec::new() });
    let title = page.title.get(lang);
    let place = match lang {
        Lang::Zh => format!("第 {} / {total} 页", at + 1),
        Lang::En => format!("Page {} of {total}", at + 1),
    };
    let heading = format!("{} {} · {} · {}", tx(t("申请书", "Application")), no, view.category_label.get(lang), view.kind_label.get(lang));
    let lead = (!page.lead.is_none()).then(|| view! { <p class="lead">{tx(page.lead)}</p> });
    let parts = page.parts.iter().map(|part| view! { <PartView part=part view=view.clone()/> }).collect_view();
    let next_act = next.clone().map_or_else(|| "go:check".to_owned(), |key| format!("go:{key}"));
    let (next_label, next_key) = if next.is_some() { (NEXT.does, NEXT) } else { (t("核对并提交", "Check and submit"), SUBMIT) };
    view! {
        <CaseTrail no=view.no.clone() is_person=view.category == PERSONNEL/>
        <div class="book">
            <div class="book-head">
                <p class="book-no" lang=lang.tag()>{heading}</p>
                <Mark/>
            </div>
            <Selector base=base.clone() current=page.key/>
            <form id=FORM class="book-page" method="post" action="/files/page" enctype="multipart/form-data" on:submit=move |event| submitted(draft, revision, &event)>
                <input type="hidden" name="no" value=no.clone()/>
                <input type="hidden" name="page" value=page.key/>
                // Enter in a field saves; the browser takes the first submit button of a form for that.
                <button class="visually-hidden" type="submit" name="act" value="save" tabindex="-1" aria-hidden="true">{tx(t("保存", "Save"))}</button>
                <p class="book-place">{place}</p>
                <PageTitle text=format!("{title} {no}")/>
                <h1>{format!("{} {title}", at + 1)}</h1>
                {lead}
                <PageMarks view=view.clone() page=page.key/>
                <Conflicts offered=view.offered.clone()/>
                {told_at(&view.posted.told, page.key)}
                <ErrorSummary issues=summed title=t("需要修改", "To mend")/>
                {parts}
                <PasteStatus/>
                <div class="book-bar" role="toolbar" aria-label=tx(t("申请书操作", "Book"))>
                    {previous.map(|key| view! { <button class="button" type="submit" name="act" value=format!("go:{key}") accesskey=PREVIOUS.letter.to_lowercase() title=access_key(&PREVIOUS)>{tx(PREVIOUS.does)}</button> })}
                    <button class="button" type="submit" name="act" value="save" accesskey=SAVE.letter.to_lowercase() title=access_key(&SAVE)>{tx(SAVE.does)}</button>
                    <a class="button" href=format!("{base}/print?page={}", page.key) target="_blank" accesskey=PRINT_PAGE.letter.to_lowercase() title=access_key(&PRINT_PAGE)>{tx(PRINT_PAGE.does)}</a>
                    <a class="button" href=format!("{base}/print") target="_blank" accesskey=PRINT_ALL.letter.to_lowercase() title=access_key(&PRINT_ALL)>{tx(PRINT_ALL.does)}</a>
                    <button class="button" class:primary=next.is_none() type="submit" name="act" value=next_act accesskey=next_key.letter.to_lowercase() title=access_key(&next_key)>{tx(next_label)}</button>
                    {next.is_some().then(|| view! { <button class="button" type="submit" name="act" value="go:check" accesskey=SUBMIT.letter.to_lowercase() title=access_key(&SUBMIT)>{tx(SUBMIT.does)}</button> })}
                </div>
                // Behind everything typed: of a post that was cut, it tells that all of that came.
                <input type="hidden" name="revision" value=seen.to_string() node_ref=revision/>
            </form>
            <FileForms draft=draft view=view/>
        </div>
    }
}

/// What the title of a button says of its access key; each system has its own way to press one.
fn access_key(Key { letter, also, .. }: &Key) -> String {
    let said = match use_lang() {
        Lang::Zh => format!("快捷键 Alt+{letter}（Firefox 为 Alt+Shift+{letter}，Mac 为 Control+Option+{letter}）"),
        Lang::En => format!("Shortcut: Alt+{letter} (Firefox: Alt+Shift+{letter}, Mac: Control+Option+{letter})"),
    };
    if also.is_empty() { said } else { format!("{said} · {also}") }
}

/// The page's attachments and sheets.
#[component]
fn FileForms(draft: Draft, view: Arc<BookView>) -> impl IntoView {
    let _ = use_lang();
    let page = draft.page;
    let has_slots = page.slots().next().is_some();
    let slots = has_slots.then(|| view! { <FileSlots draft=draft files=view.files.clone() told=view.posted.told.clone()/> });
    view! { {slots}<SheetForms page=page no=view.no.clone() told=view.posted.told.clone()/> }
}

/// One piece of a page.
#[component]
fn PartView(part: &'static Part, view: Arc<BookView>) -> impl IntoView {
    let Some(draft) = use_context::<Draft>() else { return ().into_any() };
    let issues = Signal::derive(move || draft.shown_issues());
    match part {
        Part::Note(text) => view! { <p class="note">{tx(*text)}</p> }.into_any(),
        Part::Files(_) => ().into_any(),
        Part::Group(group) => {
            let fields = group.fields.iter().map(|field| {
                let path = draft.page.path(field.key);
                let value = draft.doc.with_untracked(|doc| doc.get(&path).to_owned());
                let prefilled = view.prefilled.contains(&path);
                let options = view.offered.get(&path).cloned().unwrap_or_default();
                view! { <MarksAt view=view.clone() path=path.clone()/><FieldInput field=field path=path.clone() value=value issues=issues prefilled=prefilled options=options/><Practices path=path/> }
            });
            let fields = fields.collect_view();
            if group.title.is_none() {
                view! { <div class="group">{fields}</div> }.into_any()
            } else {
                let hint = (!group.hint.is_none()).then(|| view! { <p class="hint">{tx(group.hint)}</p> });
                view! { <fieldset class="group"><legend>{tx(group.title)}</legend>{hint}{fields}</fieldset> }.into_any()
            }
        }
        Part::Table(table) => {
            let path = draft.page.path(table.key);
            let rows = {
                let path = path.clone();
                Signal::derive(move || draft.rows(&path))
            };
            let decides = table.key == "addresses" && category(&view.category).is_some_and(|category| category.place != Place::Registered);
            let decided = ((table.is_given() || decides) && view.may_rechoose).then(|| {
                view! {
                    <p class="hint">{tx(t("审批机关：", "Authority: "))}<span lang="zh-CN">{view.authority.clone()}</span></p>
                    <p class="actions"><a class="button small" href=format!("/applications/{}/choose", view.no)>{tx(t("修改申请项目和地址", "Change items or addresses"))}</a></p>
                }
            });
            view! { <MarksAt view=view.clone() path=path.clone()/><RepeatTable table=table path=path rows=rows doc=draft.doc issues=issues offered=view.offered.clone() sheet=format!("/files/sheet/{}/{}/{}", view.no, draft.page.key, table.key)/>{decided} }.into_any()
        }
    }
}

/// The save mark: it never moves and never lies.
#[component]
fn Mark() -> impl IntoView {
    let lang = use_lang();
    let Some(draft) = use_context::<Draft>() else { return ().into_any() };
    let text = move || match draft.mark.get() {
        SaveMark::Unsaved => tx(t("未保存", "Not yet saved")).to_owned(),
        SaveMark::Saved(at) => format!("{} {}", tx(t("已存到审批机关", "Saved at the authority")), workdays::time_of_day(at)),
        SaveMark::Waiting => tx(t("连不上服务器，内容还在本页，正在重试", "Server not reached; kept on this page, trying again")).to_owned(),
        SaveMark::SignIn => tx(t("登录已结束，内容还在本页", "Session ended; kept on this page")).to_owned(),
        SaveMark::Refused(why) => why.get(lang).to_owned(),
    };
    let state = move || match draft.mark.get() {
        SaveMark::Unsaved => "save-mark unsaved",
        SaveMark::Saved(_) => "save-mark saved",
        SaveMark::Waiting | SaveMark::SignIn | SaveMark::Refused(_) => "save-mark waiting",
    };
    let sign_in = move || {
        (draft.mark.get() == SaveMark::SignIn)
            .then(|| view! { " "<a href="/sign-in?next=/back" target="_blank">{tx(t("在新窗口登录后继续", "Sign in in a new window to go on"))}</a> })
    };
    view! { <p class=state role="status"><span>{text}</span>{sign_in}</p> }.into_any()
}

/// The list of pages with how far each is (申请书项目).
#[component]
fn Selector(base: String, current: &'static str) -> impl IntoView {
    let lang = use_lang();
    let Some(draft) = use_context::<Draft>() else { return ().into_any() };
    let base = StoredValue::new(base);
    let list = move || {
        let link = move |(n, mark): (usize, PageMark)| {
            let href = format!("{}/{}", base.get_value(), mark.key);
            let here = mark.key == current;
            let (class, word) = match mark.state {
                PageState::Done => ("done", tx(t("完成", "done")).to_owned()),
                PageState::Wrong(n) => ("wrong", format!("{} {n}", tx(t("有误", "to mend:")))),
                PageState::Empty => ("empty", tx(t("未填", "empty")).to_owned()),
            };
            view! { <li class=class><A href=href attr:aria-current=here.then_some("page")><span>{format!("{} {}", n + 1, mark.title.get(lang))}</span>" "<span class="book-state">{word}</span></A></li> }
        };
        draft.marks.get().into_iter().enumerate().map(link).collect_view()
    };
    let label = tx(t("申请书项目", "Pages of the book"));
    view! {
        <nav class="book-pages" aria-label=label>
            <details>
                <summary>{label}</summary>
                <ol>{list}</ol>
            </details>
        </nav>
    }
    .into_any()
}

/// Fields changed twice: both values, for the person to choose.
#[component]
fn Conflicts(offered: Offered) -> impl IntoView {
    let lang = use_lang();
    let none = Options::new();
    let Some(draft) = use_context::<Draft>() else { return ().into_any() };
    let card = move |card: Conflict| {
        let label = words(&[draft.page], &card.path, |table| draft.doc.with_untracked(|doc| doc.rows(table))).get(lang).to_owned();
        let empty = || tx(t("（空）", "(empty)")).to_owned();
        let show = |value: &Option<String>| {
            let value = value.as_deref().unwrap_or_default();
            let options = |field: &Field| offered.get(field.options_at(&card.path)).unwrap_or(&none);
            let said = draft.page.field_at(&card.path).map_or_else(|| value.to_owned(), |field| shown(field, value, options(field), lang));
            if said.is_empty() { empty() } else { said }
        };
        let (mine, theirs) = (show(&card.mine), show(&card.theirs));
        let id = field_id(&card.path);
        view! {
            <section class="conflict" role="group" aria-label=label.clone()>
                <h2>{tx(t("同一处被改了两次：", "The same field was changed twice: "))}<a rel="external" href=format!("#{id}")>{label.clone()}</a></h2>
                <dl><dt>{tx(t("您填写的", "Yours"))}</dt><dd lang=lang_of(&mine)>{mine.clone()}</dd><dt>{tx(t("已保存的", "Saved meanwhile"))}</dt><dd lang=lang_of(&theirs)>{theirs.clone()}</dd></dl>
                <Choose card=card/>
            </section>
        }
    };
    view! { <div class="conflicts" aria-live="polite">{move || draft.conflicts.get().into_iter().map(&card).collect_view()}</div> }.into_any()
}

/// How one of the two is kept: by a button, and without script by typing it again.
#[component]
fn Choose(card: Conflict) -> impl IntoView {
    let scripted = scripted();
    let choose = chooser(card);
    view! {
        <p class="actions" hidden=move || scripted.get()>{tx(t("要用您填写的内容，请在下面重新填写后保存。", "To keep yours, enter it again below and save."))}</p>
        <p class="actions" hidden=move || !scripted.get()>
            <button type="button" class="button" on:click=move |_| choose.run(true)>{tx(t("用我填写的", "Keep mine"))}</button>" "
            <button type="button" class="button" on:click=move |_| choose.run(false)>{tx(t("用已保存的", "Keep the saved one"))}</button>
        </p>
    }
}

/// Keeps what the person typed, or what was saved meanwhile; on the server nothing is pressed.
fn chooser(card: Conflict) -> Callback<bool> {
    #[cfg(feature = "hydrate")]
    let saver = use_context::<crate::client::draft::Saver>();
    Callback::new(move |mine: bool| {
        #[cfg(feature = "hydrate")]
        if let Some(saver) = saver {
            saver.choose(&card, mine);
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (&card, mine);
    })
}

/// Connects the fields with saving; on the server nothing listens.
fn wire(draft: Draft, unsaved: &[String]) {
    #[cfg(feature = "hydrate")]
    {
        let Some(toasts) = use_context::<Toasts>() else { return };
        let saver = crate::client::draft::Saver::start(draft, toasts, unsaved);
        provide_context(saver);
        provide_context(FieldEvents {
            input: Callback::new(move |(path, value): (String, String)| saver.typed(path, Some(value))),
            leave: Callback::new(move |path: String| {
                draft.touched.update(|paths| {
                    paths.insert(path);
                });
                saver.flush();
            }),
        });
        provide_context(RowEvents(Callback::new(move |act: RowAct| {
            let place = match &act {
                RowAct::Remove(row) => draft.doc.with_untracked(|doc| Some((row.clone(), doc.get(row).to_owned()))),
                _ => None,
            };
            saver.act_on_row(&act);
            if let Some((row, place)) = place {
                let said = t("已删除一行。", "A row was removed.").get(saver.lang()).to_owned();
                toasts.offer(said, t("撤销", "Undo"), move || {
                    saver.bring_back(row.clone(), place.clone());
                    request_animation_frame({
                        let row = row.clone();
                        move || crate::ui::field::focus(&row)
                    });
                });
            }
        })));
        // What the title of the button 保存 promises.
        let shortcut = window_event_listener(leptos::ev::keydown, |event| {
            use wasm_bindgen::JsCast;
            if (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key() && event.key().eq_ignore_ascii_case("s") {
                event.prevent_default();
                let form = document().get_element_by_id(FORM).and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
                form.and_then(|form| form.request_submit().ok());
            }
        });
        on_cleanup(move || shortcut.remove());
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = (draft, unsaved);
        let _ = std::marker::PhantomData::<(FieldEvents, RowEvents, RowAct, Toasts)>;
    }
}

/// With script, a toolbar button first waits for what is typed to be saved, then goes on without reloading the rest. A
/// sheet is posted, without what is saved already.
fn submitted(draft: Draft, revision: NodeRef<html::Input>, event: &leptos::ev::SubmitEvent) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let button = event.submitter().and_then(|b| b.dyn_into::<web_sys::HtmlElement>().ok());
        let act = button.as_ref().and_then(|b| b.get_attribute("value")).unwrap_or_default();
        let Some(saver) = use_context::<crate::client::draft::Saver>() else { return };
        let is_sheet = act.starts_with("import:");
        if is_sheet && !saver.is_busy() {
            if let Some(revision) = revision.get_untracked() {
                revision.set_disabled(true);
            }
            return;
        }
        event.prevent_default();
        draft.show_all.set(true);
        saver.flush();
        if act.starts_with("go:") {
            let to = super::after(&draft.no.get_value(), draft.page.key, &act);
            let navigate = leptos_router::hooks::use_navigate();
            saver.leave(move || navigate(&to, leptos_router::NavigateOptions::default()));
        } else if is_sheet && let Some(form) = revision.get_untracked().and_then(|input| input.form()) {
            saver.leave(move || {
                // Refused only if the button is not the form's own any more.
                form.request_submit_with_submitter(button.as_ref()).ok();
            });
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (draft, revision, event);
}
