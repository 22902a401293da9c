"""Tags with more attributes than a page ever has: the page is read all the same, and fast."""

from __future__ import annotations

import pytest

from tests.support.timing import takes_at_most
from tibetnews.outlet.attributes import MAX_ATTRIBUTES, bound_attributes
from tibetnews.outlet.page import Page

NUMBER = 60_000
FLOODS = {
    "values": " ".join(f"a{i}=1" for i in range(NUMBER)),
    "names alone": " ".join(f"a{i}" for i in range(NUMBER)),
    "quotes without blanks": "".join(f"a{i}='>'" for i in range(NUMBER)),
    "double quotes with tags in them": "".join(f'a{i}="<b>"' for i in range(NUMBER)),
    "slashes": "/".join(f"a{i}" for i in range(NUMBER)),
    "a quote that opens no value": 'x"= "a>b" ' + "\t".join(f"a{i}" for i in range(NUMBER)),
    "pictures": " ".join(f"data-a{i}=b.jpg" for i in range(NUMBER)),
}


@pytest.mark.parametrize("tag", ["div", "img", "A"])
@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_a_flood_of_attributes_takes_linear_time(tag: str, flood: str) -> None:
    page = Page(f"<html><body><{tag} {flood}><p>西藏春来早。</p></body></html>", "http://mirror.example/")
    with takes_at_most(1.5):
        assert page.text.endswith("西藏春来早。")
        assert max(len(element.attrib) for element in page.root.iter()) <= MAX_ATTRIBUTES


@pytest.mark.parametrize("shift", range(10))
@pytest.mark.parametrize("attribute", ["abcdefghi ", "abc = '>' ", 'abc="<b>" ', """a='>">">' """, 'ab\n=\n">>" '])
def test_a_flood_is_found_wherever_a_step_falls(attribute: str, shift: int) -> None:
    """The length of an attribute divides that of a step, so that all steps fall on the same place of it."""
    assert len(attribute) == 10
    html = f"{' ' * shift}<p {attribute * 5000}>"
    assert len(bound_attributes(html)) < 6000


@pytest.mark.parametrize(
    "html",
    [
        "<p class='a' hidden>西藏</p>" * 5000,
        f"<img src='data:image/png;base64,{'ab cd ' * 20_000}' alt=x>",
        f"<p style='{'a: b; ' * 10_000}'>",
        "<html>" + "a < b / c \" ' " * 20_000,
    ],
)
def test_a_page_without_one_stays_as_it_is(html: str) -> None:
    assert bound_attributes(html) == html
