//! A review as markup gives it: every value as it is spelled.

use super::own_review::OwnReview;
use super::trouble::{Trouble, TroubleCode};

/// A published fact-check, as it was found. Nothing in it is completed or corrected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewMarkup {
    /// Where it stands in its file, e.g. `script 2 /@graph/0` or `row 17`.
    pub at: String,
    /// The reviewing organisation, as the markup names it.
    pub author: Option<String>,
    /// The address of the review.
    pub url: Option<String>,
    /// The claim's words.
    pub claim: Option<String>,
    /// The rating's label.
    pub label: Option<String>,
    /// The rating's value, as it is spelled.
    pub value: Option<String>,
    /// The best value.
    pub best: Option<String>,
    /// The worst value.
    pub worst: Option<String>,
    /// The date of the review.
    pub published: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Who made the claim.
    pub claimant: ClaimantMarkup,
    /// When the claim was made.
    pub claim_date: Option<String>,
    /// Addresses where the claim appeared.
    pub appearances: Vec<String>,
    /// If this program wrote the markup: everything that it says.
    pub own: Option<Box<OwnReview>>,
    /// What is wrong or doubtful.
    pub troubles: Vec<Trouble>,
}

/// Who made a claim, as far as markup says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ClaimantMarkup {
    /// Not said.
    #[default]
    Unknown,
    /// More than can be named.
    Many,
    /// A name, and a role at that time.
    Named {
        /// The name.
        name: String,
        /// The role.
        role: Option<String>,
    },
}

impl ReviewMarkup {
    /// Whether something keeps it from being recorded.
    pub fn has_fault(&self) -> bool {
        self.troubles.iter().any(|one| one.code.is_fault())
    }

    /// Notes trouble with it, once.
    pub fn trouble(&mut self, path: &str, code: TroubleCode, reason: impl Into<String>) {
        let trouble = Trouble::new(path, code, reason);
        if !self.troubles.contains(&trouble) {
            self.troubles.push(trouble);
        }
    }
}
