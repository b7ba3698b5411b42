//! The standing of a statement of any type, as of a size.
//!
//! This is the only source of what a list, a page, a dossier or a program says about whether a statement stands.

use super::as_of::Reading;
use super::facts::{StatementStanding, word};
use super::fallen::{Beneath, Fallen};
use super::objection::{self, Disputed};
use super::scales;
use super::verdict::{self, Standing};
use crate::model::StatementType;
use crate::rules::backlinks::Link;
use crate::rules::state::{Fact, FactKey};
use crate::rules::statement::{Says, StatementFact, VerdictFact};
use crate::rules::view::View;
use crate::tlog::{EntryIndex, TreeSize};
use std::cell::RefCell;
use std::collections::HashMap;

/// A ledger as of a size, asked for the standing of many statements.
pub struct Standings<'v, V> {
    reading: Reading<'v, V>,
    houses: RefCell<HashMap<EntryIndex, House<'v, V>>>,
    /// The objections to an entry that are not settled.
    pub(super) unsettled: RefCell<HashMap<EntryIndex, Vec<Disputed>>>,
}

/// What one organisation reads.
struct House<'v, V> {
    reading: Reading<'v, V>,
    beneath: Beneath,
}

impl<'v, V: View> Standings<'v, V> {
    /// As of `size`.
    pub fn at(view: &'v V, size: TreeSize) -> Result<Self, V::Error> {
        Ok(Self {
            reading: Reading::at(view, size)?,
            houses: RefCell::default(),
            unsettled: RefCell::default(),
        })
    }

