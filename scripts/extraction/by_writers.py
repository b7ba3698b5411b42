"""PDF files as other people's programs write them: ReportLab, fpdf2, LibreOffice, Chromium, rsvg-convert (cairo, Pango),
pdfTeX, groff, Ghostscript, pikepdf (qpdf)."""

import io
import pathlib
import shutil
import subprocess
import tempfile

DEJAVU = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
HEBREW = "הגשר ייסגר"
PROSE = (
    "The office said on Tuesday that the old bridge across the river will close in April, and that its official traffic"
    " figures for 2025 fell to 4 percent of those that the city had published before the flood. Affected residents"
    " were offered 1,250 euros, after difficult negotiations between the municipality and their representatives."
)


def run(*words, **more):
    subprocess.run(words, check=True, capture_output=True, timeout=180, **more)


def reportlab_cases():
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(TTFont("DejaVu", DEJAVU))
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    styles = getSampleStyleSheet()

    def drawn(draw):
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=A4, invariant=1)
        draw(canvas)
        canvas.save()
        return out.getvalue()

    def built(make, parts):
        out = io.BytesIO()
        make(out).build(parts)
        return out.getvalue()

    def lines(*rows, font="DejaVu"):
        def draw(canvas):
            canvas.setFont(font, 14)
            for i, row in enumerate(rows):
                canvas.drawRightString(500, 700 - 24 * i, row)

        return drawn(draw)

    from bidi.algorithm import get_display
    import arabic_reshaper

    yield "reportlab-hebrew", lines(HEBREW[::-1]), HEBREW
    mixed = ["הגשר ייסגר ב-15 באפריל 2026, אמרה BBC News אתמול.", "(ראו עמוד 12) מחיר: 1,250 ש\"ח", "The word שלום עולם means peace."]
    yield "reportlab-hebrew-mixed", lines(*[get_display(row) for row in mixed]), "\n".join(mixed)
    arabic = ["الجسر سيغلق في نيسان", "قتل 12 شخصا في عام 2026"]
    shaped = [get_display(arabic_reshaper.reshape(row)) for row in arabic]
    yield "reportlab-arabic-forms", lines(*shaped), "\n".join(arabic)
    raised = "Unemployment fell to 4<super>2</super> percent; CO<sub>2</sub> rose by 10<super>5</super> tons."
    yield "reportlab-raised", built(lambda out: SimpleDocTemplate(out, invariant=1), [Paragraph(raised, styles["Normal"])]), \
        "Unemployment fell to 4 2 percent; CO 2 rose by 10 5 tons."
    justified = styles["Normal"].clone("j", alignment=4)
    yield "reportlab-justified", built(lambda out: SimpleDocTemplate(out, invariant=1), [Paragraph(PROSE, justified)]), PROSE

    def columns(out):
        frames = [Frame(60, 500, 230, 250), Frame(310, 500, 230, 250)]
        return BaseDocTemplate(out, invariant=1, pageTemplates=[PageTemplate(frames=frames)])

    yield "reportlab-two-columns", built(columns, [Paragraph(f"{n} {PROSE}", justified) for n in ("First.", "Second.", "Third.")]), \
        f"First. {PROSE}\nSecond. {PROSE}\nThird. {PROSE}"
    rows = [["Town", "2024", "2025"], ["Aalen", "1", "2"], ["Berg", "12", "3"], ["Calw", "1,204", "98"]]
    yield "reportlab-table", built(lambda out: SimpleDocTemplate(out, invariant=1), [Table(rows)]), "\n".join(map(" ".join, rows))
    narrow = Table(rows, colWidths=[40, 26, 26])
    yield "reportlab-table-narrow", built(lambda out: SimpleDocTemplate(out, invariant=1), [narrow]), "\n".join(map(" ".join, rows))
    yield "reportlab-japanese", lines("橋は四月に閉鎖される。", font="HeiseiMin-W3"), "橋は四月に閉鎖される。"

    def form(canvas):
        canvas.drawString(72, 705, "Name:")
        canvas.acroForm.textfield(value="Lena Berg", x=120, y=695, width=150, height=24, name="n")

    yield "reportlab-field", drawn(form), "Name: Lena Berg"


