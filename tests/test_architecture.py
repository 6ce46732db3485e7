"""Who may know whom: the imports of every module are held to the plan of folders, line by line."""

import ast
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

BASE = (
    "playground.words", "playground.numbers", "playground.text", "playground.value", "playground.fields",
    "playground.randomness", "playground.shapes", "playground.processes", "playground.folders",
    "playground.record",
)  # fmt: skip
EXPERIMENT = (*BASE, "playground.engine", "playground.data", "playground.experiment")
TRAINING = (*EXPERIMENT, "playground.training")

PLAYGROUND = {
    "playground.words": (),
    "playground.version": (),
    "playground.garbage": (),
    "playground.processes": (),
    "playground.folders": (),
    "playground.shapes": (),
    "playground.record": (),
    "playground.numbers": ("playground.words", "playground.record"),
    "playground.languages": ("playground.record",),
    "playground.text": ("playground.numbers", "playground.languages", "playground.record"),
    "playground.value": ("playground.words", "playground.text", "playground.record"),
    "playground.fields": ("playground.text", "playground.value", "playground.record"),
    "playground.randomness": BASE,
    "playground.engine": BASE,
    "playground.data": BASE,
    "playground.experiment": EXPERIMENT,
    "playground.training": EXPERIMENT,
    "playground.unusual": EXPERIMENT,
    "playground.analysis": TRAINING,
    "playground.labs": TRAINING,
    "playground.files": (*TRAINING, "playground.labs"),
    "playground.lessons": (
        *TRAINING,
        "playground.analysis",
        "playground.labs",
        "playground.files",
        "playground.languages",
    ),
    "playground.manual": ("playground.languages",),
    "playground.animation": TRAINING,
    "playground.diagrams": EXPERIMENT,
    "playground.report": ("playground",),
    "playground.weights": TRAINING,
    "playground.exports": (*TRAINING, "playground.files", "playground.version"),
    "playground.search": (*TRAINING, "playground.files"),
    "playground.cli": ("playground",),
    "playground.texts": ("playground",),
    "playground.translating": ("playground",),
}
"""What each part of the program without a window may know besides itself."""

MATHEMATICS = {"numpy", "pydantic", "pydantic_core", "scipy"}
"""All that value, randomness, engine and data need from outside, besides Python's own library."""

QT = {"PySide6", "PyQt6", "shiboken6", "pyqtgraph"}

FEATURES = {f"widgets.{name}" for name in ("panels", "canvas", "plots", "labs", "dialogs")}
"""The parts of the window; they never know one another."""

ASSEMBLY = {
    "widgets.main_window",
    "widgets.window_commands",
    "widgets.app",
    "widgets.training_link",
    "widgets.film.stage",
    "widgets.lesson_desk",
}
"""What puts the parts together."""

PAGES = {f"widgets.pages.{folder.parent.name}" for folder in ROOT.glob("widgets/pages/*/__init__.py")}
"""The pages put parts together too; they never know one another, nor what is around them."""

OPENS = {("widgets.main_window", "widgets.pages.design")}
"""The page that is there from the start is the only one that is named elsewhere."""

AROUND_PAGES = {"widgets.main_window", "widgets.window_commands", "widgets.app", "widgets.page_stack"}

EXCEPTIONS = {
    ("widgets.panels.output", "widgets.plots"): "the output panel is a frame around the map, which is a plot",
    ("widgets.panels.explain", "widgets.plots"): "an explanation is a page around a plot",
    ("widgets.handbook.window", "widgets.panels.explain"): "the handbook shows pages of explanations",
    ("widgets.filing", "widgets.dialogs"): "opening and saving ask their questions in dialogs",
    ("widgets.links", "widgets.dialogs"): "a link is asked for in a dialog",
    ("widgets.own_data", "widgets.dialogs"): "a table is looked at in a dialog before it is taken",
    ("widgets.own_weights", "widgets.dialogs"): "a file of weights is asked for in a dialog",
    ("widgets.handing_in", "widgets.dialogs"): "handing in asks for name and folder in a dialog",
    ("widgets.writing", "widgets.dialogs"): "a save asks whether to replace a file that is another",
}


