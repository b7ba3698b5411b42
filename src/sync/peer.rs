//! The log at the other end: whose it is, and whether it continues what was seen before.

use super::Error;
use super::pull::Wanted;
use crate::dossier::ForkEvidence;
use crate::entry::Entry;
use crate::envelope::verify_batch;
use crate::host::disk::Disk;
use crate::host::random;
use crate::model::{Body, StatementId};
use crate::store::commit::{CHECKPOINT, NEXT};
use crate::store::{self, Files, Reader, Tree};
use crate::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::tlog::note::VerifierKey;
use crate::tlog::proof::verify_consistency;
use crate::tlog::tile::{TILE_WIDTH, TileKind, TilePath};

/// A reader that knows the size of its log: where it cannot be listed, the partial tile of that size is the one to
/// cut an older one from.
pub(super) struct AtHead<'a> {
    reader: &'a dyn Reader,
    size: u64,
}

impl<'a> AtHead<'a> {
    /// The log behind `reader`, whose checkpoint covers `size` entries.
    pub(super) fn new(reader: &'a dyn Reader, size: u64) -> Self {
        Self { reader, size }
    }

    /// The partial tile in a folder of partial tiles, at this size.
    fn partial(&self, folder: &str) -> Option<TilePath> {
        let full: TilePath = folder.strip_suffix(".p")?.parse().ok()?;
        let level = match full.kind {
            TileKind::Entries => 0,
            TileKind::Hashes(level) => u32::from(level),
        };
        let in_level = self.size.checked_shr(8 * level)?;
        let width = u16::try_from(in_level % TILE_WIDTH).expect("below 256");
        (width > 0 && full.index == in_level / TILE_WIDTH).then_some(TilePath { width, ..full })
    }
}

impl Reader for AtHead<'_> {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, store::Error> {
        self.reader.read(name)
    }

    fn list(&self, folder: &str) -> Result<Option<Vec<String>>, store::Error> {
        match self.partial(folder) {
            Some(path) => Ok(Some(vec![path.to_string()])),
            None => self.reader.list(folder),
        }
    }

    fn place(&self) -> String {
        self.reader.place()
    }
}

/// The log at the other end, its checkpoint verified.
pub(super) struct Peer<'a> {
    reader: &'a dyn Reader,
    signed: SignedCheckpoint,
    pub(super) ledger: StatementId,
    pub(super) vkey: VerifierKey,
    /// The copy's own head, before.
    pub(super) held: Option<SignedCheckpoint>,
}

impl<'a> Peer<'a> {
    /// Asks whose log this is. `signed` is its checkpoint, `reader` reads it as of that.
    pub(super) fn meet(
        reader: &'a dyn Reader,
        signed: SignedCheckpoint,
        into: &dyn Disk,
        wanted: &Wanted,
    ) -> Result<Self, Error> {
        let size = signed.checkpoint().size;
        if size == 0 {
            return Err(untruthful(reader, CHECKPOINT, "it covers no entry"));
        }
        let (ledger, vkey) = first_entry(&store::read_entry(reader, 0, size)?)
            .map_err(|reason| untruthful(reader, "entry 0", &reason))?;
        let other = |found: String, wanted: String| Error::OtherLedger {
            place: reader.place(),
            found,
            wanted,
        };
        let held = held(into, wanted.restore)?;
        if let Some(held) = &held {
            if held.ledger != ledger {
                return Err(other(
                    format!("ledger {ledger}"),
                    format!("ledger {}", held.ledger),
                ));
            }
            if held.vkey != vkey {
                return Err(other(vkey.to_string(), held.vkey.to_string()));
            }
        }
        if let Some(id) = wanted.ledger_id.filter(|id| *id != ledger) {
            return Err(other(format!("ledger {ledger}"), format!("ledger {id}")));
        }
        if let Some(key) = wanted.ledger_key.as_ref().filter(|key| **key != vkey) {
            return Err(other(vkey.to_string(), key.to_string()));
        }
        if signed.checkpoint().origin != *vkey.name() {
            return Err(other(
                signed.checkpoint().origin.to_string(),
                vkey.name().to_string(),
            ));
        }
        signed.verify(std::slice::from_ref(&vkey))?;
        Ok(Self {
            reader,
            signed,
            ledger,
            vkey,
            held: held.map(|held| held.signed),
        })
    }

    /// The head it signed.
    pub(super) fn head(&self) -> &Checkpoint {
        self.signed.checkpoint()
    }

