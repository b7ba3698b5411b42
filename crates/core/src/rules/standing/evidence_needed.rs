//! The evidence that a rating needs: whether a verdict rests on evidence for that side.
//!
//! Evidence counts as it was signed: a later withdrawal or correction of it does not undo an approval, but is shown
//! beside it. Distrusted evidence never counts, and neither does evidence of an organisation that the policy does not
//! list under `evidenceFrom`.

use super::as_of::Reading;
use super::in_force;
use crate::model::evidence::Stance;
use crate::model::scale::Needs;
use crate::rules::statement::{PolicyFact, Says, StatementFact, VerdictFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;

/// The side of the claim that a verdict's rating needs, by its scale.
pub fn side<V: View>(reading: &Reading<'_, V>, verdict: &VerdictFact) -> Result<Needs, V::Error> {
    let scale = reading.entry(verdict.scale)?;
    Ok(match scale.as_deref().map(|scale| &scale.says) {
        Some(Says::Scale(scale)) => scale
            .ratings
            .iter()
            .find(|(code, _)| *code == verdict.rating)
            .map_or(Needs::Neither, |(_, needs)| *needs),
        _ => Needs::Neither,
    })
}

/// Whether a verdict rests on evidence for this side.
pub(super) fn is_there<V: View>(
    reading: &Reading<'_, V>,
    fact: &StatementFact,
    verdict: &VerdictFact,
    policy: &PolicyFact,
    side: Needs,
) -> Result<bool, V::Error> {
    let house = fact.by.organisation;
    has_side(
        reading,
        house,
        &policy.evidence_from,
        &verdict.evidence,
        side,
    )
}

/// Whether a verdict that an organisation (by the entry that first named it) signs next would rest on evidence for this
/// side, by the policy that is in force; whether that policy asks for it or not.
pub fn would_have<V: View>(
    reading: &Reading<'_, V>,
    organisation: EntryIndex,
    evidence: &[EntryIndex],
    side: Needs,
) -> Result<bool, V::Error> {
    let policy = in_force::in_force(reading, organisation, reading.size().next())?;
    let from = policy.map(|(_, policy)| policy.evidence_from);
    has_side(
        reading,
        organisation,
        &from.unwrap_or_default(),
        evidence,
        side,
    )
}

fn has_side<V: View>(
    reading: &Reading<'_, V>,
    organisation: EntryIndex,
    evidence_from: &[EntryIndex],
    evidence: &[EntryIndex],
    side: Needs,
) -> Result<bool, V::Error> {
    let wanted = match side {
        Needs::Support => Stance::Supports,
        Needs::Refutation => Stance::Refutes,
        Needs::Neither => return Ok(true),
    };
    for index in evidence {
        let Some(evidence) = reading.entry(*index)? else {
            continue;
        };
        let by = evidence.by.organisation;
        let counts = by == organisation || evidence_from.contains(&by);
        if counts
            && matches!(evidence.says, Says::Evidence { stance, .. } if stance == wanted)
            && reading.is_trusted(&evidence)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a verdict adopts a recorded review that is trusted: such a review was made elsewhere, with evidence that is
/// not in this ledger.
pub(super) fn adopts<V: View>(
    reading: &Reading<'_, V>,
    verdict: &VerdictFact,
) -> Result<bool, V::Error> {
    match verdict.adopts {
        Some(review) => match reading.entry(review)? {
            Some(review) => reading.is_trusted(&review),
            None => Ok(false),
        },
        None => Ok(false),
    }
}
