//! What the administrator does with the catalogue: a new version is read, compared, and counts once confirmed; delegations
//! are added and ended. Applications keep the version and the authority they were made with.

use super::admin::{AuthoritiesAdmin, CatalogueAdmin, DelegationRow, IMPORT, Pending, VersionRow};
use super::checklist::Points;
use super::digits::EquipmentDigits;
use super::routing::provincial_code;
use super::setting::{InForce, Setting};
use super::store;
use super::validity::Terms;
use super::{Authority, AuthorityLevel, Catalogue, Decider, Delegation, Item, category_name, category_of};
use crate::account::filled::Filled;
use crate::account::model::Role;
use crate::base::{Say, region, say};
use crate::error::{AppError, Result};
use crate::form::{Doc, Issue, judge_page};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;
use crate::ui::form::FormState;

const VERSIONS: &str = "/admin/catalogue";
const AUTHORITIES: &str = "/admin/authorities";

fn admin(visit: &Visit) -> Result<()> {
    if visit.caller()?.role == Role::Admin { Ok(()) } else { Err(AppError::Forbidden) }
}

fn digest(catalogue: &Catalogue) -> String {
    ids::digest(&serde_json::to_string(catalogue).unwrap_or_default())
}

/// All versions, and what the one that waits would change.
pub async fn versions(visit: &Visit) -> Result<CatalogueAdmin> {
    admin(visit)?;
    let mut tx = visit.app.db.read().await?;
    let current = store::current(&visit.app, &mut tx).await?;
    let row = |row: VersionRow| VersionRow { is_current: row.version == current.version, ..row };
    let versions = store::versions(&mut tx).await?.into_iter().map(row).collect();
    let pending = match store::find_proposed(&mut tx).await? {
        Some(waiting) => Some(pending(visit, &mut tx, waiting).await?),
        None => None,
    };
    Ok(CatalogueAdmin { versions, pending, ..CatalogueAdmin::default() })
}

async fn pending(visit: &Visit, tx: &mut Tx, new: Catalogue) -> Result<Pending> {
    let before = store::on_day(&visit.app, tx, &new.effective_from).await?;
    let known = store::authorities_on(tx, &new.effective_from).await?;
    let changes = new.authorities.iter().map(|now| (known.iter().find(|old| old.code == now.code).cloned(), now.clone()));
    Ok(Pending {
        authorities: changes.filter(|(old, now)| old.as_ref() != Some(now)).collect(),
        digest: digest(&new),
        follows: before.version.clone(),
        difference: before.diff(&new),
        items: new.items.len(),
        version: new.version,
        title: new.title,
        effective_from: new.effective_from,
    })
}

/// Reads a version from its JSON and lets it wait for confirmation, in place of any that waits already.
pub async fn propose(visit: &Visit, text: &str) -> Result<Answer> {
    admin(visit)?;
    let wrong = |messages: Vec<Say>| Ok(Answer::Wrong(messages.into_iter().map(|message| Issue::error(IMPORT.path("text"), message)).collect()));
    if text.trim().is_empty() {
        return wrong(vec![say("请粘贴目录的内容", "Please paste the catalogue")]);
    }
    let catalogue: Catalogue = match serde_json::from_str(text.trim()) {
        Ok(catalogue) => catalogue,
        Err(error) => return wrong(vec![unreadable(&error)]),
    };
    let mut faults = catalogue.faults();
    if catalogue.effective_from < visit.app.clock.today().to_string() {
        faults.push(say("生效日期已经过去，请改为今天或以后的日期", "The date of effect has passed; choose today or later"));
    }
    if catalogue.items.is_empty() {
        faults.push(say("目录里没有项目", "The catalogue has no items"));
    }
    for item in catalogue.items.iter().filter(|item| category_of(item).is_none()) {
        let id = &item.id;
        faults.push(say(
            format!("“{id}”不属于任何许可类别，请检查 category_code 和 equipment_kind"),
            format!("{id} belongs to no category; check category_code and equipment_kind"),
        ));
    }
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let known = store::authorities_on(tx, &catalogue.effective_from).await?;
            faults.extend(unfounded(&catalogue.authorities, &known));
            if store::versions(tx).await?.iter().any(|row| row.version == catalogue.version) {
                faults.push(say("这个版本号已经有了，请换一个版本号", "There is a version of this name already; choose another"));
            }
            if faults.is_empty() {
                seat.audit(tx, "propose-catalogue", &catalogue.version, &digest(&catalogue)).await?;
                store::put_proposed(tx, &catalogue).await?;
            }
            Ok(faults)
        })
    });
    let faults = change.await?;
    if faults.is_empty() { Ok(Answer::Go(VERSIONS.to_owned())) } else { wrong(faults) }
}