def fpdf_cases():
    from fpdf import FPDF

    def page():
        pdf = FPDF()
        pdf.add_page()
        pdf.add_font("DejaVu", "", DEJAVU)
        pdf.set_font("DejaVu", size=12)
        return pdf

    pdf = page()
    pdf.multi_cell(0, text=PROSE, align="J")
    yield "fpdf2-justified", bytes(pdf.output()), PROSE
    pdf = page()
    with pdf.table(first_row_as_headings=False) as table:
        for row in (("Town", "Dead", "Hurt"), ("Aalen", "1", "2"), ("Berg", "12", "34")):
            table.row(row)
    yield "fpdf2-table", bytes(pdf.output()), "Town Dead Hurt\nAalen 1 2\nBerg 12 34"
    pdf = page()
    pdf.set_text_shaping(False)
    pdf.cell(text="הגשר ייסגר באפריל 2026")
    # Without shaping, the first letter stands on the left: a person reads the letters backwards.
    yield "fpdf2-hebrew", bytes(pdf.output()), "2026 לירפאב רגסיי רשגה"
    pdf = page()
    pdf.set_text_shaping(True)
    pdf.cell(text="הגשר ייסגר באפריל 2026")
    yield "fpdf2-hebrew-shaped", bytes(pdf.output()), "הגשר ייסגר באפריל 2026"


PAGE = """<!doctype html><meta charset=utf-8><style>body{font:12pt 'Liberation Serif'} .j{text-align:justify;width:9cm}
.c{columns:2;text-align:justify} .s{letter-spacing:4px} td{padding:2px 6px} h1{font-size:20pt}</style>%s"""


def browser_pages():
    prose = f"<p>{PROSE}</p>"
    yield "justified", f"<div class=j>{prose}</div>", PROSE
    yield "columns", f"<h1>Bridge to close</h1><div class=c>{prose}<p>Second. {PROSE}</p></div>", \
        f"Bridge to close\n{PROSE}\nSecond. {PROSE}"
    yield "raised", "<p>Unemployment fell to 4<sup>2</sup> percent; CO<sub>2</sub> rose.</p><p>By 1<sup>st</sup> May.</p>", \
        "Unemployment fell to 4 2 percent; CO 2 rose.\nBy 1 st May."
    yield "table", "<table><tr><th>Town<th>Dead<th>Hurt<tr><td>Aalen<td>1<td>2<tr><td>Berg<td>12<td>34</table>", \
        "Town Dead Hurt\nAalen 1 2\nBerg 12 34"
    yield "spaced", "<p class=s>The mayor resigned in 2026.</p><p>The next line.</p>", "The mayor resigned in 2026.\nThe next line."
    hebrew = "הגשר ייסגר ב-15 באפריל 2026, אמרה BBC News אתמול (עמוד 12)."
    arabic = "الجسر سيغلق في 15 نيسان 2026، قالت البلدية."
    yield "hebrew", f"<p dir=rtl style=\"font-family:'DejaVu Sans'\">{hebrew}</p>", hebrew
    yield "hebrew-points", "<p dir=rtl style=\"font-family:'Noto Sans Hebrew'\">שָׁלוֹם לָעוֹלָם</p>", "שָׁלוֹם לָעוֹלָם"
    yield "arabic", f"<p dir=rtl style=\"font-family:'Noto Naskh Arabic'\">{arabic}</p>", arabic
    yield "chinese", "<p style=\"font-family:'Noto Sans CJK SC'\">大桥将于四月关闭，共有12人受伤。</p>", "大桥将于四月关闭，共有12人受伤。"
    yield "ligatures", "<p>The official affluent offices, finally.</p>", "The official affluent offices, finally."


def browser_cases(folder):
    for name, body, seen in browser_pages():
        page, pdf = folder / f"{name}.html", folder / f"{name}.pdf"
        page.write_text(PAGE % body)
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={pdf}", page.as_uri())
        yield f"chromium-{name}", pdf.read_bytes(), seen


def office_cases(folder):
    for name, body, seen in browser_pages():
        if name == "spaced":
            continue
        (folder / f"{name}.html").write_text(PAGE % body)
    pages = [str(folder / f"{name}.html") for name, _, _ in browser_pages() if name != "spaced"]
    run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--infilter=HTML (StarWriter)", "--convert-to", "pdf",
        "--outdir", str(folder / "office-pdf"), *pages)
    for name, _, seen in browser_pages():
        pdf = folder / "office-pdf" / f"{name}.pdf"
        if pdf.exists():
            yield f"libreoffice-{name}", pdf.read_bytes(), seen
    letter = folder / "letter.fodt"
    letter.write_text(LETTER)
    run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "pdf", "--outdir",
        str(folder / "office-pdf"), str(letter))
    yield "libreoffice-letter", (folder / "office-pdf" / "letter.pdf").read_bytes(), \
        "Town of Berg\nThe order of 12 May is void. 1\nIt ends on page 2\n1 See page 4.\nPage 1\n" \
        "Town of Berg\n3 people may object.\nPage 2"


