"""Whether the outlet answers different addresses with one page, as a guard or an error page in front of it does."""

from __future__ import annotations

from hashlib import blake2b


class SamePages:
    """The pages of a run. ``doubted`` holds what was taken for a page's owner before another had the same page."""

    def __init__(self) -> None:
        self._owners: dict[bytes, str] = {}
        self.doubted: set[str] = set()

    def owner(self, body: bytes, name: str) -> str | None:
        """Who else had this page, byte for byte; None for the first one, and for its owner's further visits."""
        first = self._owners.setdefault(blake2b(body, digest_size=16).digest(), name)
        if first == name:
            return None
        self.doubted.add(first)
        return first
