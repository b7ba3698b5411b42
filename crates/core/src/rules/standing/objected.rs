//! Objections to what a verdict rests on: its claim, its evidence, and the sources beneath. Those that nobody has answered,
//! and those that were accepted and are not settled.

use super::any::Standings;
use super::facts::ObjectedBeneath;
use super::fallen::{passes_on, rests_on};
use super::objection::{self, Disputed};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use std::collections::{BTreeMap, BTreeSet};

impl<V: View> Standings<'_, V> {
    /// The unsettled objections to what entry `index` rests on, by the entry that they are to. A later form of a claim or
    /// source stands for the form that is named.
    pub(super) fn objected(&self, index: EntryIndex) -> Result<Vec<ObjectedBeneath>, V::Error> {
        let reading = self.reading();
        let Some(own) = reading.entry(index)?.map(|fact| fact.by.organisation) else {
            return Ok(Vec::new());
        };
        let mut found = BTreeMap::new();
        let mut seen = BTreeSet::from([index]);
        let mut open = vec![index];
        while let Some(at) = open.pop() {
            let Some(fact) = reading.entry(at)? else {
                continue;
            };
            for on in rests_on(reading, &fact)? {
                for form in reading.forms_from(on)? {
                    if !seen.insert(form) {
                        continue;
                    }
                    let Some(named) = reading.entry(form)? else {
                        continue;
                    };
                    let theirs = named.by.organisation != own;
                    found.insert(form, (theirs, self.unsettled(form)?));
                    if passes_on(&named) {
                        open.push(form);
                    }
                }
            }
        }
        let all = found.into_iter().flat_map(|(on, (theirs, objections))| {
            objections
                .into_iter()
                .map(move |objection| ObjectedBeneath {
                    on,
                    theirs,
                    objection,
                })
        });
        Ok(all.collect())
    }

    /// The objections to an entry that have no answer, or were accepted and are not settled. Each entry is looked at once.
    fn unsettled(&self, index: EntryIndex) -> Result<Vec<Disputed>, V::Error> {
        if let Some(known) = self.unsettled.borrow().get(&index) {
            return Ok(known.clone());
        }
        let mut found = objection::disputes(self.reading(), index)?;
        found.retain(Disputed::is_unsettled);
        self.unsettled.borrow_mut().insert(index, found.clone());
        Ok(found)
    }
}
