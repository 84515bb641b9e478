//! Entering: the picker (what may be chosen, who decides and why) and the new draft.

use super::super::book::{self, CaseItem};
use super::super::model::State;
use super::super::picker::{Chosen, ItemView, Picker, RouteView};
use super::super::store::{self, Record};
use super::{Facts, case_facts};
use crate::catalogue::{Ask, Item, Route, Rules, category, routing};
use crate::error::{AppError, Result};
use crate::form::{Base, Op, Outcome, Values};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;

/// Marks cells that the draft's first filling set, in their op id.
pub(super) const FILLED: &str = "~filled";

/// The picker for what is chosen so far.
pub async fn picker(visit: &Visit, chosen: Chosen) -> Result<Picker> {
    let (_, unit) = visit.unit()?;
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
    let missing = catalogue.missing_requirements(&selection, &items_held);
    let missing = missing.iter().map(|m| {
        let one_of = m.one_of.iter().map(|i| format!("“{}”", i.label())).collect::<Vec<_>>();
        crate::base::say(
            format!("“{}”要求已取得或者同时申请：{}", m.item.label(), one_of.join("或")),
            format!("“{}” requires one of these, held or applied for together: {}", m.item.label(), one_of.join(", ")),
        )
    });
    let route = if selection.is_empty() { None } else { Some(route(visit, &mut tx, &catalogue, &selection, &unit.region, &chosen).await?) };
    let asks_setup = items.iter().any(|item| item.chosen && item.asks_setup);
    Ok(Picker {
        items,
        held,
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

async fn route(
    visit: &Visit,
    tx: &mut Tx,
    catalogue: &crate::catalogue::Catalogue,
    selection: &[String],
    unit_region: &str,
    chosen: &Chosen,
) -> Result<RouteView> {
    let authorities = crate::catalogue::store::authorities(tx).await?;
    let delegations = crate::catalogue::store::delegations(tx, &visit.app.clock.today().to_string()).await?;
    let rules = Rules { catalogue, authorities: &authorities, delegations: &delegations };
    let facts = routing::Facts {
        unit_region: unit_region.to_owned(),
        places: chosen.places.iter().map(|p| p.region.clone()).filter(|r| !r.is_empty()).collect(),
        setup: chosen.setup(),
    };
    Ok(match rules.route(selection, &facts) {
        Route::One(part) => RouteView { parts: vec![part], ask: None },
        Route::Split(parts) => RouteView { parts, ask: None },
        Route::Ask(ask) => RouteView { parts: Vec::new(), ask: Some(said(&ask)) },
    })
}

fn said(ask: &Ask) -> crate::base::Say {
    ask.said()
}

/// Makes a draft for one part of the route (the authority chosen), prefilled, and leads to its first page.
pub async fn create(visit: &Visit, chosen: Chosen, authority: &str) -> Result<Answer> {
    let (caller, _) = visit.unit()?;
    if !caller.may_write() {
        return Err(AppError::Forbidden);
    }
    let view = picker(visit, chosen.clone()).await?;
    let Some(route) = view.route else { return Ok(Answer::Told(Ask::Items.said())) };
    if let Some(ask) = route.ask {
        return Ok(Answer::Told(ask));
    }
    let Some(part) = route.parts.iter().find(|part| part.authority == authority || (authority.is_empty() && route.parts.len() == 1)).cloned() else {
        return Ok(Answer::Told(crate::base::say("请选择向哪个审批机关申请。", "Choose the authority to apply to.")));
    };
    if let Some(missing) = view.missing.into_iter().next() {
        return Ok(Answer::Told(missing));
    }
    let (seat, chosen) = (visit.clone(), view.chosen);
    let no = visit.app.db.write(move |tx| Box::pin(async move { create_in(&seat, tx, chosen, part).await })).await?;
    Ok(Answer::Go(format!("/applications/{no}/start")))
}

async fn create_in(visit: &Visit, tx: &mut Tx, chosen: Chosen, part: crate::catalogue::Part) -> Result<String> {
    let (caller, unit) = visit.unit()?;
    let now = visit.now();
    let catalogue = crate::catalogue::store::current(&visit.app, tx).await?;
    let items = catalogue.pick(&part.items);
    let addresses = chosen.places.iter().filter(|p| part.places.is_empty() || part.places.contains(&p.region)).cloned().collect();
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
        item_labels: items.iter().map(|item| item.label()).collect::<Vec<_>>().join(","),
        facts: Facts { addresses, set_up_by: chosen.set_up_by.clone(), reason: Some(part.reason.clone()), copied_from: String::new() },
        state: State::Draft,
        revision: 0,
        created_at: now,
        changed_at: now,
        submitted_at: None,
    };
    store::insert(tx, &record).await?;
    let facts = case_facts(visit, tx, &record).await?;
    let values = book::prefill(&crate::account::service::profile::of_unit(tx, &unit.id).await?, &facts, visit.app.clock.today());
    fill(visit, tx, &record, values).await?;
    store::insert_event(tx, &record.id, "created", &caller.account_id, "", now).await?;
    visit.audit(tx, "create", &record.no, &record.item_labels).await?;
    Ok(record.no)
}

/// Sets the first values of a draft, revision 1, with their history.
pub(super) async fn fill(visit: &Visit, tx: &mut Tx, record: &Record, values: Values) -> Result<()> {
    let pages = super::pages(record);
    let account = visit.caller()?.account_id.clone();
    store::take_revisions(tx, &record.id, 1, visit.now()).await?;
    for (path, value) in values {
        let secret = super::field_at(&pages, &path).is_some_and(|field| field.secret);
        let value = if secret { visit.app.keys.seal(&value) } else { value };
        let op = Op { id: format!("{}{FILLED}", ids::new(visit.now())), path, base: Base::Revision(0), value: Some(value) };
        store::store_op(tx, &record.id, &op, &Outcome::Applied { revision: 1 }, &account, visit.now()).await?;
    }
    Ok(())
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
        equipment_kind: item.equipment_kind.clone(),
        category: category.to_owned(),
        code: item.level.clone(),
        needs: item.requires.clone(),
    }
}
