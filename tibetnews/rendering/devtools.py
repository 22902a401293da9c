"""A Chromium of our own and the DevTools protocol over its pipe."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

MAX_MESSAGE_BYTES = 64 * 1024 * 1024
"""A page that a script has made larger than this ends the browser."""

MAX_BASE_CHARS = 40
"""Chromium has a socket in its profile, and the path of a socket has at most 107 characters."""

WINDOW = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
"""What a page finds out about its window; a hidden tab has none."""

_FRAMES = files("tibetnews.rendering").joinpath("frames.js").read_text(encoding="utf-8")
"""A script that runs before those of a page: what else it would find out about a hidden tab."""

START_TIMEOUT_SECONDS = 30.0
EXIT_TIMEOUT_SECONDS = 3.0

FEATURES_OFF = (
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable"),  # a page keeps the address that it was fetched from
    *("BackForwardCache", "SpareRendererForSitePerProcess", "PreloadTopChromeWebUI", "IsolateOrigins"),  # one process
    "RenderDocument",  # a new frame for each page of a tab, which is a third of the work for a page
    *("Translate", "MediaRouter", "OptimizationHints", "AcceptCHFrame"),  # what asks for things by itself
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),  # pages of its own, which load before the first of ours
)
FLAGS = (
    *("--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--disable-dev-shm-usage", "--mute-audio"),
    # Nothing reaches the network but through Scrapy: no name resolves, no address is reached, no UDP is sent.
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>"),
    *("--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--disable-quic", "--no-pings"),
    *(
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-domain-reliability",
    ),
    *("--disable-extensions", "--disable-breakpad", "--no-first-run", "--no-default-browser-check"),
    *("--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--renderer-process-limit=1"),
    *("--disable-site-isolation-trials", "--blink-settings=imagesEnabled=false", "--password-store=basic"),
    f"--disable-features={','.join(FEATURES_OFF)}",
)

_START = 'trap "" HUP INT TERM; "$@" 3<&0 4>&1 </dev/null >/dev/null 2>"$0/stderr"; tail -n 1 "$0/stderr"; rm -rf "$0"'
"""Chromium reads commands from descriptor 3 and answers on 4. The shell outlives it, repeats its last error and removes
its profile, also where the crawl was killed: then the pipe ends, and Chromium with it."""

GONE = "gone"
"""Name of the event that the browser has ended."""

_ENVIRONMENT = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
"""All that the browser gets to know: the crawl's own variables may hold secrets."""


def ignore_event(_name: str, _params: dict[str, Any]) -> None:
    """Do nothing: the page that the events belong to is done with."""


class BrowserGoneError(Exception):
    """The browser did not start, or is gone; the message is the last line that it wrote."""


class DevToolsError(Exception):
    """The browser refused a command."""


