//! Which authority an application goes to (审批机关), by spec 3.4 and ruling 9, with the reason in words. What the
//! picker shows meanwhile, and whether the unit may apply at all, is decided elsewhere.

use super::category::Place;
use super::{Authority, AuthorityLevel, Catalogue, Category, Item, PERSONNEL, PersonnelCode, Setup, category_of};
use crate::base::{Say, region, say};
use serde::{Deserialize, Serialize};

/// A published delegation (委托, 行政许可法 art. 24): in this area these items are decided by another authority.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Delegation {
    /// Code of the provincial authority that delegates.
    pub province: String,
    /// Ids of single items.
    #[serde(default)]
    pub items: Vec<String>,
    /// Keys of whole categories.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Region code of the city or new area.
    pub area: String,
    /// Code of the authority that decides there.
    pub authority: String,
}

impl Delegation {
    fn holds(&self, item: &Item) -> bool {
        self.items.contains(&item.id) || category_of(item).is_some_and(|category| self.categories.iter().any(|key| key == category.key))
    }
}

/// What the picker knows besides the items.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Region code of the unit's 住所.
    pub unit_region: String,
    /// Region codes of the manufacturing or filling addresses.
    pub places: Vec<String>,
    /// Who set the institution up, once answered.
    pub setup: Option<Setup>,
}

/// One application: its authority, what goes there, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Part {
    /// Code of the authority.
    pub authority: String,
    /// Its legal name.
    pub name: String,
    /// Item ids, in the catalogue's order.
    pub items: Vec<String>,
    /// Region codes of the addresses that belong to this application.
    pub places: Vec<String>,
    pub reason: Say,
}

/// Where a selection goes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Route {
    /// One application.
    One(Part),
    /// Several applications: mixed deciders or several provinces.
    Split(Vec<Part>),
    /// Something has to be answered first.
    Ask(Ask),
}

/// What has to be answered before the authority is known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Ask {
    Items,
    OneCategory,
    UnitRegion,
    Places,
    Setup,
    /// The answer on the set-up fits another row.
    OtherItem {
        chosen: String,
        instead: String,
    },
    /// No authority of ours serves this region.
    Region(String),
}

impl Ask {
    /// What to tell the applicant.
    pub fn said(&self) -> Say {
        match self {
            Ask::Items => say("请先选择要申请的许可项目", "Choose the items to apply for first"),
            Ask::OneCategory => say("一次申请只能选择一个许可类别的项目，请分别申请", "One application has items of one category; please apply separately"),
            Ask::UnitRegion => say("请先在单位资料中填写住所所在地区", "Enter the region of the registered address in the unit's profile first"),
            Ask::Places => say("请填写制造或充装地址，审批机关由该地址决定", "Enter the working address; it decides on the authority"),
            Ask::Setup => say("请选择检验机构的设立单位，审批机关由此决定", "Choose who set the institution up; it decides on the authority"),
            Ask::OtherItem { chosen, instead } => say(
                format!("按您选择的设立单位，“{chosen}”应改选“{instead}”"),
                format!("Given who set the institution up, please choose “{instead}” instead of “{chosen}”"),
            ),
            Ask::Region(_) => say("该地区没有受理机关，请检查地址所在地区", "No authority serves this region; please check the address"),
        }
    }

    /// The same to an individual, whose place is where they practise.
    pub fn said_to_person(&self) -> Say {
        match self {
            Ask::Places => say("请选择执业所在地，省级项目的审批机关由它决定", "Choose the place of practice; it decides on the authority of provincial items"),
            other => other.said(),
        }
    }
}

/// The tables a route rests on.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    pub catalogue: &'a Catalogue,
    pub authorities: &'a [Authority],
    pub delegations: &'a [Delegation],
}

/// Code of the provincial authority that serves a region. Cities of the corps (6590xx) have the corps' own.
pub fn provincial_code(code: &str) -> String {
    let corps = region::is_within(code, "659000") || region::is_within(code, "660000");
    if corps { "660000".to_owned() } else { region::province_code(code) }
}

