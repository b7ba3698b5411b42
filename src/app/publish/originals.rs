//! The markup from which reviews were recorded, out of the kept files.

use crate::app::record::import::PAGE_TIME;
use crate::app::{Error, Session};
use crate::extract::media;
use crate::formats::claimreview::{self, OriginalDocument};
use crate::formats::json::{MAX_VALUE_BYTES, VerbatimJson};
use crate::host;
use claimledger_core::EntryIndex;
use claimledger_core::crypto::{Digest, sha256};
use claimledger_core::log::blobs::path_of;
use claimledger_core::model::FreeText;
use claimledger_core::model::foreign::{Raw, Review};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

/// The recorded reviews of each file.
pub(super) type ByFile<'r> = BTreeMap<Digest, Vec<(EntryIndex, &'r Review)>>;

/// The markup of each review whose file is kept and not withheld, if it says what the record says.
pub(super) fn originals(
    session: &Session,
    files: &ByFile<'_>,
) -> Result<BTreeMap<EntryIndex, VerbatimJson>, Error> {
    let mut found = BTreeMap::new();
    for (digest, reviews) in files {
        let Some((_, first)) = reviews.first() else {
            continue;
        };
        let Some(document) = document(session, digest, &first.raw)? else {
            continue;
        };
        let places = document.places();
        for (entry, review) in reviews {
            let at = review.raw.at.as_ref().and_then(FreeText::words);
            let markup = at.and_then(|at| places.find(at));
            let markup = markup.filter(|markup| says_the_same(markup, review));
            found.extend(markup.map(|markup| (*entry, markup)));
        }
    }
    Ok(found)
}

fn document(
    session: &Session,
    digest: &Digest,
    raw: &Raw,
) -> Result<Option<OriginalDocument>, Error> {
    let limit = MAX_VALUE_BYTES as u64;
    if raw.bytes > limit || session.hides(digest)? {
        return Ok(None);
    }
    let is_page = media::is_page(&raw.media_type);
    let path = path_of(digest);
    let Some(kept) = session.reader().open(&path)? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    kept.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| host::Error::io("reading", Path::new(&path), e))?;
    // Bytes that were altered are nobody's markup; the audit says so.
    if sha256(&[&bytes]) != *digest {
        return Ok(None);
    }
    let text = claimreview::markup_text(&bytes, is_page, None);
    Ok(text
        .ok()
        .map(|text| OriginalDocument::read(&text, is_page, PAGE_TIME)))
}

/// Whether markup says what a record has of it. A file may have been read in another encoding than the one it declares.
fn says_the_same(markup: &VerbatimJson, review: &Review) -> bool {
    let read = claimreview::value(markup, "", "").into_iter().next();
    let Some(read) = read else {
        return false;
    };
    let rating = &review.rating;
    let given = [
        (&read.author, review.author.words()),
        (&read.claim, review.claim_text.words()),
        (&read.label, rating.label.words()),
        (&read.value, rating.value.as_ref().and_then(FreeText::words)),
        (&read.best, rating.best.as_ref().and_then(FreeText::words)),
        (&read.worst, rating.worst.as_ref().and_then(FreeText::words)),
        (
            &read.published,
            review.published.as_ref().and_then(FreeText::words),
        ),
    ];
    given
        .into_iter()
        .all(|(read, said)| said.is_none() || read.as_deref() == said)
}
