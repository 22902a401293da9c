"""Detects an outlet that answers different addresses with one page, as bot protections and error pages do."""

from __future__ import annotations

from hashlib import blake2b


class RepeatedBodyDetector:
    """Finds bodies that came for more than one article or section of a run.

    Attributes:
        suspects: Names whose page was accepted before another name got the same one.
    """

    def __init__(self) -> None:
        self._owners: dict[bytes, str] = {}
        self.suspects: set[str] = set()

    def first_owner(self, body: bytes, name: str) -> str | None:
        """Return the other name that had this body first; None if ``name`` itself had it first."""
        first = self._owners.setdefault(blake2b(body, digest_size=16).digest(), name)
        if first == name:
            return None
        self.suspects.add(first)
        return first
