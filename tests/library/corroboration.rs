//! Corroboration: small graphs with answers worked out by hand, and what must hold for every graph.

use claimledger_core::corroboration::graph::{
    AssessmentMark, EvidenceEdge, RelationEdge, SourceNode,
};
use claimledger_core::corroboration::svg::Card;
use claimledger_core::corroboration::{
    Analysis, Conflict, CorroborationReport, Graph, Place, Requirement, Side, TooLarge, freeze,
    inputs,
};
use claimledger_core::crypto::{Digest, sha256};
use claimledger_core::model::StatementId;
use claimledger_core::model::evidence::Stance;
use claimledger_core::model::relation::SourceRelation;
use claimledger_core::model::scale::Needs;
use claimledger_core::{EntryIndex, Message};
use proptest::prelude::*;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// A vector: a sentence, a graph in short names, and the answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Vector {
    shows: String,
    about: claimledger_core::model::claim::About,
    #[serde(default)]
    appeared_in: Vec<String>,
    #[serde(default)]
    never_held: Vec<String>,
    #[serde(default)]
    machine_translated: Vec<String>,
    /// `source address [bytes]`
    #[serde(default)]
    addresses: Vec<String>,
    /// `source publisher`
    #[serde(default)]
    publishers: Vec<String>,
    #[serde(default)]
    unnamed: Vec<String>,
    /// `source stance [via source…]`
    evidence: Vec<String>,
    /// `source relation source`
    #[serde(default)]
    relations: Vec<String>,
    /// `source kind`
    #[serde(default)]
    assessments: Vec<String>,
    policy: u64,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Expect {
    support: ExpectSide,
    refutation: ExpectSide,
    #[serde(default)]
    both: Vec<String>,
    #[serde(default)]
    conflicts: Vec<String>,
    #[serde(default)]
    translations_without_original: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ExpectSide {
    documents: u64,
    independent: u64,
    untraced: u64,
    own_word: u64,
    circular: u64,
    #[serde(default)]
    independent_names: Vec<String>,
    #[serde(default)]
    untraced_names: Vec<String>,
    #[serde(default)]
    own_word_names: Vec<String>,
    #[serde(default)]
    beside_names: Vec<String>,
    #[serde(default)]
    circles: Vec<Vec<String>>,
    chokepoints: Vec<String>,
    #[serde(default)]
    cut: Vec<String>,
    policy: String,
}

/// Names sort as their ids do.
fn id(kind: u8, name: &str) -> StatementId {
    let mut bytes = [0; 32];
    bytes[0] = kind;
    bytes[1..=name.len()].copy_from_slice(name.as_bytes());
    StatementId::from_bytes(bytes)
}

const SOURCE: u8 = 1;
const STATEMENT: u8 = 2;

fn source(name: &str) -> StatementId {
    id(SOURCE, name)
}

fn graph(vector: &Vector) -> Graph {
    let mut names = BTreeSet::new();
    let mut evidence = Vec::new();
    for (n, line) in vector.evidence.iter().enumerate() {
        let words: Vec<&str> = line.split(' ').collect();
        let via = words.get(3..).unwrap_or_default();
        assert!(words.len() == 2 || words[2] == "via", "{line}");
        names.insert(words[0]);
        names.extend(via);
        evidence.push(EvidenceEdge {
            id: id(STATEMENT, &format!("e{n:02}")),
            source: source(words[0]),
            stance: words[1].parse().expect("a stance"),
            via: via.iter().map(|name| source(name)).collect(),
        });
    }
    let mut relations = Vec::new();
    for (n, line) in vector.relations.iter().enumerate() {
        let words: Vec<&str> = line.split(' ').collect();
        names.extend([words[0], words[2]]);
        relations.push(RelationEdge {
            id: id(STATEMENT, &format!("r{n:02}")),
            from: source(words[0]),
            to: source(words[2]),
            relation: words[1].parse().expect("a relation"),
        });
    }
    let mut assessments = Vec::new();
    for (n, line) in vector.assessments.iter().enumerate() {
        let (name, kind) = line.split_once(' ').expect("source and kind");
        names.insert(name);
        assessments.push(AssessmentMark {
            id: id(STATEMENT, &format!("a{n:02}")),
            source: source(name),
            kind: kind.parse().expect("a kind of origin"),
        });
    }
    let within = |list: &[String], name: &str| list.iter().any(|item| item == name);
    let word = |list: &[String], name: &str, at: usize| {
        let mut lines = list.iter().map(|line| line.split(' '));
        let line = lines.find(|line| line.clone().next() == Some(name));
        line.and_then(|mut line| line.nth(at))
            .map(|word| sha256(&[word.as_bytes()]))
    };
    Graph {
        claim: id(0, "claim"),
        about: vector.about,
        appeared_in: vector.appeared_in.iter().map(|name| source(name)).collect(),
        policy: None,
        sources: (0..)
            .zip(&names)
            .map(|(entry, name)| SourceNode {
                never_held: within(&vector.never_held, name),
                machine_translated: within(&vector.machine_translated, name),
                address: word(&vector.addresses, name, 1),
                bytes: word(&vector.addresses, name, 2),
                publisher: word(&vector.publishers, name, 1),
                unnamed: within(&vector.unnamed, name),
                ..SourceNode::new(source(name), EntryIndex::new(entry))
            })
            .collect(),
        evidence,
        relations,
        assessments,
    }
}

/// Each expected name is one of the sources of the place at the same position.
fn same(what: &str, places: &[&Place], names: &[String]) {
    let holds = places.len() == names.len()
        && places
            .iter()
            .zip(names)
            .all(|(place, name)| place.sources.contains(&source(name)));
    assert!(holds, "{what}: expected {names:?}, got {places:#?}");
}

fn check_side(what: &str, side: &Side, expect: &ExpectSide) {
    let counts = &side.counts;
    assert_eq!(
        [
            counts.documents,
            counts.independent,
            counts.untraced,
            counts.own_word,
            counts.circular
        ],
        [
            expect.documents,
            expect.independent,
            expect.untraced,
            expect.own_word,
            expect.circular
        ],
        "{what}: documents, independent, untraced, own word, circular"
    );
    let all = |places: &'_ [Place]| -> Vec<Place> { places.to_vec() };
    let check = |part: &str, places: Vec<Place>, names: &[String]| {
        same(
            &format!("{what}, {part}"),
            &places.iter().collect::<Vec<_>>(),
            names,
        );
    };
    check(
        "independent",
        all(&side.independent),
        &expect.independent_names,
    );
    check("untraced", all(&side.untraced), &expect.untraced_names);
    check("beside", all(&side.beside), &expect.beside_names);
    check("chokepoints", all(&side.chokepoints), &expect.chokepoints);
    check("cut", all(&side.cut), &expect.cut);
    let own = side.own_word.iter().map(|own| own.place.clone()).collect();
    check("own word", own, &expect.own_word_names);
    assert_eq!(side.circular.len(), expect.circles.len(), "{what}: circles");
    for (circle, names) in side.circular.iter().zip(&expect.circles) {
        check("circle", circle.clone(), names);
    }
}

fn words(conflict: &Conflict) -> String {
    let name = |id: &StatementId| {
        let bytes = &id.as_bytes()[1..];
        let end = bytes.iter().position(|b| *b == 0).expect("short names");
        String::from_utf8_lossy(&bytes[..end]).into_owned()
    };
    match conflict {
        Conflict::Assessments {
            source, followed, ..
        } => {
            format!("assessments {} {followed}", name(source))
        }
        Conflict::OwnWordInside {
            first_hand,
            own_word,
        } => {
            format!("ownWordInside {} {}", name(first_hand), name(own_word))
        }
        Conflict::BothSides {
            supporting,
            refuting,
            revised,
            ..
        } => {
            let how = if *revised { "revised" } else { "bothSides" };
            format!("{how} {} {}", name(supporting), name(refuting))
        }
        Conflict::VouchAgainstDependence {
            dependent,
            upstream,
        } => {
            format!(
                "vouchAgainstDependence {} {}",
                name(dependent),
                name(upstream)
            )
        }
        Conflict::VouchWithinOrigin { sources: [a, b] } => {
            format!("vouchWithinOrigin {} {}", name(a), name(b))
        }
    }
}

fn check(vector: &Vector) {
    let graph = graph(vector);
    let analysis = counted(&graph);
    let expect = &vector.expect;
    check_side("support", &analysis.support, &expect.support);
    check_side("refutation", &analysis.refutation, &expect.refutation);
    same(
        "both",
        &analysis.both.iter().collect::<Vec<_>>(),
        &expect.both,
    );
    let conflicts: Vec<String> = analysis.conflicts.iter().map(words).collect();
    assert_eq!(conflicts, expect.conflicts, "conflicts");
    let translations: Vec<StatementId> = expect
        .translations_without_original
        .iter()
        .map(|name| source(name))
        .collect();
    assert_eq!(analysis.translations_without_original, translations);
    let asked = Requirement {
        origins: vector.policy,
        needs: None,
    };
    let answer = asked.answer(&analysis.support.counts, &analysis.refutation.counts);
    let spelled = |answer| serde_json::to_value(answer).expect("a word");
    assert_eq!(
        spelled(answer.support),
        expect.support.policy.as_str(),
        "policy on support"
    );
    assert_eq!(
        spelled(answer.refutation),
        expect.refutation.policy.as_str(),
        "policy on refutation"
    );
    assert_eq!(
        freeze(&graph),
        Ok(analysis.frozen()),
        "what a verdict freezes"
    );
}

#[test]
fn vectors() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/corroboration");
    let mut failures = Vec::new();
    let mut run = 0;
    for file in fs::read_dir(folder).expect("the vectors are there") {
        let path = file.expect("a readable folder").path();
        let text = fs::read_to_string(&path).expect("a readable vector");
        let vector: Vector =
            serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        run += 1;
        if let Err(panic) = std::panic::catch_unwind(|| check(&vector)) {
            let text = panic.downcast_ref::<String>().cloned().unwrap_or_default();
            failures.push(format!("{}: {}\n{text}", path.display(), vector.shows));
        }
    }
    assert!(run >= 40, "only {run} vectors");
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// A graph from lines: the source lines of a vector, without an answer.
fn from_lines(evidence: &[&str], relations: &[&str], assessments: &[&str]) -> Graph {
    let own =
        |lines: &[&str]| -> Vec<String> { lines.iter().map(|line| (*line).to_owned()).collect() };
    let side = || ExpectSide {
        documents: 0,
        independent: 0,
        untraced: 0,
        own_word: 0,
        circular: 0,
        independent_names: Vec::new(),
        untraced_names: Vec::new(),
        own_word_names: Vec::new(),
        beside_names: Vec::new(),
        circles: Vec::new(),
        chokepoints: Vec::new(),
        cut: Vec::new(),
        policy: String::new(),
    };
    graph(&Vector {
        shows: String::new(),
        about: claimledger_core::model::claim::About::Fact,
        appeared_in: Vec::new(),
        never_held: vec!["spokesman".to_owned(), "wire".to_owned()],
        machine_translated: vec!["article".to_owned()],
        addresses: Vec::new(),
        publishers: Vec::new(),
        unnamed: Vec::new(),
        evidence: own(evidence),
        relations: own(relations),
        assessments: own(assessments),
        policy: 2,
        expect: Expect {
            support: side(),
            refutation: side(),
            both: Vec::new(),
            conflicts: Vec::new(),
            translations_without_original: Vec::new(),
        },
    })
}

/// The analysis of a graph that is not too large.
fn counted(graph: &Graph) -> Analysis {
    Analysis::new(graph).expect("few enough to count")
}

fn told<'a>(messages: impl IntoIterator<Item = &'a Message>) -> Vec<String> {
    messages.into_iter().map(Message::to_string).collect()
}

