//! The sources of claims, or all, as literature.

use super::sources;
use crate::app::read::listed::Which;
use crate::app::read::show;
use crate::app::{Error, Session};
use crate::formats::citations::Citation;
use claimledger_core::EntryIndex;
use claimledger_core::model::{Body, StatementType};
use claimledger_core::rules::{Link, Reading, View as _};
use std::collections::BTreeSet;

/// The sources in force; with forms of claims only those of evidence in force on these, and those in which they appeared.
/// Each has a key of the ledger's name and its entry, which never changes and is given once.
pub fn citations(
    session: &Session,
    forms: Option<&BTreeSet<EntryIndex>>,
) -> Result<Vec<Citation>, Error> {
    let entries = match forms {
        None => {
            let listed = show::list(session, StatementType::SourceAdd, Which::default())?;
            listed.found.into_iter().map(|line| line.index).collect()
        }
        Some(forms) => of_claims(session, forms)?,
    };
    let ledger = key_of(session.head().origin.as_str());
    let mut all = Vec::new();
    for entry in entries {
        let source = sources::source(session, entry)?;
        all.extend(source.map(|source| Citation {
            key: format!("{ledger}-{entry}"),
            source,
        }));
    }
    Ok(all)
}

fn of_claims(
    session: &Session,
    forms: &BTreeSet<EntryIndex>,
) -> Result<BTreeSet<EntryIndex>, Error> {
    let view = session.view();
    let reading = Reading::at(&view, session.head().size)?;
    let mut found = BTreeSet::new();
    for form in forms {
        let mut evidence = Vec::new();
        for fact in reading.under(*form, Link::Evidence)? {
            if reading.is_live(fact.index)? {
                evidence.push(fact.index);
            }
        }
        found.extend(sources::of_evidence(&reading, &evidence)?);
        if let Body::ClaimAdd(claim) = &session.statement(*form)?.body {
            for id in &claim.appeared_in {
                found.extend(view.statement(id)?.map(|fact| fact.index));
            }
        }
    }
    let mut live = BTreeSet::new();
    for source in found {
        if reading.is_live(source)? {
            live.insert(source);
        }
    }
    Ok(live)
}

/// A name of letters, digits, dots and hyphens.
fn key_of(origin: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.';
    origin
        .chars()
        .map(|c| if plain(c) { c } else { '-' })
        .collect()
}
