//! The part of schema.org that this program writes: its types and properties in one table, and names of our own for what
//! schema.org lacks.

pub mod own_property;
pub mod vocabulary;
