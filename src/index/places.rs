//! Where things are, by the rows: the entries that a statement names, and whether an entry is at the place that a row gives.

use super::query::Indexed;
use super::rows::Rows;
use super::{Error, disagrees};
use claimledger_core::EntryIndex;
use claimledger_core::crypto::PublicKey;
use claimledger_core::encoding::name::Slug;
use claimledger_core::model::{Body, Statement, StatementId};
use claimledger_core::rules::admission::foreign;
use claimledger_core::rules::says::Places;
use claimledger_core::rules::{Fact, FactKey};

/// The places of the things that a statement names, by the rows; their ids must agree with each other.
impl<R: Rows> Places for Indexed<'_, R> {
    type Error = Error;

    fn entry_of(&self, id: &StatementId) -> Result<EntryIndex, Error> {
        if let Some(known) = self.memory.borrow().ids.get(id) {
            return Ok(*known);
        }
        if let Some(Fact::At(index)) = self.stored(&FactKey::Id(*id))?
            && self.row(index)?.id == *id
        {
            return Ok(index);
        }
        Err(disagrees("an entry names a statement that has no row"))
    }

    fn organisation(&self, organisation: &Slug) -> Result<EntryIndex, Error> {
        match self.stored(&FactKey::Organisation(organisation.clone()))? {
            Some(Fact::At(index)) => Ok(index),
            _ => Err(disagrees("an entry names an organisation that has no row")),
        }
    }

    fn key(&self, key: &PublicKey) -> Result<EntryIndex, Error> {
        match self.stored(&FactKey::Key(*key))? {
            Some(Fact::Key(fact)) => Ok(fact.since()),
            _ => Err(disagrees("an entry distrusts a key that has no row")),
        }
    }
}

/// Whether an entry is at the place that a row gives.
pub(super) fn place_holds(key: &FactKey, statement: &Statement) -> bool {
    match (key, &statement.body) {
        (FactKey::Label(label), _) => statement.label.as_ref() == Some(label),
        (FactKey::Review(_, identity), Body::ReviewRecord(review)) => {
            foreign::identity(review) == *identity
        }
        (FactKey::Observed(_, origin), Body::CheckpointObserve(observe)) => {
            observe.origin == *origin
        }
        (FactKey::Organisation(name) | FactKey::Described(name), Body::LedgerCreate(create)) => {
            create.organisation.organisation == *name
        }
        (FactKey::Organisation(name) | FactKey::Described(name), Body::OrganisationSet(set)) => {
            set.organisation == *name
        }
        (FactKey::Holder(name), Body::LedgerCreate(create)) => create.holder == *name,
        (FactKey::Holder(name), Body::KeyEnroll(enroll)) => enroll.holder == *name,
        (FactKey::Holder(name), Body::KeyRecover(recover)) => recover.holder == *name,
        (FactKey::LastKeyEvent, body) => matches!(
            body,
            Body::LedgerCreate(_)
                | Body::KeyEnroll(_)
                | Body::KeyRotate(_)
                | Body::KeyRevoke(_)
                | Body::KeyRecover(_)
        ),
        _ => false,
    }
}
