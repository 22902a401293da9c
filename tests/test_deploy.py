"""The files for schedulers are what systemd understands, without a warning."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.crawling import ROOT

DEPLOY = ROOT / "deploy"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_the_units_verify_without_a_word(tmp_path: Path) -> None:
    service = (DEPLOY / "tibetnews.service").read_text("utf-8")
    assert "/srv/tibetnews/.venv/bin/scrapy" in service
    # The project is not installed under /srv here; any program stands in for it.
    (tmp_path / "tibetnews.service").write_text(
        service.replace("/srv/tibetnews/.venv/bin/scrapy", "/bin/true"), "utf-8"
    )
    shutil.copy(DEPLOY / "tibetnews.timer", tmp_path)
    units = [str(tmp_path / name) for name in ("tibetnews.service", "tibetnews.timer")]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_scheduler_runs_the_same_command() -> None:
    for name in ("tibetnews.service", "crontab"):
        text = (DEPLOY / name).read_text("utf-8")
        assert "scrapy crawl sections -s CONTACT=" in text
        assert "CLOSESPIDER_TIMEOUT=3000" in text
