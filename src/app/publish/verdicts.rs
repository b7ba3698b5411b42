//! The verdicts of an organisation as they go out, each with how it stands. What nobody approved stays in; what no longer
//! stands goes out as such.

use super::house::{House, open};
use super::site::HouseSite;
use super::sources;
use crate::app::read::entries::Entries;
use crate::app::read::line::instant;
use crate::app::read::screens::pages::Pages;
use crate::app::read::screens::publication::{self, PublishersWord};
use crate::app::{Error, Session};
use crate::formats::own_review::{
    OwnClaim, OwnCorrection, OwnRating, OwnReview, OwnSource, OwnStanding,
};
use claimledger_core::model::attestation::Decision;
use claimledger_core::model::claim::{Claim, Claimants};
use claimledger_core::model::scale::{Direction, Scale};
use claimledger_core::model::verdict::Verdict;
use claimledger_core::model::{Body, StatementId, StatementType};
use claimledger_core::rules::{
    self, ApprovalOutcome, Reading, Standing, StandingWord, StatementStanding,
};
use claimledger_core::{EntryIndex, UnixMillis};
use serde::Serialize;
use std::collections::BTreeSet;

/// Verdicts that go out.
#[derive(Debug, Clone, Default)]
pub struct PublishedVerdicts {
    /// Each of them, oldest first.
    pub reviews: Vec<OwnReview>,
    /// What stays in.
    pub kept_back: KeptBack,
}

/// Verdicts that do not go out, by the reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct KeptBack {
    /// Nobody has approved them.
    pub unapproved: u64,
    /// They were rejected.
    pub rejected: u64,
    /// A correction took their place, and its review says so.
    pub corrected: u64,
    /// The words of the claim or of the rating are sealed.
    pub sealed: u64,
}

/// The verdicts of an organisation; with forms of claims only those on these.
pub fn verdicts(
    session: &Session,
    house: &House,
    forms: Option<&BTreeSet<EntryIndex>>,
    site: Option<&HouseSite>,
) -> Result<PublishedVerdicts, Error> {
    let size = session.head().size;
    let view = Entries::view(session);
    let pages = Pages::at(session, &view, size)?;
    let collector = Collector {
        session,
        pages: &pages,
        house,
        site,
    };
    let mut published = PublishedVerdicts::default();
    for entry in session.view().of_type(StatementType::VerdictIssue, size)? {
        let Some(judged) = rules::standing(pages.reading(), entry)? else {
            continue;
        };
        let is_asked = forms.is_none_or(|forms| forms.contains(&judged.claim));
        if judged.organisation != house.entry || !is_asked {
            continue;
        }
        let facts = pages.stands(entry)?.facts;
        let kept_back = &mut published.kept_back;
        if facts.approval == Some(ApprovalOutcome::Rejected) {
            kept_back.rejected += 1;
        } else if !facts.is_concluded() {
            kept_back.unapproved += 1;
        } else if facts.superseded_by.is_some() {
            kept_back.corrected += 1;
        } else {
            match collector.review(&judged, &facts)? {
                Some(review) => published.reviews.push(review),
                None => kept_back.sealed += 1,
            }
        }
    }
    Ok(published)
}

/// One verdict of an organisation; none if nobody has approved it, or if what it is about is sealed.
pub fn one(
    session: &Session,
    pages: &Pages<'_>,
    house: &House,
    entry: EntryIndex,
    site: Option<&HouseSite>,
) -> Result<Option<OwnReview>, Error> {
    let Some(judged) = rules::standing(pages.reading(), entry)? else {
        return Ok(None);
    };
    let facts = pages.stands(entry)?.facts;
    if !facts.is_concluded() {
        return Ok(None);
    }
    let collector = Collector {
        session,
        pages,
        house,
        site,
    };
    collector.review(&judged, &facts)
}

