//! Blobs by digest, and quotations found or refused.

use super::excerpt::{locate, matches};
use super::{Snapshots, path_of};
use crate::crypto::sha256;
use crate::host::disk::Disk as _;
use crate::store::MemoryDisk;
use proptest::prelude::*;

#[test]
fn a_blob_is_what_its_digest_says() {
    let disk = MemoryDisk::new();
    let snapshots = Snapshots::new(&disk);
    let digest = snapshots.put(b"words").unwrap();
    assert_eq!(digest, sha256(&[b"words"]));
    assert_eq!(snapshots.put(b"words").unwrap(), digest);
    assert_eq!(snapshots.read(&digest).unwrap().unwrap(), b"words");
    disk.write_synced(&path_of(&digest), b"wards").unwrap();
    assert_eq!(
        snapshots.read(&digest).unwrap_err().code(),
        "snapshot-altered"
    );
    snapshots.put(b"words").unwrap();
    assert!(snapshots.read(&digest).unwrap().is_some());
    assert!(snapshots.read(&sha256(&[b"other"])).unwrap().is_none());
}

#[test]
fn quotations_are_exact_and_unambiguous() {
    let text = "He said no. \u{1f600} Then he said no again; n\u{e9}e said so.";
    let code = |quote, prefix, suffix| locate(text, quote, prefix, suffix).unwrap_err().code();
    assert_eq!(code("said yes", None, None), "quotation-not-found");
    assert_eq!(code("said no", None, None), "quotation-ambiguous");
    assert_eq!(code("Said no", None, None), "quotation-not-found");
    assert_eq!(code("", None, None), "quotation-not-found");
    assert_eq!(code("said no", Some("x "), None), "quotation-not-found");
    let second = locate(text, "said no", Some("Then he "), None).unwrap();
    assert_eq!((second.start, second.end), (22, 29));
    assert!(matches(text, 22, 29, "said no"));
    assert!(!matches(text, 21, 28, "said no"));
    assert!(!matches(text, 22, 30, "said no"));
    assert!(!matches(text, 29, 22, "said no"));
    assert!(!matches(text, u64::MAX - 7, u64::MAX, "said no"));
    assert_eq!(
        locate("aaa", "aa", None, None).unwrap_err().code(),
        "quotation-ambiguous"
    );
    // The same letter in two spellings is two texts: nothing is normalised.
    assert_eq!(code("ne\u{301}e", None, None), "quotation-not-found");
}

proptest! {
    #[test]
    fn what_was_cut_out_is_found(text in "[a-c\u{e9}\u{1f600} ]{1,60}", from in 0..60_usize, length in 1..20_usize) {
        let chars: Vec<char> = text.chars().collect();
        let from = from % chars.len();
        let to = (from + length).min(chars.len());
        let quote: String = chars[from..to].iter().collect();
        prop_assert!(matches(&text, from as u64, to as u64, &quote));
        let before: String = chars[..from].iter().collect();
        let after: String = chars[to..].iter().collect();
        if let Ok(span) = locate(&text, &quote, Some(&before), Some(&after)) {
            prop_assert!(matches(&text, span.start, span.end, &quote));
        }
        match locate(&text, &quote, None, None) {
            Ok(span) => prop_assert_eq!((span.start, span.end), (from as u64, to as u64)),
            Err(e) => prop_assert_eq!(e.code(), "quotation-ambiguous"),
        }
    }
}
