//! `statement/`: one good statement of every type and shape, and what is one change away from one.

use super::{Vectors, base64, hex, public, replaced, sample};
use serde_json::{Value, json};

pub fn make(vectors: &mut Vectors) {
    for (word, body) in sample::bodies() {
        let comment = format!("A {word} with every field that fits.");
        valid(
            vectors,
            word,
            &comment,
            &sample::frame(word, &body).to_string(),
        );
    }
    shapes(vectors);
    largest(vectors);
    for [name, comment, code, base, from, to] in [
        JSON_ROWS,
        NUMBER_ROWS,
        TEXT_ROWS,
        FIELD_ROWS,
        TIME_ROWS,
        BYTES_ROWS,
        NAME_ROWS,
        AGREE_ROWS,
    ]
    .concat()
    {
        let text = replaced(&good(base), from, to);
        vectors.broken(
            &format!("statement/{name}"),
            comment,
            code,
            &json!({ "text": text }),
        );
    }
    bytes(vectors);
    long(vectors);
    quotations(vectors);
    bad_keys(vectors);
    observed(vectors);
}

fn good(base: &str) -> String {
    match base {
        "claim" => sample::claim(),
        word => sample::text(word),
    }
}

fn valid(vectors: &mut Vectors, name: &str, comment: &str, text: &str) {
    let value: Value = serde_json::from_str(text).unwrap();
    vectors.put(
        &format!("statement/valid-{name}"),
        comment,
        &json!({ "text": text }),
        &json!({ "id": sample::statement_id(text), "type": value["type"] }),
    );
}

/// The other shapes that a field may have.
fn shapes(vectors: &mut Vectors) {
    valid(
        vectors,
        "claim-smallest",
        "A claim with nothing that may be left out.",
        &sample::claim(),
    );
    let rows: &[(&str, &str, &str, &str, &str)] = &[
        (
            "claimants-many",
            "Too many claimants to name.",
            "claim",
            "\"unknown\"",
            "\"many\"",
        ),
        (
            "claimants-anonymous",
            "A claimant known to the reviewer.",
            "claim",
            "\"unknown\"",
            "\"anonymous\"",
        ),
        (
            "text-sealed",
            "A claim whose words are sealed.",
            "claim",
            "\"The bridge is closed.\"",
            "{\"sealed\":\"0101010101010101010101010101010101010101010101010101010101010101\"}",
        ),
        (
            "text-two-spellings-of-a-letter",
            "Unicode is not normalised: e with acute accent, and e followed by one.",
            "claim",
            "The bridge is closed.",
            "\u{e9} e\u{301}",
        ),
        (
            "text-newline-tab-quote",
            "The escapes that RFC 8785 has for what may stand in a text.",
            "claim",
            "The bridge",
            "\\n\\t\\\"\\\\The bridge",
        ),
        (
            "text-line-separator",
            "U+2028 and an emoji stand as they are.",
            "claim",
            "The bridge",
            "\u{2028}\u{1f600}",
        ),
        (
            "issued-last-second",
            "The last instant that has a spelling.",
            "claim",
            "2026-01-31T12:00:00Z",
            "9999-12-30T22:00:00Z",
        ),
        (
            "issued-first-second",
            "The first instant that has a spelling.",
            "claim",
            "2026-01-31T12:00:00Z",
            "1970-01-01T00:00:00Z",
        ),
        (
            "size-2-53-minus-1",
            "The largest integer.",
            "claim",
            "\"size\":2",
            "\"size\":9007199254740991",
        ),
        (
            "date-leap-day",
            "A day that exists.",
            "claim.add",
            "2026-01-14",
            "2024-02-29",
        ),
        (
            "date-year",
            "A year alone, which nothing completes.",
            "claim.add",
            "2026-01-14",
            "2015",
        ),
        (
            "relate-judgement",
            "A relation known by judgement.",
            "source.relate",
            "{\"stated\":{\"end\":7,\"quote\":\"w\u{f6}rds\",\"start\":2,\"text\":\"0404040404040404040404040404040404040404040404040404040404040404\"}}",
            "{\"judgement\":\"the same mistakes\"}",
        ),
        (
            "relate-overlap",
            "A relation known by the overlap of two texts.",
            "source.relate",
            "{\"stated\":{\"end\":7,\"quote\":\"w\u{f6}rds\",\"start\":2,\"text\":\"0404040404040404040404040404040404040404040404040404040404040404\"}}",
            "{\"textOverlap\":{\"method\":\"shingles 1\",\"permille\":1000}}",
        ),
        (
            "quotation-sealed",
            "A sealed quotation: its length is not compared with the positions.",
            "evidence.add",
            "\"w\u{f6}rds\"",
            "{\"sealed\":\"0101010101010101010101010101010101010101010101010101010101010101\"}",
        ),
        (
            "relate-here",
            "A reference to a claim of this ledger.",
            "claim.relate",
            "other.example/facts#",
            "",
        ),
        (
            "translated-by-person",
            "A translation by a person.",
            "source.add",
            "\"machine\"",
            "\"person\"",
        ),
        (
            "translated-by-unknown",
            "A translation by nobody knows whom.",
            "source.add",
            "{\"machine\":\"engine 2\"}",
            "\"unknown\"",
        ),
        (
            "contact-not-asked",
            "A claimant who was not asked.",
            "verdict.issue",
            "{\"asked\":{\"on\":\"2026-01-20\",\"reply\":\"0101010101010101010101010101010101010101010101010101010101010101\"}}",
            "{\"notAsked\":\"no address\"}",
        ),
        (
            "forecast-without-due",
            "A forecast of which nobody said when it falls due.",
            "claim.add",
            "\"due\":\"2027\",",
            "",
        ),
        (
            "snapshot-without-text",
            "A snapshot whose text could not be taken out.",
            "source.add",
            "\"sha256\":\"0404040404040404040404040404040404040404040404040404040404040404\",\"text\":{\"extractor\":\"reader 1.0\",\"sha256\":\"0505050505050505050505050505050505050505050505050505050505050505\"}",
            "\"noText\":\"scanned pages\",\"sha256\":\"0404040404040404040404040404040404040404040404040404040404040404\"",
        ),
    ];
    for (name, comment, base, from, to) in rows {
        valid(vectors, name, comment, &replaced(&good(base), from, to));
    }
    let bodies = [
        (
            "source-never-held",
            "A source known through another one.",
            "source.add",
            json!({
                "capture": { "neverHeld": { "knownThrough": super::id(1) } }, "kind": "wire",
                "publisher": "The Agency", "title": "A wire report",
            }),
        ),
        (
            "source-only-seen",
            "A source known by a reason alone, of a kind that has no name.",
            "source.add",
            json!({
                "capture": { "neverHeld": { "reason": "seen by the reviewer on 2 March" } }, "kind": "other",
                "publisher": "Ana Brandt", "title": "A post, deleted since",
            }),
        ),
        (
            "capture-without-text",
            "Later bytes whose text could not be taken out.",
            "source.capture",
            json!({
                "snapshot": {
                    "bytes": 12, "captured": "2026-01-02T03:04:05Z", "holding": "held", "mediaType": "application/pdf",
                    "method": "file", "noText": "scanned pages", "sha256": super::id(4),
                },
                "source": super::id(1),
            }),
        ),
        (
            "capture-of-archive",
            "What a web archive proves of itself: counts, and who signed it.",
            "source.capture",
            json!({
                "snapshot": {
                    "archiveProofs": [
                        { "absent": 0, "detail": "wrong: https://a.example/", "unchecked": 1, "valid": 12,
                          "what": "payloads", "wrong": 1 },
                        { "absent": 1, "unchecked": 0, "valid": 0, "what": "signature", "wrong": 0 },
                    ],
                    "bytes": 12, "captured": "2026-01-02T03:04:05Z", "holding": "held",
                    "mediaType": "application/wacz", "method": "file", "noText": "it holds no page with a text",
                    "sha256": super::id(4),
                },
                "source": super::id(1),
            }),
        ),
        (
            "evidence-not-found",
            "A search that found nothing.",
            "evidence.add",
            json!({
                "claim": super::id(3), "on": "2026-01-20", "searched": "the court register", "stance": "notFound",
            }),
        ),
        (
            "corroboration-not-computed",
            "Corroboration of method 0 carries nothing.",
            "verdict.issue",
            json!({
                "claim": super::id(3), "corroboration": { "method": 0 }, "rating": "unproven",
                "reasons": "nobody saw it", "scale": super::id(6),
            }),
        ),
        (
            "policy-without-approval",
            "A policy that asks for no approval.",
            "policy.set",
            json!({
                "approvals": 0, "conflictsDeclared": false, "evidenceNeeded": false, "holders": 0, "organisation": "desk", "organisations": 0,
                "tracedOrigins": 2,
            }),
        ),
    ];
    for (name, comment, word, body) in bodies {
        let text = sample::frame(word, &body).to_string();
        valid(vectors, name, comment, &text);
    }
}

