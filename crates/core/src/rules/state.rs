//! The state of the rules: facts by key, changed only by admitted entries, with a chained digest.

use super::backlinks::{Link, links_of};
use super::statement::StatementFact;
use crate::crypto::{Digest, PublicKey, sha256};
use crate::encoding::json;
use crate::encoding::name::{Label, Origin, Slug};
use crate::model::StatementId;
use crate::model::organisation::Role;
use crate::tlog::{EntryIndex, TreeSize};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a fact is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FactKey {
    /// The ledger itself.
    Ledger,
    /// The last entry that changed a key.
    LastKeyEvent,
    /// A key: of a person, of checkpoints, or kept for recovery.
    Key(PublicKey),
    /// The name of a person, by the first entry that named a holder so.
    Holder(Slug),
    /// An organisation, by the entry that first named it.
    Organisation(Slug),
    /// The last description of an organisation.
    Described(Slug),
    /// Where a statement stands.
    Id(StatementId),
    /// The statement of an entry.
    Statement(EntryIndex),
    /// A label.
    Label(Label),
    /// The newest version of an organisation's scale.
    Scale(Slug, Slug),
    /// Bytes of a source, by the entry of the source.
    Blob(EntryIndex, Digest),
    /// The statement that had a label before the one in this entry took it.
    EarlierLabel(EntryIndex),
    /// The last record of another's review by one organisation, by the entry that first named that; then SHA-256 of author,
    /// claim text and URL.
    Review(EntryIndex, Digest),
    /// A record of another's review.
    Recorded(EntryIndex),
    /// The last observation of another ledger by one organisation, by the entry that first named that.
    Observed(EntryIndex, Origin),
    /// An observation of another ledger.
    Observation(EntryIndex),
    /// The first entry that distrusted a key.
    FirstDistrust,
    /// What became of a revocation for compromise, by its entry.
    Revocation(EntryIndex),
    /// When an event that gave roles was distrusted, by its entry.
    Void(EntryIndex),
    /// What ends a statement, by its entry, then by the entry that changed the answer.
    Became(EntryIndex, EntryIndex),
    /// The first evidence or verdict with which an organisation named a claim or source: the entry of that, then the one
    /// that first named the organisation.
    Named(EntryIndex, EntryIndex),
    /// The first entry with which an organisation brought bytes of a source and holds them: by the entry of the source, then
    /// the one that first named the organisation.
    Held(EntryIndex, Digest, EntryIndex),
    /// A link: an entry is about another entry.
    Link(EntryIndex, Link, EntryIndex),
}

/// A fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Fact {
    /// The ledger itself.
    Ledger(Box<LedgerFact>),
    /// A key that signs or signed statements.
    Key(Box<KeyFact>),
    /// A key that signs or signed checkpoints.
    CheckpointKey(CheckpointKeyFact),
    /// A key that entry 0 keeps for recovery.
    RecoveryKey,
    /// An entry: the first one that named it, or the one that has it now.
    At(EntryIndex),
    /// What a statement says.
    Statement(Box<StatementFact>),
    /// The newest version of a scale.
    Scale(ScaleVersion),
    /// Bytes of a source.
    Blob(Blob),
    /// A review.
    Review(ReviewFact),
    /// An observation of another ledger.
    Observation(Box<ObservationFact>),
    /// What became of a revocation for compromise.
    Revocation(Box<RevocationFact>),
    /// When something was so.
    Periods(Vec<Period>),
    /// What ends a statement.
    Became(BecameFact),
    /// That it is so.
    Holds,
}

/// The ledger, as entry 0 made it, and its rules as they are now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerFact {
    /// The statement id of entry 0.
    pub id: StatementId,
    /// Its name.
    pub origin: Origin,
    /// The key that signed its checkpoints first.
    pub checkpoint_key: PublicKey,
    /// The founder's organisation.
    pub organisation: Slug,
    /// The recovery keys, ascending; empty if entry 0 names none.
    pub recovery_keys: Vec<PublicKey>,
    /// How many recovery keys must sign.
    pub recovery_threshold: u64,
    /// The rules version in force.
    pub rules: u64,
    /// The entry that put it in force.
    pub rules_since: EntryIndex,
}

/// A key's whole history, oldest first: from and until which entry it was whose, in which roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFact {
    /// The person.
    pub holder: Slug,
    /// Their organisation.
    pub organisation: Slug,
    /// Roles, each in force after the entry that set them.
    pub roles: Vec<(EntryIndex, Vec<Role>)>,
    /// The entry that ended it, if one did.
    pub ended: Option<EntryIndex>,
}

impl KeyFact {
    /// The entry that introduced it.
    pub fn since(&self) -> EntryIndex {
        self.roles
            .first()
            .map_or(EntryIndex::FIRST, |(index, _)| *index)
    }