impl<'a> Rules<'a> {
    /// Where a selection goes. Ids that the catalogue does not have are left out.
    pub fn route(&self, selection: &[String], facts: &Facts) -> Route {
        self.parts(selection, facts).map_or_else(Route::Ask, |mut parts| match parts.len() {
            1 => Route::One(parts.remove(0)),
            _ => Route::Split(parts),
        })
    }

    /// Who decides on a person's qualification: by its code, and of a provincial one by the place of practice (spec 4.2).
    pub fn person(&self, code: &PersonnelCode, place: &str) -> Result<Part, Ask> {
        let said = code.said();
        let [name, named] = [&said.zh, &said.en].map(|said| format!("“{} {said}”", code.code));
        let made = |authority: &Authority, zh: String, en: String| Part {
            authority: authority.code.clone(),
            name: authority.name.clone(),
            items: vec![code.code.clone()],
            places: vec![place.to_owned()],
            reason: say(format!("{}：{zh}", authority.name), format!("{}: {en}", authority.name)),
        };
        if place.len() != 6 {
            return Err(Ask::Places);
        }
        if code.decider() == Some(super::Decider::National) {
            let national = self.authority(Authority::NATIONAL).ok_or_else(|| Ask::Region(Authority::NATIONAL.to_owned()))?;
            return Ok(made(national, format!("因为{name}由总局决定"), format!("because the national authority decides on {named}")));
        }
        let province = provincial_code(place);
        let province =
            self.authority(&province).filter(|authority| authority.level == AuthorityLevel::Provincial).ok_or_else(|| Ask::Region(place.to_owned()))?;
        let holds = |delegation: &&Delegation| {
            delegation.province == province.code && region::is_within(place, &delegation.area) && delegation.categories.iter().any(|key| key == PERSONNEL)
        };
        if let Some(delegated) = self.delegations.iter().filter(holds).find_map(|delegation| self.authority(&delegation.authority)) {
            let by = &province.name;
            let (zh, en) = (
                format!("因为执业所在地在受委托区域内，{name}由{by}委托其决定"),
                format!("because the place of practice lies in its area and {by} has delegated {named} to it"),
            );
            return Ok(made(delegated, zh, en));
        }
        let (zh, en) = (
            format!("因为执业所在地在其辖区内，{name}由省级市场监督管理部门决定"),
            format!("because the place of practice lies in its province, which decides on {named}"),
        );
        Ok(made(province, zh, en))
    }

    fn parts(&self, selection: &[String], facts: &Facts) -> Result<Vec<Part>, Ask> {
        let items = self.catalogue.pick(selection);
        let first = items.first().ok_or(Ask::Items)?;
        if items.iter().any(|item| item.category_code != first.category_code) {
            return Err(Ask::OneCategory);
        }
        let category = category_of(first).ok_or(Ask::OneCategory)?;
        items.iter().try_for_each(|item| self.fits_setup(item, facts.setup))?;
        let (national, provincial) = self.catalogue.split(selection, facts.setup);
        let mut parts = Vec::new();
        if !national.is_empty() {
            let authority = self.authority(Authority::NATIONAL).ok_or_else(|| Ask::Region(Authority::NATIONAL.to_owned()))?;
            parts.push(part(authority, &national, &facts.places, self.because_national(&national, facts.setup)));
        }
        if !provincial.is_empty() {
            for (code, places) in by_province(places(category, facts)?) {
                parts.push(self.provincial(category, &code, &provincial, places)?);
            }
        }
        Ok(parts)
    }

