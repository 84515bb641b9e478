//! How an applicant is identified to others: a unit by its code, a person by what may be shown of the id number.

use crate::account::store::{find_unit, members_of};
use crate::base::text;
use crate::error::{AppError, Result};
use crate::server::app::App;
use crate::server::db::Tx;

/// 统一社会信用代码; of a person, whose code in the store is a digest, the masked id number (`610112********0012`).
pub async fn shown_code(app: &App, tx: &mut Tx, unit_id: &str) -> Result<String> {
    let unit = find_unit(tx, unit_id).await?.ok_or(AppError::NotFound)?;
    if unit.kind != "person" {
        return Ok(unit.code);
    }
    let Some(account) = members_of(tx, &unit.id).await?.into_iter().next() else { return Ok(String::new()) };
    let id = app.keys.open(&account.id_no_sealed)?;
    let head = if id.chars().count() == 18 { 6 } else { 0 };
    Ok(text::masked(&id, head, 4))
}
