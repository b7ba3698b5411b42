//! Extracts the text from bytes: the extractor for each media type, and the result.

use super::charset::{self, Choice, DeclaredBy, Decoded};
use super::formats::Format;
use super::media::{GZIP_MARK, XHTML, is_text, is_xml};
use super::reader::ReaderProcess;
use super::{codings, html};
use claimledger_core::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use claimledger_core::encoding::text::decode_document;

/// The result of looking for a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extraction {
    /// The bytes are plain text in UTF-8 and are their own text.
    Own,
    /// A text was extracted; decoding it as a document changes nothing.
    Extracted {
        /// The text.
        text: String,
        /// Name and revision of the extractor.
        extractor: String,
        /// The encoding by which the bytes were decoded, and whether the bytes or their sender declared it.
        charset: Option<Decoding>,
        /// The page of a web archive that it is the text of.
        page: Option<String>,
    },
    /// It was tried and failed.
    Failed(String),
    /// Bytes of this kind have no text: a picture, a film.
    NotText,
}

impl Extraction {
    /// A text from an extractor, with line ends and control characters as in every document and without white space at
    /// the ends. An empty text is a failure, and so is one beyond the limit.
    pub fn from_text(text: &str, extractor: impl Into<String>) -> Self {
        let Ok(text) = decode_document(text.as_bytes()) else {
            return Self::Failed("its text is not Unicode".to_owned());
        };
        let text = text.trim();
        if text.is_empty() {
            return Self::Failed("there are no words in it".to_owned());
        }
        if text.len() as u64 > MAX_TEXT_SOURCE_BYTES {
            return Self::Failed(format!(
                "its text is longer than {MAX_TEXT_SOURCE_BYTES} bytes"
            ));
        }
        Self::Extracted {
            text: text.to_owned(),
            extractor: extractor.into(),
            charset: None,
            page: None,
        }
    }
}

/// The encoding by which bytes were decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decoding {
    /// Its name in the Encoding Standard.
    pub name: &'static str,
    /// What declares it.
    pub by: DeclaredBy,
    /// How many characters of the text are U+FFFD because bytes could not be decoded.
    pub lost: u64,
}

impl Decoding {
    /// What to tell the person who keeps the bytes, if characters may be wrong.
    pub fn note(&self) -> Option<String> {
        let by = match self.by {
            DeclaredBy::Mark => "as its byte order mark says",
            DeclaredBy::Sender => "as declared beside it",
            DeclaredBy::Document => "as it declares itself",
            DeclaredBy::Nothing => "for nothing declares another",
        };
        let name = self.name;
        let hint = "name its charset, here or in a later source capture, e.g. --media-type \"text/html; charset=windows-1251\"";
        match (self.lost, self.by) {
            (0, DeclaredBy::Nothing) if self.name != "UTF-8" => Some(format!(
                "its text was decoded as {name}, the default of the HTML Standard, {by}; if its words look wrong, {hint}"
            )),
            (0, _) => None,
            (lost, _) => Some(format!(
                "its text was decoded as {name}, {by}, and {lost} of its characters could not be: they are U+FFFD; if it is in another, {hint}"
            )),
        }
    }
}

/// A document in memory, and what is known about it.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Its media type.
    pub media_type: &'a str,
    /// The encoding declared beside it, e.g. in a header.
    pub charset: Option<&'a str>,
}

/// Extracts the text of a document. `reader` reads formats like PDF; without it they have no text.
pub fn extract(document: &Document<'_>, reader: Option<&ReaderProcess>) -> Extraction {
    if document.bytes.starts_with(GZIP_MARK) && Format::of(document.media_type).is_none() {
        return packed(document, reader);
    }
    let Document {
        bytes,
        media_type,
        charset,
    } = *document;
    match media_type {
        "text/plain" => {
            let utf8 = charset.is_none_or(charset::is_utf8);
            if utf8 && charset::mark(bytes).is_none() && std::str::from_utf8(bytes).is_ok() {
                return Extraction::Own;
            }
            decoded(bytes, charset::of_text(bytes, charset))
        }
        "text/html" => page(bytes, charset::of_page(bytes, charset), false),
        XHTML => page(bytes, charset::of_xml(bytes, charset), true),
        _ => match Format::of(media_type) {
            Some(format) => in_a_process(format, bytes, reader),
            None if is_xml(media_type) => decoded(bytes, Ok(charset::of_xml(bytes, charset))),
            None if is_text(media_type) => decoded(bytes, charset::of_text(bytes, charset)),
            None => unreadable(media_type),
        },
    }
}

