"""What Chromium does better than Splash: scripts of today, endless ones, robots.txt for them, a browser that dies."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from replica import Replica
from replica.crawling import ROOT
from tests.support.chromium import CHROMIUM, NO_CHROMIUM
from tests.support.crawling import rendering_counts
from tests.support.rendering import Renderer, page_with, run
from tibetnews.middlewares.robots import RobotsForbiddenError
from tibetnews.outlet.page import Page
from tibetnews.rendering.chromium import ChromiumClient
from tibetnews.rendering.renderer import COOLDOWN_SECONDS, MAX_FAILURES, RendererDownError, RenderError, RenderLimits
from tibetnews.rendering.script_requests import Answer, ScriptRequests

URL = "http://www.tibet.cn/cn/politics/202401/t20240101_7500001.html"
FRAME = "<!DOCTYPE html><html><head><title>标题</title></head><body>{}</body></html>"
LIMITS = RenderLimits(0.05, 20)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)


def client(executable: str = CHROMIUM or "", max_browsers: int = 1) -> ChromiumClient:
    requests = ScriptRequests.from_crawler(get_crawler())
    return ChromiumClient(requests, executable, LIMITS, max_browsers)


async def written(renderer: ChromiumClient, script: str) -> str:
    """The page as the script leaves it."""
    page = Page(FRAME.format(f'<div id="text"></div><script>{script}</script>'), URL)
    return (await renderer.render(page, "tibetnews/test")).html


def written_alone(script: str, limits: RenderLimits = LIMITS) -> str:
    """The same by a client of its own."""

    async def main() -> str:
        renderer = client()
        renderer.limits = limits
        try:
            return await written(renderer, script)
        finally:
            await renderer.close()

    return asyncio.run(main())


def processes() -> set[int]:
    """The shells that run a Chromium for this process, ended ones too that it has not waited for."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command, _, fields = (folder / "stat").read_text().partition("(")[2].rpartition(")")
        except OSError:
            continue  # it has just ended
        if fields.split()[1] == str(os.getpid()) and command in ("sh", "chromium"):
            found.add(int(folder.name))
    return found


MODERN = """
class Story { #text = "没有旧脚本"; get text() { return this.#text; } }
const join = async (...parts) => { await null; return {...{text: parts.join("")}}.text; };
(async () => { document.getElementById("text").append(await join(...["今天", new Story()?.text ?? ""])); })();
"""


@needs_chromium
def test_scripts_of_today_are_run() -> None:
    html = written_alone(MODERN)
    assert "<!DOCTYPE html>" in html
    assert '<div id="text">今天没有旧脚本</div>' in html


@needs_chromium
def test_a_page_leaves_nothing_for_the_next_one_and_the_browser_nothing_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def main() -> list[str]:
        renderer = client()
        try:
            first = await written(renderer, "window.mark = 1; setInterval(() => document.title += '!', 1)")
            second = await written(renderer, "document.getElementById('text').append(typeof window.mark)")
            dialogs = await written(renderer, "alert(1); open('/x'); document.getElementById('text').append('z')")
        finally:
            await renderer.close()
        return [first, second, dialogs]

    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        first, second, dialogs = asyncio.run(main())
        assert list(Path(folder).iterdir()) == []
    assert "标题" in first
    assert '<div id="text">undefined</div>' in second
    assert '<div id="text">z</div>' in dialogs
    assert processes() == set()


ENDLESS = (
    "while (true) {}",
    "setTimeout(() => { while (true) {} }, 0)",
    "(function f() { Promise.resolve().then(f) })()",
)


@needs_chromium
@pytest.mark.parametrize("script", ENDLESS)
def test_an_endless_script_costs_its_own_page_only(script: str) -> None:
    async def main() -> tuple[float, str]:
        renderer = client()
        renderer.limits = RenderLimits(0.05, 4)
        loop = asyncio.get_running_loop()
        try:
            await written(renderer, "")
            before = loop.time()
            with pytest.raises(RenderError, match="kept the browser busy for 1 s") as caught:
                await written(renderer, script)
            assert caught.value.reason == "timeout"
            return loop.time() - before, await written(renderer, MODERN)
        finally:
            await renderer.close()

    seconds, html = asyncio.run(main())
    assert seconds < 8  # a quarter of the time, and the end of the browser
    assert "今天没有旧脚本" in html


