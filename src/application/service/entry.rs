//! Entering: the picker (what may be chosen, who decides and why) and the new draft.

use super::super::book::{self, CaseItem};
use super::super::picker::{Chosen, ItemView, Picker, RouteView};
use super::super::store::{self, Record};
use super::route::Tables;
use super::{Facts, case_facts};
use crate::account::model::Role;
use crate::base::{Say, say};
use crate::catalogue::{Ask, Catalogue, Item, Part, Route, category, routing};
use crate::error::{AppError, Result};
use crate::form::{Base, Op, Outcome, Values};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;
use crate::workflow::{Action, Case};
use std::collections::BTreeMap;

/// Marks cells that the draft's first filling set, in their op id.
pub(super) const FILLED: &str = "~filled";

/// The picker for what is chosen so far.
pub async fn picker(visit: &Visit, chosen: Chosen) -> Result<Picker> {
    let (caller, unit) = visit.unit()?;
    if caller.role == Role::Person {
        return Err(AppError::Forbidden);
    }
    let mut tx = visit.app.db.read().await?;
    let catalogue = crate::catalogue::store::current(&visit.app, &mut tx).await?;
    let unit = crate::account::store::find_unit(&mut tx, unit).await?.ok_or(AppError::NotFound)?;
    let Some(category) = category(&chosen.category) else { return Ok(Picker { chosen, ..Picker::default() }) };
    let mine: Vec<&Item> = category.items(&catalogue);
    let selection: Vec<String> = chosen.items.iter().filter(|id| mine.iter().any(|item| item.id == **id)).cloned().collect();
    let covered = catalogue.covered_by(&selection);
    let name_of = |id: &str| catalogue.find(id).map(Item::label).unwrap_or_default();
    let view = |item: &&Item| ItemView {
        id: item.id.clone(),
        kind: item.equipment_kind.clone(),
        item: item.item.clone(),
        group: item.sub_item_group.clone(),
        label: item.label(),
        parameters: item.parameters.clone(),
        note: item.note.clone(),
        national: item.decider(chosen.setup()) == Some(crate::catalogue::Decider::National),
        chosen: selection.contains(&item.id),
        covered_by: covered.get(&item.id).map(|id| name_of(id)),
        asks_setup: item.setup.is_some(),
    };
    // What the selection covers is greyed also when it was not ticked itself.
    let mut items: Vec<ItemView> = mine.iter().map(view).collect();
    for item in &mut items {
        if item.covered_by.is_none() {
            item.covered_by = selection.iter().find(|id| **id != item.id && catalogue.reach(id).contains(item.id.as_str())).map(|id| name_of(id));
        }
    }
    let items_held = crate::licence::service::held_items(&visit.app, &mut tx, &unit.id).await?;
    let held = crate::licence::service::warnings(&visit.app, &mut tx, &unit.id, category.key).await?;
    let bans = crate::casework::bans::of_unit(&mut tx, &unit.id, category.key, visit.app.clock.today()).await?;
    let missing = catalogue.missing_requirements(&selection, &items_held);
    let missing = missing.iter().map(|m| {
        let one_of = m.one_of.iter().map(|i| format!("“{}”", i.label())).collect::<Vec<_>>();
        say(
            format!("“{}”要求已取得或者同时申请：{}", m.item.label(), one_of.join("或")),
            format!("“{}” requires one of these, held or applied for together: {}", m.item.label(), one_of.join(", ")),
        )
    });
    let route = if selection.is_empty() { None } else { Some(route(visit, &mut tx, &selection, &unit.region, &chosen).await?) };
    let asks_setup = items.iter().any(|item| item.chosen && item.asks_setup);
    Ok(Picker {
        items,
        held,
        bans: bans.iter().map(book::Ban::said).collect(),
        missing: missing.collect(),
        route,
        asks_setup,
        place: (category.place != crate::catalogue::category::Place::Registered).then(|| category.place.name().into()),
        regions: chosen.places.iter().map(|place| crate::base::region::levels(&place.region)).collect(),
        new_place: crate::base::region::levels(""),
        unit_address: unit.profile.get("address").cloned().unwrap_or_default(),
        unit_region: unit.region.clone(),
        chosen: Chosen { items: selection, ..chosen },
    })
}

async fn route(visit: &Visit, tx: &mut Tx, selection: &[String], unit_region: &str, chosen: &Chosen) -> Result<RouteView> {
    let tables = Tables::on(visit, tx, visit.app.clock.today()).await?;
    let facts = routing::Facts {
        unit_region: unit_region.to_owned(),
        places: chosen.places.iter().map(|p| p.region.clone()).filter(|r| !r.is_empty()).collect(),
        setup: chosen.setup(),
    };
    Ok(match tables.rules().route(selection, &facts) {
        Route::One(part) => RouteView { parts: vec![part], ask: None },
        Route::Split(parts) => RouteView { parts, ask: None },
        Route::Ask(ask) => RouteView { parts: Vec::new(), ask: Some(ask.said()) },
    })
}

