//! The specifications' vectors, other implementations, and malformed input.

use super::checkpoint::{Checkpoint, SignedCheckpoint};
use super::merkle::{Frontier, leaf_hash, root_of};
use super::note::{Note, NoteSignature, VerifierKey};
use super::tile::{self, TileKind, TilePath};
use super::{EntryIndex, TreeSize};
use crate::crypto::{Digest, SecretKey};
use proptest::prelude::*;
use zeroize::Zeroizing;

fn key(byte: u8) -> SecretKey {
    SecretKey::from_seed(&Zeroizing::new([byte; 32]))
}

fn vkey(byte: u8, name: &str) -> VerifierKey {
    VerifierKey::new(name.parse().unwrap(), key(byte).public())
}

fn leaves(n: usize) -> Vec<Digest> {
    (0..n).map(|i| leaf_hash(&i.to_be_bytes())).collect()
}

fn frontier(leaves: &[Digest]) -> Frontier {
    let mut frontier = Frontier::new();
    for leaf in leaves {
        frontier.push(*leaf);
    }
    frontier
}

fn signed() -> SignedCheckpoint {
    let checkpoint = Checkpoint {
        origin: "facts.example/ledger".parse().unwrap(),
        size: TreeSize::new(300),
        root: root_of(&leaves(300)),
    };
    let by = vkey(1, "facts.example/ledger");
    SignedCheckpoint::sign(checkpoint, &by, |text| key(1).sign(text))
}

#[test]
fn verifier_keys_are_those_of_the_specification() {
    for text in [
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "facts.example/ledger+1b601382+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c",
    ] {
        assert_eq!(text.parse::<VerifierKey>().unwrap().to_string(), text);
    }
    assert_eq!(
        vkey(1, "facts.example/ledger").to_string(),
        "facts.example/ledger+1b601382+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
    );
    for bad in [
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "witness.example/w1+df1c0a35+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU",
        "example.com/foo+530d903a",
        "",
    ] {
        assert!(bad.parse::<VerifierKey>().is_err(), "{bad}");
    }
}

#[test]
fn notes_are_printed_as_they_were_read() {
    let bytes = signed().to_bytes();
    let note = Note::parse(&bytes).unwrap();
    assert_eq!(note.print().into_bytes(), bytes);
    assert!(note.verify(&[vkey(1, "facts.example/ledger")]).is_ok());
}

#[test]
fn a_change_of_any_byte_of_a_checkpoint_is_noticed() {
    let bytes = signed().to_bytes();
    let by = [vkey(1, "facts.example/ledger")];
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            let verified = SignedCheckpoint::parse(&flipped).and_then(|s| s.verify(&by));
            assert!(verified.is_err(), "byte {at} bit {bit}");
        }
    }
}

#[test]
fn malformed_notes_are_refused() {
    let good = String::from_utf8(signed().to_bytes()).unwrap();
    let code = |text: &str| Note::parse(text.as_bytes()).unwrap_err().code();
    for bad in [
        good.trim_end(),
        &good.replace("\n\n", "\n"),
        &good.replace('\u{2014}', "-"),
        &good.replace("facts.example/ledger\n", "facts\texample\n"),
        &format!("{good}\u{2014} x AAAA\n"),
        &format!("{good}{}", "\u{2014} x AAAAAAA=\n".repeat(64)),
        "\n\u{2014} x AAAAAAA=\n",
        "",
    ] {
        assert_eq!(code(bad), "note-malformed", "{bad}");
    }
    // An additional signature by an unknown key is ignored; one that names our key and does not verify is refused.
    let by = [vkey(1, "facts.example/ledger")];
    let unknown = format!("{good}\u{2014} somebody AAAAAAA=\n");
    assert!(Note::parse(unknown.as_bytes()).unwrap().verify(&by).is_ok());
    let wrong = NoteSignature::new(&by[0], key(1).sign(b"other words"));
    let right = NoteSignature::new(&by[0], key(1).sign(signed().checkpoint().text().as_bytes()));
    let forged = Note::new(signed().checkpoint().text(), vec![right, wrong]);
    assert_eq!(forged.verify(&by).unwrap_err().code(), "note-signature");
    assert_eq!(
        Note::parse(good.as_bytes())
            .unwrap()
            .verify(&[vkey(2, "facts.example/ledger")])
            .unwrap_err()
            .code(),
        "note-not-signed"
    );
}

