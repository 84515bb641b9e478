//! 省/市/区 as three selects, each offering what lies in the one before. Without script a button shows the next level;
//! with script it is fetched. All three are always there, so that nothing jumps.

use super::answer::choose;
use super::button::PlainButton;
use super::field::{Elsewhere, FieldEvents, field_id, field_name};
use super::lang::tx;
use crate::base::{Text, t};
use crate::form::Options;
use leptos::prelude::*;

const NAMES: [Text; 3] = [t("省", "Province"), t("市", "City"), t("区", "District")];

/// The three selects of a region, named `path@1` to `path@3`.
#[component]
pub fn RegionSelects(path: String, value: String, levels: Options) -> impl IntoView {
    let events = use_context::<FieldEvents>();
    let levels = RwSignal::new((0..3usize).map(|n| levels.get(n).cloned().unwrap_or_default()).collect::<Vec<_>>());
    let chosen = RwSignal::new(codes(&value));
    // A row that was added here has no options from the server.
    Effect::new(move |_| {
        if levels.with_untracked(|l| l[0].is_empty()) {
            fetch_below(String::new(), levels, 0);
        }
    });
    let id = field_id(&path);
    if let Some(Elsewhere(last)) = use_context::<Elsewhere>() {
        let (path, id) = (path.clone(), id.clone());
        Effect::new(move |_| {
            let Some(now) = last.with(|(at, value)| (*at == path).then(|| codes(value))) else { return };
            choose(&format!("{id}-1"), &now[0]);
            levels.update(|l| l[1..].iter_mut().for_each(Vec::clear));
            // The options come after, each selected if it is the one.
            for (n, above) in now[..2].iter().enumerate().filter(|(_, above)| !above.is_empty()) {
                fetch_below(above.clone(), levels, n + 1);
            }
            chosen.set(now);
        });
    }
    let selects = [0usize, 1, 2].map(|n| {
        let name = field_name(&format!("{path}@{}", n + 1));
        let path = path.clone();
        let pick = move |event: leptos::ev::Event| {
            let code = event_target_value(&event);
            chosen.update(|c| {
                c[n].clone_from(&code);
                c[n + 1..].iter_mut().for_each(String::clear);
            });
            levels.update(|l| l[n + 1..].iter_mut().for_each(Vec::clear));
            if let Some(events) = events {
                let deepest = chosen.with_untracked(|c| c.iter().rev().find(|c| !c.is_empty()).cloned().unwrap_or_default());
                events.input.run((path.clone(), deepest));
            }
            if n < 2 && !code.is_empty() {
                fetch_below(code, levels, n + 1);
            }
        };
        let below = Memo::new(move |_| levels.with(|l| l[n].clone()));
        let options = move || {
            let option = |(code, name): (String, String)| {
                let selected = chosen.with_untracked(|c| c[n] == code);
                view! { <option value=code selected=selected lang="zh-CN">{name}</option> }
            };
            below.get().into_iter().map(option).collect_view()
        };
        view! {
            <div class="frame">
                <select id=format!("{id}-{}", n + 1) name=name aria-label=tx(NAMES[n]) on:change=pick>
                    <option value="">{tx(NAMES[n])}</option>
                    {options}
                </select>
            </div>
        }
    });
    view! { <div class="region">{selects.into_iter().collect_view()}<PlainButton label=t("显示下一级", "Show the next level") name="act" value="refresh"/></div> }
}

/// The code of each level of a region: `610000`, `610100`, `610112` of the last.
pub(super) fn codes(code: &str) -> [String; 3] {
    let up_to = |n: usize| code.get(..n).filter(|_| code.len() == 6).map(|stem| format!("{stem:0<6}")).unwrap_or_default();
    let (province, city) = (up_to(2), up_to(4));
    let city = if city == province { String::new() } else { city };
    let county = if code == province || code == city { String::new() } else { up_to(6) };
    [province, city, county]
}

fn fetch_below(code: String, levels: RwSignal<Options>, n: usize) {
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(async move {
        // If it does not come, choosing again asks again.
        if let Ok(below) = crate::account::api::regions(code).await {
            levels.update(|l| l[n] = below);
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (code, levels, n);
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_names_its_levels() {
        assert_eq!(super::codes("610112"), ["610000", "610100", "610112"]);
        assert_eq!(super::codes("610100"), ["610000", "610100", ""]);
        assert_eq!(super::codes("610000"), ["610000", "", ""]);
        assert_eq!(super::codes(""), ["", "", ""]);
        assert_eq!(super::codes("1"), ["", "", ""]);
    }
}
