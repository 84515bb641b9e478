//! 已取得行政许可证书: what the unit holds, with its state in words, the scan, and the way to register one on paper.

use super::first_on;
use super::register::Register;
use crate::account::model::{Me, Role};
use crate::base::{Lang, Text, listed, t, workdays};
use crate::catalogue::CATEGORIES;
use crate::licence::api::{self, RemoveCertificate};
use crate::licence::model::{CertificateForm, CertificateView, Certificates, Standing, State};
use crate::ui::empty::Empty;
use crate::ui::field::field_id;
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Tone};
use crate::ui::tag::{Tag, TagTone};
use crate::ui::value::{lang_of, marked};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

/// What of the address this page reads: a category to register in, a certificate to change, what was just done.
type Asked = (String, String, String, bool);

/// `/apply/certificates`
#[component]
pub fn CertificatesPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| -> Asked {
        query.with(|q| {
            let get = |key: &str| q.get(key).unwrap_or_default();
            (get("add"), get("edit"), get("saved"), q.get("removed").is_some())
        })
    });
    let data = load(
        move || asked.get(),
        |asked| async move {
            let (add, edit, ..) = asked.clone();
            let form = if add.is_empty() && edit.is_empty() { CertificateForm::default() } else { api::certificate_form(add, edit).await? };
            Ok((api::certificates().await?, form, asked))
        },
    );
    view! {
        <Heading text=title()/>
        <Load resource=data view=|(held, form, asked): (Certificates, CertificateForm, Asked)| view! { <Page held=held form=form asked=asked/> }.into_any()/>
    }
}

/// Whether the reader is a person with certificates of their own.
fn is_person() -> bool {
    use_context::<Signal<Me>>().is_some_and(|me| me.with_untracked(|me| me.role == Some(Role::Person)))
}

fn title() -> Text {
    if is_person() { t("我的证书", "My certificates") } else { t("本单位的许可证", "Certificates of your unit") }
}

#[component]
fn Page(held: Certificates, form: CertificateForm, asked: Asked) -> impl IntoView {
    let lang = use_lang();
    let (_, _, saved, removed) = asked;
    if !form.category.is_empty() {
        return view! { <Register form=form/> }.into_any();
    }
    let done = (!saved.is_empty())
        .then(|| t("已登记，等审批机关核验。请再上传证书的扫描件。", "Registered; it waits for the authority’s check. Now upload a scan of it."));
    let done = done.or(removed.then(|| t("已删除。", "Removed.")));
    let done = done.map(|text| view! { <Notice tone=Tone::Done><p role="status">{tx(text)}</p></Notice> });
    let told = held.told.clone();
    let refused = told.clone().filter(|(at, _)| at.is_empty()).map(|(_, why)| view! { <Notice tone=Tone::Wrong><p>{marked(why.get(lang))}</p></Notice> });
    view! {
        {done}{refused}
        <List rows=held.rows told=told saved=saved/>
        {if is_person() { view! { <ChoosePerson/> }.into_any() } else { view! { <Choose/> }.into_any() }}
    }
    .into_any()
}

/// A person has one kind of certificate.
#[component]
fn ChoosePerson() -> impl IntoView {
    view! {
        <section class="certificate-add" aria-labelledby="certificate-add">
            <h2 id="certificate-add">{tx(t("登记纸质证书", "Register a certificate on paper"))}</h2>
            <p class="hint">{tx(t("登记后由发证机关的工作人员核验；核验以前也可以用它提出申请，核验以后才能准予。", "An officer of its authority checks it. Before that, too, you can apply with it; it is granted only after."))}</p>
            <p class="actions"><a class="button primary" href="/apply/certificates?add=personnel">{tx(t("登记检验检测人员证", "Register a certificate"))}</a></p>
        </section>
    }
}

/// The first step of registering: the category decides on the items to tick.
#[component]
fn Choose() -> impl IntoView {
    let options = CATEGORIES.iter().map(|c| view! { <option value=c.key>{tx(c.name)}</option> }).collect_view();
    view! {
        <section class="certificate-add" aria-labelledby="certificate-add">
            <h2 id="certificate-add">{tx(t("登记纸质许可证", "Register a certificate on paper"))}</h2>
            <p class="hint">{tx(t("登记后由审批机关的工作人员核验；以后换证、增项、变更时不必重新填写。", "An officer of the authority checks it; renewals, additions and changes then need not be typed again."))}</p>
            <form class="form" method="get" action="/apply/certificates">
                <div class="field middle">
                    <label for="certificate-category">{tx(t("许可类别", "Category"))}</label>
                    <select id="certificate-category" name="add" required><option value="">{tx(t("请选择", "Choose"))}</option>{options}</select>
                </div>
                <p class="actions"><button class="button primary" type="submit">{tx(t("下一步", "Next"))}</button></p>
            </form>
        </section>
    }
}

