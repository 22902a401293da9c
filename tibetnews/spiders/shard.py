"""The share of the sections that one of several machines crawls."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from tibetnews.errors import InvalidArgumentError

_SHARD = re.compile(r"(?P<number>[1-9]\d{0,2})/(?P<count>[1-9]\d{0,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shard:
    """One share of several, such as 1 of 2; each section is in one of them, by the hash of its key."""

    number: int
    count: int

    def has(self, section_key: str) -> bool:
        """Return whether a section, and so each article that its listing named first, is in this share."""
        digest = sha256(section_key.encode()).digest()
        return int.from_bytes(digest[:8], "big") % self.count == self.number - 1


ALL = Shard(1, 1)
"""The share of the only machine."""


def read_shard(shard: str | None) -> Shard:
    """Return the share that ``-a shard=1/2`` means, by default all. Raises InvalidArgumentError."""
    if shard is None:
        return ALL
    match = _SHARD.fullmatch(shard)
    if match is None or int(match["number"]) > int(match["count"]):
        raise InvalidArgumentError(f"-a shard={shard}: write 1/2 on the first of two machines and 2/2 on the second")
    return Shard(int(match["number"]), int(match["count"]))
