//! Takes in reviews that were published elsewhere: each becomes a claim and a `review.record`, exactly once.
//!
//! A review is known by its author, its address and its claim text. So the same import twice adds nothing, and an import
//! that was interrupted continues where it stopped: what a group of statements added is durable, and is known again.

mod adopting;
mod input;
mod known;
mod plan;
mod report;
mod run;

pub use adopting::Adopting;
pub(in crate::app) use input::PAGE_TIME;
pub use input::{Input, Inputs, Reaching, Spelled};
pub use report::{Came, ReportFile, ReportLine};
pub use run::{Counts, Import, ImportListeners};
