//! Entry 0: the ledger, its founder, its first checkpoint key, and its recovery keys.

use crate::crypto::PublicKey;
use crate::encoding::name::Slug;
use crate::model::organisation::Role;
use crate::model::{Body, StatementId, ledger};
use crate::rules::candidate::Candidate;
use crate::rules::rejection::Rejection;
use crate::rules::says::Places;
use crate::rules::state::{Changes, CheckpointKeyFact, Fact, FactKey, KeyFact, LedgerFact};
use crate::rules::statement::{Signer, StatementFact};
use crate::rules::version::{self, Book};
use crate::tlog::EntryIndex;

/// `ledger.create`, whose signer becomes admin, editor and reviewer.
pub(super) fn first_entry(books: &[Book], candidate: &Candidate<'_>) -> Result<Changes, Rejection> {
    let statement = candidate.statement;
    let Body::LedgerCreate(create) = &statement.body else {
        return Err(Rejection::FirstEntry {
            found: statement.statement_type,
        });
    };
    if version::book(books, create.rules).is_none() {
        return Err(Rejection::RulesVersion {
            found: create.rules,
            known: version::newest(books),
        });
    }
    keys_apart(candidate, create)?;
    let index = candidate.index;
    let organisation = create.organisation.organisation.clone();
    let recovery = create.recovery.as_ref();
    let mut changes = Changes::default();
    changes.put(
        FactKey::Ledger,
        Fact::Ledger(Box::new(LedgerFact {
            id: statement.id(),
            origin: create.origin.clone(),
            checkpoint_key: create.checkpoint_key,
            organisation: organisation.clone(),
            recovery_keys: recovery.map_or_else(Vec::new, |r| r.keys.clone()),
            recovery_threshold: recovery.map_or(0, |r| r.threshold),
            rules: create.rules,
            rules_since: index,
        })),
    );
    changes.put(FactKey::LastKeyEvent, Fact::At(index));
    changes.put(
        FactKey::Key(create.checkpoint_key),
        Fact::CheckpointKey(CheckpointKeyFact {
            since: index,
            retired: None,
        }),
    );
    for key in recovery.iter().flat_map(|r| &r.keys) {
        changes.put(FactKey::Key(*key), Fact::RecoveryKey);
    }
    changes.put(
        FactKey::Key(statement.key),
        Fact::Key(Box::new(KeyFact {
            holder: create.holder.clone(),
            organisation: organisation.clone(),
            roles: vec![(index, vec![Role::Admin, Role::Editor, Role::Reviewer])],
            ended: None,
        })),
    );
    changes.put(FactKey::Holder(create.holder.clone()), Fact::At(index));
    changes.put(FactKey::Organisation(organisation.clone()), Fact::At(index));
    changes.put(FactKey::Described(organisation), Fact::At(index));
    if let Some(label) = &statement.label {
        changes.put(FactKey::Label(label.clone()), Fact::At(index));
    }
    let by = Signer {
        key: index,
        holder: index,
        organisation: index,
    };
    changes.put_statement(StatementFact::new(
        statement.id(),
        statement,
        (index, candidate.time),
        by,
        &Nowhere,
    )?);
    Ok(changes)
}

/// The founder's key, the checkpoint key and the recovery keys must be different, and the founder's must be a valid
/// one.
fn keys_apart(candidate: &Candidate<'_>, create: &ledger::Create) -> Result<(), Rejection> {
    let key = candidate.statement.key;
    key.check().map_err(|_| Rejection::KeyTaken {
        key,
        holder: create.holder.clone(),
        reason: "it must be canonical, not weak and torsion-free",
    })?;
    if create.checkpoint_key == key {
        return Err(Rejection::CheckpointKey { key });
    }
    for recovery in create.recovery.iter().flat_map(|r| &r.keys) {
        if *recovery == key {
            return Err(Rejection::RecoveryKey { key });
        }
        if *recovery == create.checkpoint_key {
            return Err(Rejection::CheckpointKey { key: *recovery });
        }
    }
    Ok(())
}

/// Entry 0 names no earlier statement.
struct Nowhere;

impl Places for Nowhere {
    type Error = Rejection;

    fn entry_of(&self, id: &StatementId) -> Result<EntryIndex, Rejection> {
        Err(Rejection::ReferenceUnknown {
            field: "body",
            id: *id,
        })
    }

    fn organisation(&self, organisation: &Slug) -> Result<EntryIndex, Rejection> {
        Err(Rejection::OrganisationUnknown {
            organisation: organisation.clone(),
        })
    }
    fn key(&self, key: &PublicKey) -> Result<EntryIndex, Rejection> {
        Err(Rejection::KeyUnknown { key: *key })
    }
}
