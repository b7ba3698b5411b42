//! `source add|capture|relate|assess|text|suggest|relations|assessments|list`: documents that say something.

use super::adding::{self, AddingArgs, CorrectingArgs};
use super::show::AboutArgs;
use super::suggest::{self, SuggestArgs};
use super::text::{self, TextArgs};
use super::{Answer, AtArgs, Context, at_length, show};
use crate::app::Error;
use crate::app::read::same_bytes;
use crate::app::record::capture::{self, NewCapture};
use crate::app::record::relation::{self, BasisKind, NewAssessment, NewRelation};
use crate::app::record::source::{self, NewSource};
use crate::snapshots::Waiting;
use claimledger_core::encoding::name::Label;
use claimledger_core::model::StatementType;
use claimledger_core::model::assessment::OriginKind;
use claimledger_core::model::relation::SourceRelation;
use claimledger_core::model::source::SourceKind;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What to do with sources.
#[derive(Debug, Subcommand)]
pub enum SourceCommand {
    /// Record a source and keep what it says
    Add(Box<AddArgs>),
    /// Keep later or further bytes of a source
    Capture(CaptureArgs),
    /// Say how a source depends on another
    #[command(long_about = at_length::<RelateArgs>())]
    Relate(Box<RelateArgs>),
    /// Say what a source is to a claim: first-hand, the claimant's own word, or neither
    Assess(Box<AssessArgs>),
    /// Print the text that is held of a source, to copy quotations from
    #[command(long_about = at_length::<TextArgs>())]
    Text(TextArgs),
    /// Suggest relations from the words of a source: help, never counted
    #[command(long_about = at_length::<SuggestArgs>())]
    Suggest(SuggestArgs),
    /// List how sources relate
    #[command(after_help = "Example:\n  claimledger source relations wire")]
    Relations(AboutArgs),
    /// List what sources are to claims
    #[command(after_help = "Example:\n  claimledger source assessments closing")]
    Assessments(AboutArgs),
    /// List the sources
    #[command(after_help = "Example:\n  claimledger source list")]
    List(AtArgs),
}

