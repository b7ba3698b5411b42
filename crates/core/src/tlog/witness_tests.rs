//! Cosignatures, policies and the decisions of a witness.

use super::TreeSize;
use super::checkpoint::{Checkpoint, SignedCheckpoint};
use super::cosignature::{self, Cosignature, WitnessKey};
use super::merkle::{empty_root, leaf_hash, root_of};
use super::note::{Note, NoteSignature, VerifierKey};
use super::policy::WitnessPolicy;
use super::proof::consistency_spans;
use super::witness::{self, AddCheckpoint};
use super::{Error, proof};
use crate::crypto::{Digest, SecretKey};
use zeroize::Zeroizing;

fn key(byte: u8) -> SecretKey {
    SecretKey::from_seed(&Zeroizing::new([byte; 32]))
}

fn log_key() -> VerifierKey {
    VerifierKey::new("facts.example/ledger".parse().unwrap(), key(1).public())
}

fn witness_key(byte: u8) -> WitnessKey {
    let name = format!("witness.example/w{}", byte - 1);
    WitnessKey::new(name.parse().unwrap(), key(byte).public())
}

fn root(size: u64) -> Digest {
    let leaves: Vec<Digest> = (0..size).map(|i| leaf_hash(&i.to_be_bytes())).collect();
    root_of(&leaves)
}

fn signed(size: u64, root: Digest) -> SignedCheckpoint {
    let checkpoint = Checkpoint {
        origin: "facts.example/ledger".parse().unwrap(),
        size: TreeSize::new(size),
        root,
    };
    SignedCheckpoint::sign(checkpoint, &log_key(), |text| key(1).sign(text))
}

fn cosign(checkpoint: &SignedCheckpoint, byte: u8, time: u64) -> NoteSignature {
    let sign = |message: &[u8]| Ok::<_, Error>(key(byte).sign(message));
    cosignature::cosign(&checkpoint.note().text, time, &witness_key(byte), sign).unwrap()
}

#[test]
fn witness_keys_are_those_of_the_vectors() {
    let text = "witness.example/w1+df1c0a35+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU";
    assert_eq!(text.parse::<WitnessKey>().unwrap(), witness_key(2));
    assert_eq!(witness_key(2).to_string(), text);
    for bad in [
        // A log's key is not a witness's key, and the other way round.
        "facts.example/ledger+1b601382+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c",
        "witness.example/w1+df1c0a36+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU",
        "witness.example/w2+df1c0a35+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU",
        "witness.example/w1+df1c0a35+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybM=",
    ] {
        assert!(bad.parse::<WitnessKey>().is_err(), "{bad}");
    }
    assert!(text.parse::<VerifierKey>().is_err());
}

#[test]
fn a_cosignature_covers_time_and_text() {
    let head = signed(300, root(300));
    let line = cosign(&head, 2, 1_700_000_000);
    let with = head.clone().with_signatures(std::slice::from_ref(&line));
    let expected = Cosignature {
        by: witness_key(2),
        time: 1_700_000_000,
    };
    assert_eq!(
        cosignature::verify(with.note(), &[witness_key(2), witness_key(3)]),
        Ok(vec![expected])
    );
    // keyID 4, time 8, signature 64.
    let text = line.to_string();
    let blob = text.rsplit(' ').next().unwrap();
    assert_eq!(crate::encoding::bytes::from_base64(blob).unwrap().len(), 76);
    assert_eq!(
        cosignature::message("origin\n1\nroot\n", 7),
        b"cosignature/v1\ntime 7\norigin\n1\nroot\n"
    );
    // The log's signature still stands, and what was read comes out again.
    let bytes = with.to_bytes();
    let read = SignedCheckpoint::parse(&bytes).unwrap();
    assert_eq!(read.verify(&[log_key()]), Ok(vec![log_key()]));
    assert_eq!(read.to_bytes(), bytes);
}

