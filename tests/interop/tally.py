"""Counts what a verifier took and what it refused; the first wrong answer ends the check."""

import sys
from collections.abc import Callable
from typing import NoReturn, TypeVar

T = TypeVar("T")


class Tally:
    """What one verifier said."""

    def __init__(self, verifier: str) -> None:
        self.verifier = verifier
        self.accepted = 0
        self.refused = 0

    def wrong(self, what: str) -> NoReturn:
        """Ends the check."""
        sys.exit(f"FAILED: {self.verifier}: {what}")

    def accepts(self, what: str, is_so: bool) -> None:
        """This must be so."""
        if not is_so:
            self.wrong(f"does not accept {what}")
        self.accepted += 1

    def holds(self, what: str, refusal: type[Exception], check: Callable[[], T]) -> T:
        """This must pass without the verifier's own refusal."""
        try:
            answer = check()
        except refusal as reason:
            self.wrong(f"does not accept {what}: {reason}")
        self.accepted += 1
        return answer

    def refuses(self, what: str, is_so: bool) -> None:
        """This must not be so: something was altered."""
        if is_so:
            self.wrong(f"does not refuse {what}, or not for the right reason")
        self.refused += 1

    def raises(self, what: str, refusal: type[Exception], check: Callable[[], object]) -> None:
        """The verifier's own refusal must be raised, and not another error."""
        try:
            check()
        except refusal:
            self.refused += 1
        else:
            self.wrong(f"accepts {what}")

    def close(self, of_what: str) -> None:
        """The line for the summary. A check that compared nothing is a failure."""
        if not self.accepted or not self.refused:
            self.wrong("nothing was checked")
        print(f"{self.verifier}: {of_what}: {self.accepted} accepted, {self.refused} altered ones refused")
