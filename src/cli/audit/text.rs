//! The report of an audit in words: what was checked, what was not, what was found, and what it means.

use crate::cli::render::count::count;
use crate::cli::render::table::table;
use claimledger_core::Code;
use claimledger_core::EntryIndex;
use claimledger_core::Piece;
use claimledger_core::audit::finding::code;
use claimledger_core::audit::{AuditReport, Finding, Severity, Trust};
use claimledger_core::encoding::foreign;

/// Whose ledger it is, as far as the audit can tell.
fn identity(report: &AuditReport) -> &'static str {
    let mut codes = report.findings.iter().map(|f| f.code);
    let another = codes.any(|c| [code::LEDGER_ID, code::LEDGER_KEY].contains(&c));
    match (report.trust, another) {
        (Trust::Pinned, true) => "NOT the ledger whose id or key you gave",
        (Trust::Pinned, false) => "checked against the id or the key that you gave",
        (Trust::Remembered, true) => "NOT the ledger that this machine remembers under this name",
        (Trust::Remembered, false) => "the ledger that this machine remembers under this name",
        (Trust::FirstContact, _) => {
            "first contact, identity not checked (pin it with --ledger-key or --ledger-id)"
        }
    }
}

/// The report of an audit for people.
pub fn report(report: &AuditReport) -> String {
    let unknown = || "(unknown)".to_owned();
    let mut text = format!(
        "audit of {}\n  ledger      {}\n  id          {}\n  key         {}\n  checkpoint  {} entries, root {}\n  identity    {}\n",
        report.place,
        report.origin.clone().unwrap_or_else(unknown),
        report.ledger.clone().unwrap_or_else(unknown),
        report.vkey.clone().unwrap_or_else(unknown),
        report.size.map_or_else(unknown, |size| size.to_string()),
        report.root.clone().unwrap_or_else(unknown),
        identity(report)
    );
    text.push_str(&held(report));
    let checked = &report.checked;
    let mut rows = vec![
        ("entries", checked.entries),
        ("links of the chain", checked.links),
        ("signatures", checked.signatures),
        ("statements", checked.statements),
        ("entries checked against the rules", checked.rules),
        ("entry bundles", checked.bundles),
        ("hash tiles", checked.tiles),
        ("snapshots", checked.snapshots),
        ("excerpts", checked.excerpts),
    ];
    let texts = [
        (
            "quotations that later captures looked for",
            checked.looked_for,
        ),
        ("extracted texts, extracted again", checked.texts),
        (
            "quotations found by a newer extractor",
            checked.quotations_found,
        ),
        (
            "quotations not found by a newer extractor",
            checked.quotations_not_found,
        ),
    ];
    rows.extend(texts.into_iter().filter(|(_, count)| *count > 0));
    if checked.elsewhere > 0 {
        rows.push(("statements about other ledgers", checked.elsewhere));
    }
    if report.distrusted > 0 {
        text.push_str(&format!(
            "  distrusted  {}: signed with a key that was later revoked as compromised, or that had its roles from one\n",
            count(report.distrusted, "statement", "statements")
        ));
    }
    text.push('\n');
    text.push_str(&table(
        &["checked", "how many"],
        rows.iter()
            .map(|(what, n)| vec![(*what).to_owned(), n.to_string()]),
    ));
    if !report.not_checked.is_empty() {
        text.push('\n');
        let rows = report.not_checked.iter();
        text.push_str(&table(
            &["not checked", "how many", "why"],
            rows.map(|not| vec![not.what.clone(), not.count.to_string(), not.why.clone()]),
        ));
    }
    if !report.findings.is_empty() {
        text.push('\n');
        text.push_str(&table(
            &["finding", "code", "where", "what was seen"],
            found(report).into_iter(),
        ));
    }
    text.push('\n');
    text.push_str(&conclusion(report));
    text
}

