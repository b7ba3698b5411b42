//! Reading: one entry with what names it, the log, lists by type, organisations, scales, the checkpoint.

use super::captures::text_under;
use super::corroboration;
use super::line::{Line, instant, line, one};
use super::standing::{self, VerdictStanding};
use crate::app::{Catalog, Error};
use crate::snapshots::excerpt::{self, Span};
use claimledger_core::envelope::{Verified, file};
use claimledger_core::log::{ExcerptError, excerpts};
use claimledger_core::model::organisation::Organisation;
use claimledger_core::model::scale::Scale;
use claimledger_core::model::{Body, Statement, StatementId, StatementType};
use claimledger_core::rules::View as _;
use serde::Serialize;
use std::collections::BTreeMap;

/// One entry whole.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    /// The entry in a line.
    #[serde(flatten)]
    pub line: Line,
    /// When the ledger took it in, by its own testimony.
    pub taken_in: String,
    /// The signer's organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The signer's key.
    pub key: String,
    /// The statement.
    pub statement: serde_json::Value,
    /// What the ids in the statement stand for: entry number, type and label.
    pub names: BTreeMap<String, String>,
    /// The entries that name it.
    pub named_by: Vec<Line>,
    /// Of a verdict: where it stands. Of a claim: its current verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<VerdictStanding>,
    /// Of a verdict: the corroboration as of its signing, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corroboration: Option<String>,
    /// Of an excerpt: where it stands in its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<Context>,
    /// What to know when reading it.
    pub notes: Vec<String>,
}

/// A quotation within its sentences.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Context {
    /// What stands before it; three dots come first if it begins inside a sentence.
    pub before: String,
    /// The quotation.
    pub quote: String,
    /// What stands after it; three dots come last if it ends inside a sentence.
    pub after: String,
}

/// One entry whole, as of a size.
pub fn show(catalog: &Catalog, name: &str, at: Option<u64>) -> Result<Shown, Error> {
    let size = catalog.at(at)?;
    let index = catalog.resolve(name, size)?;
    let (entry, statement) = catalog.log()?.statement(index)?;
    let named_by = catalog.ask().naming(index, size)?;
    let named_by: Result<Vec<Line>, Error> =
        named_by.into_iter().map(|by| one(catalog, by)).collect();
    let key = catalog.ask().key(&statement.key)?;
    let mut notes = Vec::new();
    if let Some(moved) = corroboration::moved(catalog, index, size)? {
        notes.push(match moved.since {
            Some(since) if moved.before_entry => format!(
                "entry {since} changed the corroboration after its author had seen {} entries",
                moved.seen
            ),
            Some(since) => format!("corroboration changed since signing, first by entry {since}"),
            None => "corroboration changed since signing".to_owned(),
        });
    }
    let standing = match &statement.body {
        Body::VerdictIssue(_) => standing::of(catalog, index, size)?,
        Body::ClaimAdd(_) => standing::current_of_claim(catalog, index, size)?,
        _ => None,
    };
    if sealed(&statement) {
        notes.push("some words are sealed: the log holds only a commitment to them".to_owned());
    }
    let context = match context(catalog, &statement.body) {
        Ok(context) => context,
        Err(e) => {
            notes.push(format!("its excerpt cannot be shown in its context: {e}"));
            None
        }
    };
    let sentence = match (&statement.body, statement.seen, catalog.ask().entry(index)?) {
        (Body::VerdictIssue(verdict), Some(seen), Some(fact)) => {
            let judged = (fact.by.organisation, index);
            corroboration::sentence_of(catalog, verdict, seen.size, judged)?
        }
        _ => None,
    };
    Ok(Shown {
        corroboration: sentence,
        context,
        names: names(catalog, &statement)?,
        standing,
        line: line(catalog, index, &statement)?,
        taken_in: instant(entry.time),
        organisation: key.map(|fact| fact.organisation.to_string()),
        key: statement.key.fingerprint(),
        statement: serde_json::from_slice(statement.payload()).unwrap_or_default(),
        named_by: named_by?,
        notes,
    })
}

