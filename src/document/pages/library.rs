//! 文书模板: the texts and reasons an authority has of its own. A supervisor edits them; documents issued stay as they are.

use crate::base::{t, workdays};
use crate::document::api::{self, SaveReason, SaveTemplate};
use crate::document::read::Paper;
use crate::document::view::{Library, Reason, TemplateLine, TemplateVersion, TemplateView};
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
        <Heading text=t("文书模板和补正理由", "Templates and reasons")/>
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
    let Library { templates, reasons, form } = library;
    let line = |line: TemplateLine| {
        let state = if line.version == 0 {
            tx(t("随系统提供", "As delivered")).to_owned()
        } else {
            format!("{} {} · {}", tx(t("第", "Version")), line.version, workdays::date_time(line.at))
        };
        view! { <tr><th scope="row" lang="zh-CN"><A href=format!("/templates/{}", line.kind.word())>{line.kind.title()}</A></th><td>{state}</td></tr> }
    };
    let typed = form.values.clone();
    view! {
        <Told form=form/>
        <section aria-labelledby="templates-title">
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
            <h2 id="reasons-title">{tx(t("补正理由", "Reasons for corrections"))}</h2>
            <Reasons reasons=reasons typed=typed.get("text").filter(|_| typed.get("id").is_none_or(String::is_empty)).cloned().unwrap_or_default()/>
        </section>
    }
}

/// The reasons, each with its form, and one for a new one.
#[component]
fn Reasons(reasons: Vec<Reason>, typed: String) -> impl IntoView {
    let none = reasons.is_empty().then(|| view! { <Empty title=t("还没有补正理由", "No reasons yet") text=t("在下面添加后，告知补正时可以直接选用。", "Once added below, they can be picked for a correction notice.")/> });
    let row = |(at, reason): (usize, Reason)| {
        let id = format!("reason-{at}");
        let label = format!("{} {}", tx(t("理由", "Reason")), at + 1);
        let lang = lang_of(&reason.text);
        view! {
            <li lang=lang>
                {reason.text.clone()}
                <details>
                    <summary lang=use_lang().tag()>{tx(t("修改或停用", "Change or retire"))}</summary>
                    <form method="post" action=SaveReason::url() lang=use_lang().tag()>
                        <input type="hidden" name="values[id]" value=reason.id/>
                        <div class="field"><label for=id.clone()>{label}</label><TextArea id=id name="values[text]" rows="2" max="500" value=reason.text/></div>
                        <p class="actions">
                            <button class="button small" type="submit" name="values[step]" value="save">{tx(t("保存", "Save"))}</button>" "
                            <button class="button small" type="submit" name="values[step]" value="retire">{tx(t("停用", "Retire"))}</button>
                        </p>
                    </form>
                </details>
            </li>
        }
    };
    view! {
        {none}
        <ol class="points">{reasons.into_iter().enumerate().map(row).collect_view()}</ol>
        <form method="post" action=SaveReason::url()>
            <div class="field"><label for="reason-new">{tx(t("新的理由", "New reason"))}</label><TextArea id="reason-new" name="values[text]" rows="2" max="500" value=typed/></div>
            <p class="actions"><button class="button primary" type="submit">{tx(t("添加", "Add"))}</button></p>
        </form>
    }
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
    let version = |version: TemplateVersion| {
        let text =
            if version.body.is_empty() { tx(t("（恢复随系统提供的文本）", "(back to the text delivered)")).to_owned() } else { version.body };
        view! { <details><summary>{version.version}" · "{workdays::date_time(version.at)}" · "<span lang=lang_of(&version.who)>{version.who.clone()}</span></summary><pre lang="zh-CN">{text}</pre></details> }
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
            {template.versions.into_iter().map(version).collect_view()}
        </section>
    }
}
