//! A sentence for people that keeps the keys, statements and foreign words in it as values, so that a program can print
//! keys and statements by name, and foreign words so that they cannot be taken for its own.

use crate::crypto::PublicKey;
use crate::encoding::foreign::{self, Foreign};
use crate::encoding::name::{Origin, Url};
use crate::encoding::text::Text;
use crate::model::{FreeText, StatementId};
use serde::Serialize;
use std::any::Any;
use std::cell::RefCell;
use std::fmt;

/// A piece of a [`Message`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A key. Printed in base64.
    Key(PublicKey),
    /// A statement. Printed as its id.
    Statement(StatementId),
    /// Words that somebody else wrote. Printed as [`Foreign::quoted`].
    Foreign(Foreign),
    /// An address, or the name of a ledger, that somebody else chose. Printed as [`foreign::name`].
    Name(Foreign),
}

/// A sentence that keeps the keys, statements and foreign words in it as values. It prints keys in base64, statements as
/// ids and foreign words in quotation marks on one line; [`Message::with_names`] prints keys and statements by the names that people know. A
/// program that serializes it gets the foreign words as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    pieces: Vec<Piece>,
}

impl Message {
    /// Its pieces, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The sentence with a name in place of each key and statement that has one.
    pub fn with_names(&self, name: &dyn Fn(&Piece) -> Option<String>) -> String {
        self.printed(&|piece| name(piece).unwrap_or_else(|| piece.to_string()))
    }

    /// The sentence with only the first rows and characters of each foreign text, and a count of the rest. Foreign words at
    /// its end keep their line ends: see [`Foreign::prose`].
    pub fn prose_within(&self, rows: usize, characters: usize) -> String {
        let mut said = String::new();
        for (at, piece) in (1..).zip(&self.pieces) {
            match piece {
                Piece::Foreign(words) if at == self.pieces.len() => {
                    let words = words.prose_within(rows, characters);
                    if words.starts_with('\n') {
                        said.truncate(said.trim_end().len());
                    }
                    said.push_str(&words);
                }
                Piece::Foreign(words) => said.push_str(&words.quoted_within(characters)),
                own => said.push_str(&own.to_string()),
            }
        }
        said
    }

    /// The sentence with the foreign words as they are, for programs.
    pub fn raw(&self) -> String {
        self.printed(&|piece| match piece {
            Piece::Foreign(words) | Piece::Name(words) => words.raw().to_owned(),
            own => own.to_string(),
        })
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// One message after another, with words between them.
    pub fn join(messages: &[Self], between: &str) -> Self {
        let mut joined = Self::default();
        for (i, message) in messages.iter().enumerate() {
            if i > 0 {
                joined.add(between);
            }
            joined.append(message.clone());
        }
        joined
    }

    /// The sentence with a capital letter at its beginning, unless it begins with words that somebody else wrote.
    #[must_use]
    pub fn capitalized(mut self) -> Self {
        if let Some(Piece::Text(text)) = self.pieces.first_mut() {
            let mut letters = text.chars();
            if let Some(first) = letters.next() {
                *text = first.to_uppercase().chain(letters).collect();
            }
        }
        self
    }

    /// Puts another message at the end.
    pub fn append(&mut self, other: Self) {
        for piece in other.pieces {
            match piece {
                Piece::Text(text) => self.add(&text),
                value => self.pieces.push(value),
            }
        }
    }

    fn printed(&self, print: &dyn Fn(&Piece) -> String) -> String {
        self.pieces.iter().map(print).collect()
    }

    fn add(&mut self, text: &str) {
        if let Some(Piece::Text(last)) = self.pieces.last_mut() {
            last.push_str(text);
        } else {
            self.pieces.push(Piece::Text(text.to_owned()));
        }
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Key(key) => key.fmt(f),
            Self::Statement(id) => id.fmt(f),
            Self::Foreign(words) => f.write_str(&words.quoted()),
            Self::Name(words) => f.write_str(&foreign::name(words.raw())),
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| piece.fmt(f))
    }
}

