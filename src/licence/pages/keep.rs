//! 登记簿: an authority's certificates, and what becomes of each. Whoever looks one up sees the change at once.

use super::first_on;
use crate::base::{listed, t, workdays};
use crate::licence::api::{self, SetState};
use crate::licence::model::{Held, Register, Standing, State};
use crate::ui::empty::Empty;
use crate::ui::field::TextArea;
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Tone};
use crate::ui::table::ListTable;
use crate::ui::tag::{Tag, TagTone};
use crate::ui::value::{lang_of, marked};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

/// `/certificates`, and `?q=` for a number or a holder's name.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
    let register = load(move || asked.get(), api::register_of);
    view! {
        <Heading text=t("许可证登记簿", "Register of licences")/>
        <form method="get" action="/certificates" role="search">
            <div class="field"><label for="register-q">{tx(t("编号或者单位名称", "Number or name of the holder"))}</label><input id="register-q" name="q" value=move || asked.get() maxlength="100"/></div>
            <p class="actions"><button class="button" type="submit">{tx(t("查询", "Search"))}</button></p>
        </form>
        <Load resource=register view=|register: Register| view! { <Rows register=register/> }.into_any()/>
    }
}

#[component]
fn Rows(register: Register) -> impl IntoView {
    let lang = use_lang();
    let Register { rows, more, form } = register;
    let told = form.told.map(|told| view! { <Notice tone=Tone::Wrong><p role="alert">{marked(told.get(lang))}</p></Notice> });
    if rows.is_empty() {
        return view! { {told}<Empty title=t("没有许可证", "No licences") text=t("本机关颁发或者待核验的许可证列在这里。", "Licences this authority issued, or has to check, are listed here.")/> }.into_any();
    }
    let heads = vec![
        t("许可证编号", "Number"),
        t("单位名称", "Unit"),
        t("许可项目", "Items"),
        t("发证日期", "Issued on"),
        t("有效期至", "Valid to"),
        t("扫描件", "Scan"),
        t("状态", "State"),
        t("操作", "Action"),
    ];
    let typed = form.values;
    let lines = rows.into_iter().map(move |row| {
        let is_mine = typed.get("id").is_some_and(|id| *id == row.certificate.id);
        let reason = typed.get("reason").filter(|_| is_mine).cloned().unwrap_or_default();
        view! { <Line row=row typed=reason open=is_mine/> }
    });
    let more = more.then(|| view! { <p class="muted">{tx(t("还有更多，请查询编号或者名称。", "There are more; search by number or name."))}</p> });
    view! { {told}<ListTable caption=t("许可证", "Licences") heads=heads stack=true>{lines.collect_view()}</ListTable>{more} }.into_any()
}

#[component]
fn Line(row: Held, typed: String, open: bool) -> impl IntoView {
    let lang = use_lang();
    let Held { certificate, holder, next, face, doubles } = row;
    let waits = next.contains(&State::Rejected);
    let reason = &certificate.reason;
    let tone = match certificate.standing {
        Standing::Plain(State::Valid) => TagTone::Done,
        Standing::Plain(State::Pending) | Standing::Near | Standing::Late => TagTone::Wait,
        Standing::Plain(State::Superseded | State::Deregistered) => TagTone::Off,
        _ => TagTone::Wrong,
    };
    let (issued, valid) = (workdays::show_iso(&certificate.issued_on, lang), workdays::show_iso(&certificate.valid_to, lang));
    let (first, items) = (first_on(&certificate, lang), listed(&certificate.items, lang));
    let scan = match &certificate.scan {
        Some((file, name)) => view! { <a href=format!("/files/{file}") target="_blank" rel="noopener" lang=lang_of(name)>{name.clone()}</a> }.into_any(),
        None if waits => tx(t("还没有上传", "Not uploaded yet")).into_any(),
        None => ().into_any(),
    };
    let doubles = (!doubles.is_empty()).then(|| {
        let of = |(number, holder): (String, String)| view! { <li><span class="code">{number}</span>" "<span lang="zh-CN">{holder}</span></li> };
        view! {
            <Notice tone=Tone::Warn>
                <p>{tx(t("其他单位也有流水号相同的证书，请核对：", "Other units have a certificate with the same running number; please check:"))}</p>
                <ul>{doubles.into_iter().map(of).collect_view()}</ul>
            </Notice>
        }
    });
    let why = (!reason.is_empty()).then(|| view! { <br/><small lang=lang_of(reason)>{reason.clone()}</small> });
    let number = match &certificate.document {
        Some(id) => view! { <a href=format!("/documents/{id}")>{certificate.number.clone()}</a> }.into_any(),
        None => certificate.number.clone().into_any(),
    };
    let change = (!next.is_empty()).then(|| {
        let (state, text) = (format!("state-{}", certificate.id), format!("reason-{}", certificate.id));
        let word = if waits { t("核验", "Check") } else { t("变更状态", "Change the state") };
        let option = |state: State| view! { <option value=state.word()>{tx(state.label())}</option> };
        view! {
            <details open=open>
                <summary aria-label=format!("{} {}", tx(word), certificate.number)>{tx(word)}</summary>
                <form method="post" action=SetState::url()>
                    <input type="hidden" name="values[id]" value=certificate.id.clone()/>
                    <input type="hidden" name="values[seen]" value=face/>
                    <div class="field"><label for=state.clone()>{tx(t("新的状态", "New state"))}</label>
                        <select id=state name="values[state]"><option value="">{tx(t("请选择", "Choose"))}</option>{next.into_iter().map(option).collect_view()}</select>
                    </div>
                    <div class="field"><label for=text.clone()>{tx(t("理由和依据", "Reason and basis"))}</label><TextArea id=text name="values[reason]" rows="2" max="500" value=typed/></div>
                    <p class="actions"><button class="button small" type="submit">{tx(t("确定", "Set"))}</button></p>
                </form>
            </details>
        }
    });
    view! {
        <tr>
            <th scope="row" class="code">{number}</th>
            <td lang="zh-CN">{holder}</td>
            <td lang=lang_of(&items)>{items.clone()}</td>
            <td><span class="day">{issued}</span>{first}</td>
            <td class="day">{valid}</td>
            <td>{scan}</td>
            <td><Tag tone=tone text=certificate.standing.label()/>{why}{doubles}</td>
            <td>{change}</td>
        </tr>
    }
}
