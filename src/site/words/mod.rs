//! All words of the frame, one file for each language. A word that is missing in a language does not compile.
//!
//! Sentences of the core, which says them only in English, stand in a page of another language marked as English.

mod ar;
mod en;

pub use en::FrameWords;

use crate::app::read::screens::objections::Objection;
use claimledger_core::model::attestation::Decision;
use claimledger_core::model::correction::CorrectionKind;
use claimledger_core::model::dispute::{Grounds, Outcome};
use claimledger_core::model::evidence::Stance;
use claimledger_core::model::organisation::Role;
use claimledger_core::model::source::SourceKind;

/// A language of the frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SiteLanguage {
    /// Arabic.
    Arabic,
    /// English.
    #[default]
    English,
}

impl SiteLanguage {
    /// Every language.
    pub const ALL: &'static [Self] = &[Self::Arabic, Self::English];

    /// Its tag (BCP 47).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::English => "en",
        }
    }

    /// The direction of its writing.
    pub const fn direction(self) -> &'static str {
        match self {
            Self::Arabic => "rtl",
            Self::English => "ltr",
        }
    }

    /// Whether the sentences of the core are in it.
    pub const fn is_english(self) -> bool {
        matches!(self, Self::English)
    }

    /// The words of the frame.
    pub const fn words(self) -> &'static FrameWords {
        match self {
            Self::Arabic => &ar::WORDS,
            Self::English => &en::WORDS,
        }
    }
}

impl FrameWords {
    /// A number for people: `12,345`.
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(self.thousands);
            }
            out.push(digit);
        }
        out
    }

    /// A text with a number in it.
    pub fn counted(&self, text: &str, number: u64) -> String {
        text.replace("{}", &self.number(number))
    }

    /// A role.
    pub fn role(&self, role: Role) -> &'static str {
        match role.as_str() {
            "admin" => self.role_admin,
            "editor" => self.role_editor,
            "importer" => self.role_importer,
            _ => self.role_reviewer,
        }
    }

    /// What evidence does to a claim, as a heading.
    pub const fn stance(&self, stance: Stance) -> &'static str {
        match stance {
            Stance::Supports => self.stance_supports,
            Stance::Refutes => self.stance_refutes,
            Stance::Mixed => self.stance_mixed,
            Stance::Context => self.stance_context,
            Stance::NotFound => self.stance_not_found,
        }
    }

    /// What somebody decided about a verdict.
    pub const fn decision(&self, decision: Decision) -> &'static str {
        match decision {
            Decision::Approve => self.decided_approve,
            Decision::Reject => self.decided_reject,
            Decision::Abstain => self.decided_abstain,
            Decision::Recuse => self.decided_recuse,
        }
    }

    /// The grounds of an objection.
    pub const fn grounds(&self, grounds: Grounds) -> &'static str {
        match grounds {
            Grounds::FactualError => self.grounds_factual,
            Grounds::MissingContext => self.grounds_context,
            Grounds::WrongRating => self.grounds_rating,
            Grounds::SourceNotIndependent => self.grounds_source,
            Grounds::ExcerptMismatch => self.grounds_excerpt,
            Grounds::ConflictOfInterest => self.grounds_conflict,
            Grounds::Process => self.grounds_process,
        }
    }

    /// How far a correction reaches.
    pub const fn correction_kind(&self, kind: CorrectionKind) -> &'static str {
        match kind {
            CorrectionKind::Typo => self.correction_typo,
            CorrectionKind::Clarification => self.correction_clarification,
            CorrectionKind::Update => self.correction_update,
            CorrectionKind::Correction => self.correction_correction,
            CorrectionKind::RatingChange => self.correction_rating,
        }
    }

    /// What kind of document a source is.
    pub const fn source_kind(&self, kind: SourceKind) -> &'static str {
        match kind {
            SourceKind::Article => self.kind_article,
            SourceKind::Wire => self.kind_wire,
            SourceKind::Statement => self.kind_statement,
            SourceKind::Document => self.kind_document,
            SourceKind::Transcript => self.kind_transcript,
            SourceKind::Audio => self.kind_audio,
            SourceKind::Video => self.kind_video,
            SourceKind::Image => self.kind_image,
            SourceKind::Post => self.kind_post,
            SourceKind::WebPage => self.kind_web_page,
            SourceKind::Dataset => self.kind_dataset,
            SourceKind::Study => self.kind_study,
            SourceKind::Book => self.kind_book,
            SourceKind::Interview => self.kind_interview,
            SourceKind::Correspondence => self.kind_correspondence,
            SourceKind::Observation => self.kind_observation,
            SourceKind::FactCheck => self.kind_fact_check,
            SourceKind::Other => self.kind_other,
        }
    }

    /// What became of an objection.
    pub fn objection_state(&self, objection: &Objection) -> &'static str {
        if !objection.stands {
            return self.objection_fallen;
        }
        match objection.outcome {
            None | Some(Outcome::Reply) => self.objection_open,
            Some(Outcome::Upheld) => self.objection_upheld,
            Some(Outcome::PartlyUpheld) => self.objection_partly,
            Some(Outcome::Rejected) => self.objection_rejected,
        }
    }

    /// The sentence of a banner.
    pub fn banner(&self, code: &str) -> &'static str {
        match code {
            "withdrawn" => self.banner_withdrawn,
            "distrusted" => self.banner_distrusted,
            "corrected" => self.banner_corrected,
            "takes-no-place" => self.banner_takes_no_place,
            "rejected" => self.banner_rejected,
            "not-approved" => self.banner_not_approved,
            "must-be-corrected" => self.banner_must_be_corrected,
            "rests-on-what-fell" => self.banner_rests_on_fallen,
            "correction-pending" => self.banner_correction_pending,
            "objected" => self.banner_objected,
            _ => self.banner_not_current,
        }
    }
}
