//! The damages, a row each.

use super::{BUNDLE, Case, OLD_BUNDLE, Row, TILE, fault, note};
use claimledger::host::disk::Disk as _;
use claimledger::ledger::writer::CheckpointSigner as _;
use claimledger_core::Code;
use claimledger_core::EntryIndex;
use claimledger_core::audit::finding::code;
use claimledger_core::audit::{TextAgain, Texts};
use claimledger_core::crypto::sha256;
use claimledger_core::log::{ReadSeek, closed};
use claimledger_core::model::FreeText;
use claimledger_core::model::evidence::Stance;
use claimledger_core::model::snapshot::{
    ArchiveProof, ArchiveProofKind, ExtractedText, Holding, Snapshot,
};
use claimledger_core::model::source::{Capture, Quotation, QuotationState, SourceCapture};
use claimledger_core::tlog::note::VerifierKey;
use claimledger_testing::torsion::torsion_signature;
use claimledger_testing::{DOCUMENT, ORIGIN, checkpoint_key, forge, key, say};
use std::sync::Arc;

/// A byte of an entry's payload in the newest bundle: entry 8 is a claim that nothing names.
fn byte_of_entry_8(case: &Case) -> usize {
    let before: usize = case.entries[..8].iter().map(|entry| entry.len() + 2).sum();
    let words = b"has 4 arches";
    let entry = &case.entries[8];
    let at = entry.windows(words.len()).position(|w| w == words).unwrap();
    before + 2 + at + 4
}

pub(super) fn in_the_log() -> Vec<Row> {
    vec![
        Row("nothing is wrong", |_| {}, vec![]),
        Row(
            "one byte of an entry is altered: it is named, and those after it are not blamed",
            |case| case.alter(BUNDLE, byte_of_entry_8(case)),
            vec![
                fault(code::LEAF_MISMATCH, "entry 8"),
                fault(code::SIGNATURE_INVALID, "entry 8"),
                fault(code::TILE_MISMATCH, TILE),
                fault(code::TILE_MISMATCH, OLD_BUNDLE),
                fault(code::TILE_MISMATCH, "tile/entries/000.p/12"),
                fault(code::ROOT_MISMATCH, "checkpoint"),
            ],
        ),
        Row(
            "a claim has a character that changes the direction of writing",
            |case| {
                let mut claim = say::claim(70);
                claim.text = FreeText::open("The bridge \u{202e}closes.").unwrap();
                case.last(claim, None);
            },
            vec![note(code::UNSEEN_CHARACTERS, "entry 12")],
        ),
        Row(
            "the newest bundle is gone",
            |case| case.ledger.disk.remove(BUNDLE).unwrap(),
            vec![fault(code::TILE_MISSING, BUNDLE)],
        ),
        Row(
            "a bundle is short",
            |case| {
                let bytes = case.read(BUNDLE);
                case.put(BUNDLE, &bytes[..bytes.len() - 1]);
            },
            vec![fault(code::BUNDLE_MALFORMED, BUNDLE)],
        ),
        Row(
            "a bundle is long",
            |case| case.put(BUNDLE, &[&case.read(BUNDLE)[..], b"\0"].concat()),
            vec![fault(code::BUNDLE_MALFORMED, BUNDLE)],
        ),
        Row(
            "an older bundle tells another story",
            |case| case.alter(OLD_BUNDLE, 20),
            vec![fault(code::TILE_MISMATCH, OLD_BUNDLE)],
        ),
        Row(
            "a hash of a tile is altered: the entry under it is named",
            |case| case.alter(TILE, 32 * 6),
            vec![
                fault(code::LEAF_MISMATCH, "entry 6"),
                fault(code::TILE_MISMATCH, TILE),
                fault(code::TILE_MISMATCH, "tile/0/000.p/12"),
                fault(code::TILE_MISMATCH, "tile/0/000.p/9"),
            ],
        ),
        Row(
            "a tile is short",
            |case| case.put(TILE, &case.read(TILE)[1..]),
            vec![
                fault(code::TILE_SIZE, TILE),
                fault(code::TILE_MISMATCH, "tile/0/000.p/12"),
                fault(code::TILE_MISMATCH, "tile/0/000.p/3"),
                fault(code::TILE_MISMATCH, "tile/0/000.p/9"),
            ],
        ),
        Row(
            "a tile is gone",
            |case| case.ledger.disk.remove(TILE).unwrap(),
            vec![fault(code::TILE_MISSING, TILE)],
        ),
        Row(
            "an entry is written anew with its tree and head: the chain breaks after it, and signers saw another history",
            |case| {
                forge::change(&mut case.entries, 8, forge::later(1));
                case.seal();
            },
            [9, 10, 11, 12]
                .iter()
                .map(|n| fault(Code::SeenNotOurs, &format!("entry {n}")))
                .chain([fault(Code::ChainBroken, "entry 9")])
                .collect(),
        ),
    ]
}

