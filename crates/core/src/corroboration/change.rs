//! What would change the result: single statements that would add a traced origin, each tried on a changed graph.

use super::analysis::{Analysis, Place, Side, independent};
use super::called::SourceNames;
use super::conflict::Conflict;
use super::graph::{AssessmentMark, Graph, RelationEdge, SourceNode};
use super::inputs::pruned;
use super::merge::Units;
use super::sentence::plural;
use crate::crypto::sha256;
use crate::message;
use crate::message::Message;
use crate::model::StatementId;
use crate::model::assessment::OriginKind;
use crate::model::evidence::Stance;
use crate::model::relation::SourceRelation;
use crate::tlog::EntryIndex;
use serde::Serialize;
use std::collections::BTreeSet;

/// A statement that could still be made, and how it would change one side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// How many independent origins the side would have.
    pub independent: u64,
    /// The side.
    pub side: Stance,
    /// What the statement would say.
    pub statement: Wanted,
    /// The same in plain words.
    pub text: Message,
}

/// A statement that would change the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Wanted {
    /// An assessment of this source as first-hand.
    FirstHand(StatementId),
    /// A vouch that these two are independent.
    IndependentOf([StatementId; 2]),
    /// A first-hand origin of this source, found and related to it.
    Traced(StatementId),
    /// That the reviewers who say that this source is not first-hand withdraw their assessments.
    Undisputed(StatementId),
}

/// Every change of one statement that would raise a side's count, tried for the lowest ids of each kind.
pub(crate) fn changes(graph: &Graph, analysis: &Analysis, words: &SourceNames<'_>) -> Vec<Change> {
    // in a large graph only the likeliest few are tried
    let tries = (WORK / graph.sources.len().max(1)).max(FEWEST);
    let mut found = Vec::new();
    for (stance, side) in [
        (Stance::Supports, &analysis.support),
        (Stance::Refutes, &analysis.refutation),
    ] {
        for statement in candidates(graph, &analysis.conflicts, side)
            .into_iter()
            .take(tries)
        {
            let after = independent(&changed(graph, &statement), stance);
            if let Ok(after) = after
                && after > side.counts.independent
            {
                let text = text(words, &statement, stance, after);
                found.push(Change {
                    independent: after,
                    side: stance,
                    statement,
                    text,
                });
            }
        }
    }
    found
}

fn candidates(graph: &Graph, conflicts: &[Conflict], side: &Side) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    let open: Vec<&Place> = side.untraced.iter().take(MAX_ROOTS).collect();
    wanted.extend(open.iter().map(|place| Wanted::FirstHand(place.source)));
    let circles = side.circular.iter().filter_map(|circle| circle.first());
    wanted.extend(
        circles
            .take(MAX_ROOTS)
            .map(|place| Wanted::FirstHand(place.source)),
    );
    wanted.extend(open.iter().map(|place| Wanted::Traced(place.source)));
    let disputed = conflicts.iter().filter_map(|conflict| match conflict {
        Conflict::Assessments { source, said, .. } if said.contains(&OriginKind::FirstHand) => {
            Some(*source)
        }
        _ => None,
    });
    wanted.extend(disputed.take(MAX_ROOTS).map(Wanted::Undisputed));
    let marks = graph
        .assessments
        .iter()
        .filter(|mark| mark.kind == OriginKind::FirstHand);
    let first_hand: BTreeSet<StatementId> = marks.map(|mark| mark.source).collect();
    let units = Units::new(&pruned(graph));
    let may_be_one =
        |a: &StatementId, b: &StatementId| units.may_be_one(units.source(a), units.source(b));
    let pairable = side.independent.iter().take(MAX_ROOTS).chain(open);
    let pairable: Vec<&Place> = pairable.chain(side.beside.iter().take(MAX_ROOTS)).collect();
    for (i, one) in pairable.iter().enumerate() {
        for other in &pairable[i + 1..] {
            // two first-hand sources need no vouch if their publishers differ
            let both = first_hand.contains(&one.source) && first_hand.contains(&other.source);
            if !both || may_be_one(&one.source, &other.source) {
                wanted.push(Wanted::IndependentOf([one.source, other.source]));
            }
        }
    }
    wanted
}

/// The graph as it would be.
fn changed(graph: &Graph, wanted: &Wanted) -> Graph {
    let mut graph = graph.clone();
    let made_up =
        |what: &[u8]| StatementId::from_bytes(*sha256(&[b"not yet said", what]).as_bytes());
    match wanted {
        Wanted::FirstHand(source) => graph.assessments.push(AssessmentMark {
            id: made_up(b"assessment"),
            source: *source,
            kind: OriginKind::FirstHand,
        }),
        Wanted::IndependentOf([from, to]) => graph.relations.push(RelationEdge {
            id: made_up(b"relation"),
            from: *from,
            to: *to,
            relation: SourceRelation::IndependentOf,
        }),
        Wanted::Traced(source) => {
            let origin = made_up(b"source");
            graph
                .sources
                .push(SourceNode::new(origin, EntryIndex::new(u64::MAX)));
            graph.relations.push(RelationEdge {
                id: made_up(b"relation"),
                from: *source,
                to: origin,
                relation: SourceRelation::HadPrimarySource,
            });
            graph.assessments.push(AssessmentMark {
                id: made_up(b"assessment"),
                source: origin,
                kind: OriginKind::FirstHand,
            });
        }
        Wanted::Undisputed(source) => graph
            .assessments
            .retain(|mark| mark.source != *source || mark.kind == OriginKind::FirstHand),
    }
    graph
}

fn text(words: &SourceNames<'_>, wanted: &Wanted, stance: Stance, after: u64) -> Message {
    let side = if stance == Stance::Supports {
        "support"
    } else {
        "refutation"
    };
    let origins = plural(after, "independent origin", "independent origins");
    let would = format!("would give {side} {origins}");
    match wanted {
        Wanted::FirstHand(source) => {
            let source = words.name(source);
            message!(
                "if {source} is first-hand, an assessment that says so {would}",
                source
            )
        }
        Wanted::IndependentOf([a, b]) => {
            let (a, b) = (words.name(a), words.name(b));
            message!(
                "if {a} and {b} are independent, a relation that says so {would}",
                a,
                b
            )
        }
        Wanted::Traced(source) => {
            let source = words.name(source);
            message!(
                "tracing {source} to a first-hand origin of its own {would}",
                source
            )
        }
        Wanted::Undisputed(source) => {
            let source = words.name(source);
            message!("agreement that {source} is first-hand {would}", source)
        }
    }
}

/// Each candidate needs a full computation, and people do not read more than a screen of them.
const MAX_ROOTS: usize = 4;

/// For one side at most so many sources are examined over all candidates: half a second at most.
const WORK: usize = 50_000;

/// So many candidates are tried however large the graph is.
const FEWEST: usize = 4;
