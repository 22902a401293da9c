"""The search under way on a damaged page: its beams by position, and how a longer hypothesis is added to one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from operator import itemgetter

from tibetnews.text.repair.beam import ALIGNED, Beam, Hypothesis, Node, Ranked
from tibetnews.text.repair.characters import Group, character_index
from tibetnews.text.repair.gbk import code_table
from tibetnews.text.repair.parameters import (
    CONTEXT_CHARACTERS,
    MAX_COST_ABOVE_BEST,
    MAX_SEARCH_CHARACTERS,
    SILENT_CUT_COST,
    UNBALANCED_QUOTE_COST,
)
from tibetnews.text.repair.pinyin import ANNOTATION, CUT_MARKS, DAMAGE_START
from tibetnews.text.repair.punctuation import CLOSING_OF, count_stops_in_terms, count_unbalanced, open_quotes
from tibetnews.text.repair.scoring import NO_LIMIT, Scorer
from tibetnews.text.repair.shown_text import ShownText, Swallowed
from tibetnews.text.repair.starts import Starts

PAIR = (1 << 32) - 1
SPEECH_BEGINNINGS = {*"“‘「『"}


class Search:
    """The searches on one damaged page, one after the other, and the beams of the one under way, by position."""

    def __init__(self, text: str, annotated_characters: Mapping[str, str], starts: Starts) -> None:
        """Take the page's text, the characters that always carry an annotation in it, and where damage may start."""
        self._text = text
        self._shown = ShownText(text)
        self._annotated = annotated_characters
        self._scorer = Scorer(text, annotated_characters, starts.positions)
        self._table = code_table()
        self._index = character_index()
        self._boundary = self._index.boundary_symbol
        self.beams: dict[int, Beam] = {}
        self._best = 0
        self._start = 0
        self._open_quotes = ""
        self._first_pair = 0
        self._silent = False
        """No ``?`` tells of a lone byte before this run."""
        self._cut_cost = 0
        """What it costs to read the mark at the start as a cut."""
        self._starts = starts

    def begin(self, start: int, before: str, unclosed: str) -> None:
        """Begin a new search.

        Args:
            start: Position in the shown text.
            before: The last two characters before it, or fewer.
            unclosed: The quotation marks that are open there.
        """
        self.beams = {}
        self._start = start
        self._open_quotes = unclosed
        self._silent = not DAMAGE_START.match(self._text, start)
        self._cut_cost = SILENT_CUT_COST if start in self._starts.unlikely else 0
        symbols = [symbol if symbol >= 0 else self._boundary for symbol in map(self._shown.symbol, before)]
        last, before_last = [*symbols[::-1], self._boundary, self._boundary][:2]
        self._first_pair = last << 16 | before_last
        self._beam(start).add(0, ALIGNED << 32 | last << 16 | before_last, Node(None, before[-1:]))

    def settled(self, ranked: list[Ranked], position: int) -> list[tuple[int, Node]] | None:
        """Return aligned hypotheses with what the next two characters cost after them, the best first.

        The characters after these cost all the same. None where something else than characters may follow.
        """
        symbols = self._shown.next_symbols(position, 2)
        if symbols is None:
            return None
        outcomes = []
        for cost, state, node in ranked:
            pair = state & PAIR
            for symbol in symbols:
                cost, pair = self._cost_after(cost, pair, symbol)
            outcomes.append((cost, node))
        return sorted(outcomes, key=itemgetter(0))

    def shown_cost(self, end: int, *, settled: bool) -> int:
        """Return what the shown text costs up to this position, with what follows where the others are settled."""
        pair, cost, position = self._first_pair, 0, self._start
        while position < end:
            after, extra = self._shown_character(position, self._text[self._start : position])
            cost, pair = self._cost_after(cost + extra, pair, self._shown.symbol(self._text[position]))
            position = after
        for symbol in (self._shown.next_symbols(end, 2) or ()) if settled else ():
            cost, pair = self._cost_after(cost, pair, symbol)
        return cost

    def cost_of_marks(self, end: int) -> Callable[[str], int]:
        """Return a function from a hypothesis' text up to this position to what its impossible marks cost.

        Which marks are balanced, the rest of the paragraph tells, as far as it is undamaged.  Speech may go on in the
        next paragraph, which begins with a quotation mark then.
        """
        text, positions, unclosed = self._text, self._starts.positions, self._open_quotes
        next_start = bisect_left(positions, end)
        known = min([len(text), end + MAX_SEARCH_CHARACTERS, *positions[next_start : next_start + 1]])
        line_end = text.find("\n", end, known)
        rest = ANNOTATION.sub("", text[end : known if line_end < 0 else line_end])
        ends = line_end >= 0 or known == len(text)
        before = ""

        def marks_cost(original: str) -> int:
            line, newline, following = original.partition("\n")
            if newline:
                following += text[end : end + 1]
            else:
                line += rest
                following = text[line_end + 1 : line_end + 2] if line_end >= 0 else ""
            complete = (ends or bool(newline)) and following[:1] not in SPEECH_BEGINNINGS
            wrong = count_unbalanced(line, unclosed, ends=complete)
            if "。" in original and unclosed:
                nonlocal before
                before = before or ANNOTATION.sub("", text[max(self._start - CONTEXT_CHARACTERS, 0) : self._start])
                wrong += count_stops_in_terms(before + line, len(before))
            return UNBALANCED_QUOTE_COST * wrong

        return marks_cost

    def _shown_character(self, position: int, before: str) -> tuple[int, int]:
        """Return where the character at the position ends, with its annotation, and what its form and place cost.

        Args:
            position: The position in the shown text.
            before: The text of the hypothesis that goes on with this character.
        """
        character = self._text[position]
        if character == "\n":
            return position + 1, self._paragraph_end_cost(before)
        code = self._table.code.get(character, 0)
        end = self._shown.after_annotation(character, position + 1) if code else position + 1
        bare = code and end == position + 1 and character not in CUT_MARKS
        return end, self._scorer.form_cost(ALIGNED)[code] if bare else 0

    def _paragraph_end_cost(self, text: str) -> int:
        """Return what it costs that the paragraph ends after this text of a hypothesis.

        A quotation mark may stay open, as the next paragraph may go on with the speech; where the page drops lone
        bytes it is likelier that a cut took the closing one.
        """
        unclosed = self._starts.drops_lone_bytes and self._silent and open_quotes(text, self._open_quotes)
        return UNBALANCED_QUOTE_COST if unclosed or text[-1:] in CLOSING_OF else 0

    def _cost_after(self, cost: int, pair: int, symbol: int) -> tuple[int, int]:
        return cost + self._scorer.score(pair, symbol), (symbol if symbol >= 0 else self._boundary) << 16 | pair >> 16

    def _swallowed_at(self, position: int) -> Swallowed:
        """Return what the lone lead byte at the position took along: nothing where the decoder drops it."""
        if self._silent:
            following = self._text[position : position + 1]
            return Swallowed(position, False, following in "\n", following.isascii(), "")
        return self._shown.swallowed_at(position)

    def best_cost(self) -> int:
        """Return the lowest cost of a longer hypothesis."""
        best = NO_LIMIT
        for beam in self.beams.values():
            if beam.best < best:
                best = beam.best
        return best

    def _add_group(self, end: int, h: Hypothesis, phase: int, group: Group) -> None:
        """Add the hypothesis with each character of a group, where it is not much worse than the best."""
        before, from_phase, pair, node = h
        beam = self._beam(end)
        forms, character, last = self._scorer.form_cost(from_phase), self._table.character, pair >> 16
        room = beam.best + MAX_COST_ABOVE_BEST - before
        for symbol, cost in self._scorer.costs_in(group, pair, room).items():
            if cost > room:
                continue
            for code in group.codes[symbol]:
                if (formed := cost + forms[code]) <= room:
                    beam.add(before + formed, phase << 32 | symbol << 16 | last, Node(node, character[code]))
                    room = beam.best + MAX_COST_ABOVE_BEST - before

    def _add(self, end: int, h: Hypothesis, phase: int, symbol: int, piece: str, extra: int) -> None:
        """Add the hypothesis with one more character, where it is not much worse than the best."""
        before, _, pair, node = h
        cost = before + self._scorer.score(pair, symbol) + extra
        beam = self._beam(end)
        if cost <= beam.best + MAX_COST_ABOVE_BEST:
            if symbol < 0:
                symbol = self._boundary
            beam.add(cost, phase << 32 | symbol << 16 | pair >> 16, Node(node, piece))

    def _lengthened(self, h: Hypothesis, symbol: int, piece: str, extra: int) -> Hypothesis:
        """Return the hypothesis with one more character, aligned."""
        cost = h.cost + self._scorer.score(h.pair, symbol) + extra
        return Hypothesis(cost, ALIGNED, symbol << 16 | h.pair >> 16, Node(h.node, piece))

    def _beam(self, position: int) -> Beam:
        beam = self.beams.get(position)
        if beam is None:
            beam = self.beams[position] = Beam()
        return beam
