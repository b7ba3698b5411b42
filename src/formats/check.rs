//! The exports of Meedan Check, recognised by the names of their columns.
//!
//! None of them is made for this, so each lacks something: fact-checks have no rating, items no address of a published
//! review, and explainers are no reviews. What is missing goes to the report, and a person fills it in.

use super::mapping::Mapping;

/// An export that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckExport {
    /// The fact-checks of a workspace.
    FactChecks,
    /// The fact-checks of a shared feed.
    SharedFeed,
    /// The list of items, or of media.
    Items,
    /// All items of a workspace, as it is left.
    Workspace,
}

/// An export, the columns by which it is known, and the column of each field.
type Known = (
    CheckExport,
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
);

/// The exports that are known.
const EXPORTS: &[Known] = &[
    (
        CheckExport::SharedFeed,
        &["Fact-check title", "Fact-check URL", "Rating"],
        &[
            ("url", "Fact-check URL"),
            ("label", "Rating"),
            ("title", "Fact-check title"),
        ],
    ),
    (
        CheckExport::FactChecks,
        &["Title", "Summary", "URL", "Language", "Report Status"],
        &[("url", "URL"), ("language", "Language"), ("title", "Title")],
    ),
    (
        CheckExport::Items,
        &["Claim", "Item page URL", "Status"],
        &[
            ("claim", "Claim"),
            ("label", "Status"),
            ("published", "Report Published at"),
        ],
    ),
    (
        CheckExport::Workspace,
        &["Title", "Status", "Media type", "Media data"],
        &[("label", "Status"), ("title", "Title")],
    ),
];

/// Which export has these columns, and what they mean. `title_is_claim` says that in this workspace the title is the claim.
///
/// # Errors
///
/// Why it is no export that has reviews.
pub fn mapping(
    names: &[String],
    author: &str,
    title_is_claim: bool,
) -> Result<(CheckExport, Mapping), String> {
    let has = |column: &&&str| names.iter().any(|name| name == **column);
    let found = EXPORTS
        .iter()
        .find(|(_, known, _)| known.iter().all(|column| has(&column)));
    let Some((export, _, fields)) = found else {
        let explainers = ["Title", "Description", "URL", "Language"];
        return Err(if explainers.iter().all(|column| has(&column)) {
            "these are explainers, and an explainer rates no claim".to_owned()
        } else {
            format!("no export of Check is known that has the columns {names:?}")
        });
    };
    let columns = fields.iter().filter(|(_, column)| has(&column));
    let columns = columns.filter_map(|(field, column)| match *field {
        "title" if title_is_claim => Some(("claim", *column)),
        "title" => None,
        field => Some((field, *column)),
    });
    Ok((*export, Mapping::of(columns, &[("author", author)])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(line: &str) -> Vec<String> {
        line.split(", ").map(str::to_owned).collect()
    }

    #[test]
    fn each_export_is_known_by_its_columns() {
        for (line, export) in [
            (
                "ID, Title, Summary, URL, Language, Report Status, Imported?",
                CheckExport::FactChecks,
            ),
            (
                "Fact-check title, Fact-check summary, Fact-check URL, Tags, Workspace, Updated at, Rating",
                CheckExport::SharedFeed,
            ),
            (
                "Claim, Item page URL, Status, Created by, Submitted at, Social Media Posted at, Report Published at, Tags",
                CheckExport::Items,
            ),
            (
                "ID, Title, Description, Creation date, Tags, Status, Source, Media type, Media data",
                CheckExport::Workspace,
            ),
        ] {
            let found = mapping(&names(line), "Orla Check", true);
            assert_eq!(found.map(|(export, _)| export), Ok(export), "{line}");
        }
        let explainers = mapping(&names("ID, Title, Description, URL, Language"), "x", true);
        assert!(explainers.is_err_and(|why| why.contains("explainers")));
        assert!(mapping(&names("a, b"), "x", true).is_err());
    }
}
