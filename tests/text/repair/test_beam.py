"""Which characters of the best hypothesis are certain."""

from __future__ import annotations

import pytest

from tibetnews.text.repair.beam import Node, Outcome

BEFORE = Node(None, "")


def nothing(text: str) -> int:
    """Return what the marks of a text cost where the rest of its paragraph says nothing."""
    return 0


def doubtful(best: str, other: str, distance: int, *, dropped: int = 60) -> list[str]:
    """Return what is in doubt of the best text where another one costs so much more."""
    outcome = Outcome(0, [(100, Node(BEFORE, best)), (100 + distance, Node(BEFORE, other))], dropped)
    _, text, spans = outcome.read(nothing)
    assert text == best
    return [best[start:end] for start, end in spans]


def test_what_another_likely_text_has_not_is_in_doubt() -> None:
    assert doubtful("地水部門", "地水利部門", 10) == [""]
    assert doubtful("高原牧場", "高原農場", 20) == ["牧"]
    assert doubtful("高原牧場", "高原農場", 49) == ["牧"]
    assert doubtful("高原牧場", "高原農場", 60) == []


@pytest.mark.parametrize(("best", "other"), [("國家級", "國家级"), ("电站", "電站"), ("為此", "爲此")])
def test_forms_of_one_character_are_no_doubt(best: str, other: str) -> None:
    assert doubtful(best, other, 0) == []


@pytest.mark.parametrize("other", ["海", "停", "專"])
def test_a_full_stop_is_the_likeliest_character_at_a_cut(other: str) -> None:
    assert doubtful(f"{other}可進", "。可進", 10) == [other]
    assert doubtful(f"{other}可進", "。可進", 30) == []
    assert doubtful("。可進", f"{other}可進", 10) == []
    assert doubtful("。可進", f"{other}可進", 2) == ["。"]


def test_a_full_stop_is_no_likelier_than_another_mark() -> None:
    assert doubtful("。可進", "、可進", 10) == ["。"]


def test_a_character_more_is_less_likely_than_another_one() -> None:
    assert doubtful("地水部門", "地水利部門", 20) == []
    assert doubtful("地水利部門", "地水部門", 20) == ["利"]


def test_where_good_hypotheses_found_no_room_the_best_is_trusted_less() -> None:
    assert doubtful("高原牧場", "高原農場", 50) == []
    assert doubtful("高原牧場", "高原農場", 50, dropped=10) == ["牧"]


def test_what_nothing_tells_is_in_doubt() -> None:
    outcome = Outcome(0, [(0, Node(Node(BEFORE, "正常化"), "5", doubtful=True))])
    assert outcome.read(nothing) == (0, "正常化5", [(3, 4)])


@pytest.mark.parametrize(
    ("best", "other", "distance", "likeliest", "places"),
    [
        ("守頭以", "守望》以", 10, "守望》以", ["望》"]),
        ("守頭以", "守望》以", 50, "守望》以", ["望》"]),
        ("守頭以", "守望》以", 70, "守頭以", ["頭"]),
        ("守頭以", "守望》以", 110, "守頭以", []),
        ("守望》以", "守頭以", 10, "守望》以", []),
    ],
)
def test_what_follows_may_speak_for_another_text(
    best: str, other: str, distance: int, likeliest: str, places: list[str]
) -> None:
    outcome = Outcome(0, [(100, Node(BEFORE, best)), (100 + distance, Node(BEFORE, other))])
    _, text, spans = outcome.read(lambda text: 0 if "》" in text else 60)
    assert (text, [text[start:end] for start, end in spans]) == (likeliest, places)
