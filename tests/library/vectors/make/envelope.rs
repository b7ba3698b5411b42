//! `envelope/`: DSSE files, and what is not the one signature of the key that the statement names.

use super::{Vectors, base64, pae, public, replaced, sample, sha256, sign};
use data_encoding::BASE64_NOPAD;
use serde_json::{Value, json};

const TYPE: &str = "application/vnd.claimledger.statement.v1+json";

/// `ssh-keygen -l` of a key: SHA-256 over the SSH wire form, in base64 without padding.
fn fingerprint(byte: u8) -> String {
    let head = b"\x00\x00\x00\x0bssh-ed25519\x00\x00\x00\x20";
    let digest = sha256(&[head, &public(byte)]);
    format!("SHA256:{}", BASE64_NOPAD.encode(&digest))
}

fn file(payload: &str, signature: &[u8]) -> Value {
    json!({
        "payload": base64(payload.as_bytes()),
        "payloadType": TYPE,
        "signatures": [{ "keyid": fingerprint(1), "sig": base64(signature) }],
    })
}

pub fn make(vectors: &mut Vectors) {
    let claim = sample::claim();
    let right = sign(1, &pae(claim.as_bytes()));
    let good = file(&claim, &right);
    valid(vectors, &claim, &good);
    broken(vectors, &claim, &good);
    signatures(vectors, &claim);
}

fn valid(vectors: &mut Vectors, claim: &str, good: &Value) {
    let expect = json!({ "id": sample::statement_id(claim), "key": base64(&public(1)) });
    let mut without_keyid = good.clone();
    without_keyid["signatures"][0]
        .as_object_mut()
        .unwrap()
        .remove("keyid");
    let mut other_keyid = good.clone();
    other_keyid["signatures"][0]["keyid"] = fingerprint(2).into();
    let mut more_fields = good.clone();
    more_fields["comment"] = "ignored".into();
    let mut url_safe = good.clone();
    let sig = good["signatures"][0]["sig"].as_str().unwrap();
    assert!(
        sig.contains('+') || sig.contains('/'),
        "the signature has no letter that differs"
    );
    url_safe["signatures"][0]["sig"] = sig.replace('+', "-").replace('/', "_").into();
    let rows = [
        ("valid", "A claim in its envelope.", good.to_string()),
        (
            "valid-white-space",
            "Only the payload has one spelling; the file around it is any JSON.",
            serde_json::to_string_pretty(good).unwrap(),
        ),
        (
            "valid-without-keyid",
            "keyid may be left out.",
            without_keyid.to_string(),
        ),
        (
            "valid-keyid-of-another-key",
            "keyid is a hint and never decides.",
            other_keyid.to_string(),
        ),
        (
            "valid-more-fields",
            "Fields that DSSE does not name are ignored.",
            more_fields.to_string(),
        ),
        (
            "valid-url-safe",
            "DSSE allows URL-safe base64, with padding.",
            url_safe.to_string(),
        ),
    ];
    for (name, comment, text) in rows {
        vectors.put(
            &format!("envelope/{name}"),
            comment,
            &json!({ "text": text }),
            &expect,
        );
    }
}

