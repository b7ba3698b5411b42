//! Blobs by digest, and quotations found or refused.

use super::excerpt::{Span, context, locate};
use super::{Error, Snapshots};
use crate::host::disk::{Disk as _, FolderDisk};
use crate::store::MemoryDisk;
use crate::store::memory::{Moment, Survives};
use crate::text::nearest::nearest;
use crate::text::similar::{NEAR, near_duplicates};
use crate::text::words::{fold, terms};
use claimledger_core::crypto::sha256;
use claimledger_core::encoding::text::decode_document;
use claimledger_core::log::blobs::path_of;
use claimledger_core::log::excerpts::matches;
use proptest::prelude::*;

#[test]
fn a_blob_must_match_its_digest() {
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
    // The same letter in two encodings is two texts: nothing is normalised.
    assert_eq!(code("ne\u{301}e", None, None), "quotation-not-found");
}

/// A failure or a power cut at every step of keeping a blob: afterwards it is whole or absent, and what was
/// acknowledged is whole.
#[test]
fn a_blob_is_whole_or_absent() {
    let count = {
        let disk = MemoryDisk::new();
        Snapshots::new(&disk).put(b"words").unwrap();
        disk.steps().len()
    };
    assert_eq!(
        count, 7,
        "write, sync, rename, sync the folder and the three above it"
    );
    let digest = sha256(&[b"words"]);
    for step in 0..count {
        for when in [Moment::Before, Moment::After] {
            let disk = MemoryDisk::new();
            let mut at = 0;
            disk.hook(Some(Box::new(move |_, moment| {
                let now = at == step && moment == when;
                at += usize::from(moment == Moment::After);
                now.then_some(std::io::ErrorKind::Other)
            })));
            assert_eq!(
                Snapshots::new(&disk).put(b"words").unwrap_err().code(),
                "io"
            );
            disk.hook(None);
            for bits in 0..16 {
                let cut = disk.power_cut(Survives::Some(bits));
                let found = Snapshots::new(&cut).found(&digest).unwrap();
                assert!(found.is_none_or(|(found, length)| found == digest && length == 5));
                assert_eq!(Snapshots::new(&cut).put(b"words").unwrap(), digest);
            }
        }
    }
    let disk = MemoryDisk::new();
    Snapshots::new(&disk).put(b"words").unwrap();
    let cut = disk.power_cut(Survives::Nothing);
    assert_eq!(
        Snapshots::new(&cut).read(&digest).unwrap().unwrap(),
        b"words"
    );
    assert_eq!(cut.list("").unwrap(), [path_of(&digest)]);
}

#[test]
fn folders_stream_as_memory_does() {
    let folder = tempfile::tempdir().unwrap();
    let memory = MemoryDisk::new();
    let folder = FolderDisk::new(folder.path());
    let disks: [&dyn crate::host::disk::Disk; 2] = [&memory, &folder];
    for disk in disks {
        assert!(disk.open("a/b").unwrap().is_none());
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| n.to_le_bytes()[0]).collect();
        disk.create_streamed("a/b", &mut &bytes[..]).unwrap();
        assert_eq!(
            disk.create_streamed("a/b", &mut &b"x"[..])
                .unwrap_err()
                .code(),
            "exists"
        );
        let mut file = disk.open("a/b").unwrap().unwrap();
        std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(150_000)).unwrap();
        let mut rest = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut rest).unwrap();
        assert_eq!(rest, bytes[150_000..]);
        disk.make_folder("c/d").unwrap();
        disk.make_folder("c/d").unwrap();
        disk.rename("a/b", "c/d/e").unwrap();
        assert_eq!(disk.read("c/d/e").unwrap().unwrap(), bytes);
    }
}

