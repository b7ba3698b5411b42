//! The ledger as a list of open work reads it: its verdicts, their standing, its people, and the day.

use super::row::TodoPerson;
use crate::app::read::verdict_words;
use crate::app::{Error, Session};
use crate::index::{Indexed, Rows};
use claimledger_core::encoding::time::{Instant, PartialDate};
use claimledger_core::model::StatementType;
use claimledger_core::rules::{
    self, Person, Reading, Standing, Standings, StatementFact, StatementStanding,
};
use claimledger_core::{EntryIndex, Message};
use std::rc::Rc;

/// The rows of the index, as a session reads them.
pub type IndexView<'v> = Indexed<'v, Box<dyn Rows>>;

/// A verdict and where it stands.
pub struct OpenVerdict {
    /// As the rules remember it.
    pub fact: Rc<StatementFact>,
    /// Whether it is approved, replaced, published.
    pub standing: Standing,
    /// What every statement has: whether it fell, and what fell beneath it.
    pub facts: StatementStanding,
    /// Its claim, and its rating.
    pub words: Message,
}

/// A ledger as of its head.
pub struct OpenLedger<'v> {
    /// For statements.
    pub session: &'v Session,
    /// For standings.
    pub standings: Standings<'v, IndexView<'v>>,
    /// Everybody who can sign the next entry, once for each key.
    pub people: Vec<Person>,
    /// The verdicts that have the place that they took, oldest first.
    pub verdicts: Vec<OpenVerdict>,
    now: Instant,
}

impl<'v> OpenLedger<'v> {
    /// As of the head of a session, at an instant.
    pub fn new(session: &'v Session, view: &'v IndexView<'v>, now: Instant) -> Result<Self, Error> {
        let size = session.head().size;
        let standings = Standings::at(view, size)?;
        let reading = standings.reading();
        let mut people = Vec::new();
        for (key, _) in view.keys()? {
            people.extend(Person::with_key(reading, &key)?);
        }
        people.sort_by(|a, b| (&a.organisation, &a.holder).cmp(&(&b.organisation, &b.holder)));
        let mut verdicts = Vec::new();
        for index in view.of_type(StatementType::VerdictIssue, size)? {
            let Some(standing) = rules::standing(reading, index)?.filter(Standing::holds) else {
                continue;
            };
            if let (Some(fact), Some(facts)) = (reading.entry(index)?, standings.of(index)?) {
                let words = verdict_words::words(session, index)?;
                verdicts.push(OpenVerdict {
                    fact,
                    standing,
                    facts,
                    words,
                });
            }
        }
        Ok(Self {
            session,
            standings,
            people,
            verdicts,
            now,
        })
    }

    /// The ledger as of its head.
    pub fn reading(&self) -> &Reading<'v, IndexView<'v>> {
        self.standings.reading()
    }

    /// The people for whom this holds, each once.
    pub fn who(
        &self,
        mut can: impl FnMut(&Person) -> Result<bool, Error>,
    ) -> Result<Vec<TodoPerson>, Error> {
        let mut who = Vec::new();
        for person in &self.people {
            if can(person)? {
                who.push(TodoPerson::from(person));
            }
        }
        who.dedup();
        Ok(who)
    }

    /// The people of the organisation of a statement who may sign verdicts.
    pub fn reviewers(&self, fact: &StatementFact) -> Result<Vec<TodoPerson>, Error> {
        self.who(|person| Ok(person.is_colleague(fact) && person.may_conclude()))
    }

    /// The author of a statement; if they can sign no more, the reviewers of their organisation.
    pub fn author(&self, fact: &StatementFact) -> Result<Vec<TodoPerson>, Error> {
        let author = self.who(|person| Ok(person.signed(fact) && person.may_conclude()))?;
        if author.is_empty() {
            return self.reviewers(fact);
        }
        Ok(author)
    }

    /// When the statement of an entry was signed.
    pub fn issued(&self, entry: EntryIndex) -> Result<String, Error> {
        Ok(self.session.statement(entry)?.issued.to_string())
    }

    /// Whether a date is over, in UTC. A month is over with its last day.
    pub fn is_over(&self, date: &PartialDate) -> bool {
        is_after(self.now, date)
    }
}

/// Whether an instant is after the last day of a date, in UTC.
pub fn is_after(instant: Instant, date: &PartialDate) -> bool {
    let instant = instant.to_string();
    let begins = instant.get(..date.as_str().len());
    begins.is_some_and(|begins| begins > date.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_over_when_its_last_day_in_utc_is_over() {
        for (instant, date, over) in [
            ("2026-11-01T23:59:59Z", "2026-11-01", false),
            ("2026-11-02T00:00:00Z", "2026-11-01", true),
            ("2026-11-30T23:59:59Z", "2026-11", false),
            ("2026-12-01T00:00:00Z", "2026-11", true),
            ("2026-12-31T23:59:59Z", "2026", false),
            ("2027-01-01T00:00:00Z", "2026", true),
            ("2026-02-01T00:00:00Z", "2026-11-01", false),
        ] {
            let at = instant.parse().unwrap();
            assert_eq!(
                is_after(at, &date.parse().unwrap()),
                over,
                "{instant} {date}"
            );
        }
    }
}
