//! Reading: entries, lists, search, standings and corroboration, as of any size.

pub mod captures;
pub mod claim_rows;
pub mod corroboration;
pub mod csv;
pub mod everywhere;
pub mod friendly_names;
pub mod impact;
pub mod line;
pub mod listed;
pub mod moved;
pub mod organisation;
pub mod practice;
pub mod quotations;
pub mod remarks;
pub mod same_bytes;
pub mod sample;
pub mod scale;
pub mod search;
pub mod show;
pub mod source_rows;
pub mod source_text;
pub mod standing;
pub mod standing_line;
pub mod suggest;
pub mod verdict_preview;
