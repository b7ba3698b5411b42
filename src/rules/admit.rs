//! The one door: may this statement stand at this place, and what changes if it does.

use super::fact::{Changes, Fact, FactKey, LedgerFact, StatementFact};
use super::rejection::{Refusal, Rejection};
use super::view::View;
use super::{RULES_VERSION, keys};
use crate::encoding::limits;
use crate::envelope::Verified;
use crate::model::reference::Named;
use crate::model::{Body, ledger};

/// A statement and the place it asks for.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The index of the entry.
    pub index: u64,
    /// The entry's time, Unix milliseconds.
    pub time: u64,
    /// The statement, its signature verified.
    pub statement: &'a Verified,
}

/// Judges a statement at its place. Pure: the same view and candidate give the same answer, live and in an audit.
pub fn admit<V: View>(view: &V, candidate: &Candidate<'_>) -> Result<Changes, Refusal<V::Error>> {
    let statement = candidate.statement;
    let mut changes = Changes::default();
    issued_in_time(candidate)?;
    match view.ledger().map_err(Refusal::View)? {
        None => first_entry(candidate, &mut changes)?,
        Some(ledger) => {
            in_this_ledger(candidate, &ledger)?;
            not_repeated(view, candidate)?;
            keys::may_sign(view, &statement.key)?;
            seen_is_ours(view, candidate)?;
            for named in statement.named() {
                exists(view, &named)?;
            }
            by_type(view, candidate, &ledger, &mut changes)?;
        }
    }
    label_is_free(view, candidate, &mut changes)?;
    changes.put(
        FactKey::Statement(statement.id()),
        Fact::Statement(StatementFact {
            index: candidate.index,
            statement_type: statement.statement_type,
        }),
    );
    Ok(changes)
}

/// `issued` <= entry time + 10 minutes; a time in the far past is nobody's business.
fn issued_in_time(candidate: &Candidate<'_>) -> Result<(), Rejection> {
    let issued = candidate.statement.issued;
    let latest = candidate
        .time
        .saturating_add(limits::MAX_ISSUED_AHEAD_MILLIS);
    if issued.unix_seconds() * 1_000 > latest {
        return Err(Rejection::IssuedAhead {
            issued: issued.to_string(),
        });
    }
    Ok(())
}

/// Entry 0: `ledger.create`, whose signer becomes admin, editor and reviewer.
fn first_entry(candidate: &Candidate<'_>, changes: &mut Changes) -> Result<(), Rejection> {
    let statement = candidate.statement;
    let Body::LedgerCreate(create) = &statement.body else {
        return Err(Rejection::FirstEntry {
            found: statement.statement_type,
        });
    };
    rules_known(create.rules)?;
    if create.checkpoint_key == statement.key {
        return Err(Rejection::CheckpointKey { key: statement.key });
    }
    statement.key.check().map_err(|_| Rejection::KeyTaken {
        key: statement.key,
        holder: create.holder.clone(),
        reason: "it must be canonical, not weak and torsion-free",
    })?;
    changes.put(
        FactKey::Ledger,
        Fact::Ledger(ledger_fact(statement, create)),
    );
    changes.put(
        FactKey::Key(create.checkpoint_key),
        Fact::CheckpointKey(candidate.index),
    );
    changes.put(
        FactKey::Key(statement.key),
        Fact::Key(keys::founder(create, candidate.index)),
    );
    changes.put(
        FactKey::Organisation(create.organisation.organisation.clone()),
        Fact::Organisation(candidate.index),
    );
    Ok(())
}

fn ledger_fact(statement: &Verified, create: &ledger::Create) -> LedgerFact {
    LedgerFact {
        id: statement.id(),
        origin: create.origin.clone(),
        checkpoint_key: create.checkpoint_key,
        rules: create.rules,
    }
}

fn rules_known(version: u64) -> Result<(), Rejection> {
    if version == RULES_VERSION {
        Ok(())
    } else {
        Err(Rejection::RulesVersion { found: version })
    }
}

fn in_this_ledger(candidate: &Candidate<'_>, ledger: &LedgerFact) -> Result<(), Rejection> {
    match candidate.statement.ledger {
        None => Err(Rejection::SecondCreation),
        Some(found) if found != ledger.id => Err(Rejection::WrongLedger {
            found,
            ledger: ledger.id,
        }),
        Some(_) => Ok(()),
    }
}

