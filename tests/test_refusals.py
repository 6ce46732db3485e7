"""What is refused is quoted shortly, however long it is: in files, links, numbers, names and arguments."""

import copy
import io
import json
import warnings
import zipfile

import numpy as np
import pytest
from safetensors.numpy import save as tensors_to_bytes

from playground.cli.faults import guard
from playground.cli.usage import UsageProblem
from playground.engine.graph import Architecture, resolve
from playground.engine.layers import Dense
from playground.experiment import Experiment
from playground.files import tf_playground
from playground.files.atomic import check_writable, write_atomically
from playground.files.autosave import Autosave
from playground.files.experiment_file import SavedExperiment, dumps, load, loads
from playground.files.problem import FileProblem
from playground.files.sources import resolve as open_source
from playground.numbers.reading import parse_number
from playground.training.trainer import Trainer
from playground.words import quoted, shortened
from widgets.program import run

LONG = "ß" * 20_000
MOST = 200


def is_short(sentence):
    return sentence.count("ß") <= MOST and sentence.count("9") <= MOST


def small_file():
    trainer = Trainer(Experiment().with_(data={"dataset": {"kind": "circle", "samples": 20}}))
    trainer.run(1)
    with zipfile.ZipFile(
        io.BytesIO(dumps(SavedExperiment(trainer.experiment, trainer.checkpoint())))
    ) as file:
        return {name: file.read(name) for name in file.namelist()}


ENTRIES = small_file()


def packed(entries):
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w") as file:
        warnings.simplefilter("ignore", UserWarning)  # a name that is there twice
        for name, content in entries:
            file.writestr(name, content)
    return buffer.getvalue()


def refusal(data):
    """What is said of a file; nothing when it opens."""
    try:
        loads(data)
    except FileProblem as problem:
        return str(problem)
    return ""


def places(node, path=()):
    """The way to every value of a tree."""
    if path:
        yield path
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from places(child, (*path, key))


def put(tree, path, change):
    """The tree with the value at that place changed."""
    tree = copy.deepcopy(tree)
    node = tree
    for key in path[:-1]:
        node = node[key]
    change(node, path[-1])
    return tree


def replace(node, key):
    node[key] = LONG


def replace_by_a_number(node, key):
    node[key] = int("9" * 4000)


def nest(node, key):
    node[key] = [[LONG], {LONG: LONG}]


def rename(node, key):
    if isinstance(node, dict):
        node[f"{key}{LONG}"] = node.pop(key)


def add_many(node, key):
    if isinstance(node, dict):
        node.update({f"{LONG}{number}": LONG for number in range(9)})


@pytest.mark.parametrize("change", [replace, replace_by_a_number, nest, rename, add_many])
@pytest.mark.parametrize("entry", ["experiment.json", "session.json"])
def test_whatever_is_long_in_a_file_is_quoted_shortly(entry, change):
    tree = json.loads(ENTRIES[entry])
    for path in places(tree):
        data = packed((ENTRIES | {entry: json.dumps(put(tree, path, change)).encode()}).items())
        assert is_short(refusal(data)), path


def long_tensors():
    return tensors_to_bytes({LONG: np.zeros(2, np.float32)})


@pytest.mark.parametrize(
    "entries",
    [
        [(LONG, b"")],
        list((ENTRIES | {"parameters.safetensors": long_tensors()}).items()),
        list((ENTRIES | {"optimizer.safetensors": long_tensors()}).items()),
        list((ENTRIES | {"parameters.safetensors": LONG.encode()}).items()),
        list((ENTRIES | {"history.csv": f"epoch\n{LONG}\n".encode()}).items()),
        list((ENTRIES | {"history.csv": f"{LONG},{LONG}\n1,2\n".encode()}).items()),
        list((ENTRIES | {"experiment.json": f'{{"{LONG}": 1, "{LONG}": 2}}'.encode()}).items()),
        list((ENTRIES | {"experiment.json": LONG.encode()}).items()),
    ],
    ids=range(8),
)
def test_whatever_is_long_in_an_entry_is_quoted_shortly(entries):
    with pytest.raises(FileProblem) as problem:
        loads(packed(entries))
    assert is_short(str(problem.value))


@pytest.mark.parametrize(
    "layer",
    [Dense(id="a", inputs=(LONG,)), Dense(id="a", inputs=("input", LONG))],
)
def test_a_layer_that_reads_a_long_name_is_told_shortly(layer):
    (problem, *_) = resolve(Architecture(layers=(layer,)), 2).problems
    assert "ß" in str(problem.text)
    assert is_short(str(problem.text))


@pytest.mark.parametrize("name", [LONG, "x/" * 1500 + "ß" * 1000])
def test_a_long_file_name_is_told_by_its_beginning_and_end(tmp_path, name):
    path = tmp_path / f"{name}.nnplay"
    for refused in (
        lambda: load(path),
        lambda: write_atomically(path, b""),
        lambda: open_source(str(path)),
        lambda: open_source(f"https://{LONG}"),
        lambda: open_source(LONG),
        lambda: Autosave(path).write(SavedExperiment(Experiment()), None),
        lambda: check_writable(path),
    ):
        with pytest.raises((FileProblem, UsageProblem)) as problem:
            refused()
        assert is_short(str(problem.value))


@pytest.mark.parametrize(
    "state",
    ["noise", "batchSize", "learningRate", "percTrainData", "regularizationRate", "networkShape", "seed"],
)
def test_a_long_value_in_a_link_is_quoted_shortly(state):
    for value in (LONG, f"-1{LONG}", f"4,{LONG}"):
        with pytest.raises(FileProblem) as problem:
            tf_playground.parse(f"#regularization=L1&{state}={value}")
        assert is_short(str(problem.value))


@pytest.mark.parametrize(
    "arguments",
    [
        ["train", LONG],
        ["train", "spiral", LONG, LONG],
        ["train", "spiral", f"--{LONG}"],
        ["train", "spiral", "--epochs", LONG],
        ["train", "spiral", "--epochs", "9" * 4000],
        ["render", "spiral", "--out", LONG],
        ["render", "spiral", "--out", "a.png", "--size", LONG],
        ["render", "spiral", "--out", "a.png", "--theme", LONG],
        ["train", "spiral", "--save", LONG],
        ["train", "spiral", "--save", f"/{LONG}/a.nnplay"],
    ],
)
def test_a_long_argument_is_quoted_shortly(arguments, capsys):
    assert guard(lambda: run(arguments)) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert is_short(said)


@pytest.mark.parametrize("typed", [LONG, "9" * 4000 + "ß"])
def test_a_long_typed_number_is_quoted_shortly(typed):
    with pytest.raises(ValueError, match="is not a number") as problem:
        parse_number(typed)
    assert is_short(str(problem.value))


def test_what_is_short_is_quoted_whole():
    assert shortened("moon.nnplay") == "moon.nnplay"
    assert quoted("moon") == "'moon'"


def test_what_is_long_keeps_its_beginning_and_its_end():
    assert shortened("abcdefghijklmnopqrstuvwxyz", 12) == "abcdefgh…xyz"
