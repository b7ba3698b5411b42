//! The drawing: words never meet, nothing crosses them, nothing leaves the page, everything is escaped, and the bytes are
//! the same every time.

use super::canvas::{Area, Arrow, Frame, Inscription, Shape};
use super::scene::Card;
use super::text::{measure, wrap};
use super::{Drawing, draw};
use crate::corroboration::graph::{AssessmentMark, EvidenceEdge, Graph, RelationEdge, SourceNode};
use crate::corroboration::report::CorroborationReport;
use crate::encoding::foreign::Foreign;
use crate::message::Message;
use crate::model::StatementId;
use crate::model::assessment::OriginKind;
use crate::model::claim::About;
use crate::model::evidence::Stance;
use crate::model::relation::SourceRelation;
use crate::tlog::EntryIndex;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn id(kind: u8, n: usize) -> StatementId {
    let mut bytes = [0; 32];
    bytes[0] = kind;
    bytes[1..9].copy_from_slice(&n.to_be_bytes());
    StatementId::from_bytes(bytes)
}

fn place(id: &StatementId) -> usize {
    id.as_bytes()[1..9]
        .iter()
        .fold(0, |n, byte| n << 8 | usize::from(*byte))
}

fn empty() -> Graph {
    Graph {
        claim: id(0, 0),
        about: About::Fact,
        appeared_in: BTreeSet::new(),
        policy: None,
        sources: Vec::new(),
        evidence: Vec::new(),
        relations: Vec::new(),
        assessments: Vec::new(),
    }
}

/// Sources by number, with evidence, relations and first-hand assessments.
fn graph(
    sources: usize,
    evidence: &[(usize, Stance)],
    relations: &[(usize, SourceRelation, usize)],
    first_hand: &[usize],
) -> Graph {
    let each = |n| SourceNode::new(id(1, n), EntryIndex::new(n as u64));
    Graph {
        sources: (0..sources).map(each).collect(),
        evidence: (0..)
            .zip(evidence)
            .map(|(n, (source, stance))| EvidenceEdge {
                id: id(2, n),
                source: id(1, *source),
                stance: *stance,
                via: Vec::new(),
            })
            .collect(),
        relations: (0..)
            .zip(relations)
            .map(|(n, (from, relation, to))| RelationEdge {
                id: id(3, n),
                from: id(1, *from),
                to: id(1, *to),
                relation: *relation,
            })
            .collect(),
        assessments: (0..)
            .zip(first_hand)
            .map(|(n, source)| AssessmentMark {
                id: id(4, n),
                source: id(1, *source),
                kind: OriginKind::FirstHand,
            })
            .collect(),
        ..empty()
    }
}

/// Publishers and titles that are hard to place.
pub(super) fn card(id: &StatementId) -> Card {
    let n = place(id);
    let (publisher, title) = [
        ("The <Daily> & “Courier”", "Bridge closes"),
        (
            "وكالة الأنباء",
            "الجسر مغلق منذ يوم الاثنين، بحسب المتحدث باسم البلدية.",
        ),
        (
            "新华社",
            "大桥自星期一起关闭，市政府发言人表示：维修工程将持续至少六个月，费用尚未公布。",
        ),
        (
            "a-very-long-word-without-any-space-in-it-at-all-and-longer-than-a-box",
            "Ä".repeat(90).leak(),
        ),
        ("", ""),
    ][n % 5];
    Card {
        number: format!("#{}", n * 37),
        publisher: Foreign::from(publisher).into(),
        title: Foreign::from(title).into(),
        published: (!n.is_multiple_of(3)).then(|| "2026-03-02".to_owned()),
        link: n.is_multiple_of(2).then(|| format!("../{n}/?a&b")),
    }
}

pub(super) fn report(graph: &Graph) -> CorroborationReport {
    let name = |id: &StatementId| Message::from(format!("#{}", place(id) * 37));
    CorroborationReport::new(graph, &name, None).expect("few enough to count")
}

pub(super) fn drawn(graph: &Graph, claim: &str) -> Drawing {
    Drawing::new(graph, &report(graph), &Foreign::from(claim).into(), &card)
}

/// The shapes, out of their groups.
#[derive(Default)]
struct Flat<'d> {
    texts: Vec<&'d Inscription>,
    arrows: Vec<&'d Arrow>,
    /// Each with how many of the texts are its own: those from the first number to the second.
    boxes: Vec<(&'d Frame, usize, usize)>,
}

