//! The largest set of roots of which any two are both first-hand or vouched independent.
//!
//! Where the text of the method leaves room, it is read so that nothing is counted twice:
//! - A root is a unit and a vouch binds sources. Each counted unit is represented by one of its sources, and it is these
//!   representatives of which any two must both be first-hand or be vouched. So two documents cannot pool their
//!   vouches by being declared one: saying "same origin" of two documents in evidence that do not already depend on one
//!   another never raises the count.
//! - A first-hand root and one that is not need a vouch. Two first-hand ones need none, but none of a counted set depends
//!   on another, through any path of relations and of `via` on this side.
//! - Own word is in no set, and no vouch helps it.
//! - The search is exact over the 24 lowest ids among vouched sources that are not first-hand; first-hand roots are many
//!   and cheap, and all are looked at. Others are left out of the set, and the report says how many.

use super::antichain::DependenceOrder;
use super::assess::AssessedOrigin;
use super::merge::Units;
use super::vouch::Vouches;
use super::walk::{RootKind, Walk};
use std::collections::{BTreeMap, BTreeSet};

/// The largest set of roots, and how much was left out of the search.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Largest {
    /// The units of the set, ascending.
    pub counted: Vec<usize>,
    /// How many first-hand roots could be counted if vouches did not matter.
    pub first_hand: usize,
    /// How many vouched sources the search left out.
    pub left_out: usize,
}

/// Finds the largest set on one side.
pub(crate) fn largest(units: &Units, walk: &Walk, vouches: &Vouches) -> Largest {
    let roots: BTreeMap<usize, RootKind> = walk.roots.iter().copied().collect();
    let open = |unit: usize| {
        matches!(
            roots.get(&unit),
            Some(RootKind::FirstHand | RootKind::Untraced)
        )
    };
    let first_hand_source = |source: usize| units.judged[source] == AssessedOrigin::FirstHand;
    let mut vouched: Vec<usize> = vouches
        .standing
        .iter()
        .filter(|(source, with)| {
            open(units.unit_of[**source])
                && !first_hand_source(**source)
                && with.iter().any(|other| open(units.unit_of[*other]))
        })
        .map(|(source, _)| *source)
        .collect();
    let left_out = vouched.len().saturating_sub(MAX_VOUCHED);
    vouched.truncate(MAX_VOUCHED);

    let first_hand: Vec<usize> = walk
        .roots
        .iter()
        .filter(|(_, kind)| *kind == RootKind::FirstHand)
        .map(|(unit, _)| *unit)
        .collect();
    let friends = |source: usize| {
        let bits = vouched.iter().enumerate();
        bits.filter(|(_, other)| vouches.between(source, **other))
            .fold(0_u32, |mask, (bit, _)| mask | 1 << bit)
    };
    let mut alike: BTreeMap<Vec<u32>, Vec<usize>> = BTreeMap::new();
    for &unit in &first_hand {
        let sources = units.all[unit].members.iter();
        let masks: BTreeSet<u32> = sources
            .filter(|&&source| first_hand_source(source))
            .map(|&source| friends(source))
            .collect();
        alike
            .entry(masks.into_iter().collect())
            .or_default()
            .push(unit);
    }
    let search = Search {
        unit_of: vouched
            .iter()
            .map(|&source| units.unit_of[source])
            .collect(),
        friends: vouched.iter().map(|&source| friends(source)).collect(),
        alike,
        order: DependenceOrder::new(&walk.leans, &first_hand),
    };
    let alone = search.beside(0);
    let mut best = Best {
        vouched: 0,
        size: alone.len(),
    };
    let all = (0..vouched.len()).fold(0_u32, |mask, bit| mask | 1 << bit);
    search.extend(0, all, &mut best);
    Largest {
        counted: search.units(best.vouched),
        first_hand: alone.len(),
        left_out,
    }
}

/// The best set so far: which vouched sources are in it, and its size together with the first-hand roots.
struct Best {
    vouched: u32,
    size: usize,
}

