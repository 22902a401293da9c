"""``tibetnews train`` makes a model of exports, and the repair uses the one that is named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = "高原上的牧民赶着牦牛走向夏季牧场。\n学校的孩子们在操场上唱歌。"


def _run(*args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *args], cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False
    )


def test_a_model_of_a_folder_of_exports_is_written_and_used(tmp_path: Path) -> None:
    (tmp_path / "day.jsonl").write_text(
        json.dumps({"text": TEXT}) + "\n" + json.dumps({"title": "x"}) + "\n[]\n", "utf-8"
    )
    (tmp_path / "torn.jsonl.gz").write_bytes(b"\x1f\x8b\x08")
    model = tmp_path / "own.lm"
    done = _run("-m", "scrapy", "train", str(tmp_path), "-O", str(model))
    assert done.returncode == 0
    bad = ["day.jsonl:3: the line is JSON, but not an object", "torn.jsonl.gz: cannot be read: Compressed file ended"]
    bad.append("train: 30 characters in these texts, of 1,000,000 that a model needs: the one that is shipped repairs")
    assert [message in line for message, line in zip(bad, done.stderr.splitlines(), strict=True)] == [True] * 3
    code = "from tibetnews.text.repair.language_model import language_model\n"
    code += "symbols = language_model().symbols\nprint('牦' in symbols, len(symbols))"
    used = _run("-c", code, TIBETNEWS_LANGUAGE_MODEL=str(model))
    known, number = used.stdout.split()
    assert known == "True"
    assert int(number) < 50


@pytest.mark.parametrize(("length", "is_short"), [(999_999, True), (1_000_000, False)])
def test_a_short_corpus_is_told(length: int, is_short: bool, tmp_path: Path) -> None:
    (tmp_path / "day.jsonl").write_text(json.dumps({"text": "雪" * length}) + "\n", "utf-8")
    done = _run("-m", "tibetnews", "train", str(tmp_path), "-O", str(tmp_path / "own.lm"))
    assert (done.returncode, "999,999 characters in these texts" in done.stderr) == (0, is_short)
    assert is_short or not done.stderr


def test_what_is_no_file_is_left_out_and_a_failure_leaves_the_old_model(tmp_path: Path) -> None:
    (tmp_path / "day.jsonl").write_text(json.dumps({"text": TEXT}) + "\n", "utf-8")
    os.mkfifo(tmp_path / "pipe.jsonl")
    model = tmp_path / "own.lm"
    done = _run("-m", "scrapy", "train", str(tmp_path), "-O", str(model))
    assert (done.returncode, done.stderr.count("is no file but a device, a pipe or a socket; it is left out")) == (0, 1)
    whole = model.read_bytes()
    code = f"ulimit -f 0; exec {sys.executable} -m scrapy train {tmp_path} -O {model}"
    full = subprocess.run(["bash", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (full.returncode, model.read_bytes()) == (74, whole), full.stderr


def test_a_folder_without_exports_is_refused(tmp_path: Path) -> None:
    done = _run("-m", "scrapy", "train", str(tmp_path))
    assert done.returncode == 2
    assert "holds no export" in done.stderr + done.stdout


def test_an_export_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "雪下得正好。"}\n', "utf-8")
    done = _run("-m", "scrapy", "train", str(tmp_path), "-O", str(tmp_path / "a.jsonl"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert (tmp_path / "a.jsonl").read_text("utf-8") == '{"text": "雪下得正好。"}\n'
