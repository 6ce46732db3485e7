"""Whatever is in a file, it opens or it is refused in a sentence that names the place."""

import copy
import io
import json
import struct
import warnings
import zipfile

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import save as tensors_to_bytes

from playground.experiment import Experiment
from playground.files import archive, experiment_file
from playground.files.experiment_file import SavedExperiment, dumps, load, loads
from playground.files.problem import FileProblem
from playground.training.trainer import Trainer

FUZZ = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEXT_ENTRIES = ("experiment.json", "session.json")


def small_file():
    trainer = Trainer(Experiment().with_(data={"dataset": {"kind": "circle", "samples": 20}}))
    trainer.run(1)
    return dumps(SavedExperiment(trainer.experiment, trainer.checkpoint(), b"\x89PNG\r\n\x1a\n"))


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


VALID = small_file()
ENTRIES = unpacked(VALID)
EXPERIMENT = json.loads(ENTRIES["experiment.json"])


def packed(entries, compression=zipfile.ZIP_STORED):
    """An archive of (name, content) pairs, as anyone can make one."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", compression) as file:
        warnings.simplefilter("ignore", UserWarning)  # a name that is there twice
        for name, content in entries:
            file.writestr(name, content)
    return buffer.getvalue()


def with_entry(name, content):
    return packed((ENTRIES | {name: content}).items())


def with_experiment(change):
    document = copy.deepcopy(EXPERIMENT)
    change(document)
    return json.dumps(document).encode()


def refusal(data):
    with pytest.raises(FileProblem) as problem:
        loads(data)
    return str(problem.value)


def opens_or_refuses(data):
    """Load; whatever is wrong must be a problem in words that can be shown."""
    try:
        loads(data)
    except FileProblem as problem:
        str(problem).encode()


# --- the file ---------------------------------------------------------------------------------------


def test_a_missing_file_is_named(tmp_path):
    path = tmp_path / "gone.nnplay"
    with pytest.raises(FileProblem) as problem:
        load(path)
    assert str(problem.value) == f"Could not open {path}: there is no such file or folder."


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(FileProblem) as problem:
        load(tmp_path)
    assert str(problem.value) == f"Could not open {tmp_path}: it is a folder."


def test_a_file_without_permission_is_named(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "secret.nnplay"
    path.write_bytes(VALID)
    monkeypatch.setattr(type(path), "read_bytes", refuse)
    with pytest.raises(FileProblem, match=r": permission denied\.$"):
        load(path)


@pytest.mark.parametrize("name", ["a\0b", "\ud800"], ids=["null", "surrogate"])
def test_an_impossible_name_is_refused(tmp_path, name):
    with pytest.raises(FileProblem, match=r"^Could not open "):
        load(tmp_path / name)


def test_a_huge_file_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "huge.nnplay"
    path.write_bytes(VALID)
    monkeypatch.setattr(experiment_file, "FILE_LIMIT", 100)
    monkeypatch.setattr(type(path), "read_bytes", lambda path: pytest.fail("it was read"))
    with pytest.raises(FileProblem, match="it is larger than"):
        load(path)


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n", b"[1, 2]", b"null", b"\xff\xfe{\0}\0"])
def test_something_else_is_not_a_file_of_ours(data):
    assert refusal(data) == ("This is not a Neural Playground file: it is neither a zip archive nor JSON.")


# --- the archive ------------------------------------------------------------------------------------


def test_a_file_cut_off_is_refused():
    assert refusal(VALID[:-30]) == "The archive: is damaged or cut off"


def test_a_damaged_entry_is_named():
    place = VALID.index(ENTRIES["parameters.safetensors"]) + 200
    damaged = VALID[:place] + bytes([VALID[place] ^ 1]) + VALID[place + 1 :]
    assert refusal(damaged) == "parameters.safetensors: is damaged or cut off"


@pytest.mark.parametrize("name", ["../experiment.json", "/etc/passwd", "C:\\x", "notes.txt", "folder/"])
def test_an_unexpected_entry_is_refused(name):
    assert refusal(packed([*ENTRIES.items(), (name, b"")])).endswith("which does not belong there")


def test_an_entry_that_is_there_twice_is_refused():
    assert refusal(packed([*ENTRIES.items(), ("session.json", b"{}")])) == "session.json: is there twice"


def test_an_archive_without_experiment_is_refused():
    assert refusal(packed([("history.csv", b"")])) == "experiment.json: is missing"


@pytest.mark.parametrize(
    "name", ["session.json", "parameters.safetensors", "optimizer.safetensors", "history.csv"]
)
def test_a_checkpoint_is_whole_or_not_there(name):
    rest = {other: content for other, content in ENTRIES.items() if other != name}
    assert refusal(packed(rest.items())) == f"{name}: is missing"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unknown_compression_is_refused(method):
    assert refusal(packed(ENTRIES.items(), method)) == "experiment.json: is compressed by an unknown method"


def test_an_encrypted_entry_is_refused():
    data = bytearray(VALID)
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert refusal(bytes(data)) == "experiment.json: is encrypted"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(archive, "_content", lambda *_: pytest.fail("it was unpacked"))
    bomb = packed([("experiment.json", b" " * (5 << 20))], zipfile.ZIP_DEFLATED)
    assert len(bomb) < 10_000
    assert refusal(bomb) == "experiment.json: is too large, more than 4 MiB"


def test_many_entries_are_bounded_together(monkeypatch):
    monkeypatch.setattr(archive, "_content", lambda *_: pytest.fail("it was unpacked"))
    monkeypatch.setattr(archive, "TOTAL_LIMIT", 2 << 20)
    parts = [("experiment.json", b" " * (3 << 19)), ("preview.png", b" " * (3 << 19))]
    assert refusal(packed(parts, zipfile.ZIP_DEFLATED)) == "The archive: is too large, more than 2 MiB"


@pytest.mark.parametrize("claimed", [0, 10, 1 << 20])
def test_a_header_that_lies_about_the_size_is_not_believed(claimed):
    data = bytearray(packed([("experiment.json", b" " * (50 << 20))], zipfile.ZIP_DEFLATED))
    data[22:26] = struct.pack("<I", claimed)  # in front of the entry
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", claimed)
    assert refusal(bytes(data)) == "experiment.json: is damaged or cut off"


def test_a_bare_experiment_is_bounded_too():
    assert refusal(b"{" + b" " * (5 << 20)) == "experiment.json: is too large, more than 4 MiB"


# --- the entries ------------------------------------------------------------------------------------


def nested(depth):
    return b'{"format": 1, "notes": ' + b"[" * depth + b"]" * depth + b"}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b'{"a": }', "experiment.json: is not JSON (Expecting value: line 1 column 7 (char 6))"),
        (b"{\xff}", "experiment.json: is not text in UTF-8"),
        (b'{"a": 1, "a": 2}', "experiment.json: is not JSON ('a' is there twice in one object)"),
        (b'{"a": NaN}', "experiment.json: is not JSON (NaN is not a number there)"),
        (b'{"a": -Infinity}', "experiment.json: is not JSON (-Infinity is not a number there)"),
        (nested(60), "experiment.json: is nested too deeply"),
        (nested(100_000), "experiment.json: is nested too deeply"),
        (b"{}", "experiment.json: format: is missing"),
        (b'{"format": "1"}', "experiment.json: format: must be a whole number of at least 1, got '1'"),
        (b'{"format": true}', "experiment.json: format: must be a whole number of at least 1, got True"),
        (b'{"format": 0}', "experiment.json: format: must be a whole number of at least 1, got 0"),
        (b'{"format": 1, "epochs": 3}', "experiment.json: epochs: is not known here"),
        (b'{"format": 1, "data": 3}', "experiment.json: data: must be an object, got 3"),
    ],
)  # fmt: skip
def test_a_bad_experiment_is_refused_with_the_place(text, expected):
    assert refusal(text) == expected
    assert refusal(with_entry("experiment.json", text)) == expected


def test_a_huge_number_is_refused():
    assert refusal(b'{"format": ' + b"9" * 5000 + b"}").startswith("experiment.json: is not JSON (")
    assert refusal(b'{"format": 1, "weights_draw": ' + b"9" * 4000 + b"}").startswith(
        "experiment.json: weights_draw: must be "
    )
    assert refusal(b'{"format": 1, "training": {"optimizer": {"kind": "adam", "learning_rate": 1e999}}}') == (
        "experiment.json: training.optimizer.learning_rate: must be a finite number, got inf"
    )


def test_every_wrong_field_is_named():
    def change(document):
        document["network"]["layers"][2]["units"] = 0
        document["data"]["train_percent"] = 250

    assert refusal(with_experiment(change)).splitlines() == [
        "experiment.json: data.train_percent: must be at most 100, got 250",
        "experiment.json: network.layers[2].units: must be at least 1, got 0",
    ]


@pytest.mark.parametrize("key", ["dense1.weights", "output.bias"])
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda tensor: tensor[..., :-1], "must be of shape"),
        (lambda tensor: tensor.astype(np.float64), "must be float32, got float64"),
        (lambda tensor: tensor.astype(np.int32), "must be float32, got int32"),
        (lambda tensor: tensor * np.float32(np.nan), "holds a number that is not finite"),
        (lambda tensor: None, "is missing"),
    ],
)
def test_a_bad_tensor_is_named(key, change, expected):
    tensors = {name: np.array(tensor) for name, tensor in loads(VALID).checkpoint.learnt.items()}
    changed = change(tensors.pop(key))
    if changed is not None:
        tensors[key] = np.ascontiguousarray(changed)
    found = refusal(with_entry("parameters.safetensors", tensors_to_bytes(tensors)))
    assert found.startswith(f"parameters.safetensors: {key} ")
    assert expected in found


def test_a_foreign_tensor_is_named():
    extra = tensors_to_bytes({"mean/dense7.weights": np.zeros(3, np.float32)})
    assert refusal(with_entry("optimizer.safetensors", extra)) == (
        "optimizer.safetensors: mean/dense7.weights does not belong to this network"
    )


@pytest.mark.parametrize("name", ["parameters.safetensors", "optimizer.safetensors"])
def test_other_bytes_are_not_tensors(name):
    assert refusal(with_entry(name, b"hello")).startswith(f"{name}: is not in the safetensors format (")


def test_an_unknown_type_of_numbers_is_refused():
    header = json.dumps({"w": {"dtype": "BF16", "shape": [1], "data_offsets": [0, 2]}}).encode()
    data = struct.pack("<Q", len(header)) + header + b"\0\0"
    assert refusal(with_entry("parameters.safetensors", data)) == (
        "parameters.safetensors: holds numbers of the unknown type 'BF16'"
    )


def test_a_giant_network_is_refused_before_it_is_built():
    def change(document):
        layer = document["network"]["layers"][0]
        wide = [layer | {"id": f"wide{position}", "units": 4096} for position in range(150)]
        document["network"]["layers"] = [*wide, document["network"]["layers"][-1]]

    assert refusal(with_entry("experiment.json", with_experiment(change))) == (
        "parameters.safetensors: holds 25 numbers, and the network needs 2,500,431,873"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"a,b\n1,2\n3\n", "history.csv: line 3: has 1 cells, and there are 2 columns"),
        (b"a,b\n1,x\n", "history.csv: line 2: could not convert string to float: 'x'"),
        (b"a,a\n1,2\n", "history.csv: line 1: names a column twice"),
        (b'a,b\n1,"2\n', "history.csv: line 2: unexpected end of data"),
        (b"a,\xff\n", "history.csv: is not text in UTF-8"),
    ],
)
def test_a_bad_history_names_the_line(text, expected):
    assert refusal(with_entry("history.csv", text)) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"epoch": -1}, "epoch: must be a whole number of at least 0, got -1"),
        ({"step": 1.5}, "step: must be a whole number, got 1.5"),
        ({"batch": "many"}, "batch: must be a whole number, got 'many'"),
        ({"streams": {}}, "the state of the random streams must name shuffle, dropout, augment, noise"),
        ({"mood": 1}, "mood: is not known here"),
        ({"marks": [{"epoch": 1, "step": 5}]}, "marks[0].changes: is missing"),
        (
            {"marks": [{"epoch": -1, "step": 5, "changes": [{"what": "Noise"}]}]},
            "marks[0].epoch: must be at least 0, got -1",
        ),
        (
            {"marks": [{"epoch": 1, "step": 5, "changes": [{"what": "N" * 201}]}]},
            "marks[0].changes[0].what: must have at most 200 characters",
        ),
    ],
)
def test_a_bad_session_is_named(change, expected):
    session = json.dumps(json.loads(ENTRIES["session.json"]) | change).encode()
    assert refusal(with_entry("session.json", session)) == f"session.json: {expected}"


def test_a_preview_must_be_a_picture():
    assert refusal(with_entry("preview.png", b"<svg>")) == "preview.png: is not a PNG picture"


# --- anything ---------------------------------------------------------------------------------------


@given(st.binary(max_size=500), st.sampled_from([b"", b"PK\x03\x04", b"{", VALID[:100]]))
@FUZZ
def test_random_bytes_never_crash(data, prefix):
    opens_or_refuses(prefix + data)


@given(st.integers(0, len(VALID) - 1))
@FUZZ
def test_a_file_cut_off_anywhere_never_crashes(length):
    refusal(VALID[:length])


flips = st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=4)


def flipped(data, changes):
    changed = bytearray(data)
    for place, byte in changes:
        changed[place % len(changed)] = byte
    return bytes(changed)


@given(flips)
@FUZZ
def test_changed_bytes_never_crash(changes):
    opens_or_refuses(flipped(VALID, changes))


@given(flips)
@FUZZ
def test_changed_bytes_of_the_directory_never_crash(changes):
    directory = VALID.index(b"PK\x01\x02")
    opens_or_refuses(VALID[:directory] + flipped(VALID[directory:], changes))


@given(st.sampled_from(sorted(ENTRIES)), flips, st.integers(0, 10_000))
@FUZZ
def test_changed_bytes_of_an_entry_never_crash(name, changes, length):
    opens_or_refuses(with_entry(name, flipped(ENTRIES[name], changes)[: length + 1]))


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=10)
    | st.sampled_from(["kind", "dense", "constant", "input", "output", 10**30, 1e300, -1, 0, "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def mutated(draw, tree):
    """The tree with something else in a few places: replaced, taken from elsewhere, removed, or added."""
    tree = copy.deepcopy(tree)
    for _ in range(draw(st.integers(1, 3))):
        nodes = list(containers(tree))
        node = draw(st.sampled_from(nodes))
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        action = draw(st.sampled_from(["replace", "replace", "transplant", "remove", "add"]))
        if action == "add" or not keys:
            add(node, draw(anything), draw(st.text(max_size=5)))
            continue
        key = draw(st.sampled_from(keys))
        if action == "remove":
            del node[key]
        else:
            node[key] = draw(anything) if action == "replace" else copy.deepcopy(draw(st.sampled_from(nodes)))
    return tree


def containers(node):
    if isinstance(node, dict | list):
        yield node
        for child in node.values() if isinstance(node, dict) else node:
            yield from containers(child)


def add(node, value, key):
    if isinstance(node, dict):
        node[key] = value
    else:
        node.append(value)


@pytest.mark.parametrize("name", TEXT_ENTRIES)
@given(data=st.data())
@FUZZ
def test_changed_trees_never_crash(name, data):
    tree = data.draw(mutated(json.loads(ENTRIES[name])))
    text = json.dumps(tree).encode()
    opens_or_refuses(with_entry(name, text))
    if name == "experiment.json":
        opens_or_refuses(text)
