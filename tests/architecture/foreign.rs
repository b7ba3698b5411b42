//! Words of other people reach a person only through their renderer.

use super::scan::{tokens, without_test_items};
use super::{Tree, is_test};

/// Every way past the renderer: a `Display` for a type of foreign words, the raw words in the command line, an isolate or
/// quotation marks that another file writes. The file, the line, and what was seen.
pub(super) fn past_renderer(tree: &Tree) -> Vec<(String, usize, String)> {
    let mut found = Vec::new();
    let ours = |file: &str| file.starts_with("src/") || file.starts_with("crates/core/src/");
    for (file, text) in tree.iter().filter(|(file, _)| ours(file) && !is_test(file)) {
        let tokens = without_test_items(tokens(text));
        for three in tokens.windows(3) {
            let displays = three[0].is("Display") && three[1].is("for");
            if displays && TYPES.contains(&&*three[2].text) {
                let saw = format!("Display for {}", three[2].text);
                found.push((file.clone(), three[2].line, saw));
            }
            let raw = three[0].is(".") && three[1].is("raw") && three[2].is("(");
            if raw && file.starts_with("src/cli/") && !FOR_PROGRAMS.contains(&&**file) {
                found.push((file.clone(), three[1].line, ".raw()".to_owned()));
            }
        }
        if WRITES_ISOLATES.iter().any(|place| file.starts_with(place)) {
            continue;
        }
        let before_tests = text
            .lines()
            .take_while(|line| line.trim() != "#[cfg(test)]");
        for (line, words) in (1..).zip(before_tests) {
            let code = words.split("//").next().unwrap_or_default();
            let shows = file.starts_with("src/app/") || file.starts_with("src/cli/");
            let quotes = MARKS.iter().filter(|_| shows);
            let mut marks = ISOLATES.iter().chain(quotes);
            if let Some(mark) = marks.find(|mark| code.contains(**mark)) {
                found.push((file.clone(), line, (*mark).to_owned()));
            }
        }
    }
    found
}

const TYPES: &[&str] = &["Foreign", "FreeText", "Text"];

/// A table for spreadsheets.
const FOR_PROGRAMS: &[&str] = &["src/cli/report/practice.rs"];

/// The renderer.
const WRITES_ISOLATES: &[&str] = &["crates/core/src/encoding/foreign/"];

/// The marks around words of other people. Written by hand, they would not hold words that have such marks themselves.
const MARKS: &[&str] = &["\\u{201c}", "\\u{201d}", "\u{201c}", "\u{201d}"];

const ISOLATES: &[&str] = &["\\u{2066}", "\\u{2067}", "\\u{2068}", "\\u{2069}"];

mod made_up {
    use super::past_renderer;

    fn seen(file: &str, text: &str) -> Vec<String> {
        let tree = [(file.to_owned(), format!("//! X.\n{text}\n"))].into();
        past_renderer(&tree)
            .into_iter()
            .map(|(_, _, saw)| saw)
            .collect()
    }

    #[test]
    fn each_way_past_the_renderer_is_seen() {
        let display = "impl<const MAX: usize> fmt::Display for Text<MAX> {}";
        assert_eq!(
            seen("crates/core/src/encoding/text.rs", display),
            ["Display for Text"]
        );
        assert_eq!(seen("src/cli/show.rs", "fn f() { x.raw() }"), [".raw()"]);
        assert_eq!(
            seen("src/app/x.rs", "const A: char = '\\u{2068}';"),
            ["\\u{2068}"]
        );
        assert_eq!(
            seen("src/app/x.rs", "format!(\"\\u{201c}{title}\\u{201d}\")"),
            ["\\u{201c}"]
        );
    }

    #[test]
    fn programs_the_renderer_and_tests_may() {
        assert_eq!(seen("src/app/x.rs", "fn f() { x.raw() }"), [""; 0]);
        assert_eq!(
            seen("src/cli/report/practice.rs", "fn f() { x.raw() }"),
            [""; 0]
        );
        let isolate = "const A: char = '\\u{2068}';";
        assert_eq!(
            seen("crates/core/src/encoding/foreign/layout.rs", isolate),
            [""; 0]
        );
        assert_eq!(seen("tests/commands/foreign.rs", isolate), [""; 0]);
        assert_eq!(seen("src/app/x.rs", "// '\\u{2068}'"), [""; 0]);
        assert_eq!(
            seen("src/app/x.rs", "impl fmt::Display for Named {}"),
            [""; 0]
        );
    }
}
