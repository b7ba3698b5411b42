//! The text of a letter and of an office file is what a person sees there; hostile and closed files have none.

use super::snapshots::{reader, zip_of};
use claimledger::extract::formats::Format;

fn read(format: Format, bytes: &[u8]) -> String {
    format.read(bytes).unwrap()
}

#[test]
fn a_letter_has_its_head_its_body_and_the_names_of_what_is_attached() {
    let letter = b"Return-Path: <x@y.example>\r\nFrom: =?utf-8?q?J=C3=B6rg_M=C3=BCller?= <jorg@desk.example>\r\nTo: mara@desk.example,\r\n\t\"Lena P.\" <lena@desk.example>\r\nDate: Mon, 30 Nov 2026 12:00:00 +0100\r\nSubject: Die =?iso-8859-1?q?Br=FCcke?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-2\r\nContent-Transfer-Encoding: base64\r\n\r\nWmG/87PmIGfqtmyxLgo=\r\n--b\r\nContent-Type: application/pdf; name=\"bericht.pdf\"\r\nContent-Disposition: attachment; filename=\"bericht.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n--b--\r\n";
    assert_eq!(
        read(Format::Letter, letter).trim_end(),
        "From: Jörg Müller <jorg@desk.example>\nTo: mara@desk.example, Lena P. <lena@desk.example>\nDate: Mon, 30 Nov 2026 12:00:00 +0100\nSubject: Die Brücke\nZażółć gęślą.\n\nAttachment: bericht.pdf"
    );
}

#[test]
fn of_two_forms_of_a_letter_the_one_that_is_shown_is_read() {
    let letter = b"From: a@b.example\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<meta charset=3Dwindows-1251><p>=CF=F0=E8=E2=E5=F2 4<sup>2</sup><p hidden>no\r\n--b--\r\n";
    assert_eq!(
        read(Format::Letter, letter).trim_end(),
        "From: a@b.example\nSubject: s\nПривет 4²"
    );
    let flowed = b"From: a@b.example\r\nContent-Type: text/plain; format=flowed\r\n\r\nThe bridge \r\nwill close.\r\nSoon.\r\n";
    assert_eq!(
        read(Format::Letter, flowed).trim_end(),
        "From: a@b.example\nThe bridge will close.\nSoon."
    );
}

#[test]
fn a_page_saved_with_its_pictures_has_the_text_of_the_page() {
    let page = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/bridge\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://news.example/bridge\r\n\r\n<meta charset=3D\"utf-8\"><p>The mayor said the old br=\r\nidge =E2=80=9Cwill close=E2=80=9D in April.</p>\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n--b--\r\n";
    assert_eq!(
        read(Format::SavedPage, page).trim_end(),
        "The mayor said the old bridge “will close” in April."
    );
    assert!(
        Format::SavedPage
            .read(b"From: a@b.example\r\n\r\nwords")
            .is_err()
    );
}

const WORD: &str = r#"<w:document xmlns:w="w" xmlns:mc="mc"><w:body>
<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>Unemployment fell to 4</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t xml:space="preserve"> percent</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Ref"/></w:rPr><w:footnoteReference w:id="7"/></w:r><w:r><w:t>.</w:t></w:r></w:p>
<w:p><w:ins><w:r><w:t>added </w:t></w:r></w:ins><w:del><w:r><w:delText>deleted </w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden </w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>kept &amp; shown</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Gone"/></w:rPr><w:t>styled away</w:t></w:r></w:p>
<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>
<w:p><w:r><w:fldChar/><w:instrText>PAGE</w:instrText><w:t>12</w:t></w:r></w:p></w:body></w:document>"#;

const FOOTNOTES: &str = r#"<w:footnotes xmlns:w="w"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>no</w:t></w:r></w:p></w:footnote><w:footnote w:id="3"><w:p><w:r><w:t>not referred to</w:t></w:r></w:p></w:footnote><w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Without the north.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;

const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:styleId="Ref"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style><w:style w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>"#;

fn word() -> Vec<u8> {
    zip_of(&[
        ("word/document.xml", WORD.as_bytes()),
        ("word/footnotes.xml", FOOTNOTES.as_bytes()),
        ("word/styles.xml", STYLES.as_bytes()),
    ])
}

#[test]
fn a_word_file_has_what_is_inserted_and_not_what_is_deleted_or_hidden() {
    assert_eq!(
        read(Format::Word, &word()),
        "Unemployment fell to 4² percent¹.\nadded kept & shown\none\ntwo\tthree\n\t5\na\tb\nbox\n12\n¹ Without the north.\n"
    );
}

