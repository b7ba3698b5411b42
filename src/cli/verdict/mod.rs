//! `verdict issue|approve|reject|abstain|recuse|publish|list`: a reviewer's conclusion, and what others say about it.
//!
//! One file for each verb; the four opinions on a verdict share `opinion`.

mod abstain;
mod approve;
mod issue;
mod list;
mod opinion;
mod publish;
mod recuse;
mod reject;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Subcommand;

/// Sign, approve, publish and list verdicts
#[derive(Debug, Subcommand)]
pub enum VerdictCommand {
    Issue(Box<issue::VerdictIssueArgs>),
    List(list::VerdictListArgs),
    Approve(approve::VerdictApproveArgs),
    Reject(reject::VerdictRejectArgs),
    Abstain(abstain::VerdictAbstainArgs),
    Recuse(recuse::VerdictRecuseArgs),
    Publish(publish::VerdictPublishArgs),
}

/// Runs `verdict …`.
pub fn run(command: VerdictCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        VerdictCommand::Issue(args) => issue::run(*args, context),
        VerdictCommand::List(args) => list::run(args, context),
        VerdictCommand::Approve(args) => approve::run(args, context),
        VerdictCommand::Reject(args) => reject::run(args, context),
        VerdictCommand::Abstain(args) => abstain::run(args, context),
        VerdictCommand::Recuse(args) => recuse::run(args, context),
        VerdictCommand::Publish(args) => publish::run(args, context),
    }
}
