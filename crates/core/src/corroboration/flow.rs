//! Minimum cuts by maximum flow; only results that are the same for every maximum flow.
//!
//! The set reachable from the source in the residual network is the smallest source side of all minimum cuts. It is
//! unique and does not depend on the flow that the library found. So the choice of graph library cannot change a
//! result.

use petgraph::algo::dinics;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::BTreeMap;

/// A network whose capacities are one or unlimited.
#[derive(Debug)]
pub(crate) struct Network {
    graph: DiGraph<(), u32>,
    source: NodeIndex,
    sink: NodeIndex,
}

impl Network {
    /// A network with this many nodes, and a source and a sink.
    pub fn new(nodes: usize) -> Self {
        let mut graph = DiGraph::new();
        for _ in 0..nodes {
            graph.add_node(());
        }
        let (source, sink) = (graph.add_node(()), graph.add_node(()));
        Self {
            graph,
            source,
            sink,
        }
    }

    /// An arc from the source.
    pub fn supply(&mut self, to: usize, capacity: u32) {
        self.graph
            .add_edge(self.source, NodeIndex::new(to), capacity);
    }

    /// An arc to the sink.
    pub fn drain(&mut self, from: usize, capacity: u32) {
        self.graph
            .add_edge(NodeIndex::new(from), self.sink, capacity);
    }

    /// An arc between two nodes.
    pub fn arc(&mut self, from: usize, to: usize, capacity: u32) {
        self.graph
            .add_edge(NodeIndex::new(from), NodeIndex::new(to), capacity);
    }

    /// The nodes on the source side of the minimum cut that is nearest the source.
    pub fn near_side(&self) -> Vec<bool> {
        let (_, flows) = dinics(&self.graph, self.source, self.sink);
        let mut near = vec![false; self.graph.node_count()];
        let mut open = vec![self.source];
        while let Some(node) = open.pop() {
            if std::mem::replace(&mut near[node.index()], true) {
                continue;
            }
            for arc in self.graph.edges(node) {
                if flows[arc.id().index()] < *arc.weight() {
                    open.push(arc.target());
                }
            }
            for arc in self
                .graph
                .edges_directed(node, petgraph::Direction::Incoming)
            {
                if flows[arc.id().index()] > 0 {
                    open.push(arc.source());
                }
            }
        }
        near
    }
}

/// Splits `nodes` into the parts that `steps` among them connect, in either direction. The cut of a whole is the union
/// of the cuts of its parts, and small networks are fast.
pub(crate) fn parts(nodes: &[usize], steps: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let place: BTreeMap<usize, usize> = nodes.iter().enumerate().map(|(i, &n)| (n, i)).collect();
    let mut union = petgraph::unionfind::UnionFind::<usize>::new(nodes.len());
    for (&node, &at) in &place {
        for to in steps[node].iter().filter_map(|to| place.get(to)) {
            union.union(at, *to);
        }
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (&node, &at) in &place {
        parts.entry(union.find(at)).or_default().push(node);
    }
    parts.into_values().collect()
}

/// No cut goes through an arc of this capacity: it is far above the number of units, and a flow cannot overflow it.
pub(crate) const UNLIMITED: u32 = 1 << 30;
