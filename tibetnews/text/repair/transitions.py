"""What may the bytes behind a shown character have been, and what do they lead to?

In a shifted run a shown character is the trail byte of one original character and the lead byte of the next.
Each step adds what a hypothesis leads to to the beam of the place in the shown text that it reaches.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tibetnews.text.repair.beam import Beam, Hypothesis, Node, State
from tibetnews.text.repair.candidates import (
    Candidates,
    after_nothing,
    before_nothing,
    between_nothings,
    with_lead,
    with_trail,
)
from tibetnews.text.repair.characters import Character, forms
from tibetnews.text.repair.gbk import MARKS, pairs
from tibetnews.text.repair.language_model import START, model
from tibetnews.text.repair.pinyin import CUT_MARKS, LETTERS, READING, having, valid
from tibetnews.text.repair.quotes import CLOSING, still_open
from tibetnews.text.repair.scoring import Prices

SWALLOWED_READING = re.compile(rf"\?([{LETTERS}]{{1,6}}) ?\)")
SWALLOWED_TAG = re.compile(r"\?/?[A-Za-z][A-Za-z0-9]{0,9}(?: [^<>\n]{0,200})?/?>")
YEAR = re.compile("9[0-9][0-9]年|0[0-9][0-9]年")
OPENED = re.compile(r"[^\[\]\n]{1,20}\]")

TOLERANCE = 60  # of the model's cost units; what is so much worse than the best is dropped
NEAR = 36  # vanished pairs are looked for in hypotheses that are so much worse than the best, at most
BEFORE_NOTHING = 115  # and one character before them may make it so much worse
MOST_NOTHINGS = 3  # pairs in a row that show as nothing
UNBALANCED = 60  # cost of a quotation mark that opens what is open or closes what is closed
SWALLOWED = (70, 30)  # cost of an ASCII character that nothing tells of, and where another one follows
STRANGE_KEY = 30  # cost of a reading that the page gives to no character

ALIGNED = 0
NO_CEILING = 1 << 30
CLOSED = frozenset(CLOSING.values())


class Shifts:
    """The steps of one damaged page, and the beams of the search that is going on."""

    def __init__(self, text: str, keys: Mapping[str, str]) -> None:
        """keys: the characters that carry a reading wherever they stand on this page."""
        self._text = text
        self._keys = keys
        self._prices = Prices(text, keys)
        self._table = pairs()
        self._model = model()
        self._forms = forms()
        self._gap = self._model.number[START]
        self.beams: dict[int, Beam] = {}
        self._bytes: dict[int, tuple[int, int, int]] = {}
        self._best = 0
        self._start = 0
        self._open = ""

    def begin(self, start: int, before: str, unclosed: str) -> None:
        """A new search: before it stand these two characters, and these marks are open."""
        self.beams = {}
        self._start = start
        self._open = unclosed
        numbers = [number if number >= 0 else self._gap for number in map(self._number, before)]
        last, before_last = [*numbers[::-1], self._gap, self._gap][:2]
        self._beam(start).add(0, (ALIGNED, last, before_last), Node(None, before[-1:]))

    def step(self, cost: int, state: State, node: Node, at: int, best: int) -> None:
        """Go on with a hypothesis from the place that it has reached; best: the least cost there."""
        phase, last, before = state
        h = Hypothesis(cost, phase, last, before, self._model.pair(before, last), node)
        if phase == ALIGNED:
            self._aligned(h, at)
        else:
            self._best = best
            self._shifted(h, at)

    def _aligned(self, h: Hypothesis, at: int) -> None:
        """Between two original characters: the shown character is one, or a lone lead byte."""
        text, table = self._text, self._table
        character = text[at]
        if character == "?":
            mark = text[at + 1 : at + 2]
            if mark and mark in CUT_MARKS:
                cut = table.code[MARKS.get(mark, mark)]
                self._add(self._beam(at + 2), h, cut & 0xFF, with_trail(h.last, cut >> 8))
            elif swallowed := SWALLOWED_READING.match(text, at):
                self._unaligned_reading(h, swallowed[1], swallowed.end())
        elif character == "(" and (reading := READING.match(text, at)) and not valid(h.node.piece[-1:], reading[1]):
            self._unaligned_reading(h, reading[1], reading.end())
        code = table.code.get(character, 0)
        end = self._after_reading(character, at + 1) if code else at + 1
        extra = self._prices.form_cost[code] if code and end == at + 1 else 0
        self._add_one(end, h, ALIGNED, self._number(character), character, extra)

    def _unaligned_reading(self, h: Hypothesis, reading: str, end: int) -> None:
        """A reading behind a lone lead byte belongs to the pair of this byte and the trail byte before it."""
        trail = self._table.code.get(h.node.piece[-1:], 0) & 0xFF
        beam = self._beam(end)
        for key in having().get(reading, ""):
            code = self._table.code[key]
            if code >> 8 == trail and code & 0xFF > 0x80:
                strange = 0 if key in self._keys else STRANGE_KEY
                beam.add(h.cost + strange, (code & 0xFF, h.last, h.before), h.node)

    def _shifted(self, h: Hypothesis, at: int, nothings: int = 0) -> None:
        """After an original lead byte, known or not: its trail byte is the first byte of what is shown."""
        text = self._text
        character = text[at]
        trail, then, end = self._bytes_at(at)
        if trail:
            self._trail(h, trail, then, end)
        if character == "?":
            self._lost_trail(h, at)
        elif "@" <= character <= "~":
            for code, number in self._candidates(h, ord(character)):
                original = self._table.character[code]
                end = self._after_reading(original, at + 1)
                extra = self._prices.form_cost[code] if end == at + 1 else 0
                self._add_one(end, h, ALIGNED, number, original, extra)
        if h.phase < 0 and ord("[") in self._table.vanishing[-h.phase] and OPENED.match(text, at):
            self._aligned(self._next(h, self._number("["), "[", 0), at)
        if nothings < MOST_NOTHINGS and h.cost <= self._best + NEAR:
            self._nothing_shown(h, at, nothings)

    def _candidates(self, h: Hypothesis, trail: int) -> list[Character]:
        """The characters with this trail byte and the lead byte that waits."""
        if h.phase < 0:
            following = after_nothing(h.last, -h.phase, trail)
            return list(zip(following.codes, following.numbers, strict=True))
        code = h.phase << 8 | trail
        number = self._forms.number.get(code)
        return [] if number is None else [(code, number)]

    def _trail(self, h: Hypothesis, trail: int, then: int, end: int) -> None:
        """The trail byte is shown, and after it the next lead byte or an ASCII character of the original."""
        character, cost = self._table.character, self._prices.form_cost
        if then > 0x80 and h.phase > 0:
            code = h.phase << 8 | trail
            if code in self._forms.number:
                self._add_one(end, h, then, self._forms.number[code], character[code], cost[code])
        elif then > 0x80:
            self._add(self._beam(end), h, then, after_nothing(h.last, -h.phase, trail))
        elif then < 0x80:
            for code, number in self._candidates(h, trail):
                before = self._next(h, number, character[code], cost[code])
                self._add_one(end, before, ALIGNED, self._number(chr(then)), chr(then), 0)

    def _lost_trail(self, h: Hypothesis, at: int) -> None:
        """The trail byte is lost, with the ASCII character behind it where there was one: of a year it is known."""
        text, table = self._text, self._table
        if swallowed := SWALLOWED_READING.match(text, at):
            leads = {h.phase} if h.phase > 0 else table.vanishing[-h.phase]
            for character in having().get(swallowed[1], ""):
                code = table.code[character]
                if code >> 8 in leads and code & 0xFF > 0x80 and code in self._forms.number:
                    self._add_one(swallowed.end(), h, ALIGNED, self._forms.number[code], character, 0)
        if h.phase < 0:
            return
        tag = SWALLOWED_TAG.match(text, at)
        end = tag.end() if tag else at + 1
        unknown = not tag and text[end : end + 1] not in f"{CUT_MARKS}\n"
        if unknown and at == self._start + 2 and not text[end : end + 1].isascii():
            return  # nothing between a cut and a stray ``?`` speaks for a break
        price = SWALLOWED[text[end : end + 1].isascii()] if unknown else 0
        century = {"9": "1", "0": "2"}[text[end]] if unknown and YEAR.match(text, end) else ""
        beam = self._beam(end)
        unclosed = still_open("".join([node.piece for node in h.node.chain()]), self._open)
        ends = bool(unclosed) and (tag is not None or text[end : end + 1] in "\n")  # and nothing may stay open
        price += UNBALANCED * ends
        closing = CLOSING.get(unclosed[-1:], "")
        for cost, code, number in self._prices.of_each(h, with_lead(h.last, h.phase), beam.best + TOLERANCE - price):
            original = table.character[code]
            if original != closing:
                cost += price + UNBALANCED * (original in CLOSED or original in unclosed[-1:])
                beam.add(cost, (ALIGNED, number, h.last), Node(h.node, original + century, unknown))
        if closing and table.code[closing] >> 8 == h.phase:
            number = self._number(closing)  # a mark that is waited for is as likely as the most frequent of its kind
            least = min(self._prices.of(h, number), self._prices.of(h, self._number("”")))
            cost = h.cost + least + price - UNBALANCED * ends
            if cost <= beam.best + TOLERANCE:
                beam.add(cost, (ALIGNED, number, h.last), Node(h.node, closing + century, unknown))

    def _nothing_shown(self, h: Hypothesis, at: int, nothings: int) -> None:
        """Vanished pairs may stand anywhere in a shifted run; so may the byte 80, which ends it."""
        table = self._table
        trail, _, end = self._bytes_at(at) if self._text[at] != "?" else (0, 0, 0)  # which may hide a trail byte
        shown = self.beams.get(end) if trail else None
        ceiling = shown.best + TOLERANCE if shown else NO_CEILING
        limit = min(self._best + BEFORE_NOTHING, ceiling)
        candidates = before_nothing(h.last, h.phase) if h.phase > 0 else between_nothings(h.last, -h.phase)
        for cost, code, number in self._prices.of_each(h, candidates, limit):
            pair = self._model.pair(h.last, number)
            if trail and (cost > self._best + NEAR or nothings + 1 == MOST_NOTHINGS):  # the shown character is next
                following = after_nothing(number, code & 0xFF, trail)
                if not following.codes or self._prices.exceed(cost, pair, following, ceiling):
                    continue
            node = Node(h.node, table.character[code])
            self._shifted(Hypothesis(cost, -(code & 0xFF), number, h.last, pair, node), at, nothings + 1)
        code = h.phase << 8 | 0x80
        if code in self._forms.number:
            character = table.character[code]
            start = at + (self._text[at] == "€")
            end = self._after_reading(character, start)
            extra = self._prices.form_cost[code] if end == start else 0
            unshown = self._next(h, self._forms.number[code], character, extra)
            if end > at:
                self._beam(end).add(unshown.cost, (ALIGNED, unshown.last, h.last), unshown.node)
            elif unshown.cost <= limit:
                self._aligned(unshown, at)

    def _add(self, beam: Beam, h: Hypothesis, phase: int, candidates: Candidates) -> None:
        """Add the hypothesis with each of the candidates, where it is not much worse than the best."""
        character, node, last = self._table.character, h.node, h.last
        for cost, code, number in self._prices.of_each(h, candidates, beam.best + TOLERANCE):
            if cost <= beam.best + TOLERANCE:
                beam.add(cost, (phase, number, last), Node(node, character[code]))

    def _add_one(self, end: int, h: Hypothesis, phase: int, number: int, piece: str, extra: int) -> None:
        """Add the hypothesis with one more character, where it is not much worse than the best."""
        cost = h.cost + self._prices.of(h, number) + extra
        beam = self.beams.get(end) or self._beam(end)
        if cost <= beam.best + TOLERANCE:
            beam.add(cost, (phase, number if number >= 0 else self._gap, h.last), Node(h.node, piece))

    def _next(self, h: Hypothesis, number: int, piece: str, extra: int) -> Hypothesis:
        """The hypothesis with one more character, aligned."""
        cost = h.cost + self._prices.of(h, number) + extra
        return Hypothesis(cost, ALIGNED, number, h.last, self._model.pair(h.last, number), Node(h.node, piece))

    def _beam(self, at: int) -> Beam:
        beam = self.beams.get(at)
        if beam is None:
            beam = self.beams[at] = Beam()
        return beam

    def _bytes_at(self, at: int) -> tuple[int, int, int]:
        """The two bytes of the shown character, 0 where it has not two, and the place behind its reading."""
        known = self._bytes.get(at)
        if known is None:
            character = self._text[at]
            code = self._table.code.get(MARKS.get(character, character), 0)
            end = self._after_reading(character, at + 1) if code else at + 1
            known = self._bytes[at] = code >> 8, code & 0xFF, end
        return known

    def _after_reading(self, character: str, at: int) -> int:
        """The place behind the character's reading, where it has one here."""
        if (
            self._text[at : at + 1] == "("
            and (reading := READING.match(self._text, at))
            and valid(character, reading[1])
        ):
            return reading.end()
        return at

    def _number(self, character: str) -> int:
        """The model's number of a shown character, or -1."""
        return self._forms.of.get(character, -1)
