//! The complete result for one claim, as plain data: counts, origins by kind, chokepoints, conflicts.

use super::bounds::TooLarge;
use super::chokepoint::{Carriers, carriers};
use super::conflict::{Conflict, conflicts};
use super::graph::Graph;
use super::inputs;
use super::largest::Candidates;
use super::leaning::Leaning;
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
use std::collections::{BTreeMap, BTreeSet};

/// The version of the method.
pub const METHOD: u64 = 1;

/// How independent the support and the refutation of a claim are, as far as the ledger knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Evidence that is mixed or gives context, by stance and id: it takes no side and changes no number.
    pub neither_side: Vec<NeitherSide>,
    /// Against the claim.
    pub refutation: Side,
    /// For the claim.
    pub support: Side,
    /// Machine translations that a side uses and whose original was never held, ascending.
    pub translations_without_original: Vec<StatementId>,
}

/// One side of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// How many sources in evidence each of `documents` has, in the same order: so many copies of one report.
    pub copies: Vec<u64>,
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
}

/// One piece of evidence that takes no side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NeitherSide {
    /// The evidence.
    pub evidence: StatementId,
    /// The source that says it.
    pub source: StatementId,
    /// `mixed` or `context`.
    pub stance: Stance,
}

/// Sources of one origin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Place {
    /// Whether none of them was ever held here.
    pub never_held: bool,
    /// The one that they are called by: the one whose assessment decides what they are; else the first recorded.
    pub source: StatementId,
    /// All of them, oldest first.
    pub sources: Vec<StatementId>,
}

/// A root that is the claimant's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OwnWord {
    /// Where.
    pub place: Place,
    /// Why it counts as the claimant's word.
    pub why: OwnWordReason,
}

