//! The rating: the label decides. Numbers are kept as they are spelled and never mean anything without it.

use super::node::{Site, property};
use super::values::{first_text, property_text, said, text};
use crate::formats::json::VerbatimJson;
use crate::formats::{ReviewMarkup, TroubleCode};
use crate::text::words;

const PATH: &str = "/reviewRating";

/// The label and the numbers of `reviewRating`, which may be a bare text.
pub(super) fn read(site: &Site<'_>, json: &VerbatimJson, review: &mut ReviewMarkup) {
    let Some((given, path)) = property(json, "reviewRating") else {
        return;
    };
    let Some(first) = given.items().first() else {
        return;
    };
    if given.items().len() > 1 {
        let why = format!(
            "there are {} ratings; the first is taken",
            given.items().len()
        );
        review.trouble(&path, TroubleCode::SeveralValues, why);
    }
    if let Some(bare) = said(site, first) {
        if matches!(first, VerbatimJson::Number(_)) {
            review.value = Some(bare.to_owned());
        } else {
            review.label = Some(bare.to_owned());
        }
        return;
    }
    let rating = site.node(first);
    review.label = property(rating, "alternateName")
        .and_then(|(value, below)| first_text(site, value, &format!("{path}{below}"), review));
    if review.label.is_none() {
        review.label = property_text(site, rating, "name");
        if review.label.is_some() {
            let why = "the label is in `name`, not in `alternateName`";
            review.trouble(&path, TroubleCode::LabelElsewhere, why);
        }
    }
    review.value = text(site, rating, "ratingValue", review);
    review.best = text(site, rating, "bestRating", review);
    review.worst = text(site, rating, "worstRating", review);
}

/// Notes what does not fit together. Nothing is changed by it.
pub(super) fn weigh(review: &mut ReviewMarkup) {
    if let Some(label) = &review.label
        && label.chars().count() > LONG
    {
        let why = format!(
            "the label has {} characters; it is kept whole",
            label.chars().count()
        );
        review.trouble(PATH, TroubleCode::LabelLong, why);
    }
    let number = |spelled: &Option<String>| -> Option<f64> {
        let number: f64 = spelled.as_ref()?.trim().parse().ok()?;
        number.is_finite().then_some(number)
    };
    let given = [&review.value, &review.best, &review.worst];
    if given.iter().all(|one| one.is_none()) {
        return;
    }
    let numbers = given.map(number);
    let scale = match numbers {
        [Some(value), Some(best), Some(worst)] => Some((value, best, worst)),
        _ => None,
    };
    let Some((value, best, worst)) = scale else {
        let why = "value, best and worst are not all numbers, so they make no scale";
        review.trouble(PATH, TroubleCode::ScaleUnusable, why);
        return;
    };
    if best < worst {
        let why = "the best number is below the worst; the label counts";
        review.trouble(PATH, TroubleCode::ScaleInverted, why);
        return;
    }
    #[expect(clippy::float_cmp, reason = "the same spelling, or another number")]
    let same = best == worst;
    if same {
        let why = "best and worst are the same number, so they make no scale";
        review.trouble(PATH, TroubleCode::ScaleUnusable, why);
        return;
    }
    if value < worst || value > best {
        let why = "the number is outside its scale; the label counts";
        review.trouble(PATH, TroubleCode::NumberOffScale, why);
        return;
    }
    let label = review.label.as_deref().map(folded).unwrap_or_default();
    let middle = f64::midpoint(best, worst);
    let against =
        (FALSE.contains(&&*label) && value > middle) || (TRUE.contains(&&*label) && value < middle);
    if against {
        let why = "the number says the opposite of the label; the label counts";
        review.trouble(PATH, TroubleCode::LabelAgainstNumber, why);
    }
}

/// A label for matching: without case, and without the white space and the full stop around it.
fn folded(label: &str) -> String {
    let label = label.trim_matches(|c: char| c.is_whitespace() || c == '.' || c == '!');
    words::fold(label)
}

/// A label of more characters than this is a sentence.
const LONG: usize = 60;

/// Words that mean "false" without doubt, folded. They only decide whether a person is told of a conflict.
const FALSE: &[&str] = &[
    "false",
    "falso",
    "faux",
    "falsch",
    "fake",
    "fals",
    "falsk",
    "onwaar",
    "fałsz",
    "yanlis",
    "ложь",
    "неправда",
    "خطا",
    "زائف",
    "salah",
    "hoax",
    "pants on fire",
];

/// Words that mean "true" without doubt, folded.
const TRUE: &[&str] = &[
    "true",
    "verdadero",
    "verdadeiro",
    "vrai",
    "richtig",
    "wahr",
    "waar",
    "prawda",
    "dogru",
    "правда",
    "صحيح",
    "benar",
];
