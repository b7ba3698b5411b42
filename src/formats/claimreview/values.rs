//! What a property says in characters, and whether that is an address.

use super::node::{Site, property};
use crate::formats::json::VerbatimJson;
use crate::formats::{ReviewMarkup, TroubleCode};
use claimledger_core::encoding::unicode::is_visible;

/// Why this is no address of the web that others can open; `None` if it is one.
pub(super) fn not_web(text: &str) -> Option<String> {
    match url::Url::parse(text) {
        Err(e) => Some(format!("{text:?} is no absolute address: {e}")),
        Ok(url) if !matches!(url.scheme(), "http" | "https") => {
            Some(format!("{text:?} is no address of the web"))
        }
        Ok(_) => match text.parse::<claimledger_core::encoding::name::Url>() {
            Ok(_) => None,
            Err(e) => Some(e.to_string()),
        },
    }
}

/// A property's text: the characters of a text or a number, the `@value` of a value object; of several the first.
pub(super) fn text(
    site: &Site<'_>,
    json: &VerbatimJson,
    name: &str,
    review: &mut ReviewMarkup,
) -> Option<String> {
    let (value, path) = property(json, name)?;
    first_text(site, value, &path, review)
}

/// The same for a value at a path.
pub(super) fn first_text(
    site: &Site<'_>,
    value: &VerbatimJson,
    path: &str,
    review: &mut ReviewMarkup,
) -> Option<String> {
    let all: Vec<&str> = value
        .items()
        .iter()
        .filter_map(|one| said(site, one))
        .collect();
    if let [first, more, ..] = all[..]
        && first != more
    {
        let why = format!("there are {} values; the first is taken", all.len());
        review.trouble(path, TroubleCode::SeveralValues, why);
    }
    all.first().map(|text| (*text).to_owned())
}

/// A property's first text, of which nothing is noted.
pub(super) fn property_text(site: &Site<'_>, json: &VerbatimJson, name: &str) -> Option<String> {
    let (value, _) = property(json, name)?;
    let mut said = value.items().iter().filter_map(|one| said(site, one));
    said.next().map(str::to_owned)
}

/// What a value says in characters, if there is anything to see.
pub(super) fn said<'j>(site: &Site<'j>, json: &'j VerbatimJson) -> Option<&'j str> {
    let value = match site.node(json) {
        object @ VerbatimJson::Object(_) => object.get("@value")?,
        other => other,
    };
    value.spelled().filter(|text| text.chars().any(is_visible))
}
