"""The errors that more than one room raises or catches, and what a rejection says."""

from __future__ import annotations

from typing import NamedTuple


class Rejection(NamedTuple):
    """Why a page, a line or a record is not exported."""

    reason: str
    """One word, for the count: title, encoding, http_404."""
    detail: str
    """One line, for a person."""


class UnreadableError(ValueError):
    """A page or a line of a corpus that gives no record, with the reason and detail of its ``rejection``."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = self.rejection = Rejection(reason, detail)


class WrongUseError(ValueError):
    """What the user gave cannot be used; the message is one line that names it and the remedy."""


class InvalidArgumentError(WrongUseError):
    """An argument of a spider that cannot be used."""
