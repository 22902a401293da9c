"""Transitions of the beam search: the original characters that may stand behind the next shown one.

In a shifted run a shown character is the trail byte of one original character and the lead byte of the next.  Each
transition lengthens a hypothesis and adds it to the beam of the position in the shown text that it reaches.
"""

from __future__ import annotations

import re

from tibetnews.text.repair.beam import (
    AFTER_VANISHED,
    ALIGNED,
    LEAD,
    SPLIT,
    Hypothesis,
    Node,
    Phase,
    State,
)
from tibetnews.text.repair.characters import (
    candidates_after_vanishing_pair,
    candidates_before_vanishing_pair,
    candidates_between_vanishing_pairs,
    candidates_lost_after_vanishing_pair,
    candidates_with_lead_byte,
    candidates_with_trail_byte,
    codes_with_reading,
    codes_with_reading_after_vanishing_pair,
)
from tibetnews.text.repair.gbk import FULL_WIDTH
from tibetnews.text.repair.parameters import (
    LOST_AFTER_VANISHED_COST,
    MAX_COST_ABOVE_BEST,
    MAX_COST_ABOVE_BEST_BEFORE_VANISHING,
    MAX_COST_ABOVE_BEST_TO_VANISH,
    MAX_VANISHING_PAIRS_IN_A_ROW,
    NARROWED_CHARACTER_COST,
    SWALLOWED_ASCII_BEFORE_ASCII_COST,
    SWALLOWED_ASCII_COST,
    SWALLOWED_SPACE_COST,
    UNBALANCED_QUOTE_COST,
    UNKNOWN_ANNOTATION_COST,
    UNLISTED_READING_COST,
    WAITED_MARK_COST,
)
from tibetnews.text.repair.pinyin import ANNOTATION, CUT_MARKS, SWALLOWED_ANNOTATION, characters_by_reading, has_reading
from tibetnews.text.repair.punctuation import CLOSING, open_quotes
from tibetnews.text.repair.search import Search

BRACKETED = re.compile(r"[^\[\]\n]{1,20}\]")
FULL_WIDTH_LEAD = 0xA3
MARK_LEAD = 0xA1
NUMBER_UNITS = "年月日號号時时點点分秒歲岁%％"
CLOSING_QUOTES = frozenset(CLOSING.values())
NO_LIMIT = 1 << 30


