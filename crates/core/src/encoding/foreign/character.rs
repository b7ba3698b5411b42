//! Which characters of a text cannot be seen or change the direction of writing, unless the writing needs them there.

use crate::encoding::unicode;
use unicode_normalization::char::is_combining_mark;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

/// Whether a character cannot be seen, changes the direction of writing, or is obeyed by a terminal.
///
/// These are the general categories Cc, Cf, Zl, Zp, Co and Cn (controls, format characters, separators, private use,
/// unassigned code points and noncharacters), `Default_Ignorable_Code_Point`, and visible categories whose shape is empty
/// (`is_blank`, `is_stacker`). Joiners and variation selectors are among them; [`unseen`] leaves out those that the
/// writing needs.
pub fn is_unseen(c: char) -> bool {
    use GeneralCategory as C;
    if (' '..='~').contains(&c) {
        return false;
    }
    match c.general_category() {
        C::Format => !is_number_sign(c),
        C::Control
        | C::LineSeparator
        | C::ParagraphSeparator
        | C::PrivateUse
        | C::Surrogate
        | C::Unassigned => true,
        _ => unicode::is_ignorable(c) || is_blank(c) || is_stacker(c),
    }
}

/// Format characters that are drawn: `Prepended_Concatenation_Mark`, the signs that Arabic, Syriac and Kaithi put around
/// numbers.
fn is_number_sign(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{110bd}' | '\u{110cd}')
}

/// Letters and symbols that fonts draw empty: object replacement, full and half blank of Egyptian, filler of Khitan, null
/// notehead of music.
fn is_blank(c: char) -> bool {
    matches!(
        c,
        '\u{fffc}' | '\u{13441}' | '\u{13442}' | '\u{16fe4}' | '\u{1d159}'
    )
}

/// Marks without a shape that stack or join two letters: `Indic_Syllabic_Category` Invisible_Stacker and Number_Joiner, and
/// the consonant joiner of Tifinagh.
fn is_stacker(c: char) -> bool {
    matches!(
        c,
        '\u{1039}'
            | '\u{17d2}'
            | '\u{1a60}'
            | '\u{1bab}'
            | '\u{2d7f}'
            | '\u{aaf6}'
            | '\u{10a3f}'
            | '\u{1107f}'
            | '\u{11133}'
            | '\u{113d0}'
            | '\u{1193e}'
            | '\u{11a47}'
            | '\u{11a99}'
            | '\u{11d45}'
            | '\u{11d97}'
            | '\u{11f42}'
    )
}

/// Whether a character changes the direction of writing (UAX #9): marks, embeddings, overrides, isolates.
pub fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The unseen characters of a text that the writing does not need, in order. Line ends and tabs are not among them.
pub fn unseen(text: &str) -> Vec<char> {
    if text
        .bytes()
        .all(|b| matches!(b, b' '..=b'~' | b'\n' | b'\t'))
    {
        return Vec::new();
    }
    let chars: Vec<char> = text.chars().collect();
    let is_line_end = |at: usize| {
        matches!(chars[at], '\n' | '\t') || (chars[at] == '\r' && chars.get(at + 1) == Some(&'\n'))
    };
    (0..chars.len())
        .filter(|at| !is_line_end(*at) && is_hidden(&chars, *at))
        .map(|at| chars[at])
        .collect()
}

/// Whether the character at `at` is unseen and the writing does not need it there.
pub(super) fn is_hidden(chars: &[char], at: usize) -> bool {
    let c = chars[at];
    if !is_unseen(c) {
        return false;
    }
    let before = at.checked_sub(1).map(|i| chars[i]);
    let after = chars.get(at + 1).copied();
    !match c {
        '\u{200c}' => ends_joining(&chars[..at]) && after.is_some_and(joins_as_letter),
        '\u{200d}' => {
            (ends_joining(&chars[..at]) && after.is_some_and(joins_as_letter))
                || (ends_a_picture(&chars[..at]) && after.is_some_and(is_picture))
        }
        // One for a character that has forms to select.
        '\u{fe0e}' | '\u{fe0f}' => {
            before.is_some_and(|c| is_picture(c) || matches!(c, '0'..='9' | '#' | '*'))
        }
        '\u{fe00}'..='\u{fe0d}' => before.is_some_and(|c| is_ideograph(c) || has_forms(c)),
        '\u{e0100}'..='\u{e01ef}' => before.is_some_and(is_ideograph),
        '\u{180b}'..='\u{180d}' | '\u{180f}' => {
            before.is_some_and(|c| matches!(c, '\u{1820}'..='\u{18aa}'))
        }
        '\u{e0020}'..='\u{e007f}' => is_in_a_flag(chars, at),
        c if is_stacker(c) => ends_joining(&chars[..at]) && after.is_some_and(joins_as_letter),
        _ => false,
    }
}