#[test]
fn quotations_stand_at_code_points_of_the_decoded_text() {
    let document = "\u{feff}\u{201c}Curly\u{201d} isn\u{2019}t straight.\r\n20\u{a0}km\rne\u{301}e \u{1f468}\u{200d}\u{1f469}\n\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{627}\u{644}\u{633}\u{644}\u{627}\u{645} \u{200f}end\u{0}";
    let text = decode_document(document.as_bytes()).unwrap();
    for (quote, span) in [
        ("\u{201c}Curly\u{201d}", Some((0, 7))),
        ("\"Curly\"", None),
        ("isn\u{2019}t", Some((8, 13))),
        ("isn't", None),
        // The mark is gone, and CRLF and CR are one code point each.
        ("straight.\n20\u{a0}km\nne", Some((14, 32))),
        ("straight.\r\n20", None),
        ("20\u{a0}km", Some((24, 29))),
        ("20 km", None),
        // A combining mark is a code point of its own, and the composed letter is another text.
        ("ne\u{301}e", Some((30, 34))),
        ("ne", Some((30, 32))),
        ("n\u{e9}e", None),
        ("\u{1f468}\u{200d}\u{1f469}", Some((35, 38))),
        // Right to left: the order is that of the text, not of the screen.
        ("\u{5e9}\u{5dc}\u{5d5}\u{5dd}", Some((39, 43))),
        (
            "\u{627}\u{644}\u{633}\u{644}\u{627}\u{645} \u{200f}end",
            Some((44, 55)),
        ),
        ("\u{627}\u{644}\u{633}\u{644}\u{627}\u{645} end", None),
        ("end\u{fffd}", Some((52, 56))),
    ] {
        match (locate(&text, quote, None, None), span) {
            (Ok(found), Some((start, end))) => {
                assert_eq!((found.start, found.end), (start, end), "{quote:?}");
                assert!(matches(&text, start, end, quote));
            }
            (Err(e), None) => assert_eq!(e.code(), "quotation-not-found", "{quote:?}"),
            (found, span) => panic!("{quote:?}: {found:?}, expected {span:?}"),
        }
    }
}

#[test]
fn a_quotation_is_shown_in_its_sentence() {
    let text = "First line.\nHe came. \u{201c}He said no\u{201d}, they wrote. Then he left.\nLast.";
    let shown = |quote: &str| context(text, locate(text, quote, None, None).unwrap()).unwrap();
    let found = shown("said no");
    assert_eq!(
        (found.before.as_str(), found.after.as_str()),
        ("\u{201c}He ", "\u{201d}, they wrote.")
    );
    assert_eq!(
        (found.quote.as_str(), found.cut_before, found.cut_after),
        ("said no", false, false)
    );
    let found = shown("First line.");
    assert_eq!((found.before.as_str(), found.after.as_str()), ("", ""));
    // Across sentences and lines: from the first one's beginning to the last one's end.
    let found = shown("wrote. Then");
    assert_eq!(
        (found.before.as_str(), found.after.as_str()),
        ("\u{201c}He said no\u{201d}, they ", " he left.")
    );
    let found = shown("left.\nLa");
    assert_eq!(
        (found.before.as_str(), found.after.as_str()),
        ("Then he ", "st.")
    );
    let hindi = "\u{92a}\u{939}\u{932}\u{93e}\u{964} \u{926}\u{942}\u{938}\u{930}\u{93e} \u{935}\u{93e}\u{915}\u{94d}\u{92f}\u{964}";
    let found = context(
        hindi,
        locate(hindi, "\u{935}\u{93e}\u{915}\u{94d}\u{92f}", None, None).unwrap(),
    )
    .unwrap();
    assert_eq!(found.before, "\u{926}\u{942}\u{938}\u{930}\u{93e} ");
    let long = "word ".repeat(100_000);
    let found = context(
        &long,
        Span {
            start: 250_000,
            end: 250_004,
        },
    )
    .unwrap();
    assert!(found.cut_before && found.cut_after);
    assert!(found.before.len() <= 400 && found.after.len() <= 400);
    assert_eq!(context("short", Span { start: 3, end: 9 }), None);
    assert_eq!(context("short", Span { start: 4, end: 2 }), None);
    let whole = context("short", Span { start: 0, end: 5 }).unwrap();
    assert_eq!(
        (whole.quote.as_str(), whole.cut_before, whole.cut_after),
        ("short", false, false)
    );
}

