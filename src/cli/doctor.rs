//! `doctor`: checks what an audit does not.

use super::context::{Answer, Context};
use super::render::table::table;
use crate::app::Error;
use crate::app::care::doctor;
use clap::Args;

/// Look for interrupted commits, leftover files and other trouble
///
/// Looks for interrupted commits, leftover files, a log that is damaged at its end, a damaged index, an old copy, and keys
/// that others can read. With --repair it repairs what it can. It never changes entries.
#[derive(Debug, Clone, Copy, Args)]
#[command(after_help = "Example:\n  claimledger doctor\n  claimledger doctor --repair")]
pub struct DoctorArgs {
    /// Finish interrupted commits, remove leftover files, rebuild the index
    #[arg(long)]
    pub repair: bool,
}

/// Runs `doctor`.
pub fn run(args: DoctorArgs, context: &mut Context) -> Result<Answer, Error> {
    let seen = doctor::doctor(&context.desk, args.repair)?;
    let well = seen.iter().all(|complaint| complaint.well);
    context.terminal.answer(&seen, || {
        let rows = seen.iter().map(|complaint| {
            vec![
                complaint.what.to_owned(),
                if complaint.well { "ok" } else { "PROBLEM" }.to_owned(),
                complaint.said.clone(),
            ]
        });
        table(&["check", "result", "details"], rows)
    });
    Ok(if well { Answer::Yes } else { Answer::No })
}
