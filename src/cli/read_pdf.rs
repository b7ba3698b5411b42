//! `read-pdf`: the process of its own in which a PDF file is read. The program calls itself so; nobody else need.

use super::{Answer, terminal};
use crate::app::Error;
use crate::host;
use crate::snapshots::pdf;
use std::path::Path;

/// The name of the command.
pub const NAME: &str = "read-pdf";

/// Reads a PDF file from standard input and answers on standard output.
pub fn run() -> Result<Answer, Error> {
    terminal::serve(pdf::serve)
        .map_err(|e| host::Error::io("reading", Path::new("the PDF file"), e))?;
    Ok(Answer::Yes)
}
