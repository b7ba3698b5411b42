//! Recorded reviews in a list: whose each is, how it rated the claim, when and where it was published.

use super::line::Line;
use super::listed::{Listed, Which};
use super::show;
use crate::app::{Error, Session};
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::{Body, FreeText, StatementType};
use claimledger_core::rules::View as _;
use claimledger_core::{EntryIndex, Message};
use serde::Serialize;

/// A recorded review in a list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReviewRow {
    /// Its entry.
    #[serde(flatten)]
    pub line: Line,
    /// The claim that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<EntryIndex>,
    /// The organisation, as it names itself.
    pub author: Message,
    /// The rating's label, as it is spelled.
    pub label: Message,
    /// The rating's number, as it is spelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Message>,
    /// The best number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<Message>,
    /// The worst number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worst: Option<Message>,
    /// The language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The date, as it is spelled; empty if there is none.
    pub published: Message,
    /// The claim's words in the review.
    #[serde(rename = "claimText")]
    pub words: Message,
    /// Where it was published.
    pub url: String,
}

/// The recorded reviews that are asked for, oldest first.
///
/// # Errors
///
/// Those of reading the ledger.
pub fn list(session: &Session, which: Which) -> Result<Listed<ReviewRow>, Error> {
    let listed = show::list(session, StatementType::ReviewRecord, which)?;
    let mut found = Vec::new();
    for line in listed.found {
        let statement = session.statement_once(line.index)?;
        let Body::ReviewRecord(review) = &statement.body else {
            continue;
        };
        let claim = review.claim.map(|id| session.view().statement(&id));
        found.push(ReviewRow {
            claim: claim.transpose()?.flatten().map(|fact| fact.index),
            author: shown(&review.author),
            label: shown(&review.rating.label),
            value: review.rating.value.as_ref().map(shown),
            best: review.rating.best.as_ref().map(shown),
            worst: review.rating.worst.as_ref().map(shown),
            language: review.language.as_ref().map(ToString::to_string),
            published: review.published.as_ref().map(shown).unwrap_or_default(),
            words: shown(&review.claim_text),
            url: review.url.to_string(),
            line,
        });
    }
    Ok(Listed {
        found,
        not_shown: listed.not_shown,
    })
}

fn shown<const MAX: usize>(text: &FreeText<MAX, true>) -> Message {
    match text.words() {
        Some(words) => Foreign::from(words).into(),
        None => "sealed".into(),
    }
}
