//! Every code that can be applied for, every kind, every authority; and each rule at both sides of its edge.

use super::*;
use crate::base::region;
use crate::catalogue::{Authority, AuthorityLevel, Catalogue, Delegation, PersonnelCodes, Rules};
use jiff::civil::date;

const TODAY: Date = date(2026, 11, 22);

fn code(name: &str) -> PersonnelCode {
    PersonnelCodes::builtin().find(name).unwrap().clone()
}

fn held(name: &str, first_on: Date, valid_to: Date) -> HeldCode {
    HeldCode { code: name.into(), first_on, valid_to, number: "TS8610001-2027".into(), unchecked: false, way: None }
}

/// Thirty years old, with the best schooling and eyes, in practice and without fault.
fn sound(held: &[HeldCode]) -> Applicant<'_> {
    Applicant {
        born: Some(date(1996, 5, 1)),
        education: Some("sci-bachelor"),
        held,
        vision: Some(50),
        colour_blind: Some(false),
        unbroken: Some(true),
        clean: Some(true),
        last_by_exam: Some(true),
    }
}

fn about(name: &str, kind: PersonKind, who: &Applicant) -> Vec<About> {
    judge(&code(name), kind, who, TODAY).iter().map(|finding| finding.about).collect()
}

/// What a sound applicant has to hold for a code, so that nothing stands against the kind.
fn enough(code: &PersonnelCode, kind: PersonKind) -> Vec<HeldCode> {
    let long_ago = date(2015, 1, 1);
    let own = |valid_to| vec![held(&code.code, long_ago, valid_to)];
    match kind {
        PersonKind::RenewExam => own(date(2027, 8, 31)),
        PersonKind::RenewFile => own(date(2027, 3, 31)),
        PersonKind::Move => own(date(2026, 11, 22)),
        PersonKind::Obtain => match method(&code.code) {
            ("RT(D)", _) => vec![held("RT-III", TODAY, date(2030, 1, 31))],
            ("TOFD" | "PA", _) => vec![held("UT-II", long_ago, date(2030, 1, 31))],
            (name, 3) => vec![held(&format!("{name}-II"), long_ago, date(2030, 1, 31))],
            _ => Vec::new(),
        },
    }
}

/// A place of practice in the area of every provincial authority, as deep as it can be chosen; with the authority's code.
fn places_of(authorities: &[Authority]) -> Vec<(String, String)> {
    let provincial = authorities.iter().filter(|authority| authority.level == AuthorityLevel::Provincial);
    let deepest = |code: &str| std::iter::successors(Some(code.to_owned()), |code| region::children(code).first().map(|below| below.code.clone())).last();
    let place = |authority: &Authority| {
        // The corps' cities lie in Xinjiang's part of the table.
        let top = if authority.code == "660000" { "659000" } else { &authority.code };
        Some((deepest(top)?, authority.code.clone()))
    };
    provincial.filter_map(place).collect()
}

#[test]
fn codes_say_what_else_is_to_know_of_them() {
    for (name, part) in [("S-RG", "S-RQ"), ("S-JJ", "没有查到"), ("GS-CY", "G-CY"), ("GS-JD", "G-JD")] {
        let note = code(name).note;
        assert!(note.zh.contains(part) && !note.en.is_empty(), "{name}: {note:?}");
    }
    assert!(code("UT-II").note.zh.is_empty());
}

#[test]
fn whoever_meets_all_may_apply_for_every_code_in_every_kind_at_one_authority() {
    let (catalogue, authorities) = (Catalogue::builtin(), Authority::builtin());
    let rules = Rules { catalogue: &catalogue, authorities: &authorities, delegations: &[] };
    let table = PersonnelCodes::builtin();
    let places = places_of(&authorities);
    assert_eq!(places.len(), 32, "every provincial authority");
    let (mut national, mut provincial) = (0, 0);
    for code in table.selectable() {
        for kind in PersonKind::all() {
            let all = enough(code, kind);
            let found = judge(code, kind, &sound(&all), TODAY);
            assert!(found.is_empty(), "{} {kind:?}: {found:?}", code.code);
            if kind.needs_certificate() {
                assert_eq!(judge(code, kind, &sound(&[]), TODAY).iter().map(|f| f.about).collect::<Vec<_>>(), [About::Held], "{} {kind:?}", code.code);
            }
        }
        for (place, province) in &places {
            let part = rules.person(code, place).unwrap();
            let expected = if code.authority == crate::catalogue::personnel::PersonnelDecider::National { Authority::NATIONAL } else { province };
            assert_eq!(part.authority, expected, "{} {place}", code.code);
            assert!(part.reason.zh.contains(&part.name) && part.reason.zh.contains(&code.code), "{}", part.reason.zh);
        }
        if code.authority == crate::catalogue::personnel::PersonnelDecider::National {
            national += 1
        } else {
            provincial += 1
        }
        assert_eq!(Group::of_code(&code.code), code.group, "{}", code.code);
    }
    assert_eq!((national, provincial), (27, 15));
    for (place, ask) in [("", true), ("61", true), ("999999", false)] {
        let asked = rules.person(&code("UT-I"), place).unwrap_err();
        assert_eq!(asked == crate::catalogue::Ask::Places, ask, "{place}");
    }
}

