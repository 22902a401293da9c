"""``tibetnews clean`` as a user meets it: arguments, streams, exit status."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest
from scrapy.settings import Settings

from replica.crawling import ROOT
from tests.support.corpora import SAMPLE, STORY, corpus, line
from tests.support.terminal import on_a_terminal
from tibetnews.commands.clean import Command
from tibetnews.errors import WrongUseError
from tibetnews.outlet import sections
from tibetnews.text import clean


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "scrapy", "clean", *map(str, arguments)]


ENVIRONMENT = {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), "SCRAPY_SETTINGS_MODULE": "tibetnews.settings"}


def run(*arguments: object, data: bytes = b"", cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **ENVIRONMENT}
    return subprocess.run(command(*arguments), input=data, capture_output=True, timeout=120, cwd=cwd, env=environment)


def records(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


def test_parallel_equals_serial_in_order_with_bad_lines_set_aside(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl.gz"
    bad = {31: b"not json\n", 77: b'{"number": 77}\n', 120: b'{"text": "\xff"}\n'}
    file.write_bytes(gzip.compress(b"".join(bad.get(number, text) for number, text in enumerate(corpus(400)))))
    outputs = []
    for jobs in (1, 2):
        out = tmp_path / f"out{jobs}.jsonl"
        done = run(file, "-O", out, "--jobs", jobs)
        assert done.returncode == 1
        assert done.stdout == b""
        assert done.stderr.decode().splitlines()[:-1] == [
            f"scrapy clean: {file}:32: not JSON: Expecting value at character 1",
            f"scrapy clean: {file}:78: there is no 'text'; --field NAME names the field of the text",
            f"scrapy clean: {file}:121: not UTF-8: byte FF at 11",
        ]
        outputs.append((out.read_bytes(), out.with_name(f"out{jobs}.rejects.jsonl").read_bytes()))
    assert outputs[0] == outputs[1]
    cleaned, rejects = map(records, outputs[0])
    assert [record["number"] for record in cleaned] == [n for n in range(400) if n not in bad]
    assert cleaned[0]["text"] == clean(SAMPLE).text
    assert [(reject["line"], reject["reason"]) for reject in rejects] == [
        (32, "json"),
        (78, "field"),
        (121, "encoding"),
    ]
    assert rejects[0]["raw"] == "not json"
    assert rejects[2]["raw"].encode("utf-8", "surrogateescape") == b'{"text": "\xff"}'
    assert len(list(tmp_path.iterdir())) == 5


def test_a_cleaning_into_a_file_ends_with_a_summary_and_its_bar_names_its_times(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(line(1, STORY) + b"not json\n" + line(2, STORY))
    done = run("in.jsonl", "-O", "out.jsonl", cwd=tmp_path)
    summary = done.stderr.decode().splitlines()[-1]
    told = "scrapy clean: 2 records cleaned, 1 rejected to out.rejects.jsonl in 0:00:"
    assert (done.returncode, summary.startswith(told), summary.endswith("; see out.jsonl")) == (1, True, True)
    again = command("in.jsonl", "-O", "out.jsonl", "--fresh")
    got = on_a_terminal(again, columns=80, folder=tmp_path, environment=ENVIRONMENT)
    assert re.search(r"0:00:\d\d so far, [-\d:]+ left", re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", got))


def test_folders_and_standard_input_become_one_stream(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(SAMPLE, "utf-8")
    (tmp_path / "in" / "b.jsonl").write_bytes(line(1, STORY))
    done = run(tmp_path / "in", "-", data=line(2, f"{STORY}\n\n（责编：李雨潼）"), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    page, first, second = records(done.stdout)
    assert page["text"] == clean(SAMPLE).text
    assert page["url"] == (tmp_path / "in" / "a.txt").as_uri()
    assert first == {"number": 1, "text": STORY, "removed": [], "repairs": None}
    assert (second["number"], second["text"]) == (2, STORY)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_standard_input_can_be_a_page(jobs: int) -> None:
    (page,) = records(run("-", "--format", "text", "--jobs", jobs, data=SAMPLE.encode()).stdout)
    assert (page["text"], page["editor"], page["url"]) == (clean(SAMPLE).text, "李雨潼", "stdin:")


def test_without_an_output_rejects_lie_in_the_working_folder(tmp_path: Path) -> None:
    done = run("-", "--jobs", 1, data=b"bad\n" + line(1, STORY), cwd=tmp_path)
    assert done.returncode == 1
    assert len(records(done.stdout)) == 1
    assert [reject["file"] for reject in records((tmp_path / "clean.rejects.jsonl").read_bytes())] == ["-"]
    assert run("-", "--jobs", 1, data=line(1, STORY), cwd=tmp_path).returncode == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a file, a folder, or - for standard input"),
        (["{}/missing.jsonl"], "{}/missing.jsonl does not exist"),
        (
            ["https://host.example/a.htm"],
            "https://host.example/a.htm is an address; `scrapy crawl articles -a urls=…` reads the outlet's pages",
        ),
        (["{}/a.jsonl", "--speed=9"], "unknown option --speed=9; `scrapy clean -h` lists them"),
        (["{}/a.jsonl", "-x"], "unknown option -x; `scrapy clean -h` lists them"),
        ([""], "'' does not exist"),
        (["{}/a.jsonl", "--jobs=0"], "--jobs 0: not a number from 1 to 4,096"),
        (["{}/a.jsonl", "--jobs=400000"], "--jobs 400000: not a number from 1 to 4,096"),
        (["{}/a.jsonl", "--max-bytes=1MB"], "--max-bytes 1MB: not a number from 1 to 1,099,511,627,776"),
        (
            ["{}/a.jsonl", f"--max-bytes={'9' * 20}"],
            f"--max-bytes {'9' * 20}: not a number from 1 to 1,099,511,627,776",
        ),
        (["{}/a.jsonl", "-O", "{}/none/out.jsonl"], "cannot write {}/none/out.jsonl: its folder does not exist"),
        (
            ["{}/a.jsonl", "-O", "{}/out.jsonl", "--rejects", "{}/none/bad.jsonl"],
            "cannot write {}/none/bad.jsonl: its folder does not exist",
        ),
        (["{}/a.jsonl", "-O", "{}"], "cannot write {}: Is a directory"),
        (["{}", "-O", "{}/a.jsonl"], "{}/a.jsonl is an input and would be overwritten; give the output another name"),
        (["{}/a.jsonl", "-O", "{}/b.gz"], "-O {}/b.gz: the output is not compressed; name it without .gz"),
        *(
            (
                ["{}/a.jsonl", "-O", f"{{}}/b{output}", "--rejects", f"{{}}/b{rejects}"],
                f"{{}}/b{output} cannot hold both the output and the rejected entries",
            )
            for output, rejects in [("", ""), ("", ".part"), (".part", ""), ("", ".part.json")]
        ),
        (["{}/a.jsonl", "--field=removed"], "--field removed: that name is reserved for what cleaning adds"),
        (["{}/a.jsonl", "--diff", "-O", "{}/b.jsonl"], "--diff writes no file; leave out -O and --rejects"),
    ],
)
def test_wrong_use_is_told_in_one_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(line(1, STORY))
    done = run(*(argument.format(tmp_path) for argument in arguments))
    assert (done.returncode, done.stdout.decode()) == (2, "")
    assert done.stderr.decode() == f"scrapy clean: {said.format(tmp_path)}\n"
    assert [file.name for file in tmp_path.iterdir()] == ["a.jsonl"]
    assert (tmp_path / "a.jsonl").read_bytes() == line(1, STORY)


def test_a_section_table_that_cannot_be_used_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sections, "FILE", tmp_path / "sections.toml")
    sections.section_table.cache_clear()
    (tmp_path / "a.jsonl").write_bytes(line(1, STORY))
    options = argparse.ArgumentParser()
    clean_command = Command()
    clean_command.settings = Settings()
    clean_command.add_options(options)
    try:
        with pytest.raises(WrongUseError, match="No such file"):
            clean_command.work([str(tmp_path / "a.jsonl")], options.parse_args([]))
    finally:
        sections.section_table.cache_clear()


def started(*arguments: object) -> subprocess.Popen[bytes]:
    """A run of its own process group, as at a terminal, that has begun to work: it has reported a bad line."""
    process = subprocess.Popen(
        command("-", *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        process_group=0,
    )
    assert process.stdin
    assert process.stderr
    process.stdin.write(b"bad\n" + b"".join(corpus(2000)))
    process.stdin.flush()
    assert b"-:1: not JSON" in process.stderr.readline()
    return process


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupted_run_leaves_nothing_and_says_one_line(tmp_path: Path, jobs: int) -> None:
    process = started("-O", tmp_path / "out.jsonl", "--jobs", jobs)
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".jsonl"] == []
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == b"scrapy clean: interrupted; nothing was written\n"
    assert list(tmp_path.iterdir()) == []


def test_a_killed_run_leaves_no_process_and_no_output(tmp_path: Path) -> None:
    process = started("-O", tmp_path / "out.jsonl", "--jobs", 2)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)  # ends once no process holds the streams any more
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out.jsonl.part", "out.rejects.jsonl.part"]


def test_the_second_run_on_one_output_is_turned_away(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(line(1, STORY))
    out = tmp_path / "out.jsonl"
    first = started("-O", out)
    others = [("clean", tmp_path / "a.jsonl"), ("clean", "-"), ("merge", tmp_path / "a.jsonl")]
    for name, source in others:
        command = [sys.executable, "-m", "scrapy", name, str(source), "-O", str(out)]
        done = subprocess.run(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
        )
        assert (done.returncode, done.stderr) == (75, f"scrapy {name}: another run writes {out}.part\n")
    first.communicate(timeout=60)
    assert first.returncode == 1  # for the bad line
    assert out.exists()


@pytest.mark.parametrize("end", [".part", ".part.json"])
def test_what_a_run_writes_meanwhile_is_no_input(end: str, tmp_path: Path) -> None:
    source = tmp_path / f"out.jsonl{end}"
    source.write_bytes(line(1, STORY))
    done = run(source, "--format=jsonl", "-O", tmp_path / "out.jsonl")
    assert done.returncode == 2
    assert (
        done.stderr.decode()
        == f"scrapy clean: {source} is an input and would be overwritten; give the output another name\n"
    )
    assert source.read_bytes() == line(1, STORY)


def test_links_in_a_circle_are_a_line(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_bytes(line(1, STORY))
    for name in ("b.txt", "c.jsonl", "d"):
        (tmp_path / "in" / name).symlink_to(name)
    (tmp_path / "in" / "e").symlink_to(tmp_path / "in")
    done = run(tmp_path / "in", "-O", tmp_path / "out.jsonl")
    assert b"Traceback" not in done.stderr
    assert len(records((tmp_path / "out.jsonl").read_bytes())) == 1
    assert done.returncode == 1
    assert run(tmp_path / "in" / "a.jsonl", "-O", tmp_path / "in" / "b.txt").returncode == 0


def test_a_reader_that_stops_ends_the_run_quietly(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b"".join(corpus(3000)))
    call = command(tmp_path / "in.jsonl", "--jobs", 2)
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        assert process.stderr
        assert b'"number": 0' in process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize("option", ["--jobs=1", "--diff"])
def test_a_reader_that_is_gone_before_the_first_line_is_no_error(option: str) -> None:
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command("-", option), stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT, env=buffered
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write(line(1, f"{STORY}\n\n（责编：李雨潼）"))
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_a_full_disk_ends_the_run_with_one_line(tmp_path: Path) -> None:
    done = run("-", "-O", "/dev/full", "--jobs", 1, data=line(1, STORY), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (74, b"")
    assert done.stderr == b"scrapy clean: aborted: [Errno 28] No space left on device: '/dev/full'\n"


def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    """50 MB in lines of which one has 20 MB: no process may ever hold much of it."""
    limit = 160 * 1024 * 1024
    call = [sys.executable, "-c", MEASURED, *command("-", "-O", tmp_path / "out.jsonl", "--jobs", 2)]
    with subprocess.Popen(
        call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        feed(process.stdin)
        said = process.stderr.read().decode()
        largest = int(process.stdout.read()) * 1024
    assert process.returncode == 1
    assert said.startswith("scrapy clean: -:2: the line has 20,000,000 bytes, more than 8,388,608\n")
    assert (tmp_path / "out.jsonl").stat().st_size > 25_000_000
    assert largest < limit


# A process begins with the size of the one that starts it, and that of the tests is large: a small one stands between.
MEASURED = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(status)
"""