/// The excerpt that a statement makes, where it stands in a text that is held here.
fn context(catalog: &Catalog, body: &Body) -> Result<Option<Context>, Error> {
    let Some(made) = excerpts::of(body) else {
        return Ok(None);
    };
    let Some(text) = text_under(catalog.reader(), &made.text)? else {
        return Ok(None);
    };
    if made
        .quote
        .words()
        .is_some_and(|quote| !excerpts::matches(&text, made.start, made.end, quote))
    {
        let (text, start, end) = (made.text, made.start, made.end);
        return Err(crate::ledger::Error::from(ExcerptError::Broken { text, start, end }).into());
    }
    let span = Span {
        start: made.start,
        end: made.end,
    };
    let dots = |cut: bool| if cut { "\u{2026}" } else { "" };
    Ok(excerpt::context(&text, span).map(|found| Context {
        before: format!("{}{}", dots(found.cut_before), found.before),
        quote: found.quote,
        after: format!("{}{}", found.after, dots(found.cut_after)),
    }))
}

/// What the ids in a statement stand for: entry number, type and label.
pub fn names(catalog: &Catalog, statement: &Statement) -> Result<BTreeMap<String, String>, Error> {
    let mut names = BTreeMap::new();
    for named in statement.named() {
        if let Some(fact) = catalog.ask().statement(&named.id)? {
            let (_, there) = catalog.log()?.statement(fact.index)?;
            let label = there.label.as_ref().map(|label| format!(" {label}"));
            names.insert(
                named.id.to_string(),
                format!(
                    "#{} {}{}",
                    fact.index,
                    fact.statement_type,
                    label.unwrap_or_default()
                ),
            );
        }
    }
    Ok(names)
}

/// The DSSE envelope of one entry, as a file.
pub fn envelope(catalog: &Catalog, name: &str, at: Option<u64>) -> Result<String, Error> {
    let index = catalog.resolve(name, catalog.at(at)?)?;
    let (_, statement) = catalog.log()?.statement(index)?;
    Ok(file::print(
        statement.payload(),
        &statement.key,
        statement.signature(),
    ))
}

/// The entries before a size, oldest first; only the last ones if asked.
pub fn log(catalog: &Catalog, last: Option<u64>, at: Option<u64>) -> Result<Vec<Line>, Error> {
    let size = catalog.at(at)?;
    let first = last.map_or(0, |last| size.saturating_sub(last));
    (first..size).map(|index| one(catalog, index)).collect()
}

/// The entries of one type before a size.
pub fn list(
    catalog: &Catalog,
    statement_type: StatementType,
    at: Option<u64>,
) -> Result<Vec<Line>, Error> {
    let indices = catalog.ask().of_type(statement_type, catalog.at(at)?)?;
    indices
        .into_iter()
        .map(|index| one(catalog, index))
        .collect()
}

/// The entries of one type before a size that name a statement.
pub fn about(
    catalog: &Catalog,
    statement_type: StatementType,
    name: &str,
    at: Option<u64>,
) -> Result<Vec<Line>, Error> {
    let size = catalog.at(at)?;
    let named = catalog.resolve(name, size)?;
    let mut lines = Vec::new();
    for index in catalog.ask().naming(named, size)? {
        let line = one(catalog, index)?;
        if line.statement_type == statement_type.as_str() {
            lines.push(line);
        }
    }
    Ok(lines)
}

/// A scale version and where it stands.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScaleShown {
    /// The entry that set it.
    pub entry: u64,
    /// The statement's id, by which verdicts name it.
    pub id: StatementId,
    /// The scale.
    #[serde(flatten)]
    pub scale: Scale,
}

