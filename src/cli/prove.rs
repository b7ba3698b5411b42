//! `prove`: writes a proof for somebody who has no copy of the ledger.

use crate::app::proofs::proof::{self, Form};
use crate::app::publish::site::HouseSite;
use crate::app::{Error, Session, output};
use crate::cli::context::{Answer, Context, OutputArgs};
use crate::cli::export::site::PageLanguage;
use crate::site::maker::SiteMaker;
use crate::site::one_file::one_file;
use crate::site::writer::SiteChoices;
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
                  claimledger prove closing-verdict -o closing.tlog-proof --format tlog-proof\n  \
                  claimledger prove closing-verdict -o closing.html --format html"
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
    /// With --format html: the address of the site that the page links to. Without it, the page has no links
    #[arg(long, value_name = "URL")]
    pub site: Option<String>,
    /// With --format html: the language of what the page says itself
    #[arg(long, value_name = "LANGUAGE", value_enum)]
    pub language: Option<PageLanguage>,
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
    /// A dossier in a page that opens from a disk and checks itself, with nothing else needed
    Html,
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
    if matches!(args.format, FormArg::Html) {
        return page(args, context);
    }
    if args.site.is_some() || args.language.is_some() {
        return Err(Error::Usage(
            "--site, --language: only --format html makes a page".to_owned(),
        ));
    }
    let session = Session::without_index(&context.desk)?;
    context.terminal.notes(&session.notes());
    let form = match args.format {
        FormArg::Dossier if args.with_texts => Form::DossierWithTexts,
        _ if args.with_texts => {
            return Err(Error::Usage(
                "--with-texts: only a dossier can have texts; leave --format out".to_owned(),
            ));
        }
        FormArg::Dossier | FormArg::Html => Form::Dossier,
        FormArg::TlogProof => Form::TlogProof,
        FormArg::Dsse => Form::Dsse,
    };
    let bytes = proof::prove(&session, &args.entry, form)?;
    written(args, &session, &bytes, context)
}

/// Writes a page in one file.
fn page(args: &ProveArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    let entry = session.resolve(&args.entry, session.head().size)?;
    let choices = SiteChoices {
        language: args.language.map(Into::into).unwrap_or_default(),
        address: args.site.as_deref().map(HouseSite::new).transpose()?,
        with_unapproved: true,
        with_texts: args.with_texts,
    };
    let bytes = one_file(
        &SiteMaker::new(&session, choices, proof::head(&session)?),
        entry,
    )?;
    written(args, &session, &bytes, context)
}

fn written(
    args: &ProveArgs,
    session: &Session,
    bytes: &[u8],
    context: &mut Context,
) -> Result<Answer, Error> {
    context.terminal.notes(&session.notes());
    output::write(&context.desk, &args.output, bytes, args.over.force)?;
    let written = ProofWritten {
        file: args.output.display().to_string(),
        bytes: bytes.len(),
    };
    context.terminal.done(&written, || {
        format!("wrote {}: {} bytes\n", written.file, written.bytes)
    });
    Ok(Answer::Yes)
}