LETTER = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>
<style:style style:name="N" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="15cm" fo:page-height="20cm" fo:margin="2cm"/>
<style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles><office:master-styles>
<style:master-page style:name="Standard" style:page-layout-name="L"><style:header><text:p>Town of Berg</text:p></style:header>
<style:footer><text:p>Page <text:page-number/></text:p></style:footer></style:master-page></office:master-styles><office:body><office:text>
<text:p>The order of 12 May is void.<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>
<text:p>See page 4.</text:p></text:note-body></text:note></text:p><text:p>It ends on page 2</text:p>
<text:p text:style-name="N">3 people may object.</text:p></office:text></office:body></office:document>"""

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="500" height="300" font-family="DejaVu Sans" font-size="16">
<text x="20" y="40">Deaths fell to <tspan font-weight="bold">12</tspan> in May<tspan dy="-6" font-size="10">3</tspan></text>
<text x="20" y="80" letter-spacing="5">Bridge closed</text><text x="20" y="120">הגשר ייסגר באפריל</text>
<text transform="translate(400,250) rotate(-90)">On its side 7</text><text x="20" y="160">1</text><text x="60" y="160">2 people</text></svg>"""


def cairo_cases(folder):
    (folder / "drawing.svg").write_text(DRAWING)
    run("rsvg-convert", "-f", "pdf", "-o", str(folder / "drawing.pdf"), str(folder / "drawing.svg"))
    yield "cairo-drawing", (folder / "drawing.pdf").read_bytes(), \
        "Deaths fell to 12 in May 3\nBridge closed\nהגשר ייסגר באפריל\nOn its side 7\n1 2 people"


TEX = r"""\documentclass[%s]{article}\pdfcompresslevel9\pagestyle{%s}\textwidth 9cm\begin{document}%s\end{document}"""


def tex_cases(folder):
    footnote = PROSE.replace("4 percent", r"4\footnote{See page 12.} percent")
    for name, options, style, body, seen in (
        ("justified", "", "empty", PROSE, PROSE),
        ("columns", "twocolumn", "empty", f"First. {PROSE}\\par Second. {PROSE}", f"First. {PROSE}\nSecond. {PROSE}"),
        ("footnote", "", "plain", footnote, PROSE.replace("4 percent", "4 1 percent") + "\n1 See page 12.\n1"),
        ("accents", "", "empty", r"Die Br\"ucke f\'ur M\"anner, \`a la carte, na\"\i ve.", "Die Brücke fúr Männer, à la carte, naïve."),
        ("mathematics", "", "empty", r"It grew by $10^5$ and $x_2 = 3$.", "It grew by 10 5 and x 2 = 3."),
    ):
        (folder / f"{name}.tex").write_text(TEX % (options, style, body))
        run("pdflatex", "-interaction=batchmode", f"{name}.tex", cwd=folder)
        yield f"pdftex-{name}", (folder / f"{name}.pdf").read_bytes(), seen


def groff_cases():
    source = f".LP\n{PROSE}\n.TS\nl n n.\nAalen\t1\t2\nBerg\t12\t34\n.TE\n".encode()
    made = subprocess.run(["groff", "-t", "-ms", "-Tpdf"], input=source, capture_output=True, check=True).stdout
    yield "groff-letter", made, f"{PROSE}\nAalen 1 2\nBerg 12 34"


def ghostscript_cases(folder, plain):
    (folder / "plain.pdf").write_bytes(plain)
    run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", f"-sOutputFile={folder}/again.pdf", str(folder / "plain.pdf"))
    yield "ghostscript-again", (folder / "again.pdf").read_bytes(), PROSE


def pikepdf_cases(plain):
    import pikepdf

    def saved(**how):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(plain)) as pdf:
            pdf.save(out, **how)
        return out.getvalue()

    yield "qpdf-object-streams", saved(object_stream_mode=pikepdf.ObjectStreamMode.generate), PROSE
    yield "qpdf-linearized", saved(linearize=True), PROSE
    for revision in (3, 4, 6):
        how = pikepdf.Encryption(owner="o", user="", R=revision, aes=revision >= 4, metadata=revision >= 4)
        yield f"qpdf-encrypted-{revision}", saved(encryption=how), PROSE
    yield "qpdf-password", saved(encryption=pikepdf.Encryption(owner="o", user="secret", R=6)), None


def cases():
    """Name, file, the words that a person sees, line by line."""
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        made = list(reportlab_cases())
        yield from made
        plain = next(pdf for name, pdf, _ in made if name == "reportlab-justified")
        yield from fpdf_cases()
        yield from browser_cases(folder)
        yield from office_cases(folder)
        yield from cairo_cases(folder)
        yield from tex_cases(folder)
        yield from groff_cases()
        yield from ghostscript_cases(folder, plain)
        yield from pikepdf_cases(plain)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
