//! What falls if a key was stolen at an entry: asked before it is revoked.

use super::line::{self, Line};
use crate::app::keys::names;
use crate::app::{Desk, Error, Session};
use crate::keystore;
use claimledger_core::rules::{self, View as _};
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
    pub from: u64,
    /// As of how many entries.
    pub at: u64,
    /// Enrolments and rotations that would fall, and with them what those keys signed since.
    pub key_events: Vec<Line>,
    /// Policies and scale versions that would fall back.
    pub settings: Vec<Line>,
    /// Verdicts that would fall.
    pub verdicts: Vec<Line>,
    /// What else would fall.
    pub others: Vec<Line>,
    /// Verdicts by others that rest on evidence, or were approved, published or rejected by what would fall.
    pub touched: Vec<Line>,
    /// Withdrawals of trust that would lose their effect.
    pub withdrawals_undone: Vec<Line>,
}

/// What falls if the key that a person means was stolen at entry `from`; without it, before it signed anything.
pub fn of(
    desk: &Desk,
    session: &Session,
    name: &str,
    from: Option<u64>,
    at: Option<u64>,
) -> Result<KeyImpact, Error> {
    let size = session.at(at)?;
    let key = names::meant(desk, session, name)?;
    let fact = session.view().key(&key)?.filter(|fact| fact.since() < size);
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
    let lines = |entries: &[u64]| -> Result<Vec<Line>, Error> {
        entries
            .iter()
            .map(|entry| line::one(session, *entry))
            .collect()
    };
    let listed = [&impact.key_events, &impact.settings, &impact.verdicts];
    let others: Vec<u64> = impact
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
        withdrawals_undone: lines(&impact.withdrawals_undone)?,
    })
}
