//! What is drawn: the claim, a box for each origin, and the steps between them.

use crate::corroboration::analysis::{Analysis, Place, Side};
use crate::corroboration::graph::Graph;
use crate::corroboration::inputs::{is_sided, pruned};
use crate::corroboration::leaning::Leaning;
use crate::corroboration::merge::Units;
use crate::corroboration::part::{Part, part};
use crate::corroboration::report::CorroborationReport;
use crate::corroboration::vouch::Vouches;
use crate::corroboration::walk::Walk;
use crate::message::Message;
use crate::model::StatementId;
use crate::model::evidence::Stance;
use crate::model::relation::SourceRelation;
use std::collections::{BTreeMap, BTreeSet};

/// Which side an arrow or a box belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Tint {
    Support,
    Both,
    Refutation,
    Neither,
}

/// What a box is, for its frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Look {
    Claim,
    Plain,
    Counted,
    Untraced,
    OwnWord,
    Circular,
}

/// What a reader is shown of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Its number, as in the sentence: `#5`.
    pub number: String,
    /// Who published it.
    pub publisher: Message,
    /// Its title.
    pub title: Message,
    /// When it was published, if that is known.
    pub published: Option<String>,
    /// Where its box leads, in a drawing that is part of a page.
    pub link: Option<String>,
}

/// A box.
#[derive(Debug, Clone)]
pub(crate) struct SceneBox {
    /// What it is, in a few words.
    pub heading: String,
    /// The claim's words; empty for sources.
    pub words: String,
    /// Its sources, the one that it is called by first. In a box that holds several origins, any of them.
    pub cards: Vec<Card>,
    /// What is to be known of it besides.
    pub remarks: Vec<String>,
    pub look: Look,
    /// "all support passes through it", if the sentence says so.
    pub carries: Option<&'static str>,
    /// The side on which it stands; orders a column.
    pub side: Tint,
    /// How many origins it holds.
    pub origins: usize,
}

/// An arrow from a unit to what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    pub from: usize,
    pub to: usize,
    pub tint: Tint,
    pub label: String,
}

/// The whole picture, without places; node 0 is the claim.
#[derive(Debug)]
pub(crate) struct Scene {
    pub nodes: Vec<SceneBox>,
    pub edges: Vec<Edge>,
}

/// Both sides, walked.
type Sides = [(Tint, Walk); 2];

impl Scene {
    /// The scene of a report on `graph`.
    pub fn new(
        graph: &Graph,
        report: &CorroborationReport,
        claim: &Message,
        card: &dyn Fn(&StatementId) -> Card,
    ) -> Self {
        let whole = graph;
        let graph = &pruned(graph);
        let units = Units::new(graph);
        let sides: Sides = [
            (Tint::Support, Walk::new(graph, &units, Stance::Supports)),
            (Tint::Refutation, Walk::new(graph, &units, Stance::Refutes)),
        ];
        let shown: Vec<usize> = (0..units.all.len())
            .filter(|&unit| sides.iter().any(|(_, walk)| walk.reached[unit]))
            .collect();
        let at: BTreeMap<usize, usize> =
            shown.iter().enumerate().map(|(i, &u)| (u, i + 1)).collect();
        let boxes = Boxes {
            units: &units,
            sides: &sides,
            analysis: &report.analysis,
            vouched: vouched(graph, &units, &sides),
            card,
        };
        let mut nodes = vec![SceneBox {
            heading: "claim".to_owned(),
            words: super::text::shown(claim),
            cards: Vec::new(),
            remarks: Vec::new(),
            look: Look::Claim,
            carries: None,
            side: Tint::Support,
            origins: 0,
        }];
        nodes.extend(shown.iter().map(|&unit| boxes.of(unit)));
        let mut edges = edges(graph, &units, &sides, &at);
        let mut known: BTreeMap<StatementId, usize> = BTreeMap::new();
        for (source, id) in units.ids.iter().enumerate() {
            known.extend(at.get(&units.unit_of[source]).map(|node| (*id, *node)));
        }
        let mut aside: Vec<_> = whole.evidence.iter().filter(|e| !is_sided(e)).collect();
        aside.sort_by_key(|evidence| {
            let node = whole.sources.iter().find(|s| s.id == evidence.source);
            (
                node.map(|node| node.entry),
                evidence.source,
                evidence.stance,
            )
        });
        for evidence in aside {
            let to = *known.entry(evidence.source).or_insert_with(|| {
                let card = card(&evidence.source);
                nodes.push(SceneBox {
                    heading: format!("{} · takes no side, not counted", card.number),
                    words: String::new(),
                    cards: vec![card],
                    remarks: Vec::new(),
                    look: Look::Plain,
                    carries: None,
                    side: Tint::Neither,
                    origins: 1,
                });
                nodes.len() - 1
            });
            edges.push(Edge {
                from: 0,
                to,
                tint: Tint::Neither,
                label: evidence.stance.to_string(),
            });
        }
        edges.sort();
        edges.dedup();
        Self { nodes, edges }
    }
}

/// For each unit those that it is vouched independent of.
fn vouched(graph: &Graph, units: &Units, sides: &Sides) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut vouched: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (_, walk) in sides {
        let leaning = Leaning::new(&walk.leans);
        for (source, others) in Vouches::new(graph, units, &leaning).standing {
            let unit = units.unit_of[source];
            for other in others.into_iter().map(|other| units.unit_of[other]) {
                if walk.reached[unit] && walk.reached[other] {
                    vouched.entry(unit).or_default().insert(other);
                }
            }
        }
    }
    vouched
}

