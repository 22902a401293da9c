"""How crawls of the replica are called, and how fast they may be: it is this machine's own and needs no pauses."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
"""The checkout; commands are run there."""

FAST = {
    "AUTOTHROTTLE_ENABLED": "0",
    "DOWNLOAD_DELAY": "0",
    "CONCURRENT_REQUESTS": "8",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "8",
}
"""Settings of a crawl without pauses."""


def setting_options(settings: Mapping[str, object]) -> list[str]:
    """Return settings as the options ``-s NAME=VALUE`` of a command."""
    return [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
