//! How independent the support of a claim is. Input: a graph of live statements. Output: sentence, counts,
//! chokepoints, drawing, suggestions.
//!
//! In order: `merge` joins sources of one origin into units (`assess`: combines what several reviewers say about one);
//! `walk` follows each side to its roots; `leaning`, `vouch`, `largest` and `exclusions` count, within `bounds`; `chokepoint` finds what carries a
//! side; `inputs` lists the statements used. A verdict records that, and the audit computes it again. `conflict`,
//! `translation`, `policy`, `change`, `sentence` and `report` put it into words, `svg` draws it, `suggest` helps with
//! relations. Where the text of the method can be read in two ways, `walk`, `assess` and `largest` say how it is read
//! here.
//!
//! What this is not: it reads no log and knows no key. The rules decide who may say what, and what is live.

mod analysis;
mod assess;
pub(crate) mod bounds;
mod called;
mod change;
mod chokepoint;
mod conflict;
mod exclusions;
mod flow;
pub mod graph;
pub mod inputs;
mod largest;
mod leaning;
mod merge;
mod part;
pub(crate) mod policy;
mod report;
mod sentence;
pub mod suggest;
pub mod svg;
mod translation;
mod vouch;
mod walk;

pub use crate::corroboration::analysis::{
    Analysis, METHOD, NeitherSide, OwnWord, OwnWordReason, Place, Side, freeze,
};
pub use crate::corroboration::bounds::TooLarge;
pub use crate::corroboration::called::Called;
pub use crate::corroboration::change::{Change, Wanted};
pub use crate::corroboration::conflict::Conflict;
pub use crate::corroboration::graph::Graph;
pub use crate::corroboration::part::{Part, SourcePart, parts};
pub use crate::corroboration::policy::{PolicyAnswer, Requirement, RequirementAnswer};
pub use crate::corroboration::report::CorroborationReport;
pub use crate::corroboration::sentence::numbers;
