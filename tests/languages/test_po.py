"""Catalogue files are read as gettext writes them, and written as gettext reads them."""

import shutil
import subprocess

import pytest

from playground.languages.catalogue import FOLDER, Catalogue, best_of, languages
from playground.languages.po import PoEntry, header_of, read_entries, write_entries
from playground.languages.spoken import of_environment

WRITTEN_BY_GETTEXT = r"""# A comment.
msgid ""
msgstr ""
"Language: xx\n"
"X-Language-Name: Xish\n"

#: a.place another
#, python-brace-format
msgid ""
"One \"line\"\n"
"and {more}"
msgstr "Eine\t\\Zeile"
msgctxt "Graph"
msgid "edge"
msgstr "Kante"

#~ msgid "gone"
#~ msgstr "weg"
"""


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "xx.po"
    path.write_text(WRITTEN_BY_GETTEXT, encoding="utf-8")
    return path


def test_what_gettext_writes_is_read(written):
    _, *entries = read_entries(written)
    assert entries == [
        PoEntry('One "line"\nand {more}', "Eine\t\\Zeile", places=("a.place", "another")),
        PoEntry("edge", "Kante", "Graph"),
    ]
    assert header_of(written) == {"Language": "xx", "X-Language-Name": "Xish"}


def test_what_is_written_is_read_again(written, tmp_path):
    _, *entries = read_entries(written)
    again = tmp_path / "again.po"
    write_entries(again, header_of(written), entries)
    assert list(read_entries(again))[1:] == entries
    assert header_of(again) == header_of(written)


def test_a_line_of_no_entry_is_told_by_its_number(tmp_path):
    path = tmp_path / "xx.po"
    path.write_text('msgid "a"\nmsgstr b\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        list(read_entries(path))


def test_a_context_comes_before_what_holds_anywhere(tmp_path):
    path = tmp_path / "xx.po"
    entries = [PoEntry("edge", "Kante"), PoEntry("edge", "Rand", "Picture"), PoEntry("new", "")]
    write_entries(path, {"Language": "xx"}, entries)
    known = Catalogue(path)
    assert known.translation("edge", "Graph") == "Kante"
    assert known.translation("edge", "some.key", "Picture") == "Rand"
    assert known.translation("new") == known.translation("unheard of") == ""


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not here")
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.po")), ids=lambda path: path.stem)
def test_gettext_reads_every_catalogue(path):
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", path], check=True)


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["zh_CN.UTF-8"], "zh_CN"),
        (["zh-Hans-CN", "en-US"], "zh_CN"),
        (["zh"], "zh_CN"),
        (["zh_SG.UTF-8"], "zh_CN"),
        (["zh-Hant-TW", "en"], "en"),
        (["zh_TW.UTF-8"], "en"),
        (["de_DE.UTF-8", "zh_CN"], "zh_CN"),
        (["en_GB", "zh_CN"], "en"),
        (["de_DE"], "en"),
        ([], "en"),
    ],
)
def test_the_language_that_serves_a_person_best(wanted, language):
    assert best_of(wanted) == language


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:zh_CN:en"}, "zh_CN"),
        ({"LANG": "C", "LANGUAGE": "zh_CN"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh_CN"),
    ],
)
def test_the_language_of_a_terminal(variables, language):
    assert of_environment(variables) == language


def test_each_language_calls_itself_by_its_own_name():
    assert languages() == {"en": "English", "zh_CN": "简体中文"}