/// The parts of a claim with two long texts, as long as a statement may be, or longer.
fn long_claim(bytes: usize) -> (Value, String) {
    let marked = replaced(
        &good("claim.add"),
        "\u{441}\u{43b}\u{43e}\u{432}\u{430}",
        "@",
    );
    let marked = replaced(&marked, "It will be held within six months.", "@");
    let parts: Vec<&str> = marked.split('@').collect();
    let frame: usize = parts.iter().map(|part| part.len()).sum();
    let first = 32_768;
    let second = bytes - frame - first;
    let input = json!({ "parts": [
        { "text": parts[0] }, { "text": "x", "times": second }, { "text": parts[1] },
        { "text": "y", "times": first }, { "text": parts[2] },
    ] });
    let text = [
        parts[0],
        &"x".repeat(second),
        parts[1],
        &"y".repeat(first),
        parts[2],
    ]
    .concat();
    assert_eq!(text.len(), bytes);
    (input, text)
}

fn largest(vectors: &mut Vectors) {
    let (input, text) = long_claim(65_382);
    vectors.put(
        "statement/valid-largest",
        "A statement of 65,382 bytes, the most that an entry holds.",
        &input,
        &json!({ "id": sample::statement_id(&text), "type": "claim.add" }),
    );
    for (name, bytes) in [
        ("too-long-by-one-byte", 65_383),
        ("too-long-70000-bytes", 70_000),
    ] {
        let comment = format!("A statement of {bytes} bytes; 65,382 is the limit.");
        let (input, _) = long_claim(bytes);
        vectors.broken(&format!("statement/{name}"), &comment, "too-long", &input);
    }
}

/// A capture with so many quotations.
fn capture_of(quotations: usize) -> String {
    let (word, mut body) = sample::bodies()
        .into_iter()
        .find(|(word, _)| *word == "source.capture")
        .unwrap();
    let listed =
        (0..quotations).map(|n| json!({ "state": "there", "statement": format!("{n:064x}") }));
    body["quotations"] = listed.collect();
    sample::frame(word, &body).to_string()
}

fn quotations(vectors: &mut Vectors) {
    valid(
        vectors,
        "most-quotations",
        "A capture that says what became of 256 quotations, the most.",
        &capture_of(256),
    );
    vectors.broken(
        "statement/too-many-quotations",
        "A capture that says what became of 257 quotations; 256 is the limit.",
        "too-long",
        &json!({ "text": capture_of(257) }),
    );
}

/// Bytes that no JSON text can carry.
fn bytes(vectors: &mut Vectors) {
    let rows: [(&str, &str, &[u8]); 3] = [
        ("not-utf8", "A byte that begins nothing in UTF-8.", b"\xff"),
        (
            "not-utf8-overlong",
            "NUL in two bytes, a second spelling that UTF-8 forbids.",
            b"\xc0\x80",
        ),
        (
            "not-utf8-surrogate",
            "A surrogate in three bytes (CESU-8).",
            b"\xed\xa0\x80",
        ),
    ];
    let claim = sample::claim();
    let (head, tail) = claim.split_once("bridge").unwrap();
    for (name, comment, inside) in rows {
        let bytes = [head.as_bytes(), inside, tail.as_bytes()].concat();
        let input = json!({ "hex": hex(&bytes) });
        vectors.broken(&format!("statement/{name}"), comment, "not-utf8", &input);
    }
    let rows = [
        ("not-json-no-bytes", "No bytes at all.", String::new()),
        (
            "not-json-truncated",
            "The last byte is missing.",
            claim[..claim.len() - 1].to_owned(),
        ),
        (
            "not-json-byte-order-mark",
            "A byte order mark before the statement.",
            format!("\u{feff}{claim}"),
        ),
    ];
    for (name, comment, text) in rows {
        let input = json!({ "text": text });
        vectors.broken(&format!("statement/{name}"), comment, "not-json", &input);
    }
    let rows = [
        (
            "white-space-before",
            "A space before the statement.",
            "not-canonical",
            format!(" {claim}"),
        ),
        (
            "white-space-after",
            "A newline after the statement.",
            "not-canonical",
            format!("{claim}\n"),
        ),
        (
            "trailing-bytes",
            "A second value after the statement.",
            "trailing-bytes",
            format!("{claim}{{}}"),
        ),
        (
            "wrong-shape-list-for-statement",
            "A list where the statement should be.",
            "wrong-shape",
            "[1]".to_owned(),
        ),
        (
            "wrong-shape-text-for-statement",
            "A text where the statement should be.",
            "wrong-shape",
            "\"claim.add\"".to_owned(),
        ),
        (
            "empty-object-for-statement",
            "An object without fields.",
            "empty-value",
            "{}".to_owned(),
        ),
        (
            "null-for-statement",
            "Nothing where the statement should be.",
            "null-value",
            "null".to_owned(),
        ),
        (
            "too-deep",
            "Seventeen lists in one another; the limit is 16.",
            "too-deep",
            replaced(
                &claim,
                "\"unknown\"",
                &format!("{}1{}", "[".repeat(17), "]".repeat(17)),
            ),
        ),
        (
            "too-deep-to-read",
            "Ten thousand lists in one another must not exhaust the decoder's stack.",
            "too-deep",
            replaced(&claim, "\"unknown\"", &"[".repeat(10_000)),
        ),
    ];
    for (name, comment, code, text) in rows {
        vectors.broken(
            &format!("statement/{name}"),
            comment,
            code,
            &json!({ "text": text }),
        );
    }
}

