"""What stood where a mirror cut between the two bytes of a character?

The shown text is a deterministic function of the original bytes, so the original is searched for:
a beam over the shown text, whose hypotheses differ in the phase (between characters; after an original lead
byte; after a lost one) and in what was lost, ranked by how likely their Chinese is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from tibetnews.text import readings
from tibetnews.text.gbk import MARKS, Pairs, pairs
from tibetnews.text.language_model import START, UNSEEN, LanguageModel, model, normal_form

BREAK = re.compile(rf"\?(?=[！，？；。!,?;]|[{readings.LETTERS}]{{1,6}} ?\))")
"""Where a search begins: a lone lead byte before a cut or before a reading."""

READING = re.compile(rf"\(([{readings.LETTERS}]{{1,6}}) ?\)")
SWALLOWED_READING = re.compile(rf"\?([{readings.LETTERS}]{{1,6}}) ?\)")

WIDTH = 16  # hypotheses kept at a place: more find nothing better
TOLERANCE = 140  # of the model's cost units; what is so much worse than the best is dropped
LONGEST = 600  # characters of shown text that one search may cover
MARGIN = 35  # a character is certain where no different one comes closer to the best
UNCONVERTED = 35  # cost of a simplified form where the mirror would have shown a traditional one
UNREAD = 60  # cost of a character without the reading that the mirror always gives it
STRANGE_KEY = 30  # cost of a reading that the page gives to no character

ALIGNED = 0
LOST_HIGH = -1  # after the first byte of an invisible pair, its second one, an original lead, being A1-FE
LOST_LOW = -2  # the same with 40-A0


@dataclass(slots=True)
class Node:
    """A piece of a hypothesis' text, and the hypotheses that were dropped in its favour."""

    previous: Node | None
    piece: str
    dropped: list[tuple[int, Node]] = field(default_factory=list)
    doubtful: bool = False

    def chain(self) -> list[Node]:
        nodes = [self]
        while (previous := nodes[-1].previous) is not None:
            nodes.append(previous)
        return nodes[::-1]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    cost: int
    phase: int
    """ALIGNED, the original lead byte that waits for its trail byte, or one of LOST_HIGH and LOST_LOW."""
    last: int
    pair: int
    node: Node


@dataclass(frozen=True, slots=True)
class Mended:
    """The shown text from start to end was ``text``; doubtful holds offsets into it."""

    start: int
    end: int
    text: str
    doubtful: tuple[tuple[int, int], ...]


@cache
def _model_numbers(simplify: Callable[[str], str]) -> dict[int, int]:
    """The model's number of each pair of bytes' character, in its simplified form."""
    table = pairs()
    simplified = simplify("\n".join(table.code)).split("\n")
    number = model().number
    return {
        code: number[normal_form(form)]
        for code, form in zip(table.code.values(), simplified, strict=True)
        if normal_form(form) in number
    }


