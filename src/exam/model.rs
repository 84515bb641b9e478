//! Examinations as their screens know them: plans, sessions, candidates, and what may be typed as a mark. Pure.

use crate::base::{Say, Text, say, t};
use crate::form::field::no_rules;
use crate::form::{Field, Group, Kind, Page, Part, Table, Values};
use crate::ui::form::FormState;
use crate::workflow::action::Score;
use crate::workflow::person::{Misconduct, Seat};
pub use crate::workflow::person::{SUBJECTS, subject_of};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The most a subject is marked with (TSG Z8001-2019).
const FULL: u32 = 100;
/// The most candidates of a session.
pub const MOST_SEATS: i64 = 500;

/// The key of a subject.
pub fn key_of(subject: &str) -> &'static str {
    SUBJECTS.iter().find(|(_, label)| label.zh == subject).map_or("", |(key, _)| key)
}

/// 缺考, as it is stored.
pub const ABSENT: &str = "缺考";

/// A mark in its stored form: empty while there is none, 缺考, or points.
///
/// # Errors
/// What may be typed instead.
pub fn mark(typed: &str) -> Result<String, Say> {
    let typed = typed.trim();
    if typed.is_empty() || typed == ABSENT {
        return Ok(typed.to_owned());
    }
    if typed.eq_ignore_ascii_case("absent") {
        return Ok(ABSENT.to_owned());
    }
    match typed.parse::<u32>() {
        Ok(points) if points <= FULL => Ok(points.to_string()),
        _ => Err(say("请填 0 到 100 的整数，或者“缺考”", "Write a whole number from 0 to 100, or “absent”")),
    }
}

/// The scores of these subjects as the record takes them; `None` while one is missing.
pub fn scores(subjects: &[String], marks: &Values) -> Option<Vec<Score>> {
    let score = |subject: &String| {
        let points = match marks.get(key_of(subject)).map(String::as_str) {
            None | Some("") => return None,
            Some(ABSENT) => None,
            Some(points) => Some(points.parse().ok()?),
        };
        Some(Score { subject: subject.clone(), points })
    };
    subjects.iter().map(score).collect()
}

const fn group(fields: &'static [Field]) -> Part {
    Part::Group(Group { title: Text::NONE, hint: Text::NONE, fields })
}

/// 公布年度考试计划 (TSG Z8001-2019 art. 28: before the end of February)
pub const PLAN: Page = Page {
    key: "exam_plan",
    title: t("公布年度考试计划", "Publish the plan of a year"),
    lead: t("同一年度再次公布，将替换原计划。", "A plan published again for a year takes the place of the one before."),
    parts: &[group(&[
        Field::new("year", t("年度", "Year"), Kind::Year),
        Field::new("text", t("考试计划", "Plan"), Kind::LongText)
            .hint("写明考试项目、时间、地点和报名办法。", "Which qualifications, when, where, and how to sign up.")
            .max(4000),
    ])],
    rules: no_rules,
};

/// What a session is, asked when it is added and when it is changed.
const OFFER: Part = group(&[
    Field::new("day", t("考试日期", "Day"), Kind::Date),
    Field::new("times", t("考试时间", "Hours"), Kind::Text).example_in("09:00 理论，14:00 实际操作", "09:00 theory, 14:00 practice").max(60),
    Field::new("closes_on", t("报名截止日期", "Last day to sign up"), Kind::Date).hint("须早于考试日期。", "Before the day itself."),
    Field::new("place", t("考试地点", "Place"), Kind::Text).max(100),
    Field::new("codes", t("考试项目代号", "Codes"), Kind::Text)
        .hint("多个代号用顿号或逗号隔开。", "Separate several with commas.")
        .example_in("UT-II、RT-II", "UT-II, RT-II")
        .max(300),
    Field::new("seats", t("座位数", "Seats"), Kind::Int(t("人", "candidates"))),
]);

/// 新增考试场次
pub const SESSION: Page = Page { key: "exam_session", title: t("新增考试场次", "Add a session"), lead: Text::NONE, parts: &[OFFER], rules: no_rules };

/// 变更考试场次
pub const CHANGE: Page = Page {
    key: "exam_change",
    title: t("变更场次", "Change the session"),
    lead: t(
        "日期、时间或者地点变更的，系统通知已报名的考生，并换发准考证。",
        "If the day, the hours or the place change, whoever has signed up is told and gets a new admission slip.",
    ),
    parts: &[
        OFFER,
        group(&[Field::new("reason", t("变更原因", "Reason"), Kind::Text).hint("会告知已报名的考生。", "Whoever has signed up is told.").max(200)]),
    ],
    rules: no_rules,
};

/// 取消考试场次
pub const CALL_OFF: Page = Page {
    key: "exam_call_off",
    title: t("取消场次", "Call the session off"),
    lead: t("取消后不能恢复。已报名的考生会收到通知，可以另选场次。", "This cannot be undone. Whoever has signed up is told and can choose another session."),
    parts: &[group(&[Field::new("reason", t("取消原因", "Reason"), Kind::Text).hint("会告知已报名的考生。", "Whoever has signed up is told.").max(200)])],
    rules: no_rules,
};

const fn points(key: &'static str, label: Text) -> Field {
    Field::new(key, label, Kind::Text).hint("0 到 100 的整数，或者“缺考”；不考的科目留空", "0 to 100, or “absent”; empty where not sat").max(10).optional()
}

