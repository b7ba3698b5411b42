//! Files that people write: TOML, read with the lines on which everything stands, so that every fault can be named.

use super::toml_value::Given;
use crate::app::{Code, Error, Fault};
use crate::host::files;
use crate::text::near_names::near_names;
use claimledger_core::encoding::foreign;
use serde::Deserializer;
use serde::de::value::Error as Malformed;
use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess, Visitor};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// A file: the fields before its sections, and its sections in the order of their kinds.
pub struct WrittenFile {
    /// The file, for messages.
    pub path: String,
    /// The fields before the first section.
    pub top: Section,
    /// The sections, `[[kind]]`.
    pub sections: Vec<Section>,
    /// What is wrong already.
    pub faults: Vec<Fault>,
}

/// A section: some fields, each with its line.
#[derive(Debug, Clone)]
pub struct Section {
    /// Of which kind; empty for the fields before the first section.
    pub kind: String,
    /// Which of its kind, from 1.
    pub number: usize,
    /// Where its fields stand.
    pub lines: FieldLines,
    fields: BTreeMap<String, toml::Value>,
    /// Its name or label, for messages.
    shown: Option<String>,
    /// Fields that it may have and that were taken out.
    parts: Vec<&'static str>,
}

/// The lines of a section.
#[derive(Debug, Clone)]
pub struct FieldLines {
    /// Its first line.
    pub first: usize,
    fields: BTreeMap<String, usize>,
}

impl FieldLines {
    /// The line of a field; of the section, if the field is absent.
    pub fn of(&self, field: Option<&str>) -> usize {
        let line = field.and_then(|field| self.fields.get(field));
        line.copied().unwrap_or(self.first)
    }
}

/// What a person may write into a section, and what they must.
pub trait Fields: DeserializeOwned {
    /// The fields that every section has. Serde refuses a section without them too, but one at a time.
    const REQUIRED: &'static [&'static str];
}

impl WrittenFile {
    /// Reads a file with sections of these kinds. Every fault of its form is in `faults`.
    ///
    /// # Errors
    ///
    /// [`Error::Faults`] if it is no TOML at all; those of reading a file.
    pub fn read(path: &Path, kinds: &[&str]) -> Result<Self, Error> {
        let text = files::read_text(path)?;
        let path = path.display().to_string();
        let plain = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let newlines: Vec<usize> = plain.match_indices('\n').map(|(at, _)| at).collect();
        let line_of = |at: usize| newlines.partition_point(|newline| *newline < at) + 1;
        let (table, malformed) = DeTable::parse_recoverable(plain);
        let faults = malformed.into_iter().map(|e| Fault {
            line: e.span().map(|span| line_of(span.start)),
            item: None,
            field: None,
            why: Error::Malformed(e.message().to_owned()),
        });
        Error::if_any(&path, faults.collect())?;
        let mut document = Self {
            path,
            top: Section::empty(),
            sections: Vec::new(),
            faults: Vec::new(),
        };
        let mut by_kind: BTreeMap<usize, Vec<Section>> = BTreeMap::new();
        for (key, value) in table.into_inner() {
            let line = line_of(key.span().start);
            let key = key.into_inner().into_owned();
            match kinds.iter().position(|kind| *kind == key) {
                None => document.top.put(key, value, line),
                Some(kind) => match sections(&key, value, &line_of) {
                    Ok(sections) => {
                        by_kind.insert(kind, sections);
                    }
                    Err(why) => document.faults.push(Fault {
                        line: Some(line),
                        item: Some(key),
                        field: None,
                        why: Error::Malformed(why),
                    }),
                },
            }
        }
        document.sections = by_kind.into_values().flatten().collect();
        Ok(document)
    }
}

/// Reads a file that has one thing in it, such as a policy.
///
/// # Errors
///
/// [`Error::Faults`] with all faults of its form; those of reading a file.
pub fn toml<T: Fields>(path: &Path) -> Result<(T, WrittenFile), Error> {
    let mut document = WrittenFile::read(path, &[])?;
    let mut faults = std::mem::take(&mut document.faults);
    let read = document.top.read::<T>(&mut faults);
    Error::if_any(&document.path, faults)?;
    let read = read.ok_or_else(|| Error::Malformed("it is not complete".to_owned()))?;
    Ok((read, document))
}

