//! The drawing and the table beside it say the same.

use super::tests::{any_graph, card, drawn, report, words};
use crate::corroboration::part::{Part, parts};
use proptest::prelude::*;
use std::collections::BTreeSet;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// The drawing and the table say the same: what is drawn has a row, and a side has a counted origin in both or in neither.
    #[test]
    fn every_source_that_is_drawn_has_a_row_in_the_table(graph in any_graph()) {
        let report = report(&graph);
        let rows = parts(&graph, &report.analysis);
        let in_rows: BTreeSet<String> = rows.iter().map(|row| card(&row.source).number).collect();
        let words = words(&drawn(&graph, "It closes.")).join(" ");
        let drawn = words.split_whitespace().filter(|word| word.starts_with('#'));
        for number in drawn.map(|word| word.trim_end_matches([',', '.', ';', ':', ')'])) {
            prop_assert!(in_rows.contains(number), "{} in {:?}", number, in_rows);
        }
        let analysis = &report.analysis;
        let counted = |row: Option<Part>| row.is_some_and(Part::is_counted);
        prop_assert_eq!(
            analysis.support.counts.independent > 0,
            rows.iter().any(|row| counted(row.support))
        );
        prop_assert_eq!(
            analysis.refutation.counts.independent > 0,
            rows.iter().any(|row| counted(row.refutation))
        );
    }
}