/// Makes a draft for one part of the route (the authority chosen), prefilled, and leads to its first page.
pub async fn create(visit: &Visit, chosen: Chosen, authority: &str) -> Result<Answer> {
    let (caller, _) = visit.unit()?;
    if !caller.may_write() {
        return Err(AppError::Forbidden);
    }
    let (chosen, part) = match part_of(visit, chosen, authority).await? {
        Ok(found) => found,
        Err(why) => return Ok(Answer::Told(why)),
    };
    let seat = visit.clone();
    let no = visit.app.db.write(move |tx| Box::pin(async move { create_in(&seat, tx, chosen, part).await })).await?;
    Ok(Answer::Go(format!("/applications/{no}")))
}

/// The part of a choice that goes to one authority (the one chosen), or what stands in the way.
pub(super) async fn part_of(visit: &Visit, chosen: Chosen, authority: &str) -> Result<Result<(Chosen, Part), Say>> {
    let view = picker(visit, chosen).await?;
    let Some(route) = view.route else { return Ok(Err(Ask::Items.said())) };
    if let Some(ask) = route.ask {
        return Ok(Err(ask));
    }
    let is_single = authority.is_empty() && route.parts.len() == 1;
    let Some(part) = route.parts.into_iter().find(|part| is_single || part.authority == authority) else {
        return Ok(Err(say("请选择向哪个审批机关申请。", "Choose the authority to apply to.")));
    };
    Ok(view.missing.into_iter().next().map_or(Ok((view.chosen, part)), Err))
}

impl Facts {
    /// What a part of a choice says of its application.
    pub(super) fn of(chosen: &Chosen, part: &Part) -> Facts {
        let addresses = chosen.places.iter().filter(|p| part.places.is_empty() || part.places.contains(&p.region)).cloned().collect();
        Facts { addresses, set_up_by: chosen.set_up_by.clone(), reason: Some(part.reason.clone()), ..Facts::default() }
    }
}

/// The names of items, for lists.
pub(super) fn labels(catalogue: &Catalogue, items: &[String]) -> String {
    catalogue.pick(items).iter().map(|item| item.label()).collect::<Vec<_>>().join(",")
}

async fn create_in(visit: &Visit, tx: &mut Tx, chosen: Chosen, part: Part) -> Result<String> {
    let (_, unit) = visit.unit()?;
    let now = visit.now();
    let catalogue = crate::catalogue::store::current(&visit.app, tx).await?;
    let unit = crate::account::store::find_unit(tx, unit).await?.ok_or(AppError::NotFound)?;
    let record = Record {
        id: ids::new(now),
        no: new_no(visit, tx).await?,
        unit_id: unit.id.clone(),
        unit_name: unit.name.clone(),
        unit_code: unit.code.clone(),
        category: chosen.category.clone(),
        kind: "first".into(),
        catalogue_version: catalogue.version.clone(),
        authority_code: part.authority.clone(),
        authority_name: part.name.clone(),
        items: part.items.clone(),
        item_labels: labels(&catalogue, &part.items),
        facts: Facts::of(&chosen, &part),
        employers: Vec::new(),
        case: Case::default(),
        revision: 0,
        created_at: now,
        changed_at: now,
    };
    store::insert(tx, &record).await?;
    let facts = case_facts(visit, tx, &record).await?;
    let values = book::prefill(&crate::account::service::profile::of_unit(tx, &unit.id).await?, &facts, visit.app.clock.today());
    fill(visit, tx, &record, all(values)).await?;
    crate::casework::service::begin(visit, tx, &record.no, Action::Create).await?;
    visit.audit(tx, "create", &record.no, &record.item_labels).await?;
    Ok(record.no)
}

/// Values as what they change: all of them are set.
pub(super) fn all(values: Values) -> BTreeMap<String, Option<String>> {
    values.into_iter().map(|(path, value)| (path, Some(value))).collect()
}

/// Fills in for the person: sets values of a draft, at its next revision and with their history. Gives that revision.
pub(super) async fn fill(visit: &Visit, tx: &mut Tx, record: &Record, changes: BTreeMap<String, Option<String>>) -> Result<i64> {
    let pages = super::pages(record);
    let account = visit.caller()?.account_id.clone();
    let Some(revision) = store::take_revisions(tx, &record.id, 1, visit.now()).await? else { return Err(super::draft::overtaken(visit, tx, &record.no).await) };
    for (path, value) in changes {
        let secret = super::field_at(&pages, &path).is_some_and(|field| field.secret);
        let value = if secret { value.map(|value| visit.app.keys.seal(&value)) } else { value };
        let op = Op { id: format!("{}{FILLED}", ids::new(visit.now())), path, base: Base::Revision(revision - 1), value };
        store::store_op(tx, &record.id, &op, &Outcome::Applied { revision }, &account, visit.now()).await?;
    }
    Ok(revision)
}

/// 申请号: the legal day and six digits of a counter, never reused.
pub(super) async fn new_no(visit: &Visit, tx: &mut Tx) -> Result<String> {
    let day = visit.app.clock.today().to_string().replace('-', "");
    let n = crate::server::counter::next(tx, &format!("application/{day}")).await?;
    Ok(format!("{day}{n:06}"))
}

/// An item as the book judges it.
pub(super) fn case_item(item: &Item, category: &str) -> CaseItem {
    CaseItem {
        id: item.id.clone(),
        name: item.label(),
        item: item.item.clone(),
        parameters: item.parameters.clone(),
        equipment_kind: item.equipment_kind.clone(),
        category: category.to_owned(),
        code: item.level.clone(),
        needs: item.requires.clone(),
    }
}
