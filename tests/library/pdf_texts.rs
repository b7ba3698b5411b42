//! The text of PDF files: what a person sees on the pages, and nothing else. `scripts/extraction/pdfs` does the same with the
//! files of many writers.

use super::snapshots::{pdf_of, reader, stream};
use claimledger::extract::formats::Format;
use std::fmt::Write;

/// A PDF file in the making: its pages, and what they use.
pub struct Pdf {
    pages: Vec<(String, Vec<u8>)>,
    resources: &'static str,
    /// Objects from number 4 on.
    more: Vec<Vec<u8>>,
    catalog: &'static str,
}

impl Pdf {
    /// A file with one page for each of these contents. Its font is F1.
    pub fn of(contents: &[&str]) -> Self {
        let content = |words: &&str| (String::new(), words.as_bytes().to_vec());
        Self {
            pages: contents.iter().map(content).collect(),
            resources: "",
            more: Vec::new(),
            catalog: "",
        }
    }

    /// The same with these resources, which use these objects, numbered from 4.
    fn with(mut self, resources: &'static str, more: &[Vec<u8>]) -> Self {
        self.resources = resources;
        self.more = more.to_vec();
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let first = 4 + self.more.len();
        let mut kids = String::new();
        for page in 0..self.pages.len() {
            write!(kids, "{} 0 R ", first + 2 * page).unwrap();
        }
        let mut objects = vec![
            format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog).into_bytes(),
            format!(
                "<< /Type /Pages /Count {} /Kids [{kids}] >>",
                self.pages.len()
            )
            .into_bytes(),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
                .to_vec(),
        ];
        objects.extend(self.more.iter().cloned());
        for (number, (entries, content)) in self.pages.iter().enumerate() {
            let page = format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {entries} /Contents {} 0 R \
                 /Resources << /Font << /F1 3 0 R /F2 4 0 R >> {} >> >>",
                first + 2 * number + 1,
                self.resources,
            );
            objects.push(page.into_bytes());
            objects.push(stream("", content));
        }
        pdf_of(&objects)
    }

    fn text(&self) -> String {
        text(&self.bytes()).unwrap()
    }
}

/// The lines of a file.
fn text(bytes: &[u8]) -> Result<String, String> {
    let text = reader().text(Format::Pdf, bytes)?;
    let lines = text.lines().filter(|line| !line.is_empty());
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

fn line(words: &str, x: u32, y: u32) -> String {
    format!("BT /F1 12 Tf {x} {y} Td ({words}) Tj ET\n")
}

/// A font F2 of two bytes a character, and what they stand for: the first is 1. Its letters are half as wide as high.
fn letters(of: &str) -> [Vec<u8>; 4] {
    let mut rows = String::new();
    for (at, letter) in of.chars().enumerate() {
        let mut two = [0; 2];
        let units = letter.encode_utf16(&mut two).iter();
        let units: Vec<String> = units.map(|unit| format!("{unit:04x}")).collect();
        let units = units.concat();
        writeln!(rows, "<{:04x}> <{units}>", at + 1).unwrap();
    }
    let map = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n\
         1 begincodespacerange <0000> <ffff> endcodespacerange\n{} beginbfchar\n{rows}endbfchar endcmap end end",
        of.chars().count(),
    );
    [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 6 0 R >>"
            .to_vec(),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 500 /FontDescriptor 7 0 R \
          /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
            .to_vec(),
        stream("", map.as_bytes()),
        b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 \
          /Descent -200 /CapHeight 700 /StemV 80 >>"
            .to_vec(),
    ]
}

/// A page on which these characters stand from left to right.
fn drawn_from_left(characters: &str) -> Pdf {
    let mut codes = String::new();
    for at in 1..=characters.chars().count() {
        write!(codes, "{at:04x}").unwrap();
    }
    let content = format!("BT /F2 12 Tf 72 700 Td <{codes}> Tj ET");
    Pdf::of(&[&content]).with("", &letters(characters))
}

fn reversed(line: &str) -> String {
    line.chars().rev().collect()
}

const PICTURE: &[u8] = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray \
    /Length 1 >>\nstream\n\x80\nendstream";
const WHOLE_PAGE: &str = "q 612 0 0 792 0 0 cm /X Do Q\n";

