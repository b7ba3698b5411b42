//! Runs the vectors in `tests/vectors/`: each is one JSON file that says what it is, what goes in, and what comes out
//! or with which code it is refused. The defect is the file's name.

#[expect(clippy::too_many_lines, reason = "tables, a row a vector")]
pub mod make;

use claimledger_core::Code;
use claimledger_core::crypto::{Digest, PublicKey, Signature};
use claimledger_core::encoding::DefectCode;
use claimledger_core::encoding::text::decode_document;
use claimledger_core::entry::{Entry, Head};
use claimledger_core::log::excerpts;
use claimledger_core::model::excerpt::Excerpt;
use claimledger_core::model::key_event::RevokedFrom;
use claimledger_core::model::organisation::Role;
use claimledger_core::model::{FreeText, Statement, StatementId, StatementType, possession};
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::merkle::{Frontier, leaf_hash};
use claimledger_core::tlog::note::{Note, VerifierKey};
use claimledger_core::tlog::policy::WitnessPolicy;
use claimledger_core::tlog::proof::TlogProof;
use claimledger_core::tlog::tile::{TileKind, TilePath, decode_bundle, decode_hashes};
use claimledger_core::tlog::witness::AddCheckpoint;
use claimledger_core::{EntryIndex, TreeSize, UnixMillis};
use claimledger_core::{entry, envelope};
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::path::{Path, PathBuf};

/// One file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector<I, E> {
    comment: String,
    input: I,
    expect: Expect<E>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Expect<E> {
    Refused(Refused),
    Value(E),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    code: String,
}