class Page:
    """What a damaged page tells of its mirror: shared by the searches of all its breaks."""

    def __init__(self, text: str, keys: dict[str, str], simplify: Callable[[str], str]) -> None:
        """keys: characters that always carry a reading on this page, with that reading."""
        self.text = text
        self.keys = keys
        self.table: Pairs = pairs()
        self.model: LanguageModel = model()
        self.numbers = _model_numbers(simplify)
        self._extra: dict[int, int] = {}

    def extra(self, code: int) -> int:
        """Cost of a form that this mirror would not have shown bare."""
        cost = self._extra.get(code)
        if cost is None:
            character = self.table.character[code]
            cost = 0
            if character in self.keys:
                cost = UNREAD
            elif character not in self.text and "一" <= character <= "鿿":
                try:
                    character.encode("cp950")
                except UnicodeEncodeError:
                    cost = UNCONVERTED
            self._extra[code] = cost
        return cost

    def mend(self) -> list[Mended]:
        """All breaks of the page with what stood there, in order; those that nothing explains are left out."""
        mended: list[Mended] = []
        position = 0
        while (found := BREAK.search(self.text, position)) is not None:
            result = self._search(found.start(), max(position, 0))
            if result is None:
                position = found.end()
                continue
            mended.append(result)
            position = result.end
        return mended

    def _search(self, start: int, bound: int) -> Mended | None:
        """Search for the original of the text from ``start`` on, until all hypotheses agree again."""
        before = _without_readings(self.text[max(bound, start - 24) : start])[-2:]
        number = self.model.number
        last, pair = number[START], -1
        for character in before:
            pair = self.model.followers(last).get(number.get(normal_form(character), -1), -1)
            last = number.get(normal_form(character), number[START])
        root = Node(None, before[-1:])
        beams: dict[int, dict[tuple[int, int, int], Hypothesis]] = {
            start: {(ALIGNED, last, pair): Hypothesis(0, ALIGNED, last, pair, root)}
        }
        finished: dict[tuple[int, int, int], Hypothesis] = {}
        end = start
        while beams:
            position = min(beams)
            beam = beams.pop(position)
            if position >= min(len(self.text), start + LONGEST):
                finished, end = beam, position
                break
            if not beams and position > start and len(beam) == 1:
                (only,) = beam.values()
                if only.phase == ALIGNED:
                    finished, end = beam, position
                    break
            best = min(h.cost for h in beam.values())
            for hypothesis in sorted(beam.values(), key=lambda h: h.cost)[:WIDTH]:
                if hypothesis.cost > best + TOLERANCE:
                    break
                for at, following in self._expand(hypothesis, position):
                    _add(beams.setdefault(at, {}), following)
        survivors = sorted((h for h in finished.values() if h.phase == ALIGNED), key=lambda h: h.cost)
        if not survivors:
            return None
        return _result(start, end, survivors)

    def _expand(self, h: Hypothesis, at: int) -> Iterator[tuple[int, Hypothesis]]:
        if h.phase == ALIGNED:
            yield from self._aligned(h, at)
        elif h.phase > 0:
            yield from self._pending(h, at)
        else:
            yield from self._lost(h, at)

    def _emit(self, h: Hypothesis, code: int, phase: int, *, bare: bool = True, doubtful: bool = False) -> Hypothesis:
        """The hypothesis with one more original character of two bytes."""
        number = self.numbers.get(code)
        character = self.table.character.get(code, "")
        extra = self.extra(code) if bare and character else 0
        if number is None:
            return Hypothesis(
                h.cost + UNSEEN + extra, phase, self.model.number[START], -1, Node(h.node, character, doubtful=doubtful)
            )
        cost, pair = self.model.step(h.last, h.pair, number)
        return Hypothesis(h.cost + cost + extra, phase, number, pair, Node(h.node, character, doubtful=doubtful))

    def _emit_plain(self, h: Hypothesis, character: str) -> Hypothesis:
        """The hypothesis with one more character as it is shown, between characters."""
        form = normal_form(character)
        number = self.model.number.get(form)
        if number is None:
            return Hypothesis(h.cost + UNSEEN, ALIGNED, self.model.number[START], -1, Node(h.node, character))
        if number == h.last and form in "0A\n":
            return Hypothesis(h.cost, ALIGNED, h.last, h.pair, Node(h.node, character))
        cost, pair = self.model.step(h.last, h.pair, number)
        return Hypothesis(h.cost + cost, ALIGNED, number, pair, Node(h.node, character))

    def _aligned(self, h: Hypothesis, at: int) -> Iterator[tuple[int, Hypothesis]]:
        text = self.text
        character = text[at]
        if character == "?" and (broken := BREAK.match(text, at)):
            mark = text[broken.end()]
            code = self.table.code.get(MARKS.get(mark, mark))
            if code is not None and mark in "！，？；。!,?;":
                for candidate in self.table.with_trail[code >> 8]:
                    yield at + 2, self._emit(h, candidate, code & 0xFF)
            elif swallowed := SWALLOWED_READING.match(text, at):
                yield from self._unaligned_reading(h, swallowed.group(1), swallowed.end())
        if character == "(" and (reading := READING.match(text, at)) and h.node.piece:
            if readings.valid(h.node.piece[-1], reading.group(1)):
                yield reading.end(), h
                return
            yield from self._unaligned_reading(h, reading.group(1), reading.end())
        code = self.table.code.get(character)
        if code is None:
            yield at + 1, self._emit_plain(h, character)
            return
        reading = READING.match(text, at + 1)
        if reading and readings.valid(character, reading.group(1)):
            yield reading.end(), self._emit(h, code, ALIGNED, bare=False)
        else:
            yield at + 1, self._emit(h, code, ALIGNED)

    def _unaligned_reading(self, h: Hypothesis, reading: str, end: int) -> Iterator[tuple[int, Hypothesis]]:
        """A reading behind a lone lead byte belongs to the pair that the byte makes with the trail before it."""
        before = self.table.code.get(h.node.piece[-1:], 0) & 0xFF
        for key in readings.having().get(reading, ""):
            code = self.table.code.get(key, 0)
            if code >> 8 == before:
                strange = 0 if key in self.keys else STRANGE_KEY
                yield end, Hypothesis(h.cost + strange, code & 0xFF, h.last, h.pair, h.node)

    def _pending(self, h: Hypothesis, at: int) -> Iterator[tuple[int, Hypothesis]]:
        text, lead = self.text, h.phase << 8
        character = text[at]
        # A pair that shows as nothing may stand anywhere in a shifted run: its bytes are the trail of one
        # character and the lead of the next.  The byte 80 shows as nothing too and ends the run.
        for first, second in self.table.vanishing.items():
            if lead | first in self.numbers:
                lost = self._emit(h, lead | first, LOST_HIGH if second.start > 0x80 else LOST_LOW)
                yield from self._lost(lost, at)
        if lead | 0x80 in self.numbers:
            unshown = self._emit(h, lead | 0x80, ALIGNED)
            if character == "€":
                yield at + 1, unshown
            else:
                yield from self._aligned(unshown, at)
        shown = self.table.code.get(MARKS.get(character, character))
        if shown is not None:
            first, second = shown >> 8, shown & 0xFF
            end = at + 1
            reading = READING.match(text, end)
            if reading and readings.valid(character, reading.group(1)):
                end = reading.end()
            if lead | first in self.table.character and second != 0x80:
                if second > 0x80:
                    yield end, self._emit(h, lead | first, second)
                else:
                    yield end, self._emit_plain(self._emit(h, lead | first, ALIGNED), chr(second))
        if character == "?":
            yield from self._lost_trail(h, at)
        elif character.isascii() and lead | ord(character) in self.table.character:
            code = lead | ord(character)
            reading = READING.match(text, at + 1)
            if reading and readings.valid(self.table.character[code], reading.group(1)):
                yield reading.end(), self._emit(h, code, ALIGNED, bare=False)
            else:
                yield at + 1, self._emit(h, code, ALIGNED)

    def _lost_trail(self, h: Hypothesis, at: int) -> Iterator[tuple[int, Hypothesis]]:
        """A ``?`` in a shifted run: the trail byte is lost, with the ASCII character behind it where there was one."""
        text = self.text
        possible = [code for code in self.table.with_lead[h.phase] if code & 0xFF > 0x80]
        if swallowed := SWALLOWED_READING.match(text, at):
            having = readings.having().get(swallowed.group(1), "")
            for code in possible:
                if self.table.character[code] in having:
                    yield swallowed.end(), self._emit(h, code, ALIGNED, bare=False)
        following = text[at + 1 : at + 2]
        swallows = not (following in "！，？；。!,?;\n")
        for code in possible:
            if code in self.numbers:
                emitted = self._emit(h, code, ALIGNED)
                if swallows:
                    emitted.node.doubtful = True
                yield at + 1, emitted

    def _lost(self, h: Hypothesis, at: int) -> Iterator[tuple[int, Hypothesis]]:
        """After a vanished pair: the lead byte of the next character is unknown, its trail byte is shown."""
        character = self.text[at]
        shown = self.table.code.get(MARKS.get(character, character))
        if shown is None or h.phase == LOST_LOW:
            return
        first, second = shown >> 8, shown & 0xFF
        for code in self.table.with_trail.get(first, ()):
            if code >> 8 > 0xA0 and code in self.numbers and self.numbers[code] in self.model.followers(h.last):
                if second > 0x80:
                    yield at + 1, self._emit(h, code, second)
                elif second < 0x80:
                    yield at + 1, self._emit_plain(self._emit(h, code, ALIGNED), chr(second))


def _without_readings(text: str) -> str:
    return READING.sub("", text)


def _add(beam: dict[tuple[int, int, int], Hypothesis], h: Hypothesis) -> None:
    """Keep the better of two hypotheses that go on alike; the other one's distance stays known."""
    state = (h.phase, h.last, h.pair)
    other = beam.get(state)
    if other is None:
        beam[state] = h
    elif h.cost < other.cost:
        h.node.dropped.append((other.cost - h.cost, other.node))
        beam[state] = h
    else:
        other.node.dropped.append((h.cost - other.cost, h.node))


def _result(start: int, end: int, survivors: list[Hypothesis]) -> Mended:
    best = survivors[0]
    chain = best.node.chain()[1:]
    text = "".join(node.piece for node in chain)
    return Mended(start, end, text, ())
