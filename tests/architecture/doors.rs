//! Only `host` uses files, sockets, processes and the environment. Other rooms call it, so that every error names the
//! path and the action.

use super::scan::{Token, UsedPath, paths, tokens, without_test_items};
use super::{Tree, is_test};

/// Every use of the machine outside `host`: the file, the line, and the words.
pub(super) fn past_host(tree: &Tree) -> Vec<(String, usize, String)> {
    let mut found = Vec::new();
    let outside = |file: &str| file.starts_with("src/") && !is_test(file) && !is_host(file);
    for (file, text) in tree.iter().filter(|(file, _)| outside(file)) {
        let tokens = without_test_items(tokens(text));
        for path in paths(&tokens) {
            if reaches_machine(&path) && !has_leave(file, &path) {
                found.push((file.clone(), path.line, path.words.join("::")));
            }
        }
        let asks = path_questions(&tokens);
        found.extend(asks.map(|(line, asked)| (file.clone(), line, asked)));
    }
    found
}

fn is_host(file: &str) -> bool {
    file == "src/host.rs" || file.starts_with("src/host/")
}

fn reaches_machine(path: &UsedPath) -> bool {
    let words: Vec<&str> = path.words.iter().map(String::as_str).collect();
    matches!(
        words[..],
        ["std" | "core"]
            | ["std" | "core", "*"]
            | ["std" | "core", "fs" | "net" | "process" | "env", ..]
            | ["tempfile" | "rustix", ..]
    )
}

/// The exceptions in [`LEAVE`].
fn has_leave(file: &str, path: &UsedPath) -> bool {
    let words: Vec<&str> = path.words.iter().map(String::as_str).collect();
    LEAVE
        .iter()
        .any(|(place, beginning)| file.starts_with(place) && words.starts_with(beginning))
}

/// Methods of a path that ask the file system: `.exists()` and its like.
fn path_questions(tokens: &[Token]) -> impl Iterator<Item = (usize, String)> {
    tokens
        .windows(3)
        .filter(|three| {
            three[0].is(".") && three[2].is("(") && QUESTIONS.contains(&&*three[1].text)
        })
        .map(|three| (three[1].line, format!(".{}()", three[1].text)))
}

/// `transport` has the sockets. `main` returns an exit code. The terminal finds a passphrase in the environment.
const LEAVE: &[(&str, &[&str])] = &[
    ("src/transport/", &["std", "net"]),
    ("src/main.rs", &["std", "process", "ExitCode"]),
    ("src/cli/terminal", &["std", "env", "var"]),
];

const QUESTIONS: &[&str] = &[
    "canonicalize",
    "exists",
    "is_dir",
    "is_file",
    "is_symlink",
    "metadata",
    "read_dir",
    "read_link",
    "symlink_metadata",
    "try_exists",
];

mod made_up {
    use super::past_host;

    /// What is seen in one file, each as its line and words.
    fn seen(file: &str, text: &str) -> Vec<(usize, String)> {
        let tree = [(file.to_owned(), text.to_owned())].into();
        let found = past_host(&tree).into_iter();
        found.map(|(_, line, what)| (line, what)).collect()
    }

    #[test]
    fn each_way_past_host_is_seen() {
        for (text, what) in [
            ("use std::fs;", "std::fs"),
            ("use std::{fmt, fs::File};", "std::fs::File"),
            ("fn f() { std::fs::read(\"x\"); }", "std::fs::read"),
            ("fn f() { ::std::process::exit(1) }", "std::process::exit"),
            ("use core::net::IpAddr;", "core::net::IpAddr"),
            ("fn f() { std::env::temp_dir(); }", "std::env::temp_dir"),
            ("use std as s;", "std"),
            ("use std::*;", "std::*"),
            ("fn f() { tempfile::tempdir(); }", "tempfile::tempdir"),
            ("use rustix::fs::statfs;", "rustix::fs::statfs"),
            ("fn f(p: &Path) { p.join(\"x\").exists(); }", ".exists()"),
            (
                "fn f(p: &Path) { p.symlink_metadata(); }",
                ".symlink_metadata()",
            ),
        ] {
            let text = format!("//! X.\n{text}\n");
            assert_eq!(seen("src/brick/red.rs", &text), [(2, what.to_owned())]);
            assert_eq!(seen("src/hostel.rs", &text).len(), 1, "{text}");
            for free in [
                "src/host/mod.rs",
                "src/host/files.rs",
                "src/host.rs",
                "src/brick/tests.rs",
                "src/brick/tests/deep.rs",
                "tests/walls.rs",
                "benches/speed.rs",
            ] {
                assert_eq!(seen(free, &text), [], "{free}: {text}");
            }
        }
    }

    #[test]
    fn leave_is_for_one_thing_in_one_place() {
        for (file, text) in [
            ("src/transport/server.rs", "use std::net::TcpListener;"),
            ("src/main.rs", "use std::process::ExitCode;"),
            ("src/cli/terminal.rs", "fn f() { std::env::var(\"X\"); }"),
        ] {
            assert_eq!(seen(file, text), [], "{file}");
            assert_eq!(seen("src/cli/other.rs", text).len(), 1, "{text}");
            assert_eq!(seen(file, "use std::fs;").len(), 1, "{file}");
        }
        assert_eq!(seen("src/main.rs", "use std::process::exit;").len(), 1);
        assert_eq!(
            seen("src/cli/terminal.rs", "fn f() { std::env::temp_dir(); }").len(),
            1
        );
    }

    #[test]
    fn tests_comments_and_names_that_look_alike_are_no_way_past() {
        let text = "//! X.\n// std::fs\nconst A: &str = \"std::fs .exists()\";\nuse std::io::Read;\nuse crate::host::process;\n\
                    fn f(e: &E) { e.exists; host::files::exists(p); }\n#[cfg(test)]\nmod t { use std::fs; }\n";
        assert_eq!(seen("src/brick.rs", text), []);
    }
}
