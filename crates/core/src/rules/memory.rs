//! The view that a replay builds: all facts and roots, in memory.
//!
//! An entry takes its statement fact, 32 bytes of root, 16 of place and about 16 for each link; `benches/rules.rs`
//! measures the sum.

use super::backlinks::Link;
use super::state::{BecameFact, Changes, Fact, FactKey};
use super::statement::StatementFact;
use super::view::View;
use crate::crypto::{Digest, PublicKey};
use crate::model::StatementId;
use crate::tlog::{EntryIndex, TreeSize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::convert::Infallible;

/// Facts, roots and the chained digest after each entry.
#[derive(Debug, Clone)]
pub struct MemoryView {
    /// By entry; an entry that changed nothing is absent.
    statements: Vec<Option<StatementFact>>,
    /// The entry of each statement, by the first 8 bytes of its id.
    places: HashMap<u64, EntryIndex>,
    /// Entries whose id shares its first 8 bytes with an earlier one. Only an attacker makes such ids.
    namesakes: HashMap<StatementId, EntryIndex>,
    /// subject ‖ link ‖ entry.
    links: BTreeSet<[u8; LINK_BYTES]>,
    /// By the statement, then by the entry that changed what ends it.
    became: BTreeMap<(EntryIndex, EntryIndex), BecameFact>,
    /// Everything else; little of it.
    others: HashMap<FactKey, Fact>,
    roots: Vec<Digest>,
    digest: Digest,
}

impl Default for MemoryView {
    fn default() -> Self {
        Self {
            statements: Vec::new(),
            places: HashMap::new(),
            namesakes: HashMap::new(),
            links: BTreeSet::new(),
            became: BTreeMap::new(),
            others: HashMap::new(),
            roots: Vec::new(),
            digest: Digest::ZERO,
        }
    }
}

impl MemoryView {
    /// Applies one entry: its changes (none if it should have been refused) and the root after it.
    pub fn apply(&mut self, changes: &Changes, root: Digest) {
        self.statements.push(None);
        for (key, fact) in changes.iter() {
            match (key, fact) {
                (FactKey::Statement(index), Fact::Statement(fact)) => {
                    debug_assert_eq!(*index, self.size().next());
                    let last = self.statements.last_mut().expect("pushed above");
                    *last = Some((**fact).clone());
                }
                (FactKey::Id(id), Fact::At(index)) => self.place(*id, *index),
                (FactKey::Link(subject, link, index), _) => {
                    self.links.insert(packed(*subject, *link, *index));
                }
                (FactKey::Became(statement, by), Fact::Became(fact)) => {
                    self.became.insert((*statement, *by), fact.clone());
                }
                _ => {
                    self.others.insert(key.clone(), fact.clone());
                }
            }
        }
        self.digest = changes.digest(&self.digest);
        self.roots.push(root);
    }

    fn place(&mut self, id: StatementId, index: EntryIndex) {
        match self.places.entry(prefix(&id)) {
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(index);
            }
            std::collections::hash_map::Entry::Occupied(_) => {
                self.namesakes.insert(id, index);
            }
        }
    }

    fn stored(&self, index: EntryIndex) -> Option<&StatementFact> {
        let index = usize::try_from(index.get()).ok()?;
        self.statements.get(index)?.as_ref()
    }

    /// How many entries were taken in.
    pub fn size(&self) -> TreeSize {
        TreeSize::new(self.roots.len() as u64)
    }

    /// The chained digest of the rule state; zeros before entry 0.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Every key with a job in this ledger, in no order: of a person, for checkpoints, or for recovery.
    pub fn keys(&self) -> impl Iterator<Item = PublicKey> {
        self.others.keys().filter_map(|key| match key {
            FactKey::Key(key) => Some(*key),
            _ => None,
        })
    }

    /// Every fact, in no order.
    pub fn facts(&self) -> impl Iterator<Item = (FactKey, Fact)> {
        let statements = self.statements.iter().flatten().flat_map(|fact| {
            [
                (FactKey::Id(fact.id), Fact::At(fact.index)),
                (
                    FactKey::Statement(fact.index),
                    Fact::Statement(Box::new(fact.clone())),
                ),
            ]
        });
        let links = self.links.iter().map(|bytes| {
            let (subject, link, index) = unpacked(bytes);
            (FactKey::Link(subject, link, index), Fact::Holds)
        });
        let became = self.became.iter().map(|((statement, by), fact)| {
            (FactKey::Became(*statement, *by), Fact::Became(fact.clone()))
        });
        let others = self.others.iter().map(|(k, f)| (k.clone(), f.clone()));
        statements.chain(links).chain(became).chain(others)
    }
}

