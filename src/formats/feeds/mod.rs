//! Feeds for readers and programs: Atom (RFC 4287) and JSON Feed 1.1, of the same plain values.

mod atom;
mod json_feed;

pub use atom::atom;
pub use json_feed::json_feed;

/// A feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its id, which never changes.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The organisation.
    pub author: String,
    /// Its web site.
    pub home: Option<String>,
    /// The address of the feed itself.
    pub address: Option<String>,
    /// When it changed last, an RFC 3339 instant.
    pub updated: String,
    /// Its items, newest first.
    pub items: Vec<FeedItem>,
}

/// An item of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedItem {
    /// Its id, which never changes.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it is published.
    pub url: Option<String>,
    /// When it was signed.
    pub published: String,
    /// When it changed last.
    pub updated: String,
    /// Its language.
    pub language: Option<String>,
    /// In a few words: the rating and how it stands.
    pub summary: String,
    /// In full.
    pub text: String,
    /// Ratings and topics.
    pub tags: Vec<String>,
    /// How it stands, in one word.
    pub standing: String,
}
