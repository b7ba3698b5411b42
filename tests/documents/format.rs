//! Holds `docs/format.md` to the code: its example is computed again, its words, types, fields, codes and limits are
//! those of the library; and `docs/glossary.md` to the words of the model.

use crate::library::vectors::{codes_in, make};
use claimledger_core::encoding::{DefectCode, limits};
use claimledger_core::entry::{Entry, Head};
use claimledger_core::envelope::{Error, Verified, pae, seal};
use claimledger_core::model::{Statement, StatementType};
use claimledger_core::model::{
    assessment, attestation, claim, correction, dispute, evidence, key_event, organisation,
    relation, scale, snapshot, source,
};
use claimledger_core::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use claimledger_core::tlog::merkle::leaf_hash;
use claimledger_core::tlog::note::VerifierKey;
use claimledger_core::{TreeSize, UnixMillis};
use make::{base64, hex, public};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub const PAGE: &str = include_str!("../../docs/format.md");

pub const TIME: UnixMillis = UnixMillis::new(1_769_860_800_000);

fn sign(byte: u8, words: &[u8]) -> claimledger_core::crypto::Signature {
    use ed25519_dalek::Signer as _;
    claimledger_core::crypto::Signature::from_bytes(make::secret(byte).sign(words).to_bytes())
}

/// The statement of entry 0 at the head of the page, from two seeds: its bytes, and verified.
pub fn first_statement() -> (String, Verified) {
    let payload = json!({
        "body": {
            "checkpointKey": base64(&public(2)),
            "holder": "anna",
            "organisation": { "name": "The Desk", "organisation": "desk" },
            "origin": "desk.example/facts",
            "rules": 1,
            "title": "Facts",
        },
        "issued": "2026-01-31T12:00:00Z",
        "key": base64(&public(1)),
        "type": "ledger.create",
    })
    .to_string();
    let statement = Statement::decode(payload.as_bytes()).unwrap();
    let verified = seal(&statement, |words| Ok::<_, Error>(sign(1, words)))
        .and_then(claimledger_core::envelope::Parsed::verify_strict)
        .unwrap();
    (payload, verified)
}

/// The listing at the head of the page: a ledger of one entry.
fn listing() -> String {
    let (payload, verified) = first_statement();
    let words = pae(payload.as_bytes());
    assert_eq!(words, make::pae(payload.as_bytes()));
    let entry = Entry::place(&Head::EMPTY, TIME, &verified);
    let bytes = entry.encode().unwrap();
    let leaf = leaf_hash(&bytes);
    let origin: claimledger_core::encoding::name::Origin = "desk.example/facts".parse().unwrap();
    let vkey = VerifierKey::new(
        origin.clone(),
        claimledger_core::crypto::PublicKey::from_bytes(public(2)),
    );
    let head = Checkpoint {
        origin,
        size: TreeSize::new(1),
        root: leaf,
    };
    let checkpoint = SignedCheckpoint::sign(head, &vkey, |text| sign(2, text)).to_bytes();
    let mut out = format!(
        "person's key      {}   (seed: 32 bytes 0x01)\n\
         checkpoint key    {}   (seed: 32 bytes 0x02)\n\n\
         statement         {} bytes of canonical JSON\n{payload}\n\n\
         PAE               {} bytes: what is signed\n{}\n\n\
         signature         {}\n\
         statement id      {} = SHA-256(PAE); of entry 0: the ledger's id\n\n\
         entry 0           {} bytes\n",
        base64(&public(1)),
        base64(&public(2)),
        payload.len(),
        words.len(),
        String::from_utf8(words).unwrap(),
        entry.signature,
        verified.id(),
        bytes.len(),
    );
    for (from, to, meaning) in [
        (0, 1, "version"),
        (1, 9, "index"),
        (9, 41, "previous: none"),
        (41, 49, "time: 2026-01-31T12:00:00.000Z"),
        (49, 81, "key"),
        (81, 145, "signature"),
        (145, 153, "length of the payload"),
    ] {
        out.push_str(&format!(
            "  {from:>3}  {}  {meaning}\n",
            hex(&bytes[from..to])
        ));
    }
    out.push_str("  153  the statement's bytes, as above\n\n");
    out.push_str(&format!(
        "leaf hash         {leaf} = SHA-256(0x00 \u{2016} entry); of one leaf: the root\n\
         verifier key      {vkey}\n\n\
         checkpoint        {} bytes: text, empty line, signature\n{}",
        checkpoint.len(),
        String::from_utf8(checkpoint).unwrap(),
    ));
    out
}

