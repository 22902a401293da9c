"""Finds the line where a story ends: at its editor line, or above a time or the page's boilerplate."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from tibetnews.text.boilerplate import boilerplate_lines
from tibetnews.text.boilerplate.matching import KnownPhrases
from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.line_forms import LATIN_END, SPEAKER, has_sentence, introduces, is_prose, is_story_line
from tibetnews.text.page.brackets import closes_bracket
from tibetnews.text.page.byline_form import is_byline
from tibetnews.text.page.credit_entries import begins_with_label
from tibetnews.text.page.credit_line import read_credit, read_editor, with_value
from tibetnews.text.page.credit_tail import read_credit_tail
from tibetnews.text.page.foreign_labels import stands_above_foreign_label, stands_between_foreign_labels
from tibetnews.text.page.labels import EDITING
from tibetnews.text.page.time_forms import FIRST_POSSIBLE_DAY, YEAR_OF_DAY
from tibetnews.text.page.times import find_times, read_time

_ENDS_WITH_DAY = lazy_pattern(r"\d\d-\d\d[\])）】]?$")  # as titles in a list of news do
_NEWS_MARKS = " [](（）)【】-–·•・●|｜"  # around the day of a title
_BARE_TIME = lazy_pattern(
    r"[-–—－·*•●\[\s]*(?:GMT[+-]\d{1,2},?\s?)?[\d年月日时分秒:：/.\s-]{8,40}(?:发布|更新|上传)?[\])）】]?"
    r"(?:\s?,\s?Processed in .{1,80})?"
)
_CLOCK_ALONE = lazy_pattern(r"[\d年月日时分秒:：/.\s-]{8,40}")
"""So an essay may end, too."""
_TIME_LABEL = lazy_pattern(
    r"[\[（(【]?\s?(?:[本此][页頁文]面?|[页頁网網]面)?(?:最[后後近]|上)?(?:一?次)?"
    r"(?:[发發][布佈表稿]|刊[发發]|更新|修改|编辑|編輯|打印|上[传傳线線])(?:时间|時間|日期|[于於](?![^\W\d_])|(?=[：:]))"
    r"|Published|Posted|(?:Last )?(?:[Uu]pdated|[Mm]odified)(?: on)?|(?:Dernière )?[Mm]ise? à jour(?: le)?|Publié le"
    r"|(?:Zuletzt )?[Aa]ktualisiert(?: am)?|Stand(?=:)|འགྲེམས|སྤེལ"
)
_MAX_EDITOR_LINES = 100
"""Lines about editing, from the story down and from the page's foot up, among which its editor line is looked for.

