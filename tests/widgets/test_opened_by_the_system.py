"""The system opens files and links with the program: macOS by events, Windows by its registry; both faked."""

import importlib.util
import plistlib
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QUrl
from PySide6.QtWidgets import QDialog

from playground.experiment import Experiment
from playground.files import share_link
from widgets import opens_here, opens_here_menu
from widgets.main_window import MainWindow
from widgets.opens_here import OpensHere, command
from widgets.preferences import Preferences
from widgets.system_opens import SystemOpens

ROOT = Path(__file__).parents[2]
TWO = Experiment().with_(notes="Two")


@pytest.fixture
def window(qtbot, tmp_path):
    window = MainWindow(Preferences.unkept(), recovery_folder=tmp_path / "recovery")
    window.show()
    yield window
    window.give_up()
    window.deleteLater()


@pytest.fixture
def opens(window):
    return SystemOpens(window)


@pytest.fixture
def store(tmp_path):
    return QSettings(str(tmp_path / "registry.ini"), QSettings.Format.IniFormat)


# --- macOS ---


def test_a_link_of_ours_comes_through_an_address_unchanged_and_as_it_was_before_it_did_not():
    link = share_link.link(Experiment())
    assert QUrl(link).toString() == link
    assert not QUrl(link.replace(":///", "://")).isValid()


def test_a_link_is_opened(qtbot, window, opens):
    opens.take(QUrl(share_link.link(TWO)))
    qtbot.waitUntil(lambda: window.workspace.document.experiment == TWO)


def test_a_link_that_came_to_nothing_on_the_way_is_told(qtbot, window, opens):
    opens.take(QUrl(share_link.link(TWO).replace(":///", "://")))
    qtbot.waitUntil(lambda: window.workspace.notice.text.startswith("This link is damaged"))


def test_files_that_come_together_are_taken_together_and_after_a_question_that_is_open(
    qtbot, window, opens, tmp_path
):
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.show()
    for name in ("a.nnplay", "b.nnplay"):
        opens.take(QUrl.fromLocalFile(str(tmp_path / name)))
    qtbot.wait(250)
    assert not window.workspace.notice.text
    dialog.close()
    words = "One experiment is open at a time; these are 2 files."
    qtbot.waitUntil(lambda: window.workspace.notice.text == words)


def test_the_application_tells_what_it_is_asked_to_open():
    code = (
        "from PySide6.QtCore import QCoreApplication, QUrl\n"
        "from PySide6.QtGui import QFileOpenEvent\n"
        "from widgets.system_opens import Application\n"
        "app = Application([])\n"
        "app.open_asked.connect(lambda url: print(url.toString()))\n"
        "QCoreApplication.sendEvent(app, QFileOpenEvent(QUrl('nnplay:///AbC')))\n"
        "QCoreApplication.sendEvent(app, QFileOpenEvent('/tmp/a b.nnplay'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, encoding="utf-8", check=True
    )
    assert done.stdout.split("\n")[:2] == ["nnplay:///AbC", "file:///tmp/a b.nnplay"]


def test_the_bundle_says_what_it_opens(tmp_path):
    path = ROOT / ".ci" / "bundling" / "properties.py"
    spec = importlib.util.spec_from_file_location("properties", path)
    properties = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(properties)
    plist = tmp_path / "Info.plist"
    plist.write_bytes(plistlib.dumps({"CFBundleName": "neural-playground"}))
    properties.tell(plist)
    found = plistlib.loads(plist.read_bytes())
    assert found["CFBundleName"] == "neural-playground"
    assert found["CFBundleURLTypes"][0]["CFBundleURLSchemes"] == ["nnplay"]
    (kind,) = found["UTExportedTypeDeclarations"]
    assert kind["UTTypeTagSpecification"] == {"public.filename-extension": ["nnplay"]}
    assert found["CFBundleDocumentTypes"][0]["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]


# --- Windows ---


def test_files_and_links_are_written_for_this_person_and_taken_back(store):
    here = OpensHere(store)
    assert not here.on
    assert here.set_on(True)
    assert OpensHere(store).on
    assert store.contains("nnplay/URL Protocol")
    assert store.value("nnplay/shell/open/command/Default").endswith(' "%1"')
    assert here.set_on(False)
    assert store.allKeys() == []


def test_what_another_program_was_given_meanwhile_stays_its_own(store):
    here = OpensHere(store)
    here.set_on(True)
    store.setValue(".nnplay/Default", "Other.Program")
    assert not here.on
    here.set_on(False)
    assert store.allKeys() == [".nnplay/Default"]


def test_a_program_that_moved_is_not_the_one_that_opens(store, monkeypatch):
    here = OpensHere(store)
    here.set_on(True)
    monkeypatch.setattr(opens_here.sys, "executable", "C:\\Elsewhere\\python.exe")
    assert not here.on


def test_what_is_started_stands_in_quotation_marks_where_its_name_has_blanks(tmp_path, monkeypatch):
    program = tmp_path / "Program Files" / "neural-playground.exe"
    monkeypatch.setattr(opens_here.sys, "executable", str(program))
    monkeypatch.setattr(opens_here.sys, "frozen", True, raising=False)
    assert command() == f'"{program}" "%1"'
    monkeypatch.setattr(opens_here.sys, "frozen", False)
    monkeypatch.setattr(opens_here, "MAIN", tmp_path / "gone.py")
    assert command() == f'"{program}" -m widgets "%1"'


def test_the_menu_offers_it_on_windows_alone(qtbot, tmp_path, store, monkeypatch):
    monkeypatch.setattr("widgets.actions.has_registry", lambda: True)
    monkeypatch.setattr(opens_here_menu, "OpensHere", lambda: OpensHere(store))
    window = MainWindow(Preferences.unkept(), recovery_folder=tmp_path / "recovery")
    try:
        action = window.actions_["opens_here"]
        assert not action.isChecked()
        action.trigger()
        assert OpensHere(store).on
        action.trigger()
        assert store.allKeys() == []
        monkeypatch.setattr(OpensHere, "set_on", lambda self, on: False)
        action.trigger()
        assert not action.isChecked()
        assert window.workspace.notice.text == "Windows did not let this be written."
    finally:
        window.give_up()
        window.deleteLater()


def test_no_other_system_offers_it(window):
    assert ("opens_here" in window.actions_) is (sys.platform == "win32")
