//! `excerpt/` and `possession/`: quotations in their texts, and what new keys sign.

use super::{Vectors, base64, hex, id, public, replaced, sign};
use serde_json::{Value, json};

pub fn make(vectors: &mut Vectors) {
    excerpts(vectors);
    possession(vectors);
}

fn excerpts(vectors: &mut Vectors) {
    let plain = json!({ "text": "He said no. \u{1f600} Then he said no again; n\u{e9}e said so." });
    let lines = json!({ "hex": hex("\u{feff}one\r\ntwo\rthree\n\u{0}\u{85}\tfour".as_bytes()) });
    let composed = json!({ "text": "ne\u{301}e" });
    let good: [(&str, &str, &Value, u64, u64, &str); 8] = [
        (
            "valid-first",
            "The first of two places.",
            &plain,
            3,
            10,
            "said no",
        ),
        (
            "valid-second",
            "The second place, counted in code points past an emoji.",
            &plain,
            22,
            29,
            "said no",
        ),
        (
            "valid-emoji",
            "An emoji is one code point.",
            &plain,
            12,
            13,
            "\u{1f600}",
        ),
        (
            "valid-whole",
            "The whole text.",
            &plain,
            0,
            49,
            "He said no. \u{1f600} Then he said no again; n\u{e9}e said so.",
        ),
        (
            "valid-byte-order-mark",
            "The byte order mark is no part of the text.",
            &lines,
            0,
            3,
            "one",
        ),
        (
            "valid-line-ends",
            "CRLF and CR are one LF each.",
            &lines,
            0,
            13,
            "one\ntwo\nthree",
        ),
        (
            "valid-control-characters",
            "Every other control character but tab is one U+FFFD.",
            &lines,
            14,
            21,
            "\u{fffd}\u{fffd}\tfour",
        ),
        (
            "valid-two-code-points",
            "A letter and its accent are two code points.",
            &composed,
            0,
            3,
            "ne\u{301}",
        ),
    ];
    let input = |document: &Value, start: u64, end: u64, quote: &str| json!({ "document": document, "end": end, "quote": quote, "start": start });
    for (name, comment, document, start, end, quote) in good {
        vectors.put(
            &format!("excerpt/{name}"),
            comment,
            &input(document, start, end, quote),
            &json!({ "holds": true }),
        );
    }
    let broken = "excerpt-broken";
    let bad: [(&str, &str, &str, &Value, u64, u64, &str); 13] = [
        (
            "not-in-the-text",
            "Words that the text does not say.",
            broken,
            &plain,
            3,
            11,
            "said yes",
        ),
        (
            "one-too-early",
            "The place before.",
            broken,
            &plain,
            21,
            28,
            "said no",
        ),
        (
            "one-too-late",
            "The place after.",
            broken,
            &plain,
            23,
            30,
            "said no",
        ),
        (
            "counted-in-utf16",
            "Positions in UTF-16 units, where the emoji counts twice.",
            broken,
            &plain,
            23,
            30,
            "said no",
        ),
        (
            "counted-in-bytes",
            "Positions in UTF-8 bytes.",
            broken,
            &plain,
            25,
            32,
            "said no",
        ),
        (
            "other-case",
            "A capital where there is none.",
            broken,
            &plain,
            3,
            10,
            "Said no",
        ),
        (
            "other-spelling-of-a-letter",
            "The composed letter where the text has two code points: nothing is normalised.",
            broken,
            &composed,
            0,
            2,
            "n\u{e9}",
        ),
        (
            "past-the-end",
            "Positions past the end.",
            broken,
            &plain,
            46,
            53,
            "said so",
        ),
        (
            "far-past-the-end",
            "Positions beyond any text.",
            broken,
            &plain,
            u64::MAX - 7,
            u64::MAX,
            "said no",
        ),
        (
            "span-too-wide",
            "Positions that span more than the quotation.",
            broken,
            &plain,
            3,
            11,
            "said no",
        ),
        (
            "carriage-return-kept",
            "A quotation with the carriage return that decoding took away.",
            broken,
            &lines,
            0,
            5,
            "one\r\n",
        ),
        (
            "byte-order-mark-kept",
            "A quotation with the byte order mark that decoding took away.",
            broken,
            &lines,
            0,
            4,
            "\u{feff}one",
        ),
        (
            "document-not-utf8",
            "Bytes that are no UTF-8 are no text.",
            "excerpt-no-text",
            &json!({ "hex": "73616964ff" }),
            0,
            4,
            "said",
        ),
    ];
    for (name, comment, code, document, start, end, quote) in bad {
        vectors.broken(
            &format!("excerpt/{name}"),
            comment,
            code,
            &input(document, start, end, quote),
        );
    }
}

fn possession(vectors: &mut Vectors) {
    let (ledger, new, old) = (id(5), base64(&public(3)), base64(&public(1)));
    let recovered = base64(&public(6));
    let rows = [
        (
            "enroll",
            format!(
                "claimledger/enroll/v1\nledger {ledger}\nkey {new}\nholder ben\norganisation desk\nroles editor,reviewer\nby {old}\n"
            ),
            json!({
                "by": old, "holder": "ben", "key": new, "kind": "enroll", "ledger": ledger,
                "organisation": "desk", "roles": ["editor", "reviewer"],
            }),
        ),
        (
            "rotate",
            format!("claimledger/rotate/v1\nledger {ledger}\nfrom {old}\nto {new}\n"),
            json!({ "from": old, "kind": "rotate", "ledger": ledger, "to": new }),
        ),
        (
            "checkpoint-key",
            format!(
                "claimledger/checkpoint-key/v1\nledger {ledger}\norigin desk.example/facts\nkey {new}\n"
            ),
            json!({ "key": new, "kind": "checkpointKey", "ledger": ledger, "origin": "desk.example/facts" }),
        ),
        (
            "recover",
            format!(
                "claimledger/recover/v1\nledger {ledger}\nlast-key-event 7\nrevoked {old}@3,{recovered}@5\nkey {new}\n"
            ),
            json!({
                "key": new, "kind": "recover", "lastKeyEvent": 7, "ledger": ledger,
                "revoked": [{ "distrustFrom": 3, "key": old }, { "distrustFrom": 5, "key": recovered }],
            }),
        ),
    ];
    for (kind, message, words) in rows {
        // A recovery key, of seed 7, signs `recover`; everywhere else the new key does.
        let signer = if kind == "recover" { 7 } else { 3 };
        let signed = |bytes: &[u8], by: u8| json!({ "signature": base64(&sign(by, bytes)), "signedBy": base64(&public(signer)), "words": words });
        let good = json!({ "message": message });
        vectors.put(
            &format!("possession/valid-{kind}"),
            "The words and their signature.",
            &signed(message.as_bytes(), signer),
            &good,
        );
        let other_ledger = replaced(&message, &ledger, &id(6));
        let code = "possession-invalid";
        let mut broken = |name: &str, comment: &str, input: &Value| {
            vectors.broken(&format!("possession/{kind}-{name}"), comment, code, input);
        };
        broken(
            "for-another-ledger",
            "A proof made for another ledger.",
            &signed(other_ledger.as_bytes(), signer),
        );
        broken(
            "by-another-key",
            "A proof by another key.",
            &signed(message.as_bytes(), 9),
        );
        broken(
            "without-the-last-newline",
            "The message ends with a newline.",
            &signed(message.trim_end().as_bytes(), signer),
        );
        broken(
            "of-another-kind",
            "The words of another kind of event.",
            &signed(replaced(&message, "/v1\n", "/v2\n").as_bytes(), signer),
        );
    }
}
