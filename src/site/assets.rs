//! The files that are the same in every site: the style sheet, and the scripts that check a page in the browser.

use super::words::SiteLanguage;

/// A file of the program that becomes a file of a site, by its name below `assets/`.
pub const ASSETS: &[(&str, &str)] = &[
    ("style.css", include_str!("../../web/pages/style.css")),
    ("page.js", include_str!("../../web/pages/page.js")),
    ("check.js", include_str!("../../web/pages/check.js")),
    ("verify.js", include_str!("../../web/pages/verify.js")),
    (
        "words.en.json",
        include_str!("../../web/pages/words.en.json"),
    ),
    (
        "words.ar.json",
        include_str!("../../web/pages/words.ar.json"),
    ),
];

/// The text of a file.
pub fn text(name: &str) -> &'static str {
    let found = ASSETS.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| *text).expect("a file of the list")
}

/// Whether a file belongs to a site in this language. The scripts fall back to English.
pub fn is_for(name: &str, language: SiteLanguage) -> bool {
    match name.strip_prefix("words.") {
        Some(rest) => rest.starts_with("en.") || rest.starts_with(language.code()),
        None => true,
    }
}
