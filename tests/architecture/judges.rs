//! Only `rules` decides who may sign here, and who may say what: what deciding looks like in code.

use super::scan::Token;

/// What deciding about people and keys takes: checking a signature over other words than a statement (a proof of
/// possession, a recovery), asking for the roles of a key at an entry, comparing a role, comparing who signed. Rooms
/// below `rules` name roles to make statements and to show them; they compare none.
pub(super) fn judges(tokens: &[Token]) -> Vec<(usize, String)> {
    let text = |at: usize| tokens.get(at).map_or("", |token| &*token.text);
    let compares = |at: usize| matches!([text(at), text(at + 1)], ["=" | "!", "="]);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = |n: usize| at.checked_sub(n).map_or("", text);
        let judging = match &*token.text {
            "verify_zip215" | "roles_at" | "is_live_at" => true,
            "Role" if text(at + 1) == "::" => {
                let (after, end) = (at + 3, text(at + 3));
                compares(after)
                    || end == "|"
                    || [end, text(after + 1)] == ["=", ">"]
                    || [before(2), before(1)] == ["(", "&"]
                    || [before(1), end] == [",", ")"]
                    || at.checked_sub(2).is_some_and(compares)
            }
            "by" if text(at + 1) == "." && ["holder", "organisation"].contains(&text(at + 2)) => {
                compares(at + 3) || at.checked_sub(4).is_some_and(compares)
            }
            _ => false,
        };
        if judging {
            found.push((token.line, token.text.clone()));
        }
    }
    found
}