/// Authorities that name one that delegated to them which does not exist.
fn unfounded(new: &[Authority], known: &[Authority]) -> Vec<Say> {
    let is_there = |code: &str| known.iter().chain(new).any(|authority| authority.code == code);
    let alone = new.iter().filter_map(|one| one.delegated_by.as_ref().filter(|superior| !is_there(superior)).map(|superior| (&one.code, superior)));
    let said = |(code, superior): (&String, &String)| {
        say(format!("审批机关“{code}”的委托机关 {superior} 不存在"), format!("Authority {code}: there is no {superior} that could have delegated to it"))
    };
    alone.map(said).collect()
}

fn unreadable(error: &serde_json::Error) -> Say {
    let (line, column) = (error.line(), error.column());
    say(
        format!("第 {line} 行第 {column} 列读不下去，请检查这里的括号、引号和字段名（{error}）"),
        format!("Line {line}, column {column} cannot be read; check brackets, quotation marks and names there ({error})"),
    )
}

/// Confirms (`confirm`) or discards (`discard`) the version that waits, if it is still the one that was seen.
pub async fn decide(visit: &Visit, seen: &str, act: &str) -> Result<Answer> {
    admin(visit)?;
    if !matches!(act, "confirm" | "discard") {
        return Err(AppError::BadRequest("act".into()));
    }
    let (seat, seen, confirm) = (visit.clone(), seen.to_owned(), act == "confirm");
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let waiting = store::find_proposed(tx).await?.filter(|catalogue| digest(catalogue) == seen);
            let moved = || {
                AppError::Moved(say(
                    "待确认的目录已被确认、放弃或换成另一份，没有改动。请刷新后再看。",
                    "The version that waited was confirmed, discarded or replaced; nothing was changed. Please reload.",
                ))
            };
            let catalogue = waiting.ok_or_else(moved)?;
            store::drop_proposed(tx).await?;
            if confirm {
                store::insert(tx, &catalogue, Some(seat.caller()?.account_id.clone()), seat.now()).await?;
                store::chain_versions(tx).await?;
                for authority in &catalogue.authorities {
                    store::put_authority(tx, authority, &catalogue.effective_from).await?;
                }
                store::bring_up_to(tx, &seat.app.clock.today().to_string()).await?;
            }
            seat.audit(tx, if confirm { "confirm-catalogue" } else { "discard-catalogue" }, &catalogue.version, &seen).await
        })
    });
    change.await?;
    Ok(Answer::Go(VERSIONS.to_owned()))
}

