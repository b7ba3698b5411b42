//! The look of things in a terminal: tables, statements, and the preview of a verdict.

pub mod count;
pub mod screens;
pub mod standing;
pub mod statement;
pub mod table;
pub mod verdict_preview;
