//! Values that are read from a text or from bytes: where they stand, without a copy of them.

use serde::de::{Deserializer, Error, Visitor};
use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

/// Reads a text, and from it the value that it spells.
pub(crate) fn parsed<'de, T, D>(d: D) -> Result<T, D::Error>
where
    T: FromStr<Err: Display>,
    D: Deserializer<'de>,
{
    struct Spelled<T>(PhantomData<T>);

    impl<T: FromStr<Err: Display>> Visitor<'_> for Spelled<T> {
        type Value = Result<T, T::Err>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
            Ok(text.parse())
        }
    }

    // What a text spells wrongly is refused out here: the message then names no line and column.
    let value = d.deserialize_str(Spelled(PhantomData))?;
    value.map_err(D::Error::custom)
}

/// Reads exactly `N` bytes.
pub(crate) fn bytes<'de, const N: usize, D>(d: D) -> Result<[u8; N], D::Error>
where
    D: Deserializer<'de>,
{
    struct Bytes<const N: usize>;

    impl<const N: usize> Visitor<'_> for Bytes<N> {
        type Value = [u8; N];
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{N} bytes")
        }
        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<[u8; N], E> {
            bytes
                .try_into()
                .map_err(|_| E::invalid_length(bytes.len(), &self))
        }
    }

    d.deserialize_bytes(Bytes)
}