/// The newest scale version before a size, or the one named.
pub fn scale(catalog: &Catalog, name: Option<&str>, at: Option<u64>) -> Result<ScaleShown, Error> {
    let size = catalog.at(at)?;
    let entry = if let Some(name) = name {
        catalog.resolve(name, size)?
    } else {
        let scales = catalog.ask().of_type(StatementType::ScaleSet, size)?;
        *scales
            .last()
            .ok_or_else(|| Error::Usage("this ledger has no rating scale".to_owned()))?
    };
    let (_, statement) = catalog.log()?.statement(entry)?;
    match &statement.body {
        Body::ScaleSet(scale) => Ok(ScaleShown {
            entry,
            id: statement.id(),
            scale: scale.as_ref().clone(),
        }),
        _ => Err(Error::WrongKind {
            name: entry.to_string(),
            found: statement.statement_type.to_string(),
            wanted: StatementType::ScaleSet.to_string(),
        }),
    }
}

/// The newest head of a ledger.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HeadShown {
    /// The ledger's id.
    pub ledger: String,
    /// Its name.
    pub origin: String,
    /// The number of entries.
    pub size: u64,
    /// The root at that size, in hex.
    pub root: String,
    /// The chained digest of the rule state after the last entry, as the audit computes it too.
    pub state: String,
    /// The key its checkpoints verify under.
    pub vkey: String,
    /// The signed checkpoint, verbatim.
    pub note: String,
}

/// The newest head.
pub fn checkpoint(catalog: &Catalog) -> HeadShown {
    let head = catalog.head();
    HeadShown {
        ledger: head.ledger.to_string(),
        origin: head.origin.to_string(),
        size: head.size,
        root: head.root.to_string(),
        state: catalog.marker().state.to_string(),
        vkey: head.vkey.to_string(),
        note: String::from_utf8_lossy(&head.checkpoint).into_owned(),
    }
}

/// An organisation as it described itself last.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrganisationLine {
    /// Its short name.
    pub organisation: String,
    /// Its name.
    pub name: String,
    /// Its web site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The entry that says so.
    pub entry: u64,
}

/// An organisation as it described itself last.
pub fn organisation(
    catalog: &Catalog,
    name: &claimledger_core::encoding::name::Slug,
) -> Result<Option<Organisation>, Error> {
    let mut entries = vec![0];
    let size = catalog.head().size;
    entries.extend(
        catalog
            .ask()
            .of_type(StatementType::OrganisationSet, size)?,
    );
    for entry in entries.into_iter().rev() {
        let (_, statement) = catalog.log()?.statement(entry)?;
        let found = match &statement.body {
            Body::LedgerCreate(create) => &create.organisation,
            Body::OrganisationSet(organisation) => organisation.as_ref(),
            _ => continue,
        };
        if found.organisation == *name {
            return Ok(Some(found.clone()));
        }
    }
    Ok(None)
}

/// The organisations of the ledger before a size.
pub fn organisations(catalog: &Catalog, at: Option<u64>) -> Result<Vec<OrganisationLine>, Error> {
    let size = catalog.at(at)?;
    let mut found = BTreeMap::new();
    let mut entries = vec![0];
    entries.extend(
        catalog
            .ask()
            .of_type(StatementType::OrganisationSet, size)?,
    );
    for entry in entries {
        let (_, statement) = catalog.log()?.statement(entry)?;
        let organisation = match &statement.body {
            Body::LedgerCreate(create) => &create.organisation,
            Body::OrganisationSet(organisation) => organisation.as_ref(),
            _ => continue,
        };
        let line = OrganisationLine {
            organisation: organisation.organisation.to_string(),
            name: organisation.name.to_string(),
            url: organisation.url.as_ref().map(ToString::to_string),
            entry,
        };
        found.insert(line.organisation.clone(), line);
    }
    Ok(found.into_values().collect())
}

fn sealed(statement: &Verified) -> bool {
    let text = String::from_utf8_lossy(statement.payload());
    text.contains("{\"sealed\":\"")
}
