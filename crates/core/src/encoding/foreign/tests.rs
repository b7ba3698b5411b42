//! What foreign text looks like: each kind of character, and properties over any text.

use super::*;
use proptest::prelude::*;

const RIGHT_TO_LEFT: &str = "\u{645}\u{635}\u{631}";

#[test]
fn what_a_terminal_would_obey_is_shown_by_its_number() {
    assert_eq!(line("a\u{1b}[2J\u{9b}8m"), "a<U+001B>[2J<U+009B>8m");
    assert_eq!(prose("a\rb\u{7}\u{7f}"), "a<U+000D>b<U+0007><U+007F>");
}

#[test]
fn what_cannot_be_seen_is_shown_by_its_number() {
    for hidden in [
        '\u{200b}',
        '\u{200e}',
        '\u{200f}',
        '\u{61c}',
        '\u{202a}',
        '\u{202e}',
        '\u{2066}',
        '\u{2068}',
        '\u{2069}',
        '\u{2028}',
        '\u{2029}',
        '\u{feff}',
        '\u{ad}',
        '\u{34f}',
        '\u{3164}',
        '\u{115f}',
        '\u{ffa0}',
        '\u{2800}',
        '\u{2060}',
        '\u{fff9}',
        '\u{fffb}',
        '\u{e0041}',
        '\u{e007f}',
        '\u{180e}',
        '\u{200c}',
        '\u{200d}',
        '\u{fe0f}',
        '\u{fe00}',
        '\u{e0100}',
        '\u{1d173}',
    ] {
        let shown = format!("a<U+{:04X}>b", u32::from(hidden));
        assert_eq!(line(&format!("a{hidden}b")), shown);
        assert_eq!(prose(&format!("a{hidden}b")), shown);
        assert_eq!(name(&format!("a{hidden}b")), shown);
        assert_eq!(unseen(&format!("a{hidden}b")), [hidden]);
    }
    assert_eq!(line(&"\u{200b}".repeat(40)), "<40 times U+200B>");
}

#[test]
fn a_further_line_of_a_text_cannot_look_like_a_row_of_the_program() {
    assert_eq!(
        prose("No study.\n  rating: False\r\n\nLast."),
        "No study.\n    |   rating: False\n    |\n    | Last."
    );
    assert_eq!(line("one\ntwo\tthree"), "one two three");
    assert_eq!(name("FAULT\nforged\t"), "FAULT<U+000A>forged<U+0009>");
}

#[test]
fn empty_lines_and_runs_of_spaces_are_counted() {
    let text = format!("Yes.{}{}Forged", "\n".repeat(61), " ".repeat(200));
    assert_eq!(
        prose(&text),
        "Yes.\n    | <60 empty lines>\n    |  <200 spaces> Forged"
    );
    assert_eq!(line(&text), "Yes. <60 empty lines> <200 spaces> Forged");
    // Wide and unbreakable spaces are spaces too.
    assert_eq!(
        line(&format!("a{}b", "\u{3000}\u{a0}".repeat(20))),
        "a <40 spaces> b"
    );
    assert_eq!(line("a   b"), "a   b");
    assert_eq!(prose("a\n\nb"), "a\n    |\n    | b");
    assert_eq!(prose("a\n"), "a");
    assert_eq!(prose("a\n\n\n"), "a\n    | <3 empty lines>");
}

#[test]
fn marks_without_end_are_counted_and_marks_without_a_letter_stand_on_a_circle() {
    let text = format!("a{}b", "\u{301}".repeat(40));
    assert_eq!(
        line(&text),
        format!("a{}<32 more marks>b", "\u{301}".repeat(8))
    );
    assert_eq!(line("\u{338}False"), "\u{25cc}\u{338}False");
    assert_eq!(line("a\u{200b}\u{338}"), "a<U+200B>\u{25cc}\u{338}");
    // Writing that needs several marks on a letter is left alone.
    for word in [
        "Vi\u{1ec7}t",
        "e\u{323}\u{302}",
        "\u{91c}\u{93c}\u{94d}\u{92f}\u{93e}",
    ] {
        assert_eq!(line(word), word);
    }
}

