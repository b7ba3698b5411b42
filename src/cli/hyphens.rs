//! Texts that begin with a hyphen: a claim may begin with "-30 percent", a quotation with "- first".
//!
//! What cannot be an option is a text, wherever it stands: an argument with spaces in it, or with a digit, a space or a
//! sign after the hyphen. What has the form of an option stays one, so that a mistyped option is refused.

use clap::builder::TypedValueParser;
use clap::{Arg, Command, Error};
use std::any::TypeId;
use std::ffi::OsString;
use std::path::PathBuf;

/// The arguments of a command line, with a mark before each text that begins with a hyphen.
pub fn marked(arguments: impl IntoIterator<Item = OsString>, command: &Command) -> Vec<OsString> {
    let takers = short_options_with_values(command);
    let mut only_texts = false;
    let arguments = arguments.into_iter().map(|argument| {
        let Some(text) = argument.to_str().filter(|_| !only_texts) else {
            return argument;
        };
        // Behind `--` there are no options.
        only_texts = text == "--";
        if is_text(text, &takers) {
            OsString::from(format!("{MARK}{text}"))
        } else {
            argument
        }
    });
    arguments.collect()
}

/// The command with parsers that take the mark off again, for every text and every file.
pub fn with_texts(command: Command) -> Command {
    command
        .mut_args(|argument| {
            let kind = argument.get_value_parser().type_id();
            if !argument.get_action().takes_values() {
                argument
            } else if kind == TypeId::of::<String>() {
                argument.value_parser(Unmarked(clap::builder::StringValueParser::new()))
            } else if kind == TypeId::of::<PathBuf>() {
                argument.value_parser(Unmarked(clap::builder::PathBufValueParser::new()))
            } else {
                argument
            }
        })
        .mut_subcommands(with_texts)
}

/// A message of clap without the marks in it.
pub fn unmarked(message: &str) -> String {
    message.replace(MARK, "")
}

/// No argument of a process contains NUL.
const MARK: char = '\0';

/// Whether an argument that begins with a hyphen cannot be an option.
fn is_text(argument: &str, takers: &[char]) -> bool {
    let Some(after) = argument.strip_prefix('-') else {
        return false;
    };
    if let Some(long) = after.strip_prefix('-') {
        let name = long.split('=').next().unwrap_or_default();
        let in_names = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        return !long.is_empty()
            && (!name.starts_with(|c: char| c.is_ascii_alphabetic())
                || !name.chars().all(in_names));
    }
    match after.chars().next() {
        None => false,
        Some(letter) if !letter.is_ascii_alphabetic() => true,
        // `-oFILE` is an option with its value.
        Some(letter) => !takers.contains(&letter) && after.contains(char::is_whitespace),
    }
}

/// The letters of the short options that take a value, of a command and those below it.
fn short_options_with_values(command: &Command) -> Vec<char> {
    let takes = |argument: &&Arg| argument.get_action().takes_values();
    let mut letters: Vec<char> = command
        .get_arguments()
        .filter(takes)
        .filter_map(Arg::get_short)
        .collect();
    for below in command.get_subcommands() {
        letters.extend(short_options_with_values(below));
    }
    letters
}

/// A parser for values that may be marked.
#[derive(Clone)]
struct Unmarked<P>(P);

impl<P: TypedValueParser> TypedValueParser for Unmarked<P> {
    type Value = P::Value;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<Self::Value, Error> {
        let text = value.to_str().and_then(|text| text.strip_prefix(MARK));
        let value = text.map_or(value, std::ffi::OsStr::new);
        self.0.parse_ref(command, argument, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::CommandFactory as _;

    const TEXTS: &[&str] = &[
        "-30 percent of the town left",
        "-30",
        "- first point",
        "- a\n- b",
        "-",
        "\u{2013} a dash",
        "-yes, he said",
        "--so what-- he said",
        "--30",
    ];

    #[test]
    fn every_option_for_a_text_takes_one_that_begins_with_a_hyphen() {
        fn walk(command: &Command, checked: &mut usize) {
            for argument in command.get_arguments() {
                let kind = argument.get_value_parser().type_id();
                let texts = [TypeId::of::<String>(), TypeId::of::<PathBuf>()];
                if !argument.get_action().takes_values() || texts.iter().all(|text| kind != *text) {
                    continue;
                }
                for text in TEXTS {
                    let id = argument.get_id();
                    let name = argument.get_long().map(|long| format!("--{long}"));
                    let line = ["alone".to_owned()].into_iter().chain(name);
                    let line = line.chain([(*text).to_owned()]).map(OsString::from);
                    let line = marked(line, command);
                    let alone = with_texts(alone_with(argument));
                    let found = alone
                        .try_get_matches_from(line)
                        .unwrap_or_else(|e| panic!("{} {id} {text:?}: {e}", command.get_name()));
                    let raw = if kind == texts[0] {
                        found.get_one::<String>(id.as_str()).cloned()
                    } else {
                        let path = found.get_one::<PathBuf>(id.as_str());
                        path.map(|path| path.display().to_string())
                    };
                    assert_eq!(raw.as_deref(), Some(*text), "{} {id}", command.get_name());
                    *checked += 1;
                }
            }
            for below in command.get_subcommands() {
                walk(below, checked);
            }
        }
        let mut checked = 0;
        walk(&Cli::command(), &mut checked);
        assert!(checked > 100 * TEXTS.len(), "{checked}");
    }

    /// A command with nothing but this argument.
    fn alone_with(argument: &Arg) -> Command {
        let mut plain = Arg::new(argument.get_id().clone())
            .action(argument.get_action().clone())
            .value_parser(argument.get_value_parser().clone());
        if let Some(long) = argument.get_long() {
            plain = plain.long(&*long.to_owned().leak());
        }
        Command::new("alone").arg(plain)
    }

    #[test]
    fn what_has_the_form_of_an_option_stays_one() {
        let takers = short_options_with_values(&Cli::command());
        assert!(takers.contains(&'o'));
        for option in [
            "--lable",
            "--label=x y",
            "--why=- a b",
            "-y",
            "-o",
            "-ofile name",
            "-z",
            "--",
            "-",
            "word",
            "a - b",
        ] {
            assert!(!is_text(option, &takers), "{option}");
        }
    }

    #[test]
    fn behind_two_hyphens_nothing_is_marked() {
        let words = ["claimledger", "search", "--", "-30 percent"].map(OsString::from);
        let same = marked(words.clone(), &Cli::command());
        assert_eq!(same, words);
    }
}