/// One more byte or item than a field has room for.
fn long(vectors: &mut Vectors) {
    let rows = [
        (
            "too-long-text",
            "A text of 32,769 bytes; 32,768 is the limit.",
            "claim",
            "The bridge is closed.",
            32_769,
        ),
        (
            "too-long-name",
            "A name of 513 bytes; 512 is the limit.",
            "source.add",
            "The Paper",
            513,
        ),
        (
            "too-long-line",
            "A title of 2,049 bytes; 2,048 is the limit.",
            "source.add",
            "A report",
            2_049,
        ),
    ];
    for (name, comment, base, from, bytes) in rows {
        let text = good(base);
        let (head, tail) = text.split_once(from).unwrap();
        let input = json!({ "parts": [{ "text": head }, { "text": "x", "times": bytes }, { "text": tail }] });
        vectors.broken(&format!("statement/{name}"), comment, "too-long", &input);
    }
    let text = replaced(&good("organisation.set"), "[\"en\",\"pt-BR\"]", "@");
    let (head, tail) = text.split_once('@').unwrap();
    let input = json!({ "parts": [
        { "text": format!("{head}[") }, { "text": "\"en\",", "times": 1_024 }, { "text": format!("\"en\"]{tail}") },
    ] });
    vectors.broken(
        "statement/too-long-list",
        "A list of 1,025 items; 1,024 is the limit.",
        "too-long",
        &input,
    );
    let rows = [
        (
            "bad-url-too-long",
            "A URL of 2,049 bytes; 2,048 is the limit.",
            "bad-url",
            "organisation.set",
            "\"https://desk.example/\"",
            format!("\"https://{}\"", "x".repeat(2_041)),
        ),
        (
            "bad-label-65-bytes",
            "A label of 65 bytes; 64 is the limit.",
            "bad-label",
            "claim.add",
            "\"a-label\"",
            format!("\"{}\"", "x".repeat(65)),
        ),
        (
            "bad-slug-65-bytes",
            "A short name of 65 bytes; 64 is the limit.",
            "bad-slug",
            "key.enroll",
            "\"ben\"",
            format!("\"{}\"", "x".repeat(65)),
        ),
        (
            "bad-origin-256-bytes",
            "An origin of 256 bytes; 255 is the limit.",
            "bad-origin",
            "ledger.create",
            "\"desk.example/facts\"",
            format!("\"{}\"", "x".repeat(256)),
        ),
    ];
    for (name, comment, code, base, from, to) in rows {
        let input = json!({ "text": replaced(&good(base), from, &to) });
        vectors.broken(&format!("statement/{name}"), comment, code, &input);
    }
}

/// Keys that nobody may be enrolled with.
fn bad_keys(vectors: &mut Vectors) {
    let (identity, _) = super::weak();
    let mut zero_again = [0xff; 32];
    zero_again[0] = 0xed;
    zero_again[31] = 0x7f;
    let rows = [
        (
            "bad-key-not-a-point",
            "Thirty-two bytes that are no point of the curve.",
            [2; 32],
        ),
        (
            "bad-key-weak",
            "The identity, under which a signature of zeros is valid for everything.",
            identity,
        ),
        (
            "bad-key-not-canonical",
            "The point with y = 0, spelled as y = p.",
            zero_again,
        ),
        (
            "bad-key-torsion",
            "An honest key with a point of order 8 added.",
            super::torsion_signature(3, b"", true).0,
        ),
    ];
    let good = sample::text("key.enroll");
    for (name, comment, key) in rows {
        let text = replaced(&good, &base64(&public(3)), &base64(&key));
        vectors.broken(
            &format!("statement/{name}"),
            comment,
            "bad-key",
            &json!({ "text": text }),
        );
    }
    let create = sample::text("ledger.create");
    let text = replaced(&create, &base64(&public(2)), &base64(&identity));
    let comment = "A weak checkpoint key, under which anybody signs heads.";
    vectors.broken(
        "statement/bad-key-checkpoint",
        comment,
        "bad-key",
        &json!({ "text": text }),
    );
    let text = replaced(&create, &base64(&public(1)), &base64(&identity));
    // The frame's key may be anybody's: whether it may sign is a rule, not a spelling.
    valid(
        vectors,
        "frame-key-weak",
        "The frame's key is not judged by its spelling; the rules refuse it.",
        &text,
    );
}

/// `checkpoint.observe` verifies what it observes.
fn observed(vectors: &mut Vectors) {
    let rows = [
        (
            "fields-disagree-observed-origin",
            "The checkpoint is of another origin.",
            "\"origin\":\"other.example/facts\"",
            "\"origin\":\"third.example/facts\"".to_owned(),
        ),
        (
            "fields-disagree-observed-key",
            "The checkpoint is not signed by the key beside it.",
            "CHANGE-VKEY",
            super::note::vkey("other.example/facts", 7),
        ),
        (
            "fields-disagree-observed-size",
            "The checkpoint was altered after it was signed.",
            "\\n3\\n",
            "\\n4\\n".to_owned(),
        ),
        (
            "fields-disagree-observed-note",
            "The checkpoint is no signed note.",
            "\\n\\n\u{2014}",
            "\\n\u{2014}".to_owned(),
        ),
    ];
    let good = sample::text("checkpoint.observe");
    for (name, comment, from, to) in rows {
        let vkey = super::note::vkey("other.example/facts", 8);
        let from = if from == "CHANGE-VKEY" {
            vkey.as_str()
        } else {
            from
        };
        let input = json!({ "text": replaced(&good, from, &to) });
        vectors.broken(
            &format!("statement/{name}"),
            comment,
            "fields-disagree",
            &input,
        );
    }
}

