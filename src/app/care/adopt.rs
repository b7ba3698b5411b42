//! Adopting and closing a copy: choosing the machine that writes a ledger, after asking everybody who may have a newer
//! head.

use crate::app::peers::exchange;
use crate::app::peers::private_witnesses::{self, WitnessClients};
use crate::app::record::append::checkpoint_signer;
use crate::app::{Desk, Error};
use crate::host::disk::Disk as _;
use crate::keystore::Passphrases;
use crate::ledger;
use crate::sync;
use crate::sync::newer_head::{at_peer, at_witness, witnesses_of};
use crate::sync::pull_options::PullOptions;
use crate::transport::Limits;
use claimledger_core::TreeSize;
use claimledger_core::log::Log;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::Path;

/// What adopting a copy found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Adopted {
    /// The ledger's name.
    pub origin: String,
    /// How many entries the copy has.
    pub size: TreeSize,
    /// Those that were asked and have no newer head.
    pub asked: Vec<String>,
    /// Those that could not be asked, and why.
    pub unanswered: Vec<String>,
}

/// Who was asked for a newer head than this copy's. It is an error if one of them has a newer head or a different history.
#[derive(Debug, Clone, Default)]
pub struct PeerAnswers {
    /// Those that answered, and how many entries they have.
    pub answered: Vec<String>,
    /// Those that did not answer, and why.
    pub unanswered: Vec<String>,
}

/// Asks the mirrors of this ledger on this machine, the places they are followed from, the ledger's witnesses, and the
/// places named. A witness at a private address is asked only if a person has agreed to it.
pub fn ask(desk: &Desk, places: &[String]) -> Result<PeerAnswers, Error> {
    let (disk, reader) = (desk.disk()?, desk.reader()?);
    let log = Log::open(&reader)?;
    let head = log.head();
    let mut asked = PeerAnswers::default();
    let mut named: BTreeSet<String> = BTreeSet::new();
    for mirror in exchange::list_mirrors(desk)? {
        if let Some(followed) = mirror.followed.filter(|f| f.ledger == head.ledger) {
            named.extend([format!("mirror:{}", mirror.name), followed.from]);
        }
    }
    named.extend(places.iter().cloned());
    let client = desk.client();
    let wanted = PullOptions {
        ledger_id: Some(head.ledger),
        ..PullOptions::default()
    };
    let mut seen = BTreeSet::from([desk.place()]);
    for place in named {
        let answer = desk.place_named(Path::new(&place)).and_then(|found| {
            if !seen.insert(found.whole()) {
                return Ok(None);
            }
            let reader = found.open(&client)?;
            Ok(Some(at_peer(reader.as_ref(), &disk, &wanted)?))
        });
        match answer {
            Ok(None) => {}
            Ok(Some(size)) => asked.take(&place, size, head.size)?,
            Err(error) => asked.failed(&place, error)?,
        }
    }
    let clients = WitnessClients::new(desk, Limits::default())?;
    for witness in witnesses_of(&reader)? {
        let name = format!("witness {}", witness.name);
        let client = clients.of(&witness);
        match at_witness(&witness, head, &reader, client).map_err(Error::from) {
            Ok(size) => asked.take(&name, size, head.size)?,
            Err(error) => asked.failed(&name, error)?,
        }
    }
    Ok(asked)
}

impl PeerAnswers {
    fn take(&mut self, place: &str, size: TreeSize, have: TreeSize) -> Result<(), Error> {
        if size > have {
            return Err(sync::Error::Newer {
                place: place.to_owned(),
                size,
                have,
            }
            .into());
        }
        self.answered.push(format!("{place} ({size} entries)"));
        Ok(())
    }

    /// A different history is an error. Places that cannot be reached or understood are reported.
    fn failed(&mut self, place: &str, error: Error) -> Result<(), Error> {
        match error {
            Error::Sync(sync::Error::Forked { .. }) => Err(error),
            other => {
                let mut why = format!("{place}: {other}");
                if let Some(advice) = private_witnesses::advice([other.code()]) {
                    why.push_str(&format!(". {advice}"));
                }
                self.unanswered.push(why);
                Ok(())
            }
        }
    }
}

/// Lets this machine write this copy from now on. The caller has asked the others, and the person.
pub fn adopt(desk: &Desk, asked: PeerAnswers) -> Result<Adopted, Error> {
    let writer = desk.locked()?;
    // Replaced, forked and old copies are refused, as they are for an append.
    desk.known().compare(writer.head(), writer.reader())?;
    desk.known().remember(writer.head(), &desk.place(), true)?;
    Ok(Adopted {
        origin: writer.head().origin.to_string(),
        size: writer.head().size,
        asked: asked.answered,
        unanswered: asked.unanswered,
    })
}

/// Closes this copy: it takes no more entries. A copy that is closed for the same reason already is closed: an earlier call
/// was interrupted after its last step.
pub fn close(desk: &Desk, reason: &str, passphrases: &mut dyn Passphrases) -> Result<(), Error> {
    let writer = match desk.locked() {
        Err(Error::Ledger(ledger::Error::Closed { reason: there })) if there == reason => {
            return Ok(desk.disk()?.sync_folder("")?);
        }
        opened => opened?,
    };
    let head = writer.head();
    let keys: Vec<_> = head
        .keys
        .signing(head.size)
        .iter()
        .map(|v| *v.key())
        .collect();
    let signer = checkpoint_signer(desk, &keys, passphrases)?;
    writer.close(reason, &signer)?;
    Ok(())
}