/// Options of `source capture`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger source capture wire wire-corrected.txt\n  \
                        claimledger source capture wire --fetch"
)]
pub struct CaptureArgs {
    /// The source
    pub source: String,
    /// The file that holds what was captured
    #[arg(required_unless_present = "fetch", conflicts_with = "fetch")]
    pub file: Option<PathBuf>,
    /// From where to fetch it [default: the source's own URL]
    #[arg(long, value_name = "U", requires = "fetch")]
    pub url: Option<String>,
    /// Keep only the digest of the bytes
    #[arg(long)]
    pub hash_only: bool,
    /// What kind of bytes the file has, e.g. text/html, or "text/plain; charset=iso-8859-1" [default: found out]
    #[arg(long, value_name = "TYPE")]
    pub media_type: Option<String>,
    /// How to fetch it.
    #[command(flatten)]
    pub fetching: FetchingArgs,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Options of commands that fetch a source.
#[derive(Debug, Args)]
#[command(next_help_heading = "Fetching")]
pub struct FetchingArgs {
    /// Fetch the bytes over HTTP, and record the address that answered, its status and its header fields
    #[arg(long, conflicts_with = "file")]
    pub fetch: bool,
    /// Take at most so many bytes [default: 268435456]
    #[arg(long, value_name = "N", requires = "fetch")]
    pub max_bytes: Option<u64>,
    /// Give up when the server is silent for so many seconds [default: 30]
    #[arg(long, value_name = "SECONDS", requires = "fetch")]
    pub timeout: Option<u64>,
    /// Fetch from this machine or a local network, if that is where the address leads
    #[arg(long, requires = "fetch")]
    pub allow_private: bool,
}

/// Options of `source relate`.
#[derive(Debug, Args)]
#[command(
    long_about = "Says how source A depends on source B, or that the two are separate observation. Same origin: \
                  wasRevisionOf, translationOf, wireCopyOf, sharesOriginWith. Dependence: wasQuotedFrom, wasDerivedFrom, \
                  hadPrimarySource. Vouching: independentOf. With --quote, A's own words state it; otherwise --note gives \
                  the reason of your judgement.",
    after_help = "Example:\n  claimledger source relate daily wireCopyOf wire --quote \"(Northern Wire)\"\n  \
                  claimledger source relate count independentOf wire --for lorries --note \"The town counted itself.\""
)]
pub struct RelateArgs {
    /// The dependent source
    pub from: String,
    /// How they relate
    pub relation: SourceRelation,
    /// The source it depends on
    pub to: String,
    /// For this claim only [default: for all]
    #[arg(long = "for", value_name = "CLAIM")]
    pub claim: Option<String>,
    /// How that is known: judgement, stated or textOverlap [default: stated with --quote, else judgement]
    #[arg(long, value_name = "B")]
    pub basis: Option<BasisKind>,
    /// The words of A that state it, exactly as it has them
    #[arg(long, value_name = "TEXT")]
    pub quote: Option<String>,
    /// The words just before the quotation, where it stands more than once
    #[arg(long, value_name = "P", requires = "quote")]
    pub prefix: Option<String>,
    /// The words just after it
    #[arg(long, value_name = "S", requires = "quote")]
    pub suffix: Option<String>,
    /// Of overlapping texts: the method and its version
    #[arg(long, value_name = "NAME")]
    pub method: Option<String>,
    /// Of overlapping texts: the share of A found in B, in thousandths
    #[arg(long, value_name = "N")]
    pub permille: Option<u64>,
    /// With a judgement, its reason; otherwise a remark
    #[arg(long, value_name = "N")]
    pub note: Option<String>,
    /// What it puts right.
    #[command(flatten)]
    pub correcting: CorrectingArgs,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Options of `source assess`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger source assess count lorries --as-origin firstHand \
                        --how \"The office counted the vehicles itself.\""
)]
pub struct AssessArgs {
    /// The source
    pub source: String,
    /// The claim
    pub claim: String,
    /// What it is to the claim: firstHand, claimant, speaksForClaimant or notFirstHand
    #[arg(long, value_name = "KIND")]
    pub as_origin: OriginKind,
    /// How that is known
    #[arg(long, value_name = "TEXT")]
    pub how: String,
    /// What it puts right.
    #[command(flatten)]
    pub correcting: CorrectingArgs,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Options of `source add`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger source add article.txt --title \"Bridge to close\" \
                        --publisher \"Northern Wire\" --published 2026-03-10 --label wire\n  \
                        claimledger source add --url https://wire.example/bridge --fetch --title \"Bridge to close\" \
                        --publisher \"Northern Wire\""
)]
pub struct AddArgs {
    /// The file that holds what was captured
    pub file: Option<PathBuf>,
    /// Its title, or a description where it has none
    #[arg(long, value_name = "T")]
    pub title: String,
    /// Who published it
    #[arg(long, value_name = "P")]
    pub publisher: String,
    /// What kind of document, e.g. article, wire, statement, document [default: article]
    #[arg(long, value_name = "K")]
    pub kind: Option<SourceKind>,
    /// Where it was published
    #[arg(long, value_name = "U")]
    pub url: Option<String>,
    /// An author, as named; may be given more than once
    #[arg(long, value_name = "A")]
    pub author: Vec<String>,
    /// When it was published: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// Its language, e.g. en or pt-BR
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Who translated it: a name, machine:NAME, or unknown
    #[arg(long, value_name = "WHO")]
    pub translated_by: Option<String>,
    /// Why the source is not named
    #[arg(long, value_name = "REASON")]
    pub unnamed: Option<String>,
    /// Nobody here ever held it
    #[arg(long, requires = "known_through", conflicts_with_all = ["file", "fetch"])]
    pub never_held: bool,
    /// The source through which it is known
    #[arg(long, value_name = "SOURCE", requires = "never_held")]
    pub known_through: Option<String>,
    /// Keep only the digest of the bytes
    #[arg(long, conflicts_with = "never_held")]
    pub hash_only: bool,
    /// What kind of bytes the file has, e.g. text/html, or "text/plain; charset=iso-8859-1" [default: found out]
    #[arg(long, value_name = "TYPE", conflicts_with = "never_held")]
    pub media_type: Option<String>,
    /// How to fetch it.
    #[command(flatten)]
    pub fetching: FetchingArgs,
    /// What it puts right.
    #[command(flatten)]
    pub correcting: CorrectingArgs,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Runs `source …`.
pub fn run(command: SourceCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        SourceCommand::Add(args) => add(*args, context),
        SourceCommand::Capture(args) => capture(args, context),
        SourceCommand::Relate(args) => relate(*args, context),
        SourceCommand::Assess(args) => assess(*args, context),
        SourceCommand::Text(args) => text::run(&args, context),
        SourceCommand::Suggest(args) => suggest::run(&args, context),
        SourceCommand::Relations(args) => show::about(StatementType::SourceRelate, &args, context),
        SourceCommand::Assessments(args) => {
            show::about(StatementType::OriginAssess, &args, context)
        }
        SourceCommand::List(at) => show::list(StatementType::SourceAdd, at, context),
    }
}

