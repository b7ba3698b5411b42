//! How independent the support of a claim really is: a plain graph of live things in; sentence, counts, chokepoints,
//! drawing and suggestions out.
//!
//! In order: `merge` makes units of sources of one origin (`assess`: what several reviewers say of one); `walk` follows
//! each side to its roots; `vouch`, `lean` and `largest` count; `chokepoint` finds what carries a side; `inputs` names the
//! statements used. That is what a verdict freezes and what the audit computes again. `conflict`, `translation`, `policy`,
//! `change`, `sentence` and `report` say it to people, `svg` draws it, `suggest` helps with relations. Readings of the
//! method where its text leaves room stand in `walk`, `assess` and `largest`.
//!
//! What this is not: it reads no log and knows no key. Who may say what, and what is live, the rules decide.

mod analysis;
mod assess;
mod change;
mod chokepoint;
mod conflict;
mod flow;
pub mod graph;
pub mod inputs;
mod largest;
mod antichain;
mod merge;
pub(crate) mod policy;
mod report;
mod sentence;
pub mod suggest;
pub mod svg;
mod translation;
mod vouch;
mod walk;

pub use crate::corroboration::analysis::{
    Analysis, METHOD, OwnWord, OwnWordReason, Place, Side, freeze,
};
pub use crate::corroboration::change::{Change, Wanted};
pub use crate::corroboration::conflict::Conflict;
pub use crate::corroboration::graph::Graph;
pub use crate::corroboration::policy::{PolicyAnswer, Requirement, RequirementAnswer};
pub use crate::corroboration::report::CorroborationReport;