A page has a few dozen of them; what stands between more is a list, such as one of books, whose entries name editors.
"""
_MAX_STAFF_LINES = 1000  # below the editor line; further ones are told apart by kind, as all that stands below a body
_MIN_NEWS_LIST = 5  # titles with a day; as many below the last sentence are a list of news and not the body's end
_MIN_DATED_NEWS_LIST = 3  # of those with a year, as nothing else below a story has


def story_end(lines: Sequence[str], start: int, known: KnownPhrases | None = None) -> int:
    """Return where the body ends: after the editor line, else before the boilerplate below the story."""
    if (editor := find_editor(lines, start)) is not None:
        end = editor + 1 + (with_value(lines, editor) != lines[editor])
        stop = min(len(lines), end + _MAX_STAFF_LINES)
        while end < stop and (
            closes_bracket(lines[end]) or begins_with_label(lines[end]) or read_credit(lines[end])  # which costs most
        ):
            end += 1
        return end
    boilerplate = {start + number: kind for number, kind in boilerplate_lines(lines[start:], known).items()}
    for i, kind in boilerplate.items():
        if kind == "comment" and any(map(is_byline, lines[i + 1 : i + 2])):  # who wrote a comment, and when
            return i

    def is_foot(i: int) -> bool:
        return i in boilerplate and not read_credit(lines[i])

    sentences = (i for i in range(start, len(lines))[::-1] if has_sentence(lines[i]) or LATIN_END.search(lines[i]))
    last = next((i for i in sentences if not is_foot(i)), start - 1)
    after_sentence = last + 1
    end = next((i for i in boilerplate if i > last and is_foot(i)), len(lines))
    if _is_news_list(lines[after_sentence:end]):
        return after_sentence
    foot = range(after_sentence, min(end + 1, len(lines))) if after_sentence > start else range(0)
    time = next((i for i in foot if is_time_line(lines[i])), None)
    if time is None:
        return end
    heading_from = after_sentence if _BARE_TIME.fullmatch(lines[time]) else max(after_sentence, time - 1)
    return next((i for i in range(heading_from, time) if lines[i].endswith(("：", ":"))), time)  # of a list of news


def has_foot(lines: Sequence[str], start: int) -> bool:
    """Return whether a time of publication or an editor line stands below the story."""
    if has_editor(lines, start):
        return True
    body = range(start, len(lines))[::-1]
    last = next((i for i in body if is_prose(lines[i]) and not is_time_line(lines[i])), start)
    labelled = next((i for i in range(last + 1, len(lines)) if lines[i].endswith(("：", ":"))), len(lines))
    return any(
        is_time_line(lines[i])
        and not introduces(lines[i - 1])
        and (labelled < i or not _CLOCK_ALONE.fullmatch(lines[i]))
        for i in range(last + 1, len(lines))
    )


def has_editor(lines: Sequence[str], start: int = 0) -> bool:
    """Return whether an editor line ends the story, and no other label stands below it."""
    editor = find_editor(lines, start)
    return editor is not None and not stands_above_foreign_label(lines, editor)


def find_editor(lines: Sequence[str], start: int = 0) -> int | None:
    """Return the editor line that ends a story, which does not quote it: a paragraph stands above it and none below."""
    editing = set(filter(EDITING.search, dict.fromkeys(lines)))  # equal lines are looked at once
    candidates = [i for i in range(start, len(lines)) if lines[i] in editing] if editing else []
    if not candidates:
        return None
    above = next((i for i in reversed(range(start, candidates[0])) if is_story_line(lines[i])), candidates[0])
    story_lines = set(filter(is_story_line, dict.fromkeys(lines[above:])))
    story = [i for i in range(above, len(lines)) if lines[i] in story_lines] if story_lines else []
    boilerplate = boilerplate_lines([lines[i] for i in story])
    last = next((story[n] for n in reversed(range(len(story))) if n not in boilerplate), start)
    below_story = candidates[bisect_left(candidates, last) :]
    if len(below_story) > 2 * _MAX_EDITOR_LINES:
        below_story[_MAX_EDITOR_LINES:-_MAX_EDITOR_LINES] = []
    for i in below_story:
        if (
            ((i > start and read_editor(with_value(lines, i))) or _names_editor_at_end(lines[i]))
            and not (i and introduces(lines[i - 1]))
            and not stands_between_foreign_labels(lines, i, i + 1)
        ):
            return i
    return None


def is_time_line(line: str) -> bool:
    """Return whether a line is the time of a page, and not the day of a letter or an entry of a form."""
    if not YEAR_OF_DAY.search(line):
        return False
    if _BARE_TIME.fullmatch(line) and (time := read_time(line)) and ("T" in time or line[0] == "["):
        return True
    label = _TIME_LABEL.match(line)
    if label is None or read_time(line) is None:
        return False
    value = line[label.end() :].strip(" ：:")
    if _BARE_TIME.fullmatch(value) or [(time.start, time.end) for time in find_times(value)] == [(0, len(value))]:
        return True
    return (SPEAKER.match(line) or line[label.end() : label.end() + 1] in ("：", ":")) and is_byline(line)


def _is_news_list(lines: Sequence[str]) -> bool:
    """Return whether most lines are titles with a day before or after them."""
    times = Counter(lines)  # equal lines are looked at once
    dated = sum(times[line] for line in times if _has_day_of_news(line))
    days = sum(times[line] for line in times if _ENDS_WITH_DAY.search(line))
    return (dated >= _MIN_DATED_NEWS_LIST and dated * 2 >= len(lines) - 1) or (
        days >= _MIN_NEWS_LIST and days * 2 >= len(lines)
    )


def _has_day_of_news(line: str) -> bool:
    """Return whether a line begins or ends with a day in figures since there is news on the web."""
    return any(
        "年" not in line[time.start : time.end]
        and time.value >= FIRST_POSSIBLE_DAY.isoformat()
        and not (line[: time.start].strip(_NEWS_MARKS) and line[time.end :].strip(_NEWS_MARKS))
        for time in find_times(line)
    )


def _names_editor_at_end(paragraph: str) -> bool:
    tail = read_credit_tail(paragraph)
    return tail is not None and tail.credit.editor is not None