class Browser:
    """A running Chromium.

    Attributes:
        on_event: Called with the name and the parameters of each event of the tab; ``GONE`` is the last of all.
        tab: The tab's id, which is that of its main frame too.
    """

    def __init__(self, process: asyncio.subprocess.Process, profile: Path) -> None:
        self.process = process
        self.profile = profile
        self.on_event: Callable[[str, dict[str, Any]], None] = ignore_event
        self.is_running = True
        self.tab = ""
        self._last_words = ""
        self._session: str | None = None
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._commands = 0
        self._reader = asyncio.create_task(self._read())
        self._watcher = asyncio.create_task(self._watch())

    @classmethod
    async def start(cls, executable: str) -> Self:
        """Start the browser with a tab that asks us for all that its page wants to load; raise BrowserGoneError."""
        base = tempfile.gettempdir()
        profile = Path(tempfile.mkdtemp(prefix="chromium-", dir=base if len(base) < MAX_BASE_CHARS else "/tmp"))
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium has no sandbox for root
        arguments = (executable, *FLAGS, *sandbox, f"--user-data-dir={profile}/data", "about:blank")
        process = await asyncio.create_subprocess_exec(
            *("/bin/sh", "-c", _START, str(profile), *arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=MAX_MESSAGE_BYTES,
            start_new_session=True,
            env={**_ENVIRONMENT, "TMPDIR": str(profile), "HOME": str(profile)},
        )
        browser = cls(process, profile)
        async with contextlib.AsyncExitStack() as unless_opened:
            unless_opened.push_async_callback(browser.kill)
            try:
                async with asyncio.timeout(START_TIMEOUT_SECONDS):
                    await browser._open_tab()
            except (TimeoutError, DevToolsError) as error:
                raise BrowserGoneError(str(error) or f"no answer after {START_TIMEOUT_SECONDS:g} s") from error
            unless_opened.pop_all()
        return browser

    async def _open_tab(self) -> None:
        await self.send("Target.setDiscoverTargets", discover=True)
        try:  # without history, tab strip and the like, which are a third of the work for a page
            target = await self.send("Target.createTarget", url="about:blank", hidden=True)
        except DevToolsError:
            target = await self.send("Target.createTarget", url="about:blank")
        self.tab = target["targetId"]
        self._session = (await self.send("Target.attachToTarget", targetId=self.tab, flatten=True))["sessionId"]
        await asyncio.gather(
            self.send("Page.enable"),
            self.send("Network.enable"),
            self.send("Network.setCacheDisabled", cacheDisabled=True),
            self.send("Emulation.setDeviceMetricsOverride", **WINDOW),
            self.send("Emulation.setFocusEmulationEnabled", enabled=True),
            self.send("Page.addScriptToEvaluateOnNewDocument", source=_FRAMES),
            self.send("Fetch.enable", patterns=[{"urlPattern": "*"}]),
        )

    async def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Return the browser's answer to a command.

        Args:
            method: Name of the command; it goes to the tab, once there is one.
            params: Its parameters.

        Raises:
            DevToolsError: The browser refuses it.
            BrowserGoneError: The browser is gone.
        """
        if not self.is_running:
            raise BrowserGoneError(self._last_words)
        return await self._answer(self._write(method, params, self._session))

    async def is_alive(self) -> bool:
        """Return whether the browser itself answers, whatever its page does."""
        with contextlib.suppress(TimeoutError, BrowserGoneError, DevToolsError):
            async with asyncio.timeout(EXIT_TIMEOUT_SECONDS):
                await self._answer(self._write("Browser.getVersion", {}))
                return True
        return False

    async def _answer(self, number: int) -> dict[str, Any]:
        self._answers[number] = asyncio.get_running_loop().create_future()
        return await self._answers[number]

    def _write(self, method: str, params: dict[str, Any], session: str | None = None) -> int:
        """Send a command and return its number."""
        self._commands += 1
        message = {"id": self._commands, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        if self.process.stdin:
            self.process.stdin.write(json.dumps(message).encode() + b"\0")
        return self._commands

    async def kill(self) -> None:
        """End the browser with all its processes, whatever it does, and remove its profile."""
        self.is_running = False
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        await self.process.wait()
        await self._watcher
        with contextlib.suppress(ChildProcessError):  # its children are ours where the crawl is the first process
            while os.waitpid(-self.process.pid, os.WNOHANG)[0]:
                pass
        shutil.rmtree(self.profile, ignore_errors=True)

    async def _read(self) -> None:
        """Pass on what the browser says, until it is gone."""
        if (output := self.process.stdout) is None:
            return
        try:
            while True:
                self._receive(json.loads((await output.readuntil(b"\0"))[:-1]))
        except asyncio.IncompleteReadError as error:
            self._last_words = error.partial.decode("utf-8", "replace").strip()[-300:]
        except asyncio.LimitOverrunError:
            self._last_words = f"it wrote a message of more than {MAX_MESSAGE_BYTES:,} bytes"

    async def _watch(self) -> None:
        """Wait until the browser is gone: its pipe has ended, or its process while another one holds the pipe."""
        exit_ = asyncio.create_task(self.process.wait())
        await asyncio.wait({exit_, self._reader}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({self._reader}, timeout=1)
        self._reader.cancel()
        self.is_running = False
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(BrowserGoneError(self._last_words))
        self.on_event(GONE, {})

    def _receive(self, message: dict[str, Any]) -> None:
        if "id" not in message:
            if message.get("sessionId"):
                self.on_event(message["method"], message["params"])
            elif message["params"].get("targetInfo", {}).get("openerId") and message["method"].endswith("Created"):
                self._write("Target.closeTarget", {"targetId": message["params"]["targetInfo"]["targetId"]})
        elif (answer := self._answers.pop(message["id"], None)) and not answer.done():
            if "error" in message:
                answer.set_exception(DevToolsError(message["error"]["message"]))
            else:
                answer.set_result(message["result"])
