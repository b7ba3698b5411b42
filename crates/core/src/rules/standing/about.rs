//! Which statements are about a thing: those that name it, and those that name another form of it and hold for this one.

use super::as_of::Reading;
use super::wording;
use crate::model::StatementType;
use crate::rules::backlinks::Link;
use crate::rules::statement::StatementFact;
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use std::collections::BTreeSet;

/// The entries that a statement about entry `index` may name: for a claim, every form that states the same claim; for a
/// source, every version; for any other statement, only the entry itself.
pub fn forms<V: View>(
    reading: &Reading<'_, V>,
    index: EntryIndex,
) -> Result<BTreeSet<EntryIndex>, V::Error> {
    let mut forms = BTreeSet::from([index]);
    let fact = reading.entry(index)?;
    match fact.map(|fact| fact.statement_type) {
        Some(StatementType::ClaimAdd) => forms.extend(reading.same_claim(index)?),
        Some(StatementType::SourceAdd) => {
            if let Some(newest) = reading.newest(index)? {
                forms.extend(reading.versions(newest)?);
            }
        }
        _ => {}
    }
    Ok(forms)
}

/// The evidence about this form of a claim, oldest first. It has every stance, and what no longer stands.
pub fn evidence<V: View>(
    reading: &Reading<'_, V>,
    form: EntryIndex,
) -> Result<Vec<EntryIndex>, V::Error> {
    let mut found = BTreeSet::new();
    for named in forms(reading, form)? {
        for evidence in reading.under(named, Link::Evidence)? {
            if is_about(reading, &evidence, named, form)? {
                found.insert(evidence.index);
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// Whether a statement that names the form in entry `named` is also about the form in entry `index`. Corroboration counts
/// evidence, relations and assessments by the same rule.
pub fn is_about<V: View>(
    reading: &Reading<'_, V>,
    fact: &StatementFact,
    named: EntryIndex,
    index: EntryIndex,
) -> Result<bool, V::Error> {
    use StatementType as T;
    if named == index {
        return Ok(true);
    }
    let of_a_claim = reading
        .entry(index)?
        .is_some_and(|about| about.statement_type == T::ClaimAdd);
    let organisation = fact.by.organisation;
    match fact.statement_type {
        T::EvidenceAdd | T::OriginAssess | T::SourceRelate | T::ClaimRelate if of_a_claim => {
            wording::evidence_follows(reading, organisation, named, index)
        }
        T::VerdictIssue if of_a_claim => {
            wording::verdict_follows(reading, organisation, named, index)
        }
        // A source is read as its newest version.
        T::EvidenceAdd
        | T::OriginAssess
        | T::SourceRelate
        | T::SourceCapture
        | T::SourceTranscribe => Ok(!of_a_claim),
        _ => Ok(false),
    }
}
