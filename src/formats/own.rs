//! JSON Lines: a JSON object a line, its members mapped to fields. Without a mapping they have the names of
//! [`FIELDS`](super::row::FIELDS). The report of an import is such a file, so a person corrects it and imports it again.

use super::json::{MAX_VALUE_BYTES, VerbatimJson};
use super::{Mapping, ReviewMarkup, Trouble, TroubleCode};
use std::io::{BufRead as _, BufReader, Read};

/// Takes what a line has, or what is wrong with it, with its place; false ends the reading.
pub type EachLine<'e> = dyn FnMut(&str, Result<Vec<ReviewMarkup>, Trouble>) -> bool + 'e;

/// Reads the lines, one after another. Members that the mapping does not name are passed over.
///
/// # Errors
///
/// `too-large` for a line longer than [`MAX_VALUE_BYTES`]: where the next one begins is not looked for. `malformed` if the
/// file cannot be read on.
pub fn lines(
    from: &mut dyn Read,
    mapping: &Mapping,
    each: &mut EachLine<'_>,
) -> Result<(), Trouble> {
    each_line(from, &mut |place, line| {
        each(
            place,
            line.map(|json| {
                let mut get = |name: &str| value_of(&json, name);
                vec![mapping.review_in(place, &mut get)]
            }),
        )
    })
}

/// Gives each line that is not empty, as JSON, with its place.
pub fn each_line(
    from: &mut dyn Read,
    each: &mut dyn FnMut(&str, Result<VerbatimJson, Trouble>) -> bool,
) -> Result<(), Trouble> {
    let mut from = BufReader::with_capacity(64 * 1024, from);
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let most = MAX_VALUE_BYTES as u64 + 1;
        let read = (&mut from).take(most).read_until(b'\n', &mut line);
        read.map_err(|e| Trouble::new("", TroubleCode::Malformed, e.to_string()))?;
        if line.is_empty() {
            break;
        }
        if line.len() > MAX_VALUE_BYTES {
            let why = format!("row {number} has more than {MAX_VALUE_BYTES} bytes");
            return Err(Trouble::new("", TroubleCode::TooLarge, why));
        }
        let text = match std::str::from_utf8(&line) {
            Ok(text) => text.trim_start_matches('\u{feff}').trim(),
            Err(e) => {
                let why = format!("byte {} of the row is not UTF-8", e.valid_up_to());
                let trouble = Trouble::new("", TroubleCode::Malformed, why);
                if !each(&format!("row {number}"), Err(trouble)) {
                    break;
                }
                continue;
            }
        };
        if text.is_empty() {
            continue;
        }
        let json = match VerbatimJson::parse(text) {
            Ok(object @ VerbatimJson::Object(_)) => Ok(object),
            Ok(_) => Err(Trouble::new(
                "",
                TroubleCode::Malformed,
                "a row is an object",
            )),
            Err(trouble) => Err(trouble),
        };
        if !each(&format!("row {number}"), json) {
            break;
        }
    }
    Ok(())
}

/// The value of a member: its characters; those of a list with a space between them.
pub fn value_of(json: &VerbatimJson, name: &str) -> Option<String> {
    let items = json.get(name)?.items();
    let all: Vec<&str> = items.iter().filter_map(VerbatimJson::spelled).collect();
    (!all.is_empty()).then(|| all.join(" "))
}
