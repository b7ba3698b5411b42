//! What the audit of a site finds: a fault or a note, with a code, and the file it is about.

use crate::outcome::Code;
use claimledger_core::audit::Severity;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::{Message, message};
use serde::Serialize;

/// One finding of the audit of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SiteFinding {
    /// Its stable code.
    pub code: Code,
    /// Fault or note.
    pub severity: Severity,
    /// The file of the site.
    pub file: String,
    /// What was seen, and what the log says.
    pub message: Message,
}

impl SiteFinding {
    /// A fault.
    pub fn fault(code: Code, file: &str, message: impl Into<Message>) -> Self {
        Self {
            code,
            severity: Severity::Fault,
            file: file.to_owned(),
            message: message.into(),
        }
    }

    /// Something to know.
    pub fn note(code: Code, file: &str, message: impl Into<Message>) -> Self {
        Self {
            severity: Severity::Note,
            ..Self::fault(code, file, message)
        }
    }
}

/// `what: the log says A, the page says B`, with the parts of both around the first difference.
pub fn differs(what: impl Into<Message>, log: Option<&str>, page: Option<&str>) -> Message {
    let (log, page) = match (log, page) {
        (Some(log), Some(page)) => {
            let from = common_beginning(log, page);
            (Some(part(log, from)), Some(part(page, from)))
        }
        (log, page) => (log.map(|log| part(log, 0)), page.map(|page| part(page, 0))),
    };
    let what: Message = what.into();
    match (log, page) {
        (Some(log), Some(page)) => {
            message!(
                "{what}: the log says {log}, the site says {page}",
                what,
                log,
                page
            )
        }
        (Some(log), None) => message!(
            "{what}: the log says {log}, the site says nothing",
            what,
            log
        ),
        (None, Some(page)) => message!(
            "{what}: the log says nothing, the site says {page}",
            what,
            page
        ),
        (None, None) => what,
    }
}

fn common_beginning(one: &str, other: &str) -> usize {
    let both = one.chars().zip(other.chars());
    both.take_while(|(one, other)| one == other).count()
}

/// The words around a difference.
fn part(words: &str, difference: usize) -> Foreign {
    let from = difference.saturating_sub(BEFORE);
    let count = words.chars().count();
    let mut shown: String = words.chars().skip(from).take(SHOWN).collect();
    if from > 0 {
        shown.insert(0, '…');
    }
    if count > from + SHOWN {
        shown.push('…');
    }
    Foreign::from(shown.as_str())
}

/// So many characters before a difference say where it is.
const BEFORE: usize = 30;
/// And so many are shown in all.
const SHOWN: usize = 120;

#[cfg(test)]
mod tests {
    use super::differs;

    #[test]
    fn a_difference_at_the_end_of_long_words_is_shown() {
        let log = format!("{}true", "word ".repeat(100));
        let page = format!("{}false", "word ".repeat(100));
        let said = differs("rating", Some(&log), Some(&page)).to_string();
        assert!(said.contains("true") && said.contains("false"), "{said}");
        assert!(said.chars().count() < 200, "{said}");
    }
}
