//! WARC files (ISO 28500): finds the record of a page, and its text. A small strict reader: it reports what it cannot
//! read, and never holds more of a record in memory than the limit on the source of a text.

use super::document::{self, Document, Extraction};
use super::http::{self, ContentType};
use super::{media, reader::ReaderProcess};
use crate::transport::Members;
use claimledger_core::encoding::limits::{MAX_TEXT_SOURCE_BYTES, MAX_UNPACKED_BYTES};
use claimledger_core::log::bounded;
use std::io::{self, BufRead, BufReader, Read};

/// The text of the page `target`, or of the first page by default.
pub fn text(
    from: &mut dyn Read,
    target: Option<&str>,
    reader: Option<&ReaderProcess>,
) -> Extraction {
    match page(from, target) {
        Ok(page) => {
            let document = Document {
                bytes: &page.body,
                media_type: &page.content_type.media_type,
                charset: page.content_type.charset.as_deref(),
            };
            inside(document::extract(&document, reader), &page, "WARC")
        }
        Err(why) => Extraction::Failed(why),
    }
}

/// The name of the extractor of a page inside an archive.
pub fn in_archive(archive: &str, extractor: &str) -> String {
    format!("{READER} {archive}; {extractor}")
}

/// The word for an archive of this media type.
pub fn archive_name(media_type: &str) -> &'static str {
    if media_type == super::media::WACZ {
        "WACZ"
    } else {
        "WARC"
    }
}

/// The result for a page inside an archive: the archive itself has no text.
pub fn inside(outcome: Extraction, page: &Page, archive: &str) -> Extraction {
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
pub struct Page {
    /// Its URL.
    pub url: String,
    /// What the body is.
    pub content_type: ContentType,
    /// The body.
    pub body: Vec<u8>,
}

/// Finds the page `target`: of the records of that address the first one with a successful response and a type that can
/// have a text; if none has such a type, the first one with a successful response. By default: the first such record of
/// any address. So the address of the page that was chosen by default leads to the same record.
pub fn page(from: &mut dyn Read, target: Option<&str>) -> Result<Page, String> {
    let mut buffered = BufReader::new(from);
    let packed = buffered
        .fill_buf()
        .map_err(|e| unreadable(&e))?
        .starts_with(media::GZIP_MARK);
    let unpacked: Box<dyn Read + '_> = if packed {
        Box::new(Members::new(buffered))
    } else {
        Box::new(buffered)
    };
    let mut records = Records {
        from: BufReader::new(unpacked.take(MAX_UNPACKED_BYTES)),
    };
    // What a named page has instead of a text.
    let mut instead: Option<Result<Page, String>> = None;
    let found = readable_page(&mut records, target, &mut instead);
    match (found, target) {
        (Ok(Some(page)), _) => Ok(page),
        (Ok(None), None) => Err("it holds no page with a text".to_owned()),
        (Ok(None), Some(target)) => {
            instead.unwrap_or_else(|| Err(format!("it holds no answer for {target}")))
        }
        (Err(why), None) => Err(why),
        (Err(why), Some(_)) => instead.unwrap_or(Err(why)),
    }
}

/// The first page that can have a text. What is found of a page without one is put into `instead`.
fn readable_page<R: BufRead>(
    records: &mut Records<R>,
    target: Option<&str>,
    instead: &mut Option<Result<Page, String>>,
) -> Result<Option<Page>, String> {
    while let Some(record) = records.next()? {
        let wanted = match target {
            Some(target) => record.url == target,
            None => !record.url.ends_with("/robots.txt"),
        };
        if !wanted || !matches!(record.kind.as_str(), "response" | "resource" | "conversion") {
            records.skip(record.length)?;
            continue;
        }
        if record.length > MAX_TEXT_SOURCE_BYTES {
            instead.get_or_insert_with(|| Err(bounded::too_large()));
            records.skip(record.length)?;
            continue;
        }
        let block = records.block(record.length)?;
        let found = if record.http() {
            http::message(&block)
        } else {
            Ok(http::Message {
                status: 200,
                content_type: record.content_type.clone(),
                body: block,
            })
        };
        match found.map(|found| successful(found, record.url)) {
            Ok(None) => {}
            Ok(Some(page)) if page.is_readable() => return Ok(Some(page)),
            Ok(Some(page)) => {
                instead.get_or_insert(Ok(page));
            }
            Err(why) => {
                instead.get_or_insert(Err(why));
            }
        }
    }
    Ok(None)
}

