"""A resolver that finds no name, as where the network's DNS is gone."""

from __future__ import annotations

from collections.abc import Sequence

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred, fail
from twisted.internet.error import DNSLookupError


class NoNames(CachingThreadedResolver):
    """Answers at once, and nobody is asked."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802
        return fail(DNSLookupError(f"no results for hostname lookup: {name}"))
