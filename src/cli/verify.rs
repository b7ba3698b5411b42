//! `verify`: checks a proof offline, and says what is proven and what is not.

use crate::app::Error;
use crate::app::peers::cosign::{self, shown_time};
use crate::app::proofs::bare_envelope::Bare;
use crate::app::proofs::dossier_summary::{DossierSummary, standing_of};
use crate::app::proofs::proof::{self, CheckedFile};
use crate::app::read::line::labelled;
use crate::cli::context::{Answer, Context};
use crate::cli::render::screens::dossier;
use crate::cli::render::standing::marked;
use claimledger_core::Message;
use claimledger_core::dossier::Pins;
use claimledger_core::dossier::report::{NotJudged, NotProven, SeenBy, Verification};
use claimledger_core::encoding::foreign;
use claimledger_core::model::StatementId;
use claimledger_core::tlog::note::VerifierKey;
use clap::Args;
use std::path::PathBuf;

/// Check a proof offline
///
/// Checks a dossier, evidence of a fork, a tlog-proof or a single envelope, and says what is proven and what is not. The
/// entries of a dossier must obey the rules of the ledger.
///
/// Exit code 0: verified. 1: the proof fails. 3: could not tell. There are four reasons for 3: you gave neither the key nor
/// the id of the ledger; the approval or the rating rests on something that is not in the file; the file is a single
/// envelope, which cannot show that it is in a ledger; or the file cannot be parsed.
///
/// This machine remembers the head of a dossier that was verified. If you read an older copy of the ledger later, a note says
/// so.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger verify closing.dossier --ledger-key \"$VKEY\"")]
pub struct VerifyArgs {
    /// The file to check
    pub file: PathBuf,
    /// The verifier key of the ledger, if you know it from its owner
    #[arg(long, value_name = "VKEY")]
    pub ledger_key: Option<VerifierKey>,
    /// The id of the ledger, if you know it from its owner
    #[arg(long, value_name = "ID")]
    pub ledger_id: Option<StatementId>,
    /// The witnesses that you trust, and how many of them must have cosigned the head (C2SP tlog-policy)
    #[arg(long, value_name = "FILE")]
    pub witness_policy: Option<PathBuf>,
}

/// Checks a proof.
pub fn run(args: &VerifyArgs, context: &mut Context) -> Result<Answer, Error> {
    let pins = Pins {
        ledger_id: args.ledger_id,
        ledger_key: args.ledger_key.clone(),
        witnesses: args
            .witness_policy
            .as_deref()
            .map(cosign::read_policy)
            .transpose()?,
    };
    let (checked, notes) = proof::verify_here(&context.desk, &args.file, &pins)?;
    context.terminal.notes(&notes);
    let summary = match &checked {
        CheckedFile::Dossier(report) => Some(DossierSummary::from_report(report)?),
        _ => None,
    };
    context
        .terminal
        .answer(&checked, || render_text(&checked, summary.as_ref()));
    Ok(match checked.answer() {
        Verification::Verified => Answer::Yes,
        Verification::CouldNotTell => Answer::Unknown,
    })
}

fn render_text(checked: &CheckedFile, summary: Option<&DossierSummary>) -> String {
    let mut text = match checked {
        CheckedFile::Dossier(report) => {
            let mut text = summary.map_or_else(String::new, dossier::summary);
            text.push_str(&format!(
                "\ndossier of entry #{} of {}\n  ledger      {}\n  key         {}\n  checkpoint  {} entries (#0 to #{}), root {}\n\n{}: these entries are in that ledger, and each is signed with the key that was enrolled for its holder and admitted by the rules of the ledger\n",
                report.subject,
                foreign::name(report.origin.as_str()),
                report.ledger,
                report.vkey,
                report.size,
                report.size.get().saturating_sub(1),
                report.root,
                shown_by(checked)
            ));
            for entry in &report.entries {
                text.push_str(&format!(
                    "  {}  {}  by {} of {}{}\n",
                    entry.index,
                    entry.statement.statement_type,
                    entry.holder,
                    entry.organisation,
                    marked(&standing_of(report, entry))
                ));
            }
            seen(&mut text, &report.seen_by);
            unsettled(&mut text, &report.left_out, &report.not_judged);
            not_shown(&mut text, &report.not_proven);
            text
        }
        CheckedFile::TlogProof(single) => {
            let mut text = format!(
                "proof of entry {} of {}\n  checkpoint  {} entries, root {}\n\nproven: {} {} is in the log of that checkpoint, signed with the key {}\n",
                single.index,
                foreign::name(single.origin.as_str()),
                single.size,
                single.root,
                single.statement_type,
                single.id,
                single.key
            );
            seen(&mut text, &single.seen_by);
            not_shown(&mut text, &single.not_proven);
            text
        }
        CheckedFile::Envelope(bare) => envelope(bare),
        CheckedFile::Fork(fork) => format!(
            "fork evidence against {}\n  key         {}\n\nproven: that key signed two histories. At {} entries one has the root {}, the other {}\n(its signed head has {} entries). At most one of them is true.\n\nnot proven: which of the two is true\n",
            foreign::name(fork.origin.as_str()),
            fork.vkey,
            fork.size,
            fork.signed_root,
            fork.other_root,
            fork.other_size
        ),
    };
    let answer = match checked.answer() {
        Verification::Verified => "the entries in this file are genuine",
        Verification::CouldNotTell if matches!(checked, CheckedFile::Envelope(_)) => {
            "could not tell: the signature is good, but the file does not show whether the statement is in a ledger"
        }
        Verification::CouldNotTell if has_doubts(checked) => {
            "could not tell: the approval or rating rests on something that is not in this file (see \"not judged\"); ask for a dossier made by `claimledger prove`"
        }
        Verification::CouldNotTell => {
            "could not tell whether the entries are genuine: the file is consistent in itself, but nothing from outside confirms it; give --ledger-key with the key that the ledger's owner publishes"
        }
    };
    text.push('\n');
    match (summary, checked.answer()) {
        (None, _) => text.push_str(answer),
        (Some(summary), Verification::Verified) => {
            let stands = dossier::stands(summary);
            text.push_str(&format!("{answer}{}\n{stands}", quotations(checked)));
        }
        // What the file says comes first, then what is missing before it can be relied on.
        (Some(summary), Verification::CouldNotTell) => {
            let stands = dossier::stands(summary);
            text.push_str(&format!("the file says: {stands}\n{answer}"));
        }
    }
    text.push('\n');
    text
}