    /// The same ledger, for other questions.
    pub fn reading(&self) -> &Reading<'v, V> {
        &self.reading
    }

    /// The standing of the statement in entry `index`; none if there is no such statement at this size.
    pub fn of(&self, index: EntryIndex) -> Result<Option<StatementStanding>, V::Error> {
        let reading = &self.reading;
        let Some(fact) = reading.entry(index)? else {
            return Ok(None);
        };
        let became = reading.became(index)?;
        let mut standing = StatementStanding {
            withdrawn_by: became.withdrawn_by,
            distrusted_by: reading.distrust().by(reading.view(), &fact)?,
            superseded_by: became.successor,
            displaced_by: reading.displaced_by(index)?,
            current_again_since: self.current_again(&fact)?,
            objections: objection::disputes(reading, index)?,
            rests_on_fallen: self.fallen(&fact)?,
            ..StatementStanding::live()
        };
        self.by_type(&fact, &mut standing)?;
        standing.word = word(&fact, &standing);
        Ok(Some(standing))
    }

    fn by_type(
        &self,
        fact: &StatementFact,
        standing: &mut StatementStanding,
    ) -> Result<(), V::Error> {
        let reading = &self.reading;
        let now = reading.size().next();
        match &fact.says {
            Says::Verdict(said) => {
                if let Some(verdict) = verdict::standing(reading, fact.index)? {
                    self.verdict(fact.index, said, &verdict, standing)?;
                }
            }
            Says::Attestation { verdict, .. } => self.word_about(fact, *verdict, standing)?,
            Says::Policy(_) => {
                let set = reading.under(fact.by.organisation, Link::Policy)?;
                standing.replaced_by = self.next_trusted(fact, &set)?;
            }
            Says::Description { organisation } => {
                let set = reading.under(*organisation, Link::Description)?;
                standing.replaced_by = self.next_trusted(fact, &set)?;
            }
            Says::Scale(_) => standing.replaced_by = scales::newer(reading, fact.index, now)?,
            Says::Dispute { .. } => {
                let answer = objection::answer_of(reading, fact.index)?;
                standing.outcome = answer.map(|(_, outcome)| outcome);
            }
            Says::Roles(event) => standing.replaced_by = self.replaced(&event.key, fact)?,
            Says::Enrolment { key, .. } => standing.replaced_by = self.replaced(key, fact)?,
            Says::CheckpointKey(key) => standing.replaced_by = self.retired(key, fact)?,
            _ => {}
        }
        Ok(())
    }

    fn verdict(
        &self,
        index: EntryIndex,
        said: &VerdictFact,
        verdict: &Standing,
        standing: &mut StatementStanding,
    ) -> Result<(), V::Error> {
        standing.superseded_by = verdict.superseded_by;
        standing.correction_pending = verdict.correction_pending;
        standing.approval = Some(verdict.approval.outcome);
        standing.adopts = said.adopts;
        standing.objections_beneath = self.objected(index)?;
        if verdict.superseded_by.is_none() && verdict.correction_pending.is_none() {
            let last = self.reading.last_form(index)?;
            standing.correction_rejected = (last != index).then_some(last);
        }
        Ok(())
    }

    /// A word about a verdict: replaced by a later one of the same person, or not counted.
    fn word_about(
        &self,
        fact: &StatementFact,
        verdict: EntryIndex,
        standing: &mut StatementStanding,
    ) -> Result<(), V::Error> {
        let Some(verdict) = verdict::standing(&self.reading, verdict)? else {
            return Ok(());
        };
        let said = verdict.approval.words.iter().find(|word| {
            (word.organisation, word.holder) == (fact.by.organisation, fact.by.holder)
        });
        if let Some(last) = said {
            if last.entry == fact.index {
                standing.discount = last.discount;
            } else if last.entry > fact.index {
                standing.replaced_by = Some(last.entry);
            }
        }
        Ok(())
    }

    /// The first later one that is trusted.
    fn next_trusted(
        &self,
        fact: &StatementFact,
        all: &[std::rc::Rc<StatementFact>],
    ) -> Result<Option<EntryIndex>, V::Error> {
        for later in all.iter().filter(|later| later.index > fact.index) {
            if self.reading.is_trusted(later)? {
                return Ok(Some(later.index));
            }
        }
        Ok(None)
    }

    /// The entry that gave the key of this event other roles, or ended it.
    fn replaced(
        &self,
        key: &crate::crypto::PublicKey,
        fact: &StatementFact,
    ) -> Result<Option<EntryIndex>, V::Error> {
        let size = self.reading.size();
        let Some(key) = self.reading.view().key(key)? else {
            return Ok(None);
        };
        let roles = key.roles.iter().map(|(index, _)| *index);
        let later = roles.chain(key.ended).filter(|index| *index > fact.index);
        Ok(later.filter(|index| size.contains(*index)).min())
    }

    /// The entry that retired a checkpoint key after this one brought it.
    fn retired(
        &self,
        key: &crate::crypto::PublicKey,
        fact: &StatementFact,
    ) -> Result<Option<EntryIndex>, V::Error> {
        let known = self.reading.view().fact(&FactKey::Key(*key))?;
        let retired = match known {
            Some(Fact::CheckpointKey(key)) => key.retired,
            _ => None,
        };
        Ok(retired.filter(|by| *by > fact.index && self.reading.size().contains(*by)))
    }

    /// The entry since which nothing has the place of a statement any more whose correction had it.
    fn current_again(&self, fact: &StatementFact) -> Result<Option<EntryIndex>, V::Error> {
        let (view, size) = (self.reading.view(), self.reading.size());
        if self.reading.became(fact.index)?.first().is_some() {
            return Ok(None);
        }
        let Some((since, _)) = view.became(fact.index, size)? else {
            return Ok(None);
        };
        let before = Reading::at(view, since.size_before())?;
        let had = if fact.statement_type == StatementType::VerdictIssue {
            let then = verdict::standing(&before, fact.index)?;
            then.is_some_and(|then| then.superseded_by.is_some())
        } else {
            before.became(fact.index)?.successor.is_some()
        };
        Ok(had.then_some(since))
    }

    fn fallen(&self, fact: &StatementFact) -> Result<Vec<Fallen>, V::Error> {
        let organisation = fact.by.organisation;
        let mut houses = self.houses.borrow_mut();
        let house = match houses.entry(organisation) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => {
                let (view, size) = (self.reading.view(), self.reading.size());
                new.insert(House {
                    reading: Reading::at(view, size)?.of(organisation),
                    beneath: Beneath::default(),
                })
            }
        };
        let fallen = house.beneath.of(&house.reading, fact.index)?;
        Ok(fallen.iter().copied().collect())
    }
}
