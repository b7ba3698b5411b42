//! The terms of a text, as tantivy asks for them: one after another.

use super::document::{FURTHER, PIECES, WORDS};
use crate::text::further::further_terms;
use crate::text::likeness::pieces;
use crate::text::stems::Stemming;
use crate::text::words::terms;
use tantivy::Index;
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

/// Gives an index its tokenizers.
pub(super) fn register(index: &Index) {
    let all = index.tokenizers();
    all.register(WORDS, TextAnalyzer::from(Words));
    all.register(FURTHER, TextAnalyzer::from(Further));
    all.register(PIECES, TextAnalyzer::from(WordPieces));
}

/// What a field of further terms gets: the language, a line feed, the text.
pub(super) fn with_language(language: Option<&str>, text: &str) -> String {
    format!("{}\n{text}", language.unwrap_or_default())
}

/// The words of a text, folded.
#[derive(Clone)]
struct Words;

impl Tokenizer for Words {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream::new(terms(text))
    }
}

/// The further terms of a text.
#[derive(Clone)]
struct Further;

impl Tokenizer for Further {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let (language, text) = text.split_once('\n').unwrap_or(("", text));
        let language = Some(language).filter(|tag| !tag.is_empty());
        Stream::new(further_terms(text, Stemming::of(language, text)))
    }
}

/// The pieces of the words of a text.
#[derive(Clone)]
struct WordPieces;

impl Tokenizer for WordPieces {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream::new(pieces(text))
    }
}

/// Terms as tokens. No place of a token is kept.
struct Stream<'a> {
    terms: Box<dyn Iterator<Item = String> + 'a>,
    token: Token,
}

impl<'a> Stream<'a> {
    fn new(terms: impl Iterator<Item = String> + 'a) -> Self {
        Self {
            terms: Box::new(terms.filter(|term| term.len() <= MAX_TERM_BYTES)),
            token: Token::default(),
        }
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        match self.terms.next() {
            Some(term) => {
                self.token.text = term;
                self.token.position = self.token.position.wrapping_add(1);
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Longer runs of letters are no words that a person searches: base64, for example.
pub(super) const MAX_TERM_BYTES: usize = 200;