def feed(stream: IO[bytes]) -> None:
    some = line(0, f"{STORY * 1000}")
    stream.write(some)
    for _ in range(20):
        stream.write(b"x" * 1_000_000)
    stream.write(b"\n")
    for _ in range(30_000_000 // len(some)):
        stream.write(some)
    stream.close()


def test_diff_shows_what_and_why_without_control_codes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SAMPLE.replace("視頻", "\x1b[31m").replace("视频", "\x1b[31m"), "utf-8")
    (tmp_path / "b.jsonl").write_bytes(line(1, STORY) + b"bad\n" + line(2, f"{STORY}\n\n（责编：\x9b李雨潼）"))
    done = run("--diff", tmp_path)
    assert done.returncode == 1
    shown = done.stdout.decode()
    assert "repaired: readings 181, byte breaks 1, unresolved 0; traditional turned to simplified" in shown
    assert "之路{?!}北{本┦锌茖W(xué)}技" in shown
    assert "removed: copyright  版<權>[-(quán)-]" in shown
    assert f"{tmp_path}/b.jsonl:3" in shown
    assert shown.endswith("2 changed, 1 as they were\n")
    assert done.stderr.decode() == f"scrapy clean: {tmp_path}/b.jsonl:2: not JSON: Expecting value at character 1\n"
    assert not [c for c in shown if not c.isprintable() and c != "\n"]


