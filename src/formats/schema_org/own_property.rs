//! Names of our own for what schema.org lacks. They stand as `PropertyValue`s beside the identifier of a review or a claim,
//! where schema.org has a place for additional properties.

use super::vocabulary::{PropertyValueNode, QualitativeValueNode};
use crate::formats::json::VerbatimJson;

macro_rules! own_properties {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)+) => {
        /// A name of ours. The documentation of each says what its value is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum OwnProperty {
            $($(#[$doc])* $variant,)+
        }

        impl OwnProperty {
            /// Every name, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The `propertyID`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

own_properties! {
    /// An identifier: the id of a statement of a ledger, 64 hexadecimal digits.
    Statement = "claimledger:statement",
    /// An identifier: the short name of an organisation in its ledger.
    Organisation = "claimledger:organisation",
    /// The name of the ledger.
    Ledger = "claimledger:ledger",
    /// The number of the entry in the ledger.
    Entry = "claimledger:entry",
    /// How it stands, in one word: `approved`, `withdrawn`.
    Standing = "claimledger:standing",
    /// How it stands, in words.
    StandingWords = "claimledger:standingWords",
    /// Why it was withdrawn.
    Reason = "claimledger:reason",
    /// The code of the rating on its scale.
    RatingCode = "claimledger:ratingCode",
    /// The scale: its short name, version and organisation.
    Scale = "claimledger:scale",
    /// The label of a rating that does not stand.
    FormerLabel = "claimledger:formerLabel",
    /// What that label means on its scale.
    FormerMeaning = "claimledger:formerMeaning",
    /// The number of a rating that does not stand.
    FormerValue = "claimledger:formerValue",
    /// The best number of its scale.
    FormerBest = "claimledger:formerBest",
    /// The worst number of its scale.
    FormerWorst = "claimledger:formerWorst",
    /// What could not be found out.
    Limits = "claimledger:limits",
    /// Who signed the verdict.
    SignedBy = "claimledger:signedBy",
    /// Whose approvals count.
    ApprovedBy = "claimledger:approvedBy",
    /// What would make the claim true: `utterance`, `fact` or `forecast`.
    About = "claimledger:about",
    /// How near the words are to what was said: `verbatim`, `translated` or `reported`.
    Wording = "claimledger:wording",
    /// The date on which a forecast falls due.
    Due = "claimledger:due",
    /// Of claimants who are not named: `many`, `unknown` or `anonymous`.
    Claimants = "claimledger:claimants",
    /// SHA-256 of the file from which a review was recorded.
    RawSha256 = "claimledger:rawSha256",
    /// Where in that file it stands.
    RawAt = "claimledger:rawAt",
}

/// An identifier with the values of our own beside it. `address` is where the proof is.
pub fn identifier(
    name: OwnProperty,
    value: impl Into<String>,
    address: Option<String>,
    beside: Vec<(OwnProperty, String)>,
) -> PropertyValueNode {
    let beside: Vec<PropertyValueNode> = beside
        .into_iter()
        .map(|(name, value)| property(name, value))
        .collect();
    let reference =
        (!beside.is_empty()).then(|| QualitativeValueNode::default().additional_property(beside));
    property(name, value)
        .url(address)
        .value_reference(reference)
}

fn property(name: OwnProperty, value: impl Into<String>) -> PropertyValueNode {
    PropertyValueNode::default()
        .property_id([name.as_str().to_owned()])
        .value([value.into()])
}

/// An identifier of ours on a node, with what stands beside it.
#[derive(Debug, Clone, Copy)]
pub struct OwnIdentifier<'j>(&'j VerbatimJson);

impl<'j> OwnIdentifier<'j> {
    /// The identifier under this name.
    pub fn of(node: &'j VerbatimJson, name: OwnProperty) -> Option<Self> {
        let all = node.get("identifier")?.items();
        all.iter()
            .find(|one| is(one, name))
            .filter(|one| one.get("value").is_some())
            .map(Self)
    }

    /// Its value.
    pub fn value(self) -> Option<&'j str> {
        self.0.get("value")?.spelled()
    }

    /// The address of the proof.
    pub fn address(self) -> Option<&'j str> {
        self.0.get("url")?.spelled()
    }

    /// The first value beside it under a name.
    pub fn beside(self, name: OwnProperty) -> Option<&'j str> {
        self.all_beside(name).next()
    }

    /// Every value beside it under a name.
    pub fn all_beside(self, name: OwnProperty) -> impl Iterator<Item = &'j str> {
        let reference = self.0.get("valueReference");
        let all = reference.and_then(|reference| reference.get("additionalProperty"));
        let all = all.map_or(&[][..], VerbatimJson::items).iter();
        all.filter(move |one| is(one, name))
            .filter_map(|one| one.get("value")?.spelled())
    }
}

fn is(node: &VerbatimJson, name: OwnProperty) -> bool {
    node.get("propertyID").and_then(VerbatimJson::spelled) == Some(name.as_str())
}