/// What the search uses. Sets of vouched sources are bit masks.
struct Search {
    /// The unit of each vouched source.
    unit_of: Vec<usize>,
    /// The others that each is vouched with.
    friends: Vec<u32>,
    /// First-hand roots, by the masks of those that their first-hand sources are vouched with.
    alike: BTreeMap<Vec<u32>, Vec<usize>>,
    order: DependenceOrder,
}

impl Search {
    /// The first-hand roots that are compatible with the vouched sources of `set`, dependence among them not yet
    /// considered.
    fn fitting(&self, set: u32) -> impl Iterator<Item = (&Vec<u32>, &Vec<usize>)> {
        let fits = move |masks: &[u32]| masks.iter().any(|mask| mask & set == set);
        self.alike.iter().filter(move |(masks, _)| fits(masks))
    }

    /// The first-hand roots counted beside the vouched sources of `set`, ascending.
    fn beside(&self, set: u32) -> Vec<usize> {
        let mut roots: Vec<usize> = self
            .fitting(set)
            .flat_map(|(_, units)| units)
            .copied()
            .collect();
        roots.sort_unstable();
        self.order.apart(&roots)
    }

    /// The units counted with `set`, ascending.
    fn units(&self, set: u32) -> Vec<usize> {
        let mut units: Vec<usize> = bits(set).map(|bit| self.unit_of[bit]).collect();
        units.extend(self.beside(set));
        units.sort_unstable();
        units
    }

    /// Tries every way to add vouched sources of `open` to `set`, lowest id first. It does not enter a branch that
    /// cannot beat the best. A set of one source that is not first-hand counts nothing.
    fn extend(&self, set: u32, open: u32, best: &mut Best) {
        let mut rest = open;
        for bit in bits(open) {
            rest &= !(1 << bit);
            let (set, open) = (set | 1 << bit, rest & self.friends[bit]);
            let taken = set.count_ones() as usize;
            if taken + self.bound(set, open) <= best.size {
                continue;
            }
            let size = taken + self.beside(set).len();
            if size > best.size && size > 1 {
                *best = Best { vouched: set, size };
            }
            self.extend(set, open, best);
        }
    }

    /// An upper bound on what can be added to `set`: all of `open` and all first-hand roots that fit, less one for
    /// each pair of the two that is not vouched, with each root in one pair only.
    fn bound(&self, set: u32, open: u32) -> usize {
        let mut fitting: Vec<(u32, usize)> = self
            .fitting(set)
            .map(|(masks, units)| (masks.iter().fold(0, |all, mask| all | mask), units.len()))
            .collect();
        let first_hand: usize = fitting.iter().map(|(_, count)| count).sum();
        let mut pairs = 0;
        for bit in bits(open) {
            let strange = fitting
                .iter_mut()
                .find(|(mask, left)| mask & 1 << bit == 0 && *left > 0);
            if let Some((_, left)) = strange {
                *left -= 1;
                pairs += 1;
            }
        }
        (open.count_ones() as usize + first_hand - pairs).min(self.colours(open) + first_hand)
    }

    /// The number of classes into which `open` can be divided so that no class holds two sources vouched with each
    /// other: at most one source of each class can be counted.
    fn colours(&self, open: u32) -> usize {
        let mut classes: Vec<u32> = Vec::new();
        for bit in bits(open) {
            match classes
                .iter_mut()
                .find(|class| **class & self.friends[bit] == 0)
            {
                Some(class) => *class |= 1 << bit,
                None => classes.push(1 << bit),
            }
        }
        classes.len()
    }
}

fn bits(mask: u32) -> impl Iterator<Item = usize> {
    (0..u32::BITS as usize).filter(move |bit| mask & 1 << bit != 0)
}

/// The search is exponential in the number of vouched sources. 24 take milliseconds; a claim with more is not
/// expected.
pub(crate) const MAX_VOUCHED: usize = 24;
