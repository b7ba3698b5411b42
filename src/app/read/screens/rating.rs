//! A rating with what gives it its meaning: its definition, the scale, and whose scale it is.

use super::pages::Pages;
use crate::app::Error;
use crate::app::read::theirs::{perhaps, theirs};
use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::encoding::name::Slug;
use claimledger_core::model::scale::{Needs, Scale};
use claimledger_core::model::{Body, StatementId};
use serde::Serialize;

/// A rating on a scale.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RatingShown {
    /// Its code.
    pub code: Slug,
    /// The label, verbatim; the code if the scale does not have it.
    pub label: Foreign,
    /// What the scale says that it means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<Foreign>,
    /// What a verdict with this rating must rest on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<Needs>,
    /// The scale's title.
    pub scale_title: Foreign,
    /// Its short name, version and organisation: `five-step 1 of desk-example`.
    pub scale: String,
    /// The entry that set this version.
    pub scale_entry: EntryIndex,
}

impl RatingShown {
    /// What the scale asks for, in words; nothing if it asks for nothing.
    pub const fn rests_on(&self) -> Option<&'static str> {
        match self.needs {
            Some(Needs::Support) => Some("the scale asks for evidence for the claim"),
            Some(Needs::Refutation) => Some("the scale asks for evidence against the claim"),
            _ => None,
        }
    }
}

/// The rating with this code on the scale of that statement.
pub fn shown(pages: &Pages<'_>, scale: &StatementId, code: &Slug) -> Result<RatingShown, Error> {
    let scale_entry = pages.place(scale)?;
    let said = pages.said(scale_entry)?;
    let scale: Option<&Scale> = match &said.body {
        Body::ScaleSet(scale) => Some(scale),
        _ => None,
    };
    let entry = scale.and_then(|scale| scale.entry(code));
    Ok(RatingShown {
        code: code.clone(),
        label: entry.map_or_else(|| code.as_str().into(), |entry| theirs(&entry.label)),
        meaning: entry.and_then(|entry| perhaps(entry.definition.as_ref())),
        needs: entry.map(|entry| entry.needs),
        scale_title: scale.map_or_else(Foreign::default, |scale| theirs(&scale.title)),
        scale: scale.map_or_else(String::new, |scale| {
            format!(
                "{} {} of {}",
                scale.scale, scale.version, scale.organisation
            )
        }),
        scale_entry,
    })
}
