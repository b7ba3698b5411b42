//! A review as a row of named values: a line of our own report, or of a table.

use super::ReviewMarkup;
use super::claimreview;
use claimledger_core::encoding::unicode::is_visible;

/// The names of a row's values, in the order in which a report has them.
pub const FIELDS: &[&str] = &[
    "author",
    "url",
    "claim",
    "label",
    "value",
    "best",
    "worst",
    "published",
    "language",
    "claimant",
    "claimantRole",
    "claimDate",
    "appearances",
];

/// A review from the values of a row; `get` gives the value of a field, as it is spelled.
pub fn review(at: String, get: &mut dyn FnMut(&str) -> Option<String>) -> ReviewMarkup {
    let mut get = |name: &str| get(name).filter(|text| text.chars().any(is_visible));
    let mut review = ReviewMarkup {
        at,
        author: get("author"),
        url: get("url"),
        claim: get("claim"),
        label: get("label"),
        value: get("value"),
        best: get("best"),
        worst: get("worst"),
        published: get("published"),
        language: get("language"),
        claim_date: get("claimDate"),
        ..ReviewMarkup::default()
    };
    if let Some(name) = get("claimant") {
        review.claimant =
            claimreview::claimant(&name, get("claimantRole"), "claimant", &mut review.troubles);
    }
    for address in get("appearances").unwrap_or_default().split_whitespace() {
        claimreview::appearance(address, "appearances", &mut review);
    }
    claimreview::finish(&mut review);
    for trouble in &mut review.troubles {
        if let Some((_, name)) = PATHS.iter().find(|(path, _)| *path == trouble.path) {
            (*name).clone_into(&mut trouble.path);
        }
    }
    review
}

/// The names of the fields that markup calls otherwise.
const PATHS: &[(&str, &str)] = &[
    ("/claimReviewed", "claim"),
    ("/reviewRating", "label"),
    ("/author", "author"),
    ("/url", "url"),
    ("/datePublished", "published"),
    ("/itemReviewed/datePublished", "claimDate"),
];
