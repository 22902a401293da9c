"""The renderers of this machine, each as the settings that choose it; a test is skipped where there is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.chromium import CHROMIUM, NO_CHROMIUM
from tests.support.rendering import Renderer
from tests.support.splash_server import IS_INSTALLED, MISSING, SplashServer


@pytest.fixture
def chromium() -> Renderer:
    if CHROMIUM is None:
        pytest.skip(NO_CHROMIUM)
    return {"CHROMIUM": CHROMIUM}


@pytest.fixture(scope="session")
def splash(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Renderer]:
    if not IS_INSTALLED:
        pytest.skip(MISSING)
    with SplashServer(tmp_path_factory.mktemp("splash") / "log") as splash:
        yield {"SPLASH_URL": splash.url}


@pytest.fixture(params=["chromium", "splash"])
def renderer(request: pytest.FixtureRequest) -> Renderer:
    settings: Renderer = request.getfixturevalue(request.param)
    return settings