fn short_title(id: &StatementId) -> Message {
    let bytes = &id.as_bytes()[1..];
    let end = bytes.iter().position(|b| *b == 0).expect("short names");
    match &bytes[..end] {
        b"article" => "the article".into(),
        b"press" => "the press service".into(),
        b"spokesman" => "the Kremlin spokesman".into(),
        b"wire" => "the wire".into(),
        other => String::from_utf8_lossy(other).into_owned().into(),
    }
}

#[test]
fn the_sentence_comes_in_plain_words() {
    let two = |needs| Some(Requirement { origins: 2, needs });
    let sentence = |graph: &Graph, asked| {
        CorroborationReport::new(graph, &short_title, asked)
            .unwrap()
            .sentence
            .to_string()
    };
    let article = from_lines(
        &[
            "article supports via press",
            "article refutes via spokesman",
        ],
        &[],
        &["press speaksForClaimant"],
    );
    assert_eq!(
        sentence(&article, two(None)),
        "Support: one document, resting on the press service, which speaks for the claimant; not counted. Against: one \
         document, resting on the Kremlin spokesman, not seen here and not traced. Everything passes through the article \
         (machine-translated): if it is wrong, nothing remains on either side. A machine translation whose original nobody \
         here ever held: the article. Policy (two origins): support not met; against cannot be told."
    );
    let copies = from_lines(
        &[
            "a supports",
            "b supports",
            "c supports",
            "d supports",
            "e supports",
        ],
        &[
            "a wireCopyOf wire",
            "b wireCopyOf wire",
            "d wasQuotedFrom e",
            "e wasQuotedFrom d",
        ],
        &["c firstHand"],
    );
    assert_eq!(
        sentence(&copies, two(Some(Needs::Support))),
        "Support: four documents (one of them in two copies), resting on at least one independent origin (c); and on a, whose \
         origin is not traced; and on a circle of d and e, origin unknown; a circle is not counted. One origin is not traced; it may add none, one or \
         several. Against: no evidence. No single source carries all support; two sources together do (a and c). Policy \
         (two origins): support cannot be told."
    );
    let articles = from_lines(
        &["a supports", "b supports"],
        &["a wasQuotedFrom wire", "b wasQuotedFrom wire"],
        &[],
    );
    assert_eq!(
        sentence(&articles, two(Some(Needs::Neither))),
        "Support: two documents, resting on the wire, not seen here and not traced. Against: no evidence. All support passes through \
         the wire: if it is wrong, no support remains. Policy (two origins): this rating needs none."
    );
}

