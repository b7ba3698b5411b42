//! Free text that may be sealed: the log holds a salted commitment, and the words are kept separately.

use crate::crypto::{Digest, sha256};
use crate::encoding::text::Text;
use crate::encoding::{Defect, DefectCode};
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap as _};
use std::fmt;

/// A free-text field: the text, or `{"sealed": hex}` if the words are kept separately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FreeText<const MAX: usize, const VERBATIM: bool = false> {
    /// The words.
    Open(Text<MAX, VERBATIM>),
    /// Only the commitment; see [`seal`].
    Sealed(Digest),
}

/// The commitment: SHA-256("claimledger/sealed/v1\n" ‖ salt ‖ UTF-8 value). The salt prevents guessing of short
/// values.
pub fn seal(salt: &[u8; 32], value: &str) -> Digest {
    sha256(&[b"claimledger/sealed/v1\n", salt, value.as_bytes()])
}

impl<const MAX: usize, const VERBATIM: bool> FreeText<MAX, VERBATIM> {
    /// An open text.
    pub fn open(text: impl Into<String>) -> Result<Self, Defect> {
        Text::new(text).map(Self::Open)
    }

    /// The words, unless sealed.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Open(text) => Some(text.as_str()),
            Self::Sealed(_) => None,
        }
    }
}

impl<const MAX: usize, const VERBATIM: bool> Serialize for FreeText<MAX, VERBATIM> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Open(text) => text.serialize(s),
            Self::Sealed(digest) => {
                let mut map = s.serialize_map(Some(1))?;
                map.serialize_entry("sealed", digest)?;
                map.end()
            }
        }
    }
}

impl<'de, const MAX: usize, const VERBATIM: bool> Deserialize<'de> for FreeText<MAX, VERBATIM> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(FreeTextVisitor)
    }
}

#[cfg(feature = "schema")]
impl<const MAX: usize, const VERBATIM: bool> schemars::JsonSchema for FreeText<MAX, VERBATIM> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        let text = <Text<MAX, VERBATIM> as schemars::JsonSchema>::schema_name();
        format!("{text}MaybeSealed").into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let text = generator.subschema_for::<Text<MAX, VERBATIM>>();
        let digest = generator.subschema_for::<Digest>();
        schemars::json_schema!({
            "oneOf": [
                text,
                {
                    "type": "object",
                    "properties": { "sealed": digest },
                    "required": ["sealed"],
                    "additionalProperties": false
                }
            ]
        })
    }
}

struct FreeTextVisitor<const MAX: usize, const VERBATIM: bool>;

impl<'de, const MAX: usize, const VERBATIM: bool> Visitor<'de> for FreeTextVisitor<MAX, VERBATIM> {
    type Value = FreeText<MAX, VERBATIM>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or {\"sealed\": 64 hex digits}")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Text::new(text).map(FreeText::Open).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let refuse = |code, message: &str| de::Error::custom(Defect::new(code, message));
        match map.next_key::<String>()? {
            Some(key) if key == "sealed" => {}
            Some(key) => {
                let message = format!("{key:?} where only \"sealed\" may stand");
                return Err(refuse(DefectCode::UnknownField, &message));
            }
            None => return Err(refuse(DefectCode::EmptyValue, "an empty object")),
        }
        let digest = map.next_value()?;
        if let Some(key) = map.next_key::<String>()? {
            let message = format!("{key:?} beside \"sealed\"");
            return Err(refuse(DefectCode::UnknownField, &message));
        }
        Ok(FreeText::Sealed(digest))
    }
}
