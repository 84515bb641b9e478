//! What is asked for each action: one table draws the forms of every side, and `answers` reads what they post. Pure.

mod choices;
mod feedback;

pub use self::choices::CONDITIONS;
pub(super) use self::choices::{CONCLUSION_CHOICES, CONCLUSIONS, GROUNDS, LIBRARY, ON_SITE, OTHER, SATISFIED, SATISFIED_CHOICES, SERVED};

use self::choices::OPINIONS;
use crate::base::{Say, Text, t};
use crate::document::model::Kind as Letter;
use crate::form::{Field, Kind};
use crate::workflow::{ActionKind, Matter, State};
use serde::{Deserialize, Serialize};

/// Where the options of a question come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// 鉴定评审机构, the fitting ones first.
    Agencies,
    /// Other officials of the authority.
    Colleagues,
    /// Those of them who examine.
    Examiners,
    /// 评审人员 of the agency.
    Reviewers,
    /// The periods the other side offers.
    Offered,
    /// Items applied for and not given up.
    Items,
    /// Conditions to be checked one by one.
    Points,
    /// The authority's library of reasons for a letter (常用理由).
    Reasons(Letter),
}

/// 不需要鉴定评审, where agencies are offered.
pub const NONE: &str = "none";

/// One option: what is posted, and what is read.
pub type Offer = (String, Say);

/// One question of a form.
#[derive(Clone, Copy, Debug)]
pub enum Ask {
    /// A question like any other form's.
    Field(Field),
    /// One of what the case offers.
    One(Pick),
    /// Some of what the case offers.
    Some(Pick),
    /// All of what the case offers, ticked one by one; not asked where it offers nothing.
    All(Pick),
    /// Up to so many pairs, the first of them needed: what it is asked as, and as what those after it are.
    Pairs { first: &'static [Field; 2], more: &'static [Field; 2], most: usize },
    /// Files to attach.
    Files { key: &'static str, label: Text, need: bool },
    /// What is known and only shown.
    Known { key: &'static str, label: Text, of: Known },
    /// The points of a correction notice.
    Marks,
    /// The certificates a granted case ends in, with a remark for each item.
    Certificates,
}

/// What a case knows of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// 单位名称
    Unit,
    /// 评审机构
    Agency,
}

/// A question whose options the case knows.
#[derive(Clone, Copy, Debug)]
pub struct Pick {
    pub key: &'static str,
    pub label: Text,
    pub from: Source,
    pub need: bool,
}

/// A form.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    pub kind: ActionKind,
    /// What it leads to; [`Text::NONE`] where the button says all.
    pub hint: Text,
    /// What the button says; [`Text::NONE`] for the name of the action.
    pub button: Text,
    /// Whether the case ends with it.
    pub ends: bool,
    /// Whether the letter it sends can be seen before.
    pub previews: bool,
    /// What is said besides in some states.
    pub warns: Option<(&'static [State], Text)>,
    pub asks: &'static [Ask],
}

const fn form(kind: ActionKind, asks: &'static [Ask]) -> Form {
    Form { kind, hint: Text::NONE, button: Text::NONE, ends: false, previews: false, warns: None, asks }
}

impl Form {
    const fn hint(self, zh: &'static str, en: &'static str) -> Form {
        Form { hint: t(zh, en), ..self }
    }
    const fn button(self, zh: &'static str, en: &'static str) -> Form {
        Form { button: t(zh, en), ..self }
    }
    const fn ends(self) -> Form {
        Form { ends: true, ..self }
    }
    const fn previews(self) -> Form {
        Form { previews: true, ..self }
    }
    const fn warns(self, states: &'static [State], zh: &'static str, en: &'static str) -> Form {
        Form { warns: Some((states, t(zh, en))), ..self }
    }
}

const fn words(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, t(zh, en), Kind::LongText).max(2000)
}

const fn one(key: &'static str, zh: &'static str, en: &'static str, from: Source) -> Ask {
    Ask::One(Pick { key, label: t(zh, en), from, need: true })
}

