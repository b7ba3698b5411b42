//! The places of everything: columns from the claim to the roots, rows with few crossings, lanes for long arrows.

use super::canvas::Style;
use super::lines::height;
pub(crate) use super::lines::{BOX, LINE, PAD};
use super::scene::{Edge, Scene, Tint};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;

/// A box, or a lane through a column that a long arrow takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot {
    /// The scene's node; `None` for a lane.
    pub node: Option<usize>,
    pub column: usize,
    pub height: f64,
    /// The upper edge.
    pub top: f64,
}

impl Slot {
    pub fn middle(&self) -> f64 {
        self.top + self.height / 2.0
    }
}

/// Places for a scene.
#[derive(Debug)]
pub(crate) struct Layout {
    /// Boxes first, in the order of the scene's nodes, then lanes.
    pub slots: Vec<Slot>,
    /// For each edge the slots it goes through, its ends included.
    pub routes: Vec<Vec<usize>>,
    /// The left edge of each column, and where the words on the arrows that leave it end.
    pub columns: Vec<(f64, f64)>,
    /// The right edge of everything.
    pub right: f64,
    pub bottom: f64,
}

impl Layout {
    /// Whether an arrow between these slots goes to a later column; within a circle it does not.
    pub fn forward(&self, from: usize, to: usize) -> bool {
        self.slots[from].column < self.slots[to].column
    }

    /// Moves everything so that the uppermost box begins at `top`.
    pub fn begin_at(&mut self, top: f64) {
        let tops = self.slots.iter().map(|slot| slot.top);
        let highest = tops.fold(f64::INFINITY, f64::min);
        for slot in &mut self.slots {
            slot.top = (slot.top - highest + top).round();
        }
        let bottoms = self.slots.iter().map(|slot| slot.top + slot.height);
        self.bottom = bottoms.fold(top, f64::max);
    }
}

/// Places every box and lane.
pub(crate) fn layout(scene: &Scene) -> Layout {
    let columns = columns(scene);
    let last = columns.iter().copied().max().unwrap_or(0);
    let heights = heights(scene, &columns);
    let mut slots: Vec<Slot> = (0..scene.nodes.len())
        .map(|node| Slot {
            node: Some(node),
            column: columns[node],
            height: heights[node],
            top: 0.0,
        })
        .collect();
    let mut routes = Vec::new();
    let mut lanes: BTreeMap<(usize, usize, usize, Tint), usize> = BTreeMap::new();
    for Edge { from, to, tint, .. } in &scene.edges {
        let mut route = vec![*from];
        for column in columns[*from] + 1..columns[*to] {
            let lane = *lanes.entry((*from, *to, column, *tint)).or_insert_with(|| {
                slots.push(Slot {
                    node: None,
                    column,
                    height: LANE,
                    top: 0.0,
                });
                slots.len() - 1
            });
            route.push(lane);
        }
        route.push(*to);
        routes.push(route);
    }
    let mut rows = vec![Vec::new(); last + 1];
    for (slot, Slot { column, .. }) in slots.iter().enumerate() {
        rows[*column].push(slot);
    }
    let side = |slot: usize| slots[slot].node.map(|node| scene.nodes[node].side);
    for row in &mut rows {
        row.sort_by_key(|slot| (side(*slot), *slot));
    }
    let near = neighbours(&slots, &routes);
    order(&mut rows, &near, &slots);
    place(&mut slots, &rows, &near);
    let (columns, right) = across(scene, &columns, last);
    Layout {
        slots,
        routes,
        columns,
        right,
        bottom: 0.0,
    }
}

/// Where each column begins, and where the words beside its boxes end; last, where everything ends. An arrow bends only
/// between the words of one column and the boxes of the next, so it crosses neither.
fn across(scene: &Scene, columns: &[usize], last: usize) -> (Vec<(f64, f64)>, f64) {
    let mut words = vec![0.0_f64; last + 1];
    let mut leaves = vec![false; last + 1];
    for edge in &scene.edges {
        let column = columns[edge.from];
        words[column] = words[column].max(Style::Small.width(&edge.label));
        leaves[column] = true;
    }
    let mut left = MARGIN;
    let mut right = left;
    let mut across = Vec::new();
    for (words, leaves) in words.into_iter().zip(leaves) {
        let end = left
            + BOX
            + if leaves {
                words.ceil() + 2.0 * STUB
            } else {
                0.0
            };
        across.push((left, end));
        right = end + if leaves { BEND } else { 0.0 };
        left = end + BEND;
    }
    (across, right)
}

/// The column of each node: one past the farthest node that leads to it. The nodes of a circle share one; nodes
/// without outgoing steps are last, unless they take no side.
pub(crate) fn columns(scene: &Scene) -> Vec<usize> {
    let mut graph = DiGraph::<(), ()>::new();
    let at: Vec<NodeIndex> = scene.nodes.iter().map(|_| graph.add_node(())).collect();
    for edge in &scene.edges {
        graph.add_edge(at[edge.from], at[edge.to], ());
    }
    let knots = kosaraju_scc(&graph);
    let mut knot_of = vec![0; at.len()];
    for (knot, nodes) in knots.iter().enumerate() {
        for node in nodes {
            knot_of[node.index()] = knot;
        }
    }
    // the library lists components upstream first; the reverse order goes outward from the claim
    let mut column = vec![0; knots.len()];
    for (knot, nodes) in knots.iter().enumerate().rev() {
        for node in nodes {
            for to in graph.neighbors(*node) {
                let to = knot_of[to.index()];
                if to != knot {
                    column[to] = column[to].max(column[knot] + 1);
                }
            }
        }
    }
    let last = column.iter().copied().max().unwrap_or(0);
    for (knot, nodes) in knots.iter().enumerate() {
        let leaves =
            |node: &NodeIndex| graph.neighbors(*node).any(|to| knot_of[to.index()] != knot);
        let aside = |node: &NodeIndex| scene.nodes[node.index()].side == Tint::Neither;
        if !nodes.iter().any(leaves) && !nodes.iter().all(aside) {
            column[knot] = last;
        }
    }
    knot_of.iter().map(|&knot| column[knot]).collect()
}

