//! Vectors out of these tests: for each code the shortest log after which an entry is refused with it.
//!
//! `CLAIMLEDGER_WRITE_VECTORS=1 cargo test -p claimledger-core --lib rules` writes `tests/vectors/rule/CODE.json` of the
//! workspace where there is none or a shorter log was found; `tests/library/rule_vectors.rs` runs them and demands one
//! for each code.

use super::desk::Desk;
use crate::encoding::bytes::to_base64;
use crate::rules::{BOOKS, Rejection};
use std::path::Path;
use std::sync::Mutex;

/// Two tests may refuse with one code at the same time.
static WRITING: Mutex<()> = Mutex::new(());

/// Writes a refusal as a vector, if vectors are requested and the rules are the program's own.
pub fn keep(desk: &Desk, refused: &[u8], rejection: &Rejection) {
    let made_up_rules = desk.books.len() != BOOKS.len();
    // A log of a thousand corrections is no vector for people: the tests here refuse it.
    let too_long = desk.entries.len() > 500;
    if made_up_rules || too_long || std::env::var_os("CLAIMLEDGER_WRITE_VECTORS").is_none() {
        return;
    }
    let _writing = WRITING.lock().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/rule");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{}.json", rejection.code()));
    let entries: Vec<String> = desk.entries.iter().map(|bytes| to_base64(bytes)).collect();
    let vector = serde_json::json!({
        "comment": format!("{rejection}."),
        "input": { "log": entries, "entry": to_base64(refused) },
        "expect": { "code": rejection.code(), "state": desk.digest().to_string() },
    });
    let text = format!("{}\n", serde_json::to_string_pretty(&vector).unwrap());
    let better = match std::fs::read_to_string(&file) {
        Ok(found) => (text.len(), &text) < (found.len(), &found),
        Err(_) => true,
    };
    if better {
        std::fs::write(file, text).unwrap();
    }
}
