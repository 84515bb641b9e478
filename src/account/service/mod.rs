//! What people do with accounts, a file per matter. Each use case authorises, loads, decides, stores and tells, in one
//! change; passwords are hashed outside of it. A wrong try is an answer and not an error, so that it is counted.

pub mod challenge;
pub mod codes;
pub mod members;
pub mod profile;
pub mod register;
pub mod reset;
pub mod secure;
pub mod sessions;
mod shown;
pub mod sign_in;
pub mod staff;

pub use profile::attach_licence;
pub use shown::shown_code;

use super::model::Role;
use super::store::Account;
use crate::base::{Say, say};
use crate::server::app::App;
use crate::server::ids;

/// The limit of everything counted from now.
const MINUTE: i64 = 60_000;

/// A new account that is nobody's yet: no unit, no authority, no document.
pub fn new_account(app: &App, role: Role, username: &str, password_hash: String) -> Account {
    let now = app.clock.now();
    Account {
        id: ids::new(now),
        username: username.to_owned(),
        password_hash,
        role,
        secret: app.keys.seal(&ids::token()),
        created_at: now,
        ..Account::default()
    }
}

fn name_taken() -> Say {
    say("这个用户名已被使用，请换一个", "This user name is taken; please choose another")
}

fn mobile_taken() -> Say {
    say("这个手机号已注册过账号，请直接登录，或换一个手机号", "This mobile number belongs to an account already; please sign in, or use another number")
}

fn person_taken() -> Say {
    say(
        "这个证件号码已注册过账号。一个人只注册一次，请用原来的账号登录，或者重置密码",
        "This document belongs to an account already. A person registers once; please sign in to that account, or reset its password",
    )
}

fn code_taken() -> Say {
    say(
        "这个代码已注册。一个单位只注册一次，请联系本单位的主账号邀请您",
        "This code is registered already. A unit registers once; please ask the owner of its account to invite you",
    )
}
