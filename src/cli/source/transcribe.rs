//! `source transcribe`: keeps the words of a picture, a recording or a file without text.

use crate::app::Error;
use crate::app::record::transcript::{self, NewTranscript};
use crate::cli::adding::{self, AddingArgs, CorrectingArgs};
use crate::cli::context::{Answer, Context};
use crate::snapshots::Waiting;
use claimledger_core::crypto::Digest;
use clap::Args;
use std::path::PathBuf;

/// Keep the words of a picture, a recording or a scan, as somebody wrote them down
///
/// A transcript is of bytes that the source has. It can be quoted. Wherever a quotation from it is shown, the program says
/// "as transcribed by" and the name: it is the word of this person, and of whom signs it. It never counts as a copy of the
/// source.
///
/// For a text that a program made, such as speech recognition, give the program with --tool.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger source transcribe photo words.txt --by \"Lena Ott\"\n  \
                        claimledger source transcribe speech speech.txt --by \"Lena Ott\" --tool \"whisper 20240930\""
)]
pub struct SourceTranscribeArgs {
    /// The source
    pub source: String,
    /// The text file with the words
    #[arg(required = true)]
    pub file: Option<PathBuf>,
    /// Who wrote the words down, or checked what the tool wrote
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// The program that made the text, with its version
    #[arg(long, value_name = "NAME")]
    pub tool: Option<String>,
    /// The language of the words, for example en or pt-BR
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// The bytes of the source that it is a transcript of [default: the newest]
    #[arg(long, value_name = "SHA256")]
    pub sha256: Option<Digest>,
    #[command(flatten)]
    pub correcting: CorrectingArgs,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Keeps a transcript.
pub fn run(args: SourceTranscribeArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let new = NewTranscript {
        source: args.source,
        file: args.file,
        by: args.by,
        tool: args.tool,
        language: args.language,
        sha256: args.sha256,
        correction: args.correcting.correction(),
    };
    let waiting = Waiting::beside(&context.desk.disk()?)?;
    let kept = transcript::keep(&context.desk, &new, &waiting)?;
    let proposal = transcript::propose(&session, &new, &kept.snapshot)?.with(waiting);
    adding::add(context, session, &signer, &args.adding, proposal)
}
