//! Rating scales: the one that a person names, and the one on which a verdict rates.

use crate::app::{Error, Session, summary};
use crate::ledger;
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// The scale that a person names before a size: see `ScaleName`, or one version by number, label or id. Without a name,
/// the ledger's only scale.
///
/// # Errors
///
/// [`Error::NoSuchScale`], [`Error::WhichScale`], [`Error::NoScale`].
pub fn named(
    session: &Session,
    name: Option<&str>,
    at: Option<TreeSize>,
) -> Result<ScaleShown, Error> {
    let size = session.at(at)?;
    let all = all(session, size)?;
    pick(session, name, newest(&all), &all, None)
}

/// Every scale version before a size, oldest first.
fn all(session: &Session, size: TreeSize) -> Result<Vec<ScaleShown>, Error> {
    let versions = versions(session, size)?.into_iter();
    versions.map(|entry| at_entry(session, entry)).collect()
}

/// The newest version of each scale.
fn newest(all: &[ScaleShown]) -> Vec<ScaleShown> {
    let mut newest: Vec<ScaleShown> = Vec::new();
    for shown in all {
        newest.retain(|before| !same(&before.scale, &shown.scale));
        newest.push(shown.clone());
    }
    newest
}

/// How a person names a scale: `five-step`, its version as `five-step 2`, its organisation as `house/five-step` or as
/// answers write it, `five-step 2 of house`.
#[derive(Debug, PartialEq, Eq)]
struct ScaleName<'a> {
    organisation: Option<&'a str>,
    scale: &'a str,
    version: Option<u64>,
}

impl<'a> ScaleName<'a> {
    fn parse(name: &'a str) -> Option<Self> {
        let (name, of) = match name.split_once(" of ") {
            Some((name, of)) => (name, Some(of.trim())),
            None => (name, None),
        };
        let (organisation, name) = match name.split_once('/') {
            Some((organisation, name)) if of.is_none() => (Some(organisation.trim()), name),
            _ => (of, name),
        };
        let mut words = name.split_whitespace();
        let scale = words.next()?;
        let version = words.next().map(str::parse).transpose().ok()?;
        words.next().is_none().then_some(Self {
            organisation,
            scale,
            version,
        })
    }

    fn means(&self, shown: &ScaleShown) -> bool {
        let scale = &shown.scale;
        let of = self.organisation;
        scale.scale.as_str() == self.scale
            && of.is_none_or(|of| scale.organisation.as_str() == of)
            && self.version.is_none_or(|version| scale.version == version)
    }
}

/// A scale by its short name and its organisation: `house/five-step`.
fn full_name(scale: &Scale) -> String {
    format!("{}/{}", scale.organisation, scale.scale)
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
///
/// # Errors
///
/// Those of [`named`].
pub fn to_rate_on(
    session: &Session,
    name: Option<&str>,
    organisation: &Slug,
) -> Result<ScaleShown, Error> {
    let size = session.head().size;
    let choice = choice(session, organisation)?;
    let all = match name {
        Some(_) => all(session, size)?,
        None => Vec::new(),
    };
    pick(session, name, choice, &all, Some(organisation))
}

/// The scales that an organisation may rate on.
pub fn choice(session: &Session, organisation: &Slug) -> Result<Vec<ScaleShown>, Error> {
    let view = session.view();
    let choice = match view.organisation(organisation)? {
        Some(organisation) => {
            scales::to_choose_from(&Reading::at(&view, session.head().size)?, organisation)?
        }
        None => Vec::new(),
    };
    let choice = choice.into_iter();
    choice.map(|entry| at_entry(session, entry)).collect()
}

/// The scale of that name: among those to choose from, then among all versions, then by number, label or id.
fn pick(
    session: &Session,
    name: Option<&str>,
    mut choice: Vec<ScaleShown>,
    all: &[ScaleShown],
    own: Option<&Slug>,
) -> Result<ScaleShown, Error> {
    let Some(name) = name else {
        return match choice.len() {
            0 => Err(Error::NoScale),
            1 => Ok(choice.remove(0)),
            _ => Err(which(&choice)),
        };
    };
    if let Some(wanted) = ScaleName::parse(name) {
        // A version is looked for among all; a scale first among those to choose from.
        let lists = match wanted.version {
            Some(_) => vec![all.to_vec()],
            None => vec![choice, newest(all)],
        };
        for mut called in lists {
            called.retain(|shown| wanted.means(shown));
            // One's own scale has its short name to itself, even if the policy lists another scale with the same one.
            let is_own = |shown: &ScaleShown| Some(&shown.scale.organisation) == own;
            if called.iter().any(is_own) {
                called.retain(is_own);
            }
            match called.len() {
                0 => {}
                1 => return Ok(called.remove(0)),
                _ => return Err(which(&called)),
            }
        }
    }
    match session.resolve(name, session.head().size) {
        Ok(entry) => at_entry(session, entry),
        Err(Error::Ledger(ledger::Error::NotFound { .. })) => Err(Error::NoSuchScale {
            name: name.to_owned(),
            scales: newest(all)
                .iter()
                .map(|shown| full_name(&shown.scale))
                .collect(),
        }),
        Err(e) => Err(e),
    }
}

fn which(choice: &[ScaleShown]) -> Error {
    let named = choice.iter().map(|shown| {
        let (scale, entry) = (&shown.scale, shown.entry);
        let (name, version, title) = (full_name(scale), scale.version, &scale.title);
        message!("{name} {version} (#{entry}: {title})", title)
    });
    Error::WhichScale {
        scales: Message::join(&named.collect::<Vec<_>>(), ", "),
    }
}

/// The name by which [`to_rate_on`] finds a scale among these: its short name if no other has it.
pub fn name_among(shown: &ScaleShown, choice: &[ScaleShown]) -> String {
    let namesakes = choice
        .iter()
        .filter(|other| other.scale.scale == shown.scale.scale);
    if namesakes.count() > 1 {
        full_name(&shown.scale)
    } else {
        shown.scale.scale.to_string()
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

/// A scale with its version: `five-step 1`.
pub fn version(session: &Session, scale: &StatementId) -> Result<String, Error> {
    let Some(fact) = session.view().statement(scale)? else {
        return Ok(scale.short());
    };
    let scale = at_entry(session, fact.index)?.scale;
    Ok(format!("{} {}", scale.scale, scale.version))
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

#[cfg(test)]
mod tests {
    use super::ScaleName;

    #[test]
    fn a_scale_is_named_as_every_answer_writes_it() {
        let name = |organisation, version| {
            Some(ScaleName {
                organisation,
                scale: "five-step",
                version,
            })
        };
        for (typed, meant) in [
            ("five-step", name(None, None)),
            ("five-step 2", name(None, Some(2))),
            ("house/five-step", name(Some("house"), None)),
            ("house/five-step 2", name(Some("house"), Some(2))),
            ("five-step of house", name(Some("house"), None)),
            ("five-step 2 of house", name(Some("house"), Some(2))),
            ("five-step two", None),
            ("five-step 2 3", None),
            ("", None),
        ] {
            assert_eq!(ScaleName::parse(typed), meant, "{typed}");
        }
    }
}
