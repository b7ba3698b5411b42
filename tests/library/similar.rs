//! Claims that are like a new one, measured on 600 claims in six languages with paraphrases written by hand
//! (`benches/similar/claims.tsv`). docs/search.md has the figures; here are their floors.

use claimledger::text::likeness::{PieceNumber, SIMILAR, WeighedClaim, pieces, weight};
use claimledger::text::similar::near_duplicates;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

const CLAIMS: &str = include_str!("../../benches/similar/claims.tsv");

struct Row {
    group: &'static str,
    kind: &'static str,
    text: &'static str,
    pieces: BTreeSet<PieceNumber>,
}

fn rows() -> Vec<Row> {
    let lines = CLAIMS.lines().skip(1);
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Row {
                group: cells[2],
                kind: cells[3],
                text: cells[4],
                pieces: pieces(cells[4]).map(|p| PieceNumber::of(&p)).collect(),
            }
        })
        .collect()
}

/// The claims that a ledger would hold: first wordings, near misses, and claims with nothing near.
fn is_held(row: &Row) -> bool {
    matches!(row.kind, "claim" | "near-miss" | "alone")
}

/// How the claims of one kind were judged, each as a new claim beside all that are held.
#[derive(Debug, Default)]
struct Judged {
    all: u32,
    /// The first wording, or another claim of the group, is the best.
    top_1: u32,
    /// The first wording is among the best five.
    top_5: u32,
    /// The first wording is called similar or nearly the same.
    found: u32,
    /// A claim of another group is called similar.
    false_alarm: u32,
    /// A claim of another group, or a near miss, is called nearly the same.
    false_same: u32,
}

fn judged(rows: &[Row], kind: &str) -> Judged {
    let held: Vec<&Row> = rows.iter().filter(|row| is_held(row)).collect();
    let mut having: BTreeMap<PieceNumber, u64> = BTreeMap::new();
    for piece in held.iter().flat_map(|row| &row.pieces) {
        *having.entry(*piece).or_default() += 1;
    }
    let weigh = |piece: &PieceNumber| {
        let having = having.get(piece).copied().unwrap_or(0);
        weight(held.len() as u64, having)
    };
    let mut judged = Judged::default();
    for row in rows.iter().filter(|row| row.kind == kind) {
        let others = held.iter().filter(|other| other.text != row.text);
        let own = row.pieces.iter().map(|piece| (*piece, weigh(piece)));
        let own = WeighedClaim::new(own.collect());
        let likeness = |other: &Row| {
            let pieces: Vec<PieceNumber> = other.pieces.iter().copied().collect();
            own.likeness(&pieces, |at| weigh(&pieces[at]), 0.0)
        };
        let mut ranked: Vec<(f64, &&Row)> = others
            .clone()
            .map(|other| (likeness(other).unwrap_or(0.0), other))
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let same = near_duplicates(row.text, others.map(|other| (*other, other.text)));
        let is_first = |other: &Row| other.group == row.group && other.kind == "claim";
        judged.all += 1;
        judged.top_1 += u32::from(ranked[0].1.group == row.group);
        judged.top_5 += u32::from(ranked[..5].iter().any(|(_, other)| is_first(other)));
        judged.found += u32::from(
            ranked[..3]
                .iter()
                .any(|(score, other)| *score >= SIMILAR && is_first(other))
                || same.iter().any(|near| is_first(near.key)),
        );
        judged.false_alarm += u32::from(
            ranked[..3]
                .iter()
                .any(|(score, other)| *score >= SIMILAR && other.group != row.group),
        );
        judged.false_same += u32::from(same.iter().any(|near| near.key.group != row.group));
    }
    judged
}

/// At least so many of a hundred.
fn at_least(count: u32, all: u32, percent: u32) -> bool {
    count * 100 >= all * percent
}

#[test]
fn claims_with_changed_words_and_paraphrases_are_found_and_others_are_left_alone() {
    let rows = rows();
    for kind in ["words", "paraphrase", "near-miss", "alone"] {
        let told = writeln!(std::io::stderr(), "{kind}: {:?}", judged(&rows, kind));
        told.expect("a line");
    }
    let words = judged(&rows, "words");
    assert!(at_least(words.found, words.all, 98), "{words:?}");
    assert!(at_least(words.top_1, words.all, 99), "{words:?}");
    let told = judged(&rows, "paraphrase");
    assert!(at_least(told.top_1, told.all, 87), "{told:?}");
    assert!(at_least(told.top_5, told.all, 92), "{told:?}");
    assert!(at_least(told.found, told.all, 50), "{told:?}");
    assert!(!at_least(told.false_alarm, told.all, 8), "{told:?}");
    let alone = judged(&rows, "alone");
    assert!(!at_least(alone.false_alarm, alone.all, 13), "{alone:?}");
    // No claim of another group is called nearly the same.
    for kind in ["words", "paraphrase", "near-miss", "alone"] {
        let judged = judged(&rows, kind);
        assert_eq!(judged.false_same, 0, "{kind}: {judged:?}");
    }
}
