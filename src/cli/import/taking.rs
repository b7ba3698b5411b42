//! What every import does: look through everything, ask, add, report.

use crate::app::record::append;
use crate::app::record::import::{
    Adopting, Counts, Import, ImportListeners, Inputs, Reaching, ReportFile, Spelled,
};
use crate::app::{Error, Session};
use crate::cli::adding;
use crate::cli::context::{Answer, Context};
use crate::cli::render::count::count;
use crate::formats::Mapping;
use crate::host::files;
use crate::keystore::{Signer, file};
use claimledger_core::encoding::foreign;
use clap::Args;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Options of every import.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own"
)]
pub struct ImportArgs {
    /// Look through everything and add nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write what cannot be recorded and what is doubtful to this file, a line of JSON for each review
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Overwrite the report if it exists. Keys and files of a ledger are never overwritten
    #[arg(long, requires = "report")]
    pub force: bool,
    /// Add nothing if any review cannot be recorded
    #[arg(long)]
    pub strict: bool,
    /// Sign without asking
    #[arg(long, short)]
    pub yes: bool,
    /// Adopt the reviews, which are your organisation's own, as its verdicts. A reviewer signs
    #[arg(long, requires_all = ["scale", "labels"])]
    pub as_verdicts: bool,
    /// The scale of the verdicts
    #[arg(long, value_name = "SCALE", requires = "as_verdicts")]
    pub scale: Option<String>,
    /// A TOML file with the rating on the scale for each label of the reviews, under [labels]
    #[arg(long, value_name = "FILE", requires = "as_verdicts")]
    pub labels: Option<PathBuf>,
}

impl ImportArgs {
    /// How the reviews become verdicts, if they are to.
    fn adopting(&self, session: &Session, signer: &dyn Signer) -> Result<Option<Adopting>, Error> {
        let (Some(scale), Some(path)) = (&self.scale, &self.labels) else {
            return Ok(None);
        };
        let text = files::read_text(path)?;
        let path = path.display().to_string();
        Adopting::new(session, signer, scale, &path, &text).map(Some)
    }
}

/// Imports, or looks through everything with `--dry-run`.
pub fn run(
    args: &ImportArgs,
    inputs: &Inputs,
    spelled: &Spelled,
    reaching: Reaching,
    context: &mut Context,
) -> Result<Answer, Error> {
    let mut report = ReportFile::new(&context.desk, args.report.as_deref(), args.force)?;
    let (mut session, name) = adding::open(context)?;
    if inputs.passed_over > 0 {
        context.terminal.note(&format!(
            "{} of the folders passed over: no page and no JSON by their names",
            count(inputs.passed_over, "file", "files")
        ));
    }
    let opened;
    let public;
    let signer: &dyn Signer = if args.dry_run {
        // Nothing is signed, so no passphrase is needed.
        public = Public(file::read_public(&context.desk.keys, &name)?.0);
        &public
    } else {
        opened = append::open_key(&context.desk, &session, &name, &mut context.terminal)?;
        opened.as_ref()
    };
    adding::index_words(&session, context)?;
    let asked = !args.yes && context.terminal.attended();
    let adopting = args.adopting(&session, signer)?;
    let pass = Pass {
        inputs,
        spelled,
        reaching,
        signer,
        adopting: adopting.as_ref(),
    };
    let mut all = 0;
    let first = if args.dry_run || args.strict || asked {
        let counts = pass.run(context, true, 0, &mut session, &mut report)?;
        all = counts.reviews;
        Some(counts)
    } else {
        None
    };
    if args.dry_run {
        let counts = first.unwrap_or_default();
        report.finish(&context.desk)?;
        return Ok(answer(context, &counts, &report, true));
    }
    if let Some(counts) = first {
        if args.strict && counts.refused + counts.unread > 0 {
            report.finish(&context.desk)?;
            return Err(Error::Malformed(format!(
                "{} cannot be recorded, so nothing was added",
                count(counts.refused + counts.unread, "review", "reviews")
            )));
        }
        if asked && counts.statements > 0 {
            session.let_go();
            context.terminal.preview(&text(&counts, &report, true));
            let question = format!("Sign and add {}?", statements(&counts));
            if !context.terminal.confirm(&question) {
                return Err(Error::Declined);
            }
        }
        report.begin_again()?;
    }
    let counts = pass.run(context, false, all, &mut session, &mut report)?;
    report.finish(&context.desk)?;
    Ok(answer(context, &counts, &report, false))
}

/// The mapping in a file; without one the columns have the names of the fields.
///
/// # Errors
///
/// What is wrong with it.
pub fn mapping(path: Option<&Path>, inputs: &[String]) -> Result<Mapping, Error> {
    let Some(path) = path else {
        let tabs = inputs
            .iter()
            .all(|input| input.to_lowercase().ends_with(".tsv"));
        return Ok(Mapping::own(if tabs { b'\t' } else { b',' }));
    };
    let text = files::read_text(path)?;
    Mapping::parse(&text).map_err(|reason| Error::File {
        path: path.display().to_string(),
        reason,
    })
}