#[test]
fn the_example_on_the_page_is_computed_again() {
    let listing = listing();
    assert!(
        PAGE.contains(&format!("```text\n{listing}```\n")),
        "docs/format.md should say:\n{listing}"
    );
}

/// Refuses the page unless it says each of these in code letters.
fn says<T: AsRef<str>>(what: &str, words: impl IntoIterator<Item = T>) {
    let missing: Vec<String> = words
        .into_iter()
        .map(|word| format!("`{}`", word.as_ref()))
        .filter(|word| !PAGE.contains(word))
        .collect();
    assert!(missing.is_empty(), "{what}: the page lacks {missing:?}");
}

macro_rules! closed_sets {
    ($($set:path),+ $(,)?) => {
        vec![$((
            stringify!($set),
            <$set>::ALL.iter().map(|word| word.as_str()).collect::<Vec<&'static str>>(),
        )),+]
    };
}

/// Every closed set of words but that of the statement types.
fn closed_sets() -> Vec<(&'static str, Vec<&'static str>)> {
    closed_sets![
        organisation::Role,
        key_event::RevocationReason,
        scale::Needs,
        scale::Direction,
        source::SourceKind,
        snapshot::Holding,
        relation::SourceRelation,
        relation::ClaimRelation,
        assessment::OriginKind,
        claim::Wording,
        claim::About,
        evidence::Stance,
        attestation::Decision,
        correction::CorrectionKind,
        dispute::Grounds,
        dispute::Outcome,
        source::QuotationState,
        snapshot::ArchiveProofKind,
        snapshot::ChosenBy,
    ]
}

#[test]
fn every_closed_set_has_its_row() {
    let rows: Vec<&str> = PAGE.lines().filter(|line| line.starts_with('|')).collect();
    for (set, words) in closed_sets() {
        let found = rows.iter().any(|row| {
            let spelled: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            let in_row = row.split('`').skip(1).step_by(2).count();
            spelled.iter().all(|word| row.contains(word)) && in_row == spelled.len()
        });
        assert!(
            found,
            "no row of the page has the words of {set} and no others: {words:?}"
        );
    }
    let mut sets = 0;
    let model = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/core/src/model");
    for file in std::fs::read_dir(model).unwrap() {
        let path = file.unwrap().path();
        // Each statement type has a section of its own.
        if path.is_dir() || path.ends_with("statement_type.rs") {
            continue;
        }
        let source = std::fs::read_to_string(path).unwrap();
        sets += source.lines().filter(|line| *line == "words!(").count();
    }
    assert_eq!(
        sets,
        closed_sets().len(),
        "a closed set of the model is missing in this test"
    );
}

/// The bodies of the valid vectors, by type.
fn bodies() -> BTreeMap<String, Vec<Value>> {
    let mut bodies: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (path, text) in make::all() {
        if !path.starts_with("statement/valid") {
            continue;
        }
        let vector: Value = serde_json::from_str(&text).unwrap();
        let Some(text) = vector["input"]["text"].as_str() else {
            continue;
        };
        let statement: Value = serde_json::from_str(text).unwrap();
        let word = statement["type"].as_str().unwrap().to_owned();
        bodies.entry(word).or_default().push(statement);
    }
    bodies
}

/// The field table of a section: each field and whether it is required.
fn fields(heading: &str) -> BTreeMap<String, bool> {
    let (_, rest) = PAGE
        .split_once(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("the page has no section {heading}"));
    let section = rest.split("\n##").next().unwrap();
    section
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let [_, name, _, required, _, _, _] = cells[..] else {
                return None;
            };
            let name = name.strip_prefix('`')?.strip_suffix('`')?;
            match required {
                "yes" => Some((name.to_owned(), true)),
                "no" => Some((name.to_owned(), false)),
                other => panic!("{heading} {name}: required is yes or no, not {other:?}"),
            }
        })
        .collect()
}

