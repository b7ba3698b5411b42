//! Proofs of every leaf and size up to 70, another implementation's proofs, and every kind of altered proof.

use super::checkpoint::{Checkpoint, SignedCheckpoint};
use super::combined::{Combined, combined_spans};
use super::merkle::{leaf_hash, root_of};
use super::note::VerifierKey;
use super::proof::{self, Span, TlogProof};
use super::{EntryIndex, TreeSize};
use crate::crypto::{Digest, SecretKey};
use proptest::prelude::*;
use zeroize::Zeroizing;

const SIZES: u64 = 70;

fn entry(index: u64) -> EntryIndex {
    EntryIndex::new(index)
}

fn of(size: u64) -> TreeSize {
    TreeSize::new(size)
}

fn leaves(n: u64) -> Vec<Digest> {
    (0..n).map(|i| leaf_hash(&i.to_be_bytes())).collect()
}

fn hash_of(leaves: &[Digest], span: Span) -> Digest {
    let at = |n: u64| usize::try_from(n).unwrap();
    root_of(&leaves[at(span.start)..at(span.end)])
}

fn hashes(leaves: &[Digest], spans: &[Span]) -> Vec<Digest> {
    spans.iter().map(|span| hash_of(leaves, *span)).collect()
}

/// Every proof that differs from this one by one hash: changed, missing, added or moved.
fn spoiled(good: &[Digest]) -> Vec<Vec<Digest>> {
    let mut all = Vec::new();
    for at in 0..good.len() {
        let mut changed = good.to_vec();
        let mut bytes = *changed[at].as_bytes();
        bytes[at % 32] ^= 1 << (at % 8);
        changed[at] = Digest::from_bytes(bytes);
        all.push(changed);
        let mut dropped = good.to_vec();
        dropped.remove(at);
        all.push(dropped);
        let mut twice = good.to_vec();
        twice.insert(at, good[at]);
        all.push(twice);
        if at > 0 && good[at] != good[at - 1] {
            let mut moved = good.to_vec();
            moved.swap(at, at - 1);
            all.push(moved);
        }
    }
    let mut added = good.to_vec();
    added.push(Digest::ZERO);
    all.push(added);
    all
}

#[test]
fn every_leaf_of_every_size_has_its_proof() {
    for size in 1..=SIZES {
        let leaves = leaves(size);
        let root = root_of(&leaves);
        for index in 0..size {
            let leaf = &leaves[usize::try_from(index).unwrap()];
            let good = hashes(
                &leaves,
                &proof::inclusion_spans(entry(index), of(size)).unwrap(),
            );
            proof::verify_inclusion(leaf, entry(index), of(size), &root, &good).unwrap();
            for bad in spoiled(&good) {
                assert!(
                    proof::verify_inclusion(leaf, entry(index), of(size), &root, &bad).is_err(),
                    "leaf {index} of {size}"
                );
            }
            for other in (0..size).filter(|other| *other != index && leaves.len() < 20) {
                assert!(
                    proof::verify_inclusion(leaf, entry(other), of(size), &root, &good).is_err()
                );
            }
            assert!(
                proof::verify_inclusion(&Digest::ZERO, entry(index), of(size), &root, &good)
                    .is_err(),
                "another leaf"
            );
        }
        assert!(proof::inclusion_spans(entry(size), of(size)).is_err());
    }
}

#[test]
fn every_size_has_a_consistency_proof_from_every_earlier_one() {
    let all = leaves(SIZES);
    let roots: Vec<Digest> = (0..=all.len()).map(|size| root_of(&all[..size])).collect();
    let root = |size: u64| roots[usize::try_from(size).unwrap()];
    for new in 0..=SIZES {
        for old in 0..=new {
            let good = hashes(&all, &proof::consistency_spans(of(old), of(new)).unwrap());
            let verify = |old_root: &Digest, new_root: &Digest, proof: &[Digest]| {
                proof::verify_consistency(of(old), old_root, of(new), new_root, proof)
            };
            verify(&root(old), &root(new), &good).unwrap();
            for bad in spoiled(&good) {
                assert!(
                    verify(&root(old), &root(new), &bad).is_err(),
                    "{old} to {new}"
                );
            }
            assert!(verify(&Digest::ZERO, &root(new), &good).is_err());
            // Every tree continues the empty tree.
            let needs_new = old > 0 || new == 0;
            assert_eq!(
                verify(&root(old), &Digest::ZERO, &good).is_err(),
                needs_new,
                "{old} to {new}"
            );
        }
        assert!(proof::consistency_spans(of(new + 1), of(new)).is_err());
    }
}

