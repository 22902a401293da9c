"""What stood where a mirror cut between the two bytes of a character?

The shown text is a deterministic function of the original bytes, so the original is searched for: a beam over
the shown text, whose hypotheses differ in the phase of the bytes and in what was lost, ranked by how likely
their Chinese is.  In a shifted run a shown character is the trail byte of one original character and the lead
byte of the next.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tibetnews.text.forms import (
    Candidate,
    following_before_nothing,
    following_between_nothings,
    following_with_trail,
    forms,
)
from tibetnews.text.gbk import MARKS, pairs
from tibetnews.text.language_model import START, UNSEEN, model
from tibetnews.text.lattice import Beam, Hypothesis, Node, doubts
from tibetnews.text.readings import BREAK, CUT_MARKS, LETTERS, READING, having, valid
from tibetnews.text.traits import Traits

SWALLOWED_READING = re.compile(rf"\?([{LETTERS}]{{1,6}}) ?\)")
SWALLOWED_TAG = re.compile(r"\?/?[A-Za-z][A-Za-z0-9]{0,9}(?: [^<>\n]{0,200})?/?>")
CLOSING = {"“": "”", "‘": "’", "『": "』", "「": "」", "《": "》"}
QUOTES = re.compile("[“”‘’『』「」《》]")
OPENED = re.compile(r"[^\[\]\n]{1,20}\]")

WIDTH = 10  # hypotheses that are followed from a place: more find nothing better
TOLERANCE = 100  # of the model's cost units; what is so much worse than the best is dropped
NEAR = 50  # vanished pairs are looked for in hypotheses that are so much worse than the best, at most
MOST_NOTHINGS = 3  # pairs in a row that show as nothing
CROWDED, ENOUGH = 60, 150  # a text with a break in every so many characters, and so many more, is noise
LONGEST = 400  # characters of shown text that one search may cover
MARGIN = 60  # a character is certain where no different one comes closer to the best
UNBALANCED = 40  # cost of a quotation mark that opens what is open or closes what is closed
SWALLOWED = (70, 30)  # cost of an ASCII character that nothing tells of, and where another one follows
STRANGE_KEY = 30  # cost of a reading that the page gives to no character

ALIGNED = 0


class Mended(NamedTuple):
    """The shown text from start to end was ``text``, with doubtful ranges; unexplained, it is as shown."""

    start: int
    end: int
    text: str
    doubtful: list[tuple[int, int]]
    explained: bool = True


class Search:
    """The search for all breaks of one damaged page."""

    def __init__(self, text: str, keys: Mapping[str, str]) -> None:
        """keys: the characters that carry a reading wherever they stand on this page."""
        self._text = text
        self._keys = keys
        traits = Traits(text, keys)
        self._form_cost, self._habits = traits.form_cost, traits.habits
        self._table = pairs()
        self._model = model()
        self._forms = forms()
        self._gap = self._model.number[START]
        self._beams: dict[int, Beam] = {}
        self._near = 0
        self._start = 0

    def mend(self) -> list[Mended]:
        """The breaks of the page with what stood there, in order; an honest ``?!`` is none."""
        mended: list[Mended] = []
        position = 0
        if self._text.count("?") * CROWDED > len(self._text) + CROWDED * ENOUGH:
            return mended
        while (found := BREAK.search(self._text, position)) is not None:
            start, position = found.span()
            result = self._look(start, mended[-1:])
            if result is None and (swallowed := SWALLOWED_READING.match(self._text, start)):
                result = Mended(start, swallowed.end(), swallowed[0], [(0, len(swallowed[0]))], False)
            if result is not None:
                mended.append(result)
                position = result.end
        return mended

    def _look(self, start: int, earlier: list[Mended]) -> Mended | None:
        """The outcome of one search, or None where nothing is better than what is shown."""
        end, hypotheses = self._search(start, earlier)
        if not hypotheses:
            return None
        text = "".join(node.piece for node in hypotheses[0].node.chain())
        return None if text == self._text[start:end] else Mended(start, end, text, doubts(hypotheses, MARGIN))

    def _search(self, start: int, earlier: list[Mended]) -> tuple[int, list[Hypothesis]]:
        """Follow all hypotheses from ``start`` on until they agree again: there, and the best first."""
        self._beams = {}
        self._start = start
        self._beam(start).add(self._beginning(start, earlier))
        limit = min(len(self._text), start + LONGEST)
        while self._beams:
            at = min(self._beams)
            beam = self._beams.pop(at)
            hypotheses = sorted(beam.states.values())
            agreed = len(hypotheses) == 1 and hypotheses[0].phase == ALIGNED and not self._beams and at > start
            if agreed or at >= limit:
                return at, [h for h in hypotheses if h.phase == ALIGNED]
            for hypothesis in hypotheses[:WIDTH]:
                if hypothesis.cost > beam.best + TOLERANCE:
                    break
                if hypothesis.phase == ALIGNED:
                    self._aligned(hypothesis, at)
                else:
                    self._near = beam.best + NEAR
                    self._shifted(hypothesis, at)
        return start, []

    def _beginning(self, start: int, earlier: list[Mended]) -> Hypothesis:
        """The two characters before the search, as its context."""
        mended_text, end = (earlier[0].text, earlier[0].end) if earlier else ("", 0)
        before = (mended_text[-2:] + READING.sub("", self._text[max(end, start - 24) : start]))[-2:]
        last, pair = self._gap, -1
        for character in before:
            number = self._number(character)
            pair = self._model.followers(last).get(number, -1)
            last = number if number >= 0 else self._gap
        return Hypothesis(0, ALIGNED, last, pair, Node(None, before[-1:]))

    # The steps of a hypothesis: each adds what it leads to to the beam of the place that it reaches.

    def _aligned(self, h: Hypothesis, at: int) -> None:
        """Between two original characters: the shown character is one, or a lone lead byte."""
        text, table = self._text, self._table
        character = text[at]
        if character == "?":
            mark = text[at + 1 : at + 2]
            if mark and mark in CUT_MARKS:
                cut = table.code[MARKS.get(mark, mark)]
                beam = self._beam(at + 2)
                self._steps(beam, h, cut & 0xFF, self._forms.by_trail[cut >> 8])
            elif swallowed := SWALLOWED_READING.match(text, at):
                self._unaligned_reading(h, swallowed[1], swallowed.end())
        elif character == "(" and (reading := READING.match(text, at)) and not valid(h.node.piece[-1:], reading[1]):
            self._unaligned_reading(h, reading[1], reading.end())
        end = at + 1
        extra = 0
        code = table.code.get(character, 0)
        if code:
            end = self._after_reading(character, end)
            extra = self._form_cost[code] if end == at + 1 else 0
        self._step(self._beam(end), h, ALIGNED, self._number(character), character, extra)

    def _unaligned_reading(self, h: Hypothesis, reading: str, end: int) -> None:
        """A reading behind a lone lead byte belongs to the pair of this byte and the trail byte before it."""
        trail = self._table.code.get(h.node.piece[-1:], 0) & 0xFF
        beam = self._beam(end)
        for key in having().get(reading, ""):
            code = self._table.code[key]
            if code >> 8 == trail and code & 0xFF > 0x80:
                strange = 0 if key in self._keys else STRANGE_KEY
                beam.add(h._replace(cost=h.cost + strange, phase=code & 0xFF))

    def _shifted(self, h: Hypothesis, at: int, nothings: int = 0) -> None:
        """After an original lead byte, known or not: its trail byte is the first byte of what is shown."""
        text = self._text
        character = text[at]
        shown = self._table.code.get(MARKS.get(character, character), 0)
        if shown:
            end = self._after_reading(character, at + 1)
            self._trail(h, shown >> 8, shown & 0xFF, end)
        if character == "?":
            self._lost_trail(h, at)
        elif "@" <= character <= "~":
            for code, number in self._candidates(h, ord(character), self._beam(at + 1)):
                original = self._table.character[code]
                end = self._after_reading(original, at + 1)
                extra = self._form_cost[code] if end == at + 1 else 0
                self._step(self._beam(end), h, ALIGNED, number, original, extra)
        if h.phase < 0 and ord("[") in self._table.vanishing[-h.phase] and OPENED.match(text, at):
            self._aligned(self._next(h, ALIGNED, self._number("["), "[", 0), at)
        if nothings < MOST_NOTHINGS and h.cost <= self._near:
            self._nothing_shown(h, at, nothings)

    def _candidates(self, h: Hypothesis, trail: int, beam: Beam) -> Sequence[tuple[int, int]]:
        """The characters with this trail byte and the lead byte that waits, as far as the beam takes them."""
        if h.phase > 0:
            code = h.phase << 8 | trail
            number = self._forms.number.get(code)
            return () if number is None else ((code, number),)
        leads = self._table.vanishing[-h.phase]
        ceiling = beam.best + TOLERANCE - h.cost
        thirds: Mapping[int, int] = {}
        if h.pair >= 0:
            ceiling -= self._model.pair_rest[h.pair]
            thirds = self._model.thirds(h.pair)
        return [
            (code, number)
            for code, number, cost in following_with_trail(h.last, trail)
            if (cost <= ceiling or number in thirds) and code >> 8 in leads
        ]

    def _trail(self, h: Hypothesis, trail: int, then: int, end: int) -> None:
        """The trail byte is shown, and after it the next lead byte or an ASCII character of the original."""
        character, cost = self._table.character, self._form_cost
        if then > 0x80:
            beam = self._beam(end)
            self._steps(beam, h, then, self._candidates(h, trail, beam))
        elif then < 0x80:
            beam = self._beam(end)
            for code, number in self._candidates(h, trail, beam):
                before = self._next(h, ALIGNED, number, character[code], cost[code])
                self._step(beam, before, ALIGNED, self._number(chr(then)), chr(then), 0)

    def _lost_trail(self, h: Hypothesis, at: int) -> None:
        """The trail byte is lost, with the ASCII character behind it where there was one."""
        text, table = self._text, self._table
        if swallowed := SWALLOWED_READING.match(text, at):
            beam = self._beam(swallowed.end())
            leads = {h.phase} if h.phase > 0 else table.vanishing[-h.phase]
            for character in having().get(swallowed[1], ""):
                code = table.code[character]
                if code >> 8 in leads and code & 0xFF > 0x80 and code in self._forms.number:
                    self._step(beam, h, ALIGNED, self._forms.number[code], character, 0)
        if h.phase < 0:
            return
        tag = SWALLOWED_TAG.match(text, at)
        end = tag.end() if tag else at + 1
        unknown = not tag and text[end : end + 1] not in f"{CUT_MARKS}\n"
        if unknown and at == self._start + 2 and not text[end : end + 1].isascii():
            return  # nothing between a cut and a stray ``?`` speaks for a break
        price = SWALLOWED[text[end : end + 1].isascii()] if unknown else 0
        beam = self._beam(end)
        quotes = self._unbalanced(h)
        ends = tag is not None or text[end : end + 1] in "\n"  # of the paragraph, where nothing may stay open
        limit = beam.best + TOLERANCE - price
        for code, number, cost, pair in self._priced(h, self._forms.by_lead.get(h.phase, ()), limit):
            if code in quotes:
                extra = quotes[code]
            else:
                extra = self._form_cost[code] + (UNBALANCED if ends and 0 in quotes.values() else 0)
            cost += extra + price
            if cost <= beam.best + TOLERANCE:
                beam.add(Hypothesis(cost, ALIGNED, number, pair, Node(h.node, table.character[code], unknown)))

    def _unbalanced(self, h: Hypothesis) -> dict[int, int]:
        """Costs of the quotation marks and brackets: which of them may come next in the paragraph?"""
        paragraph = self._text[max(self._start - LONGEST, 0) : self._start].rpartition("\n")[2]
        paragraph += "".join(node.piece for node in h.node.chain())
        still_open: list[str] = []
        for mark in QUOTES.findall(paragraph):
            if mark in CLOSING:
                still_open.append(mark)
            elif still_open and CLOSING[still_open[-1]] == mark:
                still_open.pop()
        last = still_open[-1] if still_open else ""
        allowed = CLOSING.get(last, "")
        code = self._table.code
        costs = {code[mark]: UNBALANCED * (mark != allowed) for mark in CLOSING.values()}
        return costs | ({code[last]: UNBALANCED} if last else {})

    def _nothing_shown(self, h: Hypothesis, at: int, nothings: int) -> None:
        """Vanished pairs may stand anywhere in a shifted run; so may the byte 80, which ends it."""
        table, cost = self._table, self._form_cost
        shown = self._beams.get(at + 1)
        limit = min((shown.best if shown else h.cost) + TOLERANCE, self._near + 2 * NEAR)
        if h.phase > 0:
            candidates = following_before_nothing(h.last, h.phase)
        else:
            leads = table.vanishing[-h.phase]
            candidates = [c for c in following_between_nothings(h.last) if c[0] >> 8 in leads]
        for code, number, price, pair in self._priced(h, candidates, limit):
            if price + cost[code] <= limit:
                node = Node(h.node, table.character[code])
                lost = Hypothesis(price + cost[code], -(code & 0xFF), number, pair, node)
                self._shifted(lost, at, nothings + 1)
        code = h.phase << 8 | 0x80
        if code in self._forms.number:
            character = table.character[code]
            start = at + (self._text[at] == "€")
            end = self._after_reading(character, start)
            unshown = self._next(h, ALIGNED, self._forms.number[code], character, cost[code] if end == start else 0)
            if end > at:
                self._beam(end).add(unshown)
            elif unshown.cost <= limit:
                self._aligned(unshown, at)

    def _steps(self, beam: Beam, h: Hypothesis, phase: int, candidates: Sequence[Candidate]) -> None:
        """Add the hypothesis with each of the candidates, where it is not much worse than the best."""
        character, form_cost, node = self._table.character, self._form_cost, h.node
        for code, number, cost, pair in self._priced(h, candidates, beam.best + TOLERANCE):
            cost += form_cost[code]
            if cost <= beam.best + TOLERANCE:
                beam.add(Hypothesis(cost, phase, number, pair, Node(node, character[code])))

    def _priced(self, h: Hypothesis, candidates: Sequence[Candidate], limit: int) -> list[tuple[int, int, int, int]]:
        """Code, number, cost and pair of the candidates that cost at most ``limit`` without regard to form.

        The same as ``_price`` of each, with what they share looked up once.
        """
        language = self._model
        cost_before, _, last, pair, _ = h
        followers = language.followers(last)
        thirds = language.thirds(pair) if pair >= 0 else {}
        rest = language.pair_rest[pair] if pair >= 0 else 0
        unmet = rest + language.single_rest[last]
        pair_cost, single_cost, habits = language.pair_cost, language.single_cost, self._habits[last]
        limit -= cost_before
        priced = []
        for code, number in candidates:
            next_pair = followers.get(number, -1)
            if number in thirds:
                cost = thirds[number]
            elif next_pair >= 0:
                cost = rest + pair_cost[next_pair]
            else:
                cost = unmet + single_cost[number]
            if number in habits and habits[number] < cost:
                cost = habits[number]
            if cost <= limit:
                priced.append((code, number, cost_before + cost, next_pair))
        return priced

    def _step(self, beam: Beam, h: Hypothesis, phase: int, number: int, piece: str, extra: int) -> None:
        """Add the hypothesis with one more character, where it is not much worse than the best."""
        if number < 0:
            step, pair, number = UNSEEN, -1, self._gap
        else:
            step, pair = self._price(h, number)
        cost = h.cost + step + extra
        if cost <= beam.best + TOLERANCE:
            beam.add(Hypothesis(cost, phase, number, pair, Node(h.node, piece)))

    def _next(self, h: Hypothesis, phase: int, number: int, piece: str, extra: int) -> Hypothesis:
        """The hypothesis with one more character."""
        step, pair = self._price(h, number)
        return Hypothesis(h.cost + step + extra, phase, number, pair, Node(h.node, piece))

    def _price(self, h: Hypothesis, number: int) -> tuple[int, int]:
        """Cost of one more character for the model or, where that is less, for the page; the next pair."""
        step, pair = self._model.step(h.last, h.pair, number)
        return min(step, self._habits[h.last].get(number, step)), pair

    def _beam(self, at: int) -> Beam:
        beam = self._beams.get(at)
        if beam is None:
            beam = self._beams[at] = Beam()
        return beam

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
