//! `entry/`: the bytes of leaves, their links, and what is no entry at its place.

use super::{Vectors, base64, hex, id, pae, public, replaced, sample, sha256, sign};
use serde_json::{Value, json};

/// The fields of an entry, as its bytes have them.
#[derive(Clone)]
pub struct Fields {
    pub index: u64,
    pub previous: [u8; 32],
    pub time: u64,
    pub key: [u8; 32],
    pub signature: [u8; 64],
    pub payload: Vec<u8>,
}

impl Fields {
    /// A statement by the key of seed 1, signed.
    pub fn new(payload: &str) -> Self {
        Self {
            index: 0,
            previous: [0; 32],
            time: 1_769_860_800_000,
            key: public(1),
            signature: sign(1, &pae(payload.as_bytes())),
            payload: payload.as_bytes().to_vec(),
        }
    }

    /// version u8 (1) | index u64 | previous | time u64 | key | signature | payload length u64 | payload; big endian.
    pub fn bytes(&self) -> Vec<u8> {
        [
            &[1],
            &self.index.to_be_bytes()[..],
            &self.previous,
            &self.time.to_be_bytes(),
            &self.key,
            &self.signature,
            &(self.payload.len() as u64).to_be_bytes(),
            &self.payload,
        ]
        .concat()
    }
}

pub fn make(vectors: &mut Vectors) {
    let first = Fields::new(&sample::text("ledger.create"));
    let before = sha256(&[&[0], &first.bytes()]);
    let second = Fields {
        index: 1,
        previous: before,
        ..Fields::new(&sample::claim())
    };
    let after = json!({ "leaf": hex(&before), "next": 1, "time": first.time });
    let start = json!({ "leaf": id(0), "next": 0, "time": 0 });
    for (name, comment, fields, after) in [
        (
            "valid-first",
            "Entry 0: previous is 32 zero bytes.",
            &first,
            &start,
        ),
        (
            "valid-second",
            "Entry 1: previous is the leaf hash of entry 0.",
            &second,
            &after,
        ),
    ] {
        valid(vectors, name, comment, &fields.bytes(), fields, after);
    }
    let torsion = Fields {
        signature: super::torsion_signature(1, &pae(&second.payload), false).1,
        ..second.clone()
    };
    let comment = "A signature with torsion in R stands in the log: the audit judges by ZIP-215 and accepts it.";
    valid(
        vectors,
        "valid-torsion",
        comment,
        &torsion.bytes(),
        &torsion,
        &after,
    );
    let far = Fields {
        time: u64::MAX,
        ..second.clone()
    };
    valid(
        vectors,
        "valid-far-future",
        "A time in the far future is no spelling's fault.",
        &far.bytes(),
        &far,
        &after,
    );
    let (key, of_everything) = super::weak();
    let claim = replaced(&sample::claim(), &base64(&public(1)), &base64(&key));
    let weak = Fields {
        key,
        signature: of_everything,
        payload: claim.into_bytes(),
        ..second.clone()
    };
    let comment = "A weak key's signature passes ZIP-215; that nobody enrolled the key is for the rules to say.";
    valid(
        vectors,
        "valid-weak-key",
        comment,
        &weak.bytes(),
        &weak,
        &after,
    );
    layout(vectors, &second, &after);
    links(vectors, &first, &second, &after);
    insides(vectors, &second, &after);
}

fn valid(
    vectors: &mut Vectors,
    name: &str,
    comment: &str,
    bytes: &[u8],
    fields: &Fields,
    after: &Value,
) {
    let payload = std::str::from_utf8(&fields.payload).unwrap();
    vectors.put(
        &format!("entry/{name}"),
        comment,
        &json!({ "after": after, "entry": { "hex": hex(bytes) } }),
        &json!({
            "id": sample::statement_id(payload), "index": fields.index, "key": base64(&fields.key),
            "leaf": hex(&sha256(&[&[0], bytes])), "previous": hex(&fields.previous), "time": fields.time,
        }),
    );
}

/// Bytes that are not the one encoding of an entry.
fn layout(vectors: &mut Vectors, good: &Fields, after: &Value) {
    let bytes = good.bytes();
    let put = |at: usize, with: &[u8]| {
        let mut changed = bytes.clone();
        changed[at..at + with.len()].copy_from_slice(with);
        changed
    };
    let length = good.payload.len() as u64;
    let malformed = "entry-malformed";
    let rows = [
        ("no-bytes", "No bytes at all.", malformed, Vec::new()),
        (
            "version-byte-only",
            "The version and nothing else.",
            malformed,
            vec![1],
        ),
        (
            "cut-in-previous",
            "It ends inside previous.",
            malformed,
            bytes[..20].to_vec(),
        ),
        (
            "cut-in-signature",
            "It ends inside the signature.",
            malformed,
            bytes[..100].to_vec(),
        ),
        (
            "cut-before-payload",
            "It ends before the payload's length.",
            malformed,
            bytes[..145].to_vec(),
        ),
        (
            "cut-in-payload",
            "The last byte is missing.",
            malformed,
            bytes[..bytes.len() - 1].to_vec(),
        ),
        (
            "payload-length-one-more",
            "The length promises a byte more than there is.",
            malformed,
            put(145, &(length + 1).to_be_bytes()),
        ),
        (
            "payload-length-2-63",
            "A length that no memory holds must not be allocated.",
            malformed,
            put(145, &(1_u64 << 63).to_be_bytes()),
        ),
        (
            "payload-length-little-endian",
            "The length in the other byte order.",
            malformed,
            put(145, &length.to_le_bytes()),
        ),
        (
            "payload-length-one-less",
            "A byte follows the payload.",
            "entry-not-canonical",
            put(145, &(length - 1).to_be_bytes()),
        ),
        (
            "trailing-byte",
            "A byte follows the entry.",
            "entry-not-canonical",
            [&bytes[..], &[0]].concat(),
        ),
        (
            "version-0",
            "Version 0 never was.",
            "entry-version",
            put(0, &[0]),
        ),
        (
            "version-2",
            "A version that this format does not know.",
            "entry-version",
            put(0, &[2]),
        ),
        (
            "a-statement-without-its-entry",
            "A bare payload begins with a brace, which is no version.",
            "entry-version",
            good.payload.clone(),
        ),
    ];
    for (name, comment, code, bytes) in rows {
        let input = json!({ "after": after, "entry": { "hex": hex(&bytes) } });
        vectors.broken(&format!("entry/{name}"), comment, code, &input);
    }
    let head = hex(&Fields {
        payload: vec![b'x'; 65_383],
        ..good.clone()
    }
    .bytes()[..153]);
    let input = json!({ "after": after, "entry": { "parts": [{ "hex": head }, { "text": "x", "times": 65_383 }] } });
    let comment = "An entry of 65,536 bytes, whose length a bundle cannot write.";
    vectors.broken("entry/too-long", comment, "entry-too-long", &input);
}

