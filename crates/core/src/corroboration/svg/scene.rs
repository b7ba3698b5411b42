//! What is drawn: the claim, a box for each unit of a side, and the steps between them.

use crate::corroboration::analysis::{Analysis, Place, Side};
use crate::corroboration::graph::Graph;
use crate::corroboration::inputs::pruned;
use crate::corroboration::leaning::Leaning;
use crate::corroboration::merge::Units;
use crate::corroboration::report::CorroborationReport;
use crate::corroboration::vouch::Vouches;
use crate::corroboration::walk::{RootKind, Walk};
use crate::message::Message;
use crate::model::StatementId;
use crate::model::assessment::OriginKind;
use crate::model::evidence::Stance;
use crate::model::relation::SourceRelation;
use std::collections::{BTreeMap, BTreeSet};

/// Which side an edge belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tint {
    Support,
    Both,
    Refutation,
}

/// What a box is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Claim,
    Plain,
    Traced,
    Untraced,
    OwnWord,
    Circular,
}

/// A box.
#[derive(Debug, Clone)]
pub(crate) struct SceneBox {
    /// What it is, in a word or two above the names; may be empty.
    pub heading: String,
    /// What it says: the claim's words, or the names of its sources, each with a remark.
    pub names: Vec<(Message, Option<&'static str>)>,
    pub look: Look,
    /// "chokepoint of …", if it is one.
    pub chokepoint: Option<&'static str>,
    /// The side a document stands on; orders the first column.
    pub side: Tint,
}

/// An arrow from a unit to what it depends on.
#[derive(Debug, Clone)]
pub(crate) struct Edge {
    pub from: usize,
    pub to: usize,
    pub label: String,
    pub tint: Tint,
}

/// The whole picture, without places; node 0 is the claim.
#[derive(Debug)]
pub(crate) struct Scene {
    pub nodes: Vec<SceneBox>,
    pub edges: Vec<Edge>,
    /// Pairs of boxes that are vouched independent.
    pub vouches: Vec<(usize, usize)>,
}

impl Scene {
    /// The scene of a report on `graph`.
    pub fn new(graph: &Graph, report: &CorroborationReport, claim: &Message) -> Self {
        let graph = &pruned(graph);
        let units = Units::new(graph);
        let sides = [
            (Tint::Support, Walk::new(graph, &units, Stance::Supports)),
            (Tint::Refutation, Walk::new(graph, &units, Stance::Refutes)),
        ];
        let shown: Vec<usize> = (0..units.all.len())
            .filter(|&unit| sides.iter().any(|(_, walk)| walk.reached[unit]))
            .collect();
        let at: BTreeMap<usize, usize> =
            shown.iter().enumerate().map(|(i, &u)| (u, i + 1)).collect();
        let mut nodes = vec![SceneBox {
            heading: "claim".to_owned(),
            names: vec![(claim.clone(), None)],
            look: Look::Claim,
            chokepoint: None,
            side: Tint::Both,
        }];
        nodes.extend(shown.iter().map(|&unit| node(&units, &sides, report, unit)));
        let mut vouches = BTreeSet::new();
        for (_, walk) in &sides {
            let leaning = Leaning::new(&walk.leans);
            let standing = Vouches::new(graph, &units, &leaning).standing;
            for (source, others) in &standing {
                for other in others {
                    let (a, b) = (units.unit_of[*source], units.unit_of[*other]);
                    if let (Some(&a), Some(&b), true) = (at.get(&a), at.get(&b), a < b) {
                        vouches.insert((a, b));
                    }
                }
            }
        }
        Self {
            nodes,
            edges: edges(graph, &units, &sides, &at),
            vouches: vouches.into_iter().collect(),
        }
    }
}

fn node(
    units: &Units,
    sides: &[(Tint, Walk); 2],
    report: &CorroborationReport,
    unit: usize,
) -> SceneBox {
    let analysis = &report.analysis;
    let members = &units.all[unit].members;
    let first = units.ids[members[0]];
    let is = |places: &[Place]| places.iter().any(|place| place.sources[0] == first);
    let chokepoint = match (
        is(&analysis.support.chokepoints),
        is(&analysis.refutation.chokepoints),
    ) {
        (true, true) => Some("chokepoint of both sides"),
        (true, false) => Some("chokepoint of support"),
        (false, true) => Some("chokepoint of refutation"),
        (false, false) => None,
    };
    let (look, kind) = kind(analysis, sides, unit, &is);
    let document = |walk: &Walk| walk.documents.binary_search(&unit).is_ok();
    let (supports, refutes) = (document(&sides[0].1), document(&sides[1].1));
    let mut heading: Vec<String> = Vec::new();
    if supports || refutes {
        heading.push("document".to_owned());
    }
    if members.len() > 1 {
        heading.push("one origin".to_owned());
    }
    heading.extend(kind);
    let name = |id: &StatementId| {
        report
            .names
            .get(id)
            .cloned()
            .unwrap_or_else(|| id.short().into())
    };
    let remark = |member: usize| {
        let (unseen, machine) = (units.never_held[member], units.machine_translated[member]);
        match (unseen, machine) {
            (true, _) => Some("named, not seen"),
            (false, true) => Some("machine translation"),
            (false, false) => None,
        }
    };
    let names = members
        .iter()
        .map(|&member| (name(&units.ids[member]), remark(member)));
    SceneBox {
        heading: heading.join(" · "),
        names: names.collect(),
        look,
        chokepoint,
        side: match (
            supports || sides[0].1.reached[unit],
            refutes || sides[1].1.reached[unit],
        ) {
            (true, false) => Tint::Support,
            (false, true) => Tint::Refutation,
            _ => Tint::Both,
        },
    }
}

/// What a unit is at the end of a walk; if the sides differ, for each side.
fn kind(
    analysis: &Analysis,
    sides: &[(Tint, Walk); 2],
    unit: usize,
    is: &dyn Fn(&[Place]) -> bool,
) -> (Look, Option<String>) {
    let kinds = [&analysis.support, &analysis.refutation];
    let ends: Vec<(Look, &str)> = sides
        .iter()
        .zip(kinds)
        .filter_map(|((_, walk), side)| end(walk, side, unit, is))
        .collect();
    match ends[..] {
        [] => (Look::Plain, None),
        [(look, words)] => (look, Some(words.to_owned())),
        [(look, words), (_, same)] if words == same => (look, Some(words.to_owned())),
        [(look, words), (other, more), ..] => {
            let look = if other == Look::Traced { other } else { look };
            (look, Some(format!("support: {words}; against: {more}")))
        }
    }
}

fn end(
    walk: &Walk,
    side: &Side,
    unit: usize,
    is: &dyn Fn(&[Place]) -> bool,
) -> Option<(Look, &'static str)> {
    let Ok(found) = walk.roots.binary_search_by_key(&unit, |(root, _)| *root) else {
        let circular = side.circular.iter().any(|circle| is(circle));
        return circular.then_some((Look::Circular, "circular, origin unknown"));
    };
    Some(match (walk.roots[found].1, is(&side.independent)) {
        (RootKind::FirstHand, true) => (Look::Traced, "traced: first-hand"),
        (RootKind::FirstHand, false) => (Look::Traced, "first-hand, not counted"),
        (RootKind::Untraced, true) => (Look::Traced, "traced: vouched"),
        (RootKind::Untraced, false) => (Look::Untraced, "origin not traced"),
        (RootKind::OwnWord(OriginKind::Claimant), _) => (Look::OwnWord, "claimant's own word"),
        (RootKind::OwnWord(_), _) => (Look::OwnWord, "speaks for the claimant"),
        (RootKind::Appearance, _) => (Look::OwnWord, "where the claim appeared"),
    })
}

fn edges(
    graph: &Graph,
    units: &Units,
    sides: &[(Tint, Walk); 2],
    at: &BTreeMap<usize, usize>,
) -> Vec<Edge> {
    let mut relation_words: BTreeMap<(usize, usize), BTreeSet<&str>> = BTreeMap::new();
    for edge in &graph.relations {
        let words = match edge.relation {
            SourceRelation::WasQuotedFrom => "quotes",
            SourceRelation::WasDerivedFrom => "derived from",
            SourceRelation::HadPrimarySource => "primary source",
            _ => continue,
        };
        let ends = (units.unit(&edge.from), units.unit(&edge.to));
        relation_words.entry(ends).or_default().insert(words);
    }
    let mut edges = Vec::new();
    let mut steps: BTreeMap<(usize, usize, String), Vec<Tint>> = BTreeMap::new();
    for ((tint, walk), (label, stance)) in sides
        .iter()
        .zip([("supports", Stance::Supports), ("refutes", Stance::Refutes)])
    {
        let label = label.to_owned();
        edges.extend(walk.documents.iter().map(|unit| Edge {
            from: 0,
            to: at[unit],
            label: label.clone(),
            tint: *tint,
        }));
        let named: BTreeSet<(usize, usize)> = graph
            .evidence
            .iter()
            .filter(|evidence| evidence.stance == stance)
            .flat_map(|evidence| {
                evidence
                    .via
                    .iter()
                    .map(|via| (units.unit(&evidence.source), units.unit(via)))
            })
            .collect();
        for (&unit, _) in at.iter().filter(|(unit, _)| walk.reached[**unit]) {
            for &to in &walk.steps[unit] {
                let label = if named.contains(&(unit, to)) {
                    "via".to_owned()
                } else {
                    let words = relation_words
                        .get(&(unit, to))
                        .into_iter()
                        .flatten()
                        .copied();
                    words.collect::<Vec<_>>().join(", ")
                };
                steps
                    .entry((at[&unit], at[&to], label))
                    .or_default()
                    .push(*tint);
            }
        }
    }
    edges.extend(steps.into_iter().map(|((from, to, label), tints)| Edge {
        from,
        to,
        label,
        tint: if tints.len() == 2 {
            Tint::Both
        } else {
            tints[0]
        },
    }));
    edges
}