#[test]
fn every_type_has_its_fields_and_no_others() {
    let bodies = bodies();
    let mut sections: Vec<(String, &str, &str)> = StatementType::ALL
        .iter()
        .map(|word| (format!("### `{word}`"), word.as_str(), "/body"))
        .collect();
    sections.extend([
        (
            "### Corrections".to_owned(),
            "claim.add",
            "/body/correction",
        ),
        (
            "### Snapshots".to_owned(),
            "source.capture",
            "/body/snapshot",
        ),
        ("## Excerpts".to_owned(), "evidence.add", "/body/excerpt"),
    ]);
    for (heading, word, pointer) in sections {
        let statements: Vec<&Value> = bodies[word]
            .iter()
            .filter(|statement| statement.pointer(pointer).is_some())
            .collect();
        let fields = fields(&heading);
        let known: BTreeSet<&String> = statements
            .iter()
            .flat_map(|s| s.pointer(pointer).unwrap().as_object().unwrap().keys())
            .collect();
        assert_eq!(fields.keys().collect::<BTreeSet<_>>(), known, "{heading}");
        for (field, required) in fields {
            let mut without = statements
                .iter()
                .find(|s| s.pointer(pointer).unwrap().get(&field).is_some())
                .map(|s| Value::clone(s))
                .unwrap();
            let object = without.pointer_mut(pointer).unwrap();
            let object = object.as_object_mut().unwrap();
            object.remove(&field);
            // An object of one field is empty without it, which is refused before anything is missed.
            if object.is_empty() {
                continue;
            }
            let answer = Statement::decode(without.to_string().as_bytes());
            let missed = answer.is_err_and(|d| d.code == DefectCode::FieldMissing);
            assert_eq!(missed, required, "{heading} {field}");
        }
    }
}

/// Names of the fields of every object inside a value.
fn names(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                into.insert(name.clone());
                names(value, into);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, into)),
        _ => {}
    }
}

#[test]
fn every_field_at_any_depth_is_named() {
    let mut all = BTreeSet::new();
    for statement in bodies().into_values().flatten() {
        names(&statement, &mut all);
    }
    // These are shown as the JSON they stand in.
    let shown = [
        "sealed",
        "knownThrough",
        "machine",
        "person",
        "named",
        "declared",
        "size",
        "root",
    ];
    all.retain(|name| !(shown.contains(&name.as_str()) && PAGE.contains(&format!("\"{name}\""))));
    says("fields", all);
}

#[test]
fn every_code_is_explained() {
    let explained = |code: &str| {
        PAGE.lines()
            .any(|line| line.starts_with(&format!("| `{code}` |")))
    };
    let mut codes: Vec<String> = DefectCode::ALL.iter().map(ToString::to_string).collect();
    codes.extend(codes_in(include_str!("../../crates/core/src/entry/mod.rs")));
    codes.extend(codes_in(include_str!(
        "../../crates/core/src/envelope/mod.rs"
    )));
    codes.extend(codes_in(include_str!("../../crates/core/src/tlog/mod.rs")));
    codes.extend(codes_in(include_str!(
        "../../crates/core/src/log/excerpts.rs"
    )));
    let missing: Vec<&String> = codes.iter().filter(|code| !explained(code)).collect();
    assert!(missing.is_empty(), "no row explains {missing:?}");
}

/// 65535 as 65,535.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).unwrap())
        .collect();
    groups.join(",")
}