#[test]
fn a_province_may_have_delegated_persons_too() {
    let (catalogue, mut authorities) = (Catalogue::builtin(), Authority::builtin());
    let city = Authority { code: "611299".into(), name: "某新区市场监督管理局".into(), ..authorities[0].clone() };
    authorities.push(city);
    let delegation =
        Delegation { province: "610000".into(), items: Vec::new(), categories: vec!["personnel".into()], area: "610100".into(), authority: "611299".into() };
    let rules = Rules { catalogue: &catalogue, authorities: &authorities, delegations: std::slice::from_ref(&delegation) };
    for (name, place, authority) in [("UT-I", "610112", "611299"), ("UT-I", "610302", "610000"), ("UT-III", "610112", "100000"), ("Y-DT", "330109", "330000")] {
        assert_eq!(rules.person(&code(name), place).unwrap().authority, authority, "{name} {place}");
    }
}

#[test]
fn codes_that_are_no_longer_offered_cannot_be_applied_for() {
    for name in ["S-RG", "S-JJ"] {
        assert!(about(name, PersonKind::Obtain, &sound(&[])).contains(&About::Code), "{name}");
    }
}

#[test]
fn ages_by_kind_and_group() {
    let birthday = |age: i16| date(2026 - age, 11, 22);
    let day_before = |age: i16| date(2026 - age, 11, 23);
    use PersonKind::{Move, Obtain, RenewExam, RenewFile};
    for (name, kind, born, wrong) in [
        ("UT-I", Obtain, day_before(18), true),
        ("UT-I", Obtain, birthday(18), false),
        ("UT-I", Obtain, day_before(63), false),
        ("UT-I", Obtain, birthday(63), true),
        ("Y-DT", Obtain, day_before(18), true),
        ("Y-DT", Obtain, birthday(63), true),
        ("UT-I", RenewExam, day_before(65), false),
        ("UT-I", RenewExam, birthday(65), true),
        ("UT-I", RenewFile, birthday(65), true),
        ("Y-DT", RenewExam, day_before(63), false),
        ("Y-DT", RenewExam, birthday(63), true),
        ("Y-DT", RenewFile, birthday(63), true),
        ("Y-DT", Move, birthday(70), false),
    ] {
        let all = enough(&code(name), kind);
        let found = judge(&code(name), kind, &Applicant { born: Some(born), ..sound(&all) }, TODAY);
        assert_eq!(found.iter().any(|finding| finding.about == About::Age), wrong, "{name} {kind:?} {born}");
        assert!(found.iter().all(|finding| !finding.clause.is_empty() && finding.say().zh.contains(finding.clause)));
    }
}

#[test]
fn what_has_to_be_held_first_depends_on_schooling() {
    let far = date(2030, 1, 31);
    let ago = |months: i32| shifted(TODAY, -months);
    for (name, education, below, months, wrong) in [
        ("UT-II", "sci-bachelor", "", 0, false),
        ("UT-II", "sci-college", "", 0, false),
        ("UT-II", "other-bachelor", "", 0, true),
        ("UT-II", "other-bachelor", "UT-I", 5, true),
        ("UT-II", "other-bachelor", "UT-I", 6, false),
        ("UT-II", "other-bachelor", "RT-I", 60, true),
        ("MT-II", "other-college", "MT-I", 11, true),
        ("MT-II", "other-college", "MT-I", 12, false),
        ("PT-II", "other", "PT-I", 35, true),
        ("PT-II", "other", "PT-I", 36, false),
        ("RT-III", "sci-bachelor", "", 0, true),
        ("RT-III", "sci-bachelor", "RT-II", 35, true),
        ("RT-III", "sci-bachelor", "RT-II", 36, false),
        ("RT-III", "sci-college", "RT-II", 47, true),
        ("RT-III", "sci-college", "RT-II", 48, false),
        ("AE-III", "other-bachelor", "AE-II", 71, true),
        ("AE-III", "other-college", "AE-II", 72, false),
        ("AE-III", "other", "AE-II", 120, true),
        ("AE-II", "other", "", 0, false),
        ("TOFD-II", "other", "UT-II", 23, true),
        ("TOFD-II", "other", "UT-II", 24, false),
        ("PA-II", "sci-bachelor", "UT-III", 1, false),
        ("RT(D)-II", "sci-bachelor", "UT-III", 99, true),
        ("Y-DT", "other", "", 0, false),
    ] {
        let all: Vec<HeldCode> = if below.is_empty() { Vec::new() } else { vec![held(below, ago(months), far)] };
        let found = about(name, PersonKind::Obtain, &Applicant { education: Some(education), ..sound(&all) });
        assert_eq!(!found.is_empty(), wrong, "{name} {education} {below} {months}: {found:?}");
    }
}

