"""What does a damaged page tell of its mirror and of its own words?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from math import log

from tibetnews.text.forms import forms
from tibetnews.text.gbk import pairs
from tibetnews.text.language_model import START, model
from tibetnews.text.readings import BROKEN_RUN, READING

MEMORY = 20_000  # characters of a page that its habits are learnt from
HABIT = 12  # cost of trusting the page's habits instead of the model: a weight of 0.3
UNCONVERTED = 60  # cost of a simplified form where the mirror would have shown a traditional one
END = "\uffff"  # stands behind the last character of a page; no number of the model
UNREAD = 60  # cost of a character without the reading that the mirror always gives it


class Traits:
    """form_cost: of each code, what its character costs where no reading stands behind it.

    habits: of each character, costs of those that the page itself has behind it, by the model's numbers.
    """

    def __init__(self, text: str, keys: Mapping[str, str]) -> None:
        self.form_cost = _FormCosts(text, keys)
        self.habits = _Habits(text)


class _Habits(dict[int, dict[int, int]]):
    """Costs of the pairs of characters that the page has outside broken runs; a row is made when asked for.

    The runs stay out, or what they seem to say would support itself.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        shown = READING.sub("", BROKEN_RUN.sub("", text[:MEMORY]))
        self._page = shown.translate(_numbers()) + END

    def __missing__(self, last: int) -> dict[int, int]:
        character = chr(last)
        followers = [piece[:1] or character for piece in self._page.split(character)[1:]]
        total = _tenths(len(followers)) + HABIT if followers else 0
        row = {ord(c): total - _tenths(times) for c, times in Counter(followers).items()}
        self[last] = row
        return row


class _FormCosts(dict[int, int]):
    """Cost of each code's character where it stands without a reading: what would this mirror have shown?"""

    def __init__(self, text: str, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._text = text
        self._keys = keys
        self._unlikely = forms().unlikely

    def __missing__(self, code: int) -> int:
        character = pairs().character[code]
        cost = 0
        if character in self._keys:
            cost = UNREAD
        elif code in self._unlikely and character not in self._text:
            cost = UNCONVERTED
        self[code] = cost
        return cost


@cache
def _numbers() -> dict[int, int]:
    """The model's number of each character, that of a gap for what it does not know."""
    gap = model().number[START]
    return defaultdict(lambda: gap, {ord(c): number for c, number in forms().of.items()})


@cache
def _tenths(times: int) -> int:
    return round(10 * log(times))
