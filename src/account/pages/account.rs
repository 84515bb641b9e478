//! 我的账号: profiles, password, mobile number, sessions.

use super::open::{ActButton, Opened, OpenedForm, Refused, Saved, open};
use crate::account::model::{Me, MySession, Role, UnitProfile};
use crate::account::{api, forms};
use crate::base::{Text, t, workdays};
use crate::error::AppError;
use crate::form::{Page, Values};
use crate::ui::field::field_id;
use crate::ui::form::{PostForm, Submitting, take};
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Tone};
use crate::ui::value::{lang_of, shown};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

/// Who is signed in, as the application provides it.
pub fn use_me() -> Signal<Me> {
    use_context::<Signal<Me>>().unwrap_or_default()
}

/// The parts of the account, as far as the caller has them.
#[component]
pub fn AccountNav() -> impl IntoView {
    let me = use_me();
    let entries = move || {
        let me = me.get();
        let of_unit = me.is_of_unit();
        let all: [(&str, Text, bool); 7] = [
            ("/account", t("单位资料", "The unit"), of_unit),
            (if of_unit { "/account/person" } else { "/account" }, t("个人资料", "Your profile"), true),
            ("/account/members", t("成员", "Members"), me.role == Some(Role::Owner)),
            ("/account/password", t("密码", "Password"), true),
            ("/account/mobile", t("手机号", "Mobile number"), true),
            ("/account/notices", t("通知方式", "Notices"), true),
            ("/account/sessions", t("登录记录", "Sessions"), true),
        ];
        all.into_iter().filter(|(_, _, has)| *has).map(|(href, label, _)| view! { <A href=href exact=true>{tx(label)}</A> }).collect_view()
    };
    view! { <nav class="views" aria-label=tx(t("账号", "Account"))>{entries}</nav> }
}

/// `/account`: the unit's profile, or the person's own.
#[component]
pub fn AccountPage() -> impl IntoView {
    let me = use_me();
    let of_unit = Memo::new(move |_| me.get().is_of_unit());
    move || if of_unit.get() { view! { <UnitPage/> }.into_any() } else { view! { <PersonPage/> }.into_any() }
}

#[component]
fn UnitPage() -> impl IntoView {
    let query = use_query_map();
    let loaded = load(
        || (),
        |()| async move {
            let profile = api::unit_profile().await?;
            let mut opened = open(forms::profile_page(&profile.kind), profile.values.clone()).await?;
            // What is fixed never comes from what was posted.
            opened.state.values.extend(profile.values.iter().filter(|(path, _)| is_fixed(&profile.kind, path)).map(|(p, v)| (p.clone(), v.clone())));
            Ok::<_, AppError>((profile, opened))
        },
    );
    let welcome = move || {
        query.with(|q| q.get("welcome").is_some()).then(|| {
            let text = t(
                "注册成功，您已登录。请核对单位资料，并在下面上传营业执照或法人证书的扫描件，以后的申请就不用再传。",
                "You are registered and signed in. Please check the profile, and upload a scan of the licence or certificate below; applications then need it no more.",
            );
            view! { <Notice tone=Tone::Done><p role="status">{tx(text)}</p></Notice> }
        })
    };
    view! {
        <Heading text=t("单位资料", "The unit’s profile")/>
        <AccountNav/>
        {welcome}
        <Saved/>
        <Load resource=loaded view=|(profile, opened): (UnitProfile, Opened)| view! { <Unit profile=profile opened=opened/> }.into_any()/>
    }
}

fn is_fixed(kind: &str, path: &str) -> bool {
    forms::profile_page(kind).field_at(path).is_some_and(|field| field.fixed)
}

#[component]
fn Unit(profile: UnitProfile, opened: Opened) -> impl IntoView {
    let me = use_me();
    let page = forms::profile_page(&profile.kind);
    let submit = |mut values: Values| -> Submitting {
        let act = take(&mut values, "act");
        Box::pin(api::change_unit_profile(values, act))
    };
    let may_write = me.with_untracked(Me::may_write);
    let form = if may_write {
        view! { <p class="lead">{tx(page.lead)}</p><PostForm page=page action=api::ChangeUnitProfile::url() submit=submit state=opened.state button=t("保存单位资料", "Save the profile") regions=opened.regions/> }.into_any()
    } else {
        view! { <Facts page=page opened=opened/> }.into_any()
    };
    view! { {form}<Licence kind=profile.kind file=profile.licence may_write=may_write/> }
}

