//! A real ledger of 600 entries under other people's software: `signed_note`, `tlog_tiles`, `ct-merkle`, and stock
//! `openssl` and `ssh-keygen` where the machine has them.

use claimledger::host::clock::FixedClock;
use claimledger::host::disk::FolderDisk;
use claimledger::keystore::file as key_file;
use claimledger::ledger::writer::CheckpointSigner;
use claimledger::ledger::{Error, Writer};
use claimledger::store;
use claimledger_core::UnixMillis;
use claimledger_core::audit;
use claimledger_core::crypto::{PublicKey, SecretKey, Signature};
use claimledger_core::envelope::{Parsed, pae, seal};
use claimledger_core::log::tiles::read_entries;
use claimledger_core::model::claim::{About, Claim, Claimants, Wording};
use claimledger_core::model::organisation::Organisation;
use claimledger_core::model::{Body, FreeText, Seen, Statement, StatementId, ledger};
use claimledger_core::rules::MemoryView;
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::merkle::{Frontier, leaf_hash};
use claimledger_core::tlog::note::VerifierKey;
use claimledger_core::{EntryIndex, TreeSize};
use signed_note::{StandardVerifier, Verifier as _, VerifierList};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use tlog_tiles::{Tile, TileHashReader, TileReader};
use zeroize::Zeroizing;

const ORIGIN: &str = "facts.example/ledger";
const NOW: UnixMillis = UnixMillis::new(1_769_860_800_000);
const SIZE: u64 = 600;

fn secret(byte: u8) -> SecretKey {
    SecretKey::from_seed(&Zeroizing::new([byte; 32]))
}

/// The checkpoint key: of the cross-checked vectors, so that its verifier key is known from elsewhere.
struct LogKey;

impl CheckpointSigner for LogKey {
    fn public(&self) -> PublicKey {
        secret(1).public()
    }
    fn sign(&self, text: &[u8]) -> Result<Signature, Box<dyn std::error::Error + Send + Sync>> {
        Ok(secret(1).sign(text))
    }
}

fn said(body: Body, ledger: Option<StatementId>, seen: Option<Seen>) -> Parsed {
    let statement = Statement {
        statement_type: body.statement_type(),
        body,
        issued: "2026-01-31T12:00:00Z".parse().unwrap(),
        key: secret(4).public(),
        label: None,
        ledger,
        seen,
    };
    seal(&statement, |words| {
        Ok::<_, claimledger_core::envelope::Error>(secret(4).sign(words))
    })
    .unwrap()
}

fn creation() -> Parsed {
    let create = ledger::Create {
        checkpoint_key: secret(1).public(),
        holder: "anna".parse().unwrap(),
        name: None,
        organisation: Organisation {
            corrections_policy: None,
            languages: Vec::new(),
            name: FreeText::open("The Desk").unwrap(),
            organisation: "desk".parse().unwrap(),
            url: None,
        },
        origin: ORIGIN.parse().unwrap(),
        recovery: None,
        rules: claimledger_core::rules::RULES_VERSION,
        succeeds: None,
        title: FreeText::open("Facts").unwrap(),
    };
    said(create.into(), None, None)
}

fn claim(number: u64) -> Body {
    Claim {
        topics: Vec::new(),
        about: About::Fact,
        appeared_in: Vec::new(),
        claimants: Claimants::Unknown,
        correction: None,
        due: None,
        language: Some("en".parse().unwrap()),
        made: None,
        original: None,
        text: FreeText::open(format!("Bridge {number} is closed.")).unwrap(),
        wording: Wording::Reported,
    }
    .into()
}

/// A ledger of [`SIZE`] entries in `folder`, written in two commits, the second inside a bundle.
fn write_ledger(folder: &Path) -> Writer<FolderDisk> {
    let clock = FixedClock::at(NOW);
    let first = creation();
    let id = first.id();
    let mut batch = vec![first];
    batch.extend((1..300).map(|number| said(claim(number), Some(id), None)));
    let (mut writer, _, admitted) =
        Writer::create(FolderDisk::new(folder), None, batch, &clock, &LogKey).unwrap();
    let mut view = MemoryView::default();
    let mut tree = Frontier::new();
    for (entry, bytes) in admitted.iter().zip(
        read_entries(
            writer.reader(),
            EntryIndex::new(0),
            TreeSize::new(300),
            TreeSize::new(300),
        )
        .unwrap(),
    ) {
        tree.push(leaf_hash(&bytes));
        view.apply(&entry.changes, tree.root());
    }
    let seen = Seen {
        root: writer.head().root,
        size: TreeSize::new(300),
    };
    let batch = (300..SIZE)
        .map(|number| said(claim(number), Some(id), Some(seen)))
        .collect();
    let (receipts, _) = writer
        .append(batch, &view, &clock, &LogKey)
        .map_err(|e: Error| e.to_string())
        .unwrap();
    assert_eq!(receipts.last().unwrap().index, EntryIndex::new(SIZE - 1));
    writer
}