#[test]
fn a_quotation_that_is_not_there_is_refused_with_the_nearest() {
    let text = "The mayor said \u{201c}we won\u{2019}t close the old bridge this year\u{201d}. Nobody asked about the bridge.";
    let refused = locate(text, "we won't close the bridge this year", None, None).unwrap_err();
    let Error::NotFound {
        nearest: Some(found),
        ..
    } = &refused
    else {
        panic!("{refused:?}");
    };
    assert!(found.contains("close the old bridge this year"), "{found}");
    assert!(!found.contains("Nobody"));
    assert!(refused.to_string().contains("; nearest to it is "));
    let refused = locate(text, "completely unrelated words", None, None).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the text does not contain \"completely unrelated words\""
    );
    // Whatever the script.
    let near = nearest(
        "\u{603b}\u{7edf}\u{8bf4}\u{516c}\u{6295}\u{5c06}\u{5728}\u{660e}\u{5e74}\u{4e3e}\u{884c}\u{3002}\u{6ca1}\u{6709}\u{4eba}",
        "\u{516c}\u{6295}\u{4f1a}\u{5728}\u{660e}\u{5e74}\u{4e3e}\u{884c}",
    );
    assert!(
        near.unwrap()
            .contains("\u{5728}\u{660e}\u{5e74}\u{4e3e}\u{884c}")
    );
    assert_eq!(nearest("", "words"), None);
    assert_eq!(nearest("words", " \u{2014} "), None);
}

#[test]
fn the_nearest_passage_costs_no_more_than_the_text() {
    let begun = std::time::Instant::now();
    let filler = "the same words again and the ".repeat(100_000);
    let text = format!(
        "{}A unique sentence nobody else wrote here. {filler}",
        &filler[..100_000]
    );
    let near = nearest(&text, "a unique sentence that nobody else wrote").unwrap();
    assert!(near.contains("unique sentence nobody else wrote"), "{near}");
    let long_quote = "again and the same words ".repeat(2_000);
    nearest(&text, &long_quote).unwrap();
    nearest(&"a".repeat(3_000_000), &"b".repeat(30_000));
    assert!(begun.elapsed() < std::time::Duration::from_mins(1));
}

#[test]
fn folding_is_for_matching_in_any_script() {
    for (a, b) in [
        ("Stra\u{df}e", "STRASSE"),
        ("n\u{e9}e", "ne\u{301}e"),
        (
            "\u{3a3}\u{3bf}\u{3c6}\u{3cc}\u{3c2}",
            "\u{3c3}\u{3bf}\u{3c6}\u{3bf}\u{3c3}",
        ),
        ("\u{fb01}ne", "fine"),
        ("don\u{2019}t", "don't"),
        (
            "\u{643}\u{64e}\u{62a}\u{64e}\u{628}",
            "\u{643}\u{62a}\u{628}",
        ),
        (
            "\u{43f}\u{440}\u{43e}\u{439}\u{434}\u{451}\u{442}",
            "\u{41f}\u{420}\u{41e}\u{418}\u{414}\u{415}\u{422}",
        ),
        ("\u{ff21}\u{ff22}\u{ff11}", "ab1"),
        ("soft\u{ad}ly", "softly"),
        ("\u{915}", "\u{915}\u{93c}"),
    ] {
        assert_eq!(fold(a), fold(b), "{a} {b}");
    }
    // Characters that make another letter are kept.
    for (a, b) in [
        ("\u{9a1}", "\u{9a1}\u{9bc}"),
        ("\u{304b}", "\u{304c}"),
        ("\u{915}\u{940}", "\u{915}\u{947}"),
        ("\u{e01}\u{e48}", "\u{e01}\u{e49}"),
    ] {
        assert_ne!(fold(a), fold(b), "{a} {b}");
    }
    assert_eq!(
        terms("\u{516c}\u{6295} in 2015").collect::<Vec<_>>(),
        ["\u{516c}", "\u{516c}\u{6295}", "\u{6295}", "in", "2015"]
    );
}

