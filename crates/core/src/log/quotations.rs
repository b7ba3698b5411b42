//! What a later text of a source has of earlier quotations. One function looks: for the capture that says it, and for the
//! door and the audit that check it.

use super::counted::CountedText;
use crate::code::Code;
use crate::message;
use crate::message::Message;
use crate::model::StatementId;
use crate::model::excerpt::Excerpt;
use crate::model::source::{Quotation, QuotationState};

/// What a capture says of a quotation is not so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct Misstated {
    /// The evidence or relation that quotes.
    pub statement: StatementId,
    /// What the capture says.
    pub said: QuotationState,
    /// What its text has; none if the statement quotes nothing.
    pub found: Option<QuotationState>,
}

impl Misstated {
    /// The stable code.
    pub fn code(&self) -> Code {
        Code::QuotationMisstated
    }

    /// The sentence, with the statement in it as a value.
    pub fn message(&self) -> Message {
        let statement = self.statement;
        let said = words(self.said);
        let Some(found) = self.found else {
            return message!(
                "the capture says that the quotation in {statement} is {said}, but that statement quotes nothing",
                statement,
                said
            );
        };
        if found == self.said {
            return message!(
                "the capture says that the quotation in {statement} is {said}, but the text has other words there",
                statement,
                said
            );
        }
        let found = words(found);
        message!(
            "the capture says that the quotation in {statement} is {said}, but in its text it is {found}",
            statement,
            said,
            found
        )
    }
}

/// A state in plain words.
pub const fn words(state: QuotationState) -> &'static str {
    match state {
        QuotationState::There => "still there",
        QuotationState::Moved => "at another place",
        QuotationState::Gone => "gone",
    }
}

/// What `text` has of the quotation of a statement, code point by code point: the same words at the same position, else
/// at the first place that has them, else nowhere. None for a sealed quotation, whose words are not known here.
pub fn find(text: &CountedText, statement: StatementId, excerpt: &Excerpt) -> Option<Quotation> {
    let quote = excerpt.quote.words()?;
    let mut found = Quotation {
        end: None,
        start: None,
        state: QuotationState::There,
        statement,
    };
    if text.has(excerpt.start, excerpt.end, quote) {
        return Some(found);
    }
    found.state = QuotationState::Gone;
    if let Some((start, end)) = text.find(quote) {
        found.state = QuotationState::Moved;
        found.start = Some(start);
        found.end = Some(end);
    }
    Some(found)
}

/// Compares what a capture says of a quotation with the capture's text. `excerpt` is that of the statement which it
/// names. Any place that has the words is a right one for a quotation that moved. Whether it could be checked: not for a
/// sealed quotation.
pub fn compare(
    text: &CountedText,
    excerpt: Option<&Excerpt>,
    said: &Quotation,
) -> Result<bool, Misstated> {
    let wrong = |found| Misstated {
        statement: said.statement,
        said: said.state,
        found,
    };
    let excerpt = excerpt.ok_or_else(|| wrong(None))?;
    let (Some(found), Some(quote)) = (find(text, said.statement, excerpt), excerpt.quote.words())
    else {
        return Ok(false);
    };
    let there = match (said.start, said.end) {
        (Some(start), Some(end)) => text.has(start, end, quote),
        _ => true,
    };
    if found.state == said.state && there {
        Ok(true)
    } else {
        Err(wrong(Some(found.state)))
    }
}

#[cfg(test)]
mod tests {
    use super::{CountedText, compare, find};
    use crate::crypto::sha256;
    use crate::model::excerpt::Excerpt;
    use crate::model::source::{Quotation, QuotationState};
    use crate::model::{FreeText, StatementId};

    const WHO: StatementId = StatementId::from_bytes([7; 32]);

    fn excerpt(quote: &str, start: u64) -> Excerpt {
        Excerpt {
            end: start + quote.chars().count() as u64,
            quote: FreeText::open(quote).unwrap(),
            start,
            text: sha256(&[b"an earlier text"]),
        }
    }

    fn counted(text: &str) -> CountedText {
        text.to_owned().into()
    }

    fn said(state: QuotationState, place: Option<(u64, u64)>) -> Quotation {
        Quotation {
            end: place.map(|(_, end)| end),
            start: place.map(|(start, _)| start),
            state,
            statement: WHO,
        }
    }

    #[test]
    fn words_are_found_code_point_by_code_point() {
        use QuotationState::{Gone, Moved, There};
        let quoted = excerpt("caf\u{e9}", 2);
        for (text, found) in [
            ("a caf\u{e9}", said(There, None)),
            // Also elsewhere: still there.
            ("a caf\u{e9}, caf\u{e9}", said(There, None)),
            (
                "\u{1f600}\u{1f600}\u{1f600} caf\u{e9} caf\u{e9}",
                said(Moved, Some((4, 8))),
            ),
            // Another spelling of the same letter is another text, and so is another case.
            ("a cafe\u{301}", said(Gone, None)),
            ("a Caf\u{e9}", said(Gone, None)),
            ("", said(Gone, None)),
        ] {
            assert_eq!(find(&counted(text), WHO, &quoted), Some(found), "{text:?}");
        }
    }

    #[test]
    fn what_a_capture_says_is_compared_with_its_text() {
        use QuotationState::{Gone, Moved, There};
        let quoted = excerpt("it rains", 0);
        let there = "it rains";
        let moved = "now it rains, it rains";
        let gone = "the sun shines";
        for (text, right, wrong) in [
            (there, said(There, None), said(Moved, Some((0, 8)))),
            (there, said(There, None), said(Gone, None)),
            (moved, said(Moved, Some((4, 12))), said(There, None)),
            // Any place that has the words is a right one.
            (
                moved,
                said(Moved, Some((14, 22))),
                said(Moved, Some((5, 13))),
            ),
            (
                moved,
                said(Moved, Some((14, 22))),
                said(Moved, Some((14, 99))),
            ),
            (moved, said(Moved, Some((4, 12))), said(Gone, None)),
            (gone, said(Gone, None), said(There, None)),
            (gone, said(Gone, None), said(Moved, Some((0, 8)))),
        ] {
            assert_eq!(
                compare(&counted(text), Some(&quoted), &right),
                Ok(true),
                "{text}"
            );
            let refused = compare(&counted(text), Some(&quoted), &wrong).unwrap_err();
            assert_eq!(refused.code(), "quotation-misstated");
            assert!(refused.to_string().contains(&WHO.to_string()));
        }
        assert!(compare(&counted(gone), None, &said(Gone, None)).is_err());
        let mut sealed = quoted.clone();
        sealed.quote = FreeText::Sealed(sha256(&[b"sealed"]));
        assert_eq!(
            compare(&counted(there), Some(&sealed), &said(Gone, None)),
            Ok(false)
        );
    }
}
