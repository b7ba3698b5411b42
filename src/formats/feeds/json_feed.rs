//! JSON Feed 1.1 (jsonfeed.org). How an item stands is in the extension `_claimledger`.

use super::{Feed, FeedItem};
use crate::formats::json_text::pretty;
use serde::Serialize;

#[derive(Serialize)]
struct JsonFeed<'f> {
    version: &'static str,
    title: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<&'f str>,
    authors: [JsonAuthor<'f>; 1],
    _claimledger: JsonFeedExtension<'f>,
    items: Vec<JsonItem<'f>>,
}

#[derive(Serialize)]
struct JsonAuthor<'f> {
    name: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'f str>,
}

#[derive(Serialize)]
struct JsonFeedExtension<'f> {
    id: &'f str,
    updated: &'f str,
}

#[derive(Serialize)]
struct JsonItem<'f> {
    id: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'f str>,
    title: &'f str,
    content_text: &'f str,
    summary: &'f str,
    date_published: &'f str,
    date_modified: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'f str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'f [String],
    _claimledger: JsonItemExtension<'f>,
}

#[derive(Serialize)]
struct JsonItemExtension<'f> {
    standing: &'f str,
}

/// The feed as a document.
pub fn json_feed(feed: &Feed) -> String {
    pretty(&JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: feed.home.as_deref(),
        feed_url: feed.address.as_deref(),
        authors: [JsonAuthor {
            name: &feed.author,
            url: feed.home.as_deref(),
        }],
        _claimledger: JsonFeedExtension {
            id: &feed.id,
            updated: &feed.updated,
        },
        items: feed.items.iter().map(item).collect(),
    })
}

fn item(item: &FeedItem) -> JsonItem<'_> {
    JsonItem {
        id: &item.id,
        url: item.url.as_deref(),
        title: &item.title,
        content_text: &item.text,
        summary: &item.summary,
        date_published: &item.published,
        date_modified: &item.updated,
        language: item.language.as_deref(),
        tags: &item.tags,
        _claimledger: JsonItemExtension {
            standing: &item.standing,
        },
    }
}