/// Every form of the claims that a person names; none if they name none.
///
/// # Errors
///
/// [`Error::WrongKind`] for a name of something else than a claim.
pub fn forms(session: &Session, claims: &[String]) -> Result<Option<BTreeSet<EntryIndex>>, Error> {
    if claims.is_empty() {
        return Ok(None);
    }
    let size = session.head().size;
    let view = session.view();
    let reading = Reading::at(&view, size)?;
    let mut forms = BTreeSet::new();
    for name in claims {
        let entry = session.resolve(name, size)?;
        let kind = reading.entry(entry)?.map(|fact| fact.statement_type);
        if kind != Some(StatementType::ClaimAdd) {
            return Err(Error::WrongKind {
                name: name.clone(),
                found: kind.map(|kind| kind.to_string()).unwrap_or_default(),
                wanted: StatementType::ClaimAdd.to_string(),
            });
        }
        forms.extend(reading.lineage(entry)?);
    }
    Ok(Some(forms))
}

struct Collector<'c, 'v> {
    session: &'c Session,
    pages: &'c Pages<'v>,
    house: &'c House,
    site: Option<&'c HouseSite>,
}

impl Collector<'_, '_> {
    /// A concluded verdict; none if what it is about is sealed.
    fn review(
        &self,
        judged: &Standing,
        facts: &StatementStanding,
    ) -> Result<Option<OwnReview>, Error> {
        let entry = judged.entry;
        let said = self.pages.said(entry)?;
        let Body::VerdictIssue(verdict) = &said.body else {
            return Ok(None);
        };
        let reading = self.pages.reading();
        let current = rules::currency(reading, judged)?.now;
        let form = match reading.newest(judged.claim)? {
            Some(newest) if current => newest,
            _ => judged.claim,
        };
        let claim_said = self.pages.said(form)?;
        let Body::ClaimAdd(claim) = &claim_said.body else {
            return Ok(None);
        };
        let (Some(claim_shown), Some(rating)) = (
            self.claim(claim, &claim_said.id(), form)?,
            self.rating(verdict)?,
        ) else {
            return Ok(None);
        };
        let (standing, since) = self.standing(judged, facts, current)?;
        let mut corrections = Vec::new();
        if !standing.stands {
            corrections.push(OwnCorrection {
                kind: standing.word.clone(),
                of: said.id().to_string(),
                on: instant(self.pages.said(since)?.time()),
                text: standing.reason.clone(),
            });
        }
        corrections.extend(self.corrections(entry)?);
        let mut changed = changes(judged, facts);
        changed.extend([form, since]);
        let publications = publication::of(self.pages, entry)?;
        let published = publications.into_iter().rev().find(|one| {
            let counts = one.word != PublishersWord::Other;
            counts && one.standing.facts.is_live()
        });
        changed.extend(published.iter().map(|one| one.entry));
        let (url, on) = match published {
            Some(one) => (Some(one.url.raw().to_owned()), Some(one.published)),
            None => (None, None),
        };
        let id = said.id().to_string();
        let approvals = judged.approval.words.iter();
        let approvals = approvals
            .filter(|word| word.decision == Decision::Approve && word.discount.is_none())
            .map(|word| Ok(self.pages.signed(word.entry)?.holder));
        Ok(Some(OwnReview {
            entry: entry.to_string(),
            ledger: self.session.head().origin.to_string(),
            proof: self.site.map(|site| site.dossier(&id)),
            url: url.or_else(|| self.site.map(|site| site.verdict(&id))),
            author: self.house.author.clone(),
            language: claim.language.as_ref().map(ToString::to_string),
            claim: claim_shown,
            rating,
            standing,
            signed: said.issued.to_string(),
            published: on,
            changed: self.last(changed)?,
            reasons: open(&verdict.reasons),
            limits: verdict.limits.as_ref().and_then(open),
            signed_by: self.pages.signed(entry)?.holder,
            approved_by: approvals.collect::<Result<_, Error>>()?,
            corrections,
            sources: self.sources(verdict)?,
            id,
        }))
    }

