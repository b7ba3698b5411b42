//! `signature/`: what the two rules say of one key, message and signature.

use super::{Vectors, base64, public, sign};
use data_encoding::HEXLOWER;
use serde_json::json;

/// Whether the key may be enrolled, whether the strict rule accepts, whether ZIP-215 accepts.
type Answers = (bool, bool, bool);

pub fn make(vectors: &mut Vectors) {
    let message = b"words";
    let honest = sign(1, message);
    // Under a key with torsion the strict rule accepts where the hash is a multiple of 8: one message in eight.
    let (torsion_key, by_chance) = super::torsion_signature(1, message, true);
    let (_, under_torsion_key) = super::torsion_signature(1, b"more words", true);
    let mut identity = [0; 32];
    identity[0] = 1;
    let mut identity_again = [0xff; 32];
    identity_again[0] = 0xee;
    identity_again[31] = 0x7f;
    let zero_s = |r: [u8; 32]| [r, [0; 32]].concat();
    let mut flipped = honest;
    flipped[63] ^= 0x10;
    let rows: [(&str, &str, &[u8], &[u8], Vec<u8>, Answers); 10] = [
        (
            "valid",
            "An honest signature.",
            &public(1),
            message,
            honest.to_vec(),
            (true, true, true),
        ),
        (
            "valid-no-message",
            "An honest signature over no bytes.",
            &public(1),
            b"",
            sign(1, b"").to_vec(),
            (true, true, true),
        ),
        (
            "other-message",
            "The signature of other words.",
            &public(1),
            b"other words",
            honest.to_vec(),
            (true, false, false),
        ),
        (
            "torsion-in-r",
            "A point of order 8 was added to R.",
            &public(1),
            message,
            super::torsion_signature(1, message, false).1.to_vec(),
            (true, false, true),
        ),
        (
            "torsion-in-key",
            "A point of order 8 was added to the key.",
            &torsion_key,
            b"more words",
            under_torsion_key.to_vec(),
            (false, false, true),
        ),
        (
            "torsion-in-key-by-chance",
            "The same key: for one message in eight the strict rule accepts, so only enrolment can refuse it.",
            &torsion_key,
            message,
            by_chance.to_vec(),
            (false, true, true),
        ),
        (
            "s-not-reduced",
            "The group order was added to S.",
            &public(1),
            message,
            super::unreduced(honest).to_vec(),
            (true, false, false),
        ),
        (
            "s-high-bit",
            "A high bit of S was flipped.",
            &public(1),
            message,
            flipped.to_vec(),
            (true, false, false),
        ),
        (
            "weak-key",
            "The identity as key, under which R = identity and S = 0 sign everything.",
            &identity,
            message,
            zero_s(identity),
            (false, false, true),
        ),
        (
            "key-not-canonical",
            "The identity spelled as y = p + 1.",
            &identity_again,
            message,
            zero_s(identity),
            (false, false, true),
        ),
    ];
    for (name, comment, key, message, signature, answers) in rows {
        put(vectors, name, comment, key, message, &signature, answers);
    }
    let hex = |text: &str| HEXLOWER.decode(text.as_bytes()).unwrap();
    put(
        vectors,
        "valid-rfc8032-test-1",
        "RFC 8032 section 7.1, TEST 1.",
        &hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
        b"",
        &hex(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (true, true, true),
    );
    put(
        vectors,
        "key-not-a-point",
        "Thirty-two bytes that are no point of the curve.",
        &[2; 32],
        message,
        &honest,
        (false, false, false),
    );
}

fn put(
    vectors: &mut Vectors,
    name: &str,
    comment: &str,
    key: &[u8],
    message: &[u8],
    signature: &[u8],
    (enrollable, strict, zip215): Answers,
) {
    let input = json!({
        "key": base64(key), "message": { "text": std::str::from_utf8(message).unwrap() }, "signature": base64(signature),
    });
    let expect = json!({ "enrollable": enrollable, "strict": strict, "zip215": zip215 });
    vectors.put(&format!("signature/{name}"), comment, &input, &expect);
}
