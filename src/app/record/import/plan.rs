//! What one review becomes: nothing new, a claim and a record, a record of a claim that is there, or a record that
//! supersedes an earlier one.

use super::known::{KnownReviews, values};
use super::report::Came;
use crate::app::{Error, Session};
use crate::extract::html::markup::without_references;
use crate::formats::claimreview::day_of;
use crate::formats::{ClaimantMarkup, ReviewMarkup, TroubleCode};
use claimledger_core::encoding::Defect;
use claimledger_core::encoding::name::Language;
use claimledger_core::model::claim::{About, Claim, Claimant, Claimants, Wording};
use claimledger_core::model::correction::{Correction, CorrectionKind};
use claimledger_core::model::foreign::{Rating, Raw, Review};
use claimledger_core::model::{Body, FreeText, Prose, StatementId, VerbatimLine};
use claimledger_core::rules::{Reading, View as _};
use std::time::Duration;

/// What is to be done about a review.
pub(super) enum ReviewPlan {
    /// Nothing; with the record that the review would be, if it can be one.
    Nothing(Came, Option<Box<Review>>),
    /// To record it; with a claim of its own, unless one with these words is there.
    Record(Box<NewRecord>),
}

/// A record, and its claim.
pub(super) struct NewRecord {
    pub(super) came: Came,
    pub(super) claim: ForClaim,
    pub(super) review: Review,
}

/// The claim that a record is about.
pub(super) enum ForClaim {
    There(StatementId),
    New(Box<Claim>),
}

/// Decides about a review. What cannot be used is noted in its troubles.
pub(super) fn plan(
    session: &Session,
    known: &mut KnownReviews,
    markup: &mut ReviewMarkup,
    raw: Raw,
) -> Result<ReviewPlan, Error> {
    if is_our_own(session, markup)? {
        markup.troubles.clear();
        return Ok(ReviewPlan::Nothing(Came::Already, None));
    }
    if markup.has_fault() {
        return Ok(ReviewPlan::Nothing(Came::Refused, None));
    }
    let Some((mut review, claim)) = bodies(markup, raw) else {
        return Ok(ReviewPlan::Nothing(Came::Refused, None));
    };
    let mut came = Came::Recorded;
    if let Some(before) = known.meet(&review) {
        if before.values == values(&review) {
            return Ok(ReviewPlan::Nothing(Came::Already, Some(Box::new(review))));
        }
        if known.had(&review) {
            return Ok(ReviewPlan::Nothing(Came::Older, None));
        }
        let Some(entry) = before.entry.filter(|_| !before.met) else {
            let why = "another markup of the same review in this import says something else";
            markup.trouble("", TroubleCode::MarkupsDisagree, why);
            return Ok(ReviewPlan::Nothing(Came::Refused, None));
        };
        let view = session.view();
        let reading = Reading::at(&view, session.head().size)?;
        if !reading.is_live(entry)? {
            return Ok(ReviewPlan::Nothing(Came::TakenBack, None));
        }
        let earlier = session.statement(entry)?;
        if let Body::ReviewRecord(earlier_review) = &earlier.body {
            if earlier_review.raw.sha256 == review.raw.sha256 {
                let why = "another markup of the same review in this file says something else";
                markup.trouble("", TroubleCode::MarkupsDisagree, why);
                return Ok(ReviewPlan::Nothing(Came::Refused, None));
            }
            // The identity is that of the earlier record, byte for byte, so that the rules see one review.
            review.url = earlier_review.url.clone();
            review.correction = Some(changed(earlier_review, &review, earlier.id())?);
        }
        came = Came::Changed;
    }
    let there = known.claim(claim.text.words().unwrap_or_default());
    let claim = match there {
        Some(place) => match place.id(session)? {
            Some(id) => ForClaim::There(id),
            None => ForClaim::New(Box::new(claim)),
        },
        None => ForClaim::New(Box::new(claim)),
    };
    Ok(ReviewPlan::Record(Box::new(NewRecord {
        came,
        claim,
        review,
    })))
}

/// Whether it is a verdict of this ledger, on a claim of this ledger in these words. That is not taken from the markup alone:
/// anybody can write our ids.
fn is_our_own(session: &Session, markup: &ReviewMarkup) -> Result<bool, Error> {
    let Some(own) = &markup.own else {
        return Ok(false);
    };
    let (Ok(verdict), Ok(claim)) = (own.id.parse(), own.claim.id.parse()) else {
        return Ok(false);
    };
    let view = session.view();
    let (Some(verdict), Some(claim)) = (view.statement(&verdict)?, view.statement(&claim)?) else {
        return Ok(false);
    };
    let (verdict, form) = (session.statement(verdict.index)?, claim.index);
    let said = session.statement(form)?;
    let (Body::VerdictIssue(verdict), Body::ClaimAdd(claim)) = (&verdict.body, &said.body) else {
        return Ok(false);
    };
    let Some(named) = view.statement(&verdict.claim)? else {
        return Ok(false);
    };
    let reading = Reading::at(&view, session.head().size)?;
    let forms = reading.lineage(named.index)?;
    Ok(claim.text.words() == markup.claim.as_deref() && forms.contains(&form))
}

/// The record and the claim that markup makes; `None` with a fault noted if a value cannot be recorded.
fn bodies(markup: &mut ReviewMarkup, raw: Raw) -> Option<(Review, Claim)> {
    let mut taken = std::mem::take(markup);
    let made = made(&mut taken, raw);
    *markup = taken;
    made
}

