//! Web archives: finds the page asked for in a WARC file or in a WACZ collection, and its text.
//!
//! The text of one page never stands under the address of another: if the page asked for is not there, or several are there
//! and none was asked for, there is no text, and the reason names the pages.

mod address;
mod choose;
mod digests;
mod files;
mod index;
mod proofs;
mod records;
mod signature;
mod wacz;
mod work;

use super::document::{self, Document, Extraction};
use super::http::{self, ContentType};
use super::media;
use super::reader::ReaderProcess;
use choose::Candidate;
use claimledger_core::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use claimledger_core::encoding::name::Url;
use claimledger_core::log::{ReadSeek, bounded};
use files::WarcFiles;
use index::RecordIndex;
pub use proofs::{OwnProofs, Proof, examine};
use records::Records;
use work::Work;

/// The text of the page `target` of an archive of this media type, or of its only page by default.
pub fn text(
    file: &mut dyn ReadSeek,
    media_type: &str,
    target: Option<&str>,
    reader: Option<&ReaderProcess>,
) -> Extraction {
    match page(file, media_type, target) {
        Ok(page) => {
            let document = Document {
                bytes: &page.body,
                media_type: &page.content_type.media_type,
                charset: page.content_type.charset.as_deref(),
            };
            inside(
                document::extract(&document, reader),
                &page,
                name_of(media_type),
            )
        }
        Err(why) => Extraction::Failed(why),
    }
}

/// Whether this is the media type of a web archive.
pub fn is_archive(media_type: &str) -> bool {
    [media::WARC, media::WACZ].contains(&media_type)
}

/// The name of the extractor of a page inside an archive.
pub fn in_archive(archive: &str, extractor: &str) -> String {
    format!("{READER} {archive}; {extractor}")
}

/// The word for an archive of this media type.
pub fn name_of(media_type: &str) -> &'static str {
    if media_type == media::WACZ {
        "WACZ"
    } else {
        "WARC"
    }
}

/// The result for a page inside an archive: the archive itself has no text.
fn inside(outcome: Extraction, page: &ArchivedPage, archive: &str) -> Extraction {
    let outcome = match outcome {
        Extraction::Own => match std::str::from_utf8(&page.body) {
            Ok(words) => Extraction::from_text(words, super::charset::EXTRACTOR),
            Err(_) => Extraction::Failed("it is not UTF-8".to_owned()),
        },
        other => other,
    };
    match outcome {
        Extraction::Extracted {
            text,
            extractor,
            charset,
            ..
        } => Extraction::Extracted {
            text,
            extractor: in_archive(archive, &extractor),
            charset,
            page: Some(page.url.clone()),
        },
        Extraction::Failed(why) => {
            Extraction::Failed(format!("{} in the {archive}: {why}", page.url))
        }
        Extraction::Own | Extraction::NotText => Extraction::Failed(format!(
            "{} in the {archive} has no text: it is {}",
            page.url, page.content_type.media_type
        )),
    }
}

/// A page in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedPage {
    /// The address that answered.
    pub url: String,
    /// What the body is.
    pub content_type: ContentType,
    /// The body.
    pub body: Vec<u8>,
}

impl ArchivedPage {
    /// Whether it is of a type that can have a text.
    fn is_readable(&self) -> bool {
        choose::is_readable(&self.content_type.media_type)
    }
}

/// Finds the page `target`, or the only page by default: of the records of its address the first one with a successful
/// response and a type that can have a text; if none has such a type, the first one with a successful response.
///
/// # Errors
///
/// Why there is none, and which pages there are.
pub fn page(
    file: &mut dyn ReadSeek,
    media_type: &str,
    target: Option<&str>,
) -> Result<ArchivedPage, String> {
    let archive = name_of(media_type);
    let mut files = WarcFiles::open(file, media_type)?;
    let listed = files.pages();
    let index = RecordIndex::of(&mut files);
    let candidates = choose::choose(&index, &listed, target)?;
    let mut instead: Option<Result<ArchivedPage, String>> = None;
    // The limit is for each reading: the page may stand at the end of the archive.
    let work = Work::default();
    for candidate in candidates.into_iter().take(MAX_CANDIDATES) {
        let url = recordable(&candidate.url)?;
        match read(&mut files, &candidate, &work) {
            Ok(message) => {
                let mut content_type = message.content_type;
                if content_type.media_type.is_empty() {
                    media::sniff(&message.body).clone_into(&mut content_type.media_type);
                }
                let page = ArchivedPage {
                    url,
                    content_type,
                    body: message.body,
                };
                if page.is_readable() {
                    return Ok(page);
                }
                if !matches!(instead, Some(Ok(_))) {
                    instead = Some(Ok(page));
                }
            }
            Err(why) => {
                instead.get_or_insert(Err(format!("{url} in the {archive}: {why}")));
            }
        }
    }
    instead.unwrap_or_else(|| Err("it holds no page with a text".to_owned()))
}

/// The body that a candidate answered with.
fn read(
    files: &mut WarcFiles<'_>,
    candidate: &Candidate,
    work: &Work,
) -> Result<http::Message, String> {
    let mut records = Records::new(files.warc(candidate.warc)?, work)?;
    records.skip_to(candidate.at)?;
    let record = records
        .next()?
        .ok_or_else(|| "its record is not there any more".to_owned())?;
    let block = records
        .block(record.length, MAX_TEXT_SOURCE_BYTES)?
        .ok_or_else(bounded::too_large)?;
    if record.kind == "response" && index::is_http(&block) {
        return http::message(&block);
    }
    Ok(http::Message {
        status: 200,
        content_type: record.content_type,
        body: block,
    })
}

/// The address as a statement can name it: without it, no auditor would find the same page.
fn recordable(url: &str) -> Result<String, String> {
    let ascii = || address::in_ascii(url).filter(|url| url.parse::<Url>().is_ok());
    match url.parse::<Url>() {
        Ok(_) => Ok(url.to_owned()),
        Err(why) => ascii().ok_or_else(|| {
            format!(
                "the page in it has an address that no statement can have: {}",
                why.message
            )
        }),
    }
}

/// Name and revision of this reader.
pub const READER: &str = "claimledger-archive 2";

/// A page was rarely captured more often in one archive; each reading costs a pass over the archive.
const MAX_CANDIDATES: usize = 16;