    fn authority(&self, code: &str) -> Option<&'a Authority> {
        self.authorities.iter().find(|authority| authority.code == code)
    }

    fn fits_setup(&self, item: &Item, answer: Option<Setup>) -> Result<(), Ask> {
        match (item.setup, answer) {
            (None, _) => Ok(()),
            (Some(_), None) => Err(Ask::Setup),
            (Some(row), Some(answer)) if row == answer => Ok(()),
            (Some(_), answer) => {
                let instead = self.catalogue.items.iter().find(|other| other.setup == answer && other.item == item.item);
                Err(instead.map_or(Ask::Setup, |other| Ask::OtherItem { chosen: item.label(), instead: other.label() }))
            }
        }
    }

    /// The items that are the national authority's themselves, not only covered by such a one.
    fn because_national(&self, items: &[&Item], setup: Option<Setup>) -> (String, String) {
        let deciding: Vec<&Item> = items.iter().filter(|item| item.decider(setup) == Some(super::Decider::National)).copied().collect();
        let names = quoted(&deciding);
        (format!("因为{}由总局决定", names.zh), format!("because the national authority decides on {}", names.en))
    }

    fn provincial(&self, category: &Category, code: &str, items: &[&Item], places: Vec<String>) -> Result<Part, Ask> {
        let province = self.authority(code).filter(|authority| authority.level == AuthorityLevel::Provincial);
        let province = province.ok_or_else(|| Ask::Region(places.first().cloned().unwrap_or_default()))?;
        let place = category.place.name();
        let here = |delegation: &&Delegation| delegation.province == code && places.iter().all(|place| region::is_within(place, &delegation.area));
        for (delegation, delegated) in self.delegations.iter().filter(here).filter_map(|delegation| Some((delegation, self.authority(&delegation.authority)?)))
        {
            let (theirs, kept): (Vec<&Item>, Vec<&Item>) = items.iter().partition(|item| delegation.holds(item));
            let (names, by, to) = (quoted(&theirs), &province.name, &delegated.name);
            match (theirs.is_empty(), kept.is_empty()) {
                (_, true) => {
                    let zh = format!("因为{}在受委托区域内，{}由{by}委托其决定", place.zh, names.zh);
                    let en = format!("because the {} lies in its area and {by} has delegated {} to it", place.en, names.en);
                    return Ok(part(delegated, items, &places, (zh, en)));
                }
                (false, false) => {
                    let kept = quoted(&kept);
                    let zh = format!("因为{}在其辖区内，且{}未委托给{to}，整份申请由省级机关办理", place.zh, kept.zh);
                    let en = format!("because the {} lies in its province and {} is not delegated to {to}", place.en, kept.en);
                    return Ok(part(province, items, &places, (zh, en)));
                }
                _ => {}
            }
        }
        let names = quoted(items);
        let zh = format!("因为{}在其辖区内，{}由省级市场监督管理部门决定", place.zh, names.zh);
        let en = format!("because the {} lies in its province, which decides on {}", place.en, names.en);
        Ok(part(province, items, &places, (zh, en)))
    }
}

/// The regions that decide on the province.
fn places(category: &Category, facts: &Facts) -> Result<Vec<String>, Ask> {
    let known = |codes: &[String]| codes.iter().filter(|code| code.len() == 6).cloned().collect::<Vec<_>>();
    match category.place {
        Place::Registered => Some(known(std::slice::from_ref(&facts.unit_region))).filter(|codes| !codes.is_empty()).ok_or(Ask::UnitRegion),
        Place::Manufacturing | Place::Filling => Some(known(&facts.places)).filter(|codes| !codes.is_empty()).ok_or(Ask::Places),
    }
}

/// Addresses by the province's authority, in the order of their first appearance.
fn by_province(places: Vec<String>) -> Vec<(String, Vec<String>)> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for place in places {
        let code = provincial_code(&place);
        match groups.iter_mut().find(|(known, _)| *known == code) {
            Some((_, group)) => group.push(place),
            None => groups.push((code, vec![place])),
        }
    }
    groups
}

fn part(authority: &Authority, items: &[&Item], places: &[String], (zh, en): (String, String)) -> Part {
    let name = &authority.name;
    Part {
        authority: authority.code.clone(),
        name: name.clone(),
        items: items.iter().map(|item| item.id.clone()).collect(),
        places: places.to_vec(),
        reason: say(format!("{name}：{zh}"), format!("{name}: {en}")),
    }
}

/// Up to three names in quotation marks, and how many there are.
fn quoted(items: &[&Item]) -> Say {
    let names: Vec<String> = items.iter().take(3).map(|item| format!("“{}”", item.label())).collect();
    let (all, more) = (items.len(), items.len().saturating_sub(3));
    let (zh, en) = (names.concat(), names.join(", "));
    if more == 0 { say(zh, en) } else { say(format!("{zh}等 {all} 项"), format!("{en} and {more} more")) }
}
