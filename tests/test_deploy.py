"""The files for schedulers are what systemd understands, without a warning."""

from __future__ import annotations

import shutil
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from replica.crawling import ROOT
from tibetnews.extensions.health_command import HealthCommand

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


def test_an_unhealthy_run_is_a_mail_and_a_healthy_one_is_none(tmp_path: Path) -> None:
    sendmail = tmp_path / "sendmail"
    sendmail.write_text(f"#!/bin/sh\ncat >> {tmp_path}/sent\n", "utf-8")
    sendmail.chmod(0o755)
    command = HealthCommand(f"PATH={tmp_path}:$PATH {sys.executable} {DEPLOY}/mail_verdict.py you@example.org", 30)
    report = {"run": 7, "spider": "sections", "started": "a", "ended": "b", "reason": "finished"}
    assert command.send({**report, "healthy": True, "faults": []}) is None
    assert not (tmp_path / "sent").exists()
    assert command.send({**report, "healthy": False, "faults": ["one", "标题\nBcc: evil@example.org"]}) is None
    mail = message_from_bytes((tmp_path / "sent").read_bytes(), policy=policy.default)
    assert (mail["To"], mail["Subject"], mail["Bcc"]) == ("you@example.org", "tibetnews: run 7 is unhealthy", None)
    assert "one" in mail.get_content()
    assert "标题" in mail.get_content()
