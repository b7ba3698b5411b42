//! `tile-path/`, `bundle/` and `tree/`: names, bytes and hashes of the log's tiles.

use super::{Vectors, hex, sha256};
use serde_json::{Value, json};

pub fn make(vectors: &mut Vectors) {
    paths(vectors);
    bundles(vectors);
    trees(vectors);
}

fn paths(vectors: &mut Vectors) {
    let good: [(&str, &str, &str, u64, u16); 9] = [
        ("valid-first", "tile/0/000", "0", 0, 256),
        ("valid-partial", "tile/1/000.p/3", "1", 0, 3),
        ("valid-widest-partial", "tile/0/000.p/255", "0", 0, 255),
        ("valid-entries", "tile/entries/000", "entries", 0, 256),
        (
            "valid-entries-partial",
            "tile/entries/273.p/112",
            "entries",
            273,
            112,
        ),
        ("valid-two-groups", "tile/0/x001/000", "0", 1_000, 256),
        (
            "valid-three-groups",
            "tile/0/x001/x234/067",
            "0",
            1_234_067,
            256,
        ),
        (
            "valid-three-groups-partial",
            "tile/entries/x001/x234/067.p/1",
            "entries",
            1_234_067,
            1,
        ),
        ("valid-highest-level", "tile/63/000.p/1", "63", 0, 1),
    ];
    for (name, path, level, index, width) in good {
        let comment = format!("Place {index} of {level}, {width} wide.");
        let expect = json!({ "index": index, "level": level, "width": width });
        vectors.put(
            &format!("tile-path/{name}"),
            &comment,
            &json!(path),
            &expect,
        );
    }
    let bad = [
        (
            "height-prefix",
            "Go's golang.org/x/mod writes the tile height 8 first; tlog-tiles does not.",
            "tile/8/0/000",
        ),
        (
            "height-prefix-data",
            "Go's name for an entry bundle.",
            "tile/8/data/000",
        ),
        (
            "data-for-entries",
            "An entry bundle is under entries.",
            "tile/data/000",
        ),
        (
            "missing-x",
            "Every group but the last begins with x.",
            "tile/0/001/000",
        ),
        (
            "x-on-the-last-group",
            "The last group has no x.",
            "tile/0/x001/x000",
        ),
        (
            "x-alone-on-the-only-group",
            "One group alone has no x.",
            "tile/0/x000",
        ),
        (
            "leading-zero-group",
            "A group of nothing but zeros is not written.",
            "tile/0/x000/001",
        ),
        ("two-digits", "A group has three digits.", "tile/0/00"),
        ("four-digits", "Four digits are two groups.", "tile/0/1000"),
        ("no-index", "A level alone.", "tile/0/"),
        (
            "zero-width",
            "An empty tile is never served.",
            "tile/0/000.p/0",
        ),
        (
            "full-width-as-partial",
            "A tile of 256 is full.",
            "tile/0/000.p/256",
        ),
        ("width-257", "A tile holds 256 at most.", "tile/0/000.p/257"),
        (
            "width-leading-zero",
            "A width with a leading zero.",
            "tile/0/000.p/03",
        ),
        ("width-plus-sign", "A width with a sign.", "tile/0/000.p/+3"),
        (
            "no-width",
            "A partial tile without its width.",
            "tile/0/000.p/",
        ),
        (
            "partial-folder",
            "The folder of partial tiles is no tile.",
            "tile/0/000.p",
        ),
        ("level-64", "Levels end at 63.", "tile/64/000"),
        (
            "level-leading-zero",
            "A level with a leading zero.",
            "tile/00/000",
        ),
        ("level-negative", "A level with a sign.", "tile/-1/000"),
        (
            "level-upper-case",
            "The word in capitals.",
            "tile/Entries/000",
        ),
        ("leading-slash", "A path is relative.", "/tile/0/000"),
        ("trailing-slash", "Nothing follows.", "tile/0/000/"),
        (
            "parent-folder",
            "A path goes nowhere else.",
            "tile/0/../checkpoint",
        ),
        ("other-folder", "Another folder.", "tiles/0/000"),
        (
            "index-2-64",
            "A place beyond 64 bits.",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
        ),
        ("empty", "No path.", ""),
    ];
    for (name, comment, path) in bad {
        vectors.broken(
            &format!("tile-path/{name}"),
            comment,
            "tile-path",
            &json!(path),
        );
    }
}

fn leaf(entry: &[u8]) -> [u8; 32] {
    sha256(&[&[0], entry])
}

fn node(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    sha256(&[&[1], left, right])
}

