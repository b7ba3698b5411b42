//! The terms of the format in plain words: `wasQuotedFrom` is "quotes", `upheld` is "accepted". Screens, lists and questions
//! use the same words.

use claimledger_core::model::attestation::Decision;
use claimledger_core::model::dispute::{Grounds, Outcome};
use claimledger_core::model::relation::{ClaimRelation, SourceRelation};

/// How the one source relates to the other, in words; and the same, seen from the other one.
pub const fn source_relation(relation: SourceRelation) -> (&'static str, &'static str) {
    match relation {
        SourceRelation::WasRevisionOf => ("is a revision of", "was revised as"),
        SourceRelation::TranslationOf => ("is a translation of", "was translated as"),
        SourceRelation::WireCopyOf => {
            ("is agency text copied from", "was copied as agency text by")
        }
        SourceRelation::SharesOriginWith => ("shares an origin with", "shares an origin with"),
        SourceRelation::WasQuotedFrom => ("quotes", "is quoted by"),
        SourceRelation::WasDerivedFrom => ("is derived from", "is the basis of"),
        SourceRelation::HadPrimarySource => ("has its knowledge from", "is the primary source of"),
        SourceRelation::IndependentOf => ("is vouched independent of", "is vouched independent of"),
    }
}

/// How the one claim relates to the other, in words; and the same, seen from the other one.
pub const fn claim_relation(relation: ClaimRelation) -> (&'static str, &'static str) {
    match relation {
        ClaimRelation::SameAs => ("is the same as", "is the same as"),
        ClaimRelation::VariantOf => ("is a variant of", "has the variant"),
        ClaimRelation::TranslationOf => ("is a translation of", "was translated as"),
        ClaimRelation::PartOf => ("is part of", "has the part"),
        ClaimRelation::Contradicts => ("contradicts", "contradicts"),
        ClaimRelation::Reports => ("reports that somebody made", "is reported by"),
    }
}

/// What somebody decided about a verdict, in words.
pub const fn decided(decision: Decision) -> &'static str {
    match decision {
        Decision::Approve => "approved",
        Decision::Reject => "rejected",
        Decision::Abstain => "abstained",
        Decision::Recuse => "recused themselves because of interests in the matter",
    }
}

/// The grounds in words.
pub const fn grounds(grounds: Grounds) -> &'static str {
    match grounds {
        Grounds::FactualError => "a factual error",
        Grounds::MissingContext => "missing context",
        Grounds::WrongRating => "a wrong rating",
        Grounds::SourceNotIndependent => "a source that is not independent",
        Grounds::ExcerptMismatch => "a quotation that differs from its source",
        Grounds::ConflictOfInterest => "a conflict of interest",
        Grounds::Process => "the process",
    }
}

/// How an answer ends an objection, in words. `upheld` is a word of the format: readers took it for the verdict.
pub const fn ended(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Upheld => "accepted",
        Outcome::PartlyUpheld => "accepted in part",
        Outcome::Rejected => "rejected",
        Outcome::Reply => "replied to",
    }
}