/// The entries of the ledger in `folder`, divided by hand: u16 length, big endian, and that many bytes.
fn entries_by_hand(folder: &Path) -> Vec<Vec<u8>> {
    let mut entries = Vec::new();
    for name in ["000", "001", "002.p/88"] {
        let bytes = std::fs::read(folder.join("tile/entries").join(name)).unwrap();
        let mut rest = &bytes[..];
        while let Some((length, after)) = rest.split_first_chunk::<2>() {
            let (entry, after) = after.split_at(usize::from(u16::from_be_bytes(*length)));
            entries.push(entry.to_vec());
            rest = after;
        }
    }
    assert_eq!(entries.len() as u64, SIZE);
    entries
}

/// Reads our folder as a client of `tlog_tiles`, whose paths say `tile/8/<level>`.
struct TheirClient<'a>(&'a Path);

impl TileReader for TheirClient<'_> {
    fn height(&self) -> u8 {
        8
    }
    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::tlog::Error> {
        Ok(tiles
            .iter()
            .map(|tile| std::fs::read(self.0.join(our_path(tile))).unwrap())
            .collect())
    }
    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

fn our_path(tile: &Tile) -> String {
    tile.path().replacen("tile/8/", "tile/", 1)
}

#[test]
fn other_implementations_read_our_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let writer = write_ledger(folder);
    their_checkpoint(folder, &writer);
    their_tiles(folder);
    their_tree(folder, &writer);
    their_proofs(folder, &writer);
    let report = audit::run(
        &store::Files::new(FolderDisk::new(folder)),
        &audit::Options {
            now_millis: NOW,
            portable: true,
            ..audit::Options::default()
        },
        &mut |_, _| {},
    )
    .unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

/// `signed_note` accepts the file `checkpoint` under the vkey, and `tlog_tiles` reads the same head in it.
fn their_checkpoint(folder: &Path, writer: &Writer<FolderDisk>) {
    let bytes = std::fs::read(folder.join("checkpoint")).unwrap();
    let verifier = StandardVerifier::new(LOG_VKEY).unwrap();
    assert_eq!(verifier.name(), ORIGIN);
    let note = signed_note::Note::from_bytes(&bytes).unwrap();
    let (verified, unverified) = note
        .verify(&VerifierList::new(vec![Box::new(verifier)]))
        .unwrap();
    assert_eq!((verified.len(), unverified.len()), (1, 0));
    let head = tlog_tiles::Checkpoint::from_bytes(note.text()).unwrap();
    assert_eq!(
        (head.origin(), head.size(), head.extension()),
        (ORIGIN, SIZE, "")
    );
    assert_eq!(head.hash().0, *writer.head().root.as_bytes());
}

/// Every hash tile in the folder is one that `tlog_tiles` asks for at this size, with the bytes that it computes, and
/// none is missing.
fn their_tiles(folder: &Path) {
    let mut stored = Stored(Vec::new());
    for (index, entry) in (0_u64..).zip(entries_by_hand(folder)) {
        let hashes = tlog_tiles::stored_hashes(index, &entry, &stored).unwrap();
        stored.0.extend(hashes);
    }
    let theirs = Tile::new_tiles(8, 0, SIZE);
    for tile in &theirs {
        let ours = std::fs::read(folder.join(our_path(tile))).unwrap();
        assert_eq!(ours, tile.read_data(&stored).unwrap(), "{}", tile.path());
    }
    let theirs: BTreeSet<String> = theirs.iter().map(our_path).collect();
    let files = claimledger::host::disk::Disk::list(&FolderDisk::new(folder), "tile").unwrap();
    let ours: BTreeSet<String> = files
        .into_iter()
        .filter(|path| !path.starts_with("tile/entries/"))
        .collect();
    assert!(theirs.is_subset(&ours), "{theirs:?} {ours:?}");
    for path in &ours {
        // A partial tile of an older size may stand until its full tile is committed.
        Tile::from_path(&path.replacen("tile/", "tile/8/", 1)).unwrap();
    }
}

struct Stored(Vec<tlog_tiles::Hash>);

impl tlog_tiles::HashReader for Stored {
    fn read_hashes(
        &self,
        indexes: &[u64],
    ) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::tlog::Error> {
        Ok(indexes
            .iter()
            .map(|at| self.0[usize::try_from(*at).unwrap()])
            .collect())
    }
}

