//! `note/` and `checkpoint/`: signed notes and heads, and what only looks like them.

use super::{Vectors, base64, hex, public, replaced, sha256, sign};
use serde_json::{Value, json};

/// The verifier key of a seed under a name.
pub fn vkey(name: &str, byte: u8) -> String {
    typed_vkey(name, 0x01, &public(byte))
}

fn typed_vkey(name: &str, kind: u8, key: &[u8]) -> String {
    let typed = [&[kind], key].concat();
    let id = key_id(name, &typed);
    format!("{name}+{}+{}", hex(&id), base64(&typed))
}

fn key_id(name: &str, typed: &[u8]) -> [u8; 4] {
    let digest = sha256(&[name.as_bytes(), b"\n", typed]);
    [digest[0], digest[1], digest[2], digest[3]]
}

/// The signature line of a seed's key under a name, over a text.
pub fn line(name: &str, byte: u8, text: &str) -> String {
    blob_line(name, byte, &sign(byte, text.as_bytes()))
}

fn blob_line(name: &str, byte: u8, signature: &[u8]) -> String {
    let id = key_id(name, &[&[0x01], &public(byte)[..]].concat());
    format!("\u{2014} {name} {}\n", base64(&[&id, signature].concat()))
}

/// A text and its signature lines.
pub fn note(text: &str, lines: &[String]) -> String {
    format!("{text}\n{}", lines.concat())
}

const NAME: &str = "facts.example/ledger";

pub fn make(vectors: &mut Vectors) {
    valid_notes(vectors);
    broken_notes(vectors);
    judged_notes(vectors);
    verifier_keys(vectors);
    checkpoints(vectors);
}

fn input(text: &str) -> Value {
    json!({ "note": { "text": text }, "trusted": [vkey(NAME, 1)] })
}

fn valid_notes(vectors: &mut Vectors) {
    let text = "Some words.\n";
    let good = note(text, &[line(NAME, 1, text)]);
    let unknown = |n: u8| line("somebody.example", n, "other words");
    let lines = "One.\n\nTwo.\n";
    let many: Vec<String> = (0..63).map(|n| unknown(n + 9)).collect();
    let cosigned = format!(
        "{good}\u{2014} witness.example/w1 {}\n",
        base64(&[&[0xdf, 0x1c, 0x0a, 0x35], &[7; 72][..]].concat())
    );
    let rows = [
        ("valid", "A text and one signature.", good.clone()),
        (
            "valid-empty-line-in-text",
            "A note is divided at its last empty line.",
            note(lines, &[line(NAME, 1, lines)]),
        ),
        (
            "valid-unknown-key",
            "A signature by a key that nobody trusts is ignored.",
            good.clone() + &unknown(9),
        ),
        (
            "valid-same-name-other-key",
            "A signature under the trusted name by another key is ignored.",
            good.clone() + &line(NAME, 2, text),
        ),
        (
            "valid-cosignature",
            "A cosignature (type 0x04, 72 bytes) is kept and ignored.",
            cosigned,
        ),
        (
            "valid-64-signatures",
            "The most signatures that are read.",
            good.clone() + &many.concat(),
        ),
    ];
    for (name, comment, text) in rows {
        vectors.put(
            &format!("note/{name}"),
            comment,
            &input(&text),
            &json!({ "by": [vkey(NAME, 1)] }),
        );
    }
}

