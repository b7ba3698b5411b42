//! Reads back a ClaimReview that this program wrote.

use super::own_writing::FORMER_NUMBERS;
use crate::formats::json::VerbatimJson;
use crate::formats::own_review::{
    OwnAuthor, OwnCapture, OwnClaim, OwnCorrection, OwnRating, OwnReview, OwnSource, OwnStanding,
};
use crate::formats::schema_org::own_property::{OwnIdentifier, OwnProperty};

/// Reads back a review that [`node`](super::own_writing::node) made; `None` if it has no identifier of ours.
pub fn read(json: &VerbatimJson) -> Option<OwnReview> {
    let own = OwnIdentifier::of(json, OwnProperty::Statement)?;
    let said = |name| own.beside(name).map(str::to_owned);
    let standing = OwnStanding {
        word: said(OwnProperty::Standing)?,
        words: said(OwnProperty::StandingWords).unwrap_or_default(),
        stands: json.get("reviewRating").is_some(),
        reason: said(OwnProperty::Reason),
    };
    Some(OwnReview {
        id: own.value()?.to_owned(),
        entry: said(OwnProperty::Entry).unwrap_or_default(),
        ledger: said(OwnProperty::Ledger).unwrap_or_default(),
        proof: own.address().map(str::to_owned),
        url: text(json, "url"),
        author: author(json.get("author")),
        claim: claim(json),
        rating: rating(json, own),
        standing,
        signed: text(json, "dateCreated").unwrap_or_default(),
        published: text(json, "datePublished"),
        changed: text(json, "dateModified").unwrap_or_default(),
        language: text(json, "inLanguage"),
        reasons: text(json, "reviewBody"),
        limits: said(OwnProperty::Limits),
        signed_by: said(OwnProperty::SignedBy).unwrap_or_default(),
        approved_by: own
            .all_beside(OwnProperty::ApprovedBy)
            .map(str::to_owned)
            .collect(),
        corrections: all(json, "correction", correction),
        sources: all(json, "citation", source),
    })
}

fn rating(json: &VerbatimJson, own: OwnIdentifier<'_>) -> OwnRating {
    let said = |name| own.beside(name).map(str::to_owned);
    let number = |text: Option<&str>| text?.parse::<u64>().ok();
    let given = json.get("reviewRating");
    let (label, meaning, numbers) = match given {
        Some(given) => {
            let spelled = |name: &str| number(given.get(name).and_then(VerbatimJson::spelled));
            let numbers = ["ratingValue", "bestRating", "worstRating"].map(spelled);
            let label = text(given, "alternateName");
            (label, text(given, "ratingExplanation"), numbers)
        }
        None => (
            said(OwnProperty::FormerLabel),
            said(OwnProperty::FormerMeaning),
            FORMER_NUMBERS.map(|name| number(own.beside(name))),
        ),
    };
    OwnRating {
        label: label.unwrap_or_default(),
        code: said(OwnProperty::RatingCode).unwrap_or_default(),
        meaning,
        scale: said(OwnProperty::Scale).unwrap_or_default(),
        numbers: match numbers {
            [Some(value), Some(best), Some(worst)] => Some([value, best, worst]),
            _ => None,
        },
    }
}

fn author(json: Option<&VerbatimJson>) -> OwnAuthor {
    let Some(json) = json else {
        return OwnAuthor::default();
    };
    OwnAuthor {
        short: own_id(json, OwnProperty::Organisation),
        name: text(json, "name").unwrap_or_default(),
        url: text(json, "url"),
        corrections_policy: text(json, "correctionsPolicy"),
    }
}

fn claim(json: &VerbatimJson) -> OwnClaim {
    let words = text(json, "claimReviewed").unwrap_or_default();
    let Some(item) = json.get("itemReviewed") else {
        return OwnClaim {
            text: words,
            ..OwnClaim::default()
        };
    };
    let own = OwnIdentifier::of(item, OwnProperty::Statement);
    let said = |name| own.and_then(|own| own.beside(name)).map(str::to_owned);
    let original = item.get("translationOfWork");
    OwnClaim {
        id: own_id(item, OwnProperty::Statement),
        text: words,
        claimants: all(item, "author", |one| {
            (text(one, "name").unwrap_or_default(), text(one, "jobTitle"))
        }),
        unnamed: said(OwnProperty::Claimants),
        made: text(item, "datePublished"),
        due: said(OwnProperty::Due),
        about: said(OwnProperty::About).unwrap_or_default(),
        wording: said(OwnProperty::Wording).unwrap_or_default(),
        original: original
            .and_then(|given| Some((text(given, "inLanguage")?, text(given, "text")?))),
        topics: texts(item, "keywords"),
        appeared_in: all(item, "appearance", source),
        corrections: all(item, "correction", correction),
    }
}

fn correction(json: &VerbatimJson) -> OwnCorrection {
    OwnCorrection {
        kind: text(json, "name").unwrap_or_default(),
        of: own_id(json, OwnProperty::Statement),
        on: text(json, "datePublished").unwrap_or_default(),
        text: text(json, "text"),
    }
}

fn source(json: &VerbatimJson) -> OwnSource {
    let name_of = |one: &VerbatimJson| text(one, "name").unwrap_or_default();
    OwnSource {
        id: own_id(json, OwnProperty::Statement),
        kind: text(json, "genre").unwrap_or_default(),
        title: text(json, "name"),
        publisher: json.get("publisher").map(name_of),
        authors: all(json, "author", name_of),
        published: text(json, "datePublished"),
        language: text(json, "inLanguage"),
        url: text(json, "url"),
        archived_at: texts(json, "archivedAt"),
        captures: all(json, "encoding", |one| OwnCapture {
            sha256: text(one, "sha256").unwrap_or_default(),
            media_type: text(one, "encodingFormat").unwrap_or_default(),
            bytes: text(one, "contentSize")
                .and_then(|size| size.strip_suffix(" B").map(str::to_owned))
                .unwrap_or_default(),
            captured: text(one, "dateCreated").unwrap_or_default(),
        }),
    }
}

fn text(json: &VerbatimJson, name: &str) -> Option<String> {
    json.get(name)?.spelled().map(str::to_owned)
}

fn texts(json: &VerbatimJson, name: &str) -> Vec<String> {
    let all = json.get(name).map_or(&[][..], VerbatimJson::items).iter();
    all.filter_map(VerbatimJson::spelled)
        .map(str::to_owned)
        .collect()
}

fn all<T>(json: &VerbatimJson, name: &str, read: impl Fn(&VerbatimJson) -> T) -> Vec<T> {
    let items = json.get(name).map_or(&[][..], VerbatimJson::items);
    items.iter().map(read).collect()
}

fn own_id(json: &VerbatimJson, name: OwnProperty) -> String {
    let own = OwnIdentifier::of(json, name).and_then(OwnIdentifier::value);
    own.unwrap_or_default().to_owned()
}
