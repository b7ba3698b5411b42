//! The command `claimledger`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(claimledger::cli::main())
}