/// File name, comment, code, the good statement (`claim` is the smallest), what is replaced, by what.
#[rustfmt::skip]
const JSON_ROWS: &[[&str; 6]] = &[
    ["not-json-single-quotes", "Quotes that JSON does not have.", "not-json", "claim", "\"unknown\"", "'unknown'"],
    ["not-json-trailing-comma", "A comma after the last field.", "not-json", "claim", "\"wording\":\"reported\"", "\"wording\":\"reported\","],
    ["not-json-leading-zero", "A number with a leading zero.", "not-json", "claim", "\"size\":2", "\"size\":02"],
    ["not-json-plus-sign", "A number with a plus sign.", "not-json", "claim", "\"size\":2", "\"size\":+2"],
    ["not-json-nan", "NaN is no JSON.", "not-json", "claim", "\"size\":2", "\"size\":NaN"],
    ["not-json-comment", "JSON has no comments.", "not-json", "claim", "\"size\":2", "\"size\":2/**/"],
    ["not-json-raw-newline", "A newline inside a text that is not escaped.", "not-json", "claim", "The bridge", "The\nbridge"],
    ["not-json-unknown-escape", "An escape that JSON does not have.", "not-json", "claim", "The bridge", "\\x54he bridge"],
    ["white-space-inside", "A space after a colon.", "not-canonical", "claim", "\"size\":2", "\"size\": 2"],
    ["escape-of-a-letter", "A letter that needs no escape.", "not-canonical", "claim", "The bridge", "\\u0054he bridge"],
    ["escape-of-a-solidus", "A solidus that needs no escape.", "not-canonical", "claim", "The bridge", "The\\/bridge"],
    ["escape-of-a-newline-in-hex", "A newline as \\u000a, where RFC 8785 writes \\n.", "not-canonical", "claim", "The bridge", "The\\u000abridge"],
    ["escape-of-an-umlaut", "A letter beyond ASCII that stands for itself.", "not-canonical", "claim", "The bridge", "The br\\u00fccke"],
    ["escape-of-a-surrogate-pair", "An emoji as two escapes.", "not-canonical", "claim", "The bridge", "The \\ud83d\\ude00"],
    ["escape-in-a-field-name", "A field name with an escape.", "not-canonical", "claim", "\"text\"", "\"te\\u0078t\""],
    ["fields-unsorted", "RFC 8785 sorts fields; body comes before issued.", "not-canonical", "claim", "\"issued\":\"2026-01-31T12:00:00Z\",\"key\"", "\"zissued\":\"2026-01-31T12:00:00Z\",\"key\""],
    ["fields-unsorted-in-body", "wording stands before text.", "not-canonical", "claim", "\"text\":\"The bridge is closed.\",\"wording\":\"reported\"", "\"wording\":\"reported\",\"text\":\"The bridge is closed.\""],
    ["list-for-an-object", "seen as a list of its values: a second spelling.", "wrong-shape", "claim", "{\"root\":\"0303030303030303030303030303030303030303030303030303030303030303\",\"size\":2}", "[\"0303030303030303030303030303030303030303030303030303030303030303\",2]"],
    ["duplicate-field", "One field twice, with another value: two readers would read two statements.", "duplicate-field", "claim", "\"text\":\"The bridge is closed.\"", "\"text\":\"The bridge is open.\",\"text\":\"The bridge is closed.\""],
    ["duplicate-field-same-value", "One field twice, with the same value.", "duplicate-field", "claim", "\"about\":\"fact\"", "\"about\":\"fact\",\"about\":\"fact\""],
    ["duplicate-field-in-frame", "The type twice.", "duplicate-field", "claim", "\"type\":\"claim.add\"", "\"type\":\"claim.add\",\"type\":\"claim.add\""],
    ["duplicate-field-by-escape", "The same name twice, once with an escape.", "duplicate-field", "claim", "\"about\":\"fact\"", "\"about\":\"fact\",\"abou\\u0074\":\"fact\""],
    ["null-value", "null where a field should be left out.", "null-value", "claim", "\"ledger\"", "\"label\":null,\"ledger\""],
    ["null-value-in-body", "null for a field that may be left out.", "null-value", "claim.add", "\"due\":\"2027\"", "\"due\":null"],
    ["empty-text", "An empty text.", "empty-value", "claim", "The bridge is closed.", ""],
    ["empty-list", "An empty list where the field should be left out.", "empty-value", "evidence.add", "[\"0202020202020202020202020202020202020202020202020202020202020202\"]", "[]"],
    ["empty-object", "An empty object.", "empty-value", "claim", "\"unknown\"", "{}"],
    ["empty-list-of-claimants", "Nobody named: then claimants is unknown, many or anonymous.", "empty-value", "claim", "\"unknown\"", "{\"named\":[]}"],
];

#[rustfmt::skip]
const NUMBER_ROWS: &[[&str; 6]] = &[
    ["number-float", "A number with a fraction.", "number-form", "claim", "\"size\":2", "\"size\":2.5"],
    ["number-float-whole", "A whole number written with a fraction.", "number-form", "claim", "\"size\":2", "\"size\":2.0"],
    ["number-exponent", "A thousand as 1e3.", "number-form", "claim", "\"size\":2", "\"size\":1e3"],
    ["number-minus-zero", "Zero with a sign.", "number-form", "claim", "\"size\":2", "\"size\":-0"],
    ["number-negative", "A negative number.", "number-form", "claim", "\"size\":2", "\"size\":-1"],
    ["number-2-53", "2^53, the first integer that ECMAScript cannot tell from its neighbour.", "number-form", "claim", "\"size\":2", "\"size\":9007199254740992"],
    ["number-2-64", "2^64, which fits no 64-bit integer.", "number-form", "claim", "\"size\":2", "\"size\":18446744073709551616"],
    ["number-out-of-range", "1e400, which fits no floating-point number.", "number-form", "claim", "\"size\":2", "\"size\":1e400"],
];

