//! `witness add-checkpoint`: judges one request without a network.

use super::post::{self, PostArgs};
use crate::app::Error;
use crate::app::peers::witness;
use crate::cli::context::{Answer, Context};
use crate::cli::terminal;
use crate::host;
use claimledger_core::tlog::witness::MAX_REQUEST_BYTES;
use clap::Args;
use std::path::{Path, PathBuf};

/// Answer one request from a file, without a network
///
/// Judges the request by the same rules as `witness serve`, and remembers the answer in the same folder. The owner of the
/// ledger writes the request with `claimledger checkpoint --request FILE`. The command prints the cosignature, which the
/// owner adds with `claimledger checkpoint --add-cosignature`. If the witness refuses, the command prints the HTTP status and
/// the reason, and ends with exit code 1.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger witness add-checkpoint request --as herald-witness \
                  --name witness.herald.example --log \"$PARTNER_VKEY\" > cosignature"
)]
pub struct WitnessAddCheckpointArgs {
    /// The file with the request; - is standard input
    pub file: PathBuf,
    #[command(flatten)]
    pub post: PostArgs,
}

/// Judges one request.
pub fn run(args: &WitnessAddCheckpointArgs, context: &mut Context) -> Result<Answer, Error> {
    let request = if args.file == Path::new("-") {
        terminal::input(MAX_REQUEST_BYTES as u64 + 1)
            .map_err(|e| host::Error::io("reading", Path::new("standard input"), e))?
    } else {
        witness::read_request(&args.file)?
    };
    let (_, on_duty) = post::on_duty(&args.post, context)?;
    let answered = on_duty.judge(&request);
    context.terminal.done(&answered, || {
        match answered.status {
            200 => answered.body.clone(),
            // C2SP tlog-witness: the body of a 409 is the size that the witness cosigned last.
            409 => format!(
                "not cosigned, status 409: this witness cosigned {0} entries last; write the request again with --old {0}\n",
                answered.body.trim()
            ),
            status => format!("not cosigned, status {status}: {}", answered.body),
        }
    });
    Ok(match answered.status {
        200 => Answer::Yes,
        500.. => Answer::Unknown,
        _ => Answer::No,
    })
}
