//! The screen of a piece of evidence: for which claim, the words in their context, and what rests on it.

use super::conclusion::{self, Conclusion};
use super::evidence::{self, EvidenceShown};
use super::form::{self, ClaimForm, Corrects};
use super::objections::{self, Objection};
use super::pages::Pages;
use crate::app::read::in_context::{InContext, in_context};
use crate::app::{Code, Error};
use claimledger_core::Code as Core;
use claimledger_core::EntryIndex;
use claimledger_core::model::evidence::Evidence;
use claimledger_core::model::excerpt::Excerpt;
use claimledger_core::rules::{Counting, Link};
use serde::Serialize;

/// A piece of evidence.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EvidenceScreen {
    /// The evidence.
    #[serde(flatten)]
    pub evidence: EvidenceShown,
    /// The claim that it names.
    pub claim_named: Option<ClaimForm>,
    /// What it corrects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Corrects>,
    /// The sentences around the quotation, if the text is here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<InContext>,
    /// The verdicts that rest on it.
    pub verdicts: Vec<Conclusion>,
    /// The objections to it.
    pub objections: Vec<Objection>,
}

/// The screen of the evidence of an entry.
pub fn screen(
    pages: &Pages<'_>,
    entry: EntryIndex,
    evidence: &Evidence,
) -> Result<Option<EvidenceScreen>, Error> {
    let counting = Counting::at(pages.reading(), pages.fact(entry)?.by.organisation)?;
    let Some(shown) = evidence::shown(pages, entry, &counting)? else {
        return Ok(None);
    };
    let resting = pages.reading().under(entry, Link::RestsOn)?;
    let verdicts = conclusion::all(pages, resting.iter().map(|fact| fact.index))?;
    Ok(Some(EvidenceScreen {
        claim_named: form::form(pages, shown.claim)?,
        corrects: form::corrects(pages, evidence.correction.as_ref())?,
        context: match &evidence.excerpt {
            Some(excerpt) => context(pages, excerpt)?,
            None => None,
        },
        verdicts,
        objections: objections::to(pages, entry)?,
        evidence: shown,
    }))
}

/// The sentences around an excerpt. A text that was altered or has other words is a matter for the audit; `show` notes it.
fn context(pages: &Pages<'_>, made: &Excerpt) -> Result<Option<InContext>, Error> {
    match in_context(pages.entries, made) {
        Err(e) if BROKEN.contains(&e.code()) => Ok(None),
        found => found,
    }
}

const BROKEN: [Code; 2] = [
    Code::Core(Core::SnapshotAltered),
    Code::Core(Core::ExcerptBroken),
];
