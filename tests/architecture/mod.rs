//! The floor plan: a room uses only rooms above it, the core does not use the machine, and every file has a caption.
//!
//! The checker reads a small tree {path -> text}; its own tests break made-up trees, one for each kind of violation.

mod circles;
mod doors;
mod foreign;
mod judges;
mod names;
mod scan;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use scan::{Token, UsedPath, paths, tokens, without_test_items};

/// Files by path, with `/`, relative to the package.
type Tree = BTreeMap<String, String>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// The file does not begin with `//!` and words.
    NoCaption,
    /// The file in `src` has too many lines.
    TooLong,
    /// No file declares it as its module: it is not compiled, or not tested.
    Forgotten,
    /// It stands in no room of `src/lib.rs`.
    NoRoom,
    /// It uses a room below its own.
    UsesRoomBelow,
    /// It imports the whole library, so that it is not clear which rooms it uses.
    UsesEverything,
    /// It is on the pure floor and touches the machine.
    Impure,
    /// It uses files, sockets, processes or the environment, and is not `host`.
    PastHost,
    /// Foreign words are shown past their renderer.
    PastRenderer,
    /// It prints, and is not the terminal.
    Prints,
    /// It imports files that import it again.
    Circle,
    /// It defines a public type under a name that another file of its crate also defines.
    SharedName,
    /// It stands below `rules` and decides itself what only the rules decide: who may sign here, and who may say what.
    Judges,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Violation {
    file: String,
    line: usize,
    kind: Kind,
    saw: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}: {:?}: {}",
            self.file, self.line, self.kind, self.saw
        )
    }
}

/// A room and its floor.
struct Room {
    name: String,
    pure: bool,
}

/// Everything in the tree that breaks the floor plan.
fn violations(tree: &Tree) -> Vec<Violation> {
    let mut rooms = Vec::new();
    for (folder, _) in CRATES.iter().rev() {
        let lib = tree.get(&format!("{folder}lib.rs"));
        rooms.extend(rooms_of(lib.map_or("", String::as_str)));
    }
    let mut found = Vec::new();
    for (file, text) in tree {
        let mut saw = |line, kind, saw: &str| {
            found.push(Violation {
                file: file.clone(),
                line,
                kind,
                saw: saw.to_owned(),
            });
        };
        let first = text.lines().next().unwrap_or_default();
        if first
            .strip_prefix("//! ")
            .is_none_or(|words| words.trim().is_empty())
        {
            saw(1, Kind::NoCaption, first);
        }
        if declared_in(file).is_some_and(|above| !above.iter().any(|up| declares(tree, up, file))) {
            saw(1, Kind::Forgotten, "no `mod` line leads to it");
        }
        let Some(modules) = modules(file) else {
            continue;
        };
        let lines = text.lines().count();
        if lines > MAX_LINES {
            saw(
                lines,
                Kind::TooLong,
                &format!("{lines} lines, {MAX_LINES} at most"),
            );
        }
        if is_test(file) {
            continue;
        }
        let tokens = without_test_items(tokens(text));
        if !file.starts_with("src/cli/terminal") {
            for (line, printing) in prints(&tokens) {
                saw(line, Kind::Prints, &printing);
            }
        }
        if ["lib", "main"].contains(&&*modules[0]) {
            continue;
        }
        let below_rules = rooms.iter().skip_while(|room| room.name != "rules").skip(1);
        if below_rules.into_iter().any(|room| room.name == modules[0]) {
            for (line, judging) in judges::judges(&tokens) {
                saw(line, Kind::Judges, &judging);
            }
        }
        let Some(own) = rooms.iter().position(|room| room.name == modules[0]) else {
            saw(1, Kind::NoRoom, &modules[0]);
            continue;
        };
        for path in paths(&tokens) {
            let words = path.words.join("::");
            match used_room(&path, modules.len()) {
                Some("*") => saw(path.line, Kind::UsesEverything, &words),
                Some(name) => {
                    let used = rooms.iter().position(|room| room.name == name);
                    if used.is_some_and(|used| used > own) {
                        saw(path.line, Kind::UsesRoomBelow, &words);
                    }
                }
                None => {}
            }
            // Threads are fine where a feature of the crate asks for them.
            let line_above = path.line.checked_sub(2).and_then(|at| text.lines().nth(at));
            let asked_for = path.words[0] == "rayon"
                && line_above.is_some_and(|line| line.contains("feature = \"parallel\""));
            if rooms[own].pure && touches_machine(&path) && !asked_for {
                saw(path.line, Kind::Impure, &words);
            }
        }
    }
    for (kind, seen) in [
        (Kind::PastHost, doors::past_host(tree)),
        (Kind::PastRenderer, foreign::past_renderer(tree)),
        (Kind::SharedName, names::shared_names(tree)),
    ] {
        found.extend(seen.into_iter().map(|(file, line, saw)| Violation {
            file,
            line,
            kind,
            saw,
        }));
    }
    found.extend(circles::circles(tree).into_iter().map(|circle| Violation {
        file: circle[0].clone(),
        line: 1,
        kind: Kind::Circle,
        saw: circle.join(", "),
    }));
    found
}

