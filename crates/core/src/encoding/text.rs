//! Text in a field: limited in length, without control characters, never normalised.

use super::{Defect, DefectCode};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use std::fmt;

/// Refuses an empty text and every control character (Unicode category Cc) except `\n` and `\t`.
pub fn check(text: &str) -> Result<(), Defect> {
    if text.is_empty() {
        return Err(Defect::new(DefectCode::EmptyValue, "an empty text"));
    }
    match text
        .chars()
        .find(|c| c.is_control() && *c != '\n' && *c != '\t')
    {
        Some(c) => Err(Defect::new(
            DefectCode::ControlCharacter,
            format!("control character U+{:04X}", u32::from(c)),
        )),
        None => Ok(()),
    }
}

/// A text of 1 to `MAX` bytes of UTF-8.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// Checks the length and the characters.
    pub fn new(text: impl Into<String>) -> Result<Self, Defect> {
        let text = text.into();
        if text.len() > MAX {
            return Err(Defect::new(
                DefectCode::TooLong,
                format!("a text of {} bytes where {MAX} is the limit", text.len()),
            ));
        }
        check(&text)?;
        Ok(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const MAX: usize> fmt::Debug for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl<'de, const MAX: usize> Deserialize<'de> for Text<MAX> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(d)?).map_err(D::Error::custom)
    }
}

/// Decodes the text of a snapshot: UTF-8 without byte order mark, with CRLF and CR read as LF, and every other control
/// character except `\t` replaced by one U+FFFD. Bytes that are not UTF-8 are not text.
pub fn decode_document(bytes: &[u8]) -> Result<String, Defect> {
    let text = std::str::from_utf8(bytes).map_err(|e| {
        Defect::new(
            DefectCode::NotUtf8,
            format!("byte {} is not UTF-8", e.valid_up_to()),
        )
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                '\n'
            }
            '\n' | '\t' => c,
            c if c.is_control() => char::REPLACEMENT_CHARACTER,
            c => c,
        });
    }
    Ok(out)
}
