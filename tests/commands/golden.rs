//! Golden runs of the program: each file in `tests/cli/` is one behaviour or one refusal, as a person would type it.
//!
//! A run is a Markdown file: a heading, a word or two, and console blocks. `$` begins a line of shell, `>` goes on with
//! it; then `? 4` if it ended with another exit code than 0, its answer, and what it said beside the answer after `!`.
//! `Begins with: founded` or `story` says what is there before the first line (`tests/cli/begin/`). Ids, keys, times and
//! the temporary folder are written as what they are. `CLAIMLEDGER_BLESS=1 cargo test golden::` rewrites what was said.

use super::sealed::{Beginning, Sealed};
use rayon::prelude::*;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[test]
fn every_run_gives_the_output_in_its_file() {
    let runs = runs();
    assert!(runs.len() > 50, "the golden runs are not where they were");
    let bless = std::env::var_os("CLAIMLEDGER_BLESS").is_some();
    let different: Vec<String> = runs
        .par_iter()
        .filter_map(|path| {
            let expected = std::fs::read_to_string(path).expect("a run in UTF-8");
            let actual = perform(&expected, path);
            if actual == expected {
                return None;
            }
            if bless {
                std::fs::write(path, actual).expect("a run rewritten");
                return None;
            }
            let file = snapbox::Data::text(expected).raw();
            let said = snapbox::Data::text(actual).raw();
            let name = path.file_name()?.to_string_lossy().into_owned();
            snapbox::Assert::new()
                .try_eq(Some(&name as &dyn std::fmt::Display), said, file)
                .err()
                .map(|e| format!("{name}\n{e}"))
        })
        .collect();
    assert!(
        different.is_empty(),
        "{} run(s) differ (CLAIMLEDGER_BLESS=1 rewrites them):\n{}",
        different.len(),
        different.join("\n")
    );
}

/// Every command has a run that types it, or a test in this folder; its help is in the reference.
#[test]
fn every_command_is_run() {
    let mut all = String::new();
    for path in runs() {
        all.push_str(&std::fs::read_to_string(path).expect("a run"));
    }
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commands");
    for item in std::fs::read_dir(tests).expect("tests/commands") {
        let path = item.expect("an item").path();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("");
        if !["mod.rs", "golden.rs", "sealed.rs"].contains(&name) {
            // There a command is typed as a text or a list of words, without the program's name.
            let source = std::fs::read_to_string(&path).expect("a test");
            all.push_str(&source.replace('"', "claimledger "));
        }
    }
    let missing: Vec<String> = crate::documents::reference::leaves()
        .into_iter()
        .filter(|words| {
            let typed = format!("claimledger {}", words.join(" "));
            let with_json = format!("claimledger --json {}", words.join(" "));
            !all.contains(&typed) && !all.contains(&with_json)
        })
        .map(|words| words.join(" "))
        .collect();
    assert!(missing.is_empty(), "no golden run types: {missing:?}");
}

fn runs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let mut runs: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("tests/cli")
        .map(|item| item.expect("an item").path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    runs.sort();
    runs
}

/// Types every command of a run and writes the run anew with what was said.
fn perform(run: &str, path: &Path) -> String {
    let beginning = match run
        .lines()
        .find_map(|line| line.strip_prefix("Begins with: "))
    {
        None => Beginning::Nothing,
        Some("founded") => Beginning::Founded,
        Some("story") => Beginning::Story,
        Some(other) => panic!("{}: no beginning {other:?}", path.display()),
    };
    let sealed = Sealed::new(beginning);
    let mut written = String::new();
    let mut in_console = false;
    let mut lines = run.lines().peekable();
    while let Some(line) = lines.next() {
        if line == "```console" {
            in_console = true;
        } else if line == "```" {
            in_console = false;
        }
        let Some(first) = line.strip_prefix("$ ").filter(|_| in_console) else {
            // What was said is written by the command above it.
            if !in_console || line == "```console" {
                writeln!(written, "{line}").expect("text");
            }
            continue;
        };
        writeln!(written, "{line}").expect("text");
        let mut command = first.to_owned();
        while let Some(more) = lines.next_if(|line| line.starts_with("> ") || *line == ">") {
            writeln!(written, "{more}").expect("text");
            command.push('\n');
            command.push_str(more.strip_prefix("> ").unwrap_or_default());
        }
        written.push_str(&typed(&sealed, &command));
    }
    assert!(
        written.contains("\n$ "),
        "{}: nothing is typed in it",
        path.display()
    );
    written
}

fn typed(sealed: &Sealed, command: &str) -> String {
    let said = sealed.shell(command);
    let mut text = String::new();
    match said.status.code() {
        Some(0) => {}
        Some(code) => writeln!(text, "? {code}").expect("text"),
        None => writeln!(text, "? {}", said.status).expect("text"),
    }
    for line in sealed.redacted(&said.out).lines() {
        writeln!(text, "{}", line.trim_end()).expect("text");
    }
    for line in sealed.redacted(&said.err).lines() {
        writeln!(text, "{}", format!("! {line}").trim_end()).expect("text");
    }
    text
}
