//! A file of values, one after another, of which the last whole one counts.
//!
//! A value that is added at the end takes one sync. Putting a new file in the place of the old one takes two: the file's
//! and its folder's. A crash leaves the values before untouched, and any beginning of the new one, which is no value.

use crate::host::{Error, durable};
use serde::{Serialize, de::DeserializeOwned};
use std::path::Path;

/// The last whole value among these bytes, and where it ends. Only a last one that is cut off is left out; anything else
/// that is no value is an error, and so are bytes without any value.
pub fn newest<T: DeserializeOwned>(bytes: &[u8]) -> Result<(T, usize), serde_json::Error> {
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter();
    let mut newest = None;
    loop {
        match values.next() {
            Some(Ok(value)) => newest = Some((value, values.byte_offset())),
            Some(Err(e)) if e.is_eof() => return newest.ok_or(e),
            Some(Err(e)) => return Err(e),
            None => break,
        }
    }
    newest.ok_or_else(|| serde::de::Error::custom("the file is empty"))
}

/// Makes `value` the last one of the file, durably. `whole` is the length of the values in it; after them lies nothing but
/// a part of a value, if a crash left one.
pub fn add<T: Serialize>(path: &Path, whole: Option<usize>, value: &T) -> Result<(), Error> {
    let mut text = serde_json::to_vec_pretty(value).expect("plain data");
    text.push(b'\n');
    match whole {
        Some(whole) if whole + text.len() < MAX_BYTES => {
            text.insert(0, b'\n');
            durable::put_at(path, whole as u64, &text)
        }
        _ => durable::replace_file(path, &text),
    }
}

/// Some sixty values. All of them are read, so the file begins anew with the last one before that takes long.
const MAX_BYTES: usize = 64 * 1024;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::files;
    use std::collections::BTreeMap;

    type Value = BTreeMap<String, u64>;

    fn value(number: u64) -> Value {
        [("size".to_owned(), number)].into()
    }

    #[test]
    fn cut_anywhere_the_value_before_counts_and_the_next_one_follows_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("memory.json");
        add(&path, None, &value(1)).unwrap();
        let whole = newest::<Value>(&files::read(&path).unwrap()).unwrap().1;
        add(&path, Some(whole), &value(2)).unwrap();
        let bytes = files::read(&path).unwrap();
        assert_eq!(newest::<Value>(&bytes).unwrap().0, value(2));
        let end = newest::<Value>(&bytes).unwrap().1;
        for cut in whole..end {
            durable::replace_file(&path, &bytes[..cut]).unwrap();
            let (found, at) = newest::<Value>(&bytes[..cut]).unwrap();
            assert_eq!((found, at), (value(1), whole), "cut at {cut}");
            add(&path, Some(at), &value(3)).unwrap();
            let after = files::read(&path).unwrap();
            assert_eq!(newest::<Value>(&after).unwrap().0, value(3));
        }
    }

    #[test]
    fn what_is_no_value_is_an_error_wherever_it_stands() {
        for bytes in [
            &b""[..],
            b"{",
            b"words",
            b"{\"size\": 1}\nwords",
            b"{\"size\": 1}\n{\"size\": \"x\"}\n",
        ] {
            assert!(newest::<Value>(bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn a_long_file_begins_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("memory.json");
        let mut whole = None;
        let mut lengths = Vec::new();
        for number in 0..40 {
            let long: Value = [("x".repeat(3_000), number)].into();
            add(&path, whole, &long).unwrap();
            let bytes = files::read(&path).unwrap();
            let (found, end) = newest::<Value>(&bytes).unwrap();
            assert_eq!(found, long);
            lengths.push(bytes.len());
            whole = Some(end);
        }
        assert!(lengths.iter().all(|length| *length <= MAX_BYTES));
        assert!(!lengths.is_sorted(), "it never began anew");
    }
}