/// All authorities, and all delegations with the newest last.
pub async fn authorities(visit: &Visit) -> Result<AuthoritiesAdmin> {
    admin(visit)?;
    let mut tx = visit.app.db.read().await?;
    let authorities = store::authorities(&mut tx).await?;
    let catalogue = store::current(&visit.app, &mut tx).await?;
    let today = visit.app.clock.today().to_string();
    let name = |code: &str| authorities.iter().find(|a| a.code == code).map_or_else(|| code.to_owned(), |a| a.name.clone());
    let row = |kept: store::Kept| {
        let Delegation { province, items, categories, area, authority } = kept.delegation;
        let categories = categories.iter().map(|key| category_name(key).zh.into_owned());
        let items = items.iter().map(|id| catalogue.find(id).map_or_else(|| id.clone(), |item| format!("{id} {}", item.label())));
        DelegationRow {
            is_current: kept.effective_from <= today && kept.effective_to.as_ref().is_none_or(|to| *to >= today),
            id: kept.id,
            by: name(&province),
            to: name(&authority),
            area: format!("{area} {}", region::full_name(&area)),
            what: categories.chain(items).collect(),
            effective_from: kept.effective_from,
            effective_to: kept.effective_to,
        }
    };
    let delegations = store::all_delegations(&mut tx).await?.into_iter().map(row).collect();
    let digits = shown(visit, store::setting::<EquipmentDigits>(&mut tx).await?);
    let checklist = shown(visit, store::setting::<Points>(&mut tx).await?);
    let validity = shown(visit, store::setting::<Terms>(&mut tx).await?);
    Ok(AuthoritiesAdmin { authorities, delegations, today, digits, checklist, validity, ..AuthoritiesAdmin::default() })
}

/// A setting as its form shows it, with what is to know of it.
fn shown<S: Setting>(visit: &Visit, set: InForce<S>) -> FormState {
    let values = set.values();
    let issues = judge_page(S::FORM, &Doc::of(values.clone()), visit.app.clock.today());
    FormState { values, issues, ..FormState::default() }
}

/// Sets the digits of kinds of equipment in certificate numbers (设备种类代码).
pub async fn set_digits(visit: Visit, filled: Filled) -> Result<Answer> {
    set::<EquipmentDigits>(visit, filled).await
}

/// Sets what is checked of inspection personnel before a first qualification is accepted.
pub async fn set_checklist(visit: Visit, filled: Filled) -> Result<Answer> {
    set::<Points>(visit, filled).await
}

/// Sets how long persons are qualified (人员证有效期).
pub async fn set_validity(visit: Visit, filled: Filled) -> Result<Answer> {
    set::<Terms>(visit, filled).await
}

async fn set<S: Setting>(visit: Visit, filled: Filled) -> Result<Answer> {
    admin(&visit)?;
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let (seat, set) = (visit.clone(), InForce::<S>::with(&filled.by_key()));
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let deed = format!("set-{}", S::FORM.key);
            seat.audit(tx, &deed, "", &serde_json::to_string(set.answers()).unwrap_or_default()).await?;
            store::put_setting(tx, &set).await
        })
    });
    change.await?;
    Ok(Answer::Go(AUTHORITIES.into()))
}

/// Adds a delegation, and the authority that will decide if it is new.
pub async fn delegate(visit: Visit, filled: Filled) -> Result<Answer> {
    admin(&visit)?;
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let catalogue = store::current(&seat.app, tx).await?;
            let authorities = store::authorities(tx).await?;
            let (area, code) = (filled.get("area"), filled.get("authority"));
            let items = words(&filled.get("items"));
            let categories: Vec<String> = filled.get("categories").split(',').filter(|key| !key.is_empty()).map(str::to_owned).collect();
            let mut issues = Vec::new();
            let province = provincial_code(&area);
            if region::find(&area).is_none() || area == province {
                issues.push(filled.issue("area", say("没有这个市、区或新区，请核对区划代码", "There is no such city, district or new area; check its code")));
            }
            let found = authorities.iter().find(|authority| authority.code == code);
            let fresh = match judged_authority(found, &authorities, &province, &code, &filled.get("authority_name")) {
                Ok(fresh) => fresh,
                Err((key, message)) => {
                    issues.push(filled.issue(key, message));
                    None
                }
            };
            issues.extend(judged_items(&catalogue, &items, &categories).map(|message| filled.issue("items", message)));
            if !issues.is_empty() {
                return Ok(issues);
            }
            if let Some(authority) = &fresh {
                store::put_authority(tx, authority, &filled.get("effective_from")).await?;
            }
            let delegation = Delegation { province, items, categories, area, authority: code };
            store::insert_delegation(tx, &delegation, &filled.get("effective_from"), seat.now()).await?;
            seat.audit(tx, "delegate", &delegation.authority, &serde_json::to_string(&delegation).unwrap_or_default()).await?;
            Ok(issues)
        })
    });
    let issues = change.await?;
    Ok(if issues.is_empty() { Answer::Go(AUTHORITIES.to_owned()) } else { Answer::Wrong(issues) })
}

