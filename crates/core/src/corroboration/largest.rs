//! The largest set of roots of which any two are both first-hand or vouched independent.
//!
//! Where the text of the method leaves room, it is read so that nothing is counted twice:
//! - A root is a unit and a vouch binds sources. Each counted unit is represented by one of its sources, and the
//!   conditions are about these representatives. So two documents cannot pool their vouches by being declared one: saying
//!   "same origin" of two documents in evidence that do not already depend on one another never raises the count.
//! - A first-hand root and one that is not need a vouch. Two first-hand ones need none, unless they have one publisher or
//!   both have an unnamed speaker. None of a counted set depends on another, through any path of relations and of `via`
//!   on this side.
//! - Own word is in no set, and no vouch helps it.
//!
//! First-hand roots that nothing joins to another root exclude only sources that are not first-hand, and are not searched.
//! Of several largest sets, one without sources that are not first-hand is named; else the one with the earliest of them;
//! of first-hand sources, those farthest upstream.

use super::assess::AssessedOrigin;
use super::bounds::{MAX_JOINED, MAX_NOT_FIRST_HAND, TooLarge};
use super::exclusions::{Exclusions, bit, things};
use super::leaning::Leaning;
use super::merge::Units;
use super::vouch::Vouches;
use super::walk::{RootKind, Walk};
use std::collections::{BTreeMap, BTreeSet};

/// What may be counted on one side, and what excludes what.
#[derive(Debug)]
pub(crate) struct Candidates {
    /// The sources that may represent a root and that something joins to another root; those that are not first-hand
    /// come last.
    joined: Vec<usize>,
    /// The unit of each of them.
    unit_of: Vec<usize>,
    /// Those that are first-hand.
    first_hand: u64,
    /// Those whose root no source represents that nothing joins.
    bound: u64,
    exclusions: Exclusions,
    /// The first-hand roots that a source represents which nothing joins.
    free: Vec<usize>,
    /// The first-hand sources of `joined`, farthest upstream first.
    upstream_first: Vec<usize>,
    /// How many first-hand roots could be counted if only dependence mattered.
    apart: usize,
}

impl Candidates {
    /// Gathers them, if they are not too many.
    pub fn new(
        units: &Units,
        walk: &Walk,
        leaning: &Leaning,
        vouches: &Vouches,
    ) -> Result<Self, TooLarge> {
        let roots: BTreeMap<usize, RootKind> = walk.roots.iter().copied().collect();
        let open = |source: usize| {
            matches!(
                roots.get(&units.unit_of[source]),
                Some(RootKind::FirstHand | RootKind::Untraced)
            )
        };
        let is_first_hand = |source: usize| units.judged[source] == AssessedOrigin::FirstHand;
        let vouched: BTreeSet<usize> = vouches
            .standing
            .iter()
            .filter(|(source, with)| open(**source) && with.iter().any(|other| open(*other)))
            .map(|(source, _)| *source)
            .collect();
        let others: Vec<usize> = vouched
            .iter()
            .copied()
            .filter(|source| !is_first_hand(*source))
            .collect();
        if others.len() > MAX_NOT_FIRST_HAND {
            return Err(TooLarge::NotFirstHand);
        }
        let first_hand: Vec<usize> = walk
            .roots
            .iter()
            .filter(|(_, kind)| *kind == RootKind::FirstHand)
            .map(|(unit, _)| *unit)
            .collect();
        let leans: Vec<usize> = first_hand
            .iter()
            .zip(leaning.joined(&first_hand))
            .filter(|(_, joined)| *joined)
            .map(|(unit, _)| *unit)
            .collect();
        let witnesses: Vec<usize> = first_hand
            .iter()
            .flat_map(|&unit| units.all[unit].members.iter().copied())
            .filter(|source| is_first_hand(*source))
            .collect();
        let alike = units.alike(&witnesses);
        let (mut joined, mut free) = (Vec::new(), BTreeSet::new());
        for source in witnesses {
            let unit = units.unit_of[source];
            if vouched.contains(&source)
                || alike.contains(&source)
                || leans.binary_search(&unit).is_ok()
            {
                joined.push(source);
            } else {
                free.insert(unit);
            }
        }
        let witnesses = joined.len();
        joined.extend(others);
        if joined.len() > MAX_JOINED {
            return Err(TooLarge::Joined);
        }
        let mut exclusions = Exclusions::NONE;
        for a in 0..joined.len() {
            for b in a + 1..joined.len() {
                let (one, other) = (joined[a], joined[b]);
                let (unit, another) = (units.unit_of[one], units.unit_of[other]);
                let vouched = vouches.between(one, other);
                let fit = if b < witnesses {
                    !leaning.leans(unit, another)
                        && !leaning.leans(another, unit)
                        && (vouched || !units.may_be_one(one, other))
                } else {
                    vouched
                };
                if unit == another || !fit {
                    exclusions.exclude(a, b);
                }
            }
        }
        let unit_of: Vec<usize> = joined.iter().map(|&s| units.unit_of[s]).collect();
        let mut upstream_first: Vec<usize> = (0..witnesses).collect();
        upstream_first.sort_by_key(|&at| (leaning.height(unit_of[at]), joined[at]));
        Ok(Self {
            first_hand: set(0..witnesses),
            bound: set((0..joined.len()).filter(|at| !free.contains(&unit_of[*at]))),
            exclusions,
            free: free.into_iter().collect(),
            upstream_first,
            apart: first_hand.len() - leans.len() + apart(leaning, &leans),
            joined,
            unit_of,
        })
    }

