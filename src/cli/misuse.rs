//! What to do next about a command line that clap refuses: a line that would work, or what the option means.

use super::hyphens;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};
use std::ffi::OsString;

/// The refusal of a command line, in words, with a next step.
pub fn render_text(error: &Error, command: &Command, line: &[OsString]) -> String {
    let said = hyphens::unmarked(&error.render().to_string());
    let said = said.trim_end();
    let said = said.strip_suffix(clap_hint()).unwrap_or(said).trim_end();
    format!("{said}\n  next: {}\n", next_step(error, command, line))
}

/// What clap says at the end of every refusal.
fn clap_hint() -> &'static str {
    "For more information, try '--help'."
}

fn next_step(error: &Error, command: &Command, line: &[OsString]) -> String {
    let (named, path) = named(command, line);
    let help = format!("`{path} --help` lists its options.");
    let like = example(named).map(|example| format!("For example: {example}"));
    match error.kind() {
        ErrorKind::MissingRequiredArgument | ErrorKind::WrongNumberOfValues => like.unwrap_or(help),
        ErrorKind::ArgumentConflict => format!("Leave one of them out. {}", like.unwrap_or(help)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            meaning(error, named).or(like).unwrap_or(help)
        }
        ErrorKind::InvalidSubcommand | ErrorKind::MissingSubcommand => {
            format!("`{path} --help` lists its commands.")
        }
        _ => help,
    }
}

/// The command that a line names, and what to type for it.
fn named<'a>(root: &'a Command, line: &[OsString]) -> (&'a Command, String) {
    let mut named = root;
    let mut path = root.get_name().to_owned();
    for word in line.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(below) = named.find_subcommand(word) {
            named = below;
            path = format!("{path} {word}");
        }
    }
    (named, path)
}

/// The first example in a command's help.
fn example(command: &Command) -> Option<String> {
    let help = command.get_after_help()?.to_string();
    let mut lines = help.lines().map(str::trim);
    let first = lines.find(|line| line.starts_with("claimledger "))?;
    Some(format!("`{first}`"))
}

/// What the option of a malformed value means: `--limit <NUMBER>: How many matches to show at most`.
fn meaning(error: &Error, command: &Command) -> Option<String> {
    let Some(ContextValue::String(shown)) = error.get(ContextKind::InvalidArg) else {
        return None;
    };
    let of = |argument: &&Arg| argument.to_string() == *shown;
    let argument = command.get_arguments().find(of)?;
    let help = argument.get_help()?.to_string();
    Some(format!("{shown}: {}.", help.trim_end_matches('.')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Code;
    use crate::cli::command::Cli;
    use claimledger_core::Code as Core;
    use clap::{CommandFactory as _, Parser as _};

    fn refusal(line: &[&str]) -> String {
        let line: Vec<OsString> = line.iter().map(OsString::from).collect();
        let Err(error) = Cli::try_parse_from(&line) else {
            panic!("no refusal");
        };
        let mut command = Cli::command();
        command.build();
        render_text(&error, &command, &line)
    }

    #[test]
    fn a_command_without_what_it_needs_gets_a_line_that_works() {
        let refusal = refusal(&["claimledger", "claim", "add", "Rain falls."]);
        let next = refusal.lines().last().unwrap();
        assert!(
            next.starts_with("  next: For example: `claimledger claim add \""),
            "{refusal}"
        );
        assert!(next.contains("--claimant"), "{refusal}");
        assert!(!refusal.contains("For more information"), "{refusal}");
    }

    /// Every command that can lack something shows a line that its own parser takes.
    #[test]
    fn the_example_of_every_command_can_be_typed() {
        fn walk(command: &Command, path: &str, seen: &mut usize) {
            for below in command
                .get_subcommands()
                .filter(|below| !below.is_hide_set())
            {
                let path = format!("{path} {}", below.get_name());
                // A variable of the shell stands for a key that the parser would look into.
                if let Some(example) = example(below).filter(|example| !example.contains('$')) {
                    let words = shell_words(example.trim_matches('`'));
                    let parsed = Cli::try_parse_from(&words);
                    assert!(
                        parsed.is_ok(),
                        "{path}: {words:?}: {}",
                        parsed.err().unwrap()
                    );
                    *seen += 1;
                }
                walk(below, &path, seen);
            }
        }
        let mut seen = 0;
        walk(&Cli::command(), "claimledger", &mut seen);
        assert!(seen > 50, "{seen}");
    }

    /// A next step names commands and options that exist. What stands for something, such as ORIGIN, may be no value of its
    /// option, and an example may leave options out.
    #[test]
    fn every_command_in_a_next_step_can_be_typed() {
        let mut seen = 0;
        for code in Core::ALL
            .iter()
            .map(|code| Code::Core(*code))
            .chain(Code::OWN.iter().copied())
        {
            let Some(step) = code.next_step() else {
                continue;
            };
            let commands = step.split('`').skip(1).step_by(2);
            for line in commands.filter(|line| line.starts_with("claimledger ")) {
                let words = shell_words(line);
                let words: Vec<&str> = words
                    .iter()
                    .map(|word| word.trim_end_matches("..."))
                    .collect();
                let words = words.into_iter().filter(|word| !word.is_empty());
                if let Err(error) = Cli::try_parse_from(words) {
                    use clap::error::ErrorKind as E;
                    let unknown = matches!(error.kind(), E::UnknownArgument | E::InvalidSubcommand);
                    assert!(!unknown, "{code}: {line}: {error}");
                }
                seen += 1;
            }
        }
        assert!(seen > 40, "{seen}");
    }

    /// The words of an example, as a shell divides them by spaces and double quotes.
    fn shell_words(line: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        let mut quote = None;
        for c in line.chars() {
            match quote {
                Some(open) if c == open => quote = None,
                None if c == '"' || c == '\'' => quote = Some(c),
                None if c.is_whitespace() => words.push(String::new()),
                _ => words.last_mut().expect("a word").push(c),
            }
        }
        words
            .into_iter()
            .filter(|word| !word.is_empty())
            .take_while(|word| !["|", ">"].contains(&word.as_str()))
            .collect()
    }

    #[test]
    fn a_malformed_number_is_answered_with_what_the_option_means() {
        let refusal = refusal(&["claimledger", "search", "bridge", "--limit", "few"]);
        assert!(
            refusal.ends_with("  next: --limit <NUMBER>: How many matches to show at most.\n"),
            "{refusal}"
        );
    }

    #[test]
    fn a_mistyped_option_is_refused_with_the_one_that_was_meant() {
        let refusal = refusal(&[
            "claimledger",
            "claim",
            "add",
            "--lable",
            "x",
            "T",
            "--claimant",
            "many",
        ]);
        assert!(
            refusal.contains("'--lable'") && refusal.contains("'--label'"),
            "{refusal}"
        );
    }
}