#[rustfmt::skip]
const TEXT_ROWS: &[[&str; 6]] = &[
    ["control-character-nul", "U+0000 in a text.", "control-character", "claim", "The bridge", "The\\u0000bridge"],
    ["control-character-carriage-return", "A carriage return; lines end with a newline.", "control-character", "claim", "The bridge", "The\\rbridge"],
    ["control-character-escape", "U+001B, which commands terminals.", "control-character", "claim", "The bridge", "The\\u001bbridge"],
    ["control-character-delete", "U+007F in a text.", "control-character", "claim", "The bridge", "The\u{7f}bridge"],
    ["control-character-c1", "U+0085, a control character beyond ASCII.", "control-character", "claim", "The bridge", "The\u{85}bridge"],
    ["lone-surrogate-leading", "The first half of a pair alone.", "lone-surrogate", "claim", "The bridge", "The\\ud83d bridge"],
    ["lone-surrogate-trailing", "The second half of a pair alone.", "lone-surrogate", "claim", "The bridge", "The\\ude00bridge"],
    ["lone-surrogate-reversed", "A pair in the wrong order.", "lone-surrogate", "claim", "The bridge", "The\\ude00\\ud83dbridge"],
    ["lone-surrogate-twice", "Two first halves.", "lone-surrogate", "claim", "The bridge", "The\\ud83d\\ud83dbridge"],
    ["lone-surrogate-at-the-end", "A first half at the end of a text.", "lone-surrogate", "claim", "closed.", "\\ud83d"],
];

#[rustfmt::skip]
const FIELD_ROWS: &[[&str; 6]] = &[
    ["field-name-not-ascii", "A field name beyond ASCII.", "field-name", "claim", "\"type\"", "\"t\u{ff}pe\""],
    ["field-name-empty", "A field without a name.", "field-name", "claim", "\"about\"", "\"\""],
    ["field-name-control-character", "A field name with a tab.", "field-name", "claim", "\"type\"", "\"t\\tpe\""],
    ["unknown-field-in-frame", "A field that no statement has.", "unknown-field", "claim", "\"type\":", "\"time\":1,\"type\":"],
    ["unknown-field-in-body", "A field that a claim does not have.", "unknown-field", "claim", "\"text\"", "\"rating\":\"true\",\"text\""],
    ["unknown-field-of-another-type", "A claim with the field of a source.", "unknown-field", "claim.add", "\"text\":\"It", "\"publisher\":\"x\",\"text\":\"It"],
    ["unknown-field-inside", "A field that seen does not have.", "unknown-field", "claim", "\"size\":2", "\"size\":2,\"time\":1"],
    ["unknown-field-beside-sealed", "A second field beside sealed.", "unknown-field", "claim.add", "{\"sealed\":", "{\"salt\":\"00\",\"sealed\":"],
    ["unknown-field-for-sealed", "An object that is not sealed.", "unknown-field", "claim", "\"The bridge is closed.\"", "{\"hash\":\"00\"}"],
    ["field-missing-issued", "A statement that does not say when.", "field-missing", "claim", "\"issued\":\"2026-01-31T12:00:00Z\",", ""],
    ["field-missing-type", "A statement without a type.", "field-missing", "claim", ",\"type\":\"claim.add\"", ""],
    ["field-missing-body", "A claim without words.", "field-missing", "claim", "\"text\":\"The bridge is closed.\",", ""],
    ["field-missing-inside", "seen without a size.", "field-missing", "claim", ",\"size\":2", ""],
    ["unknown-type", "A type that nobody defined.", "unknown-type", "claim", "claim.add", "claim.make"],
    ["unknown-type-of-a-later-version", "A type of a later version of the format.", "unknown-type", "claim", "claim.add", "claim.add.2"],
    ["unknown-type-in-capitals", "A type in other letters.", "unknown-type", "claim", "claim.add", "Claim.Add"],
    ["unknown-word", "A word outside its closed set.", "unknown-word", "claim", "\"reported\"", "\"literal\""],
    ["unknown-word-in-capitals", "A word in other letters.", "unknown-word", "claim", "\"reported\"", "\"Reported\""],
    ["unknown-word-for-a-shape", "A basis that nobody defined.", "unknown-word", "source.relate", "\"stated\"", "\"guessed\""],
    ["unknown-word-role", "A role that nobody defined.", "unknown-word", "key.enroll", "\"editor\"", "\"chief\""],
    ["wrong-shape-text-for-number", "A number written as a text.", "wrong-shape", "claim", "\"size\":2", "\"size\":\"2\""],
    ["wrong-shape-number-for-text", "A text written as a number.", "wrong-shape", "claim", "\"The bridge is closed.\"", "1"],
    ["wrong-shape-number-for-word", "A word written as a number.", "wrong-shape", "claim", "\"reported\"", "1"],
    ["wrong-shape-text-for-list", "One language where a list is needed.", "wrong-shape", "organisation.set", "[\"en\",\"pt-BR\"]", "\"en\""],
    ["wrong-shape-text-for-boolean", "A truth value written as a text.", "wrong-shape", "policy.set", "true", "\"true\""],
    ["wrong-shape-two-words-at-once", "Two shapes of a field at once.", "wrong-shape", "source.add", "{\"machine\":\"engine 2\"}", "{\"machine\":\"engine 2\",\"person\":\"C.\"}"],
    ["wrong-shape-word-without-its-value", "named without the names.", "wrong-shape", "claim", "\"unknown\"", "\"named\""],
    ["list-order-ids", "Ids that do not ascend.", "list-order", "claim.add", "[\"0101010101010101010101010101010101010101010101010101010101010101\",\"0202", "[\"0301010101010101010101010101010101010101010101010101010101010101\",\"0202"],
    ["list-order-repeated", "One language twice.", "list-order", "organisation.set", "[\"en\",\"pt-BR\"]", "[\"en\",\"en\"]"],
    ["list-order-roles", "Roles that do not ascend.", "list-order", "key.enroll", "[\"editor\",\"reviewer\"]", "[\"reviewer\",\"editor\"]"],
    ["fields-disagree-codes-of-a-scale", "Two ratings with one code.", "fields-disagree", "scale.set", "\"code\":\"unproven\"", "\"code\":\"true\""],
    ["fields-disagree-labels-of-a-scale", "Two ratings with one label, but for its case.", "fields-disagree", "scale.set", "\"label\":\"Unproven\"", "\"label\":\"TRUE\""],
    ["fields-disagree-numbers-of-a-scale", "Two ratings with one number.", "fields-disagree", "scale.set", "\"needs\":\"neither\"", "\"needs\":\"neither\",\"number\":5"],
];

