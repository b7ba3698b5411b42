//! Extracts the text of a snapshot again: at the door, and in the audit.
//!
//! A statement names the extractor, its revision and its parameters. A text by another extractor is no text of ours: at the
//! door it is refused, in the audit its quotations are looked for in what we extract ourselves.

use super::capture::{Choices, described, extract_from};
use super::{Error, Waiting};
use crate::extract::document::Extraction;
use crate::extract::formats::Format;
use crate::extract::reader::ReaderProcess;
use crate::extract::{charset, html, media, warc};
use claimledger_core::audit::texts::{TextAgain, Texts};
use claimledger_core::crypto::sha256;
use claimledger_core::encoding::name::Url;
use claimledger_core::log::ReadSeek;
use claimledger_core::model::snapshot::{ChosenBy, Snapshot};

/// This program's extractors.
#[derive(Debug, Clone, Default)]
pub struct Extractors {
    /// Reads formats like PDF; without it they have no text.
    pub reader: Option<ReaderProcess>,
}

impl Extractors {
    /// What these bytes give now.
    fn again(&self, snapshot: &Snapshot, bytes: &mut dyn ReadSeek) -> std::io::Result<Extraction> {
        let text = snapshot.text.as_ref();
        let coding = snapshot.fetched.as_ref().and_then(|fetched| {
            let mut fields = fetched.headers.iter().filter_map(|line| line.words());
            fields.find_map(|line| Some(line.strip_prefix("content-encoding:")?.trim().to_owned()))
        });
        let choices = Choices {
            page: text.and_then(|text| text.page.as_ref()).map(Url::as_str),
            coding: coding.as_deref(),
            charset: text
                .and_then(|text| text.charset.as_ref())
                .and_then(|charset| charset.name.words()),
        };
        extract_from(
            bytes,
            snapshot.media_type.as_str(),
            &choices,
            self.reader.as_ref(),
        )
    }

    /// The snapshot of these bytes with the text that this program finds in them now, which is put into `waiting`. None if that
    /// is what the snapshot says already, extractor and all.
    pub fn renew(
        &self,
        snapshot: &Snapshot,
        bytes: &mut dyn ReadSeek,
        waiting: &Waiting,
    ) -> Result<Option<Snapshot>, Error> {
        let found = self.again(snapshot, bytes).map_err(reading)?;
        let by_person = snapshot
            .text
            .as_ref()
            .and_then(|text| text.charset.as_ref())
            .is_some_and(|charset| charset.chosen_by == ChosenBy::Person);
        let described = described(found, by_person, &waiting.to_fill()?)?;
        let renewed = Snapshot {
            text: described.text,
            no_text: described.no_text,
            ..snapshot.clone()
        };
        renewed.check()?;
        Ok((renewed != *snapshot).then_some(renewed))
    }

    /// Refuses a snapshot whose text is not what its extractor finds in the bytes, or whose extractor is not known here.
    pub fn check(&self, snapshot: &Snapshot, bytes: &mut dyn ReadSeek) -> Result<(), Error> {
        let Some(text) = &snapshot.text else {
            return Ok(());
        };
        let extractor = text.extractor.words().unwrap_or_default();
        if !current().iter().any(|name| name == extractor) {
            return Err(Error::UnknownExtractor {
                extractor: extractor.to_owned(),
            });
        }
        let why = match self.again(snapshot, bytes).map_err(reading)? {
            Extraction::Extracted {
                text: found,
                extractor: by,
                ..
            } if by == extractor && sha256(&[found.as_bytes()]) == text.sha256 => return Ok(()),
            Extraction::Failed(why) => why,
            _ => "the extractor finds another text".to_owned(),
        };
        Err(Error::TextDiffers {
            digest: text.sha256,
            why,
        })
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
            Ok(Extraction::Own | Extraction::Failed(_) | Extraction::NotText) | Err(_) => {
                TextAgain::Nothing
            }
        }
    }
}

/// The names that this program writes.
fn current() -> Vec<String> {
    let in_a_process = Format::ALL.into_iter().map(Format::extractor);
    let of_pages: Vec<&str> = [charset::EXTRACTOR, html::EXTRACTOR]
        .into_iter()
        .chain(in_a_process)
        .collect();
    let archives = [media::WARC, media::WACZ].iter().flat_map(|archive| {
        of_pages
            .iter()
            .map(|page| warc::in_archive(warc::archive_name(archive), page))
    });
    let alone = of_pages.iter().map(|name| (*name).to_owned());
    alone.chain(archives).collect()
}
