//! Extracts the text of a snapshot again: at the door, and in the audit.
//!
//! A statement names the extractor, its revision and its parameters. A text by another extractor is no text of ours: at the
//! door it is refused, in the audit its quotations are looked for in what we extract ourselves.

use super::capture::{self, Captured, Choices, described, extract_from};
use super::{Error, Waiting};
use crate::extract::document::Extraction;
use crate::extract::formats::Format;
use crate::extract::http::ContentType;
use crate::extract::reader::ReaderProcess;
use crate::extract::{archive, charset, html, media};
use claimledger_core::audit::texts::{TextAgain, Texts};
use claimledger_core::crypto::sha256;
use claimledger_core::encoding::name::{MediaType, Url};
use claimledger_core::log::ReadSeek;
use claimledger_core::model::snapshot::{ArchiveProof, ChosenBy, Snapshot};
use std::io::Read as _;

/// This program's extractors.
#[derive(Debug, Clone, Default)]
pub struct Extractors {
    /// Reads formats like PDF; without it they have no text.
    pub reader: Option<ReaderProcess>,
}

/// As what held bytes are to be read.
#[derive(Debug, Clone, Default)]
pub struct ReadAs {
    /// The media type, if a person gives it; else it is detected.
    pub media_type: Option<MediaType>,
    /// The encoding that the person gives with it.
    pub charset: Option<String>,
    /// For a web archive: the page in it; its main page by default.
    pub page: Option<Url>,
}

impl Extractors {
    /// What these bytes give now, with the parameters that the snapshot names.
    fn again(&self, snapshot: &Snapshot, bytes: &mut dyn ReadSeek) -> std::io::Result<Extraction> {
        let charset = snapshot.text.as_ref().and_then(|text| {
            let charset = text.charset.as_ref()?;
            charset.name.words().map(str::to_owned)
        });
        let text = snapshot.text.as_ref();
        let coding = capture::coding_in(header_fields(snapshot));
        let choices = Choices {
            page: text.and_then(|text| text.page.as_ref()).map(Url::as_str),
            coding: coding.as_deref(),
            charset: charset.as_deref(),
        };
        let media_type = snapshot.media_type.as_str();
        extract_from(bytes, media_type, &choices, self.reader.as_ref())
    }

    /// The snapshot of these bytes as this program reads them now, with its text put into `waiting`. What a person says of them
    /// counts; else what was declared, and the encoding that a person chose before. None if that is what the snapshot says
    /// already, extractor and all.
    ///
    /// # Errors
    ///
    /// Those of reading the bytes and of keeping the text.
    pub fn renew(
        &self,
        snapshot: &Snapshot,
        said: ReadAs,
        bytes: &mut dyn ReadSeek,
        waiting: &Waiting,
    ) -> Result<Option<Captured>, Error> {
        let mut head = Vec::new();
        let mut taken = (&mut *bytes).take(media::HEAD_BYTES as u64);
        taken.read_to_end(&mut head).map_err(reading)?;
        let chosen = || {
            let charset = snapshot.text.as_ref()?.charset.as_ref()?;
            let by_person = charset.chosen_by == ChosenBy::Person;
            charset.name.words().filter(|_| by_person)
        };
        let recorded = snapshot.media_type.as_str();
        let (media_type, by_person) = match said.media_type {
            Some(media_type) => (media_type, said.charset),
            None => (
                media::detect(&head, Some(recorded), None),
                chosen().map(str::to_owned),
            ),
        };
        let charset = by_person.clone().or_else(|| {
            let mut fields = header_fields(snapshot);
            let (_, declared) = fields.find(|(name, _)| *name == "content-type")?;
            ContentType::parse(declared).charset
        });
        let coding = capture::coding_in(header_fields(snapshot));
        let choices = Choices {
            page: said.page.as_ref().map(Url::as_str),
            coding: coding.as_deref(),
            charset: charset.as_deref(),
        };
        bytes.rewind().map_err(reading)?;
        let found = extract_from(bytes, media_type.as_str(), &choices, self.reader.as_ref());
        let found = found.map_err(reading)?;
        let quotable = matches!(found, Extraction::Own | Extraction::Extracted { .. });
        let described = described(found, by_person.is_some(), &waiting.to_fill()?)?;
        bytes.rewind().map_err(reading)?;
        let renewed = Snapshot {
            archive_proofs: capture::proofs_from(bytes, &media_type)?,
            media_type,
            text: described.text,
            no_text: described.no_text,
            ..snapshot.clone()
        };
        renewed.check()?;
        Ok((renewed != *snapshot).then_some(Captured {
            snapshot: renewed,
            quotable,
            decoding: described.decoding,
            // It was said when the bytes were kept.
            bent: None,
        }))
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

/// The fields of the server's response: name and value.
fn header_fields(snapshot: &Snapshot) -> impl Iterator<Item = (&str, &str)> {
    let headers = snapshot.fetched.iter().flat_map(|fetched| &fetched.headers);
    headers.filter_map(|line| line.words()?.split_once(':'))
}

fn reading(error: std::io::Error) -> Error {
    crate::host::Error::io("reading", std::path::Path::new("the snapshot"), error).into()
}

impl Texts for Extractors {
    fn archive_proofs(
        &self,
        snapshot: &Snapshot,
        bytes: &mut dyn ReadSeek,
    ) -> Option<Vec<ArchiveProof>> {
        capture::proofs_from(bytes, &snapshot.media_type).ok()
    }

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
    let archives = [media::WARC, media::WACZ].iter().flat_map(|kind| {
        of_pages
            .iter()
            .map(|page| archive::in_archive(archive::name_of(kind), page))
    });
    let alone = of_pages.iter().map(|name| (*name).to_owned());
    alone.chain(archives).collect()
}
