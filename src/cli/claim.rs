//! `claim add|relate|relations|list`: what somebody said or is said to have said.

use super::adding::{self, AddingArgs, CorrectingArgs};
use super::show::AboutArgs;
use super::{Answer, AtArgs, Context, at_length, show};
use crate::app::Error;
use crate::app::read::everywhere;
use crate::app::read::line::Line;
use crate::app::read::search;
use crate::app::read::show as lines;
use crate::app::record::claim::{self, NewClaim};
use crate::app::record::relation::{self, NewClaimRelation};
use claimledger_core::model::claim::{About, Wording};
use claimledger_core::model::relation::ClaimRelation;
use claimledger_core::model::{Body, StatementType};
use clap::{Args, Subcommand};

/// What to do with claims.
#[derive(Debug, Subcommand)]
pub enum ClaimCommand {
    /// Record a claim
    #[command(long_about = at_length::<AddArgs>())]
    Add(Box<AddArgs>),
    /// Say how a claim relates to another
    Relate(Box<RelateArgs>),
    /// List how claims relate
    #[command(after_help = "Example:\n  claimledger claim relations closing")]
    Relations(AboutArgs),
    /// List the claims
    #[command(
        after_help = "Example:\n  claimledger claim list --at 40\n  claimledger claim list --everywhere"
    )]
    List(ListArgs),
}

/// Options of `claim list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Of this ledger and of every mirror here
    #[arg(long, conflicts_with = "at")]
    pub everywhere: bool,
    /// As of when.
    #[command(flatten)]
    pub at: AtArgs,
}

/// Options of `claim relate`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger claim relate closing-de translationOf closing\n  \
                        claimledger claim relate closing sameAs \"other.example/log#3f8a…64 digits\""
)]
pub struct RelateArgs {
    /// The claim that relates
    pub from: String,
    /// How: sameAs, variantOf, translationOf, partOf, contradicts or reports
    pub relation: ClaimRelation,
    /// To which claim; origin#id for one of another ledger
    pub to: String,
    /// A remark
    #[arg(long, value_name = "N")]
    pub note: Option<String>,
    /// What it puts right.
    #[command(flatten)]
    pub correcting: CorrectingArgs,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Options of `claim add`.
#[derive(Debug, Args)]
#[command(
    long_about = "Records a claim: the words, who made it, when, and where it appeared. An utterance asks whether \
                  somebody said it, a fact whether it is so, a forecast whether it comes to pass.",
    after_help = "Example:\n  claimledger claim add \"The bridge will close in April.\" --claimant \"A. Brandt\" \
                  --claimant-role mayor --made 2026-03-10 --appeared-in wire --label closing"
)]
pub struct AddArgs {
    /// The claim, as it is to be checked
    pub text: String,
    /// Who made it: a name, or many, unknown, anonymous; may be given more than once
    #[arg(long, value_name = "NAME", required = true)]
    pub claimant: Vec<String>,
    /// The claimant's role at that time; one for each claimant
    #[arg(long, value_name = "R")]
    pub claimant_role: Vec<String>,
    /// How near the text is to what was said: verbatim, translated or reported
    #[arg(long, value_name = "W")]
    pub wording: Option<Wording>,
    /// The original words, in another language
    #[arg(long, value_name = "TEXT", requires = "original_language")]
    pub original: Option<String>,
    /// Their language
    #[arg(long, value_name = "TAG", requires = "original")]
    pub original_language: Option<String>,
    /// What would make it true: utterance, fact or forecast [default: fact]
    #[arg(long, value_name = "A")]
    pub about: Option<About>,
    /// The date a forecast falls due
    #[arg(long, value_name = "DATE")]
    pub due: Option<String>,
    /// When it was made: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub made: Option<String>,
    /// A source in which it appeared; may be given more than once
    #[arg(long, value_name = "SOURCE")]
    pub appeared_in: Vec<String>,
    /// The language of the text
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// What it puts right.
    #[command(flatten)]
    pub correcting: CorrectingArgs,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Runs `claim …`.
pub fn run(command: ClaimCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        ClaimCommand::Add(args) => add(*args, context),
        ClaimCommand::Relate(args) => relate(*args, context),
        ClaimCommand::Relations(args) => show::about(StatementType::ClaimRelate, &args, context),
        ClaimCommand::List(args) if args.everywhere => list_everywhere(context),
        ClaimCommand::List(args) => show::list(StatementType::ClaimAdd, args.at, context),
    }
}

fn add(args: AddArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
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
        correction: args.correcting.correction(),
    };
    let proposal = claim::propose(&catalog, &new)?;
    if let Body::ClaimAdd(claim) = &proposal.body {
        let replaced = claim.correction.as_ref().map(|c| &c.supersedes);
        // Help must not stand in the way of the claim.
        match search::near(&catalog, &new.text, replaced) {
            Ok(near) => context.terminal.notes(&warnings(&near)),
            Err(e) => context.terminal.note(&format!(
                "claims in nearly the same words could not be looked for: {e}"
            )),
        }
    }
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

/// What to tell somebody who says nearly what another claim says.
fn warnings(near: &[Line]) -> Vec<String> {
    let mut warnings: Vec<String> = near
        .iter()
        .map(|line| {
            let label = line.label.as_deref().map(|label| format!(" {label}"));
            format!(
                "claim #{}{} has nearly the same words: {}",
                line.index,
                label.unwrap_or_default(),
                show::clip(&line.words, 120)
            )
        })
        .collect();
    if !near.is_empty() {
        warnings.push(
            "only the wording was compared: a denial is near to what it denies. If they belong together, say how with \
             `claim relate`"
                .to_owned(),
        );
    }
    warnings
}

/// Lists the claims of this ledger and of every mirror.
fn list_everywhere(context: &mut Context) -> Result<Answer, Error> {
    let all = everywhere::ask(&context.desk, |catalog| {
        lines::list(catalog, StatementType::ClaimAdd, None)
    })?;
    context.terminal.notes(&all.notes);
    context.terminal.answer(&all, || {
        if all.found.is_empty() {
            return "none\n".to_owned();
        }
        let rows = all.found.iter().map(|of| {
            let line = &of.found;
            vec![
                of.whose(),
                format!("#{}", line.index),
                line.issued.clone(),
                line.label.clone().unwrap_or_default(),
                line.holder.clone(),
                show::clip(&line.words, 100),
            ]
        });
        show::table(&["ledger", "entry", "issued", "label", "by", "says"], rows)
    });
    Ok(Answer::Yes)
}

fn relate(args: RelateArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let new = NewClaimRelation {
        from: args.from,
        relation: args.relation,
        to: args.to,
        note: args.note,
        correction: args.correcting.correction(),
    };
    let proposal = relation::relate_claims(&catalog, &new)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}