/// The flags of England, Scotland and Wales: a black flag, and the letters of the country as tags.
fn is_in_a_flag(chars: &[char], at: usize) -> bool {
    let begin = at.saturating_sub(6);
    let flag = |from: usize, country: &str| {
        let tags = country
            .chars()
            .filter_map(|c| char::from_u32(0xE_0000 + u32::from(c)))
            .chain(['\u{e007f}']);
        chars[from] == '\u{1f3f4}'
            && at > from
            && tags
                .enumerate()
                .all(|(i, tag)| chars.get(from + 1 + i) == Some(&tag))
    };
    (begin..at).any(|from| {
        ["gbeng", "gbsct", "gbwls"]
            .iter()
            .any(|country| flag(from, country))
    })
}

/// Whether a text ends in a letter of a script in which joiners choose the form of letters, with the marks that are shown
/// on it.
fn ends_joining(chars: &[char]) -> bool {
    let is_mark = |c: &&char| is_of_a_joining_script(**c) && is_combining_mark(**c);
    let marks = chars.iter().rev().take_while(is_mark).count();
    let letter = chars.len().checked_sub(marks + 1).map(|at| chars[at]);
    marks <= MOST_MARKS && letter.is_some_and(joins_as_letter)
}

fn joins_as_letter(c: char) -> bool {
    is_of_a_joining_script(c) && unicode::is_letter(c)
}

/// The blocks of the cursive scripts (Arabic, Syriac, N'Ko, Mongolian, Manichaean ...) and of the scripts with a virama.
fn is_of_a_joining_script(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{dff}' | '\u{f00}'..='\u{109f}' | '\u{1700}'..='\u{18af}' | '\u{1900}'..='\u{1cff}'
        | '\u{a800}'..='\u{a9ff}' | '\u{aa00}'..='\u{abff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10a00}'..='\u{10a5f}' | '\u{10ac0}'..='\u{10aff}' | '\u{10b80}'..='\u{10baf}'
        | '\u{10d00}'..='\u{10d3f}' | '\u{10f30}'..='\u{10fdf}' | '\u{11000}'..='\u{11fff}'
        | '\u{1e900}'..='\u{1e95f}')
}

/// Pictures that joiners make one picture of, and that have a coloured and a plain form.
fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{21ff}'
        | '\u{2300}'..='\u{23ff}' | '\u{24c2}' | '\u{25a0}'..='\u{27bf}' | '\u{2900}'..='\u{297f}'
        | '\u{2b00}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
        | '\u{1f000}'..='\u{1faff}')
}

/// Whether a text ends in a picture, or in the selector of its form.
fn ends_a_picture(chars: &[char]) -> bool {
    match chars {
        [.., picture, '\u{fe0f}'] => is_picture(*picture),
        [.., last] => is_picture(*last),
        [] => false,
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Mathematical signs, and letters of Myanmar, Phags-pa and Manichaean, of which Unicode defines variants.
fn has_forms(c: char) -> bool {
    matches!(c,
        '\u{2205}'..='\u{22ff}' | '\u{2a00}'..='\u{2aff}' | '\u{3001}' | '\u{3002}' | '\u{1000}'..='\u{109f}'
        | '\u{a840}'..='\u{a877}' | '\u{10ac0}'..='\u{10aff}' | '\u{ff01}' | '\u{ff0c}' | '\u{ff0e}'
        | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}')
}

/// Whether a letter or digit is written from right to left. These are the blocks whose code points have the class R or AL
/// of UAX #9 by default, with the Arabic digits in them.
pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
}

/// More marks than these on one letter are shown as a count. Vietnamese, Hebrew, Tibetan and Indian scripts need fewer.
pub const MOST_MARKS: usize = 8;
