//! How long a person is qualified for what (人员证项目的有效期). Every item of the one certificate has a term of its own, from month to
//! month (TSG Z8001-2019 art. 36). Pure.

use crate::workflow::person::PersonKind;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The term of an item (项目).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// 代号
    pub code: String,
    /// 初次取证日期
    pub first_on: Date,
    pub from: Date,
    /// The last day of a month.
    pub to: Date,
    /// Code of the authority that granted it; of a term stored without, that of the certificate.
    #[serde(default)]
    pub by: String,
    /// By which kind of application it was obtained or renewed last; not known of one on paper.
    #[serde(default)]
    pub way: Option<PersonKind>,
}

/// What a person's certificate has beside any other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonPart {
    pub terms: Vec<Term>,
    /// 执业单位 by its id; empty if it is not registered here.
    pub practice: String,
    /// Its name; not known of what was stored with the id alone.
    #[serde(default)]
    pub practice_name: String,
}

impl PersonPart {
    /// Whether it says where the person practises.
    pub fn is_practising(&self) -> bool {
        !self.practice.is_empty() || !self.practice_name.is_empty()
    }

    /// The last day of all terms.
    pub fn valid_to(&self) -> Option<Date> {
        self.terms.iter().map(|term| term.to).max()
    }

    /// 初次取证日期 of the certificate.
    pub fn first_on(&self) -> Option<Date> {
        self.terms.iter().map(|term| term.first_on).min()
    }
}

/// What several certificates of a person hold together, each term beside what it came with: of each code the one that ends last, with the
/// earliest 初次取证日期.
pub fn merged<T>(rows: impl IntoIterator<Item = (T, Term)>) -> Vec<(T, Term)> {
    let mut all: Vec<(T, Term)> = Vec::new();
    for (of, mut term) in rows {
        let Some(known) = all.iter_mut().find(|(_, known)| known.code == term.code) else {
            all.push((of, term));
            continue;
        };
        let first_on = known.1.first_on.min(term.first_on);
        if term.to > known.1.to {
            std::mem::swap(&mut known.1, &mut term);
            known.0 = of;
        }
        known.1.first_on = first_on;
    }
    all
}

/// The terms after a grant by an authority on a day: what was held stays, and of these codes each gets its years. A renewal in time begins where the
/// old term ends, so that nobody loses by applying early; a change moves no term (特种设备安全法 art. 51).
pub fn granted(held: &[Term], kind: PersonKind, codes: &[(String, i32)], by: &str, today: Date) -> Vec<Term> {
    let mut terms = held.to_vec();
    if kind == PersonKind::Move {
        return terms;
    }
    for (code, years) in codes {
        let old = held.iter().find(|term| term.code == *code);
        let valid = old.filter(|term| today <= term.to);
        let to = match valid.filter(|_| kind != PersonKind::Obtain) {
            Some(term) => years_on(term.to, *years),
            None => today.first_of_month().yesterday().map_or(today, |last| years_on(last, *years)),
        };
        // Whoever has to obtain again begins anew.
        let first_on = if kind == PersonKind::Obtain { valid.map_or(today, |term| term.first_on) } else { old.map_or(today, |term| term.first_on) };
        terms.retain(|term| term.code != *code);
        terms.push(Term { code: code.clone(), first_on, from: today, to, by: by.to_owned(), way: Some(kind) });
    }
    terms
}