@needs_chromium
def test_pages_at_the_same_time_have_a_browser_each() -> None:
    async def main() -> tuple[float, str, int]:
        renderer = client(max_browsers=2)
        loop = asyncio.get_running_loop()
        leaving = "document.cookie = 'a=1'; localStorage.b = 2; new BroadcastChannel('c').postMessage(3);"
        finding = "new BroadcastChannel('c').onmessage = () => out.append('message'); out.append(document.cookie);"
        try:
            await asyncio.gather(written(renderer, ""), written(renderer, ""))
            before = loop.time()
            endless = asyncio.create_task(written(renderer, f"{leaving} while (true) {{}}"))
            html = await written(renderer, f"const out = document.getElementById('text'); {finding}")
            html += await written(renderer, f"const out = document.getElementById('text'); {finding} {MODERN}")
            seconds, browsers = loop.time() - before, len(processes())
            with pytest.raises(RenderError, match="kept the browser busy"):
                await endless
            return seconds, html, browsers
        finally:
            await renderer.close()

    seconds, html, browsers = asyncio.run(main())
    assert seconds < 5  # the endless one has so much, and they did not wait for it
    assert '<div id="text"></div>' in html
    assert '<div id="text">今天没有旧脚本</div>' in html
    assert browsers == 2
    assert processes() == set()


@needs_chromium
def test_a_page_has_a_window_of_common_size() -> None:
    script = "[innerWidth, innerHeight, matchMedia('(min-width: 1000px)').matches, typeof open('/x')].join()"
    html = written_alone(f"document.getElementById('text').append({script})")
    assert '<div id="text">1280,800,true,object</div>' in html


VIEWED = """
const out = document.getElementById("text");
let frames = 0;
const draw = (time) => {
    frames += 1;
    if (frames === 3) out.append(`frames ${typeof time},`);
    else requestAnimationFrame(draw);
};
requestAnimationFrame(draw);
cancelAnimationFrame(requestAnimationFrame(() => out.append("cancelled,")));
const view = new IntersectionObserver((entries, self) => {
    for (const entry of entries) {
        out.append(`${entry.target.id} in view ${entry.isIntersecting},`);
        self.unobserve(entry.target);
    }
}, {rootMargin: "200px"});
const left = document.createElement("p");
for (const element of [out, left]) view.observe(element);
view.unobserve(left);
new ResizeObserver((entries) => out.append(`${entries[0].contentRect.width > 0},`)).observe(out);
out.append(`${document.visibilityState} ${document.hasFocus()},`);
"""


@needs_chromium
def test_what_waits_for_a_frame_or_a_view_is_shown() -> None:
    html = written_alone(VIEWED, RenderLimits(0.2, 20))
    text = html.partition('<div id="text">')[2].partition("</div>")[0]
    assert text == "visible true,text in view true,true,frames number,"


@needs_chromium
def test_a_list_that_grows_whenever_its_end_is_in_view_ends() -> None:
    grow = "new IntersectionObserver((_, self) => { out.append('更多'); self.disconnect(); watch(); }).observe(out)"
    script = f"const out = document.getElementById('text'); const watch = () => {grow}; watch();"
    html = written_alone(script, RenderLimits(0.5, 20))
    assert '<div id="text">更多更多更多更多</div>' in html


@needs_chromium
def test_a_page_that_is_never_idle_counts_as_it_is_then() -> None:
    script = f"{MODERN}; setInterval(() => fetch('http://x.invalid/' + Math.random()), 5)"
    assert "今天没有旧脚本" in written_alone(script, RenderLimits(0.05, 4))


ENDLESS_WORKERS = (
    "new Worker(URL.createObjectURL(new Blob(['for (;;) {}'])))",
    "new SharedWorker('data:text/javascript,for (;;) {}')",
)


@needs_chromium
@pytest.mark.parametrize("script", ENDLESS_WORKERS)
def test_a_worker_is_not_run(script: str) -> None:
    """Else it would go on beside all later pages, whose clock would stand still."""

    async def main() -> str:
        renderer = client()
        renderer.limits = RenderLimits(0.05, 4000)
        try:
            async with asyncio.timeout(60):
                await written(renderer, f"try {{ {script} }} catch {{}}")
                return await written(renderer, MODERN)
        finally:
            await renderer.close()

    assert "今天没有旧脚本" in asyncio.run(main())


@needs_chromium
def test_a_page_that_spent_all_its_time_takes_its_browser_with_it() -> None:
    async def main() -> set[int]:
        renderer = client()
        try:
            await written(renderer, "(function f() { new Worker('data:text/javascript,').onerror = f })()")
            return processes()
        finally:
            await renderer.close()

    assert asyncio.run(main()) == set()