/// The newspaper "paper-a" is not called "Paper-a" anywhere.
#[test]
fn a_name_is_never_altered_and_comes_in_full_only_once() {
    use claimledger_core::corroboration::Called;
    let called = |id: &StatementId| {
        let again = short_title(id);
        let first = format!("{again} (of the town)").into();
        Called { first, again }
    };
    let graph = from_lines(
        &["paper-a supports", "paper-b supports", "paper-c mixed"],
        &["paper-a wasQuotedFrom paper-b"],
        &["paper-a firstHand", "paper-b firstHand"],
    );
    let report = CorroborationReport::new(&graph, &called, None).unwrap();
    assert_eq!(
        report.sentence.to_string(),
        "Support: two documents, resting on at least one independent origin (paper-b (of the town)). First-hand too, but \
         not shown to be independent of what is counted: paper-a (of the town). Against: no evidence. No single source \
         carries all support; two sources together do (paper-a and paper-b)."
    );
    assert_eq!(
        told(&report.notes),
        ["Mixed evidence, on neither side: paper-c (of the town) (e02 (of the town))."]
    );
    let name = report.names[&source("paper-a")].to_string();
    assert_eq!(name, "paper-a (of the town)");
}

#[test]
fn the_statements_that_would_change_the_result_are_listed() {
    let graph = from_lines(
        &["a supports", "b supports"],
        &["a wasQuotedFrom wire"],
        &["b firstHand"],
    );
    let report = CorroborationReport::new(&graph, &short_title, None).unwrap();
    let texts = told(report.changes.iter().map(|change| &change.text));
    assert_eq!(
        texts,
        [
            "if the wire is first-hand, an assessment that says so would give support two independent origins",
            "tracing the wire to a first-hand origin of its own would give support two independent origins",
            "if b and the wire are independent, a relation that says so would give support two independent origins",
        ]
    );
    let disputed = from_lines(&["a supports"], &[], &["a firstHand", "a notFirstHand"]);
    let report = CorroborationReport::new(&disputed, &short_title, None).unwrap();
    let texts = told(report.changes.iter().map(|change| &change.text));
    assert_eq!(
        texts,
        [
            "tracing a to a first-hand origin of its own would give support one independent origin",
            "agreement that a is first-hand would give support one independent origin",
        ]
    );
    assert_eq!(
        told(&report.notes),
        ["Reviewers disagree on a: first-hand / not first-hand. It is taken to be not first-hand."]
    );
}

#[test]
fn the_report_is_plain_json() {
    let graph = from_lines(&["a supports"], &[], &["a firstHand"]);
    let report = CorroborationReport::new(
        &graph,
        &short_title,
        Some(Requirement {
            origins: 1,
            needs: None,
        }),
    )
    .unwrap();
    let json = serde_json::to_value(&report).expect("a report is plain data");
    assert_eq!(json["method"], 1);
    assert_eq!(json["support"]["counts"]["independent"], 1);
    assert_eq!(json["policy"]["support"], "met");
    assert_eq!(json["policy"]["refutation"], "notMet");
    assert_eq!(
        json["numbers"][0],
        "support: documents 1, independent at least 1, not traced 0, claimant's side 0, circular 0"
    );
    assert_eq!(json["names"][source("a").to_string()], "a");
}

/// The bytes by hand: domain line, then the ids ascending. Evidence that is mixed and what only it leads to is left out,
/// and so is a vouch against a source out of reach.
#[test]
fn the_inputs_are_the_sorted_ids_of_what_was_used() {
    let graph = from_lines(
        &["a supports via b", "m mixed via n"],
        &[
            "c wireCopyOf b",
            "c wasQuotedFrom d",
            "a independentOf x",
            "a independentOf d",
            "y wasQuotedFrom a",
        ],
        &["d firstHand", "n firstHand"],
    );
    let statements = ["a00", "e00", "r00", "r01", "r03"].map(|name| id(STATEMENT, name));
    let mut bytes = b"claimledger/corroboration/v1\n".to_vec();
    bytes.extend(id(0, "claim").as_bytes());
    for name in ["a", "b", "c", "d"] {
        bytes.extend(source(name).as_bytes());
    }
    for id in statements {
        bytes.extend(id.as_bytes());
    }
    assert_eq!(freeze(&graph).unwrap().inputs, Some(sha256(&[&bytes])));
}

