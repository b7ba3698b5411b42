//! What every command works with: the working place, and the options that several commands share.

use super::terminal::Terminal;
use crate::app::Desk;
use clap::Args;
use clap::builder::StyledStr;
use std::path::PathBuf;

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Where and how")]
pub struct PlaceArgs {
    /// The ledger: a folder; to read also a .tar.zst archive, an address, or a mirror's name (mirror:NAME)
    #[arg(
        long,
        global = true,
        value_name = "PLACE",
        env = "CLAIMLEDGER_LEDGER",
        default_value = "ledger",
        hide_env_values = true
    )]
    pub ledger: PathBuf,
    /// The folder of the keys
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "CLAIMLEDGER_KEYS",
        default_value = "keys",
        hide_env_values = true
    )]
    pub keys: PathBuf,
    /// Who signs: the name of a key
    #[arg(
        long = "as",
        global = true,
        value_name = "NAME",
        env = "CLAIMLEDGER_AS",
        hide_env_values = true
    )]
    pub signer: Option<String>,
    /// Print JSON, for machines
    #[arg(long, global = true)]
    pub json: bool,
    /// Where this machine remembers ledgers [default: the user's state folder]
    #[arg(long, global = true, value_name = "DIR")]
    pub state: Option<PathBuf>,
    /// Write on network and FUSE file systems all the same
    #[arg(long, global = true)]
    pub any_filesystem: bool,
}

/// What a command's options say of it at length. Its line in the list of commands would hide that.
pub fn at_length<A: Args>() -> StyledStr {
    let command = A::augment_args(clap::Command::new("it"));
    command.get_long_about().cloned().unwrap_or_default()
}

/// The option of every reading command.
#[derive(Debug, Clone, Copy, Args)]
pub struct AtArgs {
    /// As of this many entries
    #[arg(long, value_name = "SIZE")]
    pub at: Option<u64>,
}

/// The option of every command that writes a file where it is told to.
#[derive(Debug, Clone, Copy, Args)]
pub struct OutputArgs {
    /// Write over a file that is there; never over a key, nor into a ledger
    #[arg(long)]
    pub force: bool,
}

/// What one command has to work with.
pub struct Context {
    /// The working place.
    pub desk: Desk,
    /// Who signs, if said.
    pub signer: Option<String>,
    /// What prints and asks.
    pub terminal: Terminal,
}

/// Whether the answer was yes (exit 0), no (exit 1) or unknown (exit 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Done, or verified.
    Yes,
    /// Checked, and it is not so.
    No,
    /// Checked, and one could not tell.
    Unknown,
}
