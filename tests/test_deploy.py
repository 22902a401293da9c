"""The files for schedulers are what systemd understands, without a warning."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from replica import Replica
from replica.crawling import FAST, ROOT, setting_options
from tests.support.mail_server import mail_server
from tibetnews.extensions.health_command import HealthCommand

DEPLOY = ROOT / "deploy"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_the_units_verify_without_a_word(tmp_path: Path) -> None:
    service = (DEPLOY / "tibetnews.service").read_text("utf-8")
    assert "/srv/tibetnews/.venv/bin/tibetnews" in service
    # The project is not installed under /srv here; any program stands in for it.
    (tmp_path / "tibetnews.service").write_text(
        service.replace("/srv/tibetnews/.venv/bin/tibetnews", "/bin/true"), "utf-8"
    )
    shutil.copy(DEPLOY / "tibetnews.timer", tmp_path)
    units = [str(tmp_path / name) for name in ("tibetnews.service", "tibetnews.timer")]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_scheduler_runs_the_same_command() -> None:
    for name in ("tibetnews.service", "crontab"):
        text = (DEPLOY / name).read_text("utf-8")
        assert "tibetnews crawl sections -s CONTACT=" in text
        assert "CLOSESPIDER_TIMEOUT=3000" in text


REPORT: dict[str, Any] = {
    "run": 7,
    "spider": "sections",
    "started": "2026-11-25T03:00:04Z",
    "ended": "2026-11-25T03:02:11Z",
    "reason": "finished",
    "healthy": True,
    "change": None,
    "since": None,
    "cause": None,
    "faults": [],
    "counts": {"item_scraped_count": 6, "downloader/request_count": 40},
}
ILL = REPORT | {
    "healthy": False,
    "change": "ill",
    "since": "2026-11-25T03:02:11Z",
    "cause": "cn/edu: it answered 503",
    "faults": ["cn/edu: it answered 503; nothing to do", "标题\nBcc: evil@example.org"],
}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_the_service_is_shut_in(tmp_path: Path) -> None:
    unit = tmp_path / "tibetnews.service"
    unit.write_text((DEPLOY / unit.name).read_text("utf-8").replace("/srv/tibetnews/.venv/bin/", "/bin/"), "utf-8")
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert exposure
    assert float(exposure[1]) <= 2.0


def mail_command(folder: Path) -> str:
    """The command that mails, hardened as the service is, with a set-group-id sendmail as on a machine with Postfix."""
    sendmail = folder / "sendmail"
    sendmail.write_text(f"#!/bin/sh\ncat > {folder}/sent\n", "utf-8")
    sendmail.chmod(0o755)
    hardened = f"{sys.executable} -m tests.support.hardened {sys.executable} {DEPLOY}/mail_verdict.py you@example.org"
    return f"cd {ROOT} && PATH={folder}:$PATH {hardened}"


@pytest.mark.skipif(sys.platform != "linux", reason="systemd is Linux's")
def test_a_mail_goes_out_of_the_service_by_smtp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with mail_server() as server:
        monkeypatch.setenv("TIBETNEWS_SMTP", server.url)
        assert HealthCommand(mail_command(tmp_path), 30).send(ILL) is None
    (mail,) = (message_from_bytes(mail, policy=policy.default) for mail in server.mails)
    assert (mail["To"], mail["From"]) == ("you@example.org", "you@example.org")
    assert "标题" in mail.get_content()
    assert not (tmp_path / "sent").exists()


def test_a_cause_that_no_header_can_hold_is_mailed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with mail_server() as server:
        monkeypatch.setenv("TIBETNEWS_SMTP", server.url)
        command = HealthCommand(f"{sys.executable} {DEPLOY}/mail_verdict.py you@example.org", 30)
        assert command.send(ILL | {"cause": "it said\nBcc: evil \udcff"}) is None
    (mail,) = (message_from_bytes(mail, policy=policy.default) for mail in server.mails)
    assert mail["Subject"] == "tibetnews ill: it said Bcc: evil ?"


@pytest.mark.parametrize("address", ["mail.example.org:25", "smtp://127.0.0.1:x", "smtp://127.0.0.1:1"])
def test_a_mail_that_cannot_be_sent_is_one_line(address: str) -> None:
    command = [sys.executable, str(DEPLOY / "mail_verdict.py"), "you@example.org"]
    environment = {"TIBETNEWS_SMTP": address}
    done = subprocess.run(command, input=json.dumps(ILL), env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_a_mail_server_that_is_down_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIBETNEWS_SMTP", "smtp://127.0.0.1:1")
    assert "status 1" in (HealthCommand(mail_command(tmp_path), 30).send(ILL) or "")


@pytest.mark.skipif(sys.platform != "linux", reason="systemd is Linux's")
def test_a_crawl_works_in_the_service(tmp_path: Path) -> None:
    with Replica(articles=20, sections=1, seed=3) as replica:
        settings = {**FAST, "OUTLET_SITE": replica.url, "EXPORT_DIR": tmp_path / "x", "STATE_DIR": tmp_path / "state"}
        options = setting_options(settings)
        crawl = [sys.executable, "-m", "scrapy", "crawl", "sections", "-a", "sections=politics", *options]
        command = [sys.executable, "-m", "tests.support.hardened", *crawl]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, len(list((tmp_path / "x").iterdir()))) == (0, 1), done.stderr


def test_an_unhealthy_run_is_a_mail_with_its_cause_and_a_healthy_one_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TIBETNEWS_SMTP", raising=False)
    if not _is_free(25):
        pytest.skip("this machine has a mail server")
    command = HealthCommand(mail_command(tmp_path), 30)
    assert command.send(REPORT) is None
    assert not (tmp_path / "sent").exists()
    subjects = {
        "tibetnews ill: cn/edu: it answered 503": ILL,
        "tibetnews still ill: cn/edu: it answered 503": ILL | {"change": "still ill"},
        "tibetnews recovered: run 7 is healthy": REPORT | {"change": "recovered", "since": "2026-11-25T01:00:00Z"},
    }
    for subject, report in subjects.items():
        assert command.send(report) is None
        mail = message_from_bytes((tmp_path / "sent").read_bytes(), policy=policy.default)
        assert (mail["To"], mail["Subject"], mail["Bcc"]) == ("you@example.org", subject, None)
        assert all(fault in mail.get_content() for fault in report["faults"])


def test_a_webhook_gets_the_same_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[dict[str, Any]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("TIBETNEWS_WEBHOOK", f"http://127.0.0.1:{server.server_port}/hook")
        command = HealthCommand(f"{sys.executable} {DEPLOY}/webhook.py", 30)
        assert [command.send(REPORT), command.send(ILL)] == [None, None]
        server.shutdown()
    (posted,) = got
    assert posted["text"].startswith("tibetnews ill: cn/edu: it answered 503; nothing to do\n")
    assert posted["report"] == ILL


def test_prometheus_reads_the_figures_of_every_run(tmp_path: Path) -> None:
    command = HealthCommand(f"{sys.executable} {DEPLOY}/prometheus_textfile.py {tmp_path}/tibetnews.prom", 30)
    for report, healthy, faults in ((REPORT, 1, 0), (ILL, 0, 2)):
        assert command.send(report) is None
        lines = (tmp_path / "tibetnews.prom").read_text("ascii").splitlines()
        values = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
        assert len(lines) == 3 * len(values)
        assert all(re.fullmatch(r'tibetnews_[a-z_]+\{spider="sections"\}', name) for name in values)
        label = '{spider="sections"}'
        assert values[f"tibetnews_healthy{label}"] == str(healthy)
        assert values[f"tibetnews_faults{label}"] == str(faults)
        assert values[f"tibetnews_run_duration_seconds{label}"] == "127"
        assert values[f"tibetnews_run_ended_timestamp_seconds{label}"] == "1795575731"
    assert [path.name for path in tmp_path.iterdir()] == ["tibetnews.prom"]


@pytest.mark.skipif(shutil.which("logrotate") is None, reason="logrotate is not installed")
def test_the_log_is_rotated(tmp_path: Path) -> None:
    log = tmp_path / "crawl.log"
    log.write_text("a line\n", "utf-8")
    tmp_path.chmod(0o755)
    rules = (DEPLOY / "logrotate").read_text("utf-8").replace("/srv/tibetnews", str(tmp_path))
    (tmp_path / "rules").write_text(rules.replace("    su tibetnews tibetnews\n", ""), "utf-8")
    command = ["logrotate", "--force", "--state", str(tmp_path / "status"), str(tmp_path / "rules")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "crawl.log.1").read_text("utf-8") == "a line\n"


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def test_the_image_is_built_of_files_that_are_there(tmp_path: Path) -> None:
    steps = (DEPLOY / "Containerfile").read_text("utf-8").replace("\\\n", "").splitlines()
    copied = [step.split()[1:-1] for step in steps if step.startswith("COPY ") and "--from" not in step]
    for source in (ROOT / name for names in copied for name in names):
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / source.name)
    command = next(step for step in steps if step.startswith("RUN python3 -m scripts.lock"))
    first = command.removeprefix("RUN ").partition("&&")[0].replace("python3", sys.executable)
    assert subprocess.run(first, shell=True, cwd=tmp_path, check=False).returncode == 0
    assert "scrapy==" in (tmp_path / "run.txt").read_text("utf-8").lower()
    asked = (tmp_path / "pyproject.toml").read_text("utf-8")
    for name in re.findall(r'"(README[^"]*|LICENSE|requirements[^"]*)"', asked):
        assert (tmp_path / name).exists(), name
