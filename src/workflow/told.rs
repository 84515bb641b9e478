//! What an action says to whoever may see it, in plain words: the reason, and what the law wants told beside it; and how a limit
//! stands.

use super::Matter;
use super::action::{Action, Conclusion, Feedback, Ground, Mark, SERVED, Satisfaction, Score, Window};
use super::actor::{Party, Role};
use super::case::Case;
use super::clock::{Clock, Ledger, Line, Reason, Standing};
use super::person::{Misconduct, subject_of};
use super::state::State;
use crate::base::workdays::{date_en, date_zh};
use crate::base::{Say, Text, period, say, t};
use jiff::civil::Date;

/// Parts that say something, one after the other. Each is a name and people's own words, or words of ours.
#[derive(Default)]
struct Words {
    zh: Vec<String>,
    en: Vec<String>,
}

impl Words {
    fn own(mut self, text: &str) -> Words {
        if !text.is_empty() {
            self.zh.push(text.to_owned());
            self.en.push(text.to_owned());
        }
        self
    }

    fn named(mut self, name: Text, text: &str) -> Words {
        if !text.is_empty() {
            self.zh.push(format!("{}：{text}", name.zh));
            self.en.push(format!("{}: {text}", name.en));
        }
        self
    }

    fn said(mut self, said: impl Into<Say>) -> Words {
        let said = said.into();
        self.zh.push(said.zh.into_owned());
        self.en.push(said.en.into_owned());
        self
    }

    fn day(self, name: Text, day: Date) -> Words {
        self.said(say(format!("{}：{}", name.zh, date_zh(day)), format!("{}: {}", name.en, date_en(day))))
    }

    fn periods(self, name: Text, windows: &[Window]) -> Words {
        let zh: Vec<_> = windows.iter().map(|window| window.said().zh.clone()).collect();
        let en: Vec<_> = windows.iter().map(|window| window.said().en.clone()).collect();
        self.said(say(format!("{}：{}", name.zh, zh.join("；")), format!("{}: {}", name.en, en.join("; "))))
    }

    fn people(self, names: &[String]) -> Words {
        self.listed(t("评审人员", "Reviewers"), names)
    }

    fn listed(self, name: Text, all: &[String]) -> Words {
        if all.is_empty() {
            return self;
        }
        self.said(say(format!("{}：{}", name.zh, all.join("、")), format!("{}: {}", name.en, all.join(", "))))
    }

    fn marks(self, marks: &[Mark]) -> Words {
        marks.iter().enumerate().fold(self, |words, (n, mark)| words.own(&format!("{}. {}", n + 1, mark.text)))
    }

    fn scores(self, scores: &[Score]) -> Words {
        scores.iter().fold(self, |words, score| {
            let (zh, en) = score.points.map_or_else(|| ("缺考".to_owned(), "absent".to_owned()), |points| (format!("{points} 分"), points.to_string()));
            let subject = subject_of(&score.subject);
            words.said(say(format!("{}：{zh}", subject.zh), format!("{}: {en}", subject.en)))
        })
    }

    fn feedback(self, answers: &Feedback) -> Words {
        let satisfied = match answers.satisfaction {
            Satisfaction::Satisfied => t("满意", "Satisfied"),
            Satisfaction::Mostly => t("基本满意", "Mostly satisfied"),
            Satisfaction::Dissatisfied => t("不满意", "Dissatisfied"),
        };
        let questions = [t("廉洁方面", "Integrity"), t("履职方面", "Conduct"), t("公正方面", "Fairness")];
        let words = self.periods(t("评审起止日期", "Period"), &[answers.period]).people(std::slice::from_ref(&answers.reviewers)).said(satisfied);
        let answered = questions.into_iter().zip(answers.answers());
        let words = answered.filter_map(|(question, answer)| Some((question, answer?))).fold(words, |words, (question, answer)| words.named(question, answer));
        words.own(&answers.note)
    }

    fn whole(self) -> Say {
        say(self.zh.join("\n"), self.en.join("\n"))
    }
}

impl Window {
    /// In words: a day, or from one to another.
    pub fn said(self) -> Say {
        period::said(self.from, self.to)
    }
}

/// What an action names by ids, for whoever knows the names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    Account(String),
    /// An agency or an examination body.
    Unit(String),
    /// Items of the catalogue.
    Items(Vec<String>),
}