#[test]
fn a_change_of_any_bit_of_a_cosignature_is_noticed() {
    let head = signed(300, root(300));
    let line = cosign(&head, 2, 1_700_000_000).to_string();
    let (start, blob) = line.rsplit_once(' ').unwrap();
    let blob = crate::encoding::bytes::from_base64(blob).unwrap();
    for at in 0..blob.len() * 8 {
        let mut flipped = blob.clone();
        flipped[at / 8] ^= 1 << (at % 8);
        let text = crate::encoding::bytes::to_base64(&flipped);
        let line = NoteSignature::parse(&format!("{start} {text}")).unwrap();
        let with = head.clone().with_signatures(&[line]);
        let answer = cosignature::verify(with.note(), &[witness_key(2)]);
        if at < 32 {
            // Another key id: a signature by an unknown key, which is ignored.
            assert_eq!(answer, Ok(Vec::new()), "bit {at}");
        } else {
            assert_eq!(answer.unwrap_err().code(), "note-signature", "bit {at}");
        }
    }
    let sign = |message: &[u8]| Ok::<_, Error>(key(2).sign(message));
    let late = cosignature::cosign("t\n", 1 << 63, &witness_key(2), sign);
    assert_eq!(late.unwrap_err().code(), "witness-malformed");
}

#[test]
fn a_note_has_a_maximum_number_of_signatures() {
    let head = signed(300, root(300));
    let lines: Vec<NoteSignature> = (2..18).map(|byte| cosign(&head, byte, 9)).collect();
    let with = head.clone().with_signatures(&lines).with_signatures(&lines);
    assert_eq!(with.note().signatures().len(), 17);
    let trusted: Vec<WitnessKey> = (2..18).map(witness_key).collect();
    let read = SignedCheckpoint::parse(&with.to_bytes()).unwrap();
    assert_eq!(
        cosignature::verify(read.note(), &trusted).unwrap().len(),
        16
    );
    let many: Vec<NoteSignature> = (2..100).map(|byte| cosign(&head, byte, 9)).collect();
    let capped = head.clone().with_signatures(&many);
    assert_eq!(capped.note().signatures().len(), 64);
    // Two by one witness: the newer counts, and both must be good.
    let two = head
        .clone()
        .with_signatures(&[cosign(&head, 2, 5), cosign(&head, 2, 8)]);
    let found = cosignature::verify(two.note(), &[witness_key(2)]).unwrap();
    assert_eq!(found.iter().map(|c| c.time).collect::<Vec<_>>(), [8]);
    let other = cosign(&signed(299, root(299)), 2, 9);
    let mixed = two.with_signatures(&[other]);
    assert!(cosignature::verify(mixed.note(), &[witness_key(2)]).is_err());
}

fn policy(text: &str) -> Result<WitnessPolicy, Error> {
    let text = (1..=9_u8).fold(text.to_owned(), |text, n| {
        text.replace(&format!("<w{n}>"), &witness_key(n + 1).to_string())
    });
    let text = text.replace("<log>", &log_key().to_string());
    WitnessPolicy::parse(text.as_bytes())
}

fn quorum(text: &str, by: &[u8]) -> bool {
    let head = signed(300, root(300));
    let lines: Vec<NoteSignature> = by.iter().map(|n| cosign(&head, n + 1, 1)).collect();
    let judged = policy(text).unwrap().judge(&head.with_signatures(&lines));
    let judged = judged.unwrap();
    assert!(judged.by.len() <= by.len());
    judged.quorum
}

#[test]
fn quorums_of_groups_of_groups() {
    let two = "log <log> https://facts.example/\n# a comment\n\nwitness X1 <w1>\nwitness X2 <w2> https://w2.example\n\
               \t witness  X3\t<w3>\ngroup X 2 X1 X2 X3\nwitness Y1 <w4>\nwitness Y2 <w5>\ngroup Y any Y1 Y2\n\
               group both all X Y\nquorum both\n";
    for (by, enough) in [
        (&[][..], false),
        (&[1, 2], false),
        (&[1, 4], false),
        (&[4, 5], false),
        (&[1, 3, 5], true),
        (&[1, 2, 3, 4, 5], true),
        (&[6, 7, 8], false),
    ] {
        assert_eq!(quorum(two, by), enough, "{by:?}");
    }
    let parsed = policy(two).unwrap();
    assert_eq!(parsed.logs[0].key, log_key());
    assert_eq!(
        parsed.logs[0].url.as_deref(),
        Some("https://facts.example/")
    );
    assert_eq!(
        parsed.witnesses[1].url.as_deref(),
        Some("https://w2.example")
    );
    assert!(parsed.asks_witnesses());
    assert!(quorum("quorum none\n", &[]));
    assert!(!policy("quorum none\n").unwrap().asks_witnesses());
    assert!(quorum("witness a <w1>\nquorum a\n", &[1]));
    assert!(quorum("witness a <w1>\ngroup g any a\nquorum a\n", &[1]));
    assert!(!quorum("witness a <w1>\nquorum a\n", &[2]));
}

