"""PDF files written object by object, for what no writer offers: exact positions, faults, hidden words."""

import zlib

HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
BOX = b"[0 0 612 792]"


def stream(content, entries=b"", packed=False):
    if packed:
        content, entries = zlib.compress(content), entries + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def file_of(objects, root=1, version=b"1.7", more=b""):
    """A file of these objects, numbered from 1."""
    out, places = b"%PDF-" + version + b"\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, more, start)
    return out


def pages(contents, fonts=None, resources=b"", more=(), box=BOX, page=b"", catalog=b""):
    """A page for each content. Objects: 1 catalog, 2 pages, then the fonts, then `more`, then the pages."""
    fonts = fonts or [HELVETICA]
    first = 3 + len(fonts) + len(more)
    kids = b" ".join(b"%d 0 R" % (first + 2 * i) for i in range(len(contents)))
    names = b"".join(b"/F%d %d 0 R" % (i + 1, i + 3) for i in range(len(fonts)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), kids),
        *fonts,
        *more,
    ]
    for i, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox%s/Resources<</Font<<%s>>%s>>/Contents %d 0 R%s>>"
            % (box, names, resources, first + 2 * i + 1, page)
        )
        objects.append(stream(content))
    return file_of(objects)


def line(words, x=72, y=700, size=12, font=1):
    return b"BT /F%d %g Tf %g %g Td (%s) Tj ET\n" % (font, size, x, y, words.encode("cp1252"))


