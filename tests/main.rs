//! x
mod corroboration;
