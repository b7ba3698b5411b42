//! `key recover request|sign|submit`: an admin is replaced by keys that were kept offline.

use super::adding::{self, AddingArgs};
use super::{Answer, Context, OutputArgs, at_length};
use crate::app::keys::recovery::{self, NewRequest, Request};
use crate::app::{Catalog, Error, output};
use claimledger_core::encoding::name::Slug;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// The steps of a recovery.
#[derive(Debug, Subcommand)]
pub enum RecoverCommand {
    /// Write down what the recovery keys are asked to sign
    #[command(long_about = at_length::<RequestArgs>())]
    Request(RequestArgs),
    /// Sign a request with a recovery key; needs no ledger and no network
    Sign(SignArgs),
    /// Append a request that enough recovery keys have signed
    Submit(SubmitArgs),
}

/// Options of `key recover request`.
#[derive(Debug, Args)]
#[command(
    long_about = "Writes a small file that says who becomes admin by which key, and which keys end. It is carried to the \
                  holders of the recovery keys that entry 0 names; each signs it on a machine of their own.",
    after_help = "Example:\n  claimledger key new mara-new\n  \
                  claimledger key recover request --to mara-new --holder mara --revoke mara@41 -o recovery.json"
)]
pub struct RequestArgs {
    /// The new admin's key
    #[arg(long, value_name = "NEW")]
    pub to: String,
    /// The new admin's short name [default: the key's name]
    #[arg(long, value_name = "H")]
    pub holder: Option<Slug>,
    /// The new admin's name
    #[arg(long, value_name = "NAME")]
    pub holder_name: Option<String>,
    /// A key that ends, and the first entry that is no longer trusted [default: the next one]; may be given more than once
    #[arg(long, value_name = "KEY[@INDEX]")]
    pub revoke: Vec<String>,
    /// Where to write the request
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Whether it may be written over.
    #[command(flatten)]
    pub over: OutputArgs,
}

/// Options of `key recover sign`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger key recover sign recovery.json --as safe-1 --keys /media/safe"
)]
pub struct SignArgs {
    /// The request
    pub file: PathBuf,
    /// Where to write it with the signature [default: in its place]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Whether it may be written over.
    #[command(flatten)]
    pub over: OutputArgs,
    /// Sign without asking
    #[arg(long, short)]
    pub yes: bool,
}

/// Options of `key recover submit`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger key recover submit recovery.json --as mara-new")]
pub struct SubmitArgs {
    /// The signed request; several copies of it are taken together
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Runs `key recover …`.
pub fn run(command: &RecoverCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        RecoverCommand::Request(args) => request(args, context),
        RecoverCommand::Sign(args) => sign(args, context),
        RecoverCommand::Submit(args) => submit(args, context),
    }
}

fn request(args: &RequestArgs, context: &mut Context) -> Result<Answer, Error> {
    output::check(&context.desk, &args.output, args.over.force)?;
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let new = NewRequest {
        key: args.to.clone(),
        holder: args.holder.clone(),
        name: args.holder_name.clone(),
        revoke: args.revoke.clone(),
    };
    let request = recovery::request(&context.desk, &catalog, &new)?;
    request.write(&context.desk, &args.output, args.over.force)?;
    context.terminal.answer(&request, || {
        people(&request, &args.output.display().to_string())
    });
    Ok(Answer::Yes)
}

fn sign(args: &SignArgs, context: &mut Context) -> Result<Answer, Error> {
    let mut request = Request::read(&args.file)?;
    let output = args.output.as_ref().unwrap_or(&args.file);
    // In its own place it is meant to be written over: it is the request that was read.
    let over = args.over.force || *output == args.file;
    output::check(&context.desk, output, over)?;
    let name = context.signer.clone().ok_or_else(|| {
        Error::WhoSigns("the recovery key is named by --as, its folder by --keys".to_owned())
    })?;
    if !args.yes && context.terminal.attended() {
        let words = String::from_utf8_lossy(&request.words()).into_owned();
        context.terminal.preview(&format!("{name} signs:\n{words}"));
        if !context.terminal.confirm("Sign this?") {
            return Err(Error::Declined);
        }
    }
    request.sign(&context.desk, &name, &mut context.terminal)?;
    request.write(&context.desk, output, over)?;
    context
        .terminal
        .answer(&request, || people(&request, &output.display().to_string()));
    Ok(Answer::Yes)
}

fn submit(args: &SubmitArgs, context: &mut Context) -> Result<Answer, Error> {
    let (first, others) = args.files.split_first().expect("clap asks for one");
    let mut request = Request::read(first)?;
    for other in others {
        request.merge(&Request::read(other)?)?;
    }
    let (catalog, signer) = adding::open(context)?;
    let proposal = recovery::submit(&catalog, &request)?;
    let (key, _) = crate::keystore::file::read_public(&context.desk.keys, &signer)?;
    if key != request.key {
        return Err(Error::Usage(format!(
            "the new admin's key signs its recovery: {}; {signer} is {}",
            request.key.fingerprint(),
            key.fingerprint()
        )));
    }
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

fn people(request: &Request, file: &str) -> String {
    let mut text = format!(
        "{file}: {} of {} becomes admin by {}\n",
        request.holder,
        request.origin,
        request.key.fingerprint()
    );
    for revoked in &request.revoked {
        text.push_str(&format!(
            "  {} ends, not trusted from entry {} on\n",
            revoked.key.fingerprint(),
            revoked.distrust_from
        ));
    }
    text.push_str(&format!(
        "  signed by {} of {} recovery keys; {} must\n",
        request.signatures.len(),
        request.recovery_keys.len(),
        request.threshold
    ));
    text
}