#[test]
fn a_lapsed_certificate_is_renewed_within_a_year_or_obtained_again() {
    let years_ago = |years: i16| date(2026 - years, 11, 22);
    let long_ago = date(2010, 1, 1);
    for (name, ended, renewal, obtaining) in [
        ("UT-III", years_ago(1), true, true),
        ("UT-III", date(2025, 11, 21), false, true),
        ("UT-III", years_ago(5), false, true),
        ("UT-III", date(2021, 11, 21), false, false),
        ("UT-I", date(2026, 11, 21), false, true),
        ("Y-DT", date(2026, 11, 21), false, true),
    ] {
        let all = [held(name, long_ago, ended)];
        assert_eq!(about(name, PersonKind::RenewExam, &sound(&all)).is_empty(), renewal, "{name} {ended}");
        assert_eq!(about(name, PersonKind::Obtain, &sound(&all)).is_empty(), obtaining, "{name} {ended}");
        assert_eq!(about(name, PersonKind::RenewFile, &sound(&all)), [About::Held], "{name} {ended}");
        assert_eq!(about(name, PersonKind::Move, &sound(&all)), [About::Held], "{name} {ended}");
    }
    let all = [held("UT-II", long_ago, TODAY)];
    assert_eq!(about("UT-II", PersonKind::Obtain, &sound(&all)), [About::Held], "held to this very day");
}

#[test]
fn renewals_have_their_windows() {
    for (kind, valid_to, right) in [
        (PersonKind::RenewExam, date(2027, 11, 23), false),
        (PersonKind::RenewExam, date(2027, 11, 22), true),
        (PersonKind::RenewExam, date(2027, 5, 22), true),
        (PersonKind::RenewExam, date(2027, 5, 21), false),
        (PersonKind::RenewFile, date(2027, 5, 23), false),
        (PersonKind::RenewFile, date(2027, 5, 22), true),
        (PersonKind::RenewFile, date(2027, 2, 22), true),
        (PersonKind::RenewFile, date(2027, 2, 21), false),
    ] {
        let all = [held("UT-II", date(2015, 1, 1), valid_to)];
        assert_eq!(about("UT-II", kind, &sound(&all)).is_empty(), right, "{kind:?} {valid_to}");
    }
}

#[test]
fn a_renewal_by_file_asks_for_practice_conduct_and_an_examination_before() {
    let no = Some(false);
    for name in ["UT-I", "UT-II", "Y-DT"] {
        let all = [held(name, date(2015, 1, 1), date(2027, 3, 31))];
        let who = Applicant { unbroken: no, clean: no, last_by_exam: no, ..sound(&all) };
        let mut expected = vec![About::Practice, About::Conduct];
        expected.extend((name != "UT-I").then_some(About::LastRenewal));
        assert_eq!(about(name, PersonKind::RenewFile, &who), expected, "{name}");
        let all = [held(name, date(2015, 1, 1), date(2027, 8, 31))];
        let who = Applicant { unbroken: no, clean: no, last_by_exam: no, ..sound(&all) };
        assert!(about(name, PersonKind::RenewExam, &who).is_empty(), "{name} by examination");
    }
}

#[test]
fn the_register_decides_how_it_was_the_last_time() {
    use PersonKind::{Obtain, RenewExam, RenewFile};
    let last = About::LastRenewal;
    for (name, way, said, expected) in [
        ("UT-II", None, Some(true), vec![]),
        ("UT-II", None, Some(false), vec![last]),
        ("UT-II", Some(Obtain), Some(true), vec![]),
        ("UT-II", Some(RenewExam), None, vec![]),
        ("UT-II", Some(RenewExam), Some(false), vec![last]),
        ("UT-II", Some(RenewFile), None, vec![last]),
        ("UT-II", Some(RenewFile), Some(false), vec![last]),
        ("UT-II", Some(RenewFile), Some(true), vec![last, last]),
        ("UT-I", Some(RenewFile), Some(false), vec![]),
        ("UT-I", Some(RenewFile), Some(true), vec![last]),
        ("Y-DT", Some(RenewFile), Some(false), vec![last]),
    ] {
        let mut all = vec![HeldCode { way, ..held(name, date(2015, 1, 1), date(2027, 3, 31)) }];
        // What somebody claims on paper beside it changes nothing.
        for claimed in [false, true] {
            if claimed {
                all.push(HeldCode { unchecked: true, ..held(name, date(2015, 1, 1), date(2027, 4, 1)) });
            }
            let who = Applicant { last_by_exam: said, ..sound(&all) };
            assert_eq!(about(name, RenewFile, &who), expected, "{name} {way:?} {said:?} {claimed}");
        }
    }
    let all = [HeldCode { way: Some(RenewFile), ..held("UT-II", date(2015, 1, 1), date(2027, 3, 31)) }];
    let found = judge(&code("UT-II"), RenewFile, &sound(&all), TODAY);
    assert!(found[0].why.zh.contains("登记簿里上一次是审核换证"), "{found:?}");
}