/// `ct-merkle` makes the same root of the same leaves.
fn their_tree(folder: &Path, writer: &Writer<FolderDisk>) {
    let mut tree = ct_merkle::mem_backed_tree::MemoryBackedTree::<sha2::Sha256, Vec<u8>>::new();
    for entry in entries_by_hand(folder) {
        tree.push(entry);
    }
    assert_eq!(
        tree.root().as_bytes().as_slice(),
        writer.head().root.as_bytes()
    );
}

/// A client of `tlog_tiles` proves entries and growth from our files alone, authenticating every tile it reads.
fn their_proofs(folder: &Path, writer: &Writer<FolderDisk>) {
    let client = TheirClient(folder);
    let root = tlog_tiles::Hash(*writer.head().root.as_bytes());
    let hashes = TileHashReader::new(SIZE, root, &client);
    let entries = entries_by_hand(folder);
    for index in [0, 1, 255, 256, 299, 300, 511, 512, SIZE - 1] {
        let proof = tlog_tiles::prove_record(SIZE, index, &hashes).unwrap();
        let leaf = tlog_tiles::record_hash(&entries[usize::try_from(index).unwrap()]);
        tlog_tiles::check_record(&proof, SIZE, root, index, leaf).unwrap();
    }
    let mut earlier = Frontier::new();
    for entry in &entries[..300] {
        earlier.push(leaf_hash(entry));
    }
    let proof = tlog_tiles::prove_tree(SIZE, 300, &hashes).unwrap();
    let earlier = tlog_tiles::Hash(*earlier.root().as_bytes());
    tlog_tiles::check_tree(&proof, SIZE, root, 300, earlier).unwrap();
}

/// Facts of the cross-checked vectors: log key of seed 0x01, witnesses' of 0x02 and 0x03.
const LOG_VKEY: &str = "facts.example/ledger+1b601382+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c";
const WITNESS_VKEY: &str =
    "witness.example/w1+df1c0a35+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU";
const C2SP_VKEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

#[test]
fn keys_and_key_ids_are_those_of_the_cross_checked_vectors() {
    let log = VerifierKey::new(ORIGIN.parse().unwrap(), secret(1).public());
    assert_eq!(log.to_string(), LOG_VKEY);
    assert_eq!(
        C2SP_VKEY.parse::<VerifierKey>().unwrap().to_string(),
        C2SP_VKEY
    );
    for vkey in [LOG_VKEY, C2SP_VKEY] {
        assert!(StandardVerifier::new(vkey).is_ok());
    }
    // A witness's key has type 0x04: the same arithmetic, and no key of ours.
    let typed = [&[4], &secret(2).public().as_bytes()[..]].concat();
    let digest = claimledger_core::crypto::sha256(&[b"witness.example/w1\n", &typed]);
    let spelled = format!(
        "witness.example/w1+{}+{}",
        digest.short(8),
        data_encoding::BASE64.encode(&typed)
    );
    assert_eq!(spelled, WITNESS_VKEY);
    assert!(WITNESS_VKEY.parse::<VerifierKey>().is_err());
}

/// A cosignature of C2SP tlog-cosignature (0x04, timestamp and signature) beside the log's own is passed over.
#[test]
fn a_cosigned_checkpoint_can_be_read() {
    let head = claimledger_core::tlog::checkpoint::Checkpoint {
        origin: ORIGIN.parse().unwrap(),
        size: TreeSize::new(300),
        root: claimledger_core::crypto::sha256(&[b"a root"]),
    };
    let log: VerifierKey = LOG_VKEY.parse().unwrap();
    let text = head.text();
    let signed = SignedCheckpoint::sign(head, &log, |text| secret(1).sign(text)).to_bytes();
    let cosigned =
        secret(2).sign(format!("cosignature/v1\ntime {}\n{text}", NOW.seconds()).as_bytes());
    let blob = [
        &[0xdf, 0x1c, 0x0a, 0x35],
        &(NOW.seconds()).to_be_bytes()[..],
        cosigned.as_bytes(),
    ]
    .concat();
    let line = format!(
        "\u{2014} witness.example/w1 {}\n",
        data_encoding::BASE64.encode(&blob)
    );
    let bytes = [&signed, line.as_bytes()].concat();
    let read = SignedCheckpoint::parse(&bytes).unwrap();
    assert_eq!(read.verify(std::slice::from_ref(&log)).unwrap(), [log]);
    assert_eq!(read.to_bytes(), bytes, "the cosignature is kept as it was");
}

