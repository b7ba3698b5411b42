//! `witness new|serve|add-checkpoint`: vouching that other ledgers only ever grow.

use super::{Answer, Context, terminal};
use crate::app::Error;
use crate::app::peers::witness::{self, OnDuty, Post};
use crate::host;
use crate::transport::{SocketAddr, Stop};
use claimledger_core::encoding::name::Origin;
use claimledger_core::tlog::note::VerifierKey;
use claimledger_core::tlog::witness::MAX_REQUEST_BYTES;
use clap::{Args, Subcommand};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What a witness does.
#[derive(Debug, Subcommand)]
pub enum WitnessCommand {
    /// Make a witness's key
    #[command(
        long_about = "Makes a key for a witness and nothing else: an OpenSSH Ed25519 key in the folder of the keys. Prints \
                  its verifier key (C2SP tlog-cosignature), which the ledgers and readers who rely on the witness put \
                  into their policies. A witness's key is never enrolled and signs no checkpoints of its own."
    )]
    New(NewArgs),
    /// Cosign the checkpoints of other ledgers over HTTP
    #[command(
        long_about = "Is a witness (C2SP tlog-witness 1.0.0): `POST /add-checkpoint` cosigns a head that continues the one \
                  cosigned last, and `GET /<sha256 of the origin>/checkpoint` shows that one. What was cosigned is durable \
                  before anybody is answered, in `witnesses/` of the folder that --state names: lose that, and the key must \
                  be retired. Every answer is a line on standard error. Ends on ctrl-c or the signal TERM."
    )]
    Serve(ServeArgs),
    /// Judge one request without a network
    #[command(
        long_about = "Judges one add-checkpoint request from a file as the server would, against the same memory, for a witness \
                  without a network: `claimledger checkpoint --request FILE` writes such a request. Prints the cosignature \
                  line, which `claimledger checkpoint --add-cosignature` takes; or the refusal with its HTTP status, exit 1."
    )]
    AddCheckpoint(AddCheckpointArgs),
}

/// Options of `witness new`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger witness new herald-witness --name witness.herald.example --no-passphrase"
)]
pub struct NewArgs {
    /// The key's name
    pub name: String,
    /// The witness's name in its cosignatures: an address without scheme, by custom [default: the key's name]
    #[arg(long = "name", value_name = "WITNESS-NAME")]
    pub witness_name: Option<Origin>,
    /// Make it without a passphrase, for machines
    #[arg(long)]
    pub no_passphrase: bool,
}

/// Which witness, and what it watches.
#[derive(Debug, Args)]
pub struct PostArgs {
    /// The witness's name in its cosignatures [default: the key's name]
    #[arg(long, value_name = "WITNESS-NAME")]
    pub name: Option<Origin>,
    /// The verifier key of a log to watch; several may be given
    #[arg(long = "log", value_name = "VKEY")]
    pub logs: Vec<VerifierKey>,
    /// A file of such keys, one a line; # begins a remark
    #[arg(long = "logs", value_name = "FILE")]
    pub list: Option<PathBuf>,
}

/// Options of `witness serve`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger witness serve --as herald-witness --name witness.herald.example \
                  --state /var/lib/witness --log \"$PARTNER_VKEY\" --listen 127.0.0.1:8126"
)]
pub struct ServeArgs {
    /// Which witness.
    #[command(flatten)]
    pub post: PostArgs,
    /// The address to listen on; port 0 takes any free one. Put TLS in front of it with a proxy
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8126")]
    pub listen: SocketAddr,
}

/// Options of `witness add-checkpoint`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger witness add-checkpoint request --as herald-witness \
                  --name witness.herald.example --log \"$PARTNER_VKEY\" > cosignature"
)]
pub struct AddCheckpointArgs {
    /// The file that holds the request; - is standard input
    pub file: PathBuf,
    /// Which witness.
    #[command(flatten)]
    pub post: PostArgs,
}

impl PostArgs {
    fn post(&self, signer: Option<&str>) -> Result<Post, Error> {
        let key = signer.ok_or_else(|| {
            Error::WhoSigns("say --as KEY, the name of the witness's key".to_owned())
        })?;
        let mut logs = self.logs.clone();
        if let Some(list) = &self.list {
            logs.extend(witness::read_logs(list)?);
        }
        Ok(Post {
            name: match &self.name {
                Some(name) => name.clone(),
                None => key.parse()?,
            },
            key: key.to_owned(),
            logs,
        })
    }
}

/// A witness that is ready.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Ready {
    address: String,
    vkey: String,
    logs: Vec<String>,
}

/// Runs `witness …`.
pub fn run(command: &WitnessCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        WitnessCommand::New(args) => new(args, context),
        WitnessCommand::Serve(args) => serve(args, context),
        WitnessCommand::AddCheckpoint(args) => add_checkpoint(args, context),
    }
}

fn new(args: &NewArgs, context: &mut Context) -> Result<Answer, Error> {
    let made = witness::make(
        &context.desk,
        &args.name,
        args.witness_name.as_ref(),
        args.no_passphrase,
        &mut context.terminal,
    )?;
    let folder = context.desk.keys.display().to_string();
    context.terminal.answer(&made, || {
        format!(
            "made {folder}/{0} (private) and {folder}/{0}.pub for the witness {1}\n  {2}\n  {3}\n",
            made.key, made.witness, made.fingerprint, made.vkey
        )
    });
    Ok(Answer::Yes)
}

fn on_duty(post: &PostArgs, context: &mut Context) -> Result<(Post, OnDuty), Error> {
    let post = post.post(context.signer.as_deref())?;
    let on_duty = OnDuty::open(&context.desk, &post, &mut context.terminal)?;
    context.terminal.notes(&on_duty.notes);
    Ok((post, on_duty))
}

fn serve(args: &ServeArgs, context: &mut Context) -> Result<Answer, Error> {
    let (post, on_duty) = on_duty(&args.post, context)?;
    let vkey = on_duty.vkey();
    // From here on: told to stop between now and the waiting, it stops all the same.
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
    stop.wait();
    // What is being answered is finished: dropping the server waits for it.
    drop(server);
    context.terminal.log("stopped");
    Ok(Answer::Yes)
}

fn add_checkpoint(args: &AddCheckpointArgs, context: &mut Context) -> Result<Answer, Error> {
    let request = if args.file == Path::new("-") {
        terminal::input(MAX_REQUEST_BYTES as u64 + 1)
            .map_err(|e| host::Error::io("reading", Path::new("standard input"), e))?
    } else {
        witness::read_request(&args.file)?
    };
    let (_, on_duty) = on_duty(&args.post, context)?;
    let answered = on_duty.judge(&request);
    context.terminal.answer(&answered, || {
        if answered.status == 200 {
            answered.body.clone()
        } else {
            format!(
                "not cosigned, status {}: {}",
                answered.status, answered.body
            )
        }
    });
    Ok(match answered.status {
        200 => Answer::Yes,
        500.. => Answer::Unknown,
        _ => Answer::No,
    })
}
