//! Compares the texts that were extracted from snapshots with the bytes. The core has no extractors: the caller gives them.
//!
//! A text is its signer's word until somebody extracts it again. This is a finding about bytes, never a rule of admission:
//! whether an entry is admitted must not depend on what a machine can read.

use super::finding::{Finding, code};
use super::report::{CheckCounts, NotChecked};
use crate::crypto::{Digest, sha256};
use crate::log::blobs::{measure_within, path_of};
use crate::log::excerpts;
use crate::log::{self, ReadError, ReadSeek, Reader};
use crate::model::Body;
use crate::model::snapshot::{ExtractedText, Snapshot};
use crate::model::source::Capture;
use crate::tlog::EntryIndex;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

/// Extracts the text of a snapshot again.
pub trait Texts: Debug + Send + Sync {
    /// The text of these bytes, with the parameters that `snapshot.text` records.
    fn extract(&self, snapshot: &Snapshot, bytes: &mut dyn ReadSeek) -> TextAgain;
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

/// Extracted texts and the quotations of them, collected during the replay.
#[derive(Debug, Clone, Default)]
pub struct ExtractedTexts {
    texts: Vec<(EntryIndex, Box<Snapshot>)>,
    /// The quotations of each text, by its digest.
    quotations: BTreeMap<Digest, Vec<String>>,
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
        if let Some(snapshot) = snapshot.filter(|snapshot| snapshot.text.is_some()) {
            self.texts.push((entry, Box::new(snapshot.clone())));
        }
        if let Some(excerpt) = excerpts::excerpt_in(body)
            && let Some(words) = excerpt.quote.words()
        {
            let of_text = self.quotations.entry(excerpt.text).or_default();
            of_text.push(words.to_owned());
        }
    }

    /// Extracts each text again, where its bytes are here.
    pub fn check(
        &self,
        reader: &dyn Reader,
        by: Option<&dyn Texts>,
        checked: &mut CheckCounts,
        findings: &mut Vec<Finding>,
        not_checked: &mut Vec<NotChecked>,
    ) -> Result<(), log::Error> {
        let (mut without, mut absent, mut unread) = (0, 0, 0);
        let mut looked_for = BTreeSet::new();
        for (entry, snapshot) in &self.texts {
            let Some(text) = &snapshot.text else { continue };
            let Some(by) = by else {
                without += 1;
                continue;
            };
            let Some(mut bytes) = unaltered(reader, snapshot)? else {
                absent += 1;
                continue;
            };
            match by.extract(snapshot, &mut *bytes) {
                TextAgain::SameRevision(again) => {
                    checked.texts += 1;
                    if sha256(&[again.as_bytes()]) != text.sha256 {
                        findings.push(differs(*entry, text));
                    }
                }
                TextAgain::OtherRevision(again) if looked_for.insert(text.sha256) => {
                    let words = folded(&again);
                    let quotations = self.quotations.get(&text.sha256);
                    for quotation in quotations.into_iter().flatten() {
                        if words.contains(&folded(quotation)) {
                            checked.quotations_found += 1;
                        } else {
                            checked.quotations_not_found += 1;
                        }
                    }
                }
                TextAgain::OtherRevision(_) => {}
                TextAgain::Nothing => unread += 1,
            }
        }
        for (count, why) in [
            (without, "this audit has no extractors"),
            (absent, "their bytes are not in this copy"),
            (unread, "no text could be extracted again here"),
        ] {
            if count > 0 {
                not_checked.push(NotChecked {
                    what: "extracted texts".to_owned(),
                    count,
                    why: why.to_owned(),
                });
            }
        }
        Ok(())
    }
}

fn differs(entry: EntryIndex, text: &ExtractedText) -> Finding {
    Finding::in_entry(
        code::TEXT_NOT_OF_BYTES,
        entry,
        format!(
            "{} extracts another text from the bytes than the one that the entry records, {}",
            text.extractor, text.sha256
        ),
    )
}

/// The bytes of a snapshot, if they are here and have its digest. Altered bytes are a finding of their own. Nothing is read
/// past the length that the statement says.
fn unaltered(
    reader: &dyn Reader,
    snapshot: &Snapshot,
) -> Result<Option<Box<dyn ReadSeek>>, log::Error> {
    let name = path_of(&snapshot.sha256);
    let Some(mut file) = reader.open_within(&name, snapshot.bytes)? else {
        return Ok(None);
    };
    let cut_short = |e| ReadError::cut_short(&name, e);
    let found = measure_within(&mut file, snapshot.bytes).map_err(cut_short)?;
    if found.is_none_or(|(found, _)| found != snapshot.sha256) {
        return Ok(None);
    }
    file.rewind().map_err(cut_short)?;
    Ok(Some(file))
}

/// A text with every run of white space as one space: extractors differ in little else.
pub fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
