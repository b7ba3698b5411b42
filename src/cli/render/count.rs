//! A number with its noun: `1 fault`, `2 faults`.

use std::fmt::Display;

/// The number and the noun in the right form; `many` is the form for every number but one.
pub fn count<N: Copy + Display + PartialEq + From<u8>>(number: N, one: &str, many: &str) -> String {
    let noun = if number == N::from(1) { one } else { many };
    format!("{number} {noun}")
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn only_one_is_singular() {
        assert_eq!(count(0_u64, "fault", "faults"), "0 faults");
        assert_eq!(count(1_u64, "entry", "entries"), "1 entry");
        assert_eq!(count(21_usize, "entry", "entries"), "21 entries");
    }
}
