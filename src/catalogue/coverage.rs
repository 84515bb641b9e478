//! Which items a selection covers, lacks, and how it falls apart between authorities. Who the authority is: [`super::routing`].

use super::{Catalogue, Decider, Item, Setup};
use std::collections::{BTreeMap, BTreeSet};

/// An item that needs another one, of which none is held or chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Missing<'c> {
    pub item: &'c Item,
    pub one_of: Vec<&'c Item>,
}

impl Catalogue {
    /// All items an item covers, through any number of steps, without itself.
    pub fn reach(&self, id: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&Item> = self.find(id).into_iter().collect();
        while let Some(item) = open.pop() {
            open.extend(item.covers.iter().filter(|covered| reached.insert(covered.as_str())).filter_map(|covered| self.find(covered)));
        }
        reached.remove(id);
        reached
    }

    /// Covered id → the chosen id that covers it; of several the one that is not covered itself. The picker greys the keys.
    pub fn covered_by(&self, selection: &[String]) -> BTreeMap<String, String> {
        let reaches: Vec<(&String, BTreeSet<&str>)> = selection.iter().map(|id| (id, self.reach(id))).collect();
        let is_covered = |id: &str| reaches.iter().any(|(_, reach)| reach.contains(id));
        let (under, top): (Vec<_>, Vec<_>) = reaches.iter().partition(|(id, _)| is_covered(id));
        let mut covered = BTreeMap::new();
        for (id, reach) in top.into_iter().chain(under) {
            for other in reach {
                covered.entry((*other).to_owned()).or_insert_with(|| (*id).clone());
            }
        }
        covered
    }

    /// Chosen items whose requirement is neither chosen nor held (分析设计 needs 规则设计).
    pub fn missing_requirements(&self, selection: &[String], held: &[String]) -> Vec<Missing<'_>> {
        let there = |id: &String| selection.contains(id) || held.contains(id);
        let lacks = |item: &&Item| !item.requires.is_empty() && !item.requires.iter().any(there);
        self.pick(selection).into_iter().filter(lacks).map(|item| Missing { item, one_of: self.pick(&item.requires) }).collect()
    }

    /// The selection as two applications: national and provincial items. A covered item goes with the one that covers it,
    /// and an item whose set-up is not known yet is provincial until it is.
    pub fn split(&self, selection: &[String], setup: Option<Setup>) -> (Vec<&Item>, Vec<&Item>) {
        let covered = self.covered_by(selection);
        self.pick(selection).into_iter().partition(|item| {
            let leader = covered.get(&item.id).and_then(|id| self.find(id)).unwrap_or(item);
            leader.decider(setup) == Some(Decider::National)
        })
    }
}
