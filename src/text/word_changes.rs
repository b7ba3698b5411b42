//! The words that differ between two texts, for people to read. Bounded in size and time.

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use std::ops::Range;
use std::time::{Duration, Instant};
use unicode_segmentation::UnicodeSegmentation as _;

/// Words that stand where others stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    /// The last unchanged words before them.
    pub before: &'a str,
    /// What is no longer there.
    pub removed: &'a str,
    /// What stands there now.
    pub added: &'a str,
}

/// The changed places, in the order of the new text; none if the texts are too long to compare. White space makes no
/// difference.
pub fn changes<'a>(then: &'a str, now: &'a str) -> Option<Vec<Change<'a>>> {
    let (old, new) = (pieces(then)?, pieces(now)?);
    // Past the deadline the rest counts as one change.
    let deadline = Instant::now() + PATIENCE;
    let ops = capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(deadline));
    let changed = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let mut places: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for op in changed {
        let (removed, added) = (op.old_range(), op.new_range());
        match places.last_mut() {
            // Two changes with hardly a word between them are read as one.
            Some((before, last)) if added.start - last.end <= JOINED => {
                before.end = removed.end;
                last.end = added.end;
            }
            _ => places.push((removed, added)),
        }
    }
    let told = places.into_iter().map(|(removed, added)| Change {
        before: passage(
            now,
            &new,
            &(added.start.saturating_sub(AROUND)..added.start),
        ),
        removed: passage(then, &old, &removed),
        added: passage(now, &new, &added),
    });
    Some(told.collect())
}

/// The words and signs of a text (UAX #29). Where a script writes no spaces, each character is one.
fn pieces(text: &str) -> Option<Vec<&str>> {
    let all = text.split_word_bounds();
    let pieces: Vec<&str> = all
        .filter(|piece| !piece.chars().all(char::is_whitespace))
        .take(MOST_PIECES + 1)
        .collect();
    (pieces.len() <= MOST_PIECES).then_some(pieces)
}

/// The part of a text from the first to the last of some of its pieces.
fn passage<'a>(text: &'a str, pieces: &[&'a str], range: &Range<usize>) -> &'a str {
    let at = |piece: &str| piece.as_ptr() as usize - text.as_ptr() as usize;
    match pieces[range.clone()] {
        [] => "",
        [one] => one,
        [first, .., last] => &text[at(first)..at(last) + last.len()],
    }
}

/// More than a long book has.
const MOST_PIECES: usize = 400_000;

/// A person waits for it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Unchanged words and signs shown before a change.
const AROUND: usize = 6;

/// At most so many unchanged words and signs between two changes that are read as one.
const JOINED: usize = 1;

#[cfg(test)]
mod tests {
    use super::{Change, changes};

    #[test]
    fn changed_words_are_told_with_the_words_before_them() {
        fn change<'a>(before: &'a str, removed: &'a str, added: &'a str) -> Change<'a> {
            Change {
                before,
                removed,
                added,
            }
        }
        for (then, now, all) in [
            ("it rains", "it  rains\n", vec![]),
            (
                "it rains today",
                "it snows today",
                vec![change("it", "rains", "snows")],
            ),
            (
                "it rains",
                "it rains today",
                vec![change("it rains", "", "today")],
            ),
            ("well it rains", "it rains", vec![change("", "well", "")]),
            (
                "the bridge closes in April said he",
                "the bridge opens in May said he",
                vec![change("the bridge", "closes in April", "opens in May")],
            ),
            (
                "a b c d e f g h i j",
                "a X c d e f g h Y j",
                vec![change("a", "b", "X"), change("c d e f g h", "i", "Y")],
            ),
            (
                "It closes, he said.",
                "It closes, she said!",
                vec![change("It closes,", "he said.", "she said!")],
            ),
            (
                "4,870 people\nleft",
                "4,970 people left",
                vec![change("", "4,870", "4,970")],
            ),
            // No spaces between the words.
            (
                "桥将于四月关闭",
                "桥将于五月关闭",
                vec![change("桥将于", "四", "五")],
            ),
            (
                "ปิดสะพาน ในเดือนเมษายน",
                "ปิดสะพาน ในเดือนมกราคม",
                vec![change("ในเดือน", "เมษายน", "มกราคม")],
            ),
        ] {
            assert_eq!(changes(then, now), Some(all), "{then:?}");
        }
    }

    #[test]
    fn it_is_bounded() {
        let begun = std::time::Instant::now();
        let long = |from: usize| -> String {
            let words = (0..300_000).map(|n| format!("w{}", (n * 7_919 + from) % 50_021));
            words.collect::<Vec<_>>().join(" ")
        };
        assert!(changes(&long(0), &long(13)).is_some());
        assert!(begun.elapsed() < std::time::Duration::from_secs(40));
        assert_eq!(changes(&"word ".repeat(400_001), "word"), None);
    }
}
