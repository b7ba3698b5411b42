//! `mirror list`: the mirrors here.

use super::line::line;
use crate::app::Error;
use crate::app::peers::exchange;
use crate::cli::context::{Answer, Context};
use clap::Args;

/// List the mirrors on this machine
#[derive(Debug, Clone, Copy, Args)]
#[command(after_help = "Example:\n  claimledger mirror list")]
pub struct MirrorListArgs {}

/// Lists the mirrors.
pub fn run(context: &mut Context) -> Result<Answer, Error> {
    let all = exchange::list_mirrors(&context.desk)?;
    context
        .terminal
        .answer(&all, || all.iter().map(line).collect());
    Ok(Answer::Yes)
}
