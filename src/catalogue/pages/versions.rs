//! 许可目录: the versions with their dates, the one that waits with what it would change, and the import of a new one.

use super::Tabs;
use crate::base::{Lang, Text, t, workdays};
use crate::catalogue::admin::{CatalogueAdmin, IMPORT, Pending, VersionRow, changed_authority, changed_fields, changed_limits};
use crate::catalogue::api::{self, Decide, Propose};
use crate::catalogue::{Authority, Difference, Item, LegalLimits};
use crate::form::Severity;
use crate::ui::field::FieldInput;
use crate::ui::form::FormState;
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Tone};
use crate::ui::summary::ErrorSummary;
use crate::ui::table::ListTable;
use crate::ui::tag::{Tag, TagTone};
use crate::ui::value::{lang_of, marked};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// `/admin/catalogue`
#[component]
pub fn CatalogueAdminPage() -> impl IntoView {
    let page = load(|| (), |()| api::versions());
    view! {
        <Heading text=t("许可目录", "Catalogue")/>
        <Tabs/>
        <Load resource=page view=|page: CatalogueAdmin| view! { <Whole page=page/> }.into_any()/>
    }
}

#[component]
fn Whole(page: CatalogueAdmin) -> impl IntoView {
    let lang = use_lang();
    let told = page.state.told.clone().map(|say| view! { <Notice tone=Tone::Wrong><p>{marked(say.get(lang))}</p></Notice> });
    view! {
        {told}
        {page.pending.map(|pending| view! { <Waiting pending=pending/> })}
        <Versions rows=page.versions/>
        <Import state=page.state/>
    }
}

const VERSIONS: Text = t("目录版本", "Versions");
const VERSION: [Text; 7] = [
    t("版本", "Version"),
    t("依据", "Title"),
    t("生效日期", "From"),
    t("最后一天", "Last day"),
    t("项目数", "Items"),
    t("导入", "Imported"),
    t("状态", "State"),
];

#[component]
fn Versions(rows: Vec<VersionRow>) -> impl IntoView {
    let row = |row: VersionRow| {
        let state = row.is_current.then(|| view! { <Tag tone=TagTone::Done text=t("现行", "In force")/> });
        let to = row.effective_to.unwrap_or_else(|| "—".to_owned());
        let by = if row.imported_by.is_empty() { tx(t("随程序提供", "came with the program")).to_owned() } else { row.imported_by };
        view! {
            <tr>
                <th scope="row" class="title code">{row.version}</th>
                <td lang="zh-CN" data-label=tx(VERSION[1])>{row.title}</td>
                <td data-label=tx(VERSION[2])>{row.effective_from}</td>
                <td data-label=tx(VERSION[3])>{to}</td>
                <td class="num" data-label=tx(VERSION[4])>{row.items}</td>
                <td data-label=tx(VERSION[5])>{workdays::legal_date(row.imported_at).to_string()}" "<span lang=lang_of(&by)>{by.clone()}</span></td>
                <td data-label=tx(VERSION[6])>{state}</td>
            </tr>
        }
    };
    view! {
        <section>
            <h2>{tx(VERSIONS)}</h2>
            <p class="hint">{tx(t("申请始终按提交时的版本办理。", "An application keeps the version it was filed under."))}</p>
            <ListTable caption=VERSIONS heads=VERSION.to_vec() stack=true>{rows.into_iter().map(row).collect_view()}</ListTable>
        </section>
    }
}

#[component]
fn Waiting(pending: Pending) -> impl IntoView {
    let Difference { added, removed, changed, limits } = &pending.difference;
    let counts = match use_lang() {
        Lang::Zh => {
            format!("共 {} 项；与 {} 版相比，新增 {} 项，删除 {} 项，修改 {} 项。", pending.items, pending.follows, added.len(), removed.len(), changed.len())
        }
        Lang::En => {
            format!("{} items. Compared with {}: {} added, {} removed, {} changed.", pending.items, pending.follows, added.len(), removed.len(), changed.len())
        }
    };
    let from = match use_lang() {
        Lang::Zh => format!("{} 版自 {} 起生效。", pending.version, pending.effective_from),
        Lang::En => format!("Version {} comes into force on {}.", pending.version, pending.effective_from),
    };
    let act = |act: &'static str, class: &'static str, label| {
        view! {
            <form method="post" action=Decide::url() class="inline">
                <input type="hidden" name="digest" value=pending.digest.clone()/>
                <button class=class type="submit" name="act" value=act>{tx(label)}</button>
            </form>
        }
    };
    let title = tx(t("待确认的版本", "A version waits to be confirmed"));
    view! {
        <section aria-label=title>
            <h2>{title}</h2>
            <Notice tone=Tone::Warn><p><span lang="zh-CN">{pending.title.clone()}</span>" "{from}</p><p>{counts}</p></Notice>
            <Items title=t("新增的项目", "Added") items=added.clone()/>
            <Items title=t("删除的项目", "Removed") items=removed.clone()/>
            <Changed items=changed.clone()/>
            {limits.map(|(old, new)| view! { <ChangedLimits old=old new=new/> })}
            <ChangedAuthorities rows=pending.authorities.clone()/>
            <p class="actions">
                {act("confirm", "button primary", t("确认，按期生效", "Confirm"))}" "
                {act("discard", "button", t("放弃", "Discard"))}
            </p>
        </section>
    }
}