const fn library(of: Letter) -> Ask {
    Ask::One(Pick {
        key: LIBRARY,
        label: t("常用理由（没有写明理由时采用）", "Reason from the library, used where none is written"),
        from: Source::Reasons(of),
        need: false,
    })
}

const fn files(zh: &'static str, en: &'static str, need: bool) -> Ask {
    Ask::Files { key: "files", label: t(zh, en), need }
}

/// From the beginning of the review or the examination on; withdrawing is warned of then (spec 5.2).
const REVIEWED: &[State] =
    &[State::UnderReview, State::Rectifying, State::Reported, State::Examining, State::Hearing, State::PendingApproval, State::Suspended];

const REASON: Ask = Ask::Field(words("reason", "理由", "Reason"));
const AGENCY: Ask = one("agency", "鉴定评审机构", "Review agency", Source::Agencies);
const REVIEWERS: Ask = Ask::Some(Pick { key: "reviewers", label: t("评审人员", "Reviewers"), from: Source::Reviewers, need: true });
const OTHERS: Ask = Ask::Some(Pick {
    key: "reviewers",
    label: t("改派评审人员（不选的，仍由原定人员评审）", "Other reviewers; none for those agreed on"),
    from: Source::Reviewers,
    need: false,
});
const OFFERED: Ask = one("window", "评审时间", "Review date", Source::Offered);
const OFFER: Ask = Ask::Field(Field::new("window1", t("拟约请鉴定评审日期 1", "Dates offered 1"), Kind::Period));
const SECOND_OFFER: Ask = Ask::Field(Field::new("window2", t("拟约请鉴定评审日期 2", "Dates offered 2"), Kind::Period).optional());
const THIRD_OFFER: Ask = Ask::Field(Field::new("window3", t("拟约请鉴定评审日期 3", "Dates offered 3"), Kind::Period).optional());
const POINTS: Ask = Ask::All(Pick { key: "checked", label: t("资格条件核对", "Conditions checked"), from: Source::Points, need: true });
/// What was deemed accepted cannot be refused, so what was found is ticked, met or not.
const CHECKED: Ask = Ask::All(Pick {
    key: "checked",
    label: t("资格条件核对（不符合的，由审查决定）", "Conditions checked; what is not met is decided on in the examination"),
    from: Source::Points,
    need: true,
});
const PROBLEM: Field = Field::new("problem", t("问题", "Problem"), Kind::LongText).max(500);
const REQUIREMENT: Field = Field::new("requirement", t("整改要求", "What is required"), Kind::LongText).max(500);
const MORE_PROBLEMS: Field = PROBLEM.optional();
const MORE_REQUIREMENTS: Field = REQUIREMENT.optional();
const NOTE: Ask = Ask::Field(words("note", "说明", "Note").optional());

const PROOF: Ask = Ask::Field(Field::new(
    "checked",
    t(
        "已核对：执业证明（变更的还有离职证明）有单位公章和签字，内容属实",
        "Checked: the proof of practice, in a change also that of leaving, is signed and sealed by the unit and true",
    ),
    Kind::Tick,
));

const WAIVER: Ask =
    Ask::Field(Field::new("waived", t("已知悉听证权利，放弃要求听证", "Knowing of the right to a hearing, the applicant waives it"), Kind::Tick));

const FALSE_DATA: Ask = Ask::Field(
    Field::new("false_data", t("因隐瞒有关情况或者提供虚假材料", "For hidden or false data"), Kind::Tick)
        .hint(
            "勾选的，一年内不得再次申请该许可（行政许可法第七十八条）。",
            "If ticked, there is no new application for this licence for a year (行政许可法 art. 78).",
        )
        .optional(),
);

/// What was found of a condition.
const fn found(n: usize) -> Ask {
    Ask::Field(Field::new(CONDITIONS[n].key, CONDITIONS[n].label, Kind::LongText).max(1000))
}

