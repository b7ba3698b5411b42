//! The log of a peer: which ledger it is, and whether it continues what was seen before.

use super::Error;
use super::pull_options::{PullOptions, untruthful};
use crate::host::disk::Disk;
use crate::ledger;
use crate::store::{Files, Tree};
use claimledger_core::audit;
use claimledger_core::crypto::Digest;
use claimledger_core::dossier::ForkEvidence;
use claimledger_core::entry::Entry;
use claimledger_core::log::Reader;
use claimledger_core::log::names::{CHECKPOINT, NEXT};
use claimledger_core::log::open::keys_at_head;
use claimledger_core::log::tiles;
use claimledger_core::log::{CheckpointKeys, Log};
use claimledger_core::model::{Body, StatementId};
use claimledger_core::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use claimledger_core::tlog::note::VerifierKey;
use claimledger_core::tlog::proof::verify_consistency;
use claimledger_core::{EntryIndex, TreeSize};
use claimledger_core::{Message, message};

/// A peer's log, with its checkpoint verified.
pub(super) struct Peer<'a> {
    reader: &'a dyn Reader,
    signed: SignedCheckpoint,
    pub(super) ledger: StatementId,
    /// The key that its checkpoints verify under: the newest of those that sign.
    pub(super) vkey: VerifierKey,
    /// Every key that signs or signed, by the entries that the peer serves; the audit checks whether the rules admit
    /// those.
    keys: CheckpointKeys,
    /// The copy's own head, before.
    pub(super) held: Option<Held>,
    /// This machine's memory of the ledger.
    remembered: Vec<SignedCheckpoint>,
}

/// A peer's checkpoint, as bytes and parsed.
pub(super) fn checkpoint_of(from: &dyn Reader) -> Result<(Vec<u8>, SignedCheckpoint), Error> {
    let bytes = from
        .read(CHECKPOINT)?
        .ok_or_else(|| audit::Error::NoLedger {
            place: from.place(),
        })?;
    let signed = SignedCheckpoint::parse(&bytes)?;
    Ok((bytes, signed))
}

impl<'a> Peer<'a> {
    /// Finds out which ledger the log is. `signed` is its checkpoint; `reader` reads the log at that checkpoint.
    pub(super) fn identify(
        reader: &'a dyn Reader,
        signed: SignedCheckpoint,
        into: &dyn Disk,
        wanted: &PullOptions,
    ) -> Result<Self, Error> {
        let size = signed.checkpoint().size;
        if size.is_empty() {
            return Err(untruthful(reader, CHECKPOINT, "it covers no entries"));
        }
        let (ledger, first) = first_entry(&tiles::read_entry(reader, EntryIndex::FIRST, size)?)
            .map_err(|reason| untruthful(reader, "entry 0", reason))?;
        let other = |found: Message, wanted: Message| Error::OtherLedger {
            place: reader.place(),
            found,
            wanted,
        };
        let held = held(into, wanted.restore)?;
        let asked = wanted.ledger_id.into_iter();
        for id in asked.chain(held.as_ref().map(|held| held.ledger)) {
            if id != ledger {
                let found = message!("ledger {ledger}", ledger);
                return Err(other(found, message!("ledger {id}", id)));
            }
        }
        let origin = first.name().clone();
        if signed.checkpoint().origin != origin {
            return Err(other(
                signed.checkpoint().origin.to_string().into(),
                origin.to_string().into(),
            ));
        }
        let bytes = signed.to_bytes();
        let keys = keys_at_head(reader, &origin, *first.key(), &bytes, &signed)?;
        let peer = Self {
            reader,
            ledger,
            vkey: keys.newest(size),
            keys,
            held,
            remembered: match &wanted.memory {
                Some(memory) => memory
                    .heads(&origin, &ledger)
                    .map_err(ledger::Error::from)?,
                None => Vec::new(),
            },
            signed,
        };
        if let Some(meant) = &wanted.ledger_key
            && let Some(found) = peer.key_mismatch(meant, wanted)
        {
            return Err(other(found.into(), meant.to_string().into()));
        }
        peer.keys.check(&peer.signed)?;
        Ok(peer)
    }

    /// The peer's key, if the expected key does not vouch for it. A retired key vouches for the peer if the copy has a
    /// head that it signed together with a current key, as in the audit: then the rotation is in their common past.
    /// The ledger's id also vouches for it, because it vouches for every admitted entry.
    fn key_mismatch(&self, meant: &VerifierKey, wanted: &PullOptions) -> Option<String> {
        let today = self.keys.signing(self.head().size);
        if today.contains(meant) {
            return None;
        }
        let Some(entry) = self.keys.retired(meant.key()) else {
            return Some(self.vkey.to_string());
        };
        let overlap = self.held.as_ref().is_some_and(|held| {
            let then = held.keys.signing(held.signed.checkpoint().size);
            then.contains(meant) && then.iter().any(|key| today.contains(key))
        });
        let crossed = *meant.name() == *self.vkey.name() && (overlap || wanted.ledger_id.is_some());
        let retired = || {
            format!(
                "{}, after entry {entry} retired the expected one",
                self.vkey
            )
        };
        (!crossed).then(retired)
    }

    /// Whether it is the ledger of the earlier copy, or one that this machine remembers.
    pub(super) fn is_known(&self) -> bool {
        self.held.is_some() || !self.remembered.is_empty()
    }

    /// The number of entries of the copy before.
    pub(super) fn held_size(&self) -> TreeSize {
        let held = self.held.as_ref();
        held.map_or(TreeSize::EMPTY, |held| held.signed.checkpoint().size)
    }

    /// The head it signed.
    pub(super) fn head(&self) -> &Checkpoint {
        self.signed.checkpoint()
    }

