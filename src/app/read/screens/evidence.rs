//! Evidence as people read it: stance, quotation, publisher, title, date, who added it, and how it stands.

use super::pages::{Pages, SignedBy};
use super::source_line::{self, SourceLine};
use crate::app::Error;
use crate::app::read::standing_line::StandingLine;
use crate::app::read::theirs::{perhaps, theirs};
use claimledger_core::EntryIndex;
use claimledger_core::crypto::Digest;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::Body;
use claimledger_core::model::evidence::Stance;
use claimledger_core::model::source::QuotationState;
use claimledger_core::rules::Counting;
use claimledger_core::rules::standing::{about as about_it, quotation};
use serde::Serialize;
use std::collections::BTreeSet;

/// A piece of evidence.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EvidenceShown {
    /// Its entry.
    pub entry: EntryIndex,
    /// Its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The claim that it names; another form of the claim whose screen this is, if that was corrected.
    pub claim: EntryIndex,
    /// What it does to the claim.
    pub stance: Stance,
    /// The words that say it. Absent: the source as a whole, or a search that found nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<Foreign>,
    /// If the quotation is from a transcript: whose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transcript: Option<TranscriptLine>,
    /// The source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceLine>,
    /// The sources that it names as its own sources in this passage.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<SourceLine>,
    /// Of a search that found nothing: where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub searched: Option<Foreign>,
    /// Of a search: on which day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub searched_on: Option<String>,
    /// The signer's remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Foreign>,
    /// Who added it.
    pub by: SignedBy,
    /// Whether it counts for the organisation for which the screen is shown.
    pub counts: bool,
    /// The capture since which its words are no longer in the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost_in: Option<EntryIndex>,
    /// How it stands.
    pub standing: StandingLine,
}

/// A transcript: the word of its maker and its signer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TranscriptLine {
    /// Its entry.
    pub entry: EntryIndex,
    /// Who wrote it down.
    pub by: Foreign,
    /// The tool that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool: Option<Foreign>,
    /// Who signed it.
    pub signed_by: SignedBy,
    /// How it stands.
    pub standing: StandingLine,
}

impl EvidenceShown {
    /// Whether it is part of what speaks for or against the claim now.
    pub fn is_live(&self) -> bool {
        self.standing.facts.is_live()
    }
}

/// The stances in the order in which people read them, each with its heading.
pub const STANCES: [(Stance, &str); 5] = [
    (Stance::Supports, "for the claim"),
    (Stance::Refutes, "against the claim"),
    (Stance::Mixed, "partly for, partly against"),
    (Stance::Context, "context"),
    (Stance::NotFound, "searched, nothing found"),
];

/// One piece of evidence, as the organisation reads it for which `counting` counts; none if the entry is no evidence.
pub fn shown(
    pages: &Pages<'_>,
    entry: EntryIndex,
    counting: &Counting,
) -> Result<Option<EvidenceShown>, Error> {
    let said = pages.said(entry)?;
    let Body::EvidenceAdd(evidence) = &said.body else {
        return Ok(None);
    };
    let fact = pages.fact(entry)?;
    let source = match &evidence.source {
        Some(id) => Some(source_line::shown(pages, pages.place(id)?)?),
        None => None,
    };
    let via = pages.places(&evidence.via)?.into_iter();
    let via = via.map(|source| source_line::shown(pages, source));
    let looked = quotation::looked_for(pages.reading(), entry, counting.organisation())?;
    let transcript = quotation::transcript(pages.reading(), &fact)?;
    Ok(Some(EvidenceShown {
        entry,
        label: pages.named(entry)?.label,
        claim: pages.place(&evidence.claim)?,
        stance: evidence.stance,
        quote: evidence.excerpt.as_ref().map(|e| theirs(&e.quote)),
        transcript: transcript
            .map(|entry| transcript_line(pages, entry))
            .transpose()?
            .flatten(),
        source,
        via: via.collect::<Result<_, Error>>()?,
        searched: perhaps(evidence.searched.as_ref()),
        searched_on: evidence.on.as_ref().map(ToString::to_string),
        note: perhaps(evidence.note.as_ref()),
        by: pages.signed(entry)?,
        counts: counting.counts(fact.by.organisation),
        lost_in: looked
            .filter(|looked| looked.state == QuotationState::Gone)
            .map(|looked| looked.since),
        standing: pages.stands(entry)?,
    }))
}

/// The transcript on which a quotation in the statement of `quoting` rests, if it rests on one.
pub fn transcript_of(
    pages: &Pages<'_>,
    source: EntryIndex,
    text: &Digest,
    quoting: EntryIndex,
) -> Result<Option<TranscriptLine>, Error> {
    let by = (pages.fact(quoting)?.by.organisation, quoting);
    let made = quotation::transcript_with(pages.reading(), source, text, by)?;
    let made = made.map(|made| transcript_line(pages, made));
    Ok(made.transpose()?.flatten())
}

/// A transcript in a line; none if the entry is none.
pub fn transcript_line(
    pages: &Pages<'_>,
    entry: EntryIndex,
) -> Result<Option<TranscriptLine>, Error> {
    let said = pages.said(entry)?;
    let Body::SourceTranscribe(transcript) = &said.body else {
        return Ok(None);
    };
    Ok(Some(TranscriptLine {
        entry,
        by: theirs(&transcript.by),
        tool: perhaps(transcript.tool.as_ref()),
        signed_by: pages.signed(entry)?,
        standing: pages.stands(entry)?,
    }))
}

/// All evidence about a form of a claim, by stance and then by entry.
pub fn about(
    pages: &Pages<'_>,
    form: EntryIndex,
    counting: &Counting,
) -> Result<Vec<EvidenceShown>, Error> {
    let entries = about_it::evidence(pages.reading(), form)?;
    all(pages, entries, counting)
}

/// The evidence of these entries, by stance and then by entry.
pub fn all(
    pages: &Pages<'_>,
    entries: impl IntoIterator<Item = EntryIndex>,
    counting: &Counting,
) -> Result<Vec<EvidenceShown>, Error> {
    let entries: BTreeSet<EntryIndex> = entries.into_iter().collect();
    let mut found = Vec::new();
    for entry in entries {
        found.extend(shown(pages, entry, counting)?);
    }
    found.sort_by_key(|one| (place(one.stance), one.entry));
    Ok(found)
}

fn place(stance: Stance) -> usize {
    let mut stances = STANCES.iter();
    stances.position(|(one, _)| *one == stance).unwrap_or(0)
}
