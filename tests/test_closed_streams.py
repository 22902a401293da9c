"""Standard streams that are closed or full, interruptions, and the bare environment of cron."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from replica import Replica
from replica.crawling import FAST, ROOT, setting_options
from tests.support.crawling import read
from tibetnews.ledger.database import Ledger

BODY = "西藏春来早,农牧民忙着备耕。"


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=20, sections=1, seed=3) as replica:
        yield replica


def run(closed: str, *arguments: str, environment: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = ["sh", "-c", f'exec "$@" {closed}', "sh", *environment, sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("closed", ["2>&-", ">&-", "<&-", "<&- >&- 2>&-"])
def test_a_crawl_needs_no_standard_stream(closed: str, replica: Replica, tmp_path: Path) -> None:
    settings = {**FAST, "OUTLET_SITE": replica.url, "EXPORT_DIR": tmp_path / "x", "STATE_DIR": tmp_path / "state"}
    options = setting_options(settings)
    done = run(closed, "crawl", "sections", "-a", "sections=politics", *options)
    assert done.returncode == 0
    assert len(read(tmp_path / "x", "articles")) == 20


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_a_log_that_cannot_be_written_any_more_is_one_line(level: str, replica: Replica, tmp_path: Path) -> None:
    settings = {**FAST, "OUTLET_SITE": replica.url, "EXPORT_DIR": tmp_path / "x", "STATE_DIR": tmp_path / "state"}
    options = setting_options({**settings, "LOG_FILE": "/dev/full", "LOG_LEVEL": level})
    done = run("", "crawl", "sections", "-a", "sections=politics", *options)
    told = "scrapy crawl: /dev/full: the log cannot be written: No space left on device; the run goes on\n"
    assert (done.returncode, done.stderr) == (0, told)
    assert len(read(tmp_path / "x", "articles")) == 20


def test_a_crawl_runs_in_the_environment_of_cron(replica: Replica, tmp_path: Path) -> None:
    settings = {**FAST, "OUTLET_SITE": replica.url, "EXPORT_DIR": tmp_path / "x", "STATE_DIR": tmp_path / "state"}
    options = setting_options(settings)
    bare = ("env", "-i", "PATH=/usr/bin:/bin", "SHELL=/bin/sh", f"HOME={tmp_path}", f"PYTHONPATH={ROOT}")
    done = run("", "crawl", "sections", "-a", "sections=politics", *options, environment=bare)
    assert (done.returncode, "healthy: 20 records" in done.stderr) == (0, True), done.stderr


def test_a_cleaning_mixes_no_message_into_its_records(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(f"{json.dumps({'text': BODY})}\nno JSON\n", "utf-8")
    done = run("2>&-", "clean", str(tmp_path / "in.jsonl"), "--rejects", str(tmp_path / "rejects"))
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["text"] == BODY
    assert done.returncode == 1


def test_a_cleaning_without_a_place_for_its_records_is_told(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(f"{json.dumps({'text': BODY})}\n", "utf-8")
    done = run(">&-", "clean", str(tmp_path / "in.jsonl"), "--rejects", str(tmp_path / "rejects"))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "cannot write standard output" in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_what_a_terminal_cannot_show_is_printed_as_escapes(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(BODY, "utf-8")
    for command in (["sections", "-s", "STATE_DIR="], ["clean", "--diff", str(tmp_path / "page.txt")]):
        done = run("", *command, environment=("env", f"PYTHONIOENCODING={encoding}"))
        assert (done.returncode, done.stderr) == (0, "")


COMMANDS = (("--version",), ("sections", "--schema"), ("list",))


def start(*arguments: str, out: int, is_buffered: bool = True) -> subprocess.Popen[str]:
    buffered = {**os.environ, "PYTHONUNBUFFERED": "" if is_buffered else "1"}
    command = [sys.executable, "-m", "tibetnews", *arguments]
    return subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE, cwd=ROOT, env=buffered, text=True)


def test_a_command_on_the_ledger_does_not_take_standard_output_for_it(tmp_path: Path) -> None:
    Ledger(tmp_path).close()
    check = ("ledger", "check", "-s", f"STATE_DIR={tmp_path}", "-s", f"EXPORT_DIR={tmp_path}")
    with Path("/dev/full").open("w") as full, start(*check, out=full.fileno(), is_buffered=False) as process:
        _, said = process.communicate(timeout=60)
    told = "tibetnews ledger: aborted: standard output: [Errno 28] No space left on device\n"
    assert (process.returncode, said) == (74, told)
    reading, writing = os.pipe()
    os.close(reading)
    with start(*check, out=writing, is_buffered=False) as process:
        os.close(writing)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (141, "")


@pytest.mark.parametrize("is_buffered", [True, False])
@pytest.mark.parametrize("arguments", [*COMMANDS, ("crawl", "-h"), ("merge", "-h")])
def test_output_on_a_full_disk_is_one_line(arguments: tuple[str, ...], is_buffered: bool) -> None:
    with (
        Path("/dev/full").open("w") as full,
        start(*arguments, out=full.fileno(), is_buffered=is_buffered) as process,
    ):
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said.count("\n")) == (74, 1), said
    assert said.endswith("aborted: standard output: [Errno 28] No space left on device\n")


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    command = ["sh", "-c", 'rmdir "$PWD"; exec "$@"', "sh", sys.executable, "-m", "tibetnews", "sections"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path / "x", env=environment, capture_output=True, text=True, timeout=60)
    told = "tibetnews sections: aborted: the current folder is gone: [Errno 2] No such file or directory\n"
    assert (done.returncode, done.stderr) == (74, told)


@pytest.mark.parametrize(("arguments", "status"), [(("ledger",), 2), (("nothing",), 2)])
def test_messages_on_a_full_disk_change_no_status(arguments: tuple[str, ...], status: int) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "tibetnews", *arguments]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=full, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == status


@pytest.mark.parametrize("arguments", [*COMMANDS, ("sections", "-s", "STATE_DIR=")])
def test_a_reader_that_has_gone_ends_a_command_quietly(arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with start(*arguments, out=writing) as process:
        os.close(writing)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (141, "")


def interrupted(command: str, work: str) -> subprocess.CompletedProcess[str]:
    """A command whose work is something else."""
    code = (
        "import signal, sys\n"
        f"import tibetnews.commands.{command} as module\n"
        "from tibetnews.__main__ import main\n"
        f"def work(*_):\n{work}\n"
        "module.Command.work = work\n"
        f"sys.argv = ['tibetnews', {command!r}]\n"
        "main()\n"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("command", ["sections", "train"])
def test_a_command_that_is_interrupted_says_one_line(command: str, name: str) -> None:
    done = interrupted(command, f" signal.raise_signal(signal.{name})")
    assert (done.returncode, done.stderr) == (130, f"tibetnews {command}: interrupted\n")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_command_that_is_ended_twice_comes_to_its_end(name: str) -> None:
    again = "signal.raise_signal(signal.SIGTERM); signal.raise_signal(signal.SIGHUP); print('tidy')"
    done = interrupted("sections", f" try: signal.raise_signal(signal.{name})\n finally: {again}")
    assert (done.returncode, done.stdout) == (130, "tidy\n")


def test_a_command_under_nohup_outlives_its_terminal() -> None:
    hung_up = " signal.raise_signal(signal.SIGHUP)\n print('done')\n return 0"
    ignored = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        done = interrupted("sections", hung_up)
    finally:
        signal.signal(signal.SIGHUP, ignored)
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")


def test_a_program_that_is_interrupted_while_it_is_loaded_says_one_line() -> None:
    code = (
        "import signal, sys, types\n"
        "from tibetnews.__main__ import main\n"
        "finder = types.SimpleNamespace(find_spec=lambda *_: signal.raise_signal(signal.SIGINT))\n"
        "sys.meta_path.insert(0, finder)\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (130, "interrupted\n")


def test_a_table_without_a_place_is_left_out() -> None:
    done = run(">&-", "sections", "-s", "STATE_DIR=")
    assert (done.returncode, done.stderr) == (0, "")
