//! What the browser may ask of accounts. Each function says its endpoint, so that an open tab finds it after a release.
//! Forms post `values[path]` and, on a button that does something else than send, `act`.

use super::model::{Me, Members, MySession, PersonProfile, Staff, StaffFile, UnitProfile, Welcome};
#[cfg(feature = "ssr")]
use super::{filled::answer, forms, model::Caller, service};
use crate::error::AppError;
use crate::form::{Options, Values};
use crate::ui::form::{FormReply, FormState};
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

#[cfg(feature = "ssr")]
use crate::server::{app::Visit, plain, session};

/// Who is signed in, for the header and for what a page offers. Asked on the server only, while it renders.
pub fn who_am_i() -> Me {
    #[cfg(feature = "ssr")]
    if let Some(Visit { app, caller, unread, .. }) = use_context() {
        let nobody = Me { demo: app.config.demo, session_minutes: app.config.session_minutes, ..Me::default() };
        return match caller {
            None => nobody,
            Some(Caller { person_name: name, unit_name, unit_kind, role, duties, submits, .. }) => {
                Me { name, unit_name, unit_kind, role: Some(role), duties, submits, unread, ..nobody }
            }
        };
    }
    Me::default()
}

/// What a form held that was just posted without script.
#[server(name = ReadFormState, endpoint = "form-state", prefix = "/api", input = PostUrl)]
pub async fn form_state(form: String) -> Result<FormState, AppError> {
    plain::recall(&Visit::current()?, &form).await
}

/// What the three selects of a region offer when a code is chosen.
#[server(name = ReadRegionLevels, endpoint = "region-levels", prefix = "/api", input = PostUrl)]
pub async fn region_levels(#[server(default)] code: String) -> Result<Options, AppError> {
    Ok(crate::base::region::levels(&code))
}

/// The regions below a code (all provinces for an empty one), for cascades.
#[server(endpoint = "regions", prefix = "/api", input = PostUrl)]
pub async fn regions(#[server(default)] below: String) -> Result<Vec<(String, String)>, AppError> {
    Ok(crate::base::region::children(&below).iter().map(|r| (r.code.to_string(), r.name.to_string())).collect())
}

/// 企业注册
#[server(endpoint = "register-enterprise", prefix = "/api", input = PostUrl)]
pub async fn register_enterprise(#[server(default)] values: Values, #[server(default)] act: String) -> Result<FormReply, AppError> {
    use service::register::{Registrant, register};
    answer(&forms::REGISTER_ENTERPRISE, values, |visit, filled| register(visit, filled, act, Registrant::Enterprise)).await
}

/// 机构注册
#[server(endpoint = "register-institution", prefix = "/api", input = PostUrl)]
pub async fn register_institution(#[server(default)] values: Values, #[server(default)] act: String) -> Result<FormReply, AppError> {
    use service::register::{Registrant, register};
    answer(&forms::INSTITUTION, values, |visit, filled| register(visit, filled, act, Registrant::Institution)).await
}

/// 个人注册
#[server(endpoint = "register-individual", prefix = "/api", input = PostUrl)]
pub async fn register_individual(#[server(default)] values: Values, #[server(default)] act: String) -> Result<FormReply, AppError> {
    use service::register::{Registrant, register};
    answer(&forms::INDIVIDUAL, values, |visit, filled| register(visit, filled, act, Registrant::Individual)).await
}

/// 账号密码登录
#[server(endpoint = "sign-in", prefix = "/api", input = PostUrl)]
pub async fn sign_in(#[server(default)] values: Values, #[server(default)] next: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let filled = super::filled::Filled::of(&forms::SIGN_IN, &values);
    let mut kept = filled.kept();
    let outcome = service::sign_in::with_password(&visit, &filled, &values, &next).await.map(|(answer, asked)| {
        kept.extend(asked);
        answer
    });
    plain::reply(&visit, forms::SIGN_IN.key, kept, outcome).await
}

