//! Publications of others: a record of a changed review must supersede the older record, and an observed ledger must
//! keep its key. Both are judged within one organisation, and by what stands.

use super::case::Case;
use crate::crypto::{Digest, sha256};
use crate::encoding::json;
use crate::model::foreign::{Observe, Review};
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::state::{Changes, Fact, FactKey, ObservationFact, ReviewFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use crate::tlog::checkpoint::SignedCheckpoint;
use crate::tlog::note::VerifierKey;

/// A record with the same author, URL and claim text but other raw bytes must supersede the newest earlier record of the
/// same organisation that is in force.
pub(super) fn review<V: View>(
    case: &Case<'_, V>,
    review: &Review,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let key = FactKey::Review(case.by.organisation, identity(review));
    let newest = case.view.at(&key).map_err(Refusal::View)?;
    let mut earlier = newest;
    while let Some(index) = earlier {
        let record = recorded(case.view, index).map_err(Refusal::View)?;
        if case.before.is_live(index).map_err(Refusal::View)? {
            let superseded = case.in_field(super::supersede::SUPERSEDES);
            let changed = record.is_some_and(|record| record.raw != review.raw.sha256);
            if changed
                && superseded.map(|fact| fact.index) != Some(index)
                && let Some(fact) = case.before.entry(index).map_err(Refusal::View)?
            {
                return Err(Rejection::ReviewChanged { index, id: fact.id }.into());
            }
            break;
        }
        earlier = record.and_then(|record| record.before);
    }
    let record = ReviewFact {
        before: newest,
        raw: review.raw.sha256,
    };
    changes.put(key, Fact::At(case.candidate.index));
    changes.put(
        FactKey::Recorded(case.candidate.index),
        Fact::Review(record),
    );
    Ok(())
}

/// Whether the statement in entry `index` is a record of this review by the same organisation.
pub(super) fn is_record_of<V: View>(
    case: &Case<'_, V>,
    review: &Review,
    index: EntryIndex,
) -> Result<bool, V::Error> {
    let key = FactKey::Review(case.by.organisation, identity(review));
    let mut record = case.view.at(&key)?;
    while let Some(at) = record.filter(|at| *at > index) {
        record = recorded(case.view, at)?.and_then(|record| record.before);
    }
    Ok(record == Some(index))
}

fn recorded<V: View>(view: &V, index: EntryIndex) -> Result<Option<ReviewFact>, V::Error> {
    Ok(match view.fact(&FactKey::Recorded(index))? {
        Some(Fact::Review(record)) => Some(record),
        _ => None,
    })
}

/// SHA-256 of the JSON list of author, claim text and URL.
pub fn identity(review: &Review) -> Digest {
    sha256(&[&json::encode(&(
        &review.author,
        &review.claim_text,
        &review.url,
    ))])
}

/// The newest observation of an origin that stands pins the key of its checkpoints, for its organisation. A later key is
/// taken with a checkpoint that the pinned key signed too.
pub(super) fn observe<V: View>(
    case: &Case<'_, V>,
    observe: &Observe,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let index = case.candidate.index;
    let key = FactKey::Observed(case.by.organisation, observe.origin.clone());
    let newest = case.view.at(&key).map_err(Refusal::View)?;
    let mut earlier = newest;
    while let Some(at) = earlier {
        let observation = observation(case.view, at).map_err(Refusal::View)?;
        if case.before.stands(at).map_err(Refusal::View)? {
            let pinned = observation.is_none_or(|pinned| {
                pinned.vkey == observe.vkey.as_str() || signed_by(observe, &pinned.vkey)
            });
            if !pinned {
                return Err(Rejection::ObservedKey {
                    origin: observe.origin.clone(),
                    index: at,
                }
                .into());
            }
            break;
        }
        earlier = observation.and_then(|observation| observation.before);
    }
    let observation = ObservationFact {
        before: newest,
        vkey: observe.vkey.as_str().to_owned(),
    };
    changes.put(key, Fact::At(index));
    changes.put(
        FactKey::Observation(index),
        Fact::Observation(Box::new(observation)),
    );
    Ok(())
}

/// Whether an observed checkpoint verifies under this key too.
fn signed_by(observe: &Observe, vkey: &str) -> bool {
    let signed = SignedCheckpoint::parse(observe.checkpoint.as_str().as_bytes());
    match (signed, vkey.parse::<VerifierKey>()) {
        (Ok(signed), Ok(vkey)) => signed.verify(&[vkey]).is_ok(),
        _ => false,
    }
}

fn observation<V: View>(view: &V, index: EntryIndex) -> Result<Option<ObservationFact>, V::Error> {
    Ok(match view.fact(&FactKey::Observation(index))? {
        Some(Fact::Observation(observation)) => Some(*observation),
        _ => None,
    })
}