/// The crates of the workspace that have rooms, the upper floors first: the folder of the sources, and the name that
/// others call the crate by.
const CRATES: &[(&str, &str)] = &[
    ("src/", "claimledger"),
    ("crates/core/src/", "claimledger_core"),
];

/// The rooms that a `lib.rs` lists, in floor order. A comment `// floor…` heads each floor.
fn rooms_of(lib: &str) -> Vec<Room> {
    let mut pure = false;
    let mut rooms = Vec::new();
    for line in lib.lines() {
        if let Some(heading) = line.strip_prefix("// ") {
            pure = heading.starts_with("pure");
        } else if let Some(name) = line
            .strip_prefix("pub mod ")
            .and_then(|rest| rest.strip_suffix(';'))
        {
            rooms.push(Room {
                name: name.to_owned(),
                pure,
            });
        }
    }
    rooms
}

/// `src/a/b.rs` is the module `a::b` of its crate; `src/a/mod.rs` and `src/a.rs` are `a`. None for what is no part of a
/// crate with rooms.
fn modules(file: &str) -> Option<Vec<String>> {
    let mut folders = CRATES.iter();
    let inside = folders.find_map(|(folder, _)| file.strip_prefix(folder))?;
    let inside = inside.strip_suffix(".rs")?;
    let inside = inside.strip_suffix("/mod").unwrap_or(inside);
    Some(inside.split('/').map(str::to_owned).collect())
}

/// Unit tests stand in `tests.rs` and, where that would be too long, in a folder `tests`.
fn is_test(file: &str) -> bool {
    modules(file).is_some() && (file.ends_with("/tests.rs") || file.contains("/tests/"))
}

/// The files one of which must declare this one; none for the roots of crates.
fn declared_in(file: &str) -> Option<Vec<String>> {
    let (root, mains) = match file {
        file if file.starts_with("src/") => ("src", &["src/lib.rs", "src/main.rs"][..]),
        file if file.starts_with("tests/") => ("tests", &["tests/main.rs"][..]),
        file if file.starts_with("crates/core/src/") => {
            ("crates/core/src", &["crates/core/src/lib.rs"][..])
        }
        file if file.starts_with("crates/testing/src/") => {
            ("crates/testing/src", &["crates/testing/src/lib.rs"][..])
        }
        _ => return None,
    };
    if mains.contains(&file) {
        return None;
    }
    let module = file.strip_suffix("/mod.rs").or(file.strip_suffix(".rs"))?;
    let (folder, _) = module.rsplit_once('/')?;
    Some(if folder == root {
        mains.iter().map(|&main| main.to_owned()).collect()
    } else {
        vec![format!("{folder}/mod.rs"), format!("{folder}.rs")]
    })
}

fn declares(tree: &Tree, above: &str, file: &str) -> bool {
    let module = file.strip_suffix("/mod.rs").or(file.strip_suffix(".rs"));
    let name = module
        .and_then(|m| m.rsplit('/').next())
        .unwrap_or_default();
    let Some(text) = tree.get(above) else {
        return false;
    };
    tokens(text)
        .windows(3)
        .any(|three| three[0].is("mod") && three[1].is(name) && three[2].is(";"))
}

