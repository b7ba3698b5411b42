//! Whether a later form of a claim is still what an earlier form said. What others signed about the one form holds for the
//! other form only then.

use super::as_of::Reading;
use crate::rules::backlinks::Link;
use crate::rules::statement::{ClaimFact, Says};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use std::collections::BTreeSet;

/// Whether a verdict of `organisation` about the form `named` of a claim is a verdict about the form `form`.
pub fn verdict_follows<V: View>(
    reading: &Reading<'_, V>,
    organisation: EntryIndex,
    named: EntryIndex,
    form: EntryIndex,
) -> Result<bool, V::Error> {
    Ok(named == form
        || (corrected_by(reading, form)? == Some(organisation)
            && reading.same_claim(form)?.contains(&named)
            && says_the_same(reading, named, form)?))
}

/// Whether evidence, an assessment or a relation by `organisation` about the form `named` is about the form `form`: an
/// organisation answers for its own corrections, and not for those of another one.
pub fn evidence_follows<V: View>(
    reading: &Reading<'_, V>,
    organisation: EntryIndex,
    named: EntryIndex,
    form: EntryIndex,
) -> Result<bool, V::Error> {
    Ok(named == form
        || (reading.same_claim(form)?.contains(&named)
            && (corrected_by(reading, form)? == Some(organisation)
                || says_the_same(reading, named, form)?)))
}

/// The verdicts about other forms of a claim that are not verdicts about the form `form`, oldest first.
pub fn about_other_words<V: View>(
    reading: &Reading<'_, V>,
    form: EntryIndex,
) -> Result<Vec<EntryIndex>, V::Error> {
    let mut found = BTreeSet::new();
    for named in reading.lineage(form)? {
        for verdict in reading.under(named, Link::Verdict)? {
            if !verdict_follows(reading, verdict.by.organisation, named, form)? {
                found.insert(verdict.index);
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// Who makes the forms of a claim: only the organisation that recorded it corrects it.
fn corrected_by<V: View>(
    reading: &Reading<'_, V>,
    form: EntryIndex,
) -> Result<Option<EntryIndex>, V::Error> {
    Ok(reading.entry(form)?.map(|fact| fact.by.organisation))
}

/// Whether two forms have the same words but for case, spaces and such punctuation as changes nothing, and the same other
/// fields; the later one may name further appearances. They are compared with each other, whatever stands between.
fn says_the_same<V: View>(
    reading: &Reading<'_, V>,
    one: EntryIndex,
    other: EntryIndex,
) -> Result<bool, V::Error> {
    let (Some(earlier), Some(later)) = (
        reading.entry(one.min(other))?,
        reading.entry(one.max(other))?,
    ) else {
        return Ok(false);
    };
    let (Says::Claim(earlier), Says::Claim(later)) = (&earlier.says, &later.says) else {
        return Ok(false);
    };
    Ok(earlier.frame == later.frame
        && earlier.words.is_some()
        && earlier.words == later.words
        && appearances(reading, later)?.is_superset(&appearances(reading, earlier)?))
}

/// Where a claim appeared, each source by its newest form.
fn appearances<V: View>(
    reading: &Reading<'_, V>,
    claim: &ClaimFact,
) -> Result<BTreeSet<EntryIndex>, V::Error> {
    let mut sources = BTreeSet::new();
    for source in &claim.appeared_in {
        sources.insert(reading.newest(*source)?.unwrap_or(*source));
    }
    Ok(sources)
}
