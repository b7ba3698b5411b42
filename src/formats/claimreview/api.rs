//! The Fact Check Tools API: `claims[].claimReview[]` of its search, and `ClaimReviewMarkupPage` of its write interface.

use super::{claim, fields};
use crate::formats::json::VerbatimJson;
use crate::formats::{ReviewMarkup, TroubleCode};
use claimledger_core::encoding::unicode::is_visible;

/// The reviews in one object of an answer, each with its pointer below it.
pub(super) fn reviews(json: &VerbatimJson) -> Vec<(String, ReviewMarkup)> {
    let list = |name: &str, read: fn(&VerbatimJson, &VerbatimJson) -> ReviewMarkup| {
        let items = json.get(name).map_or(&[][..], VerbatimJson::items);
        let items = items.iter().enumerate();
        let objects = items.filter(|(_, item)| matches!(item, VerbatimJson::Object(_)));
        objects
            .map(|(number, item)| (format!("/{name}/{number}"), read(json, item)))
            .collect::<Vec<_>>()
    };
    let mut found = list("claimReview", found);
    found.extend(list("claimReviewMarkups", written));
    found
}

/// A review that the search found: `Claim` and `ClaimReview` of the API, v1alpha1.
fn found(claimed: &VerbatimJson, json: &VerbatimJson) -> ReviewMarkup {
    let publisher = json.get("publisher");
    let mut review = ReviewMarkup {
        claim: text(claimed, "text"),
        claim_date: text(claimed, "claimDate"),
        url: text(json, "url"),
        label: text(json, "textualRating"),
        published: text(json, "reviewDate"),
        language: text(json, "languageCode"),
        ..ReviewMarkup::default()
    };
    author(&mut review, publisher, "name", "site");
    if let Some(name) = text(claimed, "claimant") {
        review.claimant = claim::named(&name, None, "/claimant", &mut review.troubles);
    }
    fields::finish(&mut review);
    review
}

/// A review that a newsroom wrote with the markup tool: `ClaimReviewMarkup`, v1alpha1.
fn written(page: &VerbatimJson, json: &VerbatimJson) -> ReviewMarkup {
    let rated = json.get("rating");
    let number = |name: &str| rated.and_then(|rating| text(rating, name));
    let mut review = ReviewMarkup {
        claim: text(json, "claimReviewed"),
        claim_date: text(json, "claimDate"),
        url: text(json, "url").or_else(|| text(page, "pageUrl")),
        label: number("textualRating"),
        value: number("ratingValue"),
        best: number("bestRating"),
        worst: number("worstRating"),
        published: text(page, "publishDate"),
        ..ReviewMarkup::default()
    };
    author(&mut review, page.get("claimReviewAuthor"), "name", "url");
    let by = json.get("claimAuthor");
    if let Some(name) = by.and_then(|by| text(by, "name")) {
        let role = by.and_then(|by| text(by, "jobTitle"));
        review.claimant = claim::named(&name, role, "/claimAuthor", &mut review.troubles);
    }
    let first = json.get("claimFirstAppearance").into_iter();
    let places = first.chain(json.get("claimAppearances"));
    for place in places.flat_map(VerbatimJson::items) {
        if let Some(address) = place.spelled() {
            claim::take(address, "/claimAppearances", &mut review);
        }
    }
    fields::finish(&mut review);
    review
}

fn author(review: &mut ReviewMarkup, who: Option<&VerbatimJson>, name: &str, address: &str) {
    let Some(who) = who else {
        return;
    };
    review.author = text(who, name);
    if review.author.is_none() {
        review.author = text(who, address);
        if review.author.is_some() {
            let why = "the publisher has no name; its address is taken as it is";
            review.trouble("/publisher", TroubleCode::AuthorAddress, why);
        }
    }
}

fn text(json: &VerbatimJson, name: &str) -> Option<String> {
    let text = json.get(name)?.spelled()?;
    text.chars().any(is_visible).then(|| text.to_owned())
}
