//! `source add`: records a source and keeps its bytes.

use super::fetching::FetchingArgs;
use crate::app::read::same_bytes;
use crate::app::record::evidence::own_words;
use crate::app::record::source::{self, NewSource};
use crate::app::record::{append, at_once, case::Case};
use crate::app::{Error, Session};
use crate::cli::adding::{self, AddingArgs, CorrectingArgs};
use crate::cli::context::{Answer, Context};
use crate::cli::{quoting, record};
use crate::keystore::Signer;
use crate::snapshots::Waiting;
use claimledger_core::encoding::name::Label;
use claimledger_core::model::StatementType;
use claimledger_core::model::source::SourceKind;
use clap::Args;
use std::path::PathBuf;

/// Record a source and keep a copy of it
///
/// The ledger stores the bytes of the source in a file whose name is their SHA-256, and stores the text that it finds in them. Give
/// a file, or an address with --url and --fetch. With --hash-only the ledger stores only the SHA-256, not the bytes.
///
/// You may know of a source only because another source mentions it. Record such a source with --never-held, and give the
/// other source with --known-through. If you saw it yourself and kept no copy, say so with --seen-by.
///
/// With the options under "In the same commit" the program also records on which source it depends, that it is first-hand, and what it
/// says about a claim: all in one commit, or nothing.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger source add article.txt --title \"Bridge to close\" \
                        --publisher \"Northern Wire\" --published 2026-03-10 --label wire\n  \
                        claimledger source add --url https://wire.example/bridge --fetch --title \"Bridge to close\" \
                        --publisher \"Northern Wire\"\n  \
                        claimledger source add daily.txt --title \"Bridge to close\" --publisher \"Elma Daily\" --copy-of wire \
                        --stated \"(Northern Wire)\" --supports closing --quote \"The bridge will be closed\""
)]
pub struct SourceAddArgs {
    /// The file with the copy of the source, or the address to fetch it from: https://… is short for --url https://… --fetch
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The title of the source, or a description if it has no title
    #[arg(long, value_name = "TEXT")]
    pub title: String,
    /// Who published the source
    #[arg(long, value_name = "NAME")]
    pub publisher: String,
    /// What kind of document it is, for example article, wire, statement or document [default: article; other with --never-held]
    #[arg(long, value_name = "KIND")]
    pub kind: Option<SourceKind>,
    /// Where the source was published
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// An author, as the source names them. You can give it more than once
    #[arg(long, value_name = "NAME")]
    pub author: Vec<String>,
    /// When the source was published: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// The language of the source, for example en or pt-BR
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// Who translated it: a name, machine:NAME or unknown
    #[arg(long, value_name = "NAME")]
    pub translated_by: Option<String>,
    /// Do not name the source, for this reason
    #[arg(long, value_name = "REASON")]
    pub unnamed: Option<String>,
    /// Another address where a copy of it is kept, for example in a web archive. You can give it more than once
    #[arg(long, value_name = "URL")]
    pub archived_at: Vec<String>,
    /// Record a source of which you have no copy. Give --known-through or --seen-by too
    #[arg(long, requires = "known", conflicts_with_all = ["file", "fetch"])]
    pub never_held: bool,
    /// For --never-held: the source that mentions this one
    #[arg(long, value_name = "SOURCE", requires = "never_held", group = "known")]
    pub known_through: Option<String>,
    /// For --never-held: who saw it and when, for example "the reviewer, on 2 March, before it was deleted"
    #[arg(long, value_name = "TEXT", requires = "never_held", group = "known")]
    pub seen_by: Option<String>,
    /// Store only the SHA-256 of the bytes, not the bytes
    #[arg(long, conflicts_with = "never_held")]
    pub hash_only: bool,
    /// The media type of the bytes, for example text/html or "text/plain; charset=iso-8859-1" [default: detected]
    #[arg(long, value_name = "TYPE", conflicts_with = "never_held")]
    pub media_type: Option<String>,
    /// For a web archive: the address of the page in it [default: the address given with --url, or the only page]
    #[arg(long, value_name = "URL", conflicts_with = "never_held")]
    pub page: Option<String>,
    #[command(flatten)]
    pub with: AtOnceArgs,
    #[command(flatten)]
    pub fetching: FetchingArgs,
    #[command(flatten)]
    pub correcting: CorrectingArgs,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// What is recorded of the source in the same commit.
#[derive(Debug, Args)]
#[command(next_help_heading = "In the same commit")]
pub struct AtOnceArgs {
    /// It quotes this source. Say with --stated or --because how you know it
    #[arg(long, value_name = "SOURCE", conflicts_with = "copy_of")]
    pub quoted_from: Option<String>,
    /// It prints the text of this source, for example of an agency. Say with --stated or --because how you know it
    #[arg(long, value_name = "SOURCE")]
    pub copy_of: Option<String>,
    /// The words of the new source that say on which source it depends
    #[arg(long, value_name = "TEXT", conflicts_with = "because")]
    pub stated: Option<String>,
    /// The reason, if it is your judgement on which source it depends
    #[arg(long, value_name = "TEXT")]
    pub because: Option<String>,
    /// It is first-hand for this claim
    #[arg(long, value_name = "CLAIM", requires = "how")]
    pub first_hand_for: Option<String>,
    /// How you know that it is first-hand
    #[arg(long, value_name = "TEXT", requires = "first_hand_for")]
    pub how: Option<String>,
    /// It supports this claim
    #[arg(long, value_name = "CLAIM", group = "stance")]
    pub supports: Option<String>,
    /// It refutes this claim
    #[arg(long, value_name = "CLAIM", group = "stance")]
    pub refutes: Option<String>,
    /// It supports this claim in part and refutes it in part
    #[arg(long, value_name = "CLAIM", group = "stance")]
    pub mixed: Option<String>,
    /// It gives context to this claim
    #[arg(long, value_name = "CLAIM", group = "stance")]
    pub context: Option<String>,
    /// The words of the source that say so, copied exactly
    #[arg(long, value_name = "TEXT", requires = "stance")]
    pub quote: Option<String>,
    /// The words just before the quotation, if it occurs more than once
    #[arg(long, value_name = "TEXT", requires = "quote")]
    pub prefix: Option<String>,
    /// The words just after the quotation, if it occurs more than once
    #[arg(long, value_name = "TEXT", requires = "quote")]
    pub suffix: Option<String>,
    /// Sign the words of the source where a quotation only looks like them
    #[arg(long)]
    pub nearest: bool,
}

/// Records a source.
pub fn run(args: SourceAddArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
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
        archived_at: args.archived_at,
        never_held: args.never_held,
        known_through: args.known_through,
        seen_by: args.seen_by,
        hash_only: args.hash_only,
        media_type: args.media_type,
        page: args.page,
        quoted_from: args.with.quoted_from,
        copy_of: args.with.copy_of,
        stated: args.with.stated,
        because: args.with.because,
        first_hand_for: args.with.first_hand_for,
        how: args.with.how,
        supports: args.with.supports,
        refutes: args.with.refutes,
        mixed: args.with.mixed,
        context: args.with.context,
        quote: args.with.quote,
        prefix: args.with.prefix,
        suffix: args.with.suffix,
        nearest: args.with.nearest,
        correction: args.correcting.correction(),
    }
    .fetched_from_its_address()?;
    if at_once::has_parts(&new) {
        return with_parts(new, &args.adding, session, &signer, context);
    }
    // A page may load slowly, and a PDF may take long to read.
    if !args.never_held {
        session.let_go();
    }
    let waiting = Waiting::beside(&context.desk.disk()?)?;
    let mut progress = context.terminal.progress("fetching");
    let tell = &mut |done, all| progress.tell(done, all);
    let kept = source::keep(&context.desk, &new, &waiting, tell)?;
    drop(progress);
    context
        .terminal
        .notes(kept.iter().flat_map(|kept| &kept.notes));
    let kept = kept.map(|kept| kept.snapshot);
    let proposal = source::propose(&session, &new, kept.clone())?.with(waiting);
    let repeats = adding::repeats(&session, StatementType::SourceAdd, context)?;
    context
        .terminal
        .notes(&repeats.notes(&session, &proposal.body)?);
    if let Some(snapshot) = &kept {
        let label = args.adding.label.as_ref().map(Label::as_str);
        let corrected = new.correction.as_ref().map(|c| c.supersedes.as_str());
        let twin = same_bytes::note(&session, snapshot, label, corrected)?;
        context.terminal.notes(&twin);
    }
    adding::add(context, session, &signer, &args.adding, proposal)
}

