//! What a list shows: what is live, and how many of the others it leaves out. Asked for all, it leaves nothing out.

use super::line::Line;
use super::standing_line::StandingLine;
use claimledger_core::TreeSize;
use claimledger_core::rules::StandingWord;
use serde::Serialize;
use std::collections::BTreeMap;

/// Which statements a list is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Which {
    /// As of how many entries; of all of them by default.
    pub at: Option<TreeSize>,
    /// Whether also those that are not live.
    pub all: bool,
}

/// Something in a list; it has a standing.
pub trait HasStanding {
    /// Its standing as of the size that was asked for.
    fn standing(&self) -> &StandingLine;
}

impl HasStanding for Line {
    fn standing(&self) -> &StandingLine {
        &self.standing
    }
}

/// How many were left out, by what ended them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct NotShown(pub BTreeMap<StandingWord, u64>);

impl NotShown {
    /// Adds those of another list.
    pub fn add(&mut self, other: &Self) {
        for (word, count) in &other.0 {
            *self.0.entry(*word).or_default() += count;
        }
    }

    /// How many.
    pub fn total(&self) -> u64 {
        self.0.values().sum()
    }
}

/// A list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Listed<T> {
    /// What it shows.
    pub found: Vec<T>,
    /// How many it does not show.
    pub not_shown: NotShown,
}

impl<T: HasStanding> Listed<T> {
    /// What is asked for among these.
    pub fn of(entries: Vec<T>, which: Which) -> Self {
        let mut listed = Self {
            found: Vec::new(),
            not_shown: NotShown::default(),
        };
        for entry in entries {
            match entry.standing().facts.ended() {
                Some(word) if !which.all => *listed.not_shown.0.entry(word).or_default() += 1,
                _ => listed.found.push(entry),
            }
        }
        listed
    }
}
