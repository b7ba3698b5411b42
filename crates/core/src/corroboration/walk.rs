//! The walk of one side: from the documents in evidence through dependence to the roots.
//!
//! Where the text of the method leaves room:
//! - `via` belongs to its side, also where a unit in evidence is only passed through.
//! - A `via` inside its own unit counts as none. So if one document names another and is then declared the same, what the
//!   document as a whole leans on comes to light: the one way in which "same origin" can lead to a further root.
//! - A unit is own word by appearance if one of its members that nobody assessed is listed in the claim's appearances. A
//!   first-hand member goes before that, because an assessment ends the walk and the rule is about unassessed roots.

use super::assess::AssessedOrigin;
use super::graph::Graph;
use super::merge::{UnitOrigin, Units, dependence};
use crate::model::claim::About;
use crate::model::evidence::Stance;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeSet;

/// What a root is to the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RootKind {
    /// It observed what it reports.
    FirstHand,
    /// It is assessed as the word of the claimant or of somebody who speaks for them.
    OwnWord(crate::model::assessment::OriginKind),
    /// It was not assessed, and the claim appeared in it: it counts as the claimant's word.
    Appearance,
    /// It is not known where it has its knowledge from.
    Untraced,
}

/// One side of a claim, walked to its roots.
#[derive(Debug)]
pub(crate) struct Walk {
    /// The units with evidence on this side, ascending.
    pub documents: Vec<usize>,
    /// Where the walk goes from each unit; empty where an assessment ends it.
    pub steps: Vec<Vec<usize>>,
    /// Everything each unit depends on, through `via` of this side and through relations, wherever the walk goes.
    pub leans: Vec<Vec<usize>>,
    /// Whether the walk reached the unit.
    pub reached: Vec<bool>,
    /// The roots, by unit ascending.
    pub roots: Vec<(usize, RootKind)>,
    /// Cycles without an exit, each ascending.
    pub circular: Vec<Vec<usize>>,
}

impl Walk {
    /// Walks the side of `stance`.
    pub fn new(graph: &Graph, units: &Units, stance: Stance) -> Self {
        let count = units.all.len();
        let (mut via, mut relations) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        let mut documents = BTreeSet::new();
        for evidence in graph.evidence.iter().filter(|e| e.stance == stance) {
            let unit = units.unit(&evidence.source);
            documents.insert(unit);
            via[unit].extend(evidence.via.iter().map(|id| units.unit(id)));
        }
        for edge in graph.relations.iter().filter(|e| dependence(e.relation)) {
            relations[units.unit(&edge.from)].push(units.unit(&edge.to));
        }
        let (mut steps, mut leans) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for (unit, (via, relations)) in via.into_iter().zip(relations).enumerate() {
            let outside = |to: &usize| *to != unit;
            let via: BTreeSet<usize> = via.into_iter().filter(outside).collect();
            let relations: BTreeSet<usize> = relations.into_iter().filter(outside).collect();
            leans.push(via.union(&relations).copied().collect());
            steps.push(match units.all[unit].standing {
                UnitOrigin::FirstHand | UnitOrigin::OwnWord(_) => Vec::new(),
                UnitOrigin::Open if via.is_empty() => relations.into_iter().collect(),
                UnitOrigin::Open => via.into_iter().collect(),
            });
        }
        let documents: Vec<usize> = documents.into_iter().collect();
        let reached = reach(&steps, &documents);
        let roots = roots(graph, units, &steps, &reached);
        let circular = circular(&steps, &reached);
        Self {
            documents,
            steps,
            leans,
            reached,
            roots,
            circular,
        }
    }
}

/// The units that `steps` lead to from `start`, `start` included.
pub(crate) fn reach(steps: &[Vec<usize>], start: &[usize]) -> Vec<bool> {
    let mut reached = vec![false; steps.len()];
    let mut open = start.to_vec();
    while let Some(unit) = open.pop() {
        if !std::mem::replace(&mut reached[unit], true) {
            open.extend(steps[unit].iter().filter(|&&to| !reached[to]));
        }
    }
    reached
}

fn roots(
    graph: &Graph,
    units: &Units,
    steps: &[Vec<usize>],
    reached: &[bool],
) -> Vec<(usize, RootKind)> {
    let is_root = |unit: &usize| reached[*unit] && steps[*unit].is_empty();
    let appeared = |source: usize| {
        graph.about != About::Utterance
            && units.judged[source] == AssessedOrigin::Unassessed
            && graph.appeared_in.contains(&units.ids[source])
    };
    let kind = |unit: usize| match units.all[unit].standing {
        UnitOrigin::FirstHand => RootKind::FirstHand,
        UnitOrigin::OwnWord(kind) => RootKind::OwnWord(kind),
        UnitOrigin::Open if units.all[unit].members.iter().any(|&m| appeared(m)) => {
            RootKind::Appearance
        }
        UnitOrigin::Open => RootKind::Untraced,
    };
    let roots = (0..steps.len()).filter(is_root);
    roots.map(|unit| (unit, kind(unit))).collect()
}

/// Strongly connected components of more than one unit that no step leaves.
fn circular(steps: &[Vec<usize>], reached: &[bool]) -> Vec<Vec<usize>> {
    let mut graph = DiGraph::<(), ()>::new();
    let nodes: Vec<NodeIndex> = steps.iter().map(|_| graph.add_node(())).collect();
    for (unit, to) in steps.iter().enumerate().filter(|(unit, _)| reached[*unit]) {
        for &to in to {
            graph.add_edge(nodes[unit], nodes[to], ());
        }
    }
    let mut circles = Vec::new();
    for component in kosaraju_scc(&graph) {
        let mut circle: Vec<usize> = component.iter().map(|node| node.index()).collect();
        circle.sort_unstable();
        let stays = |unit: &usize| {
            let mut to = steps[*unit].iter();
            to.all(|to| circle.binary_search(to).is_ok())
        };
        if circle.len() > 1 && circle.iter().all(stays) {
            circles.push(circle);
        }
    }
    circles.sort_unstable();
    circles
}
