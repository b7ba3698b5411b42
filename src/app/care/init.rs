//! A new ledger: its keys, entry 0, a scale of five steps plus Unproven, and a policy of one approval.

use crate::app::keys::enrolment;
use crate::app::record::append::{self, Added, CHECKPOINT_KEY, checkpoint_signer};
use crate::app::{Desk, Error, Session};
use crate::host::disk::FolderDisk;
use crate::host::files;
use crate::keystore::{self, Passphrases, Signer};
use crate::ledger::Error as LedgerError;
use crate::ledger::Writer;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::name::{Origin, Slug};
use claimledger_core::envelope::Parsed;
use claimledger_core::log::names::{GIT_ATTRIBUTES, GIT_IGNORE};
use claimledger_core::model::organisation::{Organisation, Role};
use claimledger_core::model::policy::Policy;
use claimledger_core::model::scale::{Direction, Needs, Scale, ScaleEntry};
use claimledger_core::model::{Body, FreeText, Statement, StatementId, ledger};
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use serde::Serialize;
use std::path::PathBuf;

/// The settings of a new ledger.
#[derive(Debug, Clone)]
pub struct NewLedger {
    /// Its name.
    pub origin: Origin,
    /// Its title.
    pub title: Option<String>,
    /// The founder's key and short name.
    pub holder: String,
    /// The founding organisation's short name.
    pub organisation: Option<Slug>,
    /// Whether the founder's key has no passphrase.
    pub no_passphrase: bool,
    /// The public files of keys kept offline; a given number of them can replace an admin.
    pub recovery_keys: Vec<PathBuf>,
    /// How many of them.
    pub recovery_threshold: Option<u64>,
    /// The last known checkpoint of the ledger that this one succeeds, and its id.
    pub succeeds: Option<(PathBuf, StatementId)>,
}

/// What `init` made.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreatedLedger {
    /// The ledger's id.
    pub ledger: StatementId,
    /// Its name.
    pub origin: String,
    /// The key its checkpoints verify under.
    pub vkey: String,
    /// The keys made for it.
    pub keys: Vec<String>,
    /// Its keys that were there already.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keys_found: Vec<String>,
    /// Its first entries.
    pub entries: Vec<Added>,
    /// What else to know.
    pub notes: Vec<String>,
}

/// Makes a ledger. Interrupted anywhere, it can be called again: it takes the keys that are there, and finishes a ledger
/// whose first entries were signed.
pub fn init(
    desk: &Desk,
    new: &NewLedger,
    passphrases: &mut dyn Passphrases,
) -> Result<CreatedLedger, Error> {
    let disk = desk.disk()?;
    let folder = desk.folder()?;
    if let Some((_, rest)) = new.origin.as_str().split_once("://") {
        return Err(Error::Usage(format!(
            "{} is an address. A ledger is named without https://, and its name cannot be changed later: `claimledger init \
             {} --as {}`",
            new.origin,
            rest.trim_end_matches('/'),
            new.holder
        )));
    }
    if crate::ledger::writer::stands_on(&disk)? {
        return finish(desk, new);
    }
    desk.known().may_create(&new.origin)?;
    // Files that cannot be read are refused before anything is written.
    let recovery = recovery(new)?;
    let succeeds = new.succeeds.as_ref().map(predecessor).transpose()?;
    files::make_folder(folder)?;
    let lock = desk.lock()?;
    let (mut made_keys, mut found_keys) = (Vec::new(), Vec::new());
    let mut founder: Option<Box<dyn Signer>> = None;
    for (name, plain) in [
        (new.holder.as_str(), new.no_passphrase),
        (CHECKPOINT_KEY, true),
    ] {
        if enrolment::absent(desk, name)? {
            let made = enrolment::make(desk, name, plain, passphrases)?;
            if name == new.holder {
                founder = Some(Box::new(made));
            }
            made_keys.push(name.to_owned());
        } else {
            keystore::file::complete(&desk.keys, name)?;
            found_keys.push(name.to_owned());
        }
    }
    let founder = match founder {
        Some(made) => made,
        None => keystore::open(&desk.keys, &new.holder, passphrases)?,
    };
    let signer = checkpoint_signer(desk, &[], passphrases)?;
    let organisation = match &new.organisation {
        Some(organisation) => organisation.clone(),
        None => organisation_of(&new.origin)?,
    };
    let create = ledger::Create {
        checkpoint_key: crate::ledger::writer::CheckpointSigner::public(&signer),
        holder: new.holder.parse()?,
        name: None,
        organisation: Organisation {
            corrections_policy: None,
            languages: Vec::new(),
            name: FreeText::open(organisation.as_str())?,
            organisation: organisation.clone(),
            url: None,
        },
        origin: new.origin.clone(),
        recovery,
        rules: claimledger_core::rules::RULES_VERSION,
        succeeds,
        title: FreeText::open(new.title.clone().unwrap_or_else(|| new.origin.to_string()))?,
    };
    let say = |body: Body, ledger: Option<StatementId>| -> Result<Parsed, Error> {
        let statement = Statement {
            statement_type: body.statement_type(),
            body,
            issued: append::now(desk)?,
            key: founder.public(),
            label: None,
            ledger,
            seen: None,
        };
        append::sign(&statement, founder.as_ref())
    };
    let first = say(create.into(), None)?;
    let id = first.id();
    let batch = vec![
        first,
        say(five_steps(&organisation)?.into(), Some(id))?,
        say(one_approval(&organisation).into(), Some(id))?,
    ];
    for_git(&disk)?;
    desk.known().begin_founding(&new.origin, &id)?;
    // A crash from here on leaves a ledger or none; `finish` or another `init` goes on from either.
    let (writer, receipts, _) =
        Writer::create(disk, Some(lock), batch, desk.clock.as_ref(), &signer)?;
    let notes = complete(desk, &writer)?;
    Ok(CreatedLedger {
        ledger: id,
        origin: new.origin.to_string(),
        vkey: writer.head().vkey.to_string(),
        keys: made_keys,
        keys_found: found_keys,
        entries: append::added(receipts, vec![Default::default(); 3]),
        notes,
    })
}

