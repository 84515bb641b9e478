//! 文书模板: the texts and reasons an authority has of its own. A supervisor edits them; documents issued stay as they are.

use crate::base::{t, workdays};
use crate::document::api::{self, SaveReason, SaveTemplate};
use crate::document::model::{Kind, REASONED};
use crate::document::read::{Paper, Title};
use crate::document::view::{Library, Reason, TemplateLine, TemplateView, TextVersion};
use crate::form::Values;
use crate::ui::breadcrumb::Breadcrumb;
use crate::ui::empty::Empty;
use crate::ui::field::TextArea;
use crate::ui::form::FormState;
use crate::ui::heading::{Heading, PageTitle};
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Tone};
use crate::ui::value::{lang_of, marked};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/templates`
#[component]
pub fn LibraryPage() -> impl IntoView {
    let library = load(|| (), |()| api::library_of());
    view! {
        <Heading text=t("文书模板和常用理由", "Templates and reasons")/>
        <Load resource=library view=|library: Library| view! { <Whole library=library/> }.into_any()/>
    }
}

/// What the last form said: that it was saved, what it wants, or why not.
#[component]
fn Told(form: FormState) -> impl IntoView {
    let lang = use_lang();
    let is_saved = form == FormState::default() && use_query_map().with_untracked(|query| query.get("saved").is_some());
    let saved = is_saved.then(|| view! { <Notice tone=Tone::Done><p role="status">{tx(t("已保存。", "Saved."))}</p></Notice> });
    let noted = form.noted.map(|told| view! { <Notice tone=Tone::Info><p role="status">{marked(told.get(lang))}</p></Notice> });
    let told = form.told.map(|told| view! { <Notice tone=Tone::Wrong><p role="alert">{marked(told.get(lang))}</p></Notice> });
    view! { {saved}{noted}{told} }
}

#[component]
fn Whole(library: Library) -> impl IntoView {
    let Library { templates, reasons, preview, form } = library;
    let line = |line: TemplateLine| {
        let state = if line.version == 0 {
            tx(t("随系统提供", "As delivered")).to_owned()
        } else {
            format!("{} {} · {}", tx(t("第", "Version")), line.version, workdays::date_time(line.at))
        };
        view! { <tr><th scope="row"><A href=format!("/templates/{}", line.kind.word())><Title kind=line.kind/></A></th><td>{state}</td></tr> }
    };
    let typed = form.values.clone();
    let preview = preview.map(|content| {
        view! { <section aria-labelledby="preview-title"><h2 id="preview-title">{tx(t("预览", "Preview"))}</h2><Paper content=content inside=true/></section> }
    });
    view! {
        <Told form=form/>
        {preview}
        <section>
            <h2 id="templates-title">{tx(t("文书模板", "Templates of documents"))}</h2>
            <p class="hint">{tx(t("修改只影响以后制作的文书；已经制作的文书不变。", "Changes hold for documents made from now on; those made before stay as they are."))}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-labelledby="templates-title">
                <table class="list">
                    <thead><tr><th scope="col">{tx(t("文书", "Document"))}</th><th scope="col">{tx(t("版本", "Version"))}</th></tr></thead>
                    <tbody>{templates.into_iter().map(line).collect_view()}</tbody>
                </table>
            </div>
        </section>
        <section aria-labelledby="reasons-title">
            <h2 id="reasons-title">{tx(t("常用理由", "Reasons to pick from"))}</h2>
            <Reasons reasons=reasons typed=typed/>
        </section>
    }
}

/// The reasons, each with its form and its versions, and a form for a new one. What was typed and not saved stands where it was typed.
#[component]
fn Reasons(reasons: Vec<Reason>, typed: Values) -> impl IntoView {
    let none = reasons.is_empty().then(|| view! { <Empty title=t("还没有常用理由", "No reasons yet") text=t("在下面添加后，告知补正、决定不予受理或者不予许可时可以直接选用。", "Once added below, they can be picked for a correction notice, a refusal or a denial.")/> });
    let get = |key: &str| typed.get(key).cloned().unwrap_or_default();
    let (id, text, kind) = (get("id"), get("text"), get("kind"));
    let unsaved = |of: &str| (id == of).then(|| text.clone()).filter(|text| !text.is_empty());
    let fresh = unsaved("").unwrap_or_default();
    let rows = reasons.into_iter().enumerate().map(|(at, reason)| {
        let unsaved = unsaved(&reason.id);
        view! { <ReasonRow at=at reason=reason unsaved=unsaved/> }
    });
    let rows = rows.collect_view();
    let option = |of: Kind| view! { <option value=of.word() selected=of.word() == kind lang="zh-CN">{of.title()}</option> };
    view! {
        {none}
        <ol class="points">{rows}</ol>
        <form method="post" action=SaveReason::url()>
            <div class="field"><label for="reason-kind">{tx(t("用于", "For"))}</label>
                <select id="reason-kind" name="values[kind]">{REASONED.into_iter().map(option).collect_view()}</select>
            </div>
            <div class="field"><label for="reason-new">{tx(t("新的理由", "New reason"))}</label><TextArea id="reason-new" name="values[text]" rows="2" max="500" value=fresh/></div>
            <p class="actions">
                <button class="button primary" type="submit" name="values[step]" value="save">{tx(t("添加", "Add"))}</button>" "
                <button class="button" type="submit" name="values[step]" value="preview">{tx(t("预览", "Preview"))}</button>
            </p>
        </form>
    }
}

#[component]
fn ReasonRow(at: usize, reason: Reason, unsaved: Option<String>) -> impl IntoView {
    let here = use_lang().tag();
    let id = format!("reason-{at}");
    let label = format!("{} {}", tx(t("理由", "Reason")), at + 1);
    let text = reason.text().to_owned();
    let typed = unsaved.clone().unwrap_or_else(|| text.clone());
    let (open, seen, kind) = (unsaved.is_some(), reason.version().to_string(), reason.kind);
    let versions = (reason.versions.len() > 1).then(|| {
        view! { <p class="hint">{tx(t("以前的版本", "Versions"))}</p>{reason.versions.into_iter().map(|version| view! { <VersionOf version=version/> }).collect_view()} }
    });
    view! {
        <li lang=lang_of(&text)>
            {text.clone()}" "<small class="muted"><Title kind=kind/></small>
            <details open=open>
                <summary lang=here>{tx(t("修改或停用", "Change or retire"))}</summary>
                <form method="post" action=SaveReason::url() lang=here>
                    <input type="hidden" name="values[id]" value=reason.id/>
                    <input type="hidden" name="values[seen]" value=seen/>
                    <input type="hidden" name="values[kind]" value=kind.word()/>
                    <div class="field"><label for=id.clone()>{label}</label><TextArea id=id name="values[text]" rows="2" max="500" value=typed/></div>
                    <p class="actions">
                        <button class="button small" type="submit" name="values[step]" value="save">{tx(t("保存为新版本", "Save as a new version"))}</button>" "
                        <button class="button small" type="submit" name="values[step]" value="preview">{tx(t("预览", "Preview"))}</button>" "
                        <button class="button small" type="submit" name="values[step]" value="retire">{tx(t("停用", "Retire"))}</button>
                    </p>
                </form>
                <div lang=here>{versions}</div>
            </details>
        </li>
    }
}

/// One version, and who saved it when.
#[component]
fn VersionOf(version: TextVersion) -> impl IntoView {
    let text = if version.body.is_empty() { tx(t("（恢复随系统提供的文本）", "(back to the text delivered)")).to_owned() } else { version.body };
    view! { <details><summary>{version.version}" · "{workdays::date_time(version.at)}" · "<span lang=lang_of(&version.who)>{version.who.clone()}</span></summary><pre lang="zh-CN">{text}</pre></details> }
}

/// `/templates/{kind}`
#[component]
pub fn TemplatePage() -> impl IntoView {
    let params = use_params_map();
    let template = load(move || params.with(|params| params.get("kind").unwrap_or_default()), api::template);
    view! { <Load resource=template view=|template: TemplateView| view! { <Template template=template/> }.into_any()/> }
}

#[component]
fn Template(template: TemplateView) -> impl IntoView {
    let title = template.kind.title();
    let trail = vec![("/templates".to_owned(), tx(t("文书模板", "Templates")).to_owned())];
    let place = |(name, alone): (String, bool)| {
        let alone = alone.then(|| tx(t("（单独占一行）", " (on a line of its own)")));
        view! { <li><code lang="zh-CN">{format!("{{{name}}}")}</code>{alone}</li> }
    };
    let preview = template.preview.map(|content| {
        view! { <section aria-labelledby="preview-title"><h2 id="preview-title">{tx(t("预览", "Preview"))}</h2><Paper content=content inside=true/></section> }
    });
    let restore = (template.version > 0).then(|| {
        view! { " "<button class="button" type="submit" name="values[step]" value="restore">{tx(t("恢复随系统提供的文本", "Back to the text delivered"))}</button> }
    });
    view! {
        <PageTitle text=title.to_owned()/>
        <Breadcrumb trail=trail here=title.to_owned()/>
        <h1 lang="zh-CN">{title}</h1>
        <Told form=template.form/>
        <form method="post" action=SaveTemplate::url()>
            <input type="hidden" name="values[kind]" value=template.kind.word()/>
            <input type="hidden" name="values[seen]" value=template.version.to_string()/>
            <div class="field">
                <label for="template-text">{tx(t("正文", "Text"))}</label>
                <p class="hint">{tx(t("一行一段；“@ ”开头的是主送行，“# ”开头的是小标题。某一行的占位符没有内容时，这一行不印。", "One paragraph a line; “@ ” begins the line of the addressee, “# ” a heading. A line whose placeholder is empty is left out."))}</p>
                <TextArea id="template-text" name="values[text]" rows="18" max="10000" value=template.text/>
            </div>
            <details><summary>{tx(t("可用的占位符", "Placeholders"))}</summary><ul class="bullets">{template.placeholders.into_iter().map(place).collect_view()}</ul></details>
            <p class="actions">
                <button class="button primary" type="submit" name="values[step]" value="save">{tx(t("保存为新版本", "Save as a new version"))}</button>" "
                <button class="button" type="submit" name="values[step]" value="preview">{tx(t("预览", "Preview"))}</button>{restore}
            </p>
        </form>
        {preview}
        <section aria-labelledby="versions-title">
            <h2 id="versions-title">{tx(t("以前的版本", "Versions"))}</h2>
            {template.versions.into_iter().map(|version| view! { <VersionOf version=version/> }).collect_view()}
        </section>
    }
}