#[component]
fn Items(title: crate::base::Text, items: Vec<Item>) -> impl IntoView {
    let line = |item: Item| view! { <li><span class="code">{item.id.clone()}</span>" "<span lang="zh-CN">{item.item.clone()}" · "{item.label()}</span></li> };
    (!items.is_empty()).then(|| view! { <h3>{tx(title)}</h3><ul>{items.into_iter().map(line).collect_view()}</ul> })
}

#[component]
fn Changed(items: Vec<(Item, Item)>) -> impl IntoView {
    let rows = |(old, new): (Item, Item)| {
        let row = |(field, before, after): (crate::base::Text, String, String)| {
            view! {
                <tr>
                    <th scope="row"><span class="code">{new.id.clone()}</span>" "<span lang="zh-CN">{new.label()}</span></th>
                    <td>{tx(field)}</td>
                    <td lang="zh-CN"><del>{before}</del></td>
                    <td lang="zh-CN"><ins>{after}</ins></td>
                </tr>
            }
        };
        changed_fields(&old, &new).into_iter().map(row).collect_view()
    };
    let title = tx(t("修改的项目", "Changed"));
    (!items.is_empty()).then(|| {
        view! {
            <h3>{title}</h3>
            <div class="table-scroll" tabindex="0" role="region" aria-label=title>
                <table>
                    <thead><tr>
                        <th scope="col">{tx(t("项目", "Item"))}</th>
                        <th scope="col">{tx(t("内容", "Field"))}</th>
                        <th scope="col">{tx(t("修改前", "Before"))}</th>
                        <th scope="col">{tx(t("修改后", "After"))}</th>
                    </tr></thead>
                    <tbody>{items.into_iter().map(rows).collect_view()}</tbody>
                </table>
            </div>
        }
    })
}

#[component]
fn ChangedLimits(old: LegalLimits, new: LegalLimits) -> impl IntoView {
    let line = |(at, before, after): (String, String, String)| view! { <li><code>{at}</code>" "<del>{before}</del>" "<ins>{after}</ins></li> };
    view! { <h3>{tx(t("修改的法定时限", "Limits that change"))}</h3><ul>{changed_limits(&old, &new).into_iter().map(line).collect_view()}</ul> }
}

#[component]
fn ChangedAuthorities(rows: Vec<(Option<Authority>, Authority)>) -> impl IntoView {
    let change = |(field, before, after): (Text, String, String)| {
        let before = (!before.is_empty()).then(|| view! { <del lang="zh-CN">{before}</del>" " });
        view! { <li>{tx(field)}" "{before}<ins lang="zh-CN">{after}</ins></li> }
    };
    let line = |(old, new): (Option<Authority>, Authority)| {
        let changes = changed_authority(old.as_ref(), &new).into_iter().map(change).collect_view();
        view! { <li><span class="code">{new.code}</span>" "<span lang="zh-CN">{new.name}</span><ul>{changes}</ul></li> }
    };
    let title = t("新增或者修改的审批机关", "Authorities that are new or change");
    (!rows.is_empty()).then(|| view! { <h3>{tx(title)}</h3><ul>{rows.into_iter().map(line).collect_view()}</ul> })
}

#[component]
fn Import(state: FormState) -> impl IntoView {
    let issues = RwSignal::new(state.issues.into_iter().filter(|issue| issue.severity == Severity::Error).collect::<Vec<_>>());
    let fields = IMPORT.fields().map(|(path, field)| {
        let value = state.values.get(&path).cloned().unwrap_or_default();
        view! { <FieldInput field=field path=path value=value issues=issues/> }
    });
    let fields = fields.collect_view();
    view! {
        <section aria-label=tx(IMPORT.title)>
            <h2>{tx(IMPORT.title)}</h2>
            <p>{tx(IMPORT.lead)}</p>
            <form class="form" method="post" action=Propose::url()>
                <ErrorSummary issues=issues title=t("需要修改", "To mend")/>
                {fields}
                <p class="actions"><button class="button primary" type="submit">{tx(t("查看差异", "Show what differs"))}</button></p>
            </form>
        </section>
    }
}
