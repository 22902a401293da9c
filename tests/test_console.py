"""Messages begin with the name of the program that was called."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tibetnews.console import program_name


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ("/usr/bin/scrapy", "scrapy"),
        ("/lib/scrapy/__main__.py", "scrapy"),
        ("/home/scrapy/tibetnews", "tibetnews"),
        ("/lib/tibetnews/__main__.py", "tibetnews"),
        ("-c", "tibetnews"),
    ],
)
def test_a_script_names_its_program(script: str, name: str) -> None:
    assert program_name(script) == name


@pytest.mark.parametrize("program", ["scrapy", "tibetnews"])
def test_messages_begin_with_the_program_that_was_called(program: str) -> None:
    command = [sys.executable, "-m", program, "sections", "cn"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == f"{program} sections: unknown argument cn; it takes --schema or --discover\n"
