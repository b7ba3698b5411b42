//! JSON as text, for files and for the scripts of pages: a number as it is spelled, and no `<` in any text, so that the words
//! of a claim can end no script and begin no element.

use super::json::VerbatimJson;
use serde::ser::{SerializeMap as _, SerializeSeq as _};
use serde::{Serialize, Serializer};
use serde_json::ser::{Formatter, PrettyFormatter};
use serde_json::value::RawValue;
use std::io::{self, Write};

impl Serialize for VerbatimJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(spelled) => match RawValue::from_string(spelled.clone()) {
                Ok(raw) => raw.serialize(serializer),
                Err(_) => serializer.serialize_str(spelled),
            },
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Object(members) => {
                let mut object = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    object.serialize_entry(name, value)?;
                }
                object.end()
            }
        }
    }
}

impl From<String> for VerbatimJson {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for VerbatimJson {
    fn from(number: u64) -> Self {
        Self::Number(number.to_string())
    }
}

/// A value as lines of JSON, with a line end after the last one.
pub fn pretty(value: &impl Serialize) -> String {
    written(value, Spaced(PrettyFormatter::new()))
}

/// A value as one line of JSON, with a line end.
pub fn line(value: &impl Serialize) -> String {
    written(value, Spaced(serde_json::ser::CompactFormatter))
}

fn written<F: Formatter>(value: &impl Serialize, formatter: F) -> String {
    let mut bytes = Vec::new();
    let mut json = serde_json::Serializer::with_formatter(&mut bytes, formatter);
    value
        .serialize(&mut json)
        .expect("plain data, written to memory");
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

/// Writes as another formatter does, and `<` in a text as `\u003c`.
struct Spaced<F>(F);

impl<F: Formatter> Formatter for Spaced<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut parts = fragment.split('<');
        if let Some(first) = parts.next() {
            writer.write_all(first.as_bytes())?;
        }
        for part in parts {
            writer.write_all(b"\\u003c")?;
            writer.write_all(part.as_bytes())?;
        }
        Ok(())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_spelling_and_no_text_ends_a_script() {
        let read = VerbatimJson::parse(r#"{"n":[1.0,5e0,-0,1e400],"t":"</script><!--","<":null}"#);
        let read = read.unwrap();
        for text in [pretty(&read), line(&read)] {
            assert!(!text.contains('<'), "{text}");
            for spelled in ["1.0", "5e0", "-0", "1e400"] {
                assert!(text.contains(spelled), "{text}");
            }
            assert_eq!(VerbatimJson::parse(text.trim()).unwrap(), read);
        }
        assert_eq!(line(&read).lines().count(), 1);
    }
}
