//! What a statement rests on and that no longer stands.
//!
//! It is followed through evidence, sources and transcripts. A correction, a withdrawal and a dispute name what fell without
//! resting on it. A version that only puts a typing error right, or says the same more clearly, makes nothing fall; a claim
//! falls for whom its new words are another claim. What an organisation keeps of another one does not fall.

use super::as_of::{Reading, keeps_claim};
use super::{quotation, wording};
use crate::model::StatementType;
use crate::rules::statement::{Says, StatementFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Something on which a statement rests, itself or through what it names, and that no longer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Fallen {
    /// Its entry.
    pub entry: EntryIndex,
    /// Why it no longer stands.
    pub because: Because,
    /// The entry that made it so.
    pub by: EntryIndex,
}

/// Why something no longer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Because {
    /// It was withdrawn.
    Withdrawn,
    /// It is distrusted.
    Distrusted,
    /// It was corrected, so that it says something else now.
    Superseded,
    /// An earlier correction or withdrawal has the place that it would take.
    TakesNoPlace,
}

/// What fell beneath statements, as one organisation reads them; each statement is looked at once.
#[derive(Debug, Default)]
pub(super) struct Beneath(BTreeMap<EntryIndex, Rc<BTreeSet<Fallen>>>);

impl Beneath {
    /// What fell beneath the statement in entry `index`. `reading` is that of the organisation.
    pub fn of<V: View>(
        &mut self,
        reading: &Reading<'_, V>,
        index: EntryIndex,
    ) -> Result<Rc<BTreeSet<Fallen>>, V::Error> {
        // A statement rests on earlier ones only, so this ends. Chains can be long: no recursion.
        let mut open = vec![index];
        while let Some(at) = open.last().copied() {
            if self.0.contains_key(&at) {
                open.pop();
                continue;
            }
            let mut found = BTreeSet::new();
            let mut first = Vec::new();
            if let Some(fact) = reading.entry(at)? {
                for on in rests_on(reading, &fact)? {
                    let Some(named) = reading.entry(on)? else {
                        continue;
                    };
                    if reading.is_kept(on)? {
                        continue;
                    }
                    if let Some(fallen) = fell(reading, &fact, &named)? {
                        found.insert(fallen);
                    } else if passes_on(&named) {
                        match self.0.get(&on) {
                            Some(known) => found.extend(known.iter().copied()),
                            None => first.push(on),
                        }
                    }
                }
            }
            if first.is_empty() {
                self.0.insert(at, Rc::new(found));
                open.pop();
            } else {
                open.extend(first);
            }
        }
        Ok(self.0.get(&index).map(Rc::clone).unwrap_or_default())
    }
}

/// What a statement rests on, with the transcript that it quotes.
pub(super) fn rests_on<V: View>(
    reading: &Reading<'_, V>,
    fact: &StatementFact,
) -> Result<Vec<EntryIndex>, V::Error> {
    let mut on = fact.says.depends_on();
    on.extend(quotation::transcript(reading, fact)?);
    on.retain(|on| *on < fact.index);
    Ok(on)
}

/// Whether what rests on such a statement also rests on what is beneath it.
pub(super) fn passes_on(fact: &StatementFact) -> bool {
    matches!(
        fact.statement_type,
        StatementType::EvidenceAdd | StatementType::SourceAdd | StatementType::SourceTranscribe
    )
}

/// Whether `named`, on which `fact` rests, itself no longer stands.
fn fell<V: View>(
    reading: &Reading<'_, V>,
    fact: &StatementFact,
    named: &StatementFact,
) -> Result<Option<Fallen>, V::Error> {
    let fallen = |because, by| {
        Ok(Some(Fallen {
            entry: named.index,
            because,
            by,
        }))
    };
    if let Some(by) = reading.distrust().by(reading.view(), named)? {
        return fallen(Because::Distrusted, by);
    }
    let became = reading.became(named.index)?;
    if let Some(by) = became.withdrawn_by {
        return fallen(Because::Withdrawn, by);
    }
    // A version of a source that has no place is read as the one that has it.
    if named.statement_type != StatementType::SourceAdd
        && let Some(by) = reading.displaced_by(named.index)?
    {
        return fallen(Because::TakesNoPlace, by);
    }
    match became.successor {
        Some(by) if !says_the_same(reading, fact, named)? => fallen(Because::Superseded, by),
        _ => Ok(None),
    }
}

/// Whether the newest form of what `fact` names still is what `fact` rests on.
fn says_the_same<V: View>(
    reading: &Reading<'_, V>,
    fact: &StatementFact,
    named: &StatementFact,
) -> Result<bool, V::Error> {
    match (&fact.says, named.statement_type) {
        // What was approved, published or answered was so, whatever replaced it.
        (Says::Attestation { .. } | Says::Publication { .. } | Says::Answer { .. }, _) => Ok(true),
        (says, StatementType::ClaimAdd) => {
            let Some(newest) = reading.newest(named.index)? else {
                return Ok(false);
            };
            let organisation = fact.by.organisation;
            if matches!(says, Says::Verdict(_)) {
                wording::verdict_follows(reading, organisation, named.index, newest)
            } else {
                wording::evidence_follows(reading, organisation, named.index, newest)
            }
        }
        _ => {
            let mut at = named.index;
            while let Some(next) = reading.successor(at)? {
                if !next.correction.is_some_and(|c| keeps_claim(c.kind)) {
                    return Ok(false);
                }
                at = next.index;
            }
            Ok(true)
        }
    }
}
