//! A letter before it is sent (预览): composed like one that is issued, without a number and without leaving anything.

use super::Desk;
use crate::casework::dossier::Dossier;
use crate::casework::service::File;
use crate::document::model::Content;
use crate::document::service::draft;
use crate::error::Result;
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::workflow::action::Mark;
use crate::workflow::{Action, Event, Party, Role};

/// How the correction notice with these points would read if it were sent now.
pub async fn correction(visit: &Visit, tx: &mut Tx, file: &File, marks: Vec<Mark>, cause: &str) -> Result<Content> {
    let mut case = file.settled(visit.now());
    let action = Action::RequireCorrection { marks: marks.clone(), cause: String::new(), days: 0 };
    case.apply(&Event { at: visit.now(), by: visit.caller()?.account_id.clone(), role: Role::Acceptance, action });
    let desk = Desk { visit, file, dossier: Dossier::read(visit, tx, file, case).await?, party: Party::Authority };
    let (paper, issuer) = desk.correction(&marks, cause);
    draft(tx, &visit.app, &desk.dossier.parties(issuer), paper.as_ref()).await
}
