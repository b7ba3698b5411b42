//! The head that a site names: it must be a head of this log, signed by its key. Nothing else of a site is believed.

use super::finding::SiteFinding;
use crate::app::{Error, Session};
use crate::outcome::Code;
use crate::site::address::files;
use crate::site::named::SiteNamed;
use crate::site::writer::SiteChoices;
use crate::store::{Fetched, Published};
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::message;
use claimledger_core::rules::View as _;
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use serde::Deserialize;

/// What a site names.
pub struct ClaimedHead {
    /// The head, as it was signed and cosigned.
    pub signed: SignedCheckpoint,
    /// How it was made.
    pub site: SiteNamed,
    /// The choices in it.
    pub choices: SiteChoices,
}

/// What of `head.json` is needed. A later form may have more.
#[derive(Deserialize)]
struct HeadFile {
    ledger: String,
    note: String,
    site: SiteNamed,
}

/// Reads it; or what is wrong with it.
pub fn read(
    session: &Session,
    published: &Published,
) -> Result<Result<ClaimedHead, SiteFinding>, Error> {
    let wrong = |code, said: claimledger_core::Message| {
        Ok(Err(SiteFinding::fault(code, files::HEAD, said)))
    };
    let bytes = match published.read(files::HEAD, MOST_BYTES)? {
        Fetched::Bytes(bytes) => bytes,
        Fetched::Absent => {
            return wrong(
                Code::SiteHead,
                "there is no head.json: the site names no head of a log".into(),
            );
        }
        Fetched::Refused(why) => {
            let why = Foreign::from(why.as_str());
            return wrong(
                Code::SiteHead,
                message!("head.json cannot be read: {why}", why),
            );
        }
    };
    let found: HeadFile = match serde_json::from_slice(&bytes) {
        Ok(found) => found,
        Err(e) => {
            let why = Foreign::from(e.to_string().as_str());
            let said = message!("head.json does not say how the site was made: {why}", why);
            return wrong(Code::SiteHead, said);
        }
    };
    let head = session.head();
    if found.ledger != head.ledger.to_string() {
        let (other, ours) = (Foreign::from(found.ledger.as_str()), head.ledger);
        let said = message!(
            "the site is of ledger {other}, and this is ledger {ours}",
            other,
            ours
        );
        return wrong(Code::SiteOtherLedger, said);
    }
    let signed = match SignedCheckpoint::parse(found.note.as_bytes()) {
        Ok(signed) => signed,
        Err(e) => {
            let why = Foreign::from(e.to_string().as_str());
            return wrong(
                Code::SiteHead,
                message!("its head is no signed checkpoint: {why}", why),
            );
        }
    };
    let named = signed.checkpoint();
    if named.size > head.size {
        let (size, have) = (named.size, head.size);
        let said = message!(
            "the site is of {size} entries, and this copy of the log has {have}",
            size,
            have
        );
        return wrong(Code::SiteNewer, said);
    }
    let size = named.size;
    let ours = if size.is_empty() {
        None
    } else {
        session.view().root_at(size)?
    };
    if named.origin != head.origin || ours != Some(named.root) {
        let said = message!(
            "the site names a head of {size} entries that this log never had",
            size
        );
        return wrong(Code::SiteOtherHistory, said);
    }
    if session.checkpoint_keys()?.check(&signed).is_err() {
        let said = "its head is not signed by the key of the ledger";
        return wrong(Code::SiteHead, said.into());
    }
    let choices = match found.site.choices() {
        Ok(choices) => choices,
        Err(e) => {
            let why = Foreign::from(e.to_string().as_str());
            let said = message!("this program cannot make such a site: {why}", why);
            return wrong(Code::SiteHead, said);
        }
    };
    Ok(Ok(ClaimedHead {
        signed,
        site: found.site,
        choices,
    }))
}

/// A head with the cosignatures of a hundred witnesses is shorter.
const MOST_BYTES: u64 = 256 * 1024;
