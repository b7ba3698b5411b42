//! Reading: one entry with what names it, the log, lists by type, organisations, scales, the checkpoint.

use super::{Catalog, Error};
use crate::encoding::time::Instant;
use crate::entry::Entry;
use crate::envelope::{Verified, file};
use crate::model::{Body, StatementType};
use crate::rules::View as _;
use serde::Serialize;

/// One entry in a line.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// Its number.
    pub index: u64,
    /// Its type.
    #[serde(rename = "type")]
    pub statement_type: String,
    /// Its statement's id.
    pub id: String,
    /// Its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Who signed it.
    pub holder: String,
    /// When, by the signer's clock.
    pub issued: String,
    /// Its first words.
    pub words: String,
}

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
    /// The entries that name it.
    pub named_by: Vec<Line>,
    /// What to know when reading it.
    pub notes: Vec<String>,
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
    if let Body::VerdictIssue(verdict) = &statement.body
        && verdict.corroboration.method == 0
    {
        notes.push("corroboration: not computed (method 0)".to_owned());
    }
    if sealed(&statement) {
        notes.push("some words are sealed: the log holds only a commitment to them".to_owned());
    }
    Ok(Shown {
        line: line(catalog, index, &statement)?,
        taken_in: instant(entry.time),
        organisation: key.map(|fact| fact.organisation.to_string()),
        key: statement.key.fingerprint(),
        statement: serde_json::from_slice(statement.payload()).unwrap_or_default(),
        named_by: named_by?,
        notes,
    })
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

/// Every entry before a size, oldest first.
pub fn log(catalog: &Catalog, at: Option<u64>) -> Result<Vec<Line>, Error> {
    (0..catalog.at(at)?)
        .map(|index| one(catalog, index))
        .collect()
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

/// The newest scale version before a size, or the one named.
pub fn scale(
    catalog: &Catalog,
    name: Option<&str>,
    at: Option<u64>,
) -> Result<(u64, Verified), Error> {
    let size = catalog.at(at)?;
    let index = if let Some(name) = name {
        catalog.resolve(name, size)?
    } else {
        let scales = catalog.ask().of_type(StatementType::ScaleSet, size)?;
        *scales
            .last()
            .ok_or_else(|| Error::Usage("this ledger has no rating scale".to_owned()))?
    };
    let (_, statement) = catalog.log()?.statement(index)?;
    match statement.body {
        Body::ScaleSet(_) => Ok((index, statement)),
        _ => Err(Error::WrongKind {
            name: index.to_string(),
            found: statement.statement_type.to_string(),
            wanted: StatementType::ScaleSet.to_string(),
        }),
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

/// The organisations of the ledger before a size.
pub fn organisations(catalog: &Catalog, at: Option<u64>) -> Result<Vec<OrganisationLine>, Error> {
    let size = catalog.at(at)?;
    let mut found = std::collections::BTreeMap::new();
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

fn one(catalog: &Catalog, index: u64) -> Result<Line, Error> {
    let (_, statement): (Entry, Verified) = catalog.log()?.statement(index)?;
    line(catalog, index, &statement)
}

fn line(catalog: &Catalog, index: u64, statement: &Verified) -> Result<Line, Error> {
    let holder = match catalog.ask().key(&statement.key)? {
        Some(fact) => fact.holder.to_string(),
        None => "(not enrolled)".to_owned(),
    };
    Ok(Line {
        index,
        statement_type: statement.statement_type.to_string(),
        id: statement.id().to_string(),
        label: statement.label.as_ref().map(ToString::to_string),
        holder,
        issued: statement.issued.to_string(),
        words: words(catalog, statement)?,
    })
}

/// The first words of a statement, for people.
fn words(catalog: &Catalog, statement: &Verified) -> Result<String, Error> {
    let place = |id| -> Result<String, Error> {
        Ok(match catalog.ask().statement(id)? {
            Some(fact) => format!("#{}", fact.index),
            None => id.short(),
        })
    };
    Ok(match &statement.body {
        Body::LedgerCreate(create) => create.title.to_string(),
        Body::OrganisationSet(organisation) => organisation.name.to_string(),
        Body::KeyEnroll(enroll) => {
            let roles: Vec<&str> = enroll.roles.iter().map(|role| role.as_str()).collect();
            format!(
                "{} of {} as {}",
                enroll.holder,
                enroll.organisation,
                roles.join(", ")
            )
        }
        Body::ScaleSet(scale) => scale.title.to_string(),
        Body::PolicySet(policy) => format!(
            "{} needs {} approval(s)",
            policy.organisation, policy.approvals
        ),
        Body::SourceAdd(source) => format!("{} ({})", source.title, source.publisher),
        Body::ClaimAdd(claim) => claim.text.to_string(),
        Body::EvidenceAdd(evidence) => {
            let claim = place(&evidence.claim)?;
            let said = match (&evidence.excerpt, &evidence.searched) {
                (Some(excerpt), _) => format!("\u{201c}{}\u{201d}", excerpt.quote),
                (None, Some(searched)) => format!("searched {searched}"),
                (None, None) => "(no quotation)".to_owned(),
            };
            format!("{} {claim}: {said}", evidence.stance)
        }
        Body::VerdictIssue(verdict) => {
            let claim = place(&verdict.claim)?;
            format!(
                "{claim}: {}",
                rating(catalog, &verdict.scale, &verdict.rating)?
            )
        }
        other => other.statement_type().to_string(),
    })
}

/// The verbatim label of a rating.
fn rating(
    catalog: &Catalog,
    scale: &crate::model::StatementId,
    code: &crate::encoding::name::Slug,
) -> Result<String, Error> {
    let Some(fact) = catalog.ask().statement(scale)? else {
        return Ok(code.to_string());
    };
    let (_, statement) = catalog.log()?.statement(fact.index)?;
    Ok(match &statement.body {
        Body::ScaleSet(scale) => scale
            .entry(code)
            .map_or_else(|| code.to_string(), |entry| entry.label.to_string()),
        _ => code.to_string(),
    })
}

fn sealed(statement: &Verified) -> bool {
    let text = String::from_utf8_lossy(statement.payload());
    text.contains("{\"sealed\":\"")
}

/// Milliseconds as people read them.
pub fn instant(millis: u64) -> String {
    Instant::from_unix_seconds(millis / 1_000)
        .map_or_else(|_| format!("{millis} ms"), |at| at.to_string())
}
