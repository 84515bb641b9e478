//! What the desk tells its reader beside the case and its forms: what is asked of somebody, what was given up, and what a form begins with.

use super::forms::Form;
use super::model::CaseView;
use super::service::File;
use crate::base::workdays::date_words;
use crate::base::{Say, period, say};
use crate::catalogue::{self, Item};
use crate::error::Result;
use crate::form::Values;
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::workflow::{ActionKind, Case, Event, Ledger, Party, Role};

/// What the case answers of what its forms ask the reader: when and by whom the review was, and from the opinion it rests on the reason of
/// a denial, and of the decision that is considered.
pub(super) fn prefilled(view: &CaseView, case: &Case) -> Values {
    let mut values = Values::new();
    let mut answer = |kind: ActionKind, answers: &[(&str, String)]| {
        let form = Form::of(kind).filter(|_| view.may(kind));
        values.extend(form.into_iter().flat_map(|form| answers.iter().map(move |(key, value)| (form.path(key), value.clone()))));
    };
    if let Some(agreed) = &case.appointment {
        let days = period::joined(&agreed.window.from.to_string(), &agreed.window.to.to_string());
        answer(ActionKind::GiveFeedback, &[("period", days), ("reviewers", agreed.reviewers.join("、"))]);
    }
    if let Some(draft) = &case.draft {
        answer(ActionKind::Deny, &[("reason", draft.opinion.clone())]);
        let considered = if draft.grant { "拟准予许可" } else { "拟不予许可" };
        answer(ActionKind::TellHearingRight, &[("reason", format!("{considered}：{}", draft.opinion))]);
    }
    values
}

/// What waits for somebody whoever's turn it is, with the reason that was given.
pub(super) fn waits(case: &Case, events: &[Event], ledger: &Ledger, side: Party) -> Vec<Say> {
    let why = |kind: ActionKind| events.iter().rev().find(|event| event.action.kind() == kind).map(|event| event.action.reason()).unwrap_or_default();
    let mut waits = Vec::new();
    if case.awaits_hearing() && ActionKind::RequestHearing.is_seen_by(side) {
        let why = why(ActionKind::RequestHearing);
        waits.push(say(
            format!("已经提出听证，应当先举行听证，再作决定；待批准的，先退回审查。理由：{why}"),
            format!("A hearing was requested: it is held before the decision; a case that waits for approval is sent back first. Reason: {why}"),
        ));
    }
    if let Some(last) = ledger.asking().and_then(|line| line.due).filter(|_| ActionKind::TellHearingRight.is_seen_by(side)) {
        let (why, [zh, en]) = (why(ActionKind::TellHearingRight), date_words(last));
        waits.push(say(
            format!("已经告知听证权利：申请人在{zh}以前可以要求听证；除申请人放弃听证以外，期限届满后才作出决定。拟作出的决定和理由：{why}"),
            format!("The applicant was told of the right to a hearing and may ask for one until {en}; unless they waive it, the decision comes after that day. Considered: {why}"),
        ));
    }
    if side != Party::Authority {
        return waits;
    }
    waits.extend(match case.asked() {
        Some(Role::Approver) => {
            let why = why(ActionKind::ProposeExtension);
            Some(say(
                format!("审查人员提请延长审查期限，等批准人决定。理由：{why}"),
                format!("The examiner proposes to extend the limit; the approver decides. Reason: {why}"),
            ))
        }
        Some(Role::Supervisor) => {
            let why = why(ActionKind::AskConsent);
            Some(say(
                format!("受理人员请示再次告知补正，等监督人员同意。原因：{why}"),
                format!("Consent to a second correction notice is asked of the supervisor. Cause: {why}"),
            ))
        }
        Some(Role::Acceptance) => {
            let why = why(ActionKind::CallAuthority);
            Some(say(
                format!("评审时间约定不下来，请求本机关协调。理由：{why}"),
                format!("The date of the review is not agreed; your authority is asked to step in. Reason: {why}"),
            ))
        }
        _ => None,
    });
    waits
}

/// Names of the items applied for no longer.
pub(super) async fn given_up(visit: &Visit, tx: &mut Tx, file: &File) -> Result<Vec<String>> {
    let catalogue = catalogue::store::version(&visit.app, tx, &file.record.catalogue_version).await?;
    Ok(catalogue.pick(&file.record.case.given_up).into_iter().map(Item::label).collect())
}
