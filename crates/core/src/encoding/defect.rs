//! What is wrong with an encoded value: a stable code and a sentence.

use crate::code::Code;
use std::fmt;

/// Why bytes are not the encoding of a value. The codes are stable and listed in `docs/format.md`.
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

    /// Reads back the defect that a `Deserialize` of this crate raised, or the code for an error of serde's own.
    ///
    /// Our newtypes raise `code: message` through serde's custom error. Only this function maps serde's own messages
    /// to codes.
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
    ($($(#[$doc:meta])* $variant:ident,)+) => {
        /// The closed list of defects. Each is also a [`Code`], which spells it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum DefectCode { $($(#[$doc])* $variant,)+ }

        impl DefectCode {
            /// Every code, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as it is printed, e.g. `bad-date`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => Code::$variant.as_str(),)+ }
            }
        }

        impl From<DefectCode> for Code {
            fn from(defect: DefectCode) -> Self {
                match defect { $(DefectCode::$variant => Self::$variant,)+ }
            }
        }
    };
}

codes! {
    /// Longer than the limit that the message names.
    TooLong,
    /// Not UTF-8.
    NotUtf8,
    /// Not JSON (RFC 8259).
    NotJson,
    /// There are more bytes after the value.
    TrailingBytes,
    /// Valid JSON, but not in RFC 8785 form, or a value in a non-canonical form.
    NotCanonical,
    /// An object has the same field twice.
    DuplicateField,
    /// A field that this type does not define.
    UnknownField,
    /// A field that this type requires is missing.
    FieldMissing,
    /// A field name outside printable ASCII.
    FieldName,
    /// A number that is not an integer from 0 to 2^53-1.
    NumberForm,
    /// `null`: an absent value must be left out.
    NullValue,
    /// An empty text, list or object: an absent value must be left out.
    EmptyValue,
    /// Nested deeper than the limit.
    TooDeep,
    /// A control character other than newline and tab.
    ControlCharacter,
    /// Half of a surrogate pair.
    LoneSurrogate,
    /// A word that is not in the closed set.
    UnknownWord,
    /// A value of the wrong JSON type.
    WrongShape,
    /// A list that must be sorted and without repetition, and is not.
    ListOrder,
    /// Not a date of EDTF level 0, or a date that does not exist.
    BadDate,
    /// Not `YYYY-MM-DDThh:mm:ssZ`, or an instant that does not exist.
    BadTime,
    /// Not canonical padded base64 (RFC 4648 section 4) of the right length.
    BadBase64,
    /// Not lower-case hexadecimal of the right length.
    BadHex,
    /// Not a label.
    BadLabel,
    /// Not a slug.
    BadSlug,
    /// Not a ledger's name.
    BadOrigin,
    /// Not a BCP 47 language tag.
    BadLanguage,
    /// Not an absolute URL.
    BadUrl,
    /// A URL with a user name or a password.
    UrlCredentials,
    /// A URL of a scheme that no statement may name: `javascript:`, `data:`, `file:`.
    UrlScheme,
    /// Not a media type.
    BadMediaType,
    /// Two fields contradict each other, or a field that another one requires is missing.
    FieldsDisagree,
    /// A statement type that this version does not know.
    UnknownType,
    /// A public key that a signer cannot use: not a curve point, not canonical, weak or with torsion.
    BadKey,
}

impl fmt::Display for DefectCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
