//! A capture of a source: when, by whom, how, and what is held of it.

use super::pages::{Pages, SignedBy};
use crate::app::Error;
use crate::app::read::standing_line::StandingLine;
use crate::app::read::theirs::{perhaps, theirs};
use claimledger_core::audit::archive_proofs;
use claimledger_core::crypto::Digest;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::Body;
use claimledger_core::model::snapshot::{Holding, Snapshot};
use claimledger_core::model::source::{Capture, Quotation, QuotationState};
use claimledger_core::rules::Link;
use claimledger_core::{EntryIndex, Message};
use serde::Serialize;
use std::collections::BTreeSet;

/// A capture of a source.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CaptureShown {
    /// The entry that brought it: the source itself, or a later capture.
    pub entry: EntryIndex,
    /// Who signed it.
    pub by: SignedBy,
    /// When the bytes were captured, by the signer's word.
    pub captured: String,
    /// Who captured them, if not the signer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured_by: Option<Foreign>,
    /// How.
    pub method: Foreign,
    /// The address from which the bytes came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched_from: Option<Foreign>,
    /// What the bytes are.
    pub media_type: Foreign,
    /// How many there are.
    pub bytes: u64,
    /// Their SHA-256.
    pub sha256: Digest,
    /// What is held of them.
    pub held: BytesHeld,
    /// Whether quotations can be taken from it, and why not.
    pub text: HasText,
    /// The page of a web archive that the text is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<Foreign>,
    /// What a web archive proves of itself, by the program that captured it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub archive_proofs: Vec<Message>,
    /// What a later capture found of earlier quotations: still there, moved, gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotations: Option<FoundAgain>,
    /// How it stands.
    pub standing: StandingLine,
}

/// How many earlier quotations a capture found.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FoundAgain {
    /// At the same position.
    pub there: usize,
    /// At another position.
    pub moved: usize,
    /// Nowhere.
    pub gone: usize,
}

/// What is held of the bytes of a capture.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum BytesHeld {
    /// The bytes are here.
    Here,
    /// They are held, and this copy does not have them.
    NotInThisCopy,
    /// They are held by the ledger; a dossier never has them.
    ByTheLedger,
    /// Only their digest was kept.
    DigestOnly,
    /// They are withheld, by that entry, for that reason.
    Withheld(EntryIndex, Foreign),
}

/// Whether a capture has a text.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum HasText {
    /// The bytes are the text.
    Plain,
    /// It was taken out of the bytes, by that program.
    TakenOut(Foreign),
    /// There is none, for that reason.
    Failed(Foreign),
    /// There is none.
    None,
}

/// The captures of all forms of a source, in the order of the log.
pub fn of(pages: &Pages<'_>, forms: &BTreeSet<EntryIndex>) -> Result<Vec<CaptureShown>, Error> {
    let mut entries = BTreeSet::new();
    for form in forms {
        entries.insert(*form);
        let later = pages.reading().under(*form, Link::Capture)?;
        entries.extend(later.iter().map(|fact| fact.index));
    }
    let mut all = Vec::new();
    for entry in entries {
        let said = pages.said(entry)?;
        match &said.body {
            Body::SourceAdd(source) => {
                if let Capture::Captured(snapshot) = &source.capture {
                    all.push(shown(pages, entry, snapshot, &[])?);
                }
            }
            Body::SourceCapture(capture) => {
                all.push(shown(pages, entry, &capture.snapshot, &capture.quotations)?);
            }
            _ => {}
        }
    }
    Ok(all)
}

/// The capture that an entry brought.
pub fn shown(
    pages: &Pages<'_>,
    entry: EntryIndex,
    snapshot: &Snapshot,
    quotations: &[Quotation],
) -> Result<CaptureShown, Error> {
    let count = |state| quotations.iter().filter(|one| one.state == state).count();
    Ok(CaptureShown {
        entry,
        by: pages.signed(entry)?,
        captured: snapshot.captured.to_string(),
        captured_by: perhaps(snapshot.captured_by.as_ref()),
        method: theirs(&snapshot.method),
        fetched_from: snapshot.fetched.as_ref().map(|f| f.url.as_str().into()),
        media_type: snapshot.media_type.as_str().into(),
        bytes: snapshot.bytes,
        sha256: snapshot.sha256,
        held: held(pages, snapshot)?,
        text: match (&snapshot.text, &snapshot.no_text) {
            (Some(text), _) => HasText::TakenOut(theirs(&text.extractor)),
            (None, Some(why)) => HasText::Failed(theirs(why)),
            (None, None) if snapshot.text_blob().is_some() => HasText::Plain,
            (None, None) => HasText::None,
        },
        page: snapshot
            .text
            .as_ref()
            .and_then(|text| Some(text.page.as_ref()?.as_str().into())),
        archive_proofs: snapshot
            .archive_proofs
            .iter()
            .map(archive_proofs::words)
            .collect(),
        quotations: (!quotations.is_empty()).then(|| FoundAgain {
            there: count(QuotationState::There),
            moved: count(QuotationState::Moved),
            gone: count(QuotationState::Gone),
        }),
        standing: pages.stands(entry)?,
    })
}

fn held(pages: &Pages<'_>, snapshot: &Snapshot) -> Result<BytesHeld, Error> {
    if let Some(by) = pages.entries.withheld(&snapshot.sha256)? {
        let reason = match &pages.said(by)?.body {
            Body::SnapshotWithhold(withhold) => theirs(&withhold.reason),
            _ => Foreign::default(),
        };
        return Ok(BytesHeld::Withheld(by, reason));
    }
    if snapshot.holding == Holding::HashOnly {
        return Ok(BytesHeld::DigestOnly);
    }
    Ok(match pages.entries.holds(&snapshot.sha256)? {
        Some(true) => BytesHeld::Here,
        Some(false) => BytesHeld::NotInThisCopy,
        None => BytesHeld::ByTheLedger,
    })
}
