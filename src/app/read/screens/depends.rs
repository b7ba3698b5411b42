//! The verdicts that depend on a source: those whose evidence quotes it, names it as where its words come from, or is taken
//! from a source that rests on it. If the source is wrong, these verdicts have to be looked at.

use super::pages::Pages;
use crate::app::Error;
use claimledger_core::EntryIndex;
use claimledger_core::model::relation::SourceRelation;
use claimledger_core::rules::{Link, Says};
use std::collections::BTreeSet;

/// The verdicts that depend on any of these forms of a source, or name one as the claimant's reply; by entry.
pub fn verdicts(
    pages: &Pages<'_>,
    forms: &BTreeSet<EntryIndex>,
) -> Result<BTreeSet<EntryIndex>, Error> {
    let reading = pages.reading();
    let mut sources = forms.clone();
    let mut open: Vec<EntryIndex> = forms.iter().copied().collect();
    let mut found = BTreeSet::new();
    while let Some(source) = open.pop() {
        for link in [Link::Quoted, Link::Via] {
            for evidence in reading.under(source, link)? {
                let resting = reading.under(evidence.index, Link::RestsOn)?;
                found.extend(resting.iter().map(|verdict| verdict.index));
            }
        }
        let replied = reading.under(source, Link::Reply)?;
        found.extend(replied.iter().map(|verdict| verdict.index));
        for above in resting_on(pages, source)? {
            for form in reading.lineage(above)? {
                if pages.size().contains(form) && sources.insert(form) {
                    open.push(form);
                }
            }
        }
    }
    Ok(found)
}

/// The sources that rest on this one: known only through it, or joined to it by a relation that stands.
fn resting_on(pages: &Pages<'_>, source: EntryIndex) -> Result<Vec<EntryIndex>, Error> {
    let reading = pages.reading();
    let known = reading.under(source, Link::KnownThrough)?;
    let mut above: Vec<EntryIndex> = known.iter().map(|fact| fact.index).collect();
    for link in [Link::RelatedTo, Link::Relation] {
        for fact in reading.under(source, link)? {
            let Says::Relation {
                from, to, relation, ..
            } = fact.says
            else {
                continue;
            };
            if relation == SourceRelation::IndependentOf || !reading.is_live(fact.index)? {
                continue;
            }
            if to == source {
                above.push(from);
            } else if relation.is_same_origin() {
                above.push(to);
            }
        }
    }
    Ok(above)
}