/// Bytes, in the spelling that shows them best.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
enum Bytes {
    Text(String),
    Hex(String),
    Base64(String),
    Parts(Vec<Part>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    text: Option<String>,
    hex: Option<String>,
    times: Option<usize>,
}

impl Bytes {
    fn read(&self) -> Vec<u8> {
        let hex = |text: &str| data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap();
        match self {
            Self::Text(text) => text.clone().into_bytes(),
            Self::Hex(text) => hex(text),
            Self::Base64(text) => data_encoding::BASE64.decode(text.as_bytes()).unwrap(),
            Self::Parts(parts) => parts
                .iter()
                .flat_map(|part| {
                    let bytes = match (&part.text, &part.hex) {
                        (Some(text), None) => text.clone().into_bytes(),
                        (None, Some(text)) => hex(text),
                        _ => panic!("a part is text or hex"),
                    };
                    bytes.repeat(part.times.unwrap_or(1))
                })
                .collect(),
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

/// Every vector file: its path below `tests/vectors`, and its text.
fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for folder in std::fs::read_dir(root()).unwrap() {
        let folder = folder.unwrap();
        let name = folder.file_name().into_string().unwrap();
        if ELSEWHERE.contains(&name.as_str()) {
            continue;
        }
        assert!(FOLDERS.contains(&name.as_str()), "nobody runs {name}");
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            let path = format!("{name}/{}", file.file_name().into_string().unwrap());
            files.insert(path, std::fs::read_to_string(file.path()).unwrap());
        }
    }
    files
}

/// Runs every file of a folder. A name that begins with `valid` promises a value, any other a refusal.
fn each<I, E>(folder: &str, run: impl Fn(I) -> Result<E, String>)
where
    I: DeserializeOwned,
    E: DeserializeOwned + PartialEq + Debug,
{
    let mut wrong = Vec::new();
    let mut ran = 0;
    for (path, text) in files() {
        let Some(name) = path.strip_prefix(folder).and_then(|n| n.strip_prefix('/')) else {
            continue;
        };
        let vector: Vector<I, E> = match serde_json::from_str(&text) {
            Ok(vector) => vector,
            Err(e) => {
                wrong.push(format!("{path}: this runner does not understand it: {e}"));
                continue;
            }
        };
        ran += 1;
        if !vector.comment.ends_with('.') {
            wrong.push(format!("{path}: its comment is no sentence"));
        }
        let promised = matches!(vector.expect, Expect::Value(_));
        if folder != "signature" && promised != name.starts_with("valid") {
            wrong.push(format!("{path}: its name does not say what it is"));
        }
        match (vector.expect, run(vector.input)) {
            (Expect::Refused(expected), Err(code)) if expected.code == code => {}
            (Expect::Value(expected), Ok(value)) if expected == value => {}
            (Expect::Refused(expected), Err(code)) => {
                wrong.push(format!(
                    "{path}: refused as {code}, not as {}",
                    expected.code
                ));
            }
            (Expect::Refused(expected), Ok(value)) => {
                wrong.push(format!(
                    "{path}: read as {value:?}, not refused as {}",
                    expected.code
                ));
            }
            (Expect::Value(expected), Ok(value)) => {
                wrong.push(format!("{path}: read as {value:?}, not as {expected:?}"));
            }
            (Expect::Value(expected), Err(code)) => {
                wrong.push(format!(
                    "{path}: refused as {code}, not read as {expected:?}"
                ));
            }
        }
    }
    assert!(ran > 0, "no vectors in {folder}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct SaidStatement {
    id: StatementId,
    r#type: StatementType,
}

#[test]
fn statements() {
    each("statement", |input: Bytes| {
        let bytes = input.read();
        let statement = Statement::decode(&bytes).map_err(|d| d.code.to_string())?;
        assert_eq!(statement.encode(), bytes);
        Ok(SaidStatement {
            id: StatementId::from_pae(&envelope::pae(&bytes)),
            r#type: statement.statement_type,
        })
    });
}

/// The bytes of each vector of a statement, and whether they are one; by the name of its file without `.json`.
pub fn statement_vectors() -> Vec<(String, Vec<u8>, bool)> {
    let mut vectors = Vec::new();
    for (path, text) in files() {
        let Some(name) = path.strip_prefix("statement/") else {
            continue;
        };
        let vector: Vector<Bytes, serde::de::IgnoredAny> = serde_json::from_str(&text).unwrap();
        let bytes = vector.input.read();
        let read = Statement::decode(&bytes).is_ok();
        vectors.push((name.trim_end_matches(".json").to_owned(), bytes, read));
    }
    vectors
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct SaidEnvelope {
    id: StatementId,
    key: PublicKey,
}

#[test]
fn envelopes() {
    each("envelope", |input: Bytes| {
        let verified = envelope::file::read(&input.read())
            .and_then(envelope::Parsed::verify_strict)
            .map_err(|e| e.code().to_string())?;
        Ok(SaidEnvelope {
            id: verified.id(),
            key: verified.key,
        })
    });
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryInput {
    after: Place,
    entry: Bytes,
}

/// Where the chain stands before the entry.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    leaf: Digest,
    next: EntryIndex,
    time: UnixMillis,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct SaidEntry {
    id: StatementId,
    index: EntryIndex,
    key: PublicKey,
    leaf: Digest,
    previous: Digest,
    time: UnixMillis,
}

#[test]
fn entries() {
    let code = |e: entry::Error| e.code().to_string();
    each("entry", |input: EntryInput| {
        let bytes = input.entry.read();
        let entry = Entry::decode(&bytes).map_err(code)?;
        assert_eq!(entry.encode().unwrap(), bytes);
        let Place { leaf, next, time } = input.after;
        entry.follows(&Head { next, leaf, time }).map_err(code)?;
        let parsed = entry.envelope().map_err(code)?;
        let alone = parsed.clone().verify();
        let answers = envelope::verify_batch(vec![parsed], &[1; 32]);
        let batched = answers.into_iter().next().unwrap();
        let (alone, batched) = (
            alone.map(|v| v.id()),
            batched.map_err(|e| e.code().to_string()),
        );
        assert_eq!(
            alone.map_err(|e| e.code().to_string()),
            batched
                .as_ref()
                .map(envelope::Verified::id)
                .map_err(Clone::clone)
        );
        let verified = batched?;
        Ok(SaidEntry {
            id: verified.id(),
            index: entry.index,
            key: entry.key,
            leaf: leaf_hash(&bytes),
            previous: entry.previous,
            time: entry.time,
        })
    });
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoteInput {
    note: Bytes,
    trusted: Vec<String>,
}

impl NoteInput {
    fn trusted(&self) -> Result<Vec<VerifierKey>, String> {
        self.trusted
            .iter()
            .map(|text| {
                text.parse()
                    .map_err(|e: claimledger_core::tlog::Error| e.code().to_string())
            })
            .collect()
    }
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct SaidNote {
    by: Vec<String>,
}

#[test]
fn notes() {
    each("note", |input: NoteInput| {
        let bytes = input.note.read();
        let note = Note::parse(&bytes).map_err(|e| e.code().to_string())?;
        assert_eq!(note.print().into_bytes(), bytes);
        let by = note
            .verify(&input.trusted()?)
            .map_err(|e| e.code().to_string())?;
        Ok(SaidNote {
            by: by.iter().map(ToString::to_string).collect(),
        })
    });
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct SaidCheckpoint {
    origin: String,
    root: Digest,
    size: TreeSize,
}

#[test]
fn checkpoints() {
    each("checkpoint", |input: NoteInput| {
        let bytes = input.note.read();
        let signed = SignedCheckpoint::parse(&bytes).map_err(|e| e.code().to_string())?;
        assert_eq!(signed.to_bytes(), bytes);
        signed
            .verify(&input.trusted()?)
            .map_err(|e| e.code().to_string())?;
        let head = signed.checkpoint();
        Ok(SaidCheckpoint {
            origin: head.origin.to_string(),
            root: head.root,
            size: head.size,
        })
    });
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProofInput {
    leaf: Digest,
    proof: String,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct SaidProof {
    index: EntryIndex,
    size: TreeSize,
}

#[test]
fn tlog_proofs() {
    let code = |e: claimledger_core::tlog::Error| e.code().to_string();
    each("tlog-proof", |input: ProofInput| {
        let proof = TlogProof::parse(input.proof.as_bytes()).map_err(code)?;
        assert_eq!(proof.print(), input.proof.as_bytes());
        proof.verify(&input.leaf).map_err(code)?;
        Ok(SaidProof {
            index: proof.index,
            size: proof.checkpoint.checkpoint().size,
        })
    });
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct SaidPolicy {
    logs: usize,
    witnesses: usize,
}

#[test]
fn witness_policies() {
    each("witness-policy", |input: String| {
        let policy = WitnessPolicy::parse(input.as_bytes()).map_err(|e| e.code().to_string())?;
        Ok(SaidPolicy {
            logs: policy.logs.len(),
            witnesses: policy.witnesses.len(),
        })
    });
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct SaidRequest {
    hashes: usize,
    old: TreeSize,
    size: TreeSize,
}

#[test]
fn requests_to_witnesses() {
    each("add-checkpoint", |input: String| {
        let request = AddCheckpoint::parse(input.as_bytes()).map_err(|e| e.code().to_string())?;
        assert_eq!(request.print(), input.as_bytes());
        Ok(SaidRequest {
            hashes: request.proof.len(),
            old: request.old,
            size: request.checkpoint.checkpoint().size,
        })
    });
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct SaidPath {
    index: u64,
    level: String,
    width: u16,
}

#[test]
fn tile_paths() {
    each("tile-path", |input: String| {
        let path: TilePath = input
            .parse()
            .map_err(|e: claimledger_core::tlog::Error| e.code().to_string())?;
        assert_eq!(path.to_string(), input);
        Ok(SaidPath {
            index: path.index,
            level: match path.kind {
                TileKind::Entries => "entries".to_owned(),
                TileKind::Hashes(level) => level.to_string(),
            },
            width: path.width,
        })
    });
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TileInput {
    bytes: Bytes,
    kind: TileWord,
    width: u16,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum TileWord {
    Entries,
    Hashes,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct SaidTile {
    hashes: Vec<Digest>,
}

#[test]
fn bundles_and_tiles() {
    each("bundle", |input: TileInput| {
        let bytes = input.bytes.read();
        let hashes = match input.kind {
            TileWord::Entries => decode_bundle(&bytes, input.width)
                .map(|entries| entries.into_iter().map(leaf_hash).collect()),
            TileWord::Hashes => decode_hashes(&bytes, input.width),
        };
        Ok(SaidTile {
            hashes: hashes.map_err(|e| e.code().to_string())?,
        })
    });
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TreeInput {
    levels: Vec<Vec<Digest>>,
    size: TreeSize,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct SaidTree {
    root: Digest,
}

#[test]
fn trees() {
    each("tree", |input: TreeInput| {
        let edge = Frontier::from_partials(input.size, input.levels);
        let root = edge.map_err(|e| e.code().to_string())?.root();
        Ok(SaidTree { root })
    });
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExcerptInput {
    document: Bytes,
    end: u64,
    quote: String,
    start: u64,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct SaidExcerpt {
    holds: bool,
}

#[test]
fn quotations() {
    each("excerpt", |input: ExcerptInput| {
        let bytes = input.document.read();
        // A carriage return stands in no field: such a quotation can only be tried against the decoded text.
        let Ok(quote) = FreeText::open(input.quote.as_str()) else {
            let document = decode_document(&bytes).unwrap();
            let (start, end) = (input.start, input.end);
            return if excerpts::matches(&document, start, end, &input.quote) {
                Ok(SaidExcerpt { holds: true })
            } else {
                Err("excerpt-broken".to_owned())
            };
        };
        let excerpt = Excerpt {
            end: input.end,
            quote,
            start: input.start,
            text: claimledger_core::crypto::sha256(&[&bytes]),
        };
        match excerpts::check(&excerpt, |_| {
            Ok::<_, claimledger_core::log::ReadError>(Some(&bytes[..]))
        }) {
            Ok(excerpts::ExcerptCheck::Holds) => Ok(SaidExcerpt { holds: true }),
            Ok(excerpts::ExcerptCheck::Fails(e)) => Err(e.code().to_string()),
            Ok(excerpts::ExcerptCheck::CannotTell) => Err("cannot tell".to_owned()),
            Err(e) => Err(e.to_string()),
        }
    });
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignatureInput {
    key: PublicKey,
    message: Bytes,
    signature: Signature,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct SaidSignature {
    enrollable: bool,
    strict: bool,
    zip215: bool,
}

#[test]
fn signatures() {
    each("signature", |input: SignatureInput| {
        let message = input.message.read();
        let zip215 = input.key.verify_zip215(&message, &input.signature).is_ok();
        let item = claimledger_core::crypto::batch::Item {
            key: &input.key,
            message: &message,
            signature: &input.signature,
        };
        let batched = claimledger_core::crypto::batch::verify(&[item, item], &[1; 32]);
        assert!(
            batched.iter().all(|answer| answer.is_ok() == zip215),
            "a batch has another answer"
        );
        Ok(SaidSignature {
            enrollable: input.key.check().is_ok(),
            strict: input.key.verify_strict(&message, &input.signature).is_ok(),
            zip215,
        })
    });
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PossessionInput {
    signature: Signature,
    signed_by: PublicKey,
    words: Words,
}

#[derive(Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
enum Words {
    Enroll {
        ledger: StatementId,
        key: PublicKey,
        holder: String,
        organisation: String,
        roles: Vec<Role>,
        by: PublicKey,
    },
    Rotate {
        ledger: StatementId,
        from: PublicKey,
        to: PublicKey,
    },
    CheckpointKey {
        ledger: StatementId,
        origin: String,
        key: PublicKey,
    },
    Recover {
        ledger: StatementId,
        last_key_event: EntryIndex,
        revoked: Vec<RevokedFrom>,
        key: PublicKey,
    },
}

impl Words {
    fn message(&self) -> Vec<u8> {
        match self {
            Self::Enroll {
                ledger,
                key,
                holder,
                organisation,
                roles,
                by,
            } => {
                let (holder, organisation) =
                    (holder.parse().unwrap(), organisation.parse().unwrap());
                possession::enroll(ledger, key, &holder, &organisation, roles, by)
            }
            Self::Rotate { ledger, from, to } => possession::rotate(ledger, from, to),
            Self::CheckpointKey {
                ledger,
                origin,
                key,
            } => possession::checkpoint_key(ledger, &origin.parse().unwrap(), key),
            Self::Recover {
                ledger,
                last_key_event,
                revoked,
                key,
            } => possession::recover(ledger, *last_key_event, revoked, key),
        }
    }
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct SaidPossession {
    message: String,
}

#[test]
fn proofs_of_possession() {
    each("possession", |input: PossessionInput| {
        let message = input.words.message();
        input
            .signed_by
            .verify_zip215(&message, &input.signature)
            .map_err(|_| "possession-invalid".to_owned())?;
        Ok(SaidPossession {
            message: String::from_utf8(message).unwrap(),
        })
    });
}

#[test]
fn the_vectors_are_what_their_maker_makes() {
    let (made, found) = (make::all(), files());
    let all: BTreeSet<&String> = made.keys().chain(found.keys()).collect();
    let differs = all
        .into_iter()
        .find(|path| made.get(*path) != found.get(*path));
    assert!(
        differs.is_none(),
        "{differs:?} differs; run `cargo test vectors::write -- --ignored` and look at what changed"
    );
}

#[test]
#[ignore = "writes the vectors anew"]
fn write() {
    for folder in FOLDERS {
        let folder = root().join(folder);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        std::fs::create_dir_all(&folder).unwrap();
    }
    for (path, text) in make::all() {
        std::fs::write(root().join(path), text).unwrap();
    }
}

/// The codes that the vectors of a folder are refused with.
fn refused_with(folder: &str) -> BTreeSet<String> {
    let codes = files()
        .into_iter()
        .filter(|(path, _)| path.starts_with(&format!("{folder}/")));
    codes
        .filter_map(|(_, text)| {
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            Some(value["expect"]["code"].as_str()?.to_owned())
        })
        .collect()
}

/// The codes that a file's errors give, by their names as variants, read from the source of each `code()`.
pub fn variants_in(source: &str) -> Vec<String> {
    let bodies = source.split("\n    pub fn code(&self) -> Code {\n").skip(1);
    let bodies = bodies.map(|body| body.split("\n    }\n").next().unwrap_or(body));
    // `Code::NotFound` of one's own enum, `Core::NotFound` of the core's.
    let words = bodies.flat_map(|body| body.split(|c: char| !c.is_alphanumeric() && c != ':'));
    let named = words.filter_map(|word| word.split_once("::"));
    named
        .filter(|(of, name)| ["Code", "Core"].contains(of) && *name != "Core")
        .map(|(_, name)| name.to_owned())
        .collect()
}

/// The codes of a room's errors: a new one without a vector fails the test.
pub fn codes_in(source: &str) -> Vec<String> {
    let named = variants_in(source);
    assert!(!named.is_empty());
    let codes = Code::ALL.iter();
    codes
        .filter(|code| named.contains(&format!("{code:?}")))
        .map(ToString::to_string)
        .collect()
}

#[test]
fn every_code_has_a_vector() {
    let mut missing = Vec::new();
    let mut needs = |folders: &[&str], codes: Vec<String>| {
        let have: BTreeSet<String> = folders
            .iter()
            .flat_map(|folder| refused_with(folder))
            .collect();
        missing.extend(
            codes
                .into_iter()
                .filter(|code| !have.contains(code))
                .map(|code| format!("{folders:?}: {code}")),
        );
    };
    needs(
        &["statement"],
        DefectCode::ALL.iter().map(ToString::to_string).collect(),
    );
    needs(
        &["envelope"],
        codes_in(include_str!("../../crates/core/src/envelope/mod.rs")),
    );
    needs(
        &["entry"],
        codes_in(include_str!("../../crates/core/src/entry/mod.rs")),
    );
    needs(
        &[
            "note",
            "checkpoint",
            "tile-path",
            "bundle",
            "tree",
            "tlog-proof",
            "witness-policy",
            "add-checkpoint",
        ],
        codes_in(include_str!("../../crates/core/src/tlog/mod.rs")),
    );
    needs(
        &["excerpt"],
        codes_in(include_str!("../../crates/core/src/log/excerpts.rs")),
    );
    needs(&["possession"], vec!["possession-invalid".to_owned()]);
    assert!(missing.is_empty(), "no vector for {missing:?}");
}

/// Puts `zzz` into one object after another, at any depth, and hands over the whole each time.
fn with_another_field(value: &serde_json::Value, whole: &mut dyn FnMut(serde_json::Value)) {
    use serde_json::Value;
    match value {
        Value::Object(fields) => {
            let mut more = fields.clone();
            more.insert("zzz".to_owned(), 1.into());
            whole(Value::Object(more));
            for (name, inside) in fields {
                with_another_field(inside, &mut |changed| {
                    let mut fields = fields.clone();
                    fields.insert(name.clone(), changed);
                    whole(Value::Object(fields));
                });
            }
        }
        Value::Array(items) => {
            for (at, inside) in items.iter().enumerate() {
                with_another_field(inside, &mut |changed| {
                    let mut items = items.clone();
                    items[at] = changed;
                    whole(Value::Array(items));
                });
            }
        }
        _ => {}
    }
}

#[test]
fn no_object_at_any_depth_allows_an_unknown_field() {
    let mut tried = 0;
    for (path, text) in files() {
        let vector: serde_json::Value = serde_json::from_str(&text).unwrap();
        let (true, Some(text)) = (
            path.starts_with("statement/valid"),
            vector["input"]["text"].as_str(),
        ) else {
            continue;
        };
        with_another_field(&serde_json::from_str(text).unwrap(), &mut |changed| {
            let text = changed.to_string();
            let code = Statement::decode(text.as_bytes()).expect_err(&text).code;
            // A field that holds one of several shapes has no room for a second one.
            let expected = [DefectCode::UnknownField, DefectCode::WrongShape];
            assert!(expected.contains(&code), "{code}: {text}");
            tried += 1;
        });
    }
    assert!(tried > 150, "only {tried} objects were tried");
}

#[test]
fn every_type_of_statement_has_a_valid_vector() {
    for statement_type in StatementType::ALL {
        let path = format!("statement/valid-{statement_type}.json");
        assert!(root().join(&path).exists(), "no {path}");
    }
}

/// Folders that this runner reads.
const FOLDERS: &[&str] = &[
    "add-checkpoint",
    "bundle",
    "checkpoint",
    "entry",
    "envelope",
    "excerpt",
    "note",
    "possession",
    "signature",
    "statement",
    "tile-path",
    "tlog-proof",
    "tree",
    "witness-policy",
];

/// What else stands in `tests/vectors`: the maker, and vectors with a runner of their own.
const ELSEWHERE: &[&str] = &["corroboration", "dossier", "rule", "README.md"];
