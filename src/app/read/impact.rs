//! What would be distrusted if a key was stolen at an entry. Used before the key is revoked.

use super::line::{self, Line};
use crate::app::keys::names;
use crate::app::{Desk, Error, Session};
use crate::keystore;
use claimledger_core::rules::{self, View as _};
use claimledger_core::{EntryIndex, TreeSize};
use serde::Serialize;

/// What would be distrusted, entry by entry.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyImpact {
    /// The key's public half.
    pub key: String,
    /// Its OpenSSH fingerprint.
    pub fingerprint: String,
    /// Its holder.
    pub holder: String,
    /// Their organisation.
    pub organisation: String,
    /// The first entry that would not be trusted.
    pub from: EntryIndex,
    /// As of how many entries.
    pub at: TreeSize,
    /// Enrolments and rotations that would be distrusted, and with them the later statements of those keys.
    pub key_events: Vec<Line>,
    /// Policies and scales that would return to an earlier version.
    pub settings: Vec<Line>,
    /// Verdicts that would fall.
    pub verdicts: Vec<Line>,
    /// What else would fall.
    pub others: Vec<Line>,
    /// Verdicts by others that rest on distrusted evidence, or that were approved, published or rejected in a
    /// distrusted statement.
    pub touched: Vec<Line>,
    /// Revocations that would lose their effect.
    pub revocations_undone: Vec<Line>,
}

/// What would be distrusted if the key that a person names was stolen at entry `from`; without `from`, before it
/// signed anything.
pub fn key_impact(
    desk: &Desk,
    session: &Session,
    name: &str,
    from: Option<EntryIndex>,
    at: Option<TreeSize>,
) -> Result<KeyImpact, Error> {
    let size = session.at(at)?;
    let key = names::meant(desk, session, name)?;
    let fact = session
        .view()
        .key(&key)?
        .filter(|fact| size.contains(fact.since()));
    let Some(fact) = fact else {
        return Err(keystore::Error::Unknown {
            name: name.to_owned(),
            folder: desk.keys.display().to_string(),
        }
        .into());
    };
    let from = from.unwrap_or_else(|| fact.since());
    let view = session.view();
    let impact = rules::impact(&view, size, fact.since(), from)?;
    let lines = |entries: &[EntryIndex]| line::lines(session, entries, size);
    let listed = [&impact.key_events, &impact.settings, &impact.verdicts];
    let others: Vec<EntryIndex> = impact
        .entries
        .iter()
        .copied()
        .filter(|entry| !listed.iter().any(|list| list.contains(entry)))
        .collect();
    Ok(KeyImpact {
        key: key.to_string(),
        fingerprint: key.fingerprint(),
        holder: fact.holder.to_string(),
        organisation: fact.organisation.to_string(),
        from,
        at: size,
        key_events: lines(&impact.key_events)?,
        settings: lines(&impact.settings)?,
        verdicts: lines(&impact.verdicts)?,
        others: lines(&others)?,
        touched: lines(&impact.touched)?,
        revocations_undone: lines(&impact.revocations_undone)?,
    })
}