impl Action {
    /// Whom and what it names beside its words, each with what that is called.
    pub fn names(&self) -> Vec<(Text, Named)> {
        use Action::*;
        let agency = |id: &String| (t("鉴定评审机构", "Review agency"), Named::Unit(id.clone()));
        let left_out = |items: &[String]| (!items.is_empty()).then(|| (t("不再申请", "Applied for no longer"), Named::Items(items.to_vec())));
        match self {
            Accept { agency: Some(id), .. } | ConfirmAcceptance { agency: Some(id), .. } | ReplaceAgency { agency: id, .. } => vec![agency(id)],
            AmendAcceptance { agency: id, items, .. } => id.iter().map(agency).chain(left_out(items)).collect(),
            NarrowScope { items, .. } => left_out(items).into_iter().collect(),
            HandOver { to } => vec![(t("移交给", "Handed over to"), Named::Account(to.clone()))],
            DraftDecision { draft } => draft.second.iter().map(|id| (t("另一名审查人员", "Second examiner"), Named::Account(id.clone()))).collect(),
            SignUp { body, .. } => vec![(t("考试机构", "Examination body"), Named::Unit(body.clone()))],
            _ => Vec::new(),
        }
    }

    /// What whoever may see it is told of it, line by line. Of a refusal also its ground and the right authority
    /// (行政许可法 art. 32).
    pub fn told(&self) -> Say {
        use Action::*;
        let words = Words::default();
        let offered = t("可选时间", "Offered");
        let words = match self {
            Refuse { ground, reason, right_authority } => {
                words.said(Ground::ALL[*ground as usize].2).own(reason).named(t("应当申请的机关", "The authority to apply to"), right_authority)
            }
            Accept { checked, .. } | ConfirmAcceptance { checked, .. } => words.named(t("已核对", "Checked"), &checked.join("；")),
            RequireCorrection { marks, cause, .. } => words.own(cause).marks(marks),
            Propose { windows } => words.periods(offered, windows),
            Counter { windows, reviewers, reason } => words.periods(offered, windows).people(reviewers).own(reason),
            Agree { window, reviewers } => words.periods(t("评审时间", "Date"), &[*window]).people(reviewers),
            AcceptCounter { window } => words.periods(t("评审时间", "Date"), &[*window]),
            AskReschedule { window, reason, reviewers } => words.periods(t("改到", "To"), &[*window]).people(reviewers).own(reason),
            AgreeReschedule { reviewers } => words.people(reviewers),
            RecordReview { text, .. } | Rectify { text, .. } | Explain { text, .. } => words.own(text),
            Memo { problems, requirements, deadline, agency_signer, unit_signer, .. } => {
                let words = problems.iter().enumerate().fold(words, |words, (n, problem)| {
                    let words = words.own(&format!("{}. {problem}", n + 1));
                    words.named(t("整改要求", "To be done"), requirements.get(n).map_or("", String::as_str))
                });
                let words = words.day(t("整改期限", "To be rectified by"), *deadline);
                if unit_signer.trim().is_empty() {
                    words.named(t("评审机构签字", "Signed for the agency"), agency_signer).said(t("等申请单位签署", "The applicant has yet to sign"))
                } else {
                    words.named(t("双方签字", "Signed by both sides"), &format!("{agency_signer}、{unit_signer}"))
                }
            }
            AmendAcceptance { changes, amended, .. } => words
                .own(changes)
                .named(t("单位名称改为", "Name now"), &amended.name)
                .named(t("住所改为", "Registered address now"), &amended.registered)
                .named(t("制造、充装、办公地址改为", "Places of work now"), &amended.addresses.join("；")),
            VerifyOk { note } | Grant { note } | CheckPractice { note } => words.own(note),
            Report { conclusion, summary, .. } => words.said(conclusion.label()).own(summary),
            GiveFeedback { answers } => words.feedback(answers),
            AskExplanation { question } => words.own(question),
            OpenHearing { on, place } => words.day(t("举行日期", "Date"), *on).named(t("地点", "Place"), place),
            CloseHearing { record } => words.own(record),
            SignUp { day, .. } => words.day(t("考试日期", "Examination"), *day),
            MoveExam { day, times, place, reason } => words
                .day(t("改为", "Now on"), *day)
                .named(t("考试时间", "Hours"), times)
                .named(t("考试地点", "Place"), place)
                .named(t("原因", "Reason"), reason),
            ReportMisconduct { subject, text } => match subject {
                Some(subject) => {
                    let subject = subject_of(subject);
                    let (zh, en) = (format!("违纪，科目成绩无效：{}", subject.zh), format!("Misconduct, the subject is void: {}", subject.en));
                    words.said(say(zh, en)).own(text)
                }
                None => words.said(t("作弊，全部科目成绩无效", "Cheating, all subjects are void")).own(text),
            },
            PublishMarks { scores } => words.scores(scores),
            AnswerComplaint { text, scores, lifted } => {
                let lifts = |words: Words, one: &Misconduct| match &one.subject {
                    Some(subject) => {
                        let subject = subject_of(subject);
                        words.said(say(format!("撤销违纪记录：{}", subject.zh), format!("Record of misconduct taken back: {}", subject.en)))
                    }
                    None => words.said(t("撤销作弊记录", "Record of cheating taken back")),
                };
                lifted.iter().fold(words.own(text), lifts).scores(scores)
            }
            DraftDecision { draft } => {
                let words = words.said(if draft.grant { t("建议准予许可", "Proposes to grant") } else { t("建议不予许可", "Proposes to deny") });
                let words = if draft.second.is_some() {
                    words.said(t("已由两名以上审查人员现场核查", "Checked on site by two examiners or more"))
                } else {
                    words
                };
                words.own(&draft.opinion)
            }
            Issue { certificates } => words.listed(t("证书编号", "Certificate"), certificates),
            // Events from before have the Chinese words.
            Deliver { how } => match SERVED.iter().find(|(word, called)| word == how || called.zh == how) {
                Some((_, called)) => words.said(*called),
                None => words.own(how),
            },
            _ => words.own(self.reason()),
        };
        words.whole()
    }