/// The room, if any, that a path of a file this many modules deep leads into; `*` for all of them.
fn used_room(path: &UsedPath, depth: usize) -> Option<&str> {
    let words: Vec<&str> = path.words.iter().map(String::as_str).collect();
    let words = words.strip_prefix(&["self"]).unwrap_or(&words);
    let rest = match words.first() {
        Some(&"crate" | &"claimledger" | &"claimledger_core") => &words[1..],
        Some(&"super") => {
            let ups = words.iter().take_while(|word| **word == "super").count();
            if ups < depth {
                return None;
            }
            &words[ups..]
        }
        _ => return None,
    };
    Some(rest.first().copied().unwrap_or("*"))
}

/// Files, network, environment, clocks, processes, threads, randomness, and the crates that reach for them.
fn touches_machine(path: &UsedPath) -> bool {
    let words: Vec<&str> = path.words.iter().map(String::as_str).collect();
    match words[..] {
        [
            "std",
            "fs" | "net" | "env" | "process" | "thread" | "os",
            ..,
        ]
        | ["std"] => true,
        // The traits of `std::io` open nothing; these do.
        [.., "stdin" | "stdout" | "stderr"] => words.len() > 1,
        ["std", "time", ref rest @ ..] => rest != ["Duration"],
        [first, ..] if OF_THE_MACHINE.contains(&first) => true,
        [.., "now"] => words.len() > 1,
        _ => false,
    }
}

/// Printing macros, and the streams they write to.
fn prints(tokens: &[Token]) -> Vec<(usize, String)> {
    let macros = tokens.windows(2).filter(|two| {
        two[1].is("!") && ["print", "println", "eprint", "eprintln", "dbg"].contains(&&*two[0].text)
    });
    let mut found: Vec<(usize, String)> = macros
        .map(|two| (two[0].line, format!("{}!", two[0].text)))
        .collect();
    for path in paths(tokens) {
        let last = path.words.last().map_or("", String::as_str);
        if path.words.len() > 1 && ["stdout", "stderr"].contains(&last) {
            found.push((path.line, path.words.join("::")));
        }
    }
    found
}

/// The maximum number of lines of a file.
const MAX_LINES: usize = 500;

/// Crates that reach for files, threads, the clock or randomness.
const OF_THE_MACHINE: &[&str] = &[
    "getrandom",
    "rand",
    "rayon",
    "tokio",
    "sled",
    "tempfile",
    "rustix",
    "rpassword",
];

fn real_tree() -> Tree {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tree = Tree::new();
    for folder in ["src", "crates", "tests", "benches"] {
        gather(package, &package.join(folder), &mut tree);
    }
    tree
}

