"""Which renderer a crawl has, by its settings."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from typing import Any

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from tibetnews.rendering.renderer import Renderer

PROGRAMS = ("chromium-headless-shell", "chromium", "google-chrome")
"""Names by which Chromium is looked for; the first needs the least."""

HINT = "set RENDERER=chromium, or SPLASH_URL to a Splash server; see docs/rendering.md"


def renderer_name(settings: BaseSettings) -> str | None:
    """Return "chromium" or "splash"; None where nothing is to be rendered."""
    if settings.get("RENDER") == "never":
        return None
    if name := settings.get("RENDERER"):
        return str(name)
    if settings.get("CHROMIUM"):
        return "chromium"
    if settings.get("SPLASH_URL"):
        return "splash"
    return "chromium" if settings.get("RENDER") == "always" else None


def find_chromium(settings: BaseSettings) -> str | None:
    """Return the path of the program that CHROMIUM names, or of one on PATH; None where there is none."""
    names = [settings["CHROMIUM"]] if settings.get("CHROMIUM") else PROGRAMS
    return next(filter(None, map(shutil.which, names)), None)


def wrong_settings(settings: BaseSettings) -> str | None:
    """Return what is wrong with the settings of rendering, in one line; None if nothing is."""
    render, renderer = settings.get("RENDER"), settings.get("RENDERER") or ""
    if render not in ("auto", "always", "never"):
        return f"RENDER={render}: it is auto, always or never"
    if renderer not in ("", "chromium", "splash"):
        return f"RENDERER={renderer}: it is chromium or splash"
    splash, chromium = settings.get("SPLASH_URL") or "", settings.get("CHROMIUM")
    if splash and chromium and not renderer:
        return "CHROMIUM and SPLASH_URL are both set: choose one with RENDERER=chromium or RENDERER=splash"
    match renderer_name(settings):
        case "splash" if not splash:
            return "RENDERER=splash: SPLASH_URL, the address of the Splash server, is not set"
        case "splash" if find_spec("scrapy_splash") is None:
            return "SPLASH_URL: scrapy-splash is not installed; install it with: pip install scrapy-splash"
        case "chromium" if find_chromium(settings) is None:
            if chromium:
                return f"CHROMIUM={chromium}: there is no such program; write its path"
            asked = f"RENDERER={renderer}" if renderer else f"RENDER={render}"
            return (
                f"{asked}: no Chromium is found; install chromium-headless-shell or chromium, set CHROMIUM to its path,"
                " or SPLASH_URL to the address of a Splash server"
            )
    return None


def settings_for_rendering(settings: BaseSettings) -> dict[str, Any]:
    """Return the settings that switch rendering on, where a renderer is chosen.

    The project's middleware is nearest to the spiders, where a page is unpacked and its redirects are followed.
    scrapy-splash's is in the place that it asks for; its SplashDeduplicateArgsMiddleware is left out: Scrapy 2.19
    refuses it, and it only saves traffic.
    """
    if (name := renderer_name(settings)) is None:
        return {}
    middlewares = settings.getdict("DOWNLOADER_MIDDLEWARES")
    middlewares["tibetnews.middlewares.rendering.Rendering"] = 60
    if name == "splash":
        middlewares["tibetnews.rendering.splash_compat.SplashMiddleware"] = 725
    return {"DOWNLOADER_MIDDLEWARES": middlewares}


def make_renderer(crawler: Crawler) -> Renderer:
    """Return the client of the chosen renderer; the other one's packages are not imported."""
    if renderer_name(crawler.settings) == "splash":
        from tibetnews.rendering.splash import SplashClient

        return SplashClient.from_crawler(crawler)
    from tibetnews.rendering.chromium import ChromiumClient

    return ChromiumClient.from_crawler(crawler, find_chromium(crawler.settings) or PROGRAMS[0])