fn broken(vectors: &mut Vectors, claim: &str, good: &Value) {
    let text = good.to_string();
    let with = |pointer: &str, value: Value| {
        let mut changed = good.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        changed.to_string()
    };
    let without = |field: &str| {
        let mut changed = good.clone();
        changed.as_object_mut().unwrap().remove(field);
        changed.to_string()
    };
    let one = good["signatures"][0].clone();
    let payload = good["payload"].as_str().unwrap();
    let sig = one["sig"].as_str().unwrap();
    let spaced = replaced(claim, "\"size\":2", "\"size\": 2");
    let rows = [
        (
            "payload-type-of-a-later-version",
            "Another payload type is another language.",
            "payload-type",
            with("/payloadType", TYPE.replace("v1", "v2").into()),
        ),
        (
            "payload-type-in-toto",
            "An envelope of somebody else's.",
            "payload-type",
            with("/payloadType", "application/vnd.in-toto+json".into()),
        ),
        (
            "payload-type-missing",
            "No payload type.",
            "field-missing",
            without("payloadType"),
        ),
        (
            "payload-missing",
            "No payload.",
            "field-missing",
            without("payload"),
        ),
        (
            "payload-twice",
            "Two payloads: two readers would read two statements.",
            "duplicate-field",
            replaced(
                &text,
                "\"payloadType\"",
                &format!("\"payload\":\"{payload}\",\"payloadType\""),
            ),
        ),
        (
            "payload-without-padding",
            "A payload without padding.",
            "bad-base64",
            with(
                "/payload",
                format!("{}AA", payload.trim_end_matches('=')).into(),
            ),
        ),
        (
            "payload-not-base64",
            "A payload that is no base64.",
            "bad-base64",
            with("/payload", "!!!!".into()),
        ),
        (
            "payload-empty",
            "A payload of no bytes.",
            "not-json",
            with("/payload", "".into()),
        ),
        (
            "payload-not-canonical",
            "A statement with white space, rightly signed.",
            "not-canonical",
            file(&spaced, &sign(1, &pae(spaced.as_bytes()))).to_string(),
        ),
        (
            "payload-with-a-float",
            "A statement with a float, rightly signed.",
            "number-form",
            {
                let float = replaced(claim, "\"size\":2", "\"size\":2.5");
                file(&float, &sign(1, &pae(float.as_bytes()))).to_string()
            },
        ),
        (
            "signature-count-0",
            "No signature.",
            "signature-count",
            with("/signatures", json!([])),
        ),
        (
            "signature-count-2",
            "The same signature twice.",
            "signature-count",
            with("/signatures", json!([one, one])),
        ),
        (
            "signatures-not-a-list",
            "A signature where a list is needed.",
            "wrong-shape",
            with("/signatures", one.clone()),
        ),
        (
            "signature-of-63-bytes",
            "A signature one byte short.",
            "bad-base64",
            with("/signatures/0/sig", base64(&[7; 63]).into()),
        ),
        (
            "signature-with-stray-bits",
            "The unused bits of the signature's last digit are set.",
            "bad-base64",
            with("/signatures/0/sig", stray(sig).into()),
        ),
        (
            "list-for-the-envelope",
            "The three values in a list: no envelope of DSSE's.",
            "wrong-shape",
            json!([good["payload"], TYPE, good["signatures"]]).to_string(),
        ),
        (
            "list-for-a-signature",
            "keyid and sig in a list.",
            "wrong-shape",
            with("/signatures", json!([[one["keyid"], one["sig"]]])),
        ),
        (
            "not-json",
            "The last byte is missing.",
            "not-json",
            text[..text.len() - 1].to_owned(),
        ),
        (
            "two-envelopes",
            "A second envelope after the first.",
            "trailing-bytes",
            format!("{text}{text}"),
        ),
    ];
    for (name, comment, code, text) in rows {
        vectors.broken(
            &format!("envelope/{name}"),
            comment,
            code,
            &json!({ "text": text }),
        );
    }
    let long = json!({ "parts": [{ "text": text }, { "text": " ", "times": 131_000 }] });
    vectors.broken(
        "envelope/longer-than-twice-a-statement",
        "An envelope of over 130,764 bytes.",
        "too-long",
        &long,
    );
}

/// The same base64 of 64 bytes with the four unused bits of its last digit set.
fn stray(sig: &str) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let head = sig.strip_suffix("==").unwrap();
    let (head, last) = head.split_at(head.len() - 1);
    let at = letters
        .iter()
        .position(|b| *b == last.as_bytes()[0])
        .unwrap();
    assert_eq!(
        at % 16,
        0,
        "the last digit of a canonical spelling leaves four bits unused"
    );
    format!("{head}{}==", char::from(letters[at + 15]))
}

fn signatures(vectors: &mut Vectors, claim: &str) {
    let words = pae(claim.as_bytes());
    let other = replaced(claim, "closed", "open");
    let mut flipped = sign(1, &words);
    flipped[40] ^= 1;
    let zeros = [0; 64];
    let wrong_type = {
        let text = String::from_utf8(words.clone()).unwrap();
        replaced(&text, "statement.v1+json", "statement.v2+json").into_bytes()
    };
    let rows = [
        (
            "signature-invalid-flipped-bit",
            "One bit of S was flipped.",
            flipped,
        ),
        ("signature-invalid-zeros", "Sixty-four zeros.", zeros),
        (
            "signature-invalid-of-other-words",
            "The signature is the key's over another statement.",
            sign(1, &pae(other.as_bytes())),
        ),
        (
            "signature-invalid-by-another-key",
            "Another key signed; the statement names key 1.",
            sign(2, &words),
        ),
        (
            "signature-invalid-over-the-payload",
            "The signature covers the payload, not its PAE.",
            sign(1, claim.as_bytes()),
        ),
        (
            "signature-invalid-over-the-digest",
            "The signature covers SHA-256 of the PAE.",
            sign(1, &sha256(&[&words])),
        ),
        (
            "signature-invalid-over-another-type",
            "The signature covers the PAE of another payload type.",
            sign(1, &wrong_type),
        ),
        (
            "signature-invalid-torsion",
            "A point of order 8 was added to R: ZIP-215 accepts it, the door does not.",
            super::torsion_signature(1, &words, false).1,
        ),
        (
            "signature-invalid-not-reduced",
            "The group order was added to S.",
            super::unreduced(sign(1, &words)),
        ),
    ];
    let (key, of_everything) = super::weak();
    let by_nobody = replaced(claim, &base64(&public(1)), &base64(&key));
    vectors.broken(
        "envelope/signature-invalid-weak-key",
        "The statement names the identity as its key: ZIP-215 accepts R = identity and S = 0, the door does not.",
        "signature-invalid",
        &json!({ "text": file(&by_nobody, &of_everything).to_string() }),
    );
    for (name, comment, signature) in rows {
        let input = json!({ "text": file(claim, &signature).to_string() });
        vectors.broken(
            &format!("envelope/{name}"),
            comment,
            "signature-invalid",
            &input,
        );
    }
}