fn not_repeated<V: View>(view: &V, candidate: &Candidate<'_>) -> Result<(), Refusal<V::Error>> {
    let id = candidate.statement.id();
    match view.statement(&id).map_err(Refusal::View)? {
        Some(fact) => Err(Rejection::Repeated {
            id,
            index: fact.index,
        }
        .into()),
        None => Ok(()),
    }
}

/// The head that the signer knew is a prefix of this log.
fn seen_is_ours<V: View>(view: &V, candidate: &Candidate<'_>) -> Result<(), Refusal<V::Error>> {
    let Some(seen) = candidate.statement.seen else {
        return Ok(());
    };
    if seen.size > candidate.index {
        return Err(Rejection::SeenAhead {
            size: seen.size,
            have: candidate.index,
        }
        .into());
    }
    match view.root_at(seen.size).map_err(Refusal::View)? {
        Some(root) if root == seen.root => Ok(()),
        _ => Err(Rejection::SeenNotOurs { size: seen.size }.into()),
    }
}

fn exists<V: View>(view: &V, named: &Named) -> Result<(), Refusal<V::Error>> {
    let Named { field, id, types } = *named;
    let Some(fact) = view.statement(&id).map_err(Refusal::View)? else {
        return Err(Rejection::ReferenceUnknown { field, id }.into());
    };
    if types.is_empty() || types.contains(&fact.statement_type) {
        return Ok(());
    }
    let expected: Vec<&str> = types.iter().map(|t| t.as_str()).collect();
    Err(Rejection::ReferenceType {
        field,
        id,
        found: fact.statement_type,
        expected: expected.join(" or "),
    }
    .into())
}

/// A label is a unique name; it may be said again by nobody.
fn label_is_free<V: View>(
    view: &V,
    candidate: &Candidate<'_>,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let Some(label) = &candidate.statement.label else {
        return Ok(());
    };
    let key = FactKey::Label(label.clone());
    if let Some(Fact::Label(id)) = view.fact(&key).map_err(Refusal::View)? {
        return Err(Rejection::LabelTaken {
            label: label.clone(),
            id,
        }
        .into());
    }
    changes.put(key, Fact::Label(candidate.statement.id()));
    Ok(())
}

/// What only statements of one type ask for and change.
fn by_type<V: View>(
    view: &V,
    candidate: &Candidate<'_>,
    ledger: &LedgerFact,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let statement = candidate.statement;
    match &statement.body {
        Body::LedgerCreate(_) => Err(Rejection::SecondCreation.into()),
        Body::RulesUpgrade(upgrade) => Ok(rules_known(upgrade.rules)?),
        Body::OrganisationSet(organisation) => {
            let key = FactKey::Organisation(organisation.organisation.clone());
            if view.fact(&key).map_err(Refusal::View)?.is_none() {
                changes.put(key, Fact::Organisation(candidate.index));
            }
            Ok(())
        }
        Body::ScaleSet(scale) => {
            keys::organisation_known(view, &scale.organisation)?;
            let codes = scale.entries.iter().map(|e| e.code.clone()).collect();
            changes.put(FactKey::Ratings(statement.id()), Fact::Ratings(codes));
            Ok(())
        }
        Body::PolicySet(policy) => keys::organisation_known(view, &policy.organisation),
        Body::KeyEnroll(enroll) => keys::enroll(view, candidate, ledger, enroll, changes),
        Body::KeyRotate(rotate) => keys::rotate(view, candidate, ledger, rotate, changes),
        Body::KeyRevoke(revoke) => keys::revoke(view, candidate, revoke, changes),
        Body::CheckpointRotate(rotate) => {
            keys::rotate_checkpoint(view, candidate, ledger, rotate, changes)
        }
        Body::VerdictIssue(verdict) => {
            if verdict.corroboration.method != 0 {
                return Err(Rejection::CorroborationMethod {
                    method: verdict.corroboration.method,
                }
                .into());
            }
            let codes = view.ratings(&verdict.scale).map_err(Refusal::View)?;
            if codes.contains(&verdict.rating) {
                Ok(())
            } else {
                Err(Rejection::RatingUnknown {
                    rating: verdict.rating.clone(),
                    scale: verdict.scale,
                }
                .into())
            }
        }
        _ => Ok(()),
    }
}