/// How far it is shown that the entries are genuine.
fn shown_by(checked: &CheckedFile) -> &'static str {
    match checked.answer() {
        Verification::Verified => "proven",
        Verification::CouldNotTell => "true if the key above is the key of the ledger",
    }
}

/// Whether the quotations were compared with texts in the file, as the end of the answer.
fn quotations(checked: &CheckedFile) -> &'static str {
    match checked {
        CheckedFile::Dossier(report) if report.quotations.without_text > 0 => {
            if report.quotations.compared == 0 {
                "; NO quotation was compared with its source: the texts are not in this file"
            } else {
                "; not every quotation was compared with its source: some texts are not in this file"
            }
        }
        _ => "",
    }
}

/// The first rows of a longer text; `--json` has the whole text.
fn first_rows(words: &Message) -> String {
    words.prose_within(SHOWN_ROWS, SHOWN_CHARACTERS)
}

fn envelope(bare: &Bare) -> String {
    let label = labelled(bare.label.as_deref());
    let mut text = format!(
        "envelope of a statement: {}{}\n  says        {}\n",
        bare.statement_type, label, bare.words
    );
    if let Some(reasons) = &bare.reasons {
        text.push_str(&format!("  reasons     {}\n", first_rows(reasons)));
    }
    text.push_str(&format!(
        "  id          {}\n  key         {}\n  issued      {}\n  ledger      {}\n",
        bare.id, bare.key, bare.issued, bare.ledger
    ));
    text.push_str(
        "\nproven: the holder of that key signed this statement, for that ledger and no other\n",
    );
    not_shown(&mut text, &bare.not_proven);
    text
}

/// Whether the result is open because a rule could not be checked.
fn has_doubts(checked: &CheckedFile) -> bool {
    match checked {
        CheckedFile::Dossier(report) => report.not_judged.iter().any(|not| not.decides),
        _ => false,
    }
}

/// What other entries could change, and what could not be checked.
fn unsettled(text: &mut String, left_out: &[NotProven], not_judged: &[NotJudged]) {
    if !left_out.is_empty() {
        text.push_str("\nleft out:\n");
    }
    for not in left_out {
        text.push_str(&format!("  {}: {}\n", not.what, not.why));
    }
    if !not_judged.is_empty() {
        text.push_str("\nnot judged:\n");
    }
    for not in not_judged {
        text.push_str(&format!(
            "  {}  {}: {} is not in this file{}\n",
            not.entry,
            not.code,
            not.needs,
            if not.decides {
                ", and the approval or rating rests on it"
            } else {
                ""
            }
        ));
    }
}

fn seen(text: &mut String, seen_by: &[SeenBy]) {
    for seen in seen_by {
        text.push_str(&format!(
            "  seen by witness {} as of {}\n",
            seen.witness,
            shown_time(seen.time)
        ));
    }
}

fn not_shown(text: &mut String, not_proven: &[NotProven]) {
    if !not_proven.is_empty() {
        text.push_str("\nnot proven:\n");
    }
    for not in not_proven {
        text.push_str(&format!("  {}: {}\n", not.what, not.why));
    }
}

/// Longer texts are cut here.
const SHOWN_ROWS: usize = 6;

/// And here.
const SHOWN_CHARACTERS: usize = 600;
