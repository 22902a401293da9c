"""Regular expressions that are compiled at their first use: most texts need few of them, and to compile takes long."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


def lazy_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what behaves as the compiled pattern does, and is compiled when it is first used.

    >>> lazy_pattern("[藏网]").findall("西藏网")
    ['藏', '网']
    """
    return cast("re.Pattern[str]", LazyPattern(source, flags))


class LazyPattern:
    """Gives the attributes and methods of a compiled pattern."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.compiled, name)
        setattr(self, name, value)  # which is found without this detour from now on
        return value
