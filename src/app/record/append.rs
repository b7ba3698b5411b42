//! Adding a statement: complete it, show it, sign it, append it.

pub use super::added::Added;
use super::interrupted::{self, Finished};
use super::looking;
use super::outcome;
use crate::app::keys::names;
use crate::app::peers::cosign;
use crate::app::{Desk, Error, Session};
use crate::host::clock::Clock;
use crate::host::disk::FolderDisk;
use crate::keystore::{self, Passphrases, Signer, file};
use crate::ledger::writer::CheckpointSigner;
use crate::ledger::{ClockGuard, Receipt, Writer, held_excerpts};
use crate::snapshots::{Snapshots, Waiting};
use claimledger_core::crypto::{PublicKey, Signature};
use claimledger_core::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use claimledger_core::encoding::name::Label;
use claimledger_core::encoding::time::Instant;
use claimledger_core::envelope::{self, Parsed};
use claimledger_core::model::source::Quotation;
use claimledger_core::model::{Body, Seen, Statement, StatementId};
use claimledger_core::rules::View as _;
use rayon::prelude::*;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// The name of the checkpoint key's files.
pub const CHECKPOINT_KEY: &str = "ledger";

/// The content of a new statement, and the bytes to keep with it.
#[derive(Debug)]
pub struct Proposal {
    /// What it says.
    pub body: Body,
    /// What does not fit into it: further statements for the same commit, about the same bytes.
    pub further: Vec<Body>,
    /// Snapshots to keep beside the log, if it has any.
    pub blobs: Option<Waiting>,
}

impl Proposal {
    /// A statement without bytes of its own.
    pub fn new(body: impl Into<Body>) -> Self {
        Self {
            body: body.into(),
            further: Vec::new(),
            blobs: None,
        }
    }

    /// What the statements say, in their order.
    pub fn into_bodies(self) -> impl Iterator<Item = Body> {
        std::iter::once(self.body).chain(self.further)
    }

    /// The same with bytes that are kept until then.
    pub fn with(self, blobs: Waiting) -> Self {
        Self {
            blobs: Some(blobs),
            ..self
        }
    }
}

/// The name of the key that signs: the given one, or the only key here with a private half that is not the ledger's
/// own.
pub fn signer_name(desk: &Desk, session: &Session, given: Option<&str>) -> Result<String, Error> {
    if let Some(name) = given {
        return names::signing(desk, session, name);
    }
    let keys = keystore::list(&desk.keys)?.keys;
    let ledgers: Vec<PublicKey> = session.checkpoint_keys()?.all().collect();
    let mine: Vec<&str> = keys
        .iter()
        .filter(|key| !ledgers.contains(&key.public) && key.encrypted.is_some())
        .map(|key| key.name.as_str())
        .collect();
    match mine[..] {
        [one] => Ok(one.to_owned()),
        [] => Err(Error::WhoSigns(format!(
            "there is no private key in {}",
            desk.keys.display()
        ))),
        _ => Err(Error::WhoSigns(format!(
            "there are keys {}",
            mine.join(", ")
        ))),
    }
}

/// Completes a statement: this ledger, this key, now, and the newest head known.
pub fn frame(
    desk: &Desk,
    session: &Session,
    key: PublicKey,
    label: Option<Label>,
    body: Body,
) -> Result<Statement, Error> {
    let statement = Frame::now(desk, session, key)?.around(label, body);
    // Decoding our own output applies every limit and rule of form before anybody is asked to sign.
    Ok(Statement::decode(&statement.encode())?)
}

/// What completes a statement: this ledger, a key, the time, and the newest head known.
pub struct Frame {
    issued: Instant,
    key: PublicKey,
    ledger: StatementId,
    seen: Seen,
}

impl Frame {
    /// As of now.
    ///
    /// # Errors
    ///
    /// Those of [`issued`].
    pub fn now(desk: &Desk, session: &Session, key: PublicKey) -> Result<Self, Error> {
        let head = session.head();
        Ok(Self {
            issued: issued(desk, session)?,
            key,
            ledger: head.ledger,
            seen: Seen {
                root: head.root,
                size: head.size,
            },
        })
    }

    /// A statement. Its limits and its form are not checked: [`Parsed::new`] does that.
    pub fn around(&self, label: Option<Label>, body: Body) -> Statement {
        Statement {
            statement_type: body.statement_type(),
            body,
            issued: self.issued,
            key: self.key,
            label,
            ledger: Some(self.ledger),
            seen: Some(self.seen),
        }
    }
}

/// The second in which a new statement is signed. A clock that is a day or more behind the ledger signs nothing, unless
/// a person has said that it is right.
pub fn issued(desk: &Desk, session: &Session) -> Result<Instant, Error> {
    let head = session.head();
    if let Some(entry) = head.size.last()
        && let Some(fact) = session.view().entry(entry)?
    {
        let now = desk.clock.now_millis();
        let guard = ClockGuard::at(&desk.state);
        guard.may_sign(&head.ledger, (entry, fact.time), now, desk.clock_is_right)?;
    }
    now(desk)
}

