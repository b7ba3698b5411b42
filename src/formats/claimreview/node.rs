//! A node of a document: its types, its properties, and the node that it stands for.

use crate::formats::json::{VerbatimJson, step};
use std::collections::HashMap;

/// What a review is read from: its object, and the nodes that its document names.
pub(super) struct Site<'j> {
    named: &'j HashMap<&'j str, &'j VerbatimJson>,
}

impl<'j> Site<'j> {
    pub(super) fn new(named: &'j HashMap<&'j str, &'j VerbatimJson>) -> Self {
        Self { named }
    }

    /// The node that a value stands for: itself, or the one that its `@id` names.
    pub(super) fn node(&self, json: &'j VerbatimJson) -> &'j VerbatimJson {
        if !is_reference(json) {
            return json;
        }
        let id = json.get("@id").and_then(VerbatimJson::spelled);
        id.and_then(|id| self.named.get(id).copied())
            .unwrap_or(json)
    }
}

/// A property of a node, with its pointer. What some tools make of microdata has them under `properties`.
pub(super) fn property<'j>(
    json: &'j VerbatimJson,
    name: &str,
) -> Option<(&'j VerbatimJson, String)> {
    if let Some(found) = json.get(name) {
        return Some((found, step("", name)));
    }
    let wrapped = json.get("properties")?.get(name)?;
    Some((wrapped, step("/properties", name)))
}

/// Whether it only names a node that stands elsewhere.
pub(super) fn is_reference(json: &VerbatimJson) -> bool {
    match json {
        VerbatimJson::Object(members) => {
            json.get("@id").is_some()
                && members
                    .iter()
                    .all(|(name, _)| name == "@id" || name == "@type")
        }
        _ => false,
    }
}

/// Whether a node has this type of schema.org, among others or alone.
pub(super) fn is_a(json: &VerbatimJson, name: &str) -> bool {
    types(json).any(|found| found == name)
}

/// The types of a node, without the address of the vocabulary.
pub(super) fn types(json: &VerbatimJson) -> impl Iterator<Item = &str> {
    // Without `properties` beside it, `type` is no type but somebody's own field.
    let wrapped = json.get("properties").and(json.get("type"));
    let types = json.get("@type").or(wrapped);
    let types = types.map_or(&[][..], VerbatimJson::items).iter();
    types.filter_map(VerbatimJson::spelled).map(|name| {
        let name = name.trim();
        let prefixes = ["https://schema.org/", "http://schema.org/", "schema:"];
        let mut bare = prefixes
            .iter()
            .filter_map(|prefix| name.strip_prefix(prefix));
        bare.next().unwrap_or(name)
    })
}
