//! Feeds and answers of any length, one element after another: a list, or an object with the list of a known feed.

use super::walk;
use crate::formats::json::{MAX_VALUE_BYTES, VerbatimJson, step};
use crate::formats::{ReviewMarkup, Trouble, TroubleCode};
use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufReader, Read};

/// Takes the reviews of one element of a feed, or what is wrong with it, with its place; false ends the reading.
pub type Each<'e> = dyn FnMut(&str, Result<Vec<ReviewMarkup>, Trouble>) -> bool + 'e;

/// Reads a feed in UTF-8. Memory is bounded by its longest element.
///
/// # Errors
///
/// `malformed`, or `too-large` where an element is longer than [`MAX_VALUE_BYTES`]. What came before was given to `each`.
pub fn feed(from: &mut dyn Read, each: &mut Each<'_>) -> Result<(), Trouble> {
    let left = Cell::new(MAX_VALUE_BYTES);
    let metered = Metered {
        from: BufReader::with_capacity(64 * 1024, from),
        left: &left,
    };
    let stopped = Cell::new(false);
    let mut json = serde_json::Deserializer::from_reader(metered);
    let read = json
        .deserialize_any(Whole {
            each,
            left: &left,
            stopped: &stopped,
        })
        .and_then(|()| json.end());
    match read {
        _ if stopped.get() => Ok(()),
        Err(_) if left.get() == 0 => Err(Trouble::new(
            "",
            TroubleCode::TooLarge,
            format!("an element of more than {MAX_VALUE_BYTES} bytes"),
        )),
        Err(e) => Err(Trouble::new(
            "",
            TroubleCode::Malformed,
            format!("no JSON: {e}"),
        )),
        Ok(()) => Ok(()),
    }
}

/// The lists of the feeds that exist: Data Commons and Google's feed, JSON-LD, the Fact Check Tools API.
const LISTS: &[&str] = &[
    "dataFeedElement",
    "@graph",
    "claims",
    "claimReviewMarkupPages",
    "itemListElement",
];

/// The whole of a file.
struct Whole<'a, 'e> {
    each: &'a mut Each<'e>,
    left: &'a Cell<usize>,
    stopped: &'a Cell<bool>,
}

impl<'de> Visitor<'de> for Whole<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list, or an object with the list of a feed")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        elements(list, "", self.each, self.left, self.stopped)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            self.left.set(MAX_VALUE_BYTES);
            if LISTS.contains(&&*name) {
                let path = step("", &name);
                let list = Below {
                    path: &path,
                    each: &mut *self.each,
                    left: self.left,
                    stopped: self.stopped,
                };
                map.next_value_seed(list)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// The list in a feed.
struct Below<'a, 'e> {
    path: &'a str,
    each: &'a mut Each<'e>,
    left: &'a Cell<usize>,
    stopped: &'a Cell<bool>,
}

impl<'de> DeserializeSeed<'de> for Below<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Below<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the list of a feed")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        elements(list, self.path, self.each, self.left, self.stopped)
    }
}

fn elements<'de, A: SeqAccess<'de>>(
    mut list: A,
    path: &str,
    each: &mut Each<'_>,
    left: &Cell<usize>,
    stopped: &Cell<bool>,
) -> Result<(), A::Error> {
    let mut number = 0_usize;
    left.set(MAX_VALUE_BYTES);
    while let Some(element) = list.next_element::<Box<RawValue>>()? {
        let path = step(path, &number.to_string());
        let read = VerbatimJson::parse(element.get());
        if !each(&path, read.map(|json| walk::value(&json, "", &path))) {
            stopped.set(true);
            return Err(serde::de::Error::custom("stopped"));
        }
        number += 1;
        left.set(MAX_VALUE_BYTES);
    }
    Ok(())
}

/// Ends when an element has used up its bytes.
struct Metered<'l, R> {
    from: R,
    left: &'l Cell<usize>,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        let left = self.left.get();
        if left == 0 {
            return Err(io::Error::other("the element is too long"));
        }
        let most = piece.len().min(left);
        let read = self.from.read(&mut piece[..most])?;
        self.left.set(left - read);
        Ok(read)
    }
}
