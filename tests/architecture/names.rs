//! A public type has a name of its own in its crate, so that a reader who meets the name knows which type it is. Only
//! `Error` may occur once in each room.

use std::collections::BTreeMap;

use super::scan::{Token, tokens, without_test_items};
use super::{CRATES, Tree, is_test};

/// Every public type whose name another file of the same crate also defines: the file, the line, the name, and the
/// file that comes first.
pub(super) fn shared_names(tree: &Tree) -> Vec<(String, usize, String)> {
    let mut found = Vec::new();
    for (folder, _) in CRATES {
        let mut first: BTreeMap<String, &str> = BTreeMap::new();
        let of_crate = tree
            .iter()
            .filter(|(file, _)| file.starts_with(folder) && !is_test(file));
        for (file, text) in of_crate {
            for (line, name) in public_types(&without_test_items(tokens(text))) {
                let other = *first.entry(name.clone()).or_insert(file);
                if other != file && name != "Error" {
                    found.push((file.clone(), line, format!("{name}, also in {other}")));
                }
            }
        }
    }
    found
}

/// The public types that a file defines, with a keyword or with a macro of ours.
fn public_types(tokens: &[Token]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let text = |after: usize| tokens.get(at + after).map_or("", |token| &*token.text);
        let name_at = if token.is("pub") {
            let keyword = match text(1) {
                "(" => 2 + tokens[at..].iter().take_while(|next| !next.is(")")).count() - 1,
                _ => 1,
            };
            TYPE_KEYWORDS
                .contains(&text(keyword))
                .then_some(at + keyword + 1)
        } else if DEFINING_MACROS.contains(&&*token.text) && text(1) == "!" {
            Some(at + 3)
        } else {
            None
        };
        if let Some(name) = name_at
            .and_then(|at| tokens.get(at))
            .filter(|n| n.is_word())
        {
            found.push((name.line, name.text.clone()));
        }
    }
    found
}

const TYPE_KEYWORDS: &[&str] = &["struct", "enum", "trait", "type", "union"];

/// Macros whose first argument is the name of the public type that they define.
const DEFINING_MACROS: &[&str] = &["words", "byte_newtype", "name_newtype"];

mod made_up {
    use super::{Tree, shared_names};

    fn shared(files: &[(&str, &str)]) -> Vec<String> {
        let owned = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        let tree: Tree = owned.collect();
        let found = shared_names(&tree).into_iter();
        found
            .map(|(file, line, what)| format!("{file}:{line}: {what}"))
            .collect()
    }

    #[test]
    fn two_files_of_one_crate_that_define_one_name_are_found() {
        for second in [
            "pub enum Answer { Yes }",
            "pub(crate) struct Answer;",
            "pub(in crate::a) type Answer = u8;",
            "pub trait Answer {}",
            "words!(\n/// How it ends.\nAnswer, \"answer\" { Yes = \"yes\", });",
        ] {
            let found = shared(&[
                ("src/a.rs", "pub struct Answer<'a> { x: &'a str }\n"),
                ("src/b/c.rs", &format!("\n{second}\n")),
            ]);
            assert_eq!(found.len(), 1, "{second}");
            assert!(
                found[0].starts_with("src/b/c.rs:")
                    && found[0].ends_with("Answer, also in src/a.rs"),
                "{found:?}"
            );
        }
    }

    #[test]
    fn errors_private_types_tests_and_other_crates_share_names() {
        let found = shared(&[
            ("src/a.rs", "pub struct Answer;\npub enum Error {}\n"),
            (
                "src/b.rs",
                "pub enum Error {}\nstruct Answer;\npub fn answer() -> Answer { Answer }\n// pub struct Answer;\n\
                 #[cfg(test)]\nmod tests { pub struct Answer; }\n",
            ),
            ("src/b/tests.rs", "pub struct Answer;\n"),
            ("crates/core/src/a.rs", "pub struct Answer;\n"),
            ("tests/a.rs", "pub struct Answer;\n"),
        ]);
        assert_eq!(found, Vec::<String>::new());
    }
}
