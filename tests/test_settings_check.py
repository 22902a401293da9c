"""Settings that cannot be used are told in one line, and no password is in it."""

from __future__ import annotations

import errno
import resource
import zlib
from pathlib import Path

import pytest
from scrapy.settings import Settings

from tibetnews.crawl_session import revisit_after
from tibetnews.errors import WrongUseError
from tibetnews.ledger.articles import DAY
from tibetnews.settings_check import check_settings
from tibetnews.text.repair.language_model import language_model


def settings(**chosen: object) -> Settings:
    made = Settings()
    made.setmodule("tibetnews.settings", "project")
    made.setdict(chosen, "cmdline")
    return made


def test_the_projects_own_are_good() -> None:
    check_settings(settings())
    check_settings(settings(DOWNLOAD_DELAY="0.5", COMMIT_ITEMS="7", REVISIT_AFTER_DAYS="", ROBOTSTXT_OBEY="0"))
    check_settings(settings(DOWNLOAD_DELAY="0", CLOSESPIDER_TIMEOUT="0", DEPTH_PRIORITY="-1", HEALTH_SILENT_DAYS="0"))
    check_settings(settings(DOWNLOAD_TIMEOUT="2.5", DNS_TIMEOUT="0.5", LOGSTATS_INTERVAL="0.1", DOWNLOAD_MAXSIZE=8e6))
    check_settings(settings(EXPORT_DIR="a:b/c", STATE_DIR="./s3://x"))
    check_settings(settings(SPLASH_USER="me", MY_OWN="1", DOWNLOAD_SLOTS="{}"))


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DOWNLOAD_DELAY", "soon", "it is a number"),
        ("DOWNLOAD_DELAY", "nan", "it is a number"),
        ("CRAWL_DELAY_MAX_SECONDS", "inf", "it is a number"),
        ("COMMIT_SECONDS", "", "it is a number"),
        ("HEALTH_SILENCE_FACTOR", "三", "it is a number"),
        ("COMMIT_ITEMS", "1.5", "it is a whole number"),
        ("LISTING_MAX_PAGES", "all", "it is a whole number"),
        ("ARCHIVE_MAX_BYTES", "8e6", "it is a whole number"),
        ("CIRCUIT_BREAKER_FAILURES", "2.5", "it is a whole number"),
        ("CONCURRENT_REQUESTS", "two", "it is a whole number"),
        ("ROBOTSTXT_OBEY", "perhaps", "it is 1 or 0"),
        ("REVISIT_AFTER_DAYS", "1,week", "numbers with commas"),
        ("DUPLICATES", "keep", "mark or drop"),
        ("LOG_LEVEL", "loud", "DEBUG, INFO"),
        ("LOG_FORMAT", "%(message", "no line can be written so"),
        ("LOG_FORMAT", "%(run)s", "no line can be written so"),
        ("LOG_FILE", "/dev/null/crawl.log", "cannot be written: Not a directory"),
        ("LOG_FILE", "/", "cannot be written: Is a directory"),
        ("EXPORT_DIR", "", "it is empty"),
        ("EXPORT_DIR", "s3://key:hunter2@bucket/news", "it is a folder of this machine"),
        ("EXPORT_DIR", "file:", "it is a folder of this machine"),
        ("STATE_DIR", "file:///var/lib/news", "it is a folder of this machine"),
        ("ARCHIVE_DIR", "ftp://a.example/warc", "it is a folder of this machine"),
        ("OUTLET_SITE", "http://[::1", "scheme and host"),
        ("OUTLET_SITE", "http://a.example:0", "scheme and host"),
        ("OUTLET_SITE", "http://user:hunter2@a.example", "scheme and host"),
        ("SPLASH_URL", "http://user:hunter2@a.example:8050", "leave user and password out"),
        ("SPLASH_URL", "user:hunter2@a.example", "an address such as"),
        ("FEED_EXPORT_ENCODING", "utf8000", "it is no encoding"),
        ("FEED_EXPORT_ENCODING", "gkb", "it is no encoding"),
        ("GIVE_UP_AFTER", "9", "is called CIRCUIT_BREAKER_FAILURES now"),
        ("DOWNLOAD_DELAY", "-1", "it is 0 or more"),
        ("CLOSESPIDER_TIMEOUT", "-5", "it is 0 or more"),
        ("REVISIT_AFTER_DAYS", "1,-7", "its numbers are 0 or more"),
        ("CONCURRENT_REQUESTS_PER_DOMAIN", "0", "it is more than 0"),
        ("COMMIT_SECONDS", "0", "it is more than 0"),
        ("REACTOR_THREADPOOL_MAXSIZE", "0", "it is more than 0"),
        ("HEALTH_MAX_FAILED_SHARE", "5", "from 0 to 1"),
        ("HEALTH_COMMAND_TIMEOUT_SECONDS", "1e300", "1,000,000,000 at most"),
        ("RENDER_TIMEOUT_SECONDS", "1000000001", "1,000,000,000 at most"),
        ("HEALTH_MIN_COVERAGE_SHARE", "50", "from 0 to 1"),
        ("OUTLET_STIE", "http://127.0.0.1:8000", "do you mean OUTLET_SITE?"),
        ("contact", "you@example.org", "do you mean CONTACT?"),
    ],
)
def test_what_cannot_be_used_is_one_line(name: str, value: str, says: str) -> None:
    with pytest.raises(WrongUseError) as error:
        check_settings(settings(**{name: value}))
    message = str(error.value)
    assert name in message
    assert says in message
    assert "hunter2" not in message
    assert "\n" not in message