/// A page's answers for reading.
#[component]
fn Facts(page: &'static Page, opened: Opened) -> impl IntoView {
    let lang = use_lang();
    let value = |path: &str| opened.state.values.get(path).cloned().unwrap_or_default();
    let rows = page.fields().filter(|(path, _)| !value(path).is_empty()).map(|(path, field)| {
        let regions = opened.regions.get(&path).cloned().unwrap_or_default();
        let text = shown(field, &value(&path), &regions, lang);
        view! { <dt>{tx(field.label)}</dt><dd lang=lang_of(&text)>{text.clone()}</dd> }
    });
    view! { <dl class="facts">{rows.collect_view()}</dl> }
}

/// The scan of the licence: what lies there, and a plain form to upload one.
#[component]
fn Licence(kind: String, file: Option<String>, may_write: bool) -> impl IntoView {
    let name = if matches!(kind.as_str(), "enterprise" | "branch") {
        t("营业执照扫描件", "Scan of the business licence")
    } else {
        t("法人证书扫描件", "Scan of the legal person certificate")
    };
    let has = file.is_some();
    let lies = file.map(
        |id| view! { <p><a href=format!("/files/{id}") rel="external" target="_blank">{tx(t("查看已上传的扫描件", "Look at the uploaded scan"))}</a></p> },
    );
    let hint = t(
        "PDF、JPG 或 PNG，20 MB 以内。统一社会信用代码不能联网核验时必须上传；目前都需要上传。",
        "PDF, JPG or PNG, up to 20 MB. Required where the credit code cannot be verified online, which is always the case at present.",
    );
    let label = if has { t("更换扫描件", "Replace the scan") } else { t("上传扫描件", "Upload the scan") };
    let form = may_write.then(|| {
        view! {
            <Refused form="files"/>
            <form method="post" action="/files/form" enctype="multipart/form-data" class="form">
                <input type="hidden" name="application" value="unit"/>
                <input type="hidden" name="slot" value="unit/licence"/>
                <div class="field">
                    <label for="licence-file">{tx(name)}</label>
                    <p class="hint" id="licence-hint">{tx(hint)}</p>
                    <input id="licence-file" type="file" name="file" accept=".pdf,.jpg,.jpeg,.png" required aria-describedby="licence-hint"/>
                </div>
                <p class="actions"><button class="button" type="submit">{tx(label)}</button></p>
            </form>
        }
    });
    let missing = (!has).then(|| view! { <Notice tone=Tone::Warn><p>{tx(t("还没有上传扫描件。", "No scan was uploaded yet."))}</p></Notice> });
    view! { <section class="part" id=field_id("unit/licence") aria-labelledby="licence-title"><h2 id="licence-title">{tx(name)}</h2>{missing}{lies}{form}</section> }
}

/// `/account/person`: the caller's own profile.
#[component]
pub fn PersonPage() -> impl IntoView {
    let me = use_me();
    let page: &'static Page = if me.with_untracked(|me| me.role == Some(Role::Person)) { &forms::PROFILE_PERSON } else { &forms::PROFILE_MEMBER };
    let loaded = load(
        || (),
        move |()| async move {
            let profile = api::person_profile().await?;
            let opened = open(page, profile.values.clone()).await?;
            Ok::<_, AppError>((profile, opened))
        },
    );
    let submit = |mut values: Values| -> Submitting {
        let act = take(&mut values, "act");
        Box::pin(api::change_person_profile(values, act))
    };
    let draw = move |(profile, opened): (crate::account::model::PersonProfile, Opened)| {
        view! {
            <dl class="facts">
                <dt>{tx(t("用户名", "User name"))}</dt><dd class="code">{profile.username}</dd>
                <dt>{tx(t("手机号", "Mobile number"))}</dt><dd class="code">{profile.mobile}</dd>
                <dt>{tx(t("角色", "Role"))}</dt><dd>{tx(profile.role.label())}</dd>
            </dl>
            <PostForm page=page action=api::ChangePersonProfile::url() submit=submit state=opened.state button=t("保存个人资料", "Save the profile") regions=opened.regions/>
        }
        .into_any()
    };
    view! {
        <Heading text=t("个人资料", "Your profile")/>
        <AccountNav/>
        <Saved/>
        <Load resource=loaded view=draw/>
    }
}

