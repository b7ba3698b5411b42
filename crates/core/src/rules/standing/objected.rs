//! Objections to what a verdict rests on: its claim, its evidence, the sources beneath, and what its organisation signed about
//! these sources: relations and assessments. Those without an answer, and those that were accepted and are not settled.

use super::any::Standings;
use super::facts::ObjectedBeneath;
use super::fallen::{passes_on, rests_on};
use super::objection::{self, Disputed};
use crate::rules::backlinks::Link;
use crate::rules::statement::{Says, StatementFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use std::collections::{BTreeMap, BTreeSet};

impl<V: View> Standings<'_, V> {
    /// The unsettled objections to what entry `index` rests on, by the entry that they are to. A later form of a claim or
    /// source stands for the form that is named.
    pub(super) fn objected(&self, index: EntryIndex) -> Result<Vec<ObjectedBeneath>, V::Error> {
        let reading = self.reading();
        let Some(fact) = reading.entry(index)? else {
            return Ok(Vec::new());
        };
        let Says::Verdict(verdict) = &fact.says else {
            return Ok(Vec::new());
        };
        let (own, claim) = (fact.by.organisation, verdict.claim);
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
                    for said in self.said_of(&named, claim, own)? {
                        if seen.insert(said) {
                            found.insert(said, (false, self.unsettled(said)?));
                            open.push(said);
                        }
                    }
                }
            }
        }
        let mut all: Vec<ObjectedBeneath> = Vec::new();
        for (on, (theirs, objections)) in found {
            for objection in objections {
                // A later form repeats the objections to the forms that it replaced.
                if all
                    .iter()
                    .all(|one| one.objection.dispute != objection.dispute)
                {
                    all.push(ObjectedBeneath {
                        on: objection.form.unwrap_or(on),
                        theirs,
                        objection,
                    });
                }
            }
        }
        Ok(all)
    }

    /// What an organisation signed about a source, for this claim: relations that lead on from it, and assessments. What is
    /// beneath a relation is the other source.
    fn said_of(
        &self,
        source: &StatementFact,
        claim: EntryIndex,
        own: EntryIndex,
    ) -> Result<Vec<EntryIndex>, V::Error> {
        let mut said = Vec::new();
        if !matches!(source.says, Says::Source(_)) {
            return Ok(said);
        }
        let reading = self.reading();
        for link in [Link::Relation, Link::Assessed] {
            for fact in reading.under(source.index, link)? {
                let about = match fact.says {
                    Says::Relation { claim, .. } => claim,
                    Says::Assessment { claim, .. } => Some(claim),
                    _ => continue,
                };
                let of_this = match about {
                    Some(about) => reading.forms_from(about)?.contains(&claim),
                    None => true,
                };
                if of_this && fact.by.organisation == own && reading.is_live(fact.index)? {
                    said.push(fact.index);
                }
            }
        }
        Ok(said)
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
