//! Which first-hand roots can be counted beside one another: none that leans on another counted one.
//!
//! Of two roots one of which depends on the other, at most one is counted; so the largest set that can be counted is the
//! largest antichain of the order "depends on". By Dilworth it is as large as the smallest cover by chains, which is a
//! minimum flow. Of several largest ones the one farthest upstream is taken; it is unique.

use super::flow::{Network, UNLIMITED, parts};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// The order "depends on" over the first-hand roots of one side.
#[derive(Debug)]
pub(crate) struct Leaning {
    /// The knot of each unit: units that depend on one another in a circle are one knot.
    knot_of: Vec<usize>,
    /// Where each knot depends on another.
    steps: Vec<Vec<usize>>,
    /// The knots, each after those it depends on.
    upstream_first: Vec<usize>,
    /// Whether any first-hand root depends on another.
    any: bool,
}

impl Leaning {
    /// The order over `first_hand`, from everything each unit leans on.
    pub fn of(leans: &[Vec<usize>], first_hand: &[usize]) -> Self {
        let mut graph = DiGraph::<(), ()>::new();
        let nodes: Vec<NodeIndex> = leans.iter().map(|_| graph.add_node(())).collect();
        for (unit, to) in leans.iter().enumerate() {
            for &to in to {
                graph.add_edge(nodes[unit], nodes[to], ());
            }
        }
        let mut knot_of = vec![0; leans.len()];
        let knots = kosaraju_scc(&graph);
        for (knot, units) in knots.iter().enumerate() {
            for unit in units {
                knot_of[unit.index()] = knot;
            }
        }
        let steps = knots.iter().enumerate().map(|(knot, units)| {
            let to = units.iter().flat_map(|unit| &leans[unit.index()]);
            let to: BTreeSet<usize> = to.map(|&to| knot_of[to]).filter(|&to| to != knot).collect();
            to.into_iter().collect()
        });
        let steps: Vec<Vec<usize>> = steps.collect();
        let upstream_first = upstream_first(&steps);
        let mut leaning = Self {
            knot_of,
            steps,
            upstream_first,
            any: false,
        };
        let required: BTreeSet<usize> = first_hand.iter().map(|&u| leaning.knot_of[u]).collect();
        let above = leaning.leads_to(&required);
        leaning.any = required.len() < first_hand.len() || required.iter().any(|&knot| above[knot]);
        leaning
    }

    /// The largest set of `roots` (ascending) none of which depends on another; farthest upstream.
    pub fn apart(&self, roots: &[usize]) -> Vec<usize> {
        if !self.any {
            return roots.to_vec();
        }
        // of roots in one knot, the lowest stands for all
        let mut required: BTreeMap<usize, usize> = BTreeMap::new();
        for &root in roots {
            required.entry(self.knot_of[root]).or_insert(root);
        }
        let knots: BTreeSet<usize> = required.keys().copied().collect();
        let (above, below) = (self.leads_to(&knots), self.led_to_from(&knots));
        let mut apart: Vec<usize> = Vec::new();
        let mut between = Vec::new();
        for knot in 0..self.steps.len() {
            let needed = knots.contains(&knot);
            if needed && !above[knot] && !below[knot] {
                apart.push(required[&knot]);
            } else if needed || (above[knot] && below[knot]) {
                between.push(knot);
            }
        }
        for part in parts(&between, &self.steps) {
            let taken = self.antichain(&part, &knots);
            apart.extend(taken.iter().map(|knot| required[knot]));
        }
        apart.sort_unstable();
        apart
    }

    /// With each knot v split into a leaving side L and an entering side R: source → L and R → sink of capacity one
    /// where v is needed, L(v) → R(w) for each step, R(v) → L(v) to pass through. Maximum flow = needed − antichain;
    /// in the antichain is each needed v whose L lies on the near side of the cut and whose R does not.
    fn antichain(&self, part: &[usize], needed: &BTreeSet<usize>) -> Vec<usize> {
        let place: BTreeMap<usize, usize> = part.iter().enumerate().map(|(i, &k)| (k, i)).collect();
        let (leave, enter) = (|i: usize| 2 * i, |i: usize| 2 * i + 1);
        let mut network = Network::new(2 * part.len());
        for (i, knot) in part.iter().enumerate() {
            if needed.contains(knot) {
                network.supply(leave(i), 1);
                network.drain(enter(i), 1);
            }
            network.arc(enter(i), leave(i), UNLIMITED);
            for to in self.steps[*knot].iter().filter_map(|to| place.get(to)) {
                network.arc(leave(i), enter(*to), UNLIMITED);
            }
        }
        let near = network.near_side();
        let taken = part
            .iter()
            .enumerate()
            .filter(|(i, knot)| needed.contains(knot) && near[leave(*i)] && !near[enter(*i)]);
        taken.map(|(_, knot)| *knot).collect()
    }

    /// For each knot, whether it depends on one of `knots` other than itself.
    fn leads_to(&self, knots: &BTreeSet<usize>) -> Vec<bool> {
        let mut leads = vec![false; self.steps.len()];
        for &knot in &self.upstream_first {
            let mut to = self.steps[knot].iter();
            leads[knot] = to.any(|to| leads[*to] || knots.contains(to));
        }
        leads
    }

    /// For each knot, whether one of `knots` other than itself depends on it.
    fn led_to_from(&self, knots: &BTreeSet<usize>) -> Vec<bool> {
        let mut led = vec![false; self.steps.len()];
        for &knot in self.upstream_first.iter().rev() {
            if led[knot] || knots.contains(&knot) {
                for &to in &self.steps[knot] {
                    led[to] = true;
                }
            }
        }
        led
    }
}

/// The nodes of an acyclic graph, each after those its steps lead to.
fn upstream_first(steps: &[Vec<usize>]) -> Vec<usize> {
    let mut waiting: Vec<usize> = steps.iter().map(Vec::len).collect();
    let mut back = vec![Vec::new(); steps.len()];
    for (node, to) in steps.iter().enumerate() {
        for &to in to {
            back[to].push(node);
        }
    }
    let mut order: Vec<usize> = (0..steps.len()).filter(|&n| waiting[n] == 0).collect();
    let mut next = 0;
    while next < order.len() {
        for &node in &back[order[next]] {
            waiting[node] -= 1;
            if waiting[node] == 0 {
                order.push(node);
            }
        }
        next += 1;
    }
    order
}
