//! Extracts the text of a snapshot again: at the door, and in the audit.
//!
//! A statement names the extractor, its revision and its parameters. A text by another extractor is no text of ours: at the
//! door it is refused, in the audit its quotations are looked for in what we extract ourselves.

use super::capture::{Choices, extract_from};
use super::pdf::PdfReader;
use super::text::Extraction;
use super::{Error, charset, html, media, pdf, warc};
use claimledger_core::audit::texts::{TextAgain, Texts, folded};
use claimledger_core::crypto::sha256;
use claimledger_core::log::ReadSeek;
use claimledger_core::model::snapshot::Snapshot;

/// This program's extractors.
#[derive(Debug, Clone, Default)]
pub struct Extractors {
    /// Reads PDF files; without it they have no text.
    pub pdf: Option<PdfReader>,
}

/// How an extractor that a statement names stands to ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Revision {
    /// The one that this program has.
    Current,
    /// An earlier one of this program's own.
    Earlier,
    /// Another program's, or a newer one.
    Unknown,
}

/// The revisions that this program had before, whose texts it takes without comparing them. Then each quotation must be in
/// what it extracts itself: an offline week must not fail because the other side was upgraded.
const EARLIER: &[&str] = &[];

impl Extractors {
    /// What these bytes give now.
    fn again(&self, snapshot: &Snapshot, bytes: &mut dyn ReadSeek) -> std::io::Result<Extraction> {
        let text = snapshot.text.as_ref();
        let coding = snapshot.fetched.as_ref().and_then(|fetched| {
            let mut fields = fetched.headers.iter().filter_map(|line| line.words());
            fields.find_map(|line| Some(line.strip_prefix("content-encoding:")?.trim().to_owned()))
        });
        let choices = Choices {
            page: text
                .and_then(|text| text.page.as_ref())
                .map(|page| page.as_str()),
            coding: coding.as_deref(),
            charset: text
                .and_then(|text| text.charset.as_ref())
                .and_then(|charset| charset.name.words()),
        };
        extract_from(
            bytes,
            snapshot.media_type.as_str(),
            &choices,
            self.pdf.as_ref(),
        )
    }

    /// Refuses a snapshot whose text is not what its extractor finds in the bytes, or whose extractor is not known here.
    pub fn check(&self, snapshot: &Snapshot, bytes: &mut dyn ReadSeek) -> Result<(), Error> {
        let Some(text) = &snapshot.text else {
            return Ok(());
        };
        let extractor = text.extractor.words().unwrap_or_default();
        match revision(extractor, EARLIER) {
            Revision::Unknown => Err(Error::UnknownExtractor {
                extractor: text.extractor.to_string(),
            }),
            Revision::Earlier => Ok(()),
            Revision::Current => match self.again(snapshot, bytes).map_err(reading)? {
                Extraction::Extracted {
                    text: found,
                    extractor: by,
                    ..
                } if by == extractor && sha256(&[found.as_bytes()]) == text.sha256 => Ok(()),
                Extraction::Failed(why) => Err(Error::TextDiffers {
                    digest: text.sha256,
                    why,
                }),
                _ => Err(Error::TextDiffers {
                    digest: text.sha256,
                    why: "the extractor finds another text".to_owned(),
                }),
            },
        }
    }

    /// Refuses a quotation of a text by an earlier revision if it is not in what these bytes give now. White space is
    /// compared as single spaces.
    pub fn check_quotation(
        &self,
        snapshot: &Snapshot,
        quote: &str,
        bytes: &mut dyn ReadSeek,
    ) -> Result<(), Error> {
        let extractor = snapshot
            .text
            .as_ref()
            .and_then(|text| text.extractor.words());
        if extractor.is_none_or(|name| revision(name, EARLIER) != Revision::Earlier) {
            return Ok(());
        }
        match self.again(snapshot, bytes).map_err(reading)? {
            Extraction::Extracted { text, .. } if folded(&text).contains(&folded(quote)) => Ok(()),
            _ => Err(Error::NotFound {
                quote: quote.to_owned(),
                nearest: None,
            }),
        }
    }
}

fn reading(error: std::io::Error) -> Error {
    crate::host::Error::io("reading", std::path::Path::new("the snapshot"), error).into()
}

impl Texts for Extractors {
    fn extract(&self, snapshot: &Snapshot, bytes: &mut dyn ReadSeek) -> TextAgain {
        let named = snapshot
            .text
            .as_ref()
            .and_then(|text| text.extractor.words());
        match self.again(snapshot, bytes) {
            Ok(Extraction::Extracted {
                text, extractor, ..
            }) => {
                if named == Some(&extractor) {
                    TextAgain::SameRevision(text)
                } else {
                    TextAgain::OtherRevision(text)
                }
            }
            Ok(Extraction::Own) => TextAgain::Nothing,
            Ok(Extraction::Failed(_) | Extraction::NotText) | Err(_) => TextAgain::Nothing,
        }
    }
}

fn revision(extractor: &str, earlier: &[&str]) -> Revision {
    if current().iter().any(|name| name == extractor) {
        Revision::Current
    } else if earlier.contains(&extractor) {
        Revision::Earlier
    } else {
        Revision::Unknown
    }
}

/// The names that this program writes.
fn current() -> Vec<String> {
    let of_pages = [charset::EXTRACTOR, html::EXTRACTOR, pdf::EXTRACTOR];
    let archives = [media::WARC, media::WACZ].iter().flat_map(|archive| {
        of_pages
            .iter()
            .map(|page| warc::in_archive(warc::archive_name(archive), page))
    });
    let alone = of_pages.iter().map(|name| (*name).to_owned());
    alone.chain(archives).collect()
}
