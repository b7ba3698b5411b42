//! The complete result for one claim, as plain data: counts, origins by kind, chokepoints, conflicts.

use super::chokepoint::{Carriers, carriers};
use super::conflict::{Conflict, conflicts};
use super::graph::Graph;
use super::inputs;
use super::largest::{Largest, largest};
use super::merge::Units;
use super::translation::without_original;
use super::vouch::Vouches;
use super::walk::{RootKind, Walk};
use crate::crypto::Digest;
use crate::model::StatementId;
use crate::model::assessment::OriginKind;
use crate::model::evidence::Stance;
use crate::model::verdict::{Corroboration, Counts};
use serde::Serialize;
use std::collections::BTreeSet;

/// The version of the method.
pub const METHOD: u64 = 1;

/// How independent the support and the refutation of a claim are, as far as the ledger knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Analysis {
    /// Chokepoints of both sides, outward from the claim: if such a source is wrong, nothing is left on either side.
    pub both: Vec<Place>,
    /// The claim.
    pub claim: StatementId,
    /// Where signed statements contradict one another, and which of them was followed.
    pub conflicts: Vec<Conflict>,
    /// SHA-256 over the sorted ids of the statements used.
    pub inputs: Digest,
    /// The version of the method.
    pub method: u64,
    /// Against the claim.
    pub refutation: Side,
    /// For the claim.
    pub support: Side,
    /// Machine translations that a side uses and whose original was never held, ascending.
    pub translations_without_original: Vec<StatementId>,
}

/// One side of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Side {
    /// First-hand roots that are not counted: one of the pair depends on the other, or no vouch joins them to the
    /// counted set.
    pub beside: Vec<Place>,
    /// Every single source that carries all of the side, outward from the claim.
    pub chokepoints: Vec<Place>,
    /// Circles of sources with no origin outside the circle: their origin is unknown, and they count as none.
    pub circular: Vec<Vec<Place>>,
    /// The counts.
    pub counts: Counts,
    /// If no single source carries all of the side: the smallest group that does, nearest the claim.
    pub cut: Vec<Place>,
    /// The documents in evidence; documents of the same origin count as one.
    pub documents: Vec<Place>,
    /// The origins counted.
    pub independent: Vec<Place>,
    /// Roots that are the claimant's own word, or speak for the claimant.
    pub own_word: Vec<OwnWord>,
    /// Roots whose origin is not traced, without those that are counted.
    pub untraced: Vec<Place>,
    /// How many vouched sources were left out of the search for the largest set, because there are more than 24.
    pub vouched_left_out: u64,
}

/// Sources of one origin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Place {
    /// Whether none of them was ever held here.
    pub never_held: bool,
    /// The one that people should read: the document in evidence, or the original that the others copy.
    pub source: StatementId,
    /// All of them, ascending.
    pub sources: Vec<StatementId>,
}

/// A root that is the claimant's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OwnWord {
    /// Where.
    pub place: Place,
    /// Why it counts as the claimant's word.
    pub why: OwnWordReason,
}

/// Why a root counts as the claimant's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum OwnWordReason {
    /// It is assessed as the claimant's own word.
    Claimant,
    /// It is assessed as speaking for the claimant.
    SpeaksForClaimant,
    /// The claim appeared in it, and it was not assessed.
    Appearance,
}

impl Analysis {
    /// Computes everything about the claim of `graph`.
    pub fn new(graph: &Graph) -> Self {
        let units = Units::new(graph);
        let support = Parts::new(graph, &units, Stance::Supports);
        let refutation = Parts::new(graph, &units, Stance::Refutes);
        let against = &refutation.carriers.chokepoints;
        let shared = support.carriers.chokepoints.iter();
        let both: Vec<usize> = shared.copied().filter(|u| against.contains(u)).collect();
        let mut documents = support.walk.documents.clone();
        documents.extend(&refutation.walk.documents);
        let named = Naming::new(graph, &units);
        let mut translations = without_original(graph, &units, &support.walk);
        translations.extend(without_original(graph, &units, &refutation.walk));
        translations.sort_unstable();
        translations.dedup();
        let fallen = [&support.vouches, &refutation.vouches];
        Self {
            both: named.places(&both),
            claim: graph.claim,
            conflicts: conflicts(graph, &units, fallen),
            inputs: inputs::digest(&inputs::used(graph)),
            method: METHOD,
            refutation: refutation.side(&named),
            support: support.side(&named),
            translations_without_original: translations.iter().map(|&s| units.ids[s]).collect(),
        }
    }

    /// What a verdict records: method, inputs and counts.
    pub fn frozen(&self) -> Corroboration {
        Corroboration {
            inputs: Some(self.inputs),
            method: METHOD,
            refutation: Some(self.refutation.counts.clone()),
            support: Some(self.support.counts.clone()),
        }
    }
}