fn flat(drawing: &Drawing) -> Flat<'_> {
    let mut flat = Flat::default();
    for shape in &drawing.shapes {
        match shape {
            Shape::Inscription(text) => flat.texts.push(text),
            Shape::Arrow(arrow) => flat.arrows.push(arrow),
            Shape::Frame(_) => {}
            Shape::Group(_, _, inside) => {
                let begin = flat.texts.len();
                let mut outer = None;
                for shape in inside {
                    match shape {
                        Shape::Inscription(text) => flat.texts.push(text),
                        Shape::Frame(frame) => outer = Some(frame),
                        _ => panic!("a box has a frame and words"),
                    }
                }
                flat.boxes
                    .push((outer.expect("a frame"), begin, flat.texts.len()));
            }
        }
    }
    flat
}

/// What no drawing may have.
fn faults(drawing: &Drawing) -> Vec<String> {
    let mut faults = Vec::new();
    let flat = flat(drawing);
    let areas: Vec<Area> = flat.texts.iter().map(|text| text.area()).collect();
    for (n, area) in areas.iter().enumerate() {
        let words = &flat.texts[n].words;
        let page = area.left >= 0.0
            && area.top >= 0.0
            && area.right <= drawing.width
            && area.bottom <= drawing.height;
        if !page {
            faults.push(format!("{words:?} leaves the page: {area:?}"));
        }
        for (m, other) in areas.iter().enumerate().skip(n + 1) {
            if area.meets(other) {
                faults.push(format!("{words:?} meets {:?}", flat.texts[m].words));
            }
        }
        for (frame, begin, end) in &flat.boxes {
            let own = (*begin..*end).contains(&n);
            let whole = frame.area.left <= area.left
                && area.right <= frame.area.right
                && frame.area.top <= area.top
                && area.bottom <= frame.area.bottom;
            if own && !whole {
                faults.push(format!("{words:?} leaves its box"));
            }
            if !own && frame.area.meets(area) {
                faults.push(format!("{words:?} lies on a box"));
            }
        }
    }
    for arrow in &flat.arrows {
        for point in arrow.points() {
            for (n, area) in areas.iter().enumerate() {
                if area.has(point) {
                    faults.push(format!(
                        "a line crosses {:?} at {point:?}",
                        flat.texts[n].words
                    ));
                }
            }
            for (frame, ..) in &flat.boxes {
                if frame.area.has(point) {
                    faults.push(format!("a line crosses a box at {point:?}"));
                }
            }
        }
    }
    for (n, (frame, ..)) in flat.boxes.iter().enumerate() {
        for (other, ..) in &flat.boxes[n + 1..] {
            if frame.area.meets(&other.area) {
                faults.push("two boxes meet".to_owned());
            }
        }
    }
    faults.truncate(5);
    faults
}

pub(super) fn words(drawing: &Drawing) -> Vec<String> {
    flat(drawing)
        .texts
        .iter()
        .map(|text| text.words.clone())
        .collect()
}

