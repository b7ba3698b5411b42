//! Finds every review in a tree, however deep: in lists, in `@graph`, below `mainEntity`, `review` or `item`.

use super::node::{Site, is_a, is_reference};
use super::{api, fields};
use crate::formats::ReviewMarkup;
use crate::formats::json::{VerbatimJson, step};
use std::collections::HashMap;

/// The reviews of one JSON value, in document order. The value stands at the JSON pointer `base` of `place`, e.g. of
/// `script 2`; the place is empty if that is the file itself.
pub fn value(json: &VerbatimJson, place: &str, base: &str) -> Vec<ReviewMarkup> {
    let mut walk = Walk {
        named: HashMap::new(),
        found: Vec::new(),
        place,
    };
    walk.name(json);
    walk.visit(json, base, None);
    walk.found
}

/// A walk through one document.
struct Walk<'j> {
    /// Its nodes by `@id`: elsewhere the document names them by that alone (JSON-LD 1.1, section 3.3).
    named: HashMap<&'j str, &'j VerbatimJson>,
    found: Vec<ReviewMarkup>,
    place: &'j str,
}

impl<'j> Walk<'j> {
    fn name(&mut self, json: &'j VerbatimJson) {
        match json {
            VerbatimJson::List(items) => items.iter().for_each(|item| self.name(item)),
            VerbatimJson::Object(members) => {
                if let Some(VerbatimJson::Text(id)) = json.get("@id")
                    && !is_reference(json)
                {
                    self.named.entry(id).or_insert(json);
                }
                for (_, member) in members {
                    self.name(member);
                }
            }
            _ => {}
        }
    }

    fn visit(&mut self, json: &'j VerbatimJson, path: &str, licence: Option<&'j str>) {
        match json {
            VerbatimJson::List(items) => {
                for (item, number) in items.iter().zip(0_usize..) {
                    self.visit(item, &step(path, &number.to_string()), licence);
                }
            }
            VerbatimJson::Object(members) => {
                let site = Site::new(&self.named);
                let own = json.get("sdLicense").and_then(VerbatimJson::spelled);
                let licence = own.or(licence);
                let before = self.found.len();
                if is_a(json, "ClaimReview") && !is_reference(json) {
                    self.found.push(fields::review(&site, json));
                    self.found[before].at = at(self.place, path);
                } else {
                    for (below, mut review) in api::reviews(json) {
                        review.at = at(self.place, &format!("{path}{below}"));
                        self.found.push(review);
                    }
                }
                for review in &mut self.found[before..] {
                    fields::licence(review, licence);
                }
                for (name, member) in members {
                    self.visit(member, &step(path, name), licence);
                }
            }
            _ => {}
        }
    }
}

/// `script 2 /@graph/0`; a value that is the whole of its place has no pointer.
fn at(place: &str, path: &str) -> String {
    match (place, path) {
        (place, "") if !place.is_empty() => place.to_owned(),
        ("", "") => "/".to_owned(),
        ("", path) => path.to_owned(),
        (place, path) => format!("{place} {path}"),
    }
}
