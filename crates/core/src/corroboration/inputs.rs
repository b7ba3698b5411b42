//! Which statements a corroboration was computed from, and their digest.
//!
//! These are: the policy that says whose statements count; the claim; its evidence that supports or refutes; every source within reach; the relations between two
//! of those; their assessments. Within reach are the sources of that evidence and the sources it names under `via`,
//! and from each of them the sources it depends on and those of the same origin, in either direction, to the end. The
//! digest is SHA-256("claimledger/corroboration/v1
//! " ‖ the 32-byte ids of these statements, ascending, each once).
//!
//! Not used are: evidence that is mixed, gives context or found nothing; an `independentOf` to a source that is not
//! within reach; captures of a source, which change what can be seen but not the counts.

use super::bounds::{MAX_SOURCES, MAX_STATEMENTS, TooLarge};
use super::graph::{EvidenceEdge, Graph};
use super::merge::dependence;
use crate::crypto::{Digest, sha256};
use crate::model::StatementId;
use crate::model::evidence::Stance;
use std::collections::{BTreeMap, BTreeSet};

/// The ids of the statements used, ascending.
pub fn used(graph: &Graph) -> BTreeSet<StatementId> {
    let within = within_reach_of_evidence(graph);
    let mut used = BTreeSet::from([graph.claim]);
    used.extend(graph.policy);
    used.extend(sided(graph).map(|evidence| evidence.id));
    let relations = graph.relations.iter();
    used.extend(
        relations
            .filter(|r| within.contains(&r.from) && within.contains(&r.to))
            .map(|r| r.id),
    );
    let assessments = graph.assessments.iter();
    used.extend(
        assessments
            .filter(|a| within.contains(&a.source))
            .map(|a| a.id),
    );
    used.extend(within);
    used
}

/// The graph without what no count uses, if it is not too large to count.
pub(crate) fn bounded(graph: &Graph) -> Result<Graph, TooLarge> {
    if within_reach_of_evidence(graph).len() > MAX_SOURCES {
        return Err(TooLarge::Sources);
    }
    if used(graph).len() > MAX_STATEMENTS {
        return Err(TooLarge::Statements);
    }
    Ok(pruned(graph))
}

/// The graph without what no count uses.
pub(crate) fn pruned(graph: &Graph) -> Graph {
    let within = within_reach_of_evidence(graph);
    let mut graph = graph.clone();
    graph.evidence.retain(is_sided);
    graph.sources.retain(|s| within.contains(&s.id));
    graph
        .relations
        .retain(|r| within.contains(&r.from) && within.contains(&r.to));
    graph.assessments.retain(|a| within.contains(&a.source));
    graph
}

/// The digest of the statements used.
pub fn digest(used: &BTreeSet<StatementId>) -> Digest {
    let mut parts: Vec<&[u8]> = vec![DOMAIN];
    parts.extend(used.iter().map(|id| id.as_bytes().as_slice()));
    sha256(&parts)
}

/// The sources within reach of the evidence that supports or refutes.
pub(crate) fn within_reach_of_evidence(graph: &Graph) -> BTreeSet<StatementId> {
    let mut open: Vec<StatementId> = sided(graph).map(|evidence| evidence.source).collect();
    open.extend(sided(graph).flat_map(|evidence| &evidence.via));
    let mut next: BTreeMap<StatementId, Vec<StatementId>> = BTreeMap::new();
    for edge in &graph.relations {
        if edge.relation.is_same_origin() {
            next.entry(edge.to).or_default().push(edge.from);
        }
        if edge.relation.is_same_origin() || dependence(edge.relation) {
            next.entry(edge.from).or_default().push(edge.to);
        }
    }
    let mut within = BTreeSet::new();
    while let Some(source) = open.pop() {
        if within.insert(source) {
            open.extend(next.get(&source).into_iter().flatten());
        }
    }
    within
}

fn sided(graph: &Graph) -> impl Iterator<Item = &EvidenceEdge> {
    graph.evidence.iter().filter(|evidence| is_sided(evidence))
}

/// Whether evidence is for the claim or against it.
pub(crate) fn is_sided(evidence: &EvidenceEdge) -> bool {
    matches!(evidence.stance, Stance::Supports | Stance::Refutes)
}

const DOMAIN: &[u8] = b"claimledger/corroboration/v1\n";
