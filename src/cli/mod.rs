//! The command line: one folder for each noun, one file for each verb, thin over `app`.
//!
//! It decides nothing: it turns arguments into the plain structs of `app`, asks before signing, and shows the answer. Only
//! `terminal` prints, and only `exit` knows the exit codes.

mod adding;
#[cfg(feature = "schema")]
pub mod answers;
mod audit;
mod checkpoint;
mod claim;
mod command;
mod completions;
mod consent;
mod context;
mod corroboration;
mod demo;
mod dispute;
mod doctor;
#[cfg(test)]
mod durable_names;
mod evidence;
mod exit;
mod export;
mod hyphens;
mod import;
mod init;
mod key;
mod ledger;
mod list;
mod log;
mod man;
mod mirror;
mod misuse;
mod observe;
mod org;
mod peer;
mod policy;
mod prove;
mod pull;
mod quoting;
mod read_document;
mod record;
mod refusal;
mod render;
mod rows;
mod report;
mod review;
mod scale;
mod search;
mod show;
mod sign;
mod snapshot;
mod source;
mod submit;
mod terminal;
mod todo;
mod verdict;
mod verify;
mod withdraw;
mod witness;

pub use command::Cli;
use command::Command;
use context::{Context, PlaceArgs};

use crate::app::desk::mirrors_in;
use crate::app::index_rows::OpenIndexes;
use crate::app::near::KnownNames;
use crate::app::read::friendly_names::FriendlyNames;
use crate::app::record::interrupted::Finished;
use crate::app::{Desk, Error};
use crate::extract::reader::ReaderProcess;
use crate::host::clock::{self, SystemClock};
use crate::host::{files, folders, process, standard};
use crate::index::fence;
use crate::sync::place::Place;
use crate::transport::Authorities;
use std::path::Path;
use terminal::Terminal;

/// Runs the command of this process; returns its exit code.
pub fn main() -> u8 {
    process::no_core_file();
    fence::silence_panics();
    standard::set_output(terminal::file);
    let line = process::command_line();
    let cli = match Cli::read(&line) {
        Ok(cli) => cli,
        Err(e) => match terminal::misuse(&e, &|| misuse::render_text(&e, &Cli::whole(), &line)) {
            Ok(true) => return exit::USAGE,
            Ok(false) => return exit::YES,
            Err(e) => {
                Terminal::new(false).refuse(&e, None, None);
                return exit::for_outcome(e.outcome());
            }
        },
    };
    let mut terminal = Terminal::new(cli.place.json);
    // Reading a PDF needs no ledger, and the environment may not name one.
    let (answer, desk) = match cli.command {
        Command::ReadDocument => (read_document::run(), None),
        command => match context(&cli.place, terminal.clone(), clock::is_set()) {
            Ok(mut context) => (command::run(command, &mut context), Some(context.desk)),
            Err(e) => (Err(e), None),
        },
    };
    // An answer that could not be written does not count.
    let answer = answer.and_then(|answer| terminal.written().map(|()| answer));
    let code = match answer {
        Ok(answer) => exit::for_answer(answer),
        Err(e) => {
            let names = desk.as_ref().map(FriendlyNames::at);
            let known = desk.as_ref().map(KnownNames::at);
            terminal.refuse(&e, names.as_ref(), known.as_ref());
            exit::for_outcome(e.outcome())
        }
    };
    // The end of the process closes the index. Its writes are already on the disk, and closing it properly would wait
    // for the disk again.
    std::mem::forget(desk);
    code
}

fn context(place: &PlaceArgs, terminal: Terminal, clock_is_set: bool) -> Result<Context, Error> {
    if !clock_is_set {
        return Err(Error::ClockUnset);
    }
    let state = match &place.state {
        Some(folder) => folder.clone(),
        None => folders::state_folder()?,
    };
    Ok(Context {
        desk: Desk {
            ledger: Place::named(&place.ledger, &mirrors_in(&state))?,
            keys: place.keys.clone(),
            state,
            clock: Box::new(SystemClock),
            clock_is_right: place.clock_is_right,
            any_filesystem: place.any_filesystem,
            authorities: authorities(place.ca_file.as_deref())?,
            doubts: terminal.doubts(),
            indexes: OpenIndexes::new(terminal::waiting),
            // If the program cannot find its own file, it stores PDF files without text, and the snapshot says so.
            reader: ReaderProcess::this_program([read_document::NAME.into()]).ok(),
        },
        signer: place.signer.clone(),
        finished: Finished::default(),
        terminal,
    })
}

/// The certificate authorities in the file that a person named, or that the environment names as it does for other programs
/// that use TLS.
fn authorities(file: Option<&Path>) -> Result<Authorities, Error> {
    let Some(file) = file else {
        let file = folders::named("SSL_CERT_FILE");
        return Ok(file.map(Authorities::in_file).unwrap_or_default());
    };
    files::read(file)?;
    let authorities = Authorities::in_file(file.to_path_buf());
    if authorities.count() == Some(0) {
        return Err(Error::File {
            path: file.display().to_string(),
            reason: "it has no certificate in PEM form".to_owned(),
        });
    }
    Ok(authorities)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    #[test]
    fn no_command_runs_on_a_machine_whose_clock_was_never_set() {
        for line in ["claimledger log", "claimledger init desk.example/facts"] {
            let cli = Cli::try_parse_from(line.split(' ')).unwrap();
            let refused = context(&cli.place, Terminal::new(false), false)
                .err()
                .unwrap();
            assert_eq!(refused.code(), "clock-unset");
            assert_eq!(exit::for_outcome(refused.outcome()), exit::CANNOT_TELL);
        }
    }
}
