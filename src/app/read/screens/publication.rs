//! Where a verdict was published, and whose word that is.

use super::pages::{Pages, SignedBy};
use crate::app::Error;
use crate::app::read::standing_line::StandingLine;
use crate::app::read::theirs::perhaps;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::Body;
use claimledger_core::rules::{self, Link};
use serde::Serialize;

/// A publication of a verdict.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Publication {
    /// Its entry.
    pub entry: EntryIndex,
    /// Where.
    pub url: Foreign,
    /// When.
    pub published: String,
    /// Who says so.
    pub by: SignedBy,
    /// Whose word it is.
    pub word: PublishersWord,
    /// Why it was published although it was not the current approved verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub despite: Option<Foreign>,
    /// How it stands.
    pub standing: StandingLine,
}

/// Whose word a publication is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum PublishersWord {
    /// That of the verdict's own organisation.
    Own,
    /// It is the address of the review that the verdict adopts.
    Adopted,
    /// That of an organisation that the policy lists.
    Listed,
    /// That of another organisation: it says so, and no more.
    Other,
}

/// The publications of the verdict of an entry, oldest first.
pub fn of(pages: &Pages<'_>, verdict: EntryIndex) -> Result<Vec<Publication>, Error> {
    let own = pages.signed(verdict)?.organisation;
    let judged = rules::standing(pages.reading(), verdict)?;
    let counted = judged.map(|judged| judged.publications).unwrap_or_default();
    let adopted = counted.adopted.as_ref().map(|adopted| adopted.publication);
    let mut all = Vec::new();
    for fact in pages.reading().under(verdict, Link::Publication)? {
        let said = pages.said(fact.index)?;
        let Body::VerdictPublish(publish) = &said.body else {
            continue;
        };
        let by = pages.signed(fact.index)?;
        let house = by.organisation.clone();
        let word = if adopted == Some(fact.index) {
            PublishersWord::Adopted
        } else if house == own {
            PublishersWord::Own
        } else if counted.published.contains(&fact.index) {
            PublishersWord::Listed
        } else {
            PublishersWord::Other
        };
        all.push(Publication {
            entry: fact.index,
            url: publish.url.as_str().into(),
            published: publish.published.to_string(),
            by,
            word,
            despite: perhaps(publish.despite.as_ref()),
            standing: pages.stands(fact.index)?,
        });
    }
    Ok(all)
}
