"""What the window loads before it is seen, and what waits until a person wants it.

No clock is asked: a module that is not loaded takes no time.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

WINDOW = """
import builtins, json, linecache, sys
from pathlib import Path
from widgets import program
early = list(sys.modules)
app = program.load_app()
usual = builtins.__import__ is builtins.__orig_import__
from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject
from widgets.main_window import MainWindow
from widgets.preferences import Preferences

class Painted(QObject):
    yet = False
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.yet:
            self.yet, self.modules = True, list(sys.modules)
        return False

application, painted = app.application(), Painted()
window = MainWindow(Preferences.unkept(), recovery_folder=Path(sys.argv[1]))
window.design.canvas.installEventFilter(painted)
window.show()
while not painted.yet:
    application.processEvents()
seen = list(sys.modules)
from playground.engine.portable.sequences import RecurrentOp
written = "__init__" in vars(RecurrentOp)
kinds = list(vars(QtWidgets))
while window.design.plots is None:
    application.processEvents()
from playground.data import Dataset
checked = [member.__module__ for member in Dataset.members() if member.__pydantic_complete__]
later = [seen, list(sys.modules), checked, early, list(linecache.cache)]
window.welcome.show()
page = window.welcome.page
page.labs.installEventFilter(painted)
painted.yet = False
while not painted.yet:
    application.processEvents()
later += [painted.modules, {"usual": usual, "written": written, "kinds": kinds}]
while not page.labs.links:
    application.processEvents()
print(json.dumps(later), flush=True)
window.give_up()
"""

LIBRARIES = (
    "PIL",
    "email",
    "importlib.metadata",
    "matplotlib",
    "networkx",
    "numpy.ma",
    "openpyxl",
    "pandas",
    "polars",
    "pyqtgraph",
    "scipy",
    "sklearn",
)
"""Large ones, each for something that a person may never do."""

ROOMS = (
    "playground.cli.arguments",
    "playground.cli.commands",
    "playground.data.formulas.reading",
    "playground.data.tables.reading",
    "playground.files.laboratory_file",
    "playground.files.tf_playground",
    "playground.animation",
    "playground.diagrams",
    "playground.labs",
    "playground.lessons",
    "widgets.canvas.accessible",
    "widgets.dialogs.lookup",
    "widgets.dialogs.pictures",
    "widgets.dialogs.questions",
    "widgets.dialogs.tables",
    "widgets.pages.data.page",
    "widgets.pages.labs.page",
    "widgets.pages.runs.page",
    "widgets.panels.augmentation",
    "widgets.forms.paragraphs_control",
    "widgets.learning",
    "widgets.panels.explain.page",
    "widgets.panels.lesson",
    "widgets.panels.space_bar",
    "widgets.figures.dialog",
    "widgets.figures.files",
    "widgets.film",
    "widgets.plots.fitted_curve",
    "widgets.plots.graph",
    "widgets.plots.painting.bar",
    "widgets.plots.painting.surface",
    "widgets.plots.pictures",
    "widgets.plots.sample_view",
    "widgets.plots.sequence_painter",
    "widgets.plots.spread",
    "widgets.saving",
    "widgets.sequence_picture",
    "widgets.start_page",
)
"""Ours: pages, dialogs, folded sections, and views of samples that are no points of a plane."""


WITH_SETTINGS = (
    "playground.data.augmentation.points",
    "playground.data.datasets.iris",
    "playground.data.datasets.recipes.curves",
    "playground.engine.optimizers.sign",
    "playground.engine.schedules.cosine",
    "widgets.forms",
    "widgets.panels.data",
    "widgets.panels.inspector",
)
"""Settings and what can be chosen there: it comes right behind network and output."""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The modules when the window has been painted, those when the first result is shown, and where
    the datasets are that can be validated then."""
    folder = tmp_path_factory.mktemp("recovery")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", WINDOW, str(folder)]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(ended.stdout)


@pytest.fixture(scope="module")
def loaded(told):
    return list(map(set, told[:6]))


@pytest.fixture(scope="module")
def loaded_in_order(told):
    return told[0]


def of(names, package):
    return {name for name in names if name == package or name.startswith(package + ".")}


@pytest.mark.parametrize("library", LIBRARIES)
def test_no_large_library_is_loaded_before_the_window_is_seen(loaded, library):
    painted, *_ = loaded
    assert not of(painted, library)


@pytest.mark.parametrize("library", sorted({*LIBRARIES} - {"pyqtgraph"}))
def test_the_first_result_needs_none_but_that_of_the_plots(loaded, library):
    _, result, *_ = loaded
    assert not of(result, library)


def test_nothing_of_the_program_without_its_window_is_loaded_behind_qt(loaded_in_order):
    behind = loaded_in_order[loaded_in_order.index("PySide6.QtCore") :]
    assert [name for name in behind if name.startswith("playground.")] == []


@pytest.mark.parametrize("room", ROOMS)
def test_what_is_not_seen_at_first_is_not_loaded(loaded, room):
    for names in loaded[:2]:
        assert not of(names, room)


@pytest.mark.parametrize("room", WITH_SETTINGS)
def test_settings_are_loaded_when_the_window_has_been_seen(loaded, room):
    assert not of(loaded[0], room)


def test_no_dataset_is_made_ready_to_be_validated_but_those_whose_pictures_are_seen(loaded):
    checked = loaded[2]
    assert checked == {"playground.data.datasets.recipes.two_classes"}


def test_numpy_is_loaded_once_it_is_said_how_long_its_threads_wait(loaded):
    early = loaded[3]
    assert "numpy" not in early


def test_no_source_is_read_for_the_sake_of_qt(loaded):
    """Qt for Python would read every module that is loaded after it."""
    sources = loaded[4]
    assert not [name for name in sources if "widgets" in Path(name).parts or "pyqtgraph" in Path(name).parts]


def test_qt_for_python_has_no_part_in_loading_modules(told):
    """Every import would go through code of it."""
    assert told[6]["usual"]


def test_records_of_what_nobody_asked_for_wait_for_the_first_of_them(told):
    assert not told[6]["written"]


def test_no_classes_of_qt_are_made_that_the_window_does_not_use(told):
    """To ask Qt for a widget of its own making, as the parent of another one, makes all there are."""
    kinds = told[6]["kinds"]
    assert "QToolButton" in kinds
    assert not {"QWizard", "QCalendarWidget", "QMdiArea", "QGraphicsScene"} & {*kinds}


def test_laboratories_are_looked_for_when_the_start_page_has_been_seen(loaded):
    start_page = loaded[5]
    assert "widgets.start_page" in start_page
    assert not of(start_page, "playground.labs.race")


@pytest.mark.parametrize("room", [*ROOMS, *WITH_SETTINGS])
def test_what_waits_is_there(room):
    assert (path := ROOT.joinpath(*room.split("."))).is_dir() or path.with_suffix(".py").is_file()