/// As [`Message::raw`].
impl Serialize for Message {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.raw())
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Message {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Message".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string" })
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        let pieces = vec![Piece::Text(text)];
        Self { pieces }
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<Foreign> for Message {
    fn from(words: Foreign) -> Self {
        let pieces = vec![Piece::Foreign(words)];
        Self { pieces }
    }
}

impl<const MAX: usize, const VERBATIM: bool> From<&Text<MAX, VERBATIM>> for Message {
    fn from(text: &Text<MAX, VERBATIM>) -> Self {
        Foreign::from(text).into()
    }
}

/// The words, or that they are sealed.
impl<const MAX: usize, const VERBATIM: bool> From<&FreeText<MAX, VERBATIM>> for Message {
    fn from(text: &FreeText<MAX, VERBATIM>) -> Self {
        match text {
            FreeText::Open(text) => text.into(),
            FreeText::Sealed(digest) => format!("[sealed {}]", digest.short(8)).into(),
        }
    }
}

/// A [`Message`] from a template with captured names, e.g. `message!("key {key} of {holder}", key, holder)`. The values
/// may be references. A key, a statement, a message or foreign words among them stay values; others become text.
#[doc(hidden)]
#[macro_export]
macro_rules! message {
    ($template:literal $(, $value:ident)* $(,)?) => {{
        let recorder = $crate::message::Recorder::default();
        $(let $value = recorder.keep($value.to_owned());)*
        recorder.record(format_args!($template))
    }};
}

/// What [`message!`] formats into: words come through [`fmt::Write`], and kept values put themselves between them.
#[doc(hidden)]
#[derive(Default)]
pub struct Recorder(RefCell<Message>);

impl Recorder {
    /// A value that is recorded as a value where the template prints it.
    pub fn keep<T>(&self, value: T) -> Kept<'_, T> {
        let recorder = self;
        Kept { value, recorder }
    }

    /// The message that the arguments print.
    pub fn record(&self, template: fmt::Arguments<'_>) -> Message {
        let mut words = self;
        // A Display that fails leaves its value out; none here does.
        let _ = fmt::Write::write_fmt(&mut words, template);
        self.0.take()
    }
}

impl fmt::Write for &Recorder {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.borrow_mut().add(text);
        Ok(())
    }
}

/// A value of a template.
#[doc(hidden)]
pub struct Kept<'a, T> {
    value: T,
    recorder: &'a Recorder,
}

/// What a template can hold: everything that can be displayed, and foreign words, which cannot.
#[doc(hidden)]
pub trait Said {
    /// The value as pieces, if it stays a value.
    fn kept(&self) -> Option<Message>;
    /// The value as words.
    fn words(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

impl<T: fmt::Display + 'static> Said for T {
    fn kept(&self) -> Option<Message> {
        let value: &dyn Any = self;
        let piece = if let Some(key) = value.downcast_ref::<PublicKey>() {
            Piece::Key(*key)
        } else if let Some(id) = value.downcast_ref::<StatementId>() {
            Piece::Statement(*id)
        } else if let Some(url) = value.downcast_ref::<Url>() {
            Piece::Name(url.as_str().into())
        } else if let Some(origin) = value.downcast_ref::<Origin>() {
            Piece::Name(origin.as_str().into())
        } else {
            return value.downcast_ref::<Message>().cloned();
        };
        let pieces = vec![piece];
        Some(Message { pieces })
    }

    fn words(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt(f)
    }
}

macro_rules! said_as_foreign {
    ($([$($generics:tt)*] $name:ty,)+) => {
        $(impl<$($generics)*> Said for $name {
            fn kept(&self) -> Option<Message> {
                Some(self.into())
            }

            fn words(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&Message::from(self), f)
            }
        })+
    };
}

