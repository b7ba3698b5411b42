//! PAE, signing and verifying: strictly for new statements, by ZIP-215 for those in a log, alone or in batches.

use super::Error;
use crate::crypto::{self, PublicKey, Signature, batch};
use crate::model::{Statement, StatementId};
use std::ops::Deref;

/// The DSSE payload type of a statement.
pub const PAYLOAD_TYPE: &str = "application/vnd.claimledger.statement.v1+json";

/// PAE = "DSSEv1" SP len(type) SP type SP len(payload) SP payload; lengths are decimal byte counts.
pub fn pae(payload: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "DSSEv1 {} {PAYLOAD_TYPE} {} ",
        PAYLOAD_TYPE.len(),
        payload.len()
    )
    .into_bytes();
    bytes.extend_from_slice(payload);
    bytes
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
    payload: Vec<u8>,
    pae: Vec<u8>,
    signature: Signature,
}

impl Parsed {
    /// Reads the payload. The bytes are kept as they are, because the signature covers them.
    pub fn new(payload: Vec<u8>, signature: Signature) -> Result<Self, Error> {
        let statement = Statement::decode(&payload)?;
        Ok(Self {
            pae: pae(&payload),
            statement,
            payload,
            signature,
        })
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
        StatementId::from_pae(&self.pae)
    }

    /// The bytes that are signed, inside their PAE.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The signature; not verified.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    /// Verifies the envelope by the strict rule (`PublicKey::verify_strict`).
    pub fn verify_strict(self) -> Result<Verified, Error> {
        let answer = self.statement.key.verify_strict(&self.pae, &self.signature);
        self.judged(answer)
    }

    /// Verifies the envelope by ZIP-215, as [`verify_batch`] does, and without random numbers.
    pub fn verify(self) -> Result<Verified, Error> {
        let answer = self.statement.key.verify_zip215(&self.pae, &self.signature);
        self.judged(answer)
    }

    /// Whether the signature also passes the strict rule; for `audit --portable`.
    pub fn is_portable(&self) -> bool {
        let key = &self.statement.key;
        key.verify_strict(&self.pae, &self.signature).is_ok()
    }

    fn judged(self, answer: Result<(), crypto::Error>) -> Result<Verified, Error> {
        match answer {
            Ok(()) => Ok(Verified {
                id: StatementId::from_pae(&self.pae),
                statement: self.statement,
                payload: self.payload,
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
            message: &p.pae,
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
    payload: Vec<u8>,
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
        &self.payload
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
