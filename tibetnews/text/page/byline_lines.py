"""Finds the lines of a byline around the one that tells the time."""

from __future__ import annotations

from collections.abc import Sequence

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.page.brackets import without_bracket
from tibetnews.text.page.byline_form import is_byline, is_byline_part
from tibetnews.text.page.credit_line import read_credit
from tibetnews.text.page.labels import NAME_MARKS, is_label
from tibetnews.text.page.names import is_foreign_name, is_organisation, is_person, split_names
from tibetnews.text.page.source import is_medium
from tibetnews.text.page.times import find_times, read_time

_BARE_LABEL = lazy_pattern("(?:文章|稿件)?[来來]源|稿源|作者|[发發][布佈](?:时间|時間|日期)")  # on a line of its own
_DATE_PIECE = lazy_pattern(r"[\d/][\d年月日号/.:：\s-]{0,9}")
_MAX_DATE_LINES = 3
_MAX_DATE_PIECE = 10  # characters of a part of a time on a line of its own
_MAX_MEDIUM = 10  # characters of a medium on a line of its own
_MEDIA_ENDS = ("电视台", "通讯社", "频道", "客户端", "融媒体中心")  # 生态保护网 may be a headline
_MAX_BYLINE_LINES = 60  # labels, values and the controls of a page may stand on lines of their own


def find_byline_lines(lines: Sequence[str], time: int) -> range:
    """Return the line, or the lines, that tell the time and those around with further parts of the byline."""
    start, stop = time, time_end(lines, time)
    while start and lines[start - 1] != lines[time]:
        if _belongs_to_byline(lines[start - 1]) or (start == time and _BARE_LABEL.fullmatch(lines[start - 1])):
            start -= 1
        elif start > 1 and _is_value(lines[start - 2], lines[start - 1]):
            start -= 2
        else:
            break
    return range(start, byline_end(lines, start, stop))


def time_end(lines: Sequence[str], start: int) -> int:
    """Return where the time ends that begins in a line; a design with large numbers has it on up to three."""
    if start + 1 < len(lines) and is_date_piece(lines[start]) and is_date_piece(lines[start + 1]):
        for stop in range(min(start + _MAX_DATE_LINES, len(lines)), start + 1, -1):
            if join_time(lines[start:stop]):
                return stop
    return start + 1


def is_date_piece(line: str) -> bool:
    """Return whether a line may be a part of a time, such as 03-04 or 2021年."""
    return len(line) <= _MAX_DATE_PIECE and _DATE_PIECE.fullmatch(line) is not None


def join_time(pieces: Sequence[str]) -> str | None:
    """Return the time that two or three lines tell, on one line, the year first; None where they tell none.

    >>> join_time(["2021", "03-04", "10:11"]), join_time(["04", "2021-03"]), join_time(["12", "34"])
    ('2021-03-04 10:11', '2021-03-04', None)
    """
    if len(pieces) < 2 or not all(map(is_date_piece, pieces)):
        return None
    first, second, *clock = pieces
    days = (f"{first}-{second}", f"{first} {second}", f"{first}{second}", f"{second}-{first}", f"{second}{first}")
    for text in (*(" ".join([day, *clock]) for day in days), "-".join(pieces)):
        times = find_times(text)
        if len(times) == 1 and (times[0].start, times[0].end) == (0, len(text)):
            return text
    return None


def byline_text(lines: Sequence[str], numbers: Sequence[int], time: int | None) -> str:
    """Return the lines of a byline as one text, each on its own line but for a value below its label."""
    pieces: list[str] = []
    stop = time_end(lines, time) if time is not None and time + 1 in numbers else 0
    for i in numbers:
        line = lines[i]
        if i == time and stop > i + 1:
            pieces.append(f"{join_time(lines[i:stop])}\n")
        elif time is None or not time < i < stop:
            mark = "：" if _BARE_LABEL.fullmatch(line) else ""
            pieces.append(line + mark + (" " if mark or line.endswith(("：", ":")) or is_label(line) else "\n"))
    return "".join(pieces).strip()


def byline_end(lines: Sequence[str], start: int, stop: int) -> int:
    """Return where the byline that has the lines from start to stop ends, with what follows of it."""
    while stop < min(len(lines), start + _MAX_BYLINE_LINES) and lines[stop] not in lines[start:stop]:
        if (
            _belongs_to_byline(lines[stop])
            or _is_value(lines[stop - 1], lines[stop])
            or (stop > start and _says_the_same(lines[stop], lines[start]))
            or (stop - start == 1 and _is_medium_alone(lines[stop]) and _lacks_medium(lines[start]))
        ):
            stop += 1
        elif _is_part_on_two_lines(lines, stop):
            stop += 2
        else:
            break
    return stop


def _is_part_on_two_lines(lines: Sequence[str], i: int) -> bool:
    """Return whether a line and the next one are of a byline: a label above its value, or names above a label."""
    below = lines[i + 1 : i + 2]
    if _BARE_LABEL.fullmatch(lines[i]):
        return any(_is_value(lines[i], line) for line in below)
    return bool(lines[i]) and are_names(lines[i]) and any(map(_belongs_to_byline, below))


def labels_below(lines: Sequence[str], title: int) -> range:
    """Return the lines of a byline without a time, which stand directly below the title."""
    return range(title + 1, byline_end(lines, title + 1, title + 1))


def _is_value(label: str, line: str) -> bool:
    """Return whether a line is the value of the label of a byline that ends the line above."""
    if _BARE_LABEL.fullmatch(label):
        return is_organisation(line) or are_names(line)
    if label.endswith("།") and is_label(label) and (is_foreign_name(line) or is_organisation(line)):
        return True
    if not label.endswith(("：", ":")) or not is_byline_part(label.split()[-1]):
        return False
    return is_organisation(line) or are_names(line)


def are_names(line: str) -> bool:
    """Return whether a line is nothing but names of persons."""
    return all(map(is_person, split_names(line.lstrip(NAME_MARKS))))


def _belongs_to_byline(line: str) -> bool:
    if is_byline_part(line):
        return True
    credit = read_credit(line)
    return credit is not None and credit.kind == "byline"


def _says_the_same(line: str, byline: str) -> bool:
    """Return whether a line is the byline once more, as for small screens."""
    return line[-2:].isdigit() and is_byline(line) and read_time(line) == read_time(byline)


def _is_medium_alone(line: str) -> bool:
    line = without_bracket(line.lstrip(f"{NAME_MARKS} "))
    return is_medium(line) or (len(line) <= _MAX_MEDIUM and line.endswith(_MEDIA_ENDS) and is_organisation(line))


def _lacks_medium(line: str) -> bool:
    return "源" not in line and read_time(line) is not None