@dataclass(frozen=True)
class Import:
    """Somewhere a module is imported."""

    importer: str
    imported: str
    place: str

    def __str__(self):
        return f"{self.place}: {self.importer} must not import {self.imported}"


def within(module, part):
    return module == part or module.startswith(f"{part}.")


def imports_of(source, importer, place, is_package=False):
    """Every import in a source text, wherever it stands, `from a import b` as a.b."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            package = importer.split(".") if is_package else importer.split(".")[:-1]
            above = package[: len(package) + 1 - node.level] if node.level else []
            start = ".".join([*above, *([node.module] if node.module else [])])
            names = [f"{start}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (Import(importer, name, f"{place}:{node.lineno}") for name in names)


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules(folder):
    return {module_name(path): path for path in sorted((ROOT / folder).rglob("*.py"))}


def imports_in(folder):
    for name, path in modules(folder).items():
        source = path.read_text(encoding="utf-8")
        yield from imports_of(source, name, path.relative_to(ROOT), path.name == "__init__.py")


# --- the rules --------------------------------------------------------------------------------------


def breaks_the_layers(found):
    """Whether a part of the playground knows one that stands above or beside it."""
    if not within(found.imported, "playground"):
        return False
    (part,) = [part for part in PLAYGROUND if within(found.importer, part)] or ["playground"]
    return not any(within(found.imported, known) for known in (part, *PLAYGROUND.get(part, ())))


def knows_the_window(found):
    return found.imported.split(".")[0] in QT | {"widgets"}


def needs_more_than_mathematics(found):
    mathematical = (*BASE, "playground.engine", "playground.data")
    if not any(within(found.importer, part) for part in mathematical):
        return False
    outside = {*MATHEMATICS, *sys.stdlib_module_names, "playground"}
    if within(found.importer, "playground.data.datasets"):
        outside.add("sklearn")  # carries datasets; imported when one is asked for
    if within(found.importer, "playground.data.graphs"):
        outside |= {"networkx", "polars", "threadpoolctl"}  # measure, lay out, read graphs
    if within(found.importer, "playground.data.pictures"):
        outside.add("PIL")  # decodes pictures; imported when one is read
    if within(found.importer, "playground.data.tables"):
        outside |= {"polars", "fastexcel"}  # read tables; imported when one is read
    return found.imported.split(".")[0] not in outside


def is_excepted(found):
    return any(
        within(found.importer, importer) and within(found.imported, imported)
        for importer, imported in EXCEPTIONS
    )


def breaks_the_parts_of_the_window(found):
    """Whether a part of the window knows another, or something below the parts knows one of them."""
    if found.importer in ASSEMBLY or within(found.importer, "widgets.pages") or is_excepted(found):
        return False
    own = {part for part in FEATURES if within(found.importer, part)}
    if own and any(within(found.imported, assembly) for assembly in ASSEMBLY - {"widgets.training_link"}):
        return True
    return any(within(found.imported, part) for part in FEATURES - own)


def breaks_the_pages(found):
    """Whether a page knows another or what is around it, or what is no page knows one by name."""
    page = next((page for page in PAGES if within(found.importer, page)), None)
    if page is None:
        opens_the_first = (found.importer, "widgets.pages.design") in OPENS
        return not opens_the_first and any(within(found.imported, other) for other in PAGES)
    return any(within(found.imported, other) for other in (PAGES | AROUND_PAGES) - {page})


def broken(rule, *folders):
    return [str(found) for folder in folders for found in imports_in(folder) if rule(found)]


def test_the_playground_never_knows_the_window():
    assert broken(knows_the_window, "playground") == []


def test_parts_of_the_playground_know_only_what_stands_below_them():
    assert broken(breaks_the_layers, "playground") == []


def test_engine_and_data_need_numpy_scipy_and_pydantic_and_nothing_else():
    assert broken(needs_more_than_mathematics, "playground") == []


def test_parts_of_the_window_never_know_one_another():
    assert broken(breaks_the_parts_of_the_window, "widgets") == []


def test_pages_never_know_one_another_and_are_found_by_a_walk():
    assert broken(breaks_the_pages, "widgets") == []


def test_every_part_of_the_playground_has_its_place_in_the_plan():
    tops = {".".join(name.split(".")[:2]) for name in modules("playground")} - {"playground"}
    assert tops <= set(PLAYGROUND)


def test_no_exception_has_outlived_its_need():
    used = {
        (importer, imported)
        for found in imports_in("widgets")
        for importer, imported in EXCEPTIONS
        if within(found.importer, importer) and within(found.imported, imported)
    }
    assert used == set(EXCEPTIONS)


def test_nobody_reaches_into_a_form():
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for part in ("panels", "canvas", "plots", "dialogs")
        for path in modules(f"widgets/{part}").values()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"form\.controls\[|\.controls\[[^]]*\]\.", line)
    ]
    assert found == []


# --- circles ----------------------------------------------------------------------------------------


def known(name, everything):
    """The module that an import names, or takes something from; None when it is not ours."""
    while name and name not in everything:
        name = name.rpartition(".")[0]
    return name or None


def graph_of(*folders):
    """Which modules each module imports, wherever in it that is written."""
    everything = {name for folder in folders for name in modules(folder)}
    graph = {name: set() for name in everything}
    for folder in folders:
        for found in imports_in(folder):
            if (other := known(found.imported, everything)) is not None and other != found.importer:
                graph[found.importer].add(other)
    return graph


def circles(graph):
    """The groups of modules that each know one another, after Tarjan."""
    numbers, lowest, stack, found = {}, {}, [], []

    def visit(node):
        numbers[node] = lowest[node] = len(numbers)
        stack.append(node)
        for other in sorted(graph[node]):
            if other not in numbers:
                visit(other)
                lowest[node] = min(lowest[node], lowest[other])
            elif other in stack:
                lowest[node] = min(lowest[node], numbers[other])
        if lowest[node] == numbers[node]:
            group = stack[stack.index(node) :]
            del stack[stack.index(node) :]
            if len(group) > 1:
                found.append(sorted(group))

    for node in sorted(graph):
        if node not in numbers:
            visit(node)
    return found


def test_no_modules_know_one_another_in_a_circle():
    """Imports inside functions, and those for the sake of types, count as any other."""
    assert circles(graph_of("playground", "widgets")) == []


def test_circles_are_found_whole_and_lines_are_not():
    line = {"a": {"b"}, "b": {"c"}, "c": set()}
    assert circles(line) == []
    assert circles(line | {"c": {"a"}}) == [["a", "b", "c"]]
    assert circles(line | {"d": {"e"}, "e": {"d", "a"}}) == [["d", "e"]]


def test_late_and_typing_imports_are_edges():
    source = """
