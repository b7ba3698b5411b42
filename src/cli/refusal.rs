//! A refusal as people and machines read it: code, what was wrong, why, and what to do next.

use crate::app::{Error, next_step};
use serde::Serialize;
use std::error::Error as _;
use std::fmt;

/// A refusal in plain data.
#[derive(Debug, Serialize)]
pub struct Refusal {
    /// The stable code.
    pub code: &'static str,
    /// What was wrong.
    pub message: String,
    /// Why, from the nearest cause to the furthest.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<&'static str>,
}

impl Refusal {
    /// The refusal that an error is.
    pub fn of(error: &Error) -> Self {
        let code = error.code();
        // A spelling begins with its code, which a refusal names at its end.
        let said = error.to_string();
        let message = said
            .strip_prefix(&format!("{code}: "))
            .unwrap_or(&said)
            .to_owned();
        let mut causes: Vec<String> = Vec::new();
        let mut cause = error.source();
        while let Some(current) = cause {
            let said = current.to_string();
            // A transparent error repeats its cause's words.
            if !said.ends_with(&message) && causes.last() != Some(&said) {
                causes.push(said);
            }
            cause = current.source();
        }
        Self {
            code,
            message,
            causes,
            next: next_step::next_step(error),
        }
    }

    /// The same with the keys and ids in it under the names that people know.
    pub fn by_name(self, names: &dyn Fn(&str) -> String) -> Self {
        Self {
            message: names(&self.message),
            causes: self.causes.iter().map(|cause| names(cause)).collect(),
            ..self
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Further lines of a message are indented: a file name with a line end in it must not look like a message of its own.
        let indented = |text: &str| text.replace('\n', "\n    ");
        writeln!(f, "error: {} [{}]", indented(&self.message), self.code)?;
        for cause in &self.causes {
            writeln!(f, "  because {}", indented(cause))?;
        }
        if let Some(next) = self.next {
            writeln!(f, "  next: {next}")?;
        }
        Ok(())
    }
}
