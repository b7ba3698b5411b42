//! Atom (RFC 4287). Every text is plain text: nothing in it is markup.

use super::{Feed, FeedItem};
use crate::formats::xml::WrittenElement;

/// The feed as a document.
pub fn atom(feed: &Feed) -> String {
    let mut author =
        WrittenElement::new("author").holding([WrittenElement::text("name", &*feed.author)]);
    if let Some(home) = &feed.home {
        author.push(WrittenElement::text("uri", &**home));
    }
    let mut root = WrittenElement::new("feed")
        .with("xmlns", "http://www.w3.org/2005/Atom")
        .holding([
            WrittenElement::text("id", &*feed.id),
            WrittenElement::text("title", &*feed.title),
            WrittenElement::text("updated", &*feed.updated),
            author,
            WrittenElement::text("generator", "claimledger"),
        ]);
    for (relation, address) in [("self", &feed.address), ("alternate", &feed.home)] {
        if let Some(address) = address {
            root.push(link(relation, address));
        }
    }
    root.holding(feed.items.iter().map(entry)).document()
}

fn entry(item: &FeedItem) -> WrittenElement {
    let mut entry = WrittenElement::new("entry");
    if let Some(language) = &item.language {
        entry = entry.with("xml:lang", &**language);
    }
    entry = entry.holding([
        WrittenElement::text("id", &*item.id),
        WrittenElement::text("title", &*item.title),
        WrittenElement::text("updated", &*item.updated),
        WrittenElement::text("published", &*item.published),
    ]);
    if let Some(url) = &item.url {
        entry.push(link("alternate", url));
    }
    for tag in &item.tags {
        entry.push(WrittenElement::new("category").with("term", &**tag));
    }
    entry.holding([
        WrittenElement::text("summary", &*item.summary),
        WrittenElement::text("content", &*item.text).with("type", "text"),
    ])
}

fn link(relation: &'static str, address: &str) -> WrittenElement {
    WrittenElement::new("link")
        .with("rel", relation)
        .with("href", address)
}
