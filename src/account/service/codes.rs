//! 短信验证码 (spec 7.4): six digits, 5 minutes, again after 60 seconds, 5 tries, 10 a day. Kept as a keyed digest and
//! compared in constant time. A number nobody has is treated like any other, so that asking tells nothing.

use super::MINUTE;
use crate::account::store;
use crate::base::{Say, say};
use crate::error::Result;
use crate::server::app::{App, Visit};
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;
use subtle::ConstantTimeEq;

const LIFE: i64 = 5 * MINUTE;
const RESEND: i64 = MINUTE;
const TRIES: i64 = 5;
const A_DAY: i64 = 10;

/// What a code is for; one for another purpose does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Register,
    SignIn,
    Reset,
    ChangeMobile,
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Purpose::Register => "register",
            Purpose::SignIn => "sign-in",
            Purpose::Reset => "reset",
            Purpose::ChangeMobile => "mobile",
        }
    }

    fn say(self, code: &str) -> Say {
        let (zh, en) = match self {
            Purpose::Register => ("注册", "registering"),
            Purpose::SignIn => ("登录", "signing in"),
            Purpose::Reset => ("重设密码", "resetting your password"),
            Purpose::ChangeMobile => ("修改手机号", "changing your mobile number"),
        };
        say(
            format!("您正在{zh}，验证码 {code}，5 分钟内有效。请不要告诉任何人；不是您本人操作的，请忽略。"),
            format!("Your code for {en} is {code}, valid for 5 minutes. Tell nobody. If this was not you, ignore this message."),
        )
    }
}

/// What became of a request for a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    Sent,
    /// Seconds until the next one.
    Wait(i64),
    /// No more today.
    Enough,
}

impl Sent {
    /// What the person is told; the same whether the number has an account or not.
    pub fn answer(self) -> Answer {
        match self {
            Sent::Sent => Answer::Noted(say(
                "验证码已发送，5 分钟内有效。没有收到的，60 秒后可以重新获取。",
                "The code is on its way and valid for 5 minutes. If it does not arrive, request another after 60 seconds.",
            )),
            Sent::Wait(seconds) => Answer::Told(say(
                format!("验证码刚刚发送过，请在 {seconds} 秒后重新获取。"),
                format!("A code was just sent. Please request another in {seconds} seconds."),
            )),
            Sent::Enough => {
                Answer::Told(say("这个手机号今天获取验证码已满 10 次，请明天再试。", "This number has received 10 codes today. Please try again tomorrow."))
            }
        }
    }
}

/// Sends a code. `is_known` says whether the number has what the purpose needs; if not, the message says so to whoever
/// holds the telephone, and the code fits nothing.
pub async fn send(visit: &Visit, tx: &mut Tx, purpose: Purpose, mobile: &str, is_known: bool) -> Result<Sent> {
    let now = visit.now();
    let day = visit.app.clock.today().to_string();
    if store::codes_sent(tx, mobile, &day).await? >= A_DAY {
        return Ok(Sent::Enough);
    }
    let code = ids::six_digits();
    let kept = digest(&visit.app, purpose, mobile, if is_known { &code } else { "" });
    if !store::put_code(tx, mobile, purpose.word(), &kept, now, now - RESEND, &day).await? {
        let sent_at = store::code_sent_at(tx, mobile, purpose.word()).await?;
        return Ok(Sent::Wait(((sent_at + RESEND - now + 999) / 1000).clamp(1, 60)));
    }
    let unknown = say(
        "有人用这个手机号获取验证码，但它还没有注册账号。不是您本人操作的，请忽略。",
        "Somebody asked for a code with this number, but it has no account yet. If this was not you, ignore this message.",
    );
    let message = if is_known { purpose.say(&code) } else { unknown };
    crate::notice::service::sms(tx, &visit.app, mobile, message.get(visit.lang)).await?;
    Ok(Sent::Sent)
}

/// Sends a code in a change of its own. At sign-in and reset only accounts have use for one; elsewhere any number has.
pub async fn send_now(visit: &Visit, purpose: Purpose, mobile: String) -> Result<Answer> {
    let seat = visit.clone();
    let sent = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let has_account = store::find_by_mobile(tx, &mobile).await?.is_some();
            let is_known = has_account || matches!(purpose, Purpose::Register | Purpose::ChangeMobile);
            send(&seat, tx, purpose, &mobile, is_known).await
        })
    });
    Ok(sent.await?.answer())
}

/// Compares what was typed with the code that was sent; a wrong one uses up a try. A right one stays good until [`spend`].
/// Gives back what is wrong.
pub async fn check(visit: &Visit, tx: &mut Tx, purpose: Purpose, mobile: &str, typed: &str) -> Result<Option<Say>> {
    // The try is taken before the comparison: guesses sent at the same time do not share one.
    let Some((kept, tries)) = store::take_try(tx, mobile, purpose.word(), TRIES, visit.now() - LIFE).await? else {
        return Ok(Some(say("短信验证码已失效，请点“获取验证码”重新获取", "This code is no longer valid; please request a new one")));
    };
    if bool::from(kept.as_bytes().ct_eq(digest(&visit.app, purpose, mobile, typed).as_bytes())) {
        store::return_try(tx, mobile, purpose.word()).await?;
        return Ok(None);
    }
    Ok(Some(match TRIES - tries {
        0 => say("短信验证码不正确，已错 5 次，请重新获取", "The code is wrong for the fifth time; please request a new one"),
        left => say(format!("短信验证码不正确，还可以再试 {left} 次"), format!("The code is wrong; you can try {left} more time(s)")),
    }))
}

/// Uses a code up.
pub async fn spend(tx: &mut Tx, purpose: Purpose, mobile: &str) -> Result<()> {
    store::drop_code(tx, mobile, purpose.word()).await
}

fn digest(app: &App, purpose: Purpose, mobile: &str, code: &str) -> String {
    let salt = if code.is_empty() { ids::token() } else { String::new() };
    app.keys.digest("sms", &format!("{}/{mobile}/{code}{salt}", purpose.word()))
}
