"""The report in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import browser as browsers
from scripts.browser import Browser, chromium, distinct_rows
from scripts.screenshots import write_report
from tests.support.ledgers import HOSTILE

pytestmark = pytest.mark.skipif(
    not (browsers.CHROMIUM and browsers.DRIVER),
    reason="no Chromium: `make browser` installs it (Debian's packages chromium and chromium-driver)",
)

WIDTHS = (1920, 1280, 768, 390)
SCHEMES = ("light", "dark")

# Every element that shows text of its own, with the contrast of its colour to what lies behind it (WCAG 2.2, 1.4.3).
CONTRASTS = """
const parse = c => c.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
  .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
const behind = e => { for (; e; e = e.parentElement) {
  const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; }
  return [255, 255, 255]; };
return [...document.body.querySelectorAll("*")]
  .filter(e => !e.closest("svg") && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .map(e => { const [a, b] = [parse(getComputedStyle(e).color), behind(e)].map(light);
    return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), e.tagName + "." + e.className]; });
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="module")
def report(year_of_runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(year_of_runs, tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def broken_report(broken_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(broken_year, tmp_path_factory.mktemp("broken"))


def written(state: Path, folder: Path) -> Path:
    return write_report(state, folder / "report.html", place=str(state))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_it_is_drawn_whole_and_asks_for_nothing(browser: Browser, report: Path, width: int, scheme: str) -> None:
    browser.open(report, width, scheme)
    assert browser.console() == []
    assert browser.requests() == [report.as_uri()]
    assert browser.run("return innerWidth") == width
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert (
        browser.run("return getComputedStyle(document.body).backgroundColor")
        == {
            "light": "rgb(250, 249, 246)",
            "dark": "rgb(19, 24, 27)",
        }[scheme]
    )
    assert distinct_rows(browser.picture()) > 500
    found = browser.run(CONTRASTS)
    assert len(found) > 200
    assert [of for of in found if of[0] < 4.5] == []


OUTSIDE = """
return [...document.querySelectorAll(".x span, .y, .legend li, td, th, h2, code, pre, .said")]
  .filter(e => e.closest("section") && e.offsetParent)
  .filter(e => !e.closest("thead") || getComputedStyle(e.closest("thead")).position !== "absolute")
  .filter(e => { const r = e.getBoundingClientRect(), card = e.closest("section").getBoundingClientRect();
    return r.left < card.left - .5 || r.right > card.right + .5; })
  .map(e => e.className + " " + e.textContent);
"""
"""What of a section stands outside its card."""


@pytest.mark.parametrize("width", WIDTHS)
def test_all_labels_stay_inside_their_card(browser: Browser, broken_report: Path, width: int) -> None:
    browser.open(broken_report, width)
    assert browser.run(OUTSIDE) == []
    shown = browser.run("return [...document.querySelectorAll('.x span')].filter(e => e.offsetParent).length")
    assert shown >= 10


def test_what_is_printed_is_whole(browser: Browser, broken_report: Path) -> None:
    browser.open(broken_report, 718, media="print")  # A4 between its margins
    assert browser.run(OUTSIDE) == []
    assert browser.run("return document.documentElement.scrollWidth") <= 718
    assert browser.run("return [...document.querySelectorAll('details')].some(e => e.offsetParent)") is False
    assert browser.pdf().startswith(b"%PDF")


def test_twice_as_large_it_is_whole_and_names_are_not_broken(browser: Browser, broken_report: Path) -> None:
    browser.open(broken_report, 640, zoom=2)
    assert browser.run("return document.documentElement.scrollWidth") <= 640
    for width in WIDTHS:
        browser.open(broken_report, width)
        names = "return [...document.querySelectorAll('code.short')].filter(e => e.getClientRects().length > 1).length"
        assert browser.run(names) == 0
        assert browser.run("return [...document.querySelectorAll('#content th code')].length") > 8


FILLS = """
const fills = (...names) => names.map(name => getComputedStyle(document.querySelector(name)).fill);
const canvas = getComputedStyle(document.body).backgroundColor;
return [canvas, ...fills(".calendar .well", ".calendar .ill:not(.all)", ".calendar .all", ".plot .a", ".plot .b")];
"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_forced_colours_leave_every_mark_visible(browser: Browser, broken_report: Path, scheme: str) -> None:
    browser.open(broken_report, scheme=scheme, is_forced=True)
    assert browser.run("return matchMedia('(forced-colors: active)').matches")
    canvas, well, ill, most, a, b = browser.run(FILLS)
    assert len({well, ill, most}) == 3
    assert (well, a != canvas, b != canvas, a != b) == (canvas, True, True, True)
    mark = "return getComputedStyle(document.querySelector('.calendar .well')).stroke"
    assert browser.run(mark) not in ("none", canvas)
    key = "return getComputedStyle(document.querySelector('.legend .well')).backgroundColor"
    assert browser.run(key) == well
    sign = "const s = getComputedStyle(document.querySelector('.sign')); return [s.color, s.backgroundColor]"
    assert len(set(browser.run(sign))) == 2


def test_charts_have_a_size_and_a_name(browser: Browser, report: Path) -> None:
    for width in (1280, 390):
        browser.open(report, width)
        drawn = browser.run(
            "return [...document.querySelectorAll('svg')].map(s => [s.clientWidth, s.clientHeight, s.role || "
            "s.getAttribute('role'), s.querySelector('title')?.textContent])"
        )
        assert len(drawn) > 20
        assert [svg for svg in drawn if svg[0] < 40 or svg[1] < 8 or svg[2] != "img" or not svg[3]] == []
        assert browser.run("return [...document.querySelectorAll('table')].every(t => t.caption.textContent)")


def test_outside_text_is_shown_and_never_obeyed(browser: Browser, hostile_ledger: Path) -> None:
    report = written(hostile_ledger, hostile_ledger)
    browser.open(report)
    assert browser.console() == []
    assert browser.requests() == [report.as_uri()]
    assert browser.run("return [document.scripts.length, document.images.length]") == [0, 0]
    assert "owned" not in browser.run("return document.title").replace(HOSTILE, "")
    shown = browser.run("return document.body.innerText")
    for text in (f"fault {HOSTILE}", f"cn/{HOSTILE}", f"http://x/{HOSTILE}", f"spider {HOSTILE}"):
        assert text in shown
    assert browser.run("return document.documentElement.scrollWidth") <= 1280
    browser.open(report, 390)
    assert browser.run("return document.documentElement.scrollWidth") <= 390


def test_a_page_that_did_wrong_would_be_seen(browser: Browser, tmp_path: Path) -> None:
    """What the other tests look at is there to be seen."""
    bad = tmp_path / "bad.html"
    bad.write_text(
        f"<title>x</title><body style='background:#fff'><p style='width:2000px;color:#ccc'>x</p>{HOSTILE}", "utf-8"
    )
    browser.open(bad, 390)
    assert browser.run("return document.documentElement.scrollWidth") > 390
    assert browser.run("return document.scripts.length") == 1
    assert browser.requests() == [bad.as_uri(), "http://127.0.0.1:9/x"]
    assert browser.console() != []
    assert browser.run(CONTRASTS)[0][0] < 4.5
    blank = tmp_path / "blank.html"
    blank.write_text("<body>", "utf-8")
    browser.open(blank)
    assert distinct_rows(browser.picture(900)) < 5
