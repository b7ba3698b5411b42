//! Import circles: files that use each other, directly or through others. A re-export is looked through: a name counts
//! as used from the file that defines it.

use std::collections::{BTreeMap, BTreeSet};

use super::scan::{Token, paths, tokens, without_test_items};
use super::{CRATES, Tree, is_test};

/// A module: the crate's name first.
type Module = Vec<String>;

/// The groups of files that cannot be read one after the other, each sorted by path.
pub(super) fn circles(tree: &Tree) -> Vec<Vec<String>> {
    let mut sources = BTreeMap::new();
    for (file, text) in tree {
        if let Some(module) = module(file).filter(|_| !is_test(file)) {
            sources.insert(module, Source::new(file, text));
        }
    }
    let mut uses: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (module, source) in &sources {
        let used = uses.entry(&source.file).or_default();
        for words in &source.uses {
            let target = absolute(words, module, &sources).and_then(|path| defined(path, &sources));
            used.extend(target.filter(|file| *file != source.file));
        }
    }
    components(&uses)
}

/// What one file uses, and what it only hands on.
struct Source {
    file: String,
    uses: Vec<Vec<String>>,
    /// The name under which it is handed on, or `*`, and the path.
    handed_on: Vec<(String, Vec<String>)>,
}

impl Source {
    fn new(file: &str, text: &str) -> Self {
        let (handed, rest) = split_re_exports(without_test_items(tokens(text)));
        let words = |tokens: &[Token]| -> Vec<Vec<String>> {
            paths(tokens).into_iter().map(|path| path.words).collect()
        };
        let handed_on = handed.iter().flat_map(|statement| {
            let renamed = statement
                .windows(2)
                .find(|two| two[0].is("as"))
                .map(|two| two[1].text.clone());
            words(statement).into_iter().filter_map(move |path| {
                let name = renamed.clone().or(path.last().cloned())?;
                Some((name, path))
            })
        });
        Self {
            file: file.to_owned(),
            handed_on: handed_on.collect(),
            uses: words(&rest),
        }
    }
}

/// The `pub use …;` statements, and the rest of the code.
fn split_re_exports(tokens: Vec<Token>) -> (Vec<Vec<Token>>, Vec<Token>) {
    let mut handed = Vec::new();
    let mut rest = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if !token.is("pub") {
            rest.push(token);
            continue;
        }
        let mut visibility = vec![token];
        if tokens.peek().is_some_and(|next| next.is("(")) {
            for part in tokens.by_ref() {
                let closes = part.is(")");
                visibility.push(part);
                if closes {
                    break;
                }
            }
        }
        if tokens.next_if(|next| next.is("use")).is_some() {
            handed.push(tokens.by_ref().take_while(|token| !token.is(";")).collect());
        } else {
            rest.append(&mut visibility);
        }
    }
    (handed, rest)
}

fn module(file: &str) -> Option<Module> {
    let (inside, name) = CRATES
        .iter()
        .find_map(|(folder, name)| Some((file.strip_prefix(folder)?, name)))?;
    let inside = inside.strip_suffix(".rs")?;
    let inside = inside.strip_suffix("/mod").unwrap_or(inside);
    let below = inside.split('/').filter(|word| *word != "lib");
    Some(
        std::iter::once(*name)
            .chain(below)
            .map(str::to_owned)
            .collect(),
    )
}

/// The path from the root of its crate; none for what no file of the tree can define.
fn absolute(
    words: &[String],
    within: &[String],
    sources: &BTreeMap<Module, Source>,
) -> Option<Vec<String>> {
    let words = words
        .strip_prefix(&["self".to_owned()])
        .map_or_else(|| words.to_vec(), |rest| [within, rest].concat());
    let first = words.first()?;
    if CRATES.iter().any(|(_, name)| name == first) {
        return Some(words);
    }
    match first.as_str() {
        "crate" => Some([&within[..1], &words[1..]].concat()),
        "super" => {
            let ups = words.iter().take_while(|word| *word == "super").count();
            let above = within.len().checked_sub(ups)?;
            Some([&within[..above], &words[ups..]].concat())
        }
        child => {
            let child = [within, &[child.to_owned()]].concat();
            let known = sources.contains_key(&child);
            known.then(|| [within, &words[..]].concat())
        }
    }
}

