//! What every command works with: the working place, and the options that several commands share.

use super::terminal::Terminal;
use crate::app::read::listed::Which;
use crate::app::record::interrupted::Finished;
use crate::app::when::{self, When};
use crate::app::{Desk, Error, Session};
use claimledger_core::{EntryIndex, TreeSize};
use clap::Args;
use std::path::PathBuf;

/// Where every command works, and how it answers.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct PlaceArgs {
    /// The ledger: a folder. A command that only reads also takes a .tar.zst archive, a URL or a mirror (mirror:NAME)
    #[arg(
        long,
        global = true,
        value_name = "PLACE",
        env = "CLAIMLEDGER_LEDGER",
        default_value = "ledger",
        hide_env_values = true
    )]
    pub ledger: PathBuf,
    /// The folder with the keys
    #[arg(
        long,
        global = true,
        value_name = "FOLDER",
        env = "CLAIMLEDGER_KEYS",
        default_value = "keys",
        hide_env_values = true
    )]
    pub keys: PathBuf,
    /// The name of the key that signs
    #[arg(
        long = "as",
        global = true,
        value_name = "KEY",
        env = "CLAIMLEDGER_AS",
        hide_env_values = true
    )]
    pub signer: Option<String>,
    /// Print JSON, for programs
    #[arg(long, global = true)]
    pub json: bool,
    /// The folder where this machine remembers ledgers [default: the user's state folder]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub state: Option<PathBuf>,
    /// Trust only the certificate authorities in this PEM file, for https addresses [default: the file in SSL_CERT_FILE, else
    /// Mozilla's list]
    #[arg(long, global = true, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
    /// Sign even if this machine's clock is a day or more behind the last entry of the ledger
    #[arg(long, global = true)]
    pub clock_is_right: bool,
    /// Write even if the folder is on a network or FUSE file system
    #[arg(long, global = true)]
    pub any_filesystem: bool,
}

/// The option of every command that reads.
#[derive(Debug, Clone, Copy, Args)]
pub struct AtArgs {
    /// Answer as if the ledger had only its first SIZE entries; or as at the end of a day (YYYY-MM-DD, in the time zone of
    /// this machine) or at an instant, by the times of entries
    #[arg(long, value_name = "SIZE|DATE")]
    pub at: Option<When>,
}

impl AtArgs {
    /// The size that the option means in this ledger. A note says which size a day is.
    pub fn size(
        self,
        session: &Session,
        terminal: &mut Terminal,
    ) -> Result<Option<TreeSize>, Error> {
        let size = self.at.map(|at| when::size_at(session, at)).transpose()?;
        terminal.notes(&session.notes());
        Ok(size)
    }
}

/// The first entry that an option names, by number or by date. A note says which entry begins a day.
pub fn entry(
    from: Option<When>,
    session: &Session,
    terminal: &mut Terminal,
) -> Result<Option<EntryIndex>, Error> {
    let entry = from
        .map(|from| when::entry_from(session, from))
        .transpose()?;
    terminal.notes(&session.notes());
    Ok(entry)
}

/// The options of every list of statements.
#[derive(Debug, Clone, Copy, Args)]
pub struct ListArgs {
    /// Also list what was withdrawn, superseded or replaced, and what is distrusted; each is marked
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub at: AtArgs,
}

impl ListArgs {
    /// Which statements of this ledger the options ask for. A note says which size a day is.
    pub fn which(self, session: &Session, terminal: &mut Terminal) -> Result<Which, Error> {
        Ok(Which {
            at: self.at.size(session, terminal)?,
            all: self.all,
        })
    }

    /// Which statements of several ledgers they ask for: as of the head of each.
    pub fn everywhere(self) -> Which {
        Which {
            at: None,
            all: self.all,
        }
    }
}

/// The option of every command that writes a file.
#[derive(Debug, Clone, Copy, Args)]
pub struct OutputArgs {
    /// Overwrite the file if it exists. Keys and files of a ledger are never overwritten
    #[arg(long)]
    pub force: bool,
}

/// What one command has to work with.
pub struct Context {
    /// The working place.
    pub desk: Desk,
    /// The key that signs, if the user named one.
    pub signer: Option<String>,
    /// The interrupted commit that this command has finished.
    pub finished: Finished,
    /// What prints and asks.
    pub terminal: Terminal,
}

/// Whether the answer was yes, no or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Done, or verified.
    Yes,
    /// Checked, and the answer is no.
    No,
    /// The command could not find out.
    Unknown,
}
