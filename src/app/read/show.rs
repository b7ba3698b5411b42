//! Reads: one entry with everything about it, the log, lists by type, organisations, scales, the checkpoint.

use super::entries::Entries;
use super::in_context::{InContext, in_context};
use super::line::{self, Line, instant, lines};
use super::listed::{Listed, Which};
use super::remarks;
use super::screens::pages::Pages;
use super::screens::{self, Screen};
use super::standing::{self, VerdictStanding};
use super::standing_line::{self, StandingLine};
use crate::app::{Error, Session};
use crate::index::IndexedStatement;
use claimledger_core::encoding::name::Label;
use claimledger_core::envelope::file;
use claimledger_core::log::excerpts;
use claimledger_core::model::organisation::Organisation;
use claimledger_core::model::{Body, Statement, StatementId, StatementType};
use claimledger_core::rules::standing::about;
use claimledger_core::rules::{Reading, Standings, View as _};
use claimledger_core::{EntryIndex, Message, TreeSize};
use serde::{Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// One entry whole.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EntryDetails {
    /// The entry in a line.
    #[serde(flatten)]
    pub line: Line,
    /// When the ledger recorded it, by its own clock.
    pub taken_in: String,
    /// The signer's key.
    pub key: String,
    /// The statement.
    pub statement: serde_json::Value,
    /// What the ids in the statement stand for: entry number, type and label.
    pub names: BTreeMap<StatementId, Named>,
    /// The entries that name it, or another form of it and hold for this one.
    pub named_by: Vec<Line>,
    /// For a verdict: its standing as a verdict. In the JSON `standing` is the line's.
    #[serde(rename = "verdict", skip_serializing_if = "Option::is_none")]
    pub standing: Option<VerdictStanding>,
    /// For a claim: the current verdict of each organisation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<VerdictStanding>,
    /// For a verdict: the corroboration when it was signed, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corroboration: Option<Message>,
    /// For an excerpt: the sentences around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<InContext>,
    /// What to know when reading it.
    pub notes: Vec<String>,
    /// What it says, for people.
    pub screen: Screen,
}

/// What the id of a statement stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The statement's entry.
    pub index: EntryIndex,
    /// Its type.
    pub kind: StatementType,
    /// Its label.
    pub label: Option<Label>,
}

/// `#12 source.add “wire”`.
impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label = line::labelled(self.label.as_ref().map(Label::as_str));
        write!(f, "#{} {}{label}", self.index, self.kind)
    }
}

/// The same without quotation marks.
impl Serialize for Named {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let label = self.label.as_ref().map(|label| format!(" {label}"));
        let (index, kind, label) = (self.index, self.kind, label.unwrap_or_default());
        serializer.collect_str(&format_args!("#{index} {kind}{label}"))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Named {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Named".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^#[0-9]+ [a-z.]+( [a-z0-9-]+)?$" })
    }
}

/// One entry with everything about it, as of a size.
pub fn show(session: &Session, name: &str, at: Option<TreeSize>) -> Result<EntryDetails, Error> {
    let size = session.at(at)?;
    let index = session.resolve(name, size)?;
    let statement = session.statement(index)?;
    let named_by = lines(session, &about_it(session, index, size)?, size)?;
    let mut notes = Vec::new();
    notes.extend(remarks::of_entry(session, &statement, index)?);
    if sealed(&statement) {
        notes.push("some words are sealed: the log holds only a commitment to them".to_owned());
    }
    let excerpt = excerpts::excerpt_in(&statement.body);
    let context = excerpt.map(|made| in_context(session, made)).transpose();
    let context = match context.map(Option::flatten) {
        Ok(context) => context,
        Err(e) => {
            notes.push(format!("its excerpt cannot be shown in its context: {e}"));
            None
        }
    };
    let view = Entries::view(session);
    let screen = screens::screen(&Pages::at(session, &view, size)?, index)?;
    let (mut sentence, mut standing, mut verdicts) = (None, None, Vec::new());
    match &screen {
        Screen::Verdict(verdict) => {
            sentence.clone_from(&verdict.corroboration_then);
            standing = standing::with_moved(session, index, size, verdict.moved.clone())?;
        }
        Screen::Claim(claim) => {
            let shown = claim.conclusions.iter();
            let known: Vec<_> = shown
                .map(|shown| (shown.verdict.entry, shown.moved.clone()))
                .collect();
            verdicts = standing::currents_of_claim(session, index, size, &known)?;
        }
        _ => {}
    }
    Ok(EntryDetails {
        screen,
        corroboration: sentence,
        context,
        names: names(session, &statement)?,
        standing,
        verdicts,
        line: line::one(session, index, size)?,
        taken_in: instant(statement.time),
        key: statement.key.fingerprint(),
        statement: serde_json::from_slice(statement.payload()).unwrap_or_default(),
        named_by,
        notes,
    })
}

/// What the ids in a statement stand for: entry number, type and label.
pub fn names(
    session: &Session,
    statement: &Statement,
) -> Result<BTreeMap<StatementId, Named>, Error> {
    let mut names = BTreeMap::new();
    for named in statement.named() {
        if let Some(fact) = session.view().statement(&named.id)? {
            names.insert(
                named.id,
                Named {
                    index: fact.index,
                    kind: fact.statement_type,
                    label: session.label_of(fact.index, session.head().size)?,
                },
            );
        }
    }
    Ok(names)
}

