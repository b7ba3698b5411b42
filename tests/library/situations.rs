//! Situations of everyday work, each with the answer that an editor gives: how many origins the support has at least, what is
//! not traced, what is the claimant's own word, and the words that a reader must see.

use claimledger_core::corroboration::graph::{
    AssessmentMark, EvidenceEdge, Graph, RelationEdge, SourceNode,
};
use claimledger_core::corroboration::svg::{Card, draw};
use claimledger_core::corroboration::{Analysis, CorroborationReport};
use claimledger_core::crypto::sha256;
use claimledger_core::model::StatementId;
use claimledger_core::model::claim::About;
use claimledger_core::{EntryIndex, Message};
use std::collections::BTreeSet;

/// What happened, and what an editor says about it.
struct Situation {
    name: &'static str,
    about: About,
    /// One word each line: `a supports [via b…]`, `a wireCopyOf b`, `a firstHand`, `a never-held`, `a unnamed`,
    /// `a publisher p`, `a address u bytes`; separated by semicolons.
    facts: String,
    /// Support: documents, independent, not traced, own word, circles.
    counts: [u64; 5],
    /// What the sentence has, and what it has not.
    says: &'static [&'static str],
    never_says: &'static [&'static str],
    /// What a note begins with.
    notes: &'static [&'static str],
}

impl Situation {
    fn of(name: &'static str, facts: impl Into<String>, counts: [u64; 5]) -> Self {
        Self {
            name,
            about: About::Fact,
            facts: facts.into(),
            counts,
            says: &[],
            never_says: &[],
            notes: &[],
        }
    }

    fn says(self, says: &'static [&'static str]) -> Self {
        Self { says, ..self }
    }

    fn never_says(self, never_says: &'static [&'static str]) -> Self {
        Self { never_says, ..self }
    }

    fn notes(self, notes: &'static [&'static str]) -> Self {
        Self { notes, ..self }
    }
}

fn id(kind: u8, name: &str) -> StatementId {
    let mut bytes = [0; 32];
    bytes[0] = kind;
    bytes[1..=name.len()].copy_from_slice(name.as_bytes());
    StatementId::from_bytes(bytes)
}

fn called(id: &StatementId) -> Message {
    let bytes = &id.as_bytes()[1..];
    let end = bytes.iter().position(|b| *b == 0).expect("short names");
    String::from_utf8_lossy(&bytes[..end]).into_owned().into()
}

/// The graph of the facts; sources are recorded in the order in which they are named.
fn graph(situation: &Situation) -> Graph {
    let mut graph = Graph {
        claim: id(0, "claim"),
        about: situation.about,
        appeared_in: BTreeSet::new(),
        policy: None,
        sources: Vec::new(),
        evidence: Vec::new(),
        relations: Vec::new(),
        assessments: Vec::new(),
    };
    let facts = situation.facts.split(';').map(str::trim);
    for (n, fact) in facts.filter(|fact| !fact.is_empty()).enumerate() {
        let words: Vec<&str> = fact.split(' ').collect();
        let source = node(&mut graph, words[0]);
        let statement = id(2, &format!("s{n:03}"));
        match words[1..] {
            [stance @ ("supports" | "refutes" | "context"), ref via @ ..] => {
                let via = via.iter().filter(|word| **word != "via");
                let via = via.map(|name| node(&mut graph, name)).collect();
                graph.evidence.push(EvidenceEdge {
                    id: statement,
                    source,
                    stance: stance.parse().expect("a stance"),
                    via,
                });
            }
            ["never-held"] => last(&mut graph, words[0]).never_held = true,
            ["machine-translated"] => last(&mut graph, words[0]).machine_translated = true,
            ["unnamed"] => last(&mut graph, words[0]).unnamed = true,
            ["publisher", name] => {
                last(&mut graph, words[0]).publisher = Some(sha256(&[name.as_bytes()]));
            }
            ["address", url, bytes] => {
                let node = last(&mut graph, words[0]);
                node.address = Some(sha256(&[url.as_bytes()]));
                node.bytes = Some(sha256(&[bytes.as_bytes()]));
            }
            [kind] => graph.assessments.push(AssessmentMark {
                id: statement,
                source,
                kind: kind.parse().expect("a kind of origin"),
            }),
            [relation, to] => {
                let to = node(&mut graph, to);
                graph.relations.push(RelationEdge {
                    id: statement,
                    from: source,
                    to,
                    relation: relation.parse().expect("a relation"),
                });
            }
            _ => panic!("{fact}"),
        }
    }
    graph
}

fn node(graph: &mut Graph, name: &str) -> StatementId {
    let source = id(1, name);
    if !graph.sources.iter().any(|node| node.id == source) {
        let entry = EntryIndex::new(graph.sources.len() as u64);
        graph.sources.push(SourceNode::new(source, entry));
        graph.sources.sort_by_key(|node| node.id);
    }
    source
}

fn last<'a>(graph: &'a mut Graph, name: &str) -> &'a mut SourceNode {
    let source = id(1, name);
    let mut nodes = graph.sources.iter_mut();
    nodes.find(|node| node.id == source).expect("it is there")
}

