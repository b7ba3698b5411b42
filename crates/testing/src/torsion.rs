//! Signatures that ZIP-215 takes and strict verification refuses.

use claimledger_core::crypto::Signature;
use curve25519_dalek::constants::EIGHT_TORSION;
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::{Scalar, clamp_integer};
use sha2::{Digest as _, Sha512};

/// Signs with a point of order 8 added to R: the enrolled signer's own deniable signature.
pub fn torsion_signature(seed: [u8; 32], message: &[u8]) -> Signature {
    let hash = Sha512::digest(seed);
    let a = Scalar::from_bytes_mod_order(clamp_integer(hash[..32].try_into().unwrap()));
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
