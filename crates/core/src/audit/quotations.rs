//! Compares words with texts: excerpts, and what captures say of earlier quotations. Each text is read once.

use super::finding::Finding;
use super::report::{CheckCounts, NotChecked};
use super::snapshots::BytesCheck;
use crate::crypto::Digest;
use crate::log::excerpts::{self, ExcerptCheck, HeldText};
use crate::log::{self, ReadError, ReadSeek, quotations};
use crate::model::excerpt::Excerpt;
use crate::model::source::Quotation;
use crate::model::{Body, StatementId};
use crate::tlog::EntryIndex;
use std::collections::BTreeMap;

/// Excerpts and captures, collected during the replay.
#[derive(Debug, Clone, Default)]
pub struct Quotations {
    excerpts: BTreeMap<StatementId, (EntryIndex, Excerpt)>,
    /// What each capture says, with the digest of its text.
    captures: Vec<(EntryIndex, Digest, Vec<Quotation>)>,
}

impl Quotations {
    /// Collects what an admitted statement quotes, or says of quotations.
    pub fn gather(&mut self, entry: EntryIndex, id: StatementId, body: &Body) {
        if let Some(excerpt) = excerpts::excerpt_in(body) {
            self.excerpts.insert(id, (entry, excerpt.clone()));
        }
        if let Body::SourceCapture(capture) = body
            && let Some(text) = capture.snapshot.text_blob()
            && !capture.quotations.is_empty()
        {
            let said = capture.quotations.clone();
            self.captures.push((entry, text, said));
        }
    }

    /// What is to be compared, by text.
    pub fn comparison(&self) -> Comparison<'_> {
        let mut open: BTreeMap<Digest, OfText<'_>> = BTreeMap::new();
        for (entry, excerpt) in self.excerpts.values() {
            let of_text = open.entry(excerpt.text).or_default();
            of_text.excerpts.push((*entry, excerpt));
        }
        for (entry, text, quotations) in &self.captures {
            let said = quotations.iter().map(|said| {
                let quoting = self.excerpts.get(&said.statement);
                (*entry, said, quoting.map(|(_, excerpt)| excerpt))
            });
            open.entry(*text).or_default().said.extend(said);
        }
        Comparison {
            open,
            excerpts_open: 0,
            said_open: 0,
        }
    }

    /// The words that are quoted from each text, where they are not sealed.
    pub fn words_by_text(&self) -> BTreeMap<Digest, Vec<&str>> {
        let mut quoted: BTreeMap<Digest, Vec<&str>> = BTreeMap::new();
        for (_, excerpt) in self.excerpts.values() {
            let of_text = quoted.entry(excerpt.text).or_default();
            of_text.extend(excerpt.quote.words());
        }
        quoted
    }
}

/// What is to be compared with one text.
#[derive(Default)]
struct OfText<'a> {
    excerpts: Vec<(EntryIndex, &'a Excerpt)>,
    /// What a capture says, with the excerpt of the statement that it names.
    said: Vec<(EntryIndex, &'a Quotation, Option<&'a Excerpt>)>,
}

/// The comparison, text by text.
pub struct Comparison<'a> {
    open: BTreeMap<Digest, OfText<'a>>,
    excerpts_open: u64,
    said_open: u64,
}

impl BytesCheck for Comparison<'_> {
    fn check(
        &mut self,
        digest: &Digest,
        bytes: &mut dyn ReadSeek,
        checked: &mut CheckCounts,
        findings: &mut Vec<Finding>,
    ) -> Result<(), log::Error> {
        let Some(of_text) = self.open.remove(digest) else {
            return Ok(());
        };
        let held = HeldText::read::<ReadError, _>(digest, |_| Ok(Some(bytes)))?;
        for (entry, excerpt) in of_text.excerpts {
            match excerpts::compare(excerpt, &held) {
                ExcerptCheck::CannotTell => self.excerpts_open += 1,
                ExcerptCheck::Holds => checked.excerpts += 1,
                ExcerptCheck::Fails(error) => {
                    checked.excerpts += 1;
                    findings.push(Finding::in_entry(error.code(), entry, error.to_string()));
                }
            }
        }
        for (entry, said, excerpt) in of_text.said {
            let HeldText::Text(text) = &held else {
                self.said_open += 1;
                continue;
            };
            match quotations::compare(text, excerpt, said) {
                Ok(false) => self.said_open += 1,
                Ok(true) => checked.looked_for += 1,
                Err(misstated) => {
                    checked.looked_for += 1;
                    let (code, message) = (misstated.code(), misstated.message());
                    findings.push(Finding::in_entry(code, entry, message));
                }
            }
        }
        Ok(())
    }
}

impl Comparison<'_> {
    /// What could not be compared.
    pub fn finish(self, not_checked: &mut Vec<NotChecked>) {
        let (mut excerpts, mut said) = (self.excerpts_open, self.said_open);
        for of_text in self.open.values() {
            excerpts += of_text.excerpts.len() as u64;
            said += of_text.said.len() as u64;
        }
        for (what, count) in [
            ("excerpts", excerpts),
            ("quotations that later captures looked for", said),
        ] {
            if count > 0 {
                not_checked.push(NotChecked {
                    what: what.to_owned(),
                    count,
                    why: "their text is not in this copy, or the quotation is sealed".to_owned(),
                });
            }
        }
    }
}
