//! Confirms a positive answer of the index against the entry in the log: the row must follow from the entry.
//!
//! The entry is read and its statement's id computed again (SHA-256 over the signed bytes). The id fixes the payload,
//! whose signature was verified when the index followed the log. The fact of the statement is made again from the
//! statement and compared, and the links follow from that fact. So one read confirms all of them; it is done once for
//! each entry and question.

use super::follow::not_its_leaf;
use super::memory::{Bundle, IndexedStatement};
use super::places::place_holds;
use super::query::Indexed;
use super::rows::Rows;
use super::{Error, disagrees};
use claimledger_core::EntryIndex;
use claimledger_core::Message;
use claimledger_core::crypto::{Digest, PublicKey};
use claimledger_core::entry::Entry;
use claimledger_core::model::snapshot::Snapshot;
use claimledger_core::model::source::Capture;
use claimledger_core::model::{Body, Statement};
use claimledger_core::rules::backlinks::links_of;
use claimledger_core::rules::says::Places;
use claimledger_core::rules::state::{
    BecameFact, Blob, CheckpointKeyFact, KeyFact, LedgerFact, Period,
};
use claimledger_core::rules::statement::Signer;
use claimledger_core::rules::{Fact, FactKey, StatementFact};
use claimledger_core::tlog::merkle::leaf_hash;
use claimledger_core::tlog::tile::TILE_WIDTH;
use std::rc::Rc;

