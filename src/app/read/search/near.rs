//! Claims with nearly the same words as a new one, and claims that have much in common with it.

use super::claim_place::ClaimPlace;
use super::comparison::{AlikeByWords, ClaimToCompare, Comparison, IndexMemory};
use super::index::{Beyond, FullText, MOST_BEYOND, Tell};
use super::known_claims::KnownClaims;
use super::unread::{ClaimRead, Unanswered, UnreadEntries, each_claim};
use crate::app::{Error, Session};
use crate::fulltext;
use claimledger_core::TreeSize;
use claimledger_core::log::Reader;
use claimledger_core::rules::View as _;
use rayon::prelude::*;
use std::rc::Rc;

/// The claims of a ledger, and those of the recorded reviews, for comparing new claims with them.
pub struct LikeClaims {
    full: Rc<FullText>,
    memory: IndexMemory,
    /// How far the index and what is kept here go.
    followed: TreeSize,
    /// The claims beyond the index.
    beyond: KnownClaims,
    /// Entries that the index should have and has not, because it cannot be written: so many that they are not kept here, but
    /// read again for each claim.
    unread: Option<UnreadEntries>,
}

/// What is like a new claim.
#[derive(Debug, Clone, Default)]
pub struct ClaimsAlike {
    /// Claims with nearly the same words, nearest first.
    pub nearly_same: Vec<ClaimPlace>,
    /// Other claims that have much in common with it, the most alike first.
    pub similar: Vec<ClaimPlace>,
}

impl LikeClaims {
    /// Opens the index, and reads what is beyond it.
    pub fn open(session: &Session, tell: Tell<'_>) -> Result<Self, Error> {
        Self::over(
            session,
            Rc::new(FullText::open(session, Beyond::Some, tell)?),
        )
    }

    /// Those of an index, and those beyond it.
    pub(super) fn over(session: &Session, full: Rc<FullText>) -> Result<Self, Error> {
        let (from, size) = (full.followed, session.head().size);
        let many = size.get().saturating_sub(from.get()) > MOST_BEYOND;
        let unread = many.then_some(UnreadEntries { from, size });
        let mut like = Self {
            followed: if unread.is_some() { size } else { from },
            full,
            memory: IndexMemory::default(),
            beyond: KnownClaims::default(),
            unread,
        };
        like.follow(session)?;
        Ok(like)
    }

    /// Takes in the entries that were added since.
    pub fn follow(&mut self, session: &Session) -> Result<(), Error> {
        let (from, size) = (self.followed, session.head().size);
        let mut added = Vec::new();
        each_claim(session.reader(), from, size, |claim| {
            added.push(claim);
            Ok::<(), Error>(())
        })?;
        self.take_each(session, &added)?;
        self.followed = size;
        Ok(())
    }

    /// Takes in claims that are about to be added.
    pub fn take(&mut self, session: &Session, rows: &[(u64, &str)]) -> Result<(), Error> {
        let rows = rows.iter().map(|(row, words)| ClaimRead {
            at: ClaimPlace::Row(*row),
            id: None,
            review_of: None,
            words: (*words).to_owned(),
        });
        self.take_each(session, &rows.collect::<Vec<_>>())
    }