    /// The files it brings.
    pub fn files(&self) -> Vec<&str> {
        use Action::*;
        let ids: Vec<&str> = match self {
            RecordReview { files, .. } | Rectify { files, .. } | Report { files, .. } | Explain { files, .. } => files.iter().map(String::as_str).collect(),
            Memo { file, .. } => vec![file],
            _ => Vec::new(),
        };
        ids.into_iter().filter(|id| !id.is_empty()).collect()
    }
}

impl Conclusion {
    /// In the rule's words.
    pub fn label(self) -> Text {
        match self {
            Conclusion::Meets => t("符合条件", "Meets the conditions"),
            Conclusion::MeetsAfterRectification => t("整改后符合条件", "Meets the conditions after rectification"),
            Conclusion::DoesNotMeet => t("不符合条件", "Does not meet the conditions"),
        }
    }
}

impl Case {
    /// What whoever's turn it is has to do.
    pub(super) fn todo(&self, turn: Role, ledger: &Ledger) -> Text {
        let main = ledger.main_line();
        let clock = main.map(|line| line.clock);
        // A person gets a certificate and no licence.
        let of = |unit: Text, person: Text| if self.matter() == Matter::Person { person } else { unit };
        match (self.state, turn.party()) {
            _ if clock == Some(Clock::Complaint) => t("答复成绩申诉", "answer the complaint about the marks"),
            (State::ExamFailed, Party::Unit) if main.is_some_and(|line| line.overdue) => t(
                "核对成绩，有异议的在公布后一个月内申诉；补考的期限已过",
                "check the marks and complain within a month if they are wrong; the time for a resit has passed",
            ),
            (State::Draft | State::Deleted, _) => t("填写申请书并提交", "complete the book and submit it"),
            (State::Submitted | State::Resubmitted, _) => t("决定是否受理", "decide on acceptance"),
            (State::Correction, _) => t("逐项补正后重新提交", "correct every point and resubmit"),
            (State::Accepted | State::ExamPassed, _) if self.matter() == Matter::Person && turn == Role::Acceptance => {
                t("核对资格条件，补发受理决定书", "check the conditions and issue the acceptance decision")
            }
            (State::Accepted | State::ExamFailed, Party::Unit) => t("报名参加考试", "sign up for an examination"),
            (State::ExamRegistered | State::Resit, _) => t("组织考试并公布成绩", "hold the examination and publish the marks"),
            (State::ExamPassed, _) => t("开始审查", "begin the examination of the case"),
            (State::Accepted, Party::Authority) if turn == Role::Examiner => t("开始审查", "begin the examination of the case"),
            (State::Accepted, _) => t("委托鉴定评审，或者转入审查", "entrust the review, or go on to examination"),
            (State::Entrusted | State::ScheduleReturned, _) => t("提出评审时间", "propose dates for the review"),
            (State::Scheduling, Party::Unit) => t("答复评审机构所提的时间", "answer the dates the agency offers"),
            (State::Scheduling, _) => t("答复申请单位所提的时间", "answer the dates the applicant proposes"),
            (State::Scheduled, _) => t("按约定的时间评审", "review on the days agreed"),
            (State::UnderReview, _) => t("完成评审并提交报告", "finish the review and report"),
            (State::Rectifying, Party::Unit) => t("整改并提交整改报告", "rectify, and report on it"),
            (State::Rectifying, _) => t("确认整改情况", "judge the rectification"),
            (State::Reported, _) => t("接收评审报告", "receive the review report"),
            (State::Examining, _) if self.awaits_hearing() => t("决定举行听证的时间、地点", "open the hearing that was requested"),
            (State::Examining, _) => t("审查并拟定意见", "examine and draft the decision"),
            (State::Hearing, _) => t("举行听证", "hold the hearing"),
            (State::PendingApproval, _) if self.awaits_hearing() => t("退回审查，先举行听证", "send it back to the examiner, so that the hearing comes first"),
            (State::PendingApproval, _) if ledger.asking().is_some() => {
                t("在申请听证的期限届满后作出决定", "decide, once the time to ask for a hearing is over")
            }
            (State::PendingApproval, _) => t("作出决定", "decide"),
            (State::Granted, _) if clock == Some(Clock::Publicity) => of(
                t("公布决定，制作并送达许可证", "publish the decision, make and serve the certificate"),
                t("公布决定，制作并送达证书", "publish the decision, make and serve the certificate"),
            ),
            (State::Granted, _) => of(t("制作并送达许可证", "make and serve the certificate"), t("制作并送达证书", "make and serve the certificate")),
            (State::Issued, _) if clock == Some(Clock::Publicity) => t("公布决定", "publish the decision"),
            (State::Issued, _) => of(t("送达许可证", "serve the certificate"), t("送达证书", "serve the certificate")),
            (State::Denied, _) => t("送达决定书", "serve the decision"),
            (State::Suspended, _) => t("在中止的原因消除后恢复办理", "resume once the reason for the suspension is gone"),
            (State::ExamFailed | State::Failed | State::Refused | State::Withdrawn | State::Terminated | State::Lapsed, _) => Text::NONE,
        }
    }
}

