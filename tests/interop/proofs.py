"""`prove --format tlog-proof` under `proofbundle verify-proof`: log signature and inclusion hold, and nothing altered."""

import base64
import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from published import Proof, Work, altered
from tally import Tally


def main() -> None:
    work = Work(Path(sys.argv[1]))
    entries, proofs = work.entries(), work.proofs()
    origin = work.kept()[-1].origin
    tally = Tally(f"proofbundle {version('proofbundle')}")
    program = Path(sys.executable).with_name("proofbundle")

    def answer(proof: Proof, entry: bytes, vkey: str = work.vkey, expected: str = origin) -> tuple[bool, bool]:
        """Whether they accept the log's signature, and whether the inclusion."""
        with tempfile.TemporaryDirectory() as folder:
            file, leaf = Path(folder, "one.tlog-proof"), Path(folder, "entry")
            file.write_text(proof.print(), "utf-8")
            leaf.write_bytes(entry)
            options = ["--payload-file", leaf, "--log-vkey", vkey, "--expected-origin", expected, "--json"]
            run = subprocess.run([program, "verify-proof", file, *options], capture_output=True, text=True, check=False)
        if run.returncode not in (0, 1):
            tally.wrong(f"ended with {run.returncode}: {run.stderr or run.stdout}")
        said = json.loads(run.stdout)
        both = (said["log_ok"], said["inclusion_ok"])
        if said["ok"] != all(both) or said["ok"] != (run.returncode == 0) or said["detail"]:
            tally.wrong(f"could not read what it was given: {said}")
        return both

    for proof in proofs:
        entry, name = entries[proof.index], f"entry {proof.index}"
        written = (work.folder / "proofs" / f"{proof.index}.tlog-proof").read_text("utf-8")
        tally.accepts(f"the proof of {name} as it was written", proof.print() == written)
        tally.accepts(f"the proof of {name}", answer(proof, entry) == (True, True))
        tally.refuses(f"{name} altered", answer(proof, altered(entry)) != (True, False))
        first = replace(proof, hashes=[altered(proof.hashes[0]), *proof.hashes[1:]])
        tally.refuses(f"another first hash for {name}", answer(first, entry) != (True, False))
        last = replace(proof, hashes=[*proof.hashes[:-1], altered(proof.hashes[-1])])
        tally.refuses(f"another last hash for {name}", answer(last, entry) != (True, False))
        moved = replace(proof, index=proof.index ^ 1)
        tally.refuses(f"{name} at another place", answer(moved, entry) != (True, False))

    # What does not depend on the entry: one is enough.
    proof = proofs[len(proofs) // 2]
    entry = entries[proof.index]
    text, _, line = proof.note.rpartition("\n\n")
    lines = text.split("\n")
    lines[2] = base64.b64encode(altered(base64.b64decode(lines[2]))).decode()
    rooted = replace(proof, note="\n".join(lines) + "\n\n" + line)
    tally.refuses("another root", answer(rooted, entry) != (False, False))
    dash, name, blob = line.rstrip("\n").split(" ")
    forged = base64.b64encode(altered(base64.b64decode(blob))).decode()
    signed = replace(proof, note=f"{text}\n\n{dash} {name} {forged}\n")
    tally.refuses("another signature", answer(signed, entry) != (False, True))
    tally.refuses("another origin", answer(proof, entry, expected="other.example/ledger") != (False, True))
    # A key of the cross-checked vectors: well formed, and of another log.
    stranger = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    tally.refuses("a stranger's key", answer(proof, entry, vkey=stranger) != (False, True))
    tally.close("tlog-proofs")


main()
