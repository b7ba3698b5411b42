//! A source in a line: title, publisher, date, address.

use super::pages::Pages;
use crate::app::Error;
use crate::app::read::standing_line::StandingLine;
use crate::app::read::theirs::theirs;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::Body;
use claimledger_core::model::source::{SourceKind, Translator};
use serde::Serialize;

/// A source in a line.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SourceLine {
    /// Its entry.
    pub entry: EntryIndex,
    /// Its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What kind of document it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<SourceKind>,
    /// Its title.
    pub title: Foreign,
    /// Who published it.
    pub publisher: Foreign,
    /// When, as far as known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Foreign>,
    /// Whether the signer does not name it.
    pub unnamed: bool,
    /// Whether software translated it.
    pub machine_translated: bool,
    /// How it stands.
    pub standing: StandingLine,
}

/// The source of an entry.
pub fn shown(pages: &Pages<'_>, entry: EntryIndex) -> Result<SourceLine, Error> {
    let said = pages.said(entry)?;
    let mut line = SourceLine {
        entry,
        label: pages.named(entry)?.label,
        kind: None,
        title: Foreign::default(),
        publisher: Foreign::default(),
        published: None,
        url: None,
        unnamed: false,
        machine_translated: false,
        standing: pages.stands(entry)?,
    };
    if let Body::SourceAdd(source) = &said.body {
        line.kind = Some(source.kind);
        line.title = theirs(&source.title);
        line.publisher = theirs(&source.publisher);
        line.published = source.published.as_ref().map(ToString::to_string);
        line.url = source.url.as_ref().map(|url| url.as_str().into());
        line.unnamed = source.unnamed.is_some();
        line.machine_translated = matches!(source.translated_by, Some(Translator::Machine(_)));
    }
    Ok(line)
}