impl Reason {
    /// Why it stands still, and what starts it again (ruling 22).
    pub fn say(self) -> Text {
        match self {
            Reason::Review => t("已委托现场鉴定评审，收到评审报告后恢复计算", "on-site review, entrusted; it goes on when the report arrives"),
            Reason::Hearing => t("听证期间，听证结束后恢复计算", "hearing; it goes on when the hearing is closed"),
            Reason::Suspension => t("中止办理，恢复办理后继续计算", "suspended; it goes on when the case is resumed"),
        }
    }

    /// The same, with the day since when.
    pub fn since(self, day: Date) -> Say {
        let why = self.say();
        say(format!("自{}起停止计算：{}", date_zh(day), why.zh), format!("stopped since {}: {}", date_en(day), why.en))
    }
}

impl Line {
    /// The line in words: which day of how many, whether it runs, until when.
    pub fn say(&self) -> Say {
        let (unit_zh, unit_en) = if self.calendar_days { ("日", "day") } else { ("个工作日", "working day") };
        let count = say(format!("第 {} {unit_zh}，共 {} {unit_zh}", self.day, self.of), format!("{unit_en} {} of {}", self.day, self.of));
        let day = |day: Option<Date>, words: fn(Date) -> Say| day.map_or_else(|| say("", ""), words);
        match &self.standing {
            Standing::Running => {
                let due = day(self.due, |due| say(format!("，{}到期", date_zh(due)), format!(", due {}", date_en(due))));
                let committed = day(self.committed, |day| say(format!("，承诺{}前", date_zh(day)), format!(", committed by {}", date_en(day))));
                say(format!("{}{}{}", count.zh, due.zh, committed.zh), format!("{}{}{}", count.en, due.en, committed.en))
            }
            Standing::Ended { on } => {
                // A right is used, waived or lapses.
                let ended = if self.clock == Clock::HearingRequest { "结束" } else { "办结" };
                say(format!("{}，{}{ended}", count.zh, date_zh(*on)), format!("{}, ended {}", count.en, date_en(*on)))
            }
            Standing::Stopped { since, why } => {
                let stopped = why.since(*since);
                say(format!("{}，{}", count.zh, stopped.zh), format!("{}, {}", count.en, stopped.en))
            }
        }
    }
}
