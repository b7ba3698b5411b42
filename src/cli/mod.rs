//! The command line: one file per subcommand, thin over `app`.
//!
//! What this is not: it decides nothing. It turns words into the plain structs of `app`, asks before signing, and
//! shows what came back. Only [`terminal`] prints.

pub mod adding;
pub mod audit;
pub mod checkpoint;
pub mod claim;
pub mod command;
pub mod completions;
pub mod context;
pub mod corroboration;
pub mod demo;
pub mod dispute;
pub mod doctor;
pub mod draft;
pub mod evidence;
pub mod exchange;
pub mod init;
pub mod key;
pub mod ledger;
pub mod log;
pub mod man;
pub mod observe;
pub mod org;
pub mod policy;
pub mod prove;
pub mod read_pdf;
pub mod record;
pub mod recover;
pub mod refusal;
pub mod report;
pub mod scale;
pub mod search;
pub mod show;
pub mod snapshot;
pub mod source;
pub mod suggest;
pub mod terminal;
pub mod text;
pub mod verdict;
pub mod weigh;
pub mod withdraw;
pub mod witness;

pub use command::{Cli, Command};
pub use context::{Answer, AtArgs, Context, OutputArgs, PlaceArgs, at_length};

use crate::app::desk::mirrors_in;
use crate::app::read::friendly_names;
use crate::app::{Desk, Error};
use crate::host::{clock::SystemClock, folders};
use crate::snapshots::pdf::PdfReader;
use crate::sync::place::Place;
use clap::Parser as _;
use terminal::Terminal;

/// Runs the command that the process was started with; answers with its exit code.
pub fn main() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => return terminal::usage(&e),
    };
    let mut terminal = Terminal::new(cli.place.json);
    let as_it_is = |text: &str| text.to_owned();
    // Reading a PDF needs no place to work, and the environment it is called in may name none.
    let (answer, desk) = match cli.command {
        Command::ReadPdf => (read_pdf::run(), None),
        command => match context(&cli.place, terminal.clone()) {
            Ok(mut context) => (command::run(command, &mut context), Some(context.desk)),
            Err(e) => (Err(e), None),
        },
    };
    match answer {
        Ok(Answer::Yes) => 0,
        Ok(Answer::No) => 1,
        Ok(Answer::Unknown) => 3,
        Err(e) => {
            match &desk {
                Some(desk) => terminal.refuse(&e, &|text| friendly_names::by_name(desk, text)),
                None => terminal.refuse(&e, &as_it_is),
            }
            e.exit_code()
        }
    }
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
            // A program that cannot find itself keeps PDF files without text, and the snapshot says so.
            pdf: PdfReader::this_program([read_pdf::NAME.into()]).ok(),
        },
        signer: place.signer.clone(),
        terminal,
    })
}
