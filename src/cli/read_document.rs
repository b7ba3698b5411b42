//! `read-document`: reads a document in a separate process. The program calls itself; people do not need this command.

use super::context::Answer;
use super::terminal;
use crate::app::Error;
use crate::extract::reader;
use crate::host;
use std::path::Path;

/// The name of the command.
pub const NAME: &str = "read-document";

/// Reads a document from standard input and writes the result to standard output.
pub fn run() -> Result<Answer, Error> {
    terminal::serve(reader::serve)
        .map_err(|e| host::Error::io("reading", Path::new("the document"), e))?;
    Ok(Answer::Yes)
}
