//! Attachments of a page, and its tables as spreadsheets. Their controls stand behind the page's form and belong to it:
//! without script a file is posted together with what is typed. With script it goes up in pieces, with progress, and may
//! be dropped.

use super::photo::PhotoUpload;
use crate::application::api;
use crate::application::draft::Draft;
use crate::application::model::{FileView, Told};
use crate::base::{Lang, Say, t};
use crate::form::{FileKind, Need, Page, Slot, Table};
use crate::ui::field::{field_id, focus, is_open};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::lang::{tx, use_lang};
use crate::ui::notice::{Notice, Tone};
use crate::ui::value::{lang_of, marked};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;

/// The id of the page's form.
pub const FORM: &str = "book-form";
/// What may be uploaded, for the browser's file dialog; the server looks at the content.
const ACCEPT: &str = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png";

type Files = BTreeMap<String, FileView>;

/// The attachments of one page, where they live while it is open.
#[derive(Clone, Copy)]
struct Desk {
    draft: Draft,
    files: RwSignal<Files>,
    told: StoredValue<Vec<Told>>,
    readonly: bool,
}

impl Desk {
    /// Path and file of everything in a slot, in order.
    fn listed(self, slot: &str) -> Vec<(String, String)> {
        self.draft.shape.track();
        let prefix = format!("{slot}/");
        self.draft.doc.with_untracked(|doc| {
            let cells = doc.cells.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
            cells.filter_map(|(path, cell)| Some((path.clone(), cell.value.clone().filter(|id| !id.is_empty())?))).collect()
        })
    }

    /// Asks the server what the slots hold now.
    fn refresh(self) {
        let Desk { draft, files, .. } = self;
        spawn_local(async move {
            let Ok(view) = api::book(draft.no.get_value(), draft.page.key.to_owned()).await else { return };
            // The page may be left by now.
            if files.try_set(view.files).is_some() {
                return;
            }
            let changed = draft.doc.try_update_untracked(|doc| {
                let mut changed = false;
                for slot in draft.page.slots() {
                    let prefix = format!("{}/", draft.page.path(slot.key));
                    for (path, cell) in view.doc.cells.iter().filter(|(path, _)| path.starts_with(&prefix)) {
                        changed |= doc.cells.insert(path.clone(), cell.clone()).as_ref() != Some(cell);
                    }
                }
                changed
            });
            if changed == Some(true) {
                draft.shape.update(|n| *n += 1);
            }
            draft.judged(view.judged);
        });
    }
}

/// All places for attachments of a page (附件).
#[component]
pub fn FileSlots(draft: Draft, files: Files, told: Vec<Told>) -> impl IntoView {
    let page = draft.page;
    let desk = Desk { draft, files: RwSignal::new(files), told: StoredValue::new(told), readonly: false };
    // A file attached in another window: its name is not known here yet.
    Effect::new(move |_| {
        let ids = page.slots().flat_map(|slot| desk.listed(&page.path(slot.key)));
        let unknown = desk.files.with_untracked(|files| ids.into_iter().any(|(_, id)| !files.contains_key(&id)));
        if unknown {
            desk.refresh();
        }
    });
    let slots = page.slots().map(|slot| view! { <SlotView desk=desk place=slot/> }).collect_view();
    view! { <section class="fields attachments" aria-labelledby="attachments"><h2 id="attachments" class="group-title">{tx(t("附件", "Attachments"))}</h2>{slots}</section> }
}