#[test]
fn nothing_is_granted_on_what_nobody_has_checked() {
    use PersonKind::{Move, Obtain, RenewExam, RenewFile};
    let long_ago = date(2015, 1, 1);
    let checked = |name: &str, valid_to| held(name, long_ago, valid_to);
    let paper = |name: &str, valid_to| HeldCode { unchecked: true, number: "TS8610777-2027".into(), ..held(name, long_ago, valid_to) };
    let (by_exam, by_file) = (date(2027, 8, 31), date(2027, 3, 31));
    for (name, kind, all, expected) in [
        ("UT-II", RenewFile, vec![checked("UT-II", by_file)], ""),
        ("UT-II", RenewFile, vec![paper("UT-II", by_file)], "还没有核验"),
        ("UT-II", RenewFile, vec![], "登记簿里没有"),
        ("UT-II", RenewFile, vec![checked("RT-II", by_file)], "登记簿里没有"),
        // In time only by what is on paper.
        ("UT-II", RenewExam, vec![checked("UT-II", by_file), paper("UT-II", by_exam)], "还没有核验"),
        ("UT-II", RenewExam, vec![checked("UT-II", by_exam), paper("RT-II", by_exam)], ""),
        ("UT-II", Move, vec![paper("UT-II", by_exam)], "还没有核验"),
        ("UT-II", Move, vec![checked("UT-II", by_exam), paper("UT-II", by_exam)], ""),
        ("GS-JD", RenewExam, vec![checked("G-JD", by_exam)], ""),
        ("UT-II", Obtain, vec![], ""),
        ("UT-II", Obtain, vec![paper("RT-II", by_exam)], ""),
        ("UT-III", Obtain, vec![paper("UT-II", by_exam)], "还没有核验"),
        ("UT-III", Obtain, vec![checked("UT-II", by_exam), paper("UT-II", by_exam)], ""),
        ("TOFD-II", Obtain, vec![paper("UT-II", by_exam)], "还没有核验"),
    ] {
        let said = unfounded(&code(name), kind, &sound(&all), TODAY).map(|say| say.zh.into_owned()).unwrap_or_default();
        assert!(if expected.is_empty() { said.is_empty() } else { said.contains(expected) }, "{name} {kind:?} {all:?}: {said}");
        assert_eq!(said.contains("TS8610777-2027"), expected == "还没有核验", "{said}");
    }
    // With schooling that needs level I for three years first, it rests on level I.
    let all = [paper("UT-I", by_exam)];
    let who = Applicant { education: Some("other"), ..sound(&all) };
    assert!(unfounded(&code("UT-II"), Obtain, &who, TODAY).is_some());
}

#[test]
fn eyes_by_method() {
    for (name, vision, blind, expected) in [
        ("RT-I", 49, false, vec![About::Vision]),
        ("RT-I", 50, true, vec![]),
        ("MT-I", 50, true, vec![About::Colour]),
        ("PT-I", 49, true, vec![About::Vision, About::Colour]),
        ("MFL(AUTO)-II", 49, false, vec![About::Vision]),
        ("UT-I", 48, true, vec![]),
        ("UT-I", 47, false, vec![About::Vision]),
        ("AE-II", 48, false, vec![]),
        ("ECT-II", 47, false, vec![About::Vision]),
        ("Y-DT", 40, true, vec![]),
    ] {
        let who = Applicant { vision: Some(vision), colour_blind: Some(blind), ..sound(&[]) };
        assert_eq!(about(name, PersonKind::Obtain, &who), expected, "{name}");
    }
}

#[test]
fn what_is_not_known_is_not_judged() {
    for code in
        PersonnelCodes::builtin().selectable().filter(|code| !code.code.ends_with("-III") && !["RT(D)-II", "TOFD-II", "PA-II"].contains(&code.code.as_str()))
    {
        assert!(judge(code, PersonKind::Obtain, &Applicant::default(), TODAY).is_empty(), "{}", code.code);
    }
}
