//! Words that were taken back: a statement that says a thing again must come from somebody who had seen that it was taken
//! back.
//!
//! A signed statement never expires. Without this rule an assessment that was signed twice could be withdrawn, and its other
//! copy sent afterwards. So `seen` must lie past each withdrawal and correction of a statement about the same thing, if the
//! signer made that statement, or took it back. A verdict is the word of an organisation: there everybody's count.
//!
//! Only the corrections and withdrawals of the signer's organisation that came in after `seen` are looked at. A new
//! source or claim begins a thing of its own. It cannot bring back what was withdrawn, so nothing is asked of it.

use super::case::Case;
use super::{foreign, last_word};
use crate::crypto::Digest;
use crate::model::relation::SourceRelation;
use crate::model::{Body, StatementType};
use crate::rules::backlinks::Link;
use crate::rules::rejection::Refusal;
use crate::rules::statement::{Says, StatementFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use std::collections::BTreeSet;

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
    if let Body::ReviewRecord(review) = &case.candidate.statement.body {
        return foreign::is_record_of(case, review, taken.index);
    }
    let (Some(taken), Some(new)) = (Thing::of(&taken.says), Thing::of(&new.says)) else {
        return Ok(false);
    };
    Ok(taken.details == new.details
        && are_forms(&taken.claims, &new.claims, |one| {
            case.before.same_claim(one)
        })?
        && are_forms(&taken.sources, &new.sources, |one| case.before.lineage(one))?)
}

/// What a statement is about.
struct Thing<'a> {
    /// Claims, in whatever wording of the same claim.
    claims: Vec<EntryIndex>,
    /// Sources, in whatever form.
    sources: Vec<EntryIndex>,
    /// What must be equal.
    details: Vec<Detail<'a>>,
}

#[derive(PartialEq)]
enum Detail<'a> {
    Entry(EntryIndex),
    Bytes(&'a Digest),
    Number(u64),
    Relation(SourceRelation),
}

impl<'a> Thing<'a> {
    /// The thing; none of what begins a thing of its own. A search that found nothing names no source, and a claim of
    /// another ledger is known by its address alone: each counts as another one.
    fn of(says: &'a Says) -> Option<Self> {
        use Detail as D;
        let (claims, sources, details) = match says {
            Says::Assessment { claim, source, .. } => (vec![*claim], vec![*source], vec![]),
            Says::Evidence {
                claim,
                source: Some(source),
                text,
                start,
                ..
            } => {
                let text = text.iter().map(|text| D::Bytes(text));
                let place = text.chain(start.map(D::Number));
                (vec![*claim], vec![*source], place.collect())
            }
            Says::Relation {
                from,
                to,
                claim,
                relation,
            } => {
                let claim = claim.iter().copied().collect();
                (claim, vec![*from, *to], vec![D::Relation(*relation)])
            }
            Says::ClaimRelation { from, to: Some(to) } => (vec![*from, *to], vec![], vec![]),
            Says::Capture {
                source, captured, ..
            } => (vec![], vec![*source], vec![D::Number(*captured)]),
            Says::Transcript { source, of, text } => {
                (vec![], vec![*source], vec![D::Bytes(of), D::Bytes(text)])
            }
            Says::Withholding { source, sha256 } => {
                let source = source.iter().copied().collect();
                (vec![], source, vec![D::Bytes(sha256)])
            }
            Says::Verdict(verdict) => (vec![verdict.claim], vec![], vec![]),
            Says::Publication {
                verdict, address, ..
            } => {
                let page = vec![D::Entry(*verdict), D::Bytes(address)];
                (vec![], vec![], page)
            }
            Says::Dispute { target, .. } => (vec![], vec![], vec![D::Entry(*target)]),
            Says::Answer { dispute, .. } => (vec![], vec![], vec![D::Entry(*dispute)]),
            _ => return None,
        };
        Some(Self {
            claims,
            sources,
            details,
        })
    }
}

/// Whether the things of two lists are forms of one another, each of the one at its place.
fn are_forms<E>(
    some: &[EntryIndex],
    others: &[EntryIndex],
    forms: impl Fn(EntryIndex) -> Result<BTreeSet<EntryIndex>, E>,
) -> Result<bool, E> {
    if some.len() != others.len() {
        return Ok(false);
    }
    for (one, other) in some.iter().zip(others) {
        if one != other && !forms(*one)?.contains(other) {
            return Ok(false);
        }
    }
    Ok(true)
}
