//! What every adding command does: show the statement, ask, sign, append, report.

use super::context::{Answer, Context};
use super::render::{statement as render, verdict_preview as preview};
use crate::app::read::line;
use crate::app::read::line::labelled;
use crate::app::read::search::{self, Repeats};
use crate::app::read::{decision, remarks, show, verdict_preview};
use crate::app::record::address;
use crate::app::record::append::{self, Added, Proposal};
use crate::app::record::correction::NewCorrection;
use crate::app::record::draft;
use crate::app::record::interrupted;
use crate::app::{Error, Session};
use crate::keystore;
use claimledger_core::Message;
use claimledger_core::encoding::name::Label;
use claimledger_core::model::correction::CorrectionKind;
use claimledger_core::model::{Statement, StatementId, StatementType};
use claimledger_core::rules::View as _;
use clap::Args;
use serde::Serialize;
use std::fmt::Display;
use std::path::PathBuf;

/// Options of every command that adds a statement.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Signing")]
pub struct AddingArgs {
    /// A short unique name for the new statement
    #[arg(long, value_name = "NAME")]
    pub label: Option<Label>,
    /// Sign without asking
    #[arg(long, short)]
    pub yes: bool,
    /// Write the statement to this file instead of signing it. You can edit the file, then use `sign`
    #[arg(long, value_name = "FILE")]
    pub draft: Option<PathBuf>,
    /// Overwrite the draft file if it exists. Keys and files of a ledger are never overwritten
    #[arg(long, requires = "draft")]
    pub force: bool,
}

/// The files that a command wrote instead of appending.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SavedStatement {
    /// The statement's type.
    #[serde(rename = "type")]
    pub statement_type: String,
    /// The file with the statement, then those with the bytes it needs.
    pub files: Vec<PathBuf>,
}

impl SavedStatement {
    /// `wrote claim.add to claim.json`, and the files beside it.
    pub fn render_text(&self) -> String {
        let shown: Vec<String> = self.files.iter().map(|f| f.display().to_string()).collect();
        let mut text = format!("wrote {} to {}\n", self.statement_type, shown[0]);
        for file in &shown[1..] {
            text.push_str(&format!("  with the bytes it needs in {file}\n"));
        }
        text
    }
}

/// Options of commands whose statement may correct an earlier one.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Correcting an earlier statement")]
pub struct CorrectingArgs {
    /// The earlier statement that this one replaces
    #[arg(long, value_name = "ENTRY", requires_all = ["correction", "was_wrong"])]
    pub supersedes: Option<String>,
    /// The kind of correction: typo, clarification, update, correction or ratingChange
    #[arg(long, value_name = "KIND", requires = "supersedes")]
    pub correction: Option<CorrectionKind>,
    /// What was wrong in the earlier statement
    #[arg(long, value_name = "TEXT", requires = "supersedes")]
    pub was_wrong: Option<String>,
    /// Who noticed it
    #[arg(long, value_name = "NAME", requires = "supersedes")]
    pub noticed_by: Option<String>,
    /// When it was reported: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE", requires = "supersedes")]
    pub reported: Option<String>,
}

impl CorrectingArgs {
    /// The correction, if there is one; clap has checked that its parts come together.
    pub fn correction(self) -> Option<NewCorrection> {
        Some(NewCorrection {
            supersedes: self.supersedes?,
            kind: self.correction?,
            was_wrong: self.was_wrong?,
            noticed_by: self.noticed_by,
            reported: self.reported,
        })
    }
}

/// Opens the ledger for an adding command; refuses early what could not be appended.
pub fn open(context: &mut Context) -> Result<(Session, String), Error> {
    // A draft can be made from a place that can only be read; adding there is refused below.
    if context.desk.ledger.only_read().is_none() {
        context.desk.not_closed()?;
        context.finished = interrupted::finish(&context.desk)?;
    }
    let session = Session::open(&context.desk)?;
    context.terminal.notes(&context.finished.notes(&session)?);
    let name = append::signer_name(&context.desk, &session, context.signer.as_deref())?;
    context.terminal.notes(&session.notes());
    Ok((session, name))
}

