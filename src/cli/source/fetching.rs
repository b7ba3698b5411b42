//! The options of the commands that fetch a source.

use clap::Args;

/// Options of commands that fetch a source.
#[derive(Debug, Args)]
#[command(next_help_heading = "Fetching")]
pub struct FetchingArgs {
    /// Fetch the source over HTTP. The ledger records the address that answered, its status and its header fields
    #[arg(long)]
    pub fetch: bool,
    /// The most bytes to accept [default: 268435456]
    #[arg(long, value_name = "NUMBER")]
    pub max_bytes: Option<u64>,
    /// Stop if the server sends nothing for this many seconds [default: 30]
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<u64>,
    /// Allow an address on this machine or in a local network
    #[arg(long)]
    pub allow_private: bool,
}
