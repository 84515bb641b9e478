//! Everything that can be done with a case (spec 5.2, rulings 14–17): one list gives the action with what is filled in,
//! its kind, its words and its names.

pub use super::filled::{Amended, Conclusion, Draft, Feedback, Ground, Mark, SERVED, Satisfaction, Score, Window, is_at, meets};

use super::Matter;
use super::actor::Party;
use super::person::{Misconduct, PersonKind};
use crate::base::{Text, t};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident $({ $($(#[$with:meta])* $field:ident: $type:ty),* $(,)? })? = $word:literal ($zh:literal, $en:literal) $done:literal ($done_zh:literal, $done_en:literal);)*) => {
        /// An action with what is filled in; once done, it is what an event records.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "act", rename_all = "kebab-case")]
        pub enum Action { $($(#[$doc])* $name $({ $($(#[$with])* $field: $type),* })?,)* }

        /// Which action: for the table of what may be done, and for buttons.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum ActionKind { $($(#[$doc])* $name,)* }

        impl Action {
            /// Which action it is.
            pub fn kind(&self) -> ActionKind {
                match self { $(Action::$name $({ $($field: _),* })? => ActionKind::$name,)* }
            }
        }

        impl ActionKind {
            /// Every kind there is.
            pub const ALL: &'static [ActionKind] = &[$(ActionKind::$name),*];

            fn row(self) -> (&'static str, Text, &'static str, Text) {
                match self { $(ActionKind::$name => ($word, t($zh, $en), $done, t($done_zh, $done_en)),)* }
            }
        }
    };
}

// Kinds without a word for the event leave none: they only open a door.
actions! {
    /// The first event of a case.
    Create = "create" ("新建", "Create") "created" ("新建申请", "Application created");
    /// The first event of a person's case.
    CreatePerson { kind: PersonKind } = "create-person" ("新建", "Create") "person-created" ("新建申请", "Application created");
    /// The first event of a copy.
    CreateCopy { of: String } = "create-copy" ("复制新建", "Create as a copy") "copied" ("由以前的申请复制", "Copied from an earlier application");
    /// 查看
    Read = "read" ("查看", "Read") "" ("", "");
    /// 编辑
    Edit = "edit" ("编辑", "Edit") "" ("", "");
    /// 复制为新申请
    Copy = "copy" ("复制", "Copy") "" ("", "");
    /// 修改申请项目或地址: the authority follows.
    Rechoose { items: String } = "rechoose" ("修改申请项目或地址", "Change items or addresses") "rechosen" ("修改申请项目或地址", "Items or addresses changed");
    /// 删除草稿
    Delete = "delete" ("删除", "Delete") "deleted" ("删除草稿", "Draft deleted");
    /// 恢复草稿
    Restore = "restore" ("恢复", "Restore") "restored" ("恢复草稿", "Draft restored");
    /// 提交
    Submit { version: i64, sha256: String } = "submit" ("提交", "Submit") "submitted" ("提交申请", "Application submitted");
    /// 补正后重新提交; `done` are the paths of the marks dealt with.
    Resubmit { version: i64, sha256: String, done: Vec<String> } = "resubmit" ("重新提交", "Resubmit") "resubmitted" ("补正后重新提交", "Corrected and resubmitted");
    /// 撤回申请
    Withdraw { reason: String } = "withdraw" ("撤回申请", "Withdraw") "withdrawn" ("撤回申请", "Application withdrawn");

    /// 受理; names the agency where a review is needed (ruling 15), and the conditions that were checked one by one (spec 4.3).
    Accept { agency: Option<String>, #[serde(default)] checked: Vec<String> } = "accept" ("受理", "Accept") "accepted" ("受理申请", "Application accepted");
    /// 补齐补正告知, once and whole; `cause` for a second notice. `days` are the working days the applicant is given by it, so that a setting
    /// changed later takes nothing away; 0 in what was stored before they were named.
    RequireCorrection { marks: Vec<Mark>, cause: String, #[serde(default)] days: u32 } = "require-correction" ("告知补正", "Require correction") "correction-required" ("发出补齐补正告知书", "Correction notice sent");
    /// 请示再次补正
    AskConsent { cause: String } = "ask-consent" ("请示再次补正", "Ask consent to a second notice") "consent-asked" ("请示再次告知补正", "Consent to a second correction notice asked");
    /// 同意再次补正
    Consent = "consent" ("同意再次补正", "Consent to a second notice") "consented" ("同意再次告知补正", "Consent to a second correction notice given");
    /// 不予受理
    Refuse { ground: Ground, reason: String, right_authority: String } = "refuse" ("不予受理", "Refuse") "refused" ("决定不予受理", "Application not accepted");
    /// 视为撤回: corrections never came.
    DeemWithdrawn { reason: String } = "deem-withdrawn" ("视为撤回", "Take as withdrawn") "deemed-withdrawn" ("逾期未补正，视为撤回", "Taken as withdrawn: no corrections came");
    /// 逾期未告知视为受理 (行政许可法 art. 32(4)), from the day of receipt.
    DeemAccepted { on: Date } = "deem-accepted" ("视为受理", "Take as accepted") "deemed-accepted" ("逾期未告知，视为受理", "Deemed accepted: the limit passed in silence");
    /// 补发受理决定书 after deemed acceptance; with it the conditions are checked that silence left unchecked.
    ConfirmAcceptance { agency: Option<String>, #[serde(default)] checked: Vec<String> } = "confirm-acceptance" ("补发受理决定书", "Issue the acceptance decision") "acceptance-confirmed" ("补发受理决定书", "Acceptance decision issued afterwards");
    /// 变更受理内容 before the review (TSG 07-2019 3.3.4); `items` are applied for no longer, `amended` is what is corrected of the applicant.
    /// Events from before have neither.
    AmendAcceptance { changes: String, agency: Option<String>, #[serde(default)] items: Vec<String>, #[serde(default)] amended: Amended } = "amend-acceptance" ("变更受理内容", "Amend the acceptance") "acceptance-amended" ("变更受理内容", "Acceptance amended");
    /// 委托鉴定评审
    Entrust = "entrust" ("委托鉴定评审", "Entrust the review") "entrusted" ("委托鉴定评审", "Review entrusted");
    /// 不需要鉴定评审
    SkipReview = "skip-review" ("转审查（不需评审）", "Examine without review") "review-skipped" ("不需要鉴定评审，转入审查", "Examined without a review");
    /// 更换鉴定评审机构
    ReplaceAgency { agency: String, reason: String } = "replace-agency" ("更换评审机构", "Replace the agency") "agency-replaced" ("更换鉴定评审机构", "Review agency replaced");
    /// 承办
    Take = "take" ("承办", "Take") "taken" ("承办案件", "Case taken");
    /// 移交
    HandOver { to: String } = "hand-over" ("移交", "Hand over") "handed-over" ("移交案件", "Case handed over");

    /// 约请鉴定评审时间: up to three windows.
    Propose { windows: Vec<Window> } = "propose" ("提出评审时间", "Propose dates") "proposed" ("提出评审时间", "Review dates proposed");
    /// 撤回约请
    WithdrawProposal = "withdraw-proposal" ("撤回约请", "Withdraw the proposal") "proposal-withdrawn" ("撤回约请", "Proposal of dates withdrawn");
    /// 约请过期: none of the days is left.
    ExpireProposal = "expire-proposal" ("约请过期", "Expire the proposal") "proposal-expired" ("约请日期已过", "Proposed dates have passed");
    /// 同意
    Agree { window: Window, reviewers: Vec<String> } = "agree" ("同意评审时间", "Agree") "agreed" ("评审时间确定", "Review date agreed");
    /// 退回
    ReturnProposal { reason: String } = "return-proposal" ("退回约请", "Return") "returned" ("退回约请", "Proposed dates returned");
    /// 另提时间
    Counter { windows: Vec<Window>, reviewers: Vec<String>, reason: String } = "counter" ("另提评审时间", "Offer other dates") "countered" ("评审机构另提时间", "The agency offered other dates");
    /// 接受另提时间
    AcceptCounter { window: Window } = "accept-counter" ("接受评审时间", "Accept the offer") "counter-accepted" ("接受评审机构所提时间", "The agency’s dates accepted");
    /// 报请机关协调
    CallAuthority { reason: String } = "call-authority" ("报请机关协调", "Ask the authority to step in") "authority-called" ("报请审批机关协调", "The authority was asked to step in");
    /// C3 is about to run out (ruling 23).
    Escalate = "escalate" ("督办", "Escalate") "escalated" ("约定评审时间将到期，已提醒监督人员", "Date not agreed in time: the supervisor was told");
    /// 申请改期; `reviewers` are whom the agency would send instead, none for those agreed on. Events from before have none.
    AskReschedule { window: Window, reason: String, #[serde(default)] reviewers: Vec<String> } = "ask-reschedule" ("申请改期", "Ask for another date") "reschedule-asked" ("申请改期", "Another date asked");
    /// 同意改期; `reviewers` as in the wish.
    AgreeReschedule { #[serde(default)] reviewers: Vec<String> } = "agree-reschedule" ("同意改期", "Agree to the other date") "rescheduled" ("评审改期", "Review rescheduled");
    /// 不同意改期
    DeclineReschedule { reason: String } = "decline-reschedule" ("不同意改期", "Decline the other date") "reschedule-declined" ("不同意改期", "Other date declined");

    /// 开始评审
    StartReview = "start-review" ("开始评审", "Start the review") "review-started" ("现场评审开始", "On-site review started");
    /// 评审记录
    RecordReview { text: String, files: Vec<String> } = "record-review" ("评审记录", "Record") "review-recorded" ("填写评审记录", "Review record added");
    /// 缩小评审范围: items given up on the unit's written request (TSG 07-2019 3.4.2).
    NarrowScope { items: Vec<String>, reason: String } = "narrow-scope" ("缩小申请范围", "Narrow the scope") "scope-narrowed" ("申请缩小评审范围", "Scope narrowed on request");
    /// 鉴定评审工作备忘录. `file` is the copy signed by both sides and `unit_signer` who signed it for the unit; without one the unit
    /// signs here. `requirements` go with the problems one by one; memos from before have none.
    Memo { problems: Vec<String>, #[serde(default)] requirements: Vec<String>, deadline: Date, agency_signer: String, unit_signer: String, file: String } = "memo" ("出具备忘录", "Issue a memo") "memo-issued" ("出具备忘录，要求整改", "Memo issued: rectification required");
    /// 签署备忘录
    SignMemo = "sign-memo" ("签署备忘录", "Sign the memo") "memo-signed" ("申请单位签署备忘录", "Memo signed by the applicant");
    /// 提交整改报告
    Rectify { text: String, files: Vec<String> } = "rectify" ("提交整改报告", "Hand in the rectification") "rectified" ("提交整改报告", "Rectification handed in");
    /// 整改确认
    VerifyOk { note: String } = "verify-ok" ("确认整改", "Confirm the rectification") "rectification-confirmed" ("整改确认符合", "Rectification confirmed");
    /// 整改不符合
    VerifyFail { reason: String } = "verify-fail" ("整改不符合", "Not yet rectified") "rectification-failed" ("整改不符合，继续整改", "Rectification not sufficient");
    /// 鉴定评审报告. `findings` are what was found of each condition; reports from before have none.
    Report { conclusion: Conclusion, #[serde(default)] findings: Vec<(String, String)>, summary: String, files: Vec<String> } = "report" ("提交评审报告", "Hand in the report") "reported" ("提交评审报告", "Review report handed in");
    /// 评审反馈表; the agency never sees it.
    GiveFeedback { answers: Feedback } = "give-feedback" ("填写评审反馈表", "Give feedback") "feedback-given" ("提交评审反馈表", "Feedback sent");

    /// 确认执业: `unit` says that the person practises, or practised, there.
    ConfirmPractice { unit: String } = "confirm-practice" ("确认在本单位执业", "Confirm the practice") "practice-confirmed" ("执业单位确认执业", "The practising unit confirmed");
    /// 否认执业
    DenyPractice { unit: String, reason: String } = "deny-practice" ("不确认执业", "Do not confirm") "practice-denied" ("执业单位不确认执业", "The practising unit did not confirm");
    /// 核对执业证明 of a practising unit that is not registered here, and so cannot confirm.
    CheckPractice { note: String } = "check-practice" ("核对执业证明", "Check the proof of practice") "practice-checked" ("已核对执业证明", "Proof of practice checked");
    /// 报名考试
    SignUp { body: String, session: String, day: Date } = "sign-up" ("报名考试", "Sign up for an examination") "signed-up" ("报名考试", "Signed up for an examination");
    /// 取消报名
    CancelSignUp { reason: String } = "cancel-sign-up" ("取消报名", "Give up the seat") "sign-up-cancelled" ("取消报名", "Seat given up");
    /// 变更考试安排: the body moves the examination a seat is taken for.
    MoveExam { day: Date, times: String, place: String, reason: String } = "move-exam" ("变更考试安排", "Move the examination") "exam-moved" ("考试安排变更", "Examination moved");
    /// 取消考试场次, as a whole.
    CallOff { reason: String } = "call-off" ("取消考试场次", "Call the examination off") "exam-called-off" ("考试场次取消", "Examination called off");
    /// 记录违纪、作弊; 作弊 where no subject is named.
    ReportMisconduct { subject: Option<String>, text: String } = "report-misconduct" ("记录违纪、作弊", "Record misconduct") "misconduct-reported" ("记录考试违纪、作弊", "Misconduct at the examination recorded");
    /// 公布成绩
    PublishMarks { scores: Vec<Score> } = "publish-marks" ("公布成绩", "Publish the marks") "marks-published" ("公布考试成绩", "Marks published");
    /// 成绩申诉 (TSG Z8001-2019 art. 32)
    ComplainMarks { reason: String } = "complain-marks" ("申诉成绩", "Complain about the marks") "marks-complained" ("申诉考试成绩", "Complaint about the marks");
    /// 答复申诉; `scores` are the marks put right, none if they stand, and `lifted` is what was recorded as misconduct by mistake.
    AnswerComplaint { text: String, scores: Vec<Score>, #[serde(default)] lifted: Vec<Misconduct> } = "answer-complaint" ("答复成绩申诉", "Answer the complaint") "complaint-answered" ("答复成绩申诉", "Complaint about the marks answered");
    /// 开始审查, of a person's case.
    BeginExamination = "begin-examination" ("开始审查", "Begin the examination of the case") "examination-begun" ("开始审查", "Examination of the case begun");
    /// 超期失效: not all subjects were passed in time.
    Lapse = "lapse" ("超期失效", "Lapse") "lapsed" ("未在规定期限内通过全部科目，申请失效", "Lapsed: not all subjects were passed in time");
    /// 接收报告
    ReceiveReport = "receive-report" ("接收评审报告", "Receive the report") "report-received" ("接收评审报告，开始审查", "Report received, examination begins");
    /// 退回报告
    ReturnReport { reason: String } = "return-report" ("退回评审报告", "Return the report") "report-returned" ("退回评审报告", "Report returned to the agency");
    /// 要求说明
    AskExplanation { question: String } = "ask-explanation" ("要求评审机构说明", "Ask for an explanation") "explanation-asked" ("要求评审机构说明", "Explanation asked of the agency");
    /// 说明
    Explain { text: String, files: Vec<String> } = "explain" ("作出说明", "Explain") "explained" ("评审机构作出说明", "The agency explained");
    /// 提请延期
    ProposeExtension { reason: String } = "propose-extension" ("提请延期", "Propose an extension") "extension-proposed" ("提请延长审查期限", "Extension proposed");
    /// 延期, once (行政许可法 art. 42).
    Extend { reason: String } = "extend" ("批准延期", "Extend") "extended" ("延长审查期限", "Limit extended");
    /// 告知听证权利 (行政许可法 art. 47); `reason` is what decision is considered, and why.
    TellHearingRight { reason: String } = "tell-hearing-right" ("告知听证权利", "Tell of the right to a hearing") "hearing-right-told" ("告知听证权利", "Told of the right to a hearing");
    /// 申请听证
    RequestHearing { reason: String } = "request-hearing" ("申请听证", "Request a hearing") "hearing-requested" ("提出听证", "Hearing requested");
    /// 放弃听证
    WaiveHearing = "waive-hearing" ("放弃听证", "Waive the hearing") "hearing-waived" ("放弃听证", "Right to a hearing waived");
    /// 举行听证
    OpenHearing { on: Date, place: String } = "open-hearing" ("决定听证", "Open a hearing") "hearing-opened" ("决定举行听证", "Hearing opened");
    /// 听证结束
    CloseHearing { record: String } = "close-hearing" ("听证结束", "Close the hearing") "hearing-closed" ("听证结束", "Hearing closed");
    /// 审查意见
    DraftDecision { draft: Draft } = "draft-decision" ("拟定审查意见", "Draft the decision") "decision-drafted" ("拟定审查意见", "Decision drafted");
    /// 报批
    SendToApproval = "send-to-approval" ("报批", "Send to the approver") "sent-to-approval" ("报请批准", "Sent to the approver");
    /// 退回审查
    SendBack { reason: String } = "send-back" ("退回审查", "Send back") "sent-back" ("退回审查", "Sent back to the examiner");
    /// 准予许可
    Grant { note: String } = "grant" ("准予许可", "Grant") "granted" ("准予行政许可", "Licence granted");
    /// 不予许可; the ground is named where the law ties more to it: false data (行政许可法 art. 78).
    Deny { reason: String, ground: Option<Ground> } = "deny" ("不予许可", "Deny") "denied" ("不予行政许可", "Licence denied");
    /// 制证; one certificate for each title and kind of equipment (ruling 2).
    Issue { certificates: Vec<String> } = "issue" ("制证", "Issue") "issued" ("许可证已制作", "Certificate issued");
    /// 送达
    Deliver { how: String } = "deliver" ("送达", "Deliver") "delivered" ("送达", "Delivered");
    /// 公示
    Publish = "publish" ("公布", "Publish") "published" ("决定已公布", "Decision published");
    /// 签收文书
    Acknowledge { document: String } = "acknowledge" ("签收", "Acknowledge") "acknowledged" ("申请人已阅文书", "Document read by the applicant");
    /// 中止办理
    Suspend { reason: String } = "suspend" ("中止办理", "Suspend") "suspended" ("中止办理", "Suspended");
    /// 恢复办理
    Resume { reason: String } = "resume" ("恢复办理", "Resume") "resumed" ("恢复办理", "Resumed");
    /// 终止办理
    Terminate { reason: String } = "terminate" ("终止办理", "Terminate") "terminated" ("终止办理", "Terminated");
}

impl Action {
    /// Why it is done, in the person's words; empty where none is asked.
    pub fn reason(&self) -> &str {
        use Action::*;
        match self {
            Withdraw { reason }
            | DeemWithdrawn { reason }
            | Refuse { reason, .. }
            | ReplaceAgency { reason, .. }
            | ReturnProposal { reason }
            | Counter { reason, .. }
            | CallAuthority { reason }
            | AskReschedule { reason, .. }
            | DeclineReschedule { reason }
            | NarrowScope { reason, .. }
            | DenyPractice { reason, .. }
            | CancelSignUp { reason }
            | MoveExam { reason, .. }
            | CallOff { reason }
            | ComplainMarks { reason }
            | VerifyFail { reason }
            | ReturnReport { reason }
            | ProposeExtension { reason }
            | Extend { reason }
            | TellHearingRight { reason }
            | RequestHearing { reason }
            | SendBack { reason }
            | Deny { reason, .. }
            | Suspend { reason }
            | Resume { reason }
            | Terminate { reason } => reason,
            RequireCorrection { cause, .. } | AskConsent { cause } => cause,
            AmendAcceptance { changes, .. } => changes,
            Rechoose { items } => items,
            _ => "",
        }
    }
}

impl Action {
    /// Whether it turns an application down for hidden or false data: a bar for a year (行政许可法 art. 78).
    pub fn is_for_false_data(&self) -> bool {
        matches!(self, Action::Refuse { ground: Ground::FalseData, .. } | Action::Deny { ground: Some(Ground::FalseData), .. })
    }
}

/// What the sides do about the date of the review (协商鉴定评审时间): it has a page of its own.
pub const SCHEDULE: [ActionKind; 9] = [
    ActionKind::Propose,
    ActionKind::Agree,
    ActionKind::Counter,
    ActionKind::AcceptCounter,
    ActionKind::ReturnProposal,
    ActionKind::WithdrawProposal,
    ActionKind::AskReschedule,
    ActionKind::AgreeReschedule,
    ActionKind::DeclineReschedule,
];

impl ActionKind {
    /// The word in addresses and forms.
    pub fn word(self) -> &'static str {
        self.row().0
    }

    /// What a button says.
    pub fn label(self) -> Text {
        self.row().1
    }

    /// The word of its event; empty if it leaves none.
    pub fn event_word(self) -> &'static str {
        self.row().2
    }

    /// What the timeline says.
    pub fn happened(self) -> Text {
        self.row().3
    }

    /// What a button says in this kind of case, and the timeline: a person cancels an application (撤销, spec 0.3) where a unit withdraws it, and
    /// gets a qualification and no licence.
    pub fn words_of(self, matter: Matter) -> (Text, Text) {
        match (self, matter) {
            (ActionKind::Withdraw, Matter::Person) => (t("撤销申请", "Cancel"), t("撤销申请", "Application cancelled")),
            (ActionKind::Grant, Matter::Person) => (self.label(), t("准予行政许可", "Qualification granted")),
            (ActionKind::Deny, Matter::Person) => (self.label(), t("不予行政许可", "Qualification denied")),
            (ActionKind::Issue, Matter::Person) => (self.label(), t("证书已制作", "Certificate issued")),
            _ => (self.label(), self.happened()),
        }
    }

    /// The kind with this word.
    pub fn of_word(word: &str) -> Option<ActionKind> {
        ActionKind::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// Whether a side is told when it happens: the agency never sees the feedback (spec 1.3) nor what is considered before it
    /// is decided, and what officials note among themselves stays with them.
    pub fn is_seen_by(self, party: Party) -> bool {
        use ActionKind::*;
        match self {
            Take | HandOver | AskConsent | Consent | DraftDecision | SendToApproval | SendBack | ProposeExtension => party == Party::Authority,
            AskExplanation | Explain => party != Party::Unit,
            GiveFeedback => party != Party::Agency,
            TellHearingRight | WaiveHearing => matches!(party, Party::Unit | Party::Authority),
            _ => match party {
                // A practising unit learns what it is asked and how it ends, an examination body what its examination needs.
                Party::Employer => {
                    matches!(self, Submit | Resubmit | ConfirmPractice | DenyPractice | ReportMisconduct | Refuse | Withdraw | Terminate | Grant | Issue | Deny)
                }
                Party::ExamBody => {
                    matches!(
                        self,
                        Accept
                            | SignUp
                            | CancelSignUp
                            | MoveExam
                            | CallOff
                            | ReportMisconduct
                            | PublishMarks
                            | ComplainMarks
                            | AnswerComplaint
                            | Lapse
                            | Withdraw
                            | Suspend
                            | Resume
                            | Terminate
                    )
                }
                _ => true,
            },
        }
    }

    /// Whether doing it is examining the case: whoever did never approves in it (ruling 12).
    pub fn is_examining(self) -> bool {
        use ActionKind::*;
        matches!(
            self,
            BeginExamination
                | CheckPractice
                | ReceiveReport
                | ReturnReport
                | AskExplanation
                | ProposeExtension
                | TellHearingRight
                | OpenHearing
                | CloseHearing
                | DraftDecision
                | SendToApproval
        )
    }
}