/// Runs a program; says loudly when the machine has none.
fn run(program: &str, arguments: &[&str], folder: &Path) -> Option<(bool, String)> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .env("LC_ALL", "C")
        .output();
    match output {
        Ok(output) => {
            let said = [output.stdout, output.stderr].concat();
            Some((
                output.status.success(),
                String::from_utf8_lossy(&said).into_owned(),
            ))
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            say(&format!(
                "SKIPPED: this machine has no {program}; nothing was checked against it"
            ));
            None
        }
        Err(e) => panic!("{program}: {e}"),
    }
}

/// Past the test harness, which keeps what passing tests print.
fn say(words: &str) {
    use std::io::Write as _;
    let line = format!("{words}\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

#[test]
fn openssl_verifies_an_envelopes_signature() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let envelope = claimledger_core::envelope::file::print(
        creation().verify_strict().unwrap().payload(),
        &secret(4).public(),
        creation().verify_strict().unwrap().signature(),
    );
    // By hand from the file, as somebody without our program would.
    let file: serde_json::Value = serde_json::from_str(&envelope).unwrap();
    let bytes = |value: &serde_json::Value| {
        data_encoding::BASE64
            .decode(value.as_str().unwrap().as_bytes())
            .unwrap()
    };
    let payload = bytes(&file["payload"]);
    let kind = file["payloadType"].as_str().unwrap();
    let words = [
        format!("DSSEv1 {} {kind} {} ", kind.len(), payload.len()).as_bytes(),
        &payload,
    ]
    .concat();
    assert_eq!(words, pae(&payload));
    let statement: serde_json::Value = serde_json::from_slice(&payload).unwrap();
    // RFC 8410: the SubjectPublicKeyInfo of an Ed25519 key is 12 fixed bytes and the key.
    let info = [
        b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00".as_slice(),
        &bytes(&statement["key"]),
    ]
    .concat();
    let pem = format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        data_encoding::BASE64.encode(&info)
    );
    std::fs::write(folder.join("key.pem"), pem).unwrap();
    std::fs::write(folder.join("words"), &words).unwrap();
    std::fs::write(
        folder.join("signature"),
        bytes(&file["signatures"][0]["sig"]),
    )
    .unwrap();
    let arguments = [
        "pkeyutl",
        "-verify",
        "-rawin",
        "-pubin",
        "-inkey",
        "key.pem",
        "-in",
        "words",
        "-sigfile",
        "signature",
    ];
    let Some((verified, said)) = run("openssl", &arguments, folder) else {
        return;
    };
    assert!(verified, "{said}");
    std::fs::write(folder.join("words"), [&words[..], b" "].concat()).unwrap();
    let (verified, said) = run("openssl", &arguments, folder).unwrap();
    assert!(!verified, "{said}");
}

#[test]
fn ssh_keygen_reads_our_keys_and_we_read_its() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    key_file::write_new(folder, "plain", &secret(4), None).unwrap();
    key_file::write_new(folder, "locked", &secret(5), Some("a passphrase")).unwrap();
    for (name, passphrase) in [("plain", ""), ("locked", "a passphrase")] {
        let Some((read, said)) = run("ssh-keygen", &["-y", "-P", passphrase, "-f", name], folder)
        else {
            return;
        };
        assert!(read, "{said}");
        let public = std::fs::read_to_string(folder.join(format!("{name}.pub"))).unwrap();
        let key = |line: &str| {
            line.split(' ')
                .take(2)
                .collect::<Vec<_>>()
                .join(" ")
                .trim()
                .to_owned()
        };
        assert_eq!(key(&said), key(&public));
        let (_, said) = run("ssh-keygen", &["-l", "-f", &format!("{name}.pub")], folder).unwrap();
        let (public, _) = key_file::read_public(folder, name).unwrap();
        assert!(said.contains(&public.fingerprint()), "{said}");
    }
    let (read, _) = run(
        "ssh-keygen",
        &["-y", "-P", "another", "-f", "locked"],
        folder,
    )
    .unwrap();
    assert!(!read, "a wrong passphrase opened our key");
    for (name, passphrase) in [("theirs", ""), ("theirs-locked", "a passphrase")] {
        let arguments = [
            "-q", "-t", "ed25519", "-N", passphrase, "-C", "anna", "-f", name,
        ];
        let (made, said) = run("ssh-keygen", &arguments, folder).unwrap();
        assert!(made, "{said}");
        let secret = key_file::read_secret(folder, name, &mut |_| {
            assert!(
                !passphrase.is_empty(),
                "asked for a passphrase of a key that has none"
            );
            Ok(Zeroizing::new(passphrase.to_owned()))
        });
        assert_eq!(
            secret.unwrap().public(),
            key_file::read_public(folder, name).unwrap().0
        );
    }
}