/// 短信登录
#[server(endpoint = "sign-in-by-code", prefix = "/api", input = PostUrl)]
pub async fn sign_in_by_code(
    #[server(default)] values: Values,
    #[server(default)] act: String,
    #[server(default)] next: String,
) -> Result<FormReply, AppError> {
    answer(&forms::SIGN_IN_SMS, values, |visit, filled| service::sign_in::with_code(visit, filled, act, next)).await
}

/// 忘记密码
#[server(endpoint = "reset-password", prefix = "/api", input = PostUrl)]
pub async fn reset_password(#[server(default)] values: Values, #[server(default)] act: String) -> Result<FormReply, AppError> {
    answer(&forms::RESET, values, |visit, filled| service::reset::reset(visit, filled, act)).await
}

/// 退出
#[server(endpoint = "sign-out", prefix = "/api", input = PostUrl)]
pub async fn sign_out() -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let ended = session::end(&visit).await.map(|()| plain::Answer::Go("/".to_owned()));
    plain::reply(&visit, "sign_out", Values::new(), ended).await
}

/// Keeps the session alive, asked for by hand; gives the minutes until it ends.
#[server(endpoint = "extend-session", prefix = "/api", input = PostUrl)]
pub async fn extend_session() -> Result<i64, AppError> {
    // The request itself is what extends the session.
    Ok(Visit::current()?.app.config.session_minutes)
}

/// 我的登录
#[server(endpoint = "my-sessions", prefix = "/api", input = PostUrl)]
pub async fn my_sessions() -> Result<Vec<MySession>, AppError> {
    service::sessions::mine(&Visit::current()?).await
}

/// Ends one of my sessions.
#[server(endpoint = "end-session", prefix = "/api", input = PostUrl)]
pub async fn end_session(id: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    plain::reply(&visit, "sessions", Values::new(), service::sessions::end_one(&visit, id).await).await
}

/// Ends my sessions elsewhere.
#[server(endpoint = "end-other-sessions", prefix = "/api", input = PostUrl)]
pub async fn end_other_sessions() -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    plain::reply(&visit, "sessions", Values::new(), service::sessions::end_others(&visit).await).await
}

/// 单位资料
#[server(name = ReadUnitProfile, endpoint = "unit-profile", prefix = "/api", input = PostUrl)]
pub async fn unit_profile() -> Result<UnitProfile, AppError> {
    service::profile::unit(&Visit::current()?).await
}

/// Changes 单位资料.
#[server(endpoint = "change-unit-profile", prefix = "/api", input = PostUrl)]
pub async fn change_unit_profile(#[server(default)] values: Values, #[server(default)] act: String) -> Result<FormReply, AppError> {
    let kind = Visit::current()?.caller()?.unit_kind.clone();
    answer(forms::profile_page(&kind), values, |visit, filled| service::profile::change_unit(visit, filled, act)).await
}

/// 个人资料
#[server(name = ReadPersonProfile, endpoint = "person-profile", prefix = "/api", input = PostUrl)]
pub async fn person_profile() -> Result<PersonProfile, AppError> {
    service::profile::person(&Visit::current()?).await
}

/// Changes 个人资料.
#[server(endpoint = "change-person-profile", prefix = "/api", input = PostUrl)]
pub async fn change_person_profile(#[server(default)] values: Values, #[server(default)] act: String) -> Result<FormReply, AppError> {
    let page = service::profile::person_page(Visit::current()?.caller()?.role);
    answer(page, values, |visit, filled| service::profile::change_person(visit, filled, act)).await
}

/// 通知方式
#[server(name = ReadNoticeChoices, endpoint = "notice-choices", prefix = "/api", input = PostUrl)]
pub async fn notice_choices() -> Result<crate::notice::model::Choices, AppError> {
    service::profile::notices(&Visit::current()?).await
}

/// 修改密码
#[server(endpoint = "change-password", prefix = "/api", input = PostUrl)]
pub async fn change_password(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    answer(&forms::CHANGE_PASSWORD, values, service::secure::change_password).await
}