    /// How it stands, and since which entry. A sound verdict that is not the current one was left behind by another one, or
    /// by new words of the claim.
    fn standing(
        &self,
        judged: &Standing,
        facts: &StatementStanding,
        current: bool,
    ) -> Result<(OwnStanding, EntryIndex), Error> {
        let line = self.pages.stands(judged.entry)?;
        let reason = match facts.withdrawn_by {
            Some(by) => match &self.pages.said(by)?.body {
                Body::Withdraw(withdraw) => open(&withdraw.reason),
                _ => None,
            },
            None => None,
        };
        if current || !facts.is_sound() {
            let stands = OwnStanding {
                word: word(facts.word),
                words: line.words.raw(),
                stands: current && facts.is_sound(),
                reason,
            };
            return Ok((stands, since(facts).unwrap_or(judged.entry)));
        }
        let reading = self.pages.reading();
        let newest = reading.newest(judged.claim)?.unwrap_or(judged.claim);
        let now = rules::current(reading, newest, judged.organisation)?;
        let (words, since) = if let Some(now) = now {
            let words = format!("no longer current: #{} is the verdict now", now.entry);
            (words, now.entry)
        } else {
            let words = format!("for the words of #{}, which were corrected", judged.claim);
            (words, newest)
        };
        let left_behind = OwnStanding {
            word: NOT_CURRENT.to_owned(),
            words,
            stands: false,
            reason,
        };
        Ok((left_behind, since))
    }

    /// What was wrong in the earlier forms, newest first. A form that nobody had approved was never what the house said.
    fn corrections(&self, entry: EntryIndex) -> Result<Vec<OwnCorrection>, Error> {
        let mut all = Vec::new();
        let mut at = entry;
        loop {
            let said = self.pages.said(at)?;
            let Some(correction) = said.correction() else {
                return Ok(all);
            };
            let earlier = self.pages.place(&correction.supersedes)?;
            let facts = self.pages.stands(earlier)?.facts;
            if facts.approval.is_none() || facts.is_concluded() {
                all.push(OwnCorrection {
                    kind: correction.kind.as_str().to_owned(),
                    of: correction.supersedes.to_string(),
                    on: said.issued.to_string(),
                    text: open(&correction.was_wrong),
                });
            }
            at = earlier;
        }
    }

    fn claim(
        &self,
        claim: &Claim,
        id: &StatementId,
        entry: EntryIndex,
    ) -> Result<Option<OwnClaim>, Error> {
        let Some(text) = open(&claim.text) else {
            return Ok(None);
        };
        let (claimants, unnamed) = match &claim.claimants {
            Claimants::Named(named) => {
                let named = named
                    .iter()
                    .filter_map(|one| Some((open(&one.name)?, one.role.as_ref().and_then(open))));
                (named.collect(), None)
            }
            Claimants::Many => (Vec::new(), Some("many")),
            Claimants::Unknown => (Vec::new(), Some("unknown")),
            Claimants::Anonymous => (Vec::new(), Some("anonymous")),
        };
        let original = claim.original.as_ref();
        let original =
            original.and_then(|given| Some((given.language.to_string(), open(&given.text)?)));
        let mut appeared_in = Vec::new();
        for source in self.pages.places(&claim.appeared_in)? {
            appeared_in.extend(sources::source(self.session, source)?);
        }
        Ok(Some(OwnClaim {
            id: id.to_string(),
            text,
            claimants,
            unnamed: unnamed.map(str::to_owned),
            made: claim.made.as_ref().map(ToString::to_string),
            due: claim.due.as_ref().map(ToString::to_string),
            about: claim.about.as_str().to_owned(),
            wording: claim.wording.as_str().to_owned(),
            original,
            topics: claim
                .topics
                .iter()
                .map(|topic| topic.as_str().to_owned())
                .collect(),
            appeared_in,
            corrections: self.corrections(entry)?,
        }))
    }