/// So many untraced sources, every two of them vouched but those `apart` says are not.
fn vouched(count: u8, apart: impl Fn(u8, u8) -> bool) -> Graph {
    let name = |n: u8| format!("s{n:02}");
    let all: Vec<String> = (0..count)
        .map(|n| format!("{} supports", name(n)))
        .collect();
    let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b)));
    let vouches: Vec<String> = pairs
        .filter(|(a, b)| !apart(*a, *b))
        .map(|(a, b)| format!("{} independentOf {}", name(a), name(b)))
        .collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let vouches: Vec<&str> = vouches.iter().map(String::as_str).collect();
    from_lines(&all, &vouches, &[])
}

#[test]
fn the_search_is_exact_up_to_12_vouched_roots_that_are_not_first_hand() {
    let side = |graph: &Graph| counted(graph).support.counts;
    let all = side(&vouched(12, |_, _| false));
    assert_eq!((all.independent, all.untraced), (12, 0));
    // pairs 0-1, 2-3 … not vouched: one of each
    let pairs = side(&vouched(12, |a, b| a / 2 == b / 2));
    assert_eq!((pairs.independent, pairs.untraced), (6, 6));
    // groups of three: 3^4 largest sets, one of each group
    let threes = side(&vouched(12, |a, b| a / 3 == b / 3));
    assert_eq!((threes.independent, threes.untraced), (4, 8));
    let more = vouched(13, |_, _| false);
    assert_eq!(Analysis::new(&more), Err(TooLarge::NotFirstHand));
    assert_eq!(freeze(&more), Err(TooLarge::NotFirstHand));
    assert!(CorroborationReport::new(&more, &short_title, None).is_err());
}

/// Adds a source in evidence that supports, first-hand if `first_hand` says so.
fn add(graph: &mut Graph, name: &str, first_hand: bool) -> StatementId {
    let new = source(name);
    let entry = EntryIndex::new(graph.sources.len() as u64);
    graph.sources.push(SourceNode::new(new, entry));
    graph.evidence.push(EvidenceEdge {
        id: id(STATEMENT, &format!("f{name}")),
        source: new,
        stance: Stance::Supports,
        via: Vec::new(),
    });
    if first_hand {
        graph.assessments.push(AssessmentMark {
            id: id(STATEMENT, &format!("b{name}")),
            source: new,
            kind: claimledger_core::model::assessment::OriginKind::FirstHand,
        });
    }
    new
}

/// So many vouched sources, each vouched with all of so many first-hand ones, and each of those leaning on the one before.
fn vouched_against_a_chain(vouched_sources: u8, chain: u8) -> Graph {
    let mut graph = vouched(vouched_sources, |_, _| false);
    let mut before = None;
    for n in 0..chain {
        let first_hand = add(&mut graph, &format!("t{n:02}"), true);
        for other in 0..vouched_sources {
            let vouched = source(&format!("s{other:02}"));
            relate(
                &mut graph,
                vouched,
                SourceRelation::IndependentOf,
                first_hand,
            );
        }
        if let Some(before) = before {
            relate(
                &mut graph,
                first_hand,
                SourceRelation::WasDerivedFrom,
                before,
            );
        }
        before = Some(first_hand);
    }
    graph
}

#[test]
fn vouched_sources_times_a_first_hand_chain_are_counted_or_refused_by_their_number() {
    // of the chain one is counted, the farthest upstream, beside all that are vouched against it
    let most = counted(&vouched_against_a_chain(12, 52)).support;
    assert_eq!((most.counts.independent, most.counts.untraced), (13, 0));
    assert!(
        most.independent
            .iter()
            .any(|place| place.source == source("t00"))
    );
    assert_eq!(
        freeze(&vouched_against_a_chain(12, 53)),
        Err(TooLarge::Joined)
    );
    assert_eq!(
        freeze(&vouched_against_a_chain(24, 24)),
        Err(TooLarge::NotFirstHand)
    );
}

#[test]
fn at_most_64_sources_may_be_joined_and_first_hand_ones_that_nothing_joins_have_no_bound() {
    let mut graph = vouched(0, |_, _| false);
    for n in 0..200 {
        add(&mut graph, &format!("u{n:03}"), true);
    }
    assert_eq!(counted(&graph).support.counts.independent, 200);
    let publisher = Some(sha256(&[b"the daily"]));
    for source in graph.sources.iter_mut().take(64) {
        source.publisher = publisher;
    }
    let one_paper = counted(&graph).support.counts;
    assert_eq!((one_paper.independent, one_paper.untraced), (137, 63));
    graph.sources[64].publisher = publisher;
    assert_eq!(freeze(&graph), Err(TooLarge::Joined));
    // copies are not joined: they are one unit, and nothing represents it twice
    let wire = source("u000");
    for source in &mut graph.sources {
        source.publisher = None;
    }
    for n in 1..=40 {
        relate(
            &mut graph,
            source(&format!("u{n:03}")),
            SourceRelation::WireCopyOf,
            wire,
        );
    }
    assert_eq!(counted(&graph).support.counts.independent, 160);
}

#[test]
fn forty_copies_of_a_wire_that_nobody_vouches_for_are_no_candidates() {
    let mut graph = vouched(0, |_, _| false);
    let wire = add(&mut graph, "wire", false);
    let other = add(&mut graph, "other", true);
    for n in 0..40 {
        let copy = add(&mut graph, &format!("c{n:02}"), false);
        relate(&mut graph, copy, SourceRelation::WireCopyOf, wire);
    }
    relate(&mut graph, wire, SourceRelation::IndependentOf, other);
    let found = counted(&graph).support;
    assert_eq!(found.counts.independent, 2);
    assert_eq!(found.copies, [41, 1]);
}

#[test]
fn more_sources_or_statements_than_the_bounds_are_not_counted() {
    let mut graph = vouched(0, |_, _| false);
    for n in 0..4_096 {
        add(&mut graph, &format!("u{n:04}"), true);
    }
    assert_eq!(counted(&graph).support.counts.independent, 4_096);
    add(&mut graph, "more", true);
    assert_eq!(freeze(&graph), Err(TooLarge::Sources));

    let mut graph = vouched(0, |_, _| false);
    let article = add(&mut graph, "article", true);
    // with the claim, the source, its evidence and its assessment
    for n in 0..16_380 {
        graph.assessments.push(AssessmentMark {
            id: id(STATEMENT, &format!("z{n}")),
            source: article,
            kind: claimledger_core::model::assessment::OriginKind::FirstHand,
        });
    }
    assert_eq!(counted(&graph).support.counts.independent, 1);
    graph.policy = Some(id(0, "policy"));
    assert_eq!(freeze(&graph), Err(TooLarge::Statements));
}