#[test]
fn joiners_that_the_writing_needs_are_left_alone() {
    for text in [
        // Persian, Sinhala, Malayalam, Marathi
        "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
        "\u{dc1}\u{dca}\u{200d}\u{dbb}\u{dd3}",
        "\u{d28}\u{d4d}\u{200d}\u{d2e}",
        "\u{930}\u{94d}\u{200d}\u{92f}",
        // a family, a rainbow flag, a woman who is a judge, a key, a heart, a flag of Wales
        "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
        "\u{1f3f3}\u{fe0f}\u{200d}\u{1f308}",
        "\u{1f469}\u{1f3fd}\u{200d}\u{2696}\u{fe0f}",
        "7\u{fe0f}\u{20e3}",
        "\u{2764}\u{fe0f}",
        "\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
        // a variant of a Japanese character
        "\u{845b}\u{e0100}",
    ] {
        assert_eq!(unseen(text), Vec::<char>::new(), "{text}");
        assert!(screen(text).contains(text), "{text}");
        assert!(line(text).contains(text), "{text}");
    }
    // A second selector, a joiner at an end, tags of no country.
    assert_eq!(line("\u{2764}\u{fe0f}\u{fe0f}"), "\u{2764}\u{fe0f}<U+FE0F>");
    assert_eq!(unseen("\u{645}\u{200c}"), ['\u{200c}']);
    assert_eq!(unseen("\u{1f3f4}\u{e0078}\u{e0078}\u{e007f}").len(), 3);
}

#[test]
fn only_a_row_with_letters_from_right_to_left_is_isolated() {
    assert_eq!(
        line(RIGHT_TO_LEFT),
        format!("\u{2068}{RIGHT_TO_LEFT}\u{2069}")
    );
    assert_eq!(
        prose(&format!("Plain.\n{RIGHT_TO_LEFT} (2026)")),
        format!("Plain.\n    | \u{2068}{RIGHT_TO_LEFT} (2026)\u{2069}")
    );
    for plain in [
        "The bridge closes.",
        "\u{416}\u{434}\u{438}",
        "\u{6a4b}",
        "3,5 %",
    ] {
        assert_eq!(line(plain), plain);
    }
    // An isolate of the text's own cannot end ours.
    assert_eq!(
        line(&format!("{RIGHT_TO_LEFT}\u{2069}.")),
        format!("\u{2068}{RIGHT_TO_LEFT}<U+2069>.\u{2069}")
    );
}

#[test]
fn a_paragraph_has_the_direction_of_its_first_letter() {
    let shown = line(&format!("1. {RIGHT_TO_LEFT} BBC"));
    assert_eq!(
        paragraph_from_right(&shown),
        Some(format!("1. {RIGHT_TO_LEFT} BBC"))
    );
    assert_eq!(
        paragraph_from_right(&line(&format!("BBC {RIGHT_TO_LEFT}"))),
        None
    );
    assert_eq!(paragraph_from_right("12"), None);
}

#[test]
fn a_long_text_is_cut_with_a_count() {
    let text = Foreign::from("abcdefghij\nklm\nn\no");
    assert_eq!(text.prose_within(9, 99), text.prose());
    assert_eq!(text.prose_within(9, 5), "abcde\n    | <13 more characters>");
    assert_eq!(
        text.prose_within(2, 99),
        "abcdefghij\n    | klm\n    | <3 more characters>"
    );
    assert_eq!(clip("abcd", 4), "abcd");
    assert_eq!(clip("abcde", 4), "abc\u{2026}");
    assert_eq!(
        clip(&line(&format!("{RIGHT_TO_LEFT}{RIGHT_TO_LEFT}")), 3),
        "\u{2068}\u{645}\u{635}\u{2069}\u{2026}"
    );
}

#[test]
fn the_last_net_lets_line_ends_and_whole_isolates_through() {
    assert_eq!(screen("two\tlines\r\nand a\n"), "two\tlines\r\nand a\n");
    assert_eq!(screen("a\rb\u{1b}[2J"), "a<U+000D>b<U+001B>[2J");
    let isolated = line(RIGHT_TO_LEFT);
    assert_eq!(screen(&isolated), isolated);
    assert_eq!(
        screen(&format!(
            "\u{201c}{RIGHT_TO_LEFT} {RIGHT_TO_LEFT}\u{201d} ({RIGHT_TO_LEFT})"
        )),
        format!(
            "\u{201c}\u{2068}{RIGHT_TO_LEFT} {RIGHT_TO_LEFT}\u{2069}\u{201d} (\u{2068}{RIGHT_TO_LEFT}\u{2069})"
        )
    );
    assert_eq!(screen("a\u{2068}b"), "a<U+2068>b");
    assert_eq!(screen("a\u{2069}b"), "a<U+2069>b");
    assert_eq!(screen("a\u{2068}b\nc\u{2069}"), "a<U+2068>b\nc<U+2069>");
    assert_eq!(screen_line("FAULT\nforged"), "FAULT<U+000A>forged");
}

fn wrapped(text: &str, width: u32) -> Vec<String> {
    let letters = |text: &str| {
        let letters = text.chars().filter(|c| !is_unseen(*c)).count();
        f64::from(u32::try_from(letters).expect("short"))
    };
    wrap(text, f64::from(width), &letters, &|word| {
        word.starts_with("https:")
    })
}

