//! `/verify/…`: where the QR code of a document leads. The server says what the register knows; the browser then checks
//! the signature by itself, so that nobody needs to trust the answer.

use crate::base::text::url_escape;
use crate::base::{Text, listed, t};
use crate::document::api;
use crate::document::model::{Claim, day};
use crate::document::sign::Doubt;
use crate::document::view::Checked;
use crate::licence::model::{Registered, Standing, State};
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Tone};
use crate::ui::value::lang_of;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/verify/{key}/{number}/{digest}/{signature}`
#[component]
pub fn VerifyPage() -> impl IntoView {
    let path = use_params_map().with(|params| {
        let part = |name: &str| params.get(name).unwrap_or_default();
        format!("/verify/{}/{}/{}/{}", part("key"), url_escape(&part("number")), part("digest"), part("signature"))
    });
    let checked = load(
        {
            let path = path.clone();
            move || path.clone()
        },
        api::check,
    );
    let view = move |checked: Checked| view! { <Verdict checked=checked path=path.clone()/> }.into_any();
    view! { <Load resource=checked view=view/> }
}

#[component]
fn Verdict(checked: Checked, path: String) -> impl IntoView {
    let by_browser = RwSignal::new(None::<Result<(), Doubt>>);
    Effect::new({
        let checked = checked.clone();
        move |_| {
            let here = location().origin().unwrap_or_default();
            by_browser.set(Some(checked.again(&format!("{here}{path}"), &here)));
        }
    });
    let tone = if checked.doubt.is_some() { Tone::Wrong } else { Tone::Done };
    let said = checked.doubt.as_ref().map_or(HOLDS, told);
    let expired = (checked.doubt.is_none() && checked.is_expired && checked.registered.is_none())
        .then(|| view! { <Notice tone=Tone::Warn><p>{tx(t("该证书已经超过有效期。", "This certificate has expired."))}</p></Notice> });
    let state = checked.registered.as_ref().map(|registered| registered.standing).map(|standing| {
        let tone = if standing == Standing::Plain(State::Valid) { Tone::Done } else { Tone::Wrong };
        view! { <Notice tone=tone><p>{tx(t("证书目前的状态：", "On the register this certificate is: "))}<strong>{tx(standing.label())}</strong></p></Notice> }
    });
    view! {
        <Heading text=t("文书核验", "Check a document")/>
        <Notice tone=tone><p>{tx(said)}</p></Notice>
        {expired}{state}
        {checked.claim.map(|claim| view! { <Facts claim=claim/> })}
        {checked.registered.map(|registered| view! { <OnRegister registered=registered/> })}
        <p class="muted" role="status">
            {move || by_browser.get().map(|done| tx(match done {
                Ok(()) => t("您的浏览器已经独立验证了签名，结果一致。", "Your browser has checked the signature by itself, with the same result."),
                Err(_) => t("您的浏览器未能验证签名，请勿采信。", "Your browser could not confirm the signature: do not rely on this document."),
            }))}
        </p>
        <p class="muted">{tx(t("请核对浏览器地址栏中的网址是否为发证机关公布的网址。", "Check that the address in your browser is the one the authority has published."))}</p>
    }
}

const HOLDS: Text =
    t("签名有效：文书由本网站签发，内容与登记一致。", "The signature holds: this document was issued here, and its facts are those registered.");

fn told(doubt: &Doubt) -> Text {
    match doubt {
        Doubt::Malformed => t("这不是本网站文书上的核验码，请重新扫描。", "This is not the code of a document of ours; please scan again."),
        Doubt::OtherSite(_) => t("核验码写的是另一个网站，不是本网站签发的。", "The code names another site; it was not issued here."),
        Doubt::UnknownKey => t("核验码的密钥不是本网站的，请勿采信。", "The code was signed with a key that is not ours: do not rely on it."),
        Doubt::Forged => t("签名无效：文书被改动过，或者是伪造的。", "The signature does not hold: the document was changed or forged."),
        Doubt::OtherFacts => t(
            "签名有效，但登记中没有与之一致的文书，请联系发证机关。",
            "The signature holds, but no document registered here agrees with it; please ask the authority.",
        ),
    }
}

/// What the register says today; the paper says what it said when it was issued.
#[component]
fn OnRegister(registered: Registered) -> impl IntoView {
    let items = listed(&registered.items, use_lang());
    view! {
        <h2>{tx(t("登记簿现在的记载", "What the register says today"))}</h2>
        <dl class="facts">
            <dt>{tx(t("状态", "State"))}</dt><dd>{tx(registered.standing.label())}</dd>
            <dt>{tx(t("许可项目", "Items"))}</dt><dd lang=lang_of(&items)>{items.clone()}</dd>
            <dt>{tx(t("有效期至", "Valid to"))}</dt><dd lang="zh-CN">{day(&registered.valid_to)}</dd>
        </dl>
    }
}

#[component]
fn Facts(claim: Claim) -> impl IntoView {
    let rows = [
        (t("文书", "Document"), claim.title),
        (t("编号", "Number"), claim.number),
        (t("单位名称", "Unit"), claim.holder),
        (t("统一社会信用代码", "Credit code"), claim.code),
        (t("内容", "About"), claim.subject),
        (t("签发机关", "Issued by"), claim.issuer),
        (t("签发日期", "Issued on"), day(&claim.date)),
        (t("有效期至", "Valid to"), day(&claim.valid_to)),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty()).map(|(label, value)| view! { <dt>{tx(label)}</dt><dd lang="zh-CN">{value}</dd> });
    view! { <dl class="facts">{rows.collect_view()}</dl> }
}