#[test]
fn checkpoints_have_exactly_one_form() {
    let good = signed().checkpoint().text();
    assert!(Checkpoint::parse(&good).is_ok());
    assert!(Checkpoint::parse(&good.replace("300", "9223372036854775807")).is_ok());
    for bad in [
        // No computation on the size of a tree may overflow.
        good.replace("300", "9223372036854775808"),
        good.replace("300", "9223372036854775809"),
        good.replace("300", "18446744073709551615"),
        good.replace("300", "0300"),
        good.replace("300", "+300"),
        good.replace("300", "-1"),
        good.replace("300", "18446744073709551616"),
        format!("{good}extension\n"),
        good.trim_end().to_owned(),
        good.replace("facts.example/ledger", "a b"),
        good.replace('=', ""),
    ] {
        assert!(Checkpoint::parse(&bad).is_err(), "{bad}");
    }
}

#[test]
fn paths_are_those_of_the_specification() {
    for (text, kind, index, width) in [
        ("tile/entries/000", TileKind::Entries, 0, 256),
        ("tile/0/x001/x234/067", TileKind::Hashes(0), 1_234_067, 256),
        ("tile/1/000.p/17", TileKind::Hashes(1), 0, 17),
        ("tile/entries/x001/234.p/255", TileKind::Entries, 1_234, 255),
    ] {
        let path = TilePath { kind, index, width };
        assert_eq!(path.to_string(), text);
        assert_eq!(text.parse::<TilePath>(), Ok(path));
    }
    for bad in [
        "tile/0/0",
        "tile/0/00",
        "tile/0/x000/001",
        "tile/0/001/234",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/64/000",
        "tile/00/000",
        "tile/data/000",
        "tile/8/0/000",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/-01",
        "tile/0/000.p/1/2",
    ] {
        assert!(bad.parse::<TilePath>().is_err(), "{bad}");
    }
}

#[test]
fn covering_is_that_of_the_specification() {
    let paths: Vec<String> = tile::covering(TreeSize::new(70_000))
        .iter()
        .map(ToString::to_string)
        .collect();
    let count = |prefix: &str| paths.iter().filter(|p| p.starts_with(prefix)).count();
    assert_eq!(
        (count("tile/0/"), count("tile/1/"), count("tile/2/")),
        (274, 2, 1)
    );
    for name in [
        "tile/0/273.p/112",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
        "tile/entries/273.p/112",
    ] {
        assert!(paths.iter().any(|p| p == name), "{name}");
    }
    assert_eq!(
        tile::changed(TreeSize::new(300), TreeSize::new(310)).len(),
        2
    );
}

#[test]
fn bundles_divide_exactly() {
    let bytes = tile::encode_bundle(&[b"one", b"", b"three"]).unwrap();
    assert_eq!(
        tile::decode_bundle(&bytes, 3).unwrap(),
        [&b"one"[..], b"", b"three"]
    );
    assert!(tile::decode_bundle(&bytes, 2).is_err());
    assert!(tile::decode_bundle(&bytes, 4).is_err());
    assert!(tile::decode_bundle(&bytes[..bytes.len() - 1], 3).is_err());
    assert!(tile::encode_bundle(&[&vec![0; 65_536]]).is_err());
    assert!(tile::decode_hashes(&[0; 33], 1).is_err());
}

#[test]
fn another_implementation_reads_our_checkpoint() {
    use signed_note::{StandardVerifier, Verifier as _, VerifierList};
    let bytes = signed().to_bytes();
    let verifier = StandardVerifier::new(&vkey(1, "facts.example/ledger").to_string()).unwrap();
    assert_eq!(verifier.name(), "facts.example/ledger");
    let note = signed_note::Note::from_bytes(&bytes).unwrap();
    let list = VerifierList::new(vec![Box::new(verifier)]);
    let (verified, _) = note.verify(&list).unwrap();
    assert_eq!(verified.len(), 1);
    let theirs = tlog_tiles::Checkpoint::from_bytes(note.text()).unwrap();
    assert_eq!(theirs.size(), 300);
    assert_eq!(theirs.hash().0, *signed().checkpoint().root.as_bytes());
}

