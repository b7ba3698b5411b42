//! How independent the support of a claim really is: a plain graph of live things in; sentence, counts, chokepoints,
//! drawing and suggestions out.
//!
//! What this is not: it reads no log and knows no key. Who may say what, and what is live, the rules decide.

pub mod graph;

pub use graph::Graph;
