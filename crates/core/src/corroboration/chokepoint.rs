//! Which single sources carry all of a side; or, if there is none, the smallest group that does.
//!
//! The network of a side is the claim, the units on a path from it to a root, and the roots. Units that only lead into
//! a circle are left out. A unit on every path is a chokepoint (a dominator of the roots, taken as one). If there is
//! none, the result is the minimum vertex cut nearest the claim. The near side of a minimum cut is unique, so there
//! are no ties.

use super::flow::{Network, UNLIMITED, parts};
use super::walk::{Walk, reach};
use petgraph::algo::dominators::simple_fast;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;

/// What a side depends on.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Carriers {
    /// Every unit that carries all of the side, outward from the claim.
    pub chokepoints: Vec<usize>,
    /// If there is none: the smallest group that carries all of it, nearest the claim, ascending.
    pub cut: Vec<usize>,
}

/// What the side depends on; nothing if it has no root.
pub(crate) fn carriers(walk: &Walk) -> Carriers {
    let mut back = vec![Vec::new(); walk.steps.len()];
    for (unit, to) in walk.steps.iter().enumerate() {
        for &to in to {
            back[to].push(unit);
        }
    }
    let roots: Vec<usize> = walk.roots.iter().map(|(unit, _)| *unit).collect();
    let leads = reach(&back, &roots);
    let nodes: Vec<usize> = (0..walk.steps.len())
        .filter(|&unit| walk.reached[unit] && leads[unit])
        .collect();
    let chokepoints = chokepoints(walk, &nodes);
    let cut = if chokepoints.is_empty() {
        cut(walk, &nodes)
    } else {
        Vec::new()
    };
    Carriers { chokepoints, cut }
}

fn chokepoints(walk: &Walk, nodes: &[usize]) -> Vec<usize> {
    let place: BTreeMap<usize, usize> = nodes.iter().enumerate().map(|(i, &n)| (n, i)).collect();
    let mut graph = DiGraph::<(), ()>::new();
    let at: Vec<NodeIndex> = nodes.iter().map(|_| graph.add_node(())).collect();
    let (claim, end) = (graph.add_node(()), graph.add_node(()));
    for unit in walk.documents.iter().filter_map(|unit| place.get(unit)) {
        graph.add_edge(claim, at[*unit], ());
    }
    for (unit, _) in &walk.roots {
        graph.add_edge(at[place[unit]], end, ());
    }
    for (i, &unit) in nodes.iter().enumerate() {
        for to in walk.steps[unit].iter().filter_map(|to| place.get(to)) {
            graph.add_edge(at[i], at[*to], ());
        }
    }
    let dominators = simple_fast(&graph, claim);
    let chain = dominators.strict_dominators(end).into_iter().flatten();
    let mut chain: Vec<usize> = chain
        .filter(|&node| node != claim)
        .map(|node| nodes[node.index()])
        .collect();
    chain.reverse();
    chain
}

/// Each unit split into an entering and a leaving node with an arc of capacity one between them.
fn cut(walk: &Walk, nodes: &[usize]) -> Vec<usize> {
    let (enter, leave) = (|i: usize| 2 * i, |i: usize| 2 * i + 1);
    let mut cut = Vec::new();
    for part in parts(nodes, &walk.steps) {
        let place: BTreeMap<usize, usize> = part.iter().enumerate().map(|(i, &n)| (n, i)).collect();
        let mut network = Network::new(2 * part.len());
        for (i, &unit) in part.iter().enumerate() {
            network.arc(enter(i), leave(i), 1);
            if walk.documents.binary_search(&unit).is_ok() {
                network.supply(enter(i), UNLIMITED);
            }
            if walk
                .roots
                .binary_search_by_key(&unit, |(root, _)| *root)
                .is_ok()
            {
                network.drain(leave(i), UNLIMITED);
            }
            for to in walk.steps[unit].iter().filter_map(|to| place.get(to)) {
                network.arc(leave(i), enter(*to), UNLIMITED);
            }
        }
        let near = network.near_side();
        let cut_here = part.iter().enumerate();
        cut.extend(
            cut_here
                .filter(|(i, _)| near[enter(*i)] && !near[leave(*i)])
                .map(|(_, unit)| *unit),
        );
    }
    cut.sort_unstable();
    cut
}
