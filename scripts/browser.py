"""A headless Chromium that reads pages from files, and tells what it saw."""

from __future__ import annotations

import base64
import json
import shutil
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")

_SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


class Browser:
    """One Chromium; each ``open`` begins anew."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    def open(
        self,
        page: Path,
        width: int = 1280,
        scheme: str = "light",
        *,
        media: str = "",
        is_forced: bool = False,
        zoom: int = 1,
    ) -> None:
        """Read a page in a window.

        Args:
            page: Its file.
            width: Pixels of the window, as the page has them.
            scheme: The colour scheme that the reader prefers.
            media: "print" for how it is printed.
            is_forced: Whether the reader's own colours stand in for the page's.
            zoom: How many pixels of the screen one of the page takes.
        """
        self._command(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=zoom, mobile=width < 500
        )
        features = {"prefers-color-scheme": scheme, "forced-colors": "active" if is_forced else "none"}
        wanted = [{"name": name, "value": value} for name, value in features.items()]
        self._command("Emulation.setEmulatedMedia", media=media, features=wanted)
        for kind in ("browser", "performance"):
            self.driver.get_log(kind)  # type: ignore[no-untyped-call] # what was before is forgotten
        self.driver.get(page.as_uri())

    def run(self, script: str) -> Any:
        """Run a script of the test and return its result."""
        return self.driver.execute_script(script)

    def console(self) -> list[str]:
        """Lines of the console since the page was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]

    def requests(self) -> list[str]:
        """Addresses that were asked for since the page was opened."""
        events = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))  # type: ignore[no-untyped-call]
        return [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]

    def picture(self, height: int | None = None) -> bytes:
        """Return the page as a PNG, whole or down to a height."""
        size = self.run("return [innerWidth, document.documentElement.scrollHeight]")
        clip = {"x": 0, "y": 0, "width": size[0], "height": height or size[1], "scale": 1}
        data = self._command("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)["data"]
        return base64.b64decode(data)

    def pdf(self) -> bytes:
        """Return the page as it is printed on A4."""
        return base64.b64decode(self._command("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"])

    def _command(self, name: str, **arguments: Any) -> Any:
        return self.driver.execute_cdp_cmd(name, arguments)


@contextmanager
def chromium(profile: Path) -> Iterator[Browser]:
    """Start a Chromium with a new profile, for as long as the block lasts."""
    options = ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for switch in (*_SWITCHES, f"--user-data-dir={profile}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service(DRIVER))
    try:
        yield Browser(driver)
    finally:
        driver.quit()


def distinct_rows(png: bytes) -> int:
    """How many different rows a PNG has: few where it is blank."""
    width, _, depth, colour = struct.unpack(">IIBB", png[16:26])
    assert (png[:8], depth) == (b"\x89PNG\r\n\x1a\n", 8)
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    rows = zlib.decompress(data)
    stride = 1 + width * {2: 3, 6: 4}[colour]
    return len({rows[i : i + stride] for i in range(0, len(rows), stride)})
