//! `source relate`: how a source depends on another.

use crate::app::read::line;
use crate::app::record::relation::{self, BasisKind, NewRelation};
use crate::app::{Error, Session};
use crate::cli::adding::{self, AddingArgs, CorrectingArgs};
use crate::cli::context::{Answer, Context};
use crate::cli::quoting;
use claimledger_core::encoding::foreign::name;
use claimledger_core::model::relation::SourceRelation;
use clap::Args;

/// Record how one source depends on another
///
/// There are three groups of relations. Both sources have the same origin: wasRevisionOf, translationOf, wireCopyOf,
/// sharesOriginWith. The first source depends on the second: wasQuotedFrom, wasDerivedFrom, hadPrimarySource. Both sources
/// observed the matter separately: independentOf.
///
/// If the first source itself states the relation, quote its words with --quote. If not, the relation is your judgement; give
/// your reason with --note.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger source relate daily wireCopyOf wire --quote \"(Northern Wire)\"\n  \
                  claimledger source relate count independentOf wire --for lorries --note \"The town counted itself.\""
)]
pub struct SourceRelateArgs {
    /// The source that depends on the other
    #[arg(value_name = "SOURCE")]
    pub from: String,
    /// The relation, one of those listed above
    pub relation: SourceRelation,
    /// The other source
    #[arg(value_name = "OTHER-SOURCE")]
    pub to: String,
    /// The relation holds for this claim only [default: for every claim]
    #[arg(long = "for", value_name = "CLAIM")]
    pub claim: Option<String>,
    /// The relation holds for every claim. Needed if there is evidence from the first source on several claims
    #[arg(long, conflicts_with = "claim")]
    pub for_all: bool,
    /// How you know it: judgement, stated or textOverlap [default: stated with --quote, else judgement]
    #[arg(long, value_name = "BASIS")]
    pub basis: Option<BasisKind>,
    /// The words of the first source that state the relation, copied exactly
    #[arg(long, value_name = "TEXT")]
    pub quote: Option<String>,
    /// The words just before the quotation, if it occurs more than once
    #[arg(long, value_name = "TEXT", requires = "quote")]
    pub prefix: Option<String>,
    /// The words just after the quotation, if it occurs more than once
    #[arg(long, value_name = "TEXT", requires = "quote")]
    pub suffix: Option<String>,
    /// Sign the words of the source if the quotation only looks like them: other white space, quotation marks, dashes or
    /// ligatures, or letters spelled in other code points
    #[arg(long, requires = "quote")]
    pub nearest: bool,
    /// For textOverlap: the method of comparison and its version
    #[arg(long, value_name = "NAME")]
    pub method: Option<String>,
    /// For textOverlap: how much of the first source is in the other, in thousandths
    #[arg(long, value_name = "NUMBER")]
    pub permille: Option<u64>,
    /// The reason of your judgement; otherwise a remark
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    #[command(flatten)]
    pub correcting: CorrectingArgs,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Records how two sources relate.
pub fn run(args: SourceRelateArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let mut new = NewRelation {
        from: args.from,
        relation: args.relation,
        to: args.to,
        claim: args.claim,
        for_all: args.for_all,
        basis: args.basis,
        quote: args.quote,
        prefix: args.prefix,
        suffix: args.suffix,
        nearest: args.nearest,
        method: args.method,
        permille: args.permille,
        note: args.note,
        correction: args.correcting.correction(),
    };
    for_which(&session, &mut new, &args.adding, context)?;
    let proposal = quoting::asking(context, &args.adding, new.nearest, |nearest| {
        new.nearest = nearest;
        relation::relate(&session, &new)
    })?;
    adding::add(context, session, &signer, &args.adding, proposal)
}

/// Asks a person on a terminal for which claim the relation holds, if it does not say so and there is evidence on several.
fn for_which(
    session: &Session,
    new: &mut NewRelation,
    args: &AddingArgs,
    context: &mut Context,
) -> Result<(), Error> {
    if args.yes || !context.terminal.attended() {
        return Ok(());
    }
    let claims = relation::several_claims(session, new)?;
    if claims.is_empty() {
        return Ok(());
    }
    let mut list = format!(
        "there is evidence from {} on several claims:\n",
        name(&new.from)
    );
    for line in line::lines(session, &claims, session.head().size)? {
        let label = line::labelled(line.label.as_deref());
        list.push_str(&format!("  #{}{label}: {}\n", line.index, line.words));
    }
    context.terminal.preview(&list);
    let answer = context
        .terminal
        .ask("Is the relation for one of them (its number or label), or for all?");
    match answer.as_str() {
        "" => return Err(Error::Declined),
        "all" => new.for_all = true,
        claim => new.claim = Some(claim.to_owned()),
    }
    Ok(())
}