class TransitionModel(Search):
    """The transitions on one damaged page."""

    def expand(self, cost: int, state: State, node: Node, position: int, best: int) -> None:
        """Add the successors of a hypothesis to their beams.

        Args:
            cost: The cost of the hypothesis.
            state: Its state.
            node: Its last node.
            position: The position in the shown text that it has reached.
            best: The lowest cost at this position.
        """
        phase, last, before = state
        h = Hypothesis(cost, phase, last, before, self._model.bigram(before, last), node)
        if phase == ALIGNED:
            self._expand_aligned(h, position)
        else:
            self._best = best
            self._expand_shifted(h, position)

    def _expand_aligned(self, h: Hypothesis, position: int) -> None:
        """Read the shown character as an original one, or as a lone lead byte."""
        text, table = self._text, self._table
        character = text[position]
        if character == "?":
            mark = text[position + 1 : position + 2]
            if mark and mark in CUT_MARKS:
                self._expand_cut(h, mark, position + 2)
            elif match := SWALLOWED_ANNOTATION.match(text, position):
                self._expand_unaligned_annotation(h, match[1], match.end())
        elif (
            character == "("
            and (match := ANNOTATION.match(text, position))
            and not has_reading(h.node.piece[-1:], match[1])
        ):
            self._expand_unaligned_annotation(h, match[1], match.end())
            if h.node.piece[-1:] in table.code and match[1] in characters_by_reading():
                unlisted = h.cost + UNLISTED_READING_COST
                self._beam(match.end()).add(unlisted, (ALIGNED, h.last, h.before), Node(h.node, ""))
        elif self._silent and position == self._start and character in CUT_MARKS:
            self._expand_cut(h, character, position + 1)
        code = table.code.get(character, 0)
        end = self._shown.after_annotation(character, position + 1) if code else position + 1
        extra = self._scorer.form_cost(ALIGNED)[code] if code and end == position + 1 else 0
        if character == "\n" and h.node.piece[-1:] in CLOSING:
            extra += UNBALANCED_QUOTE_COST
        self._add(end, h, ALIGNED, self._shown.symbol(character), character, extra)

    def _expand_cut(self, h: Hypothesis, mark: str, end: int) -> None:
        """Read a mark as the trail byte of a character whose lead byte is lost, and the lead byte of the next."""
        cut = self._table.code[FULL_WIDTH.get(mark, mark)]
        candidates = candidates_with_trail_byte(h.last, cut >> 8)
        self._add_all(self._beam(end), h, LEAD[cut & 0xFF], candidates)

    def _expand_unaligned_annotation(self, h: Hypothesis, reading: str, end: int) -> None:
        """Read an annotation after a lone lead byte: it names the pair of this byte and the trail byte before it."""
        trail = self._table.code.get(h.node.piece[-1:], 0) & 0xFF
        beam = self._beam(end)
        for code in codes_with_reading(reading, trail):
            extra = 0 if self._table.character[code] in self._annotated else UNKNOWN_ANNOTATION_COST
            beam.add(h.cost + extra, (SPLIT[code & 0xFF], h.last, h.before), h.node)

    def _expand_shifted(self, h: Hypothesis, position: int, vanished: int = 0) -> None:
        """Read the first byte of what is shown as the trail byte that the phase waits for."""
        text = self._text
        character = text[position]
        trail, following, end = self._shown.bytes_at(position)
        if trail:
            self._expand_shown_trail(h, trail, following, end)
        elif self._shown.narrowed and "!" <= character <= "~":
            full_width = h._replace(cost=h.cost + NARROWED_CHARACTER_COST)
            self._expand_shown_trail(full_width, FULL_WIDTH_LEAD, ord(character) + 0x80, position + 1)
        if character == "?" or (self._silent and (character in CUT_MARKS or character in "\n(")):
            self._expand_lost_trail(h, position)
        elif "@" <= character <= "~":
            for code, symbol in self._characters(h.last, h.phase, ord(character)):
                original = self._table.character[code]
                end = self._shown.after_annotation(original, position + 1)
                extra = self._scorer.form_cost(h.phase)[code] if end == position + 1 else 0
                self._add(end, h, ALIGNED, symbol, original, extra)
        first = h.phase.vanished
        if first and ord("[") in self._table.vanishing[first] and BRACKETED.match(text, position):
            self._expand_aligned(self._lengthened(h, self._shown.symbol("["), "[", 0), position)
        if vanished < MAX_VANISHING_PAIRS_IN_A_ROW and h.cost <= self._best + MAX_COST_ABOVE_BEST_TO_VANISH:
            self._expand_vanishing_pair(h, position, vanished)

    def _characters(self, last: int, phase: Phase, trail: int) -> list[tuple[int, int]]:
        """Return codes and symbols of the characters with this trail byte and the lead byte of the phase."""
        if phase.vanished:
            candidates = candidates_after_vanishing_pair(last, phase.vanished, trail)
            return list(zip(candidates.codes, candidates.symbols, strict=True))
        code = phase.lead << 8 | trail
        symbol = self._index.symbol_of_code.get(code)
        return [] if symbol is None else [(code, symbol)]

    def _expand_shown_trail(self, h: Hypothesis, trail: int, following: int, end: int) -> None:
        """Read a shown character as the trail byte and the next lead byte, or an ASCII character, of the original."""
        character, form_cost = self._table.character, self._scorer.form_cost(h.phase)
        if following > 0x80 and h.phase.lead:
            code = h.phase.lead << 8 | trail
            if code in self._index.symbol_of_code:
                symbol = self._index.symbol_of_code[code]
                if character[code] in CLOSING_QUOTES and self._is_waited_for(h, character[code]):
                    h = h._replace(cost=h.cost - max(self._scorer.score(h, symbol) - WAITED_MARK_COST, 0))
                self._add(end, h, LEAD[following], symbol, character[code], form_cost[code])
        elif following > 0x80:
            candidates = candidates_after_vanishing_pair(h.last, h.phase.vanished, trail)
            self._add_all(self._beam(end), h, LEAD[following], candidates)
        elif following < 0x80:
            for code, symbol in self._characters(h.last, h.phase, trail):
                before = self._lengthened(h, symbol, character[code], form_cost[code])
                self._add(end, before, ALIGNED, self._shown.symbol(chr(following)), chr(following), 0)

    def _expand_lost_trail(self, h: Hypothesis, position: int) -> None:
        """Assume that the trail byte is lost, with the ASCII character after it, if any; of a year it is known."""
        text, table, lead = self._text, self._table, h.phase.lead
        if match := (ANNOTATION if text[position] == "(" else SWALLOWED_ANNOTATION).match(text, position):
            codes = (
                codes_with_reading(match[1], lead)
                if lead
                else codes_with_reading_after_vanishing_pair(match[1], h.phase.vanished)
            )
            for code in codes:
                symbol = self._index.symbol_of_code.get(code)
                if symbol is not None:
                    self._add(match.end(), h, ALIGNED, symbol, table.character[code], 0)
        if text[position] == "(":
            return
        end, unknown, ends_paragraph, before_ascii, digit = self._shown.swallowed_at(position)
        if not lead:
            if not unknown:
                candidates = candidates_lost_after_vanishing_pair(h.last, h.phase.vanished)
                lost = h._replace(cost=h.cost + LOST_AFTER_VANISHED_COST)
                self._add_all(self._beam(end), lost, ALIGNED, candidates)
            return
        if unknown and position == self._start + 2 and not before_ascii:
            self._expand_swallowed_space(h, end)
            return
        extra = 0
        if unknown:
            extra = SWALLOWED_ASCII_BEFORE_ASCII_COST if before_ascii else SWALLOWED_ASCII_COST
        beam = self._beam(end)
        unclosed = open_quotes(h.node.text(), self._open_quotes)
        ends = bool(unclosed) and ends_paragraph  # where no quotation mark may stay open
        extra += UNBALANCED_QUOTE_COST * ends
        closing = CLOSING.get(unclosed[-1:], "")
        limit = beam.best + MAX_COST_ABOVE_BEST
        for cost, code, symbol in self._scorer.score_all(h, candidates_with_lead_byte(h.last, lead), limit - extra):
            original = table.character[code]
            if original != closing:
                unbalanced = UNBALANCED_QUOTE_COST * (
                    original in CLOSING_QUOTES or original in unclosed[-1:] or (ends_paragraph and original in CLOSING)
                )
                state = ALIGNED, symbol, h.last
                beam.add(cost + extra + unbalanced, state, Node(h.node, original + digit, unknown))
        if closing and table.code[closing] >> 8 == lead:
            symbol = self._shown.symbol(
                closing
            )  # a mark that is waited for is as likely as the most frequent of its kind
            lowest = min(self._scorer.score(h, symbol), self._scorer.score(h, self._shown.symbol("”")))
            cost = h.cost + lowest + extra - UNBALANCED_QUOTE_COST * ends
            if cost <= beam.best + MAX_COST_ABOVE_BEST:
                beam.add(cost, (ALIGNED, symbol, h.last), Node(h.node, closing + digit, unknown))

    def _expand_swallowed_space(self, h: Hypothesis, end: int) -> None:
        """Read a ``?`` right after a cut as a mark that lost its trail byte, with the space after it.

        Nothing but the lead byte speaks for a break there, so that only a mark is believed. Before a unit of number a
        digit was swallowed, which nothing tells.
        """
        if h.phase.lead != MARK_LEAD or self._text[end : end + 1] in NUMBER_UNITS:
            return
        closing = CLOSING.get(open_quotes(h.node.text(), self._open_quotes)[-1:], "”")
        before = self._lengthened(h, self._shown.symbol(closing), closing, SWALLOWED_SPACE_COST)
        cost = before.cost + self._scorer.score(before, self._boundary)
        self._beam(end).add(cost, (ALIGNED, self._boundary, before.last), Node(before.node, " ", doubtful=True))

    def _is_waited_for(self, h: Hypothesis, mark: str) -> bool:
        """Return whether the mark closes what the hypothesis has opened last."""
        return CLOSING.get(open_quotes(h.node.text(), self._open_quotes)[-1:]) == mark

    def _expand_vanishing_pair(self, h: Hypothesis, position: int, vanished: int) -> None:
        """Assume a vanishing pair, which may stand anywhere in a shifted run, or the byte 80, which ends it."""
        table, phase = self._table, h.phase
        # A "?" may hide a trail byte.
        trail, _, end = self._shown.bytes_at(position) if self._text[position] != "?" else (0, 0, 0)
        shown = self.beams.get(end) if trail else None
        ceiling = shown.best + MAX_COST_ABOVE_BEST if shown else NO_LIMIT
        limit = min(self._best + MAX_COST_ABOVE_BEST_BEFORE_VANISHING, ceiling)
        if phase.lead:
            candidates = candidates_before_vanishing_pair(h.last, phase.lead)
        else:
            candidates = candidates_between_vanishing_pairs(h.last, phase.vanished)
        is_last_pair = vanished + 1 == MAX_VANISHING_PAIRS_IN_A_ROW
        for cost, code, symbol in self._scorer.score_all(h, candidates, limit):
            bigram = self._model.bigram(h.last, symbol)
            if trail and (cost > self._best + MAX_COST_ABOVE_BEST_TO_VANISH or is_last_pair):
                following = candidates_after_vanishing_pair(symbol, code & 0xFF, trail)
                if not following.codes or self._scorer.all_exceed(cost, bigram, following, ceiling):
                    continue  # the shown character must be next, and cannot be
            node = Node(h.node, table.character[code])
            successor = Hypothesis(cost, AFTER_VANISHED[code & 0xFF], symbol, h.last, bigram, node)
            self._expand_shifted(successor, position, vanished + 1)
        code = phase.lead << 8 | 0x80
        if phase.lead and code in self._index.symbol_of_code:
            character = table.character[code]
            start = position + (self._text[position] == "€")
            end = self._shown.after_annotation(character, start)
            extra = self._scorer.form_cost(phase)[code] if end == start else 0
            successor = self._lengthened(h, self._index.symbol_of_code[code], character, extra)
            if end > position:
                self._beam(end).add(successor.cost, (ALIGNED, successor.last, h.last), successor.node)
            elif successor.cost <= limit:
                self._expand_aligned(successor, position)
