//! Which witness a command is about, and which logs it watches.

use crate::app::Error;
use crate::app::peers::witness::{self, OnDuty, Post};
use crate::cli::context::Context;
use claimledger_core::encoding::name::Origin;
use claimledger_core::tlog::note::VerifierKey;
use clap::Args;
use std::path::PathBuf;

/// Which witness, and which logs it watches.
#[derive(Debug, Args)]
pub struct PostArgs {
    /// The witness's name in its cosignatures [default: the name of the key]
    #[arg(long, value_name = "NAME")]
    pub name: Option<Origin>,
    /// The verifier key of a log to watch. You can give it more than once
    #[arg(long = "log", value_name = "VKEY")]
    pub logs: Vec<VerifierKey>,
    /// A file with such keys, one on each line. A line that begins with # is a remark
    #[arg(long = "logs", value_name = "FILE")]
    pub list: Option<PathBuf>,
}

impl PostArgs {
    fn post(&self, signer: Option<&str>) -> Result<Post, Error> {
        let key = signer.ok_or_else(|| {
            Error::WhoSigns("give --as KEY, the name of the witness's key".to_owned())
        })?;
        let mut logs = self.logs.clone();
        if let Some(list) = &self.list {
            logs.extend(witness::read_logs(list)?);
        }
        Ok(Post {
            name: match &self.name {
                Some(name) => name.clone(),
                None => key.parse()?,
            },
            key: key.to_owned(),
            logs,
        })
    }
}

/// The witness, ready to judge.
pub fn on_duty(post: &PostArgs, context: &mut Context) -> Result<(Post, OnDuty), Error> {
    let post = post.post(context.signer.as_deref())?;
    let on_duty = OnDuty::open(&context.desk, &post, &mut context.terminal)?;
    context.terminal.notes(&on_duty.notes);
    Ok((post, on_duty))
}
