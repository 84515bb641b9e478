//! A letter before it is sent (预览): composed like one that is issued, without a number and without leaving anything.

use super::Desk;
use crate::casework::service::File;
use crate::document::model::Content;
use crate::document::service::draft;
use crate::error::Result;
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::workflow::action::Mark;
use crate::workflow::{Action, Actor, Event, Role, step};

/// How the correction notice with these points would read if it were sent now.
pub async fn correction(visit: &Visit, tx: &mut Tx, file: &File, marks: Vec<Mark>, cause: &str) -> Result<Content> {
    let action = Action::RequireCorrection { marks: marks.clone(), cause: String::new(), days: 0 };
    let sent = Event { at: visit.now(), by: visit.caller()?.account_id.clone(), role: Role::Acceptance, action };
    let desk = Desk::after(visit, tx, file, file.settled(visit.now()), &[sent]).await?;
    let (paper, issuer) = desk.correction(&marks, cause);
    draft(tx, &visit.app, &desk.dossier.parties(issuer), paper.as_ref()).await
}

/// How the letter of an act would read if it were done now; none if it cannot be done, or owes none.
pub async fn letter(visit: &Visit, tx: &mut Tx, file: &File, actor: &Actor, action: &Action) -> Result<Option<Content>> {
    let Ok(events) = step(&file.record.case, actor, action, &file.ctx(visit.now())) else { return Ok(None) };
    let desk = Desk::after(visit, tx, file, file.record.case.clone(), &events).await?;
    let Some((paper, issuer)) = desk.paper(tx, action).await? else { return Ok(None) };
    draft(tx, &visit.app, &desk.dossier.parties(issuer), paper.as_ref()).await.map(Some)
}