#[test]
fn proofs_are_those_of_another_implementation() {
    use ct_merkle::mem_backed_tree::MemoryBackedTree;
    let mut tree = MemoryBackedTree::<sha2::Sha256, Vec<u8>>::new();
    let all = leaves(SIZES);
    let flat = |hashes: &[Digest]| -> Vec<u8> {
        hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
    };
    for size in 1..=SIZES {
        tree.push((size - 1).to_be_bytes().to_vec());
        for index in 0..size {
            let ours = hashes(
                &all,
                &proof::inclusion_spans(entry(index), of(size)).unwrap(),
            );
            let theirs = tree.prove_inclusion(usize::try_from(index).unwrap());
            assert_eq!(flat(&ours), theirs.as_bytes(), "leaf {index} of {size}");
        }
        for old in 1..size {
            let ours = hashes(&all, &proof::consistency_spans(of(old), of(size)).unwrap());
            let theirs = tree.prove_consistency(usize::try_from(size - old).unwrap());
            assert_eq!(flat(&ours), theirs.as_bytes(), "{old} to {size}");
        }
    }
}

#[test]
fn spans_divide_into_perfect_subtrees() {
    let all = leaves(SIZES);
    for start in 0..SIZES {
        for end in start + 1..=SIZES {
            let nodes = Span { start, end }.nodes();
            let mut at = start;
            for node in &nodes {
                assert_eq!(node.index << node.level, at);
                at += 1 << node.level;
            }
            assert_eq!(at, end);
        }
    }
    // Where RFC 6962 divides a tree, folding the nodes from the right gives the run's hash.
    for size in 1..=SIZES {
        for index in 0..size {
            for span in proof::inclusion_spans(entry(index), of(size)).unwrap() {
                let nodes = span.nodes().into_iter().map(|node| {
                    let start = node.index << node.level;
                    hash_of(
                        &all,
                        Span {
                            start,
                            end: start + (1 << node.level),
                        },
                    )
                });
                let folded = nodes
                    .rev()
                    .reduce(|right, left| super::merkle::node_hash(&left, &right));
                assert_eq!(folded, Some(hash_of(&all, span)));
            }
        }
    }
}

