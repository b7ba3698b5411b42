//! What a site says of how it was made. An auditor makes the same site again from it.

use super::frame::VERSION;
use super::record::FORM;
use super::words::SiteLanguage;
use super::writer::SiteChoices;
use crate::app::Error;
use crate::app::publish::site::HouseSite;
use crate::app::read::show::HeadShown;
use serde::{Deserialize, Serialize};

/// The choices of a site, its form, and the version of the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SiteNamed {
    /// The address at which it is to stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The form of pages and records.
    pub form: u64,
    /// The language of the frame.
    pub language: String,
    /// The version of the program.
    pub version: String,
    /// Whether the texts of sources are shown.
    pub with_texts: bool,
    /// Whether verdicts are shown that nobody approved, or that were rejected.
    pub with_unapproved: bool,
}

/// The head from which a site was made, and how it was made: `head.json`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HeadNamed {
    /// The head.
    #[serde(flatten)]
    pub head: HeadShown,
    /// How.
    pub site: SiteNamed,
}

impl SiteNamed {
    /// What this program makes with these choices.
    pub fn of(choices: &SiteChoices) -> Self {
        Self {
            address: choices.address.as_ref().map(HouseSite::address),
            form: FORM,
            language: choices.language.code().to_owned(),
            version: VERSION.to_owned(),
            with_texts: choices.with_texts,
            with_unapproved: choices.with_unapproved,
        }
    }

    /// Whether this program makes pages of that form, byte for byte.
    pub fn is_ours(&self) -> bool {
        self.form == FORM && self.version == VERSION
    }

    /// The choices.
    ///
    /// # Errors
    ///
    /// This program has no such language, or the address is none.
    pub fn choices(&self) -> Result<SiteChoices, Error> {
        let mut known = SiteLanguage::ALL.iter().copied();
        let language = known.find(|language| language.code() == self.language);
        let unknown = || {
            Error::Usage(format!(
                "there are no pages in the language {:?}",
                self.language
            ))
        };
        Ok(SiteChoices {
            language: language.ok_or_else(unknown)?,
            address: self.address.as_deref().map(HouseSite::new).transpose()?,
            with_unapproved: self.with_unapproved,
            with_texts: self.with_texts,
        })
    }
}