impl<R: Rows> Indexed<'_, R> {
    /// Refuses a row that does not follow from its entry.
    pub(super) fn confirm(&self, key: &FactKey, fact: &Fact) -> Result<(), Error> {
        let holds = match (key, fact) {
            (FactKey::Statement(index), Fact::Statement(fact)) => {
                *self.confirmed(*index)? == **fact
            }
            (FactKey::Id(id), Fact::At(index)) => self.confirmed(*index)?.id == *id,
            (FactKey::Link(subject, link, index), Fact::Holds) => {
                links_of(&*self.confirmed(*index)?).contains(&(*link, *subject))
            }
            (FactKey::Key(key), Fact::Key(fact)) => self.key_holds(key, fact)?,
            (FactKey::Key(key), Fact::CheckpointKey(fact)) => {
                self.checkpoint_key_holds(key, *fact)?
            }
            (FactKey::Key(key), Fact::RecoveryKey) => {
                match &self.said(EntryIndex::FIRST)?.claimed().body {
                    Body::LedgerCreate(create) => create
                        .recovery
                        .as_ref()
                        .is_some_and(|recovery| recovery.keys.contains(key)),
                    _ => false,
                }
            }
            (FactKey::Ledger, Fact::Ledger(ledger)) => self.ledger_holds(ledger)?,
            (FactKey::Named(thing, organisation), Fact::At(index)) => {
                let fact = self.confirmed(*index)?;
                fact.is_of(*organisation) && fact.says.rests_on().contains(thing)
            }
            (FactKey::EarlierLabel(later), Fact::At(index)) => {
                let label = self.said(*index)?.claimed().label.clone();
                label.is_some() && label == self.said(*later)?.claimed().label
            }
            (FactKey::Held(source, sha256, organisation), Fact::At(index)) => {
                let text = |text| Blob {
                    index: *index,
                    text,
                };
                self.confirmed(*index)?.is_of(*organisation)
                    && (self.blob_holds(*source, sha256, text(false))?
                        || self.blob_holds(*source, sha256, text(true))?)
            }
            (FactKey::FirstDistrust, Fact::At(index)) => self.distrusts(*index)?,
            (FactKey::Revocation(index), Fact::Revocation(fact)) => {
                self.distrusts(*index)? && self.between_revocations(&fact.in_force)?
            }
            (FactKey::Void(event), Fact::Periods(periods)) => {
                matches!(
                    self.said(*event)?.claimed().body,
                    Body::KeyEnroll(_) | Body::KeyRotate(_)
                ) && self.between_revocations(periods)?
            }
            (FactKey::Became(statement, by), Fact::Became(fact)) => {
                self.ends_hold(*statement, *by, fact)?
            }
            (_, Fact::At(index)) => place_holds(key, self.said(*index)?.claimed()),
            (FactKey::Scale(organisation, name), Fact::Scale(newest)) => {
                match &self.said(newest.index)?.claimed().body {
                    Body::ScaleSet(scale) => {
                        scale.organisation == *organisation
                            && scale.scale == *name
                            && scale.version == newest.version
                    }
                    _ => false,
                }
            }
            (FactKey::Blob(source, sha256), Fact::Blob(blob)) => {
                self.blob_holds(*source, sha256, *blob)?
            }
            (FactKey::Recorded(index), Fact::Review(record)) => {
                match &self.said(*index)?.claimed().body {
                    Body::ReviewRecord(review) => review.raw.sha256 == record.raw,
                    _ => false,
                }
            }
            (FactKey::Observation(index), Fact::Observation(fact)) => {
                match &self.said(*index)?.claimed().body {
                    Body::CheckpointObserve(observe) => observe.vkey.as_str() == fact.vkey,
                    _ => false,
                }
            }
            _ => false,
        };
        if holds {
            return Ok(());
        }
        if let FactKey::Statement(index) = key {
            self.is_its_leaf(*index)?;
        }
        Err(disagrees("a row says what its entry does not"))
    }

    /// Whether an entry distrusts a key.
    fn distrusts(&self, index: EntryIndex) -> Result<bool, Error> {
        Ok(match &self.said(index)?.claimed().body {
            Body::KeyRevoke(revoke) => revoke.distrust_from.is_some(),
            Body::KeyRecover(recover) => !recover.revoked.is_empty(),
            _ => false,
        })
    }

    /// Whether these periods begin and end in entries that distrust keys. Only such entries change what is distrusted.
    fn between_revocations(&self, periods: &[Period]) -> Result<bool, Error> {
        for period in periods {
            for end in std::iter::once(period.from).chain(period.until) {
                if !self.distrusts(end)? {
                    return Ok(false);
                }
            }
        }
        Ok(!periods.is_empty())
    }

    /// Whether entry `by` can have changed what ends a statement, and every entry named is of the kind that ends one.
    fn ends_hold(
        &self,
        statement: EntryIndex,
        by: EntryIndex,
        fact: &BecameFact,
    ) -> Result<bool, Error> {
        let by = self.confirmed(by)?;
        if by.ends().is_none() && !self.distrusts(by.index)? {
            return Ok(false);
        }
        for index in &fact.withdrawals {
            let end = self.confirmed(*index)?;
            if end.correction.is_some() || end.ends() != Some(statement) {
                return Ok(false);
            }
        }
        for index in &fact.successors {
            if self.confirmed(*index)?.correction.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Refuses an entry whose bytes do not hash to its leaf: the log was altered, not the row. Returns `false` if its
    /// tile cannot be read.
    fn is_its_leaf(&self, index: EntryIndex) -> Result<bool, Error> {
        let (bundle, at) = self.bundle(index)?;
        let leaves = bundle.leaves(self.reader, self.index.marker().size)?;
        match leaves.and_then(|leaves| leaves.get(at)) {
            Some(leaf) if *leaf != leaf_hash(bundle.entry(at)?) => Err(not_its_leaf(index)),
            Some(_) => Ok(true),
            None => Ok(false),
        }
    }

    /// The statement of an entry, with its signature verified: when the index followed it, or now.
    ///
    /// The index has verified the signature of every statement with a row. The statement is unchanged if its id,
    /// computed again from the entry's bytes, is the row's; the leaf covers the rest of the entry. An entry without a
    /// row was refused by the rules: its signature is verified now, and so is that of an entry whose tile cannot be
    /// read.
    pub fn said_in(&self, at: EntryIndex) -> Result<Rc<IndexedStatement>, Error> {
        if self.row_if_any(at)?.is_some() {
            let said = self.said(at)?;
            if self.is_its_leaf(at)? {
                return Ok(said);
            }
        }
        self.verified_now(at)
    }

    /// The same, not remembered: for a list, which looks at each statement once.
    pub fn said_once_in(&self, at: EntryIndex) -> Result<Rc<IndexedStatement>, Error> {
        let known = self.memory.borrow().said.contains_key(&at);
        if !known && let Some(row) = self.row_if_any(at)? {
            let said = self.read(at, &row)?;
            if self.is_its_leaf(at)? {
                return Ok(said);
            }
        }
        self.said_in(at)
    }

    /// The statement of an entry, with its signature verified now and without the index.
    pub fn verified_now(&self, at: EntryIndex) -> Result<Rc<IndexedStatement>, Error> {
        let entry = self.entry(at)?;
        let parsed = entry.envelope().map_err(|e| damaged(at, e.message()))?;
        parsed
            .clone()
            .verify()
            .map_err(|e| damaged(at, e.message()))?;
        Ok(Rc::new(IndexedStatement::new(parsed, entry.time)))
    }

    /// An entry's bytes, decoded; verifies nothing.
    fn entry(&self, at: EntryIndex) -> Result<Entry, Error> {
        let (bundle, place) = self.bundle(at)?;
        let entry = Entry::decode(bundle.entry(place)?).map_err(|e| damaged(at, e.message()))?;
        if entry.index != at {
            self.is_its_leaf(at)?;
            return Err(damaged(at, format!("it says index {}", entry.index)));
        }
        Ok(entry)
    }

    /// The fact of an entry, made from the entry itself.
    pub(super) fn confirmed(&self, index: EntryIndex) -> Result<Rc<StatementFact>, Error> {
        if let Some(known) = self.memory.borrow().facts.get(&index) {
            return Ok(Rc::clone(known));
        }
        let said = self.said(index)?;
        let statement = said.claimed();
        let by = self.signer(index, statement)?;
        // The row has the places of the things that the statement names. Reading those entries confirms the places,
        // and they will be needed next. Their ids are digests, so they are spread over the whole index.
        for (link, subject) in links_of(&*self.row(index)?) {
            if link.is_reference() && subject < index {
                self.said(subject)?;
            }
        }
        let fact = Rc::new(StatementFact::new(
            said.id(),
            statement,
            (index, said.time),
            by,
            self,
        )?);
        let mut memory = self.memory.borrow_mut();
        memory.facts.insert(index, Rc::clone(&fact));
        Ok(fact)
    }

    /// The statement in an entry that the rules admitted; its id is that of the row.
    pub(super) fn said(&self, at: EntryIndex) -> Result<Rc<IndexedStatement>, Error> {
        if let Some(known) = self.memory.borrow().said.get(&at) {
            return Ok(Rc::clone(known));
        }
        let row = self.row(at)?;
        let said = self.read(at, &row)?;
        let mut memory = self.memory.borrow_mut();
        memory.make_room();
        memory.ids.insert(row.id, at);
        memory.said.insert(at, Rc::clone(&said));
        Ok(said)
    }

    fn read(&self, at: EntryIndex, row: &StatementFact) -> Result<Rc<IndexedStatement>, Error> {
        let entry = self.entry(at)?;
        // The index has read and verified the statement of this id.
        let parsed = entry.envelope_again(&row.id);
        let Some(parsed) = parsed.map_err(|e| damaged(at, e.message()))? else {
            self.is_its_leaf(at)?;
            return Err(disagrees("an entry holds another statement than its row"));
        };
        Ok(Rc::new(IndexedStatement::new(parsed, entry.time)))
    }

    /// The content of an entry's row, not confirmed.
    pub(super) fn row(&self, at: EntryIndex) -> Result<Rc<StatementFact>, Error> {
        self.row_if_any(at)?
            .ok_or_else(|| disagrees("a row names an entry that has none itself"))
    }

    /// The same; none for an entry that the rules refused.
    pub(super) fn row_if_any(&self, at: EntryIndex) -> Result<Option<Rc<StatementFact>>, Error> {
        if let Some(known) = self.memory.borrow().rows.get(&at) {
            return Ok(Some(Rc::clone(known)));
        }
        let Some(fact) = self.stored(&FactKey::Statement(at))? else {
            return Ok(None);
        };
        let Fact::Statement(row) = fact else {
            return Err(disagrees("a statement's row holds something else"));
        };
        let row: Rc<StatementFact> = Rc::from(row);
        let mut memory = self.memory.borrow_mut();
        memory.make_room_for_rows();
        memory.placed.insert(row.id, at);
        memory.rows.insert(at, Rc::clone(&row));
        Ok(Some(row))
    }

    /// The bundle of an entry, and the entry's place in it. Recently read bundles are kept, because neighbours are
    /// often read together.
    fn bundle(&self, at: EntryIndex) -> Result<(Rc<Bundle>, usize), Error> {
        let size = self.index.marker().size;
        if !size.contains(at) {
            return Err(disagrees("a row names an entry beyond the marker"));
        }
        let number = at.get() / TILE_WIDTH;
        let place = usize::try_from(at.get() % TILE_WIDTH).expect("below 256");
        let known = self.memory.borrow().bundle(number);
        if let Some(known) = known {
            return Ok((known, place));
        }
        let bundle = Rc::new(Bundle::read(self.reader, number, size)?);
        self.memory.borrow_mut().keep(Rc::clone(&bundle));
        Ok((bundle, place))
    }

    fn signer(&self, index: EntryIndex, statement: &Statement) -> Result<Signer, Error> {
        let signer = self.signing(&statement.key)?;
        if signer.key > index {
            return Err(disagrees("a statement from before its key"));
        }
        Ok(signer)
    }

    /// Since which entry a key signs, and for whom.
    pub(super) fn signing(&self, key: &PublicKey) -> Result<Signer, Error> {
        if let Some(known) = self.memory.borrow().signers.get(key) {
            return Ok(*known);
        }
        let Some(Fact::Key(fact)) = self.stored(&FactKey::Key(*key))? else {
            return Err(disagrees("a statement by a key that has no row"));
        };
        let at = |key: FactKey| -> Result<EntryIndex, Error> {
            match self.stored(&key)? {
                Some(Fact::At(index)) => Ok(index),
                _ => Err(disagrees("a key whose holder or organisation has no row")),
            }
        };
        let signer = Signer {
            key: fact.since(),
            holder: at(FactKey::Holder(fact.holder))?,
            organisation: at(FactKey::Organisation(fact.organisation))?,
        };
        let mut memory = self.memory.borrow_mut();
        memory.signers.insert(*key, signer);
        Ok(signer)
    }

    fn key_holds(&self, key: &PublicKey, fact: &KeyFact) -> Result<bool, Error> {
        let mut begun = !fact.roles.is_empty();
        for (at, roles) in &fact.roles {
            let said = self.said(*at)?;
            let statement = said.claimed();
            begun &= match &statement.body {
                Body::LedgerCreate(create) => statement.key == *key && create.holder == fact.holder,
                Body::KeyRecover(recover) => statement.key == *key && recover.holder == fact.holder,
                Body::KeyEnroll(enroll) => {
                    enroll.key == *key && enroll.roles == *roles && enroll.holder == fact.holder
                }
                Body::KeyRotate(rotate) => rotate.new_key == *key,
                _ => false,
            };
        }
        let Some(ended) = fact.ended else {
            return Ok(begun);
        };
        let parsed = self.said(ended)?;
        let ended = match &parsed.claimed().body {
            Body::KeyRotate(_) => parsed.claimed().key == *key,
            Body::KeyRevoke(revoke) => revoke.key == *key,
            Body::KeyRecover(recover) => recover.revoked.iter().any(|r| r.key == *key),
            _ => false,
        };
        Ok(begun && ended)
    }

    fn blob_holds(&self, source: EntryIndex, sha256: &Digest, blob: Blob) -> Result<bool, Error> {
        let has = |snapshot: &Snapshot| {
            if blob.text {
                snapshot.text_blob() == Some(*sha256)
            } else {
                snapshot.sha256 == *sha256
            }
        };
        Ok(match &self.said(blob.index)?.claimed().body {
            Body::SourceCapture(capture) => {
                has(&capture.snapshot) && self.entry_of(&capture.source)? == source
            }
            Body::SourceTranscribe(made) => {
                blob.text && made.text == *sha256 && self.entry_of(&made.source)? == source
            }
            Body::SourceAdd(added) => match &added.capture {
                Capture::Captured(snapshot) => has(snapshot) && blob.index == source,
                Capture::NeverHeld(_) => false,
            },
            _ => false,
        })
    }

    fn checkpoint_key_holds(
        &self,
        key: &PublicKey,
        fact: CheckpointKeyFact,
    ) -> Result<bool, Error> {
        let begun = match &self.said(fact.since)?.claimed().body {
            Body::LedgerCreate(create) => create.checkpoint_key == *key,
            Body::CheckpointRotate(rotate) => rotate.new_key == *key,
            _ => false,
        };
        let Some(retired) = fact.retired else {
            return Ok(begun);
        };
        let retired = match &self.said(retired)?.claimed().body {
            Body::CheckpointRetire(retire) => retire.key == *key,
            _ => false,
        };
        Ok(begun && retired)
    }

    fn ledger_holds(&self, ledger: &LedgerFact) -> Result<bool, Error> {
        let first = self.said(EntryIndex::FIRST)?;
        let created = match &first.claimed().body {
            Body::LedgerCreate(create) => {
                let keys = create.recovery.as_ref().map(|r| &r.keys);
                first.id() == ledger.id
                    && create.organisation.organisation == ledger.organisation
                    && create.checkpoint_key == ledger.checkpoint_key
                    && keys.map_or(&[][..], |keys| keys) == ledger.recovery_keys
            }
            _ => false,
        };
        let rules = match &self.said(ledger.rules_since)?.claimed().body {
            Body::LedgerCreate(create) => create.rules,
            Body::RulesUpgrade(upgrade) => upgrade.rules,
            _ => return Ok(false),
        };
        Ok(created && rules == ledger.rules)
    }
}

fn damaged(index: EntryIndex, reason: impl Into<Message>) -> Error {
    Error::Log {
        index,
        reason: reason.into(),
    }
}
