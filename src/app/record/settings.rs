//! The settings of an organisation: its description, its rating scales, its policy.

use super::append::Proposal;
use super::toml_file::{Fields, WrittenFile};
use crate::app::read::listed::{HasStanding, Listed, Which};
use crate::app::read::standing_line::{self, StandingLine};
use crate::app::read::{scale, show};
use crate::app::{Error, Fault, InField as _, Session};
use claimledger_core::Message;
use claimledger_core::crypto::PublicKey;
use claimledger_core::encoding::name::Slug;
use claimledger_core::model::organisation::{Organisation, Role};
use claimledger_core::model::policy::Policy;
use claimledger_core::model::scale::{Direction, Needs, Scale, ScaleEntry};
use claimledger_core::model::{Body, FreeText, StatementType};
use claimledger_core::rules::standing::in_force::in_force;
use claimledger_core::rules::{Reading, Standings, View as _};
use claimledger_core::{EntryIndex, TreeSize};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// A new description of an organisation. Fields that are not given stay as they were.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewOrganisation {
    /// Its short name.
    pub organisation: Slug,
    /// Its name.
    pub name: Option<String>,
    /// Its web site.
    pub url: Option<String>,
    /// Its corrections policy.
    pub corrections_policy: Option<String>,
    /// The languages it works in.
    #[serde(default)]
    pub language: Vec<String>,
}

/// The statement about an organisation.
pub fn organisation(session: &Session, new: &NewOrganisation) -> Result<Proposal, Error> {
    let before = show::organisation(session, &new.organisation)?;
    let mut languages = new
        .language
        .iter()
        .map(|tag| tag.parse())
        .collect::<Result<Vec<_>, _>>()?;
    languages.sort();
    languages.dedup();
    let name = match (&new.name, &before) {
        (Some(name), _) => FreeText::open(name.clone())?,
        (None, Some(before)) => before.name.clone(),
        (None, None) => {
            return Err(Error::Usage(format!(
                "{} is new here: give its --name",
                new.organisation
            )));
        }
    };
    let url = |given: &Option<String>, kept: Option<_>| match given {
        Some(url) => url.parse().map(Some),
        None => Ok(kept),
    };
    let kept = before.as_ref();
    Ok(Proposal::new(Organisation {
        corrections_policy: url(
            &new.corrections_policy,
            kept.and_then(|b| b.corrections_policy.clone()),
        )?,
        languages: match kept {
            Some(before) if languages.is_empty() => before.languages.clone(),
            _ => languages,
        },
        name,
        organisation: new.organisation.clone(),
        url: url(&new.url, kept.and_then(|b| b.url.clone()))?,
    }))
}

/// A rating scale as a file describes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewScale {
    /// The scale's short name; a scale with an existing name is its next version.
    pub scale: Slug,
    /// Its title.
    pub title: String,
    /// Whose scale; the signer's organisation by default.
    pub organisation: Option<Slug>,
    /// The language of the labels.
    pub language: Option<String>,
    /// What a greater number means; only if ratings have numbers.
    pub direction: Option<Direction>,
    /// The ratings, in the order in which people should see them.
    #[serde(skip)]
    pub rating: Vec<NewRating>,
}

impl Fields for NewScale {
    const REQUIRED: &'static [&'static str] = &["scale", "title"];
}

impl Fields for NewRating {
    const REQUIRED: &'static [&'static str] = &["label", "code", "needs"];
}

impl Fields for NewPolicy {
    const REQUIRED: &'static [&'static str] = &["approvals"];
}

/// Reads a scale from a file.
///
/// # Errors
///
/// [`Error::Faults`] with all faults of the file's form.
pub fn read_scale(path: &Path) -> Result<(NewScale, WrittenFile), Error> {
    let mut document = WrittenFile::read(path, &[RATING])?;
    let mut faults = std::mem::take(&mut document.faults);
    let head = document.top.read::<NewScale>(&mut faults);
    let ratings = document.sections.iter();
    let ratings: Vec<Option<NewRating>> = ratings
        .map(|section| {
            let rating: NewRating = section.read(&mut faults)?;
            match entry(&rating) {
                Ok(_) => Some(rating),
                Err(why) => {
                    faults.push(section.refused(None, why));
                    None
                }
            }
        })
        .collect();
    if ratings.is_empty() {
        faults.push(Fault {
            line: None,
            item: None,
            field: None,
            why: Error::Malformed("a scale has at least one [[rating]]".to_owned()),
        });
    }
    Error::if_any(&document.path, faults)?;
    let mut scale = head.expect("without a fault, it was read");
    scale.rating = ratings.into_iter().flatten().collect();
    Ok((scale, document))
}

