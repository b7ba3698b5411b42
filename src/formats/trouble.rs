//! What is wrong or doubtful in markup, each kind with a stable word.

use serde::{Serialize, Serializer};

macro_rules! troubles {
    ($($(#[$doc:meta])* $variant:ident = $word:literal $fault:literal,)+) => {
        /// A kind of trouble.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum TroubleCode {
            $($(#[$doc])* $variant,)+
        }

        impl TroubleCode {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its stable word.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// Whether the review cannot be recorded without a person.
            pub const fn is_fault(self) -> bool {
                match self { $(Self::$variant => $fault,)+ }
            }
        }
    };
}

troubles! {
    /// The bytes are not what they must be.
    Malformed = "malformed" true,
    /// Values nest deeper than markup does.
    TooDeep = "too-deep" true,
    /// More values, or a longer one, than can be read here.
    TooLarge = "too-large" true,
    /// The claim text is missing.
    ClaimMissing = "claim-missing" true,
    /// The rating has no label.
    LabelMissing = "label-missing" true,
    /// The reviewing organisation is missing.
    AuthorMissing = "author-missing" true,
    /// The address is missing.
    UrlMissing = "url-missing" true,
    /// The address cannot be used.
    UrlUnusable = "url-unusable" true,
    /// A value that a record needs cannot be recorded.
    ValueUnusable = "value-unusable" true,
    /// Two markups of one review in one import disagree.
    MarkupsDisagree = "markups-disagree" true,
    /// The ledger that published it says that it no longer stands.
    NoLongerStands = "no-longer-stands" true,
    /// The field cannot be used, so it is left out.
    Dropped = "dropped" false,
    /// Of several values the first is taken.
    SeveralValues = "several-values" false,
    /// The label says one thing, the number another.
    LabelAgainstNumber = "label-against-number" false,
    /// The best value is below the worst.
    ScaleInverted = "scale-inverted" false,
    /// The numbers make no scale.
    ScaleUnusable = "scale-unusable" false,
    /// The number is not on its scale.
    NumberOffScale = "number-off-scale" false,
    /// The label is longer than a label.
    LabelLong = "label-long" false,
    /// The label is not the markup's label field.
    LabelElsewhere = "label-elsewhere" false,
    /// The author is a person.
    AuthorPerson = "author-person" false,
    /// The author has only an address.
    AuthorAddress = "author-address" false,
    /// The publisher is taken as the author.
    PublisherAsAuthor = "publisher-as-author" false,
    /// The claim is the headline.
    ClaimIsHeadline = "claim-is-headline" false,
    /// The claimant is many, no one or a platform.
    ClaimantUnclear = "claimant-unclear" false,
    /// Something given as an appearance is none.
    AppearanceDropped = "appearance-dropped" false,
    /// A date has no clear day.
    DateUnclear = "date-unclear" false,
    /// The claim is dated the same day as the review, or later.
    ClaimDated = "claim-dated" false,
    /// White space around the address was left out.
    UrlTrimmed = "url-trimmed" false,
    /// Character references in the claim were decoded, once.
    EntitiesDecoded = "entities-decoded" false,
    /// The label has no rating in the mapping of labels, so there is no verdict.
    LabelUnmapped = "label-unmapped" false,
    /// The organisation has a verdict on the claim already.
    VerdictThere = "verdict-there" false,
    /// Another claim has nearly the same words.
    ClaimNearlySame = "claim-nearly-same" false,
    /// Other claims have much in common with it.
    ClaimSimilar = "claim-similar" false,
    /// The markup restricts its reuse.
    Licence = "licence" false,
}

/// By its word.
impl Serialize for TroubleCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for TroubleCode {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TroubleCode".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[a-z-]+$" })
    }
}

/// What is wrong or doubtful at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Trouble {
    /// Where, below the place of the review: a JSON pointer (RFC 6901), or the name of a column.
    pub path: String,
    /// What kind.
    pub code: TroubleCode,
    /// Why, in a sentence.
    pub reason: String,
}

impl Trouble {
    /// Trouble at a place.
    pub fn new(path: impl Into<String>, code: TroubleCode, reason: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            code,
            reason: reason.into(),
        }
    }
}
