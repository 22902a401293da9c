"""Every case of tests/cases comes out as it says; a known failure must still fail, or it is moved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tibetnews.text.repair import repair

CASES = Path(__file__).parents[2] / "cases"
PAGE = (Path(__file__).parent / "mirrors" / "news.txt").read_text("utf-8")
SHORT_PAGE = (
    "西藏自治區統計局20日發(fā)布消息稱，全區經(jīng)濟(jì)運(yùn)行總體平穩(wěn)，"
    "各項(xiàng)事業(yè)穩(wěn)步發(fā)展。"
)
"""One sentence, whose characters tell nothing of a mirror's table."""
KEYS = {"label", "comment", "input", "expected", "on_damaged_page", "on_short_page", "annotations", "expect"}
FILES = ["in-the-wild", "known-failures", "negative", "synthetic"]


def cases(name: str) -> list[Any]:
    found: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return [pytest.param(name, case, id=f"{name}: {case['label']}") for case in found]


def repaired(case: dict[str, Any]) -> str:
    """The repaired input: alone, or as the last lines of a damaged page."""
    page = PAGE if case.get("on_damaged_page") else SHORT_PAGE if case.get("on_short_page") else ""
    if not page:
        return repair(case["input"]).text
    start = len(repair(f"{page}\n").text)
    return repair(f"{page}\n{case['input']}").text[start:]


@pytest.mark.parametrize(("name", "case"), [case for name in FILES for case in cases(name)])
def test_a_case_comes_out_as_it_says(name: str, case: dict[str, Any]) -> None:
    assert case.keys() <= KEYS
    assert (case.get("expect") == "fail") == (name == "known-failures")
    if name == "negative":
        assert repair(case["input"]) == repair(case["input"], damaged=False)
    if "annotations" in case:
        assert (repair(case["input"]).readings, repair(case["input"]).script) == (case["annotations"], "t2s")
    if case.get("expect") == "fail":
        assert repaired(case) != case["expected"], "it is mended: move it to in-the-wild.json"
    else:
        assert repaired(case) == case["expected"]


def test_all_files_are_read_and_hold_cases_with_different_labels() -> None:
    assert sorted(file.stem for file in CASES.iterdir()) == FILES
    for name in FILES:
        labels = [case.id for case in cases(name)]
        assert len(set(labels)) == len(labels) > 10
