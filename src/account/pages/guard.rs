//! The warning before an idle session ends (登录将在 2 分钟后结束). A session lives by foreground requests; a person who
//! types or points is one, so at most once a minute that extends it. Timers only look at the clock: left alone, this
//! page never asks the server anything. Tabs of one browser tell each other through its storage.

use crate::account::api::SignOut;
#[cfg(feature = "hydrate")]
use crate::account::api::extend_session;
use crate::base::t;
use crate::ui::lang::tx;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Where the session stands, as far as this page can know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "the server draws the dialog; only a browser watches"))]
enum Stage {
    Quiet,
    /// It ends within two minutes.
    Soon,
    Ended,
}

/// Watches over the session of whoever is signed in; `minutes` is how long an idle one lives.
#[component]
pub fn SessionGuard(minutes: i64) -> impl IntoView {
    let stage = RwSignal::new(Stage::Quiet);
    let failed = RwSignal::new(false);
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    let watch = Watch::start(stage, failed, dialog, minutes);
    let title = move || match stage.get() {
        Stage::Ended => tx(t("登录已结束", "Your session has ended")),
        _ => tx(t("登录将在 2 分钟后结束", "Your session ends in 2 minutes")),
    };
    let text = move || match stage.get() {
        Stage::Ended => tx(t(
            "您在本页填写的内容还在。请在新窗口登录，再回到这里继续。",
            "What you typed on this page is still here. Sign in in a new window, then come back and go on.",
        )),
        _ => tx(t("您有一段时间没有操作了。要接着用，请点“继续”。", "You have not done anything for a while. To go on, press “Continue”.")),
    };
    let trouble = move || {
        failed
            .get()
            .then(|| view! { <p class="message" role="alert">{tx(t("没有连上服务器，请再试一次。", "The server was not reached. Please try again."))}</p> })
    };
    let ended = move || stage.get() == Stage::Ended;
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="session-guard-title" aria-describedby="session-guard-text" on:cancel=move |event| watch.cancelled(&event)>
            <div class="dialog-head"><h2 id="session-guard-title">{title}</h2></div>
            <div class="dialog-body">
                <p id="session-guard-text" role="status" aria-live="assertive">{text}</p>
                {trouble}
                <div class="actions" hidden=ended>
                    <button class="button primary" type="button" on:click=move |_| watch.extend()>{tx(t("继续", "Continue"))}</button>
                    <form method="post" action=SignOut::url() class="inline"><button class="button" type="submit">{tx(t("退出", "Sign out"))}</button></form>
                </div>
                <p class="actions" hidden=move || !ended()>
                    <a class="button primary" href="/sign-in" target="_blank" rel="noopener">{tx(t("在新窗口登录", "Sign in in a new window"))}</a>
                    <button class="button" type="button" on:click=move |_| watch.close()>{tx(t("先留在本页", "Stay on this page"))}</button>
                </p>
            </div>
        </dialog>
    }
}

/// What the guard knows and does. Cheap to copy.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "the server draws the dialog; only a browser watches"))]
struct Watch {
    stage: RwSignal<Stage>,
    failed: RwSignal<bool>,
    dialog: NodeRef<leptos::html::Dialog>,
    minutes: i64,
    /// The last foreground request of this page, in unix milliseconds.
    seen: StoredValue<f64>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// An extension is under way.
    asking: StoredValue<bool>,
}

#[cfg(not(feature = "hydrate"))]
impl Watch {
    fn start(stage: RwSignal<Stage>, failed: RwSignal<bool>, dialog: NodeRef<leptos::html::Dialog>, minutes: i64) -> Watch {
        Watch { stage, failed, dialog, minutes, seen: StoredValue::new(0.0), timer: StoredValue::new(None), asking: StoredValue::new(false) }
    }
    fn extend(self) {}
    fn close(self) {}
    fn cancelled(self, _: &leptos::ev::Event) {}
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::*;
    use std::time::Duration;

    const MINUTE: f64 = 60_000.0;
    /// The warning comes this long before the end.
    const WARNING: f64 = 2.0 * MINUTE;
    /// The server notes a session's life to the minute; asking more often changes nothing.
    const STEP: f64 = MINUTE;
    /// Where tabs of one browser tell each other of their last request.
    const KEY: &str = "xuke-seen";

    fn now() -> f64 {
        js_sys::Date::now()
    }

