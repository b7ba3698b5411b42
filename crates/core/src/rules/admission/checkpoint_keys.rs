//! The keys that sign checkpoints: each from its rotation to its retirement, and at least one at any time.

use super::case::Case;
use super::keys::{proven, unused};
use super::permissions;
use crate::crypto::PublicKey;
use crate::model::{checkpoint_event, possession};
use crate::rules::backlinks::Link;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::state::{Changes, CheckpointKeyFact, Fact, FactKey};
use crate::rules::statement::Says;
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use crate::tlog::TreeSize;

/// A further key signs checkpoints.
pub(super) fn rotate<V: View>(
    case: &Case<'_, V>,
    rotate: &checkpoint_event::CheckpointRotate,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    permissions::founders(case)?;
    let words = possession::checkpoint_key(&case.ledger.id, &case.ledger.origin, &rotate.new_key);
    proven(&rotate.new_key, &words, &rotate.possession)?;
    unused(case.view, &rotate.new_key)?;
    let fact = CheckpointKeyFact {
        since: case.candidate.index,
        retired: None,
    };
    changes.put(FactKey::Key(rotate.new_key), Fact::CheckpointKey(fact));
    Ok(())
}

/// A key stops signing checkpoints.
pub(super) fn retire<V: View>(
    case: &Case<'_, V>,
    retire: &checkpoint_event::CheckpointRetire,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    permissions::founders(case)?;
    let key = retire.key;
    let index = case.candidate.index;
    let live = checkpoint_keys(case.view, index.size_before()).map_err(Refusal::View)?;
    let known = case.view.fact(&FactKey::Key(key)).map_err(Refusal::View)?;
    if !live.contains(&key) {
        let unknown = Rejection::CheckpointKeyUnknown { key };
        return match known {
            None => Ok(case.view.lacking(unknown, "the rotation to this key")?),
            Some(_) => Err(unknown.into()),
        };
    }
    if live.len() == 1 {
        case.view.lacking(
            Rejection::CheckpointKeyLast { key },
            "the rotation to another key",
        )?;
    }
    if let Some(Fact::CheckpointKey(fact)) = known {
        let retired = CheckpointKeyFact {
            retired: Some(index),
            ..fact
        };
        changes.put(FactKey::Key(key), Fact::CheckpointKey(retired));
    }
    Ok(())
}

/// The keys that must sign a checkpoint of `size` entries, oldest first.
pub fn checkpoint_keys<V: View>(view: &V, size: TreeSize) -> Result<Vec<PublicKey>, V::Error> {
    let mut keys = Vec::new();
    if let Some(ledger) = view.ledger()? {
        keys.push(ledger.checkpoint_key);
    }
    for event in view.under(EntryIndex::FIRST, Link::CheckpointKey)? {
        if let Some(Says::CheckpointKey(key)) = view.entry(event)?.map(|fact| fact.says)
            && !keys.contains(&key)
        {
            keys.push(*key);
        }
    }
    let mut live = Vec::new();
    for key in keys {
        if let Some(Fact::CheckpointKey(fact)) = view.fact(&FactKey::Key(key))?
            && size.contains(fact.since)
            && fact.retired.is_none_or(|retired| !size.contains(retired))
        {
            live.push(key);
        }
    }
    Ok(live)
}
