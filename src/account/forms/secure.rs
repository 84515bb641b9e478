//! Signing in, resetting, changing password and mobile (登录、忘记密码; spec 2.5).

use super::{MOBILE, NEW_PASSWORD, PASSWORD_AGAIN, SMS_CODE, group, password_rules};
use crate::base::{Text, t};
use crate::form::field::no_rules;
use crate::form::{Field, Kind, Page};

const CURRENT_PASSWORD: Field = Field::new("current", t("当前密码", "Current password"), Kind::Password).max(100).auto("current-password");

/// 账号密码登录
pub const SIGN_IN: Page = Page {
    key: "sign_in",
    title: t("账号密码登录", "Sign in with password"),
    lead: Text::NONE,
    parts: &[group(
        Text::NONE,
        &[
            Field::new("name", t("用户名/手机号", "User name or mobile number"), Kind::Text).max(40).auto("username"),
            Field::new("password", t("密码", "Password"), Kind::Password).max(100).auto("current-password"),
        ],
    )],
    rules: no_rules,
};

/// 短信登录
pub const SIGN_IN_SMS: Page = Page {
    key: "sign_in_sms",
    title: t("短信登录", "Sign in with a code"),
    lead: Text::NONE,
    parts: &[group(Text::NONE, &[Field { hint: Text::NONE, ..MOBILE }, SMS_CODE])],
    rules: no_rules,
};

/// 忘记密码
pub const RESET: Page = Page {
    key: "reset",
    title: t("重设密码", "Reset your password"),
    lead: t(
        "先获取短信验证码，再设新密码。设好后，所有设备上的登录都会结束。",
        "Request a code first, then set a new password. All sessions on all devices will end.",
    ),
    parts: &[group(
        Text::NONE,
        &[Field { hint: t("注册时使用的手机号。", "The mobile number you registered with."), ..MOBILE }, SMS_CODE, NEW_PASSWORD, PASSWORD_AGAIN],
    )],
    rules: password_rules,
};

/// 修改密码
pub const CHANGE_PASSWORD: Page = Page {
    key: "change_password",
    title: t("修改密码", "Change password"),
    lead: t("修改后，其他设备上的登录会结束。", "Your sessions on other devices will end."),
    parts: &[group(Text::NONE, &[CURRENT_PASSWORD, Field { label: t("新密码", "New password"), ..NEW_PASSWORD }, PASSWORD_AGAIN])],
    rules: password_rules,
};

/// 修改手机号
pub const CHANGE_MOBILE: Page = Page {
    key: "change_mobile",
    title: t("修改手机号", "Change mobile number"),
    lead: t("验证码发到新手机号。", "The code is sent to the new number."),
    parts: &[group(Text::NONE, &[CURRENT_PASSWORD, Field { label: t("新手机号", "New mobile number"), ..MOBILE }, SMS_CODE])],
    rules: no_rules,
};
