//! DSSE vectors, and malformed or forged envelopes.

use super::{Error, PAYLOAD_TYPE, file, pae};
use crate::crypto::SecretKey;
use crate::encoding::bytes::to_base64;
use crate::model::tests as samples;
use crate::model::tests::sample;
use crate::model::{Statement, StatementId, StatementType};
use zeroize::Zeroizing;

fn envelope() -> (Statement, SecretKey, String) {
    let key = SecretKey::from_seed(&Zeroizing::new([5; 32]));
    let mut statement = sample(StatementType::ClaimAdd);
    statement.key = key.public();
    let payload = statement.encode();
    let signature = key.sign(&pae(&payload));
    let text = file::print(&payload, &key.public(), &signature);
    (statement, key, text)
}

#[test]
fn pae_counts_bytes() {
    let expected = format!("DSSEv1 {} {PAYLOAD_TYPE} 3 \u{20ac}", PAYLOAD_TYPE.len());
    assert_eq!(pae("\u{20ac}".as_bytes()), expected.into_bytes());
}

#[test]
fn ids_cover_the_payload_type() {
    let payload = sample(StatementType::ClaimAdd).encode();
    assert_ne!(
        StatementId::from_pae(&pae(&payload)),
        StatementId::from_pae(&payload)
    );
}

#[test]
fn a_printed_envelope_opens() {
    let (statement, _, text) = envelope();
    let verified = file::read(text.as_bytes())
        .unwrap()
        .verify_strict()
        .unwrap();
    assert_eq!(*verified, statement);
    assert_eq!(verified.payload(), statement.encode());
    assert_ne!(verified.id(), samples::id(0));
}

#[test]
fn malformed_envelopes_are_refused() {
    let (statement, key, text) = envelope();
    let payload = to_base64(&statement.encode());
    let signature = key.sign(b"other words").to_string();
    let bad = |from: &str, to: &str| {
        let changed = text.replace(from, to);
        assert_ne!(changed, text, "{from}");
        match file::read(changed.as_bytes()) {
            Ok(parsed) => parsed.verify_strict().map(|_| ()),
            Err(error) => Err(error),
        }
        .unwrap_err()
        .code()
    };
    let right = key.sign(&pae(&statement.encode())).to_string();
    assert_eq!(bad(&right, &signature), "signature-invalid");
    assert_eq!(bad("v1+json", "v2+json"), "payload-type");
    assert_eq!(bad(&payload, &to_base64(b"{}")), "empty-value");
    assert_eq!(bad(&payload, "!!!!"), "bad-base64");
    let twice = format!("[{{\"sig\":\"{right}\"}},{{\"sig\":\"{right}\"}}]");
    let start = text.find('[').unwrap();
    let two = format!("{}{twice}}}", &text[..start]);
    assert!(matches!(
        file::read(two.as_bytes()),
        Err(Error::SignatureCount { found: 2 })
    ));
}

#[test]
fn url_safe_base64_is_dsse_too() {
    let (_, _, text) = envelope();
    let url_safe: String = text
        .lines()
        .map(|line| {
            if line.contains("\"payload\"") || line.contains("\"sig\"") {
                line.replace('+', "-").replace('/', "_")
            } else {
                line.to_owned()
            }
        })
        .collect();
    assert!(
        file::read(url_safe.as_bytes())
            .unwrap()
            .verify_strict()
            .is_ok()
    );
}
