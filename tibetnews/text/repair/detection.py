"""Which readings of a text are a mirror's, and what is the text without them?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tibetnews.text.repair.evidence import Annotations, is_a_mirrors, is_japanese
from tibetnews.text.repair.gbk import pairs
from tibetnews.text.repair.pinyin import HAN, LETTERS, valid

# All patterns begin with the bracket, which is looked for much faster than a character class.
ANNOTATED = re.compile(rf"\((?<=([{HAN}])\()([{LETTERS}]{{1,6}})( ?)\)( ?)")
TIGHT = re.compile(rf"\((?<=[{HAN}]\()[{LETTERS}]{{1,6}} ?\)")
LOOSE = re.compile(TIGHT.pattern + " ?")
ON_LETTER = re.compile(rf"\((?<=([{HAN}])([@-~])\()([{LETTERS}]{{1,6}}) ?\)")


@dataclass(frozen=True, slots=True)
class Survey:
    """The readings of a text, and what they say of it.

    damaged: a mirror put them there.  keys: the characters that carry one wherever they stand, with it.
    false: bracketed syllables that are no reading of the character before them.
    loose: a space follows each reading.
    """

    damaged: bool
    keys: Mapping[str, str]
    false: frozenset[tuple[str, str]]
    loose: bool
    japanese: bool = False

    def remove(self, text: str) -> tuple[str, int]:
        """The text without its readings, and how many there were."""
        text = ON_LETTER.sub(_without_letters_reading, text)
        pattern = LOOSE if self.loose else TIGHT
        if any(f"{character}({reading}" in text for character, reading in self.false):
            return pattern.subn(self._unless_false, text)
        return pattern.subn("", text)

    def _unless_false(self, found: re.Match[str]) -> str:
        pair = found.string[found.start() - 1], found[0].strip("() ")
        return found[0] if pair in self.false else ""


def _without_letters_reading(found: re.Match[str]) -> str:
    """溧l(xiāng)i: the trail byte of 溧 and the letter are the two bytes of 鄉."""
    lead = pairs().code.get(found[1], 0) & 0xFF
    key = pairs().character.get(lead << 8 | ord(found[2]), "")
    return "" if valid(key, found[3]) else found[0]


UNDAMAGED = Survey(False, {}, frozenset(), False)


def survey(text: str) -> Survey:
    """Look at all readings of a text, and judge from the whole whether a mirror put them there."""
    if "(" not in text:
        return UNDAMAGED
    times: Counter[str] = Counter()
    pairs_met: set[tuple[str, str]] = set()
    false: set[tuple[str, str]] = set()
    loose = 0
    for (character, reading, _, space), number in Counter(ANNOTATED.findall(text)).items():
        if valid(character, reading):
            times[character] += number
            pairs_met.add((character, reading))
            loose += number * len(space)
        else:
            false.add((character, reading))
    if not times:
        return UNDAMAGED
    annotations = Annotations(times, {character: text.count(character) for character in times}, pairs_met)
    keys = {c: reading for c, reading in pairs_met if times[c] == annotations.occurrences[c]}
    japanese = is_japanese(text)
    damaged = is_a_mirrors(text, annotations, japanese)
    return Survey(damaged, keys, frozenset(false), loose > 0.8 * times.total(), japanese)