fn broken_notes(vectors: &mut Vectors) {
    let text = "Some words.\n";
    let good = note(text, &[line(NAME, 1, text)]);
    let blob = good.rsplit(' ').next().unwrap().trim_end().to_owned();
    let many: String = (0..64)
        .map(|n| line("somebody.example", n + 9, "other words"))
        .collect();
    let rows = [
        (
            "no-final-newline",
            "The last line does not end.",
            good.trim_end().to_owned(),
        ),
        (
            "no-empty-line",
            "Nothing divides text and signatures.",
            replaced(&good, "\n\n", "\n"),
        ),
        (
            "no-signature",
            "A text and an empty line.",
            format!("{text}\n"),
        ),
        (
            "no-text",
            "Signatures over nothing.",
            format!("\n{}", line(NAME, 1, "")),
        ),
        ("nothing", "No bytes at all.", String::new()),
        (
            "hyphen-for-dash",
            "A signature line begins with U+2014.",
            replaced(&good, "\u{2014}", "-"),
        ),
        (
            "two-spaces",
            "One space stands between name and signature.",
            replaced(&good, &format!("{NAME} "), &format!("{NAME}  ")),
        ),
        (
            "name-with-plus",
            "A name with a plus sign.",
            format!("{good}\u{2014} some+body AAAAAAA=\n"),
        ),
        (
            "name-with-space",
            "White space beyond ASCII in a name.",
            format!("{good}\u{2014} some\u{a0}body AAAAAAA=\n"),
        ),
        (
            "name-empty",
            "A signature by nobody.",
            format!("{good}\u{2014}  AAAAAAA=\n"),
        ),
        (
            "signature-of-four-bytes",
            "A key id without a signature.",
            format!("{good}\u{2014} somebody AAAAAA==\n"),
        ),
        (
            "base64-without-padding",
            "A signature without padding.",
            replaced(&good, &blob, blob.trim_end_matches('=')),
        ),
        (
            "base64-stray-bits",
            "A signature whose unused bits are set.",
            format!("{good}\u{2014} somebody AAAAAAB=\n"),
        ),
        (
            "line-among-signatures",
            "A line of text among the signatures.",
            format!("{good}more words\n"),
        ),
        (
            "tab-in-text",
            "A control character other than newline.",
            replaced(&good, "Some words", "Some\twords"),
        ),
        (
            "carriage-return",
            "Lines that end as on Windows.",
            good.replace('\n', "\r\n"),
        ),
        (
            "65-signatures",
            "One signature more than is read.",
            good.clone() + &many,
        ),
    ];
    for (name, comment, text) in rows {
        vectors.broken(
            &format!("note/{name}"),
            comment,
            "note-malformed",
            &input(&text),
        );
    }
    let bytes = [
        b"Some words.\xff\n\n".as_slice(),
        line(NAME, 1, text).as_bytes(),
    ]
    .concat();
    let not_utf8 = json!({ "note": { "hex": hex(&bytes) }, "trusted": [vkey(NAME, 1)] });
    vectors.broken(
        "note/not-utf8",
        "A byte that is not UTF-8.",
        "note-malformed",
        &not_utf8,
    );
    let long = json!({
        "note": { "parts": [{ "text": "x", "times": 65_536 }, { "text": good }] }, "trusted": [vkey(NAME, 1)],
    });
    vectors.broken(
        "note/longer-than-64-kib",
        "A note of over 65,536 bytes.",
        "note-malformed",
        &long,
    );
}

/// Notes that read and are not what they say.
fn judged_notes(vectors: &mut Vectors) {
    let text = "Some words.\n";
    let good = note(text, &[line(NAME, 1, text)]);
    let rows = [
        (
            "signed-by-nobody-trusted",
            "The only signature is by another key.",
            "note-not-signed",
            note(text, &[line(NAME, 2, text)]),
        ),
        (
            "signed-under-another-name",
            "The trusted key under another name is another signer.",
            "note-not-signed",
            note(text, &[line("other.example", 1, text)]),
        ),
        (
            "altered-text",
            "The text was altered after it was signed.",
            "note-signature",
            replaced(&good, "Some", "Same"),
        ),
        (
            "forged-beside-a-good-one",
            "A second signature that names the trusted key and is not its rejects the note.",
            "note-signature",
            good.clone() + &line(NAME, 1, "other words\n"),
        ),
        (
            "signature-without-the-last-newline",
            "The signature covers the text without its last newline.",
            "note-signature",
            note(text, &[line(NAME, 1, text.trim_end())]),
        ),
        (
            "signature-over-the-empty-line",
            "The signature covers the empty line too.",
            "note-signature",
            note(text, &[line(NAME, 1, &format!("{text}\n"))]),
        ),
        (
            "signature-of-63-bytes",
            "The trusted key's signature is one byte short.",
            "note-signature",
            note(text, &[blob_line(NAME, 1, &sign(1, text.as_bytes())[..63])]),
        ),
        (
            "signature-with-torsion",
            "A signature that ZIP-215 accepts and the strict rule refuses.",
            "note-signature",
            note(
                text,
                &[blob_line(
                    NAME,
                    1,
                    &super::torsion_signature(1, text.as_bytes(), false).1,
                )],
            ),
        ),
        (
            "signature-not-reduced",
            "A signature whose S is not below the group order.",
            "note-signature",
            note(
                text,
                &[blob_line(
                    NAME,
                    1,
                    &super::unreduced(sign(1, text.as_bytes())),
                )],
            ),
        ),
    ];
    for (name, comment, code, text) in rows {
        vectors.broken(&format!("note/{name}"), comment, code, &input(&text));
    }
    let (key, of_everything) = super::weak();
    let id = key_id(NAME, &[&[0x01], &key[..]].concat());
    let blob = base64(&[&id, &of_everything[..]].concat());
    let by_anybody = note(text, &[format!("\u{2014} {NAME} {blob}\n")]);
    let trusted = typed_vkey(NAME, 0x01, &key);
    vectors.broken(
        "note/signature-of-a-weak-key",
        "A key under which anybody signs anything signs no note.",
        "note-signature",
        &json!({ "note": { "text": by_anybody }, "trusted": [trusted] }),
    );
}

