//! A verdict as a ClaimReview of our own, with everything that schema.org has a place for.

use crate::formats::json::VerbatimJson;
use crate::formats::own_review::{
    OwnAuthor, OwnCapture, OwnClaim, OwnCorrection, OwnRating, OwnReview, OwnSource,
};
use crate::formats::schema_org::own_property::{OwnProperty, identifier};
use crate::formats::schema_org::vocabulary::{
    ClaimNode, ClaimReviewNode, CorrectionCommentNode, CreativeWorkNode, MediaObjectNode,
    OrganizationNode, PersonNode, RatingNode,
};

/// A verdict as a node.
///
/// What no longer stands has no `reviewRating`: software that reads nothing else must not take it for a rating that holds.
/// Its rating is among our own properties, and its status says what became of it.
pub fn node(review: &OwnReview) -> ClaimReviewNode {
    let standing = &review.standing;
    let rating = &review.rating;
    let mut beside = vec![
        (OwnProperty::Ledger, review.ledger.clone()),
        (OwnProperty::Entry, review.entry.clone()),
        (OwnProperty::Standing, standing.word.clone()),
        (OwnProperty::StandingWords, standing.words.clone()),
        (OwnProperty::RatingCode, rating.code.clone()),
        (OwnProperty::Scale, rating.scale.clone()),
        (OwnProperty::SignedBy, review.signed_by.clone()),
    ];
    let approved = review.approved_by.iter();
    beside.extend(approved.map(|name| (OwnProperty::ApprovedBy, name.clone())));
    let optional = [
        (OwnProperty::Reason, &standing.reason),
        (OwnProperty::Limits, &review.limits),
    ];
    for (name, value) in optional {
        beside.extend(value.iter().map(|value| (name, value.clone())));
    }
    if !standing.stands {
        beside.push((OwnProperty::FormerLabel, rating.label.clone()));
        let meaning = rating.meaning.iter();
        beside.extend(meaning.map(|meaning| (OwnProperty::FormerMeaning, meaning.clone())));
        if let Some(numbers) = &rating.numbers {
            let named = FORMER_NUMBERS.into_iter().zip(numbers);
            beside.extend(named.map(|(name, number)| (name, number.to_string())));
        }
    }
    let id = identifier(
        OwnProperty::Statement,
        &review.id,
        review.proof.clone(),
        beside,
    );
    ClaimReviewNode::default()
        .identifier([id])
        .url(review.url.clone())
        .claim_reviewed([review.claim.text.clone()])
        .item_reviewed([claim_node(&review.claim)])
        .review_rating(standing.stands.then(|| rating_node(rating)))
        .author([author_node(&review.author)])
        .date_created([review.signed.clone()])
        .date_published(review.published.clone())
        .date_modified([review.changed.clone()])
        .in_language(review.language.clone())
        .review_body(review.reasons.clone())
        .creative_work_status((!standing.stands).then(|| standing.words.clone()))
        .correction(review.corrections.iter().map(correction_node))
        .citation(review.sources.iter().map(source_node))
}

/// Under which names the numbers of a rating that does not stand are.
pub(super) const FORMER_NUMBERS: [OwnProperty; 3] = [
    OwnProperty::FormerValue,
    OwnProperty::FormerBest,
    OwnProperty::FormerWorst,
];

fn rating_node(rating: &OwnRating) -> RatingNode {
    let number = |at: usize| {
        rating
            .numbers
            .map(|numbers| VerbatimJson::from(numbers[at]))
    };
    RatingNode::default()
        .alternate_name([rating.label.clone()])
        .rating_value(number(0))
        .best_rating(number(1))
        .worst_rating(number(2))
        .rating_explanation(rating.meaning.clone())
}

/// An organisation as a node.
pub fn author_node(author: &OwnAuthor) -> OrganizationNode {
    let id = identifier(OwnProperty::Organisation, &author.short, None, Vec::new());
    OrganizationNode::default()
        .identifier([id])
        .name([author.name.clone()])
        .url(author.url.clone())
        .corrections_policy(author.corrections_policy.clone())
}

fn claim_node(claim: &OwnClaim) -> ClaimNode {
    let mut beside = vec![
        (OwnProperty::About, claim.about.clone()),
        (OwnProperty::Wording, claim.wording.clone()),
    ];
    let optional = [
        (OwnProperty::Due, &claim.due),
        (OwnProperty::Claimants, &claim.unnamed),
    ];
    for (name, value) in optional {
        beside.extend(value.iter().map(|value| (name, value.clone())));
    }
    let claimant = |(name, role): &(String, Option<String>)| {
        PersonNode::default()
            .name([name.clone()])
            .job_title(role.clone())
    };
    let original = claim.original.as_ref().map(|(language, text)| {
        CreativeWorkNode::default()
            .text([text.clone()])
            .in_language([language.clone()])
    });
    ClaimNode::default()
        .identifier([identifier(OwnProperty::Statement, &claim.id, None, beside)])
        .author(claim.claimants.iter().map(claimant))
        .date_published(claim.made.clone())
        .appearance(claim.appeared_in.iter().map(source_node))
        .keywords(claim.topics.iter().cloned())
        .translation_of_work(original)
        .correction(claim.corrections.iter().map(correction_node))
}

fn correction_node(correction: &OwnCorrection) -> CorrectionCommentNode {
    let id = identifier(OwnProperty::Statement, &correction.of, None, Vec::new());
    CorrectionCommentNode::default()
        .identifier([id])
        .name([correction.kind.clone()])
        .text(correction.text.clone())
        .date_published([correction.on.clone()])
}

fn source_node(source: &OwnSource) -> CreativeWorkNode {
    let id = identifier(OwnProperty::Statement, &source.id, None, Vec::new());
    let author = |name: &String| PersonNode::default().name([name.clone()]);
    let publisher = source.publisher.iter();
    let capture = |capture: &OwnCapture| {
        MediaObjectNode::default()
            .sha256([capture.sha256.clone()])
            .encoding_format([capture.media_type.clone()])
            .content_size([format!("{} B", capture.bytes)])
            .date_created([capture.captured.clone()])
    };
    CreativeWorkNode::default()
        .identifier([id])
        .url(source.url.clone())
        .name(source.title.clone())
        .genre([source.kind.clone()])
        .author(source.authors.iter().map(author))
        .publisher(publisher.map(|name| OrganizationNode::default().name([name.clone()])))
        .date_published(source.published.clone())
        .in_language(source.language.clone())
        .archived_at(source.archived_at.iter().cloned())
        .encoding(source.captures.iter().map(capture))
}
