//! `key recover request|sign|submit`: keys that were kept offline replace an admin.
//!
//! One file for each verb.

mod request;
mod sign;
mod submit;
mod summary;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Subcommand;

/// Replace an admin with the help of keys that are kept offline
#[derive(Debug, Subcommand)]
pub enum KeyRecoverCommand {
    Request(request::KeyRecoverRequestArgs),
    Sign(sign::KeyRecoverSignArgs),
    Submit(submit::KeyRecoverSubmitArgs),
}

/// Runs `key recover …`.
pub fn run(command: &KeyRecoverCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        KeyRecoverCommand::Request(args) => request::run(args, context),
        KeyRecoverCommand::Sign(args) => sign::run(args, context),
        KeyRecoverCommand::Submit(args) => submit::run(args, context),
    }
}
