//! `demo`: the whole work as a story, with the commands that a newcomer would type.
//!
//! Every command runs as a process of its own, so the output is what anyone would see.

mod story;

use super::context::{Answer, Context};
use crate::app::Error;
use crate::host::{self, durable, files, folders, process};
use clap::Args;
use std::path::{Path, PathBuf};
use story::{Act, STORY};

/// See the whole work as a story: keys, sources, claims, verdicts, audit
///
/// Makes a new ledger and checks an invented wire report, from the first key to the audit. Then it changes one byte, and the
/// audit finds it. Prints every command that it runs.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger demo\n  claimledger demo my-demo     keeps the folder"
)]
pub struct DemoArgs {
    /// Keep the demo in this folder, which must be empty or new [default: a temporary folder]
    #[arg(value_name = "FOLDER")]
    pub dir: Option<PathBuf>,
}

/// Tells the story.
pub fn run(args: &DemoArgs, context: &mut Context) -> Result<Answer, Error> {
    let temporary;
    let folder = if let Some(dir) = &args.dir {
        if !files::names(dir)?.is_empty() {
            return Err(Error::Usage(format!(
                "{} is not empty: name an empty folder",
                dir.display()
            )));
        }
        files::make_folder(dir)?;
        dir.clone()
    } else {
        temporary = folders::temporary(None)?;
        temporary.path().to_path_buf()
    };
    for act in STORY {
        if !perform(act, &folder, context)? {
            return Ok(Answer::No);
        }
    }
    let end = match &args.dir {
        Some(dir) => format!(
            "\nThe demo is in {0}. To continue with it:\n  cd {0}\n  export XDG_STATE_HOME=\"$PWD/state\"\n  claimledger log\n",
            dir.display()
        ),
        None => "\nThe demo ran in a temporary folder, which is deleted now. `claimledger demo FOLDER` keeps it.\n"
            .to_owned(),
    };
    context.terminal.text(&end);
    Ok(Answer::Yes)
}

/// Performs one act. False if a command did not end as the story says; its output is on the screen.
fn perform(act: &Act, folder: &Path, context: &mut Context) -> Result<bool, Error> {
    match act {
        Act::Tell(words) => context.terminal.text(&format!("\n{words}\n")),
        Act::Write(name, content) => {
            let path = folder.join(name);
            durable::replace_file(&path, content.as_bytes())?;
            context.terminal.text(&format!("\n[{name}]\n{content}"));
        }
        Act::Type(words) => return typed(words, 0, folder, context),
        Act::TypeAndFail(words, code) => return typed(words, *code, folder, context),
        Act::Alter(from, to) => {
            let path = newest_bundle(folder)?;
            let mut bytes = files::read(&path)?;
            let at = bytes
                .windows(from.len())
                .position(|window| window == from.as_bytes())
                .ok_or_else(|| {
                    host::Error::io("altering", &path, std::io::ErrorKind::NotFound.into())
                })?;
            bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
            durable::replace_file(&path, &bytes)?;
            let name = path.strip_prefix(folder).unwrap_or(&path);
            context.terminal.text(&format!(
                "\n({}: {from:?} becomes {to:?})\n",
                name.display()
            ));
        }
    }
    Ok(true)
}

/// The bundle with all entries of such a short ledger: the widest partial one.
fn newest_bundle(folder: &Path) -> Result<PathBuf, Error> {
    let partial = folder.join("ledger/tile/entries/000.p");
    let names = files::names(&partial)?.into_iter();
    let widths = names.filter_map(|name| name.to_str()?.parse::<u16>().ok());
    Ok(partial.join(widths.max().unwrap_or(0).to_string()))
}

fn typed(
    words: &[&str],
    expected: i32,
    folder: &Path,
    context: &mut Context,
) -> Result<bool, Error> {
    let shown: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    context
        .terminal
        .text(&format!("\n$ claimledger {}\n", shown.join(" ")));
    let ran = process::run(&process::this_program()?, words, folder, OWN_WORLD)?;
    context.terminal.text(&String::from_utf8_lossy(&ran.output));
    context
        .terminal
        .preview(&String::from_utf8_lossy(&ran.errors));
    let code = ran.code.unwrap_or(-1);
    if code != expected {
        context
            .terminal
            .note(&format!("that ended with exit code {code}, not {expected}"));
    }
    Ok(code == expected)
}

/// No agent, no settings, and a memory beside the demo's ledger.
const OWN_WORLD: &[(&str, Option<&str>)] = &[
    ("XDG_STATE_HOME", Some("state")),
    ("SSH_AUTH_SOCK", None),
    ("CLAIMLEDGER_LEDGER", None),
    ("CLAIMLEDGER_KEYS", None),
    ("CLAIMLEDGER_AS", None),
    ("CLAIMLEDGER_PASSPHRASE", None),
];

/// An argument, quoted for a shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+=,#".contains(c);
    if !word.is_empty() && word.chars().all(plain) && !word.starts_with('#') {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
