//! Which statement has a label, as of a size.
//!
//! A label goes to the statement that took it, and from that to a successor that asks for it. Only distrust frees a label:
//! what a distrusted key signed has none. If a distrust ends, the first in the log has its label again.

use super::as_of::Reading;
use crate::encoding::name::Label;
use crate::model::Statement;
use crate::rules::state::FactKey;
use crate::rules::statement::StatementFact;
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use std::rc::Rc;

/// The label of a statement: the one that it took, unless distrust freed it.
pub fn label<'s, V: View>(
    reading: &Reading<'_, V>,
    fact: &StatementFact,
    statement: &'s Statement,
) -> Result<Option<&'s Label>, V::Error> {
    match &statement.label {
        Some(label) if reading.is_trusted(fact)? => Ok(Some(label)),
        _ => Ok(None),
    }
}

/// The statement that has this label.
pub fn holder<V: View>(
    reading: &Reading<'_, V>,
    label: &Label,
) -> Result<Option<Rc<StatementFact>>, V::Error> {
    let mut takers = Vec::new();
    let mut taker = reading.view().at(&FactKey::Label(label.clone()))?;
    while let Some(index) = taker {
        takers.extend(reading.entry(index)?);
        taker = reading.view().at(&FactKey::EarlierLabel(index))?;
    }
    let mut holder: Option<Rc<StatementFact>> = None;
    for taker in takers.into_iter().rev() {
        if !reading.is_trusted(&taker)? {
            continue;
        }
        let superseded = taker.correction.map(|correction| correction.supersedes);
        let takes = match &holder {
            None => true,
            Some(holder) => inherits(reading, holder, superseded)?,
        };
        if takes {
            holder = Some(taker);
        }
    }
    Ok(holder)
}

/// Whether a statement that supersedes entry `superseded` takes the label of this holder: of the superseded statement
/// itself, or of another successor of it that no longer stands.
pub(crate) fn inherits<V: View>(
    reading: &Reading<'_, V>,
    holder: &StatementFact,
    superseded: Option<EntryIndex>,
) -> Result<bool, V::Error> {
    let Some(superseded) = superseded else {
        return Ok(false);
    };
    if holder.index == superseded {
        return Ok(true);
    }
    let sibling = holder.correction.map(|correction| correction.supersedes);
    Ok(sibling == Some(superseded) && !reading.stands(holder.index)?)
}
