//! What a new copy of a source has against the copy before it: the same bytes, the same text, or which words changed; and why
//! it may not be the source at all.

use crate::app::read::captures::{captures, shown_text, text_of};
use crate::app::summary::counted;
use crate::app::{Error, Session};
use crate::text::word_changes::{Change, changes};
use claimledger_core::encoding::foreign::Foreign;
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
    let before = captures(session, source, session.head().size)?;
    let now = text_of(reader, snapshot)?;
    if let Some(fetched) = &snapshot.fetched
        && fetched.status >= 400
    {
        let doubt = format!("the server answered {}", fetched.status);
        compared.doubts.push(doubt);
    }
    let same = |old: &&Snapshot| old.sha256 == snapshot.sha256 && old.text == snapshot.text;
    if let Some(same) = before.iter().rev().find(same) {
        let captured = same.captured;
        compared.notes.push(format!(
            "the bytes are the same as those captured {captured}"
        ));
        return Ok(compared);
    }
    let Some(now) = now else {
        return Ok(compared);
    };
    for old in before.iter().rev() {
        let Some(then) = shown_text(session, old)? else {
            continue;
        };
        let captured = old.captured;
        compared.doubts.extend(doubts(&then, &now));
        if then == now {
            compared.notes.push(format!(
                "other bytes with the same text as those captured {captured}"
            ));
        } else {
            compared
                .notes
                .extend(told(&then, &now, &captured.to_string()));
        }
        break;
    }
    Ok(compared)
}

/// The changed words, each with a few around it.
fn told(then: &str, now: &str, captured: &str) -> Vec<String> {
    let since = format!("the text has changed since it was captured {captured}");
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
        ..
    } in all.iter().take(SHOWN)
    {
        let after = match before.as_str() {
            "" => String::new(),
            before => format!("after {}: ", Foreign::from(before).quoted()),
        };
        notes.push(format!(
            "{after}before {}, now {}",
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
fn doubts(then: &str, now: &str) -> Vec<String> {
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
