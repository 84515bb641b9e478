//! Attachments of a page, and its tables as spreadsheets. Both stand outside the page's own form: without script each
//! upload is a form of its own. With script a file goes up in pieces, with progress, and may be dropped.

use crate::account::api::form_state;
use crate::application::api::{self, Detach};
use crate::application::draft::Draft;
use crate::application::model::FileView;
use crate::base::{Lang, Say, t};
use crate::form::{Doc, Need, Page, Slot, Table};
use crate::ui::field::field_id;
use crate::ui::form::FormState;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::lang::{tx, use_lang};
use crate::ui::notice::{Notice, Tone};
use crate::ui::load::load;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use std::collections::BTreeMap;

/// What may be uploaded, for the browser's file dialog; the server looks at the content.
const ACCEPT: &str = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png";

type Files = BTreeMap<String, FileView>;

/// The attachments of one page, where they live while it is open.
#[derive(Clone, Copy)]
struct Desk {
    no: StoredValue<String>,
    page: &'static Page,
    doc: RwSignal<Doc>,
    shape: RwSignal<u32>,
    files: RwSignal<Files>,
    draft: Option<Draft>,
    readonly: bool,
}

impl Desk {
    /// Path and file of everything in a slot, in order.
    fn listed(self, slot: &str) -> Vec<(String, String)> {
        self.shape.track();
        let prefix = format!("{slot}/");
        self.doc.with_untracked(|doc| {
            let cells = doc.cells.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
            cells.filter_map(|(path, cell)| Some((path.clone(), cell.value.clone().filter(|id| !id.is_empty())?))).collect()
        })
    }

    /// Asks the server what the slots hold now.
    fn refresh(self) {
        spawn_local(async move {
            let Ok(view) = api::book(self.no.get_value(), self.page.key.to_owned()).await else { return };
            self.files.set(view.files);
            let changed = self.doc.try_update_untracked(|doc| {
                let mut changed = false;
                for slot in self.page.slots() {
                    let prefix = format!("{}/", self.page.path(slot.key));
                    for (path, cell) in view.doc.cells.iter().filter(|(path, _)| path.starts_with(&prefix)) {
                        changed |= doc.cells.insert(path.clone(), cell.clone()).as_ref() != Some(cell);
                    }
                }
                changed
            });
            if changed == Some(true) {
                self.shape.update(|n| *n += 1);
            }
            if let Some(draft) = self.draft {
                draft.marks.set(view.pages);
                draft.issues.set(view.issues);
            }
        });
    }
}

/// All places for attachments of a page (附件).
#[component]
pub fn FileSlots(page: &'static Page, no: String, doc: Doc, files: Files, #[prop(optional)] readonly: bool) -> impl IntoView {
    let draft = use_context::<Draft>();
    let desk = Desk {
        no: StoredValue::new(no),
        page,
        doc: draft.map_or_else(|| RwSignal::new(doc), |draft| draft.doc),
        shape: draft.map_or_else(|| RwSignal::new(0), |draft| draft.shape),
        files: RwSignal::new(files),
        draft,
        readonly,
    };
    // A file attached in another window: its name is not known here yet.
    Effect::new(move |_| {
        let ids = page.slots().flat_map(|slot| desk.listed(&page.path(slot.key)));
        let unknown = desk.files.with_untracked(|files| ids.into_iter().any(|(_, id)| !files.contains_key(&id)));
        if unknown {
            desk.refresh();
        }
    });
    let slots = page.slots().map(|slot| view! { <SlotView desk=desk place=slot/> }).collect_view();
    // Without script an upload is a form of its own, and what is typed above would not come along.
    let save_first = tx(t("上传前请先保存本页。", "Save this page before you upload."));
    let first = (!readonly).then(|| view! { <noscript inner_html=format!("<p class=\"hint\">{save_first}</p>")></noscript> });
    view! { <section class="fields attachments" aria-labelledby="attachments"><h2 id="attachments" class="group-title">{tx(t("附件", "Attachments"))}</h2>{first}{slots}</section> }
}

