//! An error for people and machines: code, what was wrong, why, and what to do next.

use crate::app::read::friendly_names::FriendlyNames;
use crate::app::{Code, Error, next_step};
use claimledger_core::Message;
use claimledger_core::encoding::foreign::CONTINUES;
use serde::Serialize;
use std::error::Error as _;
use std::fmt::Write as _;

/// A refusal in plain data. Machines read it as it is.
#[derive(Debug, Serialize)]
pub struct Refusal {
    /// The stable code.
    pub code: Code,
    /// What was wrong.
    pub message: Message,
    /// The causes, from the nearest to the furthest.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Message>,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<&'static str>,
}

impl Refusal {
    /// The refusal for an error.
    pub fn from_error(error: &Error) -> Self {
        let code = error.code();
        let mut message = error.message();
        // A defect's message begins with its code; a refusal has the code at its end.
        if let Some(rest) = message.to_string().strip_prefix(&format!("{code}: ")) {
            message = rest.into();
        }
        let mut causes: Vec<Message> = Vec::new();
        let mut cause = error.source();
        if let Error::Case { source, .. } = error {
            causes.push(source.message());
            cause = source.source();
        }
        while let Some(current) = cause {
            let said = current.to_string();
            // A transparent error repeats the words of its cause.
            let repeated = said.ends_with(&message.to_string())
                || causes.last().is_some_and(|last| last.to_string() == said);
            if !repeated {
                causes.push(said.into());
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

    /// The refusal as people read it, with the names that they know at their desk.
    pub fn told(&self, names: Option<&FriendlyNames<'_>>) -> String {
        let told = |message: &Message| {
            let text = match names {
                Some(names) => names.told(message),
                None => message.to_string(),
            };
            // A file name with a line end in it must not look like a message of its own.
            text.replace('\n', &format!("\n{CONTINUES}"))
        };
        let mut text = format!("error: {} [{}]\n", told(&self.message), self.code);
        for cause in &self.causes {
            let _ = writeln!(text, "  because {}", told(cause));
        }
        if let Some(next) = self.next {
            let _ = writeln!(text, "  next: {next}");
        }
        text
    }
}
