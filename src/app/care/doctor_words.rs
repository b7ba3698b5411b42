//! What the doctor says about the full-text index: how far it follows the log, whether its files are whole, how large it is, and
//! whether it has texts that are not in this copy any more.

use crate::app::read::search::{self, FullTextSeen};
use crate::app::{Desk, Error, Session};

/// Whether the full-text index is well, and what was seen. With `repair`, one that is not is deleted.
pub(super) fn full_text_seen(desk: &Desk, repair: bool) -> (bool, String) {
    seen(desk, repair).unwrap_or_else(|e| (false, e.to_string()))
}

fn seen(desk: &Desk, repair: bool) -> Result<(bool, String), Error> {
    let session = Session::open(desk)?;
    let wrong = match search::examined(&session)? {
        FullTextSeen::None => return Ok((true, format!("none yet; {BUILDS}"))),
        FullTextSeen::Follows {
            size,
            bytes,
            gone: 0,
        } => {
            let all = session.head().size;
            let space = match bytes / MIB {
                0 => "less than 1 MiB".to_owned(),
                more => format!("{more} MiB"),
            };
            return Ok((
                true,
                format!(
                    "follows {size} of {all} entries, {space}; it can be deleted, and {BUILDS}"
                ),
            ));
        }
        FullTextSeen::Follows { gone, .. } => {
            format!("has the words of {gone} texts that are not in this copy any more")
        }
        FullTextSeen::Other => {
            "is of another history of this ledger, or of another version of the program".to_owned()
        }
        FullTextSeen::Damaged(why) => format!("is damaged: {why}"),
    };
    if !repair {
        let next = "`claimledger doctor --repair` deletes it";
        return Ok((false, format!("it {wrong}. {next}, and {BUILDS}")));
    }
    search::discard(session.full_text());
    Ok((true, format!("it {wrong}; it was deleted, and {BUILDS}")))
}

const BUILDS: &str = "the next search builds it";

const MIB: u64 = 1024 * 1024;
