//! Which fields of a statement have characters that cannot be seen or that change the direction of writing.

use super::Statement;
use crate::encoding::foreign;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// A field of a statement with such characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// The field, by its name in the statement, e.g. `excerpt.quote`.
    pub field: String,
    /// Each character, and how many there are.
    pub characters: BTreeMap<char, usize>,
}

/// `text has U+202E and 3 of U+200B, which cannot be seen or change the direction of writing`.
impl fmt::Display for Unseen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} has ", self.field)?;
        for (i, (c, count)) in self.characters.iter().enumerate() {
            if i > 0 {
                f.write_str(if i + 1 == self.characters.len() {
                    " and "
                } else {
                    ", "
                })?;
            }
            if *count > 1 {
                write!(f, "{count} of ")?;
            }
            write!(f, "U+{:04X}", u32::from(*c))?;
        }
        f.write_str(", which cannot be seen or change the direction of writing")
    }
}

/// The fields of a statement with characters that cannot be seen or that change the direction of writing, unless the
/// writing needs them there. Line ends and tabs are not among them.
pub fn unseen(statement: &Statement) -> Vec<Unseen> {
    let mut found = Vec::new();
    let value = serde_json::to_value(statement).expect("a statement is plain data");
    if let Some(body) = value.get("body") {
        look(body, String::new(), &mut found);
    }
    found
}

fn look(value: &Value, field: String, found: &mut Vec<Unseen>) {
    match value {
        Value::String(text) => {
            let mut characters = BTreeMap::new();
            for c in foreign::unseen(text) {
                *characters.entry(c).or_default() += 1;
            }
            if !characters.is_empty() {
                found.push(Unseen { field, characters });
            }
        }
        Value::Array(items) => {
            for item in items {
                look(item, field.clone(), found);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                let inner = if field.is_empty() {
                    name.clone()
                } else {
                    format!("{field}.{name}")
                };
                look(value, inner, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