fn add(args: AddArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let new = NewSource {
        file: args.file,
        title: args.title,
        publisher: args.publisher,
        kind: args.kind,
        url: args.url,
        fetch: args.fetching.fetch,
        allow_private: args.fetching.allow_private,
        max_bytes: args.fetching.max_bytes,
        timeout: args.fetching.timeout,
        author: args.author,
        published: args.published,
        language: args.language,
        translated_by: args.translated_by,
        unnamed: args.unnamed,
        known_through: args.known_through,
        hash_only: args.hash_only,
        media_type: args.media_type,
        correction: args.correcting.correction(),
    };
    let waiting = Waiting::beside(&context.desk.disk()?)?;
    let mut progress = context.terminal.progress("fetching");
    let tell = &mut |done, all| progress.tell(done, all);
    let kept = source::keep(&context.desk, &new, &waiting, tell)?;
    drop(progress);
    context
        .terminal
        .notes(kept.iter().flat_map(|kept| &kept.notes));
    let kept = kept.map(|kept| kept.snapshot);
    let proposal = source::propose(&catalog, &new, kept.clone())?.with(waiting);
    if let Some(snapshot) = &kept {
        let label = args.adding.label.as_ref().map(Label::as_str);
        let corrected = new.correction.as_ref().map(|c| c.supersedes.as_str());
        let twin = same_bytes::note(&catalog, snapshot, label, corrected)?;
        context.terminal.notes(&twin);
    }
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

fn capture(args: CaptureArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let new = NewCapture {
        source: args.source,
        file: args.file,
        url: args.url,
        fetch: args.fetching.fetch,
        allow_private: args.fetching.allow_private,
        max_bytes: args.fetching.max_bytes,
        timeout: args.fetching.timeout,
        hash_only: args.hash_only,
        media_type: args.media_type,
    };
    let waiting = Waiting::beside(&context.desk.disk()?)?;
    let mut progress = context.terminal.progress("fetching");
    let tell = &mut |done, all| progress.tell(done, all);
    let published = |source: &str| capture::published(&catalog, source);
    let kept = capture::keep(&context.desk, &new, published, &waiting, tell)?;
    drop(progress);
    context.terminal.notes(&kept.notes);
    let proposal = capture::capture(&catalog, &new, kept.snapshot.clone())?.with(waiting);
    let source = Some(new.source.as_str());
    let twin = same_bytes::note(&catalog, &kept.snapshot, source, source)?;
    context.terminal.notes(&twin);
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

fn relate(args: RelateArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let new = NewRelation {
        from: args.from,
        relation: args.relation,
        to: args.to,
        claim: args.claim,
        basis: args.basis,
        quote: args.quote,
        prefix: args.prefix,
        suffix: args.suffix,
        method: args.method,
        permille: args.permille,
        note: args.note,
        correction: args.correcting.correction(),
    };
    let proposal = relation::relate(&catalog, &new)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

fn assess(args: AssessArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let new = NewAssessment {
        source: args.source,
        claim: args.claim,
        as_origin: args.as_origin,
        how: args.how,
        correction: args.correcting.correction(),
    };
    let proposal = relation::assess(&catalog, &new)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}
