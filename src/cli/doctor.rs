//! `doctor`: what an audit does not look at.

use super::show::table;
use super::{Answer, Context};
use crate::app::Error;
use crate::app::care::check;
use clap::Args;

/// Options of `doctor`.
#[derive(Debug, Clone, Copy, Args)]
#[command(
    long_about = "Looks for interrupted commits, leftovers, a log damaged at its end, a bad index, an old copy and \
                  exposed keys. With --repair it finishes or clears what can be; entries are never touched.",
    after_help = "Example:\n  claimledger doctor\n  claimledger doctor --repair"
)]
pub struct DoctorArgs {
    /// Finish interrupted commits, clear leftovers, rebuild the index
    #[arg(long)]
    pub repair: bool,
}

/// Runs `doctor`.
pub fn run(args: DoctorArgs, context: &mut Context) -> Result<Answer, Error> {
    let seen = check::doctor(&context.desk, args.repair)?;
    let well = seen.iter().all(|complaint| complaint.well);
    context.terminal.answer(&seen, || {
        let rows = seen.iter().map(|complaint| {
            vec![
                complaint.what.to_owned(),
                if complaint.well { "well" } else { "LOOK" }.to_owned(),
                complaint.said.clone(),
            ]
        });
        table(&["what", "", "seen"], rows)
    });
    Ok(if well { Answer::Yes } else { Answer::No })
}
