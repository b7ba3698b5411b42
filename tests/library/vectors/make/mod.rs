//! Makes the vectors, by hand: frames, PAE, entries, notes and tiles are put together here from the specification,
//! not by the library that reads them, so that the two must agree.

mod beside;
mod entry;
mod envelope;
mod note;
mod proof;
pub mod sample;
mod signature;
mod statement;
mod tile;

use curve25519_dalek::{EdwardsPoint, Scalar, constants::EIGHT_TORSION};
use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256, Sha512};
use std::collections::BTreeMap;

/// Every vector: its path below `tests/vectors`, and its text.
pub fn all() -> BTreeMap<String, String> {
    let mut vectors = Vectors(BTreeMap::new());
    statement::make(&mut vectors);
    envelope::make(&mut vectors);
    entry::make(&mut vectors);
    note::make(&mut vectors);
    tile::make(&mut vectors);
    proof::make(&mut vectors);
    beside::make(&mut vectors);
    signature::make(&mut vectors);
    vectors.0
}

/// The vectors made so far.
pub struct Vectors(BTreeMap<String, String>);

impl Vectors {
    /// A vector that must be refused with a code.
    fn broken(&mut self, path: &str, comment: &str, code: &str, input: &Value) {
        self.put(path, comment, input, &json!({ "code": code }));
    }

    fn put(&mut self, path: &str, comment: &str, input: &Value, expect: &Value) {
        let value = json!({ "comment": comment, "expect": expect, "input": input });
        let text = serde_json::to_string_pretty(&value).unwrap() + "\n";
        let before = self.0.insert(format!("{path}.json"), text);
        assert!(before.is_none(), "{path} is made twice");
    }
}

/// The secret key whose RFC 8032 seed is 32 equal bytes.
pub fn secret(byte: u8) -> SigningKey {
    SigningKey::from_bytes(&[byte; 32])
}

/// Its public key.
pub fn public(byte: u8) -> [u8; 32] {
    secret(byte).verifying_key().to_bytes()
}

/// Its signature.
fn sign(byte: u8, message: &[u8]) -> [u8; 64] {
    secret(byte).sign(message).to_bytes()
}

pub fn base64(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

pub fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// An id or digest of 32 equal bytes.
pub fn id(byte: u8) -> String {
    hex(&[byte; 32])
}

pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    Sha256::digest(parts.concat()).into()
}

/// DSSE's pre-authentication encoding of a statement.
pub fn pae(payload: &[u8]) -> Vec<u8> {
    let kind = "application/vnd.claimledger.statement.v1+json";
    let head = format!("DSSEv1 {} {kind} {} ", kind.len(), payload.len());
    [head.as_bytes(), payload].concat()
}

/// Signs with a point of order 8 added to R, as only the key's holder can: the cofactored equation of ZIP-215 holds,
/// the other does not. With `key_torsion` the point is added to the key instead.
fn torsion_signature(seed: u8, message: &[u8], key_torsion: bool) -> ([u8; 32], [u8; 64]) {
    let hash = Sha512::digest([seed; 32]);
    let clamped = curve25519_dalek::scalar::clamp_integer(hash[..32].try_into().unwrap());
    let a = Scalar::from_bytes_mod_order(clamped);
    let r =
        Scalar::from_bytes_mod_order_wide(&Sha512::digest([&hash[32..], message].concat()).into());
    let mut key = EdwardsPoint::mul_base(&a);
    let mut point = EdwardsPoint::mul_base(&r);
    if key_torsion {
        key += EIGHT_TORSION[1];
    } else {
        point += EIGHT_TORSION[1];
    }
    let (key, point) = (key.compress().to_bytes(), point.compress().to_bytes());
    let k = Scalar::from_bytes_mod_order_wide(
        &Sha512::digest([&point[..], &key, message].concat()).into(),
    );
    let mut bytes = [0; 64];
    bytes[..32].copy_from_slice(&point);
    bytes[32..].copy_from_slice((r + k * a).as_bytes());
    (key, bytes)
}

/// The same signature with the group order added to S: a second spelling of the same scalar.
fn unreduced(signature: [u8; 64]) -> [u8; 64] {
    let order = HEXLOWER
        .decode(b"edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
        .unwrap();
    let mut bytes = signature;
    let mut carry = 0_u16;
    for (byte, add) in bytes[32..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    bytes
}

/// The identity of the curve as a key, and the signature under it of everything: R the identity, S zero.
fn weak() -> ([u8; 32], [u8; 64]) {
    let (mut key, mut signature) = ([0; 32], [0; 64]);
    key[0] = 1;
    signature[0] = 1;
    (key, signature)
}

/// Puts one text in another's place, exactly once.
fn replaced(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from:?} in {text}");
    text.replace(from, to)
}