#[test]
fn the_lines_of_two_pages_are_never_one_line() {
    for second in [270, 265] {
        let slides = Pdf::of(&[
            &line("Deaths fell to 1", 72, 270),
            &line("2 people were hurt.", 72, second),
        ]);
        assert_eq!(slides.text(), "Deaths fell to 1\n2 people were hurt.");
    }
    let pages = [
        "They say that the bridge",
        "will close in April.",
        "It reopens.",
    ]
    .map(|words| line(words, 72, 700));
    let pages = Pdf::of(&pages.each_ref().map(String::as_str));
    assert_eq!(
        pages.text(),
        "They say that the bridge\nwill close in April.\nIt reopens."
    );
}

#[test]
fn a_raised_or_lowered_figure_is_apart_from_the_number_before_it() {
    let by_rise = "BT /F1 12 Tf 72 700 Td (Unemployment fell to 4) Tj 6 Ts /F1 7 Tf (2) Tj 0 Ts /F1 12 Tf ( percent; CO) Tj \
        -3 Ts /F1 7 Tf (2) Tj 0 Ts /F1 12 Tf ( rose by 10) Tj 5 Ts /F1 7 Tf (5) Tj ET";
    assert_eq!(
        Pdf::of(&[by_rise]).text(),
        "Unemployment fell to 4 2 percent; CO 2 rose by 10 5"
    );
    assert_eq!(footnote().text(), "Deaths fell to 1 2 people in May.");
}

/// A raised figure that is drawn at the end of the page, as some writers do.
fn footnote() -> Pdf {
    let content = format!(
        "{}{}BT /F1 7 Tf 156.6 705 Td (2) Tj ET",
        line("Deaths fell to 1", 72, 700),
        line("people in May.", 164, 700),
    );
    Pdf::of(&[&content])
}

/// Files of which the texts are frozen: two slides, a footnote, a line from right to left.
pub fn frozen() -> [Vec<u8>; 3] {
    let slides = ["Deaths fell to 1", "2 people were hurt."].map(|words| line(words, 72, 270));
    let slides = Pdf::of(&slides.each_ref().map(String::as_str));
    let hebrew = drawn_from_left(&reversed("הגשר ייסגר"));
    [slides.bytes(), footnote().bytes(), hebrew.bytes()]
}

#[test]
fn words_and_numbers_with_a_gap_between_them_are_never_glued() {
    let by_array = "BT /F1 12 Tf 72 700 Td [(The)-278(bri)10(dge)-300(will)-190(close)-278(in)-278(1)-278(2)] TJ ET";
    assert_eq!(Pdf::of(&[by_array]).text(), "The bridge will close in 1 2");
    let cells = line("Berg", 72, 700)
        + &line("1", 104, 700)
        + &line("2", 114, 700)
        + &line("1,204", 130, 700)
        + &line("98", 163, 700);
    assert_eq!(Pdf::of(&[&cells]).text(), "Berg 1 2 1,204 98");
}

#[test]
fn letters_that_are_spaced_out_are_still_words() {
    let spaced = "BT /F1 12 Tf 72 700 Td 2.4 Tc (The mayor resigned in 2011.) Tj ET\n\
        BT /F1 18 Tf 6 Tc 72 600 Td (BRIDGE CLOSED) Tj ET";
    assert_eq!(
        Pdf::of(&[spaced]).text(),
        "The mayor resigned in 2011.\nBRIDGE CLOSED"
    );
}

#[test]
fn characters_are_read_by_where_they_stand_and_once() {
    let out_of_order = line("fell to 12", 112, 700) + &line("Deaths", 72, 700);
    assert_eq!(Pdf::of(&[&out_of_order]).text(), "Deaths fell to 12");
    let twice = line("He resigned in 2011.", 72, 700)
        + "BT /F1 12 Tf 72.3 700 Td (He resigned in 2011.) Tj ET";
    assert_eq!(Pdf::of(&[&twice]).text(), "He resigned in 2011.");
    let columns = [
        "One: the bridge",
        "will close.",
        "Two: the road",
        "will open.",
    ];
    let columns = line(columns[0], 72, 700)
        + &line(columns[1], 72, 680)
        + &line(columns[2], 190, 700)
        + &line(columns[3], 190, 680);
    assert_eq!(
        Pdf::of(&[&columns]).text(),
        "One: the bridge\nwill close.\nTwo: the road\nwill open."
    );
    let turned = "BT /F1 12 Tf 0 1 -1 0 300 200 Tm (From below: 1) Tj ET\n".to_owned()
        + &line("2 upright words.", 280, 300);
    assert_eq!(
        Pdf::of(&[&turned]).text(),
        "From below: 1\n2 upright words."
    );
    let mut side = Pdf::of(&[&line("A page on its side.", 72, 700)]);
    side.pages[0].0 = "/Rotate 90".to_owned();
    assert_eq!(side.text(), "A page on its side.");
}

