//! What others signed about a verdict, in which role, and which interests they declare.

use super::pages::{Pages, SignedBy};
use crate::app::Error;
use crate::app::read::standing_line::StandingLine;
use crate::app::read::theirs::perhaps;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::Body;
use claimledger_core::model::attestation::Decision;
use claimledger_core::model::verdict::ConflictOfInterest;
use claimledger_core::rules::Link;
use serde::Serialize;

/// What somebody says about their interests in the matter. A declared text is never put into the program's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Interests {
    /// They say nothing about it.
    NotSaid,
    /// They declare that they have none.
    None,
    /// They declare these, in their own words.
    Declared(Foreign),
    /// They declare some in a sealed text, which nobody can read here.
    Sealed,
}

impl From<Option<&ConflictOfInterest>> for Interests {
    fn from(conflict: Option<&ConflictOfInterest>) -> Self {
        match conflict {
            None => Self::NotSaid,
            Some(ConflictOfInterest::None) => Self::None,
            Some(ConflictOfInterest::Declared(text)) => text
                .words()
                .map_or(Self::Sealed, |words| Self::Declared(words.into())),
        }
    }
}

/// An opinion on a verdict.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Opinion {
    /// Its entry.
    pub entry: EntryIndex,
    /// Who signed it.
    pub by: SignedBy,
    /// What they decided.
    pub decision: Decision,
    /// Their interests in the matter.
    pub interests: Interests,
    /// Why this approval waives the required origins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exemption: Option<Foreign>,
    /// Their remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Foreign>,
    /// How it stands, with the reason if it does not count.
    pub standing: StandingLine,
}

/// The opinions on the verdict of an entry, oldest first, with those that were replaced or do not count.
pub fn on(pages: &Pages<'_>, verdict: EntryIndex) -> Result<Vec<Opinion>, Error> {
    let mut all = Vec::new();
    for fact in pages.reading().under(verdict, Link::Attestation)? {
        let said = pages.said(fact.index)?;
        if let Body::VerdictAttest(attest) = &said.body {
            all.push(Opinion {
                entry: fact.index,
                by: pages.signed(fact.index)?,
                decision: attest.decision,
                interests: Interests::from(attest.conflict.as_ref()),
                exemption: perhaps(attest.exemption.as_ref()),
                note: perhaps(attest.note.as_ref()),
                standing: pages.stands(fact.index)?,
            });
        }
    }
    Ok(all)
}
