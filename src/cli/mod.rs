//! The command line: one folder for each noun, one file for each verb, thin over `app`.
//!
//! It decides nothing: it turns arguments into the plain structs of `app`, asks before signing, and shows the answer. Only
//! `terminal` prints, and only `exit` knows the exit codes.

mod adding;
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
mod evidence;
mod exit;
mod export;
mod init;
mod key;
mod ledger;
mod list;
mod log;
mod man;
mod mirror;
mod observe;
mod org;
mod peer;
mod policy;
mod prove;
mod pull;
mod read_pdf;
mod record;
mod refusal;
mod render;
mod report;
mod scale;
mod search;
mod show;
mod sign;
mod snapshot;
mod source;
mod submit;
mod terminal;
mod verdict;
mod verify;
mod withdraw;
mod witness;

pub use command::Cli;
use command::Command;
use context::{Context, PlaceArgs};

use crate::app::desk::mirrors_in;
use crate::app::index_rows::OpenIndexes;
use crate::app::read::friendly_names;
use crate::app::{Desk, Error};
use crate::host::{clock::SystemClock, folders};
use crate::snapshots::pdf::PdfReader;
use crate::sync::place::Place;
use clap::Parser as _;
use terminal::Terminal;

/// Runs the command that the process was started with; answers with its exit code.
pub fn main() -> u8 {
    let as_it_is = |text: &str| text.to_owned();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => match terminal::misuse(&e) {
            Ok(true) => return exit::USAGE,
            Ok(false) => return exit::YES,
            Err(e) => {
                Terminal::new(false).refuse(&e, &as_it_is);
                return exit::of_outcome(e.outcome());
            }
        },
    };
    let mut terminal = Terminal::new(cli.place.json);
    // Reading a PDF needs no ledger, and its environment may name none.
    let (answer, desk) = match cli.command {
        Command::ReadPdf => (read_pdf::run(), None),
        command => match context(&cli.place, terminal.clone()) {
            Ok(mut context) => (command::run(command, &mut context), Some(context.desk)),
            Err(e) => (Err(e), None),
        },
    };
    // An answer that did not arrive is none, whatever it was.
    let answer = answer.and_then(|answer| terminal.written().map(|()| answer));
    let code = match answer {
        Ok(answer) => exit::of_answer(answer),
        Err(e) => {
            match &desk {
                Some(desk) => terminal.refuse(&e, &|text| friendly_names::by_name(desk, text)),
                None => terminal.refuse(&e, &as_it_is),
            }
            exit::of_outcome(e.outcome())
        }
    };
    // The end of the process closes the index. What was written to it is on the disk; closing it properly would wait for
    // the disk once more.
    std::mem::forget(desk);
    code
}

fn context(place: &PlaceArgs, terminal: Terminal) -> Result<Context, Error> {
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
            any_filesystem: place.any_filesystem,
            indexes: OpenIndexes::new(terminal::waiting),
            // If the program cannot find its own file, it stores PDF files without text, and the snapshot says so.
            pdf: PdfReader::this_program([read_pdf::NAME.into()]).ok(),
        },
        signer: place.signer.clone(),
        terminal,
    })
}