    /// Refuses a peer that does not continue the copy held and every head known from elsewhere.
    pub(super) fn continues_all(&self, into: &dyn Disk, wanted: &Wanted) -> Result<(), Error> {
        let mut known = Vec::new();
        for bytes in &wanted.known {
            known.push(SignedCheckpoint::parse(bytes)?);
        }
        // The copy's own head, even where its entries are damaged; and one that was signed here and not yet committed:
        // others may have seen it.
        for name in [CHECKPOINT, NEXT] {
            let bytes = into.read(name)?;
            known.extend(bytes.and_then(|bytes| SignedCheckpoint::parse(&bytes).ok()));
        }
        let ours = |signed: &SignedCheckpoint| {
            signed.checkpoint().origin == *self.vkey.name()
                && signed.verify(std::slice::from_ref(&self.vkey)).is_ok()
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
            // Older and true, or another history: our own copy can tell, if it holds together.
            let root = store::root_at(&copy, now.size).ok();
            let proof = Tree::new(&copy, before.size).consistency(now.size).ok();
            if let (Some(root), Some(proof)) = (root, proof) {
                let evidence = ForkEvidence {
                    vkey: self.vkey.clone(),
                    smaller: self.signed.clone(),
                    larger: known.clone(),
                    root,
                    proof,
                };
                if evidence.verify(Some(&self.vkey)).is_ok() {
                    return Err(self.forked(evidence, &copy));
                }
            }
            return Err(Error::Behind {
                place: self.reader.place(),
                theirs: now.size,
                ours: before.size,
            });
        }
        let root = store::root_at(self.reader, before.size)?;
        let proof = Tree::new(self.reader, now.size).consistency(before.size)?;
        // First whether the peer's tiles are those of its own checkpoint; only then what they say means anything.
        verify_consistency(before.size, &root, now.size, &now.root, &proof)
            .map_err(|e| untruthful(self.reader, "its hash tiles", &e.to_string()))?;
        if root == before.root {
            return Ok(());
        }
        let evidence = ForkEvidence {
            vkey: self.vkey.clone(),
            smaller: known.clone(),
            larger: self.signed.clone(),
            root,
            proof,
        };
        evidence.verify(Some(&self.vkey))?;
        Err(self.forked(evidence, &copy))
    }

    fn forked(&self, evidence: ForkEvidence, copy: &dyn Reader) -> Error {
        let both = evidence.smaller.checkpoint().size;
        Error::Forked {
            place: self.reader.place(),
            entry: first_difference(self.reader, copy, both),
            evidence: Box::new(evidence),
        }
    }
}

/// The ledger's id and key, out of the bytes of entry 0.
fn first_entry(bytes: &[u8]) -> Result<(StatementId, VerifierKey), String> {
    let parsed = Entry::decode(bytes)
        .and_then(|entry| entry.envelope())
        .map_err(|e| e.to_string())?;
    let mut answers = verify_batch(vec![parsed], random::generator());
    let first = answers
        .pop()
        .expect("one answer an envelope")
        .map_err(|e| e.to_string())?;
    match &first.body {
        Body::LedgerCreate(create) => {
            let vkey = VerifierKey::new(create.origin.clone(), create.checkpoint_key);
            Ok((first.id(), vkey))
        }
        _ => Err("it is not ledger.create".to_owned()),
    }
}

/// The copy's own head and identity.
struct Held {
    signed: SignedCheckpoint,
    ledger: StatementId,
    vkey: VerifierKey,
}

/// The copy's own head and identity. A damaged copy that is to be restored may have lost either.
fn held(into: &dyn Disk, restore: bool) -> Result<Option<Held>, Error> {
    let Some(bytes) = into.read(CHECKPOINT)? else {
        return Ok(None);
    };
    let damaged = |reason: String| Error::Damaged {
        place: into.place(),
        reason,
    };
    let read = || {
        let signed = SignedCheckpoint::parse(&bytes).map_err(|e| damaged(e.to_string()))?;
        let size = signed.checkpoint().size;
        let first =
            store::read_entry(&Files::new(into), 0, size).map_err(|e| damaged(e.to_string()))?;
        let (ledger, vkey) = first_entry(&first).map_err(damaged)?;
        signed
            .verify(std::slice::from_ref(&vkey))
            .map_err(|e| damaged(e.to_string()))?;
        Ok(Held {
            signed,
            ledger,
            vkey,
        })
    };
    match read() {
        Ok(held) => Ok(Some(held)),
        Err(_) if restore => Ok(None),
        Err(error) => Err(error),
    }
}

/// The first entry in which two logs of at least `size` entries differ: the roots at a size are equal as long as every
/// entry before it is.
fn first_difference(a: &dyn Reader, b: &dyn Reader, size: u64) -> Option<u64> {
    let same = |size: u64| {
        let (a, b) = (store::root_at(a, size).ok()?, store::root_at(b, size).ok()?);
        Some(a == b)
    };
    let (mut low, mut high) = (0, size);
    if same(size)? {
        return None;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if same(middle)? {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(low)
}

/// What the peer serves is not what it signed.
pub(super) fn untruthful(reader: &dyn Reader, path: &str, reason: &str) -> Error {
    Error::Untruthful {
        place: reader.place(),
        path: path.to_owned(),
        reason: reason.to_owned(),
    }
}
