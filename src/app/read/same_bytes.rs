//! Sources with the same bytes: help for a reviewer, who may sign that they are one document; never counted.

use super::captures::captures;
use super::line::labelled;
use crate::app::{Error, Session};
use claimledger_core::TreeSize;
use claimledger_core::corroboration::graph::Graph;
use claimledger_core::crypto::Digest;
use claimledger_core::encoding::name::Label;
use claimledger_core::model::StatementId;
use claimledger_core::model::snapshot::Snapshot;
use claimledger_core::rules::state::FactKey;
use claimledger_core::rules::{Reading, View as _};
use std::collections::BTreeMap;

/// A note about bytes to be added that another source already has. `but` is the source that may have them, `called`
/// the name they will get.
pub fn note(
    session: &Session,
    snapshot: &Snapshot,
    called: Option<&str>,
    but: Option<&str>,
) -> Result<Option<String>, Error> {
    // Every empty file has the same bytes.
    if snapshot.bytes == 0 {
        return Ok(None);
    }
    let size = session.head().size;
    let but = but.map(|name| session.resolve(name, size)).transpose()?;
    let view = session.view();
    let reading = Reading::at(&view, size)?;
    for index in view.with_bytes(&snapshot.sha256, size)? {
        let blob = FactKey::Blob(index, snapshot.sha256);
        if but == Some(index) || view.fact(&blob)?.is_none() || !reading.is_live(index)? {
            continue;
        }
        let there = session.statement(index)?;
        let label = there.label.as_ref();
        let name = label.map_or_else(|| index.to_string(), ToString::to_string);
        return Ok(Some(format!(
            "the same bytes are #{index}{} already; if they are one document, relate them: `claimledger source relate \
             {} wireCopyOf {name} --note 'The same bytes.'`, or sharesOriginWith",
            labelled(label.map(Label::as_str)),
            called.unwrap_or("SOURCE"),
        )));
    }
    Ok(None)
}

/// Pairs of sources in a graph with the same bytes and no relation between them, in the order of the log.
pub fn unrelated(
    session: &Session,
    graph: &Graph,
    size: TreeSize,
) -> Result<Vec<(StatementId, StatementId)>, Error> {
    let mut first: BTreeMap<Digest, StatementId> = BTreeMap::new();
    let mut pairs = Vec::new();
    let mut sources = BTreeMap::new();
    for source in &graph.sources {
        if let Some(fact) = session.view().statement(&source.id)? {
            sources.insert(fact.index, source.id);
        }
    }
    for source in sources.into_values() {
        for snapshot in captures(session, &source, size)? {
            let before = *first.entry(snapshot.sha256).or_insert(source);
            let pair = (before, source);
            if snapshot.bytes > 0
                && before != source
                && !pairs.contains(&pair)
                && !joined(graph, before, source)
            {
                pairs.push(pair);
            }
        }
    }
    Ok(pairs)
}

/// Whether relations connect the two sources, in whichever direction they point.
fn joined(graph: &Graph, one: StatementId, other: StatementId) -> bool {
    let mut reached = vec![one];
    let mut at = 0;
    while let Some(&here) = reached.get(at) {
        for relation in &graph.relations {
            for (from, to) in [(relation.from, relation.to), (relation.to, relation.from)] {
                if from == here && !reached.contains(&to) {
                    reached.push(to);
                }
            }
        }
        at += 1;
    }
    reached.contains(&other)
}
