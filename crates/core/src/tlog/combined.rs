//! One proof for many leaves, which also shows the roots of earlier heads.
//!
//! The tree of `size` leaves is divided as RFC 6962 divides it, until no part has a chosen leaf together with others
//! and no head ends inside a part. The proof has the hash of each part without a chosen leaf, left to right. A head of
//! `n` leaves is then a row of whole parts, and MTH(D\[0:n\]) is computed from them.

use super::Error;
use super::merkle::node_hash;
use super::proof::{Span, beyond, proof};
use super::{EntryIndex, TreeSize};
use crate::crypto::Digest;
use std::collections::HashMap;

/// What the proof must contain. `indices` and `heads` ascend, without repetition; a head is its number of leaves.
pub fn combined_spans(
    indices: &[EntryIndex],
    heads: &[TreeSize],
    size: TreeSize,
) -> Result<Vec<Span>, Error> {
    let parts = parts(indices, heads, size)?;
    let carried = parts.into_iter().filter(|part| !part.chosen);
    Ok(carried.map(|part| part.span).collect())
}

/// The tree that a combined proof shows: the hashes of its parts and of the spans that they form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combined {
    size: TreeSize,
    root: Digest,
    hashes: HashMap<Span, Digest>,
}

impl Combined {
    /// Takes the chosen leaves with their indices, ascending, and the hashes of [`combined_spans`]. Every hash must be
    /// used.
    pub fn new(
        leaves: &[(EntryIndex, Digest)],
        heads: &[TreeSize],
        size: TreeSize,
        hashes: &[Digest],
    ) -> Result<Self, Error> {
        let indices: Vec<EntryIndex> = leaves.iter().map(|(index, _)| *index).collect();
        let parts = parts(&indices, heads, size)?;
        let needed = parts.len() - leaves.len();
        if hashes.len() < needed {
            return Err(proof("it has too few hashes".to_owned()));
        }
        if hashes.len() > needed {
            let more = hashes.len() - needed;
            return Err(proof(format!("{more} hashes more than it needs")));
        }
        let mut leaves = leaves.iter().map(|(_, leaf)| leaf);
        let mut hashes = hashes.iter();
        let known = parts.into_iter().map(|part| {
            let hash = if part.chosen {
                leaves.next()
            } else {
                hashes.next()
            };
            (part.span, *hash.expect("counted above"))
        });
        let known: Vec<(Span, Digest)> = known.collect();
        let mut hashes = HashMap::new();
        let all = Span::whole(size);
        Ok(Self {
            size,
            root: fold(&known, all, &mut hashes),
            hashes,
        })
    }

    /// The root of the whole tree.
    pub fn root(&self) -> Digest {
        self.root
    }

    /// The root of the first `size` leaves, if no part reaches beyond them.
    pub fn root_at(&self, size: TreeSize) -> Option<Digest> {
        let all = Span::whole(size);
        (!size.is_empty() && size <= self.size)
            .then(|| self.hash(all))
            .flatten()
    }

    /// The hash of a span; the perfect subtrees that make it up were hashed with the whole tree.
    fn hash(&self, at: Span) -> Option<Digest> {
        match self.hashes.get(&at) {
            Some(hash) => Some(*hash),
            None if at.is_leaf() => None,
            None => {
                let (left, right) = at.divide();
                Some(node_hash(&self.hash(left)?, &self.hash(right)?))
            }
        }
    }
}

/// The hash of a span from the parts that form it; keeps the hash of every span it computes.
fn fold(parts: &[(Span, Digest)], at: Span, hashes: &mut HashMap<Span, Digest>) -> Digest {
    let hash = if let [(_, hash)] = parts {
        *hash
    } else {
        let (left, right) = at.divide();
        let middle = parts.partition_point(|(part, _)| part.start < right.start);
        let (lower, upper) = parts.split_at(middle);
        let left = fold(lower, left, hashes);
        node_hash(&left, &fold(upper, right, hashes))
    };
    hashes.insert(at, hash);
    hash
}

struct Part {
    span: Span,
    /// Whether it is one of the chosen leaves.
    chosen: bool,
}

fn parts(indices: &[EntryIndex], heads: &[TreeSize], size: TreeSize) -> Result<Vec<Part>, Error> {
    if indices.is_empty() {
        return Err(proof("it is of no leaf".to_owned()));
    }
    let indices: Vec<u64> = indices.iter().map(|index| index.get()).collect();
    let heads: Vec<u64> = heads.iter().map(|head| head.get()).collect();
    let end = size.get();
    for (numbers, end) in [(&indices, end), (&heads, end.saturating_add(1))] {
        let mut next = 0;
        for number in numbers {
            if *number >= end {
                return Err(beyond(*number, size));
            }
            if *number < next {
                return Err(proof(format!("{number} is out of order")));
            }
            next = number + 1;
        }
    }
    let all = Span::whole(size);
    let mut parts = Vec::new();
    divide(&indices, &heads, all, &mut parts);
    Ok(parts)
}

fn divide(indices: &[u64], heads: &[u64], span: Span, parts: &mut Vec<Part>) {
    let next = heads.get(heads.partition_point(|head| *head <= span.start));
    let is_whole = indices.is_empty() && next.is_none_or(|head| *head >= span.end);
    if is_whole || span.is_leaf() {
        let chosen = !indices.is_empty();
        parts.push(Part { span, chosen });
    } else {
        let (left, right) = span.divide();
        let (lower, upper) = indices.split_at(indices.partition_point(|i| *i < right.start));
        divide(lower, heads, left, parts);
        divide(upper, heads, right, parts);
    }
}
