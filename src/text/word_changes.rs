//! The words that differ between two texts, for people to read. Bounded in size and time.

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use std::time::{Duration, Instant};

/// Words that stand where others stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The last unchanged words before them.
    pub before: String,
    /// What is no longer there.
    pub removed: String,
    /// What stands there now.
    pub added: String,
}

/// The changed places, in the order of the new text; none if the texts are too long to compare. White space makes no
/// difference.
pub fn changes(then: &str, now: &str) -> Option<Vec<Change>> {
    let (then, now) = (words(then)?, words(now)?);
    // Past the deadline the rest counts as one change.
    let deadline = Instant::now() + PATIENCE;
    let ops = capture_diff_slices_deadline(Algorithm::Myers, &then, &now, Some(deadline));
    let mut all: Vec<Change> = Vec::new();
    let mut last_end = None;
    for op in ops {
        if let DiffOp::Equal { .. } = op {
            continue;
        }
        let (old, new) = (op.old_range(), op.new_range());
        let (removed, added) = (then[old.clone()].join(" "), now[new.clone()].join(" "));
        // Two changes with hardly a word between them are read as one.
        if let (Some(end), Some(last)) = (last_end, all.last_mut())
            && new.start - end <= JOINED
        {
            let between = now[end..new.start].join(" ");
            for (side, words) in [(&mut last.removed, removed), (&mut last.added, added)] {
                for part in [&between, &words] {
                    if !part.is_empty() {
                        if !side.is_empty() {
                            side.push(' ');
                        }
                        side.push_str(part);
                    }
                }
            }
        } else {
            let from = new.start.saturating_sub(AROUND);
            all.push(Change {
                before: now[from..new.start].join(" "),
                removed,
                added,
            });
        }
        last_end = Some(new.end);
    }
    Some(all)
}

fn words(text: &str) -> Option<Vec<&str>> {
    let words: Vec<&str> = text.split_whitespace().take(MOST_WORDS + 1).collect();
    (words.len() <= MOST_WORDS).then_some(words)
}

/// About the length of a long book.
const MOST_WORDS: usize = 200_000;

/// A person waits for it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Unchanged words shown before a change.
const AROUND: usize = 5;

/// At most so many unchanged words between two changes that are read as one.
const JOINED: usize = 1;

#[cfg(test)]
mod tests {
    use super::{Change, changes};

    #[test]
    fn changed_words_are_told_with_the_words_before_them() {
        let change = |before: &str, removed: &str, added: &str| Change {
            before: before.to_owned(),
            removed: removed.to_owned(),
            added: added.to_owned(),
        };
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
                vec![change("a", "b", "X"), change("d e f g h", "i", "Y")],
            ),
        ] {
            assert_eq!(changes(then, now), Some(all), "{then:?}");
        }
    }

    #[test]
    fn it_is_bounded() {
        let begun = std::time::Instant::now();
        let long = |from: usize| -> String {
            (0..150_000)
                .map(|n| format!("w{} ", (n * 7_919 + from) % 50_021))
                .collect()
        };
        assert!(changes(&long(0), &long(13)).is_some());
        assert!(begun.elapsed() < std::time::Duration::from_secs(40));
        assert_eq!(changes(&"word ".repeat(200_001), "word"), None);
    }
}
