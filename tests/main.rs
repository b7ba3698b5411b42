//! x

mod cli;
mod processes;
mod reference;