impl WrittenFile {
    /// An error about what this file says, with the line on which it says so.
    pub fn fault(&self, error: Error) -> Error {
        let Error::Field { field, why } = error else {
            // It is not about the file.
            return error;
        };
        Error::Faults {
            path: self.path.clone(),
            faults: vec![self.top.refused(Some(field), *why)],
        }
    }
}

fn sections(
    kind: &str,
    value: Spanned<DeValue<'_>>,
    line_of: &dyn Fn(usize) -> usize,
) -> Result<Vec<Section>, String> {
    let wrong = || format!("begin each {kind} with [[{kind}]]");
    let DeValue::Array(list) = value.into_inner() else {
        return Err(wrong());
    };
    let mut sections = Vec::new();
    for (table, number) in list.into_iter().zip(1..) {
        let first = line_of(table.span().start);
        let DeValue::Table(table) = table.into_inner() else {
            return Err(wrong());
        };
        let mut section = Section {
            kind: kind.to_owned(),
            number,
            ..Section::empty()
        };
        section.lines.first = first;
        for (key, value) in table {
            let line = line_of(key.span().start);
            section.put(key.into_inner().into_owned(), value, line);
        }
        let name = section.texts(&["name", "label"]).next();
        section.shown = name.map(str::to_owned);
        sections.push(section);
    }
    Ok(sections)
}

impl Section {
    /// What was given on a command line.
    pub fn without_file() -> Self {
        Self::empty()
    }

    fn empty() -> Self {
        let lines = FieldLines {
            first: 1,
            fields: BTreeMap::new(),
        };
        Self {
            kind: String::new(),
            number: 0,
            lines,
            fields: BTreeMap::new(),
            shown: None,
            parts: Vec::new(),
        }
    }

    fn put(&mut self, key: String, value: Spanned<DeValue<'_>>, line: usize) {
        use serde::Deserialize as _;
        let value = toml::Value::deserialize(ValueDeserializer::from(value));
        self.lines.fields.insert(key.clone(), line);
        self.fields
            .insert(key, value.expect("any TOML value is one"));
    }

    /// `rating 198`, and its name or label if it has one.
    pub fn called(&self) -> Option<String> {
        if self.kind.is_empty() {
            return None;
        }
        let shown = self
            .shown
            .as_ref()
            .filter(|label| label.chars().count() <= LONGEST_SHOWN);
        let shown = shown.map(|label| format!(" ({})", foreign::name(label)));
        Some(format!(
            "{} {}{}",
            self.kind,
            self.number,
            shown.unwrap_or_default()
        ))
    }