pub(super) fn in_one_entry() -> Vec<Row> {
    vec![
        Row(
            "an entry stands in another's place",
            |case| {
                forge::change(&mut case.entries, 12, |entry| {
                    entry.index = EntryIndex::new(7);
                });
                case.seal();
            },
            vec![fault(Code::EntryIndex, "entry 12")],
        ),
        Row(
            "time runs backwards",
            |case| {
                forge::change(&mut case.entries, 12, forge::earlier(1_000));
                case.seal();
            },
            vec![fault(Code::TimeBackwards, "entry 12")],
        ),
        Row(
            "an entry is two days ahead",
            |case| {
                forge::change(&mut case.entries, 12, forge::later(172_800_000));
                case.seal();
            },
            vec![note(code::TIME_IN_FUTURE, "entry 12")],
        ),
        Row(
            "the bytes are no entry",
            |case| {
                case.entries[12] = vec![1, 2, 3];
                case.seal();
            },
            vec![fault(Code::EntryMalformed, "entry 12")],
        ),
        Row(
            "the entry is of another version",
            |case| {
                case.entries[12][0] = 9;
                case.seal();
            },
            vec![fault(Code::EntryVersion, "entry 12")],
        ),
        Row(
            "the entry has bytes to spare",
            |case| {
                case.entries[12].push(0);
                case.seal();
            },
            vec![fault(Code::EntryNotCanonical, "entry 12")],
        ),
        Row(
            "the entry names another key than its statement",
            |case| {
                forge::change(&mut case.entries, 12, |entry| entry.key = key(9).public());
                case.seal();
            },
            vec![fault(Code::EntryKeyMismatch, "entry 12")],
        ),
        Row(
            "a valid entry holds a malformed statement, signed as it is",
            |case| {
                let payload = br#"{"issued":"2025-10-09T08:53:20Z","type":"claim.add"}"#;
                let signature = case.ledger.founder.sign_payload(payload);
                forge::change(&mut case.entries, 12, |entry| {
                    entry.payload = payload.to_vec();
                    entry.signature = signature;
                });
                case.seal();
            },
            vec![fault(Code::FieldMissing, "entry 12")],
        ),
        Row(
            "a signature is somebody else's",
            |case| {
                let other = *case.ledger.voice(9).sign_payload(b"other words").as_bytes();
                case.last(say::claim(70), Some(other));
            },
            vec![fault(code::SIGNATURE_INVALID, "entry 12")],
        ),
        Row("a signature with torsion in R passes", torsion, vec![]),
        Row(
            "a signature with torsion in R is not portable",
            |case| {
                torsion(case);
                case.options.portable = true;
            },
            vec![fault(code::SIGNATURE_NOT_PORTABLE, "entry 12")],
        ),
        Row(
            "a key that was never enrolled has signed",
            |case| {
                let parsed = case.ledger.voice(9).say(say::claim(71));
                forge::replace(&mut case.entries, 12, &parsed, None);
                case.seal();
            },
            vec![fault(Code::KeyNotEnrolled, "entry 12")],
        ),
    ]
}

