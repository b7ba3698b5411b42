//! ClaimReview markup (schema.org) in any shape: JSON-LD, microdata and RDFa in pages; feeds; answers of the Fact Check
//! Tools API.
//!
//! Every carrier becomes the same tree first, so each rule about a field is in one place.

mod api;
mod claim;
mod dates;
mod feed;
mod fields;
mod items;
mod node;
mod page;
mod rating;
mod values;
mod walk;

pub use claim::{named as claimant, take as appearance};
pub use dates::day_of;
pub use feed::feed;
pub use fields::finish;
pub use page::page;
pub use walk::value;