#[test]
fn copies_conflicts_and_evidence_on_neither_side_are_said() {
    let mut graph = from_lines(
        &["b supports", "b2 refutes", "m mixed", "k context"],
        &["b2 wasRevisionOf b"],
        &["b firstHand"],
    );
    let report = CorroborationReport::new(&graph, &short_title, None).unwrap();
    assert_eq!(
        told(&report.notes),
        [
            "Two versions of one report speak for both sides, b and b2: e00 supports, e01 refutes. \
             Supersede the other evidence.",
            "Mixed evidence, on neither side: m (e02).",
            "Context, on neither side: k (e03).",
        ]
    );
    let wire = add(&mut graph, "wire", false);
    for n in 0..40 {
        let copy = add(&mut graph, &format!("c{n:02}"), false);
        relate(&mut graph, copy, SourceRelation::WireCopyOf, wire);
    }
    let report = CorroborationReport::new(&graph, &short_title, None).unwrap();
    assert!(
        report
            .sentence
            .to_string()
            .starts_with("Support: two documents (one of them in 41 copies), resting on"),
        "{}",
        report.sentence
    );
    graph.evidence.remove(0);
    let report = CorroborationReport::new(&graph, &short_title, None).unwrap();
    assert!(
        report.sentence.to_string().starts_with(
            "Support: one report in 41 copies, resting on the wire, whose origin is not traced."
        ),
        "{}",
        report.sentence
    );
}

/// The release was recorded last and assessed; its id is higher than the interview's.
#[test]
fn a_unit_is_called_by_its_assessed_source_else_by_the_first_recorded() {
    let names = |assessments: &[&str]| {
        let mut graph = from_lines(
            &["interview supports"],
            &["release sharesOriginWith interview"],
            assessments,
        );
        for source in &mut graph.sources {
            source.entry = EntryIndex::new(100 - source.entry.get());
        }
        counted(&graph).support.documents[0].source
    };
    assert_eq!(names(&["interview claimant"]), source("interview"));
    assert_eq!(names(&["release claimant"]), source("release"));
    assert_eq!(
        names(&["release notFirstHand", "interview firstHand"]),
        source("interview")
    );
    assert_eq!(names(&[]), source("release"));
}

// ---- what must hold for every graph ----

const NAMES: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];

/// Address, bytes, publisher, and whether the speaker is unnamed.
fn recorded() -> impl Strategy<Value = (Option<Digest>, Option<Digest>, Option<Digest>, bool)> {
    let one_of = |common: f64| {
        prop::option::weighted(common, 0..3_u8).prop_map(|n| n.map(|n| sha256(&[&[n]])))
    };
    (
        one_of(0.3),
        one_of(0.3),
        one_of(0.4),
        prop::bool::weighted(0.2),
    )
}

/// A graph of up to seven sources, with everything in it: copies, circles, vias, vouches, disputed assessments.
fn any_graph() -> impl Strategy<Value = Graph> {
    let some = || 0..NAMES.len();
    let stance = prop::sample::select(vec![
        Stance::Supports,
        Stance::Supports,
        Stance::Refutes,
        Stance::Mixed,
    ]);
    let evidence = (some(), stance, prop::collection::vec(some(), 0..3));
    let relation = (
        some(),
        some(),
        prop::sample::select(SourceRelation::ALL.to_vec()),
    );
    let kinds = claimledger_core::model::assessment::OriginKind::ALL.to_vec();
    let assessment = (some(), prop::sample::select(kinds));
    (
        prop::collection::vec(evidence, 0..7),
        prop::collection::vec(relation, 0..12),
        prop::collection::vec(assessment, 0..6),
        prop::collection::btree_set(some(), 0..3),
        prop::sample::select(claimledger_core::model::claim::About::ALL.to_vec()),
        prop::collection::vec(recorded(), NAMES.len()),
    )
        .prop_map(
            |(evidence, relations, assessments, appeared, about, recorded)| Graph {
                claim: id(0, "claim"),
                about,
                appeared_in: appeared.into_iter().map(|n| source(NAMES[n])).collect(),
                policy: None,
                sources: (0..)
                    .zip(NAMES)
                    .zip(recorded)
                    .map(
                        |((entry, name), (address, bytes, publisher, unnamed))| SourceNode {
                            address,
                            bytes,
                            publisher,
                            unnamed,
                            ..SourceNode::new(source(name), EntryIndex::new(entry))
                        },
                    )
                    .collect(),
                evidence: evidence
                    .into_iter()
                    .enumerate()
                    .map(|(n, (from, stance, via))| EvidenceEdge {
                        id: id(STATEMENT, &format!("e{n:02}")),
                        source: source(NAMES[from]),
                        stance,
                        via: via.into_iter().map(|n| source(NAMES[n])).collect(),
                    })
                    .collect(),
                relations: relations
                    .into_iter()
                    .enumerate()
                    .filter(|(_, (from, to, _))| from != to)
                    .map(|(n, (from, to, relation))| RelationEdge {
                        id: id(STATEMENT, &format!("r{n:02}")),
                        from: source(NAMES[from]),
                        to: source(NAMES[to]),
                        relation,
                    })
                    .collect(),
                assessments: assessments
                    .into_iter()
                    .enumerate()
                    .map(|(n, (from, kind))| AssessmentMark {
                        id: id(STATEMENT, &format!("a{n:02}")),
                        source: source(NAMES[from]),
                        kind,
                    })
                    .collect(),
            },
        )
}

/// One side by the plainest means: sets of names, fixed points, and every subset tried.
struct Plain {
    unit: BTreeMap<StatementId, StatementId>,
    steps: BTreeMap<StatementId, BTreeSet<StatementId>>,
    leans: BTreeMap<StatementId, BTreeSet<StatementId>>,
    documents: BTreeSet<StatementId>,
    reached: BTreeSet<StatementId>,
    first_hand: BTreeSet<StatementId>,
    own_word: BTreeSet<StatementId>,
}