    fn rating(&self, verdict: &Verdict) -> Result<Option<OwnRating>, Error> {
        let said = self.pages.said(self.pages.place(&verdict.scale)?)?;
        let Body::ScaleSet(scale) = &said.body else {
            return Ok(None);
        };
        let Some(entry) = scale.entry(&verdict.rating) else {
            return Ok(None);
        };
        Ok(open(&entry.label).map(|label| OwnRating {
            label,
            code: entry.code.to_string(),
            meaning: entry.definition.as_ref().and_then(open),
            scale: format!(
                "{} {} of {}",
                scale.scale, scale.version, scale.organisation
            ),
            numbers: entry.number.and_then(|number| numbers(scale, number)),
        }))
    }

    fn sources(&self, verdict: &Verdict) -> Result<Vec<OwnSource>, Error> {
        let evidence = self.pages.places(&verdict.evidence)?;
        let mut all = Vec::new();
        for source in sources::of_evidence(self.pages.reading(), &evidence)? {
            all.extend(sources::source(self.session, source)?);
        }
        Ok(all)
    }

    fn last(&self, entries: BTreeSet<EntryIndex>) -> Result<String, Error> {
        let mut last = UnixMillis::new(0);
        for entry in entries {
            last = last.max(self.pages.said(entry)?.time());
        }
        Ok(instant(last))
    }
}

/// The entries that brought it to where it stands.
fn changes(judged: &Standing, facts: &StatementStanding) -> BTreeSet<EntryIndex> {
    let mut changes = BTreeSet::from([judged.entry]);
    let approvals = judged.approval.words.iter();
    changes.extend(approvals.map(|word| word.entry));
    changes.extend(ending(facts));
    let beneath = facts.objections_beneath.iter().map(|one| &one.objection);
    for objection in facts.objections.iter().chain(beneath) {
        changes.insert(objection.dispute);
        changes.extend(objection.answer);
    }
    changes.extend(facts.correction_pending);
    changes.extend(facts.correction_rejected);
    changes.extend(facts.current_again_since);
    changes
}

/// Since which entry it is not sound.
fn since(facts: &StatementStanding) -> Option<EntryIndex> {
    let beneath = facts.objections_beneath.iter().filter(|one| one.is_due());
    let due = facts.objections.iter().filter(|one| one.is_due());
    let due = due.chain(beneath.map(|one| &one.objection));
    let accepted = due.filter_map(|one| one.answer);
    ending(facts).into_iter().chain(accepted).min()
}

/// The entries that took the ground from under it.
fn ending(facts: &StatementStanding) -> Vec<EntryIndex> {
    let own = [
        facts.withdrawn_by,
        facts.distrusted_by,
        facts.superseded_by,
        facts.displaced_by,
    ];
    let fallen = facts.rests_on_fallen.iter().map(|fallen| fallen.by);
    own.into_iter().flatten().chain(fallen).collect()
}

/// The number with the best and the worst of its scale. Other software reads the highest number as the best and asks for a
/// worst of at least 1; a scale that runs the other way keeps its labels alone, for its numbers would say the opposite.
fn numbers(scale: &Scale, number: u64) -> Option<[u64; 3]> {
    let all = scale.entries.iter().filter_map(|entry| entry.number);
    let (best, worst) = (all.clone().max()?, all.min()?);
    let usable = scale.direction == Some(Direction::HigherIsTruer) && best > worst && worst >= 1;
    usable.then_some([number, best, worst])
}

/// The word as it is in the JSON of every answer.
fn word(word: StandingWord) -> String {
    let word = serde_json::to_value(word).ok();
    let word = word.as_ref().and_then(serde_json::Value::as_str);
    word.unwrap_or_default().to_owned()
}

/// The word for a sound verdict that another one, or new words of the claim, have left behind.
pub const NOT_CURRENT: &str = "notCurrent";
