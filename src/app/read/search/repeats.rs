//! What a new source or claim may repeat, told before it is signed: a source with the same address, claims that are like it.

use super::comparison::ClaimToCompare;
use super::have_it::KnownAddresses;
use super::index::{Beyond, FullText, Tell};
use super::near::LikeClaims;
use super::near_notes;
use crate::app::{Error, Session};
use claimledger_core::model::{Body, StatementType};
use std::rc::Rc;

/// The claims and the addresses of a ledger, opened once for all that a command adds.
pub struct Repeats {
    claims: Option<LikeClaims>,
    addresses: Option<KnownAddresses>,
}

impl Repeats {
    /// Opens what statements of these types need.
    pub fn open(session: &Session, types: &[StatementType], tell: Tell<'_>) -> Result<Self, Error> {
        let claims = types.contains(&StatementType::ClaimAdd);
        let addresses = types.contains(&StatementType::SourceAdd);
        if !claims && !addresses {
            return Ok(Self {
                claims: None,
                addresses: None,
            });
        }
        let full = Rc::new(FullText::open(session, Beyond::Some, tell)?);
        let claims = claims.then(|| LikeClaims::over(session, Rc::clone(&full)));
        let addresses = addresses.then(|| KnownAddresses::over(session, full));
        Ok(Self {
            claims: claims.transpose()?,
            addresses: addresses.transpose()?,
        })
    }

    /// Takes in what was added since.
    pub fn follow(&mut self, session: &Session) -> Result<(), Error> {
        if let Some(claims) = &mut self.claims {
            claims.follow(session)?;
        }
        if let Some(addresses) = &mut self.addresses {
            addresses.follow(session)?;
        }
        Ok(())
    }

    /// What to tell a person about a source or a claim before it is signed.
    pub fn notes(&self, session: &Session, body: &Body) -> Result<Vec<String>, Error> {
        match (body, &self.claims, &self.addresses) {
            (Body::SourceAdd(source), _, Some(addresses)) => {
                let replaced = source.correction.as_ref().map(|c| &c.supersedes);
                let there = addresses.note(session, body, replaced)?;
                Ok(there.into_iter().collect())
            }
            (Body::ClaimAdd(claim), Some(claims), _) => {
                let Some(words) = claim.text.words() else {
                    return Ok(Vec::new());
                };
                let new = ClaimToCompare {
                    words,
                    at: None,
                    but: claim.correction.as_ref().map(|c| &c.supersedes),
                };
                near_notes::notes(session, &claims.of(session, new)?)
            }
            _ => Ok(Vec::new()),
        }
    }
}
