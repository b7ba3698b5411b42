//! Words that were taken back: a statement that says a thing again must come from somebody who had seen that it was taken
//! back.
//!
//! A signed statement never expires. Without this rule an assessment that was signed twice could be withdrawn, and its other
//! copy sent afterwards. So `seen` must lie past each withdrawal and correction of a statement about the same thing, if the
//! signer made that statement, or took it back. A verdict is the word of an organisation: there everybody's count.
//!
//! Only the corrections and withdrawals of the signer's organisation that came in after `seen` are looked at. What begins a
//! thing of its own, a source or a claim, gives life to nothing that was withdrawn, so nothing is asked of it.

use super::case::Case;
use super::{foreign, last_word};
use crate::model::{Body, StatementType};
use crate::rules::backlinks::Link;
use crate::rules::rejection::Refusal;
use crate::rules::statement::{Says, StatementFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;

/// Refuses a statement whose signer had not seen that a statement about the same thing was taken back.
pub(super) fn seen<V: View>(case: &Case<'_, V>) -> Result<(), Refusal<V::Error>> {
    let seen = last_word::size(case);
    if seen == case.candidate.index.size_before() {
        return Ok(());
    }
    let ends = case.view.since(case.by.organisation, Link::TakenBack, seen);
    let ends = ends.map_err(Refusal::View)?;
    if ends.is_empty() {
        return Ok(());
    }
    let new = case.fact()?;
    for at in ends {
        let Some(end) = case.view.entry(at).map_err(Refusal::View)? else {
            continue;
        };
        let taken = end.ends().map(|taken| case.view.entry(taken)).transpose();
        let Some(taken) = taken.map_err(Refusal::View)?.flatten() else {
            continue;
        };
        let theirs = taken.by.is_person(&case.by)
            || end.by.is_person(&case.by)
            || new.statement_type == StatementType::VerdictIssue;
        if theirs && is_about_the_same(case, &taken, &new).map_err(Refusal::View)? {
            last_word::past(case, Some(at))?;
        }
    }
    Ok(())
}

/// Whether a new statement is about the same thing as one that was taken back: both correct the same statement, or say
/// something about the same subject.
fn is_about_the_same<V: View>(
    case: &Case<'_, V>,
    taken: &StatementFact,
    new: &StatementFact,
) -> Result<bool, V::Error> {
    if taken.statement_type != new.statement_type {
        return Ok(false);
    }
    if let (Some(taken), Some(new)) = (taken.correction, new.correction)
        && taken.supersedes == new.supersedes
    {
        return Ok(true);
    }
    // What it corrects decides whether a correction may enter.
    if new.correction.is_some() && new.statement_type != StatementType::VerdictIssue {
        return Ok(false);
    }
    let forms = Forms(case);
    match (&taken.says, &new.says) {
        (
            Says::Assessment {
                claim: c,
                source: s,
                ..
            },
            Says::Assessment { claim, source, .. },
        ) => Ok(forms.of_claim(*c, *claim)? && forms.of_source(*s, *source)?),
        (
            Says::Evidence {
                claim: c,
                source: s,
                text: t,
                start: from,
                ..
            },
            Says::Evidence {
                claim,
                source,
                text,
                start,
                ..
            },
            // A search that found nothing names no source, and is another one each time.
        ) => Ok(source.is_some()
            && (t, from) == (text, start)
            && forms.of_claim(*c, *claim)?
            && forms.of_maybe(*s, *source, Forms::of_source)?),
        (
            Says::Relation {
                from: f,
                to: t,
                claim: c,
                relation: r,
            },
            Says::Relation {
                from,
                to,
                claim,
                relation,
            },
        ) => Ok(r == relation
            && forms.of_source(*f, *from)?
            && forms.of_source(*t, *to)?
            && forms.of_maybe(*c, *claim, Forms::of_claim)?),
        // A claim of another ledger is known by its address alone, which is no fact: it counts as another one.
        (
            Says::ClaimRelation {
                from: f,
                to: Some(t),
            },
            Says::ClaimRelation { from, to: Some(to) },
        ) => Ok(forms.of_claim(*f, *from)? && forms.of_claim(*t, *to)?),
        (
            Says::Capture {
                source: s,
                captured: c,
                ..
            },
            Says::Capture {
                source, captured, ..
            },
        ) => Ok(c == captured && forms.of_source(*s, *source)?),
        (
            Says::Transcript {
                source: s,
                of: o,
                text: t,
            },
            Says::Transcript { source, of, text },
        ) => Ok((o, t) == (of, text) && forms.of_source(*s, *source)?),
        (
            Says::Withholding {
                source: s,
                sha256: d,
            },
            Says::Withholding { source, sha256 },
        ) => Ok(d == sha256 && forms.of_maybe(*s, *source, Forms::of_source)?),
        (Says::Review { .. }, Says::Review { .. }) => match &case.candidate.statement.body {
            Body::ReviewRecord(review) => foreign::is_record_of(case, review, taken.index),
            _ => Ok(false),
        },
        (Says::Verdict(taken), Says::Verdict(new)) => forms.of_claim(taken.claim, new.claim),
        (
            Says::Publication {
                verdict: v,
                address: a,
                ..
            },
            Says::Publication {
                verdict, address, ..
            },
        ) => Ok((v, a) == (verdict, address)),
        (Says::Dispute { target: t, .. }, Says::Dispute { target, .. }) => Ok(t == target),
        (Says::Answer { dispute: d, .. }, Says::Answer { dispute, .. }) => Ok(d == dispute),
        _ => Ok(false),
    }
}

/// Whether two entries are forms of one claim or source.
struct Forms<'a, 'v, V>(&'a Case<'v, V>);

impl<V: View> Forms<'_, '_, V> {
    fn of_claim(&self, one: EntryIndex, other: EntryIndex) -> Result<bool, V::Error> {
        Ok(one == other || self.0.before.same_claim(one)?.contains(&other))
    }

    fn of_source(&self, one: EntryIndex, other: EntryIndex) -> Result<bool, V::Error> {
        Ok(one == other || self.0.before.lineage(one)?.contains(&other))
    }

    fn of_maybe(
        &self,
        one: Option<EntryIndex>,
        other: Option<EntryIndex>,
        same: impl Fn(&Self, EntryIndex, EntryIndex) -> Result<bool, V::Error>,
    ) -> Result<bool, V::Error> {
        match (one, other) {
            (Some(one), Some(other)) => same(self, one, other),
            (None, None) => Ok(true),
            _ => Ok(false),
        }
    }
}