    /// Refuses a peer that does not continue the copy and every head known from elsewhere.
    pub(super) fn continues_all(&self, into: &dyn Disk, wanted: &PullOptions) -> Result<(), Error> {
        // What this machine remembers was verified then. It may be signed by a key that a peer with a different
        // history does not show.
        for signed in &self.remembered {
            self.continues(signed, into)?;
        }
        let mut known = Vec::new();
        for bytes in &wanted.known {
            known.push(SignedCheckpoint::parse(bytes)?);
        }
        // The copy's own head, even if its entries are damaged; and one that was signed here and not yet committed,
        // because others may have seen it.
        for name in [CHECKPOINT, NEXT] {
            let bytes = into.read(name)?;
            known.extend(bytes.and_then(|bytes| SignedCheckpoint::parse(&bytes).ok()));
        }
        let held = self.held.as_ref().map(|held| &held.keys);
        let ours = |signed: &SignedCheckpoint| {
            signed.checkpoint().origin == *self.vkey.name()
                && (self.keys.check(signed).is_ok()
                    || held.is_some_and(|keys| keys.check(signed).is_ok()))
        };
        for signed in known.iter().filter(|signed| ours(signed)) {
            self.continues(signed, into)?;
        }
        Ok(())
    }

    fn continues(&self, known: &SignedCheckpoint, into: &dyn Disk) -> Result<(), Error> {
        let (before, now) = (known.checkpoint(), self.head());
        let copy = Files::new(into);
        if now.size < before.size {
            // It is older and part of our history, or a different history: our own copy shows which, if it is
            // consistent.
            let root = tiles::root_at(&copy, now.size).ok();
            let proof = Tree::new(&copy, before.size).consistency(now.size).ok();
            if let (Some(root), Some(proof)) = (root, proof)
                && root != now.root
                && verify_consistency(now.size, &root, before.size, &before.root, &proof).is_ok()
            {
                return Err(self.forked(&self.signed, known, (root, proof), &copy));
            }
            return Err(Error::Behind {
                place: self.reader.place(),
                theirs: now.size,
                ours: before.size,
            });
        }
        let root = tiles::root_at(self.reader, before.size)?;
        let proof = Tree::new(self.reader, now.size).consistency(before.size)?;
        // First check whether the peer's tiles match its own checkpoint; only then do they mean anything.
        verify_consistency(before.size, &root, now.size, &now.root, &proof)
            .map_err(|e| untruthful(self.reader, "its hash tiles", e.to_string()))?;
        if root == before.root {
            return Ok(());
        }
        Err(self.forked(known, &self.signed, (root, proof), &copy))
    }

    /// Two heads, at least one of them false; with the evidence, if one key signed both.
    fn forked(
        &self,
        smaller: &SignedCheckpoint,
        larger: &SignedCheckpoint,
        (root, proof): (Digest, Vec<Digest>),
        copy: &dyn Reader,
    ) -> Error {
        let held = self.held.iter().flat_map(|held| held.keys.all());
        let evidence = self.keys.all().chain(held).find_map(|key| {
            let evidence = ForkEvidence {
                vkey: VerifierKey::new(self.vkey.name().clone(), key),
                smaller: smaller.clone(),
                larger: larger.clone(),
                root,
                proof: proof.clone(),
            };
            evidence.verify(None).is_ok().then(|| Box::new(evidence))
        });
        Error::Forked {
            place: self.reader.place(),
            entry: first_difference(self.reader, copy, smaller.checkpoint().size),
            evidence,
        }
    }
}

/// The ledger's id and key, from the bytes of entry 0.
fn first_entry(bytes: &[u8]) -> Result<(StatementId, VerifierKey), Message> {
    let parsed = Entry::decode(bytes)
        .and_then(|entry| entry.envelope())
        .map_err(|e| e.message())?;
    let first = parsed.verify().map_err(|e| e.message())?;
    match &first.body {
        Body::LedgerCreate(create) => {
            let vkey = VerifierKey::new(create.origin.clone(), create.checkpoint_key);
            Ok((first.id(), vkey))
        }
        _ => Err("it is not ledger.create".into()),
    }
}

/// The copy's own head and identity.
pub(super) struct Held {
    pub(super) signed: SignedCheckpoint,
    ledger: StatementId,
    keys: CheckpointKeys,
}

/// The copy's own head and identity. A damaged copy that is to be restored may have lost either.
fn held(into: &dyn Disk, restore: bool) -> Result<Option<Held>, Error> {
    let Some(bytes) = into.read(CHECKPOINT)? else {
        return Ok(None);
    };
    let damaged = |reason: Message| Error::Damaged {
        place: into.place(),
        reason,
    };
    let read = || {
        let signed = SignedCheckpoint::parse(&bytes).map_err(|e| damaged(e.to_string().into()))?;
        let files = Files::new(into);
        let log = Log::open(&files).map_err(|e| damaged(e.message()))?;
        Ok(Held {
            signed,
            ledger: log.head().ledger,
            keys: log.head().keys.clone(),
        })
    };
    match read() {
        Ok(held) => Ok(Some(held)),
        Err(_) if restore => Ok(None),
        Err(error) => Err(error),
    }
}

/// The first entry in which two logs of at least `size` entries differ. The roots at a size are equal exactly if all
/// entries before it are.
fn first_difference(a: &dyn Reader, b: &dyn Reader, size: TreeSize) -> Option<EntryIndex> {
    let same = |size: TreeSize| {
        let (a, b) = (tiles::root_at(a, size).ok()?, tiles::root_at(b, size).ok()?);
        Some(a == b)
    };
    let (mut low, mut high) = (0, size.get());
    if same(size)? {
        return None;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if same(TreeSize::new(middle))? {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(EntryIndex::new(low))
}
