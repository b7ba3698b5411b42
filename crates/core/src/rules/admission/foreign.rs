//! Publications of others: a record of a changed review must supersede the older record, and an observed ledger must
//! keep its key.

use super::case::Case;
use crate::crypto::{Digest, sha256};
use crate::encoding::json;
use crate::model::foreign::{Observe, Review};
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::state::{Changes, Fact, FactKey, ReviewFact};
use crate::rules::view::View;

/// A record with the same author, URL and claim text but other raw bytes must supersede the earlier record while that
/// record is in force.
pub(super) fn review<V: View>(
    case: &Case<'_, V>,
    review: &Review,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let key = FactKey::Review(identity(review));
    if let Some(Fact::Review(before)) = case.view.fact(&key).map_err(Refusal::View)?
        && before.raw != review.raw.sha256
        && case.before.is_live(before.index).map_err(Refusal::View)?
        && let Some(earlier) = case.before.entry(before.index).map_err(Refusal::View)?
    {
        let superseded = case.in_field(super::supersede::SUPERSEDES);
        if superseded.map(|fact| fact.index) != Some(before.index) {
            return Err(Rejection::ReviewChanged {
                index: before.index,
                id: earlier.id,
            }
            .into());
        }
    }
    let record = ReviewFact {
        index: case.candidate.index,
        raw: review.raw.sha256,
    };
    changes.put(key, Fact::Review(record));
    Ok(())
}

/// SHA-256 of the JSON list of author, claim text and URL.
pub fn identity(review: &Review) -> Digest {
    sha256(&[&json::encode(&(
        &review.author,
        &review.claim_text,
        &review.url,
    ))])
}

/// The first observation of an origin pins the key of its checkpoints.
pub(super) fn observe<V: View>(
    case: &Case<'_, V>,
    observe: &Observe,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let key = FactKey::Observed(observe.origin.clone());
    match case.view.fact(&key).map_err(Refusal::View)? {
        Some(Fact::Observed(_, vkey)) if vkey == observe.vkey.as_str() => Ok(()),
        Some(Fact::Observed(index, _)) => Err(Rejection::ObservedKey {
            origin: observe.origin.clone(),
            index,
        }
        .into()),
        _ => {
            let pinned = Fact::Observed(case.candidate.index, observe.vkey.to_string());
            changes.put(key, pinned);
            Ok(())
        }
    }
}