/// Records a source and what else was given of it: all in one commit, or nothing.
fn with_parts(
    new: NewSource,
    adding: &AddingArgs,
    mut session: Session,
    signer: &str,
    context: &mut Context,
) -> Result<Answer, Error> {
    if adding.draft.is_some() {
        return Err(Error::Usage(
            "a draft is one statement: draft the source alone, and its relation, assessment and evidence after it is added"
                .to_owned(),
        ));
    }
    let mut case = Case::of_source(new, adding.label.clone());
    let gathered = record::gathered(&case, &session, context)?;
    let key = append::open_key(&context.desk, &session, signer, &mut context.terminal)?;
    let signing: (&str, &dyn Signer) = (signer, key.as_ref());
    let how = (adding.yes, false);
    // It ends: a quotation is taken once.
    loop {
        let recorded = record::record(&case, &gathered, &mut session, signing, how, context);
        let refused = match recorded {
            Ok(answer) => return Ok(answer),
            Err(refused) => only(refused),
        };
        // Beside a fault of another kind the question would be in vain.
        let all = each(&refused);
        let alike = all.iter().all(|why| own_words(why).is_some());
        let first = all[0];
        if !alike || !quoting::is_wanted(context, adding, first) || !case.take_nearest(first) {
            return Err(refused);
        }
    }
}

/// A fault that is alone needs no list.
fn only(refused: Error) -> Error {
    match refused {
        Error::Faults { mut faults, .. } if faults.len() == 1 => faults.remove(0).why,
        other => other,
    }
}

/// What is wrong, one by one; at least one.
fn each(refused: &Error) -> Vec<&Error> {
    match refused {
        Error::Faults { faults, .. } if !faults.is_empty() => {
            faults.iter().map(|fault| &fault.why).collect()
        }
        other => vec![other],
    }
}
