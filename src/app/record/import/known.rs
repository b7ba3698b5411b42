//! What the ledger knows already: its claims by their words, and the reviews that the signer's organisation recorded.
//!
//! The log is looked through once, and then only what was added to it. A claim takes about 30 bytes here and a review about
//! 80, whatever the import is like.

use crate::app::{Error, Session};
use claimledger_core::EntryIndex;
use claimledger_core::TreeSize;
use claimledger_core::crypto::{Digest, PublicKey, sha256};
use claimledger_core::encoding::{json, unicode};
use claimledger_core::entry::Entry;
use claimledger_core::log::scan;
use claimledger_core::model::foreign::Review;
use claimledger_core::model::{Body, Statement, StatementId, StatementType};
use claimledger_core::rules::View as _;
use std::collections::HashMap;

/// Half a SHA-256: a second text with the same half would take 2^64 tries to find.
type Half = [u8; 16];

/// A review that is known.
#[derive(Debug, Clone)]
pub(super) struct KnownReview {
    /// Its newest record; none while that is only planned.
    pub(super) entry: Option<EntryIndex>,
    /// What the record says, as [`values`].
    pub(super) values: Half,
    /// Whether this import has come across it.
    pub(super) met: bool,
}

/// A claim that is known.
#[derive(Debug, Clone, Copy)]
pub(super) enum KnownClaim {
    /// In the log.
    There(EntryIndex),
    /// About to be added.
    Planned(StatementId),
}

impl KnownClaim {
    /// Its id; `None` if it was withdrawn or superseded, so that a new record cannot be about it.
    pub(super) fn id(self, session: &Session) -> Result<Option<StatementId>, Error> {
        let entry = match self {
            Self::Planned(id) => return Ok(Some(id)),
            Self::There(entry) => entry,
        };
        let view = session.view();
        if view.became(entry, session.head().size)?.is_some() {
            return Ok(None);
        }
        Ok(view.entry(entry)?.map(|fact| fact.id))
    }
}

/// A record that its organisation may adopt.
pub(super) struct Adoptable {
    pub(super) entry: EntryIndex,
    /// The label of the rating.
    pub(super) label: String,
}

/// What is known.
pub(super) struct KnownReviews {
    organisation: String,
    followed: TreeSize,
    claims: HashMap<Half, KnownClaim>,
    reviews: HashMap<Half, KnownReview>,
    /// Values that earlier records of a review had.
    earlier: HashMap<Half, Vec<Half>>,
    /// Whether a key is of the organisation.
    keys: HashMap<PublicKey, bool>,
}

impl KnownReviews {
    /// What the ledger has for the organisation of this key.
    pub(super) fn of(session: &Session, key: &PublicKey) -> Result<Self, Error> {
        let person = session.view().person(key)?;
        let organisation = person.map(|(_, organisation)| organisation.to_string());
        let mut known = Self {
            organisation: organisation.unwrap_or_default(),
            followed: TreeSize::EMPTY,
            claims: HashMap::new(),
            reviews: HashMap::new(),
            earlier: HashMap::new(),
            keys: HashMap::new(),
        };
        known.follow(session)?;
        Ok(known)
    }

    /// Takes in the entries that were added since.
    pub(super) fn follow(&mut self, session: &Session) -> Result<(), Error> {
        let size = session.head().size;
        scan::since(session.reader(), self.followed, size, |index, entry| {
            match scan::type_of(entry) {
                Some(StatementType::ClaimAdd | StatementType::ReviewRecord) => {}
                _ => return Ok(()),
            }
            // A malformed entry is a matter for the audit.
            let said = Entry::payload_in(entry).and_then(|said| Statement::decode(said).ok());
            match said {
                Some(said) => self.take(session, index, &said),
                None => Ok(()),
            }
        })?;
        self.followed = size;
        Ok(())
    }

    fn take(
        &mut self,
        session: &Session,
        index: EntryIndex,
        said: &Statement,
    ) -> Result<(), Error> {
        match &said.body {
            Body::ClaimAdd(claim) => {
                if let Some(words) = claim.text.words() {
                    self.claims
                        .insert(words_of(words), KnownClaim::There(index));
                }
            }
            Body::ReviewRecord(review) => {
                let ours = if let Some(ours) = self.keys.get(&said.key) {
                    *ours
                } else {
                    let person = session.view().person(&said.key)?;
                    let ours = person.is_some_and(|(_, by)| by.as_str() == self.organisation);
                    self.keys.insert(said.key, ours);
                    ours
                };
                if ours {
                    self.remember(review, Some(index));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes in a record that is in the log, or planned.
    pub(super) fn remember(&mut self, review: &Review, entry: Option<EntryIndex>) {
        let (identity, values) = (identity(review), values(review));
        let before = self.reviews.get(&identity);
        let met = before.is_some_and(|before| before.met) || entry.is_none();
        if let Some(before) = before
            && before.values != values
        {
            self.earlier
                .entry(identity)
                .or_default()
                .push(before.values);
        }
        self.reviews
            .insert(identity, KnownReview { entry, values, met });
    }

    /// The claim with exactly these words, as the rules compare wordings.
    pub(super) fn claim(&self, words: &str) -> Option<KnownClaim> {
        self.claims.get(&words_of(words)).copied()
    }

    /// Takes in a claim that is about to be added.
    pub(super) fn plan_claim(&mut self, words: &str, id: StatementId) {
        self.claims.insert(words_of(words), KnownClaim::Planned(id));
    }

    /// The record of this review, to be adopted; none while it is only planned.
    pub(super) fn to_adopt(&self, review: &Review) -> Option<Adoptable> {
        let known = self.reviews.get(&identity(review))?;
        Some(Adoptable {
            entry: known.entry?,
            label: review.rating.label.words()?.to_owned(),
        })
    }

    /// The review of this identity; from now on it counts as met.
    pub(super) fn meet(&mut self, review: &Review) -> Option<KnownReview> {
        let known = self.reviews.get_mut(&identity(review))?;
        let before = known.clone();
        known.met = true;
        Some(before)
    }

    /// Whether an earlier record of the review had these values.
    pub(super) fn had(&self, review: &Review) -> bool {
        let earlier = self.earlier.get(&identity(review));
        earlier.is_some_and(|earlier| earlier.contains(&values(review)))
    }
}

/// What a review is known by: author and claim text byte for byte, and the address in the form in which the rules compare
/// addresses, without a slash at its end.
fn identity(review: &Review) -> Half {
    let address = review.url.as_str();
    // A fragment tells the reviews of one page apart.
    let fragment = address.split_once('#').map_or("", |(_, fragment)| fragment);
    let address = unicode::address(address);
    let address = address.strip_suffix('/').unwrap_or(&address);
    half(sha256(&[&json::encode(&(
        &review.author,
        &review.claim_text,
        address,
        fragment,
    ))]))
}

/// What a record of a review says that can change.
pub(super) fn values(review: &Review) -> Half {
    half(sha256(&[&json::encode(&(
        &review.rating,
        &review.published,
        &review.language,
    ))]))
}

fn words_of(text: &str) -> Half {
    half(sha256(&[unicode::claim_words(text).as_bytes()]))
}

fn half(digest: Digest) -> Half {
    let bytes: &[u8; 32] = digest.as_bytes();
    let mut half = [0; 16];
    half.copy_from_slice(&bytes[..16]);
    half
}
