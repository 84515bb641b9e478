//! Holds the style's colours to WCAG AA: text 4.5 to its ground, borders of controls and the focus ring 3.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../style/tokens.css");

fn colours(css: &str) -> BTreeMap<&str, [f64; 3]> {
    let declared = css.split(';').filter_map(|line| line.rsplit_once("--")?.1.split_once(": #"));
    declared.filter_map(|(name, hex)| Some((name, rgb(hex)?))).collect()
}

fn rgb(hex: &str) -> Option<[f64; 3]> {
    let digits: Vec<f64> = hex.trim().chars().map(|c| c.to_digit(16).map(f64::from)).collect::<Option<_>>()?;
    let channel = |n: usize| if digits.len() == 3 { digits[n] * 17.0 } else { digits[2 * n] * 16.0 + digits[2 * n + 1] };
    Some([0, 1, 2].map(channel))
}

fn luminance(colour: [f64; 3]) -> f64 {
    let [r, g, b] = colour.map(|c| c / 255.0).map(|c| if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_ink_can_be_read_on_every_ground() {
    let (light, dark) = TOKENS.split_once("prefers-color-scheme: dark").expect("the dark scheme");
    for (scheme, css) in [("light", light), ("dark", dark)] {
        let colours = colours(css);
        let mut pairs =
            vec![("on-act".to_owned(), "act".to_owned(), 4.5), ("on-act".to_owned(), "act-2".to_owned(), 4.5), ("paper".to_owned(), "red".to_owned(), 4.5)];
        for ground in ["paper", "wash", "wash-2", "act-wash"] {
            pairs.extend(["ink", "ink-2", "act", "act-2", "red", "amber", "green", "grey"].map(|ink| (ink.to_owned(), ground.to_owned(), 4.5)));
            pairs.extend(["edge", "focus"].map(|line| (line.to_owned(), ground.to_owned(), 3.0)));
        }
        pairs.extend(["act", "red", "amber", "green", "grey"].map(|ink| (ink.to_owned(), format!("{ink}-wash"), 4.5)));
        for (ink, ground, least) in pairs {
            let ratio = contrast(colours[ink.as_str()], colours[ground.as_str()]);
            assert!(ratio >= least, "{scheme}: {ink} on {ground} is {ratio:.2}, needs {least}");
        }
    }
}
