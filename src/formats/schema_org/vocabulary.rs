//! The types and properties of schema.org that this program writes, in one table. Each type is a struct with a method for
//! each property, so nothing else can be written. `.ci/schema-dts` compares the table with schema.org's own definitions.

use crate::formats::json::VerbatimJson;

macro_rules! vocabulary {
    ($($(#[$doc:meta])* $node:ident = $name:literal {
        $($method:ident = $property:literal: $range:ty,)+
    })+) => {
        /// Every type with its properties, in the order of the table.
        pub const EMITTED: &[(&str, &[&str])] = &[$(($name, &[$($property,)+]),)+];

        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq)]
            pub struct $node(Vec<(String, VerbatimJson)>);

            impl Default for $node {
                fn default() -> Self {
                    Self(vec![("@type".to_owned(), VerbatimJson::Text($name.to_owned()))])
                }
            }

            impl $node {
                $(
                    #[doc = concat!("Gives it the property `", $property, "`: none, one or several values.")]
                    pub fn $method(mut self, values: impl IntoIterator<Item = $range>) -> Self {
                        put(&mut self.0, $property, values.into_iter().map(VerbatimJson::from).collect());
                        self
                    }
                )+
            }

            impl From<$node> for VerbatimJson {
                fn from(node: $node) -> Self {
                    Self::Object(node.0)
                }
            }
        )+
    };
}

vocabulary! {
    /// A published fact-check. Google: `claimReviewed`, `reviewRating` and `url` are required.
    ClaimReviewNode = "ClaimReview" {
        identifier = "identifier": PropertyValueNode,
        url = "url": String,
        claim_reviewed = "claimReviewed": String,
        item_reviewed = "itemReviewed": ClaimNode,
        review_rating = "reviewRating": RatingNode,
        author = "author": OrganizationNode,
        date_created = "dateCreated": String,
        date_published = "datePublished": String,
        date_modified = "dateModified": String,
        in_language = "inLanguage": String,
        review_body = "reviewBody": String,
        creative_work_status = "creativeWorkStatus": String,
        correction = "correction": CorrectionCommentNode,
        citation = "citation": CreativeWorkNode,
    }
    /// What was claimed, by whom, when and where.
    ClaimNode = "Claim" {
        identifier = "identifier": PropertyValueNode,
        text = "text": String,
        in_language = "inLanguage": String,
        author = "author": PersonNode,
        date_published = "datePublished": String,
        appearance = "appearance": CreativeWorkNode,
        keywords = "keywords": String,
        translation_of_work = "translationOfWork": CreativeWorkNode,
        correction = "correction": CorrectionCommentNode,
    }
    /// A rating. Google: `alternateName` is required, and `bestRating` is above `worstRating`.
    RatingNode = "Rating" {
        alternate_name = "alternateName": String,
        rating_value = "ratingValue": VerbatimJson,
        best_rating = "bestRating": VerbatimJson,
        worst_rating = "worstRating": VerbatimJson,
        rating_explanation = "ratingExplanation": String,
    }
    /// A house that reviews or publishes.
    OrganizationNode = "Organization" {
        identifier = "identifier": PropertyValueNode,
        name = "name": String,
        url = "url": String,
        corrections_policy = "correctionsPolicy": String,
    }
    /// Who claims or writes. The ledger does not say whether that is a person; schema.org asks.
    PersonNode = "Person" {
        name = "name": String,
        job_title = "jobTitle": String,
    }
    /// A source, or a place where a claim appeared.
    CreativeWorkNode = "CreativeWork" {
        identifier = "identifier": PropertyValueNode,
        url = "url": String,
        name = "name": String,
        text = "text": String,
        genre = "genre": String,
        author = "author": PersonNode,
        publisher = "publisher": OrganizationNode,
        date_published = "datePublished": String,
        in_language = "inLanguage": String,
        archived_at = "archivedAt": String,
        encoding = "encoding": MediaObjectNode,
    }
    /// Bytes of a source that were captured.
    MediaObjectNode = "MediaObject" {
        sha256 = "sha256": String,
        encoding_format = "encodingFormat": String,
        content_size = "contentSize": String,
        date_created = "dateCreated": String,
    }
    /// What was wrong, or what became of a verdict.
    CorrectionCommentNode = "CorrectionComment" {
        identifier = "identifier": PropertyValueNode,
        name = "name": String,
        text = "text": String,
        date_published = "datePublished": String,
    }
    /// An identifier, or a value under a name of our own.
    PropertyValueNode = "PropertyValue" {
        property_id = "propertyID": String,
        value = "value": String,
        url = "url": String,
        value_reference = "valueReference": QualitativeValueNode,
    }
    /// The values of our own beside an identifier. schema.org has `additionalProperty` for this type and not for a review.
    QualitativeValueNode = "QualitativeValue" {
        additional_property = "additionalProperty": PropertyValueNode,
    }
    /// A feed of reviews, as Data Commons reads them: a list of items, also where it has one.
    DataFeedNode = "DataFeed" {
        name = "name": String,
        author = "author": OrganizationNode,
        date_modified = "dateModified": String,
        data_feed_element = "dataFeedElement": VerbatimJson,
    }
    /// One review of a feed.
    DataFeedItemNode = "DataFeedItem" {
        date_created = "dateCreated": String,
        date_modified = "dateModified": String,
        date_deleted = "dateDeleted": String,
        item = "item": VerbatimJson,
    }
}

/// One value is itself, several are a list, none are nothing.
fn put(members: &mut Vec<(String, VerbatimJson)>, property: &str, values: Vec<VerbatimJson>) {
    let value = match <[VerbatimJson; 1]>::try_from(values) {
        Ok([one]) => one,
        Err(none) if none.is_empty() => return,
        Err(several) => VerbatimJson::List(several),
    };
    members.push((property.to_owned(), value));
}

/// The context of a document (JSON-LD 1.1, section 3.1).
pub const CONTEXT: &str = "https://schema.org";

/// A node, or a list of nodes, as the whole of a document. A node that has a context keeps it.
pub fn document(node: impl Into<VerbatimJson>) -> VerbatimJson {
    let context = ("@context".to_owned(), CONTEXT.to_owned().into());
    match node.into() {
        VerbatimJson::Object(mut members) => {
            if members.iter().all(|(name, _)| name != "@context") {
                members.insert(0, context);
            }
            VerbatimJson::Object(members)
        }
        other => VerbatimJson::Object(vec![context, ("@graph".to_owned(), other)]),
    }
}
