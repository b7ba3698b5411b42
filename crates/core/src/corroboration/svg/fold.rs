//! A drawing of many sources still fits a page: origins of one kind share a box. A column that is still too long shows its
//! first boxes and says how many more there are. The table has all sources.

use super::layout::columns;
use super::scene::{Edge, Look, Scene, SceneBox, Tint};
use std::collections::{BTreeMap, BTreeSet};

/// The same scene with at most [`MOST_COLUMNS`] columns of at most [`MOST_ROWS`] boxes. A small scene stays as it is.
pub(crate) fn fold(scene: Scene) -> Scene {
    let scene = narrow(scene);
    let columns = columns(&scene);
    let mut class: Vec<usize> = (0..scene.nodes.len()).collect();
    let last = columns.iter().copied().max().unwrap_or(0);
    // from the roots inward: what rests on boxes that became one may be alike
    for column in (1..=last).rev() {
        let nodes: Vec<usize> = (0..scene.nodes.len())
            .filter(|&node| columns[node] == column)
            .collect();
        if nodes.len() > MOST_ROWS {
            join_alike(&scene, &nodes, &mut class);
            join_rest(&scene, &nodes, &mut class);
        }
    }
    joined(&scene, &class)
}

/// Where the way to the roots is too long, what stands between the first columns and the last becomes one box.
fn narrow(scene: Scene) -> Scene {
    let columns = columns(&scene);
    let last = columns.iter().copied().max().unwrap_or(0);
    if last < MOST_COLUMNS {
        return scene;
    }
    let between = MOST_COLUMNS - 2..last;
    let first = (0..scene.nodes.len()).find(|&node| between.contains(&columns[node]));
    let class: Vec<usize> = (0..scene.nodes.len())
        .map(|node| match first {
            Some(first) if between.contains(&columns[node]) => first,
            _ => node,
        })
        .collect();
    joined(&scene, &class)
}

/// Whether a box may share one with others: what carries a side, and what has copies, keeps its own.
fn may_join(node: &SceneBox) -> bool {
    node.carries.is_none() && node.cards.len() == node.origins
}

/// Joins the boxes of a column that are the same to the claim, rest on the same, and stand in the same words.
fn join_alike(scene: &Scene, nodes: &[usize], class: &mut [usize]) {
    type Alike<'s> = (
        Look,
        Tint,
        &'s str,
        BTreeSet<(usize, Tint, &'s str)>,
        BTreeSet<(Tint, &'s str)>,
    );
    let mut alike: BTreeMap<Alike<'_>, Vec<usize>> = BTreeMap::new();
    for &node in nodes.iter().filter(|&&node| may_join(&scene.nodes[node])) {
        let this = &scene.nodes[node];
        let kind = this.heading.split_once(" · ").map_or("", |(_, kind)| kind);
        let out = scene.edges.iter().filter(|edge| edge.from == node);
        let out = out.map(|edge| (class[edge.to], edge.tint, edge.label.as_str()));
        let evidence = scene.edges.iter().filter(|e| e.from == 0 && e.to == node);
        let evidence = evidence.map(|edge| (edge.tint, edge.label.as_str()));
        let key = (
            this.look,
            this.side,
            kind,
            out.collect(),
            evidence.collect(),
        );
        alike.entry(key).or_default().push(node);
    }
    for nodes in alike
        .into_values()
        .filter(|nodes| nodes.len() >= FEWEST_ALIKE)
    {
        for &node in &nodes {
            class[node] = nodes[0];
        }
    }
}

/// Joins those of a column that are too many, the least telling ones.
fn join_rest(scene: &Scene, nodes: &[usize], class: &mut [usize]) {
    let mut boxes: Vec<usize> = nodes
        .iter()
        .copied()
        .filter(|&node| class[node] == node)
        .collect();
    if boxes.len() <= MOST_ROWS {
        return;
    }
    boxes.sort_by_key(|&node| {
        let this = &scene.nodes[node];
        let holds = class.iter().filter(|&&other| other == node).count();
        let counted = this.look == Look::Counted;
        (
            this.carries.is_none(),
            holds == 1,
            !counted,
            may_join(this),
            node,
        )
    });
    let rest: BTreeSet<usize> = boxes[MOST_ROWS - 1..].iter().copied().collect();
    let Some(&first) = rest.first() else {
        return;
    };
    for class in class.iter_mut().filter(|class| rest.contains(class)) {
        *class = first;
    }
}

/// One box for each class. A class is named by its first node.
fn joined(scene: &Scene, class: &[usize]) -> Scene {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (node, &class) in class.iter().enumerate() {
        members.entry(class).or_default().push(node);
    }
    let at: BTreeMap<usize, usize> = members.keys().enumerate().map(|(i, c)| (*c, i)).collect();
    let nodes = members
        .values()
        .map(|nodes| together(scene, nodes))
        .collect();
    let mut labels: BTreeMap<(usize, usize, Tint), BTreeSet<&str>> = BTreeMap::new();
    for edge in &scene.edges {
        let (from, to) = (at[&class[edge.from]], at[&class[edge.to]]);
        if from != to {
            labels
                .entry((from, to, edge.tint))
                .or_default()
                .insert(&edge.label);
        }
    }
    let edges = labels.into_iter().map(|((from, to, tint), labels)| Edge {
        from,
        to,
        tint,
        label: labels.into_iter().collect::<Vec<_>>().join(", "),
    });
    Scene {
        edges: edges.collect(),
        nodes,
    }
}

/// Several boxes as one.
fn together(scene: &Scene, nodes: &[usize]) -> SceneBox {
    let boxes: Vec<&SceneBox> = nodes.iter().map(|&node| &scene.nodes[node]).collect();
    if let [only] = boxes[..] {
        return only.clone();
    }
    let origins: usize = boxes.iter().map(|node| node.origins).sum();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for node in &boxes {
        let kind = node.heading.split_once(" · ").map_or("", |(_, kind)| kind);
        *kinds.entry(kind).or_default() += node.origins;
    }
    let mut remarks = Vec::new();
    let mut heading = format!("{origins} more sources");
    if let [kind] = kinds.keys().collect::<Vec<_>>()[..] {
        heading = format!("{origins} sources · {kind}");
    } else {
        remarks.extend(kinds.iter().map(|(kind, count)| format!("{count} {kind}")));
    }
    for node in &boxes {
        if let Some(carries) = node.carries {
            let number = node.cards.first().map_or("", |card| &card.number);
            remarks.push(format!("{number} is among them: {carries}"));
        }
    }
    let looks: BTreeSet<Look> = boxes.iter().map(|node| node.look).collect();
    let sides: BTreeSet<Tint> = boxes.iter().map(|node| node.side).collect();
    let cards = boxes.iter().flat_map(|node| node.cards.iter().cloned());
    SceneBox {
        heading,
        words: String::new(),
        cards: cards.collect(),
        remarks,
        look: if looks.len() == 1 {
            boxes[0].look
        } else {
            Look::Plain
        },
        carries: None,
        side: if sides.len() == 1 {
            boxes[0].side
        } else {
            Tint::Both
        },
        origins,
    }
}

/// The claim's column among them.
pub(crate) const MOST_COLUMNS: usize = 5;
/// So many boxes of six lines fill a page.
pub(crate) const MOST_ROWS: usize = 9;
/// Two boxes are read as fast as one that stands for both.
const FEWEST_ALIKE: usize = 3;
