//! Decodes characters by the WHATWG Encoding Standard. The encoding is the one of the byte order mark, else the one that
//! the sender declares, else the one that the bytes declare, else UTF-8 if the bytes are. A label that no standard knows
//! counts as none. It never guesses.

use super::prescan;
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, WINDOWS_1252};

/// Name and revision: bytes decoded by encoding_rs. The revision rises whenever any output changes; a test holds outputs.
pub const EXTRACTOR: &str = "claimledger-text 2";

/// An encoding, and what speaks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// What declares it.
    pub by: DeclaredBy,
}

/// What declares an encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeclaredBy {
    /// The byte order mark at the beginning of the bytes.
    Mark,
    /// A header of the server or the letter, or the person who captured the bytes.
    Sender,
    /// The document: a `meta` element or an XML declaration.
    Document,
    /// Nothing: the bytes are UTF-8, or it is the default of the HTML Standard.
    Nothing,
}

/// Bytes decoded into characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The characters.
    pub text: String,
    /// U+FFFD characters that the bytes have themselves; `None` if every byte could be decoded.
    own_replacements: Option<usize>,
}

impl Decoded {
    /// How many U+FFFD in a text taken out of it stand for bytes that could not be decoded.
    pub fn lost(&self, text: &str) -> u64 {
        self.own_replacements.map_or(0, |own| {
            text.matches('\u{fffd}').count().saturating_sub(own) as u64
        })
    }
}

/// The encoding of plain text, or why there is none.
pub fn of_text(bytes: &[u8], sender: Option<&str>) -> Result<Choice, String> {
    if let Some(choice) = named(bytes, sender) {
        return Ok(choice);
    }
    match (std::str::from_utf8(bytes), sender) {
        (Ok(_), _) => Ok(undeclared(UTF_8)),
        (Err(e), None) => Err(format!("byte {} {UNDECLARED}", e.valid_up_to())),
        (Err(e), Some(label)) => Err(format!(
            "byte {} {UNDECLARED}: {:?} is not known",
            e.valid_up_to(),
            shortened(label)
        )),
    }
}

/// The encoding of an HTML page (HTML Standard, 13.2.3.2). If nothing declares one, it is UTF-8 if the bytes are, and
/// otherwise the standard's default, windows-1252.
pub fn of_page(bytes: &[u8], sender: Option<&str>) -> Choice {
    named(bytes, sender)
        .or_else(|| by_document(prescan::prescan(bytes)))
        .unwrap_or_else(|| undeclared(utf8_or(bytes, WINDOWS_1252)))
}

/// The encoding of an XML document (XML 1.0, appendix F): by default UTF-8.
pub fn of_xml(bytes: &[u8], sender: Option<&str>) -> Choice {
    named(bytes, sender)
        .or_else(|| by_document(prescan::xml_declaration(bytes)))
        .unwrap_or_else(|| undeclared(UTF_8))
}

/// The encoding that a `meta` element beyond the first bytes of a page declares (HTML Standard, 13.2.3.4).
pub fn of_late_meta(label: &str) -> Option<Choice> {
    by_document(known(label).map(prescan::in_ascii))
}

fn by_document(encoding: Option<&'static Encoding>) -> Option<Choice> {
    let encoding = encoding.filter(|encoding| *encoding != REPLACEMENT)?;
    Some(Choice {
        encoding,
        by: DeclaredBy::Document,
    })
}

fn undeclared(encoding: &'static Encoding) -> Choice {
    Choice {
        encoding,
        by: DeclaredBy::Nothing,
    }
}

fn utf8_or(bytes: &[u8], other: &'static Encoding) -> &'static Encoding {
    match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8,
        Err(_) => other,
    }
}

/// The encoding of the byte order mark, else of the sender's label.
fn named(bytes: &[u8], sender: Option<&str>) -> Option<Choice> {
    let mark = Encoding::for_bom(bytes).map(|(encoding, _)| Choice {
        encoding,
        by: DeclaredBy::Mark,
    });
    mark.or_else(|| {
        Some(Choice {
            encoding: known(sender?)?,
            by: DeclaredBy::Sender,
        })
    })
}

/// Decodes bytes. Those that the encoding does not have become U+FFFD.
pub fn decode(bytes: &[u8], choice: Choice) -> Decoded {
    let (text, broken) = choice.encoding.decode_with_bom_removal(bytes);
    Decoded {
        own_replacements: broken.then(|| {
            let own = '\u{fffd}'.to_string();
            if choice.encoding == UTF_8 {
                bytes
                    .windows(own.len())
                    .filter(|w| *w == own.as_bytes())
                    .count()
            } else {
                0
            }
        }),
        text: text.into_owned(),
    }
}

/// Whether the reason for having no text is that the encoding must be declared.
pub fn is_undeclared(why: &str) -> bool {
    why.contains(UNDECLARED)
}

/// Whether text can be decoded from an encoding of this name (WHATWG Encoding Standard, 4.2).
pub fn is_known(label: &str) -> bool {
    known(label).is_some()
}

fn known(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != REPLACEMENT)
}

/// The encoding other than UTF-8 that a byte order mark names.
pub fn mark(bytes: &[u8]) -> Option<&'static str> {
    Encoding::for_bom(bytes)
        .filter(|(encoding, _)| *encoding != UTF_8)
        .map(|(encoding, _)| encoding.name())
}

/// Whether a label names UTF-8, or ASCII, which is the same bytes in UTF-8, or nothing that a standard knows.
pub fn is_utf8(label: &str) -> bool {
    known(label).is_none_or(|encoding| encoding == UTF_8)
        || matches!(label.to_ascii_lowercase().trim(), "us-ascii" | "ascii")
}

const UNDECLARED: &str = "is not UTF-8, and no other encoding is declared";

fn shortened(label: &str) -> String {
    label.chars().take(40).collect()
}
