//! `checkpoint --request`: a request for a witness without a network.

use crate::app::peers::cosign;
use crate::app::{Error, output};
use crate::cli::context::{Answer, Context};
use claimledger_core::TreeSize;
use serde::Serialize;
use std::path::Path;

/// A request that was written.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RequestWritten<'a> {
    file: &'a Path,
    bytes: usize,
}

/// Writes a request.
pub fn run(
    file: &Path,
    old: TreeSize,
    force: bool,
    context: &mut Context,
) -> Result<Answer, Error> {
    output::check(&context.desk, file, force)?;
    let bytes = cosign::request(&context.desk, old)?;
    output::write(&context.desk, file, &bytes, force)?;
    let written = RequestWritten {
        file,
        bytes: bytes.len(),
    };
    context.terminal.done(&written, || {
        format!("wrote {}: {} bytes\n", file.display(), written.bytes)
    });
    Ok(Answer::Yes)
}