/// Finishes the ledger of an `init` that was interrupted after its first entries were signed. Any other ledger is refused.
fn finish(desk: &Desk, new: &NewLedger) -> Result<CreatedLedger, Error> {
    let exists = || LedgerError::Exists {
        place: desk.ledger.to_string(),
    };
    let founded = desk.known().founded(&new.origin)?.ok_or_else(exists)?;
    let writer = desk.locked()?;
    let head = writer.head();
    if head.ledger != founded {
        return Err(exists().into());
    }
    desk.known().may_append(head, writer.reader())?;
    let session = Session::without_index(desk)?;
    let first = FIRST_ENTRIES.into_iter().map(|index| {
        let index = EntryIndex::new(index);
        let statement = session.statement(index)?;
        Ok(Added::already(index, statement.id(), &statement))
    });
    let entries = first.collect::<Result<_, Error>>()?;
    let mut notes = vec![
        "an earlier `init` was interrupted; its ledger is finished now, with the founder and the title that were given then"
            .to_owned(),
    ];
    notes.extend(complete(desk, &writer)?);
    Ok(CreatedLedger {
        ledger: founded,
        origin: new.origin.to_string(),
        vkey: writer.head().vkey.to_string(),
        keys: Vec::new(),
        keys_found: vec![new.holder.clone(), CHECKPOINT_KEY.to_owned()],
        entries,
        notes,
    })
}

/// What follows the first commit. Returns what to tell the person.
fn complete(desk: &Desk, writer: &Writer<FolderDisk>) -> Result<Vec<String>, Error> {
    let head = writer.head();
    let mut notes: Vec<String> = plain_checkpoint_key(desk)?.into_iter().collect();
    match desk.known().remember(head, &desk.place(), true) {
        // If this fails, it only says of a finished founding that it was begun.
        Ok(()) => drop(desk.known().end_founding(&head.origin)),
        Err(e) => notes.push(format!(
            "this machine could not remember the first head of the ledger, and will remember the next: {e}"
        )),
    }
    // The index catches up later; a failure here only makes the next command slower.
    let _ = Session::at_head(desk, head.clone());
    Ok(notes)
}

/// What to say if the checkpoint key has no passphrase, whether it was made now or by an `init` that was interrupted.
fn plain_checkpoint_key(desk: &Desk) -> Result<Option<String>, Error> {
    let state = keystore::file::private_state(&desk.keys, CHECKPOINT_KEY)?;
    Ok((state == Some(false)).then(|| {
        format!(
            "the checkpoint key {}/{CHECKPOINT_KEY} has no passphrase, so that commands need not ask for one: \
             anyone who can read that file can sign heads of this ledger (keep it in an ssh-agent if you can)",
            desk.keys.display()
        )
    }))
}

