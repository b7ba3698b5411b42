//! Items in the elements of a page: microdata (HTML Standard, section 5) and RDFa Lite 1.1. Both become the tree that
//! JSON-LD is.

use crate::extract::html::markup::{MarkupElement, PageMarkup};
use crate::formats::json::{MAX_DEPTH, VerbatimJson};
use std::collections::HashMap;

/// How a page spells items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    Microdata,
    Rdfa,
}

impl Spelling {
    /// What `at` calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Microdata => "microdata",
            Self::Rdfa => "rdfa",
        }
    }

    /// The types of the item that an element begins, if it begins one.
    fn types(self, element: MarkupElement<'_>) -> Option<Vec<&str>> {
        let types = match self {
            Self::Microdata => {
                element.attribute("itemscope")?;
                element.attribute("itemtype").unwrap_or_default()
            }
            Self::Rdfa => element.attribute("typeof")?,
        };
        Some(types.split_ascii_whitespace().collect())
    }

    fn properties(self, element: MarkupElement<'_>) -> impl Iterator<Item = &str> {
        let names = match self {
            Self::Microdata => element.attribute("itemprop"),
            Self::Rdfa => element.attribute("property"),
        };
        names.unwrap_or_default().split_ascii_whitespace().map(bare)
    }

    /// The value of a property whose element begins no item.
    fn value(self, element: MarkupElement<'_>) -> String {
        let address = match element.name() {
            "audio" | "embed" | "iframe" | "img" | "source" | "track" | "video" => "src",
            "a" | "area" | "link" => "href",
            "object" => "data",
            "data" | "meter" => "value",
            "time" => "datetime",
            _ => "content",
        };
        let resource = match self {
            Self::Microdata => None,
            Self::Rdfa => element.attribute("resource"),
        };
        // `content` on other elements than `meta` is common in pages, and what search engines read.
        let written = element.attribute("content").or(resource);
        match written.or_else(|| element.attribute(address)) {
            Some(value) => value.to_owned(),
            None => collapsed(&element.text(MAX_VALUE_BYTES)),
        }
    }
}

/// The items of a page that are no property of another item, in document order.
pub(super) fn items(page: &PageMarkup, spelling: Spelling) -> Vec<VerbatimJson> {
    // The innermost item that each element is in; an item's own element is in itself.
    let mut inside: HashMap<u32, usize> = HashMap::new();
    let mut found: Vec<Item> = Vec::new();
    for element in page.elements() {
        let above = element
            .above()
            .and_then(|above| inside.get(&above).copied());
        let begun = spelling.types(element).map(|types| {
            let depth = above.map_or(0, |above| found[above].depth + 1);
            let types = types
                .into_iter()
                .map(|name| VerbatimJson::Text(name.to_owned()));
            found.push(Item {
                depth,
                top: true,
                members: vec![Member {
                    name: "@type".to_owned(),
                    value: Value::Json(VerbatimJson::List(types.collect())),
                }],
            });
            found.len() - 1
        });
        if let Some(above) = above {
            let mut value = None;
            for name in spelling.properties(element) {
                let value = if let Some(item) = begun {
                    found[item].top = false;
                    Value::Item(item)
                } else {
                    let value: &mut String = value.get_or_insert_with(|| spelling.value(element));
                    Value::Json(VerbatimJson::Text(value.clone()))
                };
                let name = name.to_owned();
                found[above].members.push(Member { name, value });
            }
        }
        if let Some(item) = begun.or(above) {
            inside.insert(element.place(), item);
        }
    }
    // An item's properties come after it, so the last item is whole first.
    let mut made: Vec<Option<VerbatimJson>> = found.iter().map(|_| None).collect();
    let mut top = Vec::new();
    for (number, item) in found.into_iter().enumerate().rev() {
        let mut members: Vec<(String, VerbatimJson)> = Vec::new();
        for member in item.members {
            let value = match member.value {
                Value::Json(json) => json,
                Value::Item(item) => made[item].take().unwrap_or(VerbatimJson::Null),
            };
            match members.iter_mut().find(|(name, _)| *name == member.name) {
                Some((_, VerbatimJson::List(list))) => list.push(value),
                Some((_, one)) => {
                    let first = std::mem::replace(one, VerbatimJson::Null);
                    *one = VerbatimJson::List(vec![first, value]);
                }
                None => members.push((member.name, value)),
            }
        }
        let json = VerbatimJson::Object(members);
        if item.top {
            top.push(json);
        } else if item.depth < MAX_DEPTH {
            made[number] = Some(json);
        }
    }
    top.reverse();
    top
}

struct Item {
    depth: usize,
    top: bool,
    members: Vec<Member>,
}

struct Member {
    name: String,
    value: Value,
}

enum Value {
    Json(VerbatimJson),
    Item(usize),
}

/// A property's name without the address or the prefix of the vocabulary.
fn bare(name: &str) -> &str {
    let prefixes = ["https://schema.org/", "http://schema.org/", "schema:"];
    let mut bare = prefixes
        .iter()
        .filter_map(|prefix| name.strip_prefix(prefix));
    bare.next().unwrap_or(name)
}

/// Text as it is displayed: white space is one space.
fn collapsed(text: &str) -> String {
    let mut words = text.split(|c: char| c.is_ascii_whitespace());
    let words: Vec<&str> = words.by_ref().filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A longer value is no field of a review.
const MAX_VALUE_BYTES: usize = 64 * 1024;
