//! Keeps what was read and confirmed, so that it is read only once: bundles, statements, rows, roots.
//!
//! For a row that is not in its cache, sled reads and unpacks a whole page, and a bundle holds 256 entries. A session
//! has one memory for all its questions. What it keeps is limited, so that a long list does not fill it.

use super::asked::{Asked, RowQuestion};
use super::{Error, disagrees};
use claimledger_core::crypto::{Digest, PublicKey};
use claimledger_core::envelope::Parsed;
use claimledger_core::log::Reader;
use claimledger_core::log::tiles;
use claimledger_core::model::{Statement, StatementId};
use claimledger_core::rules::statement::Signer;
use claimledger_core::rules::{Fact, FactKey, Link, StatementFact};
use claimledger_core::tlog::tile::TILE_WIDTH;
use claimledger_core::{EntryIndex, TreeSize, UnixMillis};
use std::cell::{OnceCell, Ref, RefCell, RefMut};
use std::collections::{HashMap, VecDeque};
use std::ops::Deref;
use std::rc::Rc;

/// A statement of the log whose signature the index has verified, and the ledger's time of its entry.
#[derive(Debug)]
pub struct IndexedStatement {
    parsed: Parsed,
    /// The ledger's time of the entry, Unix milliseconds.
    pub time: UnixMillis,
}

impl IndexedStatement {
    /// The caller has compared its id with the row's, or verified its signature.
    pub(super) fn new(parsed: Parsed, time: UnixMillis) -> Self {
        Self { parsed, time }
    }

    /// The statement's identity.
    pub fn id(&self) -> StatementId {
        self.parsed.id()
    }

    /// The signed bytes, inside their PAE.
    pub fn payload(&self) -> &[u8] {
        self.parsed.payload()
    }

    pub(super) fn claimed(&self) -> &Statement {
        self.parsed.claimed()
    }
}

impl Deref for IndexedStatement {
    type Target = Statement;
    fn deref(&self) -> &Statement {
        self.parsed.claimed()
    }
}

/// What earlier questions have read; clones share it.
#[derive(Default, Clone)]
pub struct Memory(Rc<RefCell<Recalled>>);

impl Memory {
    /// The log has grown: this forgets the lists that may have become longer. Everything else about an entry stays the
    /// same.
    pub fn moved(&self) {
        let mut recalled = self.borrow_mut();
        recalled.links.clear();
        recalled.keys.clear();
        recalled.stored.clear();
        recalled.bundles.retain(|bundle| bundle.is_full());
    }

    /// From here on every question is kept, also one that is answered from memory.
    pub fn keep_asked(&self) {
        self.borrow_mut().asked = Some(Asked::new());
    }

    /// What was asked since then; no question is kept any longer.
    pub fn take_asked(&self) -> Asked {
        self.borrow_mut().asked.take().unwrap_or_default()
    }

    /// Keeps a question, if somebody wants to know.
    pub(super) fn ask(&self, question: &RowQuestion<'_>) {
        if let Some(asked) = &mut self.borrow_mut().asked {
            asked.insert(question.hash());
        }
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
    pub facts: HashMap<EntryIndex, Rc<StatementFact>>,
    pub said: HashMap<EntryIndex, Rc<IndexedStatement>>,
    /// The entry of each statement read: its id was computed from the entry's bytes.
    pub ids: HashMap<StatementId, EntryIndex>,
    /// The rows of statements, not confirmed.
    pub rows: HashMap<EntryIndex, Rc<StatementFact>>,
    /// The entry of each statement whose row was read, not confirmed.
    pub placed: HashMap<StatementId, EntryIndex>,
    /// The contents of other rows, also of rows that are not there; not confirmed. The rules ask for some of them for every
    /// statement of a batch.
    pub stored: HashMap<FactKey, Option<Fact>>,
    /// All links of a subject, not confirmed.
    pub links: HashMap<EntryIndex, Rc<Vec<(Link, EntryIndex)>>>,
    /// The histories of keys, confirmed.
    pub keys: HashMap<PublicKey, Fact>,
    pub signers: HashMap<PublicKey, Signer>,
    /// Roots of the tree at earlier sizes: often many signers have seen the same head.
    pub roots: HashMap<TreeSize, Digest>,
    /// What was asked since somebody wanted to know; none if nobody does.
    pub asked: Option<Asked>,
    bundles: VecDeque<Rc<Bundle>>,
}

impl Recalled {
    /// Forgets the statements if there are too many. They are read again when needed.
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

    /// Keeps the content of a row. Statements have a memory of their own.
    pub fn keep_stored(&mut self, key: &FactKey, fact: Option<&Fact>) {
        if matches!(key, FactKey::Statement(_)) {
            return;
        }
        if self.stored.len() >= MAX_STORED {
            self.stored.clear();
        }
        self.stored.insert(key.clone(), fact.cloned());
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
    entries: tiles::DividedBundle,
    leaves: OnceCell<Option<Vec<Digest>>>,
}

impl Bundle {
    /// The bundle of a log of `size` entries.
    pub fn read(reader: &dyn Reader, number: u64, size: TreeSize) -> Result<Self, Error> {
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

    /// The leaf hashes; `None` if their tile is missing or malformed.
    pub fn leaves(&self, reader: &dyn Reader, size: TreeSize) -> Result<Option<&[Digest]>, Error> {
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

/// About 3 MB: enough for the neighbourhood of a claim, and little compared with the index's own cache.
const KEPT_BUNDLES: usize = 16;

/// About 20 MB of usual statements.
const MAX_STATEMENTS: usize = 8 * 1024;

/// A few megabytes: more than a batch asks for.
const MAX_STORED: usize = 4 * 1024;

/// About 100 MB: enough for a list of half a million entries without reading the index twice.
const MAX_ROWS: usize = 512 * 1024;