/// Every form, in the order a panel shows them: what moves the case on first, what stops it last. An action that is not here
/// has a door of its own (a draft's buttons, submission, certificates) or is done by time.
pub const FORMS: &[Form] = &[
    form(ActionKind::Take, &[]),
    form(ActionKind::Accept, &[AGENCY, POINTS]).button("受理申请", "Accept the application").previews(),
    form(ActionKind::ConfirmAcceptance, &[AGENCY, CHECKED]).previews(),
    form(ActionKind::Entrust, &[]).hint("向受理时指定的评审机构发出委托；审查期限从今天起停止计算，到收到评审报告为止。", "Entrusts the agency named at acceptance. The limit for the decision stands still from today until the report arrives.").previews(),
    form(ActionKind::SkipReview, &[]),
    // 约请
    form(ActionKind::Propose, &[OFFER, SECOND_OFFER, THIRD_OFFER]).hint("向评审机构提出一至三个时间段，由评审机构选定其一。", "Offer the agency one to three periods; it agrees to one of them.").button("提交", "Send"),
    form(ActionKind::Agree, &[OFFERED, REVIEWERS]).button("同意这个时间", "Agree to this date"),
    form(ActionKind::Counter, &[OFFER, SECOND_OFFER, THIRD_OFFER, REVIEWERS, Ask::Field(words("reason", "说明", "Note").optional())]).button("提出这些时间", "Offer these dates"),
    form(ActionKind::AcceptCounter, &[OFFERED]).button("接受这个时间", "Accept this date"),
    form(ActionKind::AgreeReschedule, &[OTHERS]),
    form(ActionKind::DeclineReschedule, &[REASON]),
    form(ActionKind::ReturnProposal, &[REASON]).button("退回约请", "Return the dates"),
    form(ActionKind::WithdrawProposal, &[]),
    // 评审
    form(ActionKind::StartReview, &[]),
    form(ActionKind::RecordReview, &[Ask::Field(words("text", "评审记录", "Record")), files("附件", "Attachments", false)]).button("保存评审记录", "Add the record"),
    form(
        ActionKind::Memo,
        &[
            Ask::Pairs { first: &[PROBLEM, REQUIREMENT], more: &[MORE_PROBLEMS, MORE_REQUIREMENTS], most: 20 },
            Ask::Field(Field::new("deadline", t("整改期限", "To be rectified by"), Kind::Date).hint("最长 6 个月。", "At most 6 months away.")),
            Ask::Field(Field::new("agency_signer", t("评审机构签字人", "Signed for the agency by"), Kind::Text).max(50)),
            files("双方已在纸上签字的备忘录", "The memo signed by both sides on paper", false),
            Ask::Field(
                Field::new("unit_signer", t("申请单位签字人", "Signed for the applicant by"), Kind::Text)
                    .max(50)
                    .optional()
                    .hint("只在上传了双方签字的备忘录时填写。", "Only with the memo signed by both sides attached."),
            ),
        ],
    )
    .hint("发现的问题逐条写明，双方签字，限期整改。没有上传双方签字的备忘录的，由申请单位在系统中签署。", "Problems are listed, signed by both sides, and rectified in time. Without the memo signed on paper the applicant signs here.")
    .button("出具备忘录", "Issue the memo"),
    form(ActionKind::SignMemo, &[]).hint("签署即确认备忘录所列的问题和整改期限；签署后才能提交整改报告。备忘录在“文书”中。", "By signing you confirm the problems and the deadline of the memo, which stands among the documents; the rectification can be handed in afterwards."),
    form(ActionKind::Rectify, &[Ask::Field(words("text", "整改情况", "What was done")), files("整改报告和证明材料", "Report and evidence", true)]).button("提交整改报告", "Hand in the rectification"),
    form(ActionKind::VerifyOk, &[NOTE]),
    form(ActionKind::VerifyFail, &[REASON]),
    form(
        ActionKind::Report,
        &[
            found(0),
            found(1),
            found(2),
            found(3),
            found(4),
            found(5),
            found(6),
            Ask::Field(Field::new("conclusion", t("评审结论", "Conclusion"), Kind::Radio(CONCLUSION_CHOICES))),
            Ask::Field(words("summary", "结论说明", "Summary").optional()),
            files("评审报告及附件", "Report and annexes", true),
        ],
    )
    .hint("逐项写明各项许可条件的评审情况；缩小过申请范围的，报告中会写明。", "Say of each condition what was found; a scope that was narrowed is told by the report.")
    .button("提交评审报告", "Hand in the report"),
    form(ActionKind::Explain, &[Ask::Field(words("text", "说明", "Explanation")), files("附件", "Attachments", false)]),
    form(ActionKind::GiveFeedback, feedback::ASKS)
        .hint("本表在鉴定评审工作完成后填写，填写单位对内容的真实性负责；只有负责许可审批的人员能看到，评审机构看不到。提交后不能修改。", "Filled in when the review work is complete. Your unit answers for the truth of it. Only who decides on the licence sees it, never the agency. Once sent it cannot be changed.")
        .button("提交反馈表", "Send the feedback"),
    // 人员资格认定
    form(ActionKind::ConfirmPractice, &[]).hint("确认该人员在本单位执业；换执业单位的，原单位由此同意其离开。一个人只能在一个机构执业（特种设备安全法第五十一条）。", "Confirms that this person practises at your unit, or that you agree to the move if it is the one left; a person practises in one institution only."),
    form(ActionKind::DenyPractice, &[REASON]),
    form(ActionKind::CheckPractice, &[PROOF, NOTE])
        .hint("执业单位没有在本系统注册，不能在线确认；核对后才能建议准予。证明不实的，建议不予许可。", "The practising unit is not registered and cannot confirm online. A grant can be proposed only once its proof is checked; if it is not true, propose to deny.")
        .button("记录核对结果", "Record the check"),
    form(ActionKind::ComplainMarks, &[REASON]).hint("成绩公布后一个月内可以申诉一次，考试机构在 20 个工作日内答复。", "Within a month of the marks, once; the examination body answers within 20 working days."),
    form(ActionKind::BeginExamination, &[]),
    // 审查、决定
    form(ActionKind::ReceiveReport, &[]),
    form(
        ActionKind::DraftDecision,
        &[
            Ask::Field(Field::new("grant", t("审查结论", "Proposal"), Kind::Radio(OPINIONS))),
            Ask::Field(words("opinion", "审查意见", "Opinion")),
            Ask::Field(Field::new(ON_SITE, t("已现场核查", "Checked on site by this authority"), Kind::Tick).optional()),
            Ask::One(Pick { key: "second", label: t("另一名审查人员", "Second examiner"), from: Source::Examiners, need: false }),
        ],
    )
    .hint("进行现场核查的，应当有两名以上审查人员（行政许可法第三十四条）；勾选后请选择另一名审查人员。", "A check on site takes at least two examiners; tick it and choose the second one.")
    .button("保存审查意见", "Save the draft"),
    form(ActionKind::SendToApproval, &[]),
    form(ActionKind::Grant, &[NOTE]).button("准予许可", "Grant the licence").previews(),
    form(ActionKind::Deny, &[library(Letter::Denial), REASON, FALSE_DATA])
        .hint("理由按审查意见填好，会写入决定书告知申请人，请核对、修改。", "The reason is filled in from the opinion; it stands in the decision the applicant reads, so check and mend it.")
        .button("不予许可", "Deny the licence").previews().ends(),
    form(ActionKind::SendBack, &[REASON]),
    form(ActionKind::Issue, &[Ask::Certificates]).button("制作许可证", "Issue the certificates"),
    form(ActionKind::Deliver, &[Ask::Field(Field::new("how", t("送达方式", "How"), Kind::Radio(SERVED)))]),
    form(ActionKind::Publish, &[]),
    // 补正、不予受理
    form(ActionKind::RequireCorrection, &[Ask::Marks]).button("发出补正告知书", "Send the correction notice"),
    form(ActionKind::AskConsent, &[Ask::Field(words("cause", "再次告知的原因", "Cause"))])
        .hint("补正应当一次告知。只有新交的材料还有问题，经监督人员同意，才能再次告知。", "Corrections are told once. A second notice is only for newly handed-in material, with the supervisor’s consent.")
        .button("请示监督人员", "Ask the supervisor"),
    form(ActionKind::Consent, &[]),
    form(
        ActionKind::Refuse,
        &[
            Ask::Field(Field::new("ground", t("情形", "Ground"), Kind::Select(&GROUNDS))),
            library(Letter::NonAcceptance),
            REASON,
            Ask::Field(Field::new("right_authority", t("应当向哪个机关申请", "The authority to apply to"), Kind::Text).optional().hint("不属于本机关职权范围的，必须告知。", "Must be told where it is not this authority’s matter.")),
        ],
    )
    .hint("不予受理是最终决定，案件就此结束；材料不齐全的，请告知补正。", "This ends the case. If only material is missing, require its correction instead.")
    .button("决定不予受理", "Refuse the application")
    .previews()
    .ends(),
    form(ActionKind::DeemWithdrawn, &[REASON]).ends(),
    form(
        ActionKind::AmendAcceptance,
        &[
            Ask::Field(words("changes", "变更内容", "What changes")),
            Ask::Some(Pick { key: "items", label: t("不再申请的项目", "Items applied for no longer"), from: Source::Items, need: false }),
            Ask::One(Pick { key: "agency", label: t("改由哪家机构评审", "Another review agency"), from: Source::Agencies, need: false }),
            Ask::Field(Field::new("name", t("更正后的单位名称", "Name, corrected"), Kind::Text).max(100).optional()),
            Ask::Field(Field::new("registered", t("更正后的住所", "Registered address, corrected"), Kind::Text).max(200).optional()),
            Ask::Field(
                Field::new("addresses", t("更正后的制造、充装、办公地址（每行一个）", "Places of work, corrected, one a line"), Kind::LongText)
                    .max(1000)
                    .optional()
                    .hint("填写的，全部地址以此为准。", "If given, these are all of them."),
            ),
        ],
    )
    .hint("受理决定书按变更后的内容重发，编号不变；以后的文书和许可证都以此为准。不再申请的项目不再评审，也不写入许可证。", "The acceptance decision is issued anew under its number; later letters and the licence follow it. What is applied for no longer is neither reviewed nor certified."),
    // 其他
    form(ActionKind::AskReschedule, &[Ask::Field(Field::new("window", t("改到", "To"), Kind::Period)), REASON, OTHERS]),
    form(ActionKind::CallAuthority, &[REASON]),
    form(ActionKind::NarrowScope, &[Ask::Some(Pick { key: "items", label: t("放弃的项目", "Items given up"), from: Source::Items, need: true }), REASON]),
    form(ActionKind::AskExplanation, &[Ask::Field(words("question", "需要说明的问题", "Question"))]),
    form(ActionKind::ReturnReport, &[REASON]),
    form(ActionKind::ProposeExtension, &[REASON]),
    form(ActionKind::Extend, &[REASON]).hint("审查期限延长 10 个工作日，只能延长一次，理由告知申请人（行政许可法第四十二条）。", "The limit grows by 10 working days, once; the applicant is told why.").previews(),
    form(ActionKind::TellHearingRight, &[Ask::Field(words("reason", "拟作出的决定和理由", "The decision considered, and why"))])
        .hint("决定直接涉及申请人与他人之间重大利益关系的，作出前应当告知（行政许可法第四十七条）。申请人在告知书写明的期限内提出；期限届满以后才能作出决定，申请人放弃听证的除外。", "Told before a decision which directly concerns grave interests between the applicant and others (Administrative Licensing Law, art. 47). The letter says until when the applicant may ask; unless they waive it, the decision comes after that.")
        .previews(),
    form(ActionKind::RequestHearing, &[REASON]).hint("告知听证权利的，应当在告知书写明的期限内提出。听证不收费。", "Once the right was told, until the day that letter says. A hearing costs nothing."),
    form(ActionKind::WaiveHearing, &[WAIVER]).hint("放弃后不能再申请听证，审批机关不必等到期限届满就可以作出决定。", "It cannot be asked for afterwards, and the authority may decide before the days for it are over."),
    form(
        ActionKind::OpenHearing,
        &[
            Ask::Field(Field::new("on", t("举行日期", "Date"), Kind::Date).hint("应当在举行的 7 日前通知，自提出听证起 20 个工作日内举行。", "Told at least 7 days ahead, and held within 20 working days of the request.")),
            Ask::Field(Field::new("place", t("地点", "Place"), Kind::Text)),
        ],
    ),
    form(ActionKind::CloseHearing, &[Ask::Field(words("record", "听证笔录", "Record"))]),
    form(ActionKind::ReplaceAgency, &[AGENCY, REASON])
        .warns(&[State::UnderReview, State::Rectifying], "评审已经开始：更换后，原机构所做的评审不再有效，由新机构重新约定时间、重新评审。", "The review has begun: what this agency reviewed counts no more, and the new one agrees on a date and reviews anew."),
    form(ActionKind::HandOver, &[one("to", "移交给", "Hand over to", Source::Colleagues)]).button("移交案件", "Hand the case over"),
    form(ActionKind::Resume, &[REASON]),
    form(ActionKind::Suspend, &[REASON]),
    form(ActionKind::Withdraw, &[Ask::Field(words("reason", "原因", "Why").optional())]).hint("案件就此结束，不能恢复；单位的申请可以复制为新申请。", "The case ends and cannot be taken up again; a unit’s can be copied into a new one.")
        .warns(REVIEWED, "评审或者审查已经开始：案件结束后不作决定，已做的评审和审查不再有效，重新申请要从头办理。", "The review or examination has begun: once the case ends there is no decision, what was reviewed counts no more, and a new application starts from the beginning.")
        .ends(),
    form(ActionKind::Terminate, &[REASON]).ends(),
];

