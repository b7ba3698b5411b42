//! Bytes as text: canonical padded base64 and lower-case hex (RFC 4648), with exactly one encoding for each value.

use super::{Defect, DefectCode};
use data_encoding::{BASE64, HEXLOWER};

/// Prints standard, padded base64.
pub fn to_base64(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// Reads standard, padded base64; refuses other alphabets, white space, and unused trailing bits.
pub fn from_base64(text: &str) -> Result<Vec<u8>, Defect> {
    BASE64
        .decode(text.as_bytes())
        .map_err(|e| Defect::new(DefectCode::BadBase64, format!("not canonical base64: {e}")))
}

/// Reads base64 of exactly `N` bytes.
pub fn array_from_base64<const N: usize>(text: &str) -> Result<[u8; N], Defect> {
    from_base64(text)?.try_into().map_err(|v: Vec<u8>| {
        Defect::new(
            DefectCode::BadBase64,
            format!("{} bytes where {N} are needed", v.len()),
        )
    })
}

/// Prints lower-case hex.
pub fn to_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// Reads lower-case hex of exactly `N` bytes.
pub fn array_from_hex<const N: usize>(text: &str) -> Result<[u8; N], Defect> {
    let bytes = HEXLOWER
        .decode(text.as_bytes())
        .map_err(|e| Defect::new(DefectCode::BadHex, format!("not lower-case hex: {e}")))?;
    bytes.try_into().map_err(|v: Vec<u8>| {
        Defect::new(
            DefectCode::BadHex,
            format!("{} hex digits where {} are needed", v.len() * 2, N * 2),
        )
    })
}

/// Defines a newtype over `[u8; N]`: `hex` or `base64` in JSON, raw bytes in index rows.
macro_rules! byte_newtype {
    ($(#[$doc:meta])* $name:ident, $len:literal, $print:path, $read:path, $pattern:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; $len]);

        impl $name {
            /// From its bytes.
            pub const fn from_bytes(bytes: [u8; $len]) -> Self { Self(bytes) }
            /// Its bytes.
            pub const fn as_bytes(&self) -> &[u8; $len] { &self.0 }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$print(&self.0))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), $print(&self.0))
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::encoding::Defect;
            fn from_str(text: &str) -> Result<Self, Self::Err> { $read(text).map(Self) }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                if s.is_human_readable() {
                    s.collect_str(self)
                } else {
                    // A sequence of bytes; the row format writes the length, then the bytes.
                    s.serialize_bytes(&self.0)
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                if d.is_human_readable() {
                    $crate::encoding::spelled::parsed(d)
                } else {
                    $crate::encoding::spelled::bytes(d).map(Self)
                }
            }
        }

        $crate::encoding::schema::text_schema!($name, "pattern": $pattern);
    };
}
pub(crate) use byte_newtype;
