#!/usr/bin/env python3
"""Compares the text that claimledger takes out of 10 letters and office files with what other programs show.

    scripts/extraction/seen_files.py [PROGRAM]

PROGRAM is target/debug/claimledger by default. Needs soffice (LibreOffice), which makes the office files from HTML and CSV and
converts them to text; nothing else. Python's email package makes and reads the letters. Words are compared in their order
(difflib); each word that only one side has is listed.
"""
import email, email.policy, os, subprocess, sys, tempfile
from email.message import EmailMessage

from seen_pages import compared, ledger, ours

HTML = """<!DOCTYPE html><meta charset=utf-8><title>Report</title><h1>Report of the council</h1>
<p>Unemployment fell to 4<sup>2</sup> percent, said the “mayor” in Łódź.</p><p>Second <b>para</b>graph with H<sub>2</sub>O.</p>
<table><tr><th>Year</th><th>Cars</th></tr><tr><td>2024</td><td>1200</td></tr></table><p>After the table.</p>"""
CSV = "Year,Place,Share\n2024,Łódź,0.125\n2025,Velden,1234.5\n"


def letters():
    plain = EmailMessage()
    plain["From"], plain["To"] = "Jörg Müller <jorg@desk.example>", "mara@desk.example"
    plain["Subject"], plain["Date"] = "Die Brücke schließt", "Mon, 30 Nov 2026 12:00:00 +0100"
    plain.set_content("Liebe Mara,\n\ndie Brücke schließt im April. " + "Niemand hat gefragt. " * 8 + "\n")
    plain.add_attachment(b"x", maintype="application", subtype="pdf", filename="bericht.pdf")
    both = EmailMessage()
    both["From"], both["To"], both["Subject"] = "a@b.example", "c@d.example", "Old bridge"
    both["Date"] = "Mon, 30 Nov 2026 12:00:00 +0100"
    both.set_content("The plain words.\n")
    both.add_alternative("<p>The mayor said the old bridge “will close” in April.<p hidden>no", subtype="html")
    latin = EmailMessage()
    latin["From"], latin["To"], latin["Subject"] = "a@b.example", "c@d.example", "Zażółć gęślą"
    latin["Date"] = "Mon, 30 Nov 2026 12:00:00 +0100"
    latin.set_content("Zażółć gęślą jaźń.\n", charset="iso-8859-2", cte="base64")
    fields = lambda m: "".join(f"{n}: {m[n]}\n" for n in ("From", "To", "Date", "Subject"))
    yield "plain.eml", plain.as_bytes(), fields(plain) + plain.get_body().get_content() + "Attachment: bericht.pdf"
    yield "both.eml", both.as_bytes(), fields(both) + "The mayor said the old bridge “will close” in April."
    yield "latin2.eml", latin.as_bytes(), fields(latin) + latin.get_body().get_content()
    page = EmailMessage(policy=email.policy.SMTP)
    page["From"], page["Subject"] = "<Saved by Blink>", "Bridge"
    page["Snapshot-Content-Location"] = "https://news.example/bridge"
    page.set_content("<title>Bridge</title><p>The mayor said the old bridge “will close” in April.", subtype="html", cte="quoted-printable")
    page.add_related(b"\x89PNG", maintype="image", subtype="png")
    yield "page.mhtml", page.as_bytes(), "Bridge\nThe mayor said the old bridge “will close” in April."


def soffice(folder, *words):
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", *words], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)


def office(folder):
    path = lambda name: os.path.join(folder, name)
    with open(path("text.html"), "w") as file:
        file.write(HTML)
    with open(path("sheet.csv"), "w") as file:
        file.write(CSV)
    soffice(folder, "--infilter=HTML (StarWriter)", "--convert-to", "odt:writer8", "text.html")
    for kind in ("docx", "rtf"):
        soffice(folder, "--convert-to", kind, "text.odt")
    soffice(folder, "--infilter=CSV:44,34,76,1", "--convert-to", "xlsx", "sheet.csv")
    soffice(folder, "--infilter=CSV:44,34,76,1", "--convert-to", "ods", "sheet.csv")
    soffice(folder, "--infilter=CSV:44,34,76,1", "--convert-to", "xls", "sheet.csv")
    # LibreOffice marks raised figures neither; ^ stands where the page has one.
    seen = open_text(folder, "text.odt").replace("42 percent", "4^2 percent").replace("H2O", "H^2O")
    for kind in ("odt", "docx", "rtf"):
        yield f"text.{kind}", read(path(f"text.{kind}")), seen
    for kind in ("xlsx", "ods", "xls"):
        yield f"sheet.{kind}", read(path(f"sheet.{kind}")), "sheet\n" + CSV.replace(",", "\t")


def open_text(folder, name):
    soffice(folder, "--convert-to", "txt:Text (encoded):UTF8", name)
    return read(os.path.join(folder, name.rsplit(".", 1)[0] + ".txt")).decode("utf-8-sig")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def main():
    program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/debug/claimledger")
    print(subprocess.run(["soffice", "--version"], capture_output=True, text=True).stdout.strip())
    all_same = all_seen = 0
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as files:
        ledger(program, folder)
        for name, data, seen in [*letters(), *office(files)]:
            text, why = ours(program, folder, name, data)
            same, words, lost, extra = compared(seen, text)
            all_same, all_seen = all_same + same, all_seen + words
            print(f"{name}: {same} of {words}", *(["lost", lost] if lost else []), *(["not seen", extra] if extra else []),
                  *([] if text else [why]))
    print(f"all: {all_same} of {all_seen} words ({100 * all_same / all_seen:.1f} percent)")


if __name__ == "__main__":
    main()
