//! What a browser loads before a page is alive: the page, and what it names.

use crate::Result;
use crate::browser::Browser;
use std::collections::{BTreeMap, BTreeSet};

/// KB of one kind of file: as they travel, and as they are.
#[derive(Clone, Copy, Default)]
pub struct Weight {
    pub sent: f64,
    pub plain: f64,
}

impl Weight {
    /// Both together.
    pub fn and(self, other: Weight) -> Weight {
        Weight { sent: self.sent + other.sent, plain: self.plain + other.plain }
    }
}

/// The first load of a page by kind of file. `side` is in the name of the piece of wasm that holds the page's own code.
pub async fn first_load(browser: &Browser, page: &str, side: &str) -> Result<BTreeMap<&'static str, Weight>> {
    let mut weights: BTreeMap<&'static str, Weight> = BTreeMap::new();
    let mut wanted = vec![page.to_owned()];
    let mut taken = BTreeSet::new();
    while let Some(path) = wanted.pop() {
        if !taken.insert(path.clone()) {
            continue;
        }
        let plain = browser.get(&path, "identity").await?.body;
        let sent = browser.get(&path, "br").await?.body;
        let kind = kind(&path);
        let weight = weights.entry(kind).or_default();
        *weight = weight.and(Weight { sent: sent.len() as f64 / 1000.0, plain: plain.len() as f64 / 1000.0 });
        if matches!(kind, "HTML" | "JS") {
            wanted.extend(named(&String::from_utf8_lossy(&plain), side));
        }
    }
    Ok(weights)
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.') {
        Some((_, "css")) => "CSS",
        Some((_, "js")) => "JS",
        Some((_, "wasm")) => "wasm",
        _ => "HTML",
    }
}

/// The files that a page or script has loaded at once. Leptos writes a page's whole addresses into its head; scripts name
/// their neighbours, among them every lazy piece there is, of which only the page's own counts. What a colon follows is the name
/// of a module's imports, no file.
fn named(text: &str, side: &str) -> Vec<String> {
    let address = |quoted: &str| {
        if quoted.starts_with("/pkg/") {
            return Some(quoted.to_owned());
        }
        let file = quoted.strip_prefix("./")?;
        (file.ends_with(".js") || (file.ends_with(".wasm") && file.contains(side))).then(|| format!("/pkg/{file}"))
    };
    let quoted = text.split('"').zip(text.split('"').skip(1));
    quoted.filter(|(_, next)| !next.starts_with(':')).filter_map(|(quoted, _)| address(quoted)).collect()
}
