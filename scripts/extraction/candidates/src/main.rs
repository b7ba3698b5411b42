//! Prints the text of a PDF file as one of the libraries that were weighed finds it: `candidates LIBRARY FILE`.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(library), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("candidates LIBRARY FILE".into());
    };
    let bytes = std::fs::read(file)?;
    let text = match library.as_str() {
        "pdf-extract" => pdf_extract::extract_text_from_mem(&bytes)?,
        "lopdf" => lopdf(&bytes)?,
        "pdf_oxide" => pdf_oxide(bytes)?,
        _ => return Err("LIBRARY is pdf-extract, lopdf or pdf_oxide".into()),
    };
    println!("{text}");
    Ok(())
}

fn lopdf(bytes: &[u8]) -> Result<String, Box<dyn Error>> {
    let document = lopdf::Document::load_mem(bytes)?;
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    Ok(document.extract_text(&pages)?)
}

fn pdf_oxide(bytes: Vec<u8>) -> Result<String, Box<dyn Error>> {
    let document = pdf_oxide::PdfDocument::from_bytes(bytes)?;
    let mut text = String::new();
    for page in 0..document.page_count()? {
        text.push_str(&document.extract_text(page)?);
        text.push('\n');
    }
    Ok(text)
}
