"""`prove --format dsse` under securesystemslib: the signer's public key verifies the envelope, and nothing altered."""

import base64
import copy
import hashlib
import json
import sys
from importlib.metadata import version
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_ssh_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey

from published import Work, altered, payload
from tally import Tally


def key_of(line: bytes) -> SSlibKey:
    """A verifier's key, named by the OpenSSH fingerprint, out of an OpenSSH public key."""
    blob = base64.b64decode(line.split()[1])
    fingerprint = base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
    return SSlibKey.from_crypto(load_ssh_public_key(line), keyid=f"SHA256:{fingerprint}")


def verify(envelope: dict, key: SSlibKey) -> Envelope:
    """Their answer; `from_dict` changes what it is given."""
    parsed = Envelope.from_dict(copy.deepcopy(envelope))
    parsed.verify([key], threshold=1)
    return parsed


def with_bytes(envelope: dict, field: str, data: bytes) -> dict:
    """The envelope with another payload, or another signature."""
    other = copy.deepcopy(envelope)
    (other if field == "payload" else other["signatures"][0])[field] = base64.b64encode(data).decode()
    return other


def main() -> None:
    work = Work(Path(sys.argv[1]))
    entries = work.entries()
    keys = [key_of(path.read_bytes()) for path in sorted((work.folder / "keys").glob("*.pub"))]
    by_public = {base64.b64encode(bytes.fromhex(key.keyval["public"])).decode(): key for key in keys}
    tally = Tally(f"securesystemslib {version('securesystemslib')}")
    signers = set()
    for index, envelope in work.envelopes():
        said = base64.b64decode(envelope["payload"])
        key = by_public[json.loads(said)["key"]]
        signers.add(key.keyid)
        parsed = tally.holds(f"the envelope of entry {index}", VerificationError, lambda: verify(envelope, key))
        tally.accepts(f"the words of entry {index} as published", parsed.payload == payload(entries[index]))
        # The statement's id is the hash of what DSSE signs.
        tally.accepts(f"the id of entry {index}", hashlib.sha256(parsed.pae()).hexdigest() == work.statement_id(index))

        signature = base64.b64decode(envelope["signatures"][0]["sig"])
        for place in (0, len(said) // 2, len(said) - 1):
            other = with_bytes(envelope, "payload", altered(said, place))
            tally.raises(f"entry {index} with byte {place} altered", VerificationError, lambda: verify(other, key))
        for place in (0, 63):
            other = with_bytes(envelope, "sig", altered(signature, place))
            tally.raises(f"another signature for entry {index}", VerificationError, lambda: verify(other, key))
        other = {**envelope, "payloadType": "application/json"}
        tally.raises(f"another type for entry {index}", VerificationError, lambda: verify(other, key))
        # Somebody else's key under the signer's name.
        for stranger in keys:
            if stranger is not key:
                posing = SSlibKey(key.keyid, stranger.keytype, stranger.scheme, stranger.keyval)
                tally.raises(f"a stranger's key for entry {index}", VerificationError, lambda: verify(envelope, posing))
    tally.accepts("two signers", len(signers) == 2)
    tally.close("DSSE envelopes")


main()
