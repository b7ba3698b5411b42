//! What a quotation rests on, and what a later look at its source found of it.

use super::as_of::Reading;
use crate::crypto::Digest;
use crate::model::source::QuotationState;
use crate::rules::backlinks::Link;
use crate::rules::statement::{Says, StatementFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use serde::Serialize;
use std::collections::BTreeSet;

/// What the last look at a source found of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LookedFor {
    /// The evidence that quotes.
    pub evidence: EntryIndex,
    /// The capture that looked for the quotation last.
    pub capture: EntryIndex,
    /// The first of the captures up to it that found the same, with no other finding between.
    pub since: EntryIndex,
    /// What it found.
    pub state: QuotationState,
}

/// What the last look found of the quotation in a piece of evidence. Only captures of `organisation`, by the entry that
/// first named it, count. The one with the latest `captured` decides, of several the last in the log.
pub fn looked_for<V: View>(
    reading: &Reading<'_, V>,
    evidence: EntryIndex,
    organisation: EntryIndex,
) -> Result<Option<LookedFor>, V::Error> {
    let mut all = Vec::new();
    let Some(quoting) = reading.entry(evidence)? else {
        return Ok(None);
    };
    let Says::Evidence {
        source: Some(quoted),
        ..
    } = &quoting.says
    else {
        return Ok(None);
    };
    let forms = reading.lineage(*quoted)?;
    for fact in reading.under(evidence, Link::LookedFor)? {
        let Says::Capture {
            source,
            quotations,
            captured,
            ..
        } = &fact.says
        else {
            continue;
        };
        if fact.by.organisation != organisation
            || !forms.contains(source)
            || !reading.stands(fact.index)?
        {
            continue;
        }
        let found = quotations
            .iter()
            .find(|(statement, _)| *statement == evidence);
        if let Some((_, state)) = found {
            all.push((*captured, fact.index, *state));
        }
    }
    all.sort_unstable_by_key(|(captured, index, _)| (*captured, *index));
    let Some((_, capture, state)) = all.last().copied() else {
        return Ok(None);
    };
    let same = all.iter().rev().take_while(|(_, _, found)| *found == state);
    let since = same.last().map_or(capture, |(_, first, _)| *first);
    Ok(Some(LookedFor {
        evidence,
        capture,
        since,
        state,
    }))
}

/// What may quote a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoting {
    /// Every form of the source.
    pub forms: BTreeSet<EntryIndex>,
    /// Evidence from it that quotes, and relations of it.
    pub statements: BTreeSet<EntryIndex>,
}

/// The statements of `organisation` that may quote a source, for which its next capture looks: all but those that were
/// withdrawn, which nothing may name. A relation may quote nothing, or its other end.
pub fn quoting<V: View>(
    reading: &Reading<'_, V>,
    source: EntryIndex,
    organisation: EntryIndex,
) -> Result<Quoting, V::Error> {
    let forms = reading.lineage(source)?;
    let mut statements = BTreeSet::new();
    for form in &forms {
        for link in [Link::Quoted, Link::Relation, Link::RelatedTo] {
            for fact in reading.under(*form, link)? {
                let quotes = match &fact.says {
                    Says::Evidence { text, .. } => text.is_some(),
                    _ => true,
                };
                if quotes
                    && fact.by.organisation == organisation
                    && reading.withdrawn_by(fact.index)?.is_none()
                {
                    statements.insert(fact.index);
                }
            }
        }
    }
    Ok(Quoting { forms, statements })
}

/// The transcript on which the quotation of a piece of evidence rests, if it rests on one.
pub fn transcript<V: View>(
    reading: &Reading<'_, V>,
    evidence: &StatementFact,
) -> Result<Option<EntryIndex>, V::Error> {
    let Says::Evidence {
        source: Some(source),
        text: Some(text),
        ..
    } = &evidence.says
    else {
        return Ok(None);
    };
    let by = (evidence.by.organisation, evidence.index);
    transcript_with(reading, *source, text, by)
}

/// The transcript on which a quotation of this text of a source rests: only where no capture of the source that stands has
/// the text. Of several transcripts with this text it is the first before the quotation by its own organisation, else the
/// first. `by` is the organisation that quotes, and where.
pub fn transcript_with<V: View>(
    reading: &Reading<'_, V>,
    source: EntryIndex,
    text: &Digest,
    (organisation, before): (EntryIndex, EntryIndex),
) -> Result<Option<EntryIndex>, V::Error> {
    let mut transcripts = Vec::new();
    for form in reading.lineage(source)? {
        if has_text(reading, form, text)? {
            return Ok(None);
        }
        for fact in reading.under(form, Link::Transcript)? {
            if matches!(&fact.says, Says::Transcript { text: made, .. } if **made == *text) {
                transcripts.push(fact);
            }
        }
    }
    transcripts.sort_by_key(|fact| fact.index);
    let own = transcripts
        .iter()
        .find(|fact| fact.by.organisation == organisation && fact.index < before);
    Ok(own.or(transcripts.first()).map(|fact| fact.index))
}

/// Whether bytes that a form of a source brought, or a capture of it that stands, have this text.
fn has_text<V: View>(
    reading: &Reading<'_, V>,
    form: EntryIndex,
    text: &Digest,
) -> Result<bool, V::Error> {
    if let Some(fact) = reading.entry(form)?
        && matches!(&fact.says, Says::Source(source) if source.text.as_ref() == Some(text))
        && reading.is_trusted(&fact)?
    {
        return Ok(true);
    }
    for fact in reading.under(form, Link::Capture)? {
        if matches!(&fact.says, Says::Capture { text: Some(of), .. } if **of == *text)
            && reading.stands(fact.index)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}
