//! `checkpoint --cosign` and `--add-cosignature`: the witnesses' cosignatures under the newest head.

use crate::app::Error;
use crate::app::peers::cosign::{self, Cosigned};
use crate::cli::context::{Answer, Context};
use crate::host::files;
use claimledger_core::tlog::policy::WitnessPolicy;
use std::path::Path;

fn policy(path: Option<&Path>) -> Result<Option<WitnessPolicy>, Error> {
    path.map(cosign::read_policy).transpose()
}

/// Asks the witnesses.
pub fn ask(
    path: Option<&Path>,
    allow_private: bool,
    context: &mut Context,
) -> Result<Answer, Error> {
    let policy = policy(path)?;
    let cosigned = cosign::cosign(&context.desk, policy.as_ref(), allow_private)?;
    Ok(say(&cosigned, context))
}

/// Adds a cosignature from a file.
pub fn take_in(file: &Path, path: Option<&Path>, context: &mut Context) -> Result<Answer, Error> {
    let lines = files::read(file)?;
    let policy = policy(path)?;
    let cosigned = cosign::take_in(&context.desk, policy.as_ref(), &lines)?;
    Ok(say(&cosigned, context))
}

fn say(cosigned: &Cosigned, context: &mut Context) -> Answer {
    context.terminal.notes(&cosigned.notes);
    context.terminal.done(cosigned, || {
        let mut text = format!(
            "head of {} entries of {}, root {}\n",
            cosigned.size, cosigned.origin, cosigned.root
        );
        for line in &cosigned.witnesses {
            let said = match (&line.time, &line.why) {
                (Some(time), _) => format!("cosigned as of {time}"),
                (None, why) => why.clone().unwrap_or_default(),
            };
            text.push_str(&format!("  {}: {said}\n", line.name));
        }
        if cosigned.contradicted {
            text.push_str("a witness has seen entries that this copy does not have\n");
        }
        text.push_str(match (cosigned.quorum, cosigned.kept) {
            (true, true) => "the quorum is met; kept as checkpoint.cosigned\n",
            (true, false) => "the quorum is met\n",
            (false, _) => "the quorum is not met\n",
        });
        text
    });
    match (cosigned.quorum, cosigned.refused()) {
        _ if cosigned.contradicted => Answer::No,
        (true, _) => Answer::Yes,
        (false, true) => Answer::No,
        (false, false) => Answer::Unknown,
    }
}
