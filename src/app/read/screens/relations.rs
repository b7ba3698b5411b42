//! How claims relate to claims, and sources to sources.

use super::evidence::{TranscriptLine, transcript_of};
use super::form::{self, ClaimForm};
use super::pages::{Pages, SignedBy};
use super::source_line::{self, SourceLine};
use crate::app::Error;
use crate::app::read::standing_line::StandingLine;
use crate::app::read::theirs::theirs;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::relation::{Basis, ClaimRelation, SourceRelation};
use claimledger_core::model::{Body, Reference};
use claimledger_core::rules::Link;
use serde::Serialize;
use std::collections::BTreeSet;

/// A claim that relates to the one on the screen.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimRelated {
    /// The statement that says so.
    pub entry: EntryIndex,
    /// How; from the claim on the screen to the other one, unless `reversed`.
    pub relation: ClaimRelation,
    /// Whether it is the other claim that relates to this one.
    pub reversed: bool,
    /// The other claim; absent if it is in another ledger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<ClaimForm>,
    /// The claim of another ledger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<String>,
    /// How the relation stands.
    pub standing: StandingLine,
}

/// A source that relates to the one on the screen.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SourceRelated {
    /// The statement that says so.
    pub entry: EntryIndex,
    /// How the dependent source relates to the one that it depends on.
    pub relation: SourceRelation,
    /// Whether the source on the screen is the one on which the other depends.
    pub reversed: bool,
    /// The other source.
    pub other: SourceLine,
    /// The claim for which alone it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<EntryIndex>,
    /// Whether it is known by a quotation from the dependent source.
    #[serde(skip)]
    pub is_quoted: bool,
    /// How it is known: a reason or a quotation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_by: Option<Foreign>,
    /// If a quotation from a transcript states it: whose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transcript: Option<TranscriptLine>,
    /// If the texts overlap: the share in thousandths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overlap: Option<u64>,
    /// Who signed it.
    pub by: SignedBy,
    /// How the relation stands.
    pub standing: StandingLine,
}

/// How a claim relates to others, oldest first.
pub fn of_claim(pages: &Pages<'_>, claim: EntryIndex) -> Result<Vec<ClaimRelated>, Error> {
    let mut all = Vec::new();
    for fact in pages.reading().under(claim, Link::ClaimRelation)? {
        let said = pages.said(fact.index)?;
        let Body::ClaimRelate(relate) = &said.body else {
            continue;
        };
        let from = pages.place(&relate.from)?;
        let (other, elsewhere) = match &relate.to {
            _ if from != claim => (form::form(pages, from)?, None),
            Reference::Here(to) => (form::form(pages, pages.place(to)?)?, None),
            elsewhere @ Reference::Elsewhere(..) => (None, Some(elsewhere.to_string())),
        };
        all.push(ClaimRelated {
            entry: fact.index,
            relation: relate.relation,
            reversed: from != claim,
            other,
            elsewhere,
            standing: pages.stands(fact.index)?,
        });
    }
    Ok(all)
}

/// How the forms of a source relate to other sources, oldest first.
pub fn of_source(
    pages: &Pages<'_>,
    forms: &BTreeSet<EntryIndex>,
) -> Result<Vec<SourceRelated>, Error> {
    let mut entries = BTreeSet::new();
    for form in forms {
        for link in [Link::Relation, Link::RelatedTo] {
            let under = pages.reading().under(*form, link)?;
            entries.extend(under.iter().map(|fact| fact.index));
        }
    }
    let mut all = Vec::new();
    for entry in entries {
        let said = pages.said(entry)?;
        let Body::SourceRelate(relate) = &said.body else {
            continue;
        };
        let (from, to) = (pages.place(&relate.from)?, pages.place(&relate.to)?);
        let reversed = !forms.contains(&from);
        let claim = relate.claim.as_ref();
        let (known_by, overlap) = match &relate.basis {
            Basis::Judgement(why) => (Some(theirs(why)), None),
            Basis::Stated(excerpt) => (Some(theirs(&excerpt.quote)), None),
            Basis::TextOverlap(overlap) => (None, Some(overlap.permille)),
        };
        let transcript = match &relate.basis {
            Basis::Stated(excerpt) => transcript_of(pages, from, &excerpt.text, entry)?,
            _ => None,
        };
        all.push(SourceRelated {
            entry,
            relation: relate.relation,
            reversed,
            is_quoted: matches!(relate.basis, Basis::Stated(_)),
            other: source_line::shown(pages, if reversed { from } else { to })?,
            claim: claim.map(|id| pages.place(id)).transpose()?,
            known_by,
            transcript,
            overlap,
            by: pages.signed(entry)?,
            standing: pages.stands(entry)?,
        });
    }
    Ok(all)
}
