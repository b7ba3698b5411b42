//! Rating scales: the one that a person names, and the one on which a verdict rates.

use crate::app::{Error, Session, summary};
use claimledger_core::encoding::name::Slug;
use claimledger_core::log::scan;
use claimledger_core::model::scale::Scale;
use claimledger_core::model::{Body, StatementId, StatementType};
use claimledger_core::rules::standing::scales;
use claimledger_core::rules::{Reading, View as _};
use claimledger_core::{EntryIndex, TreeSize};
use claimledger_core::{Message, message};
use serde::Serialize;

/// A scale version and its state.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScaleShown {
    /// The entry that set it.
    pub entry: EntryIndex,
    /// The statement's id, by which verdicts name it.
    pub id: StatementId,
    /// The scale.
    #[serde(flatten)]
    pub scale: Scale,
}

/// The scale that a person names before a size: a version by number, label or id, or the newest version of the scale
/// with that short name. Without a name, the ledger's only scale.
pub fn named(
    session: &Session,
    name: Option<&str>,
    at: Option<TreeSize>,
) -> Result<ScaleShown, Error> {
    let size = session.at(at)?;
    let mut newest: Vec<ScaleShown> = Vec::new();
    for entry in versions(session, size)? {
        let shown = at_entry(session, entry)?;
        newest.retain(|before| !same(&before.scale, &shown.scale));
        newest.push(shown);
    }
    pick(session, name, newest, size)
}

/// The entries before a size that set a scale version, without the index where the log can be looked through.
fn versions(session: &Session, size: TreeSize) -> Result<Vec<EntryIndex>, Error> {
    if !session.looks_through() {
        return Ok(session.view().of_type(StatementType::ScaleSet, size)?);
    }
    let mut found = Vec::new();
    scan::each(session.reader(), size, |index, entry| {
        if scan::is_of_type(entry, StatementType::ScaleSet) {
            found.push(index);
        }
        Ok::<(), Error>(())
    })?;
    Ok(found)
}

/// The scale on which a member of an organisation rates: one of the organisation's own scales in its newest version,
/// or one that its policy lists. It must be named if there are several. An older version can be named too.
pub fn to_rate_on(
    session: &Session,
    name: Option<&str>,
    organisation: &Slug,
) -> Result<ScaleShown, Error> {
    let size = session.head().size;
    let view = session.view();
    let choice = match view.organisation(organisation)? {
        Some(organisation) => scales::to_choose_from(&Reading::at(&view, size)?, organisation)?,
        None => Vec::new(),
    };
    let choice: Result<Vec<ScaleShown>, Error> = choice
        .into_iter()
        .map(|entry| at_entry(session, entry))
        .collect();
    let mut choice = choice?;
    // One's own scale has its short name to itself, even if the policy lists another scale with the same one.
    let own = |shown: &ScaleShown| shown.scale.organisation == *organisation;
    if choice
        .iter()
        .any(|shown| own(shown) && Some(shown.scale.scale.as_str()) == name)
    {
        choice.retain(own);
    }
    pick(session, name, choice, size)
}

fn pick(
    session: &Session,
    name: Option<&str>,
    mut choice: Vec<ScaleShown>,
    size: TreeSize,
) -> Result<ScaleShown, Error> {
    if let Some(name) = name {
        let mut called: Vec<ScaleShown> = choice
            .iter()
            .filter(|shown| shown.scale.scale.as_str() == name)
            .cloned()
            .collect();
        return match called.len() {
            0 => at_entry(session, session.resolve(name, size)?),
            1 => Ok(called.remove(0)),
            _ => Err(which(&called)),
        };
    }
    match choice.len() {
        0 => Err(Error::NoScale),
        1 => Ok(choice.remove(0)),
        _ => Err(which(&choice)),
    }
}

fn which(choice: &[ScaleShown]) -> Error {
    let named = choice.iter().map(|shown| {
        let (scale, entry) = (&shown.scale, shown.entry);
        let (name, house, title) = (&scale.scale, &scale.organisation, &scale.title);
        message!("{name} of {house} (#{entry}: {title})", title)
    });
    Error::WhichScale {
        scales: Message::join(&named.collect::<Vec<_>>(), ", "),
    }
}

fn same(one: &Scale, other: &Scale) -> bool {
    (&one.organisation, &one.scale) == (&other.organisation, &other.scale)
}

fn at_entry(session: &Session, entry: EntryIndex) -> Result<ScaleShown, Error> {
    let statement = session.statement(entry)?;
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

/// The label of a rating, without the scale that gives it its meaning: where the verdict itself stands beside it.
pub fn label(session: &Session, scale: &StatementId, code: &Slug) -> Result<Message, Error> {
    let Some(fact) = session.view().statement(scale)? else {
        return Ok(code.to_string().into());
    };
    let shown = at_entry(session, fact.index)?;
    let entry = shown.scale.entry(code);
    Ok(entry.map_or_else(|| code.to_string().into(), |entry| (&entry.label).into()))
}

/// A rating with the scale that gives it its meaning, in words: see [`summary::rating`].
pub fn rating(session: &Session, scale: &StatementId, code: &Slug) -> Result<Message, Error> {
    let Some(fact) = session.view().statement(scale)? else {
        return Ok(code.to_string().into());
    };
    let statement = session.statement(fact.index)?;
    Ok(match &statement.body {
        Body::ScaleSet(scale) => summary::rating(scale, code),
        _ => code.to_string().into(),
    })
}

/// A remark, if a verdict in entry `verdict` rates on an older version of its scale than its author could have used.
pub fn older(
    session: &Session,
    scale: &StatementId,
    verdict: EntryIndex,
) -> Result<Option<String>, Error> {
    let view = session.view();
    let Some(fact) = view.statement(scale)? else {
        return Ok(None);
    };
    let reading = Reading::at(&view, session.head().size)?;
    let newer = scales::newer(&reading, fact.index, verdict)?;
    Ok(newer.map(|newer| {
        format!(
            "it rates on the scale version of #{}; a newer version, #{newer}, was in force",
            fact.index
        )
    }))
}