/// `/account/password`
#[component]
pub fn PasswordPage() -> impl IntoView {
    let opened = load(|| (), |()| open(&forms::CHANGE_PASSWORD, Values::new()));
    let submit = |values: Values| -> Submitting { Box::pin(api::change_password(values)) };
    view! {
        <Heading text=t("修改密码", "Change password")/>
        <AccountNav/>
        <Saved/>
        <OpenedForm page=&forms::CHANGE_PASSWORD action=api::ChangePassword::url() submit=submit button=t("修改密码", "Change the password") opened=opened/>
    }
}

/// `/account/mobile`
#[component]
pub fn MobilePage() -> impl IntoView {
    let opened = load(|| (), |()| open(&forms::CHANGE_MOBILE, Values::new()));
    let submit = |mut values: Values| -> Submitting {
        let act = take(&mut values, "act");
        Box::pin(api::change_mobile(values, act))
    };
    view! {
        <Heading text=t("修改手机号", "Change mobile number")/>
        <AccountNav/>
        <Saved/>
        <OpenedForm page=&forms::CHANGE_MOBILE action=api::ChangeMobile::url() submit=submit button=t("修改手机号", "Change the number") opened=opened/>
    }
}

/// `/account/sessions`
#[component]
pub fn SessionsPage() -> impl IntoView {
    let sessions = load(|| (), |()| api::my_sessions());
    let draw = |rows: Vec<MySession>| view! { <Sessions rows=rows/> }.into_any();
    view! {
        <Heading text=t("登录记录", "Sessions")/>
        <AccountNav/>
        <Saved/>
        <Refused form="sessions"/>
        <p class="lead">{tx(t("您的账号现在登录在这些设备上。不认得的，请结束它并修改密码。", "Your account is signed in on these devices. End any you do not know, and change your password."))}</p>
        <Load resource=sessions view=draw/>
    }
}

#[component]
fn Sessions(rows: Vec<MySession>) -> impl IntoView {
    let others = rows.iter().any(|row| !row.is_this);
    let heads = [t("设备", "Device"), t("地址", "Address"), t("登录时间", "Signed in"), t("最近使用", "Last used"), t("操作", "Action")];
    let row = |row: MySession| {
        let device = device(&row.agent);
        let end = if row.is_this {
            view! { <strong>{tx(t("本次登录", "This one"))}</strong> }.into_any()
        } else {
            view! { <ActButton action=api::EndSession::url() id=row.id label=t("结束", "End")/> }.into_any()
        };
        view! {
            <tr>
                <td class="title" lang=lang_of(&device)>{device.clone()}</td>
                <td class="code" data-label=tx(heads[1])>{row.address}</td>
                <td data-label=tx(heads[2])>{workdays::date_time(row.created_at)}</td>
                <td data-label=tx(heads[3])>{workdays::date_time(row.seen_at)}</td>
                <td class="row-actions">{end}</td>
            </tr>
        }
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=tx(t("登录记录", "Sessions"))>
            <table class="list stack">
                <thead><tr>{heads.map(|head| view! { <th scope="col">{tx(head)}</th> }).collect_view()}</tr></thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        {others.then(|| view! { <form method="post" action=api::EndOtherSessions::url()><p class="actions"><button class="button" type="submit">{tx(t("结束其他设备上的登录", "End all other sessions"))}</button></p></form> })}
    }
}

/// A browser and a system, as far as they say who they are.
fn device(agent: &str) -> String {
    let known = |words: &[(&str, &'static str)]| words.iter().find(|(word, _)| agent.contains(word)).map(|(_, name)| *name);
    let browser = known(&[("Edg/", "Edge"), ("MicroMessenger", "微信"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = known(&[("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")]);
    match (browser, system) {
        (None, None) => agent.chars().take(40).collect(),
        (browser, system) => [browser, system].into_iter().flatten().collect::<Vec<_>>().join(" · "),
    }
}
