//! Vouches: which pairs of sources are vouched independent, and which of these vouches count.
//!
//! A vouch is about two sources. It does not count if one source depends on the other, through any path of relations
//! and of `via` on this side, or if both have one origin.

use super::graph::Graph;
use super::leaning::Leaning;
use super::merge::Units;
use crate::model::relation::SourceRelation;
use std::collections::{BTreeMap, BTreeSet};

/// The vouches of one side.
#[derive(Debug, Default)]
pub(crate) struct Vouches {
    /// Pairs of sources whose vouch counts, both ways.
    pub standing: BTreeMap<usize, BTreeSet<usize>>,
    /// Pairs of sources whose vouch does not count: the dependent one first; if both have one origin, the earlier one.
    pub fallen: BTreeSet<(usize, usize)>,
}

impl Vouches {
    /// Divides the vouches of `graph` into those that count on this side and those that do not.
    pub fn new(graph: &Graph, units: &Units, leaning: &Leaning) -> Self {
        let mut pairs: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        let vouches = graph.relations.iter();
        for edge in vouches.filter(|e| e.relation == SourceRelation::IndependentOf) {
            let (a, b) = (units.source(&edge.from), units.source(&edge.to));
            pairs.entry(a).or_default().insert(b);
            pairs.entry(b).or_default().insert(a);
        }
        let mut vouches = Self::default();
        for (&source, others) in &pairs {
            let unit = units.unit_of[source];
            for &other in others {
                let to = units.unit_of[other];
                if to == unit {
                    vouches
                        .fallen
                        .insert((source.min(other), source.max(other)));
                } else if leaning.leans(unit, to) {
                    vouches.fallen.insert((source, other));
                }
            }
        }
        for (&source, others) in &pairs {
            let falls = |other: &usize| {
                vouches.fallen.contains(&(source, *other))
                    || vouches.fallen.contains(&(*other, source))
            };
            let stands: BTreeSet<usize> = others.iter().copied().filter(|o| !falls(o)).collect();
            if !stands.is_empty() {
                vouches.standing.insert(source, stands);
            }
        }
        vouches
    }

    /// Whether two sources are vouched to be independent.
    pub fn between(&self, a: usize, b: usize) -> bool {
        self.standing.get(&a).is_some_and(|with| with.contains(&b))
    }
}