/// Entries that do not stand where they say.
fn links(vectors: &mut Vectors, first: &Fields, second: &Fields, after: &Value) {
    let input = |fields: &Fields, after: &Value| json!({ "after": after, "entry": { "hex": hex(&fields.bytes()) } });
    let rows = [
        (
            "index-skipped",
            "Entry 2 in place 1.",
            "entry-index",
            Fields {
                index: 2,
                ..second.clone()
            },
        ),
        (
            "index-repeated",
            "Entry 0 in place 1.",
            "entry-index",
            Fields {
                index: 0,
                ..second.clone()
            },
        ),
        (
            "index-little-endian",
            "The index in the other byte order.",
            "entry-index",
            Fields {
                index: 1 << 56,
                ..second.clone()
            },
        ),
        (
            "chain-broken-zeros",
            "previous is that of entry 0.",
            "chain-broken",
            Fields {
                previous: [0; 32],
                ..second.clone()
            },
        ),
        (
            "chain-broken-hash-without-prefix",
            "previous is SHA-256 of the entry without the leaf prefix 0x00.",
            "chain-broken",
            Fields {
                previous: sha256(&[&first.bytes()]),
                ..second.clone()
            },
        ),
        (
            "chain-broken-statement-id",
            "previous is the id of the statement before.",
            "chain-broken",
            Fields {
                previous: sha256(&[&pae(&first.payload)]),
                ..second.clone()
            },
        ),
        (
            "time-backwards",
            "One millisecond before the entry before it.",
            "time-backwards",
            Fields {
                time: first.time - 1,
                ..second.clone()
            },
        ),
    ];
    for (name, comment, code, fields) in rows {
        vectors.broken(
            &format!("entry/{name}"),
            comment,
            code,
            &input(&fields, after),
        );
    }
    let altered = Fields {
        time: first.time + 1,
        ..first.clone()
    };
    let other =
        json!({ "leaf": hex(&sha256(&[&[0], &altered.bytes()])), "next": 1, "time": altered.time });
    let late = Fields {
        time: altered.time,
        ..second.clone()
    };
    let comment = "The entry before was altered by one millisecond; the chain notices.";
    vectors.broken(
        "entry/chain-broken-altered-before",
        comment,
        "chain-broken",
        &input(&late, &other),
    );
}

/// Good entries around statements or signatures that are not.
fn insides(vectors: &mut Vectors, second: &Fields, after: &Value) {
    let claim = sample::claim();
    let around = |payload: &str| Fields {
        index: 1,
        previous: second.previous,
        ..Fields::new(payload)
    };
    let mut flipped = second.signature;
    flipped[0] ^= 1;
    let rows = [
        (
            "key-of-another",
            "The entry names key 2, its statement key 1.",
            "entry-key-mismatch",
            Fields {
                key: public(2),
                ..second.clone()
            },
        ),
        (
            "payload-not-canonical",
            "A statement with a space, rightly signed.",
            "not-canonical",
            around(&replaced(&claim, "\"size\":2", "\"size\": 2")),
        ),
        (
            "payload-not-utf8",
            "A payload that is no text.",
            "not-utf8",
            Fields {
                payload: vec![0xff],
                ..second.clone()
            },
        ),
        (
            "payload-empty",
            "A payload of no bytes.",
            "not-json",
            Fields {
                payload: Vec::new(),
                ..second.clone()
            },
        ),
        (
            "payload-of-unknown-type",
            "A statement of a type that nobody defined, rightly signed.",
            "unknown-type",
            around(&replaced(&claim, "claim.add", "claim.make")),
        ),
        (
            "signature-flipped-bit",
            "One bit of R was flipped.",
            "signature-invalid",
            Fields {
                signature: flipped,
                ..second.clone()
            },
        ),
        (
            "signature-not-reduced",
            "S is not below the group order; ZIP-215 refuses that too.",
            "signature-invalid",
            Fields {
                signature: super::unreduced(second.signature),
                ..second.clone()
            },
        ),
        (
            "signature-over-the-entry",
            "The signature covers the payload, not its PAE.",
            "signature-invalid",
            Fields {
                signature: sign(1, claim.as_bytes()),
                ..second.clone()
            },
        ),
    ];
    for (name, comment, code, fields) in rows {
        let input = json!({ "after": after, "entry": { "hex": hex(&fields.bytes()) } });
        vectors.broken(&format!("entry/{name}"), comment, code, &input);
    }
}