fn situations() -> Vec<Situation> {
    let mut all = copies_and_leaks();
    all.extend(chains_and_versions());
    all.extend(independent_or_not());
    all
}

fn copies_and_leaks() -> Vec<Situation> {
    let copies: Vec<String> = (0..40)
        .map(|n| format!("; paper{n:02} supports; paper{n:02} wireCopyOf wire"))
        .collect();
    let copies = copies.concat();
    let leaked = "paper supports via leak; daily supports via leak; paper wasQuotedFrom leak; \
                  daily wasQuotedFrom leak";
    let release = "release supports; interview supports; release publisher ministry; \
                   interview publisher ministry";
    vec![
        Situation::of(
            "one wire report and forty papers that print it; the agency was there",
            format!("wire supports; wire firstHand{copies}"),
            [1, 1, 0, 0, 0],
        )
        .says(&[
            "one report in 41 copies",
            "at least one independent origin (wire)",
        ]),
        Situation::of(
            "two papers, one leak that was not seen here",
            format!("{leaked}; leak never-held"),
            [2, 0, 1, 0, 0],
        )
        .says(&[
            "leak, not seen here and not traced",
            "All support passes through leak",
        ]),
        Situation::of(
            "the same leak, authenticated",
            format!("{leaked}; leak firstHand"),
            [2, 1, 0, 0, 0],
        )
        .says(&[
            "at least one independent origin (leak)",
            "All support passes through leak",
        ]),
        Situation::of(
            "a ministry's claim, its release and its interview",
            format!("{release}; interview sharesOriginWith release; release claimant"),
            [1, 0, 0, 1, 0],
        )
        .says(&["release, the claimant's own word; not counted"]),
        Situation::of(
            "another's claim, the release and the interview of a ministry that was there",
            format!("{release}; interview sharesOriginWith release; release firstHand"),
            [1, 1, 0, 0, 0],
        ),
        Situation::of(
            "release and interview of one ministry, and nobody recorded that they belong together",
            format!("{release}; release firstHand; interview firstHand"),
            [2, 1, 1, 0, 0],
        )
        .says(&["First-hand too, but not shown to be independent of what is counted"])
        .never_says(&["two independent origins"]),
        Situation::of(
            "a leak that one paper prints and another has seen",
            "print supports via leak; seen supports via leak; print wasQuotedFrom leak; \
             seen wasDerivedFrom leak; leak firstHand",
            [2, 1, 0, 0, 0],
        )
        .says(&["All support passes through leak"]),
    ]
}

fn chains_and_versions() -> Vec<Situation> {
    let translated = "daily supports; daily wasQuotedFrom english; english translationOf russian; \
                      russian translationOf ukrainian";
    let video = "first supports; second supports; third supports; second sharesOriginWith first; \
                 third sharesOriginWith first";
    let preprint = "preprint supports; journal supports; journal wasRevisionOf preprint; news supports; \
                    news wasDerivedFrom preprint";
    vec![
        Situation::of(
            "a paper that has it from the encyclopedia, which has it from the paper",
            "paper supports; wiki supports; paper wasQuotedFrom wiki; wiki wasQuotedFrom paper",
            [2, 0, 0, 0, 1],
        )
        .says(&["a circle of", "origin unknown; not counted"]),
        Situation::of(
            "a chain of translations to a first-hand report",
            format!("{translated}; ukrainian firstHand"),
            [1, 1, 0, 0, 0],
        ),
        Situation::of(
            "a chain of translations whose beginning nobody traced",
            translated,
            [1, 0, 1, 0, 0],
        )
        .says(&["whose origin is not traced"])
        .never_says(&["independent origin"]),
        Situation::of("one video, uploaded three times", video, [1, 0, 1, 0, 0])
            .says(&["one report in three copies", "whose origin is not traced"]),
        Situation::of(
            "the same video, and the person who filmed it is found",
            format!("{video}; filmer supports; first wasDerivedFrom filmer; filmer firstHand"),
            [2, 1, 0, 0, 0],
        )
        .says(&["at least one independent origin (filmer)"]),
        Situation::of(
            "a preprint by the people who make the claim",
            format!("{preprint}; preprint claimant"),
            [2, 0, 0, 1, 0],
        )
        .says(&["the claimant's own word"]),
        Situation::of(
            "a preprint, its journal version and the news about it",
            format!("{preprint}; preprint firstHand"),
            [2, 1, 0, 0, 0],
        ),
        Situation::of(
            "the same, and a replication by another laboratory that quotes it",
            format!("{preprint}; preprint firstHand; replication supports; replication firstHand"),
            [3, 2, 0, 0, 0],
        )
        .says(&["at least two independent origins"]),
    ]
}