/// The second it is.
pub fn now(desk: &Desk) -> Result<Instant, Error> {
    Ok(desk.clock.now_millis().instant()?)
}

/// Signs a statement.
pub fn sign(statement: &Statement, signer: &dyn Signer) -> Result<Parsed, Error> {
    signed(statement, |message| signer.sign(message))
}

/// Signs a statement that was made in this session: see [`Session::signed_by`].
pub fn sign_in(
    session: &Session,
    statement: &Statement,
    signer: &dyn Signer,
) -> Result<Parsed, Error> {
    signed(statement, |message| session.signed_by(signer, message))
}

/// Signs the payloads of statements that were made in this session, in their order, on all cores where the key permits it.
///
/// # Errors
///
/// Those of the key, and of a payload that breaks a limit or a rule of form.
pub fn sign_all(
    session: &Session,
    payloads: Vec<Vec<u8>>,
    signer: &dyn Signer,
) -> Result<Vec<Parsed>, Error> {
    if signer.may_ask() {
        session.let_go();
    }
    let messages: Vec<Vec<u8>> = payloads.iter().map(|one| envelope::pae(one)).collect();
    let signatures = signer.sign_all(&messages)?;
    let both = payloads.into_par_iter().zip(signatures);
    let parsed = both.map(|(payload, signature)| Parsed::new(payload, signature));
    Ok(parsed.collect::<Result<_, _>>()?)
}

fn signed(
    statement: &Statement,
    sign: impl FnOnce(&[u8]) -> Result<Signature, keystore::Error>,
) -> Result<Parsed, Error> {
    let payload = statement.encode();
    let signature = sign(&envelope::pae(&payload))?;
    Ok(Parsed::new(payload, signature)?)
}

/// Appends signed statements in one batch. Returns what was added, and what to tell the person.
pub fn append(
    desk: &Desk,
    batch: Vec<Parsed>,
    blobs: Option<&Waiting>,
    passphrases: &mut dyn Passphrases,
) -> Result<(Vec<Added>, Vec<String>), Error> {
    let finished = interrupted::finish(desk)?;
    let mut session = Session::open(desk)?;
    // Only told.
    let mut notes = finished.notes(&session).unwrap_or_default();
    let (added, further) = append_in(desk, &mut session, batch, blobs, passphrases)?;
    notes.extend(further);
    Ok((added, notes))
}

/// The same through the session in which they were made.
pub fn append_in(
    desk: &Desk,
    session: &mut Session,
    batch: Vec<Parsed>,
    blobs: Option<&Waiting>,
    passphrases: &mut dyn Passphrases,
) -> Result<(Vec<Added>, Vec<String>), Error> {
    let writer = session.writer(desk)?;
    let clock = desk.clock.as_ref();
    append_to(desk, session, writer, batch, blobs, clock, passphrases)
}

/// The same for the caller's own writer of the session, at a time that the caller gives.
pub fn append_to(
    desk: &Desk,
    session: &mut Session,
    mut writer: Writer<FolderDisk>,
    batch: Vec<Parsed>,
    blobs: Option<&Waiting>,
    clock: &dyn Clock,
    passphrases: &mut dyn Passphrases,
) -> Result<(Vec<Added>, Vec<String>), Error> {
    let said: Vec<(StatementId, Statement)> = batch
        .iter()
        .map(|parsed| (parsed.id(), parsed.claimed().clone()))
        .collect();
    // What another command's interrupted commit added, which opening the ledger has finished; only told.
    let finished = Finished::between(writer.finished()).notes(session);
    let batch = writer.admit(batch, &session.view(), clock)?;
    // The rules admit the batch. Its excerpts are checked against the held texts and those that come with it.
    let disk = desk.disk()?;
    let snapshots = Snapshots::new(&disk);
    let bodies: BTreeMap<StatementId, &Body> =
        said.iter().map(|(id, said)| (*id, &said.body)).collect();
    for (_, said) in &said {
        let quoted = looking::quoted_by(session, &said.body, &bodies)?;
        held_excerpts::check_held(&said.body, &quoted, |digest| {
            let brought = blobs.map(|waiting| {
                waiting
                    .snapshots()
                    .open_checked(digest, MAX_TEXT_SOURCE_BYTES)
            });
            match brought.transpose()?.flatten() {
                Some(brought) => Ok(Some(brought)),
                None => snapshots.open_checked(digest, MAX_TEXT_SOURCE_BYTES),
            }
        })?;
    }
    let mut asking = LettingGo {
        session,
        passphrases,
    };
    let signer = checkpoint_signer(desk, &batch.signing_keys(), &mut asking)?;
    if signer.may_ask() {
        session.let_go();
    }
    // From here on nothing is refused. A crash after this line leaves blobs that no entry names: the audit notes them.
    if let Some(waiting) = blobs {
        waiting.settle()?;
    }
    let (receipts, admitted) = writer.commit(batch, &signer)?;
    let committed = !admitted.is_empty();
    // Committed. The rest makes the next command faster or safer; it cannot undo anything.
    let mut notes = finished.unwrap_or_default();
    notes.extend(session.notes());
    let head = writer.head().clone();
    if let Err(e) = desk.known().remember(&head, &desk.place(), true) {
        notes.push(format!(
            "added, but this machine could not remember the new head: {e}"
        ));
    }
    // The next writer follows the log. It waits neither for the index nor for witnesses.
    drop(writer);
    if let Err(e) = session.take_in(admitted, head.clone()) {
        notes.push(format!(
            "added, but not to the index; the next command reads it from the log: {e}"
        ));
    }
    if committed {
        notes.extend(cosign::after_commit(desk, session, &head));
    }
    let subjects: Vec<Option<StatementId>> = said
        .iter()
        .map(|(id, said)| outcome::subject(*id, said))
        .collect();
    let said = said.into_iter().map(|(_, said)| match said.body {
        Body::SourceCapture(capture) => (said.label, capture.quotations),
        _ => (said.label, Vec::new()),
    });
    let mut added = added(receipts, said);
    if let Err(e) = outcome::tell(session, &mut added, &subjects) {
        notes.push(format!("added, but what it changed could not be read: {e}"));
    }
    Ok((added, notes))
}

