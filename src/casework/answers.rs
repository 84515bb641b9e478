//! What was posted to a form of a case, as an action; or what is missing, and where. Pure.

use super::forms::{
    Ask, CONCLUSION_CHOICES, CONCLUSIONS, CONDITIONS, Form, GROUNDS, LIBRARY, NONE, ON_SITE, OTHER, Offer, Pick, SATISFIED, SATISFIED_CHOICES, SERVED, pair_of,
};
use crate::base::{Say, Text, period, say, text};
use crate::form::{Choice, Doc, Field, Issue, Kind, Need, Severity, Values, judge_field};
use crate::workflow::action::{Amended, Draft, Feedback, Ground, Window};
use crate::workflow::{Action, ActionKind, unchecked};
use jiff::civil::Date;

/// What was posted to a form.
struct Given<'a> {
    form: &'a Form,
    values: &'a Values,
}

impl Given<'_> {
    fn get(&self, key: &str) -> String {
        self.values.get(&self.form.path(key)).map(|value| text::tidy(value)).unwrap_or_default()
    }

    /// What was ticked among offers.
    fn some(&self, key: &str) -> Vec<String> {
        let ticks = self.form.path(&format!("{key}@"));
        self.values.iter().filter(|(path, _)| path.starts_with(&ticks)).map(|(_, value)| value.clone()).collect()
    }

    fn lines(&self, key: &str) -> Vec<String> {
        self.get(key).lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    }

    fn files(&self, key: &str) -> Vec<String> {
        self.get(key).split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect()
    }

    /// 不委托 is a choice of its own where the authority decides on the review.
    fn agency(&self) -> Option<String> {
        Some(self.get("agency")).filter(|chosen| chosen != NONE)
    }

    fn day(&self, key: &str) -> Option<Date> {
        self.get(key).parse().ok()
    }

    fn window(&self, key: &str) -> Option<Window> {
        period::days(&text::code(&self.get(key))).map(|(from, to)| Window { from, to })
    }

    /// The periods that are given.
    fn windows(&self) -> Vec<Window> {
        self.form.periods().filter_map(|field| self.window(field.key)).collect()
    }

    /// The pairs that are begun: both parts of each, and its place.
    fn pairs(&self, fields: &[Field; 2], most: usize) -> Vec<(usize, [String; 2])> {
        let pair = |n: usize| (n, [0, 1].map(|at| self.get(&pair_of(&fields[at], n))));
        (1..=most).map(pair).filter(|(_, parts)| parts.iter().any(|part| !part.is_empty())).collect()
    }

    /// The parts of pairs that are not there; of none the first.
    fn judge_pairs(&self, fields: &[Field; 2], most: usize) -> Vec<Issue> {
        let missing = |field: &Field, n: usize| {
            Issue::error(self.form.path(&pair_of(field, n)), say(format!("请填写{}", field.label.zh), format!("Give it: {}", field.label.en)))
        };
        let pairs = self.pairs(fields, most);
        if pairs.is_empty() {
            return fields.iter().map(|field| missing(field, 1)).collect();
        }
        let mut issues = Vec::new();
        for (n, parts) in &pairs {
            for (field, part) in fields.iter().zip(parts) {
                let most = usize::from(field.max);
                if part.is_empty() {
                    issues.push(missing(field, *n));
                } else if part.chars().count() > most {
                    let path = self.form.path(&pair_of(field, *n));
                    issues.push(Issue::error(path, say(format!("最多 {most} 个字"), format!("At most {most} characters"))));
                }
            }
        }
        issues
    }

    fn judge(&self, today: Date) -> Vec<Issue> {
        let doc = Doc::of(self.values.clone());
        let missing = |key: &str, say: Say| vec![Issue::error(self.form.path(key), say)];
        let choose = |label: Text| say(format!("请选择{}", label.zh), format!("Choose: {}", label.en));
        let judge = |ask: &Ask| match ask {
            // A tick that is not optional says that something was done.
            Ask::Field(field) if field.kind == Kind::Tick && matches!(field.need, Need::Always) && self.get(field.key) != "yes" => {
                missing(field.key, say(format!("请勾选“{}”", field.label.zh), format!("Please tick “{}”", field.label.en)))
            }
            Ask::Field(field) => judge_field(field, self.form.kind.word(), &doc, today),
            Ask::One(pick) if pick.need && self.get(pick.key).is_empty() => missing(pick.key, choose(pick.label)),
            Ask::Some(pick) if pick.need && self.some(pick.key).is_empty() => missing(pick.key, choose(pick.label)),
            Ask::Files { key, label, need: true } if self.files(key).is_empty() => {
                missing(key, say(format!("请上传{}", label.zh), format!("Attach: {}", label.en)))
            }
            Ask::Pairs { first, most, .. } => self.judge_pairs(first, *most),
            Ask::One(_) | Ask::Some(_) | Ask::All(_) | Ask::Files { .. } | Ask::Known { .. } | Ask::Marks | Ask::Certificates => Vec::new(),
        };
        let issues = self.form.asks.iter().flat_map(judge).chain(self.judge_site());
        let is_picked = |issue: &Issue| issue.path == self.form.path("reason") && self.get("reason").is_empty() && !self.get(LIBRARY).is_empty();
        issues.filter(|issue| issue.severity == Severity::Error && !is_picked(issue)).collect()
    }

    /// 现场核查 takes two examiners (行政许可法 art. 34): its tick and the second one go together.
    fn judge_site(&self) -> Option<Issue> {
        let (on_site, second) = (self.get(ON_SITE) == "yes", !self.get("second").is_empty());
        match (on_site, second) {
            (true, false) => Some(Issue::error(
                self.form.path("second"),
                say("现场核查须有两名以上审查人员，请选择另一名审查人员", "A check on site takes two examiners or more; choose the second one"),
            )),
            (false, true) => Some(Issue::error(
                self.form.path(ON_SITE),
                say("选择了另一名审查人员的，请勾选“已现场核查”", "Tick that the check on site took place, or choose no second examiner"),
            )),
            _ => None,
        }
    }
}

