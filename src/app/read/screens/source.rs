//! The screen of a source: what it is, what was kept of it, what was taken from it, and what depends on it.

use super::capture::{self, CaptureShown};
use super::conclusion::{self, Conclusion};
use super::depends;
use super::evidence::{self, EvidenceShown, TranscriptLine};
use super::form::{self, ClaimForm, Corrects};
use super::kind::{self, ClaimKind};
use super::objections::{self, Objection};
use super::pages::{Pages, SignedBy};
use super::relations::{self, SourceRelated};
use super::source_line::{self, SourceLine};
use crate::app::Error;
use crate::app::read::standing_line::StandingLine;
use crate::app::read::theirs::{perhaps, theirs};
use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::Body;
use claimledger_core::model::assessment::OriginKind;
use claimledger_core::model::source::{Capture, Source, Translator};
use claimledger_core::rules::{Counting, Link};
use serde::Serialize;
use std::collections::BTreeSet;

/// A source.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SourceScreen {
    /// This version of the source.
    #[serde(flatten)]
    pub line: SourceLine,
    /// Its authors, as named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Foreign>,
    /// Its language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Who or what translated it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translated_by: Option<TranslatorShown>,
    /// Why the source is not named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_named_because: Option<Foreign>,
    /// Further addresses of copies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub archived_at: Vec<Foreign>,
    /// What it corrects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Corrects>,
    /// Who added it.
    pub by: SignedBy,
    /// If it came without bytes: the source through which it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_through: Option<SourceLine>,
    /// If it came without bytes: how the signer knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub never_held_because: Option<Foreign>,
    /// Its captures, and those of its other versions.
    pub captures: Vec<CaptureShown>,
    /// What was written down of its bytes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transcripts: Vec<TranscriptLine>,
    /// The evidence taken from it.
    pub evidence: Vec<QuotedFor>,
    /// Evidence from other sources that names this one as where they have it from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub named_upstream: Vec<QuotedFor>,
    /// How it relates to other sources.
    pub relations: Vec<SourceRelated>,
    /// What it is to single claims.
    pub assessments: Vec<Assessed>,
    /// The claims that appeared in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimForm>,
    /// The verdicts that depend on it: see [`depends`].
    pub verdicts: Vec<Conclusion>,
    /// Its other versions, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_versions: Vec<SourceLine>,
    /// The objections to it.
    pub objections: Vec<Objection>,
}

/// Who or what translated a text.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum TranslatorShown {
    /// Software.
    Machine(Foreign),
    /// A person or office.
    Person(Foreign),
    /// It is not known.
    Unknown,
}

/// Evidence, with the words of the claim that it is about.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct QuotedFor {
    /// The evidence.
    #[serde(flatten)]
    pub evidence: EvidenceShown,
    /// The claim's words.
    pub claim_text: Foreign,
    /// What kind of claim it is: evidence for an utterance supports that it was said.
    #[serde(skip)]
    pub kind: Option<ClaimKind>,
}

/// What a source is to a claim.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Assessed {
    /// The entry that says so.
    pub entry: EntryIndex,
    /// What it is.
    pub assessment: OriginKind,
    /// To which claim.
    pub claim: EntryIndex,
    /// The claim's words.
    pub claim_text: Foreign,
    /// How that is known.
    pub how: Foreign,
    /// Who signed it.
    pub by: SignedBy,
    /// How it stands.
    pub standing: StandingLine,
}

