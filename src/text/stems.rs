//! The stem of a word, by the language of its text: `bridges` and `bridge` have one. For finding only.

use super::words::{character_before, fold};
use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization as _;

/// By which languages words are stemmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stemming {
    /// By one language.
    Of(Algorithm),
    /// By every language of the word's script: for the words of a question, whose language is not known.
    Any,
    /// By none.
    None,
}

impl Stemming {
    /// By the language of a text: the declared one, or else the one that its first words look like.
    pub fn of(language: Option<&str>, text: &str) -> Self {
        let found = if let Some(tag) = language {
            Algorithm::from_name(tag.split('-').next().unwrap_or(tag)).ok()
        } else {
            let start = &text[..character_before(text, LOOKED_AT_BYTES)];
            let language = whatlang::detect_lang(start);
            language
                .and_then(|found| Algorithm::from_name(found.code()).ok())
                .or_else(|| main_language(start))
        };
        found.map_or(Self::None, Self::Of)
    }

    /// The stems of a word as it is written, each with its language, so that no stem is taken for a word.
    pub fn stems(self, written: &str) -> impl Iterator<Item = String> {
        let script = script(written);
        let languages = match self {
            Self::Of(one) => LANGUAGES
                .iter()
                .position(|(language, _)| *language == one)
                .map_or(&LANGUAGES[..0], |at| &LANGUAGES[at..=at]),
            Self::Any => &LANGUAGES[..],
            Self::None => &LANGUAGES[..0],
        };
        let lower: String = written.to_lowercase().nfc().collect();
        languages
            .iter()
            .filter(move |(_, of)| Some(*of) == script)
            .map(move |(language, _)| {
                let stem = Stemmer::new(*language).stem(&lower).into_owned();
                format!("{}={}", language.name(), fold(&stem))
            })
    }
}

/// The scripts of the languages that can be stemmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Arabic,
    Devanagari,
    Tamil,
}

/// The script of a word, by its first letter. A word of digits has none, and no stem.
fn script(word: &str) -> Option<Script> {
    let letter = word.chars().find(|c| c.is_alphabetic())?;
    Some(match letter {
        '\u{41}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{530}'..='\u{58f}' => Script::Armenian,
        '\u{600}'..='\u{77f}' => Script::Arabic,
        '\u{900}'..='\u{97f}' => Script::Devanagari,
        '\u{b80}'..='\u{bff}' => Script::Tamil,
        _ => return None,
    })
}

/// The language that a text is most likely in by its script alone; none for a script of many languages.
fn main_language(text: &str) -> Option<Algorithm> {
    let script = script(text).filter(|script| *script != Script::Latin)?;
    let mut languages = LANGUAGES.iter();
    let found = languages.find(|(_, of)| *of == script);
    found.map(|(language, _)| *language)
}

/// The languages that Snowball can stem, and the script of each.
const LANGUAGES: [(Algorithm, Script); 32] = [
    (Algorithm::Arabic, Script::Arabic),
    (Algorithm::Armenian, Script::Armenian),
    (Algorithm::Basque, Script::Latin),
    (Algorithm::Catalan, Script::Latin),
    (Algorithm::Czech, Script::Latin),
    (Algorithm::Danish, Script::Latin),
    (Algorithm::Dutch, Script::Latin),
    (Algorithm::English, Script::Latin),
    (Algorithm::Esperanto, Script::Latin),
    (Algorithm::Estonian, Script::Latin),
    (Algorithm::Finnish, Script::Latin),
    (Algorithm::French, Script::Latin),
    (Algorithm::German, Script::Latin),
    (Algorithm::Greek, Script::Greek),
    (Algorithm::Hindi, Script::Devanagari),
    (Algorithm::Hungarian, Script::Latin),
    (Algorithm::Indonesian, Script::Latin),
    (Algorithm::Irish, Script::Latin),
    (Algorithm::Italian, Script::Latin),
    (Algorithm::Lithuanian, Script::Latin),
    (Algorithm::Nepali, Script::Devanagari),
    (Algorithm::Norwegian, Script::Latin),
    (Algorithm::Persian, Script::Arabic),
    (Algorithm::Polish, Script::Latin),
    (Algorithm::Portuguese, Script::Latin),
    (Algorithm::Romanian, Script::Latin),
    (Algorithm::Russian, Script::Cyrillic),
    (Algorithm::Serbian, Script::Cyrillic),
    (Algorithm::Spanish, Script::Latin),
    (Algorithm::Swedish, Script::Latin),
    (Algorithm::Tamil, Script::Tamil),
    (Algorithm::Turkish, Script::Latin),
];

/// A language is known by a sentence or two.
const LOOKED_AT_BYTES: usize = 400;
