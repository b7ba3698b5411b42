//! Asks this ledger and every mirror on this machine the same question; a mirror that cannot be read is reported.

use super::listed::{Listed, NotShown};
use crate::app::{Code, Desk, Error, Session};
use crate::sync::place::Place;
use serde::Serialize;

/// What one ledger answers.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Of<T> {
    /// The ledger's name.
    pub ledger: String,
    /// The mirror that it comes from; absent for the desk's own ledger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mirror: Option<String>,
    /// Its answer.
    #[serde(flatten)]
    pub found: T,
}

/// A ledger that could not be read.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Unread {
    /// Where it is.
    pub place: String,
    /// The stable code.
    pub code: Code,
    /// Why.
    pub why: String,
}

/// What all of them answer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Everywhere<T> {
    /// This ledger's answers, then each mirror's, by name.
    pub found: Vec<Of<T>>,
    /// How many of all ledgers are not shown.
    pub not_shown: NotShown,
    /// The ledgers that could not be read.
    pub unread: Vec<Unread>,
    /// What to tell the person.
    #[serde(skip)]
    pub notes: Vec<String>,
}

impl<T> Of<T> {
    /// The ledger's name for people.
    pub fn whose(&self) -> String {
        match &self.mirror {
            Some(name) => format!("{} (mirror {name})", self.ledger),
            None => self.ledger.clone(),
        }
    }
}

/// Asks this ledger and every mirror. If none can be read, the result is the error of this ledger.
pub fn ask<T>(
    desk: &Desk,
    question: impl Fn(&Session) -> Result<Listed<T>, Error>,
) -> Result<Everywhere<T>, Error> {
    let mut all = Everywhere {
        found: Vec::new(),
        not_shown: NotShown::default(),
        unread: Vec::new(),
        notes: Vec::new(),
    };
    let mut places = vec![desk.ledger.clone()];
    let mirrors = desk.mirrors();
    for name in mirrors.names()? {
        let place = Place::mirror(name, &mirrors);
        // The desk's own ledger is asked first, and only once.
        if place != desk.ledger {
            places.push(place);
        }
    }
    let mut refusal = None;
    let mut read = 0;
    for place in places {
        let mirror = match &place {
            Place::Mirror { name, .. } => Some(name.to_string()),
            _ => None,
        };
        let answer = Session::at_place(desk, &place).and_then(|session| {
            let found = question(&session)?;
            Ok((session, found))
        });
        match answer {
            Ok((session, found)) => {
                read += 1;
                let ledger = session.head().origin.to_string();
                let notes = session.notes();
                let notes = notes.iter();
                all.notes
                    .extend(notes.map(|note| format!("{place}: {note}")));
                all.not_shown.add(&found.not_shown);
                all.found.extend(found.found.into_iter().map(|found| Of {
                    ledger: ledger.clone(),
                    mirror: mirror.clone(),
                    found,
                }));
            }
            Err(error) => {
                all.notes.push(format!("{place} was not read: {error}"));
                all.unread.push(Unread {
                    place: place.to_string(),
                    code: error.code(),
                    why: error.to_string(),
                });
                refusal.get_or_insert(error);
            }
        }
    }
    match refusal {
        Some(error) if read == 0 => Err(error),
        _ => Ok(all),
    }
}