/// The last day of a month, years later.
fn years_on(last: Date, years: i32) -> Date {
    last.checked_add(years.years()).unwrap_or(last).last_of_month()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const BY: &str = "610000";

    fn term(code: &str, first_on: Date, from: Date, to: Date, way: Option<PersonKind>) -> Term {
        Term { code: code.into(), first_on, from, to, by: BY.into(), way }
    }

    #[test]
    fn a_first_qualification_lasts_from_month_to_month() {
        for (today, last) in [
            (date(2026, 3, 20), date(2031, 2, 28)),
            (date(2026, 3, 1), date(2031, 2, 28)),
            (date(2026, 1, 31), date(2030, 12, 31)),
            (date(2027, 3, 5), date(2032, 2, 29)),
        ] {
            let terms = granted(&[], PersonKind::Obtain, &[("UT-II".into(), 5)], BY, today);
            assert_eq!(terms, [term("UT-II", today, today, last, Some(PersonKind::Obtain))]);
        }
    }

    #[test]
    fn a_renewal_in_time_begins_where_the_old_term_ends() {
        let held = [term("UT-II", date(2021, 5, 1), date(2021, 5, 1), date(2026, 4, 30), None)];
        let renewed = |kind, today| granted(&held, kind, &[("UT-II".into(), 5)], BY, today).remove(0);
        for kind in [PersonKind::RenewExam, PersonKind::RenewFile] {
            assert_eq!(renewed(kind, date(2026, 1, 10)), term("UT-II", date(2021, 5, 1), date(2026, 1, 10), date(2031, 4, 30), Some(kind)));
        }
        assert_eq!(renewed(PersonKind::RenewExam, date(2026, 6, 10)).to, date(2031, 5, 31), "after it lapsed it counts from now");
        assert_eq!(renewed(PersonKind::Obtain, date(2026, 6, 10)).first_on, date(2026, 6, 10), "obtained again, it begins anew");
    }

    #[test]
    fn a_second_qualification_leaves_the_first_alone_and_a_change_moves_none() {
        let held = [term("UT-II", date(2024, 5, 1), date(2024, 5, 1), date(2029, 4, 30), Some(PersonKind::RenewFile))];
        let both = granted(&held, PersonKind::Obtain, &[("RT-II".into(), 5)], "100000", date(2026, 3, 2));
        let part = PersonPart { terms: both, ..PersonPart::default() };
        assert_eq!((&part.terms[0], part.terms[1].by.as_str()), (&held[0], "100000"), "each keeps who granted it");
        assert_eq!((part.valid_to(), part.first_on()), (Some(date(2031, 2, 28)), Some(date(2024, 5, 1))));
        assert_eq!(granted(&held, PersonKind::Move, &[("UT-II".into(), 5)], "100000", date(2026, 3, 2)), held);
    }

    #[test]
    fn of_each_code_the_longest_term_counts_since_it_was_first_obtained() {
        let term = |code: &str, first: i16, to: i16, way| term(code, date(first, 1, 1), date(to - 5, 1, 1), date(to, 12, 31), way);
        let exam = Some(PersonKind::Obtain);
        for (rows, expected) in [
            (vec![("a", term("UT-II", 2024, 2029, exam)), ("b", term("RT-II", 2020, 2027, None))], vec![("a", 2024, 2029, exam), ("b", 2020, 2027, None)]),
            (vec![("a", term("UT-II", 2024, 2029, exam)), ("b", term("UT-II", 2015, 2027, None))], vec![("a", 2015, 2029, exam)]),
            (vec![("a", term("UT-II", 2015, 2027, exam)), ("b", term("UT-II", 2024, 2029, None))], vec![("b", 2015, 2029, None)]),
            (vec![("a", term("UT-II", 2024, 2029, exam)), ("b", term("UT-II", 2024, 2029, None))], vec![("a", 2024, 2029, exam)]),
        ] {
            let of: Vec<_> = merged(rows).into_iter().map(|(of, term)| (of, term.first_on.year(), term.to.year(), term.way)).collect();
            assert_eq!(of, expected);
        }
    }

    #[test]
    fn what_was_stored_before_more_was_kept_is_still_read() {
        let stored = r#"{"code":"UT-II","first_on":"2024-01-01","from":"2024-01-01","to":"2028-12-31"}"#;
        assert_eq!(serde_json::from_str::<Term>(stored).unwrap().way, None);
        let stored = format!(r#"{{"terms":[{stored}],"practice":"u"}}"#);
        assert!(serde_json::from_str::<PersonPart>(&stored).is_ok_and(|part| part.is_practising() && part.practice_name.is_empty()));
    }
}
