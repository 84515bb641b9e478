//! 执业单位 of a person's application: the book names it, and who is registered here is asked to confirm the practice
//! (特种设备安全法 art. 51).

use super::super::book::persons::leaves;
use super::super::store::{self, Record};
use crate::account::store::{Unit, find_practices, find_unit_by_code};
use crate::base::text;
use crate::casework::service::File;
use crate::error::Result;
use crate::form::Doc;
use crate::licence::person;
use crate::server::db::Tx;
use crate::workflow::person::{LEFT, NAMED, PersonKind};

/// Where the book names the unit.
pub const PRACTICE_ORG: &str = "qualification/practice_org";
/// Where the book has its 统一社会信用代码; it may be left out.
pub const PRACTICE_CODE: &str = "qualification/practice_code";
/// Where the book of a 变更 names the unit that is left.
pub const FORMER_ORG: &str = "qualification/former_org";

/// Units a search offers.
pub(super) const OFFERED: i64 = 8;

/// The practising unit a book names, if it is registered here: by its code, or by its whole name where no code is given.
pub async fn practising_unit(tx: &mut Tx, doc: &Doc) -> Result<Option<Unit>> {
    let code = text::code(doc.get(PRACTICE_CODE));
    let found = if code.is_empty() { unit_named(tx, doc.get(PRACTICE_ORG)).await? } else { find_unit_by_code(tx, &code).await? };
    Ok(found.filter(|unit| !matches!(unit.kind.as_str(), "person" | "exam-body")))
}

/// The registered unit with this whole name, where persons may practise; of several of one name nobody knows which is meant.
pub(super) async fn unit_named(tx: &mut Tx, name: &str) -> Result<Option<Unit>> {
    let found = if name.is_empty() { Vec::new() } else { find_practices(tx, name, OFFERED).await? };
    let mut same = found.into_iter().filter(|(known, _)| text::same_name(known, name));
    match (same.next(), same.next()) {
        (Some((_, code)), None) => find_unit_by_code(tx, &code).await,
        _ => Ok(None),
    }
}

/// Sets whom the case of a person asks, in the change that hands it in: the unit the book names, and for a change also the former one, as
/// the register has it or else as the book names it. For a unit that is only named its proof is checked instead ([`NAMED`], [`LEFT`]).
pub(in crate::application) async fn ask_employers(tx: &mut Tx, record: &Record, doc: &Doc, file: &mut File) -> Result<()> {
    let Some(candidate) = &record.case.person else { return Ok(()) };
    let mut employers = vec![practising_unit(tx, doc).await?.map_or_else(|| NAMED.to_owned(), |unit| unit.id)];
    if candidate.kind == PersonKind::Move {
        let known = person::practice_of(tx, &record.unit_id).await?.map(|(unit, _)| unit).filter(|unit| !unit.is_empty());
        let former = match known {
            None if leaves(doc) => Some(unit_named(tx, doc.get(FORMER_ORG)).await?.map_or_else(|| LEFT.to_owned(), |unit| unit.id)),
            known => known,
        };
        employers.extend(former.filter(|former| !employers.contains(former)));
    }
    store::set_employers(tx, &record.id, &employers).await?;
    file.record.employers.clone_from(&employers);
    file.facts.employers = employers;
    Ok(())
}
