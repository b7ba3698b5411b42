//! What a person can sign: every statement type with all its fields, one file for each kind.
//!
//! What this is not: it neither signs nor stores, and it judges nobody. Fields have a form and limits here; `rules`
//! decides whether a statement may enter a ledger.
//!
//! Two conventions hold for every struct: fields are declared in the ascending order of their JSON names, so that
//! printing gives the RFC 8785 form; and an absent value is an absent field, never `null` or empty.

#[macro_use]
mod word;

pub mod assessment;
pub mod attestation;
pub mod checkpoint_event;
pub mod claim;
pub mod correction;
pub mod dispute;
pub mod evidence;
pub mod excerpt;
pub mod foreign;
pub mod key_event;
pub mod ledger;
pub mod organisation;
pub mod policy;
pub mod possession;
pub(crate) mod reference;
pub mod relation;
pub mod scale;
#[cfg(feature = "schema")]
pub mod schema;
pub(crate) mod sealed;
pub mod snapshot;
pub mod source;
pub(crate) mod statement;
pub(crate) mod statement_type;
#[doc(hidden)]
pub mod unseen;
pub mod transcript;
pub mod verdict;

pub use crate::model::reference::{Named, Reference, StatementId};
pub use crate::model::sealed::{FreeText, seal};
pub use crate::model::statement::{Body, Seen, Statement};
pub use crate::model::statement_type::StatementType;

use crate::encoding::{Defect, DefectCode, limits};

/// A name of a person, publisher or organisation; may be sealed.
pub type Name = FreeText<{ limits::MAX_NAME_BYTES }>;
/// One line; may be sealed.
pub type Line = FreeText<{ limits::MAX_LINE_BYTES }>;
/// Reasons, quotations, notes, with line breaks; may be sealed.
pub type Prose = FreeText<{ limits::MAX_TEXT_BYTES }>;
/// Another organisation's name, date or number, as it writes it; may be sealed.
pub type VerbatimLine = FreeText<{ limits::MAX_LINE_BYTES }, true>;
/// Another organisation's words, as it writes them; may be sealed.
pub type VerbatimProse = FreeText<{ limits::MAX_TEXT_BYTES }, true>;

/// Refuses a list that is not in ascending order without repetition: a set has exactly one encoding.
pub(crate) fn ascending<T: Ord>(field: &str, items: &[T]) -> Result<(), Defect> {
    if items.windows(2).all(|pair| pair[0] < pair[1]) {
        Ok(())
    } else {
        Err(Defect::new(
            DefectCode::ListOrder,
            format!("{field} must be in ascending order, each once"),
        ))
    }
}

/// Refuses two fields that contradict each other.
pub(crate) fn agree(holds: bool, message: &str) -> Result<(), Defect> {
    if holds {
        Ok(())
    } else {
        Err(Defect::new(DefectCode::FieldsDisagree, message))
    }
}

#[cfg(test)]
pub(crate) mod tests;
