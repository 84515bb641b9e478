//! Cases on their way: all go the same way as far as their station, moved by the people whose turn it is.

use super::book::upload;
use super::{Past, VALVE, complete, people, submit};
use crate::account::store::find_unit_by_code;
use crate::casework::attached::slot;
use crate::casework::forms::CONDITIONS;
use crate::casework::service;
use crate::error::{AppError, Result};
use crate::server::app::{App, Visit};
use crate::server::ids;
use crate::workflow::action::{Conclusion, Draft, Feedback, Ground, Mark, Satisfaction, Window};
use crate::workflow::{Action, ActionKind};
use jiff::ToSpan;
use std::sync::Arc;

/// How many days after the submission who does what.
const WAY: [(i64, &str, ActionKind); 15] = [
    (1, "shaanxi01", ActionKind::Accept),
    (1, "shaanxi01", ActionKind::Entrust),
    (2, "valve01", ActionKind::Propose),
    (3, AGENCY, ActionKind::Agree),
    (6, AGENCY, ActionKind::StartReview),
    (6, AGENCY, ActionKind::RecordReview),
    (7, AGENCY, ActionKind::Memo),
    (14, "valve01", ActionKind::Rectify),
    (15, AGENCY, ActionKind::VerifyOk),
    (16, AGENCY, ActionKind::Report),
    (17, "valve01", ActionKind::GiveFeedback),
    (18, "shaanxi02", ActionKind::ReceiveReport),
    (19, "shaanxi02", ActionKind::DraftDecision),
    (19, "shaanxi02", ActionKind::SendToApproval),
    (20, "shaanxi03", ActionKind::Grant),
];
/// The day after the submission on which the review is, its reviewer free on it.
const REVIEW: i64 = 6;

/// How a case ends that goes its whole way, or has ended before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Well,
    Ill,
}

/// How many days ago each case was submitted, how many steps of the way it went, and how the last of them turned out: 已受理, 已委托 twice,
/// 协商评审时间, 评审时间已确定, 现场评审中, 整改中, 评审报告已提交, 审查中, 待批准, 准予许可, 不予受理, 不予许可.
const CASES: [(i64, usize, Turn); 13] = [
    (3, 1, Turn::Well),
    (10, 2, Turn::Well),
    (11, 2, Turn::Well),
    (4, 3, Turn::Well),
    (5, 4, Turn::Well),
    (9, 5, Turn::Well),
    (20, 7, Turn::Well),
    (24, 10, Turn::Well),
    (25, 12, Turn::Well),
    (26, 14, Turn::Well),
    (28, 15, Turn::Well),
    (27, 1, Turn::Ill),
    (29, 15, Turn::Ill),
];

/// The agency of the province; its lead also reviews.
const AGENCY: &str = "agency03";
const AGENCY_CODE: &str = "1261000040000RA316";
const REVIEWER: &str = "白若冰 PS-2017-00061";

/// Tells every case from its submission to its station, and one that is being corrected.
pub async fn tell(app: &Arc<App>, past: &mut Past) -> Result<()> {
    let valve = people::visit(app, "valve01").await?;
    for (began, steps, turn) in CASES {
        past.go(app, began);
        let no = complete(&valve, VALVE).await?;
        submit(&valve, &no).await?;
        let review = app.clock.today().checked_add(REVIEW.days()).map_err(|e| AppError::BadRequest(e.to_string()))?;
        for (step, (after, who, kind)) in WAY[..steps].iter().enumerate() {
            past.go(app, began - after);
            let actor = people::visit(app, who).await?;
            let kind = match kind {
                ActionKind::Accept if turn == Turn::Ill && step + 1 == steps => ActionKind::Refuse,
                ActionKind::Grant if turn == Turn::Ill => ActionKind::Deny,
                kind => *kind,
            };
            let action = fill_in(&actor, &no, kind, turn, Window { from: review, to: review }).await?;
            service::act(&actor, &no, &ids::token(), None, action).await?;
        }
    }
    past.go(app, 4);
    let no = complete(&valve, VALVE).await?;
    submit(&valve, &no).await?;
    past.go(app, 3);
    let marks = [("basic/postcode", "邮政编码与注册地址不符。"), ("basic/fax", "请填写区号。")];
    let marks = marks.into_iter().map(|(path, text)| Mark { path: path.into(), text: text.into() }).collect();
    let officer = people::visit(app, "shaanxi01").await?;
    service::act(&officer, &no, &ids::token(), None, Action::RequireCorrection { marks, cause: String::new(), days: 0 }).await.map(drop)
}

