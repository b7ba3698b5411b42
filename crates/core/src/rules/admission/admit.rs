//! The one entrance to a log: may this statement be added at this place, and what does it change?

use super::case::{self, Case};
use super::{
    became, checkpoint_keys, create, distrust, foreign, keys, label, last_word, named, objection,
    permissions, publication, recovery, reference, second_person, settings, sources, supersede,
    taken_back, verdict,
};
use crate::encoding::limits;
use crate::encoding::millis::UnixMillis;
use crate::model::Body;
use crate::rules::candidate::Candidate;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::standing::as_of::Reading;
use crate::rules::state::{Changes, Fact, FactKey, LedgerFact};
use crate::rules::version::{self, BOOKS, Book};
use crate::rules::view::View;
use crate::rules::{clocks, dates};

/// Judges a statement at its place. A pure function: the same view and candidate give the same result when a statement
/// is added and when the log is audited.
pub fn admit<V: View>(view: &V, candidate: &Candidate<'_>) -> Result<Changes, Refusal<V::Error>> {
    admit_by(BOOKS, view, candidate)
}

/// The same with other rule books than this program's own: this is how tests try an upgrade.
pub fn admit_by<V: View>(
    books: &[Book],
    view: &V,
    candidate: &Candidate<'_>,
) -> Result<Changes, Refusal<V::Error>> {
    issued_in_time(candidate)?;
    dates::done(candidate.statement)?;
    let Some(ledger) = view.ledger().map_err(Refusal::View)? else {
        return Ok(create::first_entry(books, candidate)?);
    };
    in_this_ledger(candidate, &ledger)?;
    not_repeated(view, candidate)?;
    let book = version::book(books, ledger.rules).ok_or(Rejection::RulesVersion {
        found: ledger.rules,
        known: version::newest(books),
    })?;
    let statement = candidate.statement;
    let mut changes = Changes::default();
    // A recovery is signed with a key that is not enrolled.
    let (key, by) = if let Body::KeyRecover(recover) = &statement.body {
        recovery::recover(view, candidate, &ledger, recover, &mut changes)?
    } else {
        let key = keys::live(view, &statement.key)?;
        let by = case::signer(view, &key).map_err(Refusal::View)?;
        (key, by)
    };
    seen_is_ours(view, candidate)?;
    let case = Case {
        view,
        candidate,
        ledger,
        book,
        key,
        by,
        named: reference::resolve(view, &statement.named())?,
        organisations: case::organisations(view, candidate)?,
        distrusts: case::distrusts(view, &statement.body).map_err(Refusal::View)?,
        before: Reading::at(view, candidate.index.size_before())
            .map_err(Refusal::View)?
            .of(by.organisation),
    };
    keys::trusted(&case)?;
    by_type(books, &case, &mut changes)?;
    clocks::not_before(view, candidate.statement, &case.named, case.by.key)?;
    last_word::seen(&case)?;
    taken_back::seen(&case)?;
    supersede::correction(&case)?;
    label::take(&case, &mut changes)?;
    let fact = case.fact()?;
    named::remember(&case, &fact, &mut changes).map_err(Refusal::View)?;
    changes.put_statement(fact.clone());
    let turned = distrust::follow(view, &fact, &mut changes).map_err(Refusal::View)?;
    became::follow(view, &fact, turned, &mut changes).map_err(Refusal::View)?;
    keys::an_admin_remains(&case, &changes)?;
    Ok(changes)
}

/// `issued` <= entry time + 10 minutes; a time in the far past is allowed.
fn issued_in_time(candidate: &Candidate<'_>) -> Result<(), Rejection> {
    let issued = candidate.statement.issued;
    let latest = candidate.time.plus_millis(limits::MAX_ISSUED_AHEAD_MILLIS);
    if UnixMillis::from(issued) > latest {
        return Err(Rejection::IssuedAhead {
            issued: issued.to_string(),
        });
    }
    Ok(())
}

fn in_this_ledger(candidate: &Candidate<'_>, ledger: &LedgerFact) -> Result<(), Rejection> {
    match candidate.statement.ledger {
        None => Err(Rejection::SecondCreation {}),
        Some(found) if found != ledger.id => Err(Rejection::WrongLedger {
            found,
            ledger: ledger.id,
        }),
        Some(_) => Ok(()),
    }
}

