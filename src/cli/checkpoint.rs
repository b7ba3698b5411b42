//! `checkpoint [rotate|retire]`: the newest signed head, as other people's software reads it; and the keys that sign it.

use super::adding::{self, AddingArgs};
use super::{Answer, Context, OutputArgs, at_length};
use crate::app::keys::events;
use crate::app::peers::cosign::{self, Cosigned};
use crate::app::read::show;
use crate::app::{Catalog, Error, output};
use crate::host::files;
use claimledger_core::tlog::policy::Policy;
use clap::{Args, Subcommand};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Options of `checkpoint`.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Example:\n  claimledger checkpoint > kept.checkpoint\n  claimledger audit --against kept.checkpoint\n  \
                  claimledger checkpoint --cosign --witness-policy witnesses.policy"
)]
pub struct CheckpointArgs {
    /// Ask the witnesses now to cosign it, and keep it as `checkpoint.cosigned` once their quorum has
    #[arg(long)]
    pub cosign: bool,
    /// The witnesses, and how many must (C2SP tlog-policy) [default: the file `witnesses` in the ledger folder]
    #[arg(long, value_name = "FILE")]
    pub witness_policy: Option<PathBuf>,
    /// Write a request to a file, for a witness without a network
    #[arg(long, value_name = "FILE", conflicts_with_all = ["cosign", "witness_policy"])]
    pub request: Option<PathBuf>,
    /// Whether it may be written over.
    #[command(flatten)]
    pub over: OutputArgs,
    /// The size that this witness cosigned last
    #[arg(long, value_name = "SIZE", default_value_t = 0, requires = "request")]
    pub old: u64,
    /// Take in a cosignature of the newest head that such a witness gave
    #[arg(long, value_name = "FILE", conflicts_with_all = ["cosign", "request"])]
    pub add_cosignature: Option<PathBuf>,
    /// What to do with its keys.
    #[command(subcommand)]
    pub command: Option<CheckpointCommand>,
}

/// What to do with the keys that sign checkpoints.
#[derive(Debug, Subcommand)]
pub enum CheckpointCommand {
    /// Let a further key sign every checkpoint, beside the one before
    #[command(long_about = at_length::<RotateArgs>())]
    Rotate(RotateArgs),
    /// End a key: it signs no more checkpoints
    Retire(RetireArgs),
}

/// Options of `checkpoint rotate`.
#[derive(Debug, Args)]
#[command(
    long_about = "Lets a further key sign every checkpoint from here on. Both keys sign until the old one is retired, so \
                  that whoever follows this ledger by the old key finds the new one inside a history they have checked. \
                  Leave them time before `checkpoint retire`.",
    after_help = "Example:\n  claimledger key new ledger-2027 --no-passphrase\n  \
                  claimledger checkpoint rotate --to ledger-2027 --as mara"
)]
pub struct RotateArgs {
    /// The further key's name
    #[arg(long, value_name = "NAME")]
    pub to: String,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Options of `checkpoint retire`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger checkpoint retire ledger --as mara")]
pub struct RetireArgs {
    /// The key that ends: its name here, its fingerprint, or its public half
    pub name: String,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Prints the checkpoint, or changes its keys.
pub fn run(args: &CheckpointArgs, context: &mut Context) -> Result<Answer, Error> {
    match &args.command {
        None if args.cosign => ask(args.witness_policy.as_deref(), context),
        None => match (&args.request, &args.add_cosignature) {
            (Some(file), _) => request(file, args.old, args.over.force, context),
            (None, Some(file)) => add_cosignature(file, args.witness_policy.as_deref(), context),
            (None, None) if args.witness_policy.is_some() => Err(Error::Usage(
                "a policy is for --cosign or --add-cosignature".to_owned(),
            )),
            (None, None) => print(context),
        },
        Some(CheckpointCommand::Rotate(args)) => rotate(args, context),
        Some(CheckpointCommand::Retire(args)) => retire(args, context),
    }
}

fn rotate(args: &RotateArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let proposal =
        events::rotate_checkpoint(&context.desk, &catalog, &args.to, &mut context.terminal)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

fn retire(args: &RetireArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let proposal = events::retire_checkpoint(&context.desk, &catalog, &args.name)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

fn print(context: &mut Context) -> Result<Answer, Error> {
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let head = show::checkpoint(&catalog);
    context.terminal.answer(&head, || head.note.clone());
    Ok(Answer::Yes)
}

fn policy(path: Option<&Path>) -> Result<Option<Policy>, Error> {
    path.map(cosign::read_policy).transpose()
}

fn ask(path: Option<&Path>, context: &mut Context) -> Result<Answer, Error> {
    let policy = policy(path)?;
    let cosigned = cosign::cosign(&context.desk, policy.as_ref())?;
    Ok(say(&cosigned, context))
}

fn add_cosignature(
    file: &Path,
    path: Option<&Path>,
    context: &mut Context,
) -> Result<Answer, Error> {
    let lines = files::read(file)?;
    let policy = policy(path)?;
    let cosigned = cosign::take_in(&context.desk, policy.as_ref(), &lines)?;
    Ok(say(&cosigned, context))
}

fn say(cosigned: &Cosigned, context: &mut Context) -> Answer {
    context.terminal.notes(&cosigned.notes);
    context.terminal.answer(cosigned, || {
        let mut text = format!(
            "head of {} entries of {}, root {}\n",
            cosigned.size, cosigned.origin, cosigned.root
        );
        for line in &cosigned.witnesses {
            let said = match (&line.time, &line.why) {
                (Some(time), _) => format!("cosigned as of {time}"),
                (None, why) => why.clone().unwrap_or_default(),
            };
            text.push_str(&format!("  {}: {said}\n", line.name));
        }
        if cosigned.contradicted {
            text.push_str("a witness has seen what this copy does not have\n");
        }
        text.push_str(match (cosigned.quorum, cosigned.kept) {
            (true, true) => "the quorum is met; kept as checkpoint.cosigned\n",
            (true, false) => "the quorum is met\n",
            (false, _) => "the quorum is not met\n",
        });
        text
    });
    match (cosigned.quorum, cosigned.refused()) {
        _ if cosigned.contradicted => Answer::No,
        (true, _) => Answer::Yes,
        (false, true) => Answer::No,
        (false, false) => Answer::Unknown,
    }
}

/// A request that was written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written<'a> {
    file: &'a Path,
    bytes: usize,
}

fn request(file: &Path, old: u64, force: bool, context: &mut Context) -> Result<Answer, Error> {
    output::check(&context.desk, file, force)?;
    let bytes = cosign::request(&context.desk, old)?;
    output::write(&context.desk, file, &bytes, force)?;
    let written = Written {
        file,
        bytes: bytes.len(),
    };
    context.terminal.answer(&written, || {
        format!("wrote {}: {} bytes\n", file.display(), written.bytes)
    });
    Ok(Answer::Yes)
}

/// What `checkpoint` does, at length: the command's line in the list of all of them would hide it here.
pub const ABOUT: &str = "Prints the newest signed checkpoint (C2SP tlog-checkpoint in a signed note): keep it, and a later \
                  audit can be held against it. With --json: ledger, origin, size, root, vkey. With --cosign the witnesses \
                  are asked, all at once and at most 5 seconds for each answer; exit 0: the quorum has cosigned this head; \
                  1: it has not and a witness refused, or a witness has seen what this copy does not have; 3: it has not, for \
                  want of answers.";
