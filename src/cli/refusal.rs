//! An error for people and machines: code, what was wrong, why, and what to do next.

use crate::app::near::{self, KnownNames};
use crate::app::read::friendly_names::FriendlyNames;
use crate::app::{Code, Error, Fault, next_step};
use claimledger_core::Message;
use claimledger_core::encoding::foreign::CONTINUES;
use serde::Serialize;
use std::error::Error as _;
use std::fmt::Write as _;

/// A refusal in plain data. Machines read it as it is.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refusal {
    /// The stable code.
    pub code: Code,
    /// What was wrong.
    pub message: Message,
    /// The causes, from the nearest to the furthest.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Message>,
    /// The faults of a file that a person wrote, in the order of its lines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<FaultTold>,
    /// Names that may have been meant, the nearest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<String>,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One fault of a file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FaultTold {
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The item of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The field of the item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    #[serde(skip)]
    place: String,
    /// What is wrong.
    #[serde(flatten)]
    pub why: Box<Refusal>,
}

impl FaultTold {
    fn from_fault(fault: &Fault, known: Option<&KnownNames<'_>>) -> Self {
        Self {
            line: fault.line,
            item: fault.item.clone(),
            field: fault.field.clone(),
            place: fault.place(),
            why: Box::new(Refusal::from_error(&fault.why, known)),
        }
    }
}

impl Refusal {
    /// The refusal for an error.
    pub fn from_error(error: &Error, known: Option<&KnownNames<'_>>) -> Self {
        let error = error.bare();
        let code = error.code();
        let mut message = error.message();
        // A defect's message begins with its code; a refusal has the code at its end.
        if let Some(rest) = message.to_string().strip_prefix(&format!("{code}: ")) {
            message = rest.into();
        }
        let mut causes: Vec<Message> = Vec::new();
        let mut cause = error.source();
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
        let mut faults = Vec::new();
        if let Error::Faults { faults: all, .. } = error {
            let told = all.iter();
            faults.extend(told.map(|fault| FaultTold::from_fault(fault, known)));
        }
        let near = known.map(|known| known.near(error)).unwrap_or_default();
        let step = match &faults[..] {
            [] => next_step::next_step(error).map(Into::into),
            faults => steps(faults),
        };
        let next = [near::question(&near), step].into_iter().flatten();
        let next: Vec<String> = next.collect();
        Self {
            code,
            message,
            causes,
            faults,
            near,
            next: (!next.is_empty()).then(|| next.join(" ")),
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
        // The message says the only fault.
        let only = self.faults.len() == 1;
        for fault in &self.faults {
            let place = match &fault.place[..] {
                "" => String::new(),
                place => format!("{place}: "),
            };
            let why = told(&fault.why.message);
            if !only {
                let place = told(&place.into());
                let _ = writeln!(text, "  {place}{why} [{}]", fault.why.code);
            }
            for cause in &fault.why.causes {
                let _ = writeln!(text, "    because {}", told(cause));
            }
            if let Some(question) = near::question(&fault.why.near) {
                let _ = writeln!(text, "    {question}");
            }
        }
        for cause in &self.causes {
            let _ = writeln!(text, "  because {}", told(cause));
        }
        if let Some(next) = &self.next {
            let _ = writeln!(text, "  next: {next}");
        }
        text
    }
}

/// What to do about all faults: each step once.
fn steps(faults: &[FaultTold]) -> Option<String> {
    let mut steps: Vec<&str> = Vec::new();
    for fault in faults {
        let step = fault.why.next.as_deref();
        let question = near::question(&fault.why.near);
        // The question stands beside its fault.
        let step = step.map(|step| {
            let without = question.and_then(|question| step.strip_prefix(&*question));
            without.map_or(step, str::trim_start)
        });
        steps.extend(step.filter(|step| !step.is_empty() && !steps.contains(step)));
    }
    (!steps.is_empty()).then(|| steps.join("\n        "))
}