#[test]
fn right_to_left_lines_are_in_the_order_in_which_they_are_read() {
    assert_eq!(
        drawn_from_left(&reversed("הגשר ייסגר")).text(),
        "הגשר ייסגר"
    );
    // Numbers stand in the same order in both.
    assert_eq!(
        drawn_from_left("6202 ליראפאב 15-ב רגסיי רשגה").text(),
        "הגשר ייסגר ב-15 באפאריל 6202"
    );
    assert_eq!(
        drawn_from_left("The word םולש means peace.").text(),
        "The word שלום means peace."
    );
    // Shapes of letters are letters.
    assert_eq!(
        drawn_from_left(&reversed("ﺍﻟﺠﺴﺮ ﺳﻴﻐﻠﻖ")).text(),
        "الجسر سيغلق"
    );
}

#[test]
fn ligatures_are_their_letters_and_accents_are_on_theirs() {
    assert_eq!(drawn_from_left("oﬃcial ﬁgures").text(), "official figures");
    let accent = "BT /F2 12 Tf 72 700 Td [<00010002>500<0003>] TJ ET";
    let tex = Pdf::of(&[accent]).with("", &letters("B\u{a8}u"));
    assert_eq!(tex.text(), "Bü");
}

#[test]
fn words_that_nobody_sees_are_not_in_the_text() {
    let hidden = line("Seen.", 72, 700)
        + "BT 3 Tr /F1 12 Tf 72 680 Td (Without ink.) Tj 0 Tr ET 1 g "
        + &line("White on white.", 72, 660)
        + "0 g "
        + &line("Outside.", 900, 700)
        + "q 0 0 10 10 re W n "
        + &line("Clipped.", 72, 640)
        + "Q BT /F1 0.4 Tf 72 620 Td (Too small.) Tj ET "
        + &line("Blackened.", 72, 600)
        + "60 590 200 30 re f 60 550 200 30 re f 1 g "
        + &line("White on black.", 72, 560);
    assert_eq!(Pdf::of(&[&hidden]).text(), "Seen.\nWhite on black.");
    let mut layers = Pdf::of(&[&format!(
        "/OC /L BDC {}EMC {}",
        line("Off.", 72, 600),
        line("On.", 72, 700)
    )])
    .with(
        "/Properties << /L 4 0 R >>",
        &[b"<< /Type /OCG /Name (L) >>".to_vec()],
    );
    layers.catalog = "/OCProperties << /OCGs [4 0 R] /D << /OFF [4 0 R] >> >>";
    assert_eq!(layers.text(), "On.");
    let only_hidden = Pdf::of(&["1 g BT /F1 12 Tf 72 700 Td (White.) Tj ET"]);
    assert_eq!(
        text(&only_hidden.bytes()).unwrap_err(),
        "the words in the PDF cannot be seen: they are hidden, covered or outside of the page"
    );
}

#[test]
fn the_words_of_a_scan_are_read_and_a_scan_without_words_says_so() {
    let resources = "/XObject << /X 4 0 R >>";
    let words = "BT 3 Tr /F1 12 Tf 72 700 Td (Words of a letter.) Tj ET\n";
    for content in [WHOLE_PAGE.to_owned() + words, words.to_owned() + WHOLE_PAGE] {
        let scan = Pdf::of(&[&content]).with(resources, &[PICTURE.to_vec()]);
        assert_eq!(scan.text(), "Words of a letter.");
    }
    let blackened = format!("{WHOLE_PAGE}{words}60 690 200 30 re f");
    let blackened = Pdf::of(&[&blackened]).with(resources, &[PICTURE.to_vec()]);
    let picture = Pdf::of(&[WHOLE_PAGE]).with(resources, &[PICTURE.to_vec()]);
    for scan in [blackened, picture] {
        assert_eq!(
            text(&scan.bytes()).unwrap_err(),
            "the PDF has only pictures, e.g. of scanned pages; a transcript can hold their words"
        );
    }
}