/// The sections of a scale's file.
const RATING: &str = "rating";

/// One rating of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewRating {
    /// The label, verbatim.
    pub label: String,
    /// Its short name.
    pub code: Slug,
    /// What a verdict with this rating needs.
    pub needs: Needs,
    /// Its place on the scale; ratings outside the scale have none.
    pub number: Option<u64>,
    /// What it means.
    pub definition: Option<String>,
}

/// The statement of the next version of a scale.
pub fn scale(session: &Session, new: &NewScale, by: &PublicKey) -> Result<Proposal, Error> {
    let organisation = own(session, new.organisation.as_ref(), by)?;
    let every = Which {
        all: true,
        ..Which::default()
    };
    let before = scales(session, every)?
        .found
        .into_iter()
        .filter(|line| line.scale == new.scale && line.organisation == organisation)
        .map(|line| line.version)
        .max();
    let ratings = new.rating.iter().map(entry);
    Ok(Proposal::new(Scale {
        direction: new.direction,
        entries: ratings.collect::<Result<_, Error>>()?,
        language: new
            .language
            .as_deref()
            .map(str::parse)
            .transpose()
            .in_field("language")?,
        organisation,
        scale: new.scale.clone(),
        title: FreeText::open(new.title.clone()).in_field("title")?,
        version: before.unwrap_or(0) + 1,
    }))
}

fn entry(rating: &NewRating) -> Result<ScaleEntry, Error> {
    let definition = rating.definition.clone().map(FreeText::open).transpose();
    Ok(ScaleEntry {
        code: rating.code.clone(),
        definition: definition.in_field("definition")?,
        label: FreeText::open(rating.label.clone()).in_field("label")?,
        needs: rating.needs,
        number: rating.number,
    })
}

/// A scale version, for lists.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ScaleLine {
    /// The entry that set it.
    pub entry: EntryIndex,
    /// Whose scale.
    pub organisation: Slug,
    /// The scale's short name.
    pub scale: Slug,
    /// Which version.
    pub version: u64,
    /// Its title.
    pub title: Message,
    /// Its labels, in order.
    pub labels: Vec<Message>,
    /// Its standing: in force, replaced, or distrusted.
    pub standing: StandingLine,
}

impl HasStanding for ScaleLine {
    fn standing(&self) -> &StandingLine {
        &self.standing
    }
}

/// The scale versions before a size, in the order in which they were set: those in force, or all of them.
pub fn scales(session: &Session, which: Which) -> Result<Listed<ScaleLine>, Error> {
    let size = session.at(which.at)?;
    let view = session.view();
    let standings = Standings::at(&view, size)?;
    let mut lines: Vec<ScaleLine> = Vec::new();
    for entry in view.of_type(StatementType::ScaleSet, size)? {
        let statement = session.statement(entry)?;
        let Body::ScaleSet(scale) = &statement.body else {
            continue;
        };
        lines.push(ScaleLine {
            entry,
            organisation: scale.organisation.clone(),
            scale: scale.scale.clone(),
            version: scale.version,
            title: (&scale.title).into(),
            labels: scale.entries.iter().map(|e| (&e.label).into()).collect(),
            standing: standing_line::of_entry(session, &standings, entry)?,
        });
    }
    Ok(Listed::of(lines, which))
}

