//! Who holds which key, and which keys sign checkpoints, without an index: the entries about organisations and keys,
//! judged by the rules in their order.
//!
//! The rules judge such an entry by the others of its kind and by the head that its signer had seen. Only whether its label
//! was free depends on the rest of the log. That is not asked here: an audit does.

use super::checkpoint_keys::CheckpointKeys;
use super::error::Error;
use super::open::{LogHead, decoded, open};
use super::reader::Reader;
use super::{scan, tiles};
use crate::crypto::{Digest, PublicKey};
use crate::encoding::name::Slug;
use crate::model::{Body, StatementType};
use crate::rules::key_event::keys_of;
use crate::rules::state::BecameFact;
use crate::rules::view::Overlay;
use crate::rules::{Candidate, Fact, FactKey, Link, Refusal, View, admit};
use crate::tlog::{EntryIndex, TreeSize};
use std::collections::{BTreeSet, HashMap};

/// What a log says about people and keys.
pub struct People {
    /// The holder of each key that signs or signed, and their organisation.
    pub holders: HashMap<PublicKey, (Slug, Slug)>,
    /// The entry that brought each key.
    pub since: HashMap<PublicKey, EntryIndex>,
    /// The organisations.
    pub organisations: BTreeSet<Slug>,
    /// The keys that sign checkpoints.
    pub checkpoint_keys: CheckpointKeys,
}

impl People {
    /// Looks through the log behind a reader up to its head.
    pub fn from_log(reader: &dyn Reader, head: &LogHead) -> Result<Self, Error> {
        let roots = Roots {
            reader,
            size: head.size,
        };
        let mut state = Overlay::new(&roots);
        let mut keys = BTreeSet::new();
        let mut organisations = BTreeSet::new();
        let mut checkpoint_keys = None;
        scan::each(reader, head.size, |index, bytes| {
            if !ABOUT_PEOPLE.iter().any(|t| scan::is_of_type(bytes, *t)) {
                return Ok(());
            }
            let entry = decoded(reader, bytes, index)?;
            let statement = open(reader, &entry, index)?;
            let candidate = Candidate {
                index,
                time: entry.time,
                statement: &statement,
            };
            match admit(&state, &candidate) {
                Ok(changes) => state.apply(&changes),
                // It changes nothing, as in the audit.
                Err(Refusal::Rejected(_)) => return Ok(()),
                Err(Refusal::View(error)) => return Err(error),
            }
            keys.insert(statement.key);
            keys.extend(keys_of(&statement));
            match &statement.body {
                Body::LedgerCreate(create) => {
                    organisations.insert(create.organisation.organisation.clone());
                }
                Body::OrganisationSet(set) => {
                    organisations.insert(set.organisation.clone());
                }
                _ => {}
            }
            match (&statement.body, &mut checkpoint_keys) {
                (Body::LedgerCreate(create), none) => {
                    let first = CheckpointKeys::new(create.origin.clone(), create.checkpoint_key);
                    *none = Some(first);
                }
                (body, Some(keys)) => keys.take(index, body),
                (_, None) => {}
            }
            Ok::<(), Error>(())
        })?;
        let mut holders = HashMap::new();
        let mut since = HashMap::new();
        for key in keys {
            if let Some(fact) = state.key(&key)? {
                since.insert(key, fact.since());
                holders.insert(key, (fact.holder, fact.organisation));
            }
        }
        let checkpoint_keys = checkpoint_keys.unwrap_or_else(|| head.keys.clone());
        Ok(Self {
            holders,
            since,
            organisations,
            checkpoint_keys,
        })
    }
}

/// A log of which nothing is known but its roots.
struct Roots<'a> {
    reader: &'a dyn Reader,
    size: TreeSize,
}

impl View for Roots<'_> {
    type Error = Error;

    fn fact(&self, _: &FactKey) -> Result<Option<Fact>, Error> {
        Ok(None)
    }

    fn under(&self, _: EntryIndex, _: Link) -> Result<Vec<EntryIndex>, Error> {
        Ok(Vec::new())
    }

    fn became(
        &self,
        _: EntryIndex,
        _: TreeSize,
    ) -> Result<Option<(EntryIndex, BecameFact)>, Error> {
        Ok(None)
    }

    fn root_at(&self, size: TreeSize) -> Result<Option<Digest>, Error> {
        if size == TreeSize::EMPTY || size > self.size {
            return Ok(None);
        }
        tiles::root_at(self.reader, size).map(Some)
    }
}

/// Every statement from which the rules learn who holds a key, of which organisation, and which keys sign checkpoints.
const ABOUT_PEOPLE: [StatementType; 9] = [
    StatementType::LedgerCreate,
    StatementType::OrganisationSet,
    StatementType::KeyEnroll,
    StatementType::KeyRotate,
    StatementType::KeyRevoke,
    StatementType::KeyRecover,
    StatementType::CheckpointRotate,
    StatementType::CheckpointRetire,
    StatementType::RulesUpgrade,
];
