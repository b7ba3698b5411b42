//! `docs/guide/cli.md` is the help of every command, as the program prints it. `CLAIMLEDGER_BLESS=1` rewrites it.

use crate::commands::sealed::{Beginning, Sealed};
use clap::CommandFactory as _;
use std::fmt::Write as _;
use std::path::Path;

#[test]
fn the_reference_is_the_help_of_every_command() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide/cli.md");
    let actual = reference();
    if std::env::var_os("CLAIMLEDGER_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("docs/guide")).expect("a folder");
        std::fs::write(&path, actual).expect("the reference rewritten");
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    snapbox::Assert::new()
        .try_eq(
            Some(&"docs/guide/cli.md" as &dyn std::fmt::Display),
            snapbox::Data::text(actual).raw(),
            snapbox::Data::text(expected).raw(),
        )
        .unwrap_or_else(|e| panic!("CLAIMLEDGER_BLESS=1 rewrites the reference\n{e}"));
}

/// The exit codes of a check are part of what it says.
#[test]
fn the_help_says_what_a_check_does_not_cover() {
    let sealed = Sealed::new(Beginning::Nothing);
    let said = |command: &str| {
        let help = help(&sealed, &[command.to_owned()]);
        help.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(
        said("audit").contains("exit code 0 means only that the ledger does not contradict itself")
    );
    assert!(said("verify").contains("3: could not tell. There are four reasons for 3"));
    assert!(said("export").contains("checks all of it against the signed checkpoint"));
}

#[test]
fn every_command_that_does_something_shows_an_example() {
    let sealed = Sealed::new(Beginning::Nothing);
    let without: Vec<String> = leaves()
        .into_iter()
        .filter(|words| !help(&sealed, words).contains("\nExample:\n  claimledger "))
        .map(|words| words.join(" "))
        .collect();
    assert!(without.is_empty(), "no example in the help of {without:?}");
}

/// Every command that does something, as the words that name it.
pub fn leaves() -> Vec<Vec<String>> {
    let all = tree();
    let parent = |words: &[String]| {
        all.iter()
            .any(|w| w.len() > words.len() && w.starts_with(words))
    };
    all.iter()
        .filter(|words| !words.is_empty() && !parent(words))
        .cloned()
        .collect()
}

/// Every command and group of commands; the program itself, which is no words, comes first.
fn tree() -> Vec<Vec<String>> {
    fn walk(command: &clap::Command, words: &[String], all: &mut Vec<Vec<String>>) {
        all.push(words.to_vec());
        for below in command.get_subcommands().filter(|c| !c.is_hide_set()) {
            let mut words = words.to_vec();
            words.push(below.get_name().to_owned());
            walk(below, &words, all);
        }
    }
    let mut all = Vec::new();
    walk(&claimledger::cli::Cli::command(), &[], &mut all);
    all
}

fn help(sealed: &Sealed, words: &[String]) -> String {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.push("--help");
    sealed.done(&words)
}

fn reference() -> String {
    let sealed = Sealed::new(Beginning::Nothing);
    let mut text = "# The command line\n\nThis page is what `--help` prints, command by command. \
                    A test compares it with the program; `CLAIMLEDGER_BLESS=1 cargo test reference::` rewrites it.\n\n\
                    Exit codes: 0 done or verified; 1 the answer is no; 2 invalid arguments; \
                    3 could not tell (the machine failed, or something is locked); 4 refused by the rules.\n"
        .to_owned();
    for words in tree() {
        let name = format!("claimledger {}", words.join(" "));
        let help = help(&sealed, &words);
        let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
        writeln!(
            text,
            "\n## `{}`\n\n```text\n{}\n```",
            name.trim_end(),
            lines.join("\n").trim_end()
        )
        .expect("text");
    }
    text
}

/// What a command says below its first line is in its help: the first line alone is in the list of commands.
#[test]
fn the_whole_description_is_in_the_help() {
    fn squeezed(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
    fn walk(command: &clap::Command, page: &str, long: &mut usize) {
        for below in command.get_subcommands().filter(|c| !c.is_hide_set()) {
            if let Some(text) = below.get_long_about() {
                let text = squeezed(&text.to_string());
                assert!(page.contains(&text), "{}: {text}", below.get_name());
                *long += 1;
            }
            walk(below, page, long);
        }
    }
    let mut long = 0;
    let page = squeezed(&reference());
    walk(&claimledger::cli::Cli::command(), &page, &mut long);
    assert!(long > 20, "{long}");
}
