//! The two rules of verification, and the signature on which they differ.

use super::{Error, PublicKey, SecretKey, Signature, batch, sha256};
use curve25519_dalek::{
    EdwardsPoint, Scalar, constants::EIGHT_TORSION, edwards::CompressedEdwardsY,
};
use sha2::{Digest as _, Sha512};
use zeroize::Zeroizing;

fn key(byte: u8) -> SecretKey {
    SecretKey::from_seed(&Zeroizing::new([byte; 32]))
}

/// Signs with a point of order 8 added to R: the enrolled signer's own deniable signature.
pub(crate) fn torsion_signature(seed: [u8; 32], message: &[u8]) -> Signature {
    let hash = Sha512::digest(seed);
    let a = Scalar::from_bytes_mod_order(curve25519_dalek::scalar::clamp_integer(
        hash[..32].try_into().unwrap(),
    ));
    let public = EdwardsPoint::mul_base(&a).compress();
    let r =
        Scalar::from_bytes_mod_order_wide(&Sha512::digest([&hash[32..], message].concat()).into());
    let r_point: CompressedEdwardsY = (EdwardsPoint::mul_base(&r) + EIGHT_TORSION[1]).compress();
    let k = Scalar::from_bytes_mod_order_wide(
        &Sha512::digest([r_point.as_bytes(), public.as_bytes(), message].concat()).into(),
    );
    let mut bytes = [0; 64];
    bytes[..32].copy_from_slice(r_point.as_bytes());
    bytes[32..].copy_from_slice((r + k * a).as_bytes());
    Signature::from_bytes(bytes)
}

#[test]
fn both_rules_accept_an_honest_signature() {
    let key = key(1);
    let signature = key.sign(b"words");
    assert_eq!(key.public().verify_strict(b"words", &signature), Ok(()));
    assert_eq!(key.public().verify_zip215(b"words", &signature), Ok(()));
    assert_eq!(
        key.public().verify_strict(b"other", &signature),
        Err(Error::BadSignature)
    );
}

#[test]
fn a_signature_with_torsion_in_r_passes_zip215_and_fails_the_strict_rule() {
    let signature = torsion_signature([7; 32], b"words");
    let public = key(7).public();
    assert_eq!(public.verify_zip215(b"words", &signature), Ok(()));
    assert_eq!(
        public.verify_strict(b"words", &signature),
        Err(Error::BadSignature)
    );
}

#[test]
fn a_batch_gives_the_same_results_as_single_checks() {
    let keys = [key(1), key(2)];
    let messages: Vec<Vec<u8>> = (0..40_u8).map(|n| vec![n; 9]).collect();
    let publics: Vec<PublicKey> = keys.iter().map(SecretKey::public).collect();
    let mut signatures: Vec<Signature> = messages
        .iter()
        .enumerate()
        .map(|(i, m)| keys[i % 2].sign(m))
        .collect();
    signatures[11] = keys[0].sign(b"something else");
    signatures[12] = torsion_signature([1; 32], &messages[12]);
    let items: Vec<batch::Item<'_>> = messages
        .iter()
        .enumerate()
        .map(|(i, message)| batch::Item {
            key: &publics[i % 2],
            message,
            signature: &signatures[i],
        })
        .collect();
    let answers = batch::verify(&items, &[7; 32]);
    for (i, answer) in answers.iter().enumerate() {
        assert_eq!(answer.is_ok(), i != 11, "item {i}");
        assert_eq!(
            *answer,
            items[i]
                .key
                .verify_zip215(items[i].message, items[i].signature)
        );
    }
}

#[test]
fn weak_and_non_canonical_keys_are_refused() {
    assert_eq!(key(3).public().check(), Ok(()));
    let torsion = CompressedEdwardsY(*key(3).public().as_bytes())
        .decompress()
        .unwrap()
        + EIGHT_TORSION[1];
    let mut identity = [0; 32];
    identity[0] = 1;
    let mut second_spelling_of_zero = [0xff; 32];
    second_spelling_of_zero[0] = 0xed;
    second_spelling_of_zero[31] = 0x7f;
    for bytes in [
        torsion.compress().to_bytes(),
        EIGHT_TORSION[1].compress().to_bytes(),
        identity,
        second_spelling_of_zero,
        [2; 32],
    ] {
        assert_eq!(PublicKey::from_bytes(bytes).check(), Err(Error::BadKey));
    }
}

#[test]
fn sha256_of_the_empty_string() {
    assert_eq!(
        sha256(&[]).to_string(),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
}
