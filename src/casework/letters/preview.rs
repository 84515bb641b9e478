//! A letter before it is sent (预览): composed like one that is issued, without a number and without leaving anything.

use super::Desk;
use crate::casework::dossier::Dossier;
use crate::casework::service::File;
use crate::document::kinds::decision::Grant;
use crate::document::model::Content;
use crate::document::service::draft;
use crate::error::Result;
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::workflow::action::Mark;
use crate::workflow::{Action, Actor, Event, Party, Role, step};

/// How the correction notice with these points would read if it were sent now.
pub async fn correction(visit: &Visit, tx: &mut Tx, file: &File, marks: Vec<Mark>, cause: &str) -> Result<Content> {
    let mut case = file.settled(visit.now());
    let action = Action::RequireCorrection { marks: marks.clone(), cause: String::new(), days: 0 };
    case.apply(&Event { at: visit.now(), by: visit.caller()?.account_id.clone(), role: Role::Acceptance, action });
    let desk = Desk { visit, file, dossier: Dossier::read(visit, tx, file, case).await?, party: Party::Authority };
    let (paper, issuer) = desk.correction(&marks, cause);
    draft(tx, &visit.app, &desk.dossier.parties(issuer), paper.as_ref()).await
}

/// How the letter of an act would read if it were done now; none if it cannot be done, or owes none that is looked at before.
pub async fn letter(visit: &Visit, tx: &mut Tx, file: &File, actor: &Actor, action: &Action) -> Result<Option<Content>> {
    let Ok(events) = step(&file.record.case, actor, action, &file.ctx(visit.now())) else { return Ok(None) };
    let mut case = file.record.case.clone();
    events.iter().for_each(|event| case.apply(event));
    let desk = Desk { visit, file, dossier: Dossier::read(visit, tx, file, case).await?, party: Party::Authority };
    let (paper, issuer) = match action {
        Action::Accept { .. } | Action::ConfirmAcceptance { .. } => desk.acceptance(""),
        Action::Refuse { ground, reason, right_authority } => desk.refusal(*ground, reason, right_authority),
        Action::Entrust => desk.entrustment(),
        Action::Extend { reason } => desk.extension(reason),
        Action::TellHearingRight { reason } => desk.hearing_right(reason),
        Action::Grant { .. } => (Box::new(Grant { case: desk.dossier.matter(), items: desk.dossier.applied_for(), validity: desk.validity() }) as _, None),
        Action::Deny { reason, .. } => desk.denial(reason, action.is_for_false_data()),
        _ => return Ok(None),
    };
    draft(tx, &visit.app, &desk.dossier.parties(issuer), paper.as_ref()).await.map(Some)
}
