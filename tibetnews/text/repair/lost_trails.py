"""Transitions of the beam search where a lead byte stands alone: its trail byte is lost, perhaps with a character."""

from __future__ import annotations

from tibetnews.text.repair.beam import ALIGNED, VANISHED_LEAD, WAITING_LEAD, Hypothesis, Node
from tibetnews.text.repair.characters import (
    codes_with_reading,
    codes_with_reading_after_vanishing_pair,
    lost_after_vanishing_pair,
)
from tibetnews.text.repair.parameters import (
    LOST_AFTER_VANISHED_COST,
    MAX_COST_ABOVE_BEST,
    SWALLOWED_ASCII_BEFORE_ASCII_COST,
    SWALLOWED_ASCII_COST,
    SWALLOWED_SPACE_COST,
    UNBALANCED_QUOTE_COST,
)
from tibetnews.text.repair.pinyin import ANNOTATION, SWALLOWED_ANNOTATION
from tibetnews.text.repair.punctuation import CLOSING_OF, CLOSING_QUOTES, open_quotes
from tibetnews.text.repair.search import Search

MARK_LEAD = 0xA1
MARK_LEADS = (MARK_LEAD, 0xA3)  # of all quotation marks and brackets
SPEECH_ENDS = "”’"
MARKS_IN_SPEECH = "。！？…，"
NUMBER_UNITS = "年月日號号時时點点分秒歲岁%％"


class LostTrails(Search):
    """The transitions at lost trail bytes."""

    def _expand_lost_trail(self, h: Hypothesis, position: int) -> None:
        """Assume that the trail byte is lost, with the ASCII character after it, if any; of a year it is known."""
        text, table, lead = self._text, self._table, WAITING_LEAD[h.phase]
        if match := (ANNOTATION if text[position] == "(" else SWALLOWED_ANNOTATION).match(text, position):
            codes = (
                codes_with_reading(match[1], lead)
                if lead
                else codes_with_reading_after_vanishing_pair(match[1], VANISHED_LEAD[h.phase])
            )
            for code in codes:
                symbol = self._index.symbol_of_code.get(code)
                if symbol is not None:
                    self._add(match.end(), h, ALIGNED, symbol, table.character[code], 0)
        if text[position] == "(":
            return
        end, unknown, ends_paragraph, before_ascii, digit = self._swallowed_at(position)
        if not lead:
            lost = Hypothesis(h.cost + LOST_AFTER_VANISHED_COST, *h[1:])
            if not unknown and lost.cost <= self._beam(end).best + MAX_COST_ABOVE_BEST:
                self._add_group(end, lost, ALIGNED, lost_after_vanishing_pair(h.pair >> 16, VANISHED_LEAD[h.phase]))
            return
        if unknown and position == self._start + 2 and not before_ascii:
            self._expand_swallowed_space(h, end)
            return
        extra = 0
        if unknown:
            extra = SWALLOWED_ASCII_BEFORE_ASCII_COST if before_ascii else SWALLOWED_ASCII_COST
        limit = self.best_cost() + MAX_COST_ABOVE_BEST
        beam = self._beam(end)
        # Only marks open or close anything, and only at a paragraph's end is it too late for them.
        may_be_quote = ends_paragraph or lead in MARK_LEADS
        unclosed = open_quotes(h.node.text(), self._open_quotes) if may_be_quote else ""
        ends = bool(unclosed) and ends_paragraph  # where no quotation mark may stay open
        extra += UNBALANCED_QUOTE_COST * ends
        closing = CLOSING_OF.get(unclosed[-1:], "")
        group, forms = self._index.by_lead[lead], self._scorer.form_cost(h.phase)
        for cost, code, symbol in self._scorer.score_group(h.cost, h.pair, group, forms, limit - extra):
            original = table.character[code]
            if original != closing and cost + extra <= beam.best + MAX_COST_ABOVE_BEST:
                unbalanced = UNBALANCED_QUOTE_COST * (
                    original in CLOSING_QUOTES
                    or original in unclosed[-1:]
                    or (ends_paragraph and original in CLOSING_OF)
                )
                state = symbol << 16 | h.pair >> 16
                beam.add(cost + extra + unbalanced, state, Node(h.node, original + digit, unknown and not digit))
        if closing and table.code[closing] >> 8 == lead:
            symbol = self._shown.symbol(
                closing
            )  # a mark that is waited for is as likely as the most frequent of its kind
            lowest = min(self._scorer.score(h.pair, symbol), self._scorer.score(h.pair, self._shown.symbol("”")))
            cost = h.cost + lowest + extra - UNBALANCED_QUOTE_COST * ends
            if cost <= beam.best + MAX_COST_ABOVE_BEST:
                beam.add(cost, symbol << 16 | h.pair >> 16, Node(h.node, closing + digit, unknown and not digit))

    def _expand_swallowed_space(self, h: Hypothesis, end: int) -> None:
        """Read a ``?`` right after a cut as a mark that lost its trail byte, with the space after it.

        Nothing but the lead byte speaks for a break there, so that only a mark is believed. Before a unit of number a
        digit was swallowed, which nothing tells.
        """
        if WAITING_LEAD[h.phase] != MARK_LEAD or self._text[end : end + 1] in NUMBER_UNITS:
            return
        closing = CLOSING_OF.get(open_quotes(h.node.text(), self._open_quotes)[-1:], "”")
        before = self._lengthened(h, self._shown.symbol(closing), closing, SWALLOWED_SPACE_COST)
        cost = before.cost + self._scorer.score(before.pair, self._boundary)
        self._beam(end).add(cost, self._boundary << 16 | before.pair >> 16, Node(before.node, " ", doubtful=True))

    def _is_waited_for(self, h: Hypothesis, mark: str) -> bool:
        """Return whether a closing mark closes what was opened last, and may stand behind the last character.

        Any name may stand in brackets. Speech ends in a mark, or in a word behind which the model has seen its end.
        """
        if mark in SPEECH_ENDS and h.node.piece[-1:] not in MARKS_IN_SPEECH:
            return False
        return CLOSING_OF.get(open_quotes(h.node.text(), self._open_quotes)[-1:]) == mark