/// What was not ticked of all that a question offers, if anything.
pub fn unticked(form: &Form, values: &Values, pick: &Pick, offers: &[Offer]) -> Option<Issue> {
    let ticked = Given { form, values }.some(pick.key);
    let is_left = offers.iter().any(|(value, _)| !ticked.contains(value));
    is_left.then(|| Issue::error(form.path(pick.key), unchecked(form.kind)))
}

/// Reads what was posted to a form: the action, or what is missing in which field. Whether it may be done is the workflow's.
pub fn read(form: &Form, values: &Values, today: Date) -> Result<Action, Vec<Issue>> {
    let given = Given { form, values };
    let issues = given.judge(today);
    if !issues.is_empty() {
        return Err(issues);
    }
    // What the judgement above has let through.
    let whole = |action: Option<Action>| action.ok_or_else(|| vec![Issue::error(form.path(""), say("填写的内容不完整", "Something is missing"))]);
    let get = |key: &str| given.get(key);
    let reason = || Some(get("reason")).filter(|written| !written.is_empty()).unwrap_or_else(|| get(LIBRARY));
    let key_of = |key: &str, choices: &[Choice]| choices.iter().position(|choice| choice.key == get(key));
    let problems = || {
        let asked = form.asks.iter().find_map(|ask| if let Ask::Pairs { first, most, .. } = ask { Some(given.pairs(first, *most)) } else { None });
        asked.into_iter().flatten().map(|(_, parts)| parts).collect::<Vec<_>>()
    };
    whole(match form.kind {
        ActionKind::Take => Some(Action::Take),
        ActionKind::HandOver => Some(Action::HandOver { to: get("to") }),
        ActionKind::Accept => Some(Action::Accept { agency: given.agency(), checked: given.some("checked") }),
        ActionKind::ConfirmAcceptance => Some(Action::ConfirmAcceptance { agency: given.agency(), checked: given.some("checked") }),
        ActionKind::AmendAcceptance => {
            let amended = Amended { name: get("name"), registered: get("registered"), addresses: given.lines("addresses") };
            let agency = given.agency().filter(|agency| !agency.is_empty());
            Some(Action::AmendAcceptance { changes: get("changes"), agency, items: given.some("items"), amended })
        }
        ActionKind::ReplaceAgency => Some(Action::ReplaceAgency { agency: get("agency"), reason: reason() }),
        ActionKind::Entrust => Some(Action::Entrust),
        ActionKind::SkipReview => Some(Action::SkipReview),
        ActionKind::AskConsent => Some(Action::AskConsent { cause: get("cause") }),
        ActionKind::Consent => Some(Action::Consent),
        ActionKind::Refuse => {
            key_of("ground", &GROUNDS).map(|n| Action::Refuse { ground: Ground::ALL[n].0, reason: reason(), right_authority: get("right_authority") })
        }
        ActionKind::DeemWithdrawn => Some(Action::DeemWithdrawn { reason: reason() }),
        ActionKind::Propose => Some(Action::Propose { windows: given.windows() }),
        ActionKind::WithdrawProposal => Some(Action::WithdrawProposal),
        ActionKind::Agree => given.window("window").map(|window| Action::Agree { window, reviewers: given.some("reviewers") }),
        ActionKind::AcceptCounter => given.window("window").map(|window| Action::AcceptCounter { window }),
        ActionKind::Counter => Some(Action::Counter { windows: given.windows(), reviewers: given.some("reviewers"), reason: reason() }),
        ActionKind::ReturnProposal => Some(Action::ReturnProposal { reason: reason() }),
        ActionKind::CallAuthority => Some(Action::CallAuthority { reason: reason() }),
        ActionKind::AskReschedule => {
            given.window("window").map(|window| Action::AskReschedule { window, reason: reason(), reviewers: given.some("reviewers") })
        }
        ActionKind::AgreeReschedule => Some(Action::AgreeReschedule { reviewers: given.some("reviewers") }),
        ActionKind::DeclineReschedule => Some(Action::DeclineReschedule { reason: reason() }),
        ActionKind::StartReview => Some(Action::StartReview),
        ActionKind::RecordReview => Some(Action::RecordReview { text: get("text"), files: given.files("files") }),
        ActionKind::NarrowScope => Some(Action::NarrowScope { items: given.some("items"), reason: reason() }),
        ActionKind::Memo => given.day("deadline").map(|deadline| Action::Memo {
            problems: problems().into_iter().map(|[problem, _]| problem).collect(),
            requirements: problems().into_iter().map(|[_, required]| required).collect(),
            deadline,
            agency_signer: get("agency_signer"),
            unit_signer: get("unit_signer"),
            file: given.files("files").into_iter().next().unwrap_or_default(),
        }),
        ActionKind::SignMemo => Some(Action::SignMemo),
        ActionKind::Rectify => Some(Action::Rectify { text: get("text"), files: given.files("files") }),
        ActionKind::VerifyOk => Some(Action::VerifyOk { note: get("note") }),
        ActionKind::VerifyFail => Some(Action::VerifyFail { reason: reason() }),
        ActionKind::Report => key_of("conclusion", CONCLUSION_CHOICES).map(|n| Action::Report {
            conclusion: CONCLUSIONS[n].0,
            findings: CONDITIONS.iter().map(|condition| (condition.label.zh.to_owned(), get(condition.key))).collect(),
            summary: get("summary"),
            files: given.files("files"),
        }),
        ActionKind::GiveFeedback => {
            let answer = |key: &str| (get(key) == "yes").then(|| get(&format!("{key}_what")));
            given.window("period").zip(key_of("satisfaction", SATISFIED_CHOICES)).map(|(period, n)| Action::GiveFeedback {
                answers: Feedback {
                    period,
                    categories: vec![match get("category") {
                        category if category == OTHER => format!("{category}：{}", get("category_other")),
                        category => category,
                    }],
                    reviewers: get("reviewers"),
                    misconduct: answer("q1"),
                    departure: answer("q2"),
                    unfairness: answer("q3"),
                    satisfaction: SATISFIED[n].0,
                    note: get("note"),
                },
            })
        }
        ActionKind::ConfirmPractice => Some(Action::ConfirmPractice { unit: String::new() }),
        ActionKind::DenyPractice => Some(Action::DenyPractice { unit: String::new(), reason: reason() }),
        ActionKind::CheckPractice => Some(Action::CheckPractice { note: get("note") }),
        ActionKind::ComplainMarks => Some(Action::ComplainMarks { reason: reason() }),
        ActionKind::BeginExamination => Some(Action::BeginExamination),
        ActionKind::ReceiveReport => Some(Action::ReceiveReport),
        ActionKind::ReturnReport => Some(Action::ReturnReport { reason: reason() }),
        ActionKind::AskExplanation => Some(Action::AskExplanation { question: get("question") }),
        ActionKind::Explain => Some(Action::Explain { text: get("text"), files: given.files("files") }),
        ActionKind::ProposeExtension => Some(Action::ProposeExtension { reason: reason() }),
        ActionKind::Extend => Some(Action::Extend { reason: reason() }),
        ActionKind::TellHearingRight => Some(Action::TellHearingRight { reason: reason() }),
        ActionKind::RequestHearing => Some(Action::RequestHearing { reason: reason() }),
        ActionKind::WaiveHearing => Some(Action::WaiveHearing),
        ActionKind::OpenHearing => given.day("on").map(|on| Action::OpenHearing { on, place: get("place") }),
        ActionKind::CloseHearing => Some(Action::CloseHearing { record: get("record") }),
        ActionKind::DraftDecision => Some(Action::DraftDecision {
            draft: Draft { grant: get("grant") == "grant", opinion: get("opinion"), second: Some(get("second")).filter(|second| !second.is_empty()) },
        }),
        ActionKind::SendToApproval => Some(Action::SendToApproval),
        ActionKind::SendBack => Some(Action::SendBack { reason: reason() }),
        ActionKind::Grant => Some(Action::Grant { note: get("note") }),
        ActionKind::Deny => Some(Action::Deny { reason: reason(), ground: (get("false_data") == "yes").then_some(Ground::FalseData) }),
        ActionKind::Deliver => key_of("how", SERVED).map(|n| Action::Deliver { how: SERVED[n].key.to_owned() }),
        ActionKind::Publish => Some(Action::Publish),
        ActionKind::Suspend => Some(Action::Suspend { reason: reason() }),
        ActionKind::Resume => Some(Action::Resume { reason: reason() }),
        ActionKind::Terminate => Some(Action::Terminate { reason: reason() }),
        ActionKind::Withdraw => Some(Action::Withdraw { reason: reason() }),
        // These have doors of their own; the points of a notice are read beside the book they name.
        ActionKind::RequireCorrection
        | ActionKind::SignUp
        | ActionKind::CancelSignUp
        | ActionKind::MoveExam
        | ActionKind::CallOff
        | ActionKind::ReportMisconduct
        | ActionKind::PublishMarks
        | ActionKind::AnswerComplaint
        | ActionKind::Lapse
        | ActionKind::Create
        | ActionKind::CreatePerson
        | ActionKind::CreateCopy
        | ActionKind::Read
        | ActionKind::Edit
        | ActionKind::Copy
        | ActionKind::Rechoose
        | ActionKind::Delete
        | ActionKind::Restore
        | ActionKind::Submit
        | ActionKind::Resubmit
        | ActionKind::DeemAccepted
        | ActionKind::ExpireProposal
        | ActionKind::Escalate
        | ActionKind::Issue
        | ActionKind::Acknowledge => None,
    })
}