    /// The entry that gave the key its roles at `index`, and those roles. Entry 0 gives its own signer their roles.
    pub fn roles_at(&self, index: EntryIndex) -> Option<(EntryIndex, &[Role])> {
        let before = self
            .roles
            .iter()
            .rev()
            .find(|(since, _)| *since < index || *since == EntryIndex::FIRST);
        before.map(|(since, roles)| (*since, roles.as_slice()))
    }

    /// Whether it may sign at `index`.
    pub fn is_live_at(&self, index: EntryIndex) -> bool {
        self.roles_at(index).is_some() && self.ended.is_none_or(|ended| ended >= index)
    }
}

/// What became of a revocation for compromise, or of a recovery that distrusts keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevocationFact {
    /// Entries that it does not distrust, because it rests on them itself.
    pub except: Vec<EntryIndex>,
    /// When it was in force.
    pub in_force: Vec<Period>,
}

/// What ends a statement: the withdrawals of it that are trusted, and for each of its corrections the statement that takes
/// its place. More than one stands only after a distrust fell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BecameFact {
    /// Its trusted withdrawals, ascending.
    pub withdrawals: Vec<EntryIndex>,
    /// Of each correction of it: that correction, if it is trusted and not withdrawn; else what has the place of that
    /// correction, if anything. Ascending.
    pub successors: Vec<EntryIndex>,
}

/// From the entry that made something so, to the entry that ended it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first entry.
    pub from: EntryIndex,
    /// The entry that ended it.
    pub until: Option<EntryIndex>,
}

impl Period {
    /// Whether one of them holds as of a size.
    pub fn any(periods: &[Self], size: TreeSize) -> bool {
        periods.iter().any(|period| {
            size.contains(period.from) && period.until.is_none_or(|until| !size.contains(until))
        })
    }

    /// Begins one in entry `index`, or ends the last one there.
    pub(super) fn toggle(periods: &mut Vec<Self>, on: bool, index: EntryIndex) {
        if on {
            periods.push(Self {
                from: index,
                until: None,
            });
        } else if let Some(last) = periods.last_mut() {
            last.until = last.until.or(Some(index));
        }
    }
}

/// A checkpoint key: from which entry to which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckpointKeyFact {
    /// The entry that brought it.
    pub since: EntryIndex,
    /// The entry that retired it.
    pub retired: Option<EntryIndex>,
}

/// The newest version of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScaleVersion {
    /// The version.
    pub version: u64,
    /// The entry that set it.
    pub index: EntryIndex,
}

/// Bytes of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blob {
    /// The entry that brought them.
    pub index: EntryIndex,
    /// Whether excerpts may quote them.
    pub text: bool,
}

/// A record of another's review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewFact {
    /// The record before it of the same review.
    pub before: Option<EntryIndex>,
    /// SHA-256 of the bytes it was read from.
    pub raw: Digest,
}

/// An observation of another ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservationFact {
    /// The observation before it of the same ledger.
    pub before: Option<EntryIndex>,
    /// The verifier key under which the checkpoint verifies.
    pub vkey: String,
}

/// What one admitted entry changes: facts put in place of earlier ones under the same key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes(BTreeMap<FactKey, Fact>);

impl Changes {
    /// Puts a fact.
    pub fn put(&mut self, key: FactKey, fact: Fact) {
        self.0.insert(key, fact);
    }

    /// Adds further changes; of two under one key the further one counts.
    pub(super) fn extend(&mut self, further: Self) {
        self.0.extend(further.0);
    }

    /// Adds a statement: its place, its content, and its links.
    pub(super) fn put_statement(&mut self, fact: StatementFact) {
        self.put(FactKey::Id(fact.id), Fact::At(fact.index));
        for (link, subject) in links_of(&fact) {
            self.put(FactKey::Link(subject, link, fact.index), Fact::Holds);
        }
        self.put(
            FactKey::Statement(fact.index),
            Fact::Statement(Box::new(fact)),
        );
    }

    /// The changes, by key ascending.
    pub fn iter(&self) -> impl Iterator<Item = (&FactKey, &Fact)> {
        self.0.iter()
    }

    /// Sets the fact under this key.
    pub fn fact(&self, key: &FactKey) -> Option<&Fact> {
        self.0.get(key)
    }

    /// The chained digest of the rule state: SHA-256(digest before ‖ canonical changes), where the changes are a JSON
    /// list of [key, fact] pairs by key ascending.
    pub fn digest(&self, before: &Digest) -> Digest {
        let pairs: Vec<(&FactKey, &Fact)> = self.0.iter().collect();
        sha256(&[before.as_bytes(), &json::encode(&pairs)])
    }
}
