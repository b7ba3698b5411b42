//! Checks many signatures at once by ZIP-215. The terms of each key are summed, so few keys and large batches are
//! fast.

use super::{Error, PublicKey, Signature};
use chacha20::ChaCha20Rng;
use rand_core::SeedableRng as _;

/// One signature to check: key, message, signature.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The key it should be by.
    pub key: &'a PublicKey,
    /// What was signed.
    pub message: &'a [u8],
    /// The signature.
    pub signature: &'a Signature,
}

/// Checks every item by ZIP-215, in order. Each result is that of [`PublicKey::verify_zip215`]; the other items of the
/// batch do not change it. One combined check comes first; only if it fails is each item checked alone.
///
/// The combined check multiplies each signature by a random coefficient, drawn from `seed` by ChaCha20. The maker of
/// the signatures must not know the seed: take it from the system's random numbers, a new one for each batch.
pub fn verify(items: &[Item<'_>], seed: &[u8; 32]) -> Vec<Result<(), Error>> {
    if items.is_empty() {
        return Vec::new();
    }
    let mut batch = ed25519_zebra::batch::Verifier::new();
    for item in items {
        let key = ed25519_zebra::VerificationKeyBytes::from(*item.key.as_bytes());
        let signature = ed25519_zebra::Signature::from(*item.signature.as_bytes());
        batch.queue((key, signature, &item.message));
    }
    if batch.verify(ChaCha20Rng::from_seed(*seed)).is_ok() {
        return vec![Ok(()); items.len()];
    }
    items
        .iter()
        .map(|item| item.key.verify_zip215(item.message, item.signature))
        .collect()
}