impl Page {
    /// Whether it is of a type that can have a text.
    fn is_readable(&self) -> bool {
        matches!(
            self.content_type.media_type.as_str(),
            "text/html" | "application/xhtml+xml" | "text/plain" | "application/pdf"
        )
    }
}

/// The page in a successful response.
fn successful(mut found: http::Message, url: String) -> Option<Page> {
    if !(200..300).contains(&found.status) {
        return None;
    }
    if found.content_type.media_type.is_empty() {
        media::sniff(&found.body).clone_into(&mut found.content_type.media_type);
    }
    Some(Page {
        url,
        content_type: found.content_type,
        body: found.body,
    })
}

struct Record {
    kind: String,
    url: String,
    content_type: ContentType,
    length: u64,
}

impl Record {
    /// Whether its block is an HTTP message, and not the page itself.
    fn http(&self) -> bool {
        self.kind == "response" && self.content_type.media_type == "application/http"
    }
}

struct Records<R> {
    from: R,
}

impl<R: BufRead> Records<R> {
    /// The head of the next record; `None` at the end of the file.
    fn next(&mut self) -> Result<Option<Record>, String> {
        let mut budget = MAX_HEAD_BYTES;
        let Some(version) = self.line(&mut budget)? else {
            return Ok(None);
        };
        if !version.starts_with("WARC/1.") && !version.starts_with("WARC/0.") {
            return Err("a record does not begin with a WARC version".to_owned());
        }
        let mut record = Record {
            kind: String::new(),
            url: String::new(),
            content_type: ContentType::default(),
            length: 0,
        };
        let mut length = None;
        loop {
            let line = self
                .line(&mut budget)?
                .ok_or_else(|| "a record's head does not end".to_owned())?;
            if line.is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(':') else {
                return Err("a line in the header of a record is not a field".to_owned());
            };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => record.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => {
                    // Some programs write the angle brackets of an older draft.
                    value.trim_matches(['<', '>']).clone_into(&mut record.url);
                }
                "content-type" => record.content_type = ContentType::parse(value),
                "content-length" => length = value.parse().ok(),
                _ => {}
            }
        }
        record.length = length.ok_or_else(|| "a record does not say how long it is".to_owned())?;
        Ok(Some(record))
    }

    /// A line without its end; `None` at the end of the file.
    fn line(&mut self, budget: &mut u64) -> Result<Option<String>, String> {
        let mut line = Vec::new();
        (&mut self.from)
            .take(*budget)
            .read_until(b'\n', &mut line)
            .map_err(|e| unreadable(&e))?;
        if line.is_empty() && *budget > 0 {
            return Ok(None);
        }
        *budget -= line.len() as u64;
        if line.pop() != Some(b'\n') {
            return Err("a record's head is too long, or cut".to_owned());
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(Some(String::from_utf8_lossy(&line).into_owned()))
    }

    fn block(&mut self, length: u64) -> Result<Vec<u8>, String> {
        let mut block = Vec::new();
        (&mut self.from)
            .take(length)
            .read_to_end(&mut block)
            .map_err(|e| unreadable(&e))?;
        if block.len() as u64 != length {
            return Err(CUT.to_owned());
        }
        self.end()?;
        Ok(block)
    }

    fn skip(&mut self, length: u64) -> Result<(), String> {
        let skipped = io::copy(&mut (&mut self.from).take(length), &mut io::sink())
            .map_err(|e| unreadable(&e))?;
        if skipped != length {
            return Err(CUT.to_owned());
        }
        self.end()
    }

    /// The two line ends after a block: they show a wrong length.
    fn end(&mut self) -> Result<(), String> {
        let mut end = [0; 4];
        match self.from.read_exact(&mut end) {
            Ok(()) if &end == b"\r\n\r\n" => Ok(()),
            Ok(()) => Err("a record is not as long as it says".to_owned()),
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Err(CUT.to_owned()),
            Err(e) => Err(unreadable(&e)),
        }
    }
}

fn unreadable(e: &io::Error) -> String {
    format!("the archive is malformed: {e}")
}

/// Name and version of this reader.
pub const READER: &str = "claimledger-archive 1";

const CUT: &str =
    "a record ends before the length it says, or unpacks to more than is looked through";

/// Real heads have a few hundred bytes.
const MAX_HEAD_BYTES: u64 = 64 * 1024;
