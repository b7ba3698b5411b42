"""What a publisher hands out, read by docs/format.md alone: nothing here calls claimledger.

A work folder, as .ci/interop lays it, holds `public/` (an export), `kept/` (its checkpoints, oldest first by name),
`proofs/` (`N.tlog-proof`, `N.dsse` and `N.json`, which is what `show` says of entry N), `keys/*.pub` (who signs) and `vkey` (the ledger's verifier key).
"""

import base64
import json
from dataclasses import dataclass
from pathlib import Path

BUNDLE = 256


@dataclass(frozen=True)
class Checkpoint:
    """The three lines of a checkpoint. Its signature is for a verifier of notes to check."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def of(cls, note: str) -> "Checkpoint":
        """From a signed note: the text is what stands before its last empty line."""
        text, _, _ = note.rpartition("\n\n")
        origin, size, root = text.split("\n")
        return cls(origin, int(size), base64.b64decode(root, validate=True))


@dataclass(frozen=True)
class Proof:
    """A C2SP tlog-proof: it ends at its first empty line, and a signed checkpoint follows."""

    index: int
    hashes: list[bytes]
    note: str
    extra: str | None

    @classmethod
    def read(cls, path: Path) -> "Proof":
        """From a file."""
        head, _, note = path.read_text("utf-8").partition("\n\n")
        magic, *lines = head.split("\n")
        assert magic == "c2sp.org/tlog-proof@v1", magic
        extra = lines.pop(0) if lines[0].startswith("extra ") else None
        index = lines.pop(0).removeprefix("index ")
        return cls(int(index), [base64.b64decode(line, validate=True) for line in lines], note, extra)

    def print(self) -> str:
        """As a file."""
        head = ["c2sp.org/tlog-proof@v1", *([self.extra] if self.extra else []), f"index {self.index}"]
        lines = head + [base64.b64encode(one).decode() for one in self.hashes]
        return "\n".join(lines) + "\n\n" + self.note


@dataclass(frozen=True)
class Work:
    """The work folder."""

    folder: Path

    @property
    def vkey(self) -> str:
        """The ledger's verifier key."""
        return (self.folder / "vkey").read_text("utf-8").strip()

    def kept(self) -> list[Checkpoint]:
        """Every checkpoint that was published, oldest first; the last is the one that is published now."""
        notes = [file.read_text("utf-8") for file in sorted((self.folder / "kept").glob("*.checkpoint"))]
        assert len(notes) > 1, "one checkpoint has no history"
        assert notes[-1] == (self.folder / "public/checkpoint").read_text("utf-8"), "the newest is not the published one"
        return [Checkpoint.of(note) for note in notes]

    def entries(self) -> list[bytes]:
        """The entries, out of the bundles: u16 length, big endian, and that many bytes, until the file ends."""
        size = self.kept()[-1].size
        entries: list[bytes] = []
        while len(entries) < size:
            number, width = len(entries) // BUNDLE, min(BUNDLE, size - len(entries))
            assert number < 1000, "one group of digits is enough here"
            name = f"{number:03}" + (f".p/{width}" if width < BUNDLE else "")
            rest = (self.folder / "public/tile/entries" / name).read_bytes()
            for _ in range(width):
                length = int.from_bytes(rest[:2], "big")
                entries.append(rest[2 : 2 + length])
                assert len(entries[-1]) == length, f"bundle {name} ends early"
                rest = rest[2 + length :]
            assert not rest, f"bundle {name} goes on after its {width} entries"
        return entries

    def proofs(self) -> list[Proof]:
        """The tlog-proofs."""
        files = sorted((self.folder / "proofs").glob("*.tlog-proof"), key=lambda file: int(file.stem))
        assert files, "there are no proofs"
        return [Proof.read(file) for file in files]

    def envelopes(self) -> list[tuple[int, dict]]:
        """The DSSE envelopes, with the number of each one's entry."""
        files = sorted((self.folder / "proofs").glob("*.dsse"), key=lambda file: int(file.stem))
        assert files, "there are no envelopes"
        return [(int(file.stem), json.loads(file.read_text("utf-8"))) for file in files]

    def statement_id(self, index: int) -> str:
        """The statement's id, as claimledger says it."""
        return json.loads((self.folder / "proofs" / f"{index}.json").read_text("utf-8"))["id"]


def payload(entry: bytes) -> bytes:
    """The statement in an entry: the fixed fields are 153 bytes."""
    return entry[153:]


def altered(data: bytes, place: int | None = None) -> bytes:
    """The same bytes with one bit of one of them turned, in the middle if no place is named."""
    place = len(data) // 2 if place is None else place
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
