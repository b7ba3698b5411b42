//! Reads a document in a separate process: a hostile file can make its reader crash, loop or use all memory, and then
//! only that process ends.
//!
//! The question is a line with the name of the [`Format`], then the bytes. The answer is a mark, the length of the text
//! or of the reason why there is none, and these words.

use super::formats::Format;
use crate::host::{self, process};
use claimledger_core::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use claimledger_core::log::bounded::{read_bounded, too_large};
use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::time::Duration;

/// How to start the process that reads documents: a program that calls [`serve`].
#[derive(Debug, Clone)]
pub struct ReaderProcess {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// How long it may run.
    pub time: Duration,
}

impl ReaderProcess {
    /// The running program, called with these arguments, for at most half a minute.
    pub fn this_program(
        arguments: impl IntoIterator<Item = OsString>,
    ) -> Result<Self, host::Error> {
        Ok(Self {
            program: process::this_program()?,
            arguments: arguments.into_iter().collect(),
            time: Duration::from_secs(PROCESSOR_SECONDS),
        })
    }

    /// The text of a file, or why there is none.
    pub fn text(&self, format: Format, bytes: &[u8]) -> Result<String, String> {
        let most = MAX_TEXT_SOURCE_BYTES + FRAME_BYTES;
        let question = [format.name().as_bytes(), b"\n", bytes].concat();
        let reader = format!("the {} reader", format.noun());
        let said = match process::ask(&self.program, &self.arguments, &question, self.time, most) {
            Ok(process::Ended::Said(said)) => said,
            Ok(process::Ended::Failed(how)) => return Err(format!("{reader} crashed ({how})")),
            Ok(process::Ended::TooLong) => {
                return Err(format!(
                    "{reader} was not done within {} seconds",
                    self.time.as_secs()
                ));
            }
            Ok(process::Ended::TooMuch) => {
                return Err(format!(
                    "its text is longer than {MAX_TEXT_SOURCE_BYTES} bytes"
                ));
            }
            Err(e) => return Err(format!("{reader} could not be run: {e}")),
        };
        unframe(&said).unwrap_or_else(|| Err(format!("{reader} did not answer")))
    }
}

/// The other side: limits this process, reads a document, and writes its text or why there is none. A program that
/// calls this does nothing else.
pub fn serve(question: &mut dyn Read, answer: &mut dyn Write) -> std::io::Result<()> {
    let text = match process::bound_self(MEMORY_BYTES, PROCESSOR_SECONDS) {
        Ok(()) => match asked(question)? {
            Some(format) => match read_bounded(question)? {
                Some(bytes) => read(format, &bytes),
                None => Err(too_large()),
            },
            None => Err("its format is not known".to_owned()),
        },
        Err(e) => Err(e.to_string()),
    };
    let (word, body) = match &text {
        Ok(text) => (TEXT, text),
        Err(why) => (NONE, why),
    };
    write!(answer, "{MARK}{word}{}\n{body}", body.len())?;
    answer.flush()
}

/// The first line of a question.
fn asked(question: &mut dyn Read) -> std::io::Result<Option<Format>> {
    let mut name = Vec::new();
    let mut byte = [0];
    while name.len() as u64 <= MAX_NAME_BYTES && question.read(&mut byte)? == 1 {
        if byte == *b"\n" {
            let name = String::from_utf8_lossy(&name);
            return Ok(Format::named(&name));
        }
        name.extend(byte);
    }
    Ok(None)
}

fn read(format: Format, bytes: &[u8]) -> Result<String, String> {
    std::panic::catch_unwind(|| format.read(bytes)).unwrap_or_else(|_| {
        Err(format!(
            "the {} is malformed: it breaks the rules of its format",
            format.noun()
        ))
    })
}

/// The result in the output of a process; a library or a test harness may have written something before it.
fn unframe(said: &[u8]) -> Option<Result<String, String>> {
    let at = said
        .windows(MARK.len())
        .position(|w| w == MARK.as_bytes())?;
    let rest = std::str::from_utf8(&said[at + MARK.len()..]).ok()?;
    let (text, rest) = match rest.strip_prefix(TEXT) {
        Some(rest) => (true, rest),
        None => (false, rest.strip_prefix(NONE)?),
    };
    let (length, body) = rest.split_once('\n')?;
    let body = body.get(..length.parse().ok()?)?.to_owned();
    Some(if text { Ok(body) } else { Err(body) })
}

/// Begins the answer.
const MARK: &str = "\n%claimledger-text-1 ";
const TEXT: &str = "text ";
const NONE: &str = "none ";

/// The names of the formats are shorter.
const MAX_NAME_BYTES: u64 = 32;

/// The bytes around the text in a result, and a little before it.
const FRAME_BYTES: u64 = 4096;

/// A file of the largest size takes a third of this.
const MEMORY_BYTES: u64 = 1024 * 1024 * 1024;

/// About a hundred times what an ordinary file needs.
const PROCESSOR_SECONDS: u64 = 30;
