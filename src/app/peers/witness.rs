//! Being a witness of other ledgers: its key, its state, and its answers.

use crate::app::keys::enrolment;
use crate::app::{Desk, Error, Session};
use crate::host::clock::{Clock as _, SystemClock};
use crate::host::disk::{Disk as _, FolderDisk};
use crate::host::lock::WriterLock;
use crate::host::{files, filesystem, folders};
use crate::keystore::{self, Passphrases};
use crate::ledger;
use crate::sync;
use crate::sync::witness::Witness;
use crate::transport::{Request, Response, Server, SocketAddr};
use claimledger_core::TreeSize;
use claimledger_core::crypto::{PublicKey, sha256};
use claimledger_core::encoding::name::Origin;
use claimledger_core::log;
use claimledger_core::rules::View as _;
use claimledger_core::tlog::cosignature::WitnessKey;
use claimledger_core::tlog::note::VerifierKey;
use claimledger_core::tlog::witness::{AddCheckpoint, MAX_REQUEST_BYTES};
use serde::Serialize;
use std::path::Path;
use std::time::Duration;

/// A witness's key, just made.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewWitnessKey {
    /// The key's name here.
    pub key: String,
    /// The witness's name in its cosignatures.
    pub witness: String,
    /// Its verifier key (C2SP tlog-cosignature, type 0x04), for the ledgers and readers that rely on it.
    pub vkey: String,
    /// Its OpenSSH fingerprint.
    pub fingerprint: String,
}

/// Makes a key for a witness. Without a name for the witness, the key's name is used.
pub fn make(
    desk: &Desk,
    key: &str,
    name: Option<&Origin>,
    no_passphrase: bool,
    passphrases: &mut dyn Passphrases,
) -> Result<NewWitnessKey, Error> {
    let name: Origin = match name {
        Some(name) => name.clone(),
        None => key.parse()?,
    };
    let public = match enrolment::finish(desk, key)? {
        Some(public) => public,
        None => enrolment::make(desk, key, no_passphrase, passphrases)?.public(),
    };
    Ok(NewWitnessKey {
        key: key.to_owned(),
        witness: name.to_string(),
        vkey: WitnessKey::new(name, public).to_string(),
        fingerprint: public.fingerprint(),
    })
}

/// Which witness, and which logs it watches.
#[derive(Debug, Clone)]
pub struct Post {
    /// The witness's name.
    pub name: Origin,
    /// The name of its key here.
    pub key: String,
    /// The logs it watches.
    pub logs: Vec<VerifierKey>,
}

/// A witness at its post.
pub struct OnDuty {
    witness: Witness<FolderDisk>,
    /// What to tell the person.
    pub notes: Vec<String>,
}

impl OnDuty {
    /// Opens a witness: its key, the lock of its state, and the heads that it has cosigned.
    pub fn open(
        desk: &Desk,
        post: &Post,
        passphrases: &mut dyn Passphrases,
    ) -> Result<Self, Error> {
        if post.logs.is_empty() {
            return Err(Error::Usage(
                "which logs? Say --log VKEY for each, or --logs FILE".to_owned(),
            ));
        }
        let (public, _) = keystore::file::read_public(&desk.keys, &post.key)?;
        let mut notes = Vec::new();
        keep_apart(desk, &public, &post.logs, &mut notes)?;
        let signer = keystore::open(&desk.keys, &post.key, passphrases)?;
        // The state is named by the key, so a key has one memory, even under several names.
        let memory = sha256(&[public.as_bytes()]).short(32);
        let memory = desk.state.join("witnesses").join(memory);
        folders::make_private(&memory)?;
        if !desk.any_filesystem {
            filesystem::check_local(&memory)?;
        }
        let lock = WriterLock::acquire(&memory.join("lock"), LOCK_WAIT)?;
        let disk = FolderDisk::new(&memory);
        if !disk
            .list("")?
            .iter()
            .any(|name| name.ends_with("/checkpoint"))
        {
            notes.push(format!(
                "{} is empty: this witness will cosign the first head that it receives. If it has cosigned before, its memory \
                 is lost; retire the key and create another",
                memory.display()
            ));
        }
        let mut witness = Witness::new(
            disk,
            Some(lock),
            post.name.clone(),
            signer,
            Box::new(SystemClock),
        );
        for log in &post.logs {
            witness.watch(log.clone());
        }
        Ok(Self { witness, notes })
    }

    /// Its verifier key.
    pub fn vkey(&self) -> String {
        self.witness.key().to_string()
    }

    /// Judges one request without a network, as the server would.
    pub fn judge(&self, request: &[u8]) -> Answered {
        self.answer(&Request {
            method: "POST".to_owned(),
            path: "/add-checkpoint".to_owned(),
            body: request.to_vec(),
        })
        .1
    }