fn bundles(vectors: &mut Vectors) {
    let entries: [&[u8]; 3] = [b"one", b"", b"three"];
    let bytes: Vec<u8> = entries
        .iter()
        .flat_map(|e| [&u16::try_from(e.len()).unwrap().to_be_bytes()[..], e].concat())
        .collect();
    let leaves: Vec<String> = entries.iter().map(|e| hex(&leaf(e))).collect();
    let bundle = |bytes: &[u8], width: u16| json!({ "bytes": { "hex": hex(bytes) }, "kind": "entries", "width": width });
    let comment = "Three entries, the second of no bytes; the hashes are those of the leaves.";
    vectors.put(
        "bundle/valid",
        comment,
        &bundle(&bytes, 3),
        &json!({ "hashes": leaves }),
    );
    let largest = json!({ "bytes": { "parts": [{ "hex": "ffff" }, { "text": "x", "times": 65_535 }] }, "kind": "entries", "width": 1 });
    let hash = hex(&leaf(&vec![b'x'; 65_535]));
    vectors.put(
        "bundle/valid-largest-entry",
        "One entry of 65,535 bytes.",
        &largest,
        &json!({ "hashes": [hash] }),
    );
    let mut swapped = bytes.clone();
    swapped[..2].reverse();
    let rows = [
        (
            "truncated",
            "The last byte is missing.",
            bundle(&bytes[..bytes.len() - 1], 3),
        ),
        (
            "ends-in-a-length",
            "It ends inside a length.",
            bundle(&bytes[..8], 3),
        ),
        (
            "ends-before-an-entry",
            "Two entries where three should be.",
            bundle(&bytes[..7], 3),
        ),
        (
            "one-more-entry",
            "Three entries where two should be.",
            bundle(&bytes, 2),
        ),
        (
            "trailing-byte",
            "A byte follows the last entry.",
            bundle(&[&bytes[..], &[0]].concat(), 3),
        ),
        (
            "length-little-endian",
            "A length in the other byte order.",
            bundle(&swapped, 3),
        ),
        ("no-bytes", "An empty bundle.", bundle(&[], 1)),
    ];
    for (name, comment, input) in rows {
        vectors.broken(&format!("bundle/{name}"), comment, "tile-malformed", &input);
    }
    let hashes: Vec<u8> = [leaf(b"one"), leaf(b"two")].concat();
    let tile = |bytes: &[u8], width: u16| json!({ "bytes": { "hex": hex(bytes) }, "kind": "hashes", "width": width });
    let two = json!({ "hashes": [hex(&leaf(b"one")), hex(&leaf(b"two"))] });
    vectors.put(
        "bundle/valid-tile",
        "A hash tile of two.",
        &tile(&hashes, 2),
        &two,
    );
    let rows = [
        (
            "tile-truncated",
            "A hash tile one byte short.",
            tile(&hashes[..63], 2),
        ),
        (
            "tile-one-hash-more",
            "A hash tile wider than its path says.",
            tile(&hashes, 1),
        ),
        (
            "tile-one-hash-less",
            "A hash tile narrower than its path says.",
            tile(&hashes, 3),
        ),
    ];
    for (name, comment, input) in rows {
        vectors.broken(&format!("bundle/{name}"), comment, "tile-malformed", &input);
    }
}

/// MTH of RFC 6962 section 2.1, by its definition.
fn root(leaves: &[[u8; 32]]) -> [u8; 32] {
    match leaves {
        [] => sha256(&[]),
        [one] => *one,
        _ => {
            let k = leaves.len().next_power_of_two() / 2;
            node(&root(&leaves[..k]), &root(&leaves[k..]))
        }
    }
}

fn trees(vectors: &mut Vectors) {
    // The leaves of Certificate Transparency's own tests; the roots at 1, 3 and 8 are printed there.
    let data: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let leaves: Vec<[u8; 32]> = data.iter().map(|d| leaf(d)).collect();
    assert_eq!(
        hex(&root(&leaves)),
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    );
    for size in 0..=8 {
        let hashes: Vec<String> = leaves[..size].iter().map(|l| hex(l)).collect();
        let levels: Value = if size == 0 {
            json!([])
        } else {
            json!([hashes])
        };
        let input = json!({ "levels": levels, "size": size });
        let comment =
            format!("The root of {size} leaves, in the tests of Certificate Transparency.");
        vectors.put(
            &format!("tree/valid-{size}"),
            &comment,
            &input,
            &json!({ "root": hex(&root(&leaves[..size])) }),
        );
    }
    let full: Vec<[u8; 32]> = (0..256_u64).map(|n| leaf(&n.to_be_bytes())).collect();
    let whole = [&full[..], &leaves[..1]].concat();
    let edge = json!([[hex(&leaves[0])], [hex(&root(&full))]]);
    let expect = json!({ "root": hex(&root(&whole)) });
    let comment = "257 leaves: one on the edge of level 0, the root of a full tile on level 1.";
    vectors.put(
        "tree/valid-257",
        comment,
        &json!({ "levels": edge, "size": 257 }),
        &expect,
    );
    let exact = json!([[], [hex(&root(&full))]]);
    let expect = json!({ "root": hex(&root(&full)) });
    vectors.put(
        "tree/valid-256",
        "256 leaves: level 0 has no edge.",
        &json!({ "levels": exact, "size": 256 }),
        &expect,
    );
    let one = json!([hex(&leaves[0])]);
    let rows = [
        (
            "edge-too-wide",
            "One hash for an empty tree.",
            json!({ "levels": [one], "size": 0 }),
        ),
        (
            "edge-too-narrow",
            "One hash for a tree of two.",
            json!({ "levels": [one], "size": 2 }),
        ),
        (
            "edge-without-its-upper-level",
            "A tree of 257 has an edge on level 1.",
            json!({ "levels": [one], "size": 257 }),
        ),
        (
            "edge-empty",
            "No hash for a tree of one.",
            json!({ "levels": [], "size": 1 }),
        ),
        (
            "edge-with-a-level-too-many",
            "A tree of one has no level 1.",
            json!({ "levels": [one, one], "size": 1 }),
        ),
    ];
    for (name, comment, input) in rows {
        vectors.broken(&format!("tree/{name}"), comment, "tile-edge", &input);
    }
}
