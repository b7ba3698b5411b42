//! Joins sources of one origin into one unit. What a unit is to the claim follows from its members.
//!
//! Sources are numbered by the entry that first recorded them, and units by their first source. So no statement id and
//! no library has any influence on what is named first.

use super::assess::{AssessedOrigin, judge};
use super::graph::Graph;
use crate::crypto::Digest;
use crate::model::StatementId;
use crate::model::assessment::OriginKind;
use crate::model::relation::SourceRelation;
use crate::tlog::EntryIndex;
use petgraph::unionfind::UnionFind;
use std::collections::{BTreeMap, BTreeSet};

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
    /// The member that the unit is called by: the one whose assessment decides what the unit is; else an assessed one;
    /// else the first.
    pub named: usize,
}

/// The sources of a graph, by entry, and the units they form.
#[derive(Debug)]
pub(crate) struct Units {
    /// Their ids, by entry.
    pub ids: Vec<StatementId>,
    /// The position of each id.
    places: BTreeMap<StatementId, usize>,
    /// SHA-256 of the form of each publisher.
    publishers: Vec<Option<Digest>>,
    /// Whether its signer does not name it.
    unnamed: Vec<bool>,
    /// Whether none of them was ever held.
    pub never_held: Vec<bool>,
    /// Whether software translated it.
    pub machine_translated: Vec<bool>,
    /// The combined assessments of each source.
    pub judged: Vec<AssessedOrigin>,
    /// The unit of each source.
    pub unit_of: Vec<usize>,
    /// The units, by first member.
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
    /// Merges the sources of `graph`, which holds only what counts use. A source that only an evidence or a relation names
    /// is a source like any other.
    pub fn new(graph: &Graph) -> Self {
        let ids = every_source(graph);
        let places: BTreeMap<StatementId, usize> =
            ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let place = |id: &StatementId| places[id];
        let mut never_held = vec![false; ids.len()];
        let mut machine_translated = vec![false; ids.len()];
        let (mut publishers, mut unnamed) = (vec![None; ids.len()], vec![false; ids.len()]);
        for source in &graph.sources {
            let at = place(&source.id);
            never_held[at] |= source.never_held;
            machine_translated[at] |= source.machine_translated;
            publishers[at] = source.publisher;
            unnamed[at] |= source.unnamed;
        }
        let mut kinds = vec![BTreeSet::new(); ids.len()];
        for mark in &graph.assessments {
            kinds[place(&mark.source)].insert(mark.kind);
        }
        let judged: Vec<AssessedOrigin> = kinds.iter().map(judge).collect();

        let mut union = UnionFind::<usize>::new(ids.len());
        for edge in graph
            .relations
            .iter()
            .filter(|e| e.relation.is_same_origin())
        {
            union.union(place(&edge.from), place(&edge.to));
        }
        // One address, and the same bytes or none: one document, recorded twice.
        let mut recorded: BTreeMap<(Digest, Option<Digest>), usize> = BTreeMap::new();
        for source in &graph.sources {
            if let Some(address) = source.address {
                let at = place(&source.id);
                let first = *recorded.entry((address, source.bytes)).or_insert(at);
                union.union(first, at);
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
            let standing = standing(each().map(|m| judged[m]));
            let named = each()
                .find(|&m| decides(judged[m], standing))
                .or_else(|| each().find(|&m| judged[m] != AssessedOrigin::Unassessed))
                .unwrap_or(members[0]);
            Unit {
                members,
                standing,
                named,
            }
        });
        let all = all.collect();
        Self {
            ids,
            places,
            publishers,
            unnamed,
            never_held,
            machine_translated,
            judged,
            unit_of,
            all,
        }
    }

    /// The position of a source.
    pub fn source(&self, id: &StatementId) -> usize {
        self.places[id]
    }

    /// The unit of a source.
    pub fn unit(&self, id: &StatementId) -> usize {
        self.unit_of[self.source(id)]
    }
}

impl Units {
    /// Whether two sources have one publisher, or both have an unnamed speaker: it may be the same person.
    pub fn may_be_one(&self, a: usize, b: usize) -> bool {
        let published = self.publishers[a].is_some() && self.publishers[a] == self.publishers[b];
        published || (self.unnamed[a] && self.unnamed[b])
    }

    /// Those of `sources` that may be one with a source of another unit among them.
    pub fn alike(&self, sources: &[usize]) -> BTreeSet<usize> {
        let mut groups: BTreeMap<Option<Digest>, Vec<usize>> = BTreeMap::new();
        for &source in sources {
            if let Some(publisher) = self.publishers[source] {
                groups.entry(Some(publisher)).or_default().push(source);
            }
            if self.unnamed[source] {
                groups.entry(None).or_default().push(source);
            }
        }
        let several = |group: &Vec<usize>| {
            let first = self.unit_of[group[0]];
            group.iter().any(|&source| self.unit_of[source] != first)
        };
        groups.into_values().filter(several).flatten().collect()
    }
}

/// Whether such an assessment of a member makes the unit what it is.
fn decides(judged: AssessedOrigin, standing: UnitOrigin) -> bool {
    match (judged, standing) {
        (AssessedOrigin::OwnWord(kind), UnitOrigin::OwnWord(decided)) => kind == decided,
        (judged, UnitOrigin::FirstHand) => judged == AssessedOrigin::FirstHand,
        _ => false,
    }
}

fn every_source(graph: &Graph) -> Vec<StatementId> {
    let entries: BTreeMap<StatementId, EntryIndex> =
        graph.sources.iter().map(|s| (s.id, s.entry)).collect();
    let mut ids: Vec<StatementId> = entries.keys().copied().collect();
    ids.extend(graph.relations.iter().flat_map(|r| [r.from, r.to]));
    ids.extend(graph.assessments.iter().map(|a| a.source));
    for evidence in &graph.evidence {
        ids.push(evidence.source);
        ids.extend(&evidence.via);
    }
    ids.sort_unstable();
    ids.dedup();
    ids.sort_by_key(|id| {
        let entry = entries.get(id);
        (entry.is_none(), entry.copied())
    });
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
