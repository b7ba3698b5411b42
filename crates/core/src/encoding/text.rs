//! Text in a field: limited in length, with something to see, without control characters, never normalised.

use super::{Defect, DefectCode, limits, unicode};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use std::fmt;

/// What characters a text may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name or a line: at least one visible character, no line break and no tab.
    Line,
    /// Prose: at least one visible character.
    Prose,
    /// The words of another organisation, kept as they are: not empty.
    Verbatim,
}

/// Refuses an empty text, a text that shows nothing, and every control character (Unicode category Cc) except `\n` and
/// `\t`; those two in a line as well.
pub fn check(text: &str, kind: Kind) -> Result<(), Defect> {
    if text.is_empty() {
        return Err(Defect::new(DefectCode::EmptyValue, "an empty text"));
    }
    let breaks = |c: char| kind != Kind::Line && (c == '\n' || c == '\t');
    if let Some(c) = text.chars().find(|c| c.is_control() && !breaks(*c)) {
        let message = if c == '\n' || c == '\t' {
            format!(
                "U+{:04X}: a name or title is one line, without tabs",
                u32::from(c)
            )
        } else {
            format!("control character U+{:04X}", u32::from(c))
        };
        return Err(Defect::new(DefectCode::ControlCharacter, message));
    }
    if kind != Kind::Verbatim && !text.chars().any(unicode::is_visible) {
        return Err(Defect::new(
            DefectCode::EmptyValue,
            "a text without a visible character",
        ));
    }
    Ok(())
}

/// A text of 1 to `MAX` bytes of UTF-8. The longest kind is prose and may have line breaks; a shorter one is one line.
/// Where `VERBATIM`, it is another organisation's text, kept as it is.
///
/// Somebody else wrote it, so it has no `Display`: people see it as a [`Foreign`](super::foreign::Foreign) or in a `Message`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize, const VERBATIM: bool = false>(String);

impl<const MAX: usize, const VERBATIM: bool> Text<MAX, VERBATIM> {
    const KIND: Kind = match (VERBATIM, MAX < limits::MAX_TEXT_BYTES) {
        (true, _) => Kind::Verbatim,
        (false, true) => Kind::Line,
        (false, false) => Kind::Prose,
    };

    /// Checks the length and the characters.
    pub fn new(text: impl Into<String>) -> Result<Self, Defect> {
        let text = text.into();
        if text.len() > MAX {
            return Err(Defect::new(
                DefectCode::TooLong,
                format!("a text of {} bytes where {MAX} is the limit", text.len()),
            ));
        }
        check(&text, Self::KIND)?;
        Ok(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize, const VERBATIM: bool> fmt::Debug for Text<MAX, VERBATIM> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl<'de, const MAX: usize, const VERBATIM: bool> Deserialize<'de> for Text<MAX, VERBATIM> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(d)?).map_err(D::Error::custom)
    }
}

/// A length in characters is at most one in bytes: the schema cannot say the latter.
#[cfg(feature = "schema")]
impl<const MAX: usize, const VERBATIM: bool> schemars::JsonSchema for Text<MAX, VERBATIM> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("{:?}{MAX}", Self::KIND).into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let pattern = match Self::KIND {
            Kind::Line => r"^\P{Cc}+$",
            Kind::Prose | Kind::Verbatim => r"^(\P{Cc}|[\n\t])+$",
        };
        schemars::json_schema!({ "type": "string", "maxLength": MAX, "pattern": pattern })
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