#[rustfmt::skip]
const TIME_ROWS: &[[&str; 6]] = &[
    ["bad-date-2015-02-29", "2015 was no leap year.", "bad-date", "claim.add", "2026-01-14", "2015-02-29"],
    ["bad-date-month-13", "There is no 13th month.", "bad-date", "claim.add", "2026-01-14", "2015-13"],
    ["bad-date-month-0", "There is no month 0.", "bad-date", "claim.add", "2026-01-14", "2015-00"],
    ["bad-date-one-digit", "A month with one digit.", "bad-date", "claim.add", "2026-01-14", "2015-1"],
    ["bad-date-two-digit-year", "A year with two digits.", "bad-date", "claim.add", "2026-01-14", "15"],
    ["bad-date-with-time", "A date with a time.", "bad-date", "claim.add", "2026-01-14", "2015-10-14T00:00:00Z"],
    ["bad-date-dangling", "A date that ends with a hyphen.", "bad-date", "claim.add", "2026-01-14", "2015-10-"],
    ["bad-date-uncertain", "EDTF level 1; only level 0 is used.", "bad-date", "claim.add", "2026-01-14", "2015~"],
    ["bad-date-compact", "ISO 8601 without hyphens.", "bad-date", "claim.add", "2026-01-14", "20151014"],
    ["bad-time-offset", "An offset from UTC.", "bad-time", "claim", "12:00:00Z", "12:00:00+02:00"],
    ["bad-time-offset-zero", "UTC as an offset.", "bad-time", "claim", "12:00:00Z", "12:00:00+00:00"],
    ["bad-time-fraction", "A fraction of a second.", "bad-time", "claim", "12:00:00Z", "12:00:00.5Z"],
    ["bad-time-fraction-zero", "A fraction of nothing.", "bad-time", "claim", "12:00:00Z", "12:00:00.0Z"],
    ["bad-time-leap-second", "A leap second.", "bad-time", "claim", "2026-01-31T12:00:00Z", "2016-12-31T23:59:60Z"],
    ["bad-time-lower-case", "Lower-case letters.", "bad-time", "claim", "2026-01-31T12:00:00Z", "2026-01-31t12:00:00z"],
    ["bad-time-space", "A space for the T.", "bad-time", "claim", "31T12", "31 12"],
    ["bad-time-no-zone", "An instant that could be anywhere.", "bad-time", "claim", "12:00:00Z", "12:00:00"],
    ["bad-time-no-seconds", "An instant without seconds.", "bad-time", "claim", "12:00:00Z", "12:00Z"],
    ["bad-time-hour-24", "The day ends at 23:59:59.", "bad-time", "claim", "12:00:00Z", "24:00:00Z"],
    ["bad-time-day-that-does-not-exist", "A day that does not exist.", "bad-time", "claim", "2026-01-31T", "2015-02-29T"],
    ["bad-time-before-1970", "An instant before 1970.", "bad-time", "claim", "2026-01-31T12:00:00Z", "1969-12-31T23:59:59Z"],
    ["bad-time-past-the-last", "One second past the last instant that has a spelling.", "bad-time", "claim", "2026-01-31T12:00:00Z", "9999-12-30T22:00:01Z"],
    ["bad-time-date-only", "A date where an instant is needed.", "bad-time", "claim", "2026-01-31T12:00:00Z", "2026-01-31"],
];

/// The key of seed 1 is `iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=`; its last digit leaves two bits unused.
#[rustfmt::skip]
const BYTES_ROWS: &[[&str; 6]] = &[
    ["bad-base64-stray-bits", "The unused bits of the last digit are set.", "bad-base64", "claim", "QPb1w=", "QPb1x="],
    ["bad-base64-no-padding", "Base64 without padding.", "bad-base64", "claim", "QPb1w=", "QPb1w"],
    ["bad-base64-url-safe", "The URL-safe alphabet.", "bad-base64", "claim", "iojj3XQJ", "-_jj3XQJ"],
    ["bad-base64-too-short", "A key of 30 bytes.", "bad-base64", "claim", "QPb1w=", "QP"],
    ["bad-base64-too-long", "A key of 33 bytes.", "bad-base64", "claim", "QPb1w=", "QPb1wA"],
    ["bad-base64-white-space", "A line break inside base64.", "bad-base64", "claim", "iojj3XQJ", "iojj\\n3XQJ"],
    ["bad-base64-hex", "Hex where base64 is needed.", "bad-base64", "claim", "iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=", "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c"],
    ["bad-hex-upper-case", "Hex in capitals.", "bad-hex", "claim", "0303030303030303030303030303030303030303030303030303030303030303", "AB03030303030303030303030303030303030303030303030303030303030303"],
    ["bad-hex-too-short", "Sixty-three digits.", "bad-hex", "claim", "0303030303030303030303030303030303030303030303030303030303030303", "030303030303030303030303030303030303030303030303030303030303030"],
    ["bad-hex-too-long", "Sixty-six digits.", "bad-hex", "claim", "0303030303030303030303030303030303030303030303030303030303030303", "030303030303030303030303030303030303030303030303030303030303030303"],
    ["bad-hex-prefix", "0x before the digits.", "bad-hex", "claim", "0303030303030303030303030303030303030303030303030303030303030303", "0x03030303030303030303030303030303030303030303030303030303030303"],
    ["bad-hex-other-letter", "A letter that is no hex digit.", "bad-hex", "claim", "0303030303030303030303030303030303030303030303030303030303030303", "g303030303030303030303030303030303030303030303030303030303030303"],
    ["bad-hex-short-reference", "A reference by 8 digits; in bodies ids are whole.", "bad-hex", "withdraw", "0505050505050505050505050505050505050505050505050505050505050505", "05050505"],
    ["bad-hex-in-another-ledger", "A reference to another ledger without an id.", "bad-hex", "claim.relate", "other.example/facts#0202020202020202020202020202020202020202020202020202020202020202", "other.example/facts#"],
];