/// A row for each finding; `--json` lists them all. Findings of one cause share one row: those of one code about superseded
/// tiles, and statements that name something unknown after an entry that was altered and may have been it.
fn found(report: &AuditReport) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut told: Vec<(&Severity, Code)> = Vec::new();
    let altered = report
        .findings
        .iter()
        .filter(|finding| finding.code == code::LEAF_MISMATCH)
        .filter_map(|finding| finding.entry)
        .min();
    let follows = |finding: &Finding| {
        finding.code == Code::ReferenceUnknown && altered.is_some() && finding.entry > altered
    };
    for finding in &report.findings {
        let severity = match finding.severity {
            Severity::Fault => "FAULT",
            Severity::Note => "note",
        };
        let kind = (&finding.severity, finding.code);
        let mut at = place(finding.entry, finding.file.as_deref());
        if report.superseded(finding) {
            if told.contains(&kind) {
                continue;
            }
            told.push(kind);
            let alike = report
                .findings
                .iter()
                .filter(|other| (&other.severity, other.code) == kind && report.superseded(other));
            let others = alike.count() - 1;
            if others > 0 {
                at.push_str(&format!(" and {others} more in superseded tiles"));
            }
        }
        let mut seen = finding.message.with_names(&|piece| match piece {
            Piece::Key(key) => Some(key.fingerprint()),
            Piece::Text(_) | Piece::Statement(_) | Piece::Foreign(_) | Piece::Name(_) => None,
        });
        if let Some(altered) = altered.filter(|_| follows(finding)) {
            if told.contains(&kind) {
                continue;
            }
            told.push(kind);
            match report
                .findings
                .iter()
                .filter(|other| follows(other))
                .count()
                - 1
            {
                0 => {}
                1 => at.push_str(" and 1 later entry"),
                more => at.push_str(&format!(" and {more} later entries")),
            }
            seen.push_str(&format!(
                ". It may be the statement of entry {altered}, which was altered: restore that entry first"
            ));
        }
        rows.push(vec![
            severity.to_owned(),
            finding.code.to_string(),
            at,
            seen,
        ]);
    }
    rows
}

/// The entry up to which a rollback would be noticed, and the evidence for it.
fn held(report: &AuditReport) -> String {
    let mut text = String::new();
    let held = report.held.first().filter(|held| !held.size.is_empty());
    text.push_str("  rollback    ");
    match held {
        Some(held) => text.push_str(&format!(
            "{} cannot be changed or removed unnoticed; evidence: {}\n",
            match held.size.get() {
                1 => "entry 0".to_owned(),
                size => format!("entries 0 to {}", size - 1),
            },
            held.by
        )),
        None => text.push_str(
            "no evidence against it: the holder of the checkpoint key could rewrite this ledger unnoticed\n",
        ),
    }
    if let Some(witnessed) = &report.witnessed {
        let by = witnessed.by.iter();
        let by: Vec<String> = by
            .map(|c| format!("{} as of {}", c.witness, c.time))
            .collect();
        text.push_str(&format!(
            "  witnessed   {} entries, the quorum is {}met: {}\n",
            witnessed.size,
            if witnessed.quorum { "" } else { "not " },
            if by.is_empty() {
                "no witness cosigned".to_owned()
            } else {
                by.join(", ")
            }
        ));
    }
    text
}

/// The conclusion in one line, for people who read nothing else.
fn conclusion(report: &AuditReport) -> String {
    let another = report
        .findings
        .iter()
        .any(|f| [code::LEDGER_ID, code::LEDGER_KEY, code::NOT_A_CONTINUATION].contains(&f.code));
    let others = [
        code::QUORUM_NOT_MET,
        code::WITNESS_ENROLLED,
        code::OBSERVED_DIFFERS,
        code::FOREIGN_UNKNOWN,
    ];
    let mut faults = report
        .findings
        .iter()
        .filter(|f| f.severity == Severity::Fault);
    let of_others = faults.all(|f| others.contains(&f.code));
    match (report.faults(), report.trust) {
        (0, Trust::FirstContact) => {
            "no fault; the identity of this ledger was not checked\n".to_owned()
        }
        (0, _) => "no fault\n".to_owned(),
        (n, _) => format!(
            "{}: {}\n",
            count(n, "fault", "faults"),
            if another {
                "this is not the ledger, or not the history, that you compared it with"
            } else if of_others {
                "this copy is consistent in itself, but other copies or witnesses contradict it"
            } else {
                "this copy is not what its signers signed"
            }
        ),
    }
}

