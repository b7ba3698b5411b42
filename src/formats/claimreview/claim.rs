//! The claim that a review is about: who made it, when, and where it appeared.

use super::dates::day_of;
use super::node::{Site, is_a, property};
use super::values::{not_web, property_text, said, text};
use crate::formats::json::VerbatimJson;
use crate::formats::{ClaimantMarkup, ReviewMarkup, TroubleCode};
use crate::text::words;
use claimledger_core::encoding::unicode;

/// `itemReviewed`, which may be a Claim or, in older markup, any CreativeWork.
pub(super) fn read(
    site: &Site<'_>,
    json: &VerbatimJson,
    review: &mut ReviewMarkup,
    headlines: &[Option<String>],
) {
    let item = property(json, "itemReviewed");
    let item = item.and_then(|(given, path)| Some((site.node(given.items().first()?), path)));
    missing(site, json, item.as_ref().map(|(node, _)| *node), review);
    if let Some(claim) = &review.claim
        && headlines.iter().flatten().any(|line| line == claim)
    {
        let why = "the claim has the same words as the headline of the review";
        review.trouble("/claimReviewed", TroubleCode::ClaimIsHeadline, why);
    }
    let Some((item, path)) = item else {
        return;
    };
    claimant(site, item, &path, review);
    review.claim_date = text(site, item, "datePublished", review);
    for name in ["firstAppearance", "appearance", "url", "sameAs"] {
        // Of a creative work, the address is where it appeared. A claim's own `sameAs` names the same claim elsewhere.
        if name == "sameAs" && is_a(item, "Claim") {
            continue;
        }
        if let Some((given, below)) = property(item, name) {
            appearances(site, given, &format!("{path}{below}"), review);
        }
    }
}

/// Says where the claim may be written, if it is not where it should be. A person decides.
fn missing(
    site: &Site<'_>,
    json: &VerbatimJson,
    item: Option<&VerbatimJson>,
    review: &mut ReviewMarkup,
) {
    if review.claim.is_some() {
        return;
    }
    let own = ["description", "name", "headline"].map(|name| (Some(json), "", name));
    let inside = ["text", "description", "name"].map(|name| (item, "/itemReviewed", name));
    let places = own
        .into_iter()
        .chain(inside)
        .filter_map(|(node, path, name)| {
            property_text(site, node?, name).map(|text| format!("{path}/{name} has {text:?}"))
        });
    let places: Vec<String> = places.collect();
    let mut why = "the claim text is missing".to_owned();
    if !places.is_empty() {
        let perhaps = places.join(", ");
        why.push_str(&format!(
            "; perhaps it is one of these: {}",
            words::shortened(&perhaps, 500)
        ));
    }
    review.trouble("/claimReviewed", TroubleCode::ClaimMissing, why);
}

fn claimant(site: &Site<'_>, item: &VerbatimJson, path: &str, review: &mut ReviewMarkup) {
    let Some((given, below)) = property(item, "author") else {
        return;
    };
    let path = format!("{path}{below}");
    if given.items().len() > 1 {
        let why = "several claimants are named; the first is taken";
        review.trouble(&path, TroubleCode::SeveralValues, why);
    }
    let Some(first) = given.items().first() else {
        return;
    };
    let node = site.node(first);
    let name = said(site, first).map(str::to_owned);
    let name = name.or_else(|| property_text(site, node, "name"));
    let role = property_text(site, node, "jobTitle");
    review.claimant = name.map_or(ClaimantMarkup::Unknown, |name| {
        named(&name, role, &path, &mut review.troubles)
    });
}

/// What a claimant's name says; `path` is where it stands. `Multiple sources` is not a name, and a platform makes no claims.
pub fn named(
    name: &str,
    role: Option<String>,
    path: &str,
    troubles: &mut Vec<crate::formats::Trouble>,
) -> ClaimantMarkup {
    let mut unclear = |why: &str| {
        let why = format!("{name:?} {why}");
        troubles.push(crate::formats::Trouble::new(
            path,
            TroubleCode::ClaimantUnclear,
            why,
        ));
    };
    let folded = words::fold(name.trim());
    if MANY.contains(&&*folded) {
        unclear("is not a name: many made the claim");
        return ClaimantMarkup::Many;
    }
    if is_host(&folded) {
        unclear("is a place of publication: the claimant is not known");
        return ClaimantMarkup::Unknown;
    }
    ClaimantMarkup::Named {
        name: name.to_owned(),
        role,
    }
}

/// Whether this is the name of a host, such as `x.com`.
fn is_host(name: &str) -> bool {
    let parts: Vec<&str> = name.split('.').collect();
    let letters = |part: &&str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    parts.len() >= 2
        && parts.iter().all(letters)
        && parts
            .last()
            .is_some_and(|last| last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// Phrases for "more than can be named" in real markup, folded.
const MANY: &[&str] = &[
    "multiple sources",
    "various sources",
    "several sources",
    "many sources",
    "multiple people",
    "social media users",
    "multiple users",
    "various",
    "fuentes varias",
    "fuentes multiples",
    "varias fuentes",
    "plusieurs sources",
    "sources multiples",
    "diverse quellen",
    "mehrere quellen",
    "varias fontes",
    "fontes diversas",
    "viral image",
    "viral post",
    "viral video",
];

/// Takes addresses out of whatever an appearance is spelled as.
fn appearances(site: &Site<'_>, given: &VerbatimJson, path: &str, review: &mut ReviewMarkup) {
    for item in given.items() {
        if let Some(address) = said(site, item) {
            take(address, path, review);
            continue;
        }
        let node = site.node(item);
        if let Some((inside, below)) = property(node, "url") {
            for address in inside.items().iter().filter_map(|one| said(site, one)) {
                take(address, &format!("{path}{below}"), review);
            }
        }
    }
}

/// Takes in an address where the claim appeared, or a note why it is none.
pub fn take(address: &str, path: &str, review: &mut ReviewMarkup) {
    let trimmed = address.trim();
    let own = review.url.as_deref().map(str::trim).map(unicode::address);
    let spaced = trimmed.contains(char::is_whitespace);
    if spaced || not_web(trimmed).is_some() {
        let why = format!("{:?} is no single address", words::shortened(trimmed, 100));
        review.trouble(path, TroubleCode::AppearanceDropped, why);
    } else if own == Some(unicode::address(trimmed)) {
        let why = "it is the address of the review itself";
        review.trouble(path, TroubleCode::AppearanceDropped, why);
    } else if !review.appearances.iter().any(|known| known == trimmed) {
        review.appearances.push(trimmed.to_owned());
    }
}

/// Notes dates that have no clear day, and a claim that is not dated before its review.
pub(super) fn dates(review: &mut ReviewMarkup) {
    let published = review.published.clone();
    let said = review.claim_date.clone();
    let mut day = |text: &Option<String>, path: &str| {
        let text = text.as_deref()?;
        let day = day_of(text);
        if day.is_none() {
            let why = format!(
                "{:?} is no date written year-month-day",
                words::shortened(text, 60)
            );
            review.trouble(path, TroubleCode::DateUnclear, why);
        }
        day
    };
    let reviewed = day(&published, "/datePublished");
    let claimed = day(&said, "/itemReviewed/datePublished");
    if let (Some(reviewed), Some(claimed)) = (reviewed, claimed)
        && claimed.as_str().len() == reviewed.as_str().len()
        && claimed >= reviewed
    {
        let why = if claimed == reviewed {
            "the claim has the date of the review"
        } else {
            "the claim is dated after the review"
        };
        review.trouble("/itemReviewed/datePublished", TroubleCode::ClaimDated, why);
    }
}