#[test]
fn lines_are_broken_at_spaces_and_long_words_only_where_they_may_be() {
    assert_eq!(wrapped("  one two three", 9), ["  one two", "three"]);
    assert_eq!(wrapped("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
    assert_eq!(
        wrapped("see https://example.org/ now", 6),
        ["see", "https://example.org/", "now"]
    );
    assert_eq!(wrapped("", 5), [""]);
    let isolated = format!("a \u{2068}{RIGHT_TO_LEFT} {RIGHT_TO_LEFT}\u{2069} b");
    assert_eq!(
        wrapped(&isolated, 5),
        [
            format!("a \u{2068}{RIGHT_TO_LEFT}\u{2069}"),
            format!("\u{2068}{RIGHT_TO_LEFT}\u{2069} b")
        ]
    );
}

/// Any text, rich in what this room is for.
fn any_text() -> impl Strategy<Value = String> {
    let rich = prop::sample::select(
        "a b\n\r\t \u{1b}\u{9b}\u{202e}\u{2066}\u{2068}\u{2069}\u{200b}\u{200c}\u{200d}\u{fe0f}\u{301}\u{645}\u{5d0}\u{1f468}\
         \u{e0041}\u{1f3f4}\u{3164}\u{2028}\u{a0}\u{3000}\u{94d}\u{915}"
            .chars()
            .collect::<Vec<_>>(),
    );
    prop::collection::vec(prop_oneof![4 => rich, 1 => any::<char>()], 0..60)
        .prop_map(|chars| chars.into_iter().collect())
}

/// The text without isolates that begin and end on one line.
fn without_isolates(text: &str) -> String {
    text.lines()
        .map(|row| {
            let (begun, ended) = (
                row.matches('\u{2068}').count(),
                row.matches('\u{2069}').count(),
            );
            assert!(begun == ended && begun <= 1, "{row:?}");
            row.replace(['\u{2068}', '\u{2069}'], "")
        })
        .collect::<Vec<_>>()
        .join("\n")
}

proptest! {
    #[test]
    fn nothing_unseen_is_left_in_any_text(text in any_text()) {
        for shown in [line(&text), name(&text), prose(&text)] {
            let plain = without_isolates(&shown);
            prop_assert_eq!(unseen(&plain), Vec::<char>::new(), "{:?}", shown);
            prop_assert_eq!(&*screen(&shown), &*shown);
        }
        prop_assert!(!line(&text).contains(['\n', '\t', '\r']));
        prop_assert!(!name(&text).contains(['\n', '\t', '\r']));
    }

    #[test]
    fn every_further_row_of_any_text_begins_with_the_mark(text in any_text()) {
        for row in prose(&text).split('\n').skip(1) {
            prop_assert!(row.starts_with(CONTINUES.trim_end()), "{:?}", row);
        }
        prop_assert!(prose(&text).split('\n').all(|row| !row.contains(&" ".repeat(MOST_SPACES + 6))));
    }

    #[test]
    fn a_row_with_letters_from_right_to_left_is_always_isolated(text in any_text()) {
        for row in prose(&text).split('\n') {
            let right_to_left = row.chars().any(|c| ('\u{590}'..='\u{8ff}').contains(&c));
            let isolated = row.contains('\u{2068}') && row.ends_with('\u{2069}');
            prop_assert!(isolated || !right_to_left, "{:?}", row);
        }
    }

    #[test]
    fn wrapping_keeps_every_letter_and_every_isolate_whole(text in any_text(), width in 1u32..30) {
        let shown = line(&text);
        let rows = wrapped(&shown, width);
        let letters = |text: &str| text.replace([' ', '\u{2068}', '\u{2069}'], "");
        prop_assert_eq!(letters(&rows.concat()), letters(&shown));
        for row in &rows {
            prop_assert_eq!(row.matches('\u{2068}').count(), row.matches('\u{2069}').count());
        }
    }

    #[test]
    fn the_last_net_leaves_nothing_unseen_but_whole_isolates(text in any_text()) {
        let shown = screen(&text);
        for row in shown.split('\n') {
            let mut open = false;
            for c in row.chars() {
                let obeyed = matches!(c, '\u{202e}' | '\u{2066}' | '\u{1b}' | '\u{9b}');
                prop_assert!(!obeyed, "{:?}", row);
                prop_assert!(open || !('\u{5d0}'..='\u{64a}').contains(&c), "{:?}", row);
                match c {
                    '\u{2068}' => { prop_assert!(!open); open = true; }
                    '\u{2069}' => { prop_assert!(open); open = false; }
                    _ => {}
                }
            }
            prop_assert!(!open);
        }
    }
}