    fn take_each(&mut self, session: &Session, claims: &[ClaimRead]) -> Result<(), Error> {
        #[expect(
            clippy::redundant_closure_for_method_calls,
            reason = "the method by its name is for one lifetime only"
        )]
        let known = self.each(session, claims, |comparison, claim| comparison.known(claim))?;
        for claim in known {
            self.beyond.push(claim);
        }
        Ok(())
    }

    /// Whether a claim is compared without reading much of the log.
    pub fn is_quick(&self) -> bool {
        self.unread.is_none()
    }

    /// Leaves out what would have to be read for each claim.
    pub fn leave_unread(&mut self) {
        self.unread = None;
    }

    /// Whether it is time to open this again, so that the index takes in what is kept here.
    pub fn is_full(&self) -> bool {
        self.beyond.len() > MOST_IN_MEMORY
    }

    /// Forgets the rows that were about to be added.
    pub fn forget_rows(&mut self) {
        self.beyond.keep(|at| matches!(at, ClaimPlace::Entry(_)));
    }

    /// Forgets the oldest claims beyond so many as are kept here.
    pub fn forget_oldest(&mut self) {
        self.beyond.forget_beyond(MOST_IN_MEMORY);
    }

    /// What is like a claim.
    pub fn of(&self, session: &Session, new: ClaimToCompare<'_>) -> Result<ClaimsAlike, Error> {
        let mut one = self.of_each(session, &[new])?;
        Ok(one.pop().unwrap_or_default())
    }

    /// What is like each of these claims.
    pub fn of_each(
        &self,
        session: &Session,
        new: &[ClaimToCompare<'_>],
    ) -> Result<Vec<ClaimsAlike>, Error> {
        let alike = self.each(session, new, |comparison, claim| comparison.alike(claim))?;
        let alike = alike.into_iter();
        alike.map(|alike| admitted(session, alike)).collect()
    }

    /// Asks for each of these things, on every core. If the index is damaged, it is left out, with a note; the next search
    /// builds it again.
    fn each<C: Sync, A: Send>(
        &self,
        session: &Session,
        asked: &[C],
        ask: impl Fn(&Comparison<'_>, &C) -> Result<A, Unanswered> + Sync,
    ) -> Result<Vec<A>, Error> {
        let (memory, beyond, unread) = (&self.memory, &self.beyond, self.unread);
        let (reader, size): (&dyn Reader, _) = (session.reader(), session.head().size);
        let without = Comparison {
            indexed: None,
            memory,
            beyond,
            unread,
            reader,
            size,
        };
        let with_index = |layer, part: &[C]| -> Result<Vec<A>, Unanswered> {
            fulltext::asked(layer, |indexed| {
                let comparison = Comparison {
                    indexed: Some(indexed),
                    ..without
                };
                Ok(all(&comparison, part, &ask))
            })?
        };
        let answers = match self.full.committed() {
            Some(layer) if asked.len() < FEW => with_index(layer, asked),
            Some(layer) => {
                let parts = asked.par_chunks(asked.len().div_ceil(rayon::current_num_threads()));
                let answers = parts.map(|part| with_index(layer, part));
                let answers: Result<Vec<Vec<A>>, Unanswered> = answers.collect();
                answers.map(|parts| parts.into_iter().flatten().collect())
            }
            None => all(&without, asked, &ask),
        };
        match answers {
            Ok(answers) => Ok(answers),
            Err(Unanswered::Log(why)) => Err(why.into()),
            Err(Unanswered::Index(why)) => {
                FullText::leave_out(session, &why);
                all(&without, asked, &ask).map_err(|why| match why {
                    Unanswered::Log(why) => why.into(),
                    Unanswered::Index(why) => Error::from(crate::ledger::Error::from(why)),
                })
            }
        }
    }
}

fn all<C, A>(
    comparison: &Comparison<'_>,
    asked: &[C],
    ask: &impl Fn(&Comparison<'_>, &C) -> Result<A, Unanswered>,
) -> Result<Vec<A>, Unanswered> {
    asked.iter().map(|one| ask(comparison, one)).collect()
}

/// Without what was not admitted, and no more than a person reads.
fn admitted(session: &Session, alike: AlikeByWords) -> Result<ClaimsAlike, Error> {
    let first = |places: Vec<ClaimPlace>, most: usize| -> Result<Vec<ClaimPlace>, Error> {
        let mut first = Vec::new();
        for at in places {
            if first.len() == most {
                break;
            }
            let is_admitted = match at {
                ClaimPlace::Entry(entry) => session.view().entry(entry)?.is_some(),
                ClaimPlace::Row(_) => true,
            };
            first.extend(is_admitted.then_some(at));
        }
        Ok(first)
    };
    Ok(ClaimsAlike {
        nearly_same: first(alike.nearly_same, NEAR_SHOWN)?,
        similar: first(alike.similar, SIMILAR_SHOWN)?,
    })
}

/// If there are more near claims than this, the question is why there are so many.
const NEAR_SHOWN: usize = 5;

/// More similar claims than this are not read.
const SIMILAR_SHOWN: usize = 3;

/// Claims that an import keeps here before the index takes them in: about four megabytes.
const MOST_IN_MEMORY: usize = 4_000;

/// So few claims are not worth the start of a thread.
const FEW: usize = 8;
