//! The screens of examinations: what the public reads and candidates sign up on, and what a body works with. All forms post without
//! script.

mod arrange;
mod board;
mod passed;
mod session;
mod sessions;

pub use board::BoardPage;
pub use passed::PassedPage;
pub use session::SessionPage;
pub use sessions::SessionsPage;

use super::model::{Note, Plan, Session};
use crate::base::{Text, t};
use crate::ui::form::FormState;
use crate::ui::lang::{tx, use_lang};
use crate::ui::notice::{Notice, Tone};
use crate::ui::value::{lang_of, marked};
use leptos::prelude::*;

/// What was said of the form that was just posted.
#[component]
fn Told(state: FormState) -> impl IntoView {
    let lang = use_lang();
    let list = (!state.issues.is_empty() && state.told.is_some())
        .then(|| view! { <ul>{state.issues.iter().map(|issue| view! { <li>{marked(issue.message.get(lang))}</li> }).collect_view()}</ul> });
    let told = state.told.map(|say| view! { <Notice tone=Tone::Wrong><p>{marked(say.get(lang))}</p>{list}</Notice> });
    let noted = state.noted.map(|say| view! { <Notice tone=Tone::Done><p role="status">{marked(say.get(lang))}</p></Notice> });
    view! { {told}{noted} }
}

/// Plans of years, each in its body's words.
#[component]
fn Plans(rows: Vec<Plan>) -> impl IntoView {
    let plan = |plan: Plan| {
        let lines = plan.text.lines().map(|line| view! { <p lang=lang_of(line)>{line.to_owned()}</p> }).collect_view();
        view! { <article class="part"><h3><span lang="zh-CN">{plan.body}</span>" "{plan.year}</h3>{lines}</article> }
    };
    if rows.is_empty() {
        return view! { <p class="muted">{tx(t("还没有公布考试计划。", "No plan has been published yet."))}</p> }.into_any();
    }
    rows.into_iter().map(plan).collect_view().into_any()
}

/// 考试时间, under the day.
#[component]
fn Hours(session: Session) -> impl IntoView {
    (!session.times.is_empty()).then(|| view! { <span class="muted" lang="zh-CN">" "{session.times}</span> })
}

/// What the forms about a case carry: the case, the session, the revision seen, the click's name.
#[component]
fn Seen(no: String, session: String, seen: i64, click: String) -> impl IntoView {
    view! {
        <input type="hidden" name="no" value=no/>
        <input type="hidden" name="session" value=session/>
        <input type="hidden" name="seen" value=seen.to_string()/>
        <input type="hidden" name="click" value=click/>
    }
}

/// A line of text to be written; what was refused stands in it still.
#[component]
fn Line(id: String, name: &'static str, label: Text, kept: Option<String>) -> impl IntoView {
    view! {
        <div class="field"><label for=id.clone()>{tx(label)}</label>
            <div class="frame"><input id=id name=name value=kept.unwrap_or_default() type="text" required=true maxlength="500" autocomplete="off"/></div>
        </div>
    }
}

/// 取消报名, with its reason.
#[component]
fn GiveUp(no: String, session: String, seen: i64, click: String, state: FormState) -> impl IntoView {
    use super::api::Cancel;
    use leptos::server_fn::ServerFn;
    let id = format!("give-up-{no}");
    let kept = Note::Reason.of(&no, &state);
    let is_open = kept.is_some();
    view! {
        <details class="asking" open=is_open>
            <summary>{tx(t("取消报名", "Give up the seat"))}<span class="visually-hidden">" "{no.clone()}</span></summary>
            <form method="post" action=Cancel::url() class="form">
                <Seen no=no session=session seen=seen click=click/>
                <Line id=id name="reason" label=t("理由", "Reason") kept=kept/>
                <p class="actions"><button class="button" type="submit">{tx(t("取消报名", "Give up the seat"))}</button></p>
            </form>
        </details>
    }
}
