//! What foreign text looks like: each kind of character, and properties over any text.

use super::layout::rows_within;
use super::*;
use proptest::prelude::*;
use unicode_properties::UnicodeGeneralCategory as _;
use unicode_width::UnicodeWidthStr as _;

/// What stands between the marks of a quotation.
fn line(text: &str) -> String {
    without_marks(&Foreign::from(text).quoted())
}

/// The same of a name, which has no marks if it is one plain word.
fn name(text: &str) -> String {
    without_marks(&super::name(text))
}

fn without_marks(shown: &str) -> String {
    let inside = shown
        .strip_prefix(OPENS)
        .and_then(|rest| rest.strip_suffix(CLOSES));
    inside.unwrap_or(shown).to_owned()
}

/// The rows of a block, each after the first behind the mark.
fn prose(text: &str) -> String {
    let rows = rows_within(text, usize::MAX, usize::MAX);
    let rows: Vec<String> = rows
        .iter()
        .map(|row| format!("{CONTINUES}{row}").trim_end().to_owned())
        .collect();
    let rows = rows.join("\n");
    rows.strip_prefix(CONTINUES).unwrap_or_default().to_owned()
}

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
        // null notehead, full blank and vertical joiner of Egyptian, format controls of shorthand, filler of Khitan
        '\u{1d159}',
        '\u{13441}',
        '\u{13430}',
        '\u{1343f}',
        '\u{1bca0}',
        '\u{16fe4}',
        // noncharacters, private use, object replacement, an unassigned code point
        '\u{ffff}',
        '\u{fdd0}',
        '\u{10ffff}',
        '\u{e000}',
        '\u{f0000}',
        '\u{fffc}',
        '\u{378}',
        // marks without a shape behind a letter of another script
        '\u{17d2}',
        '\u{1039}',
        '\u{1107f}',
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
fn every_code_point_without_a_shape_of_its_own_is_shown_by_its_number() {
    use unicode_properties::GeneralCategory as C;
    let mut drawn = 0;
    for c in '\0'..=char::MAX {
        let shapeless = matches!(
            c.general_category(),
            C::Control | C::LineSeparator | C::ParagraphSeparator | C::PrivateUse | C::Unassigned
        );
        assert!(!shapeless || is_unseen(c), "U+{:04X}", u32::from(c));
        drawn += usize::from(c.general_category() == C::Format && !is_unseen(c));
    }
    // Unicode has 13 code points with the property Prepended_Concatenation_Mark.
    assert_eq!(drawn, 13);
    // Khmer and Burmese stack letters with marks that have no shape.
    for word in [
        "\u{1781}\u{17d2}\u{1798}\u{17c2}\u{179a}",
        "\u{1019}\u{1014}\u{1039}\u{1010}\u{101c}\u{1031}\u{1038}",
    ] {
        assert_eq!(unseen(word), Vec::<char>::new(), "{word}");
    }
    // Arabic puts a sign before a number; it is drawn.
    assert_eq!(unseen("\u{600}\u{661}"), Vec::<char>::new());
}

#[test]
fn words_cannot_end_the_quotation_marks_around_them() {
    for (words, shown) in [
        (
            "True\u{201d} [approved]",
            "\u{201c}True\u{2019} [approved]\u{201d}",
        ),
        ("True\" [approved] \"", "\u{201c}True' [approved] '\u{201d}"),
        (
            "\u{201e}Most\u{201d} zamkni\u{119}ty",
            "\u{201c}\u{201a}Most\u{2019} zamkni\u{119}ty\u{201d}",
        ),
        (
            "a\u{ff02}\u{2033}\u{301e}b",
            "\u{201c}a'\u{2032}\u{2019}b\u{201d}",
        ),
    ] {
        assert_eq!(Foreign::from(words).quoted(), shown);
        assert!(!Foreign::from(words).fits_quotation());
    }
    assert!(Foreign::from("it's \u{ab}so\u{bb}").fits_quotation());
}

