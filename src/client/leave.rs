//! Leaving a page of a draft, or opening another of it beside: what is typed is saved first, and what goes up arrives first. Where that
//! does not come to an end, the person is told and decides.

use super::draft::Saver;
use super::live;
use crate::application::draft::SaveMark;
use crate::base::t;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent};

/// How often it is looked whether the page can be left.
const LOOK: Duration = Duration::from_millis(50);

thread_local! {
    /// The page that is open, and how many were.
    static OPEN: Cell<(u32, Option<Saver>)> = const { Cell::new((0, None)) };
    /// Where the person wanted to go who was asked.
    static WANTED: RefCell<Option<Rc<dyn Fn()>>> = const { RefCell::new(None) };
}

/// What keeps a page from being left.
#[derive(Clone, PartialEq, Eq)]
enum Hold {
    /// It is being saved; no word is needed.
    Saving,
    /// It cannot be saved now.
    Unsaved,
    /// A file on its way.
    Upload(String),
}

/// Where it goes on, when nothing stands in its way.
struct Way {
    /// In another window: this page stays, and what waits in it.
    beside: bool,
    go: Rc<dyn Fn()>,
}

/// Lets no link leave a page before all of it is saved, nor the browser's own way back.
pub(super) fn watch(saver: Saver) {
    let nth = OPEN.get().0 + 1;
    OPEN.set((nth, Some(saver)));
    // The next page may stand already when this one goes.
    on_cleanup(move || {
        if OPEN.get().0 == nth {
            OPEN.set((nth, None));
        }
    });
    if nth > 1 {
        return;
    }
    // At the document, so before the router, which listens at the window. One listener as long as the document lives.
    let listener = Closure::<dyn FnMut(MouseEvent)>::new(|event| clicked(&event));
    document().add_event_listener_with_callback("click", listener.as_ref().unchecked_ref()).ok();
    listener.forget();
    live::before_travelling(travelled);
}

/// Back and forward of the browser among the pages of this document. Told afterwards: the address is another one already, but nothing
/// is drawn anew yet, and `beforeunload` is not asked.
fn travelled(event: &Event) {
    let Some(saver) = OPEN.get().1.filter(|saver| saver.is_busy()) else { return };
    let here = format!("/applications/{}/{}", saver.draft().no.get_value(), saver.draft().page.key);
    let is_here = window().location().pathname().is_ok_and(|path| path == here);
    let Some(history) = window().history().ok().filter(|_| !is_here) else { return };
    // On top of where it led, whichever way that was: one step back leads there again.
    if history.push_state_with_url(&JsValue::NULL, "", Some(&here)).is_ok() {
        event.stop_immediate_propagation();
        saver.leave(move || {
            history.back().ok();
        });
    }
}

fn clicked(event: &MouseEvent) {
    let Some(saver) = OPEN.get().1.filter(|saver| saver.is_busy()) else { return };
    if let Some(link) = link_of(event, saver) {
        event.prevent_default();
        event.stop_propagation();
        if link.target().is_empty() {
            // The click again.
            saver.leave(move || link.click());
        } else {
            saver.open_beside(link.href());
        }
    }
}

/// The link to another page of ours that a click, or its key, follows in this window; or to one of this draft that opens beside it. What
/// else opens beside it, a file or the way to sign in again, shows nothing that is typed here.
fn link_of(event: &MouseEvent, saver: Saver) -> Option<HtmlAnchorElement> {
    let is_plain = event.button() == 0 && !event.default_prevented() && !event.ctrl_key() && !event.meta_key() && !event.shift_key() && !event.alt_key();
    let target = event.target().filter(|_| is_plain)?.dyn_into::<Element>().ok()?;
    let link = target.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    let here = window().location();
    let is_elsewhere = link.pathname() != here.pathname().ok()? || link.search() != here.search().ok()?;
    let waits = link.target().is_empty() || link.pathname().starts_with(&format!("/applications/{}/", saver.draft().no.get_value()));
    (is_elsewhere && waits && !link.has_attribute("download") && link.origin() == here.origin().ok()?).then_some(link)
}

impl Saver {
    /// Goes on once all is saved and uploaded. Whoever types meanwhile stays.
    pub fn leave(self, go: impl Fn() + 'static) {
        self.begin(Way { beside: false, go: Rc::new(go) });
    }

    /// Opens a page in another window once all is saved and uploaded.
    fn open_beside(self, href: String) {
        let go = move || {
            // So long after a click a browser may want another one.
            if !matches!(window().open_with_url_and_target(&href, "_blank"), Ok(Some(_))) {
                let (said, label) = (t("已经存好，可以打开了。", "All is saved; it can be opened now."), t("打开", "Open"));
                let href = href.clone();
                self.toasts().offer(said.get(self.lang()).to_owned(), label, move || self.open_beside(href.clone()));
            }
        };
        self.begin(Way { beside: true, go: Rc::new(go) });
    }

    fn begin(self, way: Way) {
        let attempt = self.begin_leaving();
        self.flush();
        // Not within the click that asked for it: what goes on may be another click.
        set_timeout(move || self.wait(attempt, Hold::Saving, way), Duration::ZERO);
    }

    fn wait(self, attempt: u32, told: Hold, way: Way) {
        if !self.is_leaving(attempt) {
            return;
        }
        if !self.is_busy() {
            self.toasts().clear();
            self.end_leaving(false);
            return (way.go)();
        }
        let held = self.held();
        if held != told {
            self.tell(&held, way.beside);
            WANTED.set(Some(Rc::clone(&way.go)));
        }
        set_timeout(move || self.wait(attempt, held, way), LOOK);
    }

    /// Says what it waits for, with the way to go on all the same.
    fn tell(self, held: &Hold, beside: bool) {
        let (said, label) = match held {
            Hold::Saving => return self.toasts().clear(),
            Hold::Unsaved if beside => {
                let said = t("本页还有内容没有存到审批机关，打开的页上看不到。", "Something on this page is not saved; what opens does not show it.");
                (said.get(self.lang()).to_owned(), t("仍然打开", "Open anyway"))
            }
            Hold::Unsaved => {
                let said = t("本页还有内容没有存到审批机关，离开会丢失。", "Something on this page is not saved; leaving loses it.");
                (said.get(self.lang()).to_owned(), t("仍然离开", "Leave anyway"))
            }
            Hold::Upload(name) => {
                let said = t("正在上传，完成后自动继续：", "Uploading; we go on when it is done: ").get(self.lang());
                (format!("{said}{name}"), t("不等了", "Do not wait"))
            }
        };
        self.toasts().offer(said, label, move || {
            self.end_leaving(!beside);
            if let Some(go) = WANTED.take() {
                go();
            }
        });
    }

    fn held(self) -> Hold {
        let uploading = self.draft().uploading.with_untracked(|names| names.first().cloned());
        match (self.draft().mark.get_untracked(), uploading) {
            (SaveMark::Waiting | SaveMark::SignIn | SaveMark::Refused(_), _) => Hold::Unsaved,
            (_, Some(name)) => Hold::Upload(name),
            _ => Hold::Saving,
        }
    }
}
