//! The browser's half of a draft: ops in order, one request at a time, tried again until the server answers; others'
//! changes taken in where nobody is typing.

use super::{leave, show::show};
use crate::application::api;
use crate::application::draft::{Draft, SaveMark};
use crate::application::model::{Batch, Conflict, Saved};
use crate::base::Lang;
use crate::error::AppError;
use crate::form::doc::{is_row, row_of};
use crate::form::{Base, Op, Outcome, RowAct};
use crate::ui::lang::use_lang;
use crate::ui::toast::Toasts;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Silence after a keystroke before it is sent.
const PAUSE: Duration = Duration::from_millis(600);
/// How often others' changes are asked for while the page is seen.
const LOOK: Duration = Duration::from_millis(1000);
/// The longest wait between two tries.
const LONGEST_WAIT: u64 = 20_000;

/// What is typed and not yet acknowledged.
#[derive(Default)]
struct Queue {
    /// Paths changed since the last op was made of them.
    dirty: BTreeMap<String, Option<String>>,
    /// Ops made and not yet answered, oldest first; the same ids are sent again until they are.
    ops: Vec<Op>,
    sending: bool,
    /// The server refused what it was sent: not a word of it was done, so what waits may be put differently.
    refused: bool,
    /// Which attempt to leave the page waits for all this; 0 if none does.
    leaving: u32,
    /// How many there were.
    attempts: u32,
    /// The person leaves without the rest.
    given_up: bool,
    /// When the server stored the last of it, by its own clock.
    saved_at: i64,
    wait: u64,
    timer: Option<TimeoutHandle>,
}

/// Saves one draft's page. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Saver {
    draft: Draft,
    queue: StoredValue<Queue>,
    toasts: Toasts,
    lang: Lang,
}

/// A new id for an op or a row: letters and digits, unique for all practical purposes.
pub fn new_id() -> String {
    let part = || format!("{:08x}", (js_sys::Math::random() * f64::from(u32::MAX)) as u32);
    format!("{}{}{}", part(), part(), part())
}