#[test]
fn a_combined_proof_of_every_set_of_nine() {
    let all = leaves(9);
    let root = root_of(&all);
    for set in 1_u32..(1 << 9) {
        let picked = of(9).indices().filter(|i| set & (1 << i.get()) != 0);
        let indices: Vec<EntryIndex> = picked.collect();
        let good = hashes(&all, &combined_spans(&indices, &[], of(9)).unwrap());
        let chosen: Vec<(EntryIndex, Digest)> = indices
            .iter()
            .map(|i| (*i, all[usize::try_from(i.get()).unwrap()]))
            .collect();
        let found = |chosen: &[(EntryIndex, Digest)], hashes: &[Digest]| {
            Combined::new(chosen, &[], of(9), hashes).map(|combined| combined.root())
        };
        assert_eq!(found(&chosen, &good), Ok(root));
        for bad in spoiled(&good) {
            assert_ne!(found(&chosen, &bad), Ok(root));
        }
        for at in 0..chosen.len() {
            let mut bad = chosen.clone();
            bad[at].1 = Digest::ZERO;
            assert_ne!(found(&bad, &good), Ok(root));
        }
    }
    assert!(combined_spans(&[], &[], of(9)).is_err());
    assert!(combined_spans(&[entry(9)], &[], of(9)).is_err());
    assert!(combined_spans(&[entry(3), entry(3)], &[], of(9)).is_err());
    assert!(combined_spans(&[entry(4), entry(3)], &[], of(9)).is_err());
    assert!(combined_spans(&[entry(4)], &[of(10)], of(9)).is_err());
    assert!(combined_spans(&[entry(4)], &[of(5), of(5)], of(9)).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn a_combined_proof_shares_its_hashes_and_shows_heads(
        size in 1_u64..2_000,
        picks in prop::collection::vec(0_u64..2_000, 1..40),
        seen in prop::collection::btree_set(0_u64..2_000, 0..10),
    ) {
        let all = leaves(size);
        let indices: std::collections::BTreeSet<u64> = picks.into_iter().map(|i| i % size).collect();
        let indices: Vec<EntryIndex> = indices.into_iter().map(entry).collect();
        let spans = combined_spans(&indices, &[], of(size)).unwrap();
        let alone: usize = indices.iter().map(|i| proof::inclusion_spans(*i, of(size)).unwrap().len()).sum();
        prop_assert!(spans.len() <= alone);
        let chosen: Vec<(EntryIndex, Digest)> =
            indices.iter().map(|i| (*i, all[usize::try_from(i.get()).unwrap()])).collect();
        let heads: std::collections::BTreeSet<u64> = seen.into_iter().map(|head| head % size + 1).collect();
        let heads: Vec<TreeSize> = heads.into_iter().map(of).collect();
        let spans = combined_spans(&indices, &heads, of(size)).unwrap();
        let combined = Combined::new(&chosen, &heads, of(size), &hashes(&all, &spans)).unwrap();
        prop_assert_eq!(combined.root(), root_of(&all));
        for head in heads {
            let first = &all[..usize::try_from(head.get()).unwrap()];
            prop_assert_eq!(combined.root_at(head), Some(root_of(first)), "head {}", head);
        }
        // A combined proof gives no root that it does not show.
        for head in 1..=size {
            let first = &all[..usize::try_from(head).unwrap()];
            prop_assert!(combined.root_at(of(head)).is_none_or(|root| root == root_of(first)));
        }
        prop_assert_eq!(combined.root_at(TreeSize::EMPTY), None);
        prop_assert_eq!(combined.root_at(of(size + 1)), None);
    }
}

fn tlog_proof() -> (TlogProof, Digest) {
    let key = SecretKey::from_seed(&Zeroizing::new([1; 32]));
    let by = VerifierKey::new("facts.example/ledger".parse().unwrap(), key.public());
    let all = leaves(300);
    let checkpoint = SignedCheckpoint::sign(
        Checkpoint {
            origin: "facts.example/ledger".parse().unwrap(),
            size: of(300),
            root: root_of(&all),
        },
        &by,
        |text| key.sign(text),
    );
    let spans = proof::inclusion_spans(entry(7), of(300)).unwrap();
    let proof = TlogProof {
        extra: None,
        index: entry(7),
        hashes: hashes(&all, &spans),
        checkpoint,
    };
    (proof, all[7])
}

#[test]
fn a_tlog_proof_is_printed_as_it_was_read() {
    let (mut proof, leaf) = tlog_proof();
    proof.verify(&leaf).unwrap();
    assert_eq!(TlogProof::parse(&proof.print()), Ok(proof.clone()));
    proof.extra = Some(b"anything\n\nat all".to_vec());
    let bytes = proof.print();
    let read = TlogProof::parse(&bytes).unwrap();
    assert_eq!(read, proof);
    assert_eq!(read.print(), bytes);
    read.verify(&leaf).unwrap();
    assert_eq!(
        read.verify(&Digest::ZERO).unwrap_err().code(),
        "proof-fails"
    );
}

#[test]
fn malformed_tlog_proofs_are_refused() {
    let (proof, _) = tlog_proof();
    let good = String::from_utf8(proof.print()).unwrap();
    let hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
    for bad in [
        good.replace("tlog-proof@v1", "tlog-proof@v2"),
        good.replace("index 7", "index 07"),
        good.replace("index 7", "index +7"),
        good.replace("index 7", "index"),
        good.replace("index 7\n", "index 7\nextra AAAA\n"),
        good.replace("index 7\n", "extra\nindex 7\n"),
        good.replace("index 7\n", &format!("index 7\n{}", hash.repeat(64))),
        good.replace("=\n", "\n"),
        good.replacen("\n\n", "\n", 1),
        good.replacen("\n\n", "\n\n\n", 1),
        good.replace('\n', "\r\n"),
        String::new(),
    ] {
        assert!(TlogProof::parse(bad.as_bytes()).is_err(), "{bad}");
    }
}
