//! Where a unit's cases stand, for its first page.

use super::super::model::Head;
use super::super::store;
use super::head;
use crate::error::Result;
use crate::server::app::Visit;

/// As many as are seen at one look; the list below has them all.
const MOST: i64 = 5;

/// The cases that are under way: those that wait for the unit first, then the most urgent.
pub async fn under_way(visit: &Visit) -> Result<Vec<Head>> {
    let (_, unit) = visit.unit()?;
    let mut tx = visit.app.db.read().await?;
    let mut heads = Vec::new();
    for record in store::under_way(&mut tx, unit, MOST).await? {
        heads.push(head(visit, &mut tx, &record).await?);
    }
    Ok(heads)
}