fn not_repeated<V: View>(view: &V, candidate: &Candidate<'_>) -> Result<(), Refusal<V::Error>> {
    let id = candidate.statement.id();
    match view.at(&FactKey::Id(id)).map_err(Refusal::View)? {
        Some(index) => Err(Rejection::Repeated { id, index }.into()),
        None => Ok(()),
    }
}

/// Checks that the head which the signer knew is a prefix of this log.
fn seen_is_ours<V: View>(view: &V, candidate: &Candidate<'_>) -> Result<(), Refusal<V::Error>> {
    let Some(seen) = candidate.statement.seen else {
        return Ok(());
    };
    let here = candidate.index.size_before();
    if seen.size > here {
        return Err(Rejection::SeenAhead {
            size: seen.size,
            have: here,
        }
        .into());
    }
    match view.root_at(seen.size).map_err(Refusal::View)? {
        Some(root) if root == seen.root => Ok(()),
        None if !seen.size.is_empty() => Ok(view.lacking(
            Rejection::SeenNotOurs { size: seen.size },
            "the hashes that make the root which the signer saw",
        )?),
        _ => Err(Rejection::SeenNotOurs { size: seen.size }.into()),
    }
}

/// Applies what only this type of statement requires and changes.
fn by_type<V: View>(
    books: &[Book],
    case: &Case<'_, V>,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let body = &case.candidate.statement.body;
    if !matches!(body, Body::KeyRecover(_)) {
        permissions::has_role(case)?;
    }
    reference::stand(case)?;
    match body {
        Body::LedgerCreate(_) => Err(Rejection::SecondCreation {}.into()),
        Body::RulesUpgrade(upgrade) => {
            permissions::founders(case)?;
            Ok(rules_upgrade(books, case, upgrade.rules, changes)?)
        }
        Body::OrganisationSet(set) => settings::organisation(case, set, changes),
        Body::ScaleSet(scale) => settings::scale(case, scale, changes),
        Body::PolicySet(policy) => Ok(settings::policy(case, policy)?),
        Body::KeyEnroll(enroll) => keys::enroll(case, enroll, changes),
        Body::KeyRotate(rotate) => keys::rotate(case, rotate, changes),
        Body::KeyRevoke(revoke) => keys::revoke(case, revoke, changes),
        Body::CheckpointRotate(rotate) => checkpoint_keys::rotate(case, rotate, changes),
        Body::CheckpointRetire(retire) => checkpoint_keys::retire(case, retire, changes),
        Body::SourceAdd(source) => {
            sources::added(case, source, changes);
            Ok(())
        }
        Body::SourceCapture(capture) => sources::captured(case, capture, changes),
        Body::SourceTranscribe(transcript) => sources::transcribed(case, transcript, changes),
        Body::SnapshotWithhold(withhold) => sources::withhold(case, withhold),
        Body::SourceRelate(relate) => sources::relate(case, relate),
        Body::EvidenceAdd(evidence) => sources::evidence(case, evidence),
        Body::VerdictIssue(verdict) => verdict::issue(case, verdict),
        Body::VerdictAttest(attest) => second_person::attest(case, attest),
        Body::DisputeOpen(_) => objection::open(case),
        Body::DisputeAnswer(answer) => objection::answer(case, answer),
        Body::VerdictPublish(publish) => publication::publish(case, publish),
        Body::Withdraw(_) => supersede::withdraw(case),
        Body::ReviewRecord(review) => foreign::review(case, review, changes),
        Body::CheckpointObserve(observe) => foreign::observe(case, observe, changes),
        Body::KeyRecover(_) | Body::OriginAssess(_) | Body::ClaimAdd(_) | Body::ClaimRelate(_) => {
            Ok(())
        }
    }
}

/// The next version, if this program knows it.
fn rules_upgrade<V: View>(
    books: &[Book],
    case: &Case<'_, V>,
    version: u64,
    changes: &mut Changes,
) -> Result<(), Rejection> {
    if version::book(books, version).is_none() {
        return Err(Rejection::RulesVersion {
            found: version,
            known: version::newest(books),
        });
    }
    let current = case.ledger.rules;
    let out_of_order = Rejection::RulesOrder {
        found: version,
        current,
    };
    if version <= current {
        return Err(out_of_order);
    }
    if version > current + 1 {
        case.view.lacking(out_of_order, "the upgrade before it")?;
    }
    let ledger = LedgerFact {
        rules: version,
        rules_since: case.candidate.index,
        ..case.ledger.clone()
    };
    changes.put(FactKey::Ledger, Fact::Ledger(Box::new(ledger)));
    Ok(())
}
