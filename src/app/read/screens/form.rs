//! One form of a claim, and what a statement corrects.

use super::pages::{Pages, SignedBy};
use crate::app::Error;
use crate::app::read::standing_line::StandingLine;
use crate::app::read::theirs::{perhaps, theirs};
use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::Body;
use claimledger_core::model::claim::Claim;
use claimledger_core::model::correction::{Correction, CorrectionKind};
use serde::Serialize;

/// One form of a claim.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimForm {
    /// Its entry.
    pub entry: EntryIndex,
    /// Its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its words.
    pub text: Foreign,
    /// What it corrects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Corrects>,
    /// Who recorded it.
    pub by: SignedBy,
    /// How it stands.
    pub standing: StandingLine,
}

/// What a statement corrects, and why.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Corrects {
    /// The entry that it corrects.
    pub entry: EntryIndex,
    /// How far it reaches.
    pub kind: CorrectionKind,
    /// What was wrong.
    pub was_wrong: Foreign,
    /// When the fault was reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported: Option<String>,
    /// Who noticed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noticed_by: Option<Foreign>,
}

/// One form of a claim; `None` if the entry is not a claim.
pub fn form(pages: &Pages<'_>, entry: EntryIndex) -> Result<Option<ClaimForm>, Error> {
    match &pages.said(entry)?.body {
        Body::ClaimAdd(claim) => written(pages, entry, claim).map(Some),
        _ => Ok(None),
    }
}

/// One form of a claim, of which the body is at hand.
pub fn written(pages: &Pages<'_>, entry: EntryIndex, claim: &Claim) -> Result<ClaimForm, Error> {
    let named = pages.named(entry)?;
    Ok(ClaimForm {
        entry,
        label: named.label,
        text: theirs(&claim.text),
        corrects: corrects(pages, claim.correction.as_ref())?,
        by: pages.signed(entry)?,
        standing: pages.stands(entry)?,
    })
}

/// What a correction corrects.
pub fn corrects(
    pages: &Pages<'_>,
    correction: Option<&Correction>,
) -> Result<Option<Corrects>, Error> {
    let Some(correction) = correction else {
        return Ok(None);
    };
    Ok(Some(Corrects {
        entry: pages.place(&correction.supersedes)?,
        kind: correction.kind,
        was_wrong: theirs(&correction.was_wrong),
        reported: correction.reported.as_ref().map(ToString::to_string),
        noticed_by: perhaps(correction.noticed_by.as_ref()),
    }))
}
