//! The markup of reviews in the document in which they were published, found again by the places that their records name.

use super::items::{Spelling, items};
use super::node::is_reference;
use super::page::{json_of, scripts};
use crate::extract::html::markup::PageMarkup;
use crate::formats::json::VerbatimJson;
use std::cell::{Cell, OnceCell};
use std::collections::HashMap;
use std::time::Duration;

/// A document, read once for all its reviews.
pub struct OriginalDocument {
    /// The JSON of each place: of a JSON file the place without a name.
    places: HashMap<String, VerbatimJson>,
}

impl OriginalDocument {
    /// Reads a document; a page must not take longer than `time`. What cannot be read is not found in it.
    pub fn read(text: &str, is_page: bool, time: Duration) -> Self {
        let mut places = HashMap::new();
        if !is_page {
            let json = VerbatimJson::parse(text.trim_start_matches('\u{feff}'));
            places.extend(json.ok().map(|json| (String::new(), json)));
        } else if let Ok(page) = PageMarkup::read(text, time) {
            for (script, number) in scripts(&page).zip(1_usize..) {
                let json = VerbatimJson::parse(json_of(&script));
                places.extend(json.ok().map(|json| (format!("script {number}"), json)));
            }
            for spelling in [Spelling::Microdata, Spelling::Rdfa] {
                for (item, number) in items(&page, spelling).into_iter().zip(1_usize..) {
                    places.insert(format!("{} {number}", spelling.name()), item);
                }
            }
        }
        Self { places }
    }

    /// What finds objects in it.
    pub fn places(&self) -> OriginalPlaces<'_> {
        OriginalPlaces {
            places: self
                .places
                .iter()
                .map(|(name, json)| (&**name, (json, OnceCell::new())))
                .collect(),
        }
    }
}

type Named<'j> = HashMap<&'j str, &'j VerbatimJson>;

/// The places of a document, and the nodes that it names there.
pub struct OriginalPlaces<'j> {
    places: HashMap<&'j str, (&'j VerbatimJson, OnceCell<Named<'j>>)>,
}

impl OriginalPlaces<'_> {
    /// The object at a place such as `script 2 /@graph/0`. Nodes that it names by `@id` are copied into it, and so is the licence
    /// of the objects around it: it says the same without its document.
    pub fn find(&self, at: &str) -> Option<VerbatimJson> {
        let (place, pointer) = match at.split_once('/') {
            Some((place, pointer)) => (place.trim(), pointer),
            None => (at.trim(), ""),
        };
        let (document, named) = self.places.get(place)?;
        let mut found: &VerbatimJson = document;
        let mut licence = None;
        for step in pointer.split('/').filter(|step| !step.is_empty()) {
            let name = step.replace("~1", "/").replace("~0", "~");
            licence = found.get(LICENCE).or(licence);
            found = match found {
                VerbatimJson::List(items) => items.get(name.parse::<usize>().ok()?)?,
                other => other.get(&name)?,
            };
        }
        if !matches!(found, VerbatimJson::Object(_)) {
            return None;
        }
        let named = named.get_or_init(|| {
            let mut named = HashMap::new();
            name(document, &mut named);
            named
        });
        let whole = Whole {
            named,
            left: Cell::new(MOST_BYTES),
        };
        let mut made = whole.of(found, &mut Vec::new());
        if let (VerbatimJson::Object(members), Some(licence)) = (&mut made, licence)
            && members.iter().all(|(name, _)| name != LICENCE)
        {
            members.push((LICENCE.to_owned(), licence.clone()));
        }
        Some(made)
    }
}

/// The nodes of a document by `@id`; of several the first, as the walk through it has them.
fn name<'j>(json: &'j VerbatimJson, named: &mut Named<'j>) {
    match json {
        VerbatimJson::List(items) => items.iter().for_each(|item| name(item, named)),
        VerbatimJson::Object(members) => {
            if let Some(VerbatimJson::Text(id)) = json.get("@id")
                && !is_reference(json)
            {
                named.entry(id).or_insert(json);
            }
            for (_, member) in members {
                name(member, named);
            }
        }
        _ => {}
    }
}

/// Puts nodes into the places that name them. Nodes may name each other many times, so depth and size are bounded: beyond
/// that a name stays a name.
struct Whole<'n, 'j> {
    named: &'n Named<'j>,
    left: Cell<usize>,
}

impl<'j> Whole<'_, 'j> {
    /// `inside` has the ids of the nodes around the value: a name of one of these stays a name.
    fn of(&self, json: &'j VerbatimJson, inside: &mut Vec<&'j str>) -> VerbatimJson {
        let size = json.spelled().map_or(1, |text| 1 + text.len());
        self.left.set(self.left.get().saturating_sub(size));
        match json {
            VerbatimJson::List(items) => {
                VerbatimJson::List(items.iter().map(|one| self.of(one, inside)).collect())
            }
            VerbatimJson::Object(members) => {
                let id = json.get("@id").and_then(VerbatimJson::spelled);
                let node = id.and_then(|id| self.named.get(id)).copied();
                if let (Some(id), Some(node)) = (id, node)
                    && is_reference(json)
                    && self.left.get() > 0
                    && inside.len() < MOST_NAMED
                    && !inside.contains(&id)
                {
                    return self.of(node, inside);
                }
                inside.extend(id);
                let all = members.iter();
                let all = all.map(|(name, value)| (name.clone(), self.of(value, inside)));
                let made = VerbatimJson::Object(all.collect());
                if id.is_some() {
                    inside.pop();
                }
                made
            }
            other => other.clone(),
        }
    }
}

const LICENCE: &str = "sdLicense";

/// A review with its author and publisher takes some kilobytes.
const MOST_BYTES: usize = 256 * 1024;

/// A review names an author, and that one a logo.
const MOST_NAMED: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, at: &str) -> Option<VerbatimJson> {
        OriginalDocument::read(text, false, Duration::from_secs(1))
            .places()
            .find(at)
    }

    #[test]
    fn a_node_that_is_named_elsewhere_comes_along_and_a_circle_stays_a_name() {
        let text = r##"{"@graph":[{"@type":"ClaimReview","n":1.0,"author":{"@id":"#o"}},
            {"@id":"#o","name":"Orla","owner":{"@id":"#o"}}]}"##;
        let whole = r##"{"@type":"ClaimReview","n":1.0,"author":{"@id":"#o","name":"Orla","owner":{"@id":"#o"}}}"##;
        assert_eq!(
            found(text, "/@graph/0").unwrap(),
            VerbatimJson::parse(whole).unwrap()
        );
        for nothing in ["/@graph/2", "/@graph", "script 1", "/@graph/0/n"] {
            assert_eq!(found(text, nothing), None, "{nothing}");
        }
    }

    /// Each of twenty nodes names the next one ten times.
    #[test]
    fn nodes_that_name_each_other_many_times_are_bounded() {
        let node = |n: u32| {
            let next = format!(r##"{{"@id":"#{}"}}"##, n + 1);
            format!(r##"{{"@id":"#{n}","x":[{}]}}"##, [&*next; 10].join(","))
        };
        let nodes: Vec<String> = (0..20).map(node).collect();
        let text = format!("[{}]", nodes.join(","));
        let made = crate::formats::json_text::line(&found(&text, "/0").unwrap());
        assert!(made.len() < 20 * MOST_BYTES, "{}", made.len());
    }
}