#[component]
fn SlotView(desk: Desk, place: &'static Slot) -> impl IntoView {
    let lang = use_lang();
    let path = desk.page.path(place.key);
    let id = field_id(&path);
    let label = place.label.get(lang);
    let optional = matches!(place.need, Need::Optional).then(|| view! { <span class="optional">{tx(t("选填", "optional"))}</span> });
    let hint = (!place.hint.is_none()).then(|| view! { <p class="hint">{tx(place.hint)}</p> });
    let basis = (!place.basis.is_empty()).then(|| view! { <p class="hint">{tx(t("依据：", "Basis: "))}<span lang="zh-CN">{place.basis}</span></p> });
    let message = {
        let path = path.clone();
        move || {
            let issue = desk.draft.and_then(|draft| draft.shown_issues().into_iter().find(|issue| issue.path == path));
            issue.map(|issue| view! { <p class="message">{issue.message.get(lang).to_owned()}</p> })
        }
    };
    let told = RwSignal::new(None::<Say>);
    let listed = {
        let path = path.clone();
        Signal::derive(move || desk.listed(&path))
    };
    let row = move |(path, id): (String, String)| view! { <FileRow desk=desk path=path id=id told=told/> };
    let empty = move || (desk.readonly && listed.with(Vec::is_empty)).then(|| view! { <p class="hint">{tx(t("没有附件", "No attachments"))}</p> });
    let max = usize::from(place.max_files);
    let upload = (!desk.readonly).then(|| {
        let path = path.clone();
        move || if listed.with(Vec::len) < max { view! { <Upload desk=desk path=path.clone() label=label told=told/> }.into_any() } else { ().into_any() }
    });
    view! {
        <div class="field slot" id=id.clone() tabindex="-1" role="group" aria-labelledby=format!("{id}-label")>
            <div class="field-head"><h3 class="label" id=format!("{id}-label")>{label}</h3>{optional}</div>
            {hint}{basis}{message}
            <ul class="files"><For each=move || listed.get() key=|entry| entry.clone() children=row/></ul>
            {empty}
            <Told path=path/>
            <div role="alert">{move || told.get().map(|say| view! { <p class="message">{say.get(lang).to_owned()}</p> })}</div>
            {upload}
        </div>
    }
}

/// What a plain form of this place ran into, or did.
#[component]
fn Told(path: String) -> impl IntoView {
    let lang = use_lang();
    let again = use_query_map().with_untracked(|query| query.get("again").is_some());
    again.then(|| {
        let state = load(|| (), |()| form_state("files".into()));
        let shown = move |state: FormState| {
            if state.values.get("at") != Some(&path) {
                return None;
            }
            let tone = if state.noted.is_some() { Tone::Done } else { Tone::Wrong };
            let issues = state.issues.into_iter().map(|issue| view! { <li>{issue.message.get(lang).to_owned()}</li> }).collect::<Vec<_>>();
            let list = (!issues.is_empty()).then(|| view! { <ul>{issues}</ul> });
            let say = state.noted.or(state.told)?;
            Some(view! { <Notice tone=tone><p>{say.get(lang).to_owned()}</p>{list}</Notice> })
        };
        view! {
            <Suspense>
                {move || {
                    let shown = shown.clone();
                    Suspend::new(async move { state.await.ok().and_then(shown) })
                }}
            </Suspense>
        }
    })
}

