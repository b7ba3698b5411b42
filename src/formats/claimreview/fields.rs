//! The fields of one review: what each property may be spelled as, and the rule for each.

use super::node::{Site, is_a, property};
use super::values::{not_web, property_text, said, text};
use super::{claim, own_reading, rating};
use crate::formats::json::{VerbatimJson, step};
use crate::formats::{ReviewMarkup, TroubleCode};

/// A review from its object.
pub(super) fn review(site: &Site<'_>, json: &VerbatimJson) -> ReviewMarkup {
    let mut review = ReviewMarkup::default();
    review.claim = text(site, json, "claimReviewed", &mut review);
    author(site, json, &mut review);
    review.url = text(site, json, "url", &mut review);
    rating::read(site, json, &mut review);
    review.published = text(site, json, "datePublished", &mut review);
    review.language = text(site, json, "inLanguage", &mut review);
    let headlines = ["name", "headline"].map(|name| property_text(site, json, name));
    claim::read(site, json, &mut review, &headlines);
    finish(&mut review);
    own(json, &mut review);
    review
}

/// What another ledger of this program says of its verdict. One that no longer stands is no review to record.
fn own(json: &VerbatimJson, review: &mut ReviewMarkup) {
    review.own = own_reading::read(json).map(Box::new);
    if let Some(own) = &review.own
        && !own.standing.stands
    {
        let why = format!(
            "it no longer stands, as the ledger {} says: {}",
            own.ledger, own.standing.words
        );
        review.trouble("/creativeWorkStatus", TroubleCode::NoLongerStands, why);
    }
}

/// Notes what a review lacks and what does not fit together, wherever its values come from.
pub fn finish(review: &mut ReviewMarkup) {
    if review.claim.is_none() && !review.troubles.iter().any(|t| t.path == "/claimReviewed") {
        let why = "the claim text is missing";
        review.trouble("/claimReviewed", TroubleCode::ClaimMissing, why);
    }
    if review.label.is_none() {
        let why = "the rating has no label, and a number is none";
        review.trouble("/reviewRating", TroubleCode::LabelMissing, why);
    }
    rating::weigh(review);
    if review.author.is_none() {
        let why = "neither author nor publisher is named";
        review.trouble("/author", TroubleCode::AuthorMissing, why);
    }
    address(review);
    claim::dates(review);
}

/// The address must be usable as it is; white space around it is all that is left out.
fn address(review: &mut ReviewMarkup) {
    let Some(spelled) = review.url.take() else {
        let why = "the review has no address";
        review.trouble("/url", TroubleCode::UrlMissing, why);
        return;
    };
    let trimmed = spelled.trim();
    if let Some(why) = not_web(trimmed) {
        review.trouble("/url", TroubleCode::UrlUnusable, why);
    } else if trimmed != spelled {
        let why = "white space around the address is left out";
        review.trouble("/url", TroubleCode::UrlTrimmed, why);
    }
    review.url = Some(if trimmed.is_empty() {
        spelled
    } else {
        trimmed.to_owned()
    });
}

/// Notes the licence of the markup.
pub(super) fn licence(review: &mut ReviewMarkup, licence: Option<&str>) {
    if let Some(licence) = licence {
        let why = format!("the markup is under the licence {licence}");
        review.trouble("/sdLicense", TroubleCode::Licence, why);
    }
}

/// The organisation: the author, of several the first organisation; the publisher where the author is missing or a person.
fn author(site: &Site<'_>, json: &VerbatimJson, review: &mut ReviewMarkup) {
    let named = property(json, "author");
    let named = named.filter(|(value, _)| who(site, value, "").is_some());
    let publisher = property(json, "publisher");
    let publisher = publisher.and_then(|(value, path)| who(site, value, &path));
    let author = named.and_then(|(value, path)| who(site, value, &path));
    let (found, as_publisher) = match (author, publisher) {
        (Some(author), Some(publisher)) if author.person && !publisher.person => (publisher, true),
        (Some(author), _) => (author, false),
        (None, Some(publisher)) => (publisher, true),
        (None, None) => return,
    };
    if as_publisher {
        let why = "the publisher is taken as the organisation that reviewed";
        review.trouble(&found.path, TroubleCode::PublisherAsAuthor, why);
    }
    if found.several > 1 {
        let why = format!(
            "{} are named; the first organisation is taken",
            found.several
        );
        review.trouble(&found.path, TroubleCode::SeveralValues, why);
    }
    if found.person {
        let why = "the author is a person";
        review.trouble(&found.path, TroubleCode::AuthorPerson, why);
    }
    if found.address {
        let why = "the author has no name; the address is taken as it is";
        review.trouble(&found.path, TroubleCode::AuthorAddress, why);
    }
    review.author = Some(found.name);
}

struct Who {
    name: String,
    path: String,
    person: bool,
    address: bool,
    several: usize,
}

fn who(site: &Site<'_>, value: &VerbatimJson, path: &str) -> Option<Who> {
    let items = value.items();
    let one = |(number, item): (usize, &VerbatimJson)| {
        let node = site.node(item);
        let path = match value {
            VerbatimJson::List(_) => step(path, &number.to_string()),
            _ => path.to_owned(),
        };
        let name = said(site, node).map(str::to_owned);
        let name = name.or_else(|| property_text(site, node, "name"));
        let address = name.is_none();
        let name = name.or_else(|| property_text(site, node, "url"))?;
        let person = is_a(node, "Person");
        Some(Who {
            name,
            path,
            person,
            address,
            several: items.len(),
        })
    };
    let all: Vec<Who> = items
        .iter()
        .enumerate()
        .filter_map(|(n, item)| one((n, item)))
        .collect();
    let organisation = all.iter().position(|who| !who.person).unwrap_or(0);
    all.into_iter().nth(organisation)
}
