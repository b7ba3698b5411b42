//! `demo`: the whole job as a story, with the commands that a newcomer would type.
//!
//! Every command is run as a process of its own, so that what is shown is what anyone would see.

mod story;

use super::{Answer, Context};
use crate::app::Error;
use crate::host;
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::Command;
use story::{Act, STORY};

/// Options of `demo`.
#[derive(Debug, Args)]
#[command(
    long_about = "Makes a fresh ledger and takes an invented wire report through the whole job: keys, sources, claims, \
                  evidence, verdicts, audit; then alters one byte and lets the audit find it. Prints every command.",
    after_help = "Example:\n  claimledger demo\n  claimledger demo my-demo     keeps the folder, to go on in"
)]
pub struct DemoArgs {
    /// Keep the demo in this folder, which must be empty or absent [default: a temporary folder]
    pub dir: Option<PathBuf>,
}

/// Tells the story.
pub fn run(args: &DemoArgs, context: &mut Context) -> Result<Answer, Error> {
    let temporary;
    let folder = if let Some(dir) = &args.dir {
        let taken = std::fs::read_dir(dir).is_ok_and(|mut items| items.next().is_some());
        if taken {
            return Err(Error::Usage(format!(
                "{} is not empty; name a folder that is",
                dir.display()
            )));
        }
        std::fs::create_dir_all(dir).map_err(|e| host::Error::io("making", dir, e))?;
        dir.clone()
    } else {
        temporary = tempfile::tempdir()
            .map_err(|e| host::Error::io("making a folder in", &std::env::temp_dir(), e))?;
        temporary.path().to_path_buf()
    };
    for act in STORY {
        if !perform(act, &folder, context)? {
            return Ok(Answer::No);
        }
    }
    let end = match &args.dir {
        Some(dir) => format!(
            "\nThe demo stays in {0}. To go on in it:\n  cd {0}\n  export XDG_STATE_HOME=\"$PWD/state\"\n  claimledger log\n",
            dir.display()
        ),
        None => "\nThat was a temporary folder and is gone. `claimledger demo DIR` keeps it.\n"
            .to_owned(),
    };
    context.terminal.text(&end);
    Ok(Answer::Yes)
}

/// One act. Answers false when a command did not do what the story says; what it printed is on the screen.
fn perform(act: &Act, folder: &Path, context: &mut Context) -> Result<bool, Error> {
    match act {
        Act::Tell(words) => context.terminal.text(&format!("\n{words}\n")),
        Act::Write(name, content) => {
            let path = folder.join(name);
            std::fs::write(&path, content).map_err(|e| host::Error::io("writing", &path, e))?;
            context.terminal.text(&format!("\n[{name}]\n{content}"));
        }
        Act::Type(words) => return typed(words, 0, folder, context),
        Act::TypeAndFail(words, code) => return typed(words, *code, folder, context),
        Act::Alter(from, to) => {
            let path = newest_bundle(folder)?;
            let io = |e| host::Error::io("altering", &path, e);
            let mut bytes = std::fs::read(&path).map_err(io)?;
            let at = bytes
                .windows(from.len())
                .position(|window| window == from.as_bytes())
                .ok_or_else(|| io(std::io::ErrorKind::NotFound.into()))?;
            bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
            std::fs::write(&path, bytes).map_err(io)?;
            let name = path.strip_prefix(folder).unwrap_or(&path);
            context.terminal.text(&format!(
                "\n({}: {from:?} becomes {to:?})\n",
                name.display()
            ));
        }
    }
    Ok(true)
}

/// The bundle that holds all entries of so short a ledger: the widest partial one.
fn newest_bundle(folder: &Path) -> Result<PathBuf, Error> {
    let partial = folder.join("ledger/tile/entries/000.p");
    let io = |e| host::Error::io("listing", &partial, e);
    let mut widest = 0;
    for item in std::fs::read_dir(&partial).map_err(io)? {
        let name = item.map_err(io)?.file_name();
        let width = name.to_str().and_then(|name| name.parse::<u16>().ok());
        widest = widest.max(width.unwrap_or(0));
    }
    Ok(partial.join(widest.to_string()))
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
    let program = std::env::current_exe()
        .map_err(|e| host::Error::io("looking for", Path::new("claimledger"), e))?;
    let output = Command::new(&program)
        .args(words)
        .current_dir(folder)
        // A world of its own: no agent, no settings, and a memory beside the demo's ledger.
        .env("XDG_STATE_HOME", "state")
        .env_remove("SSH_AUTH_SOCK")
        .env_remove("CLAIMLEDGER_LEDGER")
        .env_remove("CLAIMLEDGER_KEYS")
        .env_remove("CLAIMLEDGER_AS")
        .env_remove("CLAIMLEDGER_PASSPHRASE")
        .stdin(std::process::Stdio::null())
        .output()
        .map_err(|e| host::Error::io("running", &program, e))?;
    context
        .terminal
        .text(&String::from_utf8_lossy(&output.stdout));
    context
        .terminal
        .preview(&String::from_utf8_lossy(&output.stderr));
    let code = output.status.code().unwrap_or(-1);
    if code != expected {
        context
            .terminal
            .note(&format!("that ended with exit code {code}, not {expected}"));
    }
    Ok(code == expected)
}

/// A word as a shell wants it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+=,#".contains(c);
    if !word.is_empty() && word.chars().all(plain) && !word.starts_with('#') {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
