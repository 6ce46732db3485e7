"""What is installed: the command, everything the program reads at work, and what a desktop knows it by."""

import configparser
import tomllib
import xml.etree.ElementTree as ElementTree
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path

import pytest

from playground.files.names import SUFFIX

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SETUP = PROJECT["tool"]["setuptools"]
DESKTOP = ROOT / "resources" / "desktop"


def test_the_installed_command_is_there():
    room, name = PROJECT["project"]["scripts"]["neural-playground"].split(":")
    assert callable(getattr(import_module(room), name))


def test_every_folder_with_something_in_it_is_installed():
    found = SETUP["packages"]["find"]
    files = [
        path
        for top in ("playground", "widgets", "resources")
        for path in (ROOT / top).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    folders = {".".join(path.parent.relative_to(ROOT).parts) for path in files}
    missed = {
        folder
        for folder in folders
        if not any(fnmatch(folder, pattern) for pattern in found["include"])
        or any(fnmatch(folder, pattern) for pattern in found["exclude"])
    }
    assert missed == {"resources.screenshots"}, "which only the README shows"
    assert SETUP["package-data"] == {"*": ["*"]}


@pytest.mark.parametrize("path", [path for paths in SETUP["data-files"].values() for path in paths])
def test_what_a_desktop_is_told_is_there(path):
    assert (ROOT / path).is_file()


def test_a_desktop_opens_experiments_and_links_by_the_command():
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(DESKTOP / "neural-playground.desktop", "utf-8")
    about = entry["Desktop Entry"]
    assert about["Exec"].split() == ["neural-playground", "%u"]
    assert (DESKTOP / f"{about['Icon']}.svg").is_file()
    names = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    kind = ElementTree.parse(DESKTOP / "neural-playground.xml").find("m:mime-type", names)
    assert kind.get("type") in about["MimeType"].split(";")
    assert [glob.get("pattern") for glob in kind.findall("m:glob", names)] == [f"*{SUFFIX}"]
