//! Puts the texts that a dossier's entries quote into it, so that its reader can compare the quotations.

use crate::app::{Error, Session};
use crate::host;
use crate::snapshots::open_text;
use claimledger_core::crypto::Digest;
use claimledger_core::dossier::File;
use claimledger_core::log::blobs::path_of;
use claimledger_core::log::bounded::read_bounded;
use claimledger_core::log::excerpts::excerpt_in;
use std::collections::BTreeSet;
use std::path::Path;

/// Puts the texts that are held here into the file; those that are withheld stay out. A note says how many are missing.
pub fn put_into(session: &Session, file: &mut File) -> Result<(), Error> {
    let mut quoted: BTreeSet<Digest> = BTreeSet::new();
    for (index, _) in &file.entries {
        let statement = session.statement(*index)?;
        quoted.extend(excerpt_in(&statement.body).map(|excerpt| excerpt.text));
    }
    let (mut withheld, mut absent) = (0_u64, 0_u64);
    for digest in quoted {
        if session.hides(&digest)? {
            withheld += 1;
            continue;
        }
        match bytes(session, &digest)? {
            Some(bytes) => drop(file.texts.insert(digest, bytes)),
            None => absent += 1,
        }
    }
    for (count, why) in [(withheld, "withheld"), (absent, "not held here")] {
        if count > 0 {
            session.note(format!(
                "{count} of the texts that its entries quote are {why}, and so are not in the dossier"
            ));
        }
    }
    Ok(())
}

fn bytes(session: &Session, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
    let Some(mut held) = open_text(session.reader(), digest)? else {
        return Ok(None);
    };
    let failed = |e| host::Error::io("reading", Path::new(&path_of(digest)), e);
    Ok(read_bounded(&mut held).map_err(failed)?)
}