fn verifier_keys(vectors: &mut Vectors) {
    let text = "Some words.\n";
    let good = note(text, &[line(NAME, 1, text)]);
    let right = vkey(NAME, 1);
    let rows = [
        (
            "vkey-of-another-id",
            "The key id is not that of this name and key.",
            "vkey-malformed",
            replaced(&right, "+1b601382+", "+1b601383+"),
        ),
        (
            "vkey-of-another-name",
            "The key id is that of another name.",
            "vkey-malformed",
            replaced(&right, "facts.example", "fakes.example"),
        ),
        (
            "vkey-of-a-cosigner",
            "A key of type 0x04 signs cosignatures, not notes.",
            "vkey-malformed",
            typed_vkey(NAME, 0x04, &public(1)),
        ),
        (
            "vkey-of-31-bytes",
            "A key one byte short.",
            "vkey-malformed",
            typed_vkey(NAME, 0x01, &public(1)[..31]),
        ),
        (
            "vkey-without-a-key",
            "A name and a key id.",
            "vkey-malformed",
            format!("{NAME}+1b601382"),
        ),
        (
            "vkey-with-a-name-with-plus",
            "A name with a plus sign: the key id is looked for after the first.",
            "bad-base64",
            vkey("facts+example", 1),
        ),
        (
            "vkey-in-capitals",
            "A key id in capitals.",
            "bad-hex",
            vkey("example.com/foo", 1),
        ),
        (
            "vkey-without-padding",
            "A key without padding.",
            "bad-base64",
            typed_vkey("facts.example", 0x01, &[1; 31])
                .trim_end_matches('=')
                .to_owned(),
        ),
        (
            "vkey-name-with-space",
            "A name with a space.",
            "bad-origin",
            vkey("facts example", 1),
        ),
    ];
    for (name, comment, code, vkey) in rows {
        let vkey = if name == "vkey-in-capitals" {
            let mut parts: Vec<String> = vkey.splitn(3, '+').map(str::to_owned).collect();
            assert_ne!(parts[1], parts[1].to_uppercase());
            parts[1] = parts[1].to_uppercase();
            parts.join("+")
        } else {
            vkey
        };
        let input = json!({ "note": { "text": good }, "trusted": [vkey] });
        vectors.broken(&format!("note/{name}"), comment, code, &input);
    }
}

