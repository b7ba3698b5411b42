#!/usr/bin/env python3
"""Compares the text that claimledger takes out of 20 pages with the words that Chromium shows.

    scripts/extraction/seen_pages.py [PROGRAM]

PROGRAM is target/debug/claimledger by default. Needs chromium; nothing else. The pages are made here. Words are compared
in their order (difflib); a word of the text that Chromium does not show is listed, and so is a word that it shows and the
text lacks. Raised and lowered figures are marked with ^ on both sides, so that a figure glued to a number is another word.
"""
import difflib, http.server, json, os, re, subprocess, sys, tempfile, threading

P = "<p>The mayor said the old bridge “will close” in April.</p>"
PAGES = {
    "plain": f"<!DOCTYPE html><meta charset=utf-8><title>Bridge</title><h1>Bridge to close</h1>{P}<p>Nobody’s asked.",
    "hidden": "<meta charset=utf-8><title>H</title><p hidden>secret one</p><ul><li hidden>secret two<li>shown two</ul>"
    "<table><tr style='display:none'><td>secret three<tr><td>shown three</table><div style='visibility:hidden'>secret four"
    "<b style='visibility:visible'>shown four</b></div><p style='display : NONE !important'>secret five</p>",
    "shown": "<meta charset=utf-8><title>S</title><div style='--phone-display:none'>one</div><div style='background:url(x?"
    "display:none)'>two</div><p aria-hidden=true>three</p><div hidden style='display:block'>four</div>",
    "optional": "<title>O</title><p hidden>gone<p>kept<dl><dt>term<dd>means</dl><table><tr><td>a<td>b<tr><td>c<td>d</table>",
    "raised": "<meta charset=utf-8><title>R</title><p>Unemployment fell to 4<sup>2</sup> percent; 10<sup>5</sup> and H<sub>2"
    "</sub>O, 1<sup>st</sup>, in 2019<sup>[3]</sup>.",
    "tables": "<title>T</title><table><caption>Cars</caption><thead><tr><th>Year<th>Cars<tbody><tr><td>2024<td>1200<tr><td>"
    "<p>2025</p><td><p>1300</p></table><p>after",
    "templates": "<title>T</title><template>no</template><noscript>no</noscript><dialog>no</dialog><dialog open>yes</dialog>"
    "<script>no()</script><style>p{color:red}</style><p>words",
    "controls": "<title>C</title><form><label>Name <input value=typed></label><select><option>one<option>two</select>"
    "<textarea>draft</textarea><button>Send</button></form><p>words",
    "misnested": "<title>M</title><p>one <b>two <i>three</b> four</i> five<div>six</p>seven<table>eight<tr><td>nine</table>",
    "breaks": "<title>B</title><p>one<br>two<wbr>three<hr>four<pre>  five\n    six</pre>seven",
    "cyrillic": '<!DOCTYPE html><meta charset="windows-1251"><title>Мост</title><p>Мэр сказал: «мост закроют».'.encode("cp1251"),
    "bait": "<!-- <meta charset=windows-1251> --><meta name=description content='charset=windows-1251'><meta charset=utf-8>"
    "<title>Brücke</title><p>Die Brücke schließt.",
    "latin": "<title>Br\xfccke</title><p>Die Br\xfccke schlie\xdft.".encode("latin-1"),
    "late": b"<title>late</title>" + b" " * 1500 + "<meta charset=koi8-r><p>Привет, мост".encode("koi8-r"),
    "arabic": "<!DOCTYPE html><html dir=rtl lang=ar><meta charset=utf-8><title>الجسر</title><p>قال العمدة إن الجسر سيغلق في 12 أبريل.",
    "chinese": "<!DOCTYPE html><meta charset=gb2312><title>桥</title><p>市长说旧桥将在四月关闭。<p>没有人问。".encode("gb18030"),
    "inline": "<title>I</title><div><span style='display:block'>one</span>two<div style='display:inline'>three</div> four</div>",
    "entities": "<title>E</title><p>20&nbsp;km &lt; 30&thinsp;km &amp; &#8220;q&#8221; &hellip; soft&shy;hyphen &copy",
    "details": "<meta charset=utf-8><title>D</title><details open><summary>Question</summary>Answer</details><main><article>"
    "<h2>Title</h2><p>Words <em>in</em> lines.</article></main><footer>Foot</footer>",
    "wiki": "<!DOCTYPE html><meta charset=utf-8><title>Old Bridge</title><div id=mw><p><b>Old Bridge</b> (<i>Stari most</i>) is a "
    "bridge.<sup class=reference><a href=#1>[1]</a></sup> It is 29&nbsp;m<span style='display:none'>coordinates</span> long."
    "<table class=infobox><tr><th>Length<td>29 m<tr><th>Built<td>1566</table></div>",
}