/// Words with blanks, commas or line breaks between them, in capitals, each once.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_uppercase).collect();
    words.sort();
    words.dedup();
    words
}

/// The authority to add, if it is new; or what is wrong with it, and at which field.
fn judged_authority(found: Option<&Authority>, all: &[Authority], province: &str, code: &str, name: &str) -> Result<Option<Authority>, (&'static str, Say)> {
    if let Some(found) = found {
        let fits = found.level == AuthorityLevel::Delegated && found.delegated_by.as_deref() == Some(province);
        let message = || say("这个机关不是该省的受委托机关，请核对代码", "This authority is not one that the province delegates to; check the code");
        return if fits { Ok(None) } else { Err(("authority", message())) };
    }
    let Some(above) = all.iter().find(|authority| authority.code == province) else {
        return Err(("area", say("该地区没有省级机关，请核对区划代码", "No provincial authority serves this area; check its code")));
    };
    if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) || provincial_code(code) != province {
        return Err(("authority", say("机关代码是 6 位数字，前两位与省相同", "The code has six digits, the first two those of the province")));
    }
    if name.is_empty() {
        return Err(("authority_name", say("表里没有这个机关，请填写它的名称", "It is not in the table; please enter its name")));
    }
    let (number_code, delegated_by) = (above.number_code.clone(), Some(province.to_owned()));
    Ok(Some(Authority { code: code.to_owned(), name: name.to_owned(), level: AuthorityLevel::Delegated, number_code, delegated_by }))
}

/// What is wrong with the items of a delegation.
fn judged_items(catalogue: &Catalogue, items: &[String], categories: &[String]) -> Option<Say> {
    if items.is_empty() && categories.is_empty() {
        return Some(say("请选择委托的许可类别，或者填写项目编号", "Choose whole categories or enter items"));
    }
    let unknown = catalogue.unknown(items);
    if let Some(id) = unknown.first() {
        return Some(say(format!("现行目录里没有 {id}，请核对编号"), format!("{id} is not in the catalogue in force; check it")));
    }
    let is_national = |item: &&&Item| item.authority != Decider::Provincial;
    let picked = catalogue.pick(items);
    picked.iter().find(is_national).map(|item| {
        let (id, label) = (&item.id, item.label());
        say(format!("{id}“{label}”不是省级项目，不能委托"), format!("{id} “{label}” is not a provincial item and cannot be delegated"))
    })
}

/// Ends a delegation with its last day, today or later.
pub async fn end_delegation(visit: &Visit, id: &str, last_day: &str) -> Result<Answer> {
    admin(visit)?;
    let told = |message: Say| Ok(Answer::Told(message));
    let Ok(day) = last_day.parse::<jiff::civil::Date>() else {
        return told(say("请选择委托的最后一天", "Choose the last day of the delegation"));
    };
    if day < visit.app.clock.today() {
        return told(say("最后一天不能早于今天。", "The last day cannot lie before today."));
    }
    let (seat, id, day) = (visit.clone(), id.to_owned(), day.to_string());
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            if !store::end_delegation(tx, &id, &day).await? {
                return Err(AppError::Moved(say(
                    "这项委托已经有更早的最后一天，或者从更晚的日期开始，没有改动。",
                    "This delegation ends earlier already or begins later; nothing was changed.",
                )));
            }
            seat.audit(tx, "end-delegation", &id, &day).await
        })
    });
    change.await?;
    Ok(Answer::Go(AUTHORITIES.to_owned()))
}

#[cfg(test)]
mod tests;