    /// How many first-hand roots could be counted if neither vouches nor publishers mattered.
    pub fn apart(&self) -> usize {
        self.apart
    }

    /// The size of the largest set.
    pub fn size(&self) -> usize {
        let (first_hand, mixed) = self.sizes();
        first_hand.max(mixed)
    }

    /// The size of the largest set of first-hand roots, and of the largest one with others; a source that is not
    /// first-hand counts nothing alone.
    fn sizes(&self) -> (usize, usize) {
        let alone = self.exclusions.largest(self.first_hand & self.bound);
        let mixed = if self.first_hand == set(0..self.joined.len()) {
            0
        } else {
            self.exclusions.largest(set(0..self.joined.len()))
        };
        (self.free.len() + alone, if mixed > 1 { mixed } else { 0 })
    }

    /// The units of the largest set, ascending.
    pub fn counted(&self) -> Vec<usize> {
        let (first_hand, mixed) = self.sizes();
        let upstream_first = || self.upstream_first.iter().copied();
        let mut counted = Vec::new();
        let chosen = if mixed > first_hand {
            self.mixed(mixed)
        } else {
            counted.extend(&self.free);
            let open = self.first_hand & self.bound;
            self.exclusions.earliest(open, upstream_first())
        };
        counted.extend(things(chosen).map(|at| self.unit_of[at]));
        counted.sort_unstable();
        counted
    }

    /// A set of this size, with the earliest sources that are not first-hand and as few of them as possible.
    fn mixed(&self, size: usize) -> u64 {
        let (mut open, mut chosen) = (set(0..self.joined.len()), 0_u64);
        for at in things(open & !self.first_hand) {
            let left = size - chosen.count_ones() as usize;
            if chosen != 0 && self.exclusions.largest(open & self.first_hand) == left {
                break;
            }
            if open & bit(at) == 0 {
                continue;
            }
            let beside = self.exclusions.without(open, at);
            if 1 + self.exclusions.largest(beside) == left {
                chosen |= bit(at);
                open = beside;
            } else {
                open &= !bit(at);
            }
        }
        let upstream_first = self.upstream_first.iter().copied();
        let open = open & self.first_hand;
        chosen | self.exclusions.earliest(open, upstream_first)
    }
}

/// How many of these units can be taken so that none leans on another. They are at most as many as joined sources.
fn apart(leaning: &Leaning, units: &[usize]) -> usize {
    let mut exclusions = Exclusions::NONE;
    for a in 0..units.len() {
        for b in a + 1..units.len() {
            if leaning.leans(units[a], units[b]) || leaning.leans(units[b], units[a]) {
                exclusions.exclude(a, b);
            }
        }
    }
    exclusions.largest(set(0..units.len()))
}

fn set(things: impl Iterator<Item = usize>) -> u64 {
    things.fold(0, |all, thing| all | bit(thing))
}