    /// The names of its fields.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(String::as_str)
    }

    /// What the fields of these names say, where they are texts.
    pub fn texts(&self, names: &[&str]) -> impl Iterator<Item = &str> {
        let fields = names.iter().filter_map(|name| self.fields.get(*name));
        fields.filter_map(toml::Value::as_str)
    }

    /// Takes some fields out of it, as a section of their own.
    pub fn part(&mut self, names: &'static [&'static str]) -> Self {
        let mut part = Self {
            fields: BTreeMap::new(),
            parts: Vec::new(),
            ..self.clone()
        };
        self.parts.extend(names);
        for name in names {
            if let Some((name, value)) = self.fields.remove_entry(*name) {
                part.fields.insert(name, value);
            }
        }
        part
    }

    /// Whether it has no fields.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    fn fault(&self, field: Option<&str>, why: String) -> Fault {
        // The text of a defect begins with its code, which is not the code of the refusal.
        let bare = match why.split_once(": ") {
            Some((code, rest)) if code.parse::<Code>().is_ok() => rest.to_owned(),
            _ => why,
        };
        self.refused(field, Error::Malformed(bare))
    }

    /// The fault that an error is in this section; the line is that of the field.
    pub fn refused(&self, field: Option<&str>, why: Error) -> Fault {
        let (field, why) = match why {
            Error::Field { field, why } => (Some(field), *why),
            why => (field, why),
        };
        Fault {
            line: Some(self.lines.of(field)),
            item: self.called(),
            field: field.map(str::to_owned),
            why,
        }
    }

    /// Its fields as plain data; `None` with a fault for each field that is wrong or missing.
    pub fn read<T: Fields>(&self, faults: &mut Vec<Fault>) -> Option<T> {
        let before = faults.len();
        for required in T::REQUIRED {
            if !self.fields.contains_key(*required) {
                let why = format!("{required} is missing");
                faults.push(self.fault(None, why));
            }
        }
        let missing = faults.len() > before;
        let mut skipped = BTreeSet::new();
        loop {
            let reading = Reading {
                section: self,
                skipped: &skipped,
                at: RefCell::default(),
            };
            let read = T::deserialize(&reading);
            match (read, reading.at.into_inner()) {
                (Ok(read), _) => return (faults.len() == before).then_some(read),
                (Err(e), Some(field)) => {
                    faults.push(self.fault(Some(&field), e.to_string()));
                    skipped.insert(field);
                }
                (Err(e), None) => {
                    // A field that was skipped or is known to be missing.
                    if !missing && skipped.is_empty() {
                        faults.push(self.fault(None, e.to_string()));
                    }
                    return None;
                }
            }
        }
    }
}

/// The names of the fields that a struct is read from.
pub fn known<T: Fields>() -> &'static [&'static str] {
    let names = Names(Cell::new(&[]));
    // It stops at the names: there are no values.
    let _ = T::deserialize(&names);
    names.0.get()
}

/// Takes down the names of the fields, and gives no values.
struct Names(Cell<&'static [&'static str]>);

impl<'de> Deserializer<'de> for &Names {
    type Error = Malformed;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Malformed> {
        Err(Malformed::custom("only a struct has names of fields"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        known: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Malformed> {
        self.0.set(known);
        Err(Malformed::custom("there are no values"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// Reads a section into a struct, and remembers the field that it is at.
struct Reading<'a> {
    section: &'a Section,
    skipped: &'a BTreeSet<String>,
    at: RefCell<Option<String>>,
}

impl<'de> Deserializer<'de> for &Reading<'_> {
    type Error = Malformed;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Malformed> {
        Err(Malformed::custom("a section is read into a struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Malformed> {
        let fields = self.section.fields.iter();
        let fields = fields.filter(|(name, _)| !self.skipped.contains(*name));
        if let Some((unknown, _)) = fields
            .clone()
            .find(|(name, _)| !known.contains(&name.as_str()))
        {
            self.at.replace(Some(unknown.clone()));
            let mut known = known.to_vec();
            known.extend(&self.section.parts);
            let near = near_names(unknown, known.iter().copied());
            let meant = near.first().map(|near| format!("; did you mean {near}?"));
            return Err(Malformed::custom(format!(
                "there is no such field{}; the fields are: {}",
                meant.unwrap_or_default(),
                known.join(", ")
            )));
        }
        visitor.visit_map(Walk {
            reading: self,
            fields: Box::new(fields),
            value: None,
        })
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// The fields of a section, one after another.
struct Walk<'a> {
    reading: &'a Reading<'a>,
    fields: Box<dyn Iterator<Item = (&'a String, &'a toml::Value)> + 'a>,
    value: Option<&'a toml::Value>,
}

impl<'de> MapAccess<'de> for Walk<'_> {
    type Error = Malformed;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Malformed> {
        use serde::de::IntoDeserializer as _;
        let next = self.fields.next();
        self.reading.at.replace(next.map(|(name, _)| name.clone()));
        let Some((name, value)) = next else {
            return Ok(None);
        };
        self.value = Some(value);
        seed.deserialize(name.as_str().into_deserializer())
            .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Malformed> {
        let value = self.value.take().expect("a value follows its key");
        seed.deserialize(Given(value))
    }
}

/// A longer label is not repeated in a message.
const LONGEST_SHOWN: usize = 40;
