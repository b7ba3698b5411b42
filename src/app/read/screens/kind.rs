//! What kind of claim a rating is about. `True` of an utterance says that somebody said it, and no more: the kind stands
//! wherever the rating does.

use super::pages::Pages;
use crate::app::Error;
use claimledger_core::EntryIndex;
use claimledger_core::model::Body;
use claimledger_core::model::claim::{About, Claim, Wording};
use serde::Serialize;

/// What kind of claim it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimKind {
    /// What would make it true.
    pub about: About,
    /// How near its text is to what was said.
    pub wording: Wording,
}

impl From<&Claim> for ClaimKind {
    fn from(claim: &Claim) -> Self {
        let (about, wording) = (claim.about, claim.wording);
        Self { about, wording }
    }
}

impl ClaimKind {
    /// What kind of claim it is, for its own screen.
    pub const fn words(self) -> &'static str {
        match (self.about, self.wording) {
            (About::Utterance, Wording::Verbatim) => "that somebody said this, word for word",
            (About::Utterance, Wording::Translated) => "that somebody said this, here translated",
            (About::Utterance, Wording::Reported) => {
                "that somebody said this, in these or similar words"
            }
            (About::Fact, Wording::Verbatim) => "a claim of fact, word for word as it was made",
            (About::Fact, Wording::Translated) => "a claim of fact, translated",
            (About::Fact, Wording::Reported) => "a claim of fact, in the reviewer's words",
            (About::Forecast, Wording::Verbatim) => "a forecast, word for word as it was made",
            (About::Forecast, Wording::Translated) => "a forecast, translated",
            (About::Forecast, Wording::Reported) => "a forecast, in the reviewer's words",
        }
    }

    /// Whose words the text of the claim is in.
    pub const fn worded(self) -> &'static str {
        match self.wording {
            Wording::Verbatim => "word for word as it was said or written",
            Wording::Translated => "in a translation",
            Wording::Reported => "in the words of the person who recorded it here",
        }
    }

    /// What a rating says something about.
    pub const fn rated(self) -> &'static str {
        match (self.about, self.wording) {
            (About::Utterance, Wording::Verbatim) => {
                "whether this was said, word for word; not whether it is so"
            }
            (About::Utterance, _) => "whether this was said; not whether it is so",
            (About::Fact, _) => "whether it is so",
            (About::Forecast, _) => "whether it comes about",
        }
    }

    /// What stands behind the rating's label: nothing for a claim of fact.
    pub const fn beside_label(self) -> &'static str {
        match self.about {
            About::Utterance => THAT_IT_WAS_SAID,
            About::Fact => "",
            About::Forecast => ", of a forecast",
        }
    }
}

/// What stands behind the rating of an utterance. It does not say that the words are true.
pub const THAT_IT_WAS_SAID: &str = ", that it was said";

/// The kind of the claim in an entry; `None` if the entry is not a claim.
pub fn of(pages: &Pages<'_>, claim: EntryIndex) -> Result<Option<ClaimKind>, Error> {
    Ok(match &pages.said(claim)?.body {
        Body::ClaimAdd(claim) => Some(ClaimKind::from(&**claim)),
        _ => None,
    })
}
