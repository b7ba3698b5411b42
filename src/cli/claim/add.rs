//! `claim add`: records a claim.

use crate::app::record::claim::{self, NewClaim};
use crate::app::{Error, Session};
use crate::cli::adding::{self, AddingArgs, CorrectingArgs};
use crate::cli::context::{Answer, Context};
use claimledger_core::model::claim::{About, Wording};
use claimledger_core::model::{Body, StatementType};
use clap::Args;

/// Record a claim
///
/// A claim has its text, the person who made it, the date, and the sources in which it appeared.
///
/// A claim has one of three kinds. The kind is the question that a verdict answers. Utterance: did the person say it? Fact:
/// is it so? Forecast: will it happen?
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger claim add \"The bridge will close in April.\" --claimant \"A. Brandt\" \
                  --claimant-role mayor --made 2026-03-10 --appeared-in wire --label closing"
)]
pub struct ClaimAddArgs {
    /// The claim, in the words that you check
    pub text: String,
    /// Who made the claim: a name, or one of the words many, unknown, anonymous. You can give it more than once
    #[arg(long, value_name = "NAME", required = true)]
    pub claimant: Vec<String>,
    /// The claimant's role at that time. Give one for each claimant
    #[arg(long, value_name = "ROLE")]
    pub claimant_role: Vec<String>,
    /// How close the text is to what was said: verbatim, translated or reported
    #[arg(long, value_name = "WORDING")]
    pub wording: Option<Wording>,
    /// The original words, if they were in another language
    #[arg(long, value_name = "TEXT", requires = "original_language")]
    pub original: Option<String>,
    /// The language of the original words
    #[arg(long, value_name = "LANGUAGE", requires = "original")]
    pub original_language: Option<String>,
    /// The kind of claim: utterance, fact or forecast [default: fact]
    #[arg(long, value_name = "KIND")]
    pub about: Option<About>,
    /// The date on which a forecast can be checked, if it is known: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub due: Option<String>,
    /// When the claim was made: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub made: Option<String>,
    /// A source in which the claim appeared. You can give it more than once
    #[arg(long, value_name = "SOURCE", value_delimiter = ',')]
    pub appeared_in: Vec<String>,
    /// The language of the text, for example en or pt-BR
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// What the claim is about, in a few words. You can give it more than once
    #[arg(long, value_name = "TEXT")]
    pub topic: Vec<String>,
    #[command(flatten)]
    pub correcting: CorrectingArgs,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Records a claim.
pub fn run(args: ClaimAddArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let new = NewClaim {
        text: args.text,
        claimant: args.claimant,
        claimant_role: args.claimant_role,
        wording: args.wording,
        original: args.original,
        original_language: args.original_language,
        about: args.about,
        due: args.due,
        made: args.made,
        appeared_in: args.appeared_in,
        language: args.language,
        topic: args.topic,
        correction: args.correcting.correction(),
    };
    let proposal = claim::propose(&session, &new)?;
    // This is only a help: if it fails, the claim is recorded all the same.
    let notes = like_it(&session, &proposal.body, context);
    context.terminal.notes(&notes.unwrap_or_else(|e| {
        vec![format!(
            "could not look for claims with nearly the same words: {e}"
        )]
    }));
    adding::add(context, session, &signer, &args.adding, proposal)
}

/// Claims like the new one.
fn like_it(session: &Session, body: &Body, context: &mut Context) -> Result<Vec<String>, Error> {
    adding::repeats(session, StatementType::ClaimAdd, context)?.notes(session, body)
}
