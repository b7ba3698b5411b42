//! `source capture`: keeps later or further bytes of a source.

use super::fetching::FetchingArgs;
use crate::app::Error;
use crate::app::read::{captures, same_bytes};
use crate::app::record::capture::{self, NewCapture, Renewed};
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{Answer, Context};
use crate::keystore;
use crate::snapshots::Waiting;
use crate::store::Files;
use clap::Args;
use std::path::PathBuf;

/// Keep another copy of a source
///
/// Use this when a page has changed, or to add a copy of a source that was recorded without one.
///
/// The program looks in the text of the copy for each quotation that your organisation took from this source. It shows which are
/// still there, at another place, or gone, and signs this with the copy. A verdict that rests on a quotation that is gone is
/// shown with a remark. Before it signs that a quotation is gone, the program shows what has changed and asks; without a terminal, confirm
/// with --quotations-gone. An error page or a page that asks for consent is not a changed source.
///
/// With --again the program extracts the text of the newest bytes that are held anew, for example after a newer version reads a format
/// better.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger source capture wire wire-corrected.txt\n  \
                        claimledger source capture wire --fetch\n  \
                        claimledger source capture wire --again"
)]
pub struct SourceCaptureArgs {
    /// The source
    pub source: String,
    /// The file with the copy, or the address to fetch: https://… is short for --url https://… --fetch
    #[arg(required_unless_present_any = ["fetch", "again"])]
    pub file: Option<PathBuf>,
    /// The address to fetch [default: the source's own URL]
    #[arg(long, value_name = "URL", requires = "fetch")]
    pub url: Option<String>,
    /// Store only the SHA-256 of the bytes, not the bytes
    #[arg(long)]
    pub hash_only: bool,
    /// The media type of the bytes, for example text/html or "text/plain; charset=iso-8859-1" [default: detected]
    #[arg(long, value_name = "TYPE")]
    pub media_type: Option<String>,
    /// For a web archive: the address of the page in it [default: the source's own URL, or the only page]
    #[arg(long, value_name = "URL")]
    pub page: Option<String>,
    /// Sign without asking that quotations which are not in the copy are gone from the source
    #[arg(long)]
    pub quotations_gone: bool,
    /// Extract the text of the newest bytes that are held again, with --media-type as that type
    #[arg(long, conflicts_with_all = ["file", "fetch", "url", "hash_only"])]
    pub again: bool,
    #[command(flatten)]
    pub fetching: FetchingArgs,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Keeps further bytes of a source.
pub fn run(args: SourceCaptureArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let mut new = NewCapture {
        source: args.source,
        file: args.file,
        url: args.url,
        fetch: args.fetching.fetch,
        allow_private: args.fetching.allow_private,
        max_bytes: args.fetching.max_bytes,
        timeout: args.fetching.timeout,
        hash_only: args.hash_only,
        media_type: args.media_type,
        page: args.page,
        // A draft is not signed yet.
        quotations_gone: args.quotations_gone || args.adding.draft.is_some(),
        again: args.again,
    }
    .fetched_from_its_address()?;
    let waiting = Waiting::beside(&context.desk.disk()?)?;
    let mut progress = context.terminal.progress("fetching");
    let tell = &mut |done, all| progress.tell(done, all);
    session.let_go();
    let published = |source: &str| {
        let found = captures::published(&session, source);
        session.let_go();
        found
    };
    let kept = if new.again {
        capture::again(&context.desk, &session, &new, &waiting)?
    } else {
        let kept = capture::keep(&context.desk, &new, published, &waiting, tell)?;
        Renewed::Changed(Box::new(kept))
    };
    drop(progress);
    let kept = match kept {
        Renewed::Changed(kept) => kept,
        Renewed::Recorded(there, words) => {
            let note = "the recorded text is what this program finds in the bytes: nothing to add";
            context.terminal.notes(&[note]);
            context
                .terminal
                .answer(&there, || adding::line(&there, &words));
            return Ok(Answer::Yes);
        }
    };
    context.terminal.notes(&kept.notes);
    let (key, _) = keystore::file::read_public(&context.desk.keys, &signer)?;
    let brought = Files::new(waiting.disk());
    let made = capture::capture(&session, &new, &kept.snapshot, &brought, &key);
    let (proposal, notes) = match made {
        Err(refused) if goes_on(context, &args.adding, &refused) => {
            new.quotations_gone = true;
            capture::capture(&session, &new, &kept.snapshot, &brought, &key)?
        }
        made => made?,
    };
    context.terminal.notes(&notes);
    let doubt = capture::perhaps_a_transcript(&session, &new, &kept.snapshot)?;
    if doubt.is_some()
        && context.terminal.attended()
        && !args.adding.yes
        && !context
            .terminal
            .confirm("Is this text itself a copy of the source?")
    {
        return Err(Error::Declined);
    }
    let proposal = proposal.with(waiting);
    let source = Some(new.source.as_str());
    let twin = same_bytes::note(&session, &kept.snapshot, source, source)?;
    context.terminal.notes(&twin);
    adding::add(context, session, &signer, &args.adding, proposal)
}

/// Shows what changed, and asks a person on a terminal whether quotations are gone from the source.
fn goes_on(context: &mut Context, args: &AddingArgs, refused: &Error) -> bool {
    let Some((gone, notes)) = capture::gone(refused) else {
        return false;
    };
    context.terminal.notes(notes);
    if args.yes || !context.terminal.attended() {
        return false;
    }
    context.terminal.preview(&format!("{refused}\n"));
    context.terminal.confirm(&match gone {
        1 => "Sign that the quotation is no longer in the source?".to_owned(),
        gone => format!("Sign that {gone} quotations are no longer in the source?"),
    })
}