    impl Watch {
        pub(super) fn start(stage: RwSignal<Stage>, failed: RwSignal<bool>, dialog: NodeRef<leptos::html::Dialog>, minutes: i64) -> Watch {
            let watch = Watch { stage, failed, dialog, minutes, seen: StoredValue::new(0.0), timer: StoredValue::new(None), asking: StoredValue::new(false) };
            // The page itself was a foreground request.
            Effect::new(move |_| {
                watch.note();
                watch.arm();
            });
            let keys = window_event_listener(leptos::ev::keydown, move |_| watch.touched());
            let points = window_event_listener(leptos::ev::pointerdown, move |_| watch.touched());
            on_cleanup(move || {
                keys.remove();
                points.remove();
                if let Some(Some(timer)) = watch.timer.try_get_value() {
                    timer.clear();
                }
            });
            watch
        }

        /// Notes a foreground request that was answered.
        fn note(self) {
            self.seen.try_set_value(now());
            if let Ok(Some(storage)) = window().local_storage() {
                // Without storage each tab counts for itself.
                storage.set_item(KEY, &now().to_string()).ok();
            }
        }

        /// The last foreground request of any tab.
        fn last(self) -> f64 {
            let told = window().local_storage().ok().flatten().and_then(|storage| storage.get_item(KEY).ok().flatten());
            let other = told.and_then(|text| text.parse::<f64>().ok()).filter(|at| *at <= now()).unwrap_or(0.0);
            self.seen.try_get_value().unwrap_or(0.0).max(other)
        }

        /// Looks at the clock, shows what is due, and looks again when the next thing is.
        fn arm(self) {
            let life = self.minutes as f64 * MINUTE;
            let left = self.last() + life - now();
            let (stage, wait) = if left <= 0.0 {
                (Stage::Ended, 2_000.0)
            } else if left <= WARNING {
                (Stage::Soon, left.min(2_000.0))
            } else {
                (Stage::Quiet, left - WARNING)
            };
            if self.stage.try_get_untracked().is_some_and(|before| before != stage) {
                self.show(stage);
            }
            let timer = set_timeout_with_handle(move || self.arm(), Duration::from_millis(wait.max(50.0) as u64)).ok();
            if let Some(Some(old)) = self.timer.try_update_value(|slot| std::mem::replace(slot, timer)) {
                old.clear();
            }
        }

        fn show(self, stage: Stage) {
            self.failed.set(false);
            self.stage.set(stage);
            let Some(dialog) = self.dialog.get_untracked() else { return };
            if stage == Stage::Quiet {
                dialog.close();
            } else if !dialog.open() {
                // A dialog that cannot open leaves the save mark to tell that the session has ended.
                dialog.show_modal().ok();
            }
        }

        /// A person types or points: that keeps the session, unless the warning is up, which wants an answer.
        fn touched(self) {
            if self.stage.try_get_untracked() == Some(Stage::Quiet) && now() - self.last() > STEP {
                self.extend();
            }
        }

        /// Keeps the session alive.
        pub(super) fn extend(self) {
            let warned = self.stage.get_untracked() != Stage::Quiet;
            // Several keys in the same moment ask once.
            if self.asking.try_update_value(|asking| std::mem::replace(asking, true)) != Some(false) {
                return;
            }
            leptos::task::spawn_local(async move {
                let answer = extend_session().await;
                self.asking.try_set_value(false);
                match answer {
                    Ok(_) => {
                        self.note();
                        self.arm();
                    }
                    Err(crate::error::AppError::SignIn) => {
                        self.forget();
                        self.arm();
                    }
                    Err(_) => {
                        self.failed.try_set(warned);
                    }
                }
            });
        }

        /// The server says the session is over.
        fn forget(self) {
            self.seen.try_set_value(0.0);
            if let Ok(Some(storage)) = window().local_storage() {
                storage.remove_item(KEY).ok();
            }
        }

        pub(super) fn close(self) {
            if let Some(dialog) = self.dialog.get_untracked() {
                dialog.close();
            }
        }

        /// Escape answers the warning as “continue” does, and closes the notice of the end.
        pub(super) fn cancelled(self, event: &leptos::ev::Event) {
            if self.stage.get_untracked() == Stage::Soon {
                event.prevent_default();
                self.extend();
            }
        }
    }
}
