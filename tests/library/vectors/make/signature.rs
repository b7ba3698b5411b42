//! `signature/`: what the two rules say of one key, message and signature.

use super::{Vectors, base64, public, sign, torsion_signature, unreduced};
use data_encoding::HEXLOWER;
use serde_json::json;

/// What is judged.
struct Case<'a> {
    key: &'a [u8],
    message: &'a [u8],
    signature: &'a [u8],
}

impl Case<'_> {
    /// The answers: whether the key may be enrolled, whether the strict rule accepts, whether ZIP-215 accepts.
    fn put(&self, vectors: &mut Vectors, name: &str, comment: &str, answers: [bool; 3]) {
        let [enrollable, strict, zip215] = answers;
        let input = json!({
            "key": base64(self.key),
            "message": { "text": std::str::from_utf8(self.message).unwrap() },
            "signature": base64(self.signature),
        });
        let expect = json!({ "enrollable": enrollable, "strict": strict, "zip215": zip215 });
        vectors.put(&format!("signature/{name}"), comment, &input, &expect);
    }
}

pub fn make(vectors: &mut Vectors) {
    honest(vectors);
    crafted(vectors);
    keys(vectors);
}

fn honest(vectors: &mut Vectors) {
    let key = public(1);
    let (words, signature) = (b"words", sign(1, b"words"));
    let good = Case {
        key: &key,
        message: words,
        signature: &signature,
    };
    good.put(vectors, "valid", "An honest signature.", [true; 3]);
    let other = Case {
        message: b"other words",
        ..good
    };
    let comment = "The signature of other words.";
    other.put(vectors, "other-message", comment, [true, false, false]);
    let nothing = Case {
        key: &key,
        message: b"",
        signature: &sign(1, b""),
    };
    let comment = "An honest signature over no bytes.";
    nothing.put(vectors, "valid-no-message", comment, [true; 3]);
    let hex = |text: &str| HEXLOWER.decode(text.as_bytes()).unwrap();
    let first_of_rfc_8032 = Case {
        key: &hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
        message: b"",
        signature: &hex(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b\
             d25bf5f0595bbe24655141438e7a100b",
        ),
    };
    let comment = "RFC 8032 section 7.1, TEST 1.";
    first_of_rfc_8032.put(vectors, "valid-rfc8032-test-1", comment, [true; 3]);
}

/// Honest keys, other signatures.
fn crafted(vectors: &mut Vectors) {
    let (key, message) = (public(1), b"words");
    let honest = sign(1, message);
    let mut high_bit = honest;
    high_bit[63] ^= 0x10;
    let mut case = |name: &str, comment: &str, signature: [u8; 64], zip215: bool| {
        let case = Case {
            key: &key,
            message,
            signature: &signature,
        };
        case.put(vectors, name, comment, [true, false, zip215]);
    };
    let torsion = torsion_signature(1, message, false).1;
    case(
        "torsion-in-r",
        "A point of order 8 was added to R.",
        torsion,
        true,
    );
    let comment = "The group order was added to S.";
    case("s-not-reduced", comment, unreduced(honest), false);
    case(
        "s-high-bit",
        "A high bit of S was flipped.",
        high_bit,
        false,
    );
    case("zeros", "Sixty-four zeros.", [0; 64], false);
}

/// Keys that nobody may be enrolled with.
fn keys(vectors: &mut Vectors) {
    let (identity, everything) = super::weak();
    let mut identity_again = [0xff; 32];
    identity_again[0] = 0xee;
    identity_again[31] = 0x7f;
    let mut weak = |name: &str, comment: &str, key: [u8; 32]| {
        let case = Case {
            key: &key,
            message: b"words",
            signature: &everything,
        };
        case.put(vectors, name, comment, [false, false, true]);
    };
    let comment = "The identity as key, under which R = identity and S = 0 sign everything.";
    weak("weak-key", comment, identity);
    let comment = "The identity spelled as y = p + 1.";
    weak("key-not-canonical", comment, identity_again);
    let comment = "Thirty-two bytes that are no point of the curve.";
    let no_point = Case {
        key: &[2; 32],
        message: b"words",
        signature: &everything,
    };
    no_point.put(vectors, "key-not-a-point", comment, [false; 3]);
    // Under a key with torsion the strict rule accepts where the hash is a multiple of 8.
    for (name, comment, message, strict) in [
        (
            "torsion-in-key",
            "A point of order 8 was added to the key.",
            b"more words".as_slice(),
            false,
        ),
        (
            "torsion-in-key-by-chance",
            "The same key: for one message in eight the strict rule accepts, so only enrolment can refuse it.",
            b"words",
            true,
        ),
    ] {
        let (key, signature) = torsion_signature(1, message, true);
        let case = Case {
            key: &key,
            message,
            signature: &signature,
        };
        case.put(vectors, name, comment, [false, strict, true]);
    }
}