#[test]
fn every_limit_has_its_row() {
    let (_, section) = PAGE.split_once("\n## Limits\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let bytes = |n: usize| format!("| {} bytes |", grouped(n as u64));
    let rows = [
        ("MAX_ENTRY_BYTES", bytes(limits::MAX_ENTRY_BYTES)),
        ("ENTRY_OVERHEAD_BYTES", bytes(limits::ENTRY_OVERHEAD_BYTES)),
        ("MAX_STATEMENT_BYTES", bytes(limits::MAX_STATEMENT_BYTES)),
        (
            "twice MAX_STATEMENT_BYTES",
            bytes(limits::MAX_STATEMENT_BYTES * 2),
        ),
        (
            "MAX_INTEGER",
            format!("| {} |", grouped(limits::MAX_INTEGER)),
        ),
        ("MAX_JSON_DEPTH", format!("| {} |", limits::MAX_JSON_DEPTH)),
        ("MAX_NAME_BYTES", bytes(limits::MAX_NAME_BYTES)),
        ("MAX_LINE_BYTES", bytes(limits::MAX_LINE_BYTES)),
        ("MAX_TEXT_BYTES", bytes(limits::MAX_TEXT_BYTES)),
        (
            "MAX_LIST_ITEMS",
            format!("| {} items |", grouped(limits::MAX_LIST_ITEMS as u64)),
        ),
        ("MAX_LABEL_BYTES", bytes(limits::MAX_LABEL_BYTES)),
        ("MAX_ORIGIN_BYTES", bytes(limits::MAX_ORIGIN_BYTES)),
        ("MAX_NOTE_BYTES", bytes(limits::MAX_NOTE_BYTES)),
        (
            "MAX_ISSUED_AHEAD_MILLIS",
            format!("| {} ms |", grouped(limits::MAX_ISSUED_AHEAD_MILLIS)),
        ),
        (
            "MAX_TEXT_SOURCE_BYTES",
            format!("| {} bytes |", grouped(limits::MAX_TEXT_SOURCE_BYTES)),
        ),
        (
            "MAX_TRAVELLING_SNAPSHOT_BYTES",
            format!(
                "| {} bytes |",
                grouped(limits::MAX_TRAVELLING_SNAPSHOT_BYTES)
            ),
        ),
        (
            "MAX_UNPACKED_BYTES",
            format!("| {} bytes |", grouped(limits::MAX_UNPACKED_BYTES)),
        ),
    ];
    for (name, row) in &rows {
        assert!(
            section.contains(row.as_str()),
            "{name}: no row says {row:?}"
        );
    }
    let source = include_str!("../../crates/core/src/encoding/limits.rs");
    let constants: BTreeSet<&str> = source
        .lines()
        .filter_map(|line| line.strip_prefix("pub const ")?.split(':').next())
        .collect();
    let tested: BTreeSet<&str> = rows
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !name.contains(' '))
        .collect();
    assert_eq!(constants, tested, "a limit is missing in this test");
}

#[test]
fn the_page_has_every_fixed_text() {
    for words in [
        claimledger_core::envelope::PAYLOAD_TYPE,
        "claimledger/sealed/v1\\n",
        "claimledger/enroll/v1",
        "claimledger/rotate/v1",
        "claimledger/checkpoint-key/v1",
        "claimledger/recover/v1",
        "claimledger/closed/v1",
    ] {
        assert!(PAGE.contains(words), "{words}");
    }
}

#[test]
fn the_glossary_has_every_word() {
    let glossary = include_str!("../../docs/glossary.md");
    let missing: Vec<&str> = WORDS
        .iter()
        .copied()
        .filter(|word| !glossary.contains(&format!("| **{word}** |")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let mut rows: Vec<String> = Vec::new();
    for line in glossary.lines() {
        if line.starts_with("| **") {
            rows.push(line.split("**").nth(1).unwrap().to_owned());
            assert_eq!(line.matches('|').count(), 4, "{line}");
        } else if line.starts_with('#') {
            assert!(
                rows.is_sorted(),
                "a section of the glossary is not in order: {rows:?}"
            );
            rows.clear();
        }
    }
    assert!(rows.is_sorted(), "the glossary is not in order: {rows:?}");
}

/// The words that code, help and documents share.
const WORDS: &[&str] = &[
    "appearance",
    "attestation",
    "checkpoint",
    "chokepoint",
    "circular reporting",
    "claim",
    "claimant",
    "consistency proof",
    "correction",
    "corroboration",
    "cosignature",
    "dispute",
    "dossier",
    "entry",
    "entry bundle",
    "envelope",
    "evidence",
    "excerpt",
    "holder",
    "inclusion proof",
    "ledger",
    "mirror",
    "organisation",
    "origin",
    "rating",
    "rating scale",
    "root",
    "snapshot",
    "source",
    "stance",
    "standing",
    "statement",
    "tile",
    "traced",
    "untraced",
    "verdict",
    "withdrawal",
    "witness",
];
