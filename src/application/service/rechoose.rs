//! Choosing again: other items or working addresses for a draft that has been begun (spec 2.8, 2.9). The authority follows;
//! what was typed stays.

use super::super::book::{self, Address, CaseFacts};
use super::super::picker::Chosen;
use super::super::store::{self, Record};
use super::entry::{fill, labels, part_of};
use super::{Facts, admit, case_facts, desk, load, load_for, open_doc, pages};
use crate::base::say;
use crate::casework::service::perform;
use crate::casework::store::Click;
use crate::catalogue::category::Place;
use crate::catalogue::{Part, category};
use crate::error::Result;
use crate::form::{Doc, Page};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::plain::Answer;
use crate::workflow::{Action, ActionKind};

/// What a draft is for now, as the picker knows it, and the revision it was read at.
pub async fn choice(visit: &Visit, no: &str) -> Result<(Chosen, i64)> {
    let mut tx = visit.app.db.read().await?;
    let record = load_for(visit, &mut tx, no, ActionKind::Rechoose).await?;
    let doc = store::cells(&mut tx, &record.id, -1).await?;
    let chosen = Chosen {
        category: record.category.clone(),
        items: record.items.clone(),
        places: if asks_places(&record.category) { addresses(&pages(&record), &doc) } else { Vec::new() },
        set_up_by: record.facts.set_up_by.clone(),
    };
    Ok((chosen, record.revision))
}

/// Whether the picker asks for working addresses.
fn asks_places(key: &str) -> bool {
    category(key).is_some_and(|category| category.place != Place::Registered)
}

/// The addresses as the book has them now: somebody may have changed them there.
fn addresses(pages: &[&'static Page], doc: &Doc) -> Vec<Address> {
    let tables = pages.iter().flat_map(|page| page.tables().filter(|table| table.key == "addresses").map(|table| page.path(table.key)));
    let rows = tables.flat_map(|table| doc.rows(&table).into_iter().map(move |row| format!("{table}/{row}")).collect::<Vec<_>>());
    rows.map(|row| Address { region: doc.get(&format!("{row}/region")).to_owned(), address: doc.get(&format!("{row}/address")).to_owned() }).collect()
}

/// Gives a draft other items or addresses, as far as they go to one authority. `seen` is the draft's revision when the
/// choice was begun: if somebody else chose after it, nothing is changed. The same choice again changes nothing either.
pub async fn rechoose(visit: &Visit, no: &str, seen: i64, chosen: Chosen, authority: &str) -> Result<Answer> {
    load_for(visit, &mut visit.app.db.read().await?, no, ActionKind::Rechoose).await?;
    let (chosen, part) = match part_of(visit, chosen, authority).await? {
        Ok(found) => found,
        Err(why) => return Ok(Answer::Told(why)),
    };
    let (seat, no) = (visit.clone(), no.to_owned());
    visit.app.db.write(move |tx| Box::pin(async move { rechoose_in(&seat, tx, &no, seen, chosen, part).await })).await
}

async fn rechoose_in(visit: &Visit, tx: &mut Tx, no: &str, seen: i64, chosen: Chosen, part: Part) -> Result<Answer> {
    let held = load(visit, tx, no).await?;
    store::hold(tx, &held.id).await?;
    // Read again now that nobody else can change it.
    let old = load(visit, tx, no).await?;
    admit(visit, tx, &old, ActionKind::Rechoose).await?;
    let catalogue = crate::catalogue::store::current(&visit.app, tx).await?;
    let facts = Facts { copied_from: old.facts.copied_from.clone(), chosen_at: old.facts.chosen_at, ..Facts::of(&chosen, &part) };
    let new = Record {
        category: chosen.category,
        catalogue_version: catalogue.version.clone(),
        authority_code: part.authority,
        authority_name: part.name,
        item_labels: labels(&catalogue, &part.items),
        items: part.items,
        facts,
        ..old.clone()
    };
    let to = pages(&new).iter().find(|page| page.tables().any(|table| table.is_given())).map_or("start", |page| page.key);
    let done = Answer::Go(format!("/applications/{no}/{to}"));
    let doc = open_doc(visit, tx, &old, -1).await?;
    let there = addresses(&pages(&old), &doc);
    // Rows of the book may stand in another order.
    let stands = |address: &Address| there.contains(address);
    let places_stand = !asks_places(&new.category) || (there.len() == new.facts.addresses.len() && new.facts.addresses.iter().all(stands));
    let for_what = |record: &Record| (record.category.clone(), record.catalogue_version.clone(), record.authority_code.clone(), record.items.clone());
    if places_stand && for_what(&new) == for_what(&old) && new.facts == old.facts {
        return Ok(done);
    }
    if old.facts.chosen_at > seen {
        return Ok(Answer::Told(say(
            "这份草稿的项目或地址刚刚被别人修改过，没有保存您的选择。请从申请书重新打开本页，核对后再改。",
            "Somebody else has just changed the items or addresses of this draft, so your choice was not saved. Open this page again from the book and check.",
        )));
    }
    let before = CaseFacts { addresses: there, ..case_facts(visit, tx, &old).await? };
    let profile = crate::account::service::profile::of_unit(tx, &old.unit_id).await?;
    let changes = book::rechosen(&doc, &before, &case_facts(visit, tx, &new).await?, &profile, visit.app.clock.today());
    let chosen_at = fill(visit, tx, &new, changes).await?;
    store::set_choice(tx, &Record { facts: Facts { chosen_at, ..new.facts.clone() }, ..new.clone() }).await?;
    let (mut file, actor) = desk(visit, tx, &old).await?;
    perform(visit, tx, &mut file, &actor, &Action::Rechoose { items: new.item_labels }, &Click::default()).await?;
    Ok(done)
}
