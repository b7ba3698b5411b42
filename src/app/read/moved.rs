//! Verdicts whose corroboration is no longer what it was when they were signed. The same statements count as then: those
//! of the organisations that the policy named at the head that the author had seen.

use super::corroboration::{self, gathered};
use super::entries::Entries;
use crate::app::{Error, Session};
use claimledger_core::corroboration::freeze;
use claimledger_core::corroboration::graph::Graph;
use claimledger_core::model::verdict::{Corroboration, Counts};
use claimledger_core::model::{Body, StatementType};
use claimledger_core::rules::backlinks::Link;
use claimledger_core::rules::{self, Distrust, Reading, View};
use claimledger_core::{EntryIndex, TreeSize};
use serde::Serialize;
use std::collections::BTreeSet;

/// A verdict whose corroboration has changed since it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Moved {
    /// The verdict's entry.
    pub verdict: EntryIndex,
    /// Its claim's entry.
    pub claim: EntryIndex,
    /// As of how many entries it was signed.
    pub seen: TreeSize,
    /// The counts when it was signed, for and against.
    pub then: Sides,
    /// The counts now; absent if more takes part than can be counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<Sides>,
    /// The entry that first changed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<EntryIndex>,
    /// Whether the counts differ; if not, only what they rest on does.
    pub counts_differ: bool,
    /// Whether that entry was in the log before the verdict, and its author had not seen it.
    pub before_entry: bool,
}

/// The counts of both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Sides {
    /// For the claim.
    pub support: Option<Counts>,
    /// Against it.
    pub refutation: Option<Counts>,
}

impl From<&Corroboration> for Sides {
    fn from(frozen: &Corroboration) -> Self {
        Self {
            support: frozen.support.clone(),
            refutation: frozen.refutation.clone(),
        }
    }
}

impl Moved {
    /// What has become of the numbers, in words.
    pub const fn words(&self) -> &'static str {
        match (&self.now, self.counts_differ) {
            (None, _) => "corroboration now too large to count",
            (Some(_), true) => "corroboration changed since signing",
            (Some(_), false) => {
                "corroboration has the same counts as when it was signed, but from other statements"
            }
        }
    }
}

/// What changed for the verdict of entry `verdict` between its signing and `size`; none if nothing did.
pub fn moved(
    entries: &dyn Entries,
    verdict: EntryIndex,
    size: TreeSize,
) -> Result<Option<Moved>, Error> {
    let statement = entries.said(verdict)?;
    let (Body::VerdictIssue(body), Some(seen)) = (&statement.body, statement.seen) else {
        return Ok(None);
    };
    let view = entries.view();
    let Some(claim) = view.statement(&body.claim)?.map(|fact| fact.index) else {
        return Ok(None);
    };
    let reading = Reading::at(&view, size)?;
    let Some(counting) = corroboration::counting_of(&reading, verdict)? else {
        return Ok(None);
    };
    let now = gathered(&reading, claim, &counting)?;
    let computed = freeze(&now);
    if computed.as_ref() == Ok(&body.corroboration) {
        return Ok(None);
    }
    let then = gathered(&Reading::at(&view, seen.size)?, claim, &counting)?;
    let mut since = None;
    for at in turning_points(&view, &[&then, &now], claim, seen.size, size)? {
        let reading = Reading::at(&view, at.size_through())?;
        let graph = gathered(&reading, claim, &counting)?;
        if freeze(&graph).as_ref() != Ok(&body.corroboration) {
            since = Some(at);
            break;
        }
    }
    let then = Sides::from(&body.corroboration);
    let now = computed.as_ref().ok().map(Sides::from);
    Ok(Some(Moved {
        verdict,
        claim,
        seen: seen.size,
        counts_differ: now.as_ref() != Some(&then),
        then,
        now,
        since,
        before_entry: since.is_some_and(|at| at < verdict),
    }))
}

/// The entries after the first `from` and among the first `to` at which the result can have changed: those in either graph, those that ended
/// something in them, and revocations for compromise.
fn turning_points<V: View>(
    view: &V,
    graphs: &[&Graph],
    claim: EntryIndex,
    from: TreeSize,
    to: TreeSize,
) -> Result<BTreeSet<EntryIndex>, V::Error> {
    let mut places = BTreeSet::from([claim]);
    for graph in graphs {
        let ids = graph
            .sources
            .iter()
            .map(|s| s.id)
            .chain(graph.evidence.iter().map(|e| e.id))
            .chain(graph.relations.iter().map(|r| r.id))
            .chain(graph.assessments.iter().map(|a| a.id));
        for id in ids {
            places.extend(view.statement(&id)?.map(|fact| fact.index));
        }
    }
    let mut points: BTreeSet<EntryIndex> =
        Distrust::at(view, to)?.entries(view)?.into_iter().collect();
    for place in places {
        points.insert(place);
        for link in [Link::End, Link::Capture] {
            for end in view.under(place, link)? {
                points.insert(end);
                // If a successor is itself withdrawn or rejected, the result changes again.
                points.extend(view.under(end, Link::End)?);
            }
        }
    }
    Ok(points.range(from.next()..to.next()).copied().collect())
}

/// The verdicts in force whose corroboration has changed since they were signed.
pub fn changed(session: &Session, at: Option<TreeSize>) -> Result<Vec<Moved>, Error> {
    let size = session.at(at)?;
    let view = session.view();
    let reading = Reading::at(&view, size)?;
    let mut all = Vec::new();
    for verdict in view.of_type(StatementType::VerdictIssue, size)? {
        let holds = rules::standing(&reading, verdict)?.is_some_and(|s| s.holds());
        if holds {
            all.extend(moved(session, verdict, size)?);
        }
    }
    Ok(all)
}