fn sheet() -> Vec<u8> {
    let book = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Cars" sheetId="1" r:id="rId1"/><sheet name="Secret" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>"#;
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
    let styles = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"#;
    let cells = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="3" max="3" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Share</t></is></c><c r="B1" s="1"><v>0.125</v></c><c r="C1"><v>99</v></c><c r="D1" s="2"><v>45352</v></c></row><row r="2" hidden="1"><c r="A2"><v>13</v></c></row><row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3"><v>0.30000000000000004</v></c><c r="D3" t="b"><v>1</v></c></row></sheetData></worksheet>"#;
    let secret = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>66</v></c></row></sheetData></worksheet>"#;
    let root = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    zip_of(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", cells.as_bytes()),
        ("xl/worksheets/sheet2.xml", secret.as_bytes()),
    ])
}

#[test]
fn a_spreadsheet_has_the_values_that_are_shown() {
    assert_eq!(
        read(Format::Sheet, &sheet()),
        "Cars\nShare\t12.5%\t2024-03-01\n2\t0.3\tTRUE\n"
    );
}

fn slides() -> Vec<u8> {
    let deck = r#"<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId id="256" r:id="rId2"/><p:sldId id="257" r:id="rId1"/><p:sldId id="258" r:id="rId3"/></p:sldIdLst></p:presentation>"#;
    let relations = r#"<Relationships><Relationship Id="rId1" Target="slides/slide1.xml"/><Relationship Id="rId2" Target="/ppt/slides/slide2.xml"/><Relationship Id="rId3" Target="slides/slide3.xml"/></Relationships>"#;
    let slide = |attributes: &str, words: &str| {
        format!(
            r#"<p:sld xmlns:p="p" xmlns:a="a" {attributes}><p:sp><a:p><a:r><a:t>{words} fell to 4</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>2</a:t></a:r><a:br/><a:r><a:t>x</a:t></a:r></a:p></p:sp><p:sp><a:p><a:r><a:t>box</a:t></a:r></a:p></p:sp></p:sld>"#
        )
    };
    zip_of(&[
        ("ppt/presentation.xml", deck.as_bytes()),
        ("ppt/_rels/presentation.xml.rels", relations.as_bytes()),
        ("ppt/slides/slide1.xml", slide("", "second").as_bytes()),
        ("ppt/slides/slide2.xml", slide("", "first").as_bytes()),
        (
            "ppt/slides/slide3.xml",
            slide("show=\"0\"", "hidden").as_bytes(),
        ),
    ])
}

#[test]
fn a_presentation_has_its_slides_in_their_order() {
    assert_eq!(
        read(Format::Slides, &slides()),
        "first fell to 4²\nx\nbox\nsecond fell to 4²\nx\nbox\n"
    );
}

fn open_text() -> Vec<u8> {
    let content = r#"<office:document-content xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:table="b"><office:automatic-styles><style:style style:name="Up"><style:text-properties style:text-position="super 58%"/></style:style><style:style style:name="No"><style:text-properties text:display="none"/></style:style></office:automatic-styles><office:body><office:text><text:tracked-changes><text:deletion><text:p>deleted</text:p></text:deletion></text:tracked-changes>
<text:p>Unemployment fell to 4<text:span text:style-name="Up">2</text:span> percent<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Without the north.</text:p></text:note-body></text:note>.</text:p><text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d<text:span text:style-name="No">hidden</text:span><office:annotation><text:p>comment</text:p></office:annotation></text:p>
<table:table table:name="T"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>"#;
    zip_of(&[("content.xml", content.as_bytes())])
}

fn open_sheet() -> Vec<u8> {
    let content = r#"<office:document-content xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:table="b"><office:automatic-styles><style:style style:name="Hid"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Cars"><table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value="0.125"><text:p>12.5 %</text:p></table:table-cell></table:table-row><table:table-row table:visibility="collapse"><table:table-cell><text:p>hidden</text:p></table:table-cell></table:table-row></table:table><table:table table:name="Secret" table:style-name="Hid"><table:table-row><table:table-cell><text:p>66</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#;
    zip_of(&[("content.xml", content.as_bytes())])
}

