//! Reads a PDF file (ISO 32000) page by page, or says why it has no text.

use super::glyphs::PdfPage;
use super::lines;
use claimledger_core::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page,
};

/// The text of a file: for each page its lines, then an empty line.
pub(super) fn text(bytes: &[u8]) -> Result<String, String> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(why)?;
    let cache = InterpreterCache::new();
    let mut found = Found::default();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let size = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(
            page.initial_transform(false).to_kurbo(),
            size,
            &cache,
            pdf.xref(),
            InterpreterSettings::default(),
        );
        let mut seen = PdfPage::new(size, MOST_LETTERS - found.letters);
        interpret_page(page, &mut context, &mut seen);
        let drawn = seen
            .finish()
            .ok_or("more is drawn in the PDF than is looked through")?;
        found.letters += drawn.letters.len();
        let unknown = |text: &str| text.contains(char::REPLACEMENT_CHARACTER);
        found.unknown += drawn.letters.iter().filter(|l| unknown(&l.text)).count();
        found.pictures |= drawn.pictures;
        found.hidden |= drawn.hidden;
        found.text.push_str(&lines::text(drawn));
        found.text.push('\n');
        if found.text.len() as u64 > MAX_TEXT_SOURCE_BYTES {
            return Err(format!(
                "its text is longer than {MAX_TEXT_SOURCE_BYTES} bytes"
            ));
        }
    }
    found.checked()
}

/// What was found in a file.
#[derive(Default)]
struct Found {
    text: String,
    letters: usize,
    /// Characters of which the file does not say what they stand for.
    unknown: usize,
    pictures: bool,
    hidden: bool,
}

impl Found {
    fn checked(self) -> Result<String, String> {
        if 2 * self.unknown > self.letters {
            return Err("the fonts of the PDF do not say which characters they draw".to_owned());
        }
        if !self.text.trim().is_empty() {
            return Ok(self.text);
        }
        let why = match (self.pictures, self.hidden) {
            (true, _) => {
                "the PDF has only pictures, e.g. of scanned pages; a transcript can hold their words"
            }
            (_, true) => {
                "the words in the PDF cannot be seen: they are hidden, covered or outside of the page"
            }
            _ => "there are no words in the PDF",
        };
        Err(why.to_owned())
    }
}

fn why(error: LoadPdfError) -> String {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "the PDF is protected by a password"
        }
        LoadPdfError::Decryption(_) => "the PDF is encrypted in a way that cannot be read",
        LoadPdfError::Invalid => "the PDF is malformed: it breaks the rules of its format",
    }
    .to_owned()
}

/// Characters of a file: about a hundred long novels.
const MOST_LETTERS: usize = 4_000_000;
