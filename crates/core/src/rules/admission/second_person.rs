//! A second person is required: nobody attests, disputes or answers their own statement, with any of their keys.
//!
//! A person is the pair of organisation and holder. An approval lets something through, so it is refused to a namesake
//! of the author too, unless the author's organisation lists the namesake's: who lists an organisation relies on the
//! names that it gives. A rejection or an objection takes something back, and a namesake may sign it.

use super::case::Case;
use crate::model::attestation::{Attest, Decision};
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::standing::as_of::Reading;
use crate::rules::standing::listed;
use crate::rules::statement::{Signer, StatementFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;

/// `verdict.attest`: not by the author.
pub(super) fn attest<V: View>(
    case: &Case<'_, V>,
    attest: &Attest,
) -> Result<(), Refusal<V::Error>> {
    let Some(verdict) = case.in_field("verdict") else {
        return Ok(());
    };
    not_own(case, verdict)?;
    if attest.decision != Decision::Approve {
        return Ok(());
    }
    let may = may_approve(&case.before, verdict, &case.by, case.candidate.index);
    if may.map_err(Refusal::View)? {
        return Ok(());
    }
    Ok(case.view.lacking(own(case, verdict), LISTING)?)
}

/// Whether somebody is a second person for an approval of this verdict in entry `at`.
pub(super) fn may_approve<V: View>(
    reading: &Reading<'_, V>,
    verdict: &StatementFact,
    by: &Signer,
    at: EntryIndex,
) -> Result<bool, V::Error> {
    if by.is_person(&verdict.by) {
        return Ok(false);
    }
    Ok(!by.is_namesake(&verdict.by) || listed::word_counts(reading, verdict, by.organisation, at)?)
}

/// Refuses the author of a statement.
pub(super) fn not_own<V: View>(case: &Case<'_, V>, fact: &StatementFact) -> Result<(), Rejection> {
    if case.by.is_person(&fact.by) {
        return Err(own(case, fact));
    }
    Ok(())
}

fn own<V: View>(case: &Case<'_, V>, fact: &StatementFact) -> Rejection {
    Rejection::OwnStatement {
        holder: case.key.holder.clone(),
        id: fact.id,
    }
}

/// What a part of a log may lack.
pub(super) const LISTING: &str = "the policy that lists the signer's organisation";