    /// Serves until the server is dropped; `say` gets a line for every answer.
    pub fn serve(
        self,
        listen: SocketAddr,
        say: impl Fn(&str) + Send + Sync + 'static,
    ) -> Result<Server, Error> {
        let server = Server::listen(listen, MAX_REQUEST_BYTES, move |request| {
            let (response, answered) = self.answer(request);
            say(&answered.line(request));
            response
        });
        Ok(server.map_err(sync::Error::from)?)
    }

    fn answer(&self, request: &Request) -> (Response, Answered) {
        let response = self.witness.answer(request);
        let asked = AddCheckpoint::parse(&request.body).ok();
        let head = asked.as_ref().map(|asked| asked.checkpoint.checkpoint());
        let answered = Answered {
            status: response.status,
            body: String::from_utf8_lossy(&response.body).into_owned(),
            origin: head.map(|head| head.origin.to_string()),
            size: head.map(|head| head.size),
        };
        (response, answered)
    }
}

/// How a witness answered a request.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Answered {
    /// The HTTP status of tlog-witness; 200 means a cosignature.
    pub status: u16,
    /// Its body: signature lines, the size cosigned last, or the reason.
    pub body: String,
    /// The log that the request was about, if it could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The size that the request was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<TreeSize>,
}

impl Answered {
    /// `2026-01-31T12:00:00Z POST /add-checkpoint desk.example/facts 14: 200`, and the reason if it refused. Text from
    /// others is shown with its control characters escaped.
    fn line(&self, request: &Request) -> String {
        let now = SystemClock.now_millis();
        let mut line = now
            .instant()
            .map_or_else(|_| String::new(), |at| at.to_string());
        let path: String = request.path.chars().take(MAX_SHOWN).collect();
        line.push_str(&format!(" {} {}", request.method, path.escape_default()));
        if let (Some(origin), Some(size)) = (&self.origin, self.size) {
            line.push_str(&format!(" {origin} {size}"));
        }
        line.push_str(&format!(": {}", self.status));
        if self.status != 200 {
            let said: String = self.body.trim_end().chars().take(MAX_SHOWN).collect();
            line.push_str(&format!(" {}", said.escape_debug()));
        }
        line
    }
}

/// Verifier keys from a file, one on each line; empty lines and lines that begin with `#` are ignored.
pub fn read_logs(path: &Path) -> Result<Vec<VerifierKey>, Error> {
    let text = files::read_text(path)?;
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            line.parse()
                .map_err(|e: claimledger_core::tlog::Error| Error::File {
                    path: path.display().to_string(),
                    reason: format!("{line:?}: {e}"),
                })
        })
        .collect()
}

/// Refuses to witness with a key that has another job, as far as this machine can see: it signs checkpoints of a
/// watched log, or is enrolled in the desk's ledger or signs its checkpoints.
fn keep_apart(
    desk: &Desk,
    key: &PublicKey,
    logs: &[VerifierKey],
    notes: &mut Vec<String>,
) -> Result<(), Error> {
    let taken = |job: String| Err(Error::WitnessKey { job });
    if let Some(log) = logs.iter().find(|log| log.key() == key) {
        return taken(format!("the key signs checkpoints of {}", log.name()));
    }
    let session = match Session::open(desk) {
        Ok(session) => session,
        Err(Error::Ledger(ledger::Error::Log(log::Error::NoLedger { .. }))) => return Ok(()),
        Err(e) => {
            notes.push(format!(
                "whether the key is enrolled in {} could not be seen: {e}",
                desk.ledger
            ));
            return Ok(());
        }
    };
    let origin = &session.head().origin;
    let enrolled = session.view().key(key)?;
    let signs = session.checkpoint_keys()?.all().any(|one| one == *key);
    // A witness may run for weeks.
    session.let_go();
    if let Some(fact) = enrolled {
        return taken(format!(
            "the key is enrolled in {origin} for {}",
            fact.holder
        ));
    }
    if signs {
        return taken(format!("the key signs checkpoints of {origin}"));
    }
    Ok(())
}

/// Reads a request, up to one byte more than the server accepts: enough to see that it is too large.
pub fn read_request(path: &Path) -> Result<Vec<u8>, Error> {
    Ok(files::read_start(path, MAX_REQUEST_BYTES as u64 + 1)?)
}

/// Another process with this state is the same witness, already running: it will not end soon.
const LOCK_WAIT: Duration = Duration::from_secs(1);

/// How much of a text from others is shown in a line.
const MAX_SHOWN: usize = 200;