@needs_chromium
def test_a_browser_that_is_killed_is_replaced() -> None:
    async def main() -> list[str]:
        renderer = client()
        pages = []
        try:
            for _ in range(3):
                pages.append(await written(renderer, MODERN))
                (shell,) = processes()
                os.killpg(shell, signal.SIGKILL)
        finally:
            await renderer.close()
        return pages

    assert all("今天没有旧脚本" in page for page in asyncio.run(main()))
    assert processes() == set()


def test_a_browser_that_does_not_start_is_told_and_left_alone_for_a_while(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho started >> $(dirname $0)/starts\necho libnss3.so is missing >&2\nexit 1\n")
    program.chmod(0o755)

    async def main() -> list[str]:
        renderer, reasons = client(str(program)), []
        renderer.cooldown.clock = lambda: 1000.0
        for _ in range(3):
            with pytest.raises(RendererDownError, match=r"does not start .*libnss3.so is missing.*CHROMIUM") as caught:
                await written(renderer, "")
            reasons.append(caught.value.reason)
        renderer.cooldown.clock = lambda: 1000.0 + COOLDOWN_SECONDS
        with pytest.raises(RendererDownError):
            await written(renderer, "")
        return reasons

    assert asyncio.run(main()) == ["connection", "paused", "paused"]
    assert len((tmp_path / "starts").read_text().splitlines()) == 2 * MAX_FAILURES
    assert processes() == set()


def test_scripts_obey_robots_txt_and_wait_for_the_outlet(tmp_path: Path, chromium: Renderer) -> None:
    scripts = (
        "const get = path => fetch(path).then(r => r.text()).then(t => document.querySelector('.left').append(t));"
        "get('/private/a.json'); get('/cn/politics/b.json'); fetch('/cn/c.json', {method: 'DELETE'});"
        "new WebSocket(location.origin.replace('http', 'ws') + '/cn/socket');"
        "navigator.sendBeacon('/cn/beacon'); new Image().src = '/cn/image.png'; new Worker('/cn/worker.js');"
    )
    with Replica(articles=12) as replica:
        replica.fault("/cn/politics/b.json", "body", body="此为后取之文。", content_type="text/plain; charset=utf-8")
        page = page_with(f"<script>{scripts}</script>", replica)
        done = run(tmp_path / "x", replica, chromium, "always", "articles", "-a", f"urls={page}")
        requests = {request["path"]: request["user_agent"] for request in replica.requests()}
    assert set(requests) == {"/robots.txt", "/mirror/page.html", "/cn/politics/b.json"}
    assert len(set(requests.values())) == 1
    assert "此为后取之文" in done.records[0]["text"]
    assert rendering_counts(done) == {"pages": 1}


def test_a_script_is_asked_for_once_a_run(tmp_path: Path, chromium: Renderer) -> None:
    with Replica(articles=12) as replica:
        body = "document.querySelector('.left').append('脚本写出的正文');"
        replica.fault("/res/a.js", "body", body=body, content_type="application/javascript")
        pages = [page_with('<script src="/res/a.js"></script>', replica, name) for name in ("one", "two")]
        done = run(tmp_path / "x", replica, chromium, "always", "articles", "-a", f"urls={','.join(pages)}")
        paths = [request["path"] for request in replica.requests()]
    assert ["脚本写出的正文" in record["text"] for record in done.records] == [True, True]
    assert paths.count("/res/a.js") == 1


class Engine:
    """Answers what scripts ask for, or fails."""

    def __init__(self, answer: Response | Exception) -> None:
        self.answer = answer
        self.requests: list[Request] = []

    async def download_async(self, request: Request) -> Response:
        self.requests.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_a_script_that_pages_ask_for_at_once_is_fetched_once() -> None:
    sent: list[str] = []

    async def download(request: Request) -> Response:
        sent.append(request.url)
        await asyncio.sleep(0)
        return Response(request.url, body=b"1;")

    async def main() -> list[Answer | str]:
        requests = ScriptRequests(get_crawler().stats, download)
        asked = {"url": "http://www.tibet.cn/a.js", "method": "GET", "headers": {}}
        return await asyncio.gather(*(requests.fetch(asked, is_script=True, user_agent="t") for _ in range(3)))

    answers = asyncio.run(main())
    assert [isinstance(answer, Answer) and answer.body for answer in answers] == [b"1;"] * 3
    assert sent == ["http://www.tibet.cn/a.js"]


def fetched(answer: Response | Exception, is_script: bool) -> tuple[Answer | str, Request]:
    crawler, engine = get_crawler(), Engine(answer)
    crawler.engine = engine  # type: ignore[assignment]
    headers = {"X-Token": "a", "Cookie": "b", "sec-ch-ua": "c", "User-Agent": "d", "Referer": URL}
    asked = {"url": "http://www.tibet.cn/a", "method": "POST", "headers": headers, "postData": "q=1"}
    return asyncio.run(ScriptRequests.from_crawler(crawler).fetch(asked, is_script, "tibetnews/test")), engine.requests[
        0
    ]


def test_scrapy_asks_what_the_script_asks_in_its_own_name() -> None:
    response = Response(URL, headers={"Content-Type": "application/json", "Set-Cookie": "x", "ETag": "y"}, body=b"{}")
    answer, request = fetched(response, is_script=False)
    assert answer == Answer(200, [("Content-Type", "application/json"), ("Etag", "y")], b"{}")
    assert (request.method, request.body, request.meta) == ("POST", b"q=1", {"role": "script"})
    assert request.headers.to_unicode_dict() == {"X-Token": "a", "Referer": URL, "User-Agent": "tibetnews/test"}


def test_a_script_is_read_in_the_encoding_of_its_page() -> None:
    text = "write('脚本写出的正文');"
    for body in (text.encode("gbk"), text.encode(), text.encode("utf-8-sig")):
        answer, _ = fetched(Response(URL, headers={"Content-Type": "text/javascript"}, body=body), is_script=True)
        assert answer == Answer(200, [("Content-Type", "text/javascript; charset=utf-8")], text.encode())


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (RobotsForbiddenError("Forbidden by robots.txt"), "Forbidden by robots.txt"),
        (DownloadTimeoutError(), "DownloadTimeoutError"),
        (Response(URL, status=503), "status 503"),
        (Response(URL, status=302), "status 302"),
    ],
)
def test_what_scripts_do_not_get_is_told(answer: Response | Exception, told: str) -> None:
    assert fetched(answer, is_script=False)[0] == f"http://www.tibet.cn/a: {told}"