fn checkpoints(vectors: &mut Vectors) {
    let root = base64(&[1; 32]);
    let signed = |text: &str| input(&note(text, &[line(NAME, 1, text)]));
    let good = format!("{NAME}\n300\n{root}\n");
    let head = |size: u64| json!({ "origin": NAME, "root": super::id(1), "size": size });
    vectors.put(
        "checkpoint/valid",
        "A head of 300 entries.",
        &signed(&good),
        &head(300),
    );
    let largest = format!("{NAME}\n{}\n{root}\n", i64::MAX);
    vectors.put(
        "checkpoint/valid-largest-size",
        "The largest size.",
        &signed(&largest),
        &head(i64::MAX as u64),
    );
    let empty = format!("{NAME}\n0\n{}\n", base64(&sha256(&[])));
    let root_of_nothing = json!({ "origin": NAME, "root": hex(&sha256(&[])), "size": 0 });
    vectors.put(
        "checkpoint/valid-empty",
        "The head of an empty tree.",
        &signed(&empty),
        &root_of_nothing,
    );
    let malformed = "checkpoint-malformed";
    let rows = [
        (
            "size-with-leading-zero",
            "A size with a leading zero.",
            malformed,
            replaced(&good, "300", "0300"),
        ),
        (
            "size-zero-zero",
            "Nothing, written twice.",
            malformed,
            replaced(&good, "300", "00"),
        ),
        (
            "size-with-plus",
            "A size with a sign.",
            malformed,
            replaced(&good, "300", "+300"),
        ),
        (
            "size-negative",
            "A negative size.",
            malformed,
            replaced(&good, "300", "-300"),
        ),
        (
            "size-in-hex",
            "A size in hex.",
            malformed,
            replaced(&good, "300", "0x12c"),
        ),
        (
            "size-empty",
            "No size.",
            malformed,
            replaced(&good, "300", ""),
        ),
        (
            "size-2-63",
            "A size above 2^63 - 1.",
            malformed,
            replaced(&good, "300", "9223372036854775808"),
        ),
        (
            "size-2-64",
            "A size beyond 64 bits.",
            malformed,
            replaced(&good, "300", "18446744073709551616"),
        ),
        (
            "size-with-space",
            "A space after the size.",
            malformed,
            replaced(&good, "300", "300 "),
        ),
        ("two-lines", "No root.", malformed, format!("{NAME}\n300\n")),
        (
            "extension-line",
            "A fourth line: C2SP allows it, this format has none, and nothing signed goes unread.",
            malformed,
            format!("{good}more\n"),
        ),
        (
            "empty-line-after-root",
            "An empty fourth line.",
            malformed,
            format!("{good}\n"),
        ),
        (
            "root-without-padding",
            "A root without padding.",
            "bad-base64",
            replaced(&good, &root, root.trim_end_matches('=')),
        ),
        (
            "root-with-stray-bits",
            "A root whose unused bits are set.",
            "bad-base64",
            replaced(&good, "AQE=", "AQF="),
        ),
        (
            "root-of-31-bytes",
            "A root one byte short.",
            "bad-base64",
            replaced(&good, &root, &base64(&[1; 31])),
        ),
        (
            "root-in-hex",
            "A root in hex.",
            "bad-base64",
            replaced(&good, &root, &super::id(1)),
        ),
        (
            "origin-empty",
            "No origin.",
            "bad-origin",
            replaced(&good, NAME, ""),
        ),
        (
            "origin-with-plus",
            "An origin with a plus sign.",
            "bad-origin",
            replaced(&good, NAME, "facts+example"),
        ),
        (
            "origin-with-space",
            "An origin with a space.",
            "bad-origin",
            replaced(&good, NAME, "facts example"),
        ),
        (
            "origin-of-this-format",
            "An origin that begins like the first line of this format's own files.",
            "bad-origin",
            replaced(&good, NAME, "claimledger/dossier/v1"),
        ),
        (
            "origin-with-a-soft-hyphen",
            "An origin with a character that shows nothing.",
            "bad-origin",
            replaced(&good, NAME, "facts\u{ad}.example/ledger"),
        ),
        (
            "origin-with-a-mark-of-direction",
            "An origin with a mark of direction.",
            "bad-origin",
            replaced(&good, NAME, "\u{2067}facts.example/ledger"),
        ),
    ];
    for (name, comment, code, text) in rows {
        vectors.broken(&format!("checkpoint/{name}"), comment, code, &signed(&text));
    }
    let other = format!("other.example/ledger\n300\n{root}\n");
    let foreign = input(&note(&other, &[line("other.example/ledger", 2, &other)]));
    vectors.broken(
        "checkpoint/of-another-ledger",
        "The head of another ledger, signed by its key.",
        "note-not-signed",
        &foreign,
    );
    let altered = input(&replaced(
        &note(&good, &[line(NAME, 1, &good)]),
        "\n300\n",
        "\n301\n",
    ));
    vectors.broken(
        "checkpoint/altered-size",
        "The size was altered after signing.",
        "note-signature",
        &altered,
    );
    let unsigned = input(&good);
    vectors.broken(
        "checkpoint/unsigned",
        "Three lines and no signature.",
        "note-malformed",
        &unsigned,
    );
}
