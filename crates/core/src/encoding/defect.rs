//! What is wrong with a spelling: a stable code and a sentence.

use std::fmt;

/// Why bytes are refused as the spelling of a value. The codes are stable and listed in `docs/format.md`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
#[non_exhaustive]
pub struct Defect {
    /// The stable code.
    pub code: DefectCode,
    /// What was wrong, in a sentence without a full stop.
    pub message: String,
}

impl Defect {
    /// A defect with its code and sentence.
    pub fn new(code: DefectCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// Reads back the defect that a `Deserialize` of this crate raised, or names the shape serde complained of.
    ///
    /// Our newtypes raise `code: message` through serde's custom error; serde's own words are mapped to codes here
    /// and nowhere else.
    pub(crate) fn from_json_error(error: &serde_json::Error) -> Self {
        let said = error.to_string();
        let said = said
            .rsplit_once(" at line ")
            .map_or(said.as_str(), |(head, _)| head);
        if let Some((word, rest)) = said.split_once(": ")
            && let Some(code) = DefectCode::ALL.iter().find(|c| c.as_str() == word)
        {
            return Self::new(*code, rest);
        }
        let code = [
            ("unknown field", DefectCode::UnknownField),
            ("missing field", DefectCode::FieldMissing),
            ("duplicate field", DefectCode::DuplicateField),
            ("unknown variant", DefectCode::UnknownWord),
            ("trailing characters", DefectCode::TrailingBytes),
            ("recursion limit", DefectCode::TooDeep),
            ("number out of range", DefectCode::NumberForm),
            ("invalid type", DefectCode::WrongShape),
            ("invalid value", DefectCode::WrongShape),
            ("invalid length", DefectCode::WrongShape),
        ]
        .iter()
        .find(|(start, _)| said.starts_with(start))
        .map_or(
            if said.contains("surrogate") || said.contains("hex escape") {
                DefectCode::LoneSurrogate
            } else if error.is_data() {
                DefectCode::WrongShape
            } else {
                DefectCode::NotJson
            },
            |(_, code)| *code,
        );
        Self::new(code, said)
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $word:literal,)+) => {
        /// The closed list of spelling defects.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum DefectCode { $($(#[$doc])* $variant,)+ }

        impl DefectCode {
            /// Every code, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as it is printed, e.g. `bad-date`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}

codes! {
    /// Longer than the limit that the message names.
    TooLong = "too-long",
    /// Not UTF-8.
    NotUtf8 = "not-utf8",
    /// Not JSON (RFC 8259).
    NotJson = "not-json",
    /// Something follows where the value should have ended.
    TrailingBytes = "trailing-bytes",
    /// JSON, but not the RFC 8785 spelling, or a value with a second spelling.
    NotCanonical = "not-canonical",
    /// One object names a field twice.
    DuplicateField = "duplicate-field",
    /// A field that this type does not have.
    UnknownField = "unknown-field",
    /// A field that this type must have is absent.
    FieldMissing = "field-missing",
    /// A field name outside printable ASCII.
    FieldName = "field-name",
    /// A number that is not an integer from 0 to 2^53-1.
    NumberForm = "number-form",
    /// `null`: absence is spelled by leaving the field out.
    NullValue = "null-value",
    /// An empty text, list or object: absence is spelled by leaving the field out.
    EmptyValue = "empty-value",
    /// Nested deeper than the limit.
    TooDeep = "too-deep",
    /// A control character other than newline and tab.
    ControlCharacter = "control-character",
    /// Half of a surrogate pair.
    LoneSurrogate = "lone-surrogate",
    /// A word outside a closed set.
    UnknownWord = "unknown-word",
    /// A value of another JSON type than the field's.
    WrongShape = "wrong-shape",
    /// A list that must be sorted and without repetition is not.
    ListOrder = "list-order",
    /// Not a date of EDTF level 0 that exists.
    BadDate = "bad-date",
    /// Not `YYYY-MM-DDThh:mm:ssZ`, or an instant that does not exist.
    BadTime = "bad-time",
    /// Not canonical padded base64 (RFC 4648 section 4) of the right length.
    BadBase64 = "bad-base64",
    /// Not lower-case hexadecimal of the right length.
    BadHex = "bad-hex",
    /// Not a label.
    BadLabel = "bad-label",
    /// Not a slug.
    BadSlug = "bad-slug",
    /// Not a ledger's name.
    BadOrigin = "bad-origin",
    /// Not a BCP 47 language tag.
    BadLanguage = "bad-language",
    /// Not an absolute URL.
    BadUrl = "bad-url",
    /// A URL with a user name or a password.
    UrlCredentials = "url-credentials",
    /// A URL of a scheme that no statement may name: `javascript:`, `data:`, `file:`.
    UrlScheme = "url-scheme",
    /// Not a media type.
    BadMediaType = "bad-media-type",
    /// Two fields that contradict each other, or a field that another one requires.
    FieldsDisagree = "fields-disagree",
    /// A statement type that this version does not know.
    UnknownType = "unknown-type",
    /// A public key that no signer may use: not a curve point, not canonical, weak or with torsion.
    BadKey = "bad-key",
}

impl fmt::Display for DefectCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
