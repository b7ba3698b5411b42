//! `man`: the manual page, or a folder of one page for each command.

use super::context::{Answer, Context};
use crate::app::Error;
use crate::host::{self, files};
use clap::{Args, Command};
use std::path::PathBuf;

/// Print the manual page of this program
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger man | man -l -\n  claimledger man --dir ~/.local/share/man/man1"
)]
pub struct ManArgs {
    /// Write one page for each command into this folder instead
    #[arg(long, value_name = "FOLDER")]
    pub dir: Option<PathBuf>,
}

/// Prints or writes the manual pages of the whole program.
pub fn run(args: &ManArgs, program: Command, context: &mut Context) -> Result<Answer, Error> {
    let Some(dir) = &args.dir else {
        let mut page = Vec::new();
        clap_mangen::Man::new(program)
            .render(&mut page)
            .expect("a page in memory");
        context.terminal.exact(&String::from_utf8_lossy(&page));
        return Ok(Answer::Yes);
    };
    files::make_folder(dir)?;
    clap_mangen::generate_to(program, dir).map_err(|e| host::Error::io("writing to", dir, e))?;
    Ok(Answer::Yes)
}
