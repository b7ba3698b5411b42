//! The drawing: nothing is cut, everything is escaped, nothing overlaps, and the bytes are the same every time.

use super::layout::{BOX, PAD, layout, lines};
use super::scene::Scene;
use super::text::{measure, wrap};
use super::{Written, draw};
use crate::corroboration::graph::{EvidenceEdge, Graph, RelationEdge, SourceNode};
use crate::corroboration::report::CorroborationReport;
use crate::encoding::foreign::Foreign;
use crate::message::Message;
use crate::model::StatementId;
use crate::model::claim::About;
use crate::model::evidence::Stance;
use crate::model::relation::SourceRelation;
use crate::tlog::EntryIndex;
use std::collections::BTreeSet;

fn id(kind: u8, n: u8) -> StatementId {
    let mut bytes = [0; 32];
    (bytes[0], bytes[1]) = (kind, n);
    StatementId::from_bytes(bytes)
}

/// Twenty sources: copies, a circle, long ways, both sides.
fn graph() -> Graph {
    let relation = |n: u8, from: u8, relation, to: u8| RelationEdge {
        id: id(3, n),
        from: id(1, from),
        to: id(1, to),
        relation,
    };
    let mut relations = vec![
        relation(0, 1, SourceRelation::WireCopyOf, 2),
        relation(1, 3, SourceRelation::WasQuotedFrom, 4),
        relation(2, 4, SourceRelation::WasQuotedFrom, 3),
        relation(3, 18, SourceRelation::IndependentOf, 19),
    ];
    relations.extend((5..15).map(|n| relation(n, n, SourceRelation::WasDerivedFrom, 15 + n % 5)));
    relations.extend((5..10).map(|n| relation(n + 20, n, SourceRelation::WasQuotedFrom, n + 1)));
    Graph {
        claim: id(0, 0),
        about: About::Fact,
        appeared_in: BTreeSet::new(),
        policy: None,
        sources: (0..20)
            .map(|n| SourceNode {
                never_held: n > 15,
                machine_translated: n == 7,
                ..SourceNode::new(id(1, n), EntryIndex::new(n.into()))
            })
            .collect(),
        evidence: (0..15)
            .map(|n| EvidenceEdge {
                id: id(2, n),
                source: id(1, n),
                stance: if n % 4 == 0 {
                    Stance::Refutes
                } else {
                    Stance::Supports
                },
                via: Vec::new(),
            })
            .collect(),
        relations,
        assessments: Vec::new(),
    }
}

fn name(id: &StatementId) -> Message {
    let title = format!(
        "The <{}> & Daily “Courier” of a-very-long-word-without-any-space-in-it-at-all, number {}",
        id.as_bytes()[1],
        id.short()
    );
    Foreign::from(title).into()
}

#[test]
fn boxes_do_not_overlap_and_no_arrow_lane_crosses_a_box() {
    let graph = graph();
    let report = CorroborationReport::new(&graph, &name, None).unwrap();
    let scene = Scene::new(&graph, &report, &"claim".into());
    let mut layout = layout(&scene);
    layout.begin_at(0.0);
    for (n, one) in layout.slots.iter().enumerate() {
        for other in &layout.slots[n + 1..] {
            let apart = one.top + one.height <= other.top || other.top + other.height <= one.top;
            assert!(one.column != other.column || apart, "{one:?} {other:?}");
        }
    }
    for route in &layout.routes {
        for pair in route.windows(2) {
            let step = layout.slots[pair[1]]
                .column
                .abs_diff(layout.slots[pair[0]].column);
            assert!(step <= 1, "an arrow jumps over a column");
        }
    }
}

#[test]
fn no_label_is_cut_and_every_line_fits() {
    let graph = graph();
    let report = CorroborationReport::new(&graph, &name, None).unwrap();
    let scene = Scene::new(&graph, &report, &"claim".into());
    let squeezed = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
    };
    for node in 0..scene.nodes.len() {
        let mut written = String::new();
        for line in lines(&scene, node) {
            if let Written::Name(words) = &line {
                assert!(measure(words) <= BOX - 2.0 * PAD, "{words}");
                written += words;
            }
        }
        for (name, _) in &scene.nodes[node].names {
            assert!(
                squeezed(&written).contains(&squeezed(&name.to_string())),
                "{name} is not whole in {written}"
            );
        }
    }
}

#[test]
fn text_is_escaped() {
    let graph = graph();
    let claim = "</title><script>alert(\"1\")</script> & \u{0}";
    let svg = draw(
        &graph,
        &CorroborationReport::new(&graph, &name, None).unwrap(),
        &Foreign::from(claim).into(),
    );
    assert!(!svg.contains("<script"));
    assert!(!svg.contains('\u{0}'));
    assert!(svg.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &lt;U+0000&gt;"));
}

#[test]
fn a_combining_mark_stays_with_its_letter() {
    let word = "e\u{301}".repeat(40);
    let lines = wrap(&word, 60.0);
    assert!(lines.len() > 1);
    assert!(lines.iter().all(|line| line.starts_with('e')));
    assert_eq!(lines.concat(), word);
}

#[test]
fn marks_chokepoints_and_roots() {
    let mut graph = graph();
    graph.evidence.truncate(2);
    graph.evidence[0].source = id(1, 5);
    graph.evidence[1].source = id(1, 5);
    graph
        .relations
        .retain(|r| r.from != id(1, 5) || r.relation == SourceRelation::WasDerivedFrom);
    let svg = draw(
        &graph,
        &CorroborationReport::new(&graph, &name, None).unwrap(),
        &"claim".into(),
    );
    // document 5 and its root 15, each on both sides
    assert_eq!(svg.matches("chokepoint of both sides").count(), 2);
    let said = |line: &&str| line.contains("derived from") && !line.contains("aria-hidden");
    assert_eq!(svg.lines().filter(said).count(), 1);
    assert!(svg.contains(">origin not traced</text>"));
}
