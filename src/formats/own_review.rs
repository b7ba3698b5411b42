//! A verdict as an export says it: plain values, which [`claimreview`](super::claimreview) turns into markup and
//! back.

/// A verdict of an organisation, with all that an export says of it. Texts are as the ledger has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnReview {
    /// The id of its statement.
    pub id: String,
    /// The number of its entry.
    pub entry: String,
    /// The name of its ledger.
    pub ledger: String,
    /// Where a proof of it is.
    pub proof: Option<String>,
    /// Where it is published.
    pub url: Option<String>,
    /// The organisation.
    pub author: OwnAuthor,
    /// The claim.
    pub claim: OwnClaim,
    /// The rating.
    pub rating: OwnRating,
    /// How it stands.
    pub standing: OwnStanding,
    /// When it was signed.
    pub signed: String,
    /// When it was published, with the precision that is recorded.
    pub published: Option<String>,
    /// When anything about it changed last.
    pub changed: String,
    /// The language of the claim's words.
    pub language: Option<String>,
    /// Why.
    pub reasons: Option<String>,
    /// What could not be found out.
    pub limits: Option<String>,
    /// Who signed it.
    pub signed_by: String,
    /// Whose approvals count.
    pub approved_by: Vec<String>,
    /// What was wrong in its earlier forms, and what became of it.
    pub corrections: Vec<OwnCorrection>,
    /// The sources that it rests on.
    pub sources: Vec<OwnSource>,
}

/// The organisation whose verdict it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnAuthor {
    /// Its short name in the ledger.
    pub short: String,
    /// Its name.
    pub name: String,
    /// Its web site.
    pub url: Option<String>,
    /// Its corrections policy.
    pub corrections_policy: Option<String>,
}

/// The claim that is reviewed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnClaim {
    /// The id of its statement.
    pub id: String,
    /// Its words.
    pub text: String,
    /// Who made it, each with the role at that time.
    pub claimants: Vec<(String, Option<String>)>,
    /// If they are not named: `many`, `unknown` or `anonymous`.
    pub unnamed: Option<String>,
    /// When it was made.
    pub made: Option<String>,
    /// When a forecast falls due.
    pub due: Option<String>,
    /// What would make it true.
    pub about: String,
    /// How near the words are to what was said.
    pub wording: String,
    /// The language and the words as they were first said.
    pub original: Option<(String, String)>,
    /// What it is about.
    pub topics: Vec<String>,
    /// Where it appeared.
    pub appeared_in: Vec<OwnSource>,
    /// What was wrong in its earlier words.
    pub corrections: Vec<OwnCorrection>,
}

/// The rating of a verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnRating {
    /// The label, verbatim.
    pub label: String,
    /// Its code.
    pub code: String,
    /// What it means on its scale.
    pub meaning: Option<String>,
    /// The scale.
    pub scale: String,
    /// Value, best and worst, where the scale has them so that the best is the highest and the worst at least 1.
    pub numbers: Option<[u64; 3]>,
}

/// How a verdict stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnStanding {
    /// In one word.
    pub word: String,
    /// In words.
    pub words: String,
    /// Whether it is the current verdict, and nothing speaks against it.
    pub stands: bool,
    /// If it was withdrawn: why.
    pub reason: Option<String>,
}

/// What was wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnCorrection {
    /// What kind of correction it is, or how the verdict stands.
    pub kind: String,
    /// The id of the statement that it corrects or ends.
    pub of: String,
    /// When.
    pub on: String,
    /// What was wrong.
    pub text: Option<String>,
}

/// A source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnSource {
    /// The id of its statement.
    pub id: String,
    /// What kind of document it is.
    pub kind: String,
    /// Its title.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its authors.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// Further addresses of copies.
    pub archived_at: Vec<String>,
    /// What was captured of it.
    pub captures: Vec<OwnCapture>,
}

/// Bytes of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnCapture {
    /// Their SHA-256.
    pub sha256: String,
    /// What they are.
    pub media_type: String,
    /// How many there are.
    pub bytes: String,
    /// When they were captured.
    pub captured: String,
}