#[component]
fn FileRow(desk: Desk, path: String, id: String, told: RwSignal<Option<Say>>) -> impl IntoView {
    let lang = use_lang();
    let known = {
        let id = id.clone();
        move || desk.files.with(|files| files.get(&id).cloned())
    };
    let name = {
        let known = known.clone();
        Memo::new(move |_| known().map_or_else(|| tx(t("附件", "Attachment")).to_owned(), |file| file.name))
    };
    let size = Memo::new(move |_| known().map(|file| size_of(file.size)).unwrap_or_default());
    let remove = (!desk.readonly).then(|| {
        let at = path.clone();
        let submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let (no, path) = (desk.no.get_value(), at.clone());
            spawn_local(async move {
                told.set(api::detach(no, path).await.err().map(|error| error.say()));
                desk.refresh();
            });
        };
        let label = move || match lang {
            Lang::Zh => format!("删除 {}", name.get()),
            Lang::En => format!("Delete {}", name.get()),
        };
        view! {
            <form method="post" action=Detach::url() on:submit=submit>
                <input type="hidden" name="no" value=desk.no.get_value()/>
                <input type="hidden" name="path" value=path/>
                <button class="button small" type="submit" aria-label=label>{tx(t("删除", "Delete"))}</button>
            </form>
        }
    });
    view! {
        <li class="file">
            <Glyph icon=Icon::Document/>
            <span><a href=format!("/files/{id}") target="_blank" rel="noopener">{move || name.get()}</a>" "<small>{move || size.get()}</small></span>
            {remove}
        </li>
    }
}

fn size_of(bytes: i64) -> String {
    let kilobytes = (bytes + 1023) / 1024;
    if kilobytes < 1024 { format!("{kilobytes} KB") } else { format!("{}.{} MB", kilobytes / 1024, kilobytes % 1024 * 10 / 1024) }
}

/// One file on its way.
#[derive(Clone, Copy)]
struct Going {
    key: u32,
    name: StoredValue<String>,
    share: RwSignal<f64>,
    stopped: RwSignal<bool>,
}

/// Where files go that are chosen or dropped.
#[derive(Clone, Copy)]
struct Uploads {
    desk: Desk,
    at: StoredValue<String>,
    going: RwSignal<Vec<Going>>,
    told: RwSignal<Option<Say>>,
    input: NodeRef<leptos::html::Input>,
}

/// The control that takes files: a form of its own, and with script a place to drop them.
#[component]
fn Upload(desk: Desk, path: String, label: &'static str, told: RwSignal<Option<Say>>) -> impl IntoView {
    let uploads = Uploads { desk, at: StoredValue::new(path.clone()), going: RwSignal::new(Vec::new()), told, input: NodeRef::new() };
    let over = RwSignal::new(false);
    let id = format!("{}-file", field_id(&path));
    let hint_id = format!("{id}-hint");
    let class = move || if over.get() { "drop over" } else { "drop" };
    let dragged = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        uploads.dropped(&event);
    };
    // A file chosen before the script ran waits for the button.
    let submitted = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        uploads.chosen();
    };
    view! {
        <form class=class method="post" action="/files/form" enctype="multipart/form-data" on:dragover=dragged on:dragleave=move |_| over.set(false) on:drop=dropped on:submit=submitted>
            <input type="hidden" name="application" value=desk.no.get_value()/>
            <input type="hidden" name="slot" value=path/>
            <label for=id.clone()><span class="visually-hidden">{label}"："</span>{tx(t("选择文件，或拖到这里", "Choose files, or drop them here"))}</label>
            <input type="file" id=id name="file" accept=ACCEPT multiple required aria-describedby=hint_id.clone() node_ref=uploads.input on:change=move |_| uploads.chosen()/>
            <button class="button" type="submit">{tx(t("上传", "Upload"))}</button>
            <p class="hint" id=hint_id>{tx(t("PDF、JPG 或 PNG，每个不超过 20 MB", "PDF, JPG or PNG, at most 20 MB each"))}</p>
        </form>
        <ul class="files" aria-live="polite"><For each=move || uploads.going.get() key=|file| file.key children=|file| view! { <GoingRow file=file/> }/></ul>
    }
}

#[component]
fn GoingRow(file: Going) -> impl IntoView {
    let lang = use_lang();
    let name = file.name.get_value();
    let label = match lang {
        Lang::Zh => format!("正在上传 {name}"),
        Lang::En => format!("Uploading {name}"),
    };
    let percent = move || (file.share.get() * 100.0).floor();
    view! {
        <li class="file">
            <span class="code" aria-hidden="true">{move || format!("{}%", percent())}</span>
            <span>{name}</span>
            <button class="button small" type="button" on:click=move |_| file.stopped.set(true)>{tx(t("取消", "Cancel"))}</button>
            <progress class="meter" max="100" prop:value=percent aria-label=label></progress>
        </li>
    }
}

