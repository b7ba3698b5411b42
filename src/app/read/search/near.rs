//! Claims with nearly the same words as a new one, and claims that have much in common with it.

use super::claim_place::ClaimPlace;
use super::index::{Beyond, FullText, MOST_BEYOND, Tell};
use super::known_claims::{ClaimInMemory, KnownClaims};
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
use std::collections::BTreeSet;

/// The claims of a ledger, and those of the recorded reviews, for comparing new claims with them.
pub struct LikeClaims {
    full: FullText,
    /// How far the index and what is kept here go.
    followed: TreeSize,
    /// The claims beyond the index.
    beyond: KnownClaims,
    /// Entries that the index should have and has not, because it cannot be written: so many that they are not kept here, but
    /// read again for each claim.
    unread: Option<(TreeSize, TreeSize)>,
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
        let (from, size) = (full.followed, session.head().size);
        let unread = (size.get() - from.get() > MOST_BEYOND).then_some((from, size));
        let mut like = Self {
            followed: if unread.is_some() { size } else { from },
            full,
            beyond: KnownClaims::default(),
            unread,
        };
        like.follow(session)?;
        Ok(like)
    }

    /// Takes in the entries that were added since.
    pub fn follow(&mut self, session: &Session) -> Result<(), Error> {
        let (from, size) = (self.followed, session.head().size);
        each_claim(session, from, size, &mut |entry, words| {
            self.take(ClaimPlace::Entry(entry), words);
        })?;
        self.followed = size;
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
        self.beyond.len() as u64 > MOST_BEYOND
    }

    /// Forgets the rows that were about to be added.
    pub fn forget_rows(&mut self) {
        self.beyond.keep(|at| matches!(at, ClaimPlace::Entry(_)));
    }

    /// Forgets the oldest claims beyond a thousand.
    pub fn forget_oldest(&mut self) {
        let most = usize::try_from(MOST_BEYOND).unwrap_or(usize::MAX);
        self.beyond.forget_beyond(most);
    }

    /// Takes in a claim that is about to be added.
    pub fn take(&mut self, at: ClaimPlace, words: &str) {
        self.beyond.push(ClaimInMemory::new(at, words));
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
        let unread = self.in_unread(session, &own)?;
        let in_memory = self
            .beyond
            .best(&own, CANDIDATES)
            .into_iter()
            .chain(&unread);
        let in_memory =
            in_memory.map(|known| (known.at, known.words.as_str(), Cow::Borrowed(&known.pieces)));
        let candidates: Vec<Candidate<'_>> = in_index.chain(in_memory).collect();
        let rarity = self.rarity(session, &own, &candidates)?;
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
        let nearly_same = near.nearest_first().into_iter().map(|near| near.key);
        let nearly_same = without_reviews_of(session, &nearly_same.collect::<Vec<_>>(), &[])?;
        let similar: Vec<ClaimPlace> = alike.into_iter().map(|(_, at)| at).collect();
        let similar = without_reviews_of(session, &similar, &nearly_same)?.into_iter();
        Ok(ClaimsAlike {
            similar: similar
                .filter(|at| !nearly_same.contains(at))
                .take(SIMILAR_SHOWN)
                .collect(),
            nearly_same: nearly_same.into_iter().take(NEAR_SHOWN).collect(),
        })
    }

    /// The claims of the entries that are neither in the index nor here that have most of these pieces.
    fn in_unread(
        &self,
        session: &Session,
        own: &BTreeSet<String>,
    ) -> Result<Vec<ClaimInMemory>, Error> {
        let mut found: Vec<ClaimInMemory> = Vec::new();
        let best = |found: &mut Vec<ClaimInMemory>| {
            found.sort_by_cached_key(|known| known.order(own));
            found.truncate(CANDIDATES);
        };
        let Some((from, size)) = self.unread else {
            return Ok(found);
        };
        each_claim(session, from, size, &mut |entry, words| {
            found.push(ClaimInMemory::new(ClaimPlace::Entry(entry), words));
            if found.len() == 4 * CANDIDATES {
                best(&mut found);
            }
        })?;
        best(&mut found);
        Ok(found)
    }

    /// How often the pieces of these claims occur, in the index and beyond it.
    fn rarity(
        &self,
        session: &Session,
        own: &BTreeSet<String>,
        candidates: &[Candidate<'_>],
    ) -> Result<Rarity, Error> {
        let of_others = candidates.iter().flat_map(|(_, _, of)| of.iter());
        let all: BTreeSet<String> = own.iter().chain(of_others).cloned().collect();
        let mut rarity = fulltext::rarity(&self.full.layers(), &all).unwrap_or_default();
        rarity.claims += self.beyond.len() as u64;
        if let Some((from, size)) = self.unread {
            each_claim(session, from, size, &mut |_, words| {
                rarity.claims += 1;
                let had: BTreeSet<String> = pieces(words).filter(|p| all.contains(p)).collect();
                for piece in had {
                    *rarity.of.entry(piece).or_default() += 1;
                }
            })?;
        }
        for piece in all {
            let count = self.beyond.having(&piece);
            if count > 0 {
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
        for hit in self.full.help(session, &question, CANDIDATES) {
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

/// A claim that may be like another, its words, and their pieces.
type Candidate<'k> = (ClaimPlace, &'k str, Cow<'k, BTreeSet<String>>);

/// Without the recorded reviews of claims that are listed themselves, here or among `others`; and without entries that were
/// not admitted.
fn without_reviews_of(
    session: &Session,
    places: &[ClaimPlace],
    others: &[ClaimPlace],
) -> Result<Vec<ClaimPlace>, Error> {
    let mut kept = Vec::new();
    for at in places {
        if let ClaimPlace::Entry(entry) = at {
            if session.view().entry(*entry)?.is_none() {
                continue;
            }
            if let Body::ReviewRecord(review) = &session.statement(*entry)?.body
                && let Some(claim) = &review.claim
                && let Some(claim) = session.view().statement(claim)?
            {
                let claim = ClaimPlace::Entry(claim.index);
                if places.contains(&claim) || others.contains(&claim) {
                    continue;
                }
            }
        }
        kept.push(*at);
    }
    Ok(kept)
}

/// The words of each claim, and of each claim that a recorded review is about, as the log has them; what is shown is read as
/// verified.
fn each_claim(
    session: &Session,
    from: TreeSize,
    size: TreeSize,
    take: &mut dyn FnMut(EntryIndex, &str),
) -> Result<(), Error> {
    scan::since(session.reader(), from, size, |entry, bytes| {
        if let Some(StatementType::ClaimAdd | StatementType::ReviewRecord) = scan::type_of(bytes)
            && let Some(said) = Entry::payload_in(bytes)
            && let Ok(said) = Statement::decode(said)
            && let Some(words) = claim_words(&said.body)
        {
            take(entry, words);
        }
        Ok::<(), Error>(())
    })
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
        (at, _) => at.to_string(),
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
