//! Where signed statements contradict one another about a source, and which of them the count followed.

use super::assess::AssessedOrigin;
use super::graph::{EvidenceEdge, Graph};
use super::inputs::within_reach_of_evidence;
use super::merge::{UnitOrigin, Units};
use super::vouch::Vouches;
use crate::model::StatementId;
use crate::model::assessment::OriginKind;
use crate::model::evidence::Stance;
use crate::model::relation::SourceRelation;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Two signed statements that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Conflict {
    /// A source is assessed differently. Own word counts before all else; first-hand only if all assessments say so.
    #[serde(rename_all = "camelCase")]
    Assessments {
        /// The source.
        source: StatementId,
        /// What it was said to be.
        said: Vec<OriginKind>,
        /// What was followed.
        followed: OriginKind,
    },
    /// One of several sources of one origin is assessed as first-hand, another as own word. Own word counts.
    #[serde(rename_all = "camelCase")]
    OwnWordInside {
        /// The source assessed as first-hand.
        first_hand: StatementId,
        /// The source that is own word.
        own_word: StatementId,
    },
    /// A report supports the claim and refutes it; copies of one origin are one report. It counts on both sides.
    #[serde(rename_all = "camelCase")]
    BothSides {
        /// The source that supports it.
        supporting: StatementId,
        /// Its evidence.
        supports: StatementId,
        /// The source that refutes it; the same, or one of the same origin.
        refuting: StatementId,
        /// Its evidence.
        refutes: StatementId,
        /// Whether one of the two sources is a revision of the other: then the report corrected itself.
        revised: bool,
    },
    /// A source is vouched independent of one that it depends on. The vouch is not counted.
    #[serde(rename_all = "camelCase")]
    VouchAgainstDependence {
        /// The source that depends.
        dependent: StatementId,
        /// The source that it depends on.
        upstream: StatementId,
    },
    /// Two sources of one origin are vouched independent. The vouch is not counted.
    #[serde(rename_all = "camelCase")]
    VouchWithinOrigin {
        /// The two sources, ascending.
        sources: [StatementId; 2],
    },
}

/// All conflicts about sources within reach, in order.
pub(crate) fn conflicts(graph: &Graph, units: &Units, vouches: [&Vouches; 2]) -> Vec<Conflict> {
    let within = within_reach_of_evidence(graph);
    let mut found = BTreeSet::new();
    let mut said: BTreeMap<StatementId, BTreeSet<OriginKind>> = BTreeMap::new();
    for mark in graph
        .assessments
        .iter()
        .filter(|mark| within.contains(&mark.source))
    {
        said.entry(mark.source).or_default().insert(mark.kind);
    }
    for (source, said) in said.into_iter().filter(|(_, said)| said.len() > 1) {
        let followed = match units.judged[units.source(&source)] {
            AssessedOrigin::OwnWord(kind) => kind,
            AssessedOrigin::FirstHand => OriginKind::FirstHand,
            AssessedOrigin::NotFirstHand | AssessedOrigin::Unassessed => OriginKind::NotFirstHand,
        };
        found.insert(Conflict::Assessments {
            source,
            said: said.into_iter().collect(),
            followed,
        });
    }
    for unit in &units.all {
        let own = |&&m: &&usize| matches!(units.judged[m], AssessedOrigin::OwnWord(_));
        let first_hand = |&&m: &&usize| units.judged[m] == AssessedOrigin::FirstHand;
        if let (UnitOrigin::OwnWord(_), Some(own), Some(first_hand)) = (
            unit.standing,
            unit.members.iter().find(own),
            unit.members.iter().find(first_hand),
        ) && within.contains(&units.ids[*own])
        {
            found.insert(Conflict::OwnWordInside {
                first_hand: units.ids[*first_hand],
                own_word: units.ids[*own],
            });
        }
    }
    for &(a, b) in vouches.iter().flat_map(|v| &v.fallen) {
        let (dependent, upstream) = (units.ids[a], units.ids[b]);
        if !within.contains(&dependent) || !within.contains(&upstream) {
            continue;
        }
        found.insert(if units.unit_of[a] == units.unit_of[b] {
            Conflict::VouchWithinOrigin {
                sources: [dependent, upstream],
            }
        } else {
            Conflict::VouchAgainstDependence {
                dependent,
                upstream,
            }
        });
    }
    found.extend(both_sides(graph, units));
    found.into_iter().collect()
}

/// For each unit with evidence on both sides, the first pair of these; a pair of a source and its revision comes first.
fn both_sides(graph: &Graph, units: &Units) -> Vec<Conflict> {
    let mut sided: BTreeMap<usize, [Vec<&EvidenceEdge>; 2]> = BTreeMap::new();
    for evidence in &graph.evidence {
        let side = match evidence.stance {
            Stance::Supports => 0,
            Stance::Refutes => 1,
            _ => continue,
        };
        sided.entry(units.unit(&evidence.source)).or_default()[side].push(evidence);
    }
    let relations = graph.relations.iter();
    let revisions: BTreeSet<(StatementId, StatementId)> = relations
        .filter(|edge| edge.relation == SourceRelation::WasRevisionOf)
        .flat_map(|edge| [(edge.from, edge.to), (edge.to, edge.from)])
        .collect();
    let first = |evidence: &&&EvidenceEdge| (units.source(&evidence.source), evidence.id);
    let found = sided.into_values().filter_map(|[supports, refutes]| {
        // of many pairs, one is enough: the earliest that a revision joins, else the earliest sources
        let revised = supports.iter().filter_map(|one| {
            let refutes = refutes.iter();
            let revisions = refutes.filter(|other| revisions.contains(&(one.source, other.source)));
            Some((one, revisions.min_by_key(first)?))
        });
        let revised = revised.min_by_key(|(one, _)| first(one));
        let (one, other) = match revised {
            Some(pair) => pair,
            None => (
                supports.iter().min_by_key(first)?,
                refutes.iter().min_by_key(first)?,
            ),
        };
        Some(Conflict::BothSides {
            supporting: one.source,
            supports: one.id,
            refuting: other.source,
            refutes: other.id,
            revised: revised.is_some(),
        })
    });
    found.collect()
}
