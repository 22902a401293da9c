"""What does a damaged page tell of its mirror and of its own words?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from math import log

from tibetnews.text.repair.characters import forms
from tibetnews.text.repair.gbk import pairs
from tibetnews.text.repair.pinyin import BROKEN_RUN, READING

MEMORY = 20_000  # characters of a page that its habits are learnt from
HABIT = 12  # cost of trusting the page's habits instead of the model: a weight of 0.3
UNCONVERTED = 40  # cost of a simplified form where the mirror would have shown a traditional one
END = "\n"  # stands behind the last character of a page
NO_HABITS: dict[int, int] = {}
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
        self._page = READING.sub("", BROKEN_RUN.sub("", text[:MEMORY])) + END
        self._forms = forms()

    def __missing__(self, last: int) -> dict[int, int]:
        followers: Counter[int] = Counter()
        of, gap = self._forms.of, self._forms.gap
        for character in self._forms.spelled.get(last, ""):
            if character in self._page:
                for piece in self._page.split(character)[1:]:
                    followers[of.get(piece[:1] or character, gap)] += 1
        row = NO_HABITS
        if followers:
            total = _tenths(followers.total()) + HABIT
            row = {number: total - _tenths(times) for number, times in followers.items()}
        self[last] = row
        return row


class _FormCosts(dict[int, int]):
    """Cost of each code's character where it stands without a reading: what would this mirror have shown?"""

    def __init__(self, text: str, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._text = text
        self._character = pairs().character
        self._unlikely = forms().unlikely
        self |= {pairs().code[key]: UNREAD for key in keys}

    def __missing__(self, code: int) -> int:
        unlikely = code in self._unlikely and self._character[code] not in self._text
        cost = UNCONVERTED if unlikely else 0
        self[code] = cost
        return cost


@cache
def _tenths(times: int) -> int:
    return round(10 * log(times))