fn made(markup: &mut ReviewMarkup, raw: Raw) -> Option<(Review, Claim)> {
    let author = needed(markup, "author", |m| m.author.clone(), FreeText::open);
    let claim_text = needed(markup, "claim", |m| m.claim.clone(), FreeText::open);
    let label = needed(markup, "label", |m| m.label.clone(), FreeText::open);
    let url = needed(markup, "url", |m| m.url.clone(), |url| url.parse());
    let words = markup.claim.clone().unwrap_or_default();
    let words = decoded(&words, markup);
    let text = needed(markup, "claim", |_| Some(words.clone()), Prose::open);
    let line = VerbatimLine::open;
    let rating = Rating {
        best: optional(markup, "best", |m| m.best.clone(), line),
        label: label?,
        value: optional(markup, "value", |m| m.value.clone(), line),
        worst: optional(markup, "worst", |m| m.worst.clone(), line),
    };
    let review = Review {
        author: author?,
        claim: None,
        claim_text: claim_text?,
        correction: None,
        language: optional(
            markup,
            "language",
            |m| m.language.clone(),
            |tag| tag.parse::<Language>(),
        ),
        published: optional(markup, "published", |m| m.published.clone(), line),
        rating,
        raw,
        url: url?,
    };
    let claim = Claim {
        about: About::Fact,
        appeared_in: Vec::new(),
        claimants: claimants(markup),
        correction: None,
        due: None,
        language: None,
        made: markup.claim_date.as_deref().and_then(day_of),
        original: None,
        text: text?,
        topics: Vec::new(),
        // The words are those of the organisation that checked them.
        wording: Wording::Reported,
    };
    Some((review, claim))
}

fn claimants(markup: &mut ReviewMarkup) -> Claimants {
    match markup.claimant.clone() {
        ClaimantMarkup::Unknown => Claimants::Unknown,
        ClaimantMarkup::Many => Claimants::Many,
        ClaimantMarkup::Named { name, role } => {
            let name = optional(markup, "claimant", |_| Some(name.clone()), FreeText::open);
            let role = optional(markup, "claimantRole", |_| role.clone(), FreeText::open);
            match name {
                Some(name) => Claimants::Named(vec![Claimant { name, role }]),
                None => Claimants::Unknown,
            }
        }
    }
}

/// The claim's words with their character references decoded, once. The record keeps them as they are.
fn decoded(words: &str, markup: &mut ReviewMarkup) -> String {
    let reference = words.split('&').skip(1).any(|after| {
        let name = after.split_once(';').map_or("", |(name, _)| name);
        let name = name.strip_prefix('#').unwrap_or(name);
        !name.is_empty() && name.len() < 32 && name.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    if !reference {
        return words.to_owned();
    }
    match without_references(words, Duration::from_secs(1)) {
        Ok(plain) if plain != words => {
            let why = "character references in the claim are decoded, once; the record has them";
            markup.trouble("claim", TroubleCode::EntitiesDecoded, why);
            plain
        }
        _ => words.to_owned(),
    }
}

fn needed<T>(
    markup: &mut ReviewMarkup,
    field: &str,
    of: impl Fn(&ReviewMarkup) -> Option<String>,
    parse: impl Fn(String) -> Result<T, Defect>,
) -> Option<T> {
    let parsed = parse(of(markup)?);
    parsed
        .map_err(|e| markup.trouble(field, TroubleCode::ValueUnusable, e.to_string()))
        .ok()
}

fn optional<T>(
    markup: &mut ReviewMarkup,
    field: &str,
    of: impl Fn(&ReviewMarkup) -> Option<String>,
    parse: impl Fn(String) -> Result<T, Defect>,
) -> Option<T> {
    let parsed = parse(of(markup)?);
    parsed
        .map_err(|e| {
            let why = format!("left out: {e}");
            markup.trouble(field, TroubleCode::Dropped, why);
        })
        .ok()
}

/// What a new record of a review says of the earlier one.
fn changed(before: &Review, now: &Review, supersedes: StatementId) -> Result<Correction, Error> {
    let mut parts = Vec::new();
    let rating = before.rating != now.rating;
    if rating {
        parts.push(format!("its rating was {}", in_words(&before.rating)));
    }
    if before.published != now.published {
        let date = before.published.as_ref().and_then(FreeText::words);
        parts.push(format!("its date was {}", date.unwrap_or("not given")));
    }
    if before.language != now.language {
        let language = before.language.as_ref().map(ToString::to_string);
        let language = language.unwrap_or_else(|| "not given".to_owned());
        parts.push(format!("its language was {language}"));
    }
    let mut words = format!(
        "The review was changed where it is published: {}.",
        parts.join("; ")
    );
    words.truncate(words.floor_char_boundary(MOST_BYTES));
    Ok(Correction {
        kind: if rating {
            CorrectionKind::RatingChange
        } else {
            CorrectionKind::Update
        },
        noticed_by: None,
        reported: None,
        supersedes,
        was_wrong: FreeText::open(words)?,
    })
}

fn in_words(rating: &Rating) -> String {
    let label = rating.label.words().unwrap_or("sealed");
    let numbers = [&rating.value, &rating.worst, &rating.best];
    let numbers = numbers.map(|one| one.as_ref().and_then(FreeText::words).unwrap_or("none"));
    match numbers {
        ["none", "none", "none"] => label.to_owned(),
        [value, worst, best] => format!("{label} ({value} of {worst} to {best})"),
    }
}

/// The label of an earlier record may itself be as long as a text can be.
const MOST_BYTES: usize = 4_096;