impl Form {
    /// The form of an action, if it has one here.
    pub fn of(kind: ActionKind) -> Option<&'static Form> {
        FORMS.iter().find(|form| form.kind == kind)
    }

    /// What the button says in this kind of case: a person gets a qualification and no licence.
    pub fn says(&self, matter: Matter) -> Text {
        match (self.kind, matter) {
            (ActionKind::Issue, Matter::Person) => t("制作证书", "Issue the certificate"),
            (ActionKind::Grant, Matter::Person) => t("准予许可", "Grant the qualification"),
            (ActionKind::Deny, Matter::Person) => t("不予许可", "Deny the qualification"),
            _ if self.button.is_none() => self.kind.words_of(matter).0,
            _ => self.button,
        }
    }

    /// The path of a question: the values of all forms of a page stand side by side.
    pub fn path(&self, key: &str) -> String {
        format!("{}/{key}", self.kind.word())
    }

    /// The periods it asks for (起止日期).
    pub fn periods(&self) -> impl Iterator<Item = &'static Field> {
        self.asks.iter().filter_map(|ask| if let Ask::Field(field) = ask { Some(field) } else { None }).filter(|field| field.kind == Kind::Period)
    }

    /// What is said besides while the case is in a state.
    pub fn warning(&self, state: State) -> Option<Text> {
        self.warns.filter(|(states, _)| states.contains(&state)).map(|(_, text)| text)
    }
}

/// Where a part of a pair is posted.
pub fn pair_of(field: &Field, n: usize) -> String {
    format!("{}{n}", field.key)
}
