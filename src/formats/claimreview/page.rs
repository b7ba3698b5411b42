//! A page: its JSON-LD scripts, then its microdata, then its RDFa.

use super::items::{Spelling, items};
use super::walk;
use crate::extract::html::markup::PageMarkup;
use crate::formats::json::{MAX_VALUE_BYTES, VerbatimJson};
use crate::formats::{ReviewMarkup, Trouble, TroubleCode};
use std::time::Duration;

/// Markup that cannot be read: its place, and why.
pub type UnreadMarkup = (String, Trouble);

/// The reviews of a page, and what of its markup cannot be read at all, with its place.
///
/// # Errors
///
/// `too-large` if the page takes longer than `time`, or has too many elements.
pub fn page(html: &str, time: Duration) -> Result<(Vec<ReviewMarkup>, Vec<UnreadMarkup>), Trouble> {
    let page =
        PageMarkup::read(html, time).map_err(|why| Trouble::new("", TroubleCode::TooLarge, why))?;
    let mut found = Vec::new();
    let mut unread = Vec::new();
    for (script, number) in scripts(&page).zip(1_usize..) {
        let place = format!("script {number}");
        match VerbatimJson::parse(json_of(&script)) {
            Ok(json) => found.extend(walk::value(&json, &place, "")),
            Err(trouble) => unread.push((place, trouble)),
        }
    }
    for spelling in [Spelling::Microdata, Spelling::Rdfa] {
        for (item, number) in items(&page, spelling).iter().zip(1_usize..) {
            let place = format!("{} {number}", spelling.name());
            found.extend(walk::value(item, &place, ""));
        }
    }
    Ok((found, unread))
}

/// The texts of the JSON-LD scripts of a page, in document order.
pub(super) fn scripts(page: &PageMarkup) -> impl Iterator<Item = String> {
    let scripts = page.elements().filter(|element| {
        let kind = element.attribute("type").unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim();
        element.name() == "script" && essence.eq_ignore_ascii_case("application/ld+json")
    });
    scripts.map(|script| script.text(MAX_VALUE_BYTES + 1))
}

/// A script without the comment or CDATA marks that old pages put around it.
pub(super) fn json_of(script: &str) -> &str {
    let mut bare = script.trim();
    for mark in ["<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["] {
        bare = bare.strip_prefix(mark).unwrap_or(bare).trim_start();
    }
    for mark in ["-->", "//]]>", "/*]]>*/", "]]>", "//"] {
        bare = bare.strip_suffix(mark).unwrap_or(bare).trim_end();
    }
    bare
}