fn place(entry: Option<EntryIndex>, file: Option<&str>) -> String {
    match (entry, file) {
        (Some(entry), Some(file)) => format!("entry {entry}, {}", foreign::name(file)),
        (Some(entry), None) => format!("entry {entry}"),
        (None, Some(file)) => foreign::name(file),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use claimledger_core::audit::report::HeldBy;
    use claimledger_core::{EntryIndex, TreeSize};

    fn with(findings: &[Code]) -> AuditReport {
        let mut report = AuditReport::new("ledger", Trust::Pinned);
        let findings = findings.iter();
        report.findings = findings
            .map(|code| Finding::in_entry(*code, EntryIndex::new(3), "seen"))
            .collect();
        report
    }

    #[test]
    fn a_clean_audit_says_whether_the_identity_was_checked() {
        let mut report = with(&[]);
        assert_eq!(conclusion(&report), "no fault\n");
        report.trust = Trust::FirstContact;
        assert_eq!(
            conclusion(&report),
            "no fault; the identity of this ledger was not checked\n"
        );
    }

    #[test]
    fn what_follows_from_an_altered_entry_shares_one_row() {
        let mut report = AuditReport::new("ledger", Trust::Pinned);
        let at = |code, entry| Finding::in_entry(code, EntryIndex::new(entry), "seen");
        report.findings = vec![
            // Before the altered entry: a fault of its own.
            at(Code::ReferenceUnknown, 2),
            at(code::LEAF_MISMATCH, 3),
            at(Code::ReferenceUnknown, 5),
            at(Code::ReferenceUnknown, 6),
            at(Code::ReferenceUnknown, 9),
            at(code::SIGNATURE_INVALID, 9),
        ];
        let rows = found(&report);
        let places: Vec<&str> = rows.iter().map(|row| row[2].as_str()).collect();
        assert_eq!(
            places,
            [
                "entry 2",
                "entry 3",
                "entry 5 and 2 later entries",
                "entry 9"
            ]
        );
        assert_eq!(rows[0][3], "seen");
        assert!(
            rows[2][3].contains("statement of entry 3"),
            "{}",
            rows[2][3]
        );
        report.findings.remove(1);
        assert_eq!(found(&report).len(), 5);
    }

    #[test]
    fn faults_are_counted_and_say_what_they_mean_together() {
        let of_others = with(&[code::QUORUM_NOT_MET]);
        assert_eq!(
            conclusion(&of_others),
            "1 fault: this copy is consistent in itself, but other copies or witnesses contradict it\n"
        );
        let mixed = with(&[code::QUORUM_NOT_MET, Code::RoleMissing]);
        assert_eq!(
            conclusion(&mixed),
            "2 faults: this copy is not what its signers signed\n"
        );
        let another = with(&[code::LEDGER_ID, Code::RoleMissing]);
        assert!(conclusion(&another).contains("that you compared it with"));
    }

    #[test]
    fn a_rollback_is_bounded_by_the_newest_evidence() {
        let mut report = with(&[]);
        assert!(held(&report).contains("could rewrite this ledger unnoticed"));
        let mut by = |size| {
            report.held = vec![HeldBy::new(TreeSize::new(size), "mara's signature")];
            held(&report)
        };
        assert_eq!(
            by(74),
            "  rollback    entries 0 to 73 cannot be changed or removed unnoticed; evidence: mara's signature\n"
        );
        assert!(by(1).contains(" entry 0 cannot"));
        assert!(by(0).contains("could rewrite this ledger unnoticed"));
    }
}
