//! Tests of entry bytes, mostly malformed ones.

use super::codec::{Entry, Head};
use crate::crypto::{Digest, PublicKey, Signature};
use crate::encoding::limits;
use crate::encoding::millis::UnixMillis;
use crate::tlog::EntryIndex;
use proptest::prelude::*;

fn entry(payload: Vec<u8>) -> Entry {
    Entry {
        index: EntryIndex::new(3),
        previous: Digest::from_bytes([1; 32]),
        time: UnixMillis::new(1_700_000_000_000),
        key: PublicKey::from_bytes([2; 32]),
        signature: Signature::from_bytes([3; 64]),
        payload,
    }
}

#[test]
fn the_layout_is_fixed() {
    let bytes = entry(b"{}".to_vec()).encode().unwrap();
    assert_eq!(bytes.len(), limits::ENTRY_OVERHEAD_BYTES + 2);
    assert_eq!(bytes[0], 1);
    assert_eq!(bytes[1..9], 3_u64.to_be_bytes());
    assert_eq!(bytes[9..41], [1; 32]);
    assert_eq!(bytes[41..49], 1_700_000_000_000_u64.to_be_bytes());
    assert_eq!(bytes[49..81], [2; 32]);
    assert_eq!(bytes[81..145], [3; 64]);
    assert_eq!(bytes[145..153], 2_u64.to_be_bytes());
    assert_eq!(&bytes[153..], b"{}");
}

#[test]
fn the_largest_payload_fits_and_one_more_byte_does_not() {
    let largest = entry(vec![b'x'; limits::MAX_STATEMENT_BYTES])
        .encode()
        .unwrap();
    assert_eq!(largest.len(), limits::MAX_ENTRY_BYTES);
    assert!(Entry::decode(&largest).is_ok());
    let over = entry(vec![b'x'; limits::MAX_STATEMENT_BYTES + 1]);
    assert_eq!(over.encode().unwrap_err().code(), "entry-too-long");
}

#[test]
fn broken_bytes_are_refused() {
    let good = entry(b"payload".to_vec()).encode().unwrap();
    let code = |bytes: &[u8]| Entry::decode(bytes).unwrap_err().code();
    assert_eq!(code(&[]), "entry-malformed");
    assert_eq!(code(&good[..good.len() - 1]), "entry-malformed");
    assert_eq!(code(&[&good[..], b"x"].concat()), "entry-not-canonical");
    let mut version = good.clone();
    version[0] = 2;
    assert_eq!(code(&version), "entry-version");
    let mut length = good;
    length[145] = 0xff; // a payload of 2^63 bytes must not be allocated
    assert_eq!(code(&length), "entry-malformed");
}

#[test]
fn an_entry_links_only_at_its_own_place() {
    let first = Entry {
        index: EntryIndex::FIRST,
        previous: Digest::ZERO,
        ..entry(b"a".to_vec())
    };
    assert_eq!(first.follows(&Head::EMPTY), Ok(()));
    let head = first.head_after(&first.encode().unwrap());
    let second = Entry {
        index: EntryIndex::new(1),
        previous: head.leaf,
        ..entry(b"b".to_vec())
    };
    assert_eq!(second.follows(&head), Ok(()));
    let code = |entry: &Entry| entry.follows(&head).unwrap_err().code();
    assert_eq!(
        code(&Entry {
            index: EntryIndex::new(2),
            ..second.clone()
        }),
        "entry-index"
    );
    assert_eq!(
        code(&Entry {
            previous: Digest::ZERO,
            ..second.clone()
        }),
        "chain-broken"
    );
    assert_eq!(
        code(&Entry {
            time: UnixMillis::EPOCH,
            ..second
        }),
        "time-backwards"
    );
}

proptest! {
    #[test]
    fn decode_inverts_encode(index: u64, time: u64, payload in proptest::collection::vec(any::<u8>(), 0..300)) {
        let entry = Entry { index: EntryIndex::new(index), time: UnixMillis::new(time), ..entry(payload) };
        prop_assert_eq!(Entry::decode(&entry.encode().unwrap()).unwrap(), entry);
    }

    #[test]
    fn bytes_that_decode_are_the_canonical_encoding(bytes in proptest::collection::vec(any::<u8>(), 0..400), version in 0..3_u8) {
        let mut bytes = bytes;
        if let Some(first) = bytes.first_mut() { *first = version; }
        if let Ok(entry) = Entry::decode(&bytes) {
            prop_assert_eq!(entry.encode().unwrap(), bytes);
        }
    }
}