#[component]
fn List(rows: Vec<CertificateView>, told: Option<(String, crate::base::Say)>, saved: String) -> impl IntoView {
    if rows.is_empty() {
        return view! { <Empty title=t("还没有登记许可证", "No certificates yet") text=t("已有的证书，包括纸质的，可以在下面登记。", "Register below what is held already, on paper too.")/> }.into_any();
    }
    let heads = [
        t("许可证编号", "Number"),
        t("许可类别", "Category"),
        t("许可项目", "Items"),
        t("发证机关", "Authority"),
        t("发证日期", "Issued on"),
        t("有效期至", "Valid to"),
        t("状态", "State"),
        t("扫描件", "Scan"),
        t("操作", "Actions"),
    ];
    let caption = tx(title());
    let line = |row: CertificateView| {
        let why = told.clone().filter(|(at, _)| *at == row.slot()).map(|(_, why)| why);
        let fresh = row.id == saved;
        view! { <Line row=row why=why fresh=fresh/> }
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=caption>
            <table class="list">
                <caption class="visually-hidden">{caption}</caption>
                <thead><tr>{heads.map(|text| view! { <th scope="col">{tx(text)}</th> }).collect_view()}</tr></thead>
                <tbody>{rows.into_iter().map(line).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// One certificate. `why` is what its scan ran into; `fresh` if it was just saved.
#[component]
fn Line(row: CertificateView, why: Option<crate::base::Say>, fresh: bool) -> impl IntoView {
    let lang = use_lang();
    let tone = match row.standing {
        Standing::Plain(State::Pending) => TagTone::Go,
        Standing::Plain(State::Valid) => TagTone::Done,
        Standing::Near | Standing::Late => TagTone::Wait,
        Standing::Expired | Standing::Plain(State::Rejected | State::Suspended | State::Annulled | State::Revoked) => TagTone::Wrong,
        Standing::Plain(_) => TagTone::Off,
    };
    let advice = row.standing.advice(row.is_person);
    let reason = (!row.reason.is_empty()).then(|| view! { <br/><small lang=lang_of(&row.reason)>{row.reason.clone()}</small> });
    let advice = (!advice.is_none()).then(|| view! { <br/><small>{tx(advice)}</small> });
    let (issued, valid_to) = (workdays::show_iso(&row.issued_on, lang), workdays::show_iso(&row.valid_to, lang));
    let (first, items) = (first_on(&row, lang), listed(&row.items, lang));
    let id = field_id(&row.slot());
    let scan =
        row.scan.clone().map(|(file, name)| view! { <a href=format!("/files/{file}") target="_blank" rel="noopener" lang=lang_of(&name)>{name.clone()}</a> });
    let issued_here = row.document.clone().map(|id| view! { <a href=format!("/documents/{id}")>{tx(t("电子证书", "Electronic certificate"))}</a> });
    let none = (row.scan.is_none() && row.document.is_none() && !row.open).then(|| if lang == Lang::Zh { "无" } else { "None" });
    let upload = row.open.then(|| view! { <Upload row=row.clone() why=why fresh=fresh/> });
    let actions = row.open.then(|| view! { <Change row=row.clone()/> });
    view! {
        <tr id=id tabindex="-1">
            <th scope="row" class="code">{row.number.clone()}</th>
            <td>{row.category.get(lang).to_owned()}</td>
            <td lang=lang_of(&items)>{items.clone()}</td>
            <td lang="zh-CN">{row.authority.clone()}</td>
            <td><span class="day">{issued}</span>{first}</td>
            <td class="day">{valid_to}</td>
            <td><Tag tone=tone text=row.standing.label()/>{reason}{advice}</td>
            <td>{issued_here}{scan}{none}{upload}</td>
            <td class="row-actions">{actions}</td>
        </tr>
    }
}

/// The scan is uploaded by a form of its own, with or without script.
#[component]
fn Upload(row: CertificateView, why: Option<crate::base::Say>, fresh: bool) -> impl IntoView {
    let lang = use_lang();
    let input = format!("{}-file", field_id(&row.slot()));
    let label = match lang {
        Lang::Zh => format!("{}的扫描件", row.number),
        Lang::En => format!("Scan of {}", row.number),
    };
    let word = if row.scan.is_some() { t("换一个扫描件", "Replace the scan") } else { t("上传扫描件", "Upload a scan") };
    let open = why.is_some() || (fresh && row.scan.is_none());
    let message = why.map(|why| view! { <p class="message" role="alert"><span aria-hidden="true">"! "</span>{marked(why.get(lang))}</p> });
    view! {
        <details open=open>
            <summary>{tx(word)}</summary>
            <form method="post" action="/files/form" enctype="multipart/form-data">
                <input type="hidden" name="application" value="certificate"/>
                <input type="hidden" name="slot" value=row.slot()/>
                <label for=input.clone()>{label}</label>
                <p class="hint">{tx(t("PDF、JPEG 或者 PNG，不超过 20 MB。", "PDF, JPEG or PNG, at most 20 MB."))}</p>
                {message}
                <input type="file" id=input name="file" accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png" required/>
                <button class="button small" type="submit">{tx(t("上传", "Upload"))}</button>
            </form>
        </details>
    }
}

/// What may be done while nobody has confirmed it.
#[component]
fn Change(row: CertificateView) -> impl IntoView {
    let named = |text: crate::base::Text| format!("{} {}", tx(text), row.number);
    let (edit, remove) = (named(t("修改", "Change")), named(t("删除", "Remove")));
    view! {
        <a href=format!("/apply/certificates?edit={}", row.id) aria-label=edit>{tx(t("修改", "Change"))}</a>
        <details>
            <summary aria-label=remove.clone()>{tx(t("删除", "Remove"))}</summary>
            <form method="post" action=RemoveCertificate::url()>
                <input type="hidden" name="id" value=row.id.clone()/>
                <p>{tx(t("删除后要重新登记，确定吗？", "It would have to be registered again. Are you sure?"))}</p>
                <button class="button small" type="submit" aria-label=remove>{tx(t("确定删除", "Remove"))}</button>
            </form>
        </details>
    }
}
