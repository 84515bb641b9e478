//! The tables that decide where an application goes: the catalogue, the authorities, and who has delegated what.

use super::super::store::Record;
use crate::base::workdays::legal_date;
use crate::catalogue::{Authority, Catalogue, Delegation, Rules, store};
use crate::error::Result;
use crate::server::app::Visit;
use crate::server::db::Tx;
use jiff::civil::Date;
use std::sync::Arc;

/// As they are in force on a day.
pub(super) struct Tables {
    pub catalogue: Arc<Catalogue>,
    authorities: Vec<Authority>,
    delegations: Vec<Delegation>,
}

impl Tables {
    /// Those that decide on an application: of a draft today's, later those of the day it was handed in. A correction is
    /// handed in to the authority that asked for it, whatever has changed meanwhile.
    pub async fn of(visit: &Visit, tx: &mut Tx, record: &Record) -> Result<Tables> {
        let day = record.case.submitted_at.map_or_else(|| visit.app.clock.today(), legal_date);
        Tables::on(visit, tx, day).await
    }

    /// Those of a day.
    pub async fn on(visit: &Visit, tx: &mut Tx, day: Date) -> Result<Tables> {
        let day = day.to_string();
        Ok(Tables {
            catalogue: store::on_day(&visit.app, tx, &day).await?,
            authorities: store::authorities_on(tx, &day).await?,
            delegations: store::delegations(tx, &day).await?,
        })
    }

    pub fn rules(&self) -> Rules<'_> {
        Rules { catalogue: &self.catalogue, authorities: &self.authorities, delegations: &self.delegations }
    }
}