/// One pass over everything.
struct Pass<'p> {
    inputs: &'p Inputs,
    spelled: &'p Spelled,
    reaching: Reaching,
    adopting: Option<&'p Adopting>,
    signer: &'p dyn Signer,
}

impl Pass<'_> {
    /// Looks through everything, or adds it; `all` is how many reviews there are, if that is known.
    fn run(
        &self,
        context: &mut Context,
        dry_run: bool,
        all: u64,
        session: &mut Session,
        report: &mut ReportFile,
    ) -> Result<Counts, Error> {
        let import = Import {
            desk: &context.desk,
            signer: self.signer,
            inputs: &self.inputs.all,
            spelled: self.spelled,
            reaching: self.reaching,
            adopting: self.adopting,
            dry_run,
        };
        let what = if dry_run {
            "looking through"
        } else {
            "importing"
        };
        let mut progress = context.terminal.progress(what);
        let mut notes = Vec::new();
        let mut passphrases = context.terminal.clone();
        let counts = import.run(
            session,
            ImportListeners {
                report: &mut |line| report.line(line),
                progress: &mut |done| progress.tell(done, all.max(done)),
                note: &mut |note| notes.push(note),
                passphrases: &mut passphrases,
            },
        );
        drop(progress);
        context.terminal.notes(&notes);
        counts
    }
}

/// What an import did.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Imported<'a> {
    /// Whether it added nothing because only a look was asked for.
    dry_run: bool,
    /// How many there were of each kind.
    counts: &'a Counts,
    /// How many lines the report has.
    reported: u64,
    /// How often each kind of trouble was met, by its stable word.
    troubles: BTreeMap<&'static str, u64>,
    /// The file of the report.
    report: Option<&'a Path>,
}

fn answer(context: &mut Context, counts: &Counts, report: &ReportFile, dry: bool) -> Answer {
    let troubles = report.kinds().iter();
    let value = Imported {
        dry_run: dry,
        counts,
        reported: report.lines(),
        troubles: troubles
            .map(|(code, kind)| (code.as_str(), kind.count))
            .collect(),
        report: report.path(),
    };
    if dry {
        context
            .terminal
            .answer(&value, || text(counts, report, dry));
    } else {
        context.terminal.done(&value, || text(counts, report, dry));
    }
    if counts.refused + counts.unread > 0 {
        Answer::No
    } else {
        Answer::Yes
    }
}

fn statements(counts: &Counts) -> String {
    count(counts.statements, "statement", "statements")
}

/// What came of it, a line for each that there is; then the first lines of the report, unless it is in a file.
fn text(counts: &Counts, report: &ReportFile, dry: bool) -> String {
    let would = if dry { "would be " } else { "" };
    let mut text = format!(
        "{} in {}\n",
        count(counts.reviews, "review", "reviews"),
        count(counts.files, "file", "files")
    );
    for (number, words) in [
        (counts.recorded, format!("{would}recorded")),
        (
            counts.changed,
            format!("changed since; {would}recorded again"),
        ),
        (counts.already, "recorded before".to_owned()),
        (counts.older, "older than what is recorded".to_owned()),
        (
            counts.taken_back,
            "not recorded again: their record was withdrawn".to_owned(),
        ),
        (
            counts.refused,
            match counts.refused {
                1 => "cannot be recorded: it needs a person",
                _ => "cannot be recorded: they need a person",
            }
            .to_owned(),
        ),
        (
            counts.unread,
            match counts.unread {
                1 => "file or piece of markup that cannot be read",
                _ => "files or pieces of markup that cannot be read",
            }
            .to_owned(),
        ),
        (
            counts.doubtful,
            "of them with something doubtful".to_owned(),
        ),
    ] {
        if number > 0 {
            text.push_str(&format!("  {number} {words}\n"));
        }
    }
    text.push_str(&format!(
        "{} {would}added, {} of them new claims\n",
        statements(counts),
        counts.claims
    ));
    if counts.verdicts > 0 {
        text.push_str(&format!(
            "{} issued\n",
            count(counts.verdicts, "verdict", "verdicts")
        ));
    }
    let all_shown = report.lines() == report.first().len() as u64 && report.path().is_none();
    if !all_shown {
        for kind in report.kinds().values() {
            text.push_str(&format!(
                "{}, first in {}\n",
                count(kind.count, "time", "times"),
                kind.first
            ));
        }
    }
    match report.path() {
        Some(path) if !dry || report.lines() > 0 => text.push_str(&format!(
            "{} in {}\n",
            count(report.lines(), "line", "lines"),
            foreign::name(&path.display().to_string())
        )),
        _ => {
            for line in report.first() {
                text.push_str(&format!("{line}\n"));
            }
            let more = report.lines() - report.first().len() as u64;
            if more > 0 {
                text.push_str(&format!("and {more} more: --report FILE has all\n"));
            }
        }
    }
    text
}

/// A key that signs nothing: for a look through everything.
struct Public(claimledger_core::PublicKey);

impl Signer for Public {
    fn public(&self) -> claimledger_core::PublicKey {
        self.0
    }

    fn sign(
        &self,
        _: &[u8],
    ) -> Result<claimledger_core::crypto::Signature, crate::keystore::Error> {
        unreachable!("a dry run signs nothing")
    }
}
