//! Runs the vectors in `tests/vectors/rule/`: a log, entry by entry, and an entry that the rules refuse after it.

use claimledger_core::encoding::bytes::from_base64;
use claimledger_core::entry::{Entry, Head};
use claimledger_core::rules::admit;
use claimledger_core::rules::{Candidate, Changes, MemoryView, Refusal, Rejection};
use claimledger_core::tlog::merkle::{Frontier, leaf_hash};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    comment: String,
    input: Input,
    expect: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    log: Vec<String>,
    entry: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    code: String,
    state: String,
}

/// Takes in the log, and answers with the digest of the state after it and with the judgement on the entry.
fn run(input: &Input) -> (String, Result<Changes, Rejection>) {
    let mut view = MemoryView::default();
    let mut tree = Frontier::new();
    let mut chain = Head::EMPTY;
    for (index, entry) in input.log.iter().enumerate() {
        let bytes = from_base64(entry).unwrap();
        let (read, judgement) = judge(&view, &chain, &bytes);
        let changes =
            judgement.unwrap_or_else(|rejection| panic!("entry {index} of the log: {rejection}"));
        tree.push(leaf_hash(&bytes));
        chain = read.head_after(&bytes);
        view.apply(&changes, tree.root());
    }
    let (_, judgement) = judge(&view, &chain, &from_base64(&input.entry).unwrap());
    (view.digest().to_string(), judgement)
}

/// Reads an entry that must follow the chain, and asks the rules about it.
fn judge(view: &MemoryView, chain: &Head, bytes: &[u8]) -> (Entry, Result<Changes, Rejection>) {
    let read = Entry::decode(bytes).unwrap();
    read.follows(chain).unwrap();
    let statement = read.envelope().unwrap().verify_strict().unwrap();
    let candidate = Candidate {
        index: read.index,
        time: read.time,
        statement: &statement,
    };
    let judgement = admit(view, &candidate).map_err(|refusal| match refusal {
        Refusal::Rejected(rejection) => rejection,
        Refusal::View(never) => match never {},
    });
    (read, judgement)
}

#[test]
fn each_entry_is_refused_with_its_code_and_every_code_has_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/rule");
    let mut seen = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let vector: Vector = serde_json::from_str(&text).unwrap();
        let (state, answer) = run(&vector.input);
        let rejection = answer
            .err()
            .unwrap_or_else(|| panic!("{name} was admitted"));
        assert_eq!(vector.expect.code, name, "its name says its code");
        assert_eq!(rejection.code().as_str(), name);
        // Messages may change, vectors do not: the comment says what is wrong, the code is what counts.
        assert!(vector.comment.ends_with('.'), "{name}");
        assert_eq!(vector.expect.state, state, "{name}");
        seen.insert(name);
    }
    let all: BTreeSet<String> = Rejection::CODES
        .iter()
        .filter(|code| !WITHOUT_A_VECTOR.contains(&code.as_str()))
        .map(ToString::to_string)
        .collect();
    let missing: Vec<&String> = all.difference(&seen).collect();
    assert!(missing.is_empty(), "no vector for {missing:?}");
    assert_eq!(all, seen);
}

/// `rules-order` needs a second version of the rules, and `correction-chain` a log of more than a thousand corrections. The
/// tests of the rules refuse both.
const WITHOUT_A_VECTOR: [&str; 2] = ["rules-order", "correction-chain"];