#[test]
fn claims_with_nearly_the_same_words_are_found() {
    let near = |a: &str, b: &str| near_duplicates(a, [((), b)]).first().map(|n| n.score);
    for (a, b) in [
        (
            "The referendum will be held in 2016.",
            "the referendum will be held in 2016",
        ),
        (
            "The referendum will be held in 2016.",
            "The referendum will not be held in 2016.",
        ),
        (
            "The referendum will be held in 2016.",
            "In 2016, the referendum will be held",
        ),
        (
            "The mayor closed the old bridge on Monday",
            "The mayor closed the old bridge on Tuesday",
        ),
        (
            "\u{201c}We won\u{2019}t pay\u{201d}, he said",
            "\"We won't pay\", he said",
        ),
        (
            "\u{420}\u{435}\u{444}\u{435}\u{440}\u{435}\u{43d}\u{434}\u{443}\u{43c} \u{43f}\u{440}\u{43e}\u{439}\u{434}\u{451}\u{442} \u{432}\u{435}\u{441}\u{43d}\u{43e}\u{439}",
            "\u{440}\u{435}\u{444}\u{435}\u{440}\u{435}\u{43d}\u{434}\u{443}\u{43c} \u{43f}\u{440}\u{43e}\u{439}\u{434}\u{435}\u{442} \u{432}\u{435}\u{441}\u{43d}\u{43e}\u{439}!",
        ),
        (
            "\u{603b}\u{7edf}\u{8bf4}\u{516c}\u{6295}\u{5c06}\u{5728}\u{660e}\u{5e74}\u{4e3e}\u{884c}",
            "\u{603b}\u{7edf}\u{8bf4}\u{516c}\u{6295}\u{4f1a}\u{5728}\u{660e}\u{5e74}\u{4e3e}\u{884c}",
        ),
        (
            "\u{644}\u{646} \u{64a}\u{62c}\u{631}\u{649} \u{627}\u{644}\u{627}\u{633}\u{62a}\u{641}\u{62a}\u{627}\u{621}",
            "\u{644}\u{646} \u{64a}\u{64f}\u{62c}\u{631}\u{649} \u{627}\u{644}\u{627}\u{633}\u{62a}\u{641}\u{62a}\u{627}\u{621}",
        ),
    ] {
        assert!(near(a, b).is_some_and(|score| score >= NEAR), "{a} | {b}");
    }
    for (a, b) in [
        (
            "The referendum will be held in 2016.",
            "The bridge will be closed in the spring.",
        ),
        (
            "Unemployment fell to five per cent",
            "Inflation rose to five per cent in May",
        ),
        (
            "The mayor closed the bridge",
            "The bridge that the former mayor built was never closed by anybody",
        ),
        (
            "\u{420}\u{435}\u{444}\u{435}\u{440}\u{435}\u{43d}\u{434}\u{443}\u{43c} \u{43f}\u{440}\u{43e}\u{439}\u{434}\u{451}\u{442} \u{432}\u{435}\u{441}\u{43d}\u{43e}\u{439}",
            "\u{41c}\u{43e}\u{441}\u{442} \u{437}\u{430}\u{43a}\u{440}\u{43e}\u{44e}\u{442} \u{43e}\u{441}\u{435}\u{43d}\u{44c}\u{44e}",
        ),
        (
            "\u{603b}\u{7edf}\u{8bf4}\u{516c}\u{6295}\u{5c06}\u{5728}\u{660e}\u{5e74}\u{4e3e}\u{884c}",
            "\u{5e02}\u{957f}\u{5173}\u{95ed}\u{4e86}\u{65e7}\u{6865}",
        ),
        ("words", ""),
        ("", ""),
    ] {
        assert_eq!(near(a, b), None, "{a} | {b}");
    }
    let ranked = near_duplicates(
        "He said no to the bridge",
        [
            (0, "He said no to a bridge"),
            (1, "Nothing alike"),
            (2, "he said NO to the bridge"),
        ],
    );
    let order: Vec<i32> = ranked.iter().map(|n| n.key).collect();
    assert_eq!(order, [2, 0]);
    assert!((ranked[0].score - 1.0).abs() < 1e-9);
}

proptest! {
    #[test]
    fn an_excerpt_is_found_in_its_text(text in "[a-c\u{e9}\u{1f600} ]{1,60}", from in 0..60_usize, length in 1..20_usize) {
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