fn torsion(case: &mut Case) {
    let statement = case.ledger.founder.statement(None, say::claim(70));
    let pae = claimledger_core::envelope::pae(&statement.encode());
    let crafted = torsion_signature([claimledger_testing::FOUNDER; 32], &pae);
    case.last(say::claim(70), Some(*crafted.as_bytes()));
}

pub(super) fn in_the_head() -> Vec<Row> {
    vec![
        Row(
            "the checkpoint is no note",
            |case| case.put("checkpoint", b"desk.example/facts\n13\n"),
            vec![fault(code::CHECKPOINT_MALFORMED, "checkpoint")],
        ),
        Row(
            "the checkpoint covers nothing: anybody could have signed it",
            |case| case.put("checkpoint", &forge::head(&[])),
            vec![fault(code::CHECKPOINT_MALFORMED, "checkpoint")],
        ),
        Row(
            "the checkpoint is of another ledger",
            |case| {
                let head = forge::head_by(&case.entries, "other.example", &key(9));
                case.put("checkpoint", &head);
            },
            vec![
                fault(code::CHECKPOINT_ORIGIN, "checkpoint"),
                fault(code::CHECKPOINT_SIGNATURE, "checkpoint"),
            ],
        ),
        Row(
            "the checkpoint is signed by another key",
            |case| {
                let head = forge::head_by(&case.entries, ORIGIN, &key(9));
                case.put("checkpoint", &head);
            },
            vec![fault(code::CHECKPOINT_SIGNATURE, "checkpoint")],
        ),
        Row(
            "the root is another's",
            |case| {
                let mut others = case.entries.clone();
                others[0].push(0);
                case.put("checkpoint", &forge::head(&others));
            },
            vec![fault(code::ROOT_MISMATCH, "checkpoint")],
        ),
        Row(
            "another ledger was expected",
            |case| case.options.ledger_id = Some(case.ledger.scale),
            vec![fault(code::LEDGER_ID, "checkpoint")],
        ),
        Row(
            "this machine remembers another ledger",
            |case| case.options.remembered = Some(case.ledger.scale),
            vec![fault(code::LEDGER_ID, "checkpoint")],
        ),
        Row(
            "another key was expected",
            |case| {
                let other = VerifierKey::new(say::word(ORIGIN), key(9).public());
                case.options.ledger_key = Some(other);
            },
            vec![fault(code::LEDGER_KEY, "checkpoint")],
        ),
        Row(
            "it continues the head that the auditor kept",
            |case| {
                let kept = forge::head(&case.entries[..5]);
                case.options.against = Some(kept);
            },
            vec![],
        ),
        Row(
            "entries that the auditor has seen were taken back",
            |case| {
                case.options.against = Some(forge::head(&case.entries));
                case.entries.truncate(9);
                case.seal();
            },
            vec![fault(code::NOT_A_CONTINUATION, "checkpoint")],
        ),
        Row(
            "history was forked",
            |case| {
                case.options.against = Some(forge::head(&case.entries));
                case.last(say::claim(99), None);
            },
            vec![fault(code::NOT_A_CONTINUATION, "checkpoint")],
        ),
        Row(
            "the head that the auditor kept is of another ledger",
            |case| {
                let kept = forge::head_by(&case.entries, ORIGIN, &key(9));
                case.options.against = Some(kept);
            },
            vec![fault(code::NOT_A_CONTINUATION, "checkpoint")],
        ),
    ]
}

