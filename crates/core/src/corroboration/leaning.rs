//! What leans on what, through any number of steps: one bit for each pair of units.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

/// The closure of "leans on" over the units of one side.
#[derive(Debug)]
pub(crate) struct Leaning {
    /// The component of each unit: units that lean on one another in a circle are one component.
    component_of: Vec<usize>,
    /// How many steps lead from each component to the farthest one that it leans on.
    heights: Vec<usize>,
    /// For each component, one bit for each other component that it leans on.
    rows: Vec<Vec<u64>>,
}

impl Leaning {
    /// The closure of `leans`, which has the units that each unit leans on directly.
    pub fn new(leans: &[Vec<usize>]) -> Self {
        let mut graph = DiGraph::<(), ()>::new();
        let nodes: Vec<NodeIndex> = leans.iter().map(|_| graph.add_node(())).collect();
        for (unit, to) in leans.iter().enumerate() {
            for &to in to {
                graph.add_edge(nodes[unit], nodes[to], ());
            }
        }
        // each component comes after those that it leans on
        let components = kosaraju_scc(&graph);
        let mut component_of = vec![0; leans.len()];
        for (component, units) in components.iter().enumerate() {
            for unit in units {
                component_of[unit.index()] = component;
            }
        }
        let words = components.len().div_ceil(BITS);
        let mut rows: Vec<Vec<u64>> = Vec::with_capacity(components.len());
        let mut heights = Vec::with_capacity(components.len());
        for (component, units) in components.iter().enumerate() {
            let (mut row, mut height) = (vec![0; words], 0);
            let to = units.iter().flat_map(|unit| &leans[unit.index()]);
            for to in to.map(|&to| component_of[to]).filter(|&to| to != component) {
                for (word, more) in row.iter_mut().zip(&rows[to]) {
                    *word |= more;
                }
                row[to / BITS] |= 1 << (to % BITS);
                height = height.max(heights[to] + 1);
            }
            rows.push(row);
            heights.push(height);
        }
        Self {
            component_of,
            heights,
            rows,
        }
    }

    /// Whether one unit leans on another one.
    pub fn leans(&self, from: usize, to: usize) -> bool {
        let (from, to) = (self.component_of[from], self.component_of[to]);
        from == to || self.rows[from][to / BITS] & 1 << (to % BITS) != 0
    }

    /// How far a unit stands from what it leans on: lower is farther upstream.
    pub fn height(&self, unit: usize) -> usize {
        self.heights[self.component_of[unit]]
    }

    /// For each of `units`, whether it leans on another of them, or another on it.
    pub fn joined(&self, units: &[usize]) -> Vec<bool> {
        let words = self.rows.len().div_ceil(BITS);
        let (mut here, mut upstream) = (vec![0_u64; words], vec![0_u64; words]);
        let mut members = vec![0_u32; self.rows.len()];
        for component in units.iter().map(|&unit| self.component_of[unit]) {
            here[component / BITS] |= 1 << (component % BITS);
            members[component] += 1;
            for (word, more) in upstream.iter_mut().zip(&self.rows[component]) {
                *word |= more;
            }
        }
        let joined = units.iter().map(|&unit| {
            let component = self.component_of[unit];
            members[component] > 1
                || upstream[component / BITS] & 1 << (component % BITS) != 0
                || self.rows[component]
                    .iter()
                    .zip(&here)
                    .any(|(a, b)| a & b != 0)
        });
        joined.collect()
    }
}

const BITS: usize = u64::BITS as usize;
