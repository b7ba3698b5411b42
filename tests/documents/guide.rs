//! The walk-throughs of `docs/guide/`, run as their readers would run them: every command of the page, in order, in an
//! empty folder, and an audit of every ledger after each.
//!
//! In a `console` block a line that begins with `$ ` is a command, with the lines of its here-document or after its `\`.
//! Every other line is one that the command prints, in this order; `...` stands for any text, and spaces in a row for
//! one. `(exit N)` says that it ends so; without it, a command ends well.

use crate::commands::sealed::{Beginning, Said, Sealed};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One command of a page and what is to be seen of it.
struct Step {
    /// The line of the page that it begins on.
    line: usize,
    command: String,
    exit: i32,
    expected: Vec<String>,
}

/// The commands of a page.
fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut lines = page.lines().enumerate();
    while lines
        .by_ref()
        .any(|(_, line)| line.trim_end() == "```console")
    {
        while let Some((number, line)) = lines.next().filter(|(_, line)| *line != "```") {
            if let Some(command) = line.strip_prefix("$ ") {
                let mut command = command.to_owned();
                while !is_whole(&command) {
                    let (_, line) = lines.next().expect("a command that ends");
                    command.push('\n');
                    command.push_str(line);
                }
                steps.push(Step {
                    line: number + 1,
                    command,
                    exit: 0,
                    expected: Vec::new(),
                });
                continue;
            }
            let step = steps.last_mut().expect("a command comes first");
            let exit = line
                .strip_prefix("(exit ")
                .and_then(|rest| rest.strip_suffix(')'));
            match exit {
                Some(code) => step.exit = code.parse().expect("an exit code"),
                None => step.expected.push(line.to_owned()),
            }
        }
    }
    steps
}

/// Whether a command needs no further line.
fn is_whole(command: &str) -> bool {
    let here = command.lines().next().and_then(|first| {
        let (_, rest) = first.split_once("<<'")?;
        rest.split_once('\'').map(|(end, _)| end)
    });
    match here {
        Some(end) => command.lines().skip(1).any(|line| line == end),
        None => !command.ends_with('\\'),
    }
}

/// Whether a line has the words of `expected`, with anything where that has `...`.
fn is_like(line: &str, expected: &str) -> bool {
    let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (line, expected) = (tidy(line), tidy(expected));
    let parts: Vec<&str> = expected.split("...").map(str::trim).collect();
    let (first, last) = (parts[0], parts[parts.len() - 1]);
    if parts.len() == 1 {
        return line == expected;
    }
    let Some(mut rest) = line.strip_prefix(first) else {
        return false;
    };
    for part in &parts[1..parts.len() - 1] {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// The first line of those expected that does not come, in their order.
fn missing<'s>(said: &Said, expected: &'s [String]) -> Option<&'s String> {
    let mut printed = said.out.lines().chain(said.err.lines());
    expected
        .iter()
        .find(|wanted| !printed.any(|line| is_like(line, wanted)))
}

/// The ledgers of the world: folders of the desk with a checkpoint.
fn ledgers(world: &Sealed) -> Vec<PathBuf> {
    let items = std::fs::read_dir(world.desk()).expect("the desk");
    items
        .map(|item| item.expect("an item").path())
        .filter(|path| path.join("checkpoint").is_file())
        .collect()
}

/// Runs a page. Answers with how many commands it has.
fn run(name: &str) -> usize {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs/guide")
        .join(name);
    let page = std::fs::read_to_string(&path).expect("a page of the guide");
    let world = Sealed::new(Beginning::Nothing);
    let steps = steps(&page);
    for step in &steps {
        let at = format!("docs/guide/{name}:{}: {}", step.line, step.command);
        let said = world.shell(&step.command);
        let all = format!("{}{}", said.out, said.err);
        assert_eq!(said.status.code(), Some(step.exit), "{at}\n{all}");
        if let Some(line) = missing(&said, &step.expected) {
            panic!("{at}\nexpected in its turn: {line}\nit says:\n{all}");
        }
        for ledger in ledgers(&world) {
            let place = ledger.display().to_string();
            let audit = world.run(&["audit", &place]);
            let clean = audit.status.success() && audit.out.contains("no fault");
            assert!(clean, "{at}\nleaves behind:\n{}{}", audit.out, audit.err);
        }
    }
    steps.len()
}

/// The commands of the first block of a README section: a line each, or a here-document.
fn block(page: &str, heading: &str) -> Vec<String> {
    let section = page.split("\n## ").find(|part| part.starts_with(heading));
    let section = section.expect("the section");
    let block = section.split("```").nth(1).expect("a block of commands");
    let mut commands: Vec<String> = Vec::new();
    for line in block.trim_matches('\n').lines() {
        match commands.last_mut() {
            Some(open) if !is_whole(open) => {
                open.push('\n');
                open.push_str(line);
            }
            _ if line.is_empty() => {}
            _ => commands.push(line.to_owned()),
        }
    }
    commands
}

