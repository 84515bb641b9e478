//! The timeline of a case (时间线), as a side of it is told: with the names of its files, and of whom and what its events name.

use super::model::Happening;
use super::store;
use crate::account::store::{find_account, find_unit};
use crate::base::{Text, say};
use crate::catalogue::{self, Item};
use crate::error::Result;
use crate::server::app::App;
use crate::server::db::Tx;
use crate::server::files;
use crate::workflow::{Named, Party};
use std::collections::BTreeMap;

/// What happened to a case, as far as a side is told, the oldest first.
pub async fn timeline(app: &App, tx: &mut Tx, record: &store::Record, side: Party) -> Result<Vec<Happening>> {
    let mut told = store::timeline(tx, &record.id).await?;
    told.retain(|happening| happening.what.is_seen_by(side));
    let ids: Vec<String> = told.iter().flat_map(|happening| &happening.files).map(|(id, _)| id.clone()).collect();
    let names: BTreeMap<String, String> = files::store::find_all(tx, &ids).await?.into_iter().map(|file| (file.id, file.name)).collect();
    for (id, name) in told.iter_mut().flat_map(|happening| &mut happening.files) {
        *name = names.get(id).cloned().unwrap_or_default();
    }
    for happening in &mut told {
        for (what, named) in std::mem::take(&mut happening.named) {
            let name = name_of(app, tx, record, named).await?;
            add(happening, what, &name);
        }
    }
    Ok(told)
}

async fn name_of(app: &App, tx: &mut Tx, record: &store::Record, named: Named) -> Result<String> {
    Ok(match named {
        Named::Account(id) => find_account(tx, &id).await?.map(|account| account.person_name).unwrap_or_default(),
        Named::Unit(id) => find_unit(tx, &id).await?.map(|unit| unit.name).unwrap_or_default(),
        Named::Items(ids) => {
            let catalogue = catalogue::store::version(app, tx, &record.catalogue_version).await?;
            catalogue.pick(&ids).into_iter().map(Item::label).collect::<Vec<_>>().join("、")
        }
    })
}

fn add(happening: &mut Happening, what: Text, name: &str) {
    let after = |said: &str, line: String| if said.is_empty() { line } else { format!("{said}\n{line}") };
    let said = &happening.said;
    happening.said = say(after(&said.zh, format!("{}：{name}", what.zh)), after(&said.en, format!("{}: {name}", what.en)));
}
