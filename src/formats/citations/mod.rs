//! Sources for the software in which people keep literature: CSL-JSON and BibTeX, with the digests of what was captured and
//! the addresses of archived copies.

mod bibtex;
mod csl;

pub use bibtex::bibtex;
pub use csl::csl;

use super::own_review::OwnSource;

/// A source under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The key by which texts cite it: letters, digits, `-` and `.`; it never changes.
    pub key: String,
    /// The source.
    pub source: OwnSource,
}

impl Citation {
    /// `SHA-256 of the copy: …; archived: …`.
    fn note(&self) -> Option<String> {
        let digests = self.source.captures.iter();
        let digests = digests.map(|copy| format!("SHA-256 of a copy: {}", copy.sha256));
        let archived = self.source.archived_at.iter();
        let archived = archived.map(|address| format!("archived: {address}"));
        let all: Vec<String> = digests.chain(archived).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }

    /// Year, month and day, as far as they are known.
    fn date(&self) -> Vec<u64> {
        let date = self.source.published.as_deref().unwrap_or_default();
        let day = date.split_once('T').map_or(date, |(day, _)| day);
        day.split('-').map_while(|part| part.parse().ok()).collect()
    }
}