/// Their paths say `tile/8/<level>` and `data`; otherwise the two agree on every new tile and every hash in it.
#[test]
fn another_implementation_makes_the_same_tiles() {
    let mut ours = frontier(&leaves(300));
    let mut tiles: Vec<(u8, u64, Vec<Digest>)> = Vec::new();
    for leaf in &leaves(70_000)[300..] {
        tiles.extend(
            ours.push(*leaf)
                .into_iter()
                .map(|t| (t.level, t.index, t.hashes)),
        );
    }
    tiles.extend(ours.partials().map(|(l, i, h)| (l, i, h.to_vec())));
    let mut theirs: Vec<String> = tlog_tiles::Tile::new_tiles(8, 300, 70_000)
        .iter()
        .map(|tile| tile.path().replace("tile/8/", "tile/"))
        .collect();
    let mut paths: Vec<String> = tile::changed(TreeSize::new(300), TreeSize::new(70_000))
        .iter()
        .filter(|path| path.kind != TileKind::Entries)
        .map(ToString::to_string)
        .collect();
    theirs.sort();
    paths.sort();
    assert_eq!(paths, theirs);
    for (level, index, hashes) in tiles {
        if hashes.len() == 256 {
            let root = tlog_tiles::Tile::subtree_hash(&tile::encode_hashes(&hashes));
            assert_eq!(root.0, *root_of(&hashes).as_bytes(), "tile {level}/{index}");
        }
    }
}

#[test]
fn another_implementation_gives_our_root() {
    let mut tree = ct_merkle::mem_backed_tree::MemoryBackedTree::<sha2::Sha256, Vec<u8>>::new();
    let mut ours = Frontier::new();
    for n in 0..700_u64 {
        let entry = n.to_be_bytes().to_vec();
        ours.push(leaf_hash(&entry));
        tree.push(entry);
        assert_eq!(tree.root().as_bytes().as_slice(), ours.root().as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_edge_has_the_root_of_the_tree(size in 0..2_000_usize) {
        let leaves = leaves(size);
        let pushed = frontier(&leaves);
        prop_assert_eq!(pushed.root(), root_of(&leaves));
        let mut levels = vec![Vec::new(); 3];
        for (level, _, hashes) in pushed.partials() {
            levels[usize::from(level)] = hashes.to_vec();
        }
        let read = Frontier::from_partials(TreeSize::new(size as u64), levels).unwrap();
        prop_assert_eq!(read.root(), pushed.root());
    }

    #[test]
    fn paths_read_back(index in 0..2_000_000_000_u64, width in 1..=256_u16, level in 0..64_u8, entries: bool) {
        let kind = if entries { TileKind::Entries } else { TileKind::Hashes(level) };
        let path = TilePath { kind, index, width };
        prop_assert_eq!(path.to_string().parse::<TilePath>(), Ok(path));
    }
}

#[test]
fn a_tree_of_n_entries_holds_those_before_entry_n() {
    let size = TreeSize::new(3);
    assert!(size.contains(EntryIndex::new(2)));
    assert!(!size.contains(EntryIndex::new(3)));
    assert_eq!(size.last(), Some(EntryIndex::new(2)));
    assert_eq!(TreeSize::EMPTY.last(), None);
    assert_eq!(size.next(), EntryIndex::new(3));
    for index in size.indices() {
        assert!(index.size_through().contains(index));
        assert!(!index.size_before().contains(index));
    }
    assert_eq!(size.indices_from(EntryIndex::new(3)).count(), 0);
    assert_eq!(TreeSize::new(5).entries_after(size), 2);
    assert_eq!(size.entries_after(TreeSize::new(5)), 0);
}

#[test]
fn portions_have_each_entry_once() {
    for size in [0, 1, 255, 256, 257, 512, 700].map(TreeSize::new) {
        let portions = size.portions(256).map(|(first, end)| {
            assert!(end.entries_after(first.size_before()) <= 256);
            end.indices_from(first)
        });
        assert!(portions.flatten().eq(size.indices()), "{size}");
    }
}

#[test]
fn a_place_and_a_size_are_plain_numbers_in_json() {
    let pair = (EntryIndex::new(24), TreeSize::new(26));
    let json = serde_json::to_string(&pair).unwrap();
    assert_eq!(json, "[24,26]");
    assert_eq!(
        serde_json::from_str::<(EntryIndex, TreeSize)>(&json).unwrap(),
        pair
    );
    assert!(serde_json::from_str::<EntryIndex>("\"24\"").is_err());
    assert!("-1".parse::<EntryIndex>().is_err());
    assert_eq!(format!("{:>4}|{:<4}|", pair.0, pair.1), "  24|26  |");
}
