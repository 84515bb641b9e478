use super::*;
use proptest::prelude::*;

fn calendar() -> Calendar {
    let calendar = Calendar::builtin();
    assert_eq!(calendar.years.keys().copied().collect::<Vec<_>>(), (2020..=2026).collect::<Vec<_>>());
    calendar
}

fn day(iso: &str) -> Date {
    iso.parse().unwrap()
}

#[test]
fn the_examples_of_the_specification() {
    for (from, n, due) in [
        ("2026-02-09", 5, "2026-02-14"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-04-30", 5, "2026-05-11"),
        ("2026-09-30", 5, "2026-10-13"),
        ("2026-03-07", 5, "2026-03-13"),
        ("2026-03-02", 10, "2026-03-16"),
        ("2026-05-11", 20, "2026-06-08"),
        ("2026-05-11", 30, "2026-06-23"),
        ("2026-05-11", 17, "2026-06-03"),
        ("2026-06-08", 10, "2026-06-23"),
        ("2026-06-08", 7, "2026-06-17"),
        ("2026-06-08", 0, "2026-06-08"),
    ] {
        assert_eq!(calendar().add_working_days(day(from), n), Some(day(due)), "{from} + {n}");
    }
}

#[test]
fn three_days_were_used_before_the_pause() {
    assert_eq!(calendar().working_days_between(day("2026-03-02"), day("2026-03-05")), 3);
    assert_eq!(calendar().working_days_between(day("2026-03-05"), day("2026-03-02")), 0);
}

#[test]
fn days_off_and_makeup_workdays() {
    for (iso, works) in [
        ("2026-01-01", false),
        ("2026-01-04", true),
        ("2026-02-14", true),
        ("2026-02-23", false),
        ("2026-10-10", true),
        ("2026-10-11", false),
        ("2026-11-20", true),
        ("2027-01-01", true),
        ("2027-01-02", false),
    ] {
        assert_eq!(calendar().is_working_day(day(iso)), works, "{iso}");
    }
}

#[test]
fn months_end_on_the_same_number_or_the_last_day_and_never_on_a_day_off() {
    for (from, months, due) in [
        ("2026-01-31", 1, "2026-02-28"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2025-03-10", 12, "2026-03-10"),
        ("2025-10-01", 12, "2026-10-08"),
        ("2026-08-22", 1, "2026-09-22"),
        ("2026-10-22", 1, "2026-11-23"),
    ] {
        assert_eq!(calendar().add_months(day(from), months), Some(day(due)), "{from} + {months}");
    }
}

#[test]
fn a_year_without_notice_is_said() {
    assert_eq!(calendar().gap(day("2026-12-20"), day("2027-01-08")), Some(2027));
    assert_eq!(calendar().gap(day("2025-12-20"), day("2026-01-08")), None);
    assert!(calendar().warning(day("2026-12-20"), day("2027-01-08")).is_some_and(|w| w.zh.contains("2027")));
}

#[test]
fn legal_days_begin_eight_hours_before_utc() {
    assert_eq!(legal_date(0), day("1970-01-01"));
    for (ms, iso, time) in [
        (1_795_305_600_000, "2026-11-22", "08:00:00"),
        (1_795_363_199_999, "2026-11-22", "23:59:59"),
        (1_795_363_200_000, "2026-11-23", "00:00:00"),
        (-28_800_001, "1969-12-31", "23:59:59"),
    ] {
        assert_eq!((legal_date(ms), time_of_day(ms).as_str()), (day(iso), time), "{ms}");
    }
    assert_eq!(end_of(day("2026-11-22")), 1_795_363_200_000);
    assert_eq!(date_time(1_795_305_600_000), "2026-11-22 08:00:00");
}

#[test]
fn days_in_words() {
    assert_eq!(date_zh(day("2026-11-22")), "2026年11月22日（周日）");
    assert_eq!(date_en(day("2026-11-22")), "22 Nov 2026 (Sun)");
    assert_eq!(show_date(day("2026-03-02"), Lang::Zh), "2026年3月2日（周一）");
}

proptest! {
    #[test]
    fn a_limit_ends_on_a_working_day_after_just_so_many(start in 0i32..2500, n in 1u32..60) {
        let calendar = calendar();
        let from = day("2020-01-01").checked_add(start.days()).unwrap();
        let due = calendar.add_working_days(from, n).unwrap();
        prop_assert!(calendar.is_working_day(due));
        prop_assert_eq!(calendar.working_days_between(from, due), n);
    }

    #[test]
    fn instants_lie_in_their_day(ms in -1_000_000_000_000i64..4_000_000_000_000) {
        let day = legal_date(ms);
        prop_assert!(start_of(day) <= ms && ms < end_of(day));
    }
}

#[test]
fn a_month_has_each_day_once_under_its_weekday() {
    for first in ["2026-02-01", "2026-06-01", "2027-08-01", "2028-02-01"].map(day) {
        let weeks = weeks_of(first);
        let days: Vec<Date> = weeks.iter().flatten().flatten().copied().collect();
        assert_eq!((days.len(), days[0], days[days.len() - 1]), (first.days_in_month() as usize, first, first.last_of_month()));
        assert!(days.windows(2).all(|two| two[0].tomorrow().unwrap() == two[1]));
        assert!(weeks.iter().all(|week| week.iter().enumerate().all(|(at, day)| day.is_none_or(|day| day.weekday().to_monday_zero_offset() as usize == at))));
    }
}

#[test]
fn a_text_is_a_day_exactly_if_the_library_reads_it_as_one() {
    for text in
        ["2026-02-28", "2024-02-29", "2026-02-29", "2026-13-01", "2026-1-01", "26-01-01", "", "2026-01-01T00", "2026-01", "+026-01-01", "二〇二六-01-01"]
    {
        let is_day = text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok_and(|day| day.to_string() == text);
        assert_eq!(is_iso(text), is_day, "{text}");
    }
}
