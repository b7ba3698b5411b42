//! Where a verdict was published, and who says so.
//!
//! A publication counts if the verdict's organisation recorded it, or one that this organisation's policy in force at
//! the publication lists under `approvalsFrom`. What others record is what they say.
//!
//! A verdict can adopt a review that its organisation published before it used this ledger. Its publication at the
//! address of that review makes it *adopted*: it says where the verdict came from, and not that the policy was met.

use super::as_of::Reading;
use super::listed;
use crate::rules::backlinks::Link;
use crate::rules::statement::{Says, StatementFact, VerdictFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use serde::Serialize;

/// The publications of a verdict that stand.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Publications {
    /// By its organisation, or by one that its policy lists.
    pub published: Vec<EntryIndex>,
    /// By others: they say that it was published.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others_say: Vec<EntryIndex>,
    /// At the address of the review that it adopts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adopted: Option<Adopted>,
}

/// The adoption of an earlier review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Adopted {
    /// The record of the review.
    pub review: EntryIndex,
    /// The publication at its address.
    pub publication: EntryIndex,
    /// The first second (UTC) of the date of that publication, in seconds since 1970.
    pub published: i64,
}

/// The publications of the verdict of a statement.
pub fn publications<V: View>(
    reading: &Reading<'_, V>,
    fact: &StatementFact,
    verdict: &VerdictFact,
) -> Result<Publications, V::Error> {
    let mut found = Publications::default();
    for publication in reading.under(fact.index, Link::Publication)? {
        if !reading.stands(publication.index)? {
            continue;
        }
        if let Some(review) = adopts_at(reading, fact, verdict, &publication)?
            && let Says::Publication { published, .. } = publication.says
        {
            found.adopted = Some(Adopted {
                review,
                publication: publication.index,
                published,
            });
            continue;
        }
        let by = publication.by.organisation;
        if listed::speaks_for(reading, fact.by.organisation, by, publication.index)? {
            found.published.push(publication.index);
        } else {
            found.others_say.push(publication.index);
        }
    }
    Ok(found)
}

/// The review that a verdict adopts, if this publication is by its organisation and at that review's address.
pub(crate) fn adopts_at<V: View>(
    reading: &Reading<'_, V>,
    fact: &StatementFact,
    verdict: &VerdictFact,
    publication: &StatementFact,
) -> Result<Option<EntryIndex>, V::Error> {
    let (Some(review), Says::Publication { address, .. }) = (verdict.adopts, &publication.says)
    else {
        return Ok(None);
    };
    let Some(recorded) = reading.entry(review)? else {
        return Ok(None);
    };
    let there = matches!(&recorded.says, Says::Review { address: at, .. } if at == address);
    let adopted = there
        && publication.by.organisation == fact.by.organisation
        && reading.is_trusted(&recorded)?;
    Ok(adopted.then_some(review))
}