#[rustfmt::skip]
const NAME_ROWS: &[[&str; 6]] = &[
    ["bad-label-one-letter", "A label of one letter.", "bad-label", "claim.add", "\"a-label\"", "\"a\""],
    ["bad-label-digit-first", "A label that begins with a digit.", "bad-label", "claim.add", "\"a-label\"", "\"1-label\""],
    ["bad-label-hyphen-last", "A label that ends with a hyphen.", "bad-label", "claim.add", "\"a-label\"", "\"label-\""],
    ["bad-label-capital", "A label with a capital.", "bad-label", "claim.add", "\"a-label\"", "\"A-label\""],
    ["bad-label-reads-as-an-id", "A label of 8 hex digits, which would read as an id.", "bad-label", "claim.add", "\"a-label\"", "\"deadbeef\""],
    ["bad-slug-capital", "A short name with a capital.", "bad-slug", "key.enroll", "\"ben\"", "\"Ben\""],
    ["bad-slug-underscore", "A short name with an underscore.", "bad-slug", "key.enroll", "\"ben\"", "\"ben_b\""],
    ["bad-slug-hyphen-first", "A short name that begins with a hyphen.", "bad-slug", "key.enroll", "\"ben\"", "\"-ben\""],
    ["bad-slug-newline", "A holder who would forge a line of the possession message.", "bad-slug", "key.enroll", "\"ben\"", "\"ben\\nroles admin\""],
    ["bad-origin-plus", "A plus sign, which divides a verifier key.", "bad-origin", "ledger.create", "desk.example/facts", "desk.example+facts"],
    ["bad-origin-number-sign", "A number sign, which divides a reference.", "bad-origin", "ledger.create", "desk.example/facts", "desk.example#facts"],
    ["bad-origin-space", "A space, which divides a signature line.", "bad-origin", "ledger.create", "desk.example/facts", "desk.example facts"],
    ["bad-origin-no-break-space", "White space beyond ASCII.", "bad-origin", "ledger.create", "desk.example/facts", "desk.example\u{a0}facts"],
    ["bad-origin-newline", "A newline, which divides a checkpoint.", "bad-origin", "ledger.create", "desk.example/facts", "desk.example\\nfacts"],
    ["bad-origin-of-this-format", "An origin that begins like the first line of this format's own files.", "bad-origin", "ledger.create", "desk.example/facts", "claimledger/facts"],
    ["bad-origin-zero-width-space", "A character that shows nothing, so that two origins look the same.", "bad-origin", "ledger.create", "desk.example/facts", "desk.example/\u{200b}facts"],
    ["bad-origin-right-to-left-override", "A mark of direction, which shows what follows in another order.", "bad-origin", "ledger.create", "desk.example/facts", "desk.example/\u{202e}facts"],
    ["bad-origin-hangul-filler", "A letter that fonts draw as a blank.", "bad-origin", "ledger.create", "desk.example/facts", "desk.example/\u{3164}facts"],
    ["bad-origin-of-a-reference-invisible", "A reference to another ledger whose name has an invisible character.", "bad-origin", "claim.relate", "other.example/facts#", "other.example/\u{2060}facts#"],
    ["bad-origin-of-a-reference", "A reference to another ledger without its name.", "bad-origin", "claim.relate", "other.example/facts#", "#"],
    ["bad-language-underscore", "An underscore in a language tag.", "bad-language", "claim.add", "\"language\":\"en\"", "\"language\":\"en_GB\""],
    ["bad-language-one-letter", "A language of one letter.", "bad-language", "claim.add", "\"language\":\"en\"", "\"language\":\"e\""],
    ["bad-language-name", "A language by its name.", "bad-language", "claim.add", "\"language\":\"en\"", "\"language\":\"indonesian\""],
    ["bad-language-empty-subtag", "Two hyphens in a row.", "bad-language", "claim.add", "\"language\":\"en\"", "\"language\":\"en--GB\""],
    ["bad-url-relative", "A URL without a scheme.", "bad-url", "organisation.set", "\"https://desk.example/\"", "\"desk.example/\""],
    ["bad-url-space", "A URL with a space.", "bad-url", "organisation.set", "\"https://desk.example/\"", "\"https://desk.example/a b\""],
    ["bad-url-scheme-only", "A scheme and nothing after it.", "bad-url", "organisation.set", "\"https://desk.example/\"", "\"https:\""],
    ["url-credentials-password", "A URL with a password.", "url-credentials", "organisation.set", "\"https://desk.example/\"", "\"https://me:secret@desk.example/\""],
    ["url-credentials-user", "A URL with a user name, which may be a token.", "url-credentials", "organisation.set", "\"https://desk.example/\"", "\"https://me@desk.example/\""],
    ["url-credentials-back-slashes", "Browsers read back slashes before a host as slashes.", "url-credentials", "organisation.set", "\"https://desk.example/\"", "\"https:\\\\\\\\me:secret@desk.example/\""],
    ["url-scheme-javascript", "A URL that is a script, in capitals.", "url-scheme", "organisation.set", "\"https://desk.example/\"", "\"JavaScript:alert(1)\""],
    ["url-scheme-data", "A URL that is the content itself.", "url-scheme", "organisation.set", "\"https://desk.example/\"", "\"data:text/plain,x\""],
    ["url-scheme-file", "A URL that names a file of one machine.", "url-scheme", "organisation.set", "\"https://desk.example/\"", "\"file:///etc/passwd\""],
    ["bad-media-type-parameter", "A media type with a parameter.", "bad-media-type", "source.capture", "\"text/html\"", "\"text/html; charset=utf-8\""],
    ["bad-media-type-capital", "A media type with a capital.", "bad-media-type", "source.capture", "\"text/html\"", "\"Text/html\""],
    ["bad-media-type-no-subtype", "A media type without a subtype.", "bad-media-type", "source.capture", "\"text/html\"", "\"text\""],
];

