//! Right-to-left lines: from the order in which a line is seen, left to right, to the order in which it is read.
//!
//! The Unicode Bidirectional Algorithm (UAX #9) goes the other way. It reverses runs of levels (rule L2), so the same levels
//! lead back. The levels come from the line as it is seen: they depend on the kinds of neighbours, which are the same
//! neighbours in both orders.

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// The direction of most letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    LeftToRight,
    RightToLeft,
}

/// The direction of more than two thirds of the letters; otherwise `around`, the direction of the page.
pub(super) fn direction<'a>(parts: impl Iterator<Item = &'a str>, around: Direction) -> Direction {
    let (mut left, mut right) = (0_u64, 0_u64);
    for c in parts.flat_map(str::chars) {
        match bidi_class(c) {
            BidiClass::L => left += 1,
            BidiClass::R | BidiClass::AL => right += 1,
            _ => {}
        }
    }
    if right > 2 * left {
        Direction::RightToLeft
    } else if left > 2 * right {
        Direction::LeftToRight
    } else {
        around
    }
}

/// The parts of a line, from left to right as seen, in the order of reading. A part is a character with its marks.
pub(super) fn read(parts: &[String], around: Direction) -> String {
    let right_to_left =
        |c: char| matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::AN);
    if !parts
        .iter()
        .flat_map(|part| part.chars())
        .any(right_to_left)
    {
        return parts.concat();
    }
    let base = match direction(parts.iter().map(String::as_str), around) {
        Direction::LeftToRight => Level::ltr(),
        Direction::RightToLeft => Level::rtl(),
    };
    let line = parts.concat();
    let info = BidiInfo::new(&line, Some(base));
    let mut at = 0;
    let levels: Vec<Level> = parts
        .iter()
        .map(|part| {
            let level = info.levels.get(at).copied().unwrap_or(base);
            at += part.len();
            level
        })
        .collect();
    let order = BidiInfo::reorder_visual(&levels);
    let mut read: Vec<(String, bool)> = order
        .into_iter()
        .map(|from| (parts[from].clone(), levels[from].is_rtl()))
        .collect();
    turn_brackets(&mut read);
    read.into_iter().map(|(part, _)| part).collect()
}

/// A bracket in right-to-left text is drawn mirrored. Some writers record the bracket that is drawn, others the one that is
/// meant: where a closing bracket comes before its opening one, both are turned.
fn turn_brackets(parts: &mut [(String, bool)]) {
    let mut closed: Vec<(usize, char)> = Vec::new();
    let mut open: Vec<char> = Vec::new();
    for at in 0..parts.len() {
        let (part, right_to_left) = &parts[at];
        let Some(bracket) = part.chars().next().filter(|_| *right_to_left) else {
            continue;
        };
        let Some((mirror, opens)) = mirrored(bracket) else {
            continue;
        };
        if opens {
            match closed.iter().rposition(|(_, of)| *of == bracket) {
                Some(found) => {
                    let (before, _) = closed.remove(found);
                    parts[before].0 = bracket.to_string();
                    parts[at].0 = mirror.to_string();
                }
                None => open.push(bracket),
            }
        } else if open.last() == Some(&mirror) {
            open.pop();
        } else {
            closed.push((at, mirror));
        }
    }
}

/// The bracket that is the mirror of this one, and whether this one opens.
fn mirrored(c: char) -> Option<(char, bool)> {
    BRACKETS.iter().find_map(|&(opening, closing)| match c {
        c if c == opening => Some((closing, true)),
        c if c == closing => Some((opening, false)),
        _ => None,
    })
}

const BRACKETS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('{', '}'), ('«', '»'), ('<', '>')];

#[cfg(test)]
mod tests {
    use super::{Direction, read};

    /// The line as UAX #9 shows it, one part for each character.
    fn shown(line: &str) -> Vec<String> {
        let info = unicode_bidi::BidiInfo::new(line, Some(unicode_bidi::Level::rtl()));
        let paragraph = &info.paragraphs[0];
        let shown = info.reorder_line(paragraph, paragraph.range.clone());
        shown.chars().map(String::from).collect()
    }

    #[test]
    fn lines_are_read_in_the_order_in_which_they_were_written() {
        for line in [
            "הגשר ייסגר",
            "הגשר ייסגר ב-15 באפריל 2026, אמרה BBC News אתמול.",
            "(ראו עמוד 12) מחיר: 1,250 ש\"ח",
            "הם (לא אנחנו) [אמרו] 50%.",
            "الجسر سيغلق في 15 نيسان 2026، قالت البلدية.",
            "قتل ١٢ شخصا",
        ] {
            let found = read(&shown(line), Direction::LeftToRight);
            assert_eq!(found, line);
        }
        let latin = "It closes in April (page 12).";
        let parts: Vec<String> = latin.chars().map(String::from).collect();
        assert_eq!(read(&parts, Direction::RightToLeft), latin);
    }

    #[test]
    fn brackets_are_turned_only_where_they_were_recorded_as_drawn() {
        let as_drawn = ["ב", "ג", "(", "א", ")"].map(String::from);
        let as_meant = ["ב", "ג", ")", "א", "("].map(String::from);
        for line in [as_drawn, as_meant] {
            assert_eq!(read(&line, Direction::RightToLeft), "(א)גב");
        }
    }
}
