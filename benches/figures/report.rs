//! The figures as plain aligned text.

/// What a figure should be.
pub enum Aim {
    /// Nothing is asked of it.
    Open,
    /// At least this share of its baseline.
    Share(f64),
    /// At least this, in the figure's unit.
    Least(f64),
    /// At most this, in the figure's unit.
    Most(f64),
}

/// One figure, with what it stands beside.
pub struct Line {
    what: String,
    figure: f64,
    unit: &'static str,
    baseline: Option<(f64, &'static str)>,
    aim: Aim,
}

impl Line {
    pub fn new(what: impl Into<String>, figure: f64, unit: &'static str) -> Line {
        Line { what: what.into(), figure, unit, baseline: None, aim: Aim::Open }
    }

    /// Puts it beside a baseline in the same unit.
    pub fn beside(mut self, baseline: f64, what: &'static str) -> Line {
        self.baseline = Some((baseline, what));
        self
    }

    pub fn aim(mut self, aim: Aim) -> Line {
        self.aim = aim;
        self
    }

    fn ratio(&self) -> Option<f64> {
        self.baseline.map(|(baseline, _)| self.figure / baseline)
    }

    fn text(&self) -> String {
        let (baseline, of) = self.baseline.map_or((dash(), ""), |(baseline, of)| (amount(baseline, self.unit), of));
        let (aim, met) = match self.aim {
            Aim::Open => (dash(), None),
            Aim::Share(least) => (format!("ratio >= {least:.2}"), Some(self.ratio().is_some_and(|ratio| ratio >= least))),
            Aim::Least(least) => (format!(">= {least} {}", self.unit), Some(self.figure >= least)),
            Aim::Most(most) => (format!("<= {most} {}", self.unit), Some(self.figure <= most)),
        };
        let ratio = self.ratio().map_or_else(dash, |ratio| format!("{ratio:.3}"));
        let met = met.map_or("-", |met| if met { "met" } else { "MISSED" });
        row([&self.what, &amount(self.figure, self.unit), &baseline, of, &ratio, &aim, met])
    }
}

fn dash() -> String {
    "-".to_owned()
}

/// Three digits that count, or all before the point.
fn amount(value: f64, unit: &str) -> String {
    let decimals = if value >= 100.0 { 0 } else { usize::from(value < 10.0) + 1 };
    format!("{value:.decimals$} {unit}")
}

fn row([what, figure, baseline, of, ratio, aim, met]: [&str; 7]) -> String {
    format!("{what:<40} {figure:>12} {baseline:>12} {of:<18} {ratio:>8}  {aim:<14} {met}")
}

/// Prints a table.
pub fn print(lines: &[Line]) {
    println!("{}", row(["", "figure", "baseline", "", "ratio", "aim", ""]).trim_end());
    for line in lines {
        println!("{}", line.text());
    }
}
