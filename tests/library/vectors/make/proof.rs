//! `tlog-proof/`, `witness-policy/` and `add-checkpoint/`: proofs, trust policies and requests to witnesses.

use super::note::{line, note, vkey};
use super::{Vectors, base64, hex, replaced, sha256};
use serde_json::json;

pub fn make(vectors: &mut Vectors) {
    proofs(vectors);
    policies(vectors);
    requests(vectors);
}

/// A log of two entries: both leaf hashes, and the signed head.
fn two_entries() -> ([u8; 32], [u8; 32], String) {
    let (first, second) = (sha256(&[&[0], b"one"]), sha256(&[&[0], b"two"]));
    let root = sha256(&[&[1], &first, &second]);
    let text = format!("log.example/facts\n2\n{}\n", base64(&root));
    let head = note(&text, &[line("log.example/facts", 1, &text)]);
    (first, second, head)
}

fn proofs(vectors: &mut Vectors) {
    let (first, second, head) = two_entries();
    let good = format!(
        "c2sp.org/tlog-proof@v1\nindex 1\n{}\n\n{head}",
        base64(&first)
    );
    let input = |text: &str| json!({ "leaf": hex(&second), "proof": text });
    vectors.put(
        "tlog-proof/valid",
        "The second of two entries: its sibling is the first.",
        &input(&good),
        &json!({ "index": 1, "size": 2 }),
    );
    let extra = replaced(&good, "\nindex", "\nextra AAAA\nindex");
    vectors.put(
        "tlog-proof/valid-extra",
        "An extra line is carried and vouched for by nobody.",
        &input(&extra),
        &json!({ "index": 1, "size": 2 }),
    );
    let malformed = [
        (
            "header",
            "Another header.",
            replaced(&good, "proof@v1", "proof@v2"),
        ),
        (
            "index-zeros",
            "A second spelling of the index.",
            replaced(&good, "index 1", "index 01"),
        ),
        (
            "no-empty-line",
            "Nothing divides the proof from the head.",
            "c2sp.org/tlog-proof@v1\nindex 1\n".to_owned(),
        ),
        (
            "index-beyond",
            "The log has two entries.",
            replaced(&good, "index 1", "index 2"),
        ),
        (
            "hash-missing",
            "The sibling is left out.",
            replaced(&good, &format!("{}\n", base64(&first)), ""),
        ),
    ];
    for (name, comment, text) in malformed {
        let path = format!("tlog-proof/{name}");
        vectors.broken(&path, comment, "proof-malformed", &input(&text));
    }
    let fails = [(
        "other-sibling",
        "The sibling is another hash.",
        replaced(&good, &base64(&first), &base64(&[7; 32])),
    )];
    for (name, comment, text) in fails {
        let path = format!("tlog-proof/{name}");
        vectors.broken(&path, comment, "proof-fails", &input(&text));
    }
}

fn policies(vectors: &mut Vectors) {
    let good = format!("log {}\nquorum none\n", vkey("log.example/facts", 1));
    vectors.put(
        "witness-policy/valid",
        "One log, and no witness is asked for.",
        &json!(good),
        &json!({ "logs": 1, "witnesses": 0 }),
    );
    let bad = [
        (
            "no-quorum",
            "A policy says what is enough.",
            replaced(&good, "quorum none\n", ""),
        ),
        (
            "quorum-unknown",
            "Nobody of that name.",
            replaced(&good, "quorum none", "quorum them"),
        ),
        (
            "word-unknown",
            "No line begins so.",
            replaced(&good, "log ", "ledger "),
        ),
        (
            "no-newline",
            "The last line ends like the others.",
            good.trim_end().to_owned(),
        ),
    ];
    for (name, comment, text) in bad {
        let path = format!("witness-policy/{name}");
        vectors.broken(&path, comment, "policy-malformed", &json!(text));
    }
}

fn requests(vectors: &mut Vectors) {
    let (_, second, head) = two_entries();
    let good = format!("old 1\n{}\n\n{head}", base64(&second));
    vectors.put(
        "add-checkpoint/valid",
        "From one entry to two: the second leaf is the proof.",
        &json!(good),
        &json!({ "hashes": 1, "old": 1, "size": 2 }),
    );
    let bad = [
        (
            "no-old",
            "It says which size the witness knows.",
            replaced(&good, "old 1\n", ""),
        ),
        (
            "old-zeros",
            "A second spelling of the size.",
            replaced(&good, "old 1", "old 01"),
        ),
    ];
    for (name, comment, text) in bad {
        let path = format!("add-checkpoint/{name}");
        vectors.broken(&path, comment, "witness-malformed", &json!(text));
    }
}
