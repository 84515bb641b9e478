//! 告知补正: rows of place and problem. A place is taken in by the button beside it in the book, or chosen here; where scripts run
//! without a new page. A place that is taken in says so in the book, and leads to its point.

use super::forms::{acting_at, form_id};
use crate::application::book::{Place, pages, places};
use crate::application::frozen::Frozen;
use crate::base::{Say, Text, say, t};
use crate::casework::forms::Form;
use crate::casework::model::Desk;
use crate::casework::points::{self, MORE, Marked, marking, path};
use crate::form::{Page, Values};
use crate::ui::field::{TextArea, field_id, field_name};
use crate::ui::lang::{tx, use_lang};
use crate::ui::notice::{Notice, Tone};
use crate::workflow::ActionKind;
use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::prelude::*;

/// The notice as it stands on the page: how many rows its form shows, and what is marked. The form and the book have it in common.
#[derive(Clone, Copy)]
pub struct Composed {
    rows: RwSignal<usize>,
    marked: RwSignal<Marked>,
}

impl Composed {
    pub fn of(desk: &Desk) -> Composed {
        let values = desk.filled(ActionKind::RequireCorrection);
        Composed { rows: RwSignal::new(points::rows(values)), marked: RwSignal::new(Marked::of(values)) }
    }
}

#[component]
pub fn Points(form: &'static Form, desk: Desk, frozen: Option<Frozen>, values: Values) -> impl IntoView {
    let Some(composed) = use_context::<Composed>() else { return ().into_any() };
    // Browsers may put back what was chosen before the page was loaded again.
    Effect::new(move |_| composed.look(form));
    let value = |key: &str| values.get(&form.path(key)).cloned().unwrap_or_default();
    let book = pages(&desk.entry.category, &desk.entry.kind);
    let again = (!desk.notices.is_empty()).then(|| view! { <p class="hint">{tx(t("再次告知只限上次补正时新提交或者改动的内容，只能选这些位置。", "A second notice is only for what was handed in anew; only those places can be chosen."))}</p> });
    let cause = (!desk.notices.is_empty()).then(|| {
        let id = field_id(&form.path("cause"));
        view! {
            <div class="field">
                <label for=id.clone()>{tx(t("再次告知的原因", "Cause of a second notice"))}</label>
                <TextArea id=id name=field_name(&form.path("cause")) rows="3" max="2000" value=value("cause")/>
            </div>
        }
    });
    let seen = desk.preview.clone().filter(|preview| preview.of == form.kind);
    let previewed = seen.map(|preview| view! { <input type="hidden" name="values[previewed]" value=preview.fingerprint/> });
    let point = move |n: usize| view! { <Point n=n values=values.clone() desk=desk.clone() book=book.clone() frozen=frozen.clone()/> };
    view! {
        <Notice tone=Tone::Warn><p>{tx(t("需要补正的全部内容应当一次告知；发出后申请人只能修改标出的内容。", "Everything to be corrected is told at once; afterwards the applicant can change only what is marked."))}</p></Notice>
        {again}
        <p class="hint">{tx(t("在申请书中点“＋标记问题”，位置就填到这里；申请书中“已标记”的位置，点一下回到它的问题。", "“＋ Mark” in the book puts the place here; “Marked” there leads back to its point."))}</p>
        {previewed}
        <ol class="points" on:change=move |_| composed.look(form)><For each=move || 1..=composed.rows.get() key=|n| *n children=point/></ol>
        {cause}
        <p class="actions"><button class="button small" type="submit" formaction=acting_at("act-require-correction") name="values[step]" value=MORE>{tx(t("再加几条", "More points"))}</button></p>
    }
    .into_any()
}

