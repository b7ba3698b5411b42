//! ClaimReview markup (schema.org) in any shape: JSON-LD, microdata and RDFa in pages; feeds; answers of the Fact Check
//! Tools API.
//!
//! Every carrier becomes the same tree first, so each rule about a field is in one place.

mod api;
mod characters;
mod claim;
mod dates;
mod feed;
mod fields;
mod items;
mod node;
mod original;
mod own_reading;
mod own_writing;
mod page;
mod rating;
mod values;
mod walk;

pub use characters::markup_text;
pub use claim::{named as claimant, take as appearance};
pub use dates::day_of;
pub use feed::feed;
pub use fields::finish;
pub use original::{OriginalDocument, OriginalPlaces};
pub use own_reading::read as own;
pub use own_writing::{author_node, node as own_node};
pub use page::page;
pub use walk::value;