type Steps = BTreeMap<StatementId, BTreeSet<StatementId>>;

fn closure(
    steps: &Steps,
    from: &BTreeSet<StatementId>,
    without: &BTreeSet<StatementId>,
) -> BTreeSet<StatementId> {
    let mut reached: BTreeSet<StatementId> = from.difference(without).copied().collect();
    loop {
        let mut more = reached.clone();
        for node in &reached {
            more.extend(steps[node].iter().filter(|to| !without.contains(to)));
        }
        if more == reached {
            return reached;
        }
        reached = more;
    }
}

impl Plain {
    #[expect(
        clippy::too_many_lines,
        reason = "one step of the page after the other"
    )]
    fn new(graph: &Graph, stance: Stance) -> Self {
        use SourceRelation::{HadPrimarySource, IndependentOf, WasDerivedFrom, WasQuotedFrom};
        use claimledger_core::model::assessment::OriginKind::{
            Claimant, FirstHand, SpeaksForClaimant,
        };
        let dependence = [WasQuotedFrom, WasDerivedFrom, HadPrimarySource];
        let mut unit: BTreeMap<StatementId, StatementId> =
            graph.sources.iter().map(|s| (s.id, s.id)).collect();
        let used = inputs::used(graph);
        for _ in 0..NAMES.len() {
            for a in graph.sources.iter().filter(|s| used.contains(&s.id)) {
                for b in graph.sources.iter().filter(|s| used.contains(&s.id)) {
                    if a.address.is_some() && (a.address, a.bytes) == (b.address, b.bytes) {
                        let lowest = unit[&a.id].min(unit[&b.id]);
                        unit.insert(a.id, lowest);
                        unit.insert(b.id, lowest);
                    }
                }
            }
            for edge in graph
                .relations
                .iter()
                .filter(|e| !dependence.contains(&e.relation) && e.relation != IndependentOf)
            {
                let lowest = unit[&edge.from].min(unit[&edge.to]);
                unit.insert(edge.from, lowest);
                unit.insert(edge.to, lowest);
            }
        }
        let said = |source: &StatementId| -> BTreeSet<_> {
            graph
                .assessments
                .iter()
                .filter(|a| a.source == *source)
                .map(|a| a.kind)
                .collect()
        };
        let all_first: BTreeSet<StatementId> = unit
            .keys()
            .filter(|s| said(s) == BTreeSet::from([FirstHand]))
            .copied()
            .collect();
        let own: BTreeSet<StatementId> = unit
            .keys()
            .filter(|s| said(s).contains(&Claimant) || said(s).contains(&SpeaksForClaimant))
            .map(|s| unit[s])
            .collect();
        let mut steps = BTreeMap::new();
        let mut leans = BTreeMap::new();
        for &u in unit.values() {
            let outside = |s: &StatementId| Some(unit[s]).filter(|to| *to != u);
            let via: BTreeSet<_> = graph
                .evidence
                .iter()
                .filter(|e| e.stance == stance && unit[&e.source] == u)
                .flat_map(|e| &e.via)
                .filter_map(outside)
                .collect();
            let relations: BTreeSet<_> = graph
                .relations
                .iter()
                .filter(|r| dependence.contains(&r.relation) && unit[&r.from] == u)
                .filter_map(|r| outside(&r.to))
                .collect();
            let ends = own.contains(&u) || all_first.iter().any(|s| unit[s] == u);
            leans.insert(u, via.union(&relations).copied().collect());
            steps.insert(
                u,
                if ends {
                    BTreeSet::new()
                } else if via.is_empty() {
                    relations
                } else {
                    via
                },
            );
        }
        let documents: BTreeSet<_> = graph
            .evidence
            .iter()
            .filter(|e| e.stance == stance)
            .map(|e| unit[&e.source])
            .collect();
        let reached = closure(&steps, &documents, &BTreeSet::new());
        let mut own_word: BTreeSet<_> = reached.intersection(&own).copied().collect();
        if graph.about != claimledger_core::model::claim::About::Utterance {
            let unassessed = graph
                .appeared_in
                .iter()
                .filter(|s| said(s).is_empty())
                .map(|s| unit[s]);
            own_word.extend(unassessed.filter(|u| {
                reached.contains(u)
                    && steps[u].is_empty()
                    && !all_first.iter().any(|s| unit[s] == *u)
            }));
        }
        Self {
            unit,
            steps,
            leans,
            documents,
            reached,
            first_hand: all_first,
            own_word,
        }
    }

    fn roots(&self) -> BTreeSet<StatementId> {
        self.reached
            .iter()
            .filter(|u| self.steps[u].is_empty())
            .copied()
            .collect()
    }

    /// The size of the largest set, by trying every set of sources.
    fn independent(&self, graph: &Graph) -> usize {
        let roots = self.roots();
        let open: Vec<StatementId> = self
            .unit
            .iter()
            .filter(|(_, u)| roots.contains(u) && !self.own_word.contains(u))
            .map(|(s, _)| *s)
            .collect();
        let leads = |a: &StatementId, b: &StatementId| {
            let from = BTreeSet::from([self.unit[a]]);
            closure(&self.leans, &from, &BTreeSet::new()).contains(&self.unit[b])
        };
        let vouched = |a: &StatementId, b: &StatementId| {
            graph.relations.iter().any(|r| {
                r.relation == SourceRelation::IndependentOf
                    && ((r.from == *a && r.to == *b) || (r.from == *b && r.to == *a))
            })
        };
        let first = |s: &StatementId| self.first_hand.contains(s);
        let node = |id: &StatementId| graph.sources.iter().find(|s| s.id == *id).unwrap();
        let alike = |a: &StatementId, b: &StatementId| {
            let (a, b) = (node(a), node(b));
            (a.publisher.is_some() && a.publisher == b.publisher) || (a.unnamed && b.unnamed)
        };
        let pair = |a: &StatementId, b: &StatementId| {
            self.unit[a] != self.unit[b]
                && !leads(a, b)
                && !leads(b, a)
                && (vouched(a, b) || (first(a) && first(b) && !alike(a, b)))
        };
        (0_u32..1 << open.len())
            .map(|mask| {
                let set: Vec<_> = (0..open.len())
                    .filter(|n| mask & 1 << n != 0)
                    .map(|n| open[n])
                    .collect();
                let holds = set
                    .iter()
                    .enumerate()
                    .all(|(i, a)| set[i + 1..].iter().all(|b| pair(a, b)));
                if holds && (set.len() != 1 || first(&set[0])) {
                    set.len()
                } else {
                    0
                }
            })
            .max()
            .unwrap_or(0)
    }

    /// How many first-hand roots there are at most of which none leans on another.
    fn apart(&self) -> usize {
        let roots: Vec<StatementId> = self.first_hand.iter().map(|s| self.unit[s]).collect();
        let roots: BTreeSet<StatementId> = self
            .roots()
            .intersection(&roots.into_iter().collect())
            .copied()
            .collect();
        let roots: Vec<StatementId> = roots.difference(&self.own_word).copied().collect();
        let leads = |a: &StatementId, b: &StatementId| {
            closure(&self.leans, &BTreeSet::from([*a]), &BTreeSet::new()).contains(b)
        };
        let sets = (0_u32..1 << roots.len()).filter(|mask| {
            let chosen: Vec<_> = (0..roots.len())
                .filter(|n| mask & 1 << n != 0)
                .map(|n| roots[n])
                .collect();
            chosen
                .iter()
                .all(|a| chosen.iter().all(|b| a == b || !leads(a, b)))
        });
        sets.map(|mask| mask.count_ones() as usize)
            .max()
            .unwrap_or(0)
    }

    /// Whether a root is still reached without these units.
    fn stands_without(&self, without: &BTreeSet<StatementId>) -> bool {
        let reached = closure(&self.steps, &self.documents, without);
        reached.iter().any(|u| self.steps[u].is_empty())
    }
}