/// The screen of the source of an entry.
pub fn screen(
    pages: &Pages<'_>,
    entry: EntryIndex,
    source: &Source,
) -> Result<SourceScreen, Error> {
    let reading = pages.reading();
    let organisation = pages.fact(entry)?.by.organisation;
    let counting = Counting::at(reading, organisation)?;
    let mut forms = reading.lineage(entry)?;
    forms.retain(|form| pages.size().contains(*form));
    let (known_through, never_held_because) = match &source.capture {
        Capture::Captured(_) => (None, None),
        Capture::NeverHeld(never) => {
            let through = never.known_through.as_ref();
            let through = through.map(|id| source_line::shown(pages, pages.place(id)?));
            let reason = perhaps(never.reason.as_ref());
            (through.transpose()?, reason)
        }
    };
    let quoted = under(pages, &forms, Link::Quoted)?;
    let others = forms.iter().filter(|form| **form != entry);
    let others = others.map(|form| source_line::shown(pages, *form));
    let claims = under(pages, &forms, Link::Appearance)?.into_iter();
    let claims = claims.map(|claim| form::form(pages, claim));
    let claims: Vec<Option<ClaimForm>> = claims.collect::<Result<_, Error>>()?;
    let mut transcripts = Vec::new();
    for transcript in under(pages, &forms, Link::Transcript)? {
        transcripts.extend(evidence::transcript_line(pages, transcript)?);
    }
    Ok(SourceScreen {
        line: source_line::shown(pages, entry)?,
        authors: source.authors.iter().map(theirs).collect(),
        language: source.language.as_ref().map(ToString::to_string),
        translated_by: source.translated_by.as_ref().map(translator),
        not_named_because: perhaps(source.unnamed.as_ref()),
        archived_at: source
            .archived_at
            .iter()
            .map(|at| at.as_str().into())
            .collect(),
        corrects: form::corrects(pages, source.correction.as_ref())?,
        by: pages.signed(entry)?,
        known_through,
        never_held_because,
        captures: capture::of(pages, &forms)?,
        transcripts,
        verdicts: conclusion::all(pages, depends::verdicts(pages, &forms)?)?,
        evidence: quoted_for(pages, quoted, &counting)?,
        named_upstream: quoted_for(pages, under(pages, &forms, Link::Via)?, &counting)?,
        relations: relations::of_source(pages, &forms)?,
        assessments: assessed(pages, &forms)?,
        claims: claims.into_iter().flatten().collect(),
        other_versions: others.collect::<Result<_, Error>>()?,
        objections: objections::to(pages, entry)?,
    })
}

fn translator(translator: &Translator) -> TranslatorShown {
    match translator {
        Translator::Machine(name) => TranslatorShown::Machine(theirs(name)),
        Translator::Person(name) => TranslatorShown::Person(theirs(name)),
        Translator::Unknown => TranslatorShown::Unknown,
    }
}

/// The entries linked to any form in this way.
fn under(
    pages: &Pages<'_>,
    forms: &BTreeSet<EntryIndex>,
    link: Link,
) -> Result<BTreeSet<EntryIndex>, Error> {
    let mut found = BTreeSet::new();
    for form in forms {
        let under = pages.reading().under(*form, link)?;
        found.extend(under.iter().map(|fact| fact.index));
    }
    Ok(found)
}

fn quoted_for(
    pages: &Pages<'_>,
    entries: BTreeSet<EntryIndex>,
    counting: &Counting,
) -> Result<Vec<QuotedFor>, Error> {
    let mut all = Vec::new();
    for entry in entries {
        if let Some(evidence) = evidence::shown(pages, entry, counting)? {
            let claim_text = claim_text(pages, evidence.claim)?;
            all.push(QuotedFor {
                kind: kind::of(pages, evidence.claim)?,
                evidence,
                claim_text,
            });
        }
    }
    Ok(all)
}

fn claim_text(pages: &Pages<'_>, claim: EntryIndex) -> Result<Foreign, Error> {
    Ok(match &pages.said(claim)?.body {
        Body::ClaimAdd(claim) => theirs(&claim.text),
        _ => Foreign::default(),
    })
}

fn assessed(pages: &Pages<'_>, forms: &BTreeSet<EntryIndex>) -> Result<Vec<Assessed>, Error> {
    let mut all = Vec::new();
    for entry in under(pages, forms, Link::Assessed)? {
        if let Body::OriginAssess(assess) = &pages.said(entry)?.body {
            let claim = pages.place(&assess.claim)?;
            all.push(Assessed {
                entry,
                assessment: assess.assessment,
                claim,
                claim_text: claim_text(pages, claim)?,
                how: theirs(&assess.how),
                by: pages.signed(entry)?,
                standing: pages.stands(entry)?,
            });
        }
    }
    Ok(all)
}