impl Saver {
    /// Starts saving a page, and looking for others' changes. What a post could not save is saved first, on the revision it was typed on.
    pub fn start(draft: Draft, toasts: Toasts, unsaved: &[String]) -> Saver {
        let saved_at = if let SaveMark::Saved(at) = draft.mark.get_untracked() { at } else { 0 };
        let saver = Saver { draft, queue: StoredValue::new(Queue { saved_at, ..Queue::default() }), toasts, lang: use_lang() };
        if let Ok(look) = set_interval_with_handle(move || saver.look(), LOOK) {
            on_cleanup(move || look.clear());
        }
        let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
            if saver.is_busy() {
                saver.flush();
                event.prevent_default();
            }
        });
        on_cleanup(move || leaving.remove());
        on_cleanup(move || toasts.clear());
        leave::watch(saver);
        for path in unsaved {
            let value = draft.doc.try_update_untracked(|doc| {
                let cell = doc.cells.get(path).cloned()?;
                doc.set(path, None, cell.revision.min(doc.revision), "");
                cell.value
            });
            saver.typed(path.clone(), value.flatten());
        }
        saver
    }

    /// What it saves.
    pub fn draft(self) -> Draft {
        self.draft
    }

    /// Where a word in passing is said.
    pub fn toasts(self) -> Toasts {
        self.toasts
    }

    /// The reader's language; what happens later knows no context.
    pub fn lang(self) -> Lang {
        self.lang
    }

    /// Whether the page should not be left: something is not yet acknowledged, or a file on its way.
    pub fn is_busy(self) -> bool {
        let is_given_up = self.queue.try_with_value(|q| q.given_up).unwrap_or(true);
        let uploads = self.draft.uploading.try_with_untracked(|names| !names.is_empty()).unwrap_or(false);
        !is_given_up && (self.waits() || uploads)
    }

    /// Whether the page was left meanwhile; nothing of it is there any more.
    fn is_gone(self) -> bool {
        self.queue.try_with_value(|_| ()).is_none()
    }

    /// Whether something typed is not yet acknowledged.
    fn waits(self) -> bool {
        self.queue.try_with_value(|q| !q.dirty.is_empty() || !q.ops.is_empty()).unwrap_or(false)
    }

    /// Begins an attempt to leave; an earlier one ends.
    pub(super) fn begin_leaving(self) -> u32 {
        let next = |q: &mut Queue| {
            q.attempts += 1;
            q.leaving = q.attempts;
            q.leaving
        };
        self.queue.try_update_value(next).unwrap_or_default()
    }

    /// Whether this attempt still waits.
    pub(super) fn is_leaving(self, attempt: u32) -> bool {
        self.queue.try_with_value(|q| q.leaving) == Some(attempt)
    }

    /// Waits no longer to go on; whoever leaves without the rest gives it up.
    pub(super) fn end_leaving(self, gives_up: bool) {
        self.queue.update_value(|q| {
            q.given_up |= gives_up;
            q.leaving = 0;
        });
    }

    /// Notes a keystroke.
    pub fn typed(self, path: String, value: Option<String>) {
        self.draft.mark.set(SaveMark::Unsaved);
        self.draft.give(&path, value.as_deref().unwrap_or(""));
        // Whoever types stays.
        if self.queue.with_value(|q| q.leaving) != 0 {
            self.toasts.clear();
        }
        self.queue.update_value(|q| {
            q.leaving = 0;
            q.dirty.insert(path, value);
            if let Some(timer) = q.timer.take() {
                timer.clear();
            }
        });
        self.flush_in(PAUSE);
    }

    /// Does ops that change the page's shape (rows), and shows them at once.
    pub fn act(self, ops: Vec<Op>) {
        self.collect();
        for op in ops {
            self.enqueue(op.path, op.id, op.value);
        }
        self.draft.shape.update(|n| *n += 1);
        self.draft.mark.set(SaveMark::Unsaved);
        self.flush();
    }

    /// Does what the button of a row says, with all that was typed until then.
    pub fn act_on_row(self, act: &RowAct) {
        self.collect();
        self.act(self.draft.doc.with_untracked(|doc| act.ops(doc, new_id)));
    }

    /// Gives a row its place again; what stood in it is still there.
    pub fn bring_back(self, row: String, place: String) {
        self.act(vec![Op { id: new_id(), path: row, base: Base::Revision(0), value: Some(place) }]);
    }

    /// Lets a change wait for its turn. It builds on the one before it at the same path, and the document has it at once.
    fn enqueue(self, path: String, id: String, value: Option<String>) {
        let revision = self.draft.doc.with_untracked(|doc| doc.cells.get(&path).map_or(0, |cell| cell.revision));
        self.draft.doc.update_untracked(|doc| doc.set(&path, value.clone(), revision, &id));
        self.queue.update_value(|q| {
            let mut same = q.ops.iter().filter(|op| op.path == path);
            // Of what was refused only the last word at a path is said again, on the ground of the first.
            let base = if q.refused { same.next().map(|op| op.base.clone()) } else { same.next_back().map(|op| Base::Op(op.id.clone())) };
            if q.refused {
                q.ops.retain(|op| op.path != path);
            }
            q.ops.push(Op { id, path, base: base.unwrap_or(Base::Revision(revision)), value });
        });
    }

    fn flush_in(self, pause: Duration) {
        let timer = set_timeout_with_handle(move || self.flush(), pause).ok();
        self.queue.update_value(|q| q.timer = timer);
    }

    /// Makes ops of what is dirty and differs.
    fn collect(self) {
        let dirty = self.queue.try_update_value(|q| std::mem::take(&mut q.dirty)).unwrap_or_default();
        for (path, value) in dirty {
            let is_known = self.draft.doc.with_untracked(|doc| doc.cells.get(&path).is_some_and(|cell| cell.value == value));
            if !is_known {
                self.enqueue(path, new_id(), value);
            }
        }
    }

    /// Sends what waits, unless a request is under way: its answer sends the rest.
    pub fn flush(self) {
        if self.is_gone() {
            return;
        }
        self.collect();
        let batch = self.queue.try_update_value(|q| {
            let ready = !q.sending && !q.ops.is_empty();
            q.sending |= ready;
            ready.then(|| q.ops.clone())
        });
        let Some(ops) = batch.flatten() else {
            if !self.waits() && self.draft.mark.get_untracked() == SaveMark::Unsaved {
                self.settle();
            }
            return;
        };
        let batch = Batch { no: self.draft.no.get_value(), seen: self.draft.doc.with_untracked(|d| d.revision), ops };
        spawn_local(async move {
            let sent: BTreeSet<String> = batch.ops.iter().map(|op| op.id.clone()).collect();
            let answer = api::save(batch).await;
            if self.is_gone() {
                return;
            }
            match answer {
                Ok(saved) => {
                    self.queue.update_value(|q| {
                        q.sending = false;
                        q.refused = false;
                        q.wait = 0;
                        q.saved_at = saved.saved_at;
                    });
                    self.answered(saved, &sent);
                    if self.waits() { self.flush_in(PAUSE) } else { self.settle() }
                }
                Err(error) => self.failed(&error),
            }
        });
    }

    /// Nothing waits: say so, and let the server judge the page.
    fn settle(self) {
        let draft = self.draft;
        if let SaveMark::Unsaved | SaveMark::Waiting | SaveMark::SignIn = draft.mark.get_untracked() {
            draft.mark.set(SaveMark::Saved(self.queue.with_value(|q| q.saved_at)));
        }
        spawn_local(async move {
            if let Ok(judged) = api::marks(draft.no.get_value(), draft.page.key.to_owned()).await {
                draft.judged(judged);
            }
        });
    }

    fn failed(self, error: &AppError) {
        let wait = self.queue.try_update_value(|q| {
            q.sending = false;
            q.wait = (q.wait * 2).clamp(1000, LONGEST_WAIT);
            q.wait
        });
        let again = Duration::from_millis(wait.unwrap_or(LONGEST_WAIT));
        match error {
            AppError::SignIn => self.draft.mark.set(SaveMark::SignIn),
            AppError::TooOften { seconds } => {
                self.draft.mark.set(SaveMark::Waiting);
                return self.flush_in(Duration::from_secs((*seconds).try_into().unwrap_or(1)));
            }
            AppError::Broken(_) | AppError::Unreachable(_) => self.draft.mark.set(SaveMark::Waiting),
            other => {
                self.queue.update_value(|q| q.refused = true);
                return self.draft.mark.set(SaveMark::Refused(other.say()));
            }
        }
        self.flush_in(again);
    }

    /// Asks what others changed, while nothing of ours is under way and the page is seen.
    fn look(self) {
        let hidden = document().visibility_state() != web_sys::VisibilityState::Visible;
        let idle = self.queue.try_with_value(|q| !q.sending && q.ops.is_empty());
        if hidden || idle != Some(true) {
            return;
        }
        let (no, seen) = (self.draft.no.get_value(), self.draft.doc.with_untracked(|d| d.revision));
        spawn_local(async move {
            // A missed look is made up for by the next one.
            if let Ok(saved) = api::changes(no, seen).await
                && !self.is_gone()
                && self.queue.try_with_value(|q| !q.sending && q.ops.is_empty()) == Some(true)
            {
                self.answered(saved, &BTreeSet::new());
            }
        });
    }

    fn answered(self, saved: Saved, sent: &BTreeSet<String>) {
        let draft = self.draft;
        let mine: Vec<Op> = self
            .queue
            .try_update_value(|q| {
                let (done, rest) = std::mem::take(&mut q.ops).into_iter().partition(|op| sent.contains(&op.id));
                q.ops = rest;
                done
            })
            .unwrap_or_default();
        let (mut reshaped, mut removed) = (false, Vec::new());
        for (id, outcome) in &saved.outcomes {
            let Some(op) = mine.iter().find(|op| op.id == *id) else { continue };
            match outcome {
                // What was done at this path since then builds on it.
                Outcome::Applied { revision } => draft.doc.update_untracked(|doc| {
                    let now = doc.cells.get(&op.path).filter(|cell| cell.op_id != *id).cloned();
                    let (value, op_id) = now.map_or((op.value.clone(), id.clone()), |cell| (cell.value, cell.op_id));
                    doc.set(&op.path, value, *revision, &op_id);
                }),
                // Where a row stands is nobody's text: the other place holds, but what is removed here goes.
                Outcome::Conflict { theirs, revision } if is_row(&op.path) => {
                    draft.doc.update_untracked(|doc| doc.set(&op.path, theirs.clone(), *revision, ""));
                    reshaped = true;
                    if op.value.is_none() && theirs.is_some() {
                        removed.push(Op { id: new_id(), path: op.path.clone(), base: Base::Revision(*revision), value: None });
                    }
                }
                Outcome::Conflict { theirs, revision } => {
                    let card = Conflict { path: op.path.clone(), mine: op.value.clone(), theirs: theirs.clone(), revision: *revision };
                    draft.doc.update_untracked(|doc| doc.set(&op.path, theirs.clone(), *revision, ""));
                    draft.conflicts.update(|cards| {
                        cards.retain(|c| c.path != card.path);
                        cards.push(card);
                    });
                }
            }
        }
        for (path, cell) in saved.changed {
            if !path.starts_with(&format!("{}/", draft.page.key)) || sent.contains(&cell.op_id) {
                continue;
            }
            let known = draft.doc.with_untracked(|doc| doc.cells.get(&path).cloned());
            let typing = self.queue.with_value(|q| q.dirty.contains_key(&path) || q.ops.iter().any(|op| op.path == path));
            let in_conflict = draft.conflicts.with_untracked(|cards| cards.iter().any(|c| c.path == path));
            if typing || in_conflict || known.as_ref().is_some_and(|c| c.revision >= cell.revision) {
                continue;
            }
            let is_field = draft.page.field_at(&path).is_some();
            reshaped |= !is_field && known.as_ref().map(|c| &c.value) != Some(&cell.value);
            if is_field {
                show(draft, &path, cell.value.as_deref().unwrap_or(""));
                draft.give(&path, cell.value.as_deref().unwrap_or(""));
            }
            draft.doc.update_untracked(|doc| doc.set(&path, cell.value, cell.revision, &cell.op_id));
        }
        draft.doc.update_untracked(|doc| doc.revision = doc.revision.max(saved.revision));
        if !removed.is_empty() {
            self.act(removed);
        } else if reshaped {
            draft.shape.update(|n| *n += 1);
        }
    }

    /// A person chose between the two values of a conflict.
    pub fn choose(self, card: &Conflict, mine: bool) {
        self.draft.conflicts.update(|cards| cards.retain(|c| c.path != card.path));
        let value = if mine { card.mine.clone() } else { card.theirs.clone() };
        show(self.draft, &card.path, value.as_deref().unwrap_or(""));
        self.draft.give(&card.path, value.as_deref().unwrap_or(""));
        if mine {
            self.typed(card.path.clone(), value);
            // Somebody removed the row meanwhile: what is kept in it brings it back, at the end.
            let (table, row) = row_of(&card.path).and_then(|row| Some((row.rsplit_once('/')?.0, row))).unzip();
            let gone = row.zip(table).filter(|(row, _)| self.draft.doc.with_untracked(|doc| doc.cells.get(*row).is_some_and(|cell| cell.value.is_none())));
            match gone {
                Some((row, table)) => self.bring_back(row.to_owned(), self.draft.doc.with_untracked(|doc| doc.place_at_end(table))),
                None => self.flush(),
            }
        }
    }
}
