//! What organisations say about a claim whose statements do not count for the one that is asked, and what numbers they
//! would make.

use super::as_of::Reading;
use super::corroboration_input::gather_noting;
use super::counting::Counting;
use crate::corroboration::{TooLarge, freeze, inputs};
use crate::model::verdict::Corroboration;
use crate::rules::view::View;
use crate::tlog::EntryIndex;

/// What one other organisation says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OthersSay {
    /// The organisation, by the entry that first named it.
    pub organisation: EntryIndex,
    /// Its statements that would take part, ascending.
    pub statements: Vec<EntryIndex>,
    /// What the statements that count and these would make together.
    pub together: Result<Corroboration, TooLarge>,
}

/// For each organisation whose statements about the form `claim` do not count: which would take part, and what numbers
/// they would make together with those that count.
pub fn others_say<V: View>(
    reading: &Reading<'_, V>,
    claim: EntryIndex,
    counting: &Counting,
) -> Result<Vec<OthersSay>, V::Error> {
    let Some((graph, others)) = gather_noting(reading, claim, counting)? else {
        return Ok(Vec::new());
    };
    let used = inputs::used(&graph);
    let mut found = Vec::new();
    for organisation in others {
        let Some((graph, _)) = gather_noting(reading, claim, &counting.with(organisation))? else {
            continue;
        };
        let mut statements = Vec::new();
        for id in inputs::used(&graph).difference(&used) {
            if let Some(fact) = reading.view().statement(id)?
                && fact.by.organisation == organisation
            {
                statements.push(fact.index);
            }
        }
        if statements.is_empty() {
            continue;
        }
        statements.sort_unstable();
        found.push(OthersSay {
            organisation,
            statements,
            together: freeze(&graph),
        });
    }
    Ok(found)
}
