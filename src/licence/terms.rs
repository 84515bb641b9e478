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
}

/// What a person's certificate has beside any other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonPart {
    pub terms: Vec<Term>,
    /// 执业单位 by its id; empty if it is not registered here.
    pub practice: String,
}

impl PersonPart {
    /// The last day of all terms.
    pub fn valid_to(&self) -> Option<Date> {
        self.terms.iter().map(|term| term.to).max()
    }

    /// 初次取证日期 of the certificate.
    pub fn first_on(&self) -> Option<Date> {
        self.terms.iter().map(|term| term.first_on).min()
    }
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
        terms.push(Term { code: code.clone(), first_on, from: today, to, by: by.to_owned() });
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

    fn term(code: &str, first_on: Date, from: Date, to: Date) -> Term {
        Term { code: code.into(), first_on, from, to, by: BY.into() }
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
            assert_eq!(terms, [term("UT-II", today, today, last)]);
        }
    }

    #[test]
    fn a_renewal_in_time_begins_where_the_old_term_ends() {
        let held = [term("UT-II", date(2021, 5, 1), date(2021, 5, 1), date(2026, 4, 30))];
        let renewed = |kind, today| granted(&held, kind, &[("UT-II".into(), 5)], BY, today).remove(0);
        for kind in [PersonKind::RenewExam, PersonKind::RenewFile] {
            assert_eq!(renewed(kind, date(2026, 1, 10)), term("UT-II", date(2021, 5, 1), date(2026, 1, 10), date(2031, 4, 30)));
        }
        assert_eq!(renewed(PersonKind::RenewExam, date(2026, 6, 10)).to, date(2031, 5, 31), "after it lapsed it counts from now");
        assert_eq!(renewed(PersonKind::Obtain, date(2026, 6, 10)).first_on, date(2026, 6, 10), "obtained again, it begins anew");
    }

    #[test]
    fn a_second_qualification_leaves_the_first_alone_and_a_change_moves_none() {
        let held = [term("UT-II", date(2024, 5, 1), date(2024, 5, 1), date(2029, 4, 30))];
        let both = granted(&held, PersonKind::Obtain, &[("RT-II".into(), 5)], "100000", date(2026, 3, 2));
        let part = PersonPart { terms: both, practice: String::new() };
        assert_eq!((&part.terms[0], part.terms[1].by.as_str()), (&held[0], "100000"), "each keeps who granted it");
        assert_eq!((part.valid_to(), part.first_on()), (Some(date(2031, 2, 28)), Some(date(2024, 5, 1))));
        assert_eq!(granted(&held, PersonKind::Move, &[("UT-II".into(), 5)], "100000", date(2026, 3, 2)), held);
    }
}