pub(super) fn any_graph() -> impl Strategy<Value = Graph> {
    let stances = prop::sample::select(vec![
        Stance::Supports,
        Stance::Supports,
        Stance::Refutes,
        Stance::Mixed,
        Stance::Context,
    ]);
    (1..70_usize).prop_flat_map(move |count| {
        let relation = (0..count, 0..SourceRelation::ALL.len(), 0..count);
        (
            Just(count),
            prop::collection::vec((0..count, stances.clone()), 0..count * 2),
            prop::collection::vec(relation, 0..count * 2),
            prop::collection::vec(0..count, 0..count),
        )
            .prop_map(|(count, evidence, relations, first_hand)| {
                let relations: Vec<_> = relations
                    .into_iter()
                    .filter(|(from, _, to)| from != to)
                    .map(|(from, kind, to)| (from, SourceRelation::ALL[kind], to))
                    .collect();
                graph(count, &evidence, &relations, &first_hand)
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_words_meet_no_line_crosses_them_and_nothing_leaves_the_page(graph in any_graph()) {
        let drawing = drawn(&graph, "The <bridge> closes in April. ".repeat(30).as_str());
        prop_assert_eq!(faults(&drawing), Vec::<String>::new());
        prop_assert_eq!(draw(&graph, &report(&graph), &"x".into(), &card), draw(&graph, &report(&graph), &"x".into(), &card));
    }

    #[test]
    fn lines_fit_and_nothing_is_lost(text in "\\PC{0,80}", width in 40.0..300.0_f64) {
        let lines = wrap(&text, width);
        for line in &lines {
            let letters = unicode_segmentation::UnicodeSegmentation::graphemes(line.as_str(), true).count();
            prop_assert!(measure(line) <= width || letters == 1, "{line:?}");
        }
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(squeezed(&lines.concat()), squeezed(&text));
    }
}

#[test]
fn forty_copies_of_a_wire_are_one_box_with_their_number() {
    let evidence: Vec<_> = (1..42).map(|n| (n, Stance::Supports)).collect();
    let copies: Vec<_> = (1..42)
        .map(|n| (n, SourceRelation::WireCopyOf, 0))
        .collect();
    let drawing = drawn(&graph(42, &evidence, &copies, &[0]), "claim");
    assert_eq!(flat(&drawing).boxes.len(), 2);
    let words = words(&drawing);
    assert!(
        words
            .iter()
            .any(|line| line == "one report in 41 copies; the others:"),
        "{words:?}"
    );
    assert!(words.iter().any(|line| line == "and 38 more"), "{words:?}");
}

#[test]
fn sixty_sources_fit_a_page_and_the_rest_is_counted() {
    let evidence: Vec<_> = (0..60).map(|n| (n, Stance::Supports)).collect();
    for first_hand in [vec![], (0..30).collect::<Vec<_>>(), (0..60).collect()] {
        let drawing = drawn(&graph(60, &evidence, &[], &first_hand), "claim");
        assert!(
            drawing.height < 1_700.0 && drawing.width < 1_700.0,
            "{}",
            drawing.height
        );
        let words = words(&drawing);
        assert!(
            words
                .iter()
                .any(|line| line.starts_with("and ") && line.ends_with(" more"))
        );
        assert!(
            words
                .iter()
                .any(|line| line.starts_with("There are 60 sources")),
            "{words:?}"
        );
    }
    // a chain as long as that
    let chain: Vec<_> = (0..59)
        .map(|n| (n, SourceRelation::WasQuotedFrom, n + 1))
        .collect();
    let drawing = drawn(&graph(60, &[(0, Stance::Supports)], &chain, &[]), "claim");
    assert!(drawing.width < 2_200.0, "{}", drawing.width);
    assert_eq!(faults(&drawing), Vec::<String>::new());
}

#[test]
fn mixed_evidence_and_context_are_drawn() {
    let evidence = [
        (0, Stance::Supports),
        (1, Stance::Mixed),
        (2, Stance::Context),
    ];
    let words = words(&drawn(&graph(3, &evidence, &[], &[0]), "claim"));
    for label in ["supports", "mixed", "context"] {
        assert!(
            words.iter().any(|line| line == label),
            "{label} in {words:?}"
        );
    }
    let aside = "#37 · takes no side, not counted";
    assert!(words.iter().any(|line| line == aside), "{words:?}");
}

#[test]
fn what_carries_a_side_is_marked_where_the_sentence_says_so_and_nowhere_else() {
    let carries = |graph: &Graph| {
        let marked = words(&drawn(graph, "claim"));
        let marked = marked
            .iter()
            .filter(|l| l.ends_with("passes through it"))
            .count();
        // the legend has one more
        (
            marked.saturating_sub(1),
            report(graph)
                .sentence
                .to_string()
                .contains("passes through"),
        )
    };
    let lone = graph(2, &[(0, Stance::Supports), (1, Stance::Refutes)], &[], &[0]);
    assert_eq!(carries(&lone), (0, false));
    let quoted = |n| (n, SourceRelation::WasQuotedFrom, 2);
    let both = [(0, Stance::Supports), (1, Stance::Supports)];
    let shared = graph(3, &both, &[quoted(0), quoted(1)], &[]);
    assert_eq!(carries(&shared), (1, true));
    let sides = [(0, Stance::Supports), (0, Stance::Refutes)];
    assert_eq!(carries(&graph(3, &sides, &[quoted(0)], &[])), (2, true));
}

#[test]
fn no_mark_stands_alone_before_a_word_that_is_broken() {
    let text = format!("“{}", "橋".repeat(60));
    assert!(measure(&wrap(&text, 200.0)[0]) > 150.0);
    let text = format!("• {}", "橋".repeat(60));
    assert!(measure(&wrap(&text, 200.0)[0]) > 150.0);
    // and a line does not begin with the sign that ends a clause
    assert!(
        wrap(&"橋，".repeat(40), 199.0)
            .iter()
            .all(|line| line.starts_with('橋'))
    );
}

#[test]
fn text_from_right_to_left_begins_at_the_right() {
    // each line, also one that has no Arabic letter
    let claim = format!("الجسر مغلق. {} الجسر", "Elma ".repeat(12));
    let drawing = drawn(&graph(2, &[(1, Stance::Supports)], &[], &[]), &claim);
    let svg: String = drawing.shapes.iter().map(Shape::svg).collect();
    let lines: Vec<&str> = svg.lines().filter(|line| line.contains("Elma")).collect();
    assert!(lines.len() > 2);
    for line in lines.iter().filter(|line| line.starts_with("<text")) {
        let from_right = line.contains("direction=\"rtl\" unicode-bidi=\"isolate\"");
        assert!(from_right, "{line}");
    }
    let flat = flat(&drawing);
    let (frame, begin, end) = flat.boxes[0];
    let words = flat.texts[begin..end].iter().find(|t| t.right_to_left);
    let area = words.expect("the claim").area();
    assert!((frame.area.right - area.right - super::PAD).abs() < 0.1);
}

#[test]
fn those_who_cannot_see_it_get_the_sentence_and_the_notes() {
    let graph = graph(2, &[(0, Stance::Supports), (1, Stance::Mixed)], &[], &[0]);
    let svg = draw(&graph, &report(&graph), &"claim".into(), &card);
    assert!(svg.contains("role=\"group\" aria-labelledby=\"title desc\""));
    let plain = |id: &StatementId| Card {
        link: None,
        ..card(id)
    };
    let image = draw(&graph, &report(&graph), &"claim".into(), &plain);
    assert!(image.contains("role=\"img\" aria-labelledby=\"title desc\""));
    assert!(svg.contains("<title id=\"title\">claim</title>"));
    assert!(svg.contains("<desc id=\"desc\">Support: one document, resting on at least"));
    assert!(svg.contains("Mixed evidence, on neither side: #37"));
}

/// The relative luminance of WCAG 2.2, of a colour such as `#1b6e34`.
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let byte = u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour");
        let value = f64::from(byte) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

#[test]
fn text_and_lines_stand_out_from_what_is_behind_them_also_in_shades_of_grey() {
    use super::scene::{Look, Tint};
    let contrast = |a: &str, b: &str| {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    };
    let area = Area {
        left: 0.0,
        top: 0.0,
        right: 1.0,
        bottom: 1.0,
    };
    let looks = [
        Look::Claim,
        Look::Plain,
        Look::Counted,
        Look::Untraced,
        Look::OwnWord,
        Look::Circular,
    ];
    let mut frames = BTreeSet::new();
    for look in looks {
        let frame = super::frame(look, false, area);
        for text in ["#111111", "#444444"] {
            assert!(contrast(text, frame.fill) >= 7.0, "{look:?}");
        }
        assert!(contrast(frame.stroke, "#ffffff") >= 3.0, "{look:?}");
        frames.insert((frame.dash, frame.thick > 2.0));
    }
    // solid and thin: the claim, and what rests on others
    assert_eq!(frames.len(), looks.len() - 1);
    let tints = [Tint::Support, Tint::Refutation, Tint::Both, Tint::Neither];
    let lines = tints.map(super::ink);
    assert!(
        lines
            .iter()
            .all(|ink| contrast(ink.colour, "#ffffff") >= 4.5)
    );
    let kinds: BTreeSet<_> = lines
        .iter()
        .map(|ink| (ink.dash, ink.thick > 2.0))
        .collect();
    assert_eq!(kinds.len(), 4);
}

#[test]
fn text_is_escaped() {
    let graph = graph(1, &[(0, Stance::Supports)], &[], &[]);
    let claim = "</title><script>alert(\"1\")</script> & \u{0}";
    let svg = draw(&graph, &report(&graph), &Foreign::from(claim).into(), &card);
    assert!(!svg.contains("<script"));
    assert!(!svg.contains('\u{0}'));
    assert!(svg.contains("&lt;script&gt;alert('1')&lt;/script&gt; &amp; &lt;U+0000&gt;"));
    assert!(svg.contains("“The &lt;Daily&gt; &amp; ‘Courier’”"));
}