/// Text of which the sender did not say that it is packed with gzip.
fn packed(document: &Document<'_>, reader: Option<&ReaderProcess>) -> Extraction {
    if !may_have_text(document.media_type) {
        return unreadable(document.media_type);
    }
    match codings::undo(document.bytes.to_vec(), Some("gzip")) {
        Ok(bytes) if bytes.starts_with(GZIP_MARK) => {
            Extraction::Failed("it is packed with gzip more than once".to_owned())
        }
        Ok(bytes) => {
            let unpacked = Document {
                bytes: &bytes,
                ..*document
            };
            match extract(&unpacked, reader) {
                // It is not the same as the bytes that were kept.
                Extraction::Own => decoded(&bytes, charset::of_text(&bytes, document.charset)),
                other => other,
            }
        }
        Err(why) => Extraction::Failed(why),
    }
}

/// The text of a page.
fn page(bytes: &[u8], choice: Choice, xhtml: bool) -> Extraction {
    let decoded = charset::decode(bytes, choice);
    let read = match html::text(&decoded.text, xhtml, html::TIME) {
        Ok(read) => read,
        Err(why) => return Extraction::Failed(why),
    };
    let late = read.declared.as_deref().and_then(charset::of_late_meta);
    match late {
        Some(late) if choice.by == DeclaredBy::Nothing && late.encoding != choice.encoding => {
            let decoded = charset::decode(bytes, late);
            match html::text(&decoded.text, xhtml, html::TIME) {
                Ok(read) => by_decoding(&read.text, html::EXTRACTOR, late, &decoded),
                Err(why) => Extraction::Failed(why),
            }
        }
        _ => by_decoding(&read.text, html::EXTRACTOR, choice, &decoded),
    }
}

fn decoded(bytes: &[u8], choice: Result<Choice, String>) -> Extraction {
    match choice {
        Ok(choice) => {
            let decoded = charset::decode(bytes, choice);
            by_decoding(&decoded.text, charset::EXTRACTOR, choice, &decoded)
        }
        Err(why) => Extraction::Failed(why),
    }
}

/// A text, and by which encoding its bytes were decoded.
fn by_decoding(text: &str, extractor: &str, choice: Choice, decoded: &Decoded) -> Extraction {
    match Extraction::from_text(text, extractor) {
        Extraction::Extracted {
            text,
            extractor,
            page,
            ..
        } => Extraction::Extracted {
            charset: Some(Decoding {
                name: choice.encoding.name(),
                by: choice.by,
                lost: decoded.lost(&text),
            }),
            text,
            extractor,
            page,
        },
        other => other,
    }
}

fn in_a_process(format: Format, bytes: &[u8], reader: Option<&ReaderProcess>) -> Extraction {
    let Some(reader) = reader else {
        return Extraction::Failed(format!(
            "a {} is read in a process of its own, and there was none",
            format.noun()
        ));
    };
    match reader.text(format, bytes) {
        Ok(text) => Extraction::from_text(&text, format.extractor()),
        Err(why) => Extraction::Failed(why),
    }
}

/// Whether bytes of this type can have a text.
pub fn may_have_text(media_type: &str) -> bool {
    matches!(media_type, "text/html" | XHTML)
        || is_text(media_type)
        || Format::of(media_type).is_some()
}

/// Bytes that have words for a person, but none for this program; or no words at all.
fn unreadable(media_type: &str) -> Extraction {
    let known = UNREADABLE
        .iter()
        .find(|(types, _)| types.contains(&media_type));
    known.map_or(Extraction::NotText, |(_, why)| {
        Extraction::Failed((*why).to_owned())
    })
}

/// Formats that cannot be read here, and what to do.
const UNREADABLE: &[(&[&str], &str)] = &[
    (
        &["application/msword"],
        "it is a Word file of the old binary format (.doc); save it as .docx or as PDF, and keep that",
    ),
    (
        &["application/x-ole-storage"],
        "it is an office file of an old binary format, or one with a password; save it as .docx, .xlsx, .pptx or PDF without a password, and keep that",
    ),
    (
        &["application/vnd.ms-powerpoint"],
        "it is a PowerPoint file of the old binary format (.ppt); save it as .pptx or as PDF, and keep that",
    ),
    (
        &["application/epub+zip"],
        "it is an EPUB book, and what its pages show depends on style sheets, which are not read here; save the chapter as PDF, and keep that",
    ),
    (
        &["application/x-webarchive"],
        "it is a web archive of Safari; save the page as HTML, MHTML or WACZ, and keep that",
    ),
    (
        &["application/vnd.ms-outlook"],
        "it is a letter in Outlook's own format (.msg); save it as .eml, and keep that",
    ),
];