def test_too_few_open_files_are_told_before_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (20, 4096))
    with pytest.raises(WrongUseError, match=r"only 20 files .* CONCURRENT_REQUESTS=2 needs 34"):
        check_settings(settings())


@pytest.mark.parametrize("before", [b"", b"2026-11-27 INFO healthy\n"])
def test_a_log_on_a_full_disk_is_told_and_a_good_one_left_as_it_is(before: bytes, tmp_path: Path) -> None:
    path = tmp_path / "crawl.log"
    path.write_bytes(before)
    check_settings(settings(LOG_FILE=str(path)))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before), hard))
    try:
        with pytest.raises(WrongUseError, match=r"LOG_FILE=.* it cannot be written: File too large"):
            check_settings(settings(LOG_FILE=str(path)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == before


def test_an_encoding_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="LOG_ENCODING=utf8000 is no encoding"):
        check_settings(settings(LOG_FILE=str(tmp_path / "log"), LOG_ENCODING="utf8000"))


@pytest.mark.parametrize("data", [b"\x89PNG\r\n", zlib.compress(b"no model"), None], ids=["picture", "packed", "none"])
def test_a_language_model_that_is_none(data: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if data is not None:
        (tmp_path / "own.lm").write_bytes(data)
    monkeypatch.setenv("TIBETNEWS_LANGUAGE_MODEL", str(tmp_path / "own.lm"))
    language_model.cache_clear()
    with pytest.raises(WrongUseError, match=r"own\.lm: (TIBETNEWS_LANGUAGE_MODEL names no|No such file)"):
        check_settings(settings())
    language_model.cache_clear()


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        ("jsonlines", r"its options are a table, such as \{'format': 'jsonlines'\}"),
        ({}, "write its format"),
        ({"format": ["csv"]}, "write its format"),
        ({"format": "csv", "encoding": "latin-99"}, "encoding latin-99: it is no encoding"),
        ({"format": "csv", "encoding": 8}, "encoding 8: it is no encoding"),
        ({"format": "csv", "item_filter": "no_module.Filter"}, "no_module.Filter: "),
        ({"format": "csv", "item_classes": ["tibetnews.items.Story"]}, "tibetnews.items.Story: .* 'Story'"),
        ({"format": "csv", "postprocessing": ["GzipPlugin"]}, "GzipPlugin: no class"),
    ],
)
def test_options_of_exports_that_cannot_be_used(options: object, wrong: str) -> None:
    with pytest.raises(WrongUseError, match=f"^FEEDS, ftp://host/x.csv: {wrong}"):
        check_settings(settings(FEEDS={"ftp://user:secret@host/x.csv": options}))


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("ITEM_PIPELINES", {"no_module.Pipeline": 300}, "no_module.Pipeline: "),
        ("EXTENSIONS", {"tibetnews.extensions.progress.Progres": 1}, "tibetnews.*: .* 'Progres'"),
        (
            "DOWNLOADER_MIDDLEWARES",
            {"scrapy.middleware.Any": "last"},
            ".*last is no number",
        ),
        ("FEED_EXPORTERS", {"table": "no_module.Exporter"}, "table: no_module.Exporter: "),
        ("FEED_STORAGES", {"": "no_module.Storage"}, "files: no_module.Storage: "),
        ("SCHEDULER", "no_module.Scheduler", "no_module.Scheduler: "),
        ("STATS_CLASS", "Stats", "Stats: no class"),
    ],
)
def test_classes_that_are_nowhere(name: str, value: object, wrong: str) -> None:
    with pytest.raises(WrongUseError, match=f"^{name}[:,] {wrong}"):
        check_settings(settings(**{name: value}))


def test_classes_of_the_user_are_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own_pipelines.py").write_text("raise RuntimeError", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    check_settings(settings(ITEM_PIPELINES={"own_pipelines.Own": 300, "nowhere.Switched": None}))


def test_phrases_that_cannot_be_used_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise OSError(errno.EINVAL, "it is not TOML", "phrases.toml")

    monkeypatch.setattr("tibetnews.text.boilerplate.phrases.phrases", broken)
    with pytest.raises(WrongUseError, match=r"phrases\.toml: it is not TOML"):
        check_settings(settings())


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WrongUseError, match="the folder cannot be made"):
        check_settings(settings(ARCHIVE_DIR=str(tmp_path / "file" / "archive")))


@pytest.mark.parametrize("written", ["7,1", "1,7"])
def test_days_may_be_written_in_any_order(written: str) -> None:
    assert revisit_after(settings(REVISIT_AFTER_DAYS=written)) == [DAY, 7 * DAY]
