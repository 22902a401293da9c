"""Transitions of the beam search: the original characters that may stand behind the next shown one.

In a shifted run a shown character is the trail byte of one original character and the lead byte of the next.  Each
transition lengthens a hypothesis and adds it to the beam of the position in the shown text that it reaches.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.repair.beam import (
    AFTER_VANISHED,
    ALIGNED,
    LEAD,
    SPLIT,
    VANISHED_LEAD,
    WAITING_LEAD,
    Hypothesis,
    Node,
    Ranked,
)
from tibetnews.text.repair.characters import (
    NOTHING,
    after_vanishing_pair,
    between_vanishing_pairs,
    codes_with_reading,
    codes_with_reading_after_vanishing_pair,
)
from tibetnews.text.repair.gbk import FULL_WIDTH
from tibetnews.text.repair.lost_trails import LostTrails
from tibetnews.text.repair.parameters import (
    MAX_COST_ABOVE_BEST,
    MAX_COST_ABOVE_BEST_BEFORE_VANISHING,
    MAX_COST_ABOVE_BEST_TO_VANISH,
    MAX_COST_ABOVE_BEST_TO_VANISH_TWICE,
    MAX_COST_ABOVE_PLAIN,
    MAX_COST_ABOVE_PLAIN_AFTER_VANISHING,
    MAX_ONE_VANISHED_COST,
    MAX_PLAIN_COST,
    MAX_PLAIN_LAST_COST,
    MAX_PLAIN_PAIR_COST,
    MAX_VANISHING_PAIRS_IN_A_ROW,
    NARROWED_CHARACTER_COST,
    UNKNOWN_ANNOTATION_COST,
    UNLISTED_READING_COST,
    WAITED_MARK_COST,
)
from tibetnews.text.repair.pinyin import ANNOTATION, CUT_MARKS, SWALLOWED_ANNOTATION, characters_by_reading, has_reading
from tibetnews.text.repair.punctuation import CLOSING_QUOTES
from tibetnews.text.repair.scoring import NO_LIMIT
from tibetnews.text.repair.search import PAIR

BRACKETED = lazy_pattern(r"[^\[\]\n]{1,20}\]")
FULL_WIDTH_LEAD = 0xA3
NO_FORMS: Mapping[int, int] = defaultdict(int)


class PageSearch(LostTrails):
    """The search on one damaged page: the classes that it extends keep the beams and read lost trail bytes."""

    def expand(self, ranked: list[Ranked], position: int, best: int) -> None:
        """Add the successors of hypotheses to their beams.

        Args:
            ranked: The hypotheses.
            position: The position in the shown text that they have reached.
            best: The lowest cost at this position or a later one.
        """
        self._best = best
        for cost, state, node in ranked:
            phase = state >> 32
            h = Hypothesis(cost, phase, state & PAIR, node)
            if phase == ALIGNED:
                self._expand_aligned(h, position)
            else:
                self._expand_shifted(h, position)

    def _expand_aligned(self, h: Hypothesis, position: int) -> None:
        """Read the shown character as an original one, or as a lone lead byte."""
        text, table = self._text, self._table
        character = text[position]
        if character == "?" and not self._silent:
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
                self._beam(match.end()).add(unlisted, h.pair, Node(h.node, ""))
        elif self._silent and position == self._start and character in CUT_MARKS:
            self._expand_cut(h._replace(cost=h.cost + self._cut_cost), character, position + 1)
        end, extra = self._shown_character(position, h.node.text() if character == "\n" else "")
        self._add(end, h, ALIGNED, self._shown.symbol(character), character, extra)

    def _expand_cut(self, h: Hypothesis, mark: str, end: int) -> None:
        """Read a mark as the trail byte of a character whose lead byte is lost, and the lead byte of the next."""
        cut = self._table.code[FULL_WIDTH.get(mark, mark)]
        self._add_group(end, h, LEAD[cut & 0xFF], self._index.by_trail[cut >> 8])

    def _expand_unaligned_annotation(self, h: Hypothesis, reading: str, end: int) -> None:
        """Read an annotation after a lone lead byte: it names the pair of this byte and the trail byte before it."""
        last = h.node.piece[-1:]
        trail = self._table.code.get(FULL_WIDTH.get(last, last), 0) & 0xFF
        beam = self._beam(end)
        for code in codes_with_reading(reading, trail):
            extra = 0 if self._table.character[code] in self._annotated else UNKNOWN_ANNOTATION_COST
            beam.add(h.cost + extra, SPLIT[code & 0xFF] << 32 | h.pair, h.node)

    def _expand_shifted(self, h: Hypothesis, position: int, vanished: int = 0) -> None:
        """Read the first byte of what is shown as the trail byte that the phase waits for."""
        text = self._text
        character = text[position]
        trail, following, end = self._shown.bytes_at(position)
        if trail:
            self._expand_shown_trail(h, trail, following, end)
        elif "@" <= character <= "~" and self._expand_letter(h, position):
            return
        elif self._shown.narrowed and "!" <= character <= "~":
            full_width = Hypothesis(h.cost + NARROWED_CHARACTER_COST, *h[1:])
            self._expand_shown_trail(full_width, FULL_WIDTH_LEAD, ord(character) + 0x80, position + 1)
        if character < "@" if self._silent else character == "?":
            self._expand_lost_trail(h, position)
        first = VANISHED_LEAD[h.phase]
        if first and ord("[") in self._table.vanishing[first] and BRACKETED.match(text, position):
            self._expand_aligned(self._lengthened(h, self._shown.symbol("["), "[", 0), position)
        if vanished < MAX_VANISHING_PAIRS_IN_A_ROW and h.cost <= self._best + MAX_COST_ABOVE_BEST_TO_VANISH:
            self._expand_vanishing_pair(h, position, vanished)

    def _expand_letter(self, h: Hypothesis, position: int) -> bool:
        """Read a letter as the trail byte; return whether its annotation says that nothing else is meant."""
        for code, symbol in self._characters(h, ord(self._text[position])):
            character = self._table.character[code]
            end = self._shown.after_annotation(character, position + 1)
            extra = self._scorer.form_cost(h.phase)[code] if end == position + 1 else 0
            self._add(end, h, ALIGNED, symbol, character, extra)
            if WAITING_LEAD[h.phase] and end > position + 1:
                return True
        return False

    def _characters(self, h: Hypothesis, trail: int) -> Iterator[tuple[int, int]]:
        """Yield codes and symbols of the characters with this trail byte and the lead byte of the phase."""
        if lead := WAITING_LEAD[h.phase]:
            code = lead << 8 | trail
            if code in self._index.symbol_of_code:
                yield code, self._index.symbol_of_code[code]
            return
        group, limit = after_vanishing_pair(VANISHED_LEAD[h.phase], trail), self.best_cost() + MAX_COST_ABOVE_BEST
        for _, code, symbol in self._scorer.score_group(h.cost, h.pair, group, NO_FORMS, limit):
            yield code, symbol

    def _expand_shown_trail(self, h: Hypothesis, trail: int, following: int, end: int) -> None:
        """Read a shown character as the trail byte and the next lead byte, or an ASCII character, of the original."""
        lead, forms = WAITING_LEAD[h.phase], self._scorer.form_cost(h.phase)
        if following < 0x80:
            for code, symbol in self._characters(h, trail):
                before = self._lengthened(h, symbol, self._table.character[code], forms[code])
                self._add(end, before, ALIGNED, self._shown.symbol(chr(following)), chr(following), 0)
        elif not lead:
            self._add_group(end, h, LEAD[following], after_vanishing_pair(VANISHED_LEAD[h.phase], trail))
        elif (symbol := self._index.symbol_of_code.get(lead << 8 | trail, -1)) >= 0:
            code = lead << 8 | trail
            character = self._table.character[code]
            if character in CLOSING_QUOTES and self._is_waited_for(h, character):
                discount = max(self._scorer.score(h.pair, symbol) - WAITED_MARK_COST, 0)
                h = Hypothesis(h.cost - discount, *h[1:])
            self._add(end, h, LEAD[following], symbol, character, forms[code])

    def _expand_vanishing_pair(self, h: Hypothesis, position: int, vanished: int) -> None:
        """Assume a vanishing pair, which may stand anywhere in a shifted run, or the byte 80, which ends it."""
        best_longer = self.best_cost()
        lead, last = WAITING_LEAD[h.phase], h.pair >> 16
        character = self._text[position]
        swallowed = SWALLOWED_ANNOTATION.match(self._text, position) if character == "?" else None
        if lead and self._is_plain(h, position, best_longer - h.cost, swallowed):
            return
        if character == "?" and not swallowed and self._swallowed_at(position).unknown:
            return  # the character after it would have lost both its bytes
        ceiling = best_longer + (MAX_COST_ABOVE_BEST if character == "?" else MAX_COST_ABOVE_PLAIN)
        limit = min(self._best + MAX_COST_ABOVE_BEST_BEFORE_VANISHING, ceiling)
        highest = best_longer + MAX_COST_ABOVE_PLAIN_AFTER_VANISHING
        # A "?" may hide a trail byte.
        trail, following, end = self._shown.bytes_at(position) if character != "?" else (0, 0, 0)
        next_trail = self._shown.trail_at(position) if character != "?" else 0
        group = (
            self._index.before_vanishing_pair[lead] if lead else between_vanishing_pairs(last, VANISHED_LEAD[h.phase])
        )
        max_cost_to_vanish_again = (
            self._best + MAX_COST_ABOVE_BEST_TO_VANISH if vanished + 1 < MAX_VANISHING_PAIRS_IN_A_ROW else 0
        )
        forms, following_group = self._scorer.form_cost(h.phase), NOTHING
        reading = swallowed[1] if swallowed and self._swallowed_at(position).unknown else ""
        candidates = self._scorer.score_group(h.cost, h.pair, group, forms, limit)
        for cost, code, symbol in candidates:
            if reading and not codes_with_reading_after_vanishing_pair(reading, code & 0xFF):
                continue
            if next_trail and cost > max_cost_to_vanish_again:  # what is shown must be next
                following_group = after_vanishing_pair(code & 0xFF, next_trail)
                if not self._scorer.may_follow(symbol, following_group, highest - cost):
                    continue
            node = Node(h.node, self._table.character[code])
            successors = [Hypothesis(cost, AFTER_VANISHED[code & 0xFF], symbol << 16 | last, node)]
            if lead and symbol in self._scorer.written_in_twos:  # the bytes between the two make a vanishing pair, too
                successors.append(
                    self._lengthened(successors[0], symbol, node.piece, 0)._replace(phase=successors[0].phase)
                )
            for successor in successors:
                if following > 0x80 and cost > max_cost_to_vanish_again:
                    self._add_group(end, successor, LEAD[following], following_group)
                elif trail and cost > max_cost_to_vanish_again:
                    self._expand_shown_trail(successor, trail, following, end)
                else:
                    self._expand_shifted(successor, position, vanished + 1)
        if lead and next_trail and end in self.beams and self.beams[end].best > h.cost + MAX_ONE_VANISHED_COST:
            for cost, code, symbol in candidates:
                if max_cost_to_vanish_again < cost <= self._best + MAX_COST_ABOVE_BEST_TO_VANISH_TWICE:
                    node = Node(h.node, self._table.character[code])
                    twice = Hypothesis(cost, AFTER_VANISHED[code & 0xFF], symbol << 16 | last, node)
                    self._expand_vanishing_pair(twice, position, vanished + 1)
        if lead and lead << 8 | 0x80 in self._index.symbol_of_code:
            self._expand_byte_80(h, position, limit)

    def _is_plain(self, h: Hypothesis, position: int, cost: int, swallowed: re.Match[str] | None) -> bool:
        """Return whether the plain reading costs so little that no vanishing pair is missing.

        Args:
            h: The hypothesis, after a lead byte.
            position: The position in the shown text.
            cost: How much more the best longer hypothesis costs.
            swallowed: The annotation at the position whose bracket the lead byte took along.
        """
        text, waiting = self._text, WAITING_LEAD[h.phase]
        if text[position] == "?":
            return swallowed is not None and self._cost_of_lost(h.pair, waiting, swallowed[1]) <= MAX_PLAIN_LAST_COST
        if not MAX_PLAIN_COST < cost <= MAX_PLAIN_LAST_COST:
            return cost <= MAX_PLAIN_COST
        trail, lead, end = self._shown.bytes_at(position)
        first = self._index.symbol_of_code.get(waiting << 8 | self._shown.trail_at(position), -1)
        following = text[end : end + 1]
        if first < 0 or not following:
            return False
        if not trail:
            return following != "(" and self._scorer.score(h.pair, first) <= MAX_PLAIN_LAST_COST
        pair = first << 16 | h.pair >> 16
        if following != "?":
            second = self._index.symbol_of_code.get(lead << 8 | self._shown.trail_at(end), -1)
            return cost + self._scorer.score(pair, second) <= MAX_PLAIN_PAIR_COST
        if swallowed := SWALLOWED_ANNOTATION.match(text, end):
            return cost + self._cost_of_lost(pair, lead, swallowed[1]) <= MAX_PLAIN_PAIR_COST
        return self._scorer.score(h.pair, first) <= MAX_PLAIN_LAST_COST

    def _cost_of_lost(self, pair: int, lead: int, reading: str) -> int:
        """Return what the likeliest character with this lead byte and reading costs."""
        symbols = [self._index.symbol_of_code.get(code, -1) for code in codes_with_reading(reading, lead)]
        return min([self._scorer.score(pair, symbol) for symbol in symbols], default=NO_LIMIT)

    def _expand_byte_80(self, h: Hypothesis, position: int, limit: int) -> None:
        """Assume the byte 80, which shows as € or nothing, and ends a shifted run."""
        code = WAITING_LEAD[h.phase] << 8 | 0x80
        character = self._table.character[code]
        start = position + (self._text[position] == "€")
        end = self._shown.after_annotation(character, start)
        extra = self._scorer.form_cost(h.phase)[code] if end == start else 0
        successor = self._lengthened(h, self._index.symbol_of_code[code], character, extra)
        if end > position:
            self._beam(end).add(successor.cost, successor.pair, successor.node)
        elif successor.cost <= limit:
            self._expand_aligned(successor, position)