fn unit_ids(places: &[Place]) -> BTreeSet<StatementId> {
    places.iter().map(|place| place.sources[0]).collect()
}

fn sides(analysis: &Analysis) -> [(Stance, &Side); 2] {
    [
        (Stance::Supports, &analysis.support),
        (Stance::Refutes, &analysis.refutation),
    ]
}

fn independent(graph: &Graph, stance: Stance) -> u64 {
    let frozen = freeze(graph).unwrap();
    let side = if stance == Stance::Supports {
        frozen.support
    } else {
        frozen.refutation
    };
    side.expect("method 1 carries both counts").independent
}

fn relate(graph: &mut Graph, from: StatementId, relation: SourceRelation, to: StatementId) {
    let id = id(STATEMENT, &format!("x{:02}", graph.relations.len()));
    graph.relations.push(RelationEdge {
        id,
        from,
        to,
        relation,
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// The counts and the carriers are those that the plainest means give.
    #[test]
    fn the_result_agrees_with_trying_everything(graph in any_graph()) {
        let analysis = counted(&graph);
        for (stance, side) in sides(&analysis) {
            let plain = Plain::new(&graph, stance);
            prop_assert_eq!(side.counts.documents, plain.documents.len() as u64);
            prop_assert_eq!(side.counts.own_word, plain.own_word.len() as u64);
            prop_assert_eq!(side.counts.independent, plain.independent(&graph) as u64);
            prop_assert_eq!(side.counts.independent, side.independent.len() as u64);
            let first_hand: BTreeSet<StatementId> = plain.first_hand.iter().map(|s| plain.unit[s]).collect();
            let untraced = plain.roots().iter().filter(|u| !plain.own_word.contains(u) && !first_hand.contains(u)).count();
            prop_assert_eq!(side.counts.untraced, (untraced + plain.apart() - plain.independent(&graph)) as u64);
            let listed = side.independent.len() + side.untraced.len() + side.beside.len() + side.own_word.len();
            prop_assert_eq!(listed, plain.roots().len());

            let carries: BTreeSet<StatementId> = plain
                .reached
                .iter()
                .filter(|u| !plain.roots().is_empty() && !plain.stands_without(&BTreeSet::from([**u])))
                .copied()
                .collect();
            prop_assert_eq!(unit_ids(&side.chokepoints), carries.clone());
            let cut = unit_ids(&side.cut);
            prop_assert_eq!(cut.is_empty(), !carries.is_empty() || plain.roots().is_empty());
            if !cut.is_empty() {
                prop_assert!(!plain.stands_without(&cut));
                let nodes: Vec<_> = plain.reached.iter().copied().collect();
                let smaller = (0_u32..1 << nodes.len()).filter(|mask| (mask.count_ones() as usize) < cut.len());
                for mask in smaller {
                    let set = (0..nodes.len()).filter(|n| mask & 1 << n != 0).map(|n| nodes[n]).collect();
                    prop_assert!(plain.stands_without(&set));
                }
            }
        }
    }

    /// Each chokepoint cuts off the claim from those after it.
    #[test]
    fn chokepoints_are_listed_outward(graph in any_graph()) {
        let analysis = counted(&graph);
        for (stance, side) in sides(&analysis) {
            let plain = Plain::new(&graph, stance);
            for (n, place) in side.chokepoints.iter().enumerate() {
                let reached = closure(&plain.steps, &plain.documents, &BTreeSet::from([place.sources[0]]));
                for later in &side.chokepoints[n + 1..] {
                    prop_assert!(!reached.contains(&later.sources[0]));
                }
            }
        }
    }

    /// A same-origin relation between two sources in evidence on a side never raises its traced roots, unless one of
    /// them already depends on the other: then the relation lifts that dependence, by the method's own words.
    #[test]
    fn same_origin_never_raises_the_count(graph in any_graph(), a in 0..NAMES.len(), b in 0..NAMES.len(), kind in 0..4_usize) {
        let (a, b) = (source(NAMES[a]), source(NAMES[b]));
        for stance in [Stance::Supports, Stance::Refutes] {
            let plain = Plain::new(&graph, stance);
            let in_evidence = |s: &StatementId| graph.evidence.iter().any(|e| e.stance == stance && e.source == *s);
            let depends = |from: &StatementId, to: &StatementId| {
                let from = BTreeSet::from([plain.unit[from]]);
                closure(&plain.leans, &from, &BTreeSet::new()).contains(&plain.unit[to])
            };
            if a == b || !in_evidence(&a) || !in_evidence(&b) || depends(&a, &b) || depends(&b, &a) {
                continue;
            }
            let mut merged = graph.clone();
            relate(&mut merged, a, SourceRelation::ALL[kind], b);
            prop_assert!(independent(&merged, stance) <= independent(&graph, stance));
        }
    }

    /// And without vias and vouches never, whatever depends on what.
    #[test]
    fn same_origin_never_raises_the_count_without_via_and_vouch(graph in any_graph(), a in 0..NAMES.len(), b in 0..NAMES.len(), kind in 0..4_usize) {
        let mut graph = graph;
        graph.relations.retain(|r| r.relation != SourceRelation::IndependentOf);
        for evidence in &mut graph.evidence {
            evidence.via.clear();
        }
        let (a, b) = (source(NAMES[a]), source(NAMES[b]));
        for stance in [Stance::Supports, Stance::Refutes] {
            let in_evidence = |s: &StatementId| graph.evidence.iter().any(|e| e.stance == stance && e.source == *s);
            if a == b || !in_evidence(&a) || !in_evidence(&b) {
                continue;
            }
            let mut merged = graph.clone();
            relate(&mut merged, a, SourceRelation::ALL[kind], b);
            prop_assert!(independent(&merged, stance) <= independent(&graph, stance));
        }
    }

    /// A source that nothing connects never lowers the traced roots; first-hand it adds exactly what it is.
    #[test]
    fn a_disconnected_source_never_lowers_the_count(graph in any_graph(), assessed in any::<bool>(), kind in 0..4_usize, refutes in any::<bool>()) {
        let stance = if refutes { Stance::Refutes } else { Stance::Supports };
        let mut more = graph.clone();
        let new = source("z");
        more.sources.push(SourceNode::new(new, EntryIndex::new(99)));
        more.evidence.push(EvidenceEdge { id: id(STATEMENT, "e99"), source: new, stance, via: Vec::new() });
        if assessed {
            let kind = claimledger_core::model::assessment::OriginKind::ALL[kind];
            more.assessments.push(AssessmentMark { id: id(STATEMENT, "a99"), source: new, kind });
        }
        for side in [Stance::Supports, Stance::Refutes] {
            prop_assert!(independent(&more, side) >= independent(&graph, side));
        }
    }

    /// Order never matters.
    #[test]
    fn the_order_of_statements_never_matters((graph, mixed) in any_graph().prop_flat_map(|graph| {
        let shuffled = (
            Just(graph.sources.clone()).prop_shuffle(),
            Just(graph.evidence.clone()).prop_shuffle(),
            Just(graph.relations.clone()).prop_shuffle(),
            Just(graph.assessments.clone()).prop_shuffle(),
        );
        let like = graph.clone();
        (Just(graph), shuffled.prop_map(move |(sources, evidence, relations, assessments)| {
            Graph { sources, evidence, relations, assessments, ..like.clone() }
        }))
    })) {
        prop_assert_eq!(counted(&graph), counted(&mixed));
        let name = |id: &StatementId| Message::from(id.short());
        let draw = |graph: &Graph| {
            let report = CorroborationReport::new(graph, &name, None).unwrap();
            claimledger_core::corroboration::svg::draw(graph, &report, &"claim".into(), &|_| Card::default())
        };
        prop_assert_eq!(draw(&graph), draw(&mixed));
    }

    /// A via on one side leaves the other side as it was, unless it brings a source within reach: one of the same address
    /// and bytes as another is the same document.
    #[test]
    fn a_via_never_changes_the_other_side(graph in any_graph(), evidence in any::<prop::sample::Index>(), via in 0..NAMES.len()) {
        if !graph.evidence.is_empty() {
            let mut more = graph.clone();
            let edge = evidence.index(more.evidence.len());
            prop_assume!(inputs::used(&graph).contains(&source(NAMES[via])));
            more.evidence[edge].via.push(source(NAMES[via]));
            let (before, after) = (counted(&graph), counted(&more));
            match more.evidence[edge].stance {
                Stance::Supports => prop_assert_eq!(before.refutation.counts, after.refutation.counts),
                Stance::Refutes => prop_assert_eq!(before.support.counts, after.support.counts),
                _ => prop_assert_eq!(before, after),
            }
        }
    }

    /// What is not among the inputs changes nothing.
    #[test]
    fn only_the_inputs_matter(graph in any_graph()) {
        let used = inputs::used(&graph);
        let mut less = graph.clone();
        less.sources.retain(|s| used.contains(&s.id));
        less.evidence.retain(|e| used.contains(&e.id));
        less.relations.retain(|r| used.contains(&r.id));
        less.assessments.retain(|a| used.contains(&a.id));
        let (mut whole, part) = (counted(&graph), counted(&less));
        whole.neither_side.clear();
        prop_assert_eq!(whole, part);
    }

    /// Every change that is offered does what it says: the report tried it, and here it is tried again.
    #[test]
    fn suggested_changes_have_the_stated_effect(graph in any_graph()) {
        use claimledger_core::corroboration::Wanted;
        let name = |id: &StatementId| Message::from(id.short());
        let report = CorroborationReport::new(&graph, &name, None).unwrap();
        for change in &report.changes {
            let mut changed = graph.clone();
            match &change.statement {
                Wanted::FirstHand(one) => changed.assessments.push(AssessmentMark {
                    id: id(STATEMENT, "a99"),
                    source: *one,
                    kind: claimledger_core::model::assessment::OriginKind::FirstHand,
                }),
                Wanted::IndependentOf([one, other]) => {
                    relate(&mut changed, *one, SourceRelation::IndependentOf, *other);
                }
                Wanted::Traced(one) => {
                    let origin = source("z");
                    changed.sources.push(SourceNode::new(origin, EntryIndex::new(99)));
                    relate(&mut changed, *one, SourceRelation::WasDerivedFrom, origin);
                    changed.assessments.push(AssessmentMark {
                        id: id(STATEMENT, "a99"),
                        source: origin,
                        kind: claimledger_core::model::assessment::OriginKind::FirstHand,
                    });
                }
                Wanted::Undisputed(one) => changed.assessments.retain(|a| {
                    a.source != *one || a.kind == claimledger_core::model::assessment::OriginKind::FirstHand
                }),
            }
            prop_assert!(change.independent > independent(&graph, change.side));
            prop_assert_eq!(independent(&changed, change.side), change.independent);
        }
    }
}