/// The signer of this name: see [`keystore::open`]. If a passphrase is asked for, the index is closed first.
pub fn open_key(
    desk: &Desk,
    session: &Session,
    name: &str,
    passphrases: &mut dyn Passphrases,
) -> Result<Box<dyn Signer + Send + Sync>, Error> {
    let mut asking = LettingGo {
        session,
        passphrases,
    };
    Ok(keystore::open(&desk.keys, name, &mut asking)?)
}

/// Asks for passphrases. It closes the index first, so that other commands do not wait for a person.
struct LettingGo<'a> {
    /// Whose index.
    session: &'a Session,
    /// Who asks.
    passphrases: &'a mut dyn Passphrases,
}

impl Passphrases for LettingGo<'_> {
    fn ask(&mut self, prompt: &str) -> Result<Zeroizing<String>, keystore::Error> {
        self.session.let_go();
        self.passphrases.ask(prompt)
    }

    fn tries(&self) -> u32 {
        self.passphrases.tries()
    }

    fn waiting(&self) -> fn(&str) {
        self.passphrases.waiting()
    }

    fn choose(&mut self, prompt: &str) -> Result<Zeroizing<String>, keystore::Error> {
        self.session.let_go();
        self.passphrases.choose(prompt)
    }
}

pub(in crate::app) fn added(
    receipts: Vec<Receipt>,
    said: impl IntoIterator<Item = (Option<Label>, Vec<Quotation>)>,
) -> Vec<Added> {
    receipts
        .into_iter()
        .zip(said)
        .map(|(receipt, (label, quotations))| Added {
            id: receipt.id,
            index: receipt.index,
            statement_type: receipt.statement_type.to_string(),
            label: label.map(|label| label.to_string()),
            quotations,
            now: None,
            already: receipt.already,
        })
        .collect()
}

/// The keys that sign checkpoints, each from its file or an agent; the newest last.
pub struct LedgerKeys(Vec<Box<dyn Signer>>);

impl LedgerKeys {
    /// Whether signing may wait for a person.
    fn may_ask(&self) -> bool {
        self.0.iter().any(|signer| signer.may_ask())
    }
}

impl CheckpointSigner for LedgerKeys {
    fn public(&self) -> PublicKey {
        self.0.last().expect("never empty").public()
    }

    fn sign(&self, text: &[u8]) -> Result<Signature, Box<dyn std::error::Error + Send + Sync>> {
        let newest = self.0.last().expect("never empty");
        newest.sign(text).map_err(Into::into)
    }

    fn sign_with(
        &self,
        key: &PublicKey,
        text: &[u8],
    ) -> Result<Option<Signature>, Box<dyn std::error::Error + Send + Sync>> {
        let held = self.0.iter().find(|signer| signer.public() == *key);
        Ok(held.map(|signer| signer.sign(text)).transpose()?)
    }
}

/// Opens the keys that must sign the next checkpoint, under any name that their files have here; `CHECKPOINT_KEY` if
/// none of the files is one of them, so that the error can name the key that was found.
pub fn checkpoint_signer(
    desk: &Desk,
    needed: &[PublicKey],
    passphrases: &mut dyn Passphrases,
) -> Result<LedgerKeys, Error> {
    let usual = match file::read_public(&desk.keys, CHECKPOINT_KEY) {
        Ok((key, _)) => Some(key),
        Err(keystore::Error::Unknown { .. }) => None,
        Err(e) => return Err(e.into()),
    };
    let mut signers: Vec<Box<dyn Signer>> = Vec::new();
    for key in needed {
        let name = if usual == Some(*key) {
            Some(CHECKPOINT_KEY.to_owned())
        } else {
            let here = keystore::list(&desk.keys)?.keys;
            let held = here.into_iter().find(|file| file.public == *key);
            held.map(|file| file.name)
        };
        if let Some(name) = name {
            signers.push(keystore::open(&desk.keys, &name, passphrases)?);
        }
    }
    if signers.is_empty() {
        signers.push(keystore::open(&desk.keys, CHECKPOINT_KEY, passphrases)?);
    }
    Ok(LedgerKeys(signers))
}