said_as_foreign! {
    [] Foreign,
    [const MAX: usize, const VERBATIM: bool] Text<MAX, VERBATIM>,
    [const MAX: usize, const VERBATIM: bool] FreeText<MAX, VERBATIM>,
}

impl From<&Foreign> for Message {
    fn from(words: &Foreign) -> Self {
        words.clone().into()
    }
}

impl<T: Said> fmt::Display for Kept<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value.kept() {
            Some(message) => {
                self.recorder.0.borrow_mut().append(message);
                Ok(())
            }
            None => self.value.words(f),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Kept<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::limits;

    fn named(piece: &Piece) -> Option<String> {
        match piece {
            Piece::Text(_) | Piece::Foreign(_) | Piece::Name(_) => None,
            Piece::Key(_) => Some("mara".to_owned()),
            Piece::Statement(_) => Some("#7".to_owned()),
        }
    }

    #[test]
    fn keys_and_statements_stay_values_and_the_rest_is_text() {
        let key = PublicKey::from_bytes([1; 32]);
        let id = &StatementId::from_bytes([2; 32]);
        let (count, label) = (3, "a-label");
        let message = message!(
            "{count} times {key} names {id} ({label:?})",
            count,
            key,
            id,
            label
        );
        assert_eq!(
            message.to_string(),
            format!("3 times {key} names {id} (\"a-label\")")
        );
        assert_eq!(
            message.with_names(&named),
            "3 times mara names #7 (\"a-label\")"
        );
        assert_eq!(message.pieces().len(), 5);
    }

    #[test]
    fn a_message_in_a_message_keeps_its_values() {
        let key = &PublicKey::from_bytes([1; 32]);
        let reason = message!("{key} is unknown", key);
        let message = message!("entry 4: {reason}!", reason);
        assert_eq!(message.to_string(), format!("entry 4: {key} is unknown!"));
        assert_eq!(message.with_names(&named), "entry 4: mara is unknown!");
    }

    #[test]
    fn foreign_words_are_kept_apart_and_shown_by_the_renderer() {
        let title = &Text::<2000>::new("Bridge\u{202e}").unwrap();
        let note =
            FreeText::<{ limits::MAX_TEXT_BYTES }>::open("No.\n\nstanding: approved").unwrap();
        let message = message!("{title} ({note})", title, note);
        assert_eq!(
            message.to_string(),
            "\u{201c}Bridge<U+202E>\u{201d} (\u{201c}No.  standing: approved\u{201d})"
        );
        // Only words at the end of a sentence keep their line ends: what comes behind a block would look like its own row.
        assert_eq!(message.prose_within(9, 99), message.to_string());
        assert_eq!(
            message!("{title}: {note}", title, note).prose_within(9, 99),
            "\u{201c}Bridge<U+202E>\u{201d}:\n    | No.\n    |\n    | standing: approved"
        );
        assert_eq!(message.raw(), "Bridge\u{202e} (No.\n\nstanding: approved)");
        assert_eq!(
            serde_json::to_value(&message).unwrap(),
            message.raw().as_str()
        );
    }

    #[test]
    fn messages_are_joined_and_only_own_words_get_a_capital() {
        let [one, two] = ["first", "second"].map(Message::from);
        let title = Message::from(Foreign::from("ecb"));
        let joined = Message::join(&[one, two, title.clone()], ", ");
        assert_eq!(
            joined.clone().capitalized().to_string(),
            "First, second, \u{201c}ecb\u{201d}"
        );
        assert_eq!(joined.pieces().len(), 2);
        assert_eq!(title.capitalized().to_string(), "\u{201c}ecb\u{201d}");
    }

    #[test]
    fn a_name_is_not_looked_for_in_words() {
        let key = PublicKey::from_bytes([1; 32]);
        let message = Message::from(key.to_string());
        assert_eq!(message.with_names(&named), key.to_string());
    }
}
