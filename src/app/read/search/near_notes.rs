//! What a person who adds a claim is told about claims that are like it.

use super::claim_place::ClaimPlace;
use super::near::ClaimsAlike;
use crate::app::read::line::{self, Line, labelled};
use crate::app::{Error, Session};
use claimledger_core::encoding::foreign;
use claimledger_core::model::StatementType;
use claimledger_core::rules::View as _;

/// What to tell a person who adds the claim. A claim of the same input is named by its row.
pub(super) fn notes(session: &Session, alike: &ClaimsAlike) -> Result<Vec<String>, Error> {
    let mut notes = Vec::new();
    for at in &alike.nearly_same {
        notes.push(match line_of(session, *at)? {
            None => format!("{} has nearly the same words", named(session, *at)?),
            Some(line) => {
                let what = if line.statement_type == StatementType::ReviewRecord.as_str() {
                    "recorded review"
                } else {
                    "claim"
                };
                let words = foreign::clip(&line.words.to_string(), WORDS_SHOWN);
                let named = named(session, *at)?;
                format!("{what} {named} has nearly the same words: {words}")
            }
        });
    }
    if !notes.is_empty() {
        notes.push(
            "only the words were compared, and a denial has nearly the same words as what it denies. If the claims belong together, record how with \
             `claim relate`"
                .to_owned(),
        );
    }
    if !alike.similar.is_empty() {
        let named = alike.similar.iter().map(|at| named(session, *at));
        let named: Vec<String> = named.collect::<Result<_, _>>()?;
        notes.push(format!("similar: {}", named.join(", ")));
    }
    Ok(notes)
}

/// `#12 “closing” [withdrawn in #14]`
fn named(session: &Session, at: ClaimPlace) -> Result<String, Error> {
    Ok(match (at, line_of(session, at)?) {
        (ClaimPlace::Entry(entry), Some(line)) => format!(
            "#{entry}{}{}",
            labelled(line.label.as_deref()),
            line.standing.marked()
        ),
        (at, _) => at.to_string(),
    })
}

fn line_of(session: &Session, at: ClaimPlace) -> Result<Option<Line>, Error> {
    match at {
        ClaimPlace::Entry(entry) if session.view().entry(entry)?.is_some() => {
            Ok(Some(line::one(session, entry, session.head().size)?))
        }
        _ => Ok(None),
    }
}

/// Columns of a claim's words in a note.
const WORDS_SHOWN: usize = 120;