#[test]
fn a_name_that_is_one_plain_word_can_be_copied_and_others_are_quoted() {
    for plain in [
        "wire.txt",
        "https://a.example/x?y=1&z#w",
        "desk.example/facts",
    ] {
        assert_eq!(super::name(plain), plain);
    }
    for (other, shown) in [
        ("", "\u{201c}\u{201d}"),
        ("a b", "\u{201c}a b\u{201d}"),
        ("x[approved]", "\u{201c}x[approved]\u{201d}"),
        ("a\n  adds #9", "\u{201c}a<U+000A>  adds #9\u{201d}"),
    ] {
        assert_eq!(super::name(other), shown);
    }
}

#[test]
fn a_long_text_is_cut_with_a_count() {
    let text = Foreign::from("abcdefghij\nklm\nn\no");
    assert_eq!(text.prose_within(9, 99), text.prose());
    assert_eq!(
        text.prose_within(9, 5),
        "\n    | abcde\n    | <13 more characters>"
    );
    assert_eq!(
        text.prose_within(2, 99),
        "\n    | abcdefghij\n    | klm\n    | <3 more characters>"
    );
    assert_eq!(
        Foreign::from("abcdefghij").prose_within(9, 5),
        "\u{201c}abcde\u{201d} <5 more characters>"
    );
}

#[test]
fn what_is_clipped_closes_its_quotation_and_its_isolate() {
    assert_eq!(clip("abcd", 4), "abcd");
    assert_eq!(clip("abcde", 4), "abc\u{2026}");
    assert_eq!(clip("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}\u{2026}");
    assert_eq!(clip("\u{6a4b}\u{6a4b}\u{6a4b}", 4), "\u{6a4b}\u{2026}");
    let quoted = Foreign::from("abcdef").quoted();
    assert_eq!(clip(&quoted, 6), "\u{201c}abc\u{2026}\u{201d}");
    assert_eq!(
        clip(&format!("{quoted} of b"), 11),
        "\u{201c}abcdef\u{201d} o\u{2026}"
    );
    let isolated = Foreign::from(format!("{RIGHT_TO_LEFT}{RIGHT_TO_LEFT}")).quoted();
    assert_eq!(
        clip(&isolated, 5),
        "\u{201c}\u{2068}\u{645}\u{635}\u{2069}\u{2026}\u{201d}"
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
    wrap(text, f64::from(width), &letters)
}

#[test]
fn lines_are_broken_at_spaces_and_long_words_only_where_they_may_be() {
    assert_eq!(wrapped("  one two three", 9), ["  one two", "three"]);
    assert_eq!(wrapped("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
    assert_eq!(
        wrapped("see the-short-label now", 15),
        ["see", "the-short-label", "now"]
    );
    // A word that is wider than every row is broken too: else the terminal would break it, and its rest would have no mark.
    assert_eq!(
        wrapped("see the-short-label", 9),
        ["see the-", "short-", "label"]
    );
    assert_eq!(wrapped("", 5), [""]);
    // No row begins with the sign that ends a clause (UAX #14).
    let clauses = wrapped(&"\u{6a4b}\u{ff0c}".repeat(20), 7);
    assert!(
        clauses.iter().all(|row| row.starts_with('\u{6a4b}')),
        "{clauses:?}"
    );
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
    fn every_row_of_any_text_begins_with_the_mark_and_no_words_leave_their_quotation(text in any_text()) {
        let foreign = Foreign::from(text.as_str());
        let shown = foreign.prose();
        if let Some(rows) = shown.strip_prefix('\n') { for row in rows.split('\n') {
            prop_assert!(row.starts_with(CONTINUES.trim_end()), "{:?}", row);
        } } else { prop_assert_eq!(shown.matches([OPENS, CLOSES]).count(), 2, "{:?}", shown) }
        prop_assert!(!foreign.quoted().contains('\n'));
        for most in 3..40 {
            let cut = clip(&foreign.quoted(), most);
            prop_assert!(cut.width() <= most, "{most}: {cut:?}");
            prop_assert_eq!(cut.matches(OPENS).count(), cut.matches(CLOSES).count(), "{:?}", cut);
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
