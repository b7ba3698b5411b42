//! Names near to a mistyped one, to offer to a person. Nothing obeys them.

use claimledger_core::encoding::unicode;
use rapidfuzz::distance::osa;

/// The names among `known` that a person may have meant by `typed`, the nearest first; at most [`OFFERED`].
///
/// A name is near if one of the two begins with the other, or if they differ in at most three of ten characters (optimal
/// string alignment). Case and the signs between words do not count.
pub fn near_names<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let typed = folded(typed);
    let mut near: Vec<(f64, &str)> = Vec::new();
    for name in known {
        let score = nearness(&typed, &folded(name));
        if score >= NEAR && near.iter().all(|(_, other)| *other != name) {
            near.push((score, name));
        }
    }
    near.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.cmp(other)));
    let near = near.into_iter().take(OFFERED);
    near.map(|(_, name)| name.to_owned()).collect()
}

/// From 0 to 1; equal names have 1.
fn nearness(typed: &[char], name: &[char]) -> f64 {
    let (shorter, longer) = if typed.len() < name.len() {
        (typed, name)
    } else {
        (name, typed)
    };
    let alike = osa::normalized_similarity(typed.iter().copied(), name.iter().copied());
    if shorter.len() >= BEGINNING && longer.starts_with(shorter) {
        alike.max(NEAR)
    } else {
        alike
    }
}

fn folded(name: &str) -> Vec<char> {
    let between = |c: char| if matches!(c, ' ' | '_' | '.') { '-' } else { c };
    unicode::code(name.trim()).chars().map(between).collect()
}

/// A person reads no longer list.
pub const OFFERED: usize = 3;

/// The lowest similarity at which a name is offered.
const NEAR: f64 = 0.7;

/// So many characters are a beginning that says something.
const BEGINNING: usize = 3;

#[cfg(test)]
mod tests {
    use super::near_names;

    const KNOWN: [&str; 5] = [
        "evacuated",
        "evacuees",
        "wire",
        "Half true",
        "\u{41c}\u{430}\u{43d}\u{456}\u{43f}\u{443}\u{43b}\u{44f}\u{446}\u{456}\u{44f}",
    ];

    #[test]
    fn a_slip_a_beginning_and_another_case_are_near() {
        for (typed, first) in [
            ("evacuatde", "evacuated"),
            ("evacauted", "evacuated"),
            ("wrie", "wire"),
            ("wires", "wire"),
            ("half-true", "Half true"),
            (
                "\u{43c}\u{430}\u{43d}\u{456}\u{43f}\u{443}\u{43b}\u{44f}\u{446}\u{456}\u{457}",
                KNOWN[4],
            ),
        ] {
            let near = near_names(typed, KNOWN);
            let found = near.first().map(String::as_str);
            assert_eq!(found, Some(first), "{typed}");
        }
        assert_eq!(near_names("evac", KNOWN), ["evacuated", "evacuees"]);
    }

    #[test]
    fn what_is_far_is_not_offered() {
        for typed in ["", "e", "bridge", "12", "ev"] {
            assert!(near_names(typed, KNOWN).is_empty(), "{typed}");
        }
    }

    #[test]
    fn no_more_than_three_are_offered() {
        let many = ["case-1", "case-2", "case-3", "case-4"];
        assert_eq!(near_names("case", many).len(), 3);
    }
}
