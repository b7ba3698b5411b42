//! Compares the texts that were extracted from snapshots with the bytes. The core has no extractors: the caller gives them.
//!
//! A text is its signer's word until somebody extracts it again. This is a finding about bytes, never a rule of admission:
//! whether an entry is admitted must not depend on what a machine can read.

use super::archive_proofs;
use super::finding::{Finding, code};
use super::report::{CheckCounts, NotChecked};
use super::snapshots::BytesCheck;
use crate::crypto::{Digest, sha256};
use crate::log::blobs::path_of;
use crate::log::{self, ReadError, ReadSeek};
use crate::message;
use crate::model::Body;
use crate::model::snapshot::{ArchiveProof, ExtractedText, Snapshot};
use crate::model::source::Capture;
use crate::tlog::EntryIndex;
use std::collections::BTreeMap;
use std::fmt::Debug;

/// Extracts the text of a snapshot again.
pub trait Texts: Debug + Send + Sync {
    /// The text of these bytes, with the parameters that `snapshot.text` records.
    fn extract(&self, snapshot: &Snapshot, bytes: &mut dyn ReadSeek) -> TextAgain;

    /// What a web archive proves of itself; `None` if that cannot be told here.
    fn archive_proofs(
        &self,
        _snapshot: &Snapshot,
        _bytes: &mut dyn ReadSeek,
    ) -> Option<Vec<ArchiveProof>> {
        None
    }
}

/// What extracting again gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextAgain {
    /// The text, by the very extractor and revision that the statement names.
    SameRevision(String),
    /// The text, by this program's own extractor for such bytes; the statement names another one, or another revision.
    OtherRevision(String),
    /// No text could be extracted here: no extractor, or a limit of time or memory was met.
    Nothing,
}

/// Extracted texts, collected during the replay.
#[derive(Debug, Clone, Default)]
pub struct ExtractedTexts {
    texts: Vec<(EntryIndex, Box<Snapshot>)>,
}

impl ExtractedTexts {
    /// Collects what an admitted statement says.
    pub fn gather(&mut self, entry: EntryIndex, body: &Body) {
        let snapshot = match body {
            Body::SourceAdd(source) => match &source.capture {
                Capture::Captured(snapshot) => Some(snapshot),
                Capture::NeverHeld(_) => None,
            },
            Body::SourceCapture(capture) => Some(&capture.snapshot),
            _ => None,
        };
        let looked_at =
            |snapshot: &&Snapshot| snapshot.text.is_some() || !snapshot.archive_proofs.is_empty();
        if let Some(snapshot) = snapshot.filter(looked_at) {
            self.texts.push((entry, Box::new(snapshot.clone())));
        }
    }

    /// What is to be extracted again. `quoted` are the words that are quoted from each text.
    pub fn extraction<'a>(
        &'a self,
        by: Option<&'a dyn Texts>,
        quoted: BTreeMap<Digest, Vec<&'a str>>,
    ) -> Extraction<'a> {
        let mut open: BTreeMap<Digest, Vec<(EntryIndex, &Snapshot)>> = BTreeMap::new();
        for (entry, snapshot) in &self.texts {
            let of_bytes = open.entry(snapshot.sha256).or_default();
            of_bytes.push((*entry, snapshot));
        }
        Extraction {
            by,
            open,
            quoted,
            unread: 0,
        }
    }
}

/// The extraction, snapshot by snapshot.
pub struct Extraction<'a> {
    by: Option<&'a dyn Texts>,
    /// By the digest of the bytes.
    open: BTreeMap<Digest, Vec<(EntryIndex, &'a Snapshot)>>,
    /// By the digest of the text. The quotations of a text are looked for once.
    quoted: BTreeMap<Digest, Vec<&'a str>>,
    unread: u64,
}

impl BytesCheck for Extraction<'_> {
    fn check(
        &mut self,
        digest: &Digest,
        bytes: &mut dyn ReadSeek,
        checked: &mut CheckCounts,
        findings: &mut Vec<Finding>,
    ) -> Result<(), log::Error> {
        let Some(by) = self.by else { return Ok(()) };
        for (entry, snapshot) in self.open.remove(digest).into_iter().flatten() {
            bytes
                .rewind()
                .map_err(|e| ReadError::cut_short(&path_of(digest), e))?;
            if !snapshot.archive_proofs.is_empty() {
                let found = by.archive_proofs(snapshot, bytes);
                findings
                    .extend(found.and_then(|found| archive_proofs::note(entry, snapshot, &found)));
                bytes
                    .rewind()
                    .map_err(|e| ReadError::cut_short(&path_of(digest), e))?;
            }
            let Some(text) = &snapshot.text else { continue };
            match by.extract(snapshot, bytes) {
                TextAgain::SameRevision(again) => {
                    checked.texts += 1;
                    if sha256(&[again.as_bytes()]) != text.sha256 {
                        findings.push(differs(entry, text));
                    }
                }
                TextAgain::OtherRevision(again) => {
                    let words = folded(&again);
                    let quoted = self.quoted.remove(&text.sha256);
                    for quotation in quoted.into_iter().flatten() {
                        if words.contains(&folded(quotation)) {
                            checked.quotations_found += 1;
                        } else {
                            checked.quotations_not_found += 1;
                        }
                    }
                }
                TextAgain::Nothing => self.unread += 1,
            }
        }
        Ok(())
    }
}

impl Extraction<'_> {
    /// What could not be extracted again.
    pub fn finish(self, not_checked: &mut Vec<NotChecked>) {
        let open = self.open.values().flatten();
        let open = open.filter(|(_, snapshot)| snapshot.text.is_some()).count() as u64;
        let why = match self.by {
            None => "this audit has no extractors",
            Some(_) => "their bytes are not in this copy",
        };
        for (count, why) in [
            (open, why),
            (self.unread, "no text could be extracted again here"),
        ] {
            if count > 0 {
                not_checked.push(NotChecked {
                    what: "extracted texts".to_owned(),
                    count,
                    why: why.to_owned(),
                });
            }
        }
    }
}

fn differs(entry: EntryIndex, text: &ExtractedText) -> Finding {
    let (extractor, sha256) = (&text.extractor, text.sha256);
    Finding::in_entry(
        code::TEXT_NOT_OF_BYTES,
        entry,
        message!(
            "{extractor} extracts another text from the bytes than the one that the entry records, {sha256}",
            extractor
        ),
    )
}

/// A text with every run of white space as one space: extractors differ in little else.
pub fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