if TYPE_CHECKING:
    from widgets.canvas.view import NetworkView
def late():
    from widgets.canvas import hit
"""
    found = [each.imported for each in imports_of(source, "widgets.canvas.menus", "some/file.py")]
    assert found == ["widgets.canvas.view.NetworkView", "widgets.canvas.hit"]


# --- the rules themselves ---------------------------------------------------------------------------

CAUGHT = [
    (knows_the_window, "playground.engine.network", "import PySide6.QtCore"),
    (knows_the_window, "playground.files.autosave", "from widgets.theme import current"),
    (knows_the_window, "playground.cli", "def show():\n    import pyqtgraph"),
    (breaks_the_layers, "playground.engine.losses", "from playground.data import Task"),
    (breaks_the_layers, "playground.data.data", "import playground.engine.activations"),
    (breaks_the_layers, "playground.engine.layers.dense", "from ...experiment import Experiment"),
    (breaks_the_layers, "playground.experiment", "from playground import training"),
    (breaks_the_layers, "playground.training.trainer", "from playground.files.atomic import write"),
    (breaks_the_layers, "playground.analysis.trace", "from playground.files import problem"),
    (breaks_the_layers, "playground.value", "from playground.randomness import Source"),
    (needs_more_than_mathematics, "playground.engine.losses", "from pandas import DataFrame"),
    (needs_more_than_mathematics, "playground.data.data", "import sklearn.datasets as real"),
    (breaks_the_parts_of_the_window, "widgets.canvas.view", "from widgets.panels.data import DataPanel"),
    (breaks_the_parts_of_the_window, "widgets.panels.data", "from widgets.plots.points import Points"),
    (breaks_the_parts_of_the_window, "widgets.dialogs.lookup", "from widgets.main_window import MainWindow"),
    (breaks_the_parts_of_the_window, "widgets.document", "from widgets import canvas"),
    (breaks_the_parts_of_the_window, "widgets.forms.form", "import widgets.panels.fields"),
    (breaks_the_pages, "widgets.panels.data", "from widgets.pages.design.page import DesignPage"),
    (breaks_the_pages, "widgets.pages.design.page", "from widgets.page_stack import PageStack"),
    (breaks_the_pages, "widgets.page_stack", "from widgets.pages import design"),
]


@pytest.mark.parametrize(
    ("rule", "importer", "line"), CAUGHT, ids=[f"{case[1]}: {case[2]}" for case in CAUGHT]
)
def test_a_forbidden_import_is_caught_with_its_file_and_line(rule, importer, line):
    found = [found for found in imports_of(f"\n\n{line}", importer, "some/file.py") if rule(found)]
    assert len(found) == 1
    assert str(found[0]).startswith(f"some/file.py:{3 + line.count(chr(10))}: {importer} must not import ")


ALLOWED = [
    ("playground.engine.layers.dense", "from playground.engine.activations import Tanh"),
    ("playground.engine.layers", "from .dense import Dense"),
    ("playground.engine.losses", "from playground.value import Kind\nimport numpy as np\nimport math"),
    ("playground.experiment", "from playground.data import Data\nfrom playground.engine.graph import Graph"),
    ("playground.training.trainer", "from playground.experiment import Experiment"),
    ("playground.files.autosave", "from playground.training.checkpoint import Checkpoint"),
    ("widgets.panels.data", "from widgets.forms import Form\nfrom widgets import theme, icons, document"),
    ("widgets.main_window", "from widgets.panels.data import DataPanel"),
    ("widgets.pages.design.page", "from widgets.canvas import Canvas\nfrom widgets.pages.page import Page"),
    ("widgets.plots.map", "from playground.analysis.zero_lines import zero_lines"),
]


@pytest.mark.parametrize(("importer", "lines"), ALLOWED, ids=[importer for importer, _ in ALLOWED])
def test_what_the_plan_allows_is_not_caught(importer, lines):
    rules = [
        breaks_the_layers,
        needs_more_than_mathematics,
        breaks_the_parts_of_the_window,
        breaks_the_pages,
    ]
    if importer.startswith("playground"):
        rules.append(knows_the_window)
    is_package = importer == "playground.engine.layers"
    found = list(imports_of(lines, importer, "some/file.py", is_package))
    assert found
    assert not [str(each) for each in found if any(rule(each) for rule in rules)]


ELSEWHERE = ROOT / "playground/analysis/inspections"
"""What is looked at inside is worked out on other threads than the window's."""

PRODUCTS = {"dot", "matmul", "tensordot", "inner", "vdot", "linalg"}


def makes_product(node):
    match node:
        case ast.BinOp(op=ast.MatMult()):
            return True
        case ast.Attribute(value=ast.Name(id="np"), attr=name):
            return name in PRODUCTS
    return False


@pytest.mark.parametrize("folder", ["widgets", "playground/analysis"])
def test_the_window_makes_no_product_of_matrices(folder):
    """It would wait, for seconds perhaps, while the training thread makes one: a BLAS does one at a time."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        if ELSEWHERE not in path.parents
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if makes_product(node)
    ]
    assert found == []