WORD = re.compile(r"\S+")
SHIFTED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉"
PLAIN = str.maketrans(SHIFTED, "0123456789+-0123456789")
MARK = """for (const part of document.querySelectorAll('sup, sub'))
    if (/^[0-9+-]/.test(part.textContent.trim())) part.prepend('^');"""


def marked(text):
    """The text with raised and lowered figures as ^ and the figure."""
    return re.sub(f"[{SHIFTED}]+", lambda run: "^" + run.group().translate(PLAIN), text)


class Chromium:
    """The browser, by its DevTools protocol over a pair of pipes."""

    def __init__(self, folder):
        ours_read, theirs_write = os.pipe()
        theirs_read, ours_write = os.pipe()
        keep = [os.dup(theirs_read), os.dup(theirs_write)]

        def place():
            os.dup2(keep[0], 3)
            os.dup2(keep[1], 4)

        self.process = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={folder}"],
            preexec_fn=place, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_read), os.close(theirs_write)
        self.read, self.write, self.number, self.rest = ours_read, ours_write, 0, b""

    def ask(self, method, session=None, **parameters):
        self.number += 1
        question = {"id": self.number, "method": method, "params": parameters}
        if session:
            question["sessionId"] = session
        os.write(self.write, json.dumps(question).encode() + b"\0")
        while True:
            while b"\0" not in self.rest:
                self.rest += os.read(self.read, 1 << 16)
            answer, self.rest = self.rest.split(b"\0", 1)
            answer = json.loads(answer)
            if answer.get("id") == self.number:
                return answer["result"]

    def shown(self, url):
        """The title and the innerText of a page."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable", session)
        self.ask("Page.navigate", session, url=url)
        script = "const mark = () => { " + MARK + " };" + """new Promise(done => { const look = () => document.readyState == 'complete' && location.href != 'about:blank'
            ? done(mark() || document.title + '\\n' + document.body.innerText) : setTimeout(look, 50); look() })"""
        answer = self.ask("Runtime.evaluate", session, expression=script, awaitPromise=True, returnByValue=True)
        self.ask("Target.closeTarget", targetId=target)
        return answer["result"]["value"]


def ours(program, folder, name, data, *more):
    """The text of a new source, which is added with these and more words on the command line."""
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(data)
    run = lambda *words: subprocess.run([program, *words], cwd=folder, capture_output=True, text=True,
                                        env={**os.environ, "CLAIMLEDGER_AS": "jonas", "XDG_STATE_HOME": folder})
    label = "x" + re.sub(r"[^a-z0-9]", "-", name)
    added = run("source", "add", path, "--title", "T", "--publisher", "P", "--label", label, "--yes", *more)
    text = run("source", "text", label)
    return text.stdout if text.returncode == 0 else "", (added.stdout + added.stderr + text.stderr).strip()


def ledger(program, folder):
    """A ledger with one reviewer."""
    env = {**os.environ, "XDG_STATE_HOME": folder, "HOME": folder}
    done = subprocess.run([program, "init", "desk.example/claims", "--as", "jonas", "--title", "Desk", "--no-passphrase"],
                          cwd=folder, capture_output=True, text=True, env=env)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def compared(seen, text):
    """How many words of what is seen are in the text in their order; the words of each that the other lacks."""
    seen, text = WORD.findall(seen.replace("\xad", "")), WORD.findall(marked(text))
    match = difflib.SequenceMatcher(None, seen, text, autojunk=False)
    same = sum(block.size for block in match.get_matching_blocks())
    lost, extra = [], []
    for kind, a, b, c, d in match.get_opcodes():
        if kind != "equal":
            lost += seen[a:b]
            extra += text[c:d]
    return same, len(seen), lost, extra


def main():
    program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/debug/claimledger")
    pages = {name: page if isinstance(page, bytes) else page.encode() for name, page in PAGES.items()}

    class Pages(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            page = pages.get(self.path.strip("/"))
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page or b"")

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as profile:
        ledger(program, folder)
        browser = Chromium(profile)
        print(subprocess.run(["chromium", "--version"], capture_output=True, text=True).stdout.strip())
        all_same = all_seen = 0
        for name, page in pages.items():
            text, why = ours(program, folder, name + ".html", page)
            seen = browser.shown(f"http://127.0.0.1:{server.server_port}/{name}")
            same, words, lost, extra = compared(seen, text)
            all_same, all_seen = all_same + same, all_seen + words
            print(f"{name}: {same} of {words}", *(["lost", lost] if lost else []), *(["not seen", extra] if extra else []),
                  *([] if text else [why]))
        print(f"all: {all_same} of {all_seen} words ({100 * all_same / all_seen:.1f} percent)")
        browser.process.kill()
        browser.process.wait()


if __name__ == "__main__":
    main()
