//! What is distrusted if a key was stolen at an entry, and what becomes of each verdict: before the key is revoked as a
//! supposition, afterwards as what the revocation changed.

use super::line::{Line, Lines};
use super::standing_line::StandingLine;
use super::verdict_words;
use crate::app::keys::names;
use crate::app::{Desk, Error, Session};
use crate::keystore;
use claimledger_core::model::StatementType;
use claimledger_core::rules::{self, Impact, Reading, Standings, View};
use claimledger_core::{EntryIndex, Message, TreeSize};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A verdict, and where it stands with and without trust in the key.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VerdictImpact {
    /// The verdict in a line.
    #[serde(flatten)]
    pub line: Line,
    /// Its claim and rating: `“The bridge closes in April.”: “True” (five-step 1)`.
    pub about: Message,
    /// Its standing while the key is trusted.
    pub before: Message,
    /// Its standing once the key is distrusted.
    pub after: Message,
}

/// What would be distrusted, entry by entry.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// The revocation or recovery that distrusts it; absent if this is a supposition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distrusted_by: Option<EntryIndex>,
    /// Enrolments and rotations that would be distrusted, and with them the later statements of those keys.
    pub key_events: Vec<Line>,
    /// Policies and scales that would return to an earlier version.
    pub settings: Vec<Line>,
    /// Verdicts that would fall.
    pub verdicts: Vec<VerdictImpact>,
    /// What else would fall.
    pub others: Vec<Line>,
    /// Verdicts by others that rest on distrusted evidence, that were approved, published or rejected in a distrusted
    /// statement, or whose standing changes for another reason.
    pub touched: Vec<VerdictImpact>,
    /// Revocations that would lose their effect.
    pub revocations_undone: Vec<Line>,
}

/// What would be distrusted if the key that a person names was stolen at entry `from`; without `from`, before it
/// signed anything. If the key is distrusted already and neither `from` nor `at` asks for something else: what that changed.
pub fn key_impact(
    desk: &Desk,
    session: &Session,
    name: &str,
    from: Option<EntryIndex>,
    at: Option<TreeSize>,
) -> Result<KeyImpact, Error> {
    let head = session.at(at)?;
    let key = names::meant(desk, session, name)?;
    let view = session.view();
    let fact = view.key(&key)?.filter(|fact| head.contains(fact.since()));
    let Some(fact) = fact else {
        return Err(keystore::Error::Unknown {
            name: name.to_owned(),
            folder: desk.keys.display().to_string(),
        }
        .into());
    };
    let known = Reading::at(&view, head)?
        .distrust()
        .of(&view, fact.since())?;
    let done = known
        .into_iter()
        .find(|(_, distrusted)| from.is_none_or(|from| from == *distrusted));
    let from = done
        .map(|(_, from)| from)
        .or(from)
        .unwrap_or_else(|| fact.since());
    let size = done.map_or(head, |(by, _)| by.size_before());
    let impact = rules::impact(&view, size, fact.since(), from)?;
    let before = standings(session, &view, size, size)?;
    let after = if let Some((by, _)) = done {
        standings(session, &view, size, by.size_through())?
    } else {
        let supposed = rules::supposing_distrust(&view, size, fact.since(), from)?;
        let after = size.next().size_through();
        standings(session, &supposed, size, after)?
    };
    let all = Verdicts {
        session,
        lines: Lines::at(session, &view, size)?,
        before,
        after,
    };
    let lines = |entries: &[EntryIndex]| -> Result<Vec<Line>, Error> {
        entries.iter().map(|entry| all.lines.of(*entry)).collect()
    };
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
        distrusted_by: done.map(|(by, _)| by),
        key_events: lines(&impact.key_events)?,
        settings: lines(&impact.settings)?,
        verdicts: all.of(&impact.verdicts)?,
        others: lines(&others)?,
        touched: all.of(&all.touched(&impact))?,
        revocations_undone: lines(&impact.revocations_undone)?,
    })
}

/// The verdicts of a ledger, with and without trust in the key.
struct Verdicts<'v, V> {
    session: &'v Session,
    lines: Lines<'v, V>,
    before: BTreeMap<EntryIndex, Message>,
    after: BTreeMap<EntryIndex, Message>,
}

impl<V: View> Verdicts<'_, V>
where
    Error: From<V::Error>,
{
    /// The verdicts that stay trusted, and that the distrusted statements touch or whose standing changes.
    fn touched(&self, impact: &Impact) -> Vec<EntryIndex> {
        let mut touched: BTreeSet<EntryIndex> = impact.touched.iter().copied().collect();
        let changed = self
            .before
            .iter()
            .filter(|(entry, was)| self.after.get(entry) != Some(was));
        touched.extend(changed.map(|(entry, _)| *entry));
        touched.retain(|entry| !impact.verdicts.contains(entry));
        touched.into_iter().collect()
    }

    fn of(&self, entries: &[EntryIndex]) -> Result<Vec<VerdictImpact>, Error> {
        entries
            .iter()
            .map(|entry| {
                Ok(VerdictImpact {
                    line: self.lines.of(*entry)?,
                    about: verdict_words::words(self.session, *entry)?,
                    before: self.before.get(entry).cloned().unwrap_or_default(),
                    after: self.after.get(entry).cloned().unwrap_or_default(),
                })
            })
            .collect()
    }
}

/// The standing in words of each verdict among the first `of` entries, in `view` as of `size`.
fn standings<V: View>(
    session: &Session,
    view: &V,
    of: TreeSize,
    size: TreeSize,
) -> Result<BTreeMap<EntryIndex, Message>, Error>
where
    Error: From<V::Error>,
{
    let standings = Standings::at(view, size)?;
    let mut words = BTreeMap::new();
    for entry in session.view().of_type(StatementType::VerdictIssue, of)? {
        if let Some(facts) = standings.of(entry)? {
            words.insert(entry, StandingLine::new(facts, None).words);
        }
    }
    Ok(words)
}