@pytest.mark.parametrize("browsers", [1, 2])
def test_a_browser_killed_ten_times_loses_nothing(tmp_path: Path, chromium: Renderer, browsers: int) -> None:
    starts, program = tmp_path / "starts", tmp_path / "chromium"
    mortal = f"{ROOT}/tests/support/mortal_chromium.py {chromium['CHROMIUM']} {starts} 10"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} {mortal} "$@"\n')
    program.chmod(0o755)
    with Replica(articles=60, sections=2, scripted=True, seed=3) as replica:
        sections = ("sections", "-a", "sections=politics,instant/politics,data")
        plain = run(tmp_path / "plain", replica, chromium, "always", *sections)
        renderer = {"CHROMIUM": str(program)}
        killed = run(tmp_path / "killed", replica, renderer, "always", *sections, CONCURRENT_REQUESTS=browsers)
    assert killed.status == plain.status == 0, killed.log
    assert 10 < starts.stat().st_size <= 10 + browsers
    left, right = ([(record["id"], record["content_hash"]) for record in done.records] for done in (killed, plain))
    assert left == right if browsers == 1 else sorted(left) == sorted(right)
    assert rendering_counts(killed) == rendering_counts(plain)
    assert killed.rejects == []


def test_a_page_that_only_scripts_write_is_a_fault_that_names_the_settings(tmp_path: Path) -> None:
    with Replica(articles=24, sections=2, scripted=True, seed=3) as replica:
        named = [url.replace("http://www.tibet.cn", replica.url) for url in replica.records() if "/cn/data/" in url][:2]
        told = (
            "only scripts write it, and no renderer is set; set RENDERER=chromium, or SPLASH_URL to a Splash server;"
            " see docs/rendering.md\n"
        )
        done = run(tmp_path / "x", replica, {}, "auto", "sections", "-a", "sections=politics,data")
        articles = run(tmp_path / "y", replica, {}, "auto", "articles", "-a", f"urls={','.join(named)}")
    assert (done.status, articles.status) == (1, 1)
    assert f"unhealthy: cn/data: {told}" in done.log
    assert f"unhealthy: 2 articles: {told}" in articles.log
    assert done.log.count("unhealthy: ") == articles.log.count("unhealthy: ") == 1
    assert done.reasons() == {f"{replica.url}/cn/data/": "unrendered"}
