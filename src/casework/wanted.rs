//! Which cases of a queue somebody wants to see: whose, of what kind, how near their last day. Pure.

use super::model::{ASKED, CLOSED, Flag, QUEUES};
use crate::base::workdays::Calendar;
use crate::base::{Text, t};
use crate::form::Values;
use crate::workflow::State;
use crate::workflow::action::Window;
use jiff::civil::Date;

/// How many working days before its last day a case is near it (临期).
pub const SOON: i64 = 2;

/// How much of what the caller may see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Share {
    /// 我承办的
    Mine,
    /// 本机关、本机构
    #[default]
    Ours,
    /// Also of the authorities this one delegated to, for supervisors.
    All,
}

/// How near the last day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Near {
    /// 已超期
    Overdue,
    /// 临期
    Soon,
}

impl Near {
    /// Each with its word and its words.
    pub const ALL: [(Near, &'static str, Text); 2] =
        [(Near::Overdue, "overdue", t("已超期", "Overdue")), (Near::Soon, "soon", t("临期（2 个工作日以内）", "Due within 2 working days"))];

    /// The last days that are meant, today being this day.
    pub fn days(self, calendar: &Calendar, today: Date) -> Window {
        match self {
            Near::Overdue => Window { from: Date::ZERO, to: today.yesterday().unwrap_or(today) },
            Near::Soon => {
                let days = std::iter::successors(Some(today), |day| day.tomorrow().ok());
                let last = days.take_while(|day| i64::from(calendar.working_days_between(today, *day)) <= SOON).last();
                Window { from: today, to: last.unwrap_or(today) }
            }
        }
    }
}

/// Which cases somebody wants to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Key of a queue; empty for everything that is not closed.
    pub queue: String,
    /// Whose of those the caller may see.
    pub whose: Share,
    /// 许可类别; empty for all.
    pub category: String,
    /// 申请类别; empty for all.
    pub kind: String,
    pub flag: Option<Flag>,
    pub due: Option<Near>,
    /// The last days that `due` means, for who knows today.
    pub days: Option<Window>,
    /// The beginning of a number, or a part of the unit's name.
    pub text: String,
    /// The newest first instead of the most urgent.
    pub newest: bool,
}

impl Wanted {
    /// The filter of a posted form.
    pub fn of(values: &Values) -> Wanted {
        let get = |key: &str| values.get(key).map(|value| value.trim().to_owned()).unwrap_or_default();
        let whose = match get("whose").as_str() {
            "mine" => Share::Mine,
            "all" => Share::All,
            _ => Share::Ours,
        };
        let (flag, due) = (get("flag"), get("due"));
        Wanted {
            queue: get("queue"),
            whose,
            category: get("category"),
            kind: get("kind"),
            flag: Flag::ALL.into_iter().find(|one| one.word() == flag),
            due: Near::ALL.into_iter().find(|one| one.1 == due).map(|one| one.0),
            days: None,
            text: get("text").chars().filter(|c| !c.is_control()).take(60).collect(),
            newest: get("order") == "newest",
        }
    }

    /// Whether what is done is asked for.
    pub fn is_closed(&self) -> bool {
        self.queue == CLOSED
    }

    /// The states asked for.
    pub fn states(&self) -> Vec<State> {
        let open = || QUEUES.iter().filter(|queue| !matches!(queue.key, CLOSED | ASKED));
        match QUEUES.iter().find(|queue| queue.key == self.queue) {
            Some(queue) => queue.states.to_vec(),
            None => open().flat_map(|queue| queue.states).copied().collect(),
        }
    }
}