/// Makes the boxes of units.
struct Boxes<'a> {
    units: &'a Units,
    sides: &'a Sides,
    analysis: &'a Analysis,
    vouched: BTreeMap<usize, BTreeSet<usize>>,
    card: &'a dyn Fn(&StatementId) -> Card,
}

impl Boxes<'_> {
    fn of(&self, unit: usize) -> SceneBox {
        let (units, analysis) = (self.units, self.analysis);
        let first = units.ids[units.all[unit].members[0]];
        let is = |places: &[Place]| places.iter().any(|place| place.sources[0] == first);
        let carries = if is(&analysis.both) {
            Some("everything passes through it")
        } else if is(&analysis.carriers_told(&analysis.support)) {
            Some("all support passes through it")
        } else if is(&analysis.carriers_told(&analysis.refutation)) {
            Some("all refutation passes through it")
        } else {
            None
        };
        let (look, kind) = self.kind(unit);
        let named = units.all[unit].named;
        let members = units.all[unit].members.iter().copied();
        let cards: Vec<Card> = [named]
            .into_iter()
            .chain(members.filter(|member| *member != named))
            .map(|member| (self.card)(&units.ids[member]))
            .collect();
        let reached = |side: usize| self.sides[side].1.reached[unit];
        SceneBox {
            heading: format!("{} · {kind}", cards[0].number),
            words: String::new(),
            remarks: self.remarks(unit, &is),
            cards,
            look,
            carries,
            side: match (reached(0), reached(1)) {
                (true, false) => Tint::Support,
                (false, true) => Tint::Refutation,
                _ => Tint::Both,
            },
            origins: 1,
        }
    }

    fn remarks(&self, unit: usize, is: &dyn Fn(&[Place]) -> bool) -> Vec<String> {
        let units = self.units;
        let named = units.all[unit].named;
        let mut remarks = Vec::new();
        if units.never_held[named] {
            remarks.push("named, not seen".to_owned());
        }
        if units.machine_translated[named] {
            remarks.push("machine translation".to_owned());
        }
        for (what, side) in [
            ("support", &self.analysis.support),
            ("refutation", &self.analysis.refutation),
        ] {
            if is(&side.cut) {
                let count = side.cut.len();
                remarks.push(format!("one of {count} that together carry all {what}"));
            }
        }
        if let Some(others) = self.vouched.get(&unit) {
            let number = |unit: &usize| (self.card)(&units.ids[units.all[*unit].named]).number;
            let mut numbers: Vec<String> = others.iter().take(MOST_VOUCHES).map(number).collect();
            if others.len() > MOST_VOUCHES {
                numbers.push(format!("{} more", others.len() - MOST_VOUCHES));
            }
            remarks.push(format!("vouched independent of {}", numbers.join(", ")));
        }
        let copies = |side: &Side| {
            let place = side
                .documents
                .iter()
                .position(|d| is(std::slice::from_ref(d)));
            place.map_or(0, |place| side.copies[place])
        };
        let copies = copies(&self.analysis.support).max(copies(&self.analysis.refutation));
        match (copies, units.all[unit].members.len()) {
            (_, 1) => {}
            (0 | 1, _) => remarks.push("of one origin with it:".to_owned()),
            (copies, _) => remarks.push(format!("one report in {copies} copies; the others:")),
        }
        remarks
    }

    /// What a unit is on the sides that lead to it; if they differ, on each.
    fn kind(&self, unit: usize) -> (Look, String) {
        let sides = [&self.analysis.support, &self.analysis.refutation];
        let mut parts = self.sides.iter().zip(sides);
        let mut part = || {
            let ((_, walk), side) = parts.next()?;
            part(self.units, walk, side, unit)
        };
        match (part(), part()) {
            (Some(one), Some(other)) if one != other => {
                let look = if other.is_counted() { other } else { one };
                let words = format!("support: {}; against: {}", one.words(), other.words());
                (look_of(look), words)
            }
            (Some(one), _) | (None, Some(one)) => (look_of(one), one.words().to_owned()),
            (None, None) => (Look::Plain, String::new()),
        }
    }
}

const fn look_of(part: Part) -> Look {
    match part {
        Part::FirstHand | Part::Vouched => Look::Counted,
        Part::NotShownIndependent | Part::Untraced => Look::Untraced,
        Part::OwnWord(_) => Look::OwnWord,
        Part::Circular => Look::Circular,
        Part::RestsOnOthers => Look::Plain,
    }
}

fn edges(graph: &Graph, units: &Units, sides: &Sides, at: &BTreeMap<usize, usize>) -> Vec<Edge> {
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
        edges.extend(walk.documents.iter().map(|unit| Edge {
            from: 0,
            to: at[unit],
            label: label.to_owned(),
            tint: *tint,
        }));
        let named: BTreeSet<(usize, usize)> = graph
            .evidence
            .iter()
            .filter(|evidence| evidence.stance == stance)
            .flat_map(|evidence| {
                let via = evidence.via.iter();
                via.map(|via| (units.unit(&evidence.source), units.unit(via)))
            })
            .collect();
        for (&unit, _) in at.iter().filter(|(unit, _)| walk.reached[**unit]) {
            for &to in &walk.steps[unit] {
                let label = if named.contains(&(unit, to)) {
                    "names".to_owned()
                } else {
                    let words = relation_words.get(&(unit, to)).into_iter().flatten();
                    words.copied().collect::<Vec<_>>().join(", ")
                };
                let step = (at[&unit], at[&to], label);
                steps.entry(step).or_default().push(*tint);
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

/// More numbers than these are not read.
const MOST_VOUCHES: usize = 4;