fn independent_or_not() -> Vec<Situation> {
    vec![
        Situation::of(
            "a satellite picture and a reporter on the ground",
            "satellite supports; reporter supports; satellite firstHand; reporter firstHand",
            [2, 2, 0, 0, 0],
        )
        .says(&["at least two independent origins (satellite and reporter)"]),
        Situation::of(
            "two papers that each quote an official who is not named",
            "post supports via one; times supports via other; one never-held; other never-held; \
             one unnamed; other unnamed; one firstHand; other firstHand",
            [2, 1, 1, 0, 0],
        )
        .says(&["at least one independent origin"])
        .never_says(&["two independent origins"]),
        Situation::of(
            "the same papers, and nobody said how the officials know it",
            "post supports via one; times supports via other; one never-held; other never-held; \
             one unnamed; other unnamed",
            [2, 0, 2, 0, 0],
        )
        .never_says(&["independent origin"]),
        Situation::of(
            "a paper that was first-hand corrects itself",
            "post supports; post firstHand; times supports; times firstHand; corrected refutes; \
             corrected wasRevisionOf post",
            [2, 2, 0, 0, 0],
        )
        .notes(&["Two versions of one report speak for both sides, post and corrected"]),
        Situation::of(
            "the same, after the old evidence was superseded",
            "post firstHand; times supports; times firstHand; corrected refutes; \
             corrected wasRevisionOf post",
            [1, 1, 0, 0, 0],
        )
        .says(&["Against: one document"]),
        Situation::of(
            "four papers, of which only neighbours are vouched independent",
            "aa supports; bb supports; cc supports; dd supports; aa independentOf bb; \
             bb independentOf cc; cc independentOf dd",
            [4, 2, 2, 0, 0],
        )
        .says(&["at least two independent origins", "origins are not traced"]),
        Situation::of(
            "one article that nobody has traced",
            "article supports",
            [1, 0, 1, 0, 0],
        )
        .says(&["article, whose origin is not traced"]),
        Situation::of(
            "a reporter who saw it and also quotes the agency that saw it",
            "reporter supports; agency supports; reporter wasQuotedFrom agency; reporter firstHand; \
             agency firstHand",
            [2, 1, 0, 0, 0],
        )
        .says(&["First-hand too, but not shown to be independent of what is counted: reporter."]),
        Situation::of(
            "official statistics, and two papers that print them",
            "office supports; office firstHand; post supports; times supports; \
             post wasDerivedFrom office; times wasDerivedFrom office",
            [3, 1, 0, 0, 0],
        )
        .says(&["All support passes through office"]),
        Situation::of(
            "a post that passed through three channels",
            "third supports; third wasQuotedFrom second; second wasQuotedFrom first",
            [1, 0, 1, 0, 0],
        )
        .says(&["first"]),
        Situation::of(
            "the same article recorded twice, by its address and bytes",
            "one supports; two supports; one firstHand; two firstHand; one address gate same; \
             two address gate same; one publisher daily; two publisher daily",
            [1, 1, 0, 0, 0],
        )
        .says(&["one report in two copies"]),
        Situation {
            about: About::Utterance,
            ..Situation::of(
                "a recording of the mayor saying it, for the claim that the mayor said it",
                "recording supports; recording firstHand",
                [1, 1, 0, 0, 0],
            )
        }
        .says(&["at least one independent origin (recording)"])
        .never_says(&["own word"]),
    ]
}

#[test]
fn everyday_situations_get_the_answer_of_an_editor() {
    let mut wrong = Vec::new();
    let all = situations();
    assert!(all.len() >= 21, "only {}", all.len());
    for situation in &all {
        let graph = graph(situation);
        let counts = Analysis::new(&graph).expect("small").support.counts;
        let counts = [
            counts.documents,
            counts.independent,
            counts.untraced,
            counts.own_word,
            counts.circular,
        ];
        let report = CorroborationReport::new(&graph, &called, None).expect("small");
        let sentence = report.sentence.to_string();
        let notes: Vec<String> = report.notes.iter().map(Message::to_string).collect();
        let drawing = draw(&graph, &report, &"claim".into(), &|_| Card::default());
        let mut faults = Vec::new();
        if counts != situation.counts {
            faults.push(format!("counts {counts:?}, not {:?}", situation.counts));
        }
        let says = situation
            .says
            .iter()
            .filter(|words| !sentence.contains(**words));
        faults.extend(says.map(|words| format!("it does not say {words:?}")));
        let never = situation
            .never_says
            .iter()
            .filter(|words| sentence.contains(**words));
        faults.extend(never.map(|words| format!("it says {words:?}")));
        let noted = |begins: &&&str| !notes.iter().any(|note| note.starts_with(**begins));
        let missing = situation.notes.iter().filter(noted);
        faults.extend(missing.map(|begins| format!("no note begins {begins:?}")));
        // The drawing says the same as the sentence.
        if !drawing.contains(&sentence.replace('\'', "&apos;"))
            && !drawing.contains(&sentence.replace('\'', "&#39;"))
            && !drawing.contains(&sentence)
        {
            faults.push("the drawing does not have the sentence".to_owned());
        }
        if !faults.is_empty() {
            let (name, faults) = (situation.name, faults.join("; "));
            wrong.push(format!("{name}: {faults}\n  {sentence}\n  {notes:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
