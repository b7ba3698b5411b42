//! `witness serve`: cosigns the checkpoints of other ledgers over HTTP.

use super::post::{self, PostArgs};
use crate::app::Error;
use crate::cli::context::{Answer, Context};
use crate::cli::terminal;
use crate::transport::SocketAddr;
use crate::transport::Stop;
use clap::Args;
use serde::Serialize;

/// Run a witness that cosigns the checkpoints of other ledgers over HTTP
///
/// Implements C2SP tlog-witness 1.0.0. `POST /add-checkpoint` cosigns a head if it continues the head that the witness
/// cosigned last. `GET /<sha256 of the origin>/checkpoint` returns the head that the witness cosigned last, with its
/// cosignature.
///
/// Before the witness answers, it stores the cosigned head in `witnesses/` in the folder of --state. If you lose this folder,
/// stop using the key and make a new one. The witness writes one line for each answer to standard error. Stop it with ctrl-c
/// or the signal TERM.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger witness serve --as herald-witness --name witness.herald.example \
                  --state /var/lib/witness --log \"$PARTNER_VKEY\" --listen 127.0.0.1:8126"
)]
pub struct WitnessServeArgs {
    #[command(flatten)]
    pub post: PostArgs,
    /// The address to listen on. Port 0 takes any free port. For TLS, put a proxy in front of it
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8126")]
    pub listen: SocketAddr,
}

/// A witness that is ready.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Ready {
    address: String,
    vkey: String,
    logs: Vec<String>,
}

/// Serves until a signal stops it.
pub fn run(args: &WitnessServeArgs, context: &mut Context) -> Result<Answer, Error> {
    let (post, on_duty) = post::on_duty(&args.post, context)?;
    let vkey = on_duty.vkey();
    // Listens for signals before it serves: a signal that comes before the wait below still stops the program.
    let stop = Stop::listen().map_err(crate::sync::Error::from)?;
    terminal::stops_itself();
    let terminal = context.terminal.clone();
    let server = on_duty.serve(args.listen, move |line| terminal.log(line))?;
    let ready = Ready {
        address: format!("http://{}", server.address()),
        vkey,
        logs: post.logs.iter().map(ToString::to_string).collect(),
    };
    context.terminal.answer(&ready, || {
        let mut text = format!(
            "witness {} listens on {}\n  key      {}\n",
            post.name, ready.address, ready.vkey
        );
        for log in &ready.logs {
            text.push_str(&format!("  watches  {log}\n"));
        }
        text
    });
    // A witness whose address could not be printed stops: people could not reach it.
    context.terminal.written()?;
    stop.wait();
    // Dropping the server waits for the answers in progress.
    drop(server);
    context.terminal.log("stopped");
    Ok(Answer::Yes)
}
