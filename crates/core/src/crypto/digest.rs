//! SHA-256 (FIPS 180-4).

use crate::encoding::bytes::{array_from_hex, byte_newtype, to_hex};
use sha2::Digest as _;

byte_newtype!(
    /// A SHA-256 digest; in text, 64 lower-case hex digits.
    Digest,
    32,
    to_hex,
    array_from_hex,
    "^[0-9a-f]{64}$"
);

impl Digest {
    /// Thirty-two zero bytes: the `previous` of entry 0.
    pub const ZERO: Self = Self([0; 32]);

    /// The first `digits` hex digits, for people.
    pub fn short(&self, digits: usize) -> String {
        self.to_string()[..digits].to_owned()
    }
}

/// SHA-256 of the parts one after the other.
pub fn sha256(parts: &[&[u8]]) -> Digest {
    let mut hash = sha2::Sha256::new();
    for part in parts {
        hash.update(part);
    }
    Digest(hash.finalize().into())
}

/// SHA-256 of bytes that come piece by piece.
#[derive(Debug, Clone, Default)]
pub struct Hashing(sha2::Sha256);

impl Hashing {
    /// Nothing hashed yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Hashes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of everything.
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}
