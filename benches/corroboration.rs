//! Corroboration of a claim with 4,096 sources, the most that are counted: the whole report, what a verdict freezes, and the drawing's floor.

use claimledger_core::EntryIndex;
use claimledger_core::Message;
use claimledger_core::corroboration::graph::{
    AssessmentMark, EvidenceEdge, RelationEdge, SourceNode,
};
use claimledger_core::corroboration::{Analysis, CorroborationReport, Graph, freeze};
use claimledger_core::model::StatementId;
use claimledger_core::model::assessment::OriginKind;
use claimledger_core::model::claim::About;
use claimledger_core::model::evidence::Stance;
use claimledger_core::model::relation::SourceRelation;
use criterion::{Criterion, criterion_group, criterion_main};
use std::collections::BTreeSet;
use std::hint::black_box;

fn id(kind: u8, number: u32) -> StatementId {
    let mut bytes = [0; 32];
    bytes[0] = kind;
    bytes[1..5].copy_from_slice(&number.to_be_bytes());
    StatementId::from_bytes(bytes)
}

/// So many sources, related by `relate`: from, relation, to; first-hand where `first_hand` says so.
fn graph(
    sources: u32,
    relate: impl Fn(u32) -> Vec<(u32, SourceRelation)>,
    first_hand: impl Fn(u32) -> bool,
    in_evidence: impl Fn(u32) -> bool,
) -> Graph {
    let pairs = (0..sources).flat_map(|from| {
        relate(from)
            .into_iter()
            .map(move |(to, relation)| (from, to, relation))
    });
    Graph {
        claim: id(0, 0),
        about: About::Fact,
        appeared_in: BTreeSet::new(),
        policy: None,
        sources: (0..sources)
            .map(|n| SourceNode {
                never_held: n % 3 == 0,
                machine_translated: n % 7 == 0,
                ..SourceNode::new(id(1, n), EntryIndex::new(n.into()))
            })
            .collect(),
        evidence: (0..sources)
            .filter(|n| in_evidence(*n))
            .map(|n| EvidenceEdge {
                id: id(2, n),
                source: id(1, n),
                stance: if n % 5 == 0 {
                    Stance::Refutes
                } else {
                    Stance::Supports
                },
                via: Vec::new(),
            })
            .collect(),
        relations: (0..)
            .zip(pairs)
            .map(|(n, (from, to, relation))| RelationEdge {
                id: id(3, n),
                from: id(1, from),
                to: id(1, to),
                relation,
            })
            .collect(),
        assessments: (0..sources)
            .filter(|n| first_hand(*n))
            .map(|n| AssessmentMark {
                id: id(4, n),
                source: id(1, n),
                kind: OriginKind::FirstHand,
            })
            .collect(),
    }
}

const MANY: u32 = 4_096;

/// Spreads numbers without a generator: Knuth's multiplicative step.
const fn spread(n: u32) -> u32 {
    n.wrapping_mul(2_654_435_761) >> 8
}

fn shapes() -> Vec<(&'static str, Graph)> {
    use SourceRelation::{IndependentOf, WasDerivedFrom, WasQuotedFrom, WireCopyOf};
    let all = |_: u32| true;
    vec![
        // 3,096 articles in evidence on 1,000 roots, three each, some of them copies of one another
        (
            "newsroom",
            graph(
                MANY,
                |n| match n {
                    0..1_000 => Vec::new(),
                    n if n % 4 == 0 => vec![(n - 1, WireCopyOf)],
                    n => (0..3)
                        .map(|k| (spread(n + k) % 1_000, WasQuotedFrom))
                        .collect(),
                },
                |n| n < 500,
                |n| n >= 1_000,
            ),
        ),
        // every source quotes the one before, and the first 64 saw it themselves: the widest leaning there is
        (
            "first-hand chain",
            graph(
                MANY,
                |n| {
                    if n == 0 {
                        Vec::new()
                    } else {
                        vec![(n - 1, WasQuotedFrom)]
                    }
                },
                |n| n < 64,
                all,
            ),
        ),
        // first-hand sources that lean on one another at random
        (
            "first-hand tangle",
            graph(
                MANY,
                |n| {
                    (1..4)
                        .filter(|k| n > *k)
                        .map(|k| (spread(n + k) % n, WasDerivedFrom))
                        .collect()
                },
                |n| n < 64,
                all,
            ),
        ),
        // 4,096 sources apart from one another, 12 of them vouched pairwise but for neighbours
        (
            "apart and vouched",
            graph(
                MANY,
                |n| {
                    if n >= 12 {
                        Vec::new()
                    } else {
                        (n + 2..12).map(|to| (to, IndependentOf)).collect()
                    }
                },
                |n| n >= 12 && n % 2 == 0,
                all,
            ),
        ),
        // one long chain and one document
        (
            "chain",
            graph(
                MANY,
                |n| {
                    if n + 1 == MANY {
                        Vec::new()
                    } else {
                        vec![(n + 1, WasDerivedFrom)]
                    }
                },
                |n| n + 1 == MANY,
                |n| n == 0,
            ),
        ),
    ]
}

fn most_sources(criterion: &mut Criterion) {
    let name = |id: &StatementId| Message::from(id.short());
    let mut group = criterion.benchmark_group("4,096 sources");
    group.sample_size(10);
    for (shape, graph) in shapes() {
        group.bench_function(format!("{shape}: freeze"), |b| {
            b.iter(|| freeze(black_box(&graph)));
        });
        group.bench_function(format!("{shape}: analysis"), |b| {
            b.iter(|| Analysis::new(black_box(&graph)));
        });
        group.bench_function(format!("{shape}: report"), |b| {
            b.iter(|| CorroborationReport::new(black_box(&graph), &name, None));
        });
    }
    group.finish();
}

criterion_group!(benches, most_sources);
criterion_main!(benches);
