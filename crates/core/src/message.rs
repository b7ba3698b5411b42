//! A sentence for people that keeps the keys and statements in it as values, so that a program can print them by name.

use crate::crypto::PublicKey;
use crate::model::StatementId;
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
}

/// A sentence that keeps the keys and statements in it as values. It prints them in base64 and as ids;
/// [`Message::with_names`] prints them by the names that people know.
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
        let pieces = self.pieces.iter();
        pieces
            .map(|piece| name(piece).unwrap_or_else(|| piece.to_string()))
            .collect()
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
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| piece.fmt(f))
    }
}

/// As the text that it prints.
impl Serialize for Message {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
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

/// A [`Message`] from a template with captured names, e.g. `message!("key {key} of {holder}", key, holder)`. The values
/// may be references. A key, a statement or a message among them stays a value; others become text.
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

impl<T: fmt::Display + 'static> fmt::Display for Kept<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value: &dyn Any = &self.value;
        let pieces = if let Some(key) = value.downcast_ref::<PublicKey>() {
            vec![Piece::Key(*key)]
        } else if let Some(id) = value.downcast_ref::<StatementId>() {
            vec![Piece::Statement(*id)]
        } else if let Some(message) = value.downcast_ref::<Message>() {
            message.pieces.clone()
        } else {
            return self.value.fmt(f);
        };
        self.recorder.0.borrow_mut().pieces.extend(pieces);
        Ok(())
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

    fn named(piece: &Piece) -> Option<String> {
        match piece {
            Piece::Text(_) => None,
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
    fn a_name_is_not_looked_for_in_words() {
        let key = PublicKey::from_bytes([1; 32]);
        let message = Message::from(key.to_string());
        assert_eq!(message.with_names(&named), key.to_string());
    }
}
