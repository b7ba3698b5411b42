//! Compares the quotations in a dossier with the texts that the file has.

use super::report::{ComparedQuotations, ProvenEntry};
use super::{Error, File};
use crate::crypto::Digest;
use crate::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use crate::encoding::text::decode_document;
use crate::log::excerpts::{ExcerptCheck, HeldText, compare, excerpt_in};
use std::collections::{BTreeMap, BTreeSet};

/// Compares each quotation with its text. Refuses a quotation that does not stand in its text, and a text that nothing in
/// the file quotes.
pub(super) fn check(file: &File, entries: &[ProvenEntry]) -> Result<ComparedQuotations, Error> {
    let mut found = ComparedQuotations::default();
    let mut held: BTreeMap<Digest, HeldText> = BTreeMap::new();
    for (digest, bytes) in &file.texts {
        held.insert(*digest, read(bytes));
    }
    let mut quoted: BTreeSet<Digest> = BTreeSet::new();
    for entry in entries {
        let Some(excerpt) = excerpt_in(&entry.statement.body) else {
            continue;
        };
        quoted.insert(excerpt.text);
        let Some(held) = held.get(&excerpt.text) else {
            found.without_text += 1;
            continue;
        };
        match compare(excerpt, held) {
            ExcerptCheck::Holds => found.compared += 1,
            ExcerptCheck::CannotTell => found.sealed += 1,
            ExcerptCheck::Fails(source) => {
                let index = entry.index;
                return Err(Error::Excerpt { index, source });
            }
        }
    }
    match file.texts.keys().find(|digest| !quoted.contains(digest)) {
        Some(digest) => Err(Error::StrayText { digest: *digest }),
        None => Ok(found),
    }
}

fn read(bytes: &[u8]) -> HeldText {
    let text = Some(bytes).filter(|bytes| bytes.len() as u64 <= MAX_TEXT_SOURCE_BYTES);
    text.and_then(|bytes| decode_document(bytes).ok())
        .map_or(HeldText::NoText, |text| HeldText::Text(text.into()))
}
