//! What a body can still do about a session: change it, call it off.

use crate::base::t;
use crate::exam::api::{self, CallOff, ChangeSession};
use crate::exam::model::{CALL_OFF, CHANGE, SessionFile};
use crate::form::{Page, Values};
use crate::ui::form::{FormState, PostForm, Submitting, take};
use crate::ui::lang::tx;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What the forms about a session carry: the session, and the revision seen.
fn carried(values: &mut Values) -> (String, i64) {
    (take(values, "session"), take(values, "seen").parse().unwrap_or_default())
}

fn change(mut values: Values) -> Submitting {
    let (session, seen) = carried(&mut values);
    Box::pin(api::change_session(values, session, seen))
}

fn call_off(mut values: Values) -> Submitting {
    let (session, seen) = carried(&mut values);
    Box::pin(api::call_off(values, session, seen))
}

/// 变更场次 before the day, 取消场次 until marks are published.
#[component]
pub(super) fn Arrange(file: SessionFile) -> impl IntoView {
    let SessionFile { session, has_come, may_edit, is_marked, change: changed, call_off: called, .. } = file;
    if !may_edit || is_marked || session.called_off.is_some() {
        return ().into_any();
    }
    let carry = move || {
        view! {
            <input type="hidden" name="session" value=session.id.clone()/>
            <input type="hidden" name="seen" value=session.revision.to_string()/>
        }
    };
    let change_form = (!has_come).then(|| {
        let carry = carry.clone();
        view! {
            <Asking page=&CHANGE state=changed.clone()>
                <PostForm page=&CHANGE action=ChangeSession::url() submit=change state=changed button=t("变更场次", "Change the session")>{carry()}</PostForm>
            </Asking>
        }
    });
    view! {
        <section class="part">
            <h2>{tx(t("变更和取消", "Change or call off"))}</h2>
            {change_form}
            <Asking page=&CALL_OFF state=called.clone()>
                <PostForm page=&CALL_OFF action=CallOff::url() submit=call_off state=called button=t("取消场次", "Call the session off")>{carry()}</PostForm>
            </Asking>
        </section>
    }
    .into_any()
}

/// A form that is opened to be filled in; one that was refused stands open.
#[component]
fn Asking(page: &'static Page, state: FormState, children: Children) -> impl IntoView {
    let is_open = state.told.is_some() || !state.issues.is_empty();
    view! { <details class="asking" open=is_open><summary>{tx(page.title)}</summary><p>{tx(page.lead)}</p>{children()}</details> }
}
