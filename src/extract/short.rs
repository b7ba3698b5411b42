//! Words of a library or a file, cut to one short line.

/// The first line, without control characters, with at most 200 characters.
pub fn one_line(words: &str) -> String {
    let line = words.lines().next().unwrap_or_default();
    line.chars().filter(|c| !c.is_control()).take(200).collect()
}