/// What a verdict records, without the parts that are only for people.
pub fn freeze(graph: &Graph) -> Corroboration {
    let units = Units::new(graph);
    let counts = |stance| {
        let walk = Walk::new(graph, &units, stance);
        let vouches = Vouches::new(graph, &units, &walk);
        counts(&walk, &largest(&units, &walk, &vouches))
    };
    Corroboration {
        inputs: Some(inputs::digest(&inputs::used(graph))),
        method: METHOD,
        refutation: Some(counts(Stance::Refutes)),
        support: Some(counts(Stance::Supports)),
    }
}

/// How many independent origins one side has, and nothing else.
pub(crate) fn independent(graph: &Graph, stance: Stance) -> u64 {
    let units = Units::new(graph);
    let walk = Walk::new(graph, &units, stance);
    let vouches = Vouches::new(graph, &units, &walk);
    largest(&units, &walk, &vouches).counted.len() as u64
}

/// The counts of one side. `untraced` is the number of roots that might still be counted and are not: those without an
/// origin, and the first-hand ones that could be counted if vouches did not matter, without those that are counted.
fn counts(walk: &Walk, largest: &Largest) -> Counts {
    let of = |wanted: fn(&RootKind) -> bool| {
        let kinds = walk.roots.iter();
        kinds.filter(|(_, kind)| wanted(kind)).count()
    };
    let untraced = of(|kind| *kind == RootKind::Untraced);
    Counts {
        circular: walk.circular.len() as u64,
        documents: walk.documents.len() as u64,
        independent: largest.counted.len() as u64,
        own_word: of(|kind| matches!(kind, RootKind::OwnWord(_) | RootKind::Appearance)) as u64,
        untraced: (untraced + largest.first_hand - largest.counted.len()) as u64,
    }
}

/// One side, computed.
struct Parts {
    walk: Walk,
    vouches: Vouches,
    largest: Largest,
    carriers: Carriers,
}

impl Parts {
    fn new(graph: &Graph, units: &Units, stance: Stance) -> Self {
        let walk = Walk::new(graph, units, stance);
        let vouches = Vouches::new(graph, units, &walk);
        let largest = largest(units, &walk, &vouches);
        let carriers = carriers(&walk);
        Self {
            walk,
            vouches,
            largest,
            carriers,
        }
    }

    fn side(&self, named: &Naming<'_>) -> Side {
        let counted = |unit: &usize| self.largest.counted.binary_search(unit).is_ok();
        let left = |wanted: RootKind| {
            let roots = self.walk.roots.iter();
            let left = roots.filter(|(unit, kind)| *kind == wanted && !counted(unit));
            left.map(|(unit, _)| named.place(*unit)).collect()
        };
        let own_word = self.walk.roots.iter().filter_map(|(unit, kind)| {
            let why = match kind {
                RootKind::OwnWord(OriginKind::Claimant) => OwnWordReason::Claimant,
                RootKind::OwnWord(_) => OwnWordReason::SpeaksForClaimant,
                RootKind::Appearance => OwnWordReason::Appearance,
                RootKind::FirstHand | RootKind::Untraced => return None,
            };
            Some(OwnWord {
                place: named.place(*unit),
                why,
            })
        });
        Side {
            beside: left(RootKind::FirstHand),
            chokepoints: named.places(&self.carriers.chokepoints),
            circular: self.walk.circular.iter().map(|c| named.places(c)).collect(),
            counts: counts(&self.walk, &self.largest),
            cut: named.places(&self.carriers.cut),
            documents: named.places(&self.walk.documents),
            independent: named.places(&self.largest.counted),
            own_word: own_word.collect(),
            untraced: left(RootKind::Untraced),
            vouched_left_out: self.largest.left_out as u64,
        }
    }
}

/// How units are called.
struct Naming<'a> {
    units: &'a Units,
    /// The sources in evidence on either side, for each unit.
    in_evidence: Vec<BTreeSet<usize>>,
}

impl<'a> Naming<'a> {
    fn new(graph: &Graph, units: &'a Units) -> Self {
        let mut in_evidence = vec![BTreeSet::new(); units.all.len()];
        let sides = [Stance::Supports, Stance::Refutes];
        for evidence in graph.evidence.iter().filter(|e| sides.contains(&e.stance)) {
            let source = units.source(&evidence.source);
            in_evidence[units.unit_of[source]].insert(source);
        }
        Self { units, in_evidence }
    }

    fn place(&self, unit: usize) -> Place {
        let members = &self.units.all[unit].members;
        let in_evidence = &self.in_evidence[unit];
        // A single document has its own name; copies have the name of what they copy.
        let source = match in_evidence.first() {
            Some(only) if in_evidence.len() == 1 => *only,
            _ => self.units.all[unit].original,
        };
        Place {
            never_held: members.iter().all(|&member| self.units.never_held[member]),
            source: self.units.ids[source],
            sources: members
                .iter()
                .map(|&member| self.units.ids[member])
                .collect(),
        }
    }

    fn places(&self, units: &[usize]) -> Vec<Place> {
        units.iter().map(|&unit| self.place(unit)).collect()
    }
}
