//! Claims with nearly the same words as a new one, and claims that have much in common with it.

use super::index::{Beyond, FullText, Tell};
use crate::app::read::line::{self, Line, labelled};
use crate::app::{Error, Session};
use crate::fulltext::{self, Filters, LookedFor, Question};
use crate::text::likeness::{Rarity, SIMILAR, pieces};
use crate::text::similar::NearDuplicates;
use claimledger_core::encoding::foreign;
use claimledger_core::entry::Entry;
use claimledger_core::log::scan;
use claimledger_core::model::{Body, Statement, StatementId, StatementType};
use claimledger_core::rules::View as _;
use claimledger_core::{EntryIndex, TreeSize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The claims of a ledger, and those of the recorded reviews, for comparing new claims with them.
pub struct LikeClaims {
    full: FullText,
    /// How far the index and what is kept here go.
    followed: TreeSize,
    /// The claims beyond the index.
    beyond: Vec<KnownClaimWords>,
    /// In how many of those each piece of a word is.
    counts: BTreeMap<String, u64>,
}

/// A claim beyond the index.
struct KnownClaimWords {
    at: ClaimPlace,
    words: String,
    pieces: BTreeSet<String>,
}

/// Where a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClaimPlace {
    /// In the log.
    Entry(EntryIndex),
    /// In the input that is being added: its number there, from one.
    Row(u64),
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
        let full = FullText::open(session, Beyond::Some, tell)?;
        let mut like = Self {
            followed: full.followed,
            full,
            beyond: Vec::new(),
            counts: BTreeMap::new(),
        };
        like.follow(session)?;
        Ok(like)
    }

    /// Takes in the entries that were added since.
    pub fn follow(&mut self, session: &Session) -> Result<(), Error> {
        let size = session.head().size;
        scan::since(session.reader(), self.followed, size, |entry, bytes| {
            if let Some(StatementType::ClaimAdd | StatementType::ReviewRecord) =
                scan::type_of(bytes)
                && let Some(said) = Entry::payload_in(bytes)
                && let Ok(said) = Statement::decode(said)
                && let Some(words) = claim_words(&said.body)
            {
                self.take(ClaimPlace::Entry(entry), words);
            }
            Ok::<(), Error>(())
        })?;
        self.followed = size;
        Ok(())
    }

    /// Takes in a claim that is about to be added.
    pub fn take(&mut self, at: ClaimPlace, words: &str) {
        let pieces: BTreeSet<String> = pieces(words).collect();
        for piece in &pieces {
            *self.counts.entry(piece.clone()).or_default() += 1;
        }
        self.beyond.push(KnownClaimWords {
            at,
            words: words.to_owned(),
            pieces,
        });
    }

    /// What is like a claim, without the one that is being corrected.
    pub fn of(
        &self,
        session: &Session,
        words: &str,
        but: Option<&StatementId>,
    ) -> Result<ClaimsAlike, Error> {
        let own: BTreeSet<String> = pieces(words).collect();
        if own.is_empty() {
            return Ok(ClaimsAlike::default());
        }
        let but = match but {
            Some(id) => session.view().statement(id)?.map(|fact| fact.index),
            None => None,
        };
        let in_index = self.in_index(session, own.clone())?;
        let in_index = in_index.iter().map(|(entry, words)| {
            let of: BTreeSet<String> = pieces(words).collect();
            (ClaimPlace::Entry(*entry), words.as_str(), Cow::Owned(of))
        });
        let candidates: Vec<(ClaimPlace, &str, Cow<'_, BTreeSet<String>>)> =
            in_index.chain(self.beyond(&own)).collect();
        let rarity = self.rarity(&own, &candidates)?;
        let mut near = NearDuplicates::new(words);
        let mut alike = Vec::new();
        for (at, words, of) in candidates {
            if but.is_some_and(|but| at == ClaimPlace::Entry(but)) {
                continue;
            }
            near.compare(at, words);
            let likeness = rarity.likeness(&own, &of);
            if likeness >= SIMILAR {
                alike.push((likeness, at));
            }
        }
        alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let nearly_same: Vec<ClaimPlace> = near
            .nearest_first()
            .into_iter()
            .map(|near| near.key)
            .collect();
        let similar = alike.into_iter().map(|(_, at)| at);
        Ok(ClaimsAlike {
            similar: similar
                .filter(|at| !nearly_same.contains(at))
                .take(SIMILAR_SHOWN)
                .collect(),
            nearly_same: nearly_same.into_iter().take(NEAR_SHOWN).collect(),
        })
    }

    /// The claims beyond the index that have most of these pieces.
    fn beyond<'k>(
        &'k self,
        own: &BTreeSet<String>,
    ) -> impl Iterator<Item = (ClaimPlace, &'k str, Cow<'k, BTreeSet<String>>)> {
        let shared = |known: &KnownClaimWords| own.intersection(&known.pieces).count();
        let mut best: Vec<(usize, &KnownClaimWords)> = self
            .beyond
            .iter()
            .map(|known| (shared(known), known))
            .collect();
        best.retain(|(shared, _)| *shared > 0);
        best.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.at.cmp(&b.1.at)));
        let best = best.into_iter().take(CANDIDATES);
        best.map(|(_, known)| (known.at, known.words.as_str(), Cow::Borrowed(&known.pieces)))
    }

    /// How often the pieces of these claims occur, in the index and beyond it.
    fn rarity(
        &self,
        own: &BTreeSet<String>,
        candidates: &[(ClaimPlace, &str, Cow<'_, BTreeSet<String>>)],
    ) -> Result<Rarity, Error> {
        let of_others = candidates.iter().flat_map(|(_, _, of)| of.iter());
        let all: BTreeSet<String> = own.iter().chain(of_others).cloned().collect();
        let mut rarity = fulltext::rarity(&self.full.layers(), &all)?;
        rarity.claims += self.beyond.len() as u64;
        for piece in all {
            if let Some(count) = self.counts.get(&piece) {
                *rarity.of.entry(piece).or_default() += count;
            }
        }
        Ok(rarity)
    }

    /// The claims of the index that have most of these pieces, with their words as the log has them.
    fn in_index(
        &self,
        session: &Session,
        own: BTreeSet<String>,
    ) -> Result<Vec<(EntryIndex, String)>, Error> {
        let question = Question {
            looked_for: LookedFor::Like(own),
            filters: Filters::default(),
        };
        let mut found = Vec::new();
        for hit in self.full.find(&question, CANDIDATES)? {
            if session.head().size.contains(hit.entry)
                && session.view().entry(hit.entry)?.is_some()
                && let Some(words) = claim_words(&session.statement(hit.entry)?.body)
            {
                found.push((hit.entry, words.to_owned()));
            }
        }
        Ok(found)
    }
}

/// What to tell a person who adds the claim. A claim of the same input is named by its row.
pub fn notes(session: &Session, alike: &ClaimsAlike) -> Result<Vec<String>, Error> {
    let mut notes = Vec::new();
    for at in &alike.nearly_same {
        notes.push(match line_of(session, *at)? {
            None => format!("{} has nearly the same words", named(session, *at)?),
            Some(line) => {
                let what = if line.statement_type == StatementType::ReviewRecord.as_str() {
                    "recorded review"
                } else {
                    "claim"
                };
                let words = foreign::clip(&line.words.to_string(), WORDS_SHOWN);
                let named = named(session, *at)?;
                format!("{what} {named} has nearly the same words: {words}")
            }
        });
    }
    if !notes.is_empty() {
        notes.push(
            "only the words were compared, and a denial has nearly the same words as what it denies. If the claims belong together, record how with \
             `claim relate`"
                .to_owned(),
        );
    }
    if !alike.similar.is_empty() {
        let named = alike.similar.iter().map(|at| named(session, *at));
        let named: Vec<String> = named.collect::<Result<_, _>>()?;
        notes.push(format!("similar: {}", named.join(", ")));
    }
    Ok(notes)
}

/// `#12 “closing” [withdrawn in #14]`
fn named(session: &Session, at: ClaimPlace) -> Result<String, Error> {
    Ok(match (at, line_of(session, at)?) {
        (ClaimPlace::Entry(entry), Some(line)) => format!(
            "#{entry}{}{}",
            labelled(line.label.as_deref()),
            line.standing.marked()
        ),
        (ClaimPlace::Entry(entry), None) => format!("#{entry}"),
        (ClaimPlace::Row(row), _) => format!("row {row}"),
    })
}

fn line_of(session: &Session, at: ClaimPlace) -> Result<Option<Line>, Error> {
    match at {
        ClaimPlace::Entry(entry) if session.view().entry(entry)?.is_some() => {
            Ok(Some(line::one(session, entry, session.head().size)?))
        }
        _ => Ok(None),
    }
}

/// The words of a claim, or of the claim that a recorded review is about; `None` where they are sealed.
fn claim_words(body: &Body) -> Option<&str> {
    match body {
        Body::ClaimAdd(claim) => claim.text.words(),
        Body::ReviewRecord(review) => review.claim_text.words(),
        _ => None,
    }
}

/// How many of the best matches of the index are compared.
const CANDIDATES: usize = 30;

/// If there are more near claims than this, the question is why there are so many.
const NEAR_SHOWN: usize = 5;

/// More similar claims than this are not read.
const SIMILAR_SHOWN: usize = 3;

/// Columns of a claim's words in a note.
const WORDS_SHOWN: usize = 120;