#[test]
fn opendocument_files_have_what_is_shown() {
    assert_eq!(
        read(Format::OpenText, &open_text()),
        "Unemployment fell to 4² percent¹.\na  b\tc\nd\nx\ty\nWithout the north.\n"
    );
    assert_eq!(read(Format::OpenSheet, &open_sheet()), "Cars\n\t\t12.5 %\n");
}

const RICH: &[u8] = br"{\rtf1\ansi\ansicpg1250\uc1{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times Cyr;}}{\stylesheet{\s0 Normal;}}{\info{\title no}}{\*\generator no;}{\header no\par}
\f0 Unemployment fell to 4{\super 2} percent{\footnote Without the north.}.\par {\v hidden}{\deleted gone}\u321?\'f3d\u378? {\f1 \'cf\'f0\'e8\'e2\'e5\'f2}\par one\line two\tab three\par\trowd a\cell b\cell\row \emdash  \lquote q\rquote\par}";

#[test]
fn rich_text_has_the_words_that_are_shown() {
    assert_eq!(
        read(Format::Rich, RICH),
        "Unemployment fell to 4² percent\nWithout the north.\n.\nŁódź Привет\none\ntwo\tthree\na\tb\n— ‘q’\n"
    );
}

#[test]
fn a_file_that_is_closed_says_so() {
    let closed = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and what follows";
    for format in [
        Format::Word,
        Format::Slides,
        Format::Sheet,
        Format::OpenText,
    ] {
        let why = format.read(closed).unwrap_err();
        assert!(why.contains("protected by a password"), "{format:?}: {why}");
    }
    let manifest = r"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let closed = zip_of(&[
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", b"\x01\x02"),
    ]);
    assert!(
        Format::OpenText
            .read(&closed)
            .unwrap_err()
            .contains("protected by a password")
    );
}

#[test]
fn a_hostile_file_costs_no_more_than_the_limits() {
    let zeros = vec![b' '; 160 * 1024 * 1024];
    let bomb = zip_of(&[("word/document.xml", &zeros)]);
    drop(zeros);
    assert!(bomb.len() < 1024 * 1024);
    let reader = reader();
    assert_eq!(
        reader.text(Format::Word, &bomb).unwrap_err(),
        "it unpacks to more than is looked through"
    );
    let deep = "<a>".repeat(3_000_000);
    let deep = zip_of(&[("word/document.xml", deep.as_bytes())]);
    assert_eq!(reader.text(Format::Word, &deep).unwrap(), "");
    let groups = [b"{\\rtf1".as_slice(), &b"{".repeat(5000)].concat();
    assert_eq!(
        reader.text(Format::Rich, &groups).unwrap_err(),
        "its groups are nested deeper than is read"
    );
    for format in Format::ALL {
        for bytes in [
            b"".as_slice(),
            b"PK\x03\x04",
            b"words",
            b"{\\rtf1 \\u",
            b"From: a\r\n",
        ] {
            // A text or a reason, and no crash.
            let _ = reader.text(format, bytes);
        }
    }
}

/// Both were found by fuzzing: calamine stops at an assertion, at a slice that ends before it begins.
#[test]
fn a_spreadsheet_at_which_its_reader_panics_is_malformed() {
    let reader = reader();
    for bytes in [
        &include_bytes!("../data/cut-in-a-table.xls")[..],
        include_bytes!("../data/sector-beyond-the-end.xls"),
    ] {
        assert_eq!(
            reader.text(Format::Sheet, bytes).unwrap_err(),
            "the spreadsheet is malformed: it breaks the rules of its format"
        );
    }
}

/// The corpus of the frozen outputs.
pub fn corpus() -> Vec<(&'static str, Vec<u8>)> {
    let media_type = |format: Format| format.media_types()[0];
    vec![
        (media_type(Format::Word), word()),
        (media_type(Format::Sheet), sheet()),
        (media_type(Format::Slides), slides()),
        (media_type(Format::OpenText), open_text()),
        (media_type(Format::OpenSheet), open_sheet()),
        (media_type(Format::Rich), RICH.to_vec()),
        (
            media_type(Format::Letter),
            b"From: a@b.example\r\nSubject: =?utf-8?q?Br=C3=BCcke?=\r\nContent-Type: text/html\r\n\r\n<p>4<sup>2</sup>".to_vec(),
        ),
        (
            media_type(Format::SavedPage),
            b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=windows-1251\r\n\r\n<p>\xcf\xf0\xe8\xe2\xe5\xf2".to_vec(),
        ),
    ]
}