/// What a newcomer copies from the first page, letter for letter.
#[test]
fn the_commands_of_the_readme_work() {
    let page = include_str!("../../README.md");
    let world = Sealed::new(Beginning::Nothing);
    let type_in = |command: &str| {
        let mut shell = world.command("/bin/sh");
        shell.args(["-c", command]);
        shell.env("CLAIMLEDGER_PASSPHRASE", "as a person would type it");
        let output = shell.output().expect("a shell runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let aside = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{command}\n{said}{aside}");
        for ledger in ledgers(&world) {
            let audit = world.run(&["audit", &ledger.display().to_string()]);
            assert!(audit.status.success(), "{command}\n{}", audit.out);
        }
        said
    };
    let first = block(page, "A first ledger\n");
    assert!(first.len() > 9, "{first:?}");
    let said: Vec<String> = first.iter().map(|command| type_in(command)).collect();
    let shown = first.iter().position(|c| c == "claimledger show closing");
    let shown = &said[shown.expect("it is shown")];
    assert!(
        shown.contains("approved") && !shown.contains("unapproved"),
        "{shown}"
    );
    let second = block(page, "How independent the support really is\n");
    assert!(second.len() > 6, "{second:?}");
    for command in &second {
        let said = type_in(command);
        if command.contains("claimledger search mayor") {
            for label in ["closing", "wire", "office"] {
                assert!(said.contains(label), "{label} is not found:\n{said}");
            }
        }
        if command.contains("--changed") {
            assert!(said.contains("closing"), "{said}");
        }
    }
}

#[test]
fn a_newsroom_of_five() {
    assert!(run("newsroom.md") > 40);
}

#[test]
fn a_hostile_guest() {
    assert!(run("two-organisations.md") > 100);
}

#[test]
fn the_guide_to_moving_in() {
    assert!(run("moving-in.md") > 12);
}

#[test]
fn the_guide_to_following() {
    assert!(run("following.md") > 25);
}

#[test]
fn the_guide_to_keys() {
    assert!(run("keys.md") > 30);
}

#[test]
fn the_guide_to_witnesses() {
    assert!(run("witnesses.md") > 15);
}

/// The page starts the file server of Python, which `.ci/run` installs.
#[test]
#[expect(
    clippy::print_stderr,
    reason = "a skipped test must not look like a passed one"
)]
fn the_guide_to_publishing() {
    let ask = "python3 --version";
    if !Sealed::new(Beginning::Nothing).shell(ask).status.success() {
        eprintln!("SKIPPED the_guide_to_publishing: `{ask}` does not work here");
        return;
    }
    assert!(run("publishing.md") > 18);
}

/// Without the tools of its recipes the page cannot be tested. `.ci/run` installs them.
#[test]
#[expect(
    clippy::print_stderr,
    reason = "a skipped test must not look like a passed one"
)]
fn the_guide_to_auditing() {
    let lacks = ["openssl version", "python3 --version"]
        .into_iter()
        .find(|ask| !Sealed::new(Beginning::Nothing).shell(ask).status.success());
    if let Some(ask) = lacks {
        eprintln!("SKIPPED the_guide_to_auditing: `{ask}` does not work here");
        return;
    }
    assert!(run("auditing.md") > 45);
}

/// Who goes through one page must not be locked out of the next, of the example ledger or of the first one of their own.
#[test]
fn no_two_pages_create_a_ledger_with_the_same_name() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(root.join(name)).expect("a page");
    let example = read("ledger/checkpoint");
    let mut names = vec![example.lines().next().expect("an origin").to_owned()];
    for page in [
        "README.md",
        "docs/guide/newsroom.md",
        "docs/guide/two-organisations.md",
        "docs/guide/keys.md",
        "docs/guide/following.md",
        "docs/guide/moving-in.md",
        "docs/guide/witnesses.md",
        "docs/guide/auditing.md",
        "docs/guide/publishing.md",
    ] {
        let text = read(page);
        let founded: BTreeSet<String> = text
            .lines()
            .filter_map(|line| {
                let (_, after) = line.split_once("init ")?;
                let origin = after.split(' ').next().filter(|word| word.contains('/'))?;
                line.contains("claimledger").then(|| origin.to_owned())
            })
            .collect();
        assert!(!founded.is_empty(), "{page} founds none");
        names.extend(founded);
    }
    let mut once = names.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), names.len(), "{names:?}");
}

#[test]
fn pages_are_parsed_as_described() {
    let page = "text\n```console\n$ cat > a <<'END'\n$ inside\nEND\n$ false \\\n  || exit 3\n(exit 3)\n one  ... three\n```\n$ not a command\n";
    let steps = steps(page);
    assert_eq!(steps.len(), 2);
    assert_eq!(steps[0].command, "cat > a <<'END'\n$ inside\nEND");
    assert_eq!((steps[1].line, steps[1].exit), (6, 3));
    assert_eq!(steps[1].expected, [" one  ... three"]);
    assert!(is_like("one two three", &steps[1].expected[0]));
    assert!(!is_like("one two three four", &steps[1].expected[0]));
    assert!(!is_like("two three", "three"));
}