pub(super) fn beside_the_log() -> Vec<Row> {
    vec![
        Row(
            "a file does not belong",
            |case| {
                case.put("notes.txt", b"x");
                case.put("tile/0/0", b"x");
                case.put("snapshots/readme", b"x");
            },
            ["notes.txt", "tile/0/0", "snapshots/readme"]
                .map(|name| note(code::STRAY_FILE, name))
                .to_vec(),
        ),
        Row(
            "an append is running or was interrupted",
            |case| {
                case.put("tile/entries/000.p/14", b"x");
                case.put("checkpoint.next", b"x");
            },
            vec![
                note(code::BEYOND_CHECKPOINT, "tile/entries/000.p/14"),
                note(code::COMMIT_PENDING, "checkpoint.next"),
            ],
        ),
        Row(
            "the copy is closed",
            |case| {
                let writer = case.ledger.take_writer();
                writer
                    .close("it goes on elsewhere", &checkpoint_key())
                    .unwrap();
            },
            vec![note(code::COPY_CLOSED, closed::FILE)],
        ),
        Row(
            "the closing is of another head, by the ledger's own key",
            |case| {
                let mut head = case.ledger.head().clone();
                head.root = claimledger_core::crypto::sha256(&[b"another"]);
                let sign = |_: &VerifierKey, text: &[u8]| checkpoint_key().sign(text);
                let note = closed::sign(&head, "it goes on elsewhere", sign).unwrap();
                case.put(closed::FILE, &note);
            },
            vec![fault(code::CLOSED_INVALID, closed::FILE)],
        ),
        Row(
            "the closing is of more entries than there are",
            |case| {
                let mut head = case.ledger.head().clone();
                head.size = head.size.next().size_through();
                let sign = |_: &VerifierKey, text: &[u8]| checkpoint_key().sign(text);
                let note = closed::sign(&head, "it goes on elsewhere", sign).unwrap();
                case.put(closed::FILE, &note);
            },
            vec![fault(code::CLOSED_INVALID, closed::FILE)],
        ),
        Row(
            "the closing is nobody's",
            |case| case.put(closed::FILE, b"closed because I say so\n"),
            vec![fault(code::CLOSED_INVALID, closed::FILE)],
        ),
        Row(
            "the closing was altered",
            |case| {
                let writer = case.ledger.take_writer();
                writer
                    .close("it goes on elsewhere", &checkpoint_key())
                    .unwrap();
                case.alter(closed::FILE, 30);
            },
            vec![fault(code::CLOSED_INVALID, closed::FILE)],
        ),
    ]
}

pub(super) fn snapshots_and_excerpts() -> Vec<Row> {
    vec![
        Row(
            "a snapshot was altered; its excerpts may or may not stand",
            |case| {
                let file = case.snapshot();
                case.alter(&file, 0);
            },
            vec![fault(code::SNAPSHOT_ALTERED, "entry 5 and its file")],
        ),
        Row(
            "a file that no entry speaks of is not read",
            |case| {
                let digest = case.ledger.keep(b"kept for a source that was never added");
                case.alter(&claimledger_core::log::blobs::path_of(&digest), 0);
            },
            vec![note(code::STRAY_FILE, "a snapshot")],
        ),
        Row(
            "a snapshot is withheld or lost",
            |case| {
                let file = case.snapshot();
                case.ledger.disk.remove(&file).unwrap();
            },
            vec![note(code::SNAPSHOT_ABSENT, "entry 5 and its file")],
        ),
        Row(
            "a snapshot is longer than its source says",
            |case| {
                let file = case.snapshot();
                let mut bytes = case.ledger.disk.read(&file).unwrap().unwrap();
                bytes.push(b'x');
                case.put(&file, &bytes);
            },
            vec![fault(code::SNAPSHOT_LENGTH, "entry 5 and its file")],
        ),
        Row(
            "a source says another length",
            |case| {
                case.ledger.keep(b"short");
                let mut snapshot = say::snapshot(b"short", Holding::Held);
                snapshot.bytes = 6;
                case.last(say::captured("Short", snapshot), None);
            },
            vec![fault(code::SNAPSHOT_LENGTH, "entry 12 and its file")],
        ),
        Row(
            "only the digest was kept, and nothing is missing",
            |case| {
                let snapshot = say::snapshot(b"short", Holding::HashOnly);
                case.last(say::captured("Short", snapshot), None);
            },
            vec![],
        ),
        Row(
            "an excerpt is not in its text",
            |case| {
                let mut evidence = quoting(case, DOCUMENT.as_bytes());
                evidence.excerpt = Some(say::excerpt(DOCUMENT.as_bytes(), "two arches", 10));
                case.last(evidence, None);
            },
            vec![fault(code::EXCERPT_BROKEN, "entry 12")],
        ),
        Row(
            "an excerpt quotes what is no text",
            |case| {
                let bytes = b"\xff\xfe";
                case.ledger.keep(bytes);
                let article = claimledger_core::entry::Entry::decode(&case.entries[5]).unwrap();
                let captured = case.ledger.founder.say(SourceCapture {
                    quotations: Vec::new(),
                    snapshot: say::snapshot(bytes, Holding::Held),
                    source: article.envelope().unwrap().id(),
                });
                forge::replace(&mut case.entries, 11, &captured, None);
                forge::chain(&mut case.entries, 12);
                let evidence = quoting(case, bytes);
                case.last(evidence, None);
            },
            vec![fault(code::EXCERPT_NO_TEXT, "entry 12")],
        ),
    ]
}

