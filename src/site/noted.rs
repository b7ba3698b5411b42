//! What the lists of a site know of a statement without reading it again.

use crate::app::read::practice::Concern;
use serde::{Deserialize, Serialize};

/// How a statement is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShownAs {
    /// It stands.
    #[default]
    Stands,
    /// It was corrected or withdrawn, or it fell otherwise.
    Fallen,
    /// A verdict that nobody approved, or that was rejected.
    Hidden,
}

/// What is noted of a statement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// Of a verdict: what an assessor looks at.
    pub concerns: Vec<Concern>,
    /// Of a verdict: its organisation.
    pub house: String,
    /// How it is shown.
    pub shown: ShownAs,
    /// Of a verdict: the year in which it was signed, by the signer's clock.
    pub year: u64,
}
