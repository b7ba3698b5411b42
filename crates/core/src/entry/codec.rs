//! Entry bytes: bincode 2, fixed-width integers, big endian, limited in size; exactly one encoding for each entry.

use super::Error;
use crate::crypto::{Digest, PublicKey, Signature};
use crate::encoding::limits;
use crate::encoding::millis::UnixMillis;
use crate::envelope::{self, Parsed, Verified};
use crate::model::StatementId;
use crate::tlog::EntryIndex;
use crate::tlog::merkle::leaf_hash;

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place, from 0.
    pub index: EntryIndex,
    /// The leaf hash of the entry before; zeros for entry 0. The hash chain is inside the leaf, so chain and tree
    /// cannot contradict each other.
    pub previous: Digest,
    /// When the ledger took it in: the ledger's own testimony.
    pub time: UnixMillis,
    /// The statement's key.
    pub key: PublicKey,
    /// The signature over the statement's PAE.
    pub signature: Signature,
    /// The statement's bytes.
    pub payload: Vec<u8>,
}

/// `version | index | previous | time | key | signature | payload`, in this order.
type Wire = (u8, u64, [u8; 32], u64, [u8; 32], [u8; 64], Vec<u8>);

/// The end of the chain: what the next entry must continue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The index of the next entry.
    pub next: EntryIndex,
    /// The leaf hash of the last entry; zeros before entry 0.
    pub leaf: Digest,
    /// The time of the last entry; 0 before entry 0.
    pub time: UnixMillis,
}

impl Head {
    /// Before entry 0.
    pub const EMPTY: Self = Self {
        next: EntryIndex::FIRST,
        leaf: Digest::ZERO,
        time: UnixMillis::EPOCH,
    };
}

impl Entry {
    /// The entry for a verified statement after `head`; its time is max(now, time of the entry before).
    pub fn place(head: &Head, now: UnixMillis, statement: &Verified) -> Self {
        Self {
            index: head.next,
            previous: head.leaf,
            time: now.max(head.time),
            key: statement.key,
            signature: *statement.signature(),
            payload: statement.payload().to_vec(),
        }
    }

    /// The bytes of the leaf.
    pub fn encode(&self) -> Result<Vec<u8>, Error> {
        let wire: Wire = (
            VERSION,
            self.index.get(),
            *self.previous.as_bytes(),
            self.time.get(),
            *self.key.as_bytes(),
            *self.signature.as_bytes(),
            self.payload.clone(),
        );
        let bytes = bincode::encode_to_vec(wire, config()).map_err(malformed)?;
        if bytes.len() > limits::MAX_ENTRY_BYTES {
            return Err(Error::TooLong { found: bytes.len() });
        }
        Ok(bytes)
    }

    /// Reads an entry: limited in size, nothing left over, and in its only encoding.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > limits::MAX_ENTRY_BYTES {
            return Err(Error::TooLong { found: bytes.len() });
        }
        match bytes.first() {
            Some(&VERSION) => {}
            Some(&found) => return Err(Error::Version { found }),
            None => {
                return Err(Error::Malformed {
                    reason: "no bytes".to_owned(),
                });
            }
        }
        let (wire, used): (Wire, usize) =
            bincode::decode_from_slice(bytes, config()).map_err(malformed)?;
        // Every field before the payload has a fixed width, and so has the payload's length. Where no byte is left over,
        // there is no other way to write the same entry.
        let (_, index, previous, time, key, signature, payload) = wire;
        if used != bytes.len() {
            return Err(Error::NotCanonical);
        }
        Ok(Self {
            index: EntryIndex::new(index),
            previous: Digest::from_bytes(previous),
            time: UnixMillis::new(time),
            key: PublicKey::from_bytes(key),
            signature: Signature::from_bytes(signature),
            payload,
        })
    }

    /// The payload in an entry's bytes, which are not checked.
    pub fn payload_in(bytes: &[u8]) -> Option<&[u8]> {
        bytes.get(BEFORE_PAYLOAD..)
    }

    /// Refuses an entry that does not continue the chain at `head`: index, previous, time.
    pub fn follows(&self, head: &Head) -> Result<(), Error> {
        if self.index != head.next {
            return Err(Error::Index {
                expected: head.next,
                found: self.index,
            });
        }
        if self.previous != head.leaf {
            return Err(Error::Chain {
                expected: head.leaf.to_string(),
                found: self.previous.to_string(),
            });
        }
        if self.time < head.time {
            return Err(Error::TimeBackwards {
                before: head.time,
                found: self.time,
            });
        }
        Ok(())
    }

    /// The head after this entry, whose bytes are `bytes`.
    pub fn head_after(&self, bytes: &[u8]) -> Head {
        Head {
            next: self.index.size_through().next(),
            leaf: leaf_hash(bytes),
            time: self.time,
        }
    }

    /// The envelope of the entry; its signature is not yet verified.
    pub fn envelope(&self) -> Result<Parsed, Error> {
        self.of_its_key(Parsed::new(&self.payload, self.signature).map_err(unreadable)?)
    }

    /// The same of a statement that was read before and had this id then: see [`Parsed::again`].
    pub fn envelope_again(&self, id: &StatementId) -> Result<Option<Parsed>, Error> {
        let parsed = Parsed::again(&self.payload, self.signature, id).map_err(unreadable)?;
        parsed.map(|parsed| self.of_its_key(parsed)).transpose()
    }

    fn of_its_key(&self, parsed: Parsed) -> Result<Parsed, Error> {
        if *parsed.claimed_key() != self.key {
            return Err(Error::KeyMismatch {
                entry: self.key,
                statement: *parsed.claimed_key(),
            });
        }
        Ok(parsed)
    }
}

fn unreadable(error: envelope::Error) -> Error {
    match error {
        envelope::Error::Malformed(defect) => Error::Statement(defect),
        other => malformed(other),
    }
}

fn malformed(error: impl std::fmt::Display) -> Error {
    Error::Malformed {
        reason: error.to_string(),
    }
}

fn config() -> impl bincode::config::Config {
    bincode::config::standard()
        .with_big_endian()
        .with_fixed_int_encoding()
        .with_limit::<{ limits::MAX_ENTRY_BYTES }>()
}

/// version | index | previous | time | key | signature | the payload's length.
const BEFORE_PAYLOAD: usize = 1 + 8 + 32 + 8 + 32 + 64 + 8;

/// The version of this encoding.
const VERSION: u8 = 1;
