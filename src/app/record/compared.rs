//! What a new copy of a source has against the copy before it: the same bytes, the same text, or which words changed; and why
//! it may not be the source at all.

use crate::app::read::captures::{published, shown_text, standing_copies, text_of};
use crate::app::summary::counted;
use crate::app::{Error, Session};
use crate::text::alike::Alike;
use crate::text::word_changes::{Change, changes};
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::encoding::unicode::address;
use claimledger_core::log::Reader;
use claimledger_core::model::StatementId;
use claimledger_core::model::snapshot::Snapshot;

/// A new copy beside the newest earlier one with a text.
#[derive(Debug, Default)]
pub struct Compared {
    /// What to tell the person.
    pub notes: Vec<String>,
    /// Why what came may not be the source.
    pub doubts: Vec<String>,
}

/// Compares the bytes of a snapshot, which `reader` has, with what was captured of a source before.
pub fn compare(
    session: &Session,
    source: &StatementId,
    snapshot: &Snapshot,
    reader: &dyn Reader,
) -> Result<Compared, Error> {
    let mut compared = Compared::default();
    let before = standing_copies(session, source)?;
    let before: Vec<Snapshot> = before.into_iter().map(|(_, snapshot)| snapshot).collect();
    let same_bytes = |old: &&Snapshot| old.sha256 == snapshot.sha256;
    if let Some(old) = before.iter().rev().find(same_bytes)
        && old.text == snapshot.text
    {
        let captured = old.captured;
        compared.notes.push(format!(
            "the bytes are the same as those captured {captured}"
        ));
        return Ok(compared);
    }
    let doubts = &mut compared.doubts;
    doubts.extend(answered_elsewhere(session, source, &before, snapshot)?);
    let Some(now) = text_of(reader, snapshot)? else {
        return Ok(compared);
    };
    for old in before.iter().rev() {
        let Some(then) = shown_text(session, old)? else {
            continue;
        };
        let captured = old.captured;
        let again = old.sha256 == snapshot.sha256;
        if !again {
            doubts.extend(doubted(&then, &now));
        }
        let what = if again {
            "the same bytes"
        } else {
            "other bytes"
        };
        if then == now {
            let note = format!("{what} with the same text as those captured {captured}");
            compared.notes.push(note);
        } else {
            let since = if again {
                "the text of the same bytes is now another one".to_owned()
            } else {
                format!("the text has changed since it was captured {captured}")
            };
            compared.notes.extend(told(&then, &now, &since));
        }
        break;
    }
    Ok(compared)
}

/// A doubt, if the server's answer came from another address than the last one: what is gone often leads to the front page.
fn answered_elsewhere(
    session: &Session,
    source: &StatementId,
    before: &[Snapshot],
    snapshot: &Snapshot,
) -> Result<Option<String>, Error> {
    let Some(now) = &snapshot.fetched else {
        return Ok(None);
    };
    let earlier = before.iter().rev().find_map(|old| old.fetched.as_ref());
    let expected = match earlier {
        Some(fetched) => Some(fetched.url.to_string()),
        None => published(session, &source.to_string())?,
    };
    Ok(expected
        .filter(|then| address(then) != address(now.url.as_str()))
        .map(|then| format!("{} answered, not {then}", now.url)))
}

/// The changed words, each with a few around it.
fn told(then: &str, now: &str, since: &str) -> Vec<String> {
    let Some(all) = changes(then, now) else {
        return vec![format!("{since}, in more places than can be shown")];
    };
    if all.is_empty() {
        return vec![format!("{since}, in white space only")];
    }
    let mut notes = vec![format!(
        "{since}, in {}",
        counted(all.len() as u64, "place")
    )];
    let part = |words: &str| match words {
        "" => "nothing".to_owned(),
        words => Foreign::from(words).quoted_within(SHOWN_CHARACTERS),
    };
    for Change {
        before,
        removed,
        added,
    } in all.iter().take(SHOWN)
    {
        let after = match *before {
            "" => String::new(),
            before => format!("after {}: ", Foreign::from(before).quoted()),
        };
        let same = Alike::side_by_side(removed, added).is_some();
        let unseen = if same {
            " (they look the same and have other code points)"
        } else {
            ""
        };
        notes.push(format!(
            "{after}before {}, now {}{unseen}",
            part(removed),
            part(added)
        ));
    }
    if all.len() > SHOWN {
        notes.push(format!("and {} more changes", all.len() - SHOWN));
    }
    notes
}

/// Why a text may be no newer form of another one.
fn doubted(then: &str, now: &str) -> Vec<String> {
    let mut doubts = Vec::new();
    let (was, is) = (then.chars().count(), now.chars().count());
    if is * SHORTER < was {
        doubts.push(format!(
            "the new text is much shorter: {is} characters, before {was}"
        ));
    }
    let folded = now.to_lowercase();
    let mut gates = GATES.iter();
    if is < LONG_PAGE
        && let Some(gate) =
            gates.find(|gate| folded.contains(**gate) && !then.to_lowercase().contains(**gate))
    {
        let gate = Foreign::from(*gate).quoted();
        doubts.push(format!(
            "it may be a page that asks for something first: it has the words {gate}"
        ));
    }
    doubts
}

/// Words on pages that stand before a page: proofs of being human, consent, sign-in, errors.
const GATES: &[&str] = &[
    "captcha",
    "are you a human",
    "you are human",
    "are a robot",
    "not a robot",
    "enable javascript",
    "access denied",
    "page not found",
    "not be found",
    "accept cookies",
    "accept all",
    "your consent",
    "subscribe to",
    "sign in to",
    "log in to",
    "einwilligung",
    "alle akzeptieren",
    "seite nicht gefunden",
    "accepter tout",
    "page introuvable",
    "aceptar todo",
    "página no encontrada",
    "aceitar todos",
    "страница не найдена",
    "nie znaleziono strony",
];

/// A page that only asks for something is not long, in characters.
const LONG_PAGE: usize = 5_000;

/// How many times shorter a text must be.
const SHORTER: usize = 4;

/// Changes shown one by one.
const SHOWN: usize = 8;

/// Characters of each side of a change.
const SHOWN_CHARACTERS: usize = 200;
