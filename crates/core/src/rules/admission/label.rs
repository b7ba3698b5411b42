//! Labels: unique names. A successor may take the label of the statement it supersedes.

use super::case::Case;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::standing::labels::{holder, inherits};
use crate::rules::state::{Changes, Fact, FactKey};
use crate::rules::view::View;

/// Gives the label to this statement, or refuses it.
pub(super) fn take<V: View>(
    case: &Case<'_, V>,
    changes: &mut Changes,
) -> Result<(), Refusal<V::Error>> {
    let Some(label) = &case.candidate.statement.label else {
        return Ok(());
    };
    let index = case.candidate.index;
    if let Some(holder) = holder(&case.before, label).map_err(Refusal::View)? {
        let superseded = case.in_field(super::supersede::SUPERSEDES);
        let superseded = superseded.map(|fact| fact.index);
        if !inherits(&case.before, &holder, superseded).map_err(Refusal::View)? {
            return Err(Rejection::LabelTaken {
                label: label.clone(),
                id: holder.id,
            }
            .into());
        }
    }
    let key = FactKey::Label(label.clone());
    if let Some(earlier) = case.view.at(&key).map_err(Refusal::View)? {
        changes.put(FactKey::EarlierLabel(index), Fact::At(earlier));
    }
    changes.put(key, Fact::At(index));
    Ok(())
}
