//! What has been read and confirmed, so that it is read once: bundles, statements, rows, roots.
//!
//! sled reads and unpacks a whole page for a row that is not in its cache, and a bundle holds 256 entries. A session keeps
//! one memory for all of its questions; what is kept of a long list is bounded.

use super::{Error, disagrees};
use claimledger_core::crypto::{Digest, PublicKey};
use claimledger_core::envelope::Parsed;
use claimledger_core::log::Reader;
use claimledger_core::log::tiles;
use claimledger_core::model::{Statement, StatementId};
use claimledger_core::rules::statement::Signer;
use claimledger_core::rules::{Fact, Link, StatementFact};
use claimledger_core::tlog::tile::TILE_WIDTH;
use std::cell::{OnceCell, Ref, RefCell, RefMut};
use std::collections::{HashMap, VecDeque};
use std::ops::Deref;
use std::rc::Rc;

/// A statement of the log whose signature the index has verified, and the ledger's time of its entry.
#[derive(Debug)]
pub struct Followed {
    parsed: Parsed,
    /// Unix milliseconds at which the ledger took it in.
    pub time: u64,
}

impl Followed {
    /// The caller has compared its id with the row's, or verified its signature.
    pub(super) fn new(parsed: Parsed, time: u64) -> Self {
        Self { parsed, time }
    }

    /// The statement's identity.
    pub fn id(&self) -> StatementId {
        self.parsed.id()
    }

    /// The bytes that were signed, inside their PAE.
    pub fn payload(&self) -> &[u8] {
        self.parsed.payload()
    }

    pub(super) fn claimed(&self) -> &Statement {
        self.parsed.claimed()
    }
}

impl Deref for Followed {
    type Target = Statement;
    fn deref(&self) -> &Statement {
        self.parsed.claimed()
    }
}

/// What earlier questions have read; clones share it.
#[derive(Default, Clone)]
pub struct Memory(Rc<RefCell<Recalled>>);

impl Memory {
    /// The log has grown: what may now be longer is forgotten. Everything else about an entry stays as it is.
    pub fn moved(&self) {
        let mut recalled = self.borrow_mut();
        recalled.links.clear();
        recalled.keys.clear();
        recalled.bundles.retain(|bundle| bundle.is_full());
    }

    pub(super) fn borrow(&self) -> Ref<'_, Recalled> {
        self.0.borrow()
    }

    pub(super) fn borrow_mut(&self) -> RefMut<'_, Recalled> {
        self.0.borrow_mut()
    }
}

#[derive(Default)]
pub(super) struct Recalled {
    pub facts: HashMap<u64, Rc<StatementFact>>,
    pub said: HashMap<u64, Rc<Followed>>,
    /// The entry of each statement read: its id was computed from the entry's bytes.
    pub ids: HashMap<StatementId, u64>,
    /// The rows of statements, not confirmed.
    pub rows: HashMap<u64, Rc<StatementFact>>,
    /// The entry of each statement whose row was read, not confirmed.
    pub placed: HashMap<StatementId, u64>,
    /// All links of a subject, not confirmed.
    pub links: HashMap<u64, Rc<Vec<(Link, u64)>>>,
    /// The histories of keys, confirmed.
    pub keys: HashMap<PublicKey, Fact>,
    pub signers: HashMap<PublicKey, Signer>,
    /// Roots of the tree at earlier sizes: many signers have seen the same head.
    pub roots: HashMap<u64, Digest>,
    bundles: VecDeque<Rc<Bundle>>,
}

impl Recalled {
    /// Forgets the statements where too many are kept. They are read again if they are asked for again.
    pub fn make_room(&mut self) {
        if self.said.len() >= MAX_STATEMENTS {
            self.said.clear();
            self.facts.clear();
            self.ids.clear();
            self.links.clear();
            self.roots.clear();
        }
    }

    /// The same for rows, which are smaller.
    pub fn make_room_for_rows(&mut self) {
        if self.rows.len() >= MAX_ROWS {
            self.rows.clear();
            self.placed.clear();
        }
    }

    pub fn bundle(&self, number: u64) -> Option<Rc<Bundle>> {
        // The one read last is nearly always the one that is asked for.
        let mut bundles = self.bundles.iter().rev();
        bundles.find(|bundle| bundle.number == number).cloned()
    }

    pub fn keep(&mut self, bundle: Rc<Bundle>) {
        if self.bundles.len() == KEPT_BUNDLES {
            self.bundles.pop_front();
        }
        self.bundles.push_back(bundle);
    }
}

/// The entries of a bundle and their leaf hashes, each read once.
pub(super) struct Bundle {
    number: u64,
    entries: tiles::Bundle,
    leaves: OnceCell<Option<Vec<Digest>>>,
}

impl Bundle {
    /// The bundle of a log of `size` entries.
    pub fn read(reader: &dyn Reader, number: u64, size: u64) -> Result<Self, Error> {
        Ok(Self {
            number,
            entries: tiles::read_bundle(reader, number, size)?,
            leaves: OnceCell::new(),
        })
    }

    /// The bytes of an entry.
    pub fn entry(&self, at: usize) -> Result<&[u8], Error> {
        let bytes = self.entries.get(at);
        bytes.ok_or_else(|| disagrees("a bundle is shorter than the marker says"))
    }

    /// The leaf hashes; `None` where their tile is not there or malformed.
    pub fn leaves(&self, reader: &dyn Reader, size: u64) -> Result<Option<&[Digest]>, Error> {
        if let Some(leaves) = self.leaves.get() {
            return Ok(leaves.as_deref());
        }
        let leaves = tiles::read_leaves(reader, self.number, size)?;
        Ok(self.leaves.get_or_init(|| leaves).as_deref())
    }

    fn is_full(&self) -> bool {
        self.entries.len() as u64 == TILE_WIDTH
    }
}

/// Some 3 MB: enough for the neighbourhood of a claim, little beside the index's own cache.
const KEPT_BUNDLES: usize = 16;

/// Some 20 MB of usual statements.
const MAX_STATEMENTS: usize = 8 * 1024;

/// Some 100 MB: a list of half a million entries is made without a second look into the index.
const MAX_ROWS: usize = 512 * 1024;