/// 成绩表, as a spreadsheet.
pub const MARKS: Table = Table {
    key: "marks",
    label: t("成绩表", "Marks"),
    hint: Text::NONE,
    row: t("一名考生", "a candidate"),
    columns: &[
        Field::new("no", t("申请号", "Application"), Kind::Text).max(30),
        Field::new("name", t("姓名", "Name"), Kind::Text).max(50).optional(),
        points(SUBJECTS[0].0, SUBJECTS[0].1),
        points(SUBJECTS[1].0, SUBJECTS[1].1),
        points(SUBJECTS[2].0, SUBJECTS[2].1),
    ],
    min_rows: 0,
    max_rows: 500,
};

/// A body's plan of a year (年度考试计划).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub body: String,
    pub year: i16,
    pub text: String,
}

/// 考试场次
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub id: String,
    pub body_id: String,
    pub body: String,
    pub day: Date,
    /// 考试时间, in the body's words; sessions stored before they were asked have none.
    pub times: String,
    /// The last day of signing up.
    pub closes_on: Date,
    pub place: String,
    pub codes: Vec<String>,
    pub seats: i64,
    pub taken: i64,
    /// Of what was arranged before the day, and of the marks typed from then on.
    pub revision: i64,
    /// Why it was called off (取消), if it was.
    pub called_off: Option<String>,
}

impl Session {
    /// 余位
    pub fn left(&self) -> i64 {
        self.seats - self.taken
    }

    /// Whether it examines one of these.
    pub fn examines(&self, codes: &[String]) -> bool {
        codes.iter().any(|code| self.codes.contains(code))
    }

    /// Whether candidates have to come at another time, or to another place.
    pub fn is_moved_from(&self, before: &Session) -> bool {
        (self.day, &self.times, &self.place) != (before.day, &before.times, &before.place)
    }
}

/// An accepted candidate without a seat (待报名).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub no: String,
    pub name: String,
    pub codes: Vec<String>,
    /// A resit, at the body of the examination.
    pub resits: bool,
    /// When the application was accepted.
    pub since: Option<Date>,
}

/// Whoever passed at a session, as the public reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    pub session: Session,
    /// 座位号, 姓名, 项目, in the order of seats.
    pub rows: Vec<(i64, String, Vec<String>)>,
}

/// A case of the reader's own, on its way to an examination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyCase {
    pub no: String,
    pub codes: Vec<String>,
    pub revision: i64,
    pub may_sign_up: bool,
    pub may_cancel: bool,
    pub seat: Option<Seat>,
    /// A resit is only where the examination was.
    pub only_body: Option<String>,
}

/// What the public reads, and what of it is the reader's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    pub plans: Vec<Plan>,
    pub sessions: Vec<Session>,
    /// Sessions whose list of those who passed is public.
    pub published: Vec<Session>,
    pub cases: Vec<MyCase>,
    /// The beginning of the names of clicks.
    pub click: String,
    pub state: FormState,
}

/// The sessions of a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sessions {
    pub rows: Vec<Session>,
    pub plans: Vec<Plan>,
    pub waiting: Vec<Waiting>,
    pub may_edit: bool,
    pub plan: FormState,
    pub session: FormState,
}

/// Somebody with a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    pub no: String,
    pub name: String,
    pub codes: Vec<String>,
    /// 座位号
    pub nth: i64,
    /// 申请状态, in the words of a person's case.
    pub state: Say,
    pub revision: i64,
    /// Whether the seat is theirs still, and its marks are to come.
    pub sits: bool,
    pub is_published: bool,
    /// What they sit, or sat.
    pub subjects: Vec<String>,
    /// What was typed, by the key of the subject.
    pub marks: Values,
    pub misconduct: Vec<Misconduct>,
    /// A complaint about the marks of this session waits for its answer.
    pub complains: bool,
}

/// A session with its candidates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionFile {
    pub session: Session,
    pub candidates: Vec<Candidate>,
    /// The day has come.
    pub has_come: bool,
    pub may_edit: bool,
    /// Some marks are public, so it took place.
    pub is_marked: bool,
    /// 变更场次, filled with what is arranged.
    pub change: FormState,
    /// 取消场次
    pub call_off: FormState,
    /// The beginning of the names of clicks.
    pub click: String,
    pub state: FormState,
}

/// Where a candidate's mark in a subject is typed.
pub fn mark_path(no: &str, key: &str) -> String {
    format!("marks/{no}/{key}")
}

/// What is written about one candidate on the page of a session, kept where it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// Why a seat is given up.
    Reason,
    /// The subject of 违纪; empty for 作弊.
    Subject,
    /// What happened.
    Misconduct,
    /// The answer to a complaint.
    Answer,
    /// Whether it takes the record of misconduct back.
    Lift,
}

impl Note {
    /// Where it stands among what is kept of the page.
    pub fn path(self, no: &str) -> String {
        let key = match self {
            Note::Reason => "reason",
            Note::Subject => "subject",
            Note::Misconduct => "misconduct",
            Note::Answer => "answer",
            Note::Lift => "lift",
        };
        format!("{key}/{no}")
    }

    /// What was written and refused, if anything.
    pub fn of(self, no: &str, state: &FormState) -> Option<String> {
        state.values.get(&self.path(no)).cloned()
    }
}