fn gather(package: &Path, folder: &Path, tree: &mut Tree) {
    for item in std::fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            gather(package, &path, tree);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(package).unwrap();
            let name = name
                .to_str()
                .unwrap()
                .replace(std::path::MAIN_SEPARATOR, "/");
            tree.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn the_house_stands_as_planned() {
    let tree = real_tree();
    assert!(tree.len() > 100, "the sources were found");
    let core = rooms_of(&tree["crates/core/src/lib.rs"]);
    assert!(core.len() > 5 && core.iter().all(|room| room.pure));
    let desk = rooms_of(&tree["src/lib.rs"]);
    assert!(desk.len() > 5 && desk.iter().all(|room| !room.pure));
    let found: Vec<String> = violations(&tree).iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

mod made_up {
    use super::{Kind, Tree, violations};

    const CORE: &str = "//! Cellar.\n\n// pure: bytes\npub mod stone;\npub mod brick;\n";

    const LIB: &str = "//! A house.\n\n// machine\npub mod host;\npub mod engine;\n\
                       \n// people\npub mod cli;\n#[cfg(test)]\nmod scaffold;\n";

    /// A sound house with these files in it; an empty text takes a file away.
    fn house(files: &[(&str, &str)]) -> Tree {
        let mut tree: Tree = [
            ("src/lib.rs", LIB),
            ("crates/core/src/lib.rs", CORE),
            ("src/main.rs", "//! The door.\nuse claimledger::cli;\n"),
            (
                "crates/core/src/stone/mod.rs",
                "//! Stone.\npub mod grain;\n#[cfg(test)]\nmod tests;\n",
            ),
            (
                "crates/core/src/stone/grain.rs",
                "//! Grain.\nuse super::Hard;\nuse std::time::Duration;\n",
            ),
            (
                "crates/core/src/stone/tests.rs",
                "//! Tests.\nuse claimledger::engine::Run;\nuse std::fs;\n",
            ),
            (
                "crates/core/src/brick.rs",
                "//! Brick.\nuse crate::stone::{Hard, grain};\n",
            ),
            ("src/host.rs", "//! Host.\nuse std::fs;\n"),
            (
                "src/engine.rs",
                "//! Engine.\nuse std::thread;\nuse claimledger_core::brick;\n",
            ),
            (
                "src/cli/mod.rs",
                "//! Words.\nmod terminal;\nuse crate::engine;\n",
            ),
            (
                "src/cli/terminal.rs",
                "//! Print.\nfn f() { println!(\"x\") }\n",
            ),
            ("tests/main.rs", "//! Tests.\nmod walls;\n"),
            ("tests/walls.rs", "//! Walls.\n"),
            ("benches/speed.rs", "//! Speed.\n"),
        ]
        .iter()
        .chain(files)
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
        tree.retain(|_, text| !text.is_empty());
        tree
    }

    /// The one violation that this file brings into a sound house. A use of a room below may close a circle as well;
    /// circles have made-up trees of their own. What is impure also reaches past `host`; `doors.rs` tests that.
    #[track_caller]
    fn breaks(file: &str, text: &str, kind: Kind, line: usize) {
        let mut found = violations(&house(&[(file, text)]));
        let aside = [Kind::Circle, Kind::PastHost];
        found.retain(|violation| violation.kind == kind || !aside.contains(&violation.kind));
        let seen: Vec<_> = found.iter().map(|v| (&*v.file, v.kind, v.line)).collect();
        assert_eq!(seen, [(file, kind, line)], "{text}");
    }

    #[track_caller]
    fn stands(file: &str, text: &str) {
        assert_eq!(violations(&house(&[(file, text)])), [], "{text}");
    }

    #[test]
    fn a_sound_house_stands() {
        assert_eq!(violations(&house(&[])), []);
    }

    #[test]
    fn a_circle_of_files_is_a_violation() {
        let found = violations(&house(&[
            (
                "crates/core/src/stone/mod.rs",
                "//! Stone.\npub mod grain;\npub mod dust;\n#[cfg(test)]\nmod tests;\n",
            ),
            (
                "crates/core/src/stone/grain.rs",
                "//! Grain.\nuse super::dust::Fine;\n",
            ),
            (
                "crates/core/src/stone/dust.rs",
                "//! Dust.\nuse super::grain::Coarse;\n",
            ),
        ]));
        let seen: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            seen,
            [
                "crates/core/src/stone/dust.rs:1: Circle: crates/core/src/stone/dust.rs, crates/core/src/stone/grain.rs"
            ]
        );
    }

    #[test]
    fn two_public_types_of_one_name_are_a_violation() {
        stands(
            "src/engine.rs",
            "//! X.\npub struct Motor;\npub enum Error {}\n",
        );
        let found = violations(&house(&[
            ("src/engine.rs", "//! X.\npub struct Motor;\n"),
            ("src/host.rs", "//! X.\n\npub enum Motor {}\n"),
        ]));
        let seen: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            seen,
            ["src/host.rs:3: SharedName: Motor, also in src/engine.rs"]
        );
    }

    #[test]
    fn every_file_has_a_caption() {
        for file in [
            "crates/core/src/brick.rs",
            "tests/walls.rs",
            "benches/speed.rs",
            "crates/core/src/stone/tests.rs",
        ] {
            breaks(file, "use std::fmt;\n", Kind::NoCaption, 1);
            breaks(file, "//!\n", Kind::NoCaption, 1);
        }
    }

    #[test]
    fn a_file_in_src_has_a_ceiling() {
        let lines = |n: usize| format!("//! Long.\n{}", "// x\n".repeat(n - 1));
        stands("crates/core/src/brick.rs", &lines(500));
        breaks("crates/core/src/brick.rs", &lines(501), Kind::TooLong, 501);
        breaks(
            "crates/core/src/stone/tests.rs",
            &lines(501),
            Kind::TooLong,
            501,
        );
        stands("tests/walls.rs", &lines(501));
    }

    #[test]
    fn no_file_is_forgotten() {
        breaks("tests/roof.rs", "//! Roof.\n", Kind::Forgotten, 1);
        breaks("tests/walls/deep.rs", "//! Deep.\n", Kind::Forgotten, 1);
        breaks(
            "crates/testing/src/scaffold.rs",
            "//! Scaffold.\n",
            Kind::Forgotten,
            1,
        );
        breaks(
            "crates/core/src/stone/dust.rs",
            "//! Dust.\n",
            Kind::Forgotten,
            1,
        );
        let found = violations(&house(&[
            ("tests/walls.rs", "//! Walls.\nmod deep;\n// mod dust;\n"),
            ("tests/walls/deep.rs", "//! Deep.\n"),
            ("tests/walls/dust.rs", "//! Dust.\n"),
        ]));
        assert_eq!(found.len(), 1);
        assert_eq!(
            (&*found[0].file, found[0].kind),
            ("tests/walls/dust.rs", Kind::Forgotten)
        );
    }

    #[test]
    fn every_file_stands_in_a_room() {
        let lib = LIB.replace("mod scaffold;", "mod scaffold;\nmod shed;");
        let found = violations(&house(&[
            ("src/lib.rs", &lib),
            ("src/shed.rs", "//! Shed.\n"),
        ]));
        assert_eq!(found.len(), 1);
        assert_eq!(
            (&*found[0].file, found[0].kind),
            ("src/shed.rs", Kind::NoRoom)
        );
    }

    #[test]
    fn a_room_uses_only_rooms_above_it() {
        let breaks =
            |file, line| breaks(file, &format!("//! X.\n{line}\n"), Kind::UsesRoomBelow, 2);
        breaks("crates/core/src/brick.rs", "use crate::engine;");
        breaks(
            "crates/core/src/brick.rs",
            "pub(crate) use crate::engine::Run as Walk;",
        );
        breaks(
            "crates/core/src/brick.rs",
            "use crate::{stone::Hard, engine::{Run}};\n".trim_end(),
        );
        breaks(
            "crates/core/src/brick.rs",
            "fn f() -> u8 { crate::engine::run() }",
        );
        breaks(
            "crates/core/src/brick.rs",
            "fn f() -> u8 { claimledger::engine::run() }",
        );
        breaks("crates/core/src/brick.rs", "use super::engine;");
        breaks(
            "crates/core/src/brick.rs",
            "macro_rules! m { () => { $crate::engine::run() } }",
        );
        breaks(
            "crates/core/src/stone/grain.rs",
            "use super::super::brick::Red;",
        );
        breaks(
            "crates/core/src/stone/grain.rs",
            "use self::super::super::brick::Red;",
        );
        breaks(
            "crates/core/src/stone/grain.rs",
            "use super::{super::brick, Hard};",
        );
    }

    #[test]
    fn names_in_comments_texts_and_tests_are_no_uses() {
        stands(
            "crates/core/src/brick.rs",
            "//! X.\n// crate::engine\n/* use std::fs; */\nconst A: &str = \"crate::engine \\\" std::fs\";\n\
             const B: &str = r#\"crate::engine \" \"#;\nconst C: (char, u8) = ('\"', b'\"');\n\
             fn f<'a>(x: &'a str) -> &'a str { x }\n#[cfg(test)]\nmod tests { use crate::engine; fn f() {} }\n\
             #[cfg(test)]\nuse std::fs;\nuse crate::stone;\n",
        );
        // What stands behind all that is read again.
        breaks(
            "crates/core/src/brick.rs",
            "//! X.\nconst A: char = '\\'';\n#[cfg(test)]\nmod t { fn f() { [1] } }\nuse crate::engine;\n",
            Kind::UsesRoomBelow,
            5,
        );
    }

    #[test]
    fn nobody_takes_in_the_whole_house() {
        breaks(
            "src/engine.rs",
            "//! X.\nuse crate::*;\n",
            Kind::UsesEverything,
            2,
        );
        breaks(
            "src/engine.rs",
            "//! X.\nuse crate as house;\n",
            Kind::UsesEverything,
            2,
        );
        breaks(
            "src/engine.rs",
            "//! X.\nuse super::*;\n",
            Kind::UsesEverything,
            2,
        );
    }

    #[test]
    fn the_pure_floor_is_pure() {
        for impure in [
            "use std::fs;",
            "use std::{fmt, net::TcpStream};",
            "fn f() { std::env::var_os(\"X\"); }",
            "use std::time::SystemTime;",
            "use std::time::{Duration, Instant};",
            "fn f() { std::process::exit(1) }",
            "fn f() { std::thread::spawn(f); }",
            "use std as s;",
            "fn f() { std::io::stdin(); }",
            "use getrandom::fill;",
            "use rayon::prelude::*;",
            "fn f() { jiff::Timestamp::now(); }",
        ] {
            breaks(
                "crates/core/src/stone/grain.rs",
                &format!("//! X.\n{impure}\n"),
                Kind::Impure,
                2,
            );
            stands("src/host.rs", &format!("//! X.\n{impure}\n"));
        }
    }

    #[test]
    fn the_pure_floor_has_threads_where_its_builder_asks_for_them() {
        stands(
            "crates/core/src/brick.rs",
            "//! X.\n#[cfg(feature = \"parallel\")]\nuse rayon::prelude::*;\n",
        );
        breaks(
            "crates/core/src/brick.rs",
            "//! X.\n#[cfg(feature = \"other\")]\nuse rayon::prelude::*;\n",
            Kind::Impure,
            3,
        );
    }

    #[test]
    fn only_host_reaches_the_machine() {
        let text = "//! X.\nuse std::fs;\n";
        breaks("src/engine.rs", text, Kind::PastHost, 2);
        breaks("src/main.rs", text, Kind::PastHost, 2);
        stands("src/host.rs", text);
    }

    #[test]
    fn only_the_terminal_prints() {
        for printing in [
            "fn f() { println!(\"x\") }",
            "fn f() { eprint!(\"x\") }",
            "fn f() { dbg!(1); }",
            "use std::io::{Read, stdout};",
            "fn f() { std::io::stderr(); }",
        ] {
            breaks(
                "src/engine.rs",
                &format!("//! X.\n{printing}\n"),
                Kind::Prints,
                2,
            );
            breaks(
                "src/main.rs",
                &format!("//! X.\n{printing}\n"),
                Kind::Prints,
                2,
            );
            stands("src/cli/terminal.rs", &format!("//! X.\n{printing}\n"));
        }
    }

    #[test]
    fn only_the_rules_decide() {
        let core = CORE.replace("pub mod stone;", "pub mod stone;\npub mod rules;");
        let rules = "//! Rules.\nfn f() { key.roles_at(1); x == Role::Admin }\n";
        let with = |file: &str, line: &str| {
            violations(&house(&[
                ("crates/core/src/lib.rs", &core),
                ("crates/core/src/rules.rs", rules),
                (file, &format!("//! X.\n{line}\n")),
            ]))
        };
        for judging in [
            "fn f() { key.verify_zip215(words, signature) }",
            "fn f() { key.roles_at(index) }",
            "fn f() { key.is_live_at(index) }",
            "fn f() { roles.contains(&Role::Admin) }",
            "fn f() { role == Role::Admin }",
            "fn f() { Role::Admin != role }",
            "fn f() { match role { Role::Admin => true, _ => false } }",
            "fn f() { matches!(role, Role::Admin | Role::Editor) }",
            "fn f() { matches!(role, Role::Admin) }",
            "fn f() { fact.by.holder == author }",
            "fn f() { author != fact.by.holder }",
            "fn f() { fact.by.organisation == theirs }",
        ] {
            let found = with("crates/core/src/brick.rs", judging);
            assert!(!found.is_empty(), "{judging}");
            for violation in found {
                let seen = (&*violation.file, violation.kind, violation.line);
                assert_eq!(
                    seen,
                    ("crates/core/src/brick.rs", Kind::Judges, 2),
                    "{judging}"
                );
            }
            // A room above the rules may be what they are made of.
            assert_eq!(
                with("crates/core/src/stone/grain.rs", judging),
                [],
                "{judging}"
            );
        }
        for making in [
            "fn f() { vec![Role::Editor, Role::Reviewer] }",
            "fn f() { roles.push(Role::Admin); }",
            "fn f() { (fact.by.organisation, fact.index) }",
            "fn f() { in_force(reading, fact.by.organisation, index) }",
        ] {
            assert_eq!(with("crates/core/src/brick.rs", making), [], "{making}");
        }
    }
}
