//! Joins sources of one origin into one unit. What a unit is to the claim follows from its members.
//!
//! Units are numbered by their lowest statement id, so neither the order of entries nor a library has any influence.

use super::assess::{AssessedOrigin, judge};
use super::graph::Graph;
use crate::model::StatementId;
use crate::model::assessment::OriginKind;
use crate::model::relation::SourceRelation;
use petgraph::unionfind::UnionFind;
use std::collections::BTreeSet;

/// What a unit is to the claim, by all assessments of its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnitOrigin {
    /// A member observed it, and no member is own word.
    FirstHand,
    /// A member is the claimant's own word, or speaks for the claimant. This comes before first-hand.
    OwnWord(OriginKind),
    /// Neither: the walk goes on.
    Open,
}

/// Sources of one origin.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// Its sources, ascending.
    pub members: Vec<usize>,
    /// What it is to the claim.
    pub standing: UnitOrigin,
    /// The member that people should read as the origin: others copy it, and it copies none.
    pub original: usize,
}

/// The sources of a graph, ascending by id, and the units they form.
#[derive(Debug)]
pub(crate) struct Units {
    /// Their ids, ascending.
    pub ids: Vec<StatementId>,
    /// Whether none of them was ever held.
    pub never_held: Vec<bool>,
    /// Whether software translated it.
    pub machine_translated: Vec<bool>,
    /// The combined assessments of each source.
    pub judged: Vec<AssessedOrigin>,
    /// The unit of each source.
    pub unit_of: Vec<usize>,
    /// The units, by lowest member ascending.
    pub all: Vec<Unit>,
}

/// Whether the relation says that one document depends on another.
pub(crate) const fn dependence(relation: SourceRelation) -> bool {
    matches!(
        relation,
        SourceRelation::WasQuotedFrom
            | SourceRelation::WasDerivedFrom
            | SourceRelation::HadPrimarySource
    )
}

impl Units {
    /// Merges the sources of `graph`. A source that only an evidence or a relation names is a source like any other.
    pub fn new(graph: &Graph) -> Self {
        let ids = every_source(graph);
        let mut never_held = vec![false; ids.len()];
        let mut machine_translated = vec![false; ids.len()];
        let place = |id: &StatementId| ids.binary_search(id).expect("every source was gathered");
        for source in &graph.sources {
            never_held[place(&source.id)] |= source.never_held;
            machine_translated[place(&source.id)] |= source.machine_translated;
        }
        let mut kinds = vec![BTreeSet::new(); ids.len()];
        for mark in &graph.assessments {
            kinds[place(&mark.source)].insert(mark.kind);
        }
        let judged: Vec<AssessedOrigin> = kinds.iter().map(judge).collect();

        let mut union = UnionFind::<usize>::new(ids.len());
        let (mut copies, mut copied) = (vec![false; ids.len()], vec![false; ids.len()]);
        for edge in graph
            .relations
            .iter()
            .filter(|e| e.relation.is_same_origin())
        {
            let (from, to) = (place(&edge.from), place(&edge.to));
            union.union(from, to);
            if edge.relation != SourceRelation::SharesOriginWith {
                copies[from] = true;
                copied[to] = true;
            }
        }
        let mut unit_at = vec![usize::MAX; ids.len()];
        let mut unit_of = Vec::with_capacity(ids.len());
        let mut members: Vec<Vec<usize>> = Vec::new();
        for source in 0..ids.len() {
            let head = union.find(source);
            if unit_at[head] == usize::MAX {
                unit_at[head] = members.len();
                members.push(Vec::new());
            }
            unit_of.push(unit_at[head]);
            members[unit_at[head]].push(source);
        }
        let all = members.into_iter().map(|members| {
            let each = || members.iter().copied();
            let original = each()
                .find(|&m| copied[m] && !copies[m])
                .or_else(|| each().find(|&m| !copies[m]))
                .unwrap_or(members[0]);
            let standing = standing(each().map(|m| judged[m]));
            Unit {
                members,
                standing,
                original,
            }
        });
        let all = all.collect();
        Self {
            ids,
            never_held,
            machine_translated,
            judged,
            unit_of,
            all,
        }
    }

    /// The position of a source.
    pub fn source(&self, id: &StatementId) -> usize {
        self.ids
            .binary_search(id)
            .expect("every source was gathered")
    }

    /// The unit of a source.
    pub fn unit(&self, id: &StatementId) -> usize {
        self.unit_of[self.source(id)]
    }
}

fn every_source(graph: &Graph) -> Vec<StatementId> {
    let mut ids: Vec<StatementId> = graph.sources.iter().map(|s| s.id).collect();
    ids.extend(graph.relations.iter().flat_map(|r| [r.from, r.to]));
    ids.extend(graph.assessments.iter().map(|a| a.source));
    for evidence in &graph.evidence {
        ids.push(evidence.source);
        ids.extend(&evidence.via);
    }
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn standing(judged: impl Iterator<Item = AssessedOrigin> + Clone) -> UnitOrigin {
    let own = judged.clone().filter_map(|j| match j {
        AssessedOrigin::OwnWord(kind) => Some(kind),
        _ => None,
    });
    match own.min() {
        Some(kind) => UnitOrigin::OwnWord(kind),
        None if judged.into_iter().any(|j| j == AssessedOrigin::FirstHand) => UnitOrigin::FirstHand,
        None => UnitOrigin::Open,
    }
}
