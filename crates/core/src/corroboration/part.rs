//! The part that each source has in the answer: what it says, what it rests on, how it counts on each side. The table
//! lists it, and the drawing says the same.

use super::analysis::{Analysis, OwnWordReason, Place, Side};
use super::graph::Graph;
use super::inputs::pruned;
use super::merge::Units;
use super::walk::{RootKind, Walk};
use crate::model::StatementId;
use crate::model::assessment::OriginKind;
use crate::model::evidence::Stance;
use serde::Serialize;
use std::collections::BTreeSet;

/// How a source counts on one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Part {
    /// A counted origin: it observed what it reports.
    FirstHand,
    /// A counted origin: it is vouched independent of the others.
    Vouched,
    /// First-hand, but not shown to be independent of what is counted.
    NotShownIndependent,
    /// Nobody knows where it has its knowledge from.
    Untraced,
    /// It is the claimant's word.
    OwnWord(OwnWordReason),
    /// It is one of a circle of sources that no origin leads into.
    Circular,
    /// It rests on other sources.
    RestsOnOthers,
}

impl Part {
    /// In a few words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::FirstHand => "counted: first-hand",
            Self::Vouched => "counted: vouched independent",
            Self::NotShownIndependent => "not counted: first-hand, but not shown to be independent",
            Self::Untraced => "not counted: origin not traced",
            Self::OwnWord(OwnWordReason::Claimant) => "not counted: the claimant's own word",
            Self::OwnWord(OwnWordReason::SpeaksForClaimant) => {
                "not counted: speaks for the claimant"
            }
            Self::OwnWord(OwnWordReason::Appearance) => "not counted: where the claim appeared",
            Self::Circular => "not counted: circular, origin unknown",
            Self::RestsOnOthers => "counts through what it rests on",
        }
    }

    /// Whether it is an origin that is counted.
    pub const fn is_counted(self) -> bool {
        matches!(self, Self::FirstHand | Self::Vouched)
    }
}

/// What one source is to the claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SourcePart {
    /// Of the same origin as this one, by which both are called; then the other fields but `stances` are those of both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_origin_with: Option<StatementId>,
    /// How it counts against the claim, if anything against it leads here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refutation: Option<Part>,
    /// What it rests on, step by step: the next sources that the search for its origin goes on with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<StatementId>,
    /// The source.
    pub source: StatementId,
    /// What its own evidence says, each stance once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stances: Vec<Stance>,
    /// How it counts for the claim, if anything for it leads here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support: Option<Part>,
}

impl SourcePart {
    /// How it counts, in a few words; of both sides if they differ.
    pub fn words(&self) -> String {
        match (self.support, self.refutation) {
            (None, None) => "not counted: takes no side".to_owned(),
            (Some(one), None) | (None, Some(one)) => one.words().to_owned(),
            (Some(one), Some(other)) if one == other => one.words().to_owned(),
            (Some(one), Some(other)) => {
                format!("support: {}; against: {}", one.words(), other.words())
            }
        }
    }
}

/// Every source that the answer names or that says something about the claim, by the entry that first recorded it; last
/// those that take no side.
pub fn parts(graph: &Graph, analysis: &Analysis) -> Vec<SourcePart> {
    let whole = graph;
    let graph = &pruned(graph);
    let units = Units::new(graph);
    let support = Walk::new(graph, &units, Stance::Supports);
    let refutation = Walk::new(graph, &units, Stance::Refutes);
    let mut parts = Vec::new();
    for (source, id) in units.ids.iter().enumerate() {
        let unit = units.unit_of[source];
        let named = units.ids[units.all[unit].named];
        let mut rests_on: BTreeSet<usize> = BTreeSet::new();
        for walk in [&support, &refutation] {
            if walk.reached[unit] {
                rests_on.extend(&walk.steps[unit]);
            }
        }
        let part = SourcePart {
            one_origin_with: (named != *id).then_some(named),
            refutation: part(&units, &refutation, &analysis.refutation, unit),
            rests_on: rests_on
                .into_iter()
                .map(|unit| units.ids[units.all[unit].named])
                .collect(),
            source: *id,
            stances: stances(whole, id),
            support: part(&units, &support, &analysis.support, unit),
        };
        if part.support.is_some() || part.refutation.is_some() {
            parts.push(part);
        }
    }
    let listed: BTreeSet<StatementId> = parts.iter().map(|part| part.source).collect();
    let mut aside: Vec<_> = whole.sources.iter().map(|s| (s.entry, s.id)).collect();
    aside.sort_unstable();
    for (_, source) in aside {
        let stances = stances(whole, &source);
        if !stances.is_empty() && !listed.contains(&source) {
            parts.push(SourcePart {
                one_origin_with: None,
                refutation: None,
                rests_on: Vec::new(),
                source,
                stances,
                support: None,
            });
        }
    }
    parts
}

/// How a unit counts on one side; none if the side does not lead to it.
pub(crate) fn part(units: &Units, walk: &Walk, side: &Side, unit: usize) -> Option<Part> {
    if !walk.reached[unit] {
        return None;
    }
    let first = units.ids[units.all[unit].members[0]];
    let is = |places: &[Place]| places.iter().any(|place| place.sources[0] == first);
    let Ok(root) = walk.roots.binary_search_by_key(&unit, |(root, _)| *root) else {
        let circular = side.circular.iter().any(|circle| is(circle));
        return Some(if circular {
            Part::Circular
        } else {
            Part::RestsOnOthers
        });
    };
    Some(match (walk.roots[root].1, is(&side.independent)) {
        (RootKind::FirstHand, true) => Part::FirstHand,
        (RootKind::FirstHand, false) => Part::NotShownIndependent,
        (RootKind::Untraced, true) => Part::Vouched,
        (RootKind::Untraced, false) => Part::Untraced,
        (RootKind::OwnWord(OriginKind::Claimant), _) => Part::OwnWord(OwnWordReason::Claimant),
        (RootKind::OwnWord(_), _) => Part::OwnWord(OwnWordReason::SpeaksForClaimant),
        (RootKind::Appearance, _) => Part::OwnWord(OwnWordReason::Appearance),
    })
}

fn stances(graph: &Graph, source: &StatementId) -> Vec<Stance> {
    let evidence = graph.evidence.iter().filter(|e| e.source == *source);
    let stances: BTreeSet<Stance> = evidence.map(|e| e.stance).collect();
    stances.into_iter().collect()
}
