//! PAE, signing and verifying: strictly for new statements, by ZIP-215 for those in a log, alone or in batches.

use super::Error;
use crate::crypto::{self, PublicKey, Signature, batch, sha256};
use crate::model::{Statement, StatementId};
use std::ops::Deref;

/// The DSSE payload type of a statement.
pub const PAYLOAD_TYPE: &str = "application/vnd.claimledger.statement.v1+json";

/// PAE = "DSSEv1" SP len(type) SP type SP len(payload) SP payload; lengths are decimal byte counts.
pub fn pae(payload: &[u8]) -> Vec<u8> {
    [&pae_begin(payload), payload].concat()
}

/// The id of the statement that these bytes hold, which are not checked: SHA-256 of their PAE.
pub fn id_of(payload: &[u8]) -> StatementId {
    StatementId::from_bytes(*sha256(&[&pae_begin(payload), payload]).as_bytes())
}

/// What stands before the payload in its PAE.
fn pae_begin(payload: &[u8]) -> Vec<u8> {
    let (of_type, of_payload) = (PAYLOAD_TYPE.len(), payload.len());
    format!("DSSEv1 {of_type} {PAYLOAD_TYPE} {of_payload} ").into_bytes()
}

/// Signs a statement. `sign` gets the PAE bytes and returns the signature of the statement's key.
pub fn seal<E>(
    statement: &Statement,
    sign: impl FnOnce(&[u8]) -> Result<Signature, E>,
) -> Result<Parsed, E>
where
    E: From<Error>,
{
    let payload = statement.encode();
    let signature = sign(&pae(&payload))?;
    Parsed::new(payload, signature).map_err(E::from)
}

/// An envelope whose payload is a well-formed statement; its signature is not yet verified.
#[derive(Debug, Clone)]
pub struct Parsed {
    statement: Statement,
    id: StatementId,
    signed: Signed,
    signature: Signature,
}

/// A payload in its PAE: the bytes that are signed, in memory once.
#[derive(Debug, Clone)]
struct Signed {
    pae: Vec<u8>,
    payload_at: usize,
}

impl Signed {
    fn new(payload: &[u8]) -> Self {
        let mut pae = pae_begin(payload);
        let payload_at = pae.len();
        pae.extend_from_slice(payload);
        Self { pae, payload_at }
    }

    fn payload(&self) -> &[u8] {
        &self.pae[self.payload_at..]
    }
}

impl Parsed {
    /// Reads the payload. The bytes are kept as they are, because the signature covers them.
    pub fn new(payload: impl AsRef<[u8]>, signature: Signature) -> Result<Self, Error> {
        let statement = Statement::decode(payload.as_ref())?;
        let signed = Signed::new(payload.as_ref());
        Ok(Self {
            id: StatementId::from_pae(&signed.pae),
            statement,
            signed,
            signature,
        })
    }

    /// Reads a payload again that [`Parsed::new`] has accepted before; `id` is the id that its statement had then. `None`
    /// where the payload has another id.
    ///
    /// The id is the SHA-256 of the bytes that are signed: if it is the same, so are the bytes, and what was checked then
    /// (spelling, bounds, form) is not checked again.
    pub fn again(
        payload: &[u8],
        signature: Signature,
        id: &StatementId,
    ) -> Result<Option<Self>, Error> {
        let signed = Signed::new(payload);
        if StatementId::from_pae(&signed.pae) != *id {
            return Ok(None);
        }
        Ok(Some(Self {
            statement: Statement::decode_again(payload)?,
            id: *id,
            signed,
            signature,
        }))
    }

    /// The key that the statement names; not verified.
    pub fn claimed_key(&self) -> &PublicKey {
        &self.statement.key
    }

    /// The statement; not verified.
    pub fn claimed(&self) -> &Statement {
        &self.statement
    }

    /// The statement's identity.
    pub fn id(&self) -> StatementId {
        self.id
    }

    /// The bytes that are signed, inside their PAE.
    pub fn payload(&self) -> &[u8] {
        self.signed.payload()
    }

    /// The signature; not verified.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    /// Verifies the envelope by the strict rule (`PublicKey::verify_strict`).
    pub fn verify_strict(self) -> Result<Verified, Error> {
        let answer = self
            .statement
            .key
            .verify_strict(&self.signed.pae, &self.signature);
        self.judged(answer)
    }

    /// Verifies the envelope by ZIP-215, as [`verify_batch`] does, and without random numbers.
    pub fn verify(self) -> Result<Verified, Error> {
        let answer = self
            .statement
            .key
            .verify_zip215(&self.signed.pae, &self.signature);
        self.judged(answer)
    }

    /// Whether the signature also passes the strict rule; for `audit --portable`.
    pub fn is_portable(&self) -> bool {
        let key = &self.statement.key;
        key.verify_strict(&self.signed.pae, &self.signature).is_ok()
    }

    fn judged(self, answer: Result<(), crypto::Error>) -> Result<Verified, Error> {
        match answer {
            Ok(()) => Ok(Verified {
                id: self.id,
                statement: self.statement,
                signed: self.signed,
                signature: self.signature,
            }),
            Err(_) => Err(Error::BadSignature {
                key: self.statement.key,
            }),
        }
    }
}

/// Verifies many envelopes by ZIP-215; each result is that of [`Parsed::verify`]. The seed is secret and used once:
/// see [`batch::verify`].
pub fn verify_batch(parsed: Vec<Parsed>, seed: &[u8; 32]) -> Vec<Result<Verified, Error>> {
    let items: Vec<batch::Item<'_>> = parsed
        .iter()
        .map(|p| batch::Item {
            key: &p.statement.key,
            message: &p.signed.pae,
            signature: &p.signature,
        })
        .collect();
    let answers = batch::verify(&items, seed);
    parsed
        .into_iter()
        .zip(answers)
        .map(|(parsed, answer)| parsed.judged(answer))
        .collect()
}

/// A statement whose signature has been verified. There is no other way to make one.
#[derive(Debug, Clone)]
pub struct Verified {
    statement: Statement,
    id: StatementId,
    signed: Signed,
    signature: Signature,
}

impl Verified {
    /// The statement's identity.
    pub fn id(&self) -> StatementId {
        self.id
    }

    /// The id of the ledger that the statement is for. The first statement of a ledger names none: its own id is the
    /// ledger's.
    pub fn ledger_id(&self) -> StatementId {
        self.statement.ledger.unwrap_or(self.id)
    }

    /// The bytes that were signed, inside their PAE.
    pub fn payload(&self) -> &[u8] {
        self.signed.payload()
    }

    /// The signature.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }
}

impl Deref for Verified {
    type Target = Statement;
    fn deref(&self) -> &Statement {
        &self.statement
    }
}