impl Uploads {
    /// Takes what was dropped.
    fn dropped(self, event: &leptos::ev::DragEvent) {
        #[cfg(feature = "hydrate")]
        if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
            self.take(&files);
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (self, event);
    }

    /// Takes what was chosen.
    fn chosen(self) {
        #[cfg(feature = "hydrate")]
        if let Some(input) = self.input.get_untracked() {
            if let Some(files) = input.files() {
                self.take(&files);
            }
            input.set_value("");
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (self.desk, self.at, self.told, self.input);
    }

    /// Uploads files, one after the other.
    #[cfg(feature = "hydrate")]
    fn take(self, files: &web_sys::FileList) {
        self.told.set(None);
        let mut waiting = Vec::new();
        for file in (0..files.length()).filter_map(|i| files.get(i)) {
            let key = self.going.with_untracked(|all| all.iter().map(|g| g.key).max().map_or(0, |key| key + 1));
            let row = Going { key, name: StoredValue::new(file.name()), share: RwSignal::new(0.0), stopped: RwSignal::new(false) };
            self.going.update(|all| all.push(row));
            waiting.push((row, file));
        }
        spawn_local(async move {
            for (row, file) in waiting {
                self.send(row, file).await;
            }
        });
    }

    #[cfg(feature = "hydrate")]
    async fn send(self, row: Going, file: web_sys::File) {
        // Whoever leaves the page stops its uploads.
        let stopped = move || row.stopped.try_get_untracked().unwrap_or(true);
        if !stopped() {
            let share = move |share: f64| {
                row.share.try_set(share);
            };
            let done = crate::client::upload::upload_until(self.desk.no.get_value(), self.at.get_value(), file, share, stopped).await;
            match done {
                Ok(_) => self.desk.refresh(),
                Err(error) if !stopped() => {
                    self.told.try_set(Some(error.say()));
                }
                Err(_) => {}
            }
        }
        self.going.try_update(|all| all.retain(|g| g.key != row.key));
    }
}

/// A page's tables as spreadsheets: download, fill in, import (表格导入).
#[component]
pub fn SheetForms(page: &'static Page, no: String) -> impl IntoView {
    let tables: Vec<Table> = page.tables().filter(|table| !table.is_given()).copied().collect();
    (!tables.is_empty()).then(|| {
        let forms = tables.into_iter().map(|table| view! { <SheetForm page=page table=table no=no.clone()/> }).collect_view();
        view! { <section class="sheets" aria-labelledby="sheets"><h2 id="sheets" class="group-title">{tx(t("用表格填写", "Fill in with a spreadsheet"))}</h2>{forms}</section> }
    })
}

#[component]
fn SheetForm(page: &'static Page, table: Table, no: String) -> impl IntoView {
    let lang = use_lang();
    let path = page.path(table.key);
    let address = format!("/files/sheet/{no}/{path}");
    let id = format!("{}-sheet", field_id(&path));
    let label = match lang {
        Lang::Zh => format!("从表格导入“{}”", table.label.zh),
        Lang::En => format!("Import “{}” from a sheet", table.label.en),
    };
    view! {
        <Told path=path/>
        <details>
            <summary>{label}</summary>
            <p class="hint">{tx(t("先下载表格，按表头填写后再导入。导入的行加在现有各行之后；有一处不对就一行也不导入。", "Download the sheet, fill it in under its headings, then import it. Its rows are added after those there are; if anything is wrong, none is."))}</p>
            <form class="drop" method="post" action=address.clone() enctype="multipart/form-data">
                <a class="button" href=format!("{address}.xlsx") download="">{tx(t("下载表格（XLSX）", "Download sheet (XLSX)"))}</a>
                <label for=id.clone()>{tx(t("要导入的表格", "Sheet to import"))}</label>
                <input type="file" id=id name="file" accept=".xlsx" required/>
                <button class="button" type="submit">{tx(t("导入", "Import"))}</button>
            </form>
        </details>
    }
}
