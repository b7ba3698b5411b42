//! What this machine knows better than the copy that a command reads: printed on standard error, and in the JSON output.

use crate::ledger::RollbackError;
use crate::outcome::Code;
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};

/// The doubts about the copies that one command reads; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Doubts(Arc<Mutex<Vec<Doubt>>>);

/// Why a copy is not the newest, or not the ledger that this machine remembers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Doubt {
    /// The stable code.
    pub code: Code,
    /// The same in words.
    pub message: String,
}

impl Doubts {
    /// Adds a doubt, and adds its message to the notes; each only once.
    pub fn add(&self, error: &RollbackError, notes: &mut Vec<String>) {
        let doubt = Doubt {
            code: error.code(),
            message: error.to_string(),
        };
        if !notes.contains(&doubt.message) {
            notes.push(doubt.message.clone());
        }
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !all.contains(&doubt) {
            all.push(doubt);
        }
    }

    /// Every doubt so far.
    pub fn all(&self) -> Vec<Doubt> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.clone()
    }
}