/// Completes, shows, signs and appends a proposal.
pub fn add(
    context: &mut Context,
    mut session: Session,
    signer: &str,
    args: &AddingArgs,
    mut proposal: Proposal,
) -> Result<Answer, Error> {
    let (key, _) = keystore::file::read_public(&context.desk.keys, signer)?;
    let mut statements = Vec::new();
    let mut label = args.label.clone();
    let blobs = proposal.blobs.take();
    for body in proposal.into_bodies() {
        // The label is that of the first.
        let statement = append::frame(&context.desk, &session, key, label.take(), body)?;
        remark(context, &session, &statement)?;
        statements.push(statement);
    }
    if let Some(path) = &args.draft {
        for (statement, number) in statements.iter().zip(1..) {
            let path = draft::numbered(path, number);
            let made = SavedStatement {
                statement_type: statement.statement_type.to_string(),
                files: draft::write(&context.desk, &path, statement, blobs.as_ref(), args.force)?,
            };
            context.terminal.done(&made, || made.render_text());
        }
        return Ok(Answer::Yes);
    }
    context.desk.folder()?;
    let words = statements
        .iter()
        .map(|statement| line::first_words(&session, statement))
        .collect::<Result<Vec<Message>, Error>>()?;
    let again: Vec<(Option<StatementId>, &Statement)> = statements
        .iter()
        .map(|statement| (None, statement))
        .collect();
    if let Some(added) = context.finished.added(&session, &again)? {
        for (one, words) in added.iter().zip(&words) {
            context.terminal.done(one, || line(one, words));
        }
        return Ok(Answer::Yes);
    }
    for statement in &statements {
        confirm(
            context,
            &session,
            signer,
            statement,
            args.yes,
            "Sign and add this?",
        )?;
    }
    let opened = append::open_key(&context.desk, &session, signer, &mut context.terminal)?;
    let signed = statements
        .iter()
        .map(|statement| append::sign_in(&session, statement, opened.as_ref()))
        .collect::<Result<_, Error>>()?;
    let (added, notes) = append::append_in(
        &context.desk,
        &mut session,
        signed,
        blobs.as_ref(),
        &mut context.terminal,
    )?;
    context.terminal.notes(&notes);
    for (one, words) in added.iter().zip(&words) {
        context.terminal.done(one, || line(one, words));
    }
    Ok(Answer::Yes)
}

/// Tells what a person should know before a statement is signed.
pub fn remark(
    context: &mut Context,
    session: &Session,
    statement: &Statement,
) -> Result<(), Error> {
    let terminal = &mut context.terminal;
    terminal.notes(&verdict_preview::stands_already(session, statement)?);
    terminal.notes(&address::remarks(&statement.body));
    terminal.notes(&remarks::before_signing(session, statement)?);
    Ok(())
}

/// Shows a statement on the terminal and asks, unless `--yes` was given. It closes the index first, so that other
/// commands can use it while the person thinks.
pub fn confirm(
    context: &mut Context,
    session: &Session,
    signer: &str,
    statement: &Statement,
    yes: bool,
    question: &str,
) -> Result<(), Error> {
    if yes || !context.terminal.attended() {
        return Ok(());
    }
    let value = serde_json::to_value(statement).expect("statements are plain data");
    let shown = render::statement(&value, &show::names(session, statement)?);
    let weighed = verdict_preview::before_signing(session, statement)?;
    let decision = decision::of(session, statement)?;
    session.let_go();
    let signs = signs(session, signer, statement)?;
    let terminal = &mut context.terminal;
    terminal.preview(&format!("{signs} signs:\n{shown}"));
    match &weighed {
        Some(weighed) => terminal.preview(&preview::render_text(weighed)),
        None => terminal.preview("what is decided:\n"),
    }
    terminal.preview(&preview::decision(&signs, &decision));
    if context.terminal.confirm(question) {
        Ok(())
    } else {
        Err(Error::Declined)
    }
}

/// Who signs a statement: the name of the key's files, and its holder if that is another name.
fn signs(session: &Session, signer: &str, statement: &Statement) -> Result<String, Error> {
    Ok(match session.view().key(&statement.key)? {
        Some(fact) if fact.holder.as_str() != signer => {
            format!("{} (with the key {signer})", fact.holder)
        }
        _ => signer.to_owned(),
    })
}

/// `added #12 claim.add tibilov-referendum 1a2b3c4d: The referendum will be held…`; on a second line where the thing that it
/// is about stands now.
pub fn line(added: &Added, words: &impl Display) -> String {
    let label = labelled(added.label.as_deref());
    let now = added.now.as_ref();
    let now = now.map(|now| format!("  now: {}\n", now.in_words()));
    format!(
        "{} #{} {}{} {}: {words}\n{}",
        if added.already {
            "already in the log as"
        } else {
            "added"
        },
        added.index,
        added.statement_type,
        label,
        added.id.short(),
        now.unwrap_or_default(),
    )
}

/// Brings the full-text index near enough to the log that what is added can be compared with what is there.
pub fn index_words(session: &Session, context: &mut Context) -> Result<(), Error> {
    let mut progress = context.terminal.progress("indexing");
    search::catch_up(session, &mut |done, all| progress.tell(done, all))
}

/// What a statement of a type may repeat; the full-text index is brought near enough to the log for that.
pub fn repeats(
    session: &Session,
    new: StatementType,
    context: &mut Context,
) -> Result<Repeats, Error> {
    let mut progress = context.terminal.progress("indexing");
    Repeats::open(session, &[new], &mut |done, all| progress.tell(done, all))
}