#[component]
fn SlotView(desk: Desk, place: &'static Slot) -> impl IntoView {
    let lang = use_lang();
    let path = desk.draft.page.path(place.key);
    let desk = Desk { readonly: !is_open(&path), ..desk };
    let id = field_id(&path);
    let label = place.label.get(lang);
    let optional = matches!(place.need, Need::Optional).then(|| view! { <span class="optional">{tx(t("选填", "optional"))}</span> });
    let hint = (!place.hint.is_none()).then(|| view! { <p class="hint">{tx(place.hint)}</p> });
    let basis = (!place.basis.is_empty()).then(|| view! { <p class="hint">{tx(t("依据：", "Basis: "))}<span lang="zh-CN">{place.basis}</span></p> });
    let message = {
        let path = path.clone();
        move || {
            let issue = desk.draft.shown_issues().into_iter().find(|issue| issue.path == path);
            issue.map(|issue| view! { <p class="message">{marked(issue.message.get(lang))}</p> })
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
    let shown = (place.kind == FileKind::Photo)
        .then_some(move || listed.get().first().map(|(_, id)| view! { <img class="photo" src=format!("/files/{id}") alt=label/> }));
    let upload = (!desk.readonly).then(|| {
        let path = path.clone();
        move || match place.kind {
            _ if listed.with(Vec::len) >= max => ().into_any(),
            FileKind::Any => view! { <Upload desk=desk path=path.clone() label=label told=told/> }.into_any(),
            FileKind::Photo => {
                let uploaded = Callback::new(move |()| desk.refresh());
                view! { <PhotoUpload draft=desk.draft path=path.clone() label=label told=told uploaded=uploaded/> }.into_any()
            }
        }
    });
    view! {
        <div class="field slot" id=id.clone() tabindex="-1" role="group" aria-labelledby=format!("{id}-label")>
            <div class="field-head"><h3 class="label" id=format!("{id}-label")>{label}</h3>{optional}</div>
            {hint}{basis}{message}
            {shown}
            <ul class="files"><For each=move || listed.get() key=|entry| entry.clone() children=row/></ul>
            {empty}
            {desk.told.with_value(|told| told_at(told, &path))}
            <div role="alert">{move || told.get().map(|say| view! { <p class="message">{marked(say.get(lang))}</p> })}</div>
            {upload}
        </div>
    }
}

/// What a post of the page without script ran into at a place, or did there.
pub fn told_at(told: &[Told], path: &str) -> Vec<AnyView> {
    let lang = use_lang();
    let notice = |told: &Told| {
        let tone = if told.done { Tone::Done } else { Tone::Wrong };
        let list = told.list.iter().map(|say| view! { <li>{marked(say.get(lang))}</li> }).collect::<Vec<_>>();
        let list = (!list.is_empty()).then(|| view! { <ul>{list}</ul> });
        let say = marked(told.say.get(lang));
        view! { <Notice tone=tone><p>{say}</p>{list}</Notice> }.into_any()
    };
    told.iter().filter(|told| told.path == path).map(notice).collect()
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
        let act = format!("detach:{path}");
        let pressed = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            let (no, path) = (desk.draft.no.get_value(), path.clone());
            spawn_local(async move {
                let slot = path.rsplit_once('/').map(|(slot, _)| slot.to_owned()).unwrap_or_default();
                let done = api::detach(no, path).await;
                // The button goes, and with it would the focus.
                if done.is_ok() {
                    focus(&slot);
                }
                told.set(done.err().map(|error| error.say()));
                desk.refresh();
            });
        };
        let label = move || match lang {
            Lang::Zh => format!("删除 {}", name.get()),
            Lang::En => format!("Delete {}", name.get()),
        };
        view! { <button class="button small" type="submit" form=FORM name="act" value=act aria-label=label on:click=pressed>{tx(t("删除", "Delete"))}</button> }
    });
    view! {
        <li class="file">
            <Glyph icon=Icon::Document/>
            <span><a href=format!("/files/{id}") target="_blank" rel="noopener" lang=move || name.with(|name| lang_of(name))>{move || name.get()}</a>" "<small>{move || size.get()}</small></span>
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

/// The control that takes files, and with script a place to drop them.
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
    let pressed = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        uploads.pressed();
    };
    view! {
        <div class=class on:dragover=dragged on:dragleave=move |_| over.set(false) on:drop=dropped>
            <label for=id.clone()><span class="visually-hidden">{label}{tx(t("：", ": "))}</span>{tx(t("选择文件，或拖到这里", "Choose files, or drop them here"))}</label>
            <input type="file" id=id form=FORM name=format!("upload[{path}]") accept=ACCEPT multiple aria-describedby=hint_id.clone() node_ref=uploads.input on:change=move |_| uploads.chosen()/>
            <button class="button" type="submit" form=FORM name="act" value=format!("upload:{path}") on:click=pressed>{tx(t("上传", "Upload"))}</button>
            <p class="hint" id=hint_id>{tx(t("PDF、JPG 或 PNG，每个不超过 20 MB", "PDF, JPG or PNG, at most 20 MB each"))}</p>
        </div>
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
            <span lang=lang_of(&name)>{name.clone()}</span>
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

    /// Takes what was chosen before the script ran, or lets something be chosen.
    fn pressed(self) {
        match self.input.get_untracked() {
            Some(input) if input.value().is_empty() => input.click(),
            _ => self.chosen(),
        }
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
        let uploading = self.desk.draft.uploading;
        uploading.update(|names| names.extend(waiting.iter().map(|(_, file)| file.name())));
        spawn_local(async move {
            for (row, file) in waiting {
                let name = file.name();
                self.send(row, file).await;
                uploading.try_update(|names| {
                    if let Some(at) = names.iter().position(|known| *known == name) {
                        names.remove(at);
                    }
                });
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
            let done = crate::client::upload::upload_until(self.desk.draft.no.get_value(), self.at.get_value(), file, share, stopped).await;
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
pub fn SheetForms(page: &'static Page, no: String, told: Vec<Told>) -> impl IntoView {
    let tables: Vec<Table> = page.tables().filter(|table| !table.is_given() && is_open(&page.path(table.key))).copied().collect();
    (!tables.is_empty()).then(|| {
        let forms = tables.into_iter().map(|table| view! { {told_at(&told, &page.path(table.key))}<SheetForm page=page table=table no=no.clone()/> });
        let forms = forms.collect_view();
        view! { <section class="sheets" aria-labelledby="sheets"><h2 id="sheets" class="group-title">{tx(t("用表格填写", "Fill in with a spreadsheet"))}</h2>{forms}</section> }
    })
}

#[component]
fn SheetForm(page: &'static Page, table: Table, no: String) -> impl IntoView {
    let lang = use_lang();
    let path = page.path(table.key);
    let id = format!("{}-sheet", field_id(&path));
    let label = match lang {
        Lang::Zh => format!("从表格导入“{}”", table.label.zh),
        Lang::En => format!("Import “{}” from a sheet", table.label.en),
    };
    view! {
        <details>
            <summary>{label}</summary>
            <p class="hint">{tx(t("先下载表格，按表头填写后再导入。导入的行加在现有各行之后；有一处不对就一行也不导入。", "Download the sheet, fill it in under its headings, then import it. Its rows are added after those there are; if anything is wrong, none is."))}</p>
            <div class="drop">
                <a class="button" href=format!("/files/sheet/{no}/{path}.xlsx") download="">{tx(t("下载表格（XLSX）", "Download sheet (XLSX)"))}</a>
                <label for=id.clone()>{tx(t("要导入的表格", "Sheet to import"))}</label>
                <input type="file" id=id form=FORM name=format!("import[{path}]") accept=".xlsx"/>
                <button class="button" type="submit" form=FORM name="act" value=format!("import:{path}")>{tx(t("导入", "Import"))}</button>
            </div>
        </details>
    }
}
