//! `prove`: writes a proof for somebody who has no copy of the ledger.

use crate::app::proofs::proof::{self, Form};
use crate::app::{Error, Session, output};
use crate::cli::context::{Answer, Context, OutputArgs};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::path::PathBuf;

/// Write a proof that can be checked without a copy of this ledger
///
/// The proof is a dossier, unless you give another --format. A dossier holds:
///
/// - the entry, and all entries that it names;
///
/// - the approvals, corrections, withdrawals and disputes of these entries;
///
/// - the statements from which the corroboration of a verdict was computed;
///
/// - the enrolments of the keys that signed, and the policies and scales that apply;
///
/// - one proof that all these entries are in the ledger, and the signed checkpoint.
///
/// Check it with `claimledger verify`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger prove closing-verdict -o closing.dossier --with-texts\n  \
                  claimledger prove closing-verdict -o closing.tlog-proof --format tlog-proof"
)]
pub struct ProveArgs {
    /// The entry: its number, its label, or 8 or more digits of its id
    pub entry: String,
    /// The file to write
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
    #[command(flatten)]
    pub over: OutputArgs,
    /// Put the texts that its entries quote into the dossier, so that its reader can compare the quotations. A text is
    /// the whole text of a source
    #[arg(long)]
    pub with_texts: bool,
    /// The format of the proof
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "dossier")]
    pub format: FormArg,
}

/// The form of a proof.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FormArg {
    /// The entry and the other entries that are needed to judge it
    Dossier,
    /// Only the entry, as C2SP tlog-proof
    TlogProof,
    /// Only the signed statement, as a DSSE envelope; this does not prove that it is in the ledger
    Dsse,
}

/// What was written.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProofWritten {
    file: String,
    bytes: usize,
}

/// Writes a proof.
pub fn run(args: &ProveArgs, context: &mut Context) -> Result<Answer, Error> {
    output::check(&context.desk, &args.output, args.over.force)?;
    let session = Session::without_index(&context.desk)?;
    context.terminal.notes(&session.notes());
    let form = match args.format {
        FormArg::Dossier if args.with_texts => Form::DossierWithTexts,
        _ if args.with_texts => {
            return Err(Error::Usage(
                "--with-texts: only a dossier can have texts; leave --format out".to_owned(),
            ));
        }
        FormArg::Dossier => Form::Dossier,
        FormArg::TlogProof => Form::TlogProof,
        FormArg::Dsse => Form::Dsse,
    };
    let bytes = proof::prove(&session, &args.entry, form)?;
    context.terminal.notes(&session.notes());
    output::write(&context.desk, &args.output, &bytes, args.over.force)?;
    let written = ProofWritten {
        file: args.output.display().to_string(),
        bytes: bytes.len(),
    };
    context.terminal.done(&written, || {
        format!("wrote {}: {} bytes\n", written.file, written.bytes)
    });
    Ok(Answer::Yes)
}
