//! 协商鉴定评审时间, as a month: days off, what each side offers, who is taken. Where scripts run, pressing a day fills the form's dates in.

use crate::base::workdays::show_date;
use crate::base::{Lang, Text, period, t};
use crate::casework::forms::Form;
use crate::casework::inviting::ReviewDays;
use crate::casework::model::Desk;
use crate::ui::lang::{tx, use_lang};
use crate::ui::month::{MonthTable, month_words};
use crate::ui::script::scripted;
use crate::ui::value::marked;
use crate::workflow::action::Window;
use crate::workflow::{ActionKind, Party};
use jiff::civil::Date;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What can be filled in here.
const OFFERS: [ActionKind; 3] = [ActionKind::Propose, ActionKind::Counter, ActionKind::AskReschedule];

/// Days that stand for something: a class that gives them their colour, and the word that says the same.
type Marked = (&'static str, String, Window);

/// The periods of a form by their numbers.
type Periods = BTreeMap<usize, Window>;

/// The months in which the review may be, one at a time.
#[component]
pub fn ReviewMonths(desk: Desk, days: ReviewDays) -> impl IntoView {
    let lang = use_lang();
    let scripted = scripted();
    let form = OFFERS.into_iter().find(|kind| desk.case.may(*kind)).and_then(Form::of);
    let most = form.map_or(0, |form| form.periods().count());
    let windows = windows(&desk, lang);
    let months = days.months();
    let begins = windows.iter().map(|(_, _, window)| window.from).filter(|day| *day >= days.today).min().unwrap_or(days.today);
    let here = RwSignal::new(months.iter().rposition(|month| *month <= begins).unwrap_or(0));
    let nth = RwSignal::new(1_usize);
    let posted = |path: String| desk.form.values.get(&path).cloned().unwrap_or_default();
    let picked = RwSignal::new(form.map(|form| periods(form, posted)).unwrap_or_default());
    let count = months.len();
    let (days, windows) = (Arc::new(days), Arc::new(windows));
    let table = move || {
        let month = months.get(here.get()).copied().unwrap_or(days.today);
        let (at_days, at_windows) = (days.clone(), windows.clone());
        let fills = form.filter(|_| scripted.get());
        let at = Callback::new(move |day: Date| {
            let fill = fills.map(|form| (form, nth, picked));
            stands(day, &at_days, &at_windows, fill, lang)
        });
        let caption = format!("{} {}", tx(t("可约评审的日期", "Days for the review")), month_words(month, lang));
        view! { <MonthTable caption=caption first=month today=days.today off=days.off.clone() at=at/> }
    };
    let step = move |by: isize, says: Text| {
        let to = move |at: usize| at.checked_add_signed(by).filter(|to| *to < count);
        let go = move |_| {
            if let Some(to) = to(here.get_untracked()) {
                here.set(to);
            }
        };
        view! { <button class="button small" type="button" aria-disabled=move || to(here.get()).is_none().then_some("true") on:click=go>{tx(says)}</button> }
    };
    let ways = move || {
        (scripted.get() && count > 1).then(|| view! { <p class="actions">{step(-1, t("上个月", "Month before"))}{step(1, t("下个月", "Month after"))}</p> })
    };
    let which = move || {
        (scripted.get() && most > 1).then(|| {
            let one = move |n: usize| {
                let name = format!("{} {n}", tx(PERIOD));
                view! { <button class="button small" type="button" aria-pressed=move || (nth.get() == n).to_string() on:click=move |_| nth.set(n)>{name}</button> }
            };
            view! { <p class="actions" role="group" aria-label=tx(t("填写哪个时间段", "Which period to fill in"))>{(1..=most).map(one).collect_view()}</p> }
        })
    };
    let hint = move || {
        (scripted.get() && most > 0).then(|| {
            view! { <p class="hint">{tx(t("点一天填入起止日期，再点后面的一天延长；也可以直接填写下面的日期。", "Press a day to fill it in, and a later one to extend the period; or type the dates below."))}</p> }
        })
    };
    view! { <div class="review-months">{hint}{which}{ways}{table}</div> }
}

const PERIOD: Text = t("时间段", "Period");

/// The periods of a form that are whole.
fn periods(form: &Form, given: impl Fn(String) -> String) -> Periods {
    let windows = form.periods().map(|field| period::days(&given(form.path(field.key))).map(|(from, to)| Window { from, to }));
    (1..).zip(windows).filter_map(|(n, window)| Some((n, window?))).collect()
}

/// What is offered, agreed or asked for.
fn windows(desk: &Desk, lang: Lang) -> Vec<Marked> {
    let class = |by: Party| if by == desk.case.side { "ours" } else { "theirs" };
    let mut all = Vec::new();
    if let Some(round) = desk.rounds.last().filter(|round| round.end.is_none()) {
        for (n, window) in round.windows.iter().enumerate() {
            all.push((class(round.by), format!("{}{} {}", round.by.label().get(lang), t("所提", ":").get(lang), n + 1), *window));
        }
    }
    if let Some(agreed) = &desk.appointment {
        all.push(("agreed", t("已约定", "Agreed").get(lang).to_owned(), agreed.window));
    }
    if let Some(wish) = &desk.wish {
        all.push((class(wish.by), format!("{}{}", wish.by.label().get(lang), t("申请改到", " asks for").get(lang)), wish.window));
    }
    all
}

/// Whether a day lies in a period.
fn holds(window: Window, day: Date) -> bool {
    window.from <= day && day <= window.to
}

/// A form that can be filled in: itself, which of its periods is being filled, and what they are.
type Fill = (&'static Form, RwSignal<usize>, RwSignal<Periods>);

/// What stands at a day. What can be filled in changes in place, so that the focus stays.
fn stands(day: Date, days: &ReviewDays, windows: &[Marked], fill: Option<Fill>, lang: Lang) -> Option<AnyView> {
    let offered = windows.iter().filter(|(_, _, window)| holds(*window, day)).map(|(class, words, _)| (*class, words.clone()));
    let taken = days.taken.iter().filter(|(at, _)| *at == day).map(|(_, said)| ("taken", said.get(lang).to_owned()));
    let all: Vec<(&'static str, String)> = offered.chain(taken).collect();
    let is_open = holds(Window { from: days.today, to: days.last }, day);
    let fill = fill.filter(|_| is_open).map(|(form, nth, picked)| {
        let mine = move || picked.with(|periods| periods.iter().filter(|(_, window)| holds(**window, day)).map(|(n, _)| *n).collect::<Vec<_>>());
        let chosen = move || {
            let one = |n: usize| view! { <li class="chosen">{format!("{} {n}", tx(PERIOD))}</li> };
            mine().into_iter().map(one).collect_view()
        };
        let button = (!days.off.contains(&day)).then(|| {
            let name = format!("{} {}", tx(t("选择", "Choose")), show_date(day, lang));
            view! { <button class="link" type="button" aria-label=name on:click=move |_| pick(form, nth.get_untracked(), day, picked)>{tx(t("选", "Pick"))}</button> }
        });
        (chosen, button)
    });
    if all.is_empty() && fill.is_none() {
        return None;
    }
    let (chosen, button) = fill.unzip();
    let said = |(class, words): (&'static str, String)| view! { <li class=class>{marked(&words)}</li> };
    Some(view! { <ul>{all.into_iter().map(said).collect_view()}{chosen}</ul>{button} }.into_any())
}

/// The period after a day was pressed: the day alone, or up to it where one day was chosen before.
#[cfg(any(feature = "hydrate", test))]
fn after(before: Option<Window>, day: Date) -> Window {
    match before {
        Some(Window { from, to }) if from == to && from < day => Window { from, to: day },
        _ => Window { from: day, to: day },
    }
}

/// Fills a day into the form.
#[cfg(feature = "hydrate")]
fn pick(form: &'static Form, n: usize, day: Date, picked: RwSignal<Periods>) {
    use super::dom::{put, typed, unfold};
    let Some(field) = form.periods().nth(n - 1) else { return };
    let ends = |path: String| period::ENDS.map(|end| format!("{path}@{end}"));
    let now = || {
        let given = |path: String| {
            let [from, to] = ends(path).map(|end| typed(&end).unwrap_or_default());
            period::joined(&from, &to)
        };
        periods(form, given)
    };
    let window = after(now().get(&n).copied(), day);
    for (end, day) in ends(form.path(field.key)).iter().zip([window.from, window.to]) {
        put(end, &day.to_string());
        unfold(end);
    }
    picked.set(now());
}

#[cfg(not(feature = "hydrate"))]
fn pick(_: &'static Form, _: usize, _: Date, _: RwSignal<Periods>) {}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_alone_then_a_period_then_another_day() {
        let day = |n| date(2026, 12, n);
        let one = after(None, day(8));
        assert_eq!(one, Window { from: day(8), to: day(8) });
        let two = after(Some(one), day(9));
        assert_eq!(two, Window { from: day(8), to: day(9) });
        assert_eq!(after(Some(two), day(10)), Window { from: day(10), to: day(10) }, "a whole period begins anew");
        assert_eq!(after(Some(one), day(7)), Window { from: day(7), to: day(7) }, "no period ends before it begins");
    }
}
