//! Which first-hand roots can be counted together: no counted root may depend on another counted root.
//!
//! If one root depends on another, only one of the two can be counted. So the largest set that can be counted is the
//! largest antichain of the order "depends on". By Dilworth's theorem its size is that of the smallest cover by
//! chains, which is a minimum flow. If several sets are largest, the one farthest upstream is taken; it is unique.

use super::flow::{Network, UNLIMITED, parts};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// The order "depends on" over the first-hand roots of one side.
#[derive(Debug)]
pub(crate) struct DependenceOrder {
    /// The component of each unit: units that depend on one another in a circle are one component.
    component_of: Vec<usize>,
    /// Where each component depends on another.
    steps: Vec<Vec<usize>>,
    /// The components, each after those it depends on.
    upstream_first: Vec<usize>,
    /// Whether any first-hand root depends on another.
    any: bool,
}

impl DependenceOrder {
    /// The order over `first_hand`; `leans` has the units that each unit depends on.
    pub fn new(leans: &[Vec<usize>], first_hand: &[usize]) -> Self {
        let mut graph = DiGraph::<(), ()>::new();
        let nodes: Vec<NodeIndex> = leans.iter().map(|_| graph.add_node(())).collect();
        for (unit, to) in leans.iter().enumerate() {
            for &to in to {
                graph.add_edge(nodes[unit], nodes[to], ());
            }
        }
        let mut component_of = vec![0; leans.len()];
        let components = kosaraju_scc(&graph);
        for (component, units) in components.iter().enumerate() {
            for unit in units {
                component_of[unit.index()] = component;
            }
        }
        let steps = components.iter().enumerate().map(|(component, units)| {
            let to = units.iter().flat_map(|unit| &leans[unit.index()]);
            let to: BTreeSet<usize> = to
                .map(|&to| component_of[to])
                .filter(|&to| to != component)
                .collect();
            to.into_iter().collect()
        });
        let steps: Vec<Vec<usize>> = steps.collect();
        let upstream_first = upstream_first(&steps);
        let mut order = Self {
            component_of,
            steps,
            upstream_first,
            any: false,
        };
        let required: BTreeSet<usize> = first_hand.iter().map(|&u| order.component_of[u]).collect();
        let above = order.leads_to(&required);
        order.any =
            required.len() < first_hand.len() || required.iter().any(|&component| above[component]);
        order
    }

    /// The largest set of `roots` (ascending) none of which depends on another; farthest upstream.
    pub fn apart(&self, roots: &[usize]) -> Vec<usize> {
        if !self.any {
            return roots.to_vec();
        }
        // of roots in one component, the lowest stands for all
        let mut required: BTreeMap<usize, usize> = BTreeMap::new();
        for &root in roots {
            required.entry(self.component_of[root]).or_insert(root);
        }
        let components: BTreeSet<usize> = required.keys().copied().collect();
        let (above, below) = (self.leads_to(&components), self.led_to_from(&components));
        let mut apart: Vec<usize> = Vec::new();
        let mut between = Vec::new();
        for component in 0..self.steps.len() {
            let needed = components.contains(&component);
            if needed && !above[component] && !below[component] {
                apart.push(required[&component]);
            } else if needed || (above[component] && below[component]) {
                between.push(component);
            }
        }
        for part in parts(&between, &self.steps) {
            let taken = self.antichain(&part, &components);
            apart.extend(taken.iter().map(|component| required[component]));
        }
        apart.sort_unstable();
        apart
    }

    /// With each component v split into a leaving side L and an entering side R: source → L and R → sink of capacity one
    /// where v is needed, L(v) → R(w) for each step, R(v) → L(v) to pass through. Maximum flow = needed − antichain;
    /// in the antichain is each needed v whose L lies on the near side of the cut and whose R does not.
    fn antichain(&self, part: &[usize], needed: &BTreeSet<usize>) -> Vec<usize> {
        let place: BTreeMap<usize, usize> = part.iter().enumerate().map(|(i, &k)| (k, i)).collect();
        let (leave, enter) = (|i: usize| 2 * i, |i: usize| 2 * i + 1);
        let mut network = Network::new(2 * part.len());
        for (i, component) in part.iter().enumerate() {
            if needed.contains(component) {
                network.supply(leave(i), 1);
                network.drain(enter(i), 1);
            }
            network.arc(enter(i), leave(i), UNLIMITED);
            for to in self.steps[*component].iter().filter_map(|to| place.get(to)) {
                network.arc(leave(i), enter(*to), UNLIMITED);
            }
        }
        let near = network.near_side();
        let taken = part.iter().enumerate().filter(|(i, component)| {
            needed.contains(component) && near[leave(*i)] && !near[enter(*i)]
        });
        taken.map(|(_, component)| *component).collect()
    }

    /// For each component, whether it depends on one of `components` other than itself.
    fn leads_to(&self, components: &BTreeSet<usize>) -> Vec<bool> {
        let mut leads = vec![false; self.steps.len()];
        for &component in &self.upstream_first {
            let mut to = self.steps[component].iter();
            leads[component] = to.any(|to| leads[*to] || components.contains(to));
        }
        leads
    }

    /// For each component, whether one of `components` other than itself depends on it.
    fn led_to_from(&self, components: &BTreeSet<usize>) -> Vec<bool> {
        let mut led = vec![false; self.steps.len()];
        for &component in self.upstream_first.iter().rev() {
            if led[component] || components.contains(&component) {
                for &to in &self.steps[component] {
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