/// Tells git, in which a newsroom may keep its folder, that a ledger is bytes and not text with line ends, and which files
/// are of this machine only. Files that are there stay as they are.
fn for_git(disk: &FolderDisk) -> Result<(), Error> {
    use crate::host::disk::Disk as _;
    for (name, content) in [(GIT_ATTRIBUTES, ATTRIBUTES), (GIT_IGNORE, IGNORED)] {
        if disk.read(name)?.is_none() {
            disk.replace(name, content.as_bytes())?;
        }
    }
    Ok(())
}

/// `ledger.create`, `scale.set`, `policy.set`.
const FIRST_ENTRIES: [u64; 3] = [0, 1, 2];

const ATTRIBUTES: &str = "# Signatures are over bytes: git must not change line ends.\n* -text\n";
const IGNORED: &str =
    "# What a running program keeps here.\n/lock\n/checkpoint.next\n/snapshots/incoming/\n";

/// `desk.example/facts` belongs to `desk-example`.
fn organisation_of(origin: &Origin) -> Result<Slug, Error> {
    let host = origin.as_str().split('/').next().unwrap_or_default();
    let slug: String = host
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    slug.trim_matches('-').parse().map_err(|_| {
        Error::Usage(format!(
            "no short name can be made of {origin}; give one with --org"
        ))
    })
}

/// The recovery keys, ascending.
fn recovery(new: &NewLedger) -> Result<Option<ledger::Recovery>, Error> {
    let Some(threshold) = new.recovery_threshold else {
        return Ok(None);
    };
    let mut keys = Vec::new();
    for path in &new.recovery_keys {
        let text = files::read(path)?;
        keys.push(keystore::file::parse_public(path, &text)?.0);
    }
    keys.sort();
    keys.dedup();
    Ok(Some(ledger::Recovery { keys, threshold }))
}

/// The ledger that this one succeeds, from its last known checkpoint.
fn predecessor(last: &(PathBuf, StatementId)) -> Result<ledger::Predecessor, Error> {
    let (path, id) = last;
    let bytes = files::read(path)?;
    let signed = SignedCheckpoint::parse(&bytes)?;
    let head = signed.checkpoint();
    Ok(ledger::Predecessor {
        ledger: *id,
        origin: head.origin.clone(),
        root: head.root,
        size: head.size,
    })
}

fn five_steps(organisation: &Slug) -> Result<Scale, Error> {
    let steps = [
        (
            "true",
            "True",
            "The claim is accurate and nothing important is missing.",
            Needs::Support,
            Some(5),
        ),
        (
            "mostly-true",
            "Mostly true",
            "The claim is accurate but needs clarification.",
            Needs::Support,
            Some(4),
        ),
        (
            "half-true",
            "Half true",
            "The claim is partly accurate and leaves out important things.",
            Needs::Neither,
            Some(3),
        ),
        (
            "mostly-false",
            "Mostly false",
            "The claim holds an element of truth and gives a different impression.",
            Needs::Refutation,
            Some(2),
        ),
        (
            "false",
            "False",
            "The claim is not accurate.",
            Needs::Refutation,
            Some(1),
        ),
        (
            "unproven",
            "Unproven",
            "What can be found neither supports nor refutes the claim.",
            Needs::Neither,
            None,
        ),
    ];
    let entries: Result<Vec<ScaleEntry>, claimledger_core::encoding::Defect> = steps
        .into_iter()
        .map(|(code, label, definition, needs, number)| {
            Ok(ScaleEntry {
                code: code.parse()?,
                definition: Some(FreeText::open(definition)?),
                label: FreeText::open(label)?,
                needs,
                number,
            })
        })
        .collect();
    Ok(Scale {
        direction: Some(Direction::HigherIsTruer),
        entries: entries?,
        language: Some("en".parse()?),
        organisation: organisation.clone(),
        scale: "five-step".parse()?,
        title: FreeText::open("Five steps, and Unproven")?,
        version: 1,
    })
}

fn one_approval(organisation: &Slug) -> Policy {
    Policy {
        approvals: 1,
        approvals_from: Vec::new(),
        conflicts_declared: false,
        correction_days: None,
        evidence_from: Vec::new(),
        evidence_needed: false,
        holders: 1,
        organisation: organisation.clone(),
        organisations: 1,
        roles: vec![Role::Editor, Role::Reviewer],
        scales: Vec::new(),
        traced_origins: 0,
    }
}
