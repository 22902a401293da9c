"""Turns the visible text of a page into its story and fields: repair, spam, parts, boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tibetnews.text.boilerplate import strip_boilerplate
from tibetnews.text.boilerplate.evidence import has_boilerplate
from tibetnews.text.boilerplate.matching import KnownPhrases
from tibetnews.text.line_forms import is_prose
from tibetnews.text.page.byline import removed_byline
from tibetnews.text.page.captions import may_hold_caption, split_caption
from tibetnews.text.page.closing_byline import closing_byline, closing_source, lines_of
from tibetnews.text.page.credit_line import read_editor
from tibetnews.text.page.credits import (
    CreditLine,
    certain_credits,
    closing_reporters,
    find_credits,
    names_of,
    removed_credits,
)
from tibetnews.text.page.dateline import find_dateline
from tibetnews.text.page.evidence import has_page_part
from tibetnews.text.page.headline import MIN_OWN_TITLE, titles_apart
from tibetnews.text.page.surroundings import classify_above, classify_below, split_captions
from tibetnews.text.page.text_page import TextPage, parse_text_page
from tibetnews.text.repair import repair
from tibetnews.text.spam import strip_spam
from tibetnews.text.spans import Span, remove_spans
from tibetnews.text.types import Cleaned, Removed, Repaired, Stripped, merge_removed
from tibetnews.text.unicode_ranges import GBK_SPACE, UNSEEN

_OTHER_BREAK = re.compile("\r(?!\n)|[\u2028\u2029\x85\v\f]")
_BORDER = re.compile(r"[|: -]+")  # of a table in Markdown
_SUBTITLE_TIMES = re.compile(r"(?:\d\d:)?\d\d:\d\d[,.]\d{3} --> ")  # 00:01:10,000 --> 00:01:12,000
_UNSEEN = re.compile(f"[{UNSEEN}]")
_MAX_SEARCHES_FROM_TOP = 100
"""Removed pieces that are looked for in the whole page; further ones stand behind the last that was found."""


def strip_body(text: str, known: KnownPhrases | None = None) -> Stripped:
    r"""Take boilerplate and spam out of the body of an article: in the crawl, for saved pages and for texts alike.

    Args:
        text: the body.
        known: the phrases that lines of its page fit, where the caller knows them.

    Returns:
        What stays, and what was taken out. Spam comes last: some of it shows only once the boilerplate around is gone.

    >>> strip_body("西藏春来早。\n\n分享到：微信 微博")
    Stripped(text='西藏春来早。', removed=(Removed(kind='share', text='分享到：微信 微博'),))
    """
    story = strip_boilerplate(text, known)
    spam = strip_spam(story.text)
    return Stripped(spam.text, (*story.removed, *spam.removed))


def clean(text: str, damaged: bool | None = None) -> Cleaned:
    r"""Return the story of a page and its fields.

    Args:
        text: the visible text of the page, a block a line.
        damaged: whether a mirror damaged the text; None decides from the text itself.

    Returns:
        The story and its fields. Nothing is lost: what is not in the story is in a field or in ``removed``. A text
        without anything that only a page has comes back as it is.

    >>> cleaned = clean("西藏春来早\n2023-10-13 来源：新华网\n西藏的春天来得晚。\n（责编：李雨潼）\n分享到：微信")
    >>> cleaned.title, cleaned.text, cleaned.source, cleaned.editor
    ('西藏春来早', '西藏的春天来得晚。', '新华网', '李雨潼')
    >>> cleaned.removed
    (Removed(kind='share', text='分享到：微信'),)
    """
    if _has_other_break(text):
        broken = _OTHER_BREAK.sub("\n", text)
        cleaned = clean(broken, damaged)
        is_same = cleaned.text == broken and not cleaned.repairs.changed
        return replace(cleaned, text=text, repairs=Repaired(text)) if is_same else cleaned
    repaired = repair(text, damaged)
    raw_lines = repaired.text.split("\n")
    spam = strip_spam(repaired.text, raw_lines)  # before reading: a mirror puts its words above the title and into it
    shown = _without_quoted(raw_lines) if "```" in repaired.text or " --> " in repaired.text else raw_lines
    known: KnownPhrases = {}
    if not (spam.removed or repaired.changed or has_page_part(shown, known)):
        return _with_dateline(repaired, raw_lines)
    seen = _seen(spam.text)
    lines = _folded_lines(seen)
    apart = _without_borders([line for _, line in titles_apart(lines)])
    page = parse_text_page(apart, known=known)
    if page.has_parts:
        return _clean_page(apart, page, repaired, spam.removed, known)
    shown = lines if seen == spam.text else _folded_lines(spam.text)
    return _clean_text(spam.text, shown, repaired, spam.removed, known)


def _has_other_break(text: str) -> bool:
    """Return whether lines end with anything but newlines; to look for single characters is much faster."""
    if "\u2028" in text or "\u2029" in text or "\x85" in text or "\v" in text or "\f" in text:
        return True
    return "\r" in text and text.count("\r") != text.count("\r\n")


def _without_quoted(lines: Iterable[str]) -> list[str]:
    """Return the lines that are neither fenced as code, which Markdown quotes, nor words of subtitles."""
    outside, is_fenced, is_subtitle = [], False, False
    for line in lines:
        if line.lstrip().startswith("```"):
            is_fenced = not is_fenced
        elif _SUBTITLE_TIMES.match(line):
            is_subtitle = True
        else:
            is_subtitle = is_subtitle and bool(line.strip())
            if not (is_fenced or is_subtitle):
                outside.append(line)
    return outside


def _seen(text: str) -> str:
    """Return a text without characters that nobody sees."""
    return _UNSEEN.sub("", text).replace(GBK_SPACE, "\u3000")


def _folded_lines(text: str) -> list[str]:
    """Return the lines that are not empty, with single blanks, and without the bar that a layout table leaves."""
    lines = text.split("\n")
    folded = {raw: _without_bar(" ".join(raw.split())) for raw in set(lines)}  # equal lines are folded once
    return [line for raw in lines if (line := folded[raw])]


def _without_bar(line: str) -> str:
    return line.removesuffix(" |") if line.count("|") == 1 else line


def _without_borders(lines: Sequence[str]) -> list[str]:
    """Return lines without the borders of tables that have one column, as Markdown shows pictures."""
    return [
        line
        for above, line in pairwise(["", *lines])
        if "|" not in line or "|" in above.strip("| ") or not _BORDER.fullmatch(line)
    ]


def _with_dateline(repaired: Repaired, raw_lines: Iterable[str]) -> Cleaned:
    """Return a text of which nothing goes."""
    dateline = find_dateline(line for raw in raw_lines if (line := " ".join(raw.split())))
    if dateline is None:
        return Cleaned(text=repaired.text, repairs=repaired)
    return Cleaned(repaired.text, authors=dateline.reporters, dateline=dateline.resolve(None), repairs=repaired)


def _clean_page(
    lines: list[str], page: TextPage, repaired: Repaired, spam: Sequence[Removed], known: KnownPhrases
) -> Cleaned:
    """Return the story of a page with a byline, breadcrumbs or a title."""
    byline = page.byline
    paragraphs = [*(lines[i] for i in page.unplaced), *lines[page.body]]
    may_lack_names = byline.published_at is not None and not (byline.authors or page.unplaced)
    credit_lines = find_credits(paragraphs, opens_with_names=may_lack_names, is_page=True)
    for found in reversed(credit_lines):
        paragraphs[found.start : found.end] = filter(None, [found.story])
    body = strip_body("\n\n".join(paragraphs), known)
    shown = body.text.split("\n\n")
    once = _without_repeated_title(shown, page.title)
    story, captions = split_captions(once)
    names = names_of(credit_lines, story, byline.published_at)
    editor = names.editor or byline.editor
    removed = [
        *spam,
        *classify_above(page.head),
        *removed_byline(page.byline_text, byline, editor),
        *removed_credits(credit_lines),
        *body.removed,
        *([Removed("caption", page.title)] * (len(shown) - len(once))),
        *captions,
        *classify_below(["\n".join(page.tail)] if page.tail else []),
    ]
    return Cleaned(
        text="\n\n".join(story),
        breadcrumbs=page.breadcrumbs,
        title=page.title or None,
        subtitle=page.subtitle or None,
        published_at=byline.published_at,
        source=byline.source or closing_source(removed),
        authors=byline.authors or names.authors or closing_reporters(story[-1] if story else ""),
        editor=editor,
        dateline=names.dateline,
        removed=_in_page_order(removed, repaired.text),
        repairs=repaired,
    )


def _without_repeated_title(paragraphs: list[str], title: str) -> list[str]:
    """Return paragraphs without those that say the title once more, as the words in place of pictures do.

    The refrain of a song, which does so too, stays.
    """
    others = [paragraph for paragraph in paragraphs if paragraph != title]
    may_be_refrain = len(title) < MIN_OWN_TITLE or 2 * sum(map(is_prose, others)) <= len(others)
    return paragraphs if len(others) == len(paragraphs) or may_be_refrain else others


def _clean_text(
    text: str, lines: Sequence[str], repaired: Repaired, spam: Sequence[Removed], known: KnownPhrases
) -> Cleaned:
    """Return a text that shows no parts of a page: as it is, but for lines that only a page has."""
    credit_lines = certain_credits(lines)
    removed: list[Removed] = [*spam, *removed_credits(credit_lines)]
    if credit_lines or spam or repaired.changed or has_boilerplate(text.split("\n"), known):
        text = remove_spans(text, _credit_spans(text, credit_lines)).text
        body = strip_body(text, known)
        without_captions = remove_spans(body.text, _caption_spans(body.text))
        removed += [*body.removed, *without_captions.removed]
        text = without_captions.text
    byline = closing_byline(lines, removed)
    names = names_of(credit_lines, lines, byline.published_at)
    return Cleaned(
        text=text,
        published_at=byline.published_at,
        source=byline.source,
        authors=names.authors or byline.authors,
        editor=names.editor or byline.editor or next(filter(None, map(read_editor, lines_of(removed, "editor"))), None),
        dateline=names.dateline,
        removed=_in_page_order(removed, repaired.text),
        repairs=repaired,
    )


def _credit_spans(text: str, credit_lines: Sequence[CreditLine]) -> Iterator[Span]:
    """Yield where credits stand: whole lines, or brackets at the end of paragraphs."""
    lines = list(_filled_lines(text)) if credit_lines else []
    for found in credit_lines:
        start = lines[found.start].start
        kept = (
            re.match(r"\s*" + r"\s+".join(map(re.escape, found.story.split())), text[start:]) if found.story else None
        )
        yield Span(start + (kept.end() if kept else 0), lines[found.end - 1].stop, found.credit.kind)


def _caption_spans(text: str) -> Iterator[Span]:
    if not may_hold_caption(text):
        return
    lines = list(_filled_lines(text))
    stories = [split_caption(text[line].strip()).story for line in lines]
    if any(stories):  # else the captions are the story
        for line, story in zip(lines, stories, strict=True):
            if story != text[line].strip():
                yield Span(line.start + (text[line].index(story) + len(story) if story else 0), line.stop, "caption")


def _filled_lines(text: str) -> Iterator[slice]:
    """Yield where the lines of a text stand that are not blank."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield slice(start, start + len(line))
        start += len(line) + 1


def _in_page_order(pieces: Sequence[Removed], page: str) -> tuple[Removed, ...]:
    """Return the pieces in the order of the page, neighbours of one kind as one."""
    if len(pieces) < 2:
        return tuple(pieces)
    shown = _seen(page).split("\n")
    known = {line: " ".join(line.split()) for line in set(shown)}  # equal lines are folded once
    lines = [known[line] for line in shown]
    starts: dict[str, int] = {}
    end = 0
    for line in lines:
        starts.setdefault(line, end)
        end += len(line) + 1
    folded = "\n".join(lines)
    positions: list[int] = []
    position = searches_from_top = 0
    for piece in pieces:
        first = " ".join(piece.text.split("\n", 1)[0].split())
        if first not in starts and searches_from_top < _MAX_SEARCHES_FROM_TOP:
            # A part of a line: those that one step took out stand one after another.
            found = folded.find(first, position)
            if found < 0:
                found = folded.find(first)
                searches_from_top += 1
            position = max(found, 0)
        positions.append(starts.get(first, position))
    order = sorted(range(len(pieces)), key=positions.__getitem__)
    return tuple(merge_removed(pieces[number] for number in order))
