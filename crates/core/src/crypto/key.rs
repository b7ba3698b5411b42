//! Ed25519 keys and signatures (RFC 8032), and the two rules by which a signature is judged.

use super::Error;
use crate::encoding::bytes::{array_from_base64, byte_newtype, to_base64};
use ed25519_dalek::Signer as _;
use zeroize::Zeroizing;

byte_newtype!(
    /// An Ed25519 public key, 32 bytes; in text, base64. The type accepts any 32 bytes; [`PublicKey::check`] tells
    /// whether a person can own the key.
    PublicKey,
    32,
    to_base64,
    array_from_base64,
    "^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$"
);
byte_newtype!(
    /// An Ed25519 signature, 64 bytes (R ‖ S); in text, base64.
    Signature,
    64,
    to_base64,
    array_from_base64,
    "^[A-Za-z0-9+/]{85}[AQgw]==$"
);

impl PublicKey {
    /// Refuses keys that must not be enrolled: not a point, not its canonical encoding, of small order, or with
    /// torsion. With such keys one signature could verify here and fail elsewhere.
    pub fn check(&self) -> Result<(), Error> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(&self.0).map_err(|_| Error::BadKey)?;
        let point = key.to_edwards();
        let canonical = point.compress().to_bytes() == self.0;
        if canonical && !key.is_weak() && point.is_torsion_free() {
            Ok(())
        } else {
            Err(Error::BadKey)
        }
    }

    /// The OpenSSH fingerprint: "SHA256:" and unpadded base64 of SHA-256 over the wire form
    /// string("ssh-ed25519") ‖ string(key) (RFC 8709, RFC 4251).
    pub fn fingerprint(&self) -> String {
        let digest = super::sha256(&[
            &11_u32.to_be_bytes(),
            b"ssh-ed25519",
            &32_u32.to_be_bytes(),
            &self.0,
        ]);
        let text = to_base64(digest.as_bytes());
        format!("SHA256:{}", text.trim_end_matches('='))
    }

    /// The rule for new statements: RFC 8032 without cofactor, refusing weak keys and small-order R. OpenSSL, OpenSSH
    /// and Go agree with it.
    pub fn verify_strict(&self, message: &[u8], signature: &Signature) -> Result<(), Error> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(&self.0).map_err(|_| Error::BadKey)?;
        key.verify_strict(message, &ed25519_dalek::Signature::from_bytes(&signature.0))
            .map_err(|_| Error::BadSignature)
    }

    /// The rule of the audit: ZIP-215. The result is the same alone or in a batch.
    pub fn verify_zip215(&self, message: &[u8], signature: &Signature) -> Result<(), Error> {
        let key = ed25519_zebra::VerificationKey::try_from(self.0).map_err(|_| Error::BadKey)?;
        key.verify(&ed25519_zebra::Signature::from(signature.0), message)
            .map_err(|_| Error::BadSignature)
    }
}

/// An Ed25519 secret key; wiped from memory when dropped.
pub struct SecretKey(ed25519_dalek::SigningKey);

impl SecretKey {
    /// From the 32 bytes of the RFC 8032 seed.
    pub fn from_seed(seed: &Zeroizing<[u8; 32]>) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// The RFC 8032 seed, for writing the key to its file.
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// Signs deterministically (RFC 8032).
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message).to_bytes())
    }
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SecretKey(of {})", self.public())
    }
}