#[test]
fn an_error_in_a_policy_names_its_line() {
    for (text, line) in [
        ("", 1),
        ("log <log>\n", 2),
        ("quorum none", 1),
        ("quorum none\nquorum none\n", 2),
        ("quorum a\n", 1),
        ("witness none <w1>\nquorum none\n", 1),
        ("witness a <w1>\nwitness a <w2>\nquorum none\n", 2),
        ("witness a <w1>\nwitness b <w1>\nquorum none\n", 2),
        ("witness a <log>\nquorum none\n", 1),
        ("log <w1>\nquorum none\n", 1),
        ("log <log>\nlog <log>\nquorum none\n", 2),
        ("\nwitness a <w1>\ngroup g 2 a\nquorum g\n", 3),
        ("witness a <w1>\ngroup g 0 a\nquorum g\n", 2),
        ("witness a <w1>\ngroup g 01 a\nquorum g\n", 2),
        ("witness a <w1>\ngroup g some a\nquorum g\n", 2),
        ("witness a <w1>\ngroup g any\nquorum g\n", 2),
        ("witness a <w1>\ngroup g all\nquorum g\n", 2),
        ("witness a <w1>\ngroup g 2 a a\nquorum g\n", 2),
        (
            "witness a <w1>\ngroup g all a\ngroup h any a g\nquorum h\n",
            3,
        ),
        ("group g any none\nquorum g\n", 1),
        ("group g any a\nwitness a <w1>\nquorum g\n", 1),
        ("witness a <w1>\ngroup a any a\nquorum a\n", 2),
        ("witness a\nquorum none\n", 1),
        ("signer a <w1>\nquorum none\n", 1),
        ("quorum none\r\n", 1),
        ("quorum none # here\n", 1),
    ] {
        match policy(text) {
            Err(Error::Policy { line: found, .. }) => assert_eq!(found, line, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    let Err(Error::Policy { line, .. }) = WitnessPolicy::parse(b"quorum none\n# \xff\n") else {
        panic!("not UTF-8");
    };
    assert_eq!(line, 2);
}

fn request(old: u64, new: u64) -> AddCheckpoint {
    let leaves: Vec<Digest> = (0..new).map(|i| leaf_hash(&i.to_be_bytes())).collect();
    let spans = consistency_spans(TreeSize::new(old), TreeSize::new(new)).unwrap();
    let at = |n: u64| usize::try_from(n).unwrap();
    AddCheckpoint {
        old: TreeSize::new(old),
        proof: spans
            .iter()
            .map(|span: &proof::Span| root_of(&leaves[at(span.start)..at(span.end)]))
            .collect(),
        checkpoint: signed(new, root(new)),
    }
}

#[test]
fn requests_are_printed_as_they_were_read() {
    for (old, new) in [(0, 5), (3, 300), (300, 300), (0, 0)] {
        let request = request(old, new);
        let bytes = request.print();
        assert_eq!(AddCheckpoint::parse(&bytes), Ok(request));
    }
    let good = String::from_utf8(request(3, 300).print()).unwrap();
    let hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
    for bad in [
        good.replace("old 3", "old 03"),
        good.replace("old 3", "old -3"),
        good.replace("old 3", "Old 3"),
        good.replace("old 3\n", &format!("old 3\n{}", hash.repeat(63))),
        good.replace("old 3\n", "old 3\nAAAA\n"),
        good.replacen("\n\n", "\n", 1),
        good.trim_end().to_owned(),
        String::new(),
    ] {
        assert!(AddCheckpoint::parse(bad.as_bytes()).is_err(), "{bad}");
    }
    // Another log's extension lines are signed like the rest.
    let text = format!("{}extra line\n", signed(5, root(5)).checkpoint().text());
    let line = NoteSignature::new(&log_key(), key(1).sign(text.as_bytes()));
    let body = format!("old 0\n\n{}", Note::new(text, vec![line]).print());
    let read = AddCheckpoint::parse(body.as_bytes()).unwrap();
    assert_eq!(witness::judge(&read, &[log_key()], None), Ok(()));
    assert_eq!(read.print(), body.as_bytes());
    assert!(AddCheckpoint::parse(body.replace("extra line\n", "extra\n\n").as_bytes()).is_err());
}

#[test]
fn a_witness_decides_in_the_order_of_the_specification() {
    let keys = [log_key()];
    let other = [VerifierKey::new(
        "facts.example/ledger".parse().unwrap(),
        key(9).public(),
    )];
    let last = |size: u64| signed(size, root(size)).checkpoint().clone();
    let status = |request: &AddCheckpoint, keys: &[VerifierKey], last: Option<&Checkpoint>| {
        witness::judge(request, keys, last).map_or_else(|r| r.status(), |()| 200)
    };
    assert_eq!(status(&request(0, 5), &keys, None), 200);
    assert_eq!(status(&request(0, 0), &keys, None), 200);
    assert_eq!(status(&request(3, 9), &keys, Some(&last(3))), 200);
    assert_eq!(status(&request(9, 9), &keys, Some(&last(9))), 200);
    // Unknown before not signed, not signed before a wrong old size, and so on.
    let mut beyond = request(3, 9);
    beyond.old = TreeSize::new(10);
    assert_eq!(status(&beyond, &[], None), 404);
    assert_eq!(status(&beyond, &other, None), 403);
    assert_eq!(status(&beyond, &keys, None), 400);
    assert_eq!(status(&request(3, 9), &keys, None), 409);
    assert_eq!(status(&request(3, 9), &keys, Some(&last(4))), 409);
    assert_eq!(status(&request(0, 9), &keys, Some(&last(4))), 409);
    let mut spoiled = request(3, 9);
    spoiled.proof[0] = Digest::ZERO;
    assert_eq!(status(&spoiled, &keys, Some(&last(3))), 422);
    assert_eq!(status(&spoiled, &keys, Some(&last(4))), 409);
    // A proof where none belongs; an empty log of another root; the same size with another root.
    let mut first = request(0, 9);
    first.proof.push(Digest::ZERO);
    assert_eq!(status(&first, &keys, None), 422);
    let mut empty = request(0, 0);
    empty.checkpoint = signed(0, Digest::ZERO);
    assert_eq!(status(&empty, &keys, None), 422);
    let mut forked = request(9, 9);
    forked.checkpoint = signed(9, root(8));
    assert_eq!(status(&forked, &keys, Some(&last(9))), 422);
    assert_eq!(signed(0, empty_root()).checkpoint().root, root(0));
    // A bad signature under a trusted name and key id makes the note invalid, even beside a good one of another
    // trusted key.
    let two = [keys[0].clone(), other[0].clone()];
    let wrong = NoteSignature::new(&other[0], key(9).sign(b"other words"));
    let mut bad = request(0, 5);
    bad.checkpoint = bad.checkpoint.with_signatures(&[wrong]);
    assert_eq!(status(&bad, &two, None), 403);
    assert_eq!(status(&bad, &keys, None), 200);
    let conflict = witness::judge(&request(3, 9), &keys, Some(&last(4))).unwrap_err();
    assert_eq!(conflict.body(), "4\n");
    assert_eq!(conflict.media_type(), "text/x.tlog.size");
    assert_eq!(witness::read_size(b"4\n"), Ok(TreeSize::new(4)));
    assert!(witness::read_size(b"4").is_err());
    assert!(witness::read_size(b"04\n").is_err());
}
