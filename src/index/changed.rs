//! Which questions have other answers since the log had fewer entries. New entries change rows; their changes are those that
//! the rules compute, so nothing has to know what depends on what.

use super::Error;
use super::asked::{Asked, RowQuestion};
use super::query::Indexed;
use super::rows::Rows;
use claimledger_core::TreeSize;
use claimledger_core::log::Log;
use claimledger_core::rules::earlier::Earlier;
use claimledger_core::rules::{Candidate, Changes, FactKey, Overlay, Refusal, View, admit};

/// The questions that have other answers since the log had `from` entries; none if that cannot be told, or if there are too
/// many new entries to look at each.
pub fn changed_since<R: Rows>(
    view: &Indexed<'_, R>,
    log: &Log<'_>,
    from: TreeSize,
) -> Result<Option<Asked>, Error> {
    let size = log.head().size;
    if size.entries_after(from) > MOST_NEW {
        return Ok(None);
    }
    let mut changed = Asked::new();
    let mut overlay = Overlay::new(Earlier::new(view, from));
    for index in size.indices_from(from.next()) {
        let (entry, statement) = log.statement(index)?;
        let candidate = Candidate {
            index,
            time: entry.time,
            statement: &statement,
        };
        match admit(&overlay, &candidate) {
            Ok(changes) => {
                take(&changes, &mut changed);
                changed.insert(RowQuestion::OfType(statement.statement_type).hash());
                overlay.apply(&changes);
            }
            // An earlier view lacks what a later entry replaced, and then it can refuse what the log took in.
            Err(Refusal::Rejected(_)) if view.entry(index)?.is_some() => return Ok(None),
            Err(Refusal::Rejected(_)) => {}
            Err(Refusal::View(error)) => return Err(error),
        }
        let reached = index.size_through();
        if let Some(root) = view.root_at(reached)? {
            overlay.reach(reached, root);
        }
    }
    Ok(Some(changed))
}

fn take(changes: &Changes, changed: &mut Asked) {
    for (key, _) in changes.iter() {
        match key {
            FactKey::Link(subject, link, _) => {
                changed.insert(RowQuestion::Linked(*subject, *link).hash());
                changed.insert(RowQuestion::AllLinked(*subject).hash());
            }
            FactKey::Became(statement, _) => {
                changed.insert(RowQuestion::Became(*statement).hash());
            }
            FactKey::Key(_) => {
                changed.insert(RowQuestion::Keys.hash());
            }
            FactKey::Label(_) => {
                changed.insert(RowQuestion::Labels.hash());
            }
            _ => {}
        }
        changed.insert(RowQuestion::Fact(key).hash());
    }
}

/// Looking at more new entries one by one takes longer than to make everything again.
const MOST_NEW: u64 = 4_096;
