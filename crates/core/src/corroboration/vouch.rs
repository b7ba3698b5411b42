//! Vouching: which pairs of sources are said to be independent, and which of these words stand.
//!
//! A vouch binds two sources, and dependence beats it: a vouch falls if one source depends on the other, through
//! whatever path of relations and of `via` on this side, or if both are of one origin.

use super::graph::Graph;
use super::merge::Units;
use super::walk::{Walk, reach};
use crate::model::relation::SourceRelation;
use std::collections::{BTreeMap, BTreeSet};

/// The vouches of one side.
#[derive(Debug, Default)]
pub(crate) struct Vouches {
    /// Pairs of sources whose vouch stands, both ways.
    pub standing: BTreeMap<usize, BTreeSet<usize>>,
    /// Pairs of sources whose vouch falls: the dependent one first; if both are of one origin, the lower id.
    pub fallen: BTreeSet<(usize, usize)>,
}

impl Vouches {
    /// Sorts the vouches of `graph` into those that stand on this side and those that fall.
    pub fn new(graph: &Graph, units: &Units, walk: &Walk) -> Self {
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
            // nothing upstream: nothing to beat a vouch from this end
            let upstream = (!walk.leans[unit].is_empty()).then(|| reach(&walk.leans, &[unit]));
            for &other in others {
                let to = units.unit_of[other];
                if to == unit {
                    vouches
                        .fallen
                        .insert((source.min(other), source.max(other)));
                } else if upstream.as_ref().is_some_and(|upstream| upstream[to]) {
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