/// 修改手机号
#[server(endpoint = "change-mobile", prefix = "/api", input = PostUrl)]
pub async fn change_mobile(#[server(default)] values: Values, #[server(default)] act: String) -> Result<FormReply, AppError> {
    answer(&forms::CHANGE_MOBILE, values, |visit, filled| service::secure::change_mobile(visit, filled, act)).await
}

/// 成员
#[server(name = ReadMembers, endpoint = "members", prefix = "/api", input = PostUrl)]
pub async fn members() -> Result<Members, AppError> {
    service::members::list(&Visit::current()?).await
}

/// 邀请成员
#[server(endpoint = "invite", prefix = "/api", input = PostUrl)]
pub async fn invite(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    answer(&forms::INVITE, values, service::members::invite).await
}

/// Takes back an invitation.
#[server(endpoint = "uninvite", prefix = "/api", input = PostUrl)]
pub async fn uninvite(id: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    plain::reply(&visit, "members", Values::new(), service::members::uninvite(&visit, id).await).await
}

/// Changes a member's role.
#[server(endpoint = "change-role", prefix = "/api", input = PostUrl)]
pub async fn change_role(#[server(default)] values: Values, id: String) -> Result<FormReply, AppError> {
    answer(&forms::MEMBER, values, |visit, filled| service::members::change_role(visit, filled, id)).await
}

/// Closes a member's account.
#[server(endpoint = "close-member", prefix = "/api", input = PostUrl)]
pub async fn close_member(id: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    plain::reply(&visit, "members", Values::new(), service::members::close(&visit, id).await).await
}

/// The invitation of a link.
#[server(endpoint = "invitation", prefix = "/api", input = PostUrl)]
pub async fn invitation(token: String) -> Result<Welcome, AppError> {
    service::members::welcome(&Visit::current()?, &token).await
}

/// 接受邀请
#[server(endpoint = "accept-invitation", prefix = "/api", input = PostUrl)]
pub async fn accept_invitation(#[server(default)] values: Values, token: String) -> Result<FormReply, AppError> {
    answer(&forms::ACCEPT, values, |visit, filled| service::members::accept(visit, filled, token)).await
}

/// What the administrator manages.
#[server(name = ReadStaff, endpoint = "staff", prefix = "/api", input = PostUrl)]
pub async fn staff() -> Result<Staff, AppError> {
    service::staff::list(&Visit::current()?).await
}

/// Adds a member of an authority's staff.
#[server(endpoint = "add-staff", prefix = "/api", input = PostUrl)]
pub async fn add_staff(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    answer(&forms::STAFF, values, service::staff::add_staff).await
}

/// A member of an authority's staff, to be changed.
#[server(name = ReadStaffMember, endpoint = "staff-member", prefix = "/api", input = PostUrl)]
pub async fn staff_member(id: String) -> Result<StaffFile, AppError> {
    service::staff::member(&Visit::current()?, &id).await
}

/// 修改工作人员
#[server(endpoint = "change-staff", prefix = "/api", input = PostUrl)]
pub async fn change_staff(#[server(default)] values: Values, id: String) -> Result<FormReply, AppError> {
    answer(&forms::STAFF_CHANGE, values, |visit, filled| service::staff::change_staff(visit, filled, id)).await
}

/// Adds a review agency or an examination body.
#[server(endpoint = "add-agency", prefix = "/api", input = PostUrl)]
pub async fn add_agency(#[server(default)] values: Values, #[server(default)] act: String) -> Result<FormReply, AppError> {
    answer(&forms::AGENCY, values, |visit, filled| service::staff::add_agency(visit, filled, act)).await
}

/// Closes the account of a member of staff.
#[server(endpoint = "close-staff", prefix = "/api", input = PostUrl)]
pub async fn close_staff(id: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    plain::reply(&visit, "staff", Values::new(), service::staff::close_staff(&visit, id).await).await
}

/// Closes a review agency or an examination body.
#[server(endpoint = "close-agency", prefix = "/api", input = PostUrl)]
pub async fn close_agency(id: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    plain::reply(&visit, "staff", Values::new(), service::staff::close_agency(&visit, id).await).await
}
