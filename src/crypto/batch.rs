//! Many signatures at once by ZIP-215; the terms of one key are summed, so few keys and large batches are cheap.

use super::{Error, PublicKey, Signature};
use rand_core::CryptoRng;

/// One signature to judge: key, message, signature.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The key it should be by.
    pub key: &'a PublicKey,
    /// What was signed.
    pub message: &'a [u8],
    /// The signature.
    pub signature: &'a Signature,
}

/// Judges every item by ZIP-215, in order. The answers are those of [`PublicKey::verify_zip215`], whatever else is in
/// the batch: one combined check first, and only if it fails each alone.
pub fn verify<R: CryptoRng>(items: &[Item<'_>], rng: R) -> Vec<Result<(), Error>> {
    if items.is_empty() {
        return Vec::new();
    }
    let mut batch = ed25519_zebra::batch::Verifier::new();
    for item in items {
        let key = ed25519_zebra::VerificationKeyBytes::from(*item.key.as_bytes());
        let signature = ed25519_zebra::Signature::from(*item.signature.as_bytes());
        batch.queue((key, signature, &item.message));
    }
    if batch.verify(rng).is_ok() {
        return vec![Ok(()); items.len()];
    }
    items
        .iter()
        .map(|item| item.key.verify_zip215(item.message, item.signature))
        .collect()
}
