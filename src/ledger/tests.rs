//! One ledger from its first commit on, checked whole after every step.

use crate::support::{self, TestLedger};

#[test]
fn the_small_case_holds_together() {
    let mut ledger = TestLedger::in_memory();
    support::small_case(&mut ledger);
    ledger.grow(300);
    ledger.check();
    ledger.reopen().unwrap();
    ledger.check();
}