/// What is filled in at a step.
async fn fill_in(actor: &Visit, no: &str, kind: ActionKind, turn: Turn, review: Window) -> Result<Action> {
    let paper = async |name: &str| upload(actor, no, &slot(kind), name).await;
    Ok(match kind {
        ActionKind::Accept => {
            let agency = find_unit_by_code(&mut actor.app.db.read().await?, AGENCY_CODE).await?.ok_or(AppError::NotFound)?;
            Action::Accept { agency: Some(agency.id), checked: Vec::new() }
        }
        ActionKind::Refuse => Action::Refuse {
            ground: Ground::OtherAuthority,
            reason: "所申请的项目由国家市场监督管理总局实施许可。".into(),
            right_authority: "国家市场监督管理总局".into(),
        },
        ActionKind::Entrust => Action::Entrust,
        ActionKind::Propose => Action::Propose { windows: vec![review] },
        ActionKind::Agree => Action::Agree { window: review, reviewers: vec![REVIEWER.into()] },
        ActionKind::StartReview => Action::StartReview,
        ActionKind::RecordReview => Action::RecordReview {
            text: "召开首次会议，查看生产场地、设备和检测仪器。".into(),
            files: vec![paper("现场记录.pdf").await?],
        },
        ActionKind::Memo => Action::Memo {
            problems: vec!["2 台量具超过校准有效期。".into(), "热处理记录缺少责任人签字。".into()],
            requirements: vec!["送有资质的机构校准，提供校准证书。".into(), "补签记录，并对责任人重新培训。".into()],
            deadline: review.from.checked_add(2.months()).map_err(|e| AppError::BadRequest(e.to_string()))?,
            agency_signer: REVIEWER.into(),
            unit_signer: "秦晓梅".into(),
            file: paper("备忘录.pdf").await?,
        },
        ActionKind::Rectify => {
            Action::Rectify { text: "量具已送检，记录已补签并重新培训。".into(), files: vec![paper("整改报告.pdf").await?] }
        }
        ActionKind::VerifyOk => Action::VerifyOk { note: "整改符合要求。".into() },
        ActionKind::Report => Action::Report {
            conclusion: Conclusion::MeetsAfterRectification,
            findings: CONDITIONS.iter().map(|condition| (condition.label.zh.to_owned(), "符合许可条件。".to_owned())).collect(),
            summary: "资源条件和质量保证体系符合要求。".into(),
            files: vec![paper("鉴定评审报告.pdf").await?],
        },
        ActionKind::GiveFeedback => Action::GiveFeedback {
            answers: Feedback {
                period: review,
                categories: vec!["压力管道".into()],
                reviewers: REVIEWER.into(),
                misconduct: None,
                departure: None,
                unfairness: None,
                satisfaction: Satisfaction::Satisfied,
                note: String::new(),
            },
        },
        ActionKind::ReceiveReport => Action::ReceiveReport,
        ActionKind::DraftDecision => {
            let grant = turn == Turn::Well;
            let opinion = if grant {
                "材料齐全，评审结论符合许可条件。"
            } else {
                "质量保证体系未按承诺持续运行，不符合许可条件。"
            };
            Action::DraftDecision { draft: Draft { grant, opinion: opinion.into(), second: None } }
        }
        ActionKind::SendToApproval => Action::SendToApproval,
        ActionKind::Grant => Action::Grant { note: String::new() },
        ActionKind::Deny => Action::Deny { reason: "质量保证体系未按承诺持续运行，不符合许可条件。".into(), ground: None },
        other => return Err(AppError::BadRequest(format!("{other:?} is no step of the way"))),
    })
}