#[test]
fn forms_fields_and_fonts_with_codes_of_their_own_are_read() {
    let form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 400 50] /Resources << /Font << /F1 3 0 R >> >>",
        line("In a form.", 0, 10).as_bytes(),
    );
    let page = line("On the page.", 72, 700) + "q 1 0 0 1 72 600 cm /X Do Q";
    let page = Pdf::of(&[&page]).with("/XObject << /X 4 0 R >>", std::slice::from_ref(&form));
    assert_eq!(page.text(), "On the page.\nIn a form.");
    let field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (Lena) /F 4 /Rect [110 600 300 620] /AP << /N 5 0 R >> >>";
    let mut letter = Pdf::of(&[&line("Name:", 72, 605)]).with("", &[field.to_vec(), {
        let shown = line("Lena", 2, 5);
        stream("/Type /XObject /Subtype /Form /BBox [0 0 190 20] /Resources << /Font << /F1 3 0 R >> >>", shown.as_bytes())
    }]);
    letter.pages[0].0 = "/Annots [4 0 R]".to_owned();
    assert_eq!(letter.text(), "Name: Lena");
    let font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica \
        /Encoding << /Differences [1 /B /r /udieresis /c /k /e] >> >>";
    let coded =
        Pdf::of(&["BT /F2 12 Tf 72 700 Td <010203040506> Tj ET"]).with("", &[font.to_vec()]);
    assert_eq!(coded.text(), "Brücke");
    let mut silent = letters("Brücke");
    silent[0] = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] >>".to_vec();
    let silent = Pdf::of(&["BT /F2 12 Tf 72 700 Td <000100020003> Tj ET"]).with("", &silent);
    assert_eq!(
        text(&silent.bytes()).unwrap_err(),
        "the fonts of the PDF do not say which characters they draw"
    );
}

#[test]
fn slightly_broken_files_are_read_as_other_readers_take_them() {
    let whole = Pdf::of(&[&line("The order says: closed.", 72, 700)]).bytes();
    let at = |word: &[u8]| {
        whole
            .windows(word.len())
            .position(|part| part == word)
            .unwrap()
    };
    let replaced = |from: &str, to: &str| {
        let mut out = whole.clone();
        let place = at(from.as_bytes());
        out.splice(place..place + from.len(), to.bytes());
        out
    };
    for (defect, bytes) in [
        ("none", whole.clone()),
        (
            "2 kB after the end",
            [whole.clone(), vec![0; 2048]].concat(),
        ),
        (
            "another place of the table",
            replaced("startxref\n", "startxref\n9"),
        ),
        ("cut before the table", whole[..at(b"xref\n0")].to_vec()),
        (
            "bytes before the mark",
            [b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), whole.clone()].concat(),
        ),
        (
            "a wrong length of a stream",
            replaced("/Length ", "/Length 9"),
        ),
        (
            "no object for the pages' number",
            replaced("/Count 1", "/Count 7"),
        ),
    ] {
        assert_eq!(
            text(&bytes).as_deref(),
            Ok("The order says: closed."),
            "{defect}"
        );
    }
    // An update at the end replaces the content of the page.
    let mut updated = whole.clone();
    let place = updated.len();
    updated.extend(b"5 0 obj\n");
    updated.extend(stream(
        "",
        line("The order says: open.", 72, 700).as_bytes(),
    ));
    updated.extend(b"\nendobj\n");
    let table = updated.len();
    let first = at(b"xref\n0");
    updated.extend(
        format!("xref\n5 1\n{place:010} 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev {first} >>\nstartxref\n{table}\n%%EOF\n")
            .bytes(),
    );
    assert_eq!(text(&updated).as_deref(), Ok("The order says: open."));
}

#[test]
fn an_encrypted_file_is_read_if_it_needs_no_password() {
    let open = include_bytes!("../data/encrypted-without-password.pdf");
    assert_eq!(text(open).as_deref(), Ok("The order says: closed."));
    let locked = include_bytes!("../data/encrypted-with-password.pdf");
    assert_eq!(
        text(locked).unwrap_err(),
        "the PDF is protected by a password"
    );
}

#[test]
fn a_page_with_more_drawings_than_are_looked_through_has_no_text() {
    let mut content = line("Words.", 72, 700);
    for _ in 0..50_000 {
        content.push_str("0 0 612 792 re f\n");
    }
    let page = Pdf::of(&[&content]);
    assert_eq!(
        text(&page.bytes()).unwrap_err(),
        "more is drawn in the PDF than is looked through"
    );
}
