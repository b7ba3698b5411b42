//! A row of the list of open work: what kind it is, what it is about, who can do it, since when, until when, and the command.

use crate::app::read::line::{self, Line};
use claimledger_core::encoding::time::PartialDate;
use claimledger_core::rules::Person;
use claimledger_core::{EntryIndex, Message};
use serde::Serialize;

/// What kind of work is open, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum TodoKind {
    /// An objection was upheld, wholly or in part, and nothing that stands settles it.
    Correct,
    /// A verdict waits for an approval that its policy asks for.
    Approve,
    /// A correction of a verdict waits for one; until then the old verdict is the current one.
    ApproveCorrection,
    /// An objection waits for an answer.
    Answer,
    /// A verdict was rejected, and nothing replaces it.
    Rejected,
    /// A verdict lacks something that no approval brings.
    Incomplete,
    /// The date of a forecast has passed, and no verdict says how it ended.
    ForecastDue,
    /// Something on which a verdict rests no longer stands.
    RestsOnFallen,
    /// The corroboration of a verdict is no longer what it was when it was signed.
    CorroborationChanged,
    /// A quotation is no longer in its source.
    QuotationLost,
}

impl TodoKind {
    /// Every kind, in order.
    pub const ALL: &'static [Self] = &[
        Self::Correct,
        Self::Approve,
        Self::ApproveCorrection,
        Self::Answer,
        Self::Rejected,
        Self::Incomplete,
        Self::ForecastDue,
        Self::RestsOnFallen,
        Self::CorroborationChanged,
        Self::QuotationLost,
    ];

    /// For people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Correct => "accepted objections: correct or withdraw",
            Self::Approve => "verdicts that wait for approval",
            Self::ApproveCorrection => "corrections that wait for approval",
            Self::Answer => "objections that wait for an answer",
            Self::Rejected => "rejected verdicts",
            Self::Incomplete => "verdicts that lack more than an approval",
            Self::ForecastDue => "forecasts that have fallen due",
            Self::RestsOnFallen => "verdicts that rest on what no longer stands",
            Self::CorroborationChanged => "verdicts whose corroboration has changed",
            Self::QuotationLost => "quotations that are no longer in their source",
        }
    }
}

/// Somebody who can do it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TodoPerson {
    /// Their short name.
    pub holder: String,
    /// Their organisation.
    pub organisation: String,
}

impl From<&Person> for TodoPerson {
    fn from(person: &Person) -> Self {
        Self {
            holder: person.holder.to_string(),
            organisation: person.organisation.to_string(),
        }
    }
}

/// Something that is open.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Todo {
    /// What kind of work it is.
    pub kind: TodoKind,
    /// What it is about.
    pub what: Line,
    /// All that it is about, if it is more: what one person added at one moment is one row.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<EntryIndex>,
    /// What is open, in words.
    pub words: Message,
    /// Who can do it; empty if there is no such person in the ledger now.
    pub who: Vec<TodoPerson>,
    /// Since when it is open, by the clock of the person whose statement opened it; for a forecast the date it fell due.
    pub since: String,
    /// Until when it must be done, by the policy, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<PartialDate>,
    /// The command to go on with.
    pub next: String,
}

impl Todo {
    /// Who can do it, for people: `edith or otto`.
    pub fn who_in_words(&self) -> String {
        let names: Vec<String> = self
            .who
            .iter()
            .map(|who| {
                if self.what.shared {
                    line::person(&who.holder, &who.organisation)
                } else {
                    who.holder.clone()
                }
            })
            .collect();
        match &names[..] {
            [] => "no person in the ledger can do it now".to_owned(),
            [one] => one.clone(),
            [some @ .., last] => format!("{} or {last}", some.join(", ")),
        }
    }
}

/// A row before it is counted and shown.
pub(super) struct OpenRow {
    pub kind: TodoKind,
    pub entry: EntryIndex,
    pub words: Message,
    pub who: Vec<TodoPerson>,
    pub since: String,
    pub due: Option<PartialDate>,
    pub next: Next,
}

/// The command that goes on.
pub(super) enum Next {
    /// Reading: what the next statement says is for the person to find.
    Read(String),
    /// Signing, which asks before it signs; `--as` is added.
    Sign(String),
}
