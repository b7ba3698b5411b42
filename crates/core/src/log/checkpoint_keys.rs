//! The keys that sign a ledger's checkpoints: the key of entry 0 and those added by rotation, without the retired
//! ones.
//!
//! After `checkpoint.rotate` in entry i, every checkpoint of more than i entries has both signatures; after
//! `checkpoint.retire` in entry j, one of more than j entries has those of the other keys.

use crate::crypto::PublicKey;
use crate::encoding::name::Origin;
use crate::model::Body;
use crate::tlog;
use crate::tlog::checkpoint::SignedCheckpoint;
use crate::tlog::note::VerifierKey;
use crate::tlog::{EntryIndex, TreeSize};

/// Every key that signs or signed checkpoints, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckpointKeys {
    origin: Origin,
    terms: Vec<Term>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Term {
    key: PublicKey,
    /// The entry that brought it.
    since: EntryIndex,
    /// The entry that retired it.
    retired: Option<EntryIndex>,
}

impl Term {
    /// Whether it signs checkpoints of `size` entries.
    fn signs(&self, size: TreeSize) -> bool {
        size.contains(self.since) && self.retired.is_none_or(|at| !size.contains(at))
    }
}

impl CheckpointKeys {
    /// The key of entry 0, without later events.
    pub fn new(origin: Origin, first: PublicKey) -> Self {
        Self {
            origin,
            terms: vec![Term {
                key: first,
                since: EntryIndex::FIRST,
                retired: None,
            }],
        }
    }

    /// Applies an admitted entry; most change nothing. A retirement that would leave no key has no effect.
    pub fn take(&mut self, index: EntryIndex, body: &Body) {
        match body {
            Body::CheckpointRotate(rotate) => self.terms.push(Term {
                key: rotate.new_key,
                since: index,
                retired: None,
            }),
            Body::CheckpointRetire(retire) => {
                let live = self.terms.iter().filter(|term| term.retired.is_none());
                let last = live.count() == 1;
                let mut terms = self.terms.iter_mut();
                let term = terms.find(|term| term.key == retire.key && term.retired.is_none());
                if let (Some(term), false) = (term, last) {
                    term.retired = Some(index);
                }
            }
            _ => {}
        }
    }

    /// The keys that must sign a checkpoint of `size` entries, oldest first.
    pub fn signing(&self, size: TreeSize) -> Vec<VerifierKey> {
        let live = self.terms.iter().filter(|term| term.signs(size));
        live.map(|term| self.vkey(term.key)).collect()
    }

    /// The newest of them: the one to pin.
    pub fn newest(&self, size: TreeSize) -> VerifierKey {
        let last = self.terms.iter().rfind(|term| term.signs(size));
        self.vkey(last.unwrap_or(&self.terms[0]).key)
    }

    /// Every key that ever signed.
    pub fn all(&self) -> impl Iterator<Item = PublicKey> {
        self.terms.iter().map(|term| term.key)
    }

    /// The entry that retired this key, if there is one.
    pub fn retired(&self, key: &PublicKey) -> Option<EntryIndex> {
        let mut terms = self.terms.iter();
        terms.find(|term| term.key == *key)?.retired
    }

    fn vkey(&self, key: PublicKey) -> VerifierKey {
        VerifierKey::new(self.origin.clone(), key)
    }

    /// Refuses a checkpoint without the signature of a key that must sign at its size.
    pub fn check(&self, signed: &SignedCheckpoint) -> Result<(), tlog::Error> {
        for vkey in self.signing(signed.checkpoint().size) {
            signed.verify(&[vkey])?;
        }
        Ok(())
    }

    /// Whether the newest key at its size signed a checkpoint.
    pub fn newest_signed(&self, signed: &SignedCheckpoint) -> bool {
        let vkey = self.newest(signed.checkpoint().size);
        signed.verify(&[vkey]).is_ok()
    }
}