/// Why a root counts as the claimant's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Computes everything about the claim of `graph`, if it is not too large to count.
    pub fn new(graph: &Graph) -> Result<Self, TooLarge> {
        let whole = graph;
        let graph = &inputs::bounded(graph)?;
        let units = Units::new(graph);
        let support = Parts::new(graph, &units, Stance::Supports)?;
        let refutation = Parts::new(graph, &units, Stance::Refutes)?;
        let against = &refutation.carriers.chokepoints;
        let shared = support.carriers.chokepoints.iter();
        let both: Vec<usize> = shared.copied().filter(|u| against.contains(u)).collect();
        let named = Naming::new(&units);
        let mut translations = without_original(graph, &units, &support.walk);
        translations.extend(without_original(graph, &units, &refutation.walk));
        translations.sort_unstable();
        translations.dedup();
        let fallen = [&support.vouches, &refutation.vouches];
        Ok(Self {
            both: named.places(&both),
            claim: graph.claim,
            conflicts: conflicts(graph, &units, fallen),
            inputs: inputs::digest(&inputs::used(graph)),
            method: METHOD,
            neither_side: neither_side(whole),
            refutation: refutation.side(graph, Stance::Refutes, &named),
            support: support.side(graph, Stance::Supports, &named),
            translations_without_original: translations.iter().map(|&s| units.ids[s]).collect(),
        })
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

impl Analysis {
    /// Of the chokepoints of `side` those that are told of it, in words and in the drawing. A single root that the sentence
    /// of the side names anyway is none, and what carries both sides is told once, for both.
    pub(crate) fn carriers_told(&self, side: &Side) -> Vec<Place> {
        let last = side.chokepoints.len().saturating_sub(1);
        let told = side.chokepoints.iter().enumerate().filter(|(i, place)| {
            let shared = self.both.iter().any(|b| b.sources == place.sources);
            let named_before = *i == last && *i > 0 && side.counts.documents == 1;
            !shared && !named_before && (side.counts.documents > 1 || *i > 0 || last > 0)
        });
        told.map(|(_, place)| place.clone()).collect()
    }
}

/// What a verdict records, without the parts that are only for people.
pub fn freeze(graph: &Graph) -> Result<Corroboration, TooLarge> {
    let graph = &inputs::bounded(graph)?;
    let units = Units::new(graph);
    let counts = |stance| {
        let (walk, _, candidates) = walked(graph, &units, stance)?;
        Ok(counts(&walk, &candidates))
    };
    Ok(Corroboration {
        inputs: Some(inputs::digest(&inputs::used(graph))),
        method: METHOD,
        refutation: Some(counts(Stance::Refutes)?),
        support: Some(counts(Stance::Supports)?),
    })
}

/// How many independent origins one side has, and nothing else.
pub(crate) fn independent(graph: &Graph, stance: Stance) -> Result<u64, TooLarge> {
    let graph = &inputs::bounded(graph)?;
    let units = Units::new(graph);
    let (_, _, candidates) = walked(graph, &units, stance)?;
    Ok(candidates.size() as u64)
}

/// One side, walked, with what may be counted.
fn walked(
    graph: &Graph,
    units: &Units,
    stance: Stance,
) -> Result<(Walk, Vouches, Candidates), TooLarge> {
    let walk = Walk::new(graph, units, stance);
    let leaning = Leaning::new(&walk.leans);
    let vouches = Vouches::new(graph, units, &leaning);
    let candidates = Candidates::new(units, &walk, &leaning, &vouches)?;
    Ok((walk, vouches, candidates))
}

/// The counts of one side. `untraced` is the number of roots that might still be counted and are not: those without an
/// origin, and the first-hand ones that could be counted if only dependence mattered, without those that are counted.
fn counts(walk: &Walk, candidates: &Candidates) -> Counts {
    let of = |wanted: fn(&RootKind) -> bool| {
        let kinds = walk.roots.iter();
        kinds.filter(|(_, kind)| wanted(kind)).count()
    };
    let untraced = of(|kind| *kind == RootKind::Untraced);
    let independent = candidates.size();
    Counts {
        circular: walk.circular.len() as u64,
        documents: walk.documents.len() as u64,
        independent: independent as u64,
        own_word: of(|kind| matches!(kind, RootKind::OwnWord(_) | RootKind::Appearance)) as u64,
        untraced: (untraced + candidates.apart() - independent) as u64,
    }
}

fn neither_side(graph: &Graph) -> Vec<NeitherSide> {
    let evidence = graph.evidence.iter();
    let mut neither: Vec<NeitherSide> = evidence
        .filter(|evidence| !inputs::is_sided(evidence))
        .map(|evidence| NeitherSide {
            evidence: evidence.id,
            source: evidence.source,
            stance: evidence.stance,
        })
        .collect();
    neither.sort_by_key(|evidence| (evidence.stance, evidence.evidence));
    neither
}

/// One side, computed.
struct Parts {
    walk: Walk,
    vouches: Vouches,
    counts: Counts,
    counted: Vec<usize>,
    carriers: Carriers,
}

impl Parts {
    fn new(graph: &Graph, units: &Units, stance: Stance) -> Result<Self, TooLarge> {
        let (walk, vouches, candidates) = walked(graph, units, stance)?;
        let carriers = carriers(&walk);
        Ok(Self {
            counts: counts(&walk, &candidates),
            counted: candidates.counted(),
            walk,
            vouches,
            carriers,
        })
    }

    fn side(&self, graph: &Graph, stance: Stance, named: &Naming<'_>) -> Side {
        let counted = |unit: &usize| self.counted.binary_search(unit).is_ok();
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
            copies: named.copies(graph, stance, &self.walk.documents),
            counts: self.counts.clone(),
            cut: named.places(&self.carriers.cut),
            documents: named.places(&self.walk.documents),
            independent: named.places(&self.counted),
            own_word: own_word.collect(),
            untraced: left(RootKind::Untraced),
        }
    }
}

/// How units are called.
struct Naming<'a> {
    units: &'a Units,
}

impl<'a> Naming<'a> {
    const fn new(units: &'a Units) -> Self {
        Self { units }
    }

    fn place(&self, unit: usize) -> Place {
        let members = &self.units.all[unit].members;
        Place {
            never_held: members.iter().all(|&member| self.units.never_held[member]),
            source: self.units.ids[self.units.all[unit].named],
            sources: members
                .iter()
                .map(|&member| self.units.ids[member])
                .collect(),
        }
    }

    fn places(&self, units: &[usize]) -> Vec<Place> {
        units.iter().map(|&unit| self.place(unit)).collect()
    }

    /// How many sources in evidence on the side of `stance` each of `documents` has.
    fn copies(&self, graph: &Graph, stance: Stance, documents: &[usize]) -> Vec<u64> {
        let evidence = graph.evidence.iter().filter(|e| e.stance == stance);
        let sources: BTreeSet<usize> = evidence.map(|e| self.units.source(&e.source)).collect();
        let mut copies: BTreeMap<usize, u64> = BTreeMap::new();
        for source in sources {
            *copies.entry(self.units.unit_of[source]).or_default() += 1;
        }
        documents.iter().map(|unit| copies[unit]).collect()
    }
}
