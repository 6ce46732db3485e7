"""A file is known again by what it holds, whatever its date says."""

import os
from datetime import UTC, datetime

import pytest

from playground.files.fingerprint import NO_FILE, Found, fingerprint, look
from playground.files.problem import FileProblem


def test_the_same_content_is_the_same_file_whenever_it_was_written(tmp_path):
    for seconds in (0, 10_000):
        (tmp_path / "a").write_bytes(b"content")
        os.utime(tmp_path / "a", (seconds, seconds))
        assert look(tmp_path / "a") == Found(fingerprint(b"content"), datetime.fromtimestamp(seconds, UTC))


def test_other_content_is_another_file_though_its_date_is_the_same(tmp_path):
    found = []
    for content in (b"content", b"Content"):
        (tmp_path / "a").write_bytes(content)
        os.utime(tmp_path / "a", (0, 0))
        found.append(look(tmp_path / "a"))
    assert found[0].fingerprint != found[1].fingerprint
    assert found[0].time == found[1].time


@pytest.mark.parametrize("name", ["gone", "gone/too"])
def test_a_file_that_is_gone_is_none(tmp_path, name):
    assert look(tmp_path / name) == Found(NO_FILE)


def test_what_cannot_be_read_is_said(tmp_path):
    with pytest.raises(FileProblem, match="it is a folder"):
        look(tmp_path)