/// Evidence about the claim of the small case, with a quotation from these bytes.
fn quoting(case: &Case, document: &[u8]) -> claimledger_core::model::evidence::Evidence {
    let id = |at: usize| {
        let entry = claimledger_core::entry::Entry::decode(&case.entries[at]).unwrap();
        entry.envelope().unwrap().id()
    };
    let mut evidence = say::bare_evidence(id(4), id(5), Stance::Supports);
    evidence.excerpt = Some(say::excerpt(document, "x", 0));
    evidence
}

/// The support of the small case quotes "The bridge has three arches"; the doubt and the bare evidence follow it.
const SUPPORT: usize = 9;
const DOUBT: usize = 10;
const BARE: usize = 11;

/// A later capture of the article with this text, which says this of earlier quotations.
/// The entry that quotes, the state that the capture gives, and the new position.
type Said = (usize, QuotationState, Option<(u64, u64)>);

fn looking(case: &mut Case, text: &str, said: &[Said]) {
    case.ledger.keep(text.as_bytes());
    let id = |at: usize| {
        let entry = claimledger_core::entry::Entry::decode(&case.entries[at]).unwrap();
        entry.envelope().unwrap().id()
    };
    let mut quotations: Vec<Quotation> = said
        .iter()
        .map(|(at, state, place)| Quotation {
            end: place.map(|(_, end)| end),
            start: place.map(|(start, _)| start),
            state: *state,
            statement: id(*at),
        })
        .collect();
    quotations.sort_by_key(|said| said.statement);
    let capture = SourceCapture {
        quotations,
        snapshot: say::snapshot(text.as_bytes(), Holding::Held),
        source: id(5),
    };
    case.last(capture, None);
}