/// The DSSE envelope of one entry, as a file.
pub fn envelope(session: &Session, name: &str, at: Option<TreeSize>) -> Result<String, Error> {
    let index = session.resolve(name, session.at(at)?)?;
    let (_, statement) = session.log().statement(index)?;
    Ok(file::print(
        statement.payload(),
        &statement.key,
        statement.signature(),
    ))
}

/// The entries before a size, oldest first; only the last ones if asked.
pub fn log(session: &Session, last: Option<u64>, at: Option<TreeSize>) -> Result<Vec<Line>, Error> {
    let size = session.at(at)?;
    let first = last.map_or(0, |last| size.get().saturating_sub(last));
    let entries: Vec<EntryIndex> = size.indices_from(EntryIndex::new(first)).collect();
    lines(session, &entries, size)
}

/// The entries of one type that are asked for.
pub fn list(
    session: &Session,
    statement_type: StatementType,
    which: Which,
) -> Result<Listed<Line>, Error> {
    let size = session.at(which.at)?;
    let entries = session.view().of_type(statement_type, size)?;
    Ok(Listed::of(lines(session, &entries, size)?, which))
}

/// The entries of one type about a statement that are asked for.
pub fn about(
    session: &Session,
    statement_type: StatementType,
    name: &str,
    which: Which,
) -> Result<Listed<Line>, Error> {
    let size = session.at(which.at)?;
    let mut entries = about_it(session, session.resolve(name, size)?, size)?;
    let of_type: BTreeSet<EntryIndex> = session
        .view()
        .of_type(statement_type, size)?
        .into_iter()
        .collect();
    entries.retain(|entry| of_type.contains(entry));
    Ok(Listed::of(lines(session, &entries, size)?, which))
}

/// The entries before a size that are about a statement, oldest first: see [`about::is_about`].
fn about_it(
    session: &Session,
    index: EntryIndex,
    size: TreeSize,
) -> Result<Vec<EntryIndex>, Error> {
    let view = session.view();
    let reading = Reading::at(&view, size)?;
    let mut found = BTreeSet::new();
    for form in about::forms(&reading, index)? {
        for by in view.naming(form, size)? {
            if let Some(fact) = reading.entry(by)?
                && about::is_about(&reading, &fact, form, index)?
            {
                found.insert(by);
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// The newest head of a ledger.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HeadShown {
    /// The ledger's id.
    pub ledger: String,
    /// Its name.
    pub origin: String,
    /// The number of entries.
    pub size: TreeSize,
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
pub fn checkpoint(session: &Session) -> Result<HeadShown, Error> {
    let head = session.head();
    Ok(HeadShown {
        ledger: head.ledger.to_string(),
        origin: head.origin.to_string(),
        size: head.size,
        root: head.root.to_string(),
        state: session.marker()?.state.to_string(),
        vkey: head.vkey.to_string(),
        note: String::from_utf8_lossy(&head.checkpoint).into_owned(),
    })
}

/// An organisation, as it described itself last.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrganisationLine {
    /// Its short name.
    pub organisation: String,
    /// Its name.
    pub name: Message,
    /// Its web site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The entry that says so.
    pub entry: EntryIndex,
    /// How that entry stands.
    pub standing: StandingLine,
}

/// An organisation, as it described itself last.
pub fn organisation(
    session: &Session,
    name: &claimledger_core::encoding::name::Slug,
) -> Result<Option<Organisation>, Error> {
    let mut entries = vec![EntryIndex::FIRST];
    let size = session.head().size;
    entries.extend(
        session
            .view()
            .of_type(StatementType::OrganisationSet, size)?,
    );
    for entry in entries.into_iter().rev() {
        let statement = session.statement(entry)?;
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
pub fn organisations(
    session: &Session,
    at: Option<TreeSize>,
) -> Result<Vec<OrganisationLine>, Error> {
    let size = session.at(at)?;
    let view = session.view();
    let standings = Standings::at(&view, size)?;
    let mut found = BTreeMap::new();
    let mut entries = vec![EntryIndex::FIRST];
    entries.extend(
        session
            .view()
            .of_type(StatementType::OrganisationSet, size)?,
    );
    for entry in entries {
        let statement = session.statement(entry)?;
        let organisation = match &statement.body {
            Body::LedgerCreate(create) => &create.organisation,
            Body::OrganisationSet(organisation) => organisation.as_ref(),
            _ => continue,
        };
        let line = OrganisationLine {
            organisation: organisation.organisation.to_string(),
            name: (&organisation.name).into(),
            url: organisation.url.as_ref().map(ToString::to_string),
            entry,
            standing: standing_line::of_entry(session, &standings, entry)?,
        };
        found.insert(line.organisation.clone(), line);
    }
    Ok(found.into_values().collect())
}

fn sealed(statement: &IndexedStatement) -> bool {
    let text = String::from_utf8_lossy(statement.payload());
    text.contains("{\"sealed\":\"")
}
