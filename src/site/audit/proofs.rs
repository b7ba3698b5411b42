//! Published proofs. While a page does not change, its proof is not made again and names an older head. So the audit makes each
//! proof again under the head that it names. It must be the same, and must have everything that belongs to it today.

use crate::app::proofs::proof::Form;
use crate::app::proofs::quoted_texts;
use crate::app::{Error, Session};
use crate::sync::prove::{ByIndex, dossier, tlog_proof};
use claimledger_core::EntryIndex;
use claimledger_core::dossier::{self as file, choose};
use claimledger_core::log::Log;
use claimledger_core::rules::View as _;
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::proof::TlogProof;

/// What is wrong with a published proof of an entry; nothing if it is what the log gives.
pub fn wrong(
    session: &Session,
    entry: EntryIndex,
    form: Form,
    published: &[u8],
) -> Result<Option<&'static str>, Error> {
    let (signed, chosen) = match form {
        Form::TlogProof => match TlogProof::parse(published) {
            Ok(proof) => (proof.checkpoint, None),
            Err(_) => return Ok(Some("it is no proof of an entry")),
        },
        Form::Dossier | Form::DossierWithTexts => match file::File::parse(published) {
            Ok(found) => {
                let entries = found.entries.iter().map(|(entry, _)| *entry);
                (found.checkpoint, Some(entries.collect::<Vec<_>>()))
            }
            Err(_) => return Ok(Some("it is no dossier, or was altered")),
        },
        Form::Dsse => return Ok(None),
    };
    if let Some(why) = other_head(session, &signed)? {
        return Ok(Some(why));
    }
    if entry.get() >= signed.checkpoint().size.get() {
        return Ok(Some("its head does not have the entry"));
    }
    if let Some(chosen) = chosen {
        let log = session.log();
        let lookup = ByIndex::new(&log, session.view(), session.head().size);
        if choose(&lookup, entry)?.entries != chosen {
            return Ok(Some(
                "it lacks entries that belong to it, or has others: it may be of an earlier day",
            ));
        }
    }
    let same = made_again(session, entry, form, signed)? == published;
    Ok((!same).then_some("it is not the proof that the log gives under the head that it names"))
}

/// What is wrong with the head of a proof.
fn other_head(session: &Session, signed: &SignedCheckpoint) -> Result<Option<&'static str>, Error> {
    let named = signed.checkpoint();
    if named.origin != session.head().origin || named.size > session.head().size {
        return Ok(Some("it is under a head that the site does not have"));
    }
    if session.view().root_at(named.size)? != Some(named.root) {
        return Ok(Some("it is under a head that is not of this history"));
    }
    let unsigned = session.checkpoint_keys()?.check(signed).is_err();
    Ok(unsigned.then_some("its head is not signed by the key of the ledger"))
}

fn made_again(
    session: &Session,
    entry: EntryIndex,
    form: Form,
    signed: SignedCheckpoint,
) -> Result<Vec<u8>, Error> {
    let mut head = session.head().clone();
    head.size = signed.checkpoint().size;
    head.root = signed.checkpoint().root;
    let log = Log::at(session.reader(), head);
    if form == Form::TlogProof {
        let mut proof = tlog_proof(&log, entry, signed)?;
        let entry = log.entry(entry)?.encode();
        proof.extra = Some(entry.map_err(crate::ledger::Error::from)?);
        return Ok(proof.print());
    }
    let lookup = ByIndex::new(&log, session.view(), signed.checkpoint().size);
    let mut made = dossier(&log, &lookup, entry, signed)?.file;
    if form == Form::DossierWithTexts {
        quoted_texts::put_into(session, &mut made)?;
    }
    crate::app::proofs::proof::printed(&made)
}