impl View for MemoryView {
    type Error = Infallible;

    fn fact(&self, key: &FactKey) -> Result<Option<Fact>, Infallible> {
        Ok(match key {
            FactKey::Statement(index) => self
                .stored(*index)
                .map(|fact| Fact::Statement(Box::new(fact.clone()))),
            FactKey::Id(id) => {
                let first = self.places.get(&prefix(id)).copied();
                let found = first
                    .filter(|index| self.stored(*index).is_some_and(|fact| fact.id == *id))
                    .or_else(|| self.namesakes.get(id).copied());
                found.map(Fact::At)
            }
            FactKey::Link(subject, link, index) => self
                .links
                .contains(&packed(*subject, *link, *index))
                .then_some(Fact::Holds),
            FactKey::Became(statement, by) => self
                .became
                .get(&(*statement, *by))
                .map(|fact| Fact::Became(fact.clone())),
            _ => self.others.get(key).cloned(),
        })
    }

    fn since(
        &self,
        subject: EntryIndex,
        link: Link,
        size: TreeSize,
    ) -> Result<Vec<EntryIndex>, Infallible> {
        let range = packed(subject, link, size.next())..=packed(subject, link, MAX_ENTRY);
        Ok(self.links.range(range).map(|b| unpacked(b).2).collect())
    }

    fn became(
        &self,
        statement: EntryIndex,
        size: TreeSize,
    ) -> Result<Option<(EntryIndex, BecameFact)>, Infallible> {
        let first = (statement, EntryIndex::FIRST);
        let mut before = self.became.range(first..(statement, size.next()));
        Ok(before
            .next_back()
            .map(|((_, by), fact)| (*by, fact.clone())))
    }

    fn root_at(&self, size: TreeSize) -> Result<Option<Digest>, Infallible> {
        let index = size.last().and_then(|i| usize::try_from(i.get()).ok());
        Ok(index.and_then(|i| self.roots.get(i)).copied())
    }
}

fn prefix(id: &StatementId) -> u64 {
    let (first, _) = id.as_bytes().split_at(8);
    u64::from_be_bytes(first.try_into().expect("split at 8"))
}

/// subject (5 bytes, big endian) ‖ link ‖ entry (5 bytes, big endian): 11 bytes that sort like the three values.
fn packed(subject: EntryIndex, link: Link, index: EntryIndex) -> [u8; LINK_BYTES] {
    let mut bytes = [0; LINK_BYTES];
    bytes[..5].copy_from_slice(&subject.min(MAX_ENTRY).get().to_be_bytes()[3..]);
    bytes[5] = link.tag();
    bytes[6..].copy_from_slice(&index.min(MAX_ENTRY).get().to_be_bytes()[3..]);
    bytes
}

fn unpacked(bytes: &[u8; LINK_BYTES]) -> (EntryIndex, Link, EntryIndex) {
    let number =
        |five: &[u8]| EntryIndex::new(five.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)));
    let link = Link::from_tag(bytes[5]).expect("only tags of links are packed");
    (number(&bytes[..5]), link, number(&bytes[6..]))
}

const LINK_BYTES: usize = 11;

/// 2^40-1: a thousand times as many entries as a machine has room for facts.
const MAX_ENTRY: EntryIndex = EntryIndex::new((1 << 40) - 1);
