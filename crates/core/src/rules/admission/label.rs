//! Labels: unique names. A successor may take the label of the statement it supersedes.

use super::case::Case;
use crate::rules::rejection::{Refusal, Rejection};
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
    let key = FactKey::Label(label.clone());
    let holder = match case.view.at(&key).map_err(Refusal::View)? {
        Some(index) => case.before.entry(index).map_err(Refusal::View)?,
        None => None,
    };
    if let Some(holder) = holder {
        let superseded = case.in_field(super::supersede::SUPERSEDES);
        // A withdrawn successor may still have the label that the new successor asks for.
        let inherited = superseded.is_some_and(|superseded| {
            let sibling = holder.correction.map(|c| c.supersedes);
            holder.index == superseded.index || sibling == Some(superseded.index)
        });
        if !inherited {
            return Err(Rejection::LabelTaken {
                label: label.clone(),
                id: holder.id,
            }
            .into());
        }
    }
    changes.put(key, Fact::At(case.candidate.index));
    Ok(())
}