#[rustfmt::skip]
const AGREE_ROWS: &[[&str; 6]] = &[
    ["fields-disagree-no-ledger", "A claim to no ledger could be replayed in any.", "fields-disagree", "claim", "\"ledger\":\"0000000000000000000000000000000000000000000000000000000000000000\",", ""],
    ["fields-disagree-entry-0-with-ledger", "ledger.create names a ledger.", "fields-disagree", "ledger.create", ",\"type\":\"ledger.create\"", ",\"ledger\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"type\":\"ledger.create\""],
    ["fields-disagree-entry-0-with-seen", "ledger.create has seen a head.", "fields-disagree", "ledger.create", ",\"type\":\"ledger.create\"", ",\"seen\":{\"root\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"size\":1},\"type\":\"ledger.create\""],
    ["fields-disagree-verdict-without-seen", "A verdict does not say which head its signer knew.", "fields-disagree", "verdict.issue", ",\"seen\":{\"root\":\"0303030303030303030303030303030303030303030303030303030303030303\",\"size\":2}", ""],
    ["fields-disagree-attestation-without-seen", "An attestation does not say which head its signer knew.", "fields-disagree", "verdict.attest", ",\"seen\":{\"root\":\"0303030303030303030303030303030303030303030303030303030303030303\",\"size\":2}", ""],
    ["fields-disagree-withdrawal-without-seen", "A withdrawal does not say which head its signer knew.", "fields-disagree", "withdraw", ",\"seen\":{\"root\":\"0303030303030303030303030303030303030303030303030303030303030303\",\"size\":2}", ""],
    ["fields-disagree-dispute-without-seen", "A dispute does not say which head its signer knew.", "fields-disagree", "dispute.open", ",\"seen\":{\"root\":\"0303030303030303030303030303030303030303030303030303030303030303\",\"size\":2}", ""],
    ["fields-disagree-answer-without-seen", "An answer does not say which head its signer knew.", "fields-disagree", "dispute.answer", ",\"seen\":{\"root\":\"0303030303030303030303030303030303030303030303030303030303030303\",\"size\":2}", ""],
    ["fields-disagree-text-of-a-digest-only", "Bytes of which only the digest is kept, with a text.", "fields-disagree", "source.add", "\"holding\":\"held\"", "\"holding\":\"hashOnly\""],
    ["empty-value-blank", "A title of blanks and fillers only.", "empty-value", "source.add", "\"title\":\"A report\"", "\"title\":\" \u{3164}\u{200b}\""],
    ["control-character-newline-in-a-title", "A title of two lines.", "control-character", "source.add", "\"title\":\"A report\"", "\"title\":\"A report\\nadded #99\""],
    ["fields-disagree-fact-with-due", "A fact that falls due.", "fields-disagree", "claim.add", "\"forecast\"", "\"fact\""],
    ["fields-disagree-verbatim-with-original", "Verbatim words with other original words.", "fields-disagree", "claim.add", "\"translated\"", "\"verbatim\""],
    ["fields-disagree-not-found-with-source", "A search that found nothing, with a source.", "fields-disagree", "evidence.add", "\"supports\"", "\"notFound\""],
    ["fields-disagree-evidence-without-source", "Support by nobody.", "fields-disagree", "evidence.add", "\"source\":\"0101010101010101010101010101010101010101010101010101010101010101\",", ""],
    ["fields-disagree-evidence-with-search", "Support by a source, and a search.", "fields-disagree", "evidence.add", "\"source\":", "\"searched\":\"the archive\",\"source\":"],
    ["fields-disagree-source-via-itself", "A source is its own upstream.", "fields-disagree", "evidence.add", "[\"0202020202020202020202020202020202020202020202020202020202020202\"]", "[\"0101010101010101010101010101010101010101010101010101010101010101\"]"],
    ["fields-disagree-excerpt-too-wide", "Positions that span more than the quotation.", "fields-disagree", "evidence.add", "\"end\":7", "\"end\":8"],
    ["fields-disagree-excerpt-in-bytes", "Positions that count UTF-8 bytes instead of code points.", "fields-disagree", "evidence.add", "\"start\":2", "\"start\":1"],
    ["fields-disagree-excerpt-backwards", "An end before the start.", "fields-disagree", "evidence.add", "\"end\":7", "\"end\":1"],
    ["fields-disagree-importer-and-reviewer", "An importer is software and has no other role.", "fields-disagree", "key.enroll", "\"editor\"", "\"importer\""],
    ["fields-disagree-compromised-without-index", "A compromised key that is distrusted from nowhere.", "fields-disagree", "key.revoke", "\"distrustFrom\":4,", ""],
    ["fields-disagree-left-with-index", "A key whose holder left is not distrusted.", "fields-disagree", "key.revoke", "\"compromised\"", "\"left\""],
    ["fields-disagree-approvals-by-nobody", "Approvals without roles.", "fields-disagree", "policy.set", ",\"roles\":[\"editor\"]", ""],
    ["fields-disagree-more-holders-than-approvals", "Two holders for one approval.", "fields-disagree", "policy.set", "\"holders\":1", "\"holders\":2"],
    ["fields-disagree-more-organisations-than-holders", "Two organisations for one holder.", "fields-disagree", "policy.set", "\"organisations\":1", "\"organisations\":2"],
    ["fields-disagree-threshold-above-keys", "Three of two recovery keys.", "fields-disagree", "ledger.create", "\"threshold\":2", "\"threshold\":3"],
    ["fields-disagree-threshold-zero", "No recovery key need sign.", "fields-disagree", "ledger.create", "\"threshold\":2", "\"threshold\":0"],
    ["fields-disagree-source-relates-to-itself", "A source that depends on itself.", "fields-disagree", "source.relate", "\"to\":\"0202020202020202020202020202020202020202020202020202020202020202\"", "\"to\":\"0101010101010101010101010101010101010101010101010101010101010101\""],
    ["fields-disagree-claim-relates-to-itself", "A claim that relates to itself.", "fields-disagree", "claim.relate", "other.example/facts#0202020202020202020202020202020202020202020202020202020202020202", "0101010101010101010101010101010101010101010101010101010101010101"],
    ["fields-disagree-overlap-above-1000", "More than the whole text overlaps.", "fields-disagree", "source.relate", "{\"stated\":{\"end\":7,\"quote\":\"w\u{f6}rds\",\"start\":2,\"text\":\"0404040404040404040404040404040404040404040404040404040404040404\"}}", "{\"textOverlap\":{\"method\":\"shingles 1\",\"permille\":1001}}"],
    ["fields-disagree-numbers-without-direction", "A scale with numbers that mean nothing.", "fields-disagree", "scale.set", "\"direction\":\"higherIsTruer\",", ""],
    ["fields-disagree-direction-without-numbers", "A scale with a direction and no numbers.", "fields-disagree", "scale.set", ",\"number\":5", ""],
    ["fields-disagree-version-0-of-a-scale", "Versions begin at 1.", "fields-disagree", "scale.set", "\"version\":1", "\"version\":0"],
    ["fields-disagree-upgrade-to-1", "Version 1 of the rules is where every ledger begins.", "fields-disagree", "rules.upgrade", "\"rules\":2", "\"rules\":1"],
    ["fields-disagree-capture-of-nothing", "A capture of no bytes.", "fields-disagree", "source.capture", "\"bytes\":12", "\"bytes\":0"],
    ["fields-disagree-text-and-no-text", "A text, and a reason why there is none.", "fields-disagree", "source.capture", "\"sha256\":\"0404", "\"noText\":\"scanned\",\"sha256\":\"0404"],
    ["fields-disagree-archive-proofs-out-of-order", "Proofs of a web archive in another order.", "fields-disagree", "source.capture", "\"bytes\":12", "\"archiveProofs\":[{\"absent\":1,\"unchecked\":0,\"valid\":0,\"what\":\"signature\",\"wrong\":0},{\"absent\":1,\"unchecked\":0,\"valid\":0,\"what\":\"payloads\",\"wrong\":0}],\"bytes\":12"],
    ["fields-disagree-status-of-two-digits", "An HTTP status of two digits.", "fields-disagree", "source.capture", "\"status\":200", "\"status\":42"],
    ["fields-disagree-counts-of-method-0", "Corroboration that was not computed, with counts.", "fields-disagree", "verdict.issue", "\"method\":1", "\"method\":0"],
    ["fields-disagree-no-inputs", "Corroboration without the digest of its inputs.", "fields-disagree", "verdict.issue", "\"inputs\":\"0202020202020202020202020202020202020202020202020202020202020202\",", ""],
];
