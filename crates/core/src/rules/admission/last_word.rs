//! Held-back words: a statement that replaces or takes back an earlier one must come from somebody who had seen it.
//!
//! A signed statement never expires, and others decide when it enters the log. Without this rule an approval that was
//! signed before a rejection could be kept and added after it, and would then be the person's last word. So `seen` must
//! lie past the last statement of the same kind about the same thing. Distrusted statements count too: whether a key is
//! distrusted can change later.
//!
//! Only the entries that came in after `seen` are looked at, so the work is little for who looks before signing.

use super::case::Case;
use crate::model::{Body, StatementType};
use crate::rules::backlinks::Link;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::state::FactKey;
use crate::rules::statement::{Says, StatementFact};
use crate::rules::view::View;
use crate::tlog::{EntryIndex, TreeSize};

/// Refuses a statement whose signer had not seen the last one that it replaces or takes back. A statement without
/// `seen` has seen nothing.
pub(super) fn seen<V: View>(case: &Case<'_, V>) -> Result<(), Refusal<V::Error>> {
    match &case.candidate.statement.body {
        Body::VerdictIssue(_) => verdict(case),
        Body::VerdictAttest(_) => {
            own(case, "verdict", Link::Attestation, |_| true)?;
            own(case, "verdict", Link::Dispute, |_| true)
        }
        Body::Withdraw(_) => {
            let target = case.in_field("target");
            let mine = target.filter(|target| target.by.is_person(&case.by));
            past(case, mine.map(|target| target.index))?;
            own(case, "target", Link::End, |end| {
                end.statement_type == StatementType::Withdraw
            })
        }
        Body::DisputeAnswer(_) => own(case, "dispute", Link::Answer, |_| true),
        Body::VerdictPublish(_) => {
            own(case, "verdict", Link::Attestation, |_| true)?;
            let Says::Publication { address, .. } = case.fact()?.says else {
                return Ok(());
            };
            own(
                case,
                "verdict",
                Link::Publication,
                |earlier| matches!(&earlier.says, Says::Publication { address: a, .. } if *a == address),
            )
        }
        Body::PolicySet(_) => {
            let set = case.view.under(case.by.organisation, Link::Policy);
            Ok(past(case, set.map_err(Refusal::View)?.last().copied())?)
        }
        Body::OrganisationSet(set) => {
            let described = FactKey::Described(set.organisation.clone());
            let last = case.view.at(&described).map_err(Refusal::View)?;
            Ok(past(case, last)?)
        }
        Body::KeyEnroll(enroll) => {
            let key = case.view.key(&enroll.key).map_err(Refusal::View)?;
            let last = key.and_then(|key| key.roles.last().map(|(event, _)| *event));
            Ok(past(case, last)?)
        }
        _ => Ok(()),
    }
}

/// A verdict: the last one of its organisation on this claim, in whatever wording of the same claim.
fn verdict<V: View>(case: &Case<'_, V>) -> Result<(), Refusal<V::Error>> {
    let Some(claim) = case.in_field("claim") else {
        return Ok(());
    };
    if size(case) == case.candidate.index.size_before() {
        return Ok(());
    }
    let wordings = case.before.same_claim(claim.index).map_err(Refusal::View)?;
    for wording in wordings {
        about(case, wording, Link::Verdict, |said| {
            said.by.is_colleague(&case.by)
        })?;
    }
    Ok(())
}

/// Refuses if the signer, under any of their keys, made such a statement about the thing in this field after `seen`.
fn own<V: View>(
    case: &Case<'_, V>,
    field: &str,
    link: Link,
    such: impl Fn(&StatementFact) -> bool,
) -> Result<(), Refusal<V::Error>> {
    let Some(subject) = case.in_field(field) else {
        return Ok(());
    };
    about(case, subject.index, link, |said| {
        said.by.is_person(&case.by) && such(said)
    })
}

/// Refuses if such a statement about this subject was made after `seen`.
fn about<V: View>(
    case: &Case<'_, V>,
    subject: EntryIndex,
    link: Link,
    such: impl Fn(&StatementFact) -> bool,
) -> Result<(), Refusal<V::Error>> {
    let later = case.view.since(subject, link, size(case));
    for at in later.map_err(Refusal::View)?.into_iter().rev() {
        if let Some(earlier) = case.view.entry(at).map_err(Refusal::View)?
            && such(&earlier)
        {
            past(case, Some(at))?;
        }
    }
    Ok(())
}

/// Refuses if the signer had not seen this entry.
pub(super) fn past<V: View>(case: &Case<'_, V>, last: Option<EntryIndex>) -> Result<(), Rejection> {
    let seen = size(case);
    match last {
        Some(last) if !seen.contains(last) => Err(Rejection::WordNotSeen {
            statement: case.candidate.statement.statement_type,
            last,
            seen,
        }),
        _ => Ok(()),
    }
}

/// The size that the signer had seen.
pub(super) fn size<V: View>(case: &Case<'_, V>) -> TreeSize {
    let seen = case.candidate.statement.seen;
    seen.map_or(TreeSize::EMPTY, |seen| seen.size)
}