/// One point of a notice.
#[component]
fn Point(n: usize, values: Values, desk: Desk, book: Vec<&'static Page>, frozen: Option<Frozen>) -> impl IntoView {
    let reasons = desk.reasons.clone();
    let lang = use_lang();
    let label = |text: Text| format!("{} {n}", text.get(lang));
    let [place, row, text, reason] = ["place", "row", "text", "reason"].map(|key| path(key, n));
    let value = |path: &str| values.get(path).cloned().unwrap_or_default();
    let chosen = value(&place);
    let option = |place: Place| {
        let path = place.path();
        let rows = frozen.as_ref().filter(|_| place.has_rows).map_or(0, |frozen| frozen.rows(&path).len());
        let counted: Say = if rows > 0 { say(format!("（{rows} 行）"), format!(" ({rows} rows)")) } else { say("", "") };
        view! { <option value=path.clone() selected=path == chosen>{place.label.get(lang)}{counted.get(lang).to_owned()}</option> }
    };
    let group = |page: &'static Page| {
        let places: Vec<Place> = places(page).into_iter().filter(|place| desk.may_mark(&place.path())).collect();
        (!places.is_empty()).then(|| view! { <optgroup label=tx(page.title)>{places.into_iter().map(option).collect_view()}</optgroup> })
    };
    let picked = value(&reason);
    let library = (!reasons.is_empty()).then(|| {
        let option = |text: String| view! { <option value=text.clone() selected=text == picked>{text.clone()}</option> };
        view! {
            <div class="field"><label for=field_id(&reason)>{label(t("常用理由", "From the library"))}" "<span class="optional">{tx(t("选填，没有写明问题时采用", "optional, used where nothing is written"))}</span></label>
                <select id=field_id(&reason) name=field_name(&reason) lang="zh-CN"><option value="" lang=lang.tag()>{tx(t("请选择", "Choose"))}</option>{reasons.into_iter().map(option).collect_view()}</select>
            </div>
        }
    });
    view! {
        <li class="group">
            <div class="field"><label for=field_id(&place)>{label(t("位置", "Place"))}</label>
                <select id=field_id(&place) name=field_name(&place)><option value="">{tx(t("请选择", "Choose"))}</option>{book.into_iter().map(group).collect_view()}</select>
            </div>
            <div class="field"><label for=field_id(&row)>{label(t("第几行", "Row"))}" "<span class="optional">{tx(t("选填，只用于表格", "optional, for tables"))}</span></label>
                <input id=field_id(&row) name=field_name(&row) value=value(&row) inputmode="numeric" maxlength="4"/>
            </div>
            {library}
            <div class="field"><label for=field_id(&text)>{label(t("问题", "What is wrong"))}</label>
                <TextArea id=field_id(&text) name=field_name(&text) rows="2" max="500" value=value(&text)/>
            </div>
        </li>
    }
}

/// What stands at a place of the book: ＋标记问题, a button of the notice's form, wherever it stands, so that what is typed there comes
/// along; and once the place is marked, the way to each point about it.
#[component]
pub fn Marking(place: Place, row: Option<usize>, name: String) -> impl IntoView {
    let Some(composed) = use_context::<Composed>() else { return ().into_any() };
    let lang = use_lang();
    let points = Memo::new(move |_| composed.marked.with(|marked| marked.at(&place, row)));
    let (form, step) = (Form::of(ActionKind::RequireCorrection).map(form_id), marking(&place.path(), row));
    let marked = {
        let name = name.clone();
        move |n: usize| {
            let (to, said) = (path("text", n), say(format!("已标记：第 {n} 条"), format!("Marked: point {n}")));
            let href = format!("#{}", field_id(&to));
            view! { <a class="tag marked no-print" href=href lang=lang.tag() on:click=move |event| go(&event, &to)>{said.get(lang).to_owned()}<span class="visually-hidden">" "{name.clone()}</span></a> }
        }
    };
    let unmarked = move || {
        view! {
            <button class="mark no-print" type="submit" form=form.clone() formaction=acting_at("act-require-correction") name="values[step]" value=step.clone() lang=lang.tag()>
                <span aria-hidden="true">"＋"</span>{tx(t("标记问题", "Mark"))}<span class="visually-hidden">" "{name.clone()}</span>
            </button>
        }
    };
    let shown = move || {
        let points = points.get();
        if points.is_empty() { unmarked().into_any() } else { points.into_iter().map(&marked).collect_view().into_any() }
    };
    shown.into_any()
}

/// Goes to what is typed there, and gives it the focus.
fn go(event: &MouseEvent, to: &str) {
    #[cfg(feature = "hydrate")]
    {
        event.prevent_default();
        super::dom::focus(to);
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (event, to);
}

#[cfg(not(feature = "hydrate"))]
impl Composed {
    pub fn heard(self, _: &SubmitEvent) {}

    fn look(self, _: &'static Form) {}
}

#[cfg(feature = "hydrate")]
impl Composed {
    /// Where scripts run, more rows and a place of the book need no new page.
    pub fn heard(self, event: &SubmitEvent) {
        self.take_in(event);
    }

    /// Sees what is chosen in the form now.
    fn look(self, form: &'static Form) {
        if let Some(values) = super::dom::form(&form_id(form)).and_then(|form| crate::ui::form::values_of(&form)) {
            self.marked.set(Marked::of(&values));
        }
    }

    fn take_in(self, event: &SubmitEvent) -> Option<()> {
        use super::dom::{focus, put};
        let mut values = crate::ui::form::posted_values(event)?;
        let step = values.remove("values[step]")?;
        if step == MORE {
            event.prevent_default();
            self.rows.update(|rows| *rows = points::more(*rows));
            return None;
        }
        let n = points::mark(&mut values, &step)?;
        event.prevent_default();
        self.rows.update(|rows| *rows = (*rows).max(n));
        self.marked.set(Marked::of(&values));
        // The row has to be there first.
        request_animation_frame(move || {
            for key in ["place", "row"] {
                put(&path(key, n), values.get(&path(key, n)).map_or("", String::as_str));
            }
            focus(&path("text", n));
        });
        None
    }
}
