//! The Ed25519 verifier keys of C2SP notes: one form, with the signature type as the difference.

use super::Error;
use crate::crypto::{PublicKey, sha256};
use crate::encoding::bytes::{array_from_hex, from_base64, to_base64, to_hex};
use crate::encoding::name::Origin;
use std::fmt;
use std::str::FromStr;

/// The first 4 bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key): a hint which key made a signature line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyId([u8; 4]);

impl KeyId {
    pub(super) const fn to_bytes(self) -> [u8; 4] {
        self.0
    }
}

/// A verifier key: `<name>+<key id, 8 hex digits>+<base64(type ‖ public key)>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteKey<const TYPE: u8> {
    name: Origin,
    key: PublicKey,
}

/// A key that signs notes: a ledger's checkpoint key (C2SP signed-note, type 0x01).
pub type VerifierKey = NoteKey<0x01>;

/// A key that cosigns checkpoints: a witness's (C2SP tlog-cosignature, type 0x04).
pub type WitnessKey = NoteKey<0x04>;

impl<const TYPE: u8> NoteKey<TYPE> {
    /// The verifier key of an Ed25519 key under a name.
    pub fn new(name: Origin, key: PublicKey) -> Self {
        Self { name, key }
    }

    /// Its name; a ledger's is its origin.
    pub fn name(&self) -> &Origin {
        &self.name
    }

    /// Its key.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Its key id. The same key has a different id for each type.
    pub fn id(&self) -> KeyId {
        let digest = sha256(&[
            self.name.as_str().as_bytes(),
            b"\n",
            &[TYPE],
            self.key.as_bytes(),
        ]);
        let b = digest.as_bytes();
        KeyId([b[0], b[1], b[2], b[3]])
    }
}

impl<const TYPE: u8> fmt::Display for NoteKey<TYPE> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let typed = [&[TYPE], &self.key.as_bytes()[..]].concat();
        let id = to_hex(&self.id().0);
        write!(f, "{}+{id}+{}", self.name, to_base64(&typed))
    }
}

impl<const TYPE: u8> FromStr for NoteKey<TYPE> {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let bad = |reason: &str| Error::VerifierKey {
            reason: reason.to_owned(),
        };
        // Base64 may contain a plus sign; a name may not.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(typed)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(bad("it must have the form <name>+<key id>+<base64 key>"));
        };
        let typed = from_base64(typed)?;
        let (_, key) = typed
            .split_first()
            .filter(|(found, _)| **found == TYPE)
            .ok_or_else(|| bad(&format!("not an Ed25519 key of type {TYPE:#04x}")))?;
        let key: [u8; 32] = key
            .try_into()
            .map_err(|_| bad("an Ed25519 key has 32 bytes"))?;
        let read = Self::new(name.parse()?, PublicKey::from_bytes(key));
        if read.id().0 != array_from_hex::<4>(id)? {
            return Err(bad("the key id does not match this name and key"));
        }
        Ok(read)
    }
}
