//! JSON with exactly one encoding for each value: RFC 8785, integers 0..2^53-1 only, no `null`, nothing empty.

use super::{Defect, DefectCode, limits};
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt;

/// Checks that `bytes` are one JSON value in the only form that this format allows.
///
/// Field names are ASCII, in ascending order, and unique; numbers are integers 0..2^53-1; there is no `null`, no empty
/// text, list or object, and no control character except `\n` and `\t`. [`decode`] checks white space and escapes:
/// it prints the value again and compares.
pub fn check(bytes: &[u8]) -> Result<(), Defect> {
    let text = std::str::from_utf8(bytes).map_err(|e| {
        Defect::new(
            DefectCode::NotUtf8,
            format!("byte {} is not UTF-8", e.valid_up_to()),
        )
    })?;
    let mut reader = serde_json::Deserializer::from_str(text);
    Scan { depth: 0 }
        .deserialize(&mut reader)
        .and_then(|()| reader.end())
        .map_err(|e| Defect::from_json_error(&e))
}

/// Reads a value from its only form: [`check`], read, print again, compare the bytes.
pub fn decode<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<T, Defect> {
    check(bytes)?;
    let value: T = read(bytes)?;
    same_spelling(bytes, &encode(&value))?;
    Ok(value)
}

/// Reads a typed value without checking its form; for the parts of a document that is checked as a whole. An error
/// here means that the JSON has another shape, even if serde names another cause.
pub fn read<'a, T: serde::Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Defect> {
    serde_json::from_slice(bytes).map_err(|e| match Defect::from_json_error(&e) {
        Defect {
            code: DefectCode::NotJson,
            message,
        } => Defect::new(DefectCode::WrongShape, message),
        defect => defect,
    })
}

/// Prints a value compactly. A type whose fields are declared in ascending order is printed in RFC 8785 form; a test
/// checks that for every statement type.
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("types of this crate have text keys and no failing Serialize")
}

/// Refuses `given` unless it is exactly what this program prints for the same value.
pub(crate) fn same_spelling(given: &[u8], printed: &[u8]) -> Result<(), Defect> {
    if given == printed {
        return Ok(());
    }
    let at = given
        .iter()
        .zip(printed)
        .position(|(a, b)| a != b)
        .unwrap_or(given.len().min(printed.len()));
    // serde takes a list of values for an object with fields in that order.
    if (given.get(at), printed.get(at)) == (Some(&b'['), Some(&b'{')) {
        return Err(Defect::new(
            DefectCode::WrongShape,
            format!("a list at byte {at}, where an object belongs"),
        ));
    }
    Err(Defect::new(
        DefectCode::NotCanonical,
        format!("not the RFC 8785 spelling: differs from it at byte {at}"),
    ))
}

/// Reads through one JSON value and keeps nothing.
struct Scan {
    depth: usize,
}

impl Scan {
    fn deeper<E: de::Error>(&self) -> Result<Self, E> {
        if self.depth == limits::MAX_JSON_DEPTH {
            return Err(refuse(
                DefectCode::TooDeep,
                format!("nested deeper than {}", limits::MAX_JSON_DEPTH),
            ));
        }
        Ok(Self {
            depth: self.depth + 1,
        })
    }
}

fn refuse<E: de::Error>(code: DefectCode, message: impl Into<String>) -> E {
    E::custom(Defect::new(code, message))
}

impl<'de> DeserializeSeed<'de> for Scan {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        d.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scan {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: de::Error>(self, n: u64) -> Result<(), E> {
        if n > limits::MAX_INTEGER {
            return Err(refuse(
                DefectCode::NumberForm,
                format!("{n} is beyond 2^53-1"),
            ));
        }
        Ok(())
    }

    fn visit_i64<E: de::Error>(self, n: i64) -> Result<(), E> {
        Err(refuse(
            DefectCode::NumberForm,
            format!("{n} is negative; numbers are integers 0..2^53-1"),
        ))
    }

    fn visit_f64<E: de::Error>(self, n: f64) -> Result<(), E> {
        Err(refuse(
            DefectCode::NumberForm,
            format!("{n} is not written as an integer; foreign numbers are texts"),
        ))
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Err(refuse(
            DefectCode::NullValue,
            "null; an absent value is a field left out",
        ))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        super::text::check(text, super::text::Kind::Verbatim).map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut items = 0;
        while seq.next_element_seed(self.deeper()?)?.is_some() {
            items += 1;
            if items > limits::MAX_LIST_ITEMS {
                return Err(refuse(
                    DefectCode::TooLong,
                    format!("a list of over {} items", limits::MAX_LIST_ITEMS),
                ));
            }
        }
        if items == 0 {
            return Err(refuse(DefectCode::EmptyValue, "an empty list"));
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut last: Option<String> = None;
        while let Some(key) = map.next_key::<String>()? {
            if key.is_empty() || !key.bytes().all(|b| (0x20..0x7f).contains(&b)) {
                return Err(refuse(
                    DefectCode::FieldName,
                    format!("field name {key:?} is not printable ASCII"),
                ));
            }
            match last {
                Some(ref before) if *before == key => {
                    return Err(refuse(
                        DefectCode::DuplicateField,
                        format!("field {key:?} stands twice"),
                    ));
                }
                Some(ref before) if *before > key => {
                    return Err(refuse(
                        DefectCode::NotCanonical,
                        format!("field {key:?} stands after {before:?}; RFC 8785 sorts fields"),
                    ));
                }
                _ => {}
            }
            map.next_value_seed(self.deeper()?)?;
            last = Some(key);
        }
        if last.is_none() {
            return Err(refuse(DefectCode::EmptyValue, "an empty object"));
        }
        Ok(())
    }
}