/// What a later capture says of earlier quotations.
pub(super) fn captures() -> Vec<Row> {
    use QuotationState::{Gone, Moved, There};
    const LATER: &str = "Corrected: \"The bridge has three arches\", the ministry said.";
    vec![
        Row(
            "a capture says of each quotation what its text has",
            |case| {
                looking(
                    case,
                    LATER,
                    &[(SUPPORT, Moved, Some((12, 39))), (DOUBT, Gone, None)],
                );
            },
            vec![],
        ),
        Row(
            "the text of a capture that looked for quotations is not here",
            |case| {
                looking(case, LATER, &[(SUPPORT, There, None)]);
                let file = claimledger_core::log::blobs::path_of(&sha256(&[LATER.as_bytes()]));
                case.ledger.disk.remove(&file).unwrap();
            },
            vec![note(code::SNAPSHOT_ABSENT, "entry 12 and its file")],
        ),
        Row(
            "a capture says that a quotation is still there, and it is at another place",
            |case| looking(case, LATER, &[(SUPPORT, There, None), (DOUBT, Gone, None)]),
            vec![fault(code::QUOTATION_MISSTATED, "entry 12")],
        ),
        Row(
            "a capture says that a quotation is still there, and it is gone",
            |case| looking(case, LATER, &[(DOUBT, There, None)]),
            vec![fault(code::QUOTATION_MISSTATED, "entry 12")],
        ),
        Row(
            "a capture says that a quotation is gone, and it is still there",
            |case| {
                looking(
                    case,
                    DOCUMENT,
                    &[(SUPPORT, Gone, None), (DOUBT, There, None)],
                );
            },
            vec![fault(code::QUOTATION_MISSTATED, "entry 12")],
        ),
        Row(
            "a capture names another place than that of the words",
            |case| looking(case, LATER, &[(SUPPORT, Moved, Some((11, 38)))]),
            vec![fault(code::QUOTATION_MISSTATED, "entry 12")],
        ),
        Row(
            "a capture speaks of the quotation of a statement that quotes nothing",
            |case| looking(case, LATER, &[(BARE, Gone, None)]),
            vec![fault(code::QUOTATION_MISSTATED, "entry 12")],
        ),
    ]
}

/// An extractor that finds the same words in everything.
#[derive(Debug)]
struct Constant(&'static str);

impl Texts for Constant {
    fn extract(&self, _: &Snapshot, _: &mut dyn ReadSeek) -> TextAgain {
        TextAgain::SameRevision(self.0.to_owned())
    }

    /// One digest of a record, and it is wrong.
    fn archive_proofs(&self, _: &Snapshot, _: &mut dyn ReadSeek) -> Option<Vec<ArchiveProof>> {
        Some(vec![digest_of_a_record(0)])
    }
}

/// What a web archive with one digest of a record proves: that it holds, if `valid` is 1.
fn digest_of_a_record(valid: u64) -> ArchiveProof {
    ArchiveProof {
        absent: 0,
        detail: None,
        unchecked: 0,
        valid,
        what: ArchiveProofKind::Blocks,
        wrong: 1 - valid,
    }
}

/// Texts beside the log, with an auditor who has the extractor that the snapshot names.
pub fn texts() -> Vec<Row> {
    let proofs = Row(
        "a web archive of which the entry says that its digest holds, and it does not",
        |case| {
            let archive = b"WARC/1.0";
            case.ledger.keep(archive);
            let mut source = say::captured("An archive", say::snapshot(archive, Holding::Held));
            if let Capture::Captured(snapshot) = &mut source.capture {
                snapshot.media_type = say::word("application/warc");
                snapshot.archive_proofs = vec![digest_of_a_record(1)];
            }
            case.last(source, None);
            case.options.texts = Some(Arc::new(Constant("")));
        },
        vec![note(code::ARCHIVE_PROOF_WRONG, "entry 12")],
    );
    let texts = Row(
        "a text that its extractor does not find in the bytes",
        |case| {
            let forged = b"The mayor admitted it.";
            let page = b"<p>The mayor denied it.</p>";
            case.ledger.keep(page);
            case.ledger.keep(forged);
            let mut source = say::captured("A page", say::snapshot(page, Holding::Held));
            if let Capture::Captured(snapshot) = &mut source.capture {
                snapshot.media_type = say::word("text/html");
                snapshot.text = Some(ExtractedText {
                    charset: None,
                    extractor: say::text("reader 1"),
                    page: None,
                    sha256: sha256(&[forged]),
                });
            }
            case.last(source, None);
            case.options.texts = Some(Arc::new(Constant("The mayor denied it.")));
        },
        vec![fault(code::TEXT_NOT_OF_BYTES, "entry 12")],
    );
    vec![texts, proofs]
}
