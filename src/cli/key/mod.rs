//! `key new|list|request|enroll|rotate|revoke|impact|recover`: keys of people.
//!
//! One file for each verb.

mod enroll;
mod impact;
mod list;
pub mod new;
mod recover;
pub mod request;
mod revoke;
mod rotate;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Subcommand;

/// Make, list, enrol, replace and revoke keys
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    New(new::KeyNewArgs),
    List(list::KeyListArgs),
    Request(request::KeyRequestArgs),
    Enroll(enroll::KeyEnrollArgs),
    Rotate(rotate::KeyRotateArgs),
    Revoke(revoke::KeyRevokeArgs),
    Impact(impact::KeyImpactArgs),
    #[command(subcommand)]
    Recover(recover::KeyRecoverCommand),
}

/// Runs `key …`.
pub fn run(command: &KeyCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        KeyCommand::New(args) => new::run(args, context),
        KeyCommand::List(args) => list::run(*args, context),
        KeyCommand::Request(args) => request::run(args, context),
        KeyCommand::Enroll(args) => enroll::run(args, context),
        KeyCommand::Rotate(args) => rotate::run(args, context),
        KeyCommand::Revoke(args) => revoke::run(args, context),
        KeyCommand::Impact(args) => impact::run(args, context),
        KeyCommand::Recover(command) => recover::run(command, context),
    }
}
