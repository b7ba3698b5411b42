//! The characters of a document with markup, whole or not at all.

use crate::extract::charset;
use crate::formats::{Trouble, TroubleCode};

/// The text of a page or a JSON file. `sender` is the encoding that its server declared.
///
/// # Errors
///
/// `malformed` if characters are not in the encoding that the document or its server declares.
pub fn markup_text(bytes: &[u8], is_page: bool, sender: Option<&str>) -> Result<String, Trouble> {
    let malformed = |why| Trouble::new("", TroubleCode::Malformed, why);
    let choice = if is_page {
        Ok(charset::of_page(bytes, sender))
    } else {
        charset::of_text(bytes, sender)
    };
    let text = charset::decode(bytes, choice.map_err(malformed)?);
    let lost = text.lost(&text.text);
    if lost > 0 {
        let why = format!("{lost} characters are not in the encoding that the file declares");
        return Err(malformed(why));
    }
    Ok(text.text)
}
