//! Extracts the text from bytes: the extractor for each media type, and the result.

use super::pdf::PdfReader;
use super::{charset, html};
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

    /// The same with the encoding by which the bytes were decoded.
    fn decoded_by(self, decoding: Decoding) -> Self {
        match self {
            Self::Extracted {
                text,
                extractor,
                page,
                ..
            } => Self::Extracted {
                text,
                extractor,
                charset: Some(decoding),
                page,
            },
            other => other,
        }
    }
}

/// The encoding by which bytes were decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decoding {
    /// Its name in the Encoding Standard.
    pub name: &'static str,
    /// Whether the bytes or their sender declared it; otherwise it is the standard's own.
    pub declared: bool,
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

/// Extracts the text of a document. `pdf` reads PDF files; without it they have no text.
pub fn extract(document: &Document<'_>, pdf: Option<&PdfReader>) -> Extraction {
    let Document {
        bytes,
        media_type,
        charset,
    } = *document;
    let xhtml = media_type == "application/xhtml+xml";
    match media_type {
        "text/plain" => {
            let utf8 = charset.is_none_or(charset::is_utf8);
            if utf8 && charset::mark(bytes).is_none() && std::str::from_utf8(bytes).is_ok() {
                return Extraction::Own;
            }
            decoded(bytes, charset)
        }
        "text/html" | "application/xhtml+xml" => {
            let declared = charset.or(html::declared_charset(bytes));
            match charset::decode(bytes, declared) {
                Ok((text, name)) => match html::text(&text, xhtml, html::TIME) {
                    Ok(text) => Extraction::from_text(&text, html::EXTRACTOR)
                        .decoded_by(decoding(bytes, declared, name)),
                    Err(why) => Extraction::Failed(why),
                },
                Err(why) => Extraction::Failed(why),
            }
        }
        "application/pdf" => match pdf {
            None => Extraction::Failed(
                "a PDF is read in a process of its own, and there was none".to_owned(),
            ),
            Some(reader) => match reader.text(bytes) {
                Ok(text) => Extraction::from_text(&text, super::pdf::EXTRACTOR),
                Err(why) => Extraction::Failed(why),
            },
        },
        _ if is_text(media_type) => decoded(bytes, charset),
        _ => Extraction::NotText,
    }
}

fn decoded(bytes: &[u8], charset: Option<&str>) -> Extraction {
    match charset::decode(bytes, charset) {
        Ok((text, name)) => Extraction::from_text(&text, charset::EXTRACTOR)
            .decoded_by(decoding(bytes, charset, name)),
        Err(why) => Extraction::Failed(why),
    }
}

fn decoding(bytes: &[u8], declared: Option<&str>, name: &'static str) -> Decoding {
    Decoding {
        name,
        declared: declared.is_some() || charset::mark(bytes).is_some(),
    }
}

/// Whether bytes of this type are only characters.
pub fn is_text(media_type: &str) -> bool {
    media_type.starts_with("text/")
        || media_type.ends_with("+json")
        || media_type.ends_with("+xml") && !media_type.starts_with("image/")
        || matches!(media_type, "application/json" | "application/xml")
}
