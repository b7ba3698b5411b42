//! `read-pdf`: reads a PDF file in a separate process. The program calls itself; people do not need this command.

use super::context::Answer;
use super::terminal;
use crate::app::Error;
use crate::extract::pdf;
use crate::host;
use std::path::Path;

/// The name of the command.
pub const NAME: &str = "read-pdf";

/// Reads a PDF file from standard input and writes the result to standard output.
pub fn run() -> Result<Answer, Error> {
    terminal::serve(pdf::serve)
        .map_err(|e| host::Error::io("reading", Path::new("the PDF file"), e))?;
    Ok(Answer::Yes)
}