/// The file that defines what the path names, re-exports looked through.
fn defined(path: Vec<String>, sources: &BTreeMap<Module, Source>) -> Option<&str> {
    let mut path = path;
    // A circle of re-exports does not compile; the bound only keeps a made-up tree from hanging the test.
    for _ in 0..32 {
        let mut known = (1..=path.len()).rev();
        let (module, source) = known.find_map(|end| sources.get_key_value(&path[..end]))?;
        let rest = &path[module.len()..];
        let Some(name) = rest.first() else {
            return Some(&source.file);
        };
        let handed = source.handed_on.iter().find(|(known, _)| known == name);
        let Some(next) = handed.and_then(|(_, to)| absolute(to, module, sources)) else {
            return Some(&source.file);
        };
        path = [&next[..], &rest[1..]].concat();
    }
    None
}

/// Strongly connected components of more than one file: each file with all that it reaches and that reaches it.
fn components(uses: &BTreeMap<&str, BTreeSet<&str>>) -> Vec<Vec<String>> {
    let reach = |from: &str| {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![from];
        while let Some(file) = waiting.pop() {
            for next in uses.get(file).into_iter().flatten() {
                if seen.insert(*next) {
                    waiting.push(next);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        uses.keys().map(|file| (*file, reach(file))).collect();
    let mut found = BTreeSet::new();
    for (file, far) in &reached {
        if far.contains(file) {
            let back = far.iter().filter(|other| reached[**other].contains(file));
            found.insert(back.map(|file| (*file).to_owned()).collect::<Vec<_>>());
        }
    }
    found.into_iter().collect()
}

mod made_up {
    use super::{Tree, circles};

    fn tree(files: &[(&str, &str)]) -> Tree {
        let owned = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        owned.collect()
    }

    #[test]
    fn two_files_that_use_each_other_are_a_circle() {
        let found = circles(&tree(&[
            ("src/a/mod.rs", "mod b;\nmod c;\n"),
            ("src/a/b.rs", "use super::c::Seed;\n"),
            ("src/a/c.rs", "fn f() { crate::a::b::grow() }\n"),
        ]));
        assert_eq!(found, [["src/a/b.rs", "src/a/c.rs"]]);
    }

    #[test]
    fn a_circle_goes_through_re_exports_crates_and_renames() {
        let found = circles(&tree(&[
            ("crates/core/src/lib.rs", "pub mod a;\n"),
            (
                "crates/core/src/a/mod.rs",
                "mod b;\npub mod c;\npub use b::{Seed as Grain, other};\n",
            ),
            (
                "crates/core/src/a/b.rs",
                "use super::c;\nfn f() { c::grow() }\n",
            ),
            (
                "crates/core/src/a/c.rs",
                "use crate::a::{Grain, other as unlike};\n",
            ),
            ("src/d.rs", "use claimledger_core::a::Grain;\n"),
        ]));
        assert_eq!(
            found,
            [["crates/core/src/a/b.rs", "crates/core/src/a/c.rs"]]
        );
    }

    #[test]
    fn three_files_in_a_ring_are_one_circle() {
        let found = circles(&tree(&[
            ("src/a/mod.rs", "use self::b::X;\npub struct Error;\n"),
            ("src/a/b.rs", "use super::c::Y;\n"),
            ("src/a/c.rs", "use super::Error;\n"),
        ]));
        assert_eq!(found, [["src/a/b.rs", "src/a/c.rs", "src/a/mod.rs"]]);
    }

    #[test]
    fn handing_on_and_testing_are_no_circle() {
        let found = circles(&tree(&[
            (
                "src/a/mod.rs",
                "mod b;\nmod c;\npub use b::{B, one as two};\npub(crate) use c::C;\n",
            ),
            (
                "src/a/b.rs",
                "use super::C;\n#[cfg(test)]\nmod tests { use super::super::c::D; }\n",
            ),
            ("src/a/c.rs", "#[cfg(test)]\nuse super::B;\n// super::b\n"),
            ("src/a/tests.rs", "use super::b::B;\n"),
        ]));
        assert!(found.is_empty(), "{found:?}");
    }
}