/// A policy as a file describes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewPolicy {
    /// Whose policy; the signer's organisation by default.
    pub organisation: Option<Slug>,
    /// How many approvals.
    pub approvals: u64,
    /// The roles that may approve; editors and reviewers by default.
    pub roles: Option<Vec<Role>>,
    /// How many holders must approve, at least; as many as approvals by default.
    pub holders: Option<u64>,
    /// How many organisations must approve, at least; one by default.
    pub organisations: Option<u64>,
    /// Whether author and approvers must declare their interests.
    #[serde(default)]
    pub conflicts_declared: bool,
    /// How many traced independent origins a rating must rest on.
    #[serde(default)]
    pub traced_origins: u64,
    /// Days from the report of an error to its correction.
    pub correction_days: Option<u64>,
    /// Other organisations whose approvals, rejections and answers to objections count.
    #[serde(default)]
    pub approvals_from: Vec<Slug>,
    /// Other organisations whose evidence, relations, vouches and assessments count.
    #[serde(default)]
    pub evidence_from: Vec<Slug>,
    /// Whether a verdict must rest on the evidence that its rating needs by the scale.
    #[serde(default)]
    pub evidence_needed: bool,
    /// Scale versions of other organisations that may be used too, by any name that `--scale` takes.
    #[serde(default)]
    pub scales: Vec<String>,
}

/// The statement of a policy.
pub fn policy(session: &Session, new: &NewPolicy, by: &PublicKey) -> Result<Proposal, Error> {
    let mut roles = match &new.roles {
        Some(roles) => roles.clone(),
        None if new.approvals == 0 => Vec::new(),
        None => vec![Role::Editor, Role::Reviewer],
    };
    roles.sort();
    roles.dedup();
    let scales = new.scales.iter();
    let mut scales = scales
        .map(|name| Ok(scale::named(session, Some(name), None)?.id))
        .collect::<Result<Vec<_>, Error>>()
        .in_field("scales")?;
    scales.sort();
    scales.dedup();
    Ok(Proposal::new(Policy {
        approvals: new.approvals,
        approvals_from: ascending(&new.approvals_from),
        evidence_from: ascending(&new.evidence_from),
        evidence_needed: new.evidence_needed,
        scales,
        conflicts_declared: new.conflicts_declared,
        correction_days: new.correction_days,
        holders: new.holders.unwrap_or(new.approvals),
        organisation: own(session, new.organisation.as_ref(), by)?,
        organisations: new.organisations.unwrap_or(new.approvals.min(1)),
        roles,
        traced_origins: new.traced_origins,
    }))
}

/// A set has one spelling.
fn ascending(slugs: &[Slug]) -> Vec<Slug> {
    let mut slugs = slugs.to_vec();
    slugs.sort();
    slugs.dedup();
    slugs
}

/// A policy and the entry that set it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PolicyShown {
    /// The entry.
    pub entry: EntryIndex,
    /// The policy.
    #[serde(flatten)]
    pub policy: Policy,
    /// The entries of its `scales`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scale_entries: Vec<EntryIndex>,
}

/// The policy in force of each organisation before a size, or of the given one. What a distrusted key set is not in
/// force; the policy before it is.
pub fn policies(
    session: &Session,
    of: Option<&Slug>,
    at: Option<TreeSize>,
) -> Result<Vec<PolicyShown>, Error> {
    let size = session.at(at)?;
    let view = session.view();
    let mut organisations = BTreeMap::new();
    for entry in view.of_type(StatementType::PolicySet, size)? {
        if let Some(fact) = view.entry(entry)?
            && let Body::PolicySet(policy) = &session.statement(entry)?.body
            && of.is_none_or(|of| *of == policy.organisation)
        {
            organisations.insert(policy.organisation.clone(), fact.by.organisation);
        }
    }
    let reading = Reading::at(&view, size)?;
    let mut found = Vec::new();
    for organisation in organisations.into_values() {
        if let Some((entry, fact)) = in_force(&reading, organisation, size.next())?
            && let Body::PolicySet(policy) = &session.statement(entry)?.body
        {
            found.push(PolicyShown {
                entry,
                policy: policy.as_ref().clone(),
                scale_entries: fact.scales,
            });
        }
    }
    Ok(found)
}

/// The given organisation, or the signer's.
fn own(session: &Session, named: Option<&Slug>, by: &PublicKey) -> Result<Slug, Error> {
    if let Some(organisation) = named {
        return Ok(organisation.clone());
    }
    organisation_of(session, by)
}

/// The organisation of the holder of a key.
pub(super) fn organisation_of(session: &Session, by: &PublicKey) -> Result<Slug, Error> {
    match session.view().key(by)? {
        Some(fact) => Ok(fact.organisation),
        None => Err(crate::ledger::Error::Rejected(
            claimledger_core::rules::Rejection::KeyUnknown { key: *by },
        )
        .into()),
    }
}
