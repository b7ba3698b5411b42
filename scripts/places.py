"""What the scripts share: a folder with a ledger, and generated reviews."""

import json
import os
import subprocess
import sys
import time

LABELS = [("True", 5), ("Mostly true", 4), ("Half true", 3), ("Mostly false", 2), ("False", 1), ("Kein Beleg", None), ("مضلل", None)]
SUBJECTS = ["The mayor", "The ministry", "A union leader", "وزير النقل", "Местный совет", "मंत्री", "市长", "Le préfet"]
DEEDS = [
    "said that bridge {n} would be closed for {m} months",
    "promised {m} new buses for district {n}",
    "قال إن المستشفى رقم {n} أغلق منذ {m} أيام",
    "сообщил, что школа № {n} получила {m} миллионов",
    "ने कहा कि गाँव {n} में {m} कुएँ सूख गए",
    "表示第{n}号水厂停运了{m}天",
]


def reviews(count):
    """Every seventh claim was checked by two newsrooms; the claim is then one and the reviews are two."""
    for n in range(count):
        same = n - 1 if n % 7 == 6 else n
        label, value = LABELS[n % len(LABELS)]
        rating = {"@type": "Rating", "alternateName": label}
        if value is not None:
            rating |= {"ratingValue": value, "bestRating": 5, "worstRating": 1}
        desk = f"desk{n % 11}.example"
        yield {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": f"https://{desk}/checks/{n}",
            "claimReviewed": f"{SUBJECTS[same % 8]} {DEEDS[same % 6].format(n=same, m=same % 97 + 2)}.",
            "author": {"@type": "Organization", "name": f"Desk {n % 11}"},
            "datePublished": f"20{n % 10 + 15}-{n % 12 + 1:02}-{n % 28 + 1:02}",
            "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": f"Speaker {same % 500}"}},
            "reviewRating": rating,
        }


def write_feed(path, count):
    texts, urls = set(), set()
    with open(path, "w", encoding="utf-8") as feed:
        feed.write('{"@context":"https://schema.org","@type":"DataFeed","dataFeedElement":[\n')
        for n, review in enumerate(reviews(count)):
            texts.add(review["claimReviewed"])
            urls.add(review["url"])
            item = {"@type": "DataFeedItem", "item": [review]}
            feed.write((",\n" if n else "") + json.dumps(item, ensure_ascii=False))
        feed.write("\n]}\n")
    return texts, urls


class Place:
    """A folder with a ledger, its keys and its memory."""

    def __init__(self, folder, program):
        self.folder = folder
        self.program = program
        self.environment = {"PATH": "/usr/bin:/bin", "XDG_STATE_HOME": f"{folder}/state", "HOME": folder, "TMPDIR": folder}

    def start(self, *words, **how):
        return subprocess.Popen([self.program, *words], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, **how)

    def run(self, *words):
        """The answer of a command, seconds and peak memory in MiB."""
        with open(f"{self.folder}/answer", "wb") as answer:
            began = time.monotonic()
            process = self.start(*words, stdout=answer, stderr=subprocess.PIPE)
            complaints = process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        with open(f"{self.folder}/answer", "rb") as answer:
            said = answer.read()
        self.processor = usage.ru_utime + usage.ru_stime
        return process.returncode, said, complaints.decode(), time.monotonic() - began, usage.ru_maxrss / 1024

    def must(self, *words):
        code, said, complaints, seconds, peak = self.run(*words)
        if code != 0:
            sys.exit(f"{' '.join(words)}: ended with {code}\n{said.decode()}{complaints}")
        return said, seconds, peak

    def size(self):
        """The number of entries that the checkpoint covers: its second line (C2SP tlog-checkpoint)."""
        with open(f"{self.folder}/ledger/checkpoint", encoding="utf-8") as checkpoint:
            return int(checkpoint.read().split("\n")[1])