/// Tall enough for the words, and for every arrow that enters or leaves to have a label of its own.
fn heights(scene: &Scene, columns: &[usize]) -> Vec<f64> {
    let (mut right, mut left) = (
        vec![0_u32; scene.nodes.len()],
        vec![0_u32; scene.nodes.len()],
    );
    for edge in &scene.edges {
        right[edge.from] += 1;
        let back = columns[edge.from] >= columns[edge.to];
        let side = if back { &mut right } else { &mut left };
        side[edge.to] += 1;
    }
    (0..scene.nodes.len())
        .map(|node| {
            let arrows = f64::from(right[node].max(left[node])) * PORT + PAD;
            height(&scene.nodes[node]).max(arrows)
        })
        .collect()
}

/// For each slot those it is joined with in the columns before and after.
fn neighbours(slots: &[Slot], routes: &[Vec<usize>]) -> [Vec<Vec<usize>>; 2] {
    let mut near = [vec![Vec::new(); slots.len()], vec![Vec::new(); slots.len()]];
    for route in routes {
        for pair in route.windows(2) {
            if slots[pair[0]].column < slots[pair[1]].column {
                near[0][pair[1]].push(pair[0]);
                near[1][pair[0]].push(pair[1]);
            }
        }
    }
    near
}

/// Sorts each column by the mean row of its neighbours, forwards and backwards.
fn order(rows: &mut [Vec<usize>], near: &[Vec<Vec<usize>>; 2], slots: &[Slot]) {
    let mut row_of = vec![0.0; slots.len()];
    let renumber = |row: &[usize], row_of: &mut [f64]| {
        let mut next = 0.0;
        for &slot in row {
            row_of[slot] = next;
            next += 1.0;
        }
    };
    for row in rows.iter() {
        renumber(row, &mut row_of);
    }
    for sweep in 0..SWEEPS {
        let forth = sweep % 2 == 0;
        for step in 0..rows.len() {
            let column = if forth { step } else { rows.len() - 1 - step };
            let near = &near[usize::from(!forth)];
            let wish: BTreeMap<usize, f64> = rows[column]
                .iter()
                .map(|&slot| {
                    (
                        slot,
                        mean(&near[slot], |n| row_of[n]).unwrap_or(row_of[slot]),
                    )
                })
                .collect();
            rows[column].sort_by(|a, b| wish[a].total_cmp(&wish[b]));
            renumber(&rows[column], &mut row_of);
        }
    }
}

/// Moves each column as close to its neighbours as order and gaps allow.
fn place(slots: &mut [Slot], rows: &[Vec<usize>], near: &[Vec<Vec<usize>>; 2]) {
    for row in rows {
        let mut top = 0.0;
        for &slot in row {
            slots[slot].top = top;
            top += slots[slot].height + GAP;
        }
    }
    for sweep in 0..SWEEPS {
        let forth = sweep % 2 == 0;
        for step in 0..rows.len() {
            let row = &rows[if forth { step } else { rows.len() - 1 - step }];
            let near = &near[usize::from(!forth)];
            let wishes: Vec<f64> = row
                .iter()
                .map(|&slot| {
                    let own = slots[slot];
                    let middle = mean(&near[slot], |n| slots[n].middle()).unwrap_or(own.middle());
                    middle - own.height / 2.0
                })
                .collect();
            settle(slots, row, &wishes);
        }
    }
}

/// The tops nearest to `wishes` (least squares) that keep order and gaps: neighbours that would overlap are pooled.
fn settle(slots: &mut [Slot], row: &[usize], wishes: &[f64]) {
    let mut offset = 0.0;
    let mut pools: Vec<(f64, f64)> = Vec::new();
    let mut offsets = Vec::new();
    for (&slot, wish) in row.iter().zip(wishes) {
        offsets.push(offset);
        pools.push((wish - offset, 1.0));
        while let [.., (a, n), (b, m)] = pools[..]
            && a > b
        {
            pools.truncate(pools.len() - 2);
            pools.push(((a * n + b * m) / (n + m), n + m));
        }
        offset += slots[slot].height + GAP;
    }
    let mut at = 0;
    for (top, mut count) in pools {
        while count > 0.5 {
            slots[row[at]].top = top + offsets[at];
            at += 1;
            count -= 1.0;
        }
    }
}

fn mean(of: &[usize], value: impl Fn(usize) -> f64) -> Option<f64> {
    let count = u32::try_from(of.len()).ok().filter(|count| *count > 0)?;
    Some(of.iter().map(|&n| value(n)).sum::<f64>() / f64::from(count))
}

/// The room in which arrows bend.
const BEND: f64 = 84.0;
/// The line before and after the words on an arrow.
pub(crate) const STUB: f64 = 9.0;
/// The room between two arrows at one box: a label's height.
pub(crate) const PORT: f64 = 17.0;
/// The room around everything.
pub(crate) const MARGIN: f64 = 24.0;
const GAP: f64 = 22.0;
const LANE: f64 = 14.0;
const SWEEPS: usize = 12;
