//! A newsroom's own reviews as its verdicts: each adopts its record, is rated by a mapping of labels, and is published at the
//! address of the review on the day that the review gives.

use super::known::Adoptable;
use crate::app::record::append;
use crate::app::record::attestation::{self, NewPublication};
use crate::app::record::settings::organisation_of;
use crate::app::record::verdict::{self, NewVerdict};
use crate::app::{Desk, Error, InField as _, Session};
use crate::formats::claimreview::day_of;
use crate::keystore::{Passphrases, Signer};
use claimledger_core::EntryIndex;
use claimledger_core::encoding::unicode;
use claimledger_core::model::{Body, FreeText, Statement, StatementId};
use claimledger_core::rules::{Link, Reading, View as _};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How labels of reviews become ratings of a scale.
pub struct Adopting {
    scale: String,
    /// The rating of each label, which is in the form in which labels are compared.
    ratings: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelsFile {
    labels: BTreeMap<String, String>,
}

/// What became of a review that was to be adopted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AdoptionCame {
    /// It has a verdict now.
    Now,
    /// It had one.
    Before,
    /// Its label has no rating in the mapping.
    LabelUnmapped,
    /// The organisation has another verdict on the claim.
    OtherVerdict,
}

impl Adopting {
    /// Reads a mapping: `[labels]`, a rating for each label. Every rating must be on the scale.
    ///
    /// # Errors
    ///
    /// What is wrong with the file, or which rating the scale does not have.
    pub fn new(
        session: &Session,
        signer: &dyn Signer,
        scale: &str,
        path: &str,
        text: &str,
    ) -> Result<Self, Error> {
        let file: LabelsFile = toml::from_str(text).map_err(|e| Error::File {
            path: path.to_owned(),
            reason: e.to_string(),
        })?;
        let organisation = organisation_of(session, &signer.public())?;
        for rating in file.labels.values() {
            verdict::check_rating(session, scale, rating, &organisation).in_field("labels")?;
        }
        let ratings = file.labels.into_iter();
        Ok(Self {
            scale: scale.to_owned(),
            ratings: ratings
                .map(|(label, rating)| (compared(&label), rating))
                .collect(),
        })
    }

    /// The rating of a label. Case and white space around it make no difference.
    pub(super) fn rating(&self, label: &str) -> Option<&str> {
        self.ratings.get(&compared(label)).map(String::as_str)
    }

    /// Issues the verdicts of these records, and publishes those whose review has a day. What is there is not issued again.
    pub(super) fn adopt(
        &self,
        desk: &Desk,
        session: &mut Session,
        signer: &dyn Signer,
        records: &[Adoptable],
        passphrases: &mut dyn Passphrases,
    ) -> Result<Vec<AdoptionCame>, Error> {
        let mut came = Vec::new();
        let mut verdicts = Vec::new();
        let mut published = Vec::new();
        for record in records {
            let (adopted, statement) = self.one(desk, session, signer, record)?;
            came.push(adopted);
            if let Some((statement, url, day)) = statement {
                let signed = append::sign_in(session, &statement, signer)?;
                published.extend(day.map(|day| (signed.id(), url, day)));
                verdicts.push(signed);
            }
        }
        if verdicts.is_empty() {
            return Ok(came);
        }
        append::append_in(desk, session, verdicts, None, passphrases)?;
        let mut batch = Vec::new();
        for (verdict, url, day) in published {
            let new = NewPublication {
                verdict: verdict.to_string(),
                url,
                published: Some(day),
                page: None,
                despite: None,
            };
            let body = attestation::publish(desk, session, &new)?.body;
            let statement = append::frame(desk, session, signer.public(), None, body)?;
            batch.push(append::sign_in(session, &statement, signer)?);
        }
        if !batch.is_empty() {
            append::append_in(desk, session, batch, None, passphrases)?;
        }
        Ok(came)
    }

    fn one(
        &self,
        desk: &Desk,
        session: &Session,
        signer: &dyn Signer,
        record: &Adoptable,
    ) -> Result<(AdoptionCame, Option<Verdict>), Error> {
        let Some(rating) = self.rating(&record.label) else {
            return Ok((AdoptionCame::LabelUnmapped, None));
        };
        if let Some(there) = there(session, record.entry)? {
            return Ok((there, None));
        }
        let said = session.statement(record.entry)?;
        let Body::ReviewRecord(review) = &said.body else {
            return Ok((AdoptionCame::OtherVerdict, None));
        };
        let Some(claim) = review.claim else {
            return Ok((AdoptionCame::OtherVerdict, None));
        };
        let published = review.published.as_ref().and_then(FreeText::words);
        let new = NewVerdict {
            claim: claim.to_string(),
            rating: rating.to_owned(),
            why: format!("As published before this ledger was used: {}", review.url),
            scale: Some(self.scale.clone()),
            evidence: Vec::new(),
            limits: None,
            contacted: None,
            reply: None,
            no_reply: false,
            not_contacted: None,
            conflict: None,
            adopts: Some(said.id().to_string()),
            correction: None,
        };
        let key = signer.public();
        let body = verdict::propose(session, &new, &key)?.body;
        let statement = append::frame(desk, session, key, None, body)?;
        let day = published.and_then(day_of).map(|day| day.to_string());
        Ok((
            AdoptionCame::Now,
            Some((statement, review.url.to_string(), day)),
        ))
    }
}

/// A verdict, the address of its review, and the day on which that was published.
type Verdict = (Statement, String, Option<String>);

/// Whether the record is adopted, or its organisation has another verdict on the claim.
fn there(session: &Session, record: EntryIndex) -> Result<Option<AdoptionCame>, Error> {
    let view = session.view();
    if !view.under(record, Link::Adoption)?.is_empty() {
        return Ok(Some(AdoptionCame::Before));
    }
    let Some(fact) = view.entry(record)? else {
        return Ok(None);
    };
    let said = session.statement(record)?;
    let Body::ReviewRecord(review) = &said.body else {
        return Ok(None);
    };
    let reading = Reading::at(&view, session.head().size)?;
    let claim: Option<StatementId> = review.claim;
    let claim = claim.map(|id| view.statement(&id)).transpose()?.flatten();
    let Some(claim) = claim else {
        return Ok(None);
    };
    for verdict in view.under(claim.index, Link::Verdict)? {
        let by = view.entry(verdict)?.map(|fact| fact.by.organisation);
        if by == Some(fact.by.organisation) && reading.is_live(verdict)? {
            return Ok(Some(AdoptionCame::OtherVerdict));
        }
    }
    Ok(None)
}

fn compared(label: &str) -> String {
    unicode::code(label.trim_matches(|c: char| c.is_whitespace()))
}