def at_a_terminal(*arguments: object) -> bytes:
    """What a run writes to a terminal, output and errors alike."""
    pid, terminal = pty.fork()
    if not pid:
        os.chdir(ROOT)
        os.execvpe(sys.executable, command(*arguments), {**os.environ, "TERM": "xterm-256color", "PYTHONUTF8": "1"})
    shown = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        shown += part
    os.waitpid(pid, 0)
    os.close(terminal)
    return shown


def test_a_terminal_gets_colours_and_a_bar_and_no_codes_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SAMPLE.replace("视频", "\x1b]0;owned\x07"), "utf-8")
    (tmp_path / "b.jsonl").write_bytes(b"bad\n")
    shown = at_a_terminal("--diff", tmp_path)
    assert b"\x1b[" in shown
    assert b"\x1b]" not in shown
    assert "�]0;owned�".encode() in shown
    bar = at_a_terminal(tmp_path, "-O", tmp_path / "out.jsonl", "--jobs", 1)
    assert "━".encode() in bar
    assert b"1 rejected" in bar
    assert (tmp_path / "out.jsonl").exists()


def test_text_on_standard_input_is_refused_with_the_option_that_reads_it(tmp_path: Path) -> None:
    done = run("-", "--rejects", tmp_path / "rejects", data="技術(shù)\n".encode())
    assert done.returncode == 1
    assert b"--format text" in done.stderr
    assert b"--format" not in run("-", data=line(1, STORY)).stderr