GREY = stream(b"\x80", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")

CMAP = b"""/CIDInit/ProcSet findresource begin 12 dict begin begincmap /CMapName/X def /CMapType 2 def
1 begincodespacerange <%s> <%s> endcodespacerange
%d beginbfchar
%s
endbfchar endcmap end end"""


def to_unicode(pairs, digits=2):
    rows = b"\n".join(b"<%0*X> <%s>" % (digits, code, text.encode("utf-16-be").hex().encode()) for code, text in pairs)
    return stream(CMAP % (b"0" * digits, b"F" * digits, len(pairs), rows))


def cases():
    """Name, file, the words that a person sees, line by line."""
    yield "hand-two-slides", slides(), "Deaths fell to 1\n2 people were hurt."
    yield "hand-near-pages", pages([line("Deaths fell to 1", y=270), line("2 people were hurt.", y=265)]), \
        "Deaths fell to 1\n2 people were hurt."
    yield "hand-three-pages", pages([line("They say that the bridge"), line("will close in April."), line("It reopens.")]), \
        "They say that the bridge\nwill close in April.\nIt reopens."
    raised = b"BT /F1 12 Tf 72 700 Td (Unemployment fell to 4) Tj 6 Ts /F1 7 Tf (2) Tj 0 Ts /F1 12 Tf ( percent, and CO) Tj" \
        b" -3 Ts /F1 7 Tf (2) Tj 0 Ts /F1 12 Tf ( rose.) Tj ET\n"
    placed = line("Deaths fell to 1", y=650) + line("2", x=72 + 84.5, y=655, size=7) + line("in May.", x=168, y=650)
    yield "hand-raised", pages([raised + placed]), \
        "Unemployment fell to 4 2 percent, and CO 2 rose.\nDeaths fell to 1 2 in May."
    gaps = b"BT /F1 12 Tf 72 700 Td [(The)-278(bri)10(dge)-300(will)-190(close)-278(in)-278(1)-278(2)-278(years.)] TJ ET\n"
    yield "hand-gaps-by-arrays", pages([gaps]), "The bridge will close in 1 2 years."
    words, x, placed = "A town of 7 12 0 people sees no more than this.".split(), 72, b""
    for word in words:
        placed += line(word, x=x)
        x += 6.6 * len(word) + 4
    yield "hand-words-placed", pages([placed]), "A town of 7 12 0 people sees no more than this."
    spaced = b"BT /F1 12 Tf 72 700 Td 2.4 Tc (The mayor resigned) Tj 0 Tc 0 -20 Td (in 2026.) Tj ET\n"
    spaced += b"BT /F1 18 Tf 6 Tc 72 600 Td (BRIDGE CLOSED) Tj ET\n"
    yield "hand-letter-spacing", pages([spaced]), "The mayor resigned\nin 2026.\nBRIDGE CLOSED"
    yield "hand-type3", type3(), "ab ba"
    differing = HELVETICA.replace(
        b"/Encoding/WinAnsiEncoding", b"/Encoding<</Differences[1/B/r/udieresis/c/k/e/space/one/fi/s/h]>>")
    yield "hand-own-encoding", pages([b"BT /F1 12 Tf 72 700 Td (\\001\\002\\003\\004\\005\\006\\007\\010\\007\\011\\012\\013) Tj ET"],
        [differing]), "Brücke 1 fish"
    form = stream(line("Words in a form.", x=0, y=10), b"/Type/XObject/Subtype/Form/BBox[0 0 400 50]/Resources<</Font<</F1 3 0 R>>>>")
    yield "hand-form", pages([line("Words of the page.") + b"q 1 0 0 1 72 600 cm /X Do Q"], resources=b"/XObject<</X 4 0 R>>",
        more=[form]), "Words of the page.\nWords in a form."
    layer = b"q 612 0 0 792 0 0 cm /X Do Q BT 3 Tr /F1 12 Tf 72 700 Td (Words of a scanned letter.) Tj ET"
    yield "hand-scan-with-words", pages([layer], resources=b"/XObject<</X 4 0 R>>", more=[GREY]), "Words of a scanned letter."
    yield "hand-scan", pages([b"q 612 0 0 792 0 0 cm /X Do Q"], resources=b"/XObject<</X 4 0 R>>", more=[GREY]), None
    hidden = line("Seen.") + b"BT 3 Tr /F1 12 Tf 72 680 Td (Invisible.) Tj 0 Tr ET 1 g " + line("White.", y=660) + b"0 g "
    hidden += line("Outside.", x=900) + b"q 0 0 10 10 re W n " + line("Clipped.", y=640) + b"Q " + line("Small.", y=620, size=0.4)
    hidden += line("Blackened.", y=600) + b"60 590 200 30 re f 60 550 200 30 re f 1 g " + line("On black.", y=560)
    yield "hand-hidden", pages([hidden]), "Seen.\nOn black."
    twice = line("The mayor resigned in 2011.") + line("The mayor resigned in 2011.", x=72.3)
    yield "hand-bold-by-drawing-twice", pages([twice]), "The mayor resigned in 2011."
    backwards, x = [], 72
    for letter in "Deaths fell to 12 people.":
        backwards.append(line(letter, x=x))
        x += {"l": 2.7, "t": 3.4, "f": 3.4, " ": 3.4, ".": 3.4}.get(letter, 6.7)
    yield "hand-letters-backwards", pages([b"".join(reversed(backwards))]), "Deaths fell to 12 people."
    off = b"/OC /L BDC " + line("Layer that is off.", y=600) + b"EMC " + line("Layer that is on.")
    yield "hand-layers", pages([off], resources=b"/Properties<</L 4 0 R>>", more=[b"<</Type/OCG/Name(L)>>"],
        catalog=b"/OCProperties<</OCGs[4 0 R]/D<</OFF[4 0 R]>>>>"), "Layer that is on."
    turned = b"BT /F1 12 Tf 0 1 -1 0 300 200 Tm (Read from below: 1) Tj ET " + line("2 upright words.", x=280, y=300)
    yield "hand-turned", pages([turned]), "Read from below: 1\n2 upright words."
    yield "hand-turned-page", pages([line("A page on its side.")], page=b"/Rotate 90"), "A page on its side."
    yield "hand-cid", cid(True), "Brücke 12"
    yield "hand-cid-without-map", cid(False), None
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(Lena)/F 4/Rect[72 600 300 620]/AP<</N 5 0 R>>>>"
    shown = stream(b"/Tx BMC " + line("Lena", x=2, y=5) + b"EMC",
        b"/Type/XObject/Subtype/Form/BBox[0 0 228 20]/Resources<</Font<</F1 3 0 R>>>>")
    yield "hand-field", pages([line("Name:", y=605, x=30)], more=[field, shown], page=b"/Annots[4 0 R]"), "Name: Lena"
    plain = pages([line("The order says: closed."), line("It is of 12 May.")])
    seen = "The order says: closed.\nIt is of 12 May."
    yield "hand-more-after-the-end", plain + b"\0" * 2048, seen
    yield "hand-wrong-startxref", plain.replace(b"startxref\n", b"startxref\n9"), seen
    yield "hand-cut", plain[: plain.index(b"xref\n0")], seen
    yield "hand-cut-in-a-stream", plain[: plain.index(b"(It is of") + 8], "The order says: closed."
    yield "hand-before-the-mark", b"HTTP/1.1 200 OK\r\n\r\n" + plain, seen
    yield "hand-mac-line-ends", plain.replace(b"\n", b"\r"), seen
    yield "hand-wrong-length", plain.replace(b"/Length ", b"/Length 9"), seen
    yield "hand-update", update(plain), "The order says: open.\nIt is of 12 May."


def slides():
    """The two slides: each page one line, at the same height."""
    return pages([line("Deaths fell to 1", y=270, size=24), line("2 people were hurt.", y=270, size=24)], box=b"[0 0 720 540]")


def update(plain):
    """An incremental update: the first page has another content."""
    number, place, before = 5, len(plain), plain[plain.rindex(b"startxref\n") + 10 :].split()[0]
    plain += b"%d 0 obj\n%s\nendobj\n" % (number, stream(line("The order says: open.")))
    start = len(plain)
    return plain + b"xref\n%d 1\n%010d 00000 n \ntrailer<</Size 8/Root 1 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        number, place, before, start)


def type3():
    """Drawn letters: their names say what they are."""
    square, triangle = stream(b"750 0 0 0 750 750 d1 0 0 750 750 re f"), stream(b"1000 0 0 0 750 750 d1 0 0 m 375 750 l 750 0 l f")
    font = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 750 750]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</a 4 0 R/b 5 0 R>>" \
        b"/Encoding<</Differences[97/a/b]>>/FirstChar 97/LastChar 98/Widths[1000 1000]/Resources<<>>>>"
    return pages([b"BT /F1 12 Tf 72 700 Td [(ab)-1000(ba)] TJ ET"], [font], more=[square, triangle])


def cid(mapped):
    """A font with two bytes a character, of a standard program that is not in the file."""
    text = "Brücke 12"
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[4 0 R]%s>>" % (
        b"/ToUnicode 5 0 R" if mapped else b"")
    below = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 600" \
        b"/FontDescriptor 6 0 R>>"
    descriptor = b"<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 -200 1000 800]/ItalicAngle 0/Ascent 800/Descent -200" \
        b"/CapHeight 700/StemV 80>>"
    codes = b"".join(b"%04X" % (300 + i) for i in range(len(text)))
    table = to_unicode([(300 + i, letter) for i, letter in enumerate(text)], 4)
    return pages([b"BT /F1 12 Tf 72 700 Td <%s> Tj ET" % codes], [font], more=[below, table, descriptor])
